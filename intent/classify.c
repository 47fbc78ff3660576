/* The public classifier: a model in memory with the analyser it was made by. */
#include <helpdex/classify.h>

#include <stdio.h>
#include <stdlib.h>

#include "intent/train.h"
#include "text/stamp.h"

struct helpdex_classifier {
    hdx_catalog *catalog;
    hdx_analyser *analyser;
    hdx_buf bytes;
    hdx_intent_model model;
    hdx_intent_scratch scratch;
    char notice[128];
};

void helpdex_classify_options_init(helpdex_classify_options *options)
{
    *options =
        (helpdex_classify_options){.size = sizeof *options,
                                   .precision = hdx_intent_aims.precision,
                                   .rejection = hdx_intent_aims.rejection};
}

/* The locale that is meant; without one, the first that the pack of any
   language falls back to. */
static helpdex_status choose_locale(hdx_catalog *catalog, const char *tag,
                                    hdx_locale *out, helpdex_error *err)
{
    const hdx_pack *root;
    if (!hdx_locale_root(out))
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_catalog_pack(catalog, out, &root, err);
    if (status)
        return status;
    if (!tag && root->fallback[0])
        tag = root->fallback[0];
    if (!tag)
        return HELPDEX_OK;
    status = hdx_locale_read(hdx_str_of(tag), out);
    if (status == HELPDEX_NOMEM)
        return hdx_fail_nomem(err);
    return status
               ? hdx_fail(err, HELPDEX_NOT_FOUND,
                          "\"%.100s\" is no locale; write it like pt-BR", tag)
               : HELPDEX_OK;
}

static helpdex_status open_analyser(helpdex_classifier *c,
                                    const helpdex_classify_options *options,
                                    helpdex_error *err)
{
    hdx_locale locale;
    const hdx_pack *pack;
    helpdex_status status =
        hdx_catalog_open(options->locales_dir, &c->catalog, err);
    if (!status)
        status = choose_locale(c->catalog, options->locale, &locale, err);
    if (!status)
        status = hdx_catalog_pack(c->catalog, &locale, &pack, err);
    return status ? status : hdx_analyser_open(pack, &c->analyser, err);
}

/* "card_arrival" as its words. */
static hdx_str words_of(hdx_arena *arena, const char *label)
{
    hdx_str text = hdx_str_of(label);
    char *words = hdx_arena_alloc(arena, text.len + 1);
    for (size_t i = 0; words && i < text.len; i++)
        words[i] = strchr("_-/.", label[i]) ? ' ' : label[i];
    return (hdx_str){words, text.len};
}

/* The examples, and before the first of each label its words. */
static helpdex_status list_examples(const helpdex_example *examples,
                                    size_t count, hdx_arena *arena,
                                    hdx_map *seen, hdx_intent_example *out,
                                    size_t *made, helpdex_error *err)
{
    for (size_t i = 0; i < count; i++) {
        bool added = false;
        hdx_str label = hdx_str_of(examples[i].label);
        hdx_str text = hdx_str_of(examples[i].text);
        if (hdx_utf8_check(label) != SIZE_MAX ||
            hdx_utf8_check(text) != SIZE_MAX)
            return hdx_fail(err, HELPDEX_INVALID,
                            "example %zu is not UTF-8; convert it", i + 1);
        if (label.ptr && !hdx_map_add(seen, label, &added))
            return hdx_fail_nomem(err);
        if (added) {
            hdx_str words = words_of(arena, label.ptr);
            if (!words.ptr)
                return hdx_fail_nomem(err);
            out[(*made)++] = (hdx_intent_example){label, words, true};
        }
        out[(*made)++] = (hdx_intent_example){label, text, false};
    }
    return HELPDEX_OK;
}

static void take_notice(helpdex_classifier *c)
{
    const hdx_intent_header *h = c->model.header;
    if (hdx_intent_model_is_thin(&c->model))
        snprintf(c->notice, sizeof c->notice,
                 "only %u examples for %u labels, so that more is asked back; "
                 "give each ten or more",
                 h->examples - h->intents, h->intents);
}

static helpdex_status learn(helpdex_classifier *c,
                            const hdx_intent_example *examples, size_t count,
                            const helpdex_classify_options *options,
                            helpdex_error *err)
{
    const hdx_calibration_aims aims = {options->precision, options->rejection};
    helpdex_status status =
        hdx_intent_train(examples, count, c->analyser, &aims, &c->bytes, err);
    if (!status && c->bytes.len == 0)
        status = hdx_fail(err, HELPDEX_BAD_INPUT,
                          "fewer than two labels, or no utterance; give some "
                          "of each label");
    if (!status)
        status = hdx_intent_model_open(
            hdx_buf_str(&c->bytes),
            hdx_analyser_stamp(hdx_analyser_pack(c->analyser)), "", &c->model,
            err);
    if (!status)
        take_notice(c);
    return status;
}

static helpdex_status train(helpdex_classifier *c,
                            const helpdex_example *examples, size_t count,
                            const helpdex_classify_options *options,
                            helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_map seen = {0};
    size_t made = 0;
    hdx_intent_example *list = calloc(2 * count + 1, sizeof *list);
    if (!list)
        return hdx_fail_nomem(err);
    helpdex_status status = open_analyser(c, options, err);
    if (!status)
        status =
            list_examples(examples, count, &arena, &seen, list, &made, err);
    if (!status)
        status = learn(c, list, made, options, err);
    hdx_map_free(&seen);
    hdx_arena_free(&arena);
    free(list);
    return status;
}

helpdex_status helpdex_classifier_train(const helpdex_example *examples,
                                        size_t count,
                                        const helpdex_classify_options *options,
                                        helpdex_classifier **out,
                                        helpdex_error *err)
{
    helpdex_classify_options defaults;
    helpdex_classify_options_init(&defaults);
    *out = NULL;
    options = options ? options : &defaults;
    if (options->size != sizeof *options)
        return hdx_fail(err, HELPDEX_INVALID,
                        "options of another version; call "
                        "helpdex_classify_options_init first");
    if (!(options->precision > 0 && options->precision <= 1) ||
        !(options->rejection >= 0 && options->rejection < 1))
        return hdx_fail(err, HELPDEX_INVALID,
                        "a precision or rejection that is no share; give "
                        "numbers between 0 and 1");
    helpdex_classifier *c = calloc(1, sizeof *c);
    if (!c)
        return hdx_fail_nomem(err);
    helpdex_status status = train(c, examples, count, options, err);
    if (status)
        helpdex_classifier_free(c);
    else
        *out = c;
    return status;
}

helpdex_status helpdex_classifier_ask(helpdex_classifier *classifier,
                                      const char *text, helpdex_class *out,
                                      helpdex_error *err)
{
    static const helpdex_verdict verdicts[] = {
        [HDX_INTENT_ANSWER] = HELPDEX_ANSWER,
        [HDX_INTENT_CLARIFY] = HELPDEX_CLARIFY,
        [HDX_INTENT_ESCALATE] = HELPDEX_ESCALATE};
    helpdex_classifier *c = classifier;
    hdx_intent_answer answer;
    *out = (helpdex_class){0};
    if (hdx_utf8_check(hdx_str_of(text)) != SIZE_MAX)
        return hdx_fail(err, HELPDEX_INVALID, "not UTF-8; convert it");
    hdx_analyser_trim(c->analyser);
    helpdex_status status = hdx_intent_ask(
        &c->model, c->analyser, hdx_str_of(text), &c->scratch, &answer, err);
    if (status)
        return status;
    out->verdict = verdicts[answer.judgement.decision];
    out->confidence = answer.judgement.confidence;
    out->estimated = c->model.header->calibration.estimated;
    for (size_t i = 0; i < answer.count && i < HELPDEX_LABELS; i++)
        out->labels[out->count++] =
            hdx_intent_id(&c->model, answer.ranks[i].intent).ptr;
    return HELPDEX_OK;
}

const char *helpdex_classifier_notice(const helpdex_classifier *classifier)
{
    return classifier->notice[0] ? classifier->notice : NULL;
}

void helpdex_classifier_free(helpdex_classifier *classifier)
{
    if (!classifier)
        return;
    hdx_intent_scratch_free(&classifier->scratch);
    hdx_buf_free(&classifier->bytes);
    hdx_analyser_free(classifier->analyser);
    hdx_catalog_free(classifier->catalog);
    free(classifier);
}
