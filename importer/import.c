/* Which files are read how, and what all formats have in common. */
#include "importer/import.h"

#include <stdlib.h>

#include "base/file.h"
#include "importer/html.h"
#include "importer/inline.h"
#include "text/locale.h"

/* The indexer would refuse larger articles. */
enum { ARTICLE_LIMIT = 240 << 10 };

typedef struct speaker {
    hdx_import *import;
    const hdx_incoming *article;
    helpdex_error *err;
    helpdex_status status;
} speaker;

static void said(void *context, unsigned line, unsigned column,
                 const char *what)
{
    speaker *s = context;
    if (!s->status)
        s->status =
            hdx_intake_say(&s->import->in, HELPDEX_WARNING, s->article->place,
                           s->err, "article %.*s (%.*s), %u:%u of its body: %s",
                           HDX_FMT(s->article->id), HDX_FMT(s->article->locale),
                           line, column, what);
}

/* Plain text: a paragraph a line, all markup escaped. */
static helpdex_status read_plain(hdx_arena *arena, hdx_str body, hdx_str *out,
                                 helpdex_error *err)
{
    hdx_buf line = {0}, text = {0};
    hdx_str rest = body, part;
    while (hdx_str_line(&rest, &part)) {
        hdx_buf settled = {0};
        hdx_inline_text(&line, part);
        if (hdx_inline_settle(&line, &settled)) {
            if (text.len)
                hdx_buf_add(&text, HDX_STR("\n\n"));
            hdx_buf_add(&text, hdx_buf_str(&settled));
        }
        text.failed = text.failed || settled.failed;
        hdx_buf_free(&settled);
    }
    *out = text.failed ? (hdx_str){NULL, 0}
                       : hdx_arena_copy(arena, hdx_buf_str(&text));
    hdx_buf_free(&text);
    hdx_buf_free(&line);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}

static helpdex_status read_body(hdx_import *import, hdx_incoming *article,
                                hdx_str body, bool is_plain, helpdex_error *err)
{
    helpdex_error fault = {0};
    speaker s = {.import = import, .article = article, .err = err};
    if (is_plain)
        return read_plain(&import->in.arena, body, &article->body, err);
    helpdex_status status = hdx_html_read(&import->in.arena, body, said, &s,
                                          &article->body, &fault);
    if (s.status)
        return s.status;
    if (status == HELPDEX_BAD_INPUT)
        return hdx_intake_say(&import->in, HELPDEX_ERROR, article->place, err,
                              "article %.*s: %s", HDX_FMT(article->id),
                              fault.message);
    return status ? hdx_fail_nomem(err) : HELPDEX_OK;
}

/* The canonical tag; empty after saying why there is none. */
static helpdex_status read_locale(hdx_import *import, hdx_incoming *article,
                                  helpdex_error *err)
{
    hdx_locale locale;
    hdx_str said_tag = hdx_str_trim(article->locale);
    if (said_tag.len == 0)
        said_tag = hdx_str_of(import->options.locale);
    article->locale = HDX_STR("");
    if (said_tag.len == 0)
        return hdx_intake_say(&import->in, HELPDEX_ERROR, article->place, err,
                              "article %.*s has no locale; say which with "
                              "--locale",
                              HDX_FMT(article->id));
    helpdex_status status = hdx_locale_read(said_tag, &locale);
    if (status == HELPDEX_NOMEM)
        return hdx_fail_nomem(err);
    if (status)
        return hdx_intake_say(&import->in, HELPDEX_ERROR, article->place, err,
                              "article %.*s: \"%.*s\" is not a language tag; "
                              "write one, such as pt-BR",
                              HDX_FMT(article->id), HDX_FMT(said_tag));
    article->locale = hdx_arena_copy(&import->in.arena, hdx_str_of(locale.tag));
    return article->locale.ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}

/* An article that is there already, as among its own translations, is said to
   differ, or goes with all that was said of it. */
static helpdex_status meet(hdx_import *import, hdx_incoming *before,
                           const hdx_incoming *article, size_t said_before,
                           helpdex_error *err)
{
    before->original = before->original || article->original;
    if (hdx_str_eq(before->title, article->title) &&
        hdx_str_eq(before->body, article->body)) {
        import->in.finding_count = said_before;
        return HELPDEX_OK;
    }
    return hdx_intake_say(&import->in, HELPDEX_ERROR, article->place, err,
                          "article %.*s is there in %.*s already and says "
                          "something else, at %s:%u:%u; keep one",
                          HDX_FMT(article->id), HDX_FMT(article->locale),
                          before->place.file, before->place.line,
                          before->place.column);
}

/* `said_before`: how many findings there were before this article. */
static helpdex_status keep(hdx_import *import, const hdx_incoming *article,
                           size_t said_before, helpdex_error *err)
{
    bool added;
    hdx_str key =
        hdx_arena_format(&import->in.arena, "%.*s\t%.*s", HDX_FMT(article->id),
                         HDX_FMT(article->locale));
    hdx_map_entry *entry =
        key.ptr ? hdx_map_add(&import->known, key, &added) : NULL;
    if (!entry)
        return hdx_fail_nomem(err);
    if (!added)
        return meet(import, &import->articles[entry->value - 1], article,
                    said_before, err);
    if (!hdx_grow(&import->articles, &import->capacity, import->count + 1,
                  sizeof *import->articles))
        return hdx_fail_nomem(err);
    import->articles[import->count++] = *article;
    entry->value = import->count;
    return HELPDEX_OK;
}

/* What the indexer would not take, or take for missing. */
static helpdex_status check_body(hdx_import *import,
                                 const hdx_incoming *article,
                                 helpdex_error *err)
{
    if (article->body.len > ARTICLE_LIMIT)
        return hdx_intake_say(&import->in, HELPDEX_ERROR, article->place, err,
                              "article %.*s is of %zu KiB, and at most %d "
                              "KiB can be indexed; split it",
                              HDX_FMT(article->id), article->body.len / 1024,
                              ARTICLE_LIMIT / 1024);
    if (article->body.len == 0)
        return hdx_intake_say(&import->in, HELPDEX_WARNING, article->place, err,
                              "article %.*s (%.*s) has a blank body; it "
                              "will count as missing",
                              HDX_FMT(article->id), HDX_FMT(article->locale));
    return HELPDEX_OK;
}

helpdex_status hdx_import_add(hdx_import *import, hdx_incoming article,
                              hdx_str body, bool is_plain, helpdex_error *err)
{
    hdx_intake *in = &import->in;
    size_t said_before = in->finding_count;
    article.id = hdx_arena_copy_line(&in->arena, article.id);
    article.title = hdx_arena_copy_line(&in->arena, article.title);
    if (in->failed || !article.id.ptr || !article.title.ptr)
        return hdx_fail_nomem(err);
    if (article.id.len == 0)
        return hdx_intake_say(in, HELPDEX_ERROR, article.place, err,
                              "an article without an id; give it one, which "
                              "joins its translations");
    if (article.title.len == 0)
        return hdx_intake_say(in, HELPDEX_ERROR, article.place, err,
                              "article %.*s has no title; give it one",
                              HDX_FMT(article.id));
    helpdex_status status = read_locale(import, &article, err);
    if (status || article.locale.len == 0)
        return status;
    status = read_body(import, &article, body, is_plain, err);
    if (status || !article.body.ptr) /* its fault is said */
        return status;
    status = check_body(import, &article, err);
    return status ? status : keep(import, &article, said_before, err);
}

typedef helpdex_status reader(hdx_import *, const char *, hdx_str,
                              helpdex_error *);

/* By the format asked for, else by the ending; NULL: by neither. */
static reader *reader_of(const hdx_import *import, hdx_str path)
{
    static const struct {
        const char *format, *end;
        reader *read;
    } readers[] = {{"zendesk", ".json", hdx_import_json},
                   {"intercom", ".json", hdx_import_json},
                   {"jsonl", ".jsonl", hdx_import_jsonl},
                   {"jsonl", ".ndjson", hdx_import_jsonl},
                   {"csv", ".csv", hdx_import_csv},
                   {"csv", ".tsv", hdx_import_csv}};
    bool any = strcmp(import->options.format, "auto") == 0;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (any ? hdx_path_ends(path, readers[i].end)
                : strcmp(import->options.format, readers[i].format) == 0)
            return readers[i].read;
    return NULL;
}

/* A fault of a file as a whole becomes a finding. */
static helpdex_status read_file(hdx_import *import, hdx_str path,
                                helpdex_error *err)
{
    hdx_str text;
    hdx_place place = {.file = path.ptr};
    reader *read = reader_of(import, path);
    if (!read)
        return hdx_intake_say(&import->in, HELPDEX_ERROR, place, err,
                              "the ending tells no format; say which with "
                              "--format");
    helpdex_status status = hdx_intake_text(&import->in, path.ptr, &text, err);
    if (status || !text.ptr)
        return status;
    size_t before = import->count;
    status = read(import, path.ptr, text, err);
    if (!status && !import->in.refused && import->count == before)
        status = hdx_intake_say(&import->in, HELPDEX_WARNING, place, err,
                                "no article was found in it; check the format");
    return status;
}

/* A folder stands for the exports in it. */
static helpdex_status read_path(hdx_import *import, const char *path,
                                helpdex_error *err)
{
    hdx_str whole = hdx_arena_copy(&import->in.arena, hdx_str_of(path));
    if (!whole.ptr)
        return hdx_fail_nomem(err);
    if (!hdx_dir_exists(path))
        return read_file(import, whole, err);
    hdx_listing listing;
    size_t read = 0;
    helpdex_status status =
        hdx_dir_list(&import->in.arena, path, true, &listing, err);
    for (size_t i = 0; i < listing.count && !status; i++) {
        hdx_str file = hdx_arena_format(&import->in.arena, "%s/%s", path,
                                        listing.items[i].path.ptr);
        if (!file.ptr)
            return hdx_fail_nomem(err);
        if (listing.items[i].kind == HDX_ENTRY_FILE &&
            reader_of(import, file)) {
            read++;
            status = read_file(import, file, err);
        } else {
            status = hdx_intake_say(&import->in, HELPDEX_NOTE,
                                    (hdx_place){.file = file.ptr}, err,
                                    "left out: no export by its ending");
        }
    }
    if (!status && read == 0)
        status = hdx_intake_say(&import->in, HELPDEX_ERROR,
                                (hdx_place){.file = whole.ptr}, err,
                                "no .json, .jsonl, .csv or .tsv file in this "
                                "folder; check the path");
    return status;
}

helpdex_status hdx_import_run(const hdx_import_options *options,
                              char *const *paths, size_t count, hdx_import *out,
                              helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    *out = (hdx_import){.options = *options};
    for (size_t i = 0; i < count && !status; i++)
        status = read_path(out, paths[i], err);
    if (!status && !out->in.refused)
        status = hdx_import_write(out, err);
    if (!status && out->in.refused)
        status = hdx_fail(err, HELPDEX_BAD_INPUT,
                          "nothing was imported; mend what is named above");
    return status;
}

void hdx_import_free(hdx_import *import)
{
    free(import->articles);
    hdx_map_free(&import->known);
    hdx_intake_free(&import->in);
}
