/*
 * The batch: all lines are read and checked before the first is asked, so that
 * a typing error in the last line costs no half-written run. Only what another
 * program writes into a pipe is answered line by line, so that it can wait for
 * an answer before it writes the next: there each line gets one object, and a
 * faulty one ends nothing.
 */
#include "cli/batch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "cli/render.h"

/* One line of the file, cut at its tab. */
typedef struct batch_query {
    char *qid;
    char *text;
} batch_query;

typedef struct batch {
    void *engine;
    const cli_options *options;
    const cli_asking *asking;
    hdx_buf file;
    unsigned before; /* lines that are no longer in `file` */
    helpdex_error err;
    batch_query *queries;
    size_t count;
    size_t capacity;
} batch;

static int fail_io(const char *path, const char *what)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_IO, path, 0, 0, "%s: %s; check the path", what,
                strerror(errno));
    return cli_fail(&err);
}

static int fail_nomem(void)
{
    helpdex_error err;
    hdx_fail_nomem(&err);
    return cli_fail(&err);
}

/* Some editors put a byte order mark first; it is no part of a query id. */
static void drop_byte_order_mark(hdx_buf *file)
{
    const hdx_str mark = HDX_STR("\xEF\xBB\xBF");
    if (!hdx_str_starts(hdx_buf_str(file), mark))
        return;
    file->len -= mark.len;
    memmove(file->ptr, file->ptr + mark.len, file->len + 1);
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
    int code = ferror(in) ? fail_io(path, "cannot read") : EXIT_DONE;
    if (in != stdin)
        fclose(in);
    if (!code && b->file.failed)
        code = fail_nomem();
    if (!code)
        drop_byte_order_mark(&b->file);
    return code;
}

/* A byte that ends the text early or is none of UTF-8 is the file's fault. */
static int check_text(batch *b)
{
    hdx_str text = hdx_buf_str(&b->file);
    unsigned line, column;
    if (!text.len)
        return EXIT_DONE;
    const char *nul = memchr(text.ptr, '\0', text.len);
    size_t at = hdx_utf8_check(text);
    if (nul && (size_t)(nul - text.ptr) < at)
        at = (size_t)(nul - text.ptr);
    if (at == SIZE_MAX)
        return EXIT_DONE;
    hdx_str_position(text, at, &line, &column);
    hdx_fail_at(&b->err, HELPDEX_BAD_INPUT, b->options->batch, b->before + line,
                column,
                "byte 0x%02X is not text in UTF-8; save the file as UTF-8",
                (unsigned char)text.ptr[at]);
    return cli_fail(&b->err);
}

/* Before `tab` (NULL: there is none) a line must have a query id. */
static int check_qid(batch *b, unsigned number, const char *line,
                     const char *tab)
{
    const char *path = b->options->batch;
    size_t word = strcspn(line, " \r\f\v");
    unsigned row, column;
    if (tab && tab != line && word >= (size_t)(tab - line))
        return EXIT_DONE;
    if (!tab || tab == line) {
        hdx_fail_at(&b->err, HELPDEX_BAD_INPUT, path, number, 1,
                    "no query id before a tab; write qid<TAB>query");
        return cli_fail(&b->err);
    }
    hdx_str_position(hdx_str_of(line), word, &row, &column);
    hdx_fail_at(&b->err, HELPDEX_BAD_INPUT, path, number, column,
                "a query id has no spaces; write qid<TAB>query");
    return cli_fail(&b->err);
}

/* Cuts the file into lines and the lines at their tabs, in place. */
static int cut_lines(batch *b)
{
    unsigned number = b->before;
    for (char *line = b->file.ptr, *next; line && *line; line = next) {
        number++;
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        size_t len = strlen(line);
        if (len && line[len - 1] == '\r')
            line[len - 1] = '\0';
        if (!*line)
            continue;
        char *tab = strchr(line, '\t');
        int code = check_qid(b, number, line, tab);
        if (code)
            return code;
        *tab = '\0';
        if (!hdx_grow(&b->queries, &b->capacity, b->count + 1,
                      sizeof *b->queries))
            return fail_nomem();
        b->queries[b->count++] = (batch_query){line, tab + 1};
    }
    return EXIT_DONE;
}

/* Whether answers are an object a line, not run lines. */
static bool wants_json(const cli_options *options)
{
    return options->format ? strcmp(options->format, "json") == 0
                           : options->json;
}

static helpdex_status ask(void *engine, const cli_options *options,
                          const char *text, void **answer, helpdex_error *err)
{
    helpdex_request request;
    helpdex_results *results = NULL;
    cli_fill_request(options, &request);
    request.query = text;
    if (!wants_json(options))
        request.snippet = 0;
    helpdex_status status = helpdex_search(engine, &request, &results, err);
    *answer = results;
    return status;
}

static void print(void *engine, const cli_options *options, const char *qid,
                  const char *text, const void *answer)
{
    (void)engine;
    if (wants_json(options))
        cli_print_results_json(qid, text, options->budget > 0, answer);
    else
        cli_print_results_trec(qid, answer);
}

static void forget(void *answer)
{
    helpdex_results_free(answer);
}

static void note(cli_journal *journal, const cli_options *options,
                 const char *text, const void *answer)
{
    helpdex_request request;
    cli_fill_request(options, &request);
    request.query = text;
    cli_journal_note(journal, &request, answer);
}

static int ask_line(batch *b, const batch_query *query, void **answer)
{
    return b->asking->ask(b->engine, b->options, query->text, answer, &b->err)
               ? cli_fail(&b->err)
               : EXIT_DONE;
}

static int warm_up(batch *b)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < b->count && !code; i++) {
        void *answer = NULL;
        code = ask_line(b, &b->queries[i], &answer);
        b->asking->forget(answer);
    }
    return code;
}

static int ask_all(batch *b, FILE *latency)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < b->count && !code; i++) {
        void *answer = NULL;
        uint64_t start = hdx_now_ns();
        code = ask_line(b, &b->queries[i], &answer);
        uint64_t took = (hdx_now_ns() - start + 500) / 1000;
        if (latency)
            fprintf(latency, "%" PRIu64 "\n", took);
        if (!code)
            b->asking->print(b->engine, b->options, b->queries[i].qid,
                             b->queries[i].text, answer);
        if (!code && b->asking->note)
            b->asking->note(b->asking->journal, b->options, b->queries[i].text,
                            answer);
        b->asking->forget(answer);
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

/* Stands for the answer of a line that has none. */
static void print_fault(const batch *b)
{
    hdx_buf out = {0};
    hdx_json json = cli_json(&out, true);
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "qid", b->count ? b->queries[0].qid : NULL);
    hdx_json_text(&json, "error", b->err.message);
    hdx_json_end_object(&json);
    cli_print_buffer(&out);
}

static int answer_line(batch *b, hdx_str line)
{
    b->count = b->file.len = 0;
    if (!hdx_buf_add(&b->file, line))
        return fail_nomem();
    if (b->before == 0)
        drop_byte_order_mark(&b->file);
    int code = check_text(b);
    if (!code)
        code = cut_lines(b);
    if (!code)
        code = ask_all(b, NULL);
    if (code)
        print_fault(b);
    fflush(stdout);
    return code;
}

/* Whether somebody may wait for an answer before the next line is written. */
static bool is_conversation(const batch *b)
{
    struct stat input;
    return b->asking->objects && !b->options->latency &&
           strcmp(b->options->batch, "-") == 0 &&
           fstat(STDIN_FILENO, &input) == 0 && !S_ISREG(input.st_mode);
}

static int converse(batch *b)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    int worst = EXIT_DONE;
    while (!ferror(stdout) && (len = getline(&line, &size, stdin)) >= 0) {
        int code = answer_line(b, (hdx_str){line, (size_t)len});
        worst = code ? code : worst;
        b->before++;
    }
    free(line);
    return ferror(stdin) ? fail_io(b->options->batch, "cannot read") : worst;
}

static int ask_file(batch *b)
{
    int code = read_file(b);
    if (!code)
        code = check_text(b);
    if (!code)
        code = cut_lines(b);
    return code ? code : run(b);
}

int cli_run_batch(void *engine, const cli_options *options,
                  const cli_asking *asking)
{
    batch b = {.engine = engine, .options = options, .asking = asking};
    int code = is_conversation(&b) ? converse(&b) : ask_file(&b);
    free(b.queries);
    hdx_buf_free(&b.file);
    return code;
}

int cli_search_batch(helpdex_searcher *searcher, const cli_options *options,
                     cli_journal *journal)
{
    cli_asking asking = {ask,  print,   forget,
                         note, journal, wants_json(options)};
    return cli_run_batch(searcher, options, &asking);
}
