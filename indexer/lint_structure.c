/* How an article is built: title, headings, tables, size, line ends. */
#include "base/error.h"
#include "indexer/lint.h"
#include "text/character.h"

/* About 5,000 words of a European language, ten printed pages. */
enum { LONGEST = 30000, LEAST_DASHES = 3, SITE_UNTITLED = 20 };

static bool is_untitled(const hdx_lint_doc *doc)
{
    const hdx_article *a = &doc->article;
    return doc->readable && !a->matter.draft && a->document.count &&
           a->matter.title.len == 0 && a->document.title.len == 0;
}

/* Where hardly an article has a title, the site keeps them elsewhere: that is
   one thing to know, not one for each article. */
void hdx_lint_no_title(hdx_lint *l)
{
    size_t untitled = 0;
    for (size_t i = 0; i < l->count; i++)
        untitled += is_untitled(&l->docs[i]);
    if (untitled >= SITE_UNTITLED && untitled * 2 > l->count) {
        hdx_str what = hdx_arena_format(
            &l->arena,
            "%zu of %zu articles have no title, so the names of their files "
            "stand for them; write title: in the heads",
            untitled, l->count);
        l->failed = l->failed || !what.ptr;
        if (what.ptr)
            hdx_lint_add_at(l, NULL, l->kb_dir, 0, 0, what.ptr);
        return;
    }
    for (size_t i = 0; i < l->count; i++)
        if (is_untitled(&l->docs[i]))
            hdx_lint_add(l, &l->docs[i], SIZE_MAX,
                         "no title, so the file's name stands for it; write "
                         "title: in the head, or a # heading above the text");
}

void hdx_lint_heading_jump(hdx_lint *l, hdx_lint_doc *doc)
{
    const hdx_outline *o = &doc->outline;
    for (size_t i = 1; i < o->heading_count; i++) {
        unsigned above = o->headings[i - 1].level;
        unsigned level = o->headings[i].level;
        if (level > above + 1 && o->headings[i].at != SIZE_MAX)
            hdx_lint_add(l, doc, o->headings[i].at,
                         "a heading of level %u below one of level %u; make it "
                         "level %u",
                         level, above, above + 1);
    }
}

void hdx_lint_oversized_article(hdx_lint *l, hdx_lint_doc *doc)
{
    size_t count = 0;
    for (size_t i = 0; i < doc->article.document.count; i++)
        count += hdx_utf8_count(doc->article.document.sections[i].text);
    if (count > LONGEST)
        hdx_lint_add(l, doc, SIZE_MAX,
                     "%zu characters of text, more than %d; cut it into "
                     "articles that answer one question each",
                     count, (int)LONGEST);
}

void hdx_lint_line_ends(hdx_lint *l, hdx_lint_doc *doc)
{
    hdx_str text = doc->text;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r' ||
            (i + 1 < text.len && text.ptr[i + 1] == '\n'))
            continue;
        hdx_lint_add(l, doc, i,
                     "a carriage return without a line feed; save the file "
                     "with Unix line ends");
        hdx_lint_fix(l, i, i + 1, HDX_STR("\n"));
    }
}

/* A line, and where it begins. */
typedef struct row {
    size_t begin;
    hdx_str text; /* without its end and blanks */
} row;

/* `|---|:-:|`: what makes the line above it the head of a table. */
static bool is_rule(hdx_str line)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (!strchr("|-: \t", line.ptr[i]))
            return false;
        bars += line.ptr[i] == '|';
        dashes += line.ptr[i] == '-';
    }
    return bars && dashes;
}

/* Cells of a row of dashes; `*least` is the shortest run of dashes. */
static size_t rule_cells(hdx_str line, size_t *least)
{
    size_t cells = 0, run = 0;
    *least = SIZE_MAX;
    for (size_t i = 0; i <= line.len; i++) {
        if (i < line.len && line.ptr[i] == '-') {
            run++;
        } else if (run) {
            *least = run < *least ? run : *least;
            cells++;
            run = 0;
        }
    }
    return cells;
}

/* Cells of the head of a table; a bar behind a backslash is text. */
static size_t head_cells(hdx_str line)
{
    size_t cells = 1;
    if (line.len && line.ptr[0] == '|')
        line = (hdx_str){line.ptr + 1, line.len - 1};
    if (line.len && line.ptr[line.len - 1] == '|')
        line.len--;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\\')
            i++;
        else
            cells += line.ptr[i] == '|';
    }
    return cells;
}

static bool has_mark(const hdx_lint_doc *doc, row line, int mark)
{
    size_t begin = (size_t)(line.text.ptr - doc->text.ptr);
    return line.text.len &&
           memchr(doc->outline.marks + begin, mark, line.text.len);
}

/* Makes every run of dashes long enough. */
static hdx_str longer_rule(hdx_lint *l, hdx_str line)
{
    hdx_buf buf = {0};
    for (size_t i = 0; i < line.len;) {
        size_t run = 0;
        while (i + run < line.len && line.ptr[i + run] == '-')
            run++;
        for (size_t n = run; run && n < LEAST_DASHES; n++)
            hdx_buf_byte(&buf, '-');
        hdx_buf_add(&buf, (hdx_str){line.ptr + i, run ? run : 1});
        i += run ? run : 1;
    }
    hdx_str longer = hdx_arena_copy(&l->arena, hdx_buf_str(&buf));
    l->failed = l->failed || buf.failed || !longer.ptr;
    hdx_buf_free(&buf);
    return longer;
}

static void judge_table(hdx_lint *l, hdx_lint_doc *doc, row above, row head,
                        row rule)
{
    size_t least, cells = rule_cells(rule.text, &least);
    size_t at = (size_t)(rule.text.ptr - doc->text.ptr);
    if (least < LEAST_DASHES) {
        hdx_lint_add(l, doc, at,
                     "a table with fewer than three dashes in a column is "
                     "plain text; write |---|");
        hdx_lint_fix(l, at, at + rule.text.len, longer_rule(l, rule.text));
    } else if (head_cells(head.text) != cells) {
        hdx_lint_add(l, doc, at,
                     "a table of %zu columns by its head and %zu by its "
                     "dashes is plain text to many programs; write as many "
                     "of each",
                     head_cells(head.text), cells);
    } else if (above.text.len && !strchr("{<|", above.text.ptr[0])) {
        /* not a tag of another tool, nor kramdown's line above a head */
        hdx_lint_add(l, doc, (size_t)(head.text.ptr - doc->text.ptr),
                     "a table right below a line of text is a part of that; "
                     "put a blank line between them");
    }
}

/* The parser is asked: a table is broken where it saw none. */
void hdx_lint_broken_table(hdx_lint *l, hdx_lint_doc *doc)
{
    size_t body = doc->article.matter.body;
    hdx_str rest = {doc->text.ptr + body, doc->text.len - body}, line;
    row above, head = {0}, now = {0};
    while (hdx_str_line(&rest, &line)) {
        above = head;
        head = now;
        now = (row){(size_t)(line.ptr - doc->text.ptr), hdx_str_trim(line)};
        if (!head.text.len || !is_rule(now.text) || is_rule(head.text) ||
            !memchr(head.text.ptr, '|', head.text.len))
            continue;
        size_t least;
        bool same = head_cells(head.text) == rule_cells(now.text, &least);
        bool text = has_mark(doc, now, HDX_MARK_PROSE);
        bool table = has_mark(doc, head, HDX_MARK_TABLE) &&
                     !has_mark(doc, head, HDX_MARK_CODE);
        if (text || (table && !same))
            judge_table(l, doc, above, head, now);
    }
}

/* Whether an article is shown to readers of its locale. */
static bool is_shown(const hdx_lint_doc *doc)
{
    const hdx_article *a = &doc->article;
    return doc->readable && !a->matter.draft &&
           (!a->missing || (doc->original && a->document.count));
}

/* Calls `clash` for every article whose key another of its locale had. */
static void find_twins(hdx_lint *l,
                       hdx_str (*key_of)(hdx_lint *, hdx_lint_doc *),
                       void (*clash)(hdx_lint *, hdx_lint_doc *,
                                     const hdx_lint_doc *))
{
    hdx_map seen = {0};
    const hdx_layout_locale *from = NULL;
    for (size_t i = 0; i < l->count && !l->failed; i++) {
        hdx_lint_doc *doc = &l->docs[i];
        bool added;
        if (doc->from != from)
            hdx_map_clear(&seen);
        from = doc->from;
        if (!is_shown(doc))
            continue;
        hdx_str key = key_of(l, doc);
        if (key.len == 0)
            continue;
        hdx_map_entry *entry = hdx_map_add(&seen, key, &added);
        if (!entry)
            l->failed = true;
        else if (added)
            entry->value = i;
        else
            clash(l, doc, &l->docs[entry->value]);
    }
    hdx_map_free(&seen);
}

static hdx_str id_of(hdx_lint *l, hdx_lint_doc *doc)
{
    (void)l;
    return doc->article.id;
}

static void say_same_id(hdx_lint *l, hdx_lint_doc *doc,
                        const hdx_lint_doc *other)
{
    hdx_lint_add(
        l, doc, SIZE_MAX,
        "its id \"%.*s\" is that of %.*s too; give one of them another",
        HDX_FMT(doc->article.id), HDX_FMT(other->file->path));
}

void hdx_lint_duplicate_id(hdx_lint *l)
{
    find_twins(l, id_of, say_same_id);
}

/* A title in one case; empty when the file's name stands for it. */
static hdx_str title_of(hdx_lint *l, hdx_lint_doc *doc)
{
    const hdx_article *a = &doc->article;
    if (a->matter.title.len == 0 && a->document.title.len == 0)
        return HDX_STR("");
    hdx_str key = hdx_fold_case(&l->arena, a->title);
    l->failed = l->failed || !key.ptr;
    return key;
}

static void say_same_title(hdx_lint *l, hdx_lint_doc *doc,
                           const hdx_lint_doc *other)
{
    hdx_lint_add(l, doc, SIZE_MAX,
                 "its title \"%.*s\" is that of %.*s too, so that readers "
                 "cannot choose; say how they differ",
                 HDX_FMT(doc->article.title), HDX_FMT(other->file->path));
}

void hdx_lint_duplicate_title(hdx_lint *l)
{
    find_twins(l, title_of, say_same_title);
}
