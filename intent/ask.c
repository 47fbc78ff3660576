/*
 * Two scores for each intent: of its row of weights, and of the search for the
 * message in all that was said for it. They are put on one scale and added.
 */
#include "intent/ask.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"

enum { LANES = HDX_INTENT_LANES };

void hdx_intent_scratch_free(hdx_intent_scratch *scratch)
{
    hdx_tokens_free(&scratch->tokens);
    hdx_bag_free(&scratch->bag);
    free(scratch->weights);
    free(scratch->scores);
    *scratch = (hdx_intent_scratch){0};
}

helpdex_status hdx_intent_read(hdx_analyser *analyser, hdx_str text,
                               hdx_intent_scratch *scratch, helpdex_error *err)
{
    helpdex_status status = hdx_analyse(analyser, text, &scratch->tokens, err);
    if (!status && !hdx_bag_fill(&scratch->bag, &scratch->tokens))
        status = hdx_fail_nomem(err);
    return status;
}

static void add_dense(const signed char *row, uint32_t lanes, float scale,
                      float *scores)
{
    for (uint32_t i = 0; i < lanes; i += LANES)
        for (uint32_t lane = 0; lane < LANES; lane++)
            scores[i + lane] += scale * (float)row[i + lane];
}

static void add_sparse(const char *row, uint32_t size, float scale,
                       float *scores)
{
    for (const char *at = row; at < row + size; at += HDX_INTENT_ENTRY)
        scores[hdx_intent_entry_at(at)] += scale * (float)(signed char)at[2];
}

/* Adds the rows of all features of the vector. */
static void add_rows(const hdx_intent_model *model, const hdx_weight *weights,
                     size_t count, float *scores)
{
    uint32_t lanes = hdx_intent_lanes(model->header->intents);
    for (uint32_t i = 0; i < model->header->intents; i++)
        scores[i] = model->names[i].bias;
    for (size_t i = 0; i < count; i++) {
        const hdx_intent_feature *f = &model->features[weights[i].feature];
        float scale = weights[i].value * f->scale;
        uint32_t size = f[1].row - f->row;
        const char *row = model->rows + f->row;
        if (size == lanes)
            add_dense((const signed char *)row, lanes, scale, scores);
        else
            add_sparse(row, size, scale, scores);
    }
}

/* Adds the postings of all words; returns what a text would score that is
   nothing but the message. */
static double add_postings(const hdx_intent_model *model, const hdx_bag *bag,
                           float *scores)
{
    double own = 0;
    for (size_t i = 0; i < bag->words; i++) {
        uint32_t at = hdx_intent_feature_at(model, bag->items[i].slot);
        const hdx_intent_feature *f = &model->features[at];
        if (at == model->header->features || f->posting == f[1].posting) {
            own += model->header->strange;
            continue;
        }
        own += (double)f->worth;
        for (uint32_t p = f->posting; p < f[1].posting; p++)
            scores[model->postings[p].intent] += model->postings[p].worth;
    }
    return own;
}

static hdx_spread spread_of(const float *scores, uint32_t count)
{
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += (double)scores[i];
    double mean = sum / count;
    for (uint32_t i = 0; i < count; i++) {
        double off = (double)scores[i] - mean;
        squares += off * off;
    }
    return (hdx_spread){mean, sqrt(squares / count)};
}

/* How many deviations above the mean. */
static double standing(double number, const hdx_spread *among)
{
    return among->deviation > 0 ? (number - among->mean) / among->deviation : 0;
}

double hdx_intent_scope(const hdx_spread *energies, const hdx_spread *covers,
                        double energy, double cover)
{
    return standing(energy, energies) + standing(cover, covers);
}

/* Puts an intent where it belongs among the best so far. */
static void rank(hdx_intent_answer *out, uint32_t intent, double score)
{
    size_t at = out->count;
    if (at == HDX_INTENT_RANKS) {
        if (score <= out->ranks[at - 1].score)
            return;
        at--;
    } else {
        out->count++;
    }
    for (; at > 0 && out->ranks[at - 1].score < score; at--)
        out->ranks[at] = out->ranks[at - 1];
    out->ranks[at] = (hdx_intent_rank){intent, score};
}

static double energy_of(const float *scores, uint32_t count)
{
    enum { NEGLIGIBLE = 20 };
    double most = (double)scores[0], sum = 0;
    for (uint32_t i = 1; i < count; i++)
        most = (double)scores[i] > most ? (double)scores[i] : most;
    for (uint32_t i = 0; i < count; i++)
        if ((double)scores[i] > most - NEGLIGIBLE)
            sum += hdx_exp((double)scores[i] - most);
    return most + hdx_log(sum);
}

helpdex_status hdx_intent_ask_bag(const hdx_intent_model *model,
                                  const hdx_bag *bag,
                                  hdx_intent_scratch *scratch,
                                  hdx_intent_answer *out, helpdex_error *err)
{
    const hdx_intent_header *h = model->header;
    uint32_t lanes = hdx_intent_lanes(h->intents);
    if (!hdx_grow(&scratch->weights, &scratch->weight_capacity, bag->count,
                  sizeof *scratch->weights) ||
        !hdx_grow(&scratch->scores, &scratch->score_capacity, (size_t)2 * lanes,
                  sizeof *scratch->scores))
        return hdx_fail_nomem(err);
    float *rows = scratch->scores, *found = rows + lanes;
    memset(rows, 0, (size_t)2 * lanes * sizeof *rows);
    size_t count = hdx_vector_make(model, bag, scratch->weights);
    add_rows(model, scratch->weights, count, rows);
    double own = add_postings(model, bag, found);
    hdx_spread by_row = spread_of(rows, h->intents);
    hdx_spread by_search = spread_of(found, h->intents);
    *out = (hdx_intent_answer){0};
    for (uint32_t i = 0; i < h->intents; i++)
        rank(out, i,
             standing((double)rows[i], &by_row) +
                 h->search_weight * standing((double)found[i], &by_search));
    out->margin = out->ranks[0].score - out->ranks[1].score;
    out->energy = energy_of(rows, h->intents);
    out->cover = own > 0 ? (double)found[out->ranks[0].intent] / own : 0;
    out->scope =
        hdx_intent_scope(&h->energy, &h->cover, out->energy, out->cover);
    out->judgement = hdx_calibration_judge(&h->calibration, out->ranks[0].score,
                                           out->margin, out->scope);
    return HELPDEX_OK;
}

helpdex_status hdx_intent_ask(const hdx_intent_model *model,
                              hdx_analyser *analyser, hdx_str text,
                              hdx_intent_scratch *scratch,
                              hdx_intent_answer *out, helpdex_error *err)
{
    helpdex_status status = hdx_intent_read(analyser, text, scratch, err);
    return status ? status
                  : hdx_intent_ask_bag(model, &scratch->bag, scratch, out, err);
}
