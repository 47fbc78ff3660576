/* What people and programs see of results. */
#include "cli/render.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"

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

void cli_print_findings(const helpdex_report *report)
{
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        helpdex_error err;
        hdx_fail_at(&err, HELPDEX_BAD_INPUT, f->file, f->line, f->column,
                    "%s%s", f->severity == HELPDEX_WARNING ? "warning: " : "",
                    f->message);
        cli_print_error(&err);
    }
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

/* A part of a score and its name, for people and for JSON. */
typedef struct score_part {
    const char *name;
    double value;
} score_part;

enum { SCORE_PARTS = 8 };

static void parts_of(const helpdex_explanation *e, score_part out[SCORE_PARTS])
{
    const score_part parts[] = {
        {"words", e->words},
        {"grams", e->grams},
        {"sentence", e->sentence},
        {"title_words", e->title_words},
        {"title_grams", e->title_grams},
        {"readings", e->readings},
        {"coverage", e->coverage},
        {"question_match", e->question_match},
    };
    memcpy(out, parts, sizeof parts);
}

static void print_explanation(const helpdex_explanation *e, double score)
{
    score_part parts[SCORE_PARTS];
    parts_of(e, parts);
    printf("    %.2f", score);
    for (size_t i = 0, shown = 0; i < SCORE_PARTS; i++)
        if (parts[i].value > 0)
            printf(" %c %s %.2f", shown++ ? '+' : '=', parts[i].name,
                   parts[i].value);
    putchar('\n');
    for (size_t i = 0; i < e->question_count; i++) {
        const helpdex_explained_word *word = &e->question[i];
        fputs("      ", stdout);
        cli_print_text(word->word, stdout);
        printf("  idf %.2f  ", word->idf);
        if (word->found) {
            printf("%s (%.2f): ", word->tier, word->weight);
            cli_print_text(word->found, stdout);
        } else {
            fputs("not found", stdout);
        }
        putchar('\n');
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
    printf("  %s", hit->locale);
    if (hit->fallback) {
        fputs(" (", stdout);
        cli_print_text(
            helpdex_results_message(results, HELPDEX_MESSAGE_OTHER_LANGUAGE),
            stdout);
        putchar(')');
    }
    printf("  %.2f%s\n", hit->score, plain);
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
        print_explanation(hit->explanation, hit->score);
}

void cli_print_results(const helpdex_results *results, bool colour)
{
    size_t count = helpdex_results_count(results);
    if (helpdex_results_correction(results)) {
        cli_print_text(
            helpdex_results_message(results, HELPDEX_MESSAGE_DID_YOU_MEAN),
            stdout);
        putchar('\n');
    }
    for (size_t i = 0; i < count; i++)
        print_hit(results, helpdex_results_at(results, i), colour);
    if (count == 0) {
        cli_print_text(
            helpdex_results_message(results, HELPDEX_MESSAGE_NOTHING_FOUND),
            stdout);
        putchar('\n');
    }
}

static cJSON *explanation_json(const helpdex_explanation *e)
{
    cJSON *item = cJSON_CreateObject();
    cJSON *score = cJSON_AddObjectToObject(item, "score");
    cJSON *question = cJSON_AddArrayToObject(item, "question");
    score_part parts[SCORE_PARTS];
    parts_of(e, parts);
    for (size_t i = 0; i < SCORE_PARTS; i++)
        cJSON_AddNumberToObject(score, parts[i].name,
                                cli_decimals(parts[i].value));
    for (size_t i = 0; i < e->question_count; i++) {
        const helpdex_explained_word *from = &e->question[i];
        cJSON *word = cJSON_CreateObject();
        cJSON_AddStringToObject(word, "word", from->word);
        cJSON_AddNumberToObject(word, "idf", cli_decimals(from->idf));
        cJSON_AddItemToObject(word, "tier",
                              from->tier ? cJSON_CreateString(from->tier)
                                         : cJSON_CreateNull());
        cJSON_AddItemToObject(word, "found",
                              from->found ? cJSON_CreateString(from->found)
                                          : cJSON_CreateNull());
        cJSON_AddNumberToObject(word, "weight", cli_decimals(from->weight));
        cJSON_AddItemToArray(question, word);
    }
    return item;
}

static cJSON *hit_json(const helpdex_hit *hit)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddNumberToObject(item, "rank", hit->rank);
    cJSON_AddStringToObject(item, "id", hit->id);
    cJSON_AddStringToObject(item, "section", hit->section);
    cJSON_AddStringToObject(item, "locale", hit->locale);
    cJSON_AddBoolToObject(item, "fallback", hit->fallback);
    cJSON_AddStringToObject(item, "title", hit->title);
    cJSON *path = cJSON_AddArrayToObject(item, "heading_path");
    for (size_t i = 0; i < hit->heading_count; i++)
        cJSON_AddItemToArray(path, cJSON_CreateString(hit->heading_path[i]));
    cJSON_AddStringToObject(item, "snippet", hit->snippet);
    cJSON_AddStringToObject(item, "snippet_html", hit->snippet_html);
    if (hit->url)
        cJSON_AddStringToObject(item, "url", hit->url);
    else
        cJSON_AddNullToObject(item, "url");
    cJSON_AddNumberToObject(item, "score", cli_decimals(hit->score));
    cJSON_AddNullToObject(item, "confidence"); /* not calibrated yet */
    cJSON_AddNullToObject(item, "stale");      /* not tracked yet */
    if (hit->explanation)
        cJSON_AddItemToObject(item, "explain",
                              explanation_json(hit->explanation));
    return item;
}

void cli_print_results_json(const helpdex_searcher *searcher, const char *qid,
                            const char *query, const helpdex_results *results)
{
    cJSON *root = cJSON_CreateObject();
    if (qid)
        cJSON_AddStringToObject(root, "qid", qid);
    cJSON_AddStringToObject(root, "query", query);
    cJSON_AddStringToObject(root, "locale", helpdex_results_locale(results));
    cJSON_AddStringToObject(root, "generation",
                            helpdex_searcher_generation(searcher));
    cJSON_AddNumberToObject(root, "took_us",
                            (double)helpdex_results_took_us(results));
    if (helpdex_results_correction(results))
        cJSON_AddStringToObject(cJSON_AddObjectToObject(root, "correction"),
                                "text", helpdex_results_correction(results));
    else
        cJSON_AddNullToObject(root, "correction");
    cJSON_AddArrayToObject(root, "banners");
    cJSON *hits = cJSON_AddArrayToObject(root, "hits");
    for (size_t i = 0; i < helpdex_results_count(results); i++)
        cJSON_AddItemToArray(hits, hit_json(helpdex_results_at(results, i)));
    cli_print_json(root, qid != NULL);
}

void cli_print_results_trec(const char *qid, const helpdex_results *results)
{
    for (size_t i = 0; i < helpdex_results_count(results); i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        printf("%s Q0 ", qid);
        /* Run lines are cut at white space, so an id must have none. */
        for (const char *at = hit->id; *at; at++)
            if ((unsigned char)*at <= ' ' || *at == 0x7F)
                printf("%%%02X", (unsigned)*at);
            else
                putchar(*at);
        printf(" %u %.6f helpdex\n", hit->rank, hit->score);
    }
}
