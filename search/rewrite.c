/*
 * Rewriting a query before anything else looks at it, word by word: a word here
 * is what stands between spaces and letters that are not ASCII, because on
 * other keyboards the keys of punctuation are letters.
 */
#include "search/rewrite.h"

#include "text/fold.h"
#include "text/letters.h"

/* Longer words are not rewritten, nor what is written anew longer. In bytes. */
enum { LONGEST = 64, WRITTEN = 4 * LONGEST };

/* Initials of fewer characters fit too much. */
enum { FEWEST_INITIALS = 3, MOST_INITIALS = 12, TITLE_SYMBOLS = 256 };

/* Initials are looked for in every title: so many times for a query. */
enum { MOST_LOOKS = 4 };

typedef struct rewriting {
    hdx_question_maker *maker;
    const hdx_pack *pack;
    size_t looks; /* for initials, so far */
    helpdex_error *err;
    helpdex_status status;
} rewriting;

/* How many words of a text the index has, in some inflection, and how many it
   lacks. */
static size_t count_known(rewriting *r, hdx_str text, size_t *unknown)
{
    hdx_tokens *tokens = r->maker->tokens;
    size_t known = 0;
    if (!r->status)
        r->status = hdx_analyse(r->maker->analyser, text, tokens, r->err);
    for (size_t i = 0; !r->status && i < tokens->words; i++)
        known += hdx_question_has_term(r->maker, tokens->items[i].word->term);
    *unknown = r->status ? 0 : tokens->words - known;
    return r->status ? 0 : known;
}

/* What the keys of a word mean; empty when the index does not have that. */
static hdx_str by_keyboard(rewriting *r, hdx_str latin, char out[WRITTEN])
{
    hdx_str none = {"", 0}, text;
    size_t unknown;
    if (r->pack->keyboard.count == 0)
        return none;
    text = (hdx_str){out, hdx_replace(&r->pack->keyboard, latin, out, WRITTEN)};
    return count_known(r, text, &unknown) && unknown == 0 ? text : none;
}

static hdx_str by_romaji(rewriting *r, hdx_str latin, char out[WRITTEN])
{
    return r->pack->romanise == HDX_ROMANISE_ROMAJI
               ? (hdx_str){out, hdx_romaji_read(latin, out, WRITTEN)}
               : (hdx_str){"", 0};
}

/* The letters of a title or question from `at` on; returns its end. */
static uint32_t read_title(const hdx_lexicon *l, uint32_t at, uint32_t end,
                           hdx_symbol out[TITLE_SYMBOLS], size_t *count)
{
    *count = 0;
    for (; at < end && !(l->texts[at] & HDX_TEXT_SEGMENT); at++) {
        const hdx_lexicon_word *w = &l->words[l->texts[at] & HDX_TEXT_WORD];
        for (size_t i = 0; i < w->symbol_count && *count < TITLE_SYMBOLS; i++)
            out[(*count)++] = l->symbols[w->symbols + i];
    }
    return at;
}

/* Where the initials stand in a title; `count` when they do not. */
static size_t find_initials(const hdx_symbol *title, size_t count,
                            hdx_str initials)
{
    for (size_t at = 0; at + initials.len <= count; at++) {
        size_t i = 0;
        while (i < initials.len &&
               hdx_pinyin_initial(title[at + i]) == initials.ptr[i])
            i++;
        if (i == initials.len)
            return at;
    }
    return count;
}

/* Whether the reader may be told every word of a title: one for others may not
   stand for what was typed. */
static bool is_told(const hdx_question_maker *maker, uint32_t begin,
                    uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (!hdx_question_tells(maker,
                                maker->lexicon->texts[i] & HDX_TEXT_WORD))
            return false;
    return true;
}

/* The first title or question that has characters of these initials; those
   come first that are the titles of articles. */
static hdx_str by_initials(rewriting *r, hdx_str latin, char out[WRITTEN])
{
    const hdx_lexicon *l = r->maker->lexicon;
    uint16_t syllables[LONGEST];
    hdx_str none = {"", 0}, found = none;
    if (r->pack->romanise != HDX_ROMANISE_PINYIN ||
        latin.len < FEWEST_INITIALS || latin.len > MOST_INITIALS ||
        hdx_pinyin_read(latin, syllables, LONGEST) || r->looks++ >= MOST_LOOKS)
        return none;
    for (uint32_t at = 0; at < l->article_texts[l->header->articles];) {
        hdx_symbol title[TITLE_SYMBOLS];
        uint32_t segment = l->texts[at] & ~HDX_TEXT_SEGMENT;
        uint32_t first = at + 1;
        size_t count, begin;
        at = read_title(l, at + 1, l->article_texts[l->header->articles], title,
                        &count);
        if ((segment != HDX_SEGMENT_TITLE && segment != HDX_SEGMENT_QUESTION) ||
            (segment == HDX_SEGMENT_QUESTION && found.len) ||
            (begin = find_initials(title, count, latin)) == count ||
            !is_told(r->maker, first, at))
            continue;
        found = (hdx_str){out, 0};
        for (size_t i = 0; i < latin.len; i++)
            found.len += hdx_utf8_put(title[begin + i], out + found.len);
        if (segment == HDX_SEGMENT_TITLE)
            break;
    }
    return found;
}

/* Writes a Latin word anew; empty: it stays. Keys are tried as they are first:
   with Shift some are other letters. */
static hdx_str rewrite_word(rewriting *r, hdx_str word, char out[WRITTEN])
{
    static hdx_str (*const ways[])(rewriting *, hdx_str,
                                   char *) = {by_romaji, by_initials};
    char lower[LONGEST];
    hdx_str latin = {lower, word.len}, written = {"", 0};
    size_t unknown;
    if (word.len > LONGEST || count_known(r, word, &unknown) || unknown == 0)
        return written;
    written = by_keyboard(r, word, out);
    for (size_t i = 0; i < word.len; i++)
        lower[i] = (char)(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z'
                              ? word.ptr[i] - 'A' + 'a'
                              : word.ptr[i]);
    if (!written.len && memcmp(lower, word.ptr, word.len) != 0)
        written = by_keyboard(r, latin, out);
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !written.len; i++)
        written = ways[i](r, latin, out);
    return written;
}

/* Whether a byte of a query belongs to a word as it is meant here. */
static bool is_key(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7F;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Adds a word; what follows its last letter stays as it is, unless the whole
   of it means something. */
static void add_word(rewriting *r, hdx_str word, hdx_buf *out)
{
    char bytes[WRITTEN];
    hdx_str inner = word;
    while (inner.len && !is_letter(inner.ptr[inner.len - 1]))
        inner.len--;
    hdx_str written = rewrite_word(r, inner, bytes);
    if (!written.len && inner.len < word.len) {
        inner = word;
        written = rewrite_word(r, inner, bytes);
    }
    hdx_buf_add(out, written.len ? written : inner);
    hdx_buf_add(out, (hdx_str){word.ptr + inner.len, word.len - inner.len});
}

helpdex_status hdx_rewrite(hdx_question_maker *maker, hdx_str query,
                           hdx_arena *arena, hdx_str *out, helpdex_error *err)
{
    rewriting r = {
        .maker = maker, .pack = hdx_analyser_pack(maker->analyser), .err = err};
    hdx_buf buf = {0};
    *out = query;
    if (!r.pack->keyboard.count && r.pack->romanise == HDX_ROMANISE_NONE)
        return HELPDEX_OK;
    for (size_t at = 0, end; at < query.len; at = end) {
        for (end = at; end < query.len && is_key(query.ptr[end]);)
            end++;
        if (end > at)
            add_word(&r, (hdx_str){query.ptr + at, end - at}, &buf);
        else
            hdx_buf_byte(&buf, query.ptr[end++]);
    }
    if (!r.status && buf.failed)
        r.status = hdx_fail_nomem(err);
    if (!r.status)
        *out = hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return r.status || out->ptr ? r.status : hdx_fail_nomem(err);
}
