/*
 * What is noted of a search. Every text that a customer wrote goes through
 * redaction; what comes from the index does not.
 */
#include "insights/note.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "insights/redact.h"

/* As many bytes as are searched; what a secret has behind them is read. */
enum { QUERY_BYTES = 4096, BEHIND_BYTES = 512 };

/* The least close of the tiers by which words of the hit were found. */
static const char *tier_of(const helpdex_explanation *e)
{
    static const char *const tiers[] = {"exact", "stem",       "folded",
                                        "marks", "synonym",    "part",
                                        "typo",  "unfinished", "beginning"};
    size_t least = 0;
    const char *tier = NULL;
    for (size_t i = 0; e && i < e->question_count; i++) {
        const char *name = e->question[i].tier;
        size_t at = 0;
        while (name && at < sizeof tiers / sizeof *tiers &&
               strcmp(tiers[at], name) != 0)
            at++;
        if (name && (!tier || at > least)) {
            least = at;
            tier = name;
        }
    }
    return tier;
}

static helpdex_status copy(const char *text, char **out, helpdex_error *err)
{
    if (!text)
        return HELPDEX_OK;
    *out = strdup(text);
    return *out ? HELPDEX_OK : hdx_fail_nomem(err);
}

/* A text of the customer, redacted. */
static helpdex_status copy_redacted(hdx_str text, hdx_note *n, size_t column,
                                    helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_redaction made;
    size_t bad = hdx_utf8_check(text);
    if (bad != SIZE_MAX)
        return hdx_fail(err, HELPDEX_INVALID,
                        "the query is not UTF-8 at byte %zu; encode it as "
                        "UTF-8",
                        bad);
    helpdex_status status =
        hdx_redact(&arena, hdx_utf8_cut(text, QUERY_BYTES + BEHIND_BYTES),
                   QUERY_BYTES, &made, err);
    if (!status && made.seed_phrase)
        n->seed_phrase = true;
    else if (!status)
        status = copy(made.text.ptr, &n->texts[column], err);
    hdx_arena_free(&arena);
    return status;
}

static helpdex_status copy_request(const helpdex_request *request, hdx_note *n,
                                   helpdex_error *err)
{
    hdx_str query = request->query_size == SIZE_MAX
                        ? hdx_str_of(request->query)
                        : (hdx_str){request->query, request->query_size};
    const char *const others[] = {request->region, request->platform};
    static const size_t columns[] = {HDX_NOTE_REGION, HDX_NOTE_PLATFORM};
    helpdex_status status = copy_redacted(query, n, HDX_NOTE_QUERY, err);
    for (size_t i = 0; i < 2 && !status; i++)
        if (others[i])
            status = copy_redacted(hdx_str_of(others[i]), n, columns[i], err);
    return status;
}

static helpdex_status copy_results(const helpdex_results *results, hdx_note *n,
                                   helpdex_error *err)
{
    const helpdex_hit *first = helpdex_results_at(results, 0);
    const char *correction = helpdex_results_correction(results);
    n->at = time(NULL);
    n->hits = (int64_t)helpdex_results_count(results);
    n->took_us = (int64_t)helpdex_results_took_us(results);
    n->fallback = first && first->fallback;
    helpdex_status status =
        copy(helpdex_results_locale(results), &n->texts[HDX_NOTE_LOCALE], err);
    if (!status)
        status = copy(helpdex_results_generation(results),
                      &n->texts[HDX_NOTE_GENERATION], err);
    if (!status && correction && !n->seed_phrase)
        status =
            copy_redacted(hdx_str_of(correction), n, HDX_NOTE_CORRECTION, err);
    if (!status && first)
        status = copy(first->id, &n->texts[HDX_NOTE_FIRST_ID], err);
    if (!status && first)
        status = copy(tier_of(first->explanation),
                      &n->texts[HDX_NOTE_FIRST_TIER], err);
    if (!status && first)
        status = copy(first->via, &n->texts[HDX_NOTE_VIA], err);
    return status;
}

helpdex_status hdx_note_make(const helpdex_request *request,
                             const helpdex_results *results, hdx_note **out,
                             helpdex_error *err)
{
    *out = NULL;
    hdx_note *note = calloc(1, sizeof *note);
    if (!note)
        return hdx_fail_nomem(err);
    helpdex_status status = copy_request(request, note, err);
    if (!status)
        status = copy_results(results, note, err);
    if (status)
        hdx_note_free(note);
    else
        *out = note;
    return status;
}

void hdx_note_free(hdx_note *note)
{
    if (!note)
        return;
    for (size_t i = 0; i < HDX_NOTE_TEXTS; i++)
        free(note->texts[i]);
    free(note);
}
