/*
 * Messages are asked as customers ask them, without what a session would add,
 * and only those are measured on that no rule decides: of what begins a path by
 * its label, or asks for a person, no confidence is a guess.
 */
#include <helpdex/calibrate.h>

#include <math.h>
#include <stdlib.h>

#include "assist/trust.h"
#include "base/error.h"
#include "intent/calibration.h"

enum { FOLDS = 5 };

struct helpdex_calibration {
    helpdex_confidence_curve curve;
    hdx_locale locale;
    helpdex_calibrated *items;
    size_t count;
};

void helpdex_calibrate_options_init(helpdex_calibrate_options *options)
{
    *options = (helpdex_calibrate_options){
        .size = sizeof *options, .precision = 0.95, .rejection = 0.05};
}

static helpdex_status is_ruled(hdx_turn *t, bool *out)
{
    hdx_phrase_text words;
    if (!hdx_phrase_prepare(&t->reply->arena, t->message, &words))
        return hdx_fail_nomem(t->err);
    hdx_phrase_loosen(&words);
    *out = hdx_asks_for_person(&t->assistant->people, &words) ||
           hdx_pathbook_by_label(&t->assistant->paths, &t->locale, &words);
    return HELPDEX_OK;
}

static bool answers(const helpdex_labelled *message, hdx_str id)
{
    for (size_t i = 0; i < message->article_count; i++)
        if (hdx_str_eq(hdx_str_of(message->articles[i]), id))
            return true;
    return false;
}

static helpdex_status guess(hdx_turn *t, const helpdex_labelled *message,
                            helpdex_calibrated *out)
{
    hdx_guesses guesses = {0};
    out->known = message->article_count > 0;
    helpdex_status status = is_ruled(t, &out->ruled);
    if (!status)
        status = hdx_turn_search(t);
    if (!status)
        status = hdx_guess_make(t, &guesses);
    if (status || guesses.count == 0)
        return status;
    out->estimate = guesses.items[0].confidence;
    out->right = answers(message, guesses.items[0].id);
    return HELPDEX_OK;
}

static helpdex_status ask(helpdex_assistant *assistant,
                          const helpdex_labelled *message, const char *locale,
                          hdx_locale *read_as, helpdex_calibrated *out,
                          helpdex_error *err)
{
    helpdex_ask_request request;
    helpdex_reply *reply = calloc(1, sizeof *reply);
    if (!reply)
        return hdx_fail_nomem(err);
    helpdex_ask_request_init(&request);
    request.message = message->message;
    request.locale = locale;
    hdx_turn t = hdx_turn_new(assistant, &request, reply, err);
    helpdex_status status = hdx_turn_open(&t);
    if (!status) {
        *read_as = t.chain.links[0].shard->locale;
        status = guess(&t, message, out);
    }
    helpdex_reply_free(reply);
    return status;
}

static double log_odds(double p)
{
    double least = fmin(fmax(p, 1e-6), 1 - 1e-6);
    return log(least / (1 - least));
}

static double confidence_at(const helpdex_confidence_curve *curve,
                            double estimate)
{
    const hdx_measured as = {.bias = curve->bias, .slope = curve->slope};
    return hdx_measured_at(&as, estimate);
}

static int least_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The confidence that no more than so many messages with an article are
   under. */
static double least_to_ask(double *confidences, size_t count, double rejection)
{
    if (count == 0)
        return 0;
    qsort(confidences, count, sizeof *confidences, least_first);
    return confidences[(size_t)(rejection * (double)count)];
}

/* Fits on all but the messages of a fold; FOLDS: on all. */
static helpdex_status fit(const helpdex_calibration *c, size_t without,
                          const hdx_calibration_aims *aims,
                          helpdex_confidence_curve *out, helpdex_error *err)
{
    hdx_calibration fitted;
    size_t points_count = 0, known = 0;
    hdx_calibration_point *points = calloc(c->count + 1, sizeof *points);
    double *confidences = calloc(c->count + 1, sizeof *confidences);
    helpdex_status status =
        points && confidences ? HELPDEX_OK : hdx_fail_nomem(err);
    for (size_t i = 0; i < c->count && !status; i++)
        if (i % FOLDS != without && !c->items[i].ruled)
            /* In scope, all of them: an answer to what nothing answers is as
               wrong as any. */
            points[points_count++] =
                (hdx_calibration_point){.top = log_odds(c->items[i].estimate),
                                        .in_scope = true,
                                        .right = c->items[i].right};
    if (!status)
        status = hdx_calibration_fit(points, points_count, aims, &fitted, err);
    if (!status) {
        *out = (helpdex_confidence_curve){.bias = fitted.sure.bias,
                                          .slope = fitted.sure.top,
                                          .answer = fitted.answer};
        for (size_t i = 0; i < c->count; i++)
            if (i % FOLDS != without && !c->items[i].ruled && c->items[i].known)
                confidences[known++] = confidence_at(out, c->items[i].estimate);
        out->escalate = fmin(least_to_ask(confidences, known, aims->rejection),
                             out->answer);
    }
    free(confidences);
    free(points);
    return status;
}

/* Each message by a curve that was fitted without its fold. */
static helpdex_status hold_out(helpdex_calibration *c,
                               const hdx_calibration_aims *aims,
                               helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t fold = 0; fold < FOLDS && !status; fold++) {
        helpdex_confidence_curve curve;
        status = fit(c, fold, aims, &curve, err);
        for (size_t i = fold; i < c->count && !status; i += FOLDS) {
            helpdex_calibrated *at = &c->items[i];
            const hdx_trust trust = {curve.answer, curve.escalate};
            at->confidence = confidence_at(&curve, at->estimate);
            at->before = hdx_trust_verdict(hdx_estimated_trust, at->estimate);
            at->after = hdx_trust_verdict(trust, at->confidence);
        }
    }
    return status;
}

static helpdex_status check(const helpdex_calibrate_options *options,
                            size_t count, helpdex_error *err)
{
    if (options->size != sizeof *options)
        return hdx_fail(err, HELPDEX_INVALID,
                        "options of another version; call "
                        "helpdex_calibrate_options_init first");
    if (!(options->precision > 0 && options->precision <= 1) ||
        !(options->rejection >= 0 && options->rejection < 1))
        return hdx_fail(err, HELPDEX_INVALID,
                        "a precision or rejection that is no share; give "
                        "numbers between 0 and 1");
    if (count == 0)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "no message; give some of each article");
    return HELPDEX_OK;
}

helpdex_status helpdex_calibrate(helpdex_assistant *assistant,
                                 const helpdex_labelled *messages, size_t count,
                                 const helpdex_calibrate_options *options,
                                 helpdex_calibration **out, helpdex_error *err)
{
    helpdex_calibrate_options defaults;
    helpdex_calibrate_options_init(&defaults);
    *out = NULL;
    options = options ? options : &defaults;
    helpdex_status status = check(options, count, err);
    if (status)
        return status;
    const hdx_calibration_aims aims = {options->precision, options->rejection};
    helpdex_calibration *c = calloc(1, sizeof *c);
    if (!c || !(c->items = calloc(count, sizeof *c->items))) {
        free(c);
        return hdx_fail_nomem(err);
    }
    c->count = count;
    for (size_t i = 0; i < count && !status; i++)
        status = ask(assistant, &messages[i], options->locale, &c->locale,
                     &c->items[i], err);
    if (!status)
        status = fit(c, FOLDS, &aims, &c->curve, err);
    if (!status)
        status = hold_out(c, &aims, err);
    if (status)
        helpdex_calibration_free(c);
    else
        *out = c;
    return status;
}

const helpdex_confidence_curve *helpdex_calibration_curve(
    const helpdex_calibration *calibration)
{
    return &calibration->curve;
}

const helpdex_calibrated *helpdex_calibration_at(
    const helpdex_calibration *calibration, size_t at)
{
    return at < calibration->count ? &calibration->items[at] : NULL;
}

const char *helpdex_calibration_locale(const helpdex_calibration *calibration)
{
    return calibration->locale.tag;
}

void helpdex_calibration_free(helpdex_calibration *calibration)
{
    if (!calibration)
        return;
    free(calibration->items);
    free(calibration);
}
