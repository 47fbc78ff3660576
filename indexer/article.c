/*
 * From the bytes of a file to an article. Text is checked for UTF-8 here, at
 * the border, and nowhere behind it.
 */
#include "indexer/article.h"

static hdx_str without_extension(hdx_str path)
{
    for (size_t i = path.len; i > 0 && path.ptr[i - 1] != '/'; i--)
        if (path.ptr[i - 1] == '.')
            return (hdx_str){path.ptr, i - 1};
    return path;
}

static hdx_str last_part(hdx_str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return (hdx_str){path.ptr + i, path.len - i};
    return path;
}

static helpdex_status check_utf8(hdx_str text, const char *path,
                                 helpdex_error *err)
{
    size_t at = hdx_utf8_check(text);
    if (at == SIZE_MAX)
        return HELPDEX_OK;
    unsigned line, column;
    hdx_str_position(text, at, &line, &column);
    return hdx_fail_at(err, HELPDEX_BAD_INPUT, path, line, column,
                       "byte 0x%02X is not UTF-8; save the file as UTF-8",
                       (unsigned char)text.ptr[at]);
}

/*
 * A line that ends with a carriage return alone, as editors of old wrote it, is
 * read as a line all the same; `*out` is `text` where there is none.
 */
static bool mend_lines(hdx_arena *arena, hdx_str text, hdx_article *article,
                       hdx_str *out)
{
    char *copy = NULL;
    *out = text;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r' ||
            (i + 1 < text.len && text.ptr[i + 1] == '\n'))
            continue;
        if (!copy) {
            hdx_str_position(text, i, &article->notice.line,
                             &article->notice.column);
            article->notice.what = "a carriage return without a line feed is "
                                   "read as a line end; save the file with "
                                   "Unix line ends";
            *out = hdx_arena_copy(arena, text);
            copy = (char *)(uintptr_t)out->ptr;
            if (!copy)
                return false;
        }
        copy[i] = '\n';
    }
    return true;
}

static bool name_article(hdx_arena *arena, hdx_str below, hdx_article *out)
{
    hdx_str path_id = without_extension(below);
    out->id = out->matter.id.len ? out->matter.id : path_id;
    out->title = out->matter.title;
    if (out->title.len == 0)
        out->title = out->document.title;
    if (out->title.len == 0)
        out->title = last_part(path_id);
    out->title_is_placeholder = hdx_str_eq(out->title, out->id);
    out->id = hdx_arena_copy_line(arena, out->id);
    out->title = hdx_arena_copy_line(arena, out->title);
    return out->id.ptr && out->title.ptr;
}

/* The folder that a file lies in; empty: none. */
static hdx_str folder_of(hdx_str below)
{
    hdx_str name = last_part(below);
    if (name.len == below.len)
        return HDX_STR("");
    return last_part((hdx_str){below.ptr, below.len - name.len - 1});
}

/* Texts one a line, each without line ends of its own. */
static bool join_lines(hdx_arena *arena, const hdx_strings *texts, hdx_str *out)
{
    hdx_buf buf = {0};
    for (size_t i = 0; i < texts->count; i++) {
        hdx_str line = hdx_arena_copy_line(arena, texts->items[i]);
        if (i)
            hdx_buf_byte(&buf, '\n');
        buf.failed = buf.failed || !line.ptr;
        hdx_buf_add(&buf, line);
    }
    *out = hdx_arena_copy(arena, hdx_buf_str(&buf));
    bool made = !buf.failed && out->ptr;
    hdx_buf_free(&buf);
    return made;
}

static bool describe_article(hdx_arena *arena, hdx_str below, hdx_article *out)
{
    const hdx_front_matter *m = &out->matter;
    out->category = hdx_arena_copy_line(
        arena, m->category.len ? m->category : folder_of(below));
    return out->category.ptr && join_lines(arena, &m->regions, &out->regions) &&
           join_lines(arena, &m->platforms, &out->platforms) &&
           join_lines(arena, &m->questions, &out->questions);
}

/* An opening H1 that is not the title still leads to the first section. */
static void keep_heading(hdx_article *article)
{
    hdx_document *d = &article->document;
    if (d->count && d->sections[0].level == 0 && d->title_opens &&
        !hdx_str_eq(d->title, article->title)) {
        d->sections[0].heading = d->title;
        d->sections[0].headings = d->title;
    }
}

helpdex_status hdx_article_read(hdx_arena *arena, hdx_str text,
                                const char *path, hdx_str below,
                                hdx_article *out, helpdex_error *err)
{
    *out = (hdx_article){0};
    helpdex_status status = check_utf8(text, path, err);
    if (!status && !mend_lines(arena, text, out, &text))
        status = hdx_fail_nomem(err);
    if (!status)
        status = hdx_front_matter_read(arena, text, path, &out->matter, err);
    if (status)
        return status;
    size_t body = out->matter.body;
    status =
        hdx_markdown_read(arena, (hdx_str){text.ptr + body, text.len - body},
                          path, &out->document, err);
    if (status)
        return status;
    for (size_t i = 0; i < out->document.count; i++) {
        out->document.sections[i].begin += body;
        out->document.sections[i].end += body;
    }
    if (!name_article(arena, below, out) ||
        !describe_article(arena, below, out))
        return hdx_fail_nomem(err);
    keep_heading(out);
    if (text.len == 0)
        out->missing = "its body is blank: the file is empty";
    else if (out->matter.untranslated || out->document.untranslated)
        out->missing = "marked as untranslated";
    else if (out->document.count == 0)
        out->missing = "its body is blank";
    return HELPDEX_OK;
}
