/* helpdex gate: whether customers find what they found before. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/gate_contacts.h"
#include "cli/render.h"
#include "cli/render_gate.h"
#include "eval/page.h"
#include "eval/trec.h"

#define QUERIES_DIR "queries"
#define BASELINE_FILE "baseline.json"

/* A run of the gate; everything lives in `arena`. */
typedef struct gate_run {
    const cli_options *options;
    hdx_arena arena;
    helpdex_searcher *searcher;
    hdx_golden_sets sets;
    const char *baseline_path; /* NULL: none is asked for */
    hdx_baseline baseline;
    hdx_gate gate;
    FILE *run; /* of TREC; NULL: none */
    helpdex_error err;
} gate_run;

static helpdex_status open_file(const char *path, FILE **out,
                                helpdex_error *err)
{
    *out = fopen(path, "w");
    return *out ? HELPDEX_OK
                : hdx_fail_at(err, HELPDEX_IO, path, 0, 0,
                              "cannot create: %s; check the path",
                              strerror(errno));
}

/* Closes what open_file() has opened, once its last line is written. */
static helpdex_status close_file(const char *path, FILE **file,
                                 helpdex_error *err)
{
    bool failed = ferror(*file) != 0;
    failed = fclose(*file) != 0 || failed;
    *file = NULL;
    return failed ? hdx_fail_at(err, HELPDEX_IO, path, 0, 0,
                                "cannot write: %s; check the disk",
                                strerror(errno))
                  : HELPDEX_OK;
}

static int check_use(const cli_options *options)
{
    const char *fault = NULL;
    if (!options->qrels != !options->queries)
        fault = "--qrels and --queries go together; give both";
    else if (options->qrels && options->arg_count)
        fault = "KB_DIR beside --qrels; give one of them";
    else if (options->qrels && options->save && !options->baseline)
        fault = "--save of TREC files without --baseline; name the file";
    else if (options->contacts &&
             (options->qrels || options->save || options->baseline ||
              options->report || options->run))
        fault = "--from-contacts goes with KB_DIR and --locale alone; run the "
                "gate afterwards";
    if (!fault)
        return EXIT_DONE;
    fprintf(stderr, "helpdex: %s\n", fault);
    return EXIT_USAGE;
}

static const char *path_in(gate_run *g, const char *dir, const char *name)
{
    return hdx_arena_format(&g->arena, "%s/%s", dir, name).ptr;
}

/* Where the golden queries lie; NULL when memory is out. */
static const char *queries_dir(gate_run *g)
{
    const cli_options *options = g->options;
    return path_in(g, options->arg_count ? options->args[0] : "kb",
                   QUERIES_DIR);
}

/* The golden queries of the knowledge base, and where its baseline lies. */
static helpdex_status read_golden(gate_run *g)
{
    const cli_options *options = g->options;
    const char *dir = queries_dir(g);
    if (!dir)
        return hdx_fail_nomem(&g->err);
    g->baseline_path =
        options->baseline ? options->baseline : path_in(g, dir, BASELINE_FILE);
    if (!g->baseline_path)
        return hdx_fail_nomem(&g->err);
    return hdx_golden_read_all(&g->arena, dir, &g->sets, &g->err);
}

/* TREC files are of one locale. */
static helpdex_status read_trec(gate_run *g)
{
    const cli_options *options = g->options;
    const char *locale = NULL;
    helpdex_status status = hdx_canonical_locale(g->searcher, options->locale,
                                                 &g->arena, &locale, &g->err);
    if (status)
        return status;
    g->baseline_path = options->baseline;
    g->sets.items = hdx_arena_alloc(&g->arena, sizeof *g->sets.items);
    if (!g->sets.items)
        return hdx_fail_nomem(&g->err);
    g->sets.count = 1;
    return hdx_trec_read(&g->arena, options->queries, options->qrels, locale,
                         g->sets.items, &g->err);
}

/* Whether all golden queries are asked, so that --save forgets all others. */
static bool is_whole(const cli_options *options)
{
    return !options->locale && !options->qrels;
}

/* What is no baseline is replaced by one that has all locales. */
static helpdex_status compare(gate_run *g)
{
    const cli_options *options = g->options;
    if (!g->baseline_path || !hdx_file_exists(g->baseline_path))
        return HELPDEX_OK;
    helpdex_status status =
        hdx_baseline_read(&g->arena, g->baseline_path, &g->baseline, &g->err);
    if (status == HELPDEX_BAD_INPUT && options->save && is_whole(options)) {
        g->baseline = (hdx_baseline){0};
        return HELPDEX_OK;
    }
    return status ? status
                  : hdx_gate_compare(&g->gate, &g->baseline, is_whole(options),
                                     &g->err);
}

static helpdex_status measure(gate_run *g)
{
    const cli_options *options = g->options;
    helpdex_status status =
        helpdex_searcher_open(options->index, &g->searcher, &g->err);
    if (!status)
        status = options->qrels ? read_trec(g) : read_golden(g);
    if (!status && options->run)
        status = open_file(options->run, &g->run, &g->err);
    if (!status)
        status = hdx_gate_measure(g->searcher, &g->sets, options->locale,
                                  g->run, &g->gate, &g->err);
    return status ? status : compare(g);
}

/* Golden queries that ask for an article that is nowhere, as findings. */
static void warn_of_gone(const gate_run *g)
{
    helpdex_error err;
    for (size_t i = 0; i < g->gate.count; i++) {
        const hdx_gate_locale *l = &g->gate.locales[i];
        for (size_t n = 0; n < l->golden.count; n++) {
            const hdx_outcome *o = &l->golden.outcomes[n];
            if (!o->gone)
                continue;
            hdx_fail_at(&err, HELPDEX_BAD_INPUT, l->file, o->right->line,
                        o->right->column,
                        "warning: no article \"%.200s\" in any locale of the "
                        "index; correct its id, or take the line out",
                        o->right->article);
            cli_print_error(&err);
        }
    }
}

static void say_notice(const gate_run *g)
{
    const char *notice = helpdex_searcher_notice(g->searcher);
    if (!notice)
        return;
    fputs("helpdex: warning: ", stderr);
    cli_print_text(notice, stderr);
    fputc('\n', stderr);
}

static void print_hint(const gate_run *g)
{
    if (!g->baseline_path || g->gate.compared)
        return;
    printf("no baseline to compare with; --save keeps this one as ");
    cli_print_text(g->baseline_path, stdout);
    putchar('\n');
}

static helpdex_status save(gate_run *g)
{
    helpdex_status status = HELPDEX_OK;
    if (is_whole(g->options))
        g->baseline = (hdx_baseline){0};
    for (size_t i = 0; i < g->gate.count && !status; i++)
        status = hdx_baseline_put(&g->arena, &g->baseline,
                                  &g->gate.locales[i].golden, &g->err);
    return status ? status
                  : hdx_baseline_write(&g->baseline, g->baseline_path, &g->err);
}

static helpdex_status write_report(gate_run *g)
{
    hdx_buf page = {0};
    const hdx_page_source source = {helpdex_searcher_generation(g->searcher),
                                    g->gate.compared ? g->baseline_path : NULL};
    FILE *out = NULL;
    hdx_page_write(&g->gate, &source, &page);
    helpdex_status status = page.failed
                                ? hdx_fail_nomem(&g->err)
                                : open_file(g->options->report, &out, &g->err);
    if (out) {
        fwrite(page.ptr, 1, page.len, out);
        status = close_file(g->options->report, &out, &g->err);
    }
    hdx_buf_free(&page);
    return status;
}

/* Before anything is printed, so that "saved" is true when it is said. */
static helpdex_status write_files(gate_run *g)
{
    const cli_options *options = g->options;
    helpdex_status status = HELPDEX_OK;
    if (g->run)
        status = close_file(options->run, &g->run, &g->err);
    if (!status && options->report)
        status = write_report(g);
    if (!status && options->save)
        status = save(g);
    return status;
}

static int report(gate_run *g)
{
    const cli_options *options = g->options;
    if (!options->quiet)
        say_notice(g);
    warn_of_gone(g);
    if (options->json) {
        cli_print_gate_json(&g->gate, helpdex_searcher_generation(g->searcher));
    } else {
        cli_print_gate(&g->gate, cli_colour(options, STDOUT_FILENO));
        if (options->save) {
            fputs("saved as the baseline: ", stdout);
            cli_print_text(g->baseline_path, stdout);
            putchar('\n');
        } else if (!options->quiet) {
            print_hint(g);
        }
    }
    return g->gate.worse && !options->save ? EXIT_NO : EXIT_DONE;
}

static int take_contacts(gate_run *g)
{
    const char *dir = queries_dir(g);
    if (dir)
        return cli_gate_contacts(g->options, dir);
    hdx_fail_nomem(&g->err);
    return cli_fail(&g->err);
}

static int run_gate(gate_run *g)
{
    helpdex_status status = measure(g);
    if (!status)
        status = write_files(g);
    return status ? cli_fail(&g->err) : report(g);
}

int cli_gate(const cli_options *options)
{
    gate_run g = {.options = options};
    int code = check_use(options);
    if (code)
        return code;
    code = options->contacts ? take_contacts(&g) : run_gate(&g);
    hdx_gate_free(&g.gate);
    if (g.run)
        fclose(g.run);
    helpdex_searcher_free(g.searcher);
    hdx_arena_free(&g.arena);
    return code;
}
