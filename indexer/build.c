/*
 * helpdex_index_build: scans a knowledge base, indexes each locale into a
 * draft, and publishes it. A fault in any article stops the publishing but
 * not the reading, so that a writer sees every fault of a change at once.
 */
#include <helpdex/index.h>

#include <stdlib.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "indexer/article.h"
#include "indexer/findings.h"
#include "indexer/intents.h"
#include "indexer/measured.h"
#include "indexer/paths.h"
#include "indexer/postings.h"
#include "indexer/rules.h"
#include "indexer/shard.h"
#include "indexer/sources.h"
#include "indexer/synonyms.h"
#include "indexer/tree.h"
#include "store/generation.h"

typedef struct build {
    hdx_arena arena;
    hdx_arena article; /* of the one at work */
    helpdex_index_options options;
    const char *kb_dir;
    const char *index_dir;
    hdx_catalog *catalog;
    hdx_layout layout;
    hdx_kb_files rules;
    hdx_kb_files paths;
    hdx_kb_files measured;
    hdx_stamp stamp;
    hdx_draft *draft;
    hdx_manifest manifest;
    helpdex_report *report;
    struct sha256_ctx sources; /* of what decides what the index will hold */
    hdx_generation *live;      /* the index so far; NULL: none to be used */
    hdx_sources *originals;    /* the default locale's articles */
    size_t done;               /* articles */
    bool refused;              /* a fault stops the publishing */
    helpdex_error first;
    helpdex_error *err;
} build;

void helpdex_index_options_init(helpdex_index_options *options)
{
    *options = (helpdex_index_options){.size = sizeof *options};
}

/* One more article is done. */
static void progress(build *b, const char *stage)
{
    b->done++;
    if (b->options.progress)
        b->options.progress(b->options.progress_context, stage, b->done,
                            b->layout.articles);
}

/* Begins the digest of all sources with what is known before the articles. */
static helpdex_status start_fingerprint(build *b)
{
    hdx_str stamp = hdx_arena_format(
        &b->arena, "%d %u %s %s", (int)HDX_SCHEMA_VERSION, b->stamp.analyser,
        b->stamp.icu, b->layout.default_locale.tag);
    if (!stamp.ptr)
        return hdx_fail_nomem(b->err);
    b->done = 0;
    hdx_digest_start(&b->sources);
    hdx_digest_add(&b->sources, stamp);
    hdx_digest_add(&b->sources, b->layout.config);
    hdx_catalog_digest(b->catalog, &b->sources);
    hdx_kb_files_digest(&b->rules, &b->sources);
    hdx_kb_files_digest(&b->paths, &b->sources);
    hdx_kb_files_digest(&b->measured, &b->sources);
    return HELPDEX_OK;
}

static void add_source(build *b, const hdx_layout_locale *from,
                       const hdx_layout_file *file, hdx_str text)
{
    hdx_digest_add(&b->sources, hdx_str_of(from->locale.tag));
    hdx_digest_add(&b->sources, file->shown);
    hdx_digest_add(&b->sources, text);
}

/* Ends the digest; the articles came in the order of the layout. */
static helpdex_status end_fingerprint(build *b)
{
    hdx_digest digest = hdx_digest_end(&b->sources);
    b->manifest.fingerprint = hdx_arena_copy(&b->arena, hdx_str_of(digest.hex));
    return b->manifest.fingerprint.ptr ? HELPDEX_OK : hdx_fail_nomem(b->err);
}

/* Digests all articles without indexing them. False: one cannot be read. */
static bool take_fingerprint(build *b)
{
    if (start_fingerprint(b))
        return false;
    for (size_t i = 0; i < b->layout.count; i++) {
        const hdx_layout_locale *from = &b->layout.locales[i];
        for (size_t n = 0; n < from->count; n++) {
            hdx_str text;
            hdx_arena_reset(&b->article);
            if (hdx_file_read(&b->article, from->files[n].path.ptr,
                              HDX_ARTICLE_LIMIT, &text, NULL))
                return false;
            add_source(b, from, &from->files[n], text);
            progress(b, "reading");
        }
    }
    return end_fingerprint(b) == HELPDEX_OK;
}

/* Whether the live generation was made from the same; then reports it. */
static bool is_current(build *b)
{
    const hdx_generation *live = b->live;
    if (b->options.full || !live)
        return false;
    bool current =
        live->notice.len == 0 && take_fingerprint(b) &&
        hdx_str_eq(live->manifest.fingerprint, b->manifest.fingerprint);
    for (size_t i = 0; current && i < live->manifest.locale_count; i++) {
        const hdx_manifest_locale *from = &live->manifest.locales[i];
        helpdex_locale_stats stats = {.locale = from->tag.ptr,
                                      .articles = from->articles,
                                      .sections = from->sections,
                                      .terms = from->terms,
                                      .warnings = from->notes};
        current = hdx_report_add_locale(b->report, &stats, NULL) == HELPDEX_OK;
    }
    /* The scan has made its own warnings again; the others come from then. */
    if (current)
        hdx_report_keep_notes(b->report);
    for (size_t i = 0; current && i < live->manifest.note_count; i++) {
        const hdx_manifest_note *note = &live->manifest.notes[i];
        current = hdx_report_add(b->report, HELPDEX_WARNING, note->file.ptr,
                                 note->line, note->column, note->message.ptr,
                                 NULL) == HELPDEX_OK;
    }
    if (current) {
        b->report->generation = hdx_arena_copy(&b->report->arena, live->name);
        current = b->report->generation.ptr != NULL;
    }
    if (!current)
        b->report->locale_count = 0;
    return current;
}

/* A fault of one file: kept as a finding, and the build goes on. */
static helpdex_status refuse(build *b, const helpdex_error *why)
{
    if (!b->refused)
        b->first = *why;
    b->refused = true;
    return hdx_report_add_error(b->report, why, b->err);
}

static helpdex_status warn(build *b, const hdx_layout_file *file,
                           const char *what)
{
    return hdx_report_add(b->report, HELPDEX_WARNING, file->path.ptr, 0, 0,
                          what, b->err);
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

/* Adds an article that was read, unless it is to be left out. */
static helpdex_status add_article(build *b, hdx_arena *arena,
                                  const hdx_layout_locale *from,
                                  const hdx_layout_file *file, hdx_shard *shard,
                                  hdx_str text, hdx_article *article)
{
    helpdex_status status = HELPDEX_OK;
    const hdx_notice *notice = &article->notice;
    if (notice->what)
        status =
            hdx_report_add(b->report, HELPDEX_WARNING, file->path.ptr,
                           notice->line, notice->column, notice->what, b->err);
    if (article->matter.draft)
        return status;
    hdx_origin origin = {.path = file->shown};
    bool original = strcmp(from->locale.tag, b->layout.default_locale.tag) == 0;
    if (!status)
        status = hdx_sources_judge(b->originals, &from->locale,
                                   &b->layout.default_locale, arena, article,
                                   &origin, b->err);
    if (status)
        return status;
    if (article->missing) {
        hdx_str message = hdx_arena_format(
            arena, "counts as missing, because %s; %s it", article->missing,
            original ? "write" : "translate");
        return message.ptr ? warn(b, file, message.ptr)
                           : hdx_fail_nomem(b->err);
    }
    origin.url =
        fill_url(arena, b->layout.url, from->locale.tag, article, file->shown);
    if (!origin.url.ptr)
        return hdx_fail_nomem(b->err);
    const char *other = hdx_shard_path_of(shard, article->id);
    if (other) {
        helpdex_error twice;
        hdx_fail_at(&twice, HELPDEX_BAD_INPUT, file->path.ptr, 0, 0,
                    "its id \"%.*s\" is that of %s too; give one of them "
                    "another",
                    HDX_FMT(article->id), other);
        return refuse(b, &twice);
    }
    return hdx_shard_add(shard, article, &origin, text, b->err);
}

static helpdex_status index_file(build *b, const hdx_layout_locale *from,
                                 const hdx_layout_file *file, hdx_shard *shard)
{
    hdx_arena *arena = &b->article;
    hdx_article article;
    hdx_str text;
    helpdex_error fault;
    hdx_arena_reset(arena);
    helpdex_status status =
        hdx_file_read(arena, file->path.ptr, HDX_ARTICLE_LIMIT, &text, &fault);
    if (!status)
        add_source(b, from, file, text);
    if (!status)
        status = hdx_article_read(arena, text, file->path.ptr, file->below,
                                  &article, &fault);
    if (status == HELPDEX_BAD_INPUT)
        status = refuse(b, &fault);
    else if (status)
        *b->err = fault;
    else
        status = add_article(b, arena, from, file, shard, text, &article);
    return status;
}

static helpdex_status index_locale(build *b, const hdx_layout_locale *from)
{
    uint64_t start = hdx_now_ns();
    size_t findings = b->report->finding_count;
    const hdx_pack *pack;
    hdx_shard *shard = NULL;
    hdx_str dir = hdx_arena_format(&b->arena, "%s/%s", hdx_draft_path(b->draft),
                                   from->locale.tag);
    helpdex_status status =
        hdx_catalog_pack(b->catalog, &from->locale, &pack, b->err);
    if (!status)
        status = dir.ptr ? hdx_shard_new(dir.ptr, from->locale.tag, pack,
                                         &shard, b->err)
                         : hdx_fail_nomem(b->err);
    for (size_t i = 0; i < from->count && !status; i++) {
        status = index_file(b, from, &from->files[i], shard);
        progress(b, "indexing");
    }
    helpdex_locale_stats stats = {.locale = from->locale.tag};
    if (!status)
        status = hdx_shard_finish(shard, &stats, b->err);
    hdx_shard_free(shard);
    if (!status && stats.articles)
        status = hdx_intents_build(dir.ptr, pack, b->err);
    stats.warnings = b->report->finding_count - findings;
    stats.seconds = (double)(hdx_now_ns() - start) / 1e9;
    if (!status && stats.articles)
        status = hdx_report_add_locale(b->report, &stats, b->err);
    return status;
}

static helpdex_status index_locales(build *b)
{
    helpdex_status status = start_fingerprint(b);
    for (size_t i = 0; i < b->layout.count && !status; i++)
        status = index_locale(b, &b->layout.locales[i]);
    return status ? status : end_fingerprint(b);
}

/* A copy of the packs, which searches of this generation will use. */
static helpdex_status write_packs(build *b)
{
    hdx_str dir = hdx_arena_format(&b->arena, "%s/" HDX_PACKS_DIR,
                                   hdx_draft_path(b->draft));
    helpdex_status status =
        dir.ptr ? hdx_dir_make(dir.ptr, b->err) : hdx_fail_nomem(b->err);
    for (size_t i = 0; i < hdx_catalog_count(b->catalog) && !status; i++) {
        hdx_str path = hdx_arena_format(&b->arena, "%s/%s.yml", dir.ptr,
                                        hdx_catalog_tag(b->catalog, i).ptr);
        status = path.ptr
                     ? hdx_file_write(path.ptr, hdx_catalog_text(b->catalog, i),
                                      b->err)
                     : hdx_fail_nomem(b->err);
    }
    return status;
}

static int by_tag(const void *a, const void *b)
{
    return strcmp(((const helpdex_locale_stats *)a)->locale,
                  ((const helpdex_locale_stats *)b)->locale);
}

/* The findings of this build, for whoever builds the same again. */
static helpdex_status add_notes(build *b)
{
    const helpdex_report *r = b->report;
    hdx_manifest *m = &b->manifest;
    m->notes =
        hdx_arena_alloc(&b->arena, (r->finding_count + 1) * sizeof *m->notes);
    if (!m->notes)
        return hdx_fail_nomem(b->err);
    for (size_t i = 0; i < r->finding_count; i++) {
        const helpdex_finding *from = &r->findings[i];
        if (from->severity == HELPDEX_NOTE)
            continue; /* every scan makes them again */
        m->notes[m->note_count++] =
            (hdx_manifest_note){.file = hdx_str_of(from->file),
                                .line = from->line,
                                .column = from->column,
                                .message = hdx_str_of(from->message)};
    }
    return HELPDEX_OK;
}

static helpdex_status publish(build *b)
{
    helpdex_report *r = b->report;
    hdx_manifest *m = &b->manifest;
    if (r->locale_count == 0)
        return hdx_fail_at(b->err, HELPDEX_BAD_INPUT, b->kb_dir, 0, 0,
                           "every article is a draft or counts as missing; "
                           "nothing can be published");
    qsort(r->locales, r->locale_count, sizeof *r->locales, by_tag);
    m->default_locale = hdx_str_of(b->layout.default_locale.tag);
    m->contact = b->layout.contact;
    m->locale_count = r->locale_count;
    m->locales =
        hdx_arena_alloc(&b->arena, r->locale_count * sizeof *m->locales);
    if (!m->locales)
        return hdx_fail_nomem(b->err);
    for (size_t i = 0; i < r->locale_count; i++)
        m->locales[i] =
            (hdx_manifest_locale){.tag = hdx_str_of(r->locales[i].locale),
                                  .articles = r->locales[i].articles,
                                  .sections = r->locales[i].sections,
                                  .terms = r->locales[i].terms,
                                  .notes = r->locales[i].warnings};
    if (b->options.progress)
        b->options.progress(b->options.progress_context, "publishing",
                            b->layout.articles, b->layout.articles);
    helpdex_status status = write_packs(b);
    if (!status)
        status =
            hdx_kb_files_write(&b->rules, hdx_draft_path(b->draft), b->err);
    if (!status)
        status =
            hdx_kb_files_write(&b->paths, hdx_draft_path(b->draft), b->err);
    if (!status)
        status =
            hdx_kb_files_write(&b->measured, hdx_draft_path(b->draft), b->err);
    if (!status)
        status = add_notes(b);
    if (!status)
        status = hdx_draft_publish(b->draft, b->stamp, m, &r->arena,
                                   &r->generation, b->err);
    r->published = status == HELPDEX_OK;
    return status;
}

static helpdex_status prepare(build *b)
{
    const char *tag = b->options.locale;
    hdx_tree tree;
    helpdex_status status =
        hdx_tree_open(&b->arena, b->kb_dir, tag, b->options.locales_dir,
                      b->report, &tree, b->err);
    b->catalog = tree.catalog;
    b->layout = tree.layout;
    if (!status && !tag) /* one flat tree has articles alone */
        status = hdx_kb_files_read(&b->arena, b->kb_dir, HDX_RULES_DIR,
                                   b->report, &b->rules, b->err);
    if (!status && !tag)
        status = hdx_kb_files_read(&b->arena, b->kb_dir, HDX_PATHS_DIR,
                                   b->report, &b->paths, b->err);
    if (!status && !tag)
        status = hdx_kb_files_read(&b->arena, b->kb_dir, HDX_CALIBRATION_DIR,
                                   b->report, &b->measured, b->err);
    if (!status)
        status = hdx_synonyms_check(b->catalog, &b->layout, &b->arena,
                                    b->report, b->err);
    return status;
}

/* Whether the index so far knows what today's translations were made from. */
static bool remembers(const build *b)
{
    return b->live && hdx_str_eq(b->live->manifest.default_locale,
                                 hdx_str_of(b->layout.default_locale.tag));
}

static void stop_for(build *b, const helpdex_error *fault)
{
    if (fault->status && !b->refused)
        b->first = *fault;
    b->refused = b->refused || fault->status;
}

/* Rules and paths are checked last: they speak of articles. */
static helpdex_status check_rules(build *b)
{
    helpdex_error fault;
    const char *draft = b->refused ? NULL : hdx_draft_path(b->draft);
    helpdex_status status = hdx_rules_check(
        &b->rules, draft, b->catalog, hdx_clock(), b->report, &fault, b->err);
    if (status)
        return status;
    stop_for(b, &fault);
    status = hdx_path_files_check(&b->paths, draft, &b->layout.default_locale,
                                  b->report, &fault, b->err);
    if (status)
        return status;
    stop_for(b, &fault);
    status = hdx_measured_files_check(&b->measured, b->report, &fault, b->err);
    if (!status)
        stop_for(b, &fault);
    return status;
}

static helpdex_status run(build *b)
{
    helpdex_status status = prepare(b);
    if (status)
        return status;
    if (hdx_generation_open(b->index_dir, b->stamp, &b->live, NULL))
        b->live = NULL;
    if (is_current(b))
        return status;
    status = hdx_draft_begin(b->index_dir, &b->draft, b->err);
    if (!status)
        status = hdx_sources_open(remembers(b) ? b->live : NULL, &b->originals,
                                  b->err);
    if (!status)
        status = index_locales(b);
    if (!status)
        status = check_rules(b);
    if (!status && b->refused) {
        *b->err = b->first;
        return HELPDEX_BAD_INPUT;
    }
    return status ? status : publish(b);
}

helpdex_status helpdex_index_build(const char *kb_dir, const char *index_dir,
                                   const helpdex_index_options *options,
                                   helpdex_report **out, helpdex_error *err)
{
    helpdex_error ignored;
    char icu[HDX_ICU_VERSION_SIZE];
    hdx_analyser_icu(icu);
    build b = {.kb_dir = kb_dir,
               .index_dir = index_dir,
               .stamp = {HDX_ANALYSER_VERSION, icu},
               .err = err ? err : &ignored};
    *out = NULL;
    helpdex_index_options_init(&b.options);
    if (options && options->size != sizeof *options)
        return hdx_fail(err, HELPDEX_INVALID,
                        "options of another version; call "
                        "helpdex_index_options_init first");
    if (options)
        b.options = *options;
    helpdex_status status = hdx_report_new(&b.report, err);
    if (status)
        return status;
    status = run(&b);
    hdx_draft_free(b.draft);
    hdx_catalog_free(b.catalog);
    hdx_sources_free(b.originals);
    hdx_generation_free(b.live);
    hdx_arena_free(&b.article);
    hdx_arena_free(&b.arena);
    /* A fault outside the articles is no finding yet. */
    if (status == HELPDEX_BAD_INPUT && !b.refused &&
        hdx_report_add_error(b.report, b.err, NULL))
        status = HELPDEX_NOMEM;
    if (status && status != HELPDEX_BAD_INPUT)
        helpdex_report_free(b.report);
    else
        *out = b.report;
    return status;
}
