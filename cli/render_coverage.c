/*
 * Totals come first: of a wide knowledge base they are what fits a screen. The
 * matrix has a symbol a cell, and a column for each locale with its tag written
 * downwards, where the tags would not fit side by side.
 */
#include "cli/render_coverage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/render.h"

#define BOLD "\033[1m"
#define PLAIN "\033[0m"

enum { ID_WIDTH = 40, USUAL_WIDTH = 100, BAR = 20 };

static const struct {
    const char *key; /* in JSON and in the table */
    const char *label;
    const char *symbol; /* one column wide */
    const char *colour;
} states[] = {
    [HELPDEX_CELL_TRANSLATED] = {"translated", "translated", "\xE2\x9C\x93",
                                 "\033[32m"},
    [HELPDEX_CELL_STALE] = {"stale", "stale", "~", "\033[33m"},
    [HELPDEX_CELL_WRONG_SCRIPT] = {"wrong_script", "wrong script", "?",
                                   "\033[35m"},
    [HELPDEX_CELL_STUB] = {"stub", "stub", "o", "\033[34m"},
    [HELPDEX_CELL_MISSING] = {"missing", "missing", "x", "\033[31m"},
    [HELPDEX_CELL_ORPHAN] = {"orphan", "no source", "!", "\033[36m"},
    [HELPDEX_CELL_SOURCE] = {"source", "source", "S", "\033[2m"},
    [HELPDEX_CELL_NONE] = {"none", "", " ", ""},
};
/* What the totals have a column for: translated to orphan. */
enum { COUNTED = HELPDEX_CELL_ORPHAN + 1 };

static const char *const bases[] = {[HELPDEX_BASIS_INDEX] = "index",
                                    [HELPDEX_BASIS_GIT] = "git",
                                    [HELPDEX_BASIS_NONE] = "none"};

static int tag_width(const helpdex_coverage *c)
{
    size_t width = sizeof "locale" - 1;
    for (size_t i = 0; i < helpdex_coverage_locale_count(c); i++) {
        size_t len = strlen(helpdex_coverage_locale(c, i)->locale);
        width = len > width ? len : width;
    }
    return (int)width;
}

/* Rounded down, so that only what is whole looks whole. */
static void print_bar(double percent, bool colour)
{
    int full = (int)(percent * BAR / 100);
    fputs(colour ? states[HELPDEX_CELL_TRANSLATED].colour : "", stdout);
    for (int i = 0; i < BAR; i++) {
        if (i == full)
            fputs(cli_plain(colour), stdout);
        if (i == full)
            fputs(cli_dim(colour), stdout);
        fputs(i < full ? "\xE2\x96\x88" : "\xC2\xB7", stdout);
    }
    fputs(cli_plain(colour), stdout);
}

static void print_total(const helpdex_coverage_totals *t, const char *name,
                        int width, bool colour)
{
    printf("%-*s ", width, name);
    for (int i = 0; i < COUNTED; i++) {
        bool some = t->counts[i] && colour;
        printf(" %s%*zu%s", some ? states[i].colour : "",
               (int)strlen(states[i].label), t->counts[i], some ? PLAIN : "");
    }
    printf("  %5.1f %%  ", (double)(long)(t->percent * 10) / 10);
    print_bar(t->percent, colour);
    putchar('\n');
}

static void print_totals(const helpdex_coverage *c, bool colour)
{
    int width = tag_width(c);
    size_t count = helpdex_coverage_locale_count(c);
    const helpdex_coverage_totals *all = helpdex_coverage_all(c);
    for (size_t i = 0; i < count; i++)
        if (helpdex_coverage_locale(c, i)->is_source)
            printf("%zu articles in %s, the source of all others\n\n",
                   all->articles, helpdex_coverage_locale(c, i)->locale);
    printf("%s%-*s ", colour ? BOLD : "", width, "locale");
    for (int i = 0; i < COUNTED; i++)
        printf(" %s", states[i].label);
    printf("  up to date%s\n", cli_plain(colour));
    for (size_t i = 0; i < count; i++) {
        const helpdex_coverage_totals *t = helpdex_coverage_locale(c, i);
        if (!t->is_source)
            print_total(t, t->locale, width, colour);
    }
    if (count > 2)
        print_total(all, "all", width, colour);
}

static int screen_width(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col
               ? size.ws_col
               : USUAL_WIDTH;
}

/* Left-aligned in `width` code points; what is longer loses its beginning,
   because ends of ids tell them apart. */
static void print_id(const char *id, int width)
{
    hdx_str text = hdx_str_of(id);
    size_t count = hdx_utf8_count(text);
    size_t at = 0;
    bool cut = count > (size_t)width;
    while (cut && count > (size_t)width - 1) {
        hdx_utf8_next(text, &at);
        count--;
    }
    fputs(cut ? "\xE2\x80\xA6" : "", stdout);
    cli_print_text(id + at, stdout);
    for (count += cut; count < (size_t)width; count++)
        putchar(' ');
}

/* The shape of the matrix. */
typedef struct grid {
    const helpdex_coverage *coverage;
    int id_width;
    int tag_width;
    bool upright; /* tags are written downwards */
    bool colour;
} grid;

static bool is_shown(const helpdex_coverage *c, size_t row, bool all)
{
    return all || !helpdex_coverage_row_at(c, row)->complete;
}

static grid make_grid(const helpdex_coverage *c, bool all, bool colour)
{
    grid g = {c, sizeof "article" - 1, tag_width(c), false, colour};
    for (size_t i = 0; i < helpdex_coverage_row_count(c); i++) {
        const char *id = helpdex_coverage_row_at(c, i)->id;
        size_t len = hdx_utf8_count(hdx_str_of(id));
        if (is_shown(c, i, all) && len > (size_t)g.id_width)
            g.id_width = len < ID_WIDTH ? (int)len : ID_WIDTH;
    }
    size_t needed = (size_t)g.id_width + helpdex_coverage_locale_count(c) *
                                             ((size_t)g.tag_width + 1);
    g.upright = needed > (size_t)screen_width();
    return g;
}

/* One line of the head: of upright tags the letters of one place. */
static void print_head_line(const grid *g, int place)
{
    bool last = !g->upright || place == g->tag_width - 1;
    printf("%s%-*s", g->colour ? BOLD : "", g->id_width, last ? "article" : "");
    for (size_t i = 0; i < helpdex_coverage_locale_count(g->coverage); i++) {
        const helpdex_coverage_totals *t =
            helpdex_coverage_locale(g->coverage, i);
        int above = g->tag_width - (int)strlen(t->locale);
        if (t->is_source)
            continue;
        if (g->upright)
            printf(" %c", place < above ? ' ' : t->locale[place - above]);
        else
            printf(" %-*s", g->tag_width, t->locale);
    }
    puts(cli_plain(g->colour));
}

static void print_cell(const grid *g, const helpdex_cell *cell)
{
    char text[32] = "";
    int used = 1;
    if (!g->upright && cell->behind)
        used +=
            snprintf(text, sizeof text, " %u/%u", cell->behind, cell->sections);
    printf(" %s%s%s%s", g->colour ? states[cell->state].colour : "",
           states[cell->state].symbol, text, cli_plain(g->colour));
    for (; !g->upright && used < g->tag_width; used++)
        putchar(' ');
}

static void print_row(const grid *g, size_t row)
{
    print_id(helpdex_coverage_row_at(g->coverage, row)->id, g->id_width);
    for (size_t i = 0; i < helpdex_coverage_locale_count(g->coverage); i++)
        if (!helpdex_coverage_locale(g->coverage, i)->is_source)
            print_cell(g, helpdex_coverage_cell(g->coverage, row, i));
    putchar('\n');
}

static void print_legend(const grid *g)
{
    for (int i = 0; i < COUNTED; i++)
        printf("%s%s%s%s %s", i ? "  " : "", g->colour ? states[i].colour : "",
               states[i].symbol, cli_plain(g->colour), states[i].label);
    putchar('\n');
}

static void print_matrix(const helpdex_coverage *c, bool all, bool colour)
{
    grid g = make_grid(c, all, colour);
    size_t shown = 0, rows = helpdex_coverage_row_count(c);
    for (size_t i = 0; i < rows; i++)
        shown += is_shown(c, i, all);
    if (!shown) {
        puts("\nevery article is translated and up to date; --all lists them");
        return;
    }
    putchar('\n');
    print_legend(&g);
    if (!all)
        printf("%s%zu of %zu articles lack something; --all lists every "
               "one%s\n",
               cli_dim(colour), shown, rows, cli_plain(colour));
    putchar('\n');
    for (int i = 0; i < (g.upright ? g.tag_width : 1); i++)
        print_head_line(&g, i);
    for (size_t i = 0; i < rows; i++)
        if (is_shown(c, i, all))
            print_row(&g, i);
}

void cli_print_coverage(const helpdex_coverage *coverage,
                        const cli_options *options)
{
    bool colour = cli_colour(options, STDOUT_FILENO);
    print_totals(coverage, colour);
    if (!options->quiet && helpdex_coverage_locale_count(coverage) > 1)
        print_matrix(coverage, options->all, colour);
}

static cJSON *totals_json(const helpdex_coverage_totals *t)
{
    cJSON *item = cJSON_CreateObject();
    if (t->locale)
        cJSON_AddStringToObject(item, "locale", t->locale);
    if (t->locale)
        cJSON_AddBoolToObject(item, "source", t->is_source);
    cJSON_AddNumberToObject(item, "articles", (double)t->articles);
    for (int i = 0; i < COUNTED; i++)
        cJSON_AddNumberToObject(item, states[i].key, (double)t->counts[i]);
    cJSON_AddNumberToObject(item, "percent", cli_decimals(t->percent));
    return item;
}

static cJSON *text_or_null(const char *text)
{
    return text ? cJSON_CreateString(text) : cJSON_CreateNull();
}

static cJSON *cell_json(const helpdex_cell *cell)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "state", states[cell->state].key);
    cJSON_AddItemToObject(item, "file", text_or_null(cell->file));
    cJSON_AddItemToObject(item, "reason", text_or_null(cell->reason));
    if (cell->state == HELPDEX_CELL_STALE) {
        cJSON_AddItemToObject(item, "behind",
                              cell->behind ? cJSON_CreateNumber(cell->behind)
                                           : cJSON_CreateNull());
        cJSON_AddNumberToObject(item, "sections", cell->sections);
    }
    return item;
}

static cJSON *row_json(const helpdex_coverage *c, size_t row)
{
    const helpdex_coverage_row *from = helpdex_coverage_row_at(c, row);
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "id", from->id);
    cJSON_AddStringToObject(item, "title", from->title);
    cJSON_AddBoolToObject(item, "complete", from->complete);
    cJSON *cells = cJSON_AddObjectToObject(item, "cells");
    for (size_t i = 0; i < helpdex_coverage_locale_count(c); i++) {
        const helpdex_cell *cell = helpdex_coverage_cell(c, row, i);
        if (cell->state != HELPDEX_CELL_NONE)
            cJSON_AddItemToObject(cells, helpdex_coverage_locale(c, i)->locale,
                                  cell_json(cell));
    }
    return item;
}

void cli_print_coverage_json(const helpdex_coverage *coverage)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "basis",
                            bases[helpdex_coverage_basis_of(coverage)]);
    cJSON_AddItemToObject(root, "all",
                          totals_json(helpdex_coverage_all(coverage)));
    cJSON *locales = cJSON_AddArrayToObject(root, "locales");
    for (size_t i = 0; i < helpdex_coverage_locale_count(coverage); i++)
        cJSON_AddItemToArray(locales,
                             totals_json(helpdex_coverage_locale(coverage, i)));
    cJSON *rows = cJSON_AddArrayToObject(root, "articles");
    for (size_t i = 0; i < helpdex_coverage_row_count(coverage); i++)
        cJSON_AddItemToArray(rows, row_json(coverage, i));
    cli_print_json(root, false);
}
