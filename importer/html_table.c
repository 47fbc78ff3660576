/*
 * Tables. One with bars where each cell is a line of words; else a list, each
 * row an item, so that no cell is lost and none is read in the wrong column.
 */
#include <stdlib.h>

#include "importer/html_walk.h"
#include "importer/inline.h"

enum { COLUMN_LIMIT = 100 };

/* The rows of a table, and what markdown cannot say of them. */
typedef struct table {
    const GumboNode **rows;
    size_t count, capacity;
    size_t columns;
    bool merged;  /* cells over several columns or rows */
    bool complex; /* cells with lists, code or tables */
    bool headed;  /* the first row is one of headings */
    bool failed;
} table;

static bool is_cell(const GumboNode *node)
{
    return hdx_tag_of(node) == GUMBO_TAG_TD || hdx_tag_of(node) == GUMBO_TAG_TH;
}

static bool holds_complex(const GumboNode *node)
{
    static const GumboTag tags[] = {GUMBO_TAG_UL,  GUMBO_TAG_OL,
                                    GUMBO_TAG_PRE, GUMBO_TAG_TABLE,
                                    GUMBO_TAG_DL,  GUMBO_TAG_BLOCKQUOTE};
    for (size_t i = 0; i < hdx_child_count(node); i++)
        if (hdx_is_one_of(hdx_tag_of(hdx_child(node, i)), tags,
                          sizeof tags / sizeof *tags) ||
            holds_complex(hdx_child(node, i)))
            return true;
    return false;
}

static bool spans(const GumboNode *cell, const char *what)
{
    return strtol(hdx_attribute(cell, what), NULL, 10) > 1;
}

static void add_row(table *t, const GumboNode *row)
{
    size_t cells = 0;
    if (!hdx_grow(&t->rows, &t->capacity, t->count + 1, sizeof(void *))) {
        t->failed = true;
        return;
    }
    for (size_t i = 0; i < hdx_child_count(row); i++) {
        const GumboNode *cell = hdx_child(row, i);
        if (!is_cell(cell))
            continue;
        cells++;
        t->merged =
            t->merged || spans(cell, "colspan") || spans(cell, "rowspan");
        t->complex = t->complex || holds_complex(cell);
        if (t->count == 0 && hdx_tag_of(cell) == GUMBO_TAG_TH)
            t->headed = true;
    }
    t->columns = cells > t->columns ? cells : t->columns;
    if (cells)
        t->rows[t->count++] = row;
}

static void find_rows(hdx_walker *w, const GumboNode *node, table *t,
                      hdx_buf *out)
{
    for (size_t i = 0; i < hdx_child_count(node); i++) {
        const GumboNode *at = hdx_child(node, i);
        if (hdx_tag_of(at) == GUMBO_TAG_TR) {
            if (hdx_tag_of(node) == GUMBO_TAG_THEAD && t->count == 0)
                t->headed = true;
            add_row(t, at);
        } else if (hdx_tag_of(at) == GUMBO_TAG_CAPTION) {
            hdx_inside(w, at, false, out);
        } else {
            find_rows(w, at, t, out);
        }
    }
}

static void pipe_row(hdx_walker *w, const GumboNode *row, size_t columns,
                     hdx_buf *out)
{
    size_t cells = 0;
    hdx_buf_byte(out, '|');
    for (size_t i = 0; row && i < hdx_child_count(row); i++) {
        if (!is_cell(hdx_child(row, i)))
            continue;
        hdx_buf_byte(out, ' ');
        w->in_cell = true;
        hdx_inline_children(w, hdx_child(row, i), NULL);
        w->in_cell = false;
        if (w->line.len > 4 && memcmp(w->line.ptr, "<br>", 4) == 0) {
            w->line.len -= 4; /* a paragraph begins the cell */
            memmove(w->line.ptr, w->line.ptr + 4, w->line.len);
        }
        hdx_inline_settle(&w->line, out);
        hdx_buf_add(out, HDX_STR(" |"));
        cells++;
    }
    for (; cells < columns; cells++)
        hdx_buf_add(out, HDX_STR("  |"));
}

static void pipe_table(hdx_walker *w, const table *t, hdx_buf *out)
{
    hdx_separate(w, out);
    pipe_row(w, t->headed ? t->rows[0] : NULL, t->columns, out);
    hdx_buf_add(out, HDX_STR("\n|"));
    for (size_t i = 0; i < t->columns; i++)
        hdx_buf_add(out, HDX_STR("---|"));
    for (size_t i = t->headed ? 1 : 0; i < t->count; i++) {
        hdx_buf_byte(out, '\n');
        pipe_row(w, t->rows[i], t->columns, out);
    }
}

/* Each row an item, each cell a block of it. */
static void list_table(hdx_walker *w, const table *t, hdx_buf *out)
{
    for (size_t i = 0; i < t->count; i++) {
        hdx_buf row = {0};
        for (size_t n = 0; n < hdx_child_count(t->rows[i]); n++)
            hdx_inside(w, hdx_child(t->rows[i], n), false, &row);
        if (row.len) {
            hdx_separate(w, out);
            hdx_add_indented(out, hdx_buf_str(&row), "- ", "  ");
        }
        w->failed = w->failed || row.failed;
        hdx_buf_free(&row);
    }
}

void hdx_html_table(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    table t = {0};
    find_rows(w, node, &t, out);
    bool piped = !t.merged && !t.complex && t.columns <= COLUMN_LIMIT;
    if (t.merged)
        hdx_html_say(w, node, "a table with merged cells is written as a list");
    else if (!piped)
        hdx_html_say(w, node,
                     "a table with lists, code or tables in its cells is "
                     "written as a list");
    if (t.count && piped)
        pipe_table(w, &t, out);
    else if (t.count)
        list_table(w, &t, out);
    w->failed = w->failed || t.failed;
    free(t.rows);
}
