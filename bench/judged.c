/* Reading judged sets, and asking their questions. */
#include "bench/judged.h"

#include <helpdex/index.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

enum { LARGEST_FILE = 1 << 26 };

hdx_arena judged_memory;

void judged_check(helpdex_status status, const helpdex_error *err)
{
    char line[1200];
    if (!status)
        return;
    helpdex_error_format(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    exit(1);
}

void judged_refuse(const char *path, const char *why)
{
    helpdex_error err;
    judged_check(hdx_fail_at(&err, HELPDEX_BAD_INPUT, path, 0, 0, "%s", why),
                 &err);
}

const char *judged_joined(const char *first, const char *second)
{
    hdx_str made = hdx_arena_format(&judged_memory, "%s%s", first, second);
    if (!made.ptr)
        abort();
    return made.ptr;
}

static hdx_str read_file(const char *path)
{
    hdx_str text;
    helpdex_error err;
    judged_check(hdx_file_read(&judged_memory, path, LARGEST_FILE, &text, &err),
                 &err);
    return text;
}

static void read_relevant(const char *path, hdx_map *out)
{
    hdx_str text = read_file(path), line;
    while (hdx_str_line(&text, &line)) {
        char question[128], article[128];
        int degree;
        bool added;
        if (sscanf(hdx_arena_copy(&judged_memory, line).ptr,
                   "%127s %*s %127s %d", question, article, &degree) != 3)
            judged_refuse(path,
                          "a line is no judgement; write: id 0 article 1");
        if (degree > 0)
            hdx_map_add(out,
                        hdx_str_of(judged_joined(question,
                                                 judged_joined(" ", article))),
                        &added);
    }
}

void judged_build(const locale_set *set, const char *locales_dir,
                  const char *index_dir)
{
    helpdex_index_options options;
    helpdex_report *report;
    helpdex_error err;
    helpdex_index_options_init(&options);
    options.locale = set->tag;
    options.locales_dir = locales_dir;
    judged_check(
        helpdex_index_build(set->articles, index_dir, &options, &report, &err),
        &err);
    helpdex_report_free(report);
}

/* Whether the first hit of "id<TAB>question" is right. */
static bool succeeds(helpdex_searcher *searcher, const locale_set *set,
                     hdx_str line)
{
    const char *tab = memchr(line.ptr, '\t', line.len);
    char key[512];
    helpdex_request request;
    helpdex_results *results;
    helpdex_error err;
    if (!tab)
        judged_refuse(set->articles,
                      "a question beside it has no tab behind its id");
    helpdex_request_init(&request);
    request.query = tab + 1;
    request.query_size = line.len - (size_t)(tab + 1 - line.ptr);
    request.snippet = 0;
    judged_check(helpdex_search(searcher, &request, &results, &err), &err);
    const helpdex_hit *hit = helpdex_results_at(results, 0);
    snprintf(key, sizeof key, "%.*s %s", (int)(tab - line.ptr), line.ptr,
             hit ? hit->id : "");
    helpdex_results_free(results);
    return hdx_map_find(&set->relevant, hdx_str_of(key));
}

double judged_success(locale_set *set, helpdex_searcher *searcher)
{
    hdx_str rest = set->questions, line;
    size_t right = 0;
    for (set->count = 0; hdx_str_line(&rest, &line); set->count++)
        right += succeeds(searcher, set, line);
    return 100.0 * (double)right / (double)(set->count ? set->count : 1);
}

hdx_listing judged_locales(const char *dir)
{
    hdx_listing listing;
    helpdex_error err;
    size_t kept = 0;
    judged_check(hdx_dir_list(&judged_memory, dir, false, &listing, &err),
                 &err);
    for (size_t i = 0; i < listing.count; i++)
        if (listing.items[i].kind == HDX_ENTRY_DIR)
            listing.items[kept++] = listing.items[i];
    listing.count = kept;
    if (kept == 0)
        judged_refuse(dir, "no folder of a locale in it");
    return listing;
}

locale_set judged_read(const char *dir, const char *tag)
{
    const char *here = judged_joined(dir, judged_joined("/", tag));
    locale_set set = {.tag = tag,
                      .articles = judged_joined(here, "/articles"),
                      .questions =
                          read_file(judged_joined(here, "/queries.dev.tsv"))};
    read_relevant(judged_joined(here, "/qrels.dev.txt"), &set.relevant);
    return set;
}

void judged_free(locale_set *set)
{
    hdx_map_free(&set->relevant);
}
