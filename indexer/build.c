/*
 * helpdex_index_build: scans a knowledge base, indexes each locale into a
 * draft, and publishes it. A fault in any article stops the publishing but
 * not the reading, so that a writer sees every fault of a change at once.
 */
#include <helpdex/index.h>

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "indexer/edition.h"
#include "indexer/findings.h"
#include "indexer/measured.h"
#include "indexer/paths.h"
#include "indexer/postings.h"
#include "indexer/rules.h"
#include "indexer/synonyms.h"
#include "indexer/tree.h"
#include "store/generation.h"
#include "text/analyse.h"

enum { JOBS_MOST = 64 };

typedef struct build {
    hdx_arena arena;
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
    hdx_generation *live; /* the index so far; NULL: none to be used */
    hdx_edition_common common;
    hdx_edition *editions; /* one for each locale of the layout */
    size_t planted;        /* of them */
    pthread_mutex_t lock;
    size_t done;  /* articles; behind the lock */
    bool refused; /* a fault stops the publishing */
    helpdex_error first;
    helpdex_error *err;
} build;

void helpdex_index_options_init(helpdex_index_options *options)
{
    *options = (helpdex_index_options){.size = sizeof *options};
}

/* One more article is done. */
static void progress(void *context, const char *stage)
{
    build *b = context;
    pthread_mutex_lock(&b->lock);
    b->done++;
    if (b->options.progress)
        b->options.progress(b->options.progress_context, stage, b->done,
                            b->layout.articles);
    pthread_mutex_unlock(&b->lock);
}

/* The digest of all that the generation is made from. */
static helpdex_status take_fingerprint(build *b)
{
    struct sha256_ctx all;
    hdx_digest_start(&all);
    hdx_digest_add(&all, b->common.shared);
    hdx_catalog_digest(b->catalog, &all);
    hdx_kb_files_digest(&b->rules, &all);
    hdx_kb_files_digest(&b->paths, &all);
    hdx_kb_files_digest(&b->measured, &all);
    for (size_t i = 0; i < b->layout.count; i++)
        hdx_digest_add(&all, hdx_str_of(b->editions[i].fingerprint.hex));
    hdx_digest digest = hdx_digest_end(&all);
    b->manifest.fingerprint = hdx_arena_copy(&b->arena, hdx_str_of(digest.hex));
    return b->manifest.fingerprint.ptr ? HELPDEX_OK : hdx_fail_nomem(b->err);
}

/* Whether the live generation was made from the same; then reports it. */
static bool is_current(build *b)
{
    const hdx_generation *live = b->live;
    if (b->options.full || !live)
        return false;
    bool current =
        live->notice.len == 0 && take_fingerprint(b) == HELPDEX_OK &&
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

/*
 * Work on the editions. The default locale goes first, and the others wait until
 * its articles are known. Of the others the largest go first, so that no thread
 * is left with a long one at the end.
 */
typedef struct crew {
    build *b;
    hdx_edition **order;
    size_t next;
    bool originals_known;
    bool comparing; /* else indexing */
    pthread_mutex_t lock;
    pthread_cond_t known;
    helpdex_status status;
    helpdex_error err; /* the first that came */
} crew;

static void tell_known(void *context)
{
    crew *c = context;
    pthread_mutex_lock(&c->lock);
    c->originals_known = true;
    pthread_cond_broadcast(&c->known);
    pthread_mutex_unlock(&c->lock);
}

static bool wait_for_originals(crew *c)
{
    pthread_mutex_lock(&c->lock);
    while (!c->originals_known)
        pthread_cond_wait(&c->known, &c->lock);
    bool sound = c->status == HELPDEX_OK;
    pthread_mutex_unlock(&c->lock);
    return sound;
}

static helpdex_status work_original(crew *c, hdx_edition *edition,
                                    helpdex_error *err)
{
    if (!edition->unchanged)
        return hdx_edition_index(edition, tell_known, c, err);
    helpdex_status status = hdx_edition_reuse(edition, err);
    tell_known(c);
    return status;
}

/* The files of a translation are what they were if neither it nor what it was
   made from has changed. */
static helpdex_status work_translation(crew *c, hdx_edition *edition,
                                       helpdex_error *err)
{
    const build *b = c->b;
    const hdx_edition *first = &b->editions[0];
    if (!wait_for_originals(c))
        return HELPDEX_OK; /* another thread says why */
    bool same = first->original && first->unchanged;
    if (edition->unchanged && !same)
        same = edition->was->copies == 0 &&
               hdx_sources_agree(b->common.originals, edition->was->tag);
    return edition->unchanged && same
               ? hdx_edition_reuse(edition, err)
               : hdx_edition_index(edition, NULL, NULL, err);
}

static hdx_edition *next_edition(crew *c)
{
    pthread_mutex_lock(&c->lock);
    hdx_edition *edition =
        c->status || c->next == c->b->layout.count ? NULL : c->order[c->next++];
    pthread_mutex_unlock(&c->lock);
    return edition;
}

static void note_failure(crew *c, helpdex_status status,
                         const helpdex_error *err)
{
    pthread_mutex_lock(&c->lock);
    if (status && !c->status) {
        c->status = status;
        c->err = *err;
    }
    pthread_mutex_unlock(&c->lock);
}

static void *work(void *context)
{
    crew *c = context;
    for (hdx_edition *edition; (edition = next_edition(c));) {
        helpdex_error err = {0};
        helpdex_status status = HELPDEX_OK;
        if (c->comparing)
            hdx_edition_compare(edition);
        else
            status = edition->original ? work_original(c, edition, &err)
                                       : work_translation(c, edition, &err);
        note_failure(c, status, &err);
        if (edition->original)
            tell_known(c); /* if it failed, too: nobody waits in vain */
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    const hdx_edition *x = *(hdx_edition *const *)a,
                      *y = *(hdx_edition *const *)b;
    if (x->original != y->original)
        return x->original ? -1 : 1;
    if (x->from->count != y->from->count)
        return x->from->count > y->from->count ? -1 : 1;
    return strcmp(x->from->locale.tag, y->from->locale.tag);
}

/* How many threads to work with; 0 asked: one for each processor. */
static size_t count_jobs(unsigned asked)
{
    long here = asked ? (long)asked : sysconf(_SC_NPROCESSORS_ONLN);
    return here < 1 ? 1 : here > JOBS_MOST ? JOBS_MOST : (size_t)here;
}

/* One thread is this one; where no more can be had, it does all. */
static helpdex_status run_crew(build *b, bool comparing)
{
    crew c = {.b = b,
              .comparing = comparing,
              .originals_known = !b->editions[0].original,
              .lock = PTHREAD_MUTEX_INITIALIZER,
              .known = PTHREAD_COND_INITIALIZER};
    b->done = 0;
    pthread_t threads[JOBS_MOST];
    size_t jobs = count_jobs(b->options.jobs), started = 0;
    c.order =
        hdx_arena_alloc(&b->arena, b->layout.count * sizeof(hdx_edition *));
    if (!c.order)
        return hdx_fail_nomem(b->err);
    for (size_t i = 0; i < b->layout.count; i++)
        c.order[i] = &b->editions[i];
    qsort(c.order, b->layout.count, sizeof(hdx_edition *), by_size);
    while (started + 1 < jobs && started + 1 < b->layout.count &&
           pthread_create(&threads[started], NULL, work, &c) == 0)
        started++;
    work(&c);
    while (started)
        pthread_join(threads[--started], NULL);
    pthread_cond_destroy(&c.known);
    pthread_mutex_destroy(&c.lock);
    if (c.status)
        *b->err = c.err;
    return c.status;
}

/* Puts together what the threads found, in the order of the layout. */
static helpdex_status gather(build *b, hdx_edition *edition)
{
    helpdex_status status = HELPDEX_OK;
    const helpdex_report *from = edition->report;
    edition->first_finding = b->report->finding_count;
    for (size_t i = 0; i < from->finding_count && !status; i++) {
        const helpdex_finding *f = &from->findings[i];
        status = hdx_report_add(b->report, f->severity, f->file, f->line,
                                f->column, f->message, b->err);
    }
    if (edition->refused && !b->refused)
        b->first = edition->first;
    b->refused = b->refused || edition->refused;
    if (!status && edition->reused)
        status = hdx_draft_reuse(b->draft, b->live, edition->was->tag, b->err);
    if (!status && edition->partial)
        status = hdx_draft_reuse_base(
            b->draft, b->live, edition->was->tag,
            edition->taught ? HDX_STR(HDX_INTENTS_FILE) : HDX_STR(""), b->err);
    if (!status && edition->stats.articles)
        status = hdx_report_add_locale(b->report, &edition->stats, b->err);
    return status;
}

static helpdex_status index_locales(build *b)
{
    helpdex_status status = run_crew(b, false);
    for (size_t i = 0; i < b->layout.count && !status; i++)
        status = gather(b, &b->editions[i]);
    return status ? status : take_fingerprint(b);
}

/* A copy of the packs, which searches of this generation will use. */
static helpdex_status write_packs(build *b)
{
    hdx_str dir = hdx_arena_format(&b->arena, "%s/" HDX_PACKS_DIR,
                                   hdx_draft_path(b->draft));
    helpdex_status status =
        dir.ptr ? hdx_dir_make(dir.ptr, b->err) : hdx_fail_nomem(b->err);
    for (size_t i = 0; i < hdx_catalog_count(b->catalog) && !status; i++) {
        hdx_str name = hdx_arena_format(&b->arena, HDX_PACKS_DIR "/%s.yml",
                                        hdx_catalog_tag(b->catalog, i).ptr);
        status = name.ptr
                     ? hdx_draft_put(b->draft, b->live, name,
                                     hdx_catalog_text(b->catalog, i), b->err)
                     : hdx_fail_nomem(b->err);
    }
    return status;
}

static int by_tag(const void *a, const void *b)
{
    return strcmp(((const helpdex_locale_stats *)a)->locale,
                  ((const helpdex_locale_stats *)b)->locale);
}

/* The locale whose articles a finding is about; empty: none's. */
static hdx_str locale_of(const build *b, size_t finding)
{
    for (size_t i = 0; i < b->layout.count; i++) {
        const hdx_edition *t = &b->editions[i];
        if (finding >= t->first_finding &&
            finding - t->first_finding < t->report->finding_count)
            return hdx_str_of(t->from->locale.tag);
    }
    return HDX_STR("");
}

static const hdx_edition *edition_of(const build *b, const char *tag)
{
    size_t i = 0;
    while (strcmp(b->editions[i].from->locale.tag, tag) != 0)
        i++;
    return &b->editions[i];
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
            (hdx_manifest_note){.locale = locale_of(b, i),
                                .file = hdx_str_of(from->file),
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
    for (size_t i = 0; i < r->locale_count; i++) {
        const hdx_edition *edition = edition_of(b, r->locales[i].locale);
        m->locales[i] = (hdx_manifest_locale){
            .tag = hdx_str_of(r->locales[i].locale),
            .articles = edition->stats.articles,
            .sections = edition->stats.sections,
            .terms = edition->stats.terms,
            .notes = edition->stats.warnings,
            .copies = edition->copies,
            .fingerprint = hdx_str_of(edition->fingerprint.hex),
            .setting = hdx_str_of(edition->setting.hex)};
    }
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
        status = hdx_draft_publish(b->draft, b->stamp, b->live, m, &r->arena,
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

/* Makes an edition of each locale. */
static helpdex_status plant(build *b)
{
    b->common = (hdx_edition_common){.layout = &b->layout,
                                     .catalog = b->catalog,
                                     .live = b->live,
                                     .step = progress,
                                     .context = b};
    b->common.shared = hdx_fingerprint_shared(&b->arena, b->stamp, &b->layout);
    b->editions =
        hdx_arena_alloc(&b->arena, b->layout.count * sizeof *b->editions);
    helpdex_status status = b->editions && b->common.shared.ptr
                                ? HELPDEX_OK
                                : hdx_fail_nomem(b->err);
    for (size_t i = 0; i < b->layout.count && !status; i++, b->planted++)
        status = hdx_edition_init(&b->editions[i], &b->common,
                                  &b->layout.locales[i], b->err);
    return status;
}

/* Which locales have changed; a full build does not ask. */
static helpdex_status compare_editions(build *b)
{
    return b->options.full || !b->live ? HELPDEX_OK : run_crew(b, true);
}

/* Opens the index so far, which is verified; the sources are scanned
   meanwhile. */
static void *open_live(void *context)
{
    build *b = context;
    if (hdx_generation_open(b->index_dir, b->stamp, &b->live, NULL))
        b->live = NULL;
    return NULL;
}

static helpdex_status run(build *b)
{
    pthread_t opener;
    bool apart = count_jobs(b->options.jobs) > 1 &&
                 pthread_create(&opener, NULL, open_live, b) == 0;
    helpdex_status status = prepare(b);
    if (apart)
        pthread_join(opener, NULL);
    else if (!status)
        open_live(b);
    if (!status)
        status = plant(b);
    if (!status)
        status = compare_editions(b);
    if (status || is_current(b))
        return status;
    status = hdx_draft_begin(b->index_dir, &b->draft, b->err);
    if (!status)
        status = hdx_sources_open(remembers(b) ? b->live : NULL,
                                  &b->common.originals, b->err);
    if (!status) {
        b->common.draft = hdx_draft_path(b->draft);
        status = index_locales(b);
    }
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
               .lock = PTHREAD_MUTEX_INITIALIZER,
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
    for (size_t i = 0; i < b.planted; i++)
        hdx_edition_free(&b.editions[i]);
    hdx_sources_free(b.common.originals);
    pthread_mutex_destroy(&b.lock);
    hdx_generation_free(b.live);
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
