/*
 * The batch: all lines are read and checked before the first is asked, so that
 * a typing error in the last line costs no half-written run.
 */
#include "cli/batch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "cli/render.h"

/* One line of the file, cut at its tab. */
typedef struct batch_query {
    char *qid;
    char *text;
} batch_query;

typedef struct batch {
    helpdex_searcher *searcher;
    const cli_options *options;
    bool json; /* an object a line, not run lines */
    hdx_buf file;
    batch_query *queries;
    size_t count;
    size_t capacity;
} batch;

static int fail_io(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s: %s; check the path\n", path, what,
            strerror(errno));
    return EXIT_INPUT;
}

static int read_file(batch *b)
{
    const char *path = b->options->batch;
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    char block[65536];
    size_t got;
    if (!in)
        return fail_io(path, "cannot open");
    while ((got = fread(block, 1, sizeof block, in)) > 0)
        hdx_buf_add(&b->file, (hdx_str){block, got});
    bool failed = ferror(in) || b->file.failed;
    if (in != stdin)
        fclose(in);
    return failed ? fail_io(path, "cannot read") : EXIT_DONE;
}

/* A byte that ends the text early or is none of UTF-8 is the file's fault. */
static int check_text(const batch *b)
{
    hdx_str text = hdx_buf_str(&b->file);
    const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
    size_t at = hdx_utf8_check(text);
    unsigned line, column;
    if (nul && (size_t)(nul - text.ptr) < at)
        at = (size_t)(nul - text.ptr);
    if (at == SIZE_MAX)
        return EXIT_DONE;
    hdx_str_position(text, at, &line, &column);
    fprintf(stderr,
            "%s:%u:%u: byte 0x%02X is not text in UTF-8; save the "
            "file as UTF-8\n",
            b->options->batch, line, column, (unsigned char)text.ptr[at]);
    return EXIT_INPUT;
}

/* Cuts the file into lines and the lines at their tabs, in place. */
static int cut_lines(batch *b)
{
    const char *path = b->options->batch;
    unsigned number = 0;
    for (char *line = b->file.ptr, *next; line && *line; line = next) {
        number++;
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        line[strcspn(line, "\r")] = '\0';
        if (!*line)
            continue;
        char *tab = strchr(line, '\t');
        if (!tab || tab == line || strcspn(line, " ") < (size_t)(tab - line)) {
            fprintf(stderr,
                    "%s:%u:1: no query id before a tab; write "
                    "qid<TAB>query\n",
                    path, number);
            return EXIT_INPUT;
        }
        *tab = '\0';
        if (!hdx_grow(&b->queries, &b->capacity, b->count + 1,
                      sizeof *b->queries))
            return fail_io(path, "out of memory");
        b->queries[b->count++] = (batch_query){line, tab + 1};
    }
    return EXIT_DONE;
}

static int ask(batch *b, const batch_query *query, helpdex_results **results)
{
    helpdex_request request;
    helpdex_error err;
    helpdex_request_init(&request);
    request.query = query->text;
    request.locale = b->options->locale;
    request.limit = (unsigned)b->options->limit;
    if (!b->json)
        request.snippet = 0;
    return helpdex_search(b->searcher, &request, results, &err) ? cli_fail(&err)
                                                                : EXIT_DONE;
}

static int warm_up(batch *b)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < b->count && !code; i++) {
        helpdex_results *results = NULL;
        code = ask(b, &b->queries[i], &results);
        helpdex_results_free(results);
    }
    return code;
}

static uint64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static int ask_all(batch *b, FILE *latency)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < b->count && !code; i++) {
        helpdex_results *results = NULL;
        uint64_t start = nanoseconds();
        code = ask(b, &b->queries[i], &results);
        uint64_t took = (nanoseconds() - start + 500) / 1000;
        if (latency)
            fprintf(latency, "%" PRIu64 "\n", took);
        if (!code && b->json)
            cli_print_results_json(b->searcher, b->queries[i].qid,
                                   b->queries[i].text, results, false);
        else if (!code)
            cli_print_results_trec(b->queries[i].qid, results);
        helpdex_results_free(results);
    }
    return code;
}

static int run(batch *b)
{
    const char *path = b->options->latency;
    if (!path)
        return ask_all(b, NULL);
    FILE *latency = fopen(path, "w");
    if (!latency)
        return fail_io(path, "cannot create");
    int code = warm_up(b);
    if (!code)
        code = ask_all(b, latency);
    if (fclose(latency) != 0 && !code)
        code = fail_io(path, "cannot write");
    return code;
}

int cli_ask_batch(helpdex_searcher *searcher, const cli_options *options)
{
    batch b = {.searcher = searcher, .options = options};
    b.json =
        options->format ? strcmp(options->format, "json") == 0 : options->json;
    int code = read_file(&b);
    if (!code)
        code = check_text(&b);
    if (!code)
        code = cut_lines(&b);
    if (!code)
        code = run(&b);
    free(b.queries);
    hdx_buf_free(&b.file);
    return code;
}
