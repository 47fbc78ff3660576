/*
 * Indexing one locale. A fault in an article stops the publishing but not the
 * reading, so that a writer sees every fault of a change at once.
 */
#include "indexer/edition.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "indexer/article.h"
#include "indexer/intents.h"
#include "indexer/shard.h"

helpdex_status hdx_edition_init(hdx_edition *edition,
                                const hdx_edition_common *common,
                                const hdx_layout_locale *from,
                                helpdex_error *err)
{
    const hdx_manifest *m = common->live ? &common->live->manifest : NULL;
    *edition = (hdx_edition){.common = common, .from = from};
    edition->original =
        strcmp(from->locale.tag, common->layout->default_locale.tag) == 0;
    edition->stats.locale = from->locale.tag;
    edition->setting =
        hdx_fingerprint_setting(common->shared, common->catalog, &from->locale);
    for (size_t i = 0; m && i < m->locale_count; i++)
        if (hdx_str_eq(m->locales[i].tag, hdx_str_of(from->locale.tag)))
            edition->was = &m->locales[i];
    return hdx_report_new(&edition->report, err);
}

void hdx_edition_free(hdx_edition *edition)
{
    helpdex_report_free(edition->report);
    hdx_filebook_free(edition->filebook);
    hdx_filebook_draft_free(&edition->reading);
    hdx_change_free(&edition->change);
    hdx_buf_free(&edition->name);
    hdx_arena_free(&edition->article);
    hdx_arena_free(&edition->arena);
}

/* What the filebook calls a file: where it is, and what gives its article an id;
   empty when memory is out. */
static hdx_str name_of(hdx_edition *t, const hdx_layout_file *file)
{
    t->name.len = 0;
    bool made = hdx_buf_add(&t->name, file->shown) &&
                hdx_buf_byte(&t->name, '\n') &&
                hdx_buf_add(&t->name, file->below);
    return made ? hdx_buf_str(&t->name) : HDX_STR("");
}

/* Looks at a file: its bytes are read, unless it looks as it did when they were
   read last. */
static helpdex_status look_at(hdx_edition *t, const hdx_layout_file *file,
                              hdx_look *out)
{
    hdx_digest was;
    hdx_str text;
    out->looked = hdx_clock_ns();
    helpdex_status status =
        hdx_file_stamp_of(file->path.ptr, &out->stamp, NULL);
    if (status)
        return status;
    out->same =
        hdx_filebook_recall(t->filebook, name_of(t, file), &out->stamp, &was);
    out->digest = was;
    if (out->same)
        return status;
    hdx_arena_reset(&t->article);
    status = hdx_file_read(&t->article, file->path.ptr, HDX_ARTICLE_LIMIT,
                           &text, NULL);
    if (status)
        return status;
    out->digest = hdx_digest_of(text);
    out->same = strcmp(out->digest.hex, was.hex) == 0;
    return status;
}

/* Without a filebook all files are read; it is no reason to stop. */
static void open_filebook(hdx_edition *t)
{
    hdx_str path = {0};
    if (t->was)
        path = hdx_arena_format(&t->arena, "%s/%s/" HDX_FILEBOOK_FILE,
                                t->common->live->path.ptr, t->was->tag.ptr);
    if (path.ptr && hdx_filebook_open(path.ptr, &t->filebook, NULL))
        t->filebook = NULL;
}

void hdx_edition_compare(hdx_edition *edition)
{
    const hdx_edition_common *g = edition->common;
    struct sha256_ctx seen;
    size_t count = edition->from->count;
    hdx_look *looks =
        hdx_arena_alloc(&edition->arena, (count + 1) * sizeof *looks);
    helpdex_status status = looks ? HELPDEX_OK : HELPDEX_NOMEM;
    open_filebook(edition);
    hdx_fingerprint_start(&seen, g->shared, g->catalog, &edition->from->locale);
    for (size_t i = 0; i < count && !status; i++) {
        const hdx_layout_file *file = &edition->from->files[i];
        status = look_at(edition, file, &looks[i]);
        if (!status)
            hdx_fingerprint_add(&seen, file, &looks[i].digest);
        g->step(g->context, "reading");
    }
    if (!status && edition->filebook)
        edition->looks = looks;
    edition->fingerprint = hdx_digest_end(&seen);
    edition->unchanged = !status && edition->was &&
                         hdx_str_eq(edition->was->fingerprint,
                                    hdx_str_of(edition->fingerprint.hex));
}

/* A fault of one file: kept as a finding, and the build goes on. */
static helpdex_status refuse(hdx_edition *t, const helpdex_error *why,
                             helpdex_error *err)
{
    if (!t->refused)
        t->first = *why;
    t->refused = true;
    return hdx_report_add_error(t->report, why, err);
}

static helpdex_status warn(hdx_edition *t, const hdx_layout_file *file,
                           const char *what, helpdex_error *err)
{
    return hdx_report_add(t->report, HELPDEX_WARNING, file->path.ptr, 0, 0,
                          what, err);
}

static helpdex_status judge(hdx_edition *t, hdx_article *article,
                            hdx_origin *origin, helpdex_error *err)
{
    const hdx_edition_common *c = t->common;
    return hdx_sources_judge(c->originals, &t->from->locale,
                             &c->layout->default_locale, &t->article, article,
                             origin, err);
}

/* `{locale}`, `{id}` and `{path}` of the template, filled in and escaped. */
static hdx_str fill_url(hdx_arena *arena, hdx_str url, const char *locale,
                        const hdx_article *article, hdx_str path)
{
    const struct {
        hdx_str name, value;
    } parts[] = {{HDX_STR("{locale}"), hdx_str_of(locale)},
                 {HDX_STR("{id}"), article->id},
                 {HDX_STR("{path}"), path}};
    hdx_buf buf = {0};
    while (url.len) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (hdx_str_starts(url, parts[i].name)) {
                hdx_buf_add_uri(&buf, parts[i].value);
                skip = parts[i].name.len;
            }
        if (skip == 0)
            hdx_buf_byte(&buf, url.ptr[skip++]);
        url.ptr += skip;
        url.len -= skip;
    }
    hdx_str filled = buf.failed ? (hdx_str){NULL, 0}
                                : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return filled;
}

/* Says that an article counts as missing, and what to do. */
static helpdex_status warn_missing(hdx_edition *t, const hdx_layout_file *file,
                                   const hdx_article *article,
                                   helpdex_error *err)
{
    hdx_str message =
        hdx_arena_format(&t->article, "counts as missing, because %s; %s it",
                         article->missing, t->original ? "write" : "translate");
    return message.ptr ? warn(t, file, message.ptr, err) : hdx_fail_nomem(err);
}

static helpdex_status refuse_twin(hdx_edition *t, const hdx_layout_file *file,
                                  hdx_str id, const char *other,
                                  helpdex_error *err)
{
    helpdex_error twice;
    hdx_fail_at(&twice, HELPDEX_BAD_INPUT, file->path.ptr, 0, 0,
                "its id \"%.*s\" is that of %s too; give one of them another",
                HDX_FMT(id), other);
    return refuse(t, &twice, err);
}

/* Adds an article that was read, unless it is to be left out. */
static helpdex_status add_article(hdx_edition *t, const hdx_layout_file *file,
                                  hdx_shard *shard, hdx_str text,
                                  hdx_article *article, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    const hdx_notice *notice = &article->notice;
    hdx_origin origin = {.path = file->shown};
    if (notice->what)
        status =
            hdx_report_add(t->report, HELPDEX_WARNING, file->path.ptr,
                           notice->line, notice->column, notice->what, err);
    if (status || article->matter.draft)
        return status;
    status = judge(t, article, &origin, err);
    if (status)
        return status;
    t->copies += origin.copy;
    if (article->missing)
        return warn_missing(t, file, article, err);
    origin.url = fill_url(&t->article, t->common->layout->url,
                          t->from->locale.tag, article, file->shown);
    if (!origin.url.ptr)
        return hdx_fail_nomem(err);
    const char *other = hdx_shard_path_of(shard, article->id);
    if (!other && t->partial)
        other = hdx_change_path_of(&t->change, article->id);
    return other ? refuse_twin(t, file, article->id, other, err)
                 : hdx_shard_add(shard, article, &origin, text, err);
}

/* Reads a file, and keeps what it was for the fingerprint and the filebook. */
static helpdex_status read_file(hdx_edition *t, const hdx_layout_file *file,
                                struct sha256_ctx *seen, hdx_str *text,
                                helpdex_error *err)
{
    hdx_file_stamp stamp;
    int64_t now = hdx_clock_ns();
    helpdex_status status = hdx_file_stamp_of(file->path.ptr, &stamp, err);
    if (!status)
        status = hdx_file_read(&t->article, file->path.ptr, HDX_ARTICLE_LIMIT,
                               text, err);
    if (status)
        return status;
    hdx_digest digest = hdx_digest_of(*text);
    hdx_fingerprint_add(seen, file, &digest);
    return hdx_filebook_note(&t->reading, name_of(t, file), &stamp, &digest,
                             now)
               ? HELPDEX_OK
               : hdx_fail_nomem(err);
}

static helpdex_status index_file(hdx_edition *t, const hdx_layout_file *file,
                                 struct sha256_ctx *seen, hdx_shard *shard,
                                 helpdex_error *err)
{
    hdx_article article;
    hdx_str text;
    helpdex_error fault;
    hdx_arena_reset(&t->article);
    helpdex_status status = read_file(t, file, seen, &text, &fault);
    if (!status)
        status = hdx_article_read(&t->article, text, file->path.ptr,
                                  file->below, &article, &fault);
    if (status == HELPDEX_BAD_INPUT)
        return refuse(t, &fault, err);
    if (!status && t->original && t->partial &&
        !hdx_sources_touch(t->common->originals, article.id))
        return hdx_fail_nomem(err);
    if (!status)
        return add_article(t, file, shard, text, &article, err);
    if (err)
        *err = fault;
    return status;
}

/* Adds to the report what was found in a file by the live generation. */
static helpdex_status repeat_notes(hdx_edition *t, size_t first, hdx_str file,
                                   helpdex_error *err)
{
    const hdx_manifest *m = &t->common->live->manifest;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = first; i < m->note_count && !status; i++) {
        const hdx_manifest_note *note = &m->notes[i];
        if (!hdx_str_eq(note->locale, t->was->tag) ||
            (file.len && !hdx_str_eq(note->file, file)))
            continue;
        status =
            hdx_report_add(t->report, HELPDEX_WARNING, note->file.ptr,
                           note->line, note->column, note->message.ptr, err);
    }
    return status;
}

/* A file whose article stays. */
static helpdex_status keep_file(hdx_edition *t, const hdx_layout_file *file,
                                const hdx_look *look, struct sha256_ctx *seen,
                                helpdex_error *err)
{
    hdx_fingerprint_add(seen, file, &look->digest);
    if (!hdx_filebook_note(&t->reading, name_of(t, file), &look->stamp,
                           &look->digest, look->looked))
        return hdx_fail_nomem(err);
    return look->note ? repeat_notes(t, look->note - 1, file->path, err)
                      : HELPDEX_OK;
}

/*
 * The fingerprint is taken anew from the very bytes that are indexed: between
 * the comparing and now a file may have changed.
 */
static helpdex_status index_files(hdx_edition *t, hdx_shard *shard,
                                  helpdex_error *err)
{
    const hdx_edition_common *g = t->common;
    struct sha256_ctx seen;
    helpdex_status status = HELPDEX_OK;
    hdx_fingerprint_start(&seen, g->shared, g->catalog, &t->from->locale);
    for (size_t i = 0; i < t->from->count && !status; i++) {
        const hdx_layout_file *file = &t->from->files[i];
        status = t->partial && t->looks[i].stays
                     ? keep_file(t, file, &t->looks[i], &seen, err)
                     : index_file(t, file, &seen, shard, err);
        g->step(g->context, "indexing");
    }
    t->fingerprint = hdx_digest_end(&seen);
    return status;
}

/* Adds what a source's file says now to the originals; of those that the live
   generation has. */
static helpdex_status load_original(void *context, hdx_str id,
                                    helpdex_error *err)
{
    hdx_edition *t = context;
    const hdx_edition_common *c = t->common;
    const hdx_forwards *was =
        hdx_sources_remembered(c->originals, hdx_str_of(t->from->locale.tag));
    uint32_t ordinal;
    const hdx_forward *forward =
        was ? hdx_forwards_find(was, id, &ordinal) : NULL;
    size_t i = 0;
    if (!forward)
        return HELPDEX_OK;
    hdx_str path = hdx_forward_article_at(forward, ordinal).path;
    while (i < t->from->count && !hdx_str_eq(t->from->files[i].shown, path))
        i++;
    if (i == t->from->count)
        return HELPDEX_OK;
    hdx_arena arena = {0};
    hdx_article article;
    hdx_origin origin = {0};
    hdx_str text;
    const hdx_layout_file *file = &t->from->files[i];
    helpdex_status status =
        hdx_file_read(&arena, file->path.ptr, HDX_ARTICLE_LIMIT, &text, err);
    if (!status)
        status = hdx_article_read(&arena, text, file->path.ptr, file->below,
                                  &article, err);
    if (!status && !article.matter.draft && hdx_str_eq(article.id, id))
        status = hdx_sources_judge(c->originals, &t->from->locale,
                                   &c->layout->default_locale, &arena, &article,
                                   &origin, err);
    hdx_arena_free(&arena);
    return status;
}

/* Decides whether a delta will do. */
static helpdex_status find_change(hdx_edition *t, helpdex_error *err)
{
    const hdx_edition_common *c = t->common;
    t->partial = t->looks &&
                 hdx_str_eq(t->was->setting, hdx_str_of(t->setting.hex)) &&
                 hdx_change_find(&c->live->manifest, t->from, t->original,
                                 c->originals, t->looks, &t->change);
    return !t->partial || !t->original ||
                   hdx_change_touch(&t->change, c->originals)
               ? HELPDEX_OK
               : hdx_fail_nomem(err);
}

/* Writes what tells the files of this locale from those that were read. */
static helpdex_status write_rest(hdx_edition *t, const char *dir,
                                 helpdex_error *err)
{
    hdx_str filebook =
        hdx_arena_format(&t->arena, "%s/" HDX_FILEBOOK_FILE, dir);
    hdx_str gone = hdx_arena_format(&t->arena, "%s/" HDX_GONE_FILE, dir);
    if (!filebook.ptr || !gone.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_filebook_write(&t->reading, filebook.ptr, err);
    if (!status && t->partial && t->change.gone_count)
        status =
            hdx_gone_write(gone.ptr, t->change.gone, t->change.gone_count, err);
    return status;
}

/* Trains the intents of a delta and what stays, if a title or a question of
   the locale is another than before. */
static helpdex_status teach_delta(hdx_edition *t, const char *dir,
                                  const hdx_pack *pack, helpdex_error *err)
{
    bool written;
    hdx_forward *fresh = NULL;
    const hdx_forwards *was = t->change.was;
    hdx_str delta = hdx_arena_format(
        &t->arena, "%s/" HDX_DELTA_DIR "/" HDX_FORWARD_FILE, dir);
    hdx_str to = hdx_arena_format(&t->arena, "%s/" HDX_INTENTS_FILE, dir);
    if (!delta.ptr || !to.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    if (hdx_file_exists(delta.ptr))
        status = hdx_forward_open(delta.ptr, &fresh, err);
    const hdx_intent_source before[2] = {{.forward = was->base},
                                         {.forward = was->delta}};
    const hdx_intent_source now[2] = {
        {.forward = was->base, .stays = t->change.stays}, {.forward = fresh}};
    t->taught =
        !status && hdx_intents_sum(before[0]) + hdx_intents_sum(before[1]) !=
                       hdx_intents_sum(now[0]) + hdx_intents_sum(now[1]);
    if (t->taught)
        status = hdx_intents_train(now, pack, to.ptr, &written, err);
    hdx_forward_free(fresh);
    return status;
}

/* With the articles that stay. */
static void add_staying(hdx_edition *t)
{
    t->stats.articles += t->change.articles;
    t->stats.sections += t->change.sections;
    t->stats.terms = t->was->terms;
}

helpdex_status hdx_edition_index(hdx_edition *edition,
                                 void (*after)(void *context), void *context,
                                 helpdex_error *err)
{
    uint64_t start = hdx_now_ns();
    const hdx_edition_common *c = edition->common;
    const char *tag = edition->from->locale.tag;
    const hdx_pack *pack;
    hdx_shard *shard = NULL;
    hdx_str dir = hdx_arena_format(&edition->arena, "%s/%s", c->draft, tag);
    hdx_str delta =
        hdx_arena_format(&edition->arena, "%s/" HDX_DELTA_DIR, dir.ptr);
    helpdex_status status =
        hdx_catalog_pack(c->catalog, &edition->from->locale, &pack, err);
    if (!status)
        status = find_change(edition, err);
    if (!status)
        status = dir.ptr && delta.ptr
                     ? hdx_shard_new(edition->partial ? delta.ptr : dir.ptr,
                                     tag, pack, &shard, err)
                     : hdx_fail_nomem(err);
    if (!status)
        status = index_files(edition, shard, err);
    if (edition->partial && edition->original)
        hdx_sources_rely(c->originals, load_original, edition);
    if (after)
        after(context);
    if (!status)
        status = hdx_shard_finish(shard, &edition->stats, err);
    if (!status && edition->partial)
        add_staying(edition);
    if (!status && edition->partial)
        status = teach_delta(edition, dir.ptr, pack, err);
    else if (!status && edition->stats.articles)
        status = hdx_intents_build(dir.ptr, pack, err);
    if (!status && edition->stats.articles)
        status = write_rest(edition, dir.ptr, err);
    hdx_shard_free(shard);
    edition->stats.warnings = edition->report->finding_count;
    edition->stats.seconds = (double)(hdx_now_ns() - start) / 1e9;
    return status;
}

helpdex_status hdx_edition_reuse(hdx_edition *edition, helpdex_error *err)
{
    const hdx_manifest_locale *was = edition->was;
    edition->reused = true;
    edition->copies = was->copies;
    edition->stats.articles = was->articles;
    edition->stats.sections = was->sections;
    edition->stats.terms = was->terms;
    edition->stats.warnings = was->notes;
    if (edition->original)
        hdx_sources_rely(edition->common->originals, load_original, edition);
    return repeat_notes(edition, 0, HDX_STR(""), err);
}
