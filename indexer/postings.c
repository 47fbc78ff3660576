/* Counting terms. Numbers of terms are given in the order of appearance. */
#include "indexer/postings.h"

#include <stdlib.h>

typedef struct counted {
    uint32_t term;
    uint32_t frequency;
} counted;

struct hdx_postings {
    hdx_arena arena;    /* the bytes of the vocabulary */
    hdx_map vocabulary; /* term -> number */
    hdx_str *terms;     /* by number */
    size_t terms_capacity;
    uint32_t *frequency; /* by number; 0 where not counted */
    size_t frequency_capacity;
    uint32_t *touched; /* numbers whose frequency is not 0 */
    size_t touched_count, touched_capacity;
    counted *base;
    size_t base_count, base_capacity;
    hdx_posting *list;
    size_t list_capacity;
};

helpdex_status hdx_postings_new(hdx_postings **out, helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HELPDEX_OK : hdx_fail_nomem(err);
}

void hdx_postings_free(hdx_postings *postings)
{
    if (!postings)
        return;
    hdx_map_free(&postings->vocabulary);
    hdx_arena_free(&postings->arena);
    free(postings->terms);
    free(postings->frequency);
    free(postings->touched);
    free(postings->base);
    free(postings->list);
    free(postings);
}

static void zero(hdx_postings *p)
{
    for (size_t i = 0; i < p->touched_count; i++)
        p->frequency[p->touched[i]] = 0;
    p->touched_count = 0;
}

void hdx_postings_clear(hdx_postings *postings)
{
    zero(postings);
    postings->base_count = 0;
}

/* The number of a term, new or known; false when memory is out. */
static bool number_of(hdx_postings *p, hdx_str term, uint32_t *number)
{
    bool added;
    hdx_map_entry *entry = hdx_map_add(&p->vocabulary, term, &added);
    if (!entry)
        return false;
    if (added) {
        size_t at = p->vocabulary.count - 1;
        hdx_str lasting = hdx_arena_copy(&p->arena, term);
        size_t had = p->frequency_capacity;
        if (!lasting.ptr ||
            !hdx_grow(&p->terms, &p->terms_capacity, at + 1,
                      sizeof *p->terms) ||
            !hdx_grow(&p->frequency, &p->frequency_capacity, at + 1,
                      sizeof *p->frequency)) {
            hdx_map_clear(&p->vocabulary); /* it holds a borrowed key */
            return false;
        }
        if (p->frequency_capacity > had)
            memset(p->frequency + had, 0,
                   (p->frequency_capacity - had) * sizeof *p->frequency);
        p->terms[at] = lasting;
        entry->key = lasting;
        entry->value = at;
    }
    *number = (uint32_t)entry->value;
    return true;
}

static bool count(hdx_postings *p, uint32_t term, uint32_t times)
{
    if (p->frequency[term] == 0) {
        if (!hdx_grow(&p->touched, &p->touched_capacity, p->touched_count + 1,
                      sizeof *p->touched))
            return false;
        p->touched[p->touched_count++] = term;
    }
    p->frequency[term] += times;
    return true;
}

helpdex_status hdx_postings_add(hdx_postings *postings,
                                const hdx_tokens *tokens, uint32_t weight,
                                helpdex_error *err)
{
    for (size_t i = 0; i < tokens->count; i++) {
        hdx_word *word = tokens->items[i].word;
        uint32_t term = word->term_number - 1; /* the number + 1 */
        if (word->term_number == 0) {
            if (!number_of(postings, word->term, &term))
                return hdx_fail_nomem(err);
            word->term_number = term + 1;
        }
        if (!count(postings, term, weight))
            return hdx_fail_nomem(err);
    }
    return HELPDEX_OK;
}

helpdex_status hdx_postings_keep(hdx_postings *postings, helpdex_error *err)
{
    hdx_postings *p = postings;
    if (!hdx_grow(&p->base, &p->base_capacity, p->touched_count,
                  sizeof *p->base))
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < p->touched_count; i++)
        p->base[i] = (counted){p->touched[i], p->frequency[p->touched[i]]};
    p->base_count = p->touched_count;
    return HELPDEX_OK;
}

void hdx_postings_restart(hdx_postings *postings)
{
    zero(postings);
    /* No failure: what was touched once fits again. */
    for (size_t i = 0; i < postings->base_count; i++)
        count(postings, postings->base[i].term, postings->base[i].frequency);
}

helpdex_status hdx_postings_list(hdx_postings *postings,
                                 const hdx_posting **out, size_t *count_out,
                                 helpdex_error *err)
{
    hdx_postings *p = postings;
    if (!hdx_grow(&p->list, &p->list_capacity, p->touched_count,
                  sizeof *p->list))
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < p->touched_count; i++)
        p->list[i] =
            (hdx_posting){p->terms[p->touched[i]], p->frequency[p->touched[i]]};
    *out = p->list;
    *count_out = p->touched_count;
    return HELPDEX_OK;
}

size_t hdx_postings_vocabulary(const hdx_postings *postings)
{
    return postings->vocabulary.count;
}
