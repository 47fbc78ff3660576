/*
 * helpdex calibrate: whether confidence keeps its word on messages of customers,
 * and from when on to answer.
 */
#include <helpdex/calibrate.h>
#include <helpdex/catalog.h>

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/render.h"
#include "cli/render_calibrate.h"
#include "eval/golden.h"
#include "eval/reliability_page.h"

/* What stands for an article where nothing answers. */
#define NOTHING "-"
#define OUT_OF_SCOPE "oos"

typedef struct calibrating {
    const cli_options *options;
    hdx_arena arena;
    hdx_golden_set set;
    helpdex_labelled *messages;
    helpdex_assistant *assistant;
    helpdex_catalog **catalogs; /* of each locale; NULL behind the last */
    helpdex_calibration *calibration;
    const char *saved;
    helpdex_error err;
} calibrating;

static bool is_nothing(const hdx_right *right)
{
    return strcmp(right->article, NOTHING) == 0 ||
           strcmp(right->article, OUT_OF_SCOPE) == 0;
}

static helpdex_status blame(calibrating *c, const hdx_right *right,
                            const char *what)
{
    return hdx_fail_at(&c->err, HELPDEX_BAD_INPUT, c->set.file, right->line,
                       right->column, what, right->article);
}

/* Whether an article is there, in whatever locale. */
static bool is_known(const calibrating *c, const char *id)
{
    for (size_t i = 0; c->catalogs[i]; i++)
        if (helpdex_catalog_find(c->catalogs[i], id))
            return true;
    return false;
}

static helpdex_status open_catalogs(calibrating *c)
{
    const helpdex_searcher *s = helpdex_assistant_searcher(c->assistant);
    size_t count = helpdex_searcher_locale_count(s);
    helpdex_status status = HELPDEX_OK;
    c->catalogs = hdx_arena_alloc(&c->arena, (count + 1) * sizeof *c->catalogs);
    if (!c->catalogs)
        return hdx_fail_nomem(&c->err);
    for (size_t i = 0; i < count && !status; i++)
        status = helpdex_catalog_open(s, helpdex_searcher_locale(s, i),
                                      &c->catalogs[i], &c->err);
    return status;
}

static helpdex_status label(calibrating *c, const hdx_golden *golden,
                            helpdex_labelled *out)
{
    size_t count = 0;
    for (const hdx_right *r = golden->right; r; r = r->next)
        count++;
    const char **ids = hdx_arena_alloc(&c->arena, count * sizeof *ids);
    if (!ids)
        return hdx_fail_nomem(&c->err);
    *out = (helpdex_labelled){.message = golden->query, .articles = ids};
    for (const hdx_right *r = golden->right; r; r = r->next) {
        if (is_nothing(r) && count > 1)
            return blame(c, r,
                         "%.16s beside an article for the same message; keep "
                         "one of them");
        if (is_nothing(r))
            return HELPDEX_OK;
        if (!is_known(c, r->article))
            return blame(c, r,
                         "no article has the id \"%.100s\"; name one, or "
                         "write " NOTHING " if nothing answers");
        ids[out->article_count++] = r->article;
    }
    return HELPDEX_OK;
}

static helpdex_status read_messages(calibrating *c)
{
    helpdex_status status =
        hdx_golden_read(&c->arena, c->options->args[1], "", &c->set, &c->err);
    if (!status)
        status =
            helpdex_assistant_open(c->options->index, &c->assistant, &c->err);
    if (!status)
        status = open_catalogs(c);
    if (status)
        return status;
    c->messages =
        hdx_arena_alloc(&c->arena, c->set.count * sizeof *c->messages);
    if (!c->messages)
        return hdx_fail_nomem(&c->err);
    for (size_t i = 0; i < c->set.count && !status; i++)
        status = label(c, &c->set.items[i], &c->messages[i]);
    return status;
}

static helpdex_status measure(calibrating *c)
{
    const cli_options *from = c->options;
    helpdex_calibrate_options options;
    helpdex_calibrate_options_init(&options);
    options.locale = from->locale;
    if (from->precision)
        options.precision = (double)from->precision / 100;
    if (from->rejection)
        options.rejection = (double)from->rejection / 100;
    return helpdex_calibrate(c->assistant, c->messages, c->set.count, &options,
                             &c->calibration, &c->err);
}

/* Why not to save; NULL: nothing is against it. */
static const char *doubt(const calibrating *c, const hdx_reliabilities *figures)
{
    if (helpdex_calibration_curve(c->calibration)->slope <= 0)
        return "not saved: what is more confident is not more often right; "
               "check the labels of the messages";
    if (figures->counted >= HELPDEX_CALIBRATION_LEAST || c->options->force)
        return NULL;
    return "not saved: too few messages that no rule decides; give 100 or "
           "more, or --force to save what they say";
}

static helpdex_status make_text(calibrating *c, size_t messages, hdx_str *out)
{
    const helpdex_confidence_curve *curve =
        helpdex_calibration_curve(c->calibration);
    char answer[32] = "never";
    if (curve->answer <= 1)
        snprintf(answer, sizeof answer, "%.6f", curve->answer);
    *out = hdx_arena_format(&c->arena,
                            "# By helpdex calibrate, on messages of "
                            "customers. Measure again when articles have "
                            "changed much.\n"
                            "bias: %.6f\nslope: %.6f\nanswer: %s\n"
                            "escalate: %.6f\nmessages: %zu\n",
                            curve->bias, curve->slope, answer, curve->escalate,
                            messages);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(&c->err);
}

static helpdex_status save(calibrating *c, const hdx_reliabilities *figures)
{
    hdx_str text;
    const char *kb = c->options->args[0];
    hdx_str dir = hdx_arena_format(&c->arena, "%s/calibration", kb);
    hdx_str path = hdx_arena_format(&c->arena, "%s/calibration/%s.yml", kb,
                                    helpdex_calibration_locale(c->calibration));
    helpdex_status status =
        dir.ptr && path.ptr ? HELPDEX_OK : hdx_fail_nomem(&c->err);
    if (!status && !hdx_dir_exists(kb))
        status = hdx_fail_at(&c->err, HELPDEX_NOT_FOUND, kb, 0, 0,
                             "no such folder; give the knowledge base");
    if (!status && !hdx_dir_exists(dir.ptr))
        status = hdx_dir_make(dir.ptr, &c->err);
    if (!status)
        status = make_text(c, figures->counted, &text);
    if (!status)
        status = hdx_file_replace(path.ptr, text, &c->err);
    c->saved = status ? NULL : path.ptr;
    return status;
}

static helpdex_status write_page(calibrating *c,
                                 const hdx_reliabilities *figures)
{
    hdx_buf page = {0};
    hdx_reliability_page_write(
        figures, helpdex_calibration_curve(c->calibration),
        helpdex_calibration_locale(c->calibration), &page);
    helpdex_status status =
        page.failed
            ? hdx_fail_nomem(&c->err)
            : hdx_file_replace(c->options->report, hdx_buf_str(&page), &c->err);
    hdx_buf_free(&page);
    return status;
}

static helpdex_status calibrate(calibrating *c, const char **objection)
{
    hdx_reliabilities figures;
    helpdex_status status = read_messages(c);
    if (!status)
        status = measure(c);
    if (status)
        return status;
    hdx_reliability_of(c->calibration, &figures);
    *objection = c->options->save ? doubt(c, &figures) : NULL;
    if (c->options->report)
        status = write_page(c, &figures);
    if (!status && c->options->save && !*objection)
        status = save(c, &figures);
    if (status)
        return status;
    const cli_calibrated seen = {
        &figures, helpdex_calibration_curve(c->calibration),
        helpdex_calibration_locale(c->calibration), c->saved};
    if (c->options->json)
        cli_print_calibration_json(&seen);
    else
        cli_print_calibration(&seen);
    return HELPDEX_OK;
}

int cli_calibrate(const cli_options *options)
{
    calibrating c = {.options = options};
    const char *objection = NULL;
    if (options->precision > 100 || options->rejection > 99) {
        fputs("helpdex: --precision is 1 to 100, --rejection 1 to 99; give "
              "another number\n",
              stderr);
        return EXIT_USAGE;
    }
    int code = calibrate(&c, &objection) ? cli_fail(&c.err) : EXIT_DONE;
    if (!code && objection) {
        fprintf(stderr, "helpdex: %s\n", objection);
        code = EXIT_NO;
    }
    helpdex_calibration_free(c.calibration);
    for (size_t i = 0; c.catalogs && c.catalogs[i]; i++)
        helpdex_catalog_free(c.catalogs[i]);
    helpdex_assistant_free(c.assistant);
    hdx_arena_free(&c.arena);
    return code;
}
