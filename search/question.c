/*
 * From a query to terms. A term that the index does not have still counts in
 * `self`: a question with a word nobody wrote about is less well answered by
 * what matches the rest.
 */
#include "search/question.h"

#include <math.h>

/*
 * Bigrams repeat what the words of the same run say, so they count less. Mean
 * Success@1 of cmrc2018, drcd and jsquad with 0.3, 0.5, 1: .932, .934, .931.
 */
static const double BIGRAM_WEIGHT = 0.5;

/*
 * Stop words find nothing by themselves, and count little in a text; but in a
 * title "how long" and "how much" part one question from another, and there
 * they count in full. Mean Success@1 of cnil-faq, swefaq, covidfaq-jhu and
 * covid-faq-qa (text, title): left out .43; 0.15, 0.5: .48; 0.25, 0.7: .50;
 * 0.15, 1: .50; 0.3, 1: .51, and less on questions in sentences.
 */
static const double STOP_WEIGHT = 0.15;

static double idf(uint32_t documents, uint32_t with_term)
{
    return log(1 + (documents - with_term + 0.5) / (with_term + 0.5));
}

/*
 * A word that stands in titles counts once more there, by how rare it is among
 * titles. With 0, 0.2, 0.4, 0.6: mean Success@1 of cnil-faq, swefaq,
 * covidfaq-jhu and covid-faq-qa .456, .481, .493, .504. Where many texts share
 * a title (piaf, mlqa) it costs two points: .759, .756, .751, .745 as the mean
 * of belebele, mlqa, pira and piaf. A help centre is like the former.
 */
static const double TITLE_SHARE = 0.6;

/* Everything that one question needs while its terms are weighed. */
typedef struct weighing {
    const hdx_engine *engine;
    uint32_t documents;
    hdx_arena *arena;
    hdx_question *out;
    helpdex_error *err;
} weighing;

static helpdex_status add_term(weighing *w, hdx_str term, double weight,
                               bool stop, bool missed_counts)
{
    uint32_t with_term;
    helpdex_status status =
        hdx_engine_document_frequency(w->engine, term, &with_term, w->err);
    if (status || (with_term == 0 && !missed_counts))
        return status;
    hdx_question_term *added = &w->out->terms[w->out->count++];
    *added = (hdx_question_term){.term = term,
                                 .weight = weight,
                                 .idf = idf(w->documents, with_term),
                                 .stop = stop};
    w->out->self += added->weight * added->idf;
    return HELPDEX_OK;
}

/* Adds a term and the same among titles, where to miss it is no failing. */
static helpdex_status add_token(weighing *w, const hdx_token *token)
{
    char kind = token->term.ptr[0];
    double weight = kind == HDX_TERM_BIGRAM ? BIGRAM_WEIGHT : 1;
    helpdex_status status = add_term(
        w, token->term, token->stop ? STOP_WEIGHT : weight, token->stop, true);
    hdx_str title = hdx_arena_copy(w->arena, token->term);
    if (!title.ptr)
        return hdx_fail_nomem(w->err);
    *(char *)(uintptr_t)title.ptr = hdx_title_kind(kind);
    return status
               ? status
               : add_term(w, title, weight * TITLE_SHARE, token->stop, false);
}

helpdex_status hdx_question_make(hdx_analyser *analyser,
                                 const hdx_engine *engine, hdx_str query,
                                 hdx_tokens *scratch, hdx_arena *arena,
                                 hdx_question *out, helpdex_error *err)
{
    weighing w = {.engine = engine, .arena = arena, .out = out, .err = err};
    *out = (hdx_question){0};
    helpdex_status status = hdx_analyse(
        analyser, hdx_utf8_cut(query, HDX_QUESTION_BYTES), scratch, err);
    if (!status)
        status = hdx_engine_document_count(engine, &w.documents, err);
    if (status)
        return status;
    out->terms =
        hdx_arena_alloc(arena, (2 * scratch->count + 1) * sizeof *out->terms);
    if (!out->terms)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < scratch->count && !status; i++) {
        bool added;
        hdx_map_entry *entry =
            hdx_map_add(&out->numbers, scratch->items[i].term, &added);
        if (!entry)
            return hdx_fail_nomem(err);
        if (!added)
            continue;
        entry->value = out->count;
        status = add_token(&w, &scratch->items[i]);
    }
    return status;
}

void hdx_question_free(hdx_question *question)
{
    hdx_map_free(&question->numbers);
}
