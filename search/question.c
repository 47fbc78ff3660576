/*
 * From a query to terms. A term that the index does not have still counts in
 * `self`: a question with a word nobody wrote about is less well answered by
 * what matches the rest.
 */
#include "search/question.h"

#include <math.h>

/*
 * Bigrams repeat what the words of the same run say, so they count less. The
 * mean Success@1 of xquad zh-Hans, cmrc2018, drcd and jsquad hardly moves
 * between 0.3 and 1.
 */
static const double BIGRAM_WEIGHT = 0.5;

static double idf(uint32_t documents, uint32_t with_term)
{
    return log(1 + (documents - with_term + 0.5) / (with_term + 0.5));
}

static bool only_stop_words(const hdx_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].term.ptr[0] == HDX_TERM_WORD &&
            !tokens->items[i].stop)
            return false;
    return true;
}

static helpdex_status weigh(const hdx_engine *engine, uint32_t documents,
                            hdx_question_term *term, helpdex_error *err)
{
    uint32_t with_term;
    helpdex_status status =
        hdx_engine_document_frequency(engine, term->term, &with_term, err);
    if (status)
        return status;
    term->idf = idf(documents, with_term);
    term->weight = term->term.ptr[0] == HDX_TERM_BIGRAM ? BIGRAM_WEIGHT : 1;
    return HELPDEX_OK;
}

helpdex_status hdx_question_make(hdx_analyser *analyser,
                                 const hdx_engine *engine, hdx_str query,
                                 hdx_tokens *scratch, hdx_arena *arena,
                                 hdx_question *out, helpdex_error *err)
{
    *out = (hdx_question){0};
    uint32_t documents;
    helpdex_status status = hdx_analyse(
        analyser, hdx_utf8_cut(query, HDX_QUESTION_BYTES), scratch, err);
    if (!status)
        status = hdx_engine_document_count(engine, &documents, err);
    if (status)
        return status;
    out->terms =
        hdx_arena_alloc(arena, (scratch->count + 1) * sizeof *out->terms);
    if (!out->terms)
        return hdx_fail_nomem(err);
    bool keep_stop_words = only_stop_words(scratch);
    for (size_t i = 0; i < scratch->count && !status; i++) {
        const hdx_token *token = &scratch->items[i];
        bool added;
        if (token->stop && !keep_stop_words)
            continue;
        hdx_map_entry *entry = hdx_map_add(&out->numbers, token->term, &added);
        if (!entry)
            return hdx_fail_nomem(err);
        if (!added)
            continue;
        entry->value = out->count;
        hdx_question_term *term = &out->terms[out->count++];
        term->term = token->term;
        status = weigh(engine, documents, term, err);
        out->self += term->weight * term->idf;
    }
    return status;
}

void hdx_question_free(hdx_question *question)
{
    hdx_map_free(&question->numbers);
}
