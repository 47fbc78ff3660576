/*
 * Writing a question anew. What is right stays as it was typed: only the bytes
 * of wrong words change. No language is guessed, but a word that a fallback
 * locale has is no error: customers ask for "wallet" in any language.
 */
#include "search/correction.h"

/* The word that a token is a typing error of, or HDX_NO_WORD. */
static uint32_t meant_by(const hdx_chain *chain, const hdx_question *question,
                         const hdx_word *word)
{
    size_t i = 0;
    while (i < question->word_count &&
           !hdx_str_eq(question->words[i].exact, word->exact))
        i++;
    if (i == question->word_count)
        return HDX_NO_WORD;
    for (size_t n = 1; n < chain->count; n++) {
        const hdx_question_maker *maker = &chain->links[n].shard->maker;
        uint32_t there = hdx_lexicon_find(maker->lexicon, word->exact);
        if (there != HDX_NO_WORD && hdx_question_tells(maker, there))
            return HDX_NO_WORD;
    }
    return question->words[i].meant;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0xFF07;
}

/* How many bytes of a word as typed are no part of its exact form: an article
   or a pronoun that its first apostrophe ties to it. That it was cut off shows
   in one apostrophe less. */
static size_t elided(const hdx_word *word, hdx_str typed)
{
    size_t first = 0, count = 0;
    for (size_t at = 0; at < typed.len;) {
        if (!is_apostrophe(hdx_utf8_next(typed, &at)))
            continue;
        first = count++ ? first : at;
    }
    for (size_t i = 0; i < word->exact.len; i++)
        count -= word->exact.ptr[i] == '\'';
    return count ? first : 0;
}

helpdex_status hdx_correct(const hdx_chain *chain, const hdx_question *question,
                           hdx_arena *arena, const char **out,
                           helpdex_error *err)
{
    const hdx_question_maker *maker = &chain->links[0].shard->maker;
    hdx_str text = question->text;
    hdx_buf buf = {0};
    size_t done = 0;
    *out = NULL;
    for (size_t i = 0; i < maker->tokens->words; i++) {
        const hdx_token *token = &maker->tokens->items[i];
        uint32_t meant = meant_by(chain, question, token->word);
        if (meant == HDX_NO_WORD)
            continue;
        hdx_str typed = {text.ptr + token->begin, token->end - token->begin};
        size_t kept = token->begin + elided(token->word, typed);
        hdx_buf_add(&buf, (hdx_str){text.ptr + done, kept - done});
        hdx_buf_add(&buf, hdx_lexicon_exact(maker->lexicon, meant));
        done = token->end;
    }
    if (done) {
        hdx_buf_add(&buf, (hdx_str){text.ptr + done, text.len - done});
        *out = buf.failed ? NULL : hdx_arena_copy(arena, hdx_buf_str(&buf)).ptr;
    }
    hdx_buf_free(&buf);
    return done && !*out ? hdx_fail_nomem(err) : HELPDEX_OK;
}
