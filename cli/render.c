/* What people and programs see of results. */
#include "cli/render.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/explain.h"
#include "eval/trec.h"
#include "present/answers.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

/*
 * Prints one code point and gives what follows it. A terminal would obey the
 * controls below U+0020, U+007F, and U+0080 to U+009F, which are C2 80 to
 * C2 9F: U+009B begins a sequence just as ESC [ does.
 */
static const char *print_code_point(const char *text, FILE *out)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t len = 1;
    if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F)
        len = 2;
    bool control = len == 2 || at[0] < ' ' || at[0] == 0x7F;
    fputc(control ? ' ' : at[0], out);
    return text + len;
}

void cli_print_text(const char *text, FILE *out)
{
    while (*text)
        text = print_code_point(text, out);
}

bool cli_join_words(const cli_options *options, hdx_buf *out)
{
    for (int i = 0; i < options->arg_count; i++) {
        if (i)
            hdx_buf_byte(out, ' ');
        hdx_buf_add(out, hdx_str_of(options->args[i]));
    }
    return !out->failed;
}

void cli_print_notice(const helpdex_searcher *searcher,
                      const cli_options *options)
{
    if (!helpdex_searcher_notice(searcher) || options->quiet)
        return;
    fputs("helpdex: warning: ", stderr);
    cli_print_text(helpdex_searcher_notice(searcher), stderr);
    fputc('\n', stderr);
}

const char *cli_dim(bool colour)
{
    return colour ? DIM : "";
}

const char *cli_plain(bool colour)
{
    return colour ? PLAIN : "";
}

void cli_print_finding(const helpdex_finding *f)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_BAD_INPUT, f->file, f->line, f->column, "%s%s",
                f->severity == HELPDEX_WARNING ? "warning: "
                : f->severity == HELPDEX_NOTE  ? "note: "
                                               : "",
                f->message);
    cli_print_error(&err);
}

void cli_print_findings(const helpdex_report *report)
{
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++)
        cli_print_finding(helpdex_report_finding(report, i));
}

void cli_print_json(cJSON *root, bool one_line)
{
    char *text = !one_line && isatty(STDOUT_FILENO)
                     ? cJSON_Print(root)
                     : cJSON_PrintUnformatted(root);
    puts(text);
    cJSON_free(text);
    cJSON_Delete(root);
}

hdx_json cli_json(hdx_buf *out, bool one_line)
{
    return (hdx_json){.out = out, .indent = !one_line && isatty(STDOUT_FILENO)};
}

void cli_print_buffer(hdx_buf *out)
{
    if (out->failed) {
        fputs("helpdex: out of memory; close other programs or add memory\n",
              stderr);
        _exit(EXIT_INPUT);
    }
    puts(out->ptr);
    hdx_buf_free(out);
}

double cli_decimals(double number)
{
    return round(number * 1e6) / 1e6;
}

/* The marked snippet with ANSI bold for its marks, entities as characters. */
static void print_marked(const char *html, bool colour)
{
    static const struct {
        const char *from, *to;
        bool style;
    } parts[] = {{"<mark>", BOLD, true}, {"</mark>", PLAIN, true},
                 {"&amp;", "&", false},  {"&lt;", "<", false},
                 {"&gt;", ">", false},   {"&quot;", "\"", false},
                 {"&#39;", "'", false}};
    while (*html) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof parts / sizeof *parts && !skip; i++)
            if (strncmp(html, parts[i].from, strlen(parts[i].from)) == 0) {
                skip = strlen(parts[i].from);
                if (!parts[i].style || colour)
                    fputs(parts[i].to, stdout);
            }
        html = skip ? html + skip : print_code_point(html, stdout);
    }
}

/* How the text stands to the reader: translated from what was found, in another
   language, behind its source. Last on its line, where a label that is written
   from right to left moves nothing else. */
static void print_labels(const helpdex_results *results, const helpdex_hit *hit)
{
    const char *gap = "  ";
    if (hit->fallback) {
        fputs(gap, stdout);
        cli_print_text(
            helpdex_results_message(results, HELPDEX_MESSAGE_OTHER_LANGUAGE),
            stdout);
        gap = " \xC2\xB7 ";
    }
    if (hit->stale) {
        fputs(gap, stdout);
        cli_print_text(
            helpdex_results_message(results, HELPDEX_MESSAGE_OUTDATED), stdout);
        printf(" (%u/%u)", hit->stale->behind, hit->stale->sections);
    }
}

static void print_hit(const helpdex_results *results, const helpdex_hit *hit,
                      bool colour)
{
    const char *dim = colour ? DIM : "", *plain = colour ? PLAIN : "";
    printf("%2u. %s", hit->rank, colour ? BOLD : "");
    cli_print_text(hit->title, stdout);
    fputs(plain, stdout);
    for (size_t i = 0; i < hit->heading_count; i++) {
        fputs(" \xE2\x80\xBA ", stdout);
        cli_print_text(hit->heading_path[i], stdout);
    }
    printf("\n    %s", dim);
    cli_print_text(hit->id, stdout);
    fputs(*hit->section ? "#" : "", stdout);
    cli_print_text(hit->section, stdout);
    if (hit->via)
        printf("  %s \xE2\x86\x92 %s", hit->via, hit->locale);
    else
        printf("  %s", hit->locale);
    printf("  %.2f", hit->score);
    print_labels(results, hit);
    printf("%s\n", plain);
    if (hit->url) {
        printf("    %s", dim);
        cli_print_text(hit->url, stdout);
        printf("%s\n", plain);
    }
    if (*hit->snippet_html) {
        fputs("    ", stdout);
        print_marked(hit->snippet_html, colour);
        putchar('\n');
    }
    if (hit->explanation)
        cli_print_explanation(hit->explanation);
}

/* A message on a line of its own. */
static void print_message(const helpdex_results *results,
                          helpdex_message message)
{
    cli_print_text(helpdex_results_message(results, message), stdout);
    putchar('\n');
}

/* What there is when there are no hits. */
static void print_offer(const helpdex_results *results, bool colour)
{
    const char *dim = colour ? DIM : "", *plain = colour ? PLAIN : "";
    const char *contact = helpdex_results_contact(results);
    size_t count = helpdex_results_topic_count(results);
    if (count)
        print_message(results, HELPDEX_MESSAGE_TOPICS);
    for (size_t i = 0; i < count; i++) {
        const helpdex_topic *topic = helpdex_results_topic(results, i);
        fputs("  \xE2\x80\xA2 ", stdout);
        cli_print_text(topic->title, stdout);
        printf("\n    %s", dim);
        cli_print_text(topic->url ? topic->url : topic->id, stdout);
        printf("%s\n", plain);
    }
    if (contact) {
        print_message(results, HELPDEX_MESSAGE_PERSON);
        printf("    %s", dim);
        cli_print_text(contact, stdout);
        printf("%s\n", plain);
    }
}

static void print_banner(const helpdex_banner *banner, bool colour)
{
    printf("! %s%s: ", colour ? BOLD : "", banner->level);
    cli_print_text(banner->text, stdout);
    fputs(colour ? PLAIN : "", stdout);
    if (banner->article) {
        printf("\n    %s", colour ? DIM : "");
        cli_print_text(banner->url ? banner->url : banner->article, stdout);
        fputs(colour ? PLAIN : "", stdout);
    }
    putchar('\n');
}

void cli_print_results(const helpdex_results *results, bool colour)
{
    size_t count = helpdex_results_count(results);
    for (size_t i = 0; i < helpdex_results_banner_count(results); i++)
        print_banner(helpdex_results_banner(results, i), colour);
    if (helpdex_results_correction(results))
        print_message(results, HELPDEX_MESSAGE_DID_YOU_MEAN);
    for (size_t i = 0; i < count; i++)
        print_hit(results, helpdex_results_at(results, i), colour);
    if (count == 0) {
        print_message(results, HELPDEX_MESSAGE_NOTHING_FOUND);
        print_offer(results, colour);
    }
}

void cli_add_text(cJSON *item, const char *key, const char *text)
{
    cJSON_AddItemToObject(item, key,
                          text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void cli_print_results_json(const char *qid, const char *query, bool passages,
                            const helpdex_results *results)
{
    hdx_buf out = {0};
    hdx_json json = cli_json(&out, qid != NULL);
    hdx_present_results(&json, qid, hdx_str_of(query), passages, results);
    cli_print_buffer(&out);
}

void cli_print_results_trec(const char *qid, const helpdex_results *results)
{
    for (size_t i = 0; i < helpdex_results_count(results); i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        hdx_trec_line(stdout, qid, hit->id, hit->rank, hit->score);
    }
}
