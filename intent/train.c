/*
 * Models are made first that lack a fifth of the messages each, and are asked
 * for that fifth. How well they do is what the calibration of the last, which is
 * made of all, is fitted on. HDX_MANY answers are enough: what is right of those
 * is known to a third of a percent.
 */
#include "intent/train.h"

#include <math.h>
#include <stdlib.h>

#include "intent/learn.h"
#include "text/stamp.h"

const hdx_calibration_aims hdx_intent_aims = {.precision = 0.95,
                                              .rejection = 0.05};

/* How a message was answered by a model that did not know it. */
typedef struct held_out {
    hdx_intent_answer answer;
    uint32_t intent;
} held_out;

typedef struct training {
    hdx_corpus corpus;
    uint64_t stamp;
    hdx_buf bytes; /* of the model of a fold */
    hdx_intent_scratch scratch;
    held_out *answers;
    size_t count;
    hdx_calibration_point *points;
    hdx_spread energy, cover;
    hdx_calibration calibration;
} training;

static helpdex_status ask_fold(training *t, uint32_t fold, helpdex_error *err)
{
    hdx_intent_model model;
    helpdex_status status =
        hdx_learn(&t->corpus, fold, t->stamp, &t->bytes, err);
    if (!status)
        status = hdx_intent_model_open(hdx_buf_str(&t->bytes), t->stamp, "",
                                       &model, err);
    for (size_t i = 0; i < t->corpus.count && !status; i++) {
        const hdx_corpus_item *item = &t->corpus.items[i];
        if (item->fold != fold)
            continue;
        hdx_bag bag = hdx_corpus_bag(&t->corpus, item);
        held_out *to = &t->answers[t->count++];
        to->intent = item->intent;
        status =
            hdx_intent_ask_bag(&model, &bag, &t->scratch, &to->answer, err);
    }
    return status;
}

static double energy_of(const held_out *from)
{
    return from->answer.energy;
}

static double cover_of(const held_out *from)
{
    return from->answer.cover;
}

/* How the answers to messages in scope lie. */
static hdx_spread measure(const training *t,
                          double (*number_of)(const held_out *))
{
    double sum = 0, squares = 0, count = 0;
    for (size_t i = 0; i < t->count; i++)
        if (t->answers[i].intent != HDX_OUT_OF_SCOPE) {
            sum += number_of(&t->answers[i]);
            count++;
        }
    for (size_t i = 0; i < t->count; i++)
        if (t->answers[i].intent != HDX_OUT_OF_SCOPE) {
            double off = number_of(&t->answers[i]) - sum / count;
            squares += off * off;
        }
    return (hdx_spread){sum / count, sqrt(squares / count)};
}

static helpdex_status calibrate(training *t, const hdx_calibration_aims *aims,
                                helpdex_error *err)
{
    t->energy = measure(t, energy_of);
    t->cover = measure(t, cover_of);
    for (size_t i = 0; i < t->count; i++) {
        const hdx_intent_answer *a = &t->answers[i].answer;
        uint32_t intent = t->answers[i].intent;
        t->points[i] = (hdx_calibration_point){
            .top = a->ranks[0].score,
            .margin = a->margin,
            .scope =
                hdx_intent_scope(&t->energy, &t->cover, a->energy, a->cover),
            .in_scope = intent != HDX_OUT_OF_SCOPE,
            .right = intent == a->ranks[0].intent};
    }
    helpdex_status status =
        hdx_calibration_fit(t->points, t->count, aims, &t->calibration, err);
    t->calibration.estimated = true;
    return status;
}

/* Writes the calibration into the header of a model. */
static void stamp_calibration(const training *t, hdx_buf *model)
{
    hdx_intent_header header;
    memcpy(&header, model->ptr, sizeof header);
    header.energy = t->energy;
    header.cover = t->cover;
    header.calibration = t->calibration;
    memcpy(model->ptr, &header, sizeof header);
}

static helpdex_status train(training *t, const hdx_calibration_aims *aims,
                            hdx_buf *out, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    if (t->corpus.intents < 2 || t->corpus.messages == 0)
        return status;
    t->answers = calloc(t->corpus.count, sizeof *t->answers);
    t->points = calloc(t->corpus.count, sizeof *t->points);
    if (!t->answers || !t->points)
        return hdx_fail_nomem(err);
    for (uint32_t fold = 0; fold < HDX_FOLDS && t->count < HDX_MANY && !status;
         fold++)
        status = ask_fold(t, fold, err);
    if (!status)
        status = calibrate(t, aims, err);
    if (!status)
        status = hdx_learn(&t->corpus, HDX_FOLDS, t->stamp, out, err);
    if (!status)
        stamp_calibration(t, out);
    return status;
}

helpdex_status hdx_intent_train(const hdx_intent_example *examples,
                                size_t count, hdx_analyser *analyser,
                                const hdx_calibration_aims *aims, hdx_buf *out,
                                helpdex_error *err)
{
    training t = {.stamp = hdx_analyser_stamp(hdx_analyser_pack(analyser))};
    out->len = 0;
    helpdex_status status =
        hdx_corpus_read(examples, count, analyser, &t.corpus, err);
    if (!status)
        status = train(&t, aims, out, err);
    hdx_corpus_free(&t.corpus);
    hdx_buf_free(&t.bytes);
    hdx_intent_scratch_free(&t.scratch);
    free(t.answers);
    free(t.points);
    return status;
}
