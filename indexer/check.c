/*
 * helpdex_check: reads a knowledge base as a build would, lets every rule look
 * at it, and gives what they found in the order of files and lines. Articles
 * stay in memory, because links and ids are between them.
 */
#include <helpdex/check.h>

#include <stdlib.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "indexer/lint.h"
#include "indexer/tree.h"
#include "store/generation.h"
#include "text/analyse.h"

void helpdex_check_options_init(helpdex_check_options *options)
{
    *options = (helpdex_check_options){.size = sizeof *options};
}

size_t helpdex_check_rule_count(void)
{
    return hdx_lint_rule_count;
}

bool helpdex_check_rule_at(size_t at, helpdex_check_rule *out)
{
    if (at >= hdx_lint_rule_count)
        return false;
    const hdx_lint_rule *rule = &hdx_lint_rules[at];
    *out = (helpdex_check_rule){rule->id, rule->severity, rule->summary};
    return true;
}

static void say(hdx_lint *l, const char *rule, hdx_lint_doc *doc,
                const helpdex_error *why)
{
    l->rule = hdx_lint_rule_of(hdx_str_of(rule));
    hdx_lint_add_at(l, doc, why->file[0] ? why->file : l->kb_dir, why->line,
                    why->column, why->message);
}

/* What the scan left out is worth a finding, how it read the folder is not. */
static void take_scan(hdx_lint *l)
{
    l->rule = hdx_lint_rule_of(HDX_STR("left-out"));
    for (size_t i = 0; i < l->scanned->finding_count; i++) {
        const helpdex_finding *f = &l->scanned->findings[i];
        if (f->severity != HELPDEX_NOTE)
            hdx_lint_add_at(l, NULL, f->file, f->line, f->column, f->message);
    }
}

/* Reads one article. A fault is a finding, but for a failing system. */
static helpdex_status read_doc(hdx_lint *l, hdx_lint_doc *doc,
                               helpdex_error *err)
{
    helpdex_error fault;
    hdx_str text;
    const char *path = doc->file->path.ptr;
    helpdex_status status =
        hdx_file_read(&l->arena, path, HDX_ARTICLE_LIMIT, &text, &fault);
    if (!status) {
        doc->text = text;
        status = hdx_article_read(&l->arena, text, path, doc->file->below,
                                  &doc->article, &fault);
    }
    if (status == HELPDEX_NOMEM)
        return hdx_fail_nomem(err);
    if (status) {
        say(l, "unreadable", doc, &fault);
        return HELPDEX_OK;
    }
    doc->readable = true;
    return hdx_outline_read(&l->arena, text, doc->article.matter.body,
                            &doc->outline)
               ? HELPDEX_OK
               : hdx_fail_nomem(err);
}

/* What an article was made from; those of the default locale come first. That
   one is a copy is for its rule to say. */
static helpdex_status judge_doc(hdx_lint *l, hdx_lint_doc *doc,
                                helpdex_error *err)
{
    const char *missing = doc->article.missing;
    helpdex_status status = hdx_sources_judge(
        l->originals, &doc->from->locale, &l->layout.default_locale, &l->arena,
        &doc->article, &doc->origin, err);
    doc->is_copy = !doc->original && doc->article.missing != missing;
    if (doc->is_copy)
        doc->article.missing = missing;
    return status;
}

static helpdex_status read_docs(hdx_lint *l, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    l->docs =
        hdx_arena_alloc(&l->arena, (l->layout.articles + 1) * sizeof *l->docs);
    if (!l->docs)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < l->layout.count; i++) {
        const hdx_layout_locale *from = &l->layout.locales[i];
        bool original =
            strcmp(from->locale.tag, l->layout.default_locale.tag) == 0;
        for (size_t n = 0; n < from->count && !status; n++) {
            hdx_lint_doc *doc = &l->docs[l->count++];
            *doc = (hdx_lint_doc){.from = from,
                                  .file = &from->files[n],
                                  .text = HDX_STR(""),
                                  .original = original};
            status = read_doc(l, doc, err);
            if (!status && doc->readable && !doc->article.matter.draft)
                status = judge_doc(l, doc, err);
        }
    }
    return status;
}

static void apply_rules(hdx_lint *l)
{
    hdx_lint_list_pages(l);
    for (size_t i = 0; i < hdx_lint_rule_count && !l->failed; i++) {
        l->rule = &hdx_lint_rules[i];
        for (size_t n = 0; l->rule->article && n < l->count && !l->failed; n++)
            if (l->docs[n].readable)
                l->rule->article(l, &l->docs[n]);
        if (l->rule->whole)
            l->rule->whole(l);
    }
}

/* Articles in their order, what is about none of them first. */
static int by_place(const void *a, const void *b)
{
    const hdx_lint_finding *x = a, *y = b;
    if (x->doc != y->doc)
        return !x->doc || (y->doc && x->doc < y->doc) ? -1 : 1;
    int files = strcmp(x->file, y->file);
    if (files)
        return files;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    int rules = (x->rule > y->rule) - (x->rule < y->rule);
    return rules ? rules : strcmp(x->message, y->message);
}

/* The line that a finding is about, without what may change beside it. */
static hdx_str line_of(const hdx_lint_finding *f)
{
    hdx_str line = HDX_STR("");
    if (!f->doc || !f->line)
        return HDX_STR("");
    size_t at = hdx_lint_offset(f->doc->text, f->line, 1);
    hdx_str rest = {f->doc->text.ptr + at, f->doc->text.len - at};
    hdx_str_line(&rest, &line);
    return hdx_str_trim(line);
}

/* Sixteen digits tell more findings apart than anyone can read. */
static hdx_str fingerprint(const hdx_lint *l, const hdx_lint_finding *f,
                           hdx_arena *arena)
{
    enum { DIGITS = 16 };
    struct sha256_ctx context;
    size_t folder = strlen(l->kb_dir) + 1;
    bool below = strlen(f->file) > folder &&
                 strncmp(f->file, l->kb_dir, folder - 1) == 0;
    hdx_digest_start(&context);
    hdx_digest_add(&context, hdx_str_of(f->rule->id));
    hdx_digest_add(&context, hdx_str_of(below ? f->file + folder : f->file));
    hdx_digest_add(&context, line_of(f));
    hdx_digest digest = hdx_digest_end(&context);
    return hdx_arena_copy(arena, (hdx_str){digest.hex, DIGITS});
}

static helpdex_status give_findings(hdx_lint *l, helpdex_report *out,
                                    helpdex_error *err)
{
    for (size_t i = 0; i < l->finding_count; i++) {
        const hdx_lint_finding *f = &l->findings[i];
        hdx_str mark = fingerprint(l, f, &out->arena);
        helpdex_status status =
            mark.ptr ? hdx_report_add(out, f->rule->severity, f->file, f->line,
                                      f->column, f->message, err)
                     : hdx_fail_nomem(err);
        if (status)
            return status;
        helpdex_finding *to = &out->findings[out->finding_count - 1];
        to->rule = f->rule->id;
        to->fingerprint = mark.ptr;
        to->fixable = f->edit_count > 0;
        to->fixed = f->fixed;
    }
    return HELPDEX_OK;
}

/* How much was checked. */
static helpdex_status give_figures(const hdx_lint *l, uint64_t start,
                                   helpdex_report *out, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < l->layout.count && !status; i++) {
        helpdex_locale_stats stats = {.locale = l->layout.locales[i].locale.tag,
                                      .articles = l->layout.locales[i].count,
                                      .seconds =
                                          (double)(hdx_now_ns() - start) / 1e9};
        for (size_t n = 0; n < l->finding_count; n++)
            stats.warnings += l->findings[n].doc &&
                              l->findings[n].doc->from == &l->layout.locales[i];
        status = hdx_report_add_locale(out, &stats, err);
    }
    return status;
}

static helpdex_status open_sources(hdx_lint *l, const char *index_dir,
                                   hdx_generation **live, helpdex_error *err)
{
    char icu[HDX_ICU_VERSION_SIZE];
    hdx_analyser_icu(icu);
    hdx_stamp stamp = {HDX_ANALYSER_VERSION, icu};
    if (!index_dir || hdx_generation_open(index_dir, stamp, live, NULL))
        *live = NULL;
    bool remembers =
        *live && hdx_str_eq((*live)->manifest.default_locale,
                            hdx_str_of(l->layout.default_locale.tag));
    return hdx_sources_open(remembers ? *live : NULL, &l->originals, err);
}

/* Reads and judges everything; a folder that cannot be read as a knowledge base
   is a finding too. */
static helpdex_status judge(hdx_lint *l, const helpdex_check_options *o,
                            hdx_generation **live, helpdex_error *err)
{
    hdx_tree tree;
    helpdex_error fault;
    helpdex_status status =
        hdx_tree_open(&l->arena, l->kb_dir, o->locale, o->locales_dir,
                      l->scanned, &tree, &fault);
    l->catalog = tree.catalog;
    l->layout = tree.layout;
    take_scan(l);
    if (status == HELPDEX_BAD_INPUT) {
        l->layout = (hdx_layout){.url = HDX_STR("")};
        say(l, "unreadable", NULL, &fault);
        return HELPDEX_OK;
    }
    if (status) {
        *err = fault;
        return status;
    }
    status = open_sources(l, o->index_dir, live, err);
    if (!status)
        status = read_docs(l, err);
    if (!status)
        apply_rules(l);
    return status || !l->failed ? status : hdx_fail_nomem(err);
}

static helpdex_status conclude(hdx_lint *l, bool fix, uint64_t start,
                               helpdex_report *out, helpdex_error *err)
{
    hdx_lint_drop_disabled(l);
    if (l->finding_count)
        qsort(l->findings, l->finding_count, sizeof *l->findings, by_place);
    helpdex_status status = fix ? hdx_lint_mend(l, err) : HELPDEX_OK;
    if (!status)
        status = give_findings(l, out, err);
    return status ? status : give_figures(l, start, out, err);
}

static void release(hdx_lint *l, hdx_generation *live)
{
    for (size_t i = 0; i < l->count; i++)
        hdx_outline_free(&l->docs[i].outline);
    for (size_t i = 0; l->pages && i < l->layout.count; i++)
        hdx_map_free(&l->pages[i]);
    hdx_map_free(&l->folders);
    hdx_map_free(&l->asset_folders);
    hdx_sources_free(l->originals);
    hdx_catalog_free(l->catalog);
    hdx_generation_free(live);
    free(l->findings);
    hdx_arena_free(&l->arena);
}

helpdex_status helpdex_check(const char *kb_dir,
                             const helpdex_check_options *options,
                             helpdex_report **out, helpdex_error *err)
{
    helpdex_error ignored;
    helpdex_check_options o;
    hdx_generation *live = NULL;
    hdx_lint l = {.kb_dir = kb_dir};
    uint64_t start = hdx_now_ns();
    *out = NULL;
    err = err ? err : &ignored;
    helpdex_check_options_init(&o);
    if (options && options->size != sizeof *options)
        return hdx_fail(err, HELPDEX_INVALID,
                        "options of another version; call "
                        "helpdex_check_options_init first");
    if (options)
        o = *options;
    helpdex_report *report = NULL;
    helpdex_status status = hdx_report_new(&report, err);
    if (!status)
        status = hdx_report_new(&l.scanned, err);
    if (!status)
        status = judge(&l, &o, &live, err);
    if (!status)
        status = conclude(&l, o.fix, start, report, err);
    release(&l, live);
    helpdex_report_free(l.scanned);
    if (status)
        helpdex_report_free(report);
    else
        *out = report;
    return status;
}
