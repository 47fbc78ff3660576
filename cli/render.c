/* What people and programs see of results. */
#include "cli/render.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

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
        if (!skip)
            putchar(*html);
        html += skip ? skip : 1;
    }
}

static void print_hit(const helpdex_hit *hit, bool colour)
{
    const char *dim = colour ? DIM : "", *plain = colour ? PLAIN : "";
    printf("%2u. %s%s%s", hit->rank, colour ? BOLD : "", hit->title, plain);
    for (size_t i = 0; i < hit->heading_count; i++)
        printf(" \xE2\x80\xBA %s", hit->heading_path[i]);
    printf("\n    %s%s%s%s  %s%s  %.2f%s\n", dim, hit->id,
           *hit->section ? "#" : "", hit->section, hit->locale,
           hit->fallback ? " (fallback: not in your language)" : "", hit->score,
           plain);
    if (hit->url)
        printf("    %s%s%s\n", dim, hit->url, plain);
    if (*hit->snippet_html) {
        fputs("    ", stdout);
        print_marked(hit->snippet_html, colour);
        putchar('\n');
    }
}

void cli_print_results(const helpdex_results *results, bool colour)
{
    size_t count = helpdex_results_count(results);
    for (size_t i = 0; i < count; i++)
        print_hit(helpdex_results_at(results, i), colour);
    if (count == 0)
        puts("nothing found");
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
    cJSON_AddNumberToObject(item, "score", hit->score);
    cJSON_AddNullToObject(item, "confidence"); /* not calibrated yet */
    cJSON_AddNullToObject(item, "stale");      /* not tracked yet */
    return item;
}

void cli_print_results_json(const helpdex_searcher *searcher, const char *qid,
                            const char *query, const helpdex_results *results,
                            bool pretty)
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
    cJSON_AddNullToObject(root, "correction");
    cJSON_AddArrayToObject(root, "banners");
    cJSON *hits = cJSON_AddArrayToObject(root, "hits");
    for (size_t i = 0; i < helpdex_results_count(results); i++)
        cJSON_AddItemToArray(hits, hit_json(helpdex_results_at(results, i)));
    char *text = pretty ? cJSON_Print(root) : cJSON_PrintUnformatted(root);
    puts(text ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(root);
}

void cli_print_results_trec(const char *qid, const helpdex_results *results)
{
    for (size_t i = 0; i < helpdex_results_count(results); i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        printf("%s Q0 ", qid);
        /* Run lines are cut at white space, so an id must have none. */
        for (const char *at = hit->id; *at; at++)
            if (*at == ' ')
                fputs("%20", stdout);
            else
                putchar(*at);
        printf(" %u %.6f helpdex\n", hit->rank, hit->score);
    }
}
