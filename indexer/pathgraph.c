/*
 * Nodes are told apart by their shape, not by colour alone; what leads on when
 * an end did not help is dashed. Words of ours are the keys of the file, so that
 * whoever reads the picture finds the line.
 */
#include "indexer/pathgraph.h"

#include <stdio.h>

#include "text/character.h"

/* Characters of a line, after which it is broken at a space or hyphen, and at
   which it is broken without one. */
enum { LINE_SOFT = 22, LINE_HARD = 34, HEAD_TIMES = 3, FIRST_WIDE = 0x2E80 };

/* A line is read in its own direction: first strong isolate, and its end. */
#define ISOLATE "\xE2\x81\xA8"
#define END_OF_ISOLATE "\xE2\x81\xA9"

typedef struct artist {
    const hdx_shown_locales *locales;
    const hdx_path *path;
    size_t number; /* of the path: names of nodes are unique only in it */
    size_t times;  /* so much longer are lines */
    hdx_buf *out;
} artist;

static void put(artist *a, const char *text)
{
    hdx_buf_add(a->out, hdx_str_of(text));
}

static void put_number(artist *a, size_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    put(a, digits);
}

/* One character of a label; `dot` reads escapes and entities in it. */
static void put_cluster(artist *a, hdx_str cluster)
{
    char c = cluster.len == 1 ? cluster.ptr[0] : 'x';
    if (c == '"' || c == '\\')
        hdx_buf_byte(a->out, '\\');
    if (c == '&')
        put(a, "&amp;");
    else
        hdx_buf_add(a->out, (unsigned char)c < ' ' ? HDX_STR(" ") : cluster);
}

/* A character of East Asia takes two columns. */
static size_t width_of(hdx_str cluster)
{
    size_t at = 0;
    return hdx_utf8_next(cluster, &at) >= FIRST_WIDE ? 2 : 1;
}

/* A text in lines that are not too long. */
static void put_text(artist *a, hdx_str text)
{
    size_t column = 0, soft = LINE_SOFT * a->times, hard = LINE_HARD * a->times;
    put(a, ISOLATE);
    for (size_t i = 0; i < text.len;) {
        size_t end = hdx_cluster_end(text, i);
        hdx_str cluster = {text.ptr + i, end - i};
        bool space = hdx_str_eq(cluster, HDX_STR(" "));
        bool hyphen = hdx_str_eq(cluster, HDX_STR("-"));
        if (!space || column) {
            put_cluster(a, cluster);
            column += width_of(cluster);
        }
        i = end;
        if (i < text.len &&
            (column >= hard || ((space || hyphen) && column >= soft))) {
            put(a, END_OF_ISOLATE "\\n" ISOLATE);
            column = 0;
        }
    }
    put(a, END_OF_ISOLATE);
}

static int fit_of(const artist *a, const hdx_locale *wanted, hdx_str tag)
{
    hdx_locale locale;
    if (tag.len == 0)
        return hdx_locale_fit(wanted, a->locales->default_locale);
    return hdx_locale_parse(tag, &locale) ? hdx_locale_fit(wanted, &locale) : 0;
}

/* The text for the reader; empty: there is none. */
static hdx_str choose(const artist *a, const hdx_local_texts *texts)
{
    hdx_str best = HDX_STR("");
    for (size_t i = 0; i < a->locales->count && !best.len; i++) {
        int best_fit = 0;
        for (size_t n = 0; n < texts->count; n++) {
            int fit = fit_of(a, &a->locales->items[i], texts->items[n].locale);
            if (fit > best_fit) {
                best_fit = fit;
                best = texts->items[n].text;
            }
        }
    }
    return best.len || texts->count == 0 ? best : texts->items[0].text;
}

static void put_id(artist *a, size_t node)
{
    put(a, "n");
    put_number(a, a->number);
    put(a, "_");
    put_number(a, node);
}

static void put_line(artist *a, const char *key, hdx_str text)
{
    if (text.len == 0)
        return;
    put(a, "\\n");
    put(a, key);
    put_text(a, text);
}

static void put_needs(artist *a, const hdx_path_node *node)
{
    for (size_t i = 0; i < node->need_count; i++) {
        const hdx_path_slot *slot = &a->path->slots[node->needs[i]];
        put_line(a,
                 slot->optional ? "needs (optional): " : "needs: ", slot->name);
        put_line(a, "", choose(a, &slot->ask));
    }
}

static void put_label(artist *a, const hdx_path_node *node)
{
    put_text(a, node->name);
    put_line(a, "", choose(a, &node->text));
    put_line(a, "article: ", node->article);
    put_line(a, "#", node->section);
    put_line(a, "", node->link);
    put_line(a, "flow: ", node->flow);
    put_needs(a, node);
    put_line(a, "failed: ", choose(a, &node->failed));
    if (node->kind != HDX_NODE_PERSON)
        return;
    put_line(a, "queue: ", node->queue);
    put_line(a, "urgency: ", hdx_str_of(hdx_urgency_name(node->urgency)));
}

static void put_node(artist *a, size_t at)
{
    static const char *const looks[HDX_NODE_KINDS] = {
        [HDX_NODE_ASK] = "shape=box, style=\"rounded,filled\", "
                         "fillcolor=\"#e8f0fe\"",
        [HDX_NODE_WHEN] = "shape=diamond, style=filled, fillcolor=\"#f1f3f4\"",
        [HDX_NODE_ARTICLE] = "shape=note, style=filled, fillcolor=\"#e6f4ea\"",
        [HDX_NODE_LINK] = "shape=cds, style=filled, fillcolor=\"#e6f4ea\"",
        [HDX_NODE_FLOW] = "shape=component, style=filled, "
                          "fillcolor=\"#e6f4ea\"",
        [HDX_NODE_PERSON] = "shape=ellipse, style=filled, penwidth=2, "
                            "fillcolor=\"#fef7e0\""};
    const hdx_path_node *node = &a->path->nodes[at];
    put(a, "    ");
    put_id(a, at);
    put(a, " [label=\"");
    put_label(a, node);
    put(a, "\", ");
    put(a, looks[node->kind]);
    put(a, "];\n");
}

static void put_tests(artist *a, const hdx_path_case *at)
{
    for (size_t i = 0; i < at->count; i++) {
        hdx_str rest = at->tests[i].values, value;
        if (i)
            put(a, "\\n");
        put_text(a, at->tests[i].name);
        for (bool first = true; hdx_str_line(&rest, &value); first = false) {
            put(a, first ? ": " : ", ");
            put_text(a, value);
        }
    }
}

/* What is written at a way out of a node, and how it is drawn. */
static void put_way(artist *a, const hdx_path_node *node, size_t way)
{
    bool is_end = node->kind != HDX_NODE_ASK && node->kind != HDX_NODE_WHEN;
    put(a, " [label=\"");
    if (node->option_count)
        put_text(a, choose(a, &node->options[way].label));
    else if (way < node->case_count)
        put_tests(a, &node->cases[way]);
    else if (node->case_count || is_end)
        put(a, "otherwise");
    put(a, is_end ? "\", style=dashed];\n" : "\"];\n");
}

/* A way that leads nowhere ends in a red cross. */
static void put_nowhere(artist *a, size_t node, size_t way)
{
    put_id(a, node);
    put(a, "_");
    put_number(a, way);
}

static void put_ways(artist *a, size_t at)
{
    const hdx_path_node *node = &a->path->nodes[at];
    uint32_t next;
    for (size_t i = 0; hdx_path_way(node, i, &next); i++) {
        if (next == HDX_NO_NODE) {
            put(a, "    ");
            put_nowhere(a, at, i);
            put(a, " [label=\"✗\", shape=plaintext, fontcolor=red];\n");
        }
        put(a, "    ");
        put_id(a, at);
        put(a, " -> ");
        if (next == HDX_NO_NODE)
            put_nowhere(a, at, i);
        else
            put_id(a, next);
        put_way(a, node, i);
    }
}

static void put_start(artist *a)
{
    put(a, "    start");
    put_number(a, a->number);
    put(a, " [label=\"\", shape=circle, style=filled, fillcolor=black, "
           "width=0.2];\n    start");
    put_number(a, a->number);
    put(a, " -> ");
    put_id(a, a->path->start);
    put(a, ";\n");
}

static void put_path(artist *a)
{
    put(a, "  subgraph cluster_");
    put_number(a, a->number);
    put(a, " {\n    label=\"");
    put_text(a, a->path->name);
    put(a, a->path->high_stakes ? "\\nstakes: high" : "");
    a->times = HEAD_TIMES;
    put_line(a, "", choose(a, &a->path->reassurance));
    a->times = 1;
    put(a, "\";\n    color=\"#9aa0a6\";\n");
    put_start(a);
    for (size_t i = 0; i < a->path->node_count; i++) {
        put_node(a, i);
        put_ways(a, i);
    }
    put(a, "  }\n");
}

void hdx_paths_draw(const hdx_paths *paths, const hdx_path *only,
                    const hdx_shown_locales *locales, hdx_buf *out)
{
    artist a = {.locales = locales, .times = 1, .out = out};
    put(&a, "digraph triage {\n  rankdir=TB;\n"
            "  node [fontname=\"sans-serif\", fontsize=11];\n"
            "  edge [fontname=\"sans-serif\", fontsize=10];\n"
            "  graph [fontname=\"sans-serif\", fontsize=13];\n");
    for (size_t i = 0; i < paths->count; i++) {
        a.path = &paths->items[i];
        a.number = i;
        if (!only || only == a.path)
            put_path(&a);
    }
    put(&a, "}\n");
}
