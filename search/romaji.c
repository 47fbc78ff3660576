/*
 * Rewriting a query: what somebody without a Japanese keyboard typed becomes
 * what the index has, before anything else looks at it.
 */
#include "search/romaji.h"

#include "text/letters.h"

/* A word longer than this is no romaji. In bytes. */
enum { LONGEST = 64 };

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' ||
           c == '~' || c == '-';
}

/* Adds a Latin word, in kana if it is romaji. */
static void add_word(const hdx_lexicon *lexicon, hdx_str word, hdx_buf *out)
{
    char lower[LONGEST], kana[3 * LONGEST];
    size_t count = word.len <= LONGEST ? word.len : 0;
    for (size_t i = 0; i < count; i++)
        lower[i] = (char)(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z'
                              ? word.ptr[i] - 'A' + 'a'
                              : word.ptr[i]);
    hdx_str latin = {lower, count};
    size_t len = count && hdx_lexicon_find(lexicon, latin) == HDX_NO_WORD
                     ? hdx_romaji_read(latin, kana, sizeof kana)
                     : 0;
    hdx_buf_add(out, len ? (hdx_str){kana, len} : word);
}

helpdex_status hdx_romaji_rewrite(const hdx_lexicon *lexicon, hdx_str query,
                                  hdx_arena *arena, hdx_str *out,
                                  helpdex_error *err)
{
    hdx_buf buf = {0};
    for (size_t at = 0, end; at < query.len; at = end) {
        for (end = at; end < query.len && is_latin(query.ptr[end]);)
            end++;
        if (end > at)
            add_word(lexicon, (hdx_str){query.ptr + at, end - at}, &buf);
        else
            hdx_buf_byte(&buf, query.ptr[end++]);
    }
    *out = buf.failed ? (hdx_str){NULL, 0}
                      : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
