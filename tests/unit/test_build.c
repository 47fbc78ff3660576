/* helpdex_index_build and helpdex_index_verify, as a program outside sees it */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include <stdio.h>
#include <unistd.h>

#include "tests/unit/support.h"

/* What one call gave. */
typedef struct outcome {
    helpdex_status status;
    helpdex_report *report;
    helpdex_error err;
} outcome;

static const char *kb, *ix;

/* A base in three languages, and where its index goes. */
static void base(void)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "en/account/lock.md"), "# Lock\n\nLock the account.");
    write_text(join(kb, "de/account/lock.md"), "# Sperren\n\nKonto sperren.");
    write_text(join(kb, "th/account/lock.md"), "# ล็อก\n\nล็อกบัญชี");
}

static outcome build_with(const helpdex_index_options *options)
{
    outcome o = {0};
    o.status = helpdex_index_build(kb, ix, options, &o.report, &o.err);
    ck_assert((o.report != NULL) ==
              (o.status == HELPDEX_OK || o.status == HELPDEX_BAD_INPUT));
    return o;
}

/* Builds, checks the status, and says whether something was published. */
static bool build_gives(helpdex_status wanted)
{
    outcome o = build_with(NULL);
    ck_assert_msg(o.status == wanted, "%d: %s", o.status, o.err.message);
    bool published = o.report && helpdex_report_published(o.report);
    helpdex_report_free(o.report);
    return published;
}

/* The finding about a file of the base, or NULL. */
static const helpdex_finding *finding(const helpdex_report *r, const char *file)
{
    const helpdex_finding *f = NULL;
    for (size_t i = 0; (f = helpdex_report_finding(r, i)); i++)
        if (strcmp(f->file, join(kb, file)) == 0)
            return f;
    return NULL;
}

/* How many hits a question has in a locale, whatever their language. */
static size_t hits(const char *query, const char *locale)
{
    helpdex_searcher *s;
    helpdex_results *r;
    helpdex_request q;
    helpdex_request_init(&q);
    q.query = query;
    q.locale = locale;
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    ck_assert_int_eq(helpdex_search(s, &q, &r, NULL), HELPDEX_OK);
    size_t count = helpdex_results_count(r);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
    return count;
}

/* How many sections the first hit is behind its source. */
static unsigned behind(const char *query, const char *locale)
{
    helpdex_searcher *s;
    helpdex_results *r;
    helpdex_request q;
    helpdex_request_init(&q);
    q.query = query;
    q.locale = locale;
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    ck_assert_int_eq(helpdex_search(s, &q, &r, NULL), HELPDEX_OK);
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    ck_assert_ptr_nonnull(hit);
    unsigned sections = hit->stale ? hit->stale->behind : 0;
    helpdex_results_free(r);
    helpdex_searcher_free(s);
    return sections;
}

START_TEST(a_build_publishes_every_locale)
{
    base();
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert(helpdex_report_published(o.report));
    ck_assert_str_ne(helpdex_report_generation(o.report), "");
    ck_assert_uint_eq(helpdex_report_locale_count(o.report), 3);
    ck_assert_uint_eq(helpdex_report_finding_count(o.report), 0);
    const helpdex_locale_stats *th = helpdex_report_locale(o.report, 2);
    ck_assert_str_eq(th->locale, "th");
    ck_assert_uint_eq(th->articles, 1);
    ck_assert_uint_eq(th->sections, 1);
    ck_assert_uint_gt(th->terms, 0);
    ck_assert_ptr_null(helpdex_report_locale(o.report, 3));
    ck_assert_ptr_null(helpdex_report_finding(o.report, 0));
    helpdex_report_free(o.report);
    helpdex_report_free(NULL);
}
END_TEST

START_TEST(what_has_not_changed_is_not_published)
{
    base();
    outcome one = build_with(NULL), two = build_with(NULL);
    ck_assert_int_eq(two.status, HELPDEX_OK);
    ck_assert(!helpdex_report_published(two.report));
    ck_assert_str_eq(helpdex_report_generation(one.report),
                     helpdex_report_generation(two.report));
    ck_assert_uint_eq(helpdex_report_locale_count(two.report), 3);
    ck_assert_uint_eq(helpdex_report_locale(two.report, 0)->articles, 1);
    helpdex_report_free(one.report);
    helpdex_report_free(two.report);
}
END_TEST

START_TEST(full_builds_what_has_not_changed)
{
    base();
    build_gives(HELPDEX_OK);
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.full = true;
    outcome o = build_with(&options);
    ck_assert(helpdex_report_published(o.report));
    helpdex_report_free(o.report);
    ck_assert(!build_gives(HELPDEX_OK));
}
END_TEST

START_TEST(any_change_of_an_article_is_published)
{
    base();
    build_gives(HELPDEX_OK);
    write_text(join(kb, "th/account/lock.md"), "# ล็อก\n\nระงับบัญชี");
    ck_assert(build_gives(HELPDEX_OK));
    write_text(join(kb, "th/account/neu.md"), "ใหม่");
    ck_assert(build_gives(HELPDEX_OK));
    ck_assert_int_eq(
        rename(join(kb, "th/account/neu.md"), join(kb, "th/account/alt.md")),
        0);
    ck_assert(build_gives(HELPDEX_OK));
    ck_assert_int_eq(unlink(join(kb, "th/account/alt.md")), 0);
    ck_assert(build_gives(HELPDEX_OK));
    write_text(join(kb, "helpdex.yml"), "default_locale: de\n");
    ck_assert(build_gives(HELPDEX_OK));
    ck_assert(!build_gives(HELPDEX_OK));
}
END_TEST

START_TEST(a_change_of_a_pack_is_published)
{
    base();
    const char *packs = temp_dir();
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.locales_dir = packs;
    write_text(join(packs, "und.yml"), "name: any\nfallback: []\n");
    for (int i = 0; i < 3; i++) {
        outcome o = build_with(&options);
        ck_assert_msg(o.status == HELPDEX_OK, "%s", o.err.message);
        ck_assert_int_eq(helpdex_report_published(o.report), i != 1);
        helpdex_report_free(o.report);
        if (i == 1)
            write_text(join(packs, "de.yml"), "name: Deutsch\nfallback: []\n"
                                              "stopwords: das\n");
    }
}
END_TEST

START_TEST(a_pack_that_cannot_be_read_is_named)
{
    base();
    const char *packs = temp_dir();
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.locales_dir = packs;
    write_text(join(packs, "und.yml"), "name: any\nfallback: []\n");
    write_text(join(packs, "de.yml"), "name: Deutsch\nstemmer: klingonisch\n");
    outcome o = build_with(&options);
    ck_assert_int_eq(o.status, HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(o.err.line, 2);
    ck_assert_ptr_nonnull(strstr(o.err.file, "de.yml"));
    ck_assert_uint_ge(helpdex_report_finding_count(o.report), 1);
    helpdex_report_free(o.report);
}
END_TEST

START_TEST(a_fault_leaves_the_old_generation_serving)
{
    base();
    build_gives(HELPDEX_OK);
    write_text(join(kb, "de/account/neu.md"), "Einhorn");
    write_text(join(kb, "en/a.md"), "---\ntitle: a: b\n---\nx");
    write_text(join(kb, "th/b.md"), "\xFF");
    write_text(join(kb, "th/c.md"), "---\nid: x\n");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_BAD_INPUT);
    ck_assert(!helpdex_report_published(o.report));
    ck_assert_uint_eq(helpdex_report_finding_count(o.report), 3);
    ck_assert_uint_eq(finding(o.report, "en/a.md")->line, 2);
    ck_assert_int_eq(finding(o.report, "th/b.md")->severity, HELPDEX_ERROR);
    ck_assert_str_eq(o.err.file, helpdex_report_finding(o.report, 0)->file);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Einhorn", "de"), 0);
    ck_assert_uint_eq(hits("Konto", "de"), 1);
}
END_TEST

START_TEST(two_articles_of_one_id_are_a_fault)
{
    base();
    write_text(join(kb, "de/a.md"), "---\nid: account/lock\n---\nx");
    write_text(join(kb, "de/z.md"), "---\nid: account/lock\n---\ny");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_BAD_INPUT);
    const helpdex_finding *f = finding(o.report, "de/z.md");
    ck_assert_ptr_nonnull(strstr(f->message, "account/lock"));
    ck_assert_ptr_nonnull(strstr(f->message, "de/a.md"));
    ck_assert_ptr_nonnull(finding(o.report, "de/account/lock.md"));
    helpdex_report_free(o.report);
}
END_TEST

START_TEST(drafts_are_skipped_in_silence)
{
    base();
    write_text(join(kb, "de/a.md"), "---\ndraft: true\n---\nEinhorn");
    write_text(join(kb, "de/b.md"),
               "---\nid: account/lock\npublished: false\n---\nEinhorn");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(o.report), 0);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Einhorn", "de"), 0);
}
END_TEST

START_TEST(stubs_count_as_missing_with_a_warning)
{
    base();
    write_text(join(kb, "de/a.md"), "---\nuntranslated: true\n---\nUnicorn");
    write_text(join(kb, "de/b.md"), "# Nur ein Titel\n");
    write_text(join(kb, "en/b.md"), "Unicorn");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert_int_eq(finding(o.report, "de/a.md")->severity, HELPDEX_WARNING);
    ck_assert_ptr_nonnull(finding(o.report, "de/b.md"));
    ck_assert_uint_eq(helpdex_report_locale(o.report, 0)->warnings, 2);
    ck_assert_uint_eq(helpdex_report_locale(o.report, 0)->articles, 1);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Unicorn", "de"), 1); /* the fallback, en/b.md */
}
END_TEST

START_TEST(a_copy_of_the_default_body_counts_as_missing)
{
    base();
    write_text(join(kb, "ja/account/lock.md"), "Lock the  account.\n");
    write_text(join(kb, "en-GB/account/lock.md"), "# L\n\nLock the account.");
    write_text(join(kb, "ar/account/lock.md"),
               "---\ntitle: قفل\n---\n# Lock\n\nLock the account.\n");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert_ptr_nonnull(finding(o.report, "ar/account/lock.md"));
    ck_assert_ptr_null(finding(o.report, "en-GB/account/lock.md"));
    helpdex_report_free(o.report);
}
END_TEST

START_TEST(large_articles_are_refused)
{
    base();
    char *text = malloc(300 << 10);
    memset(text, 'a', 300 << 10);
    write_file(join(kb, "de/gross.md"), (hdx_str){text, 256 << 10});
    ck_assert(build_gives(HELPDEX_OK));
    write_file(join(kb, "de/gross.md"), (hdx_str){text, 300 << 10});
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(
        strstr(finding(o.report, "de/gross.md")->message, "256 KiB"));
    helpdex_report_free(o.report);
    free(text);
}
END_TEST

START_TEST(a_base_of_drafts_publishes_nothing)
{
    base();
    const char *const tags[] = {"en", "de", "th"};
    for (size_t i = 0; i < 3; i++)
        write_text(join(join(kb, tags[i]), "account/lock.md"),
                   "---\ndraft: true\n---\nx");
    ck_assert(!build_gives(HELPDEX_BAD_INPUT));
    ck_assert(!build_gives(HELPDEX_BAD_INPUT));
}
END_TEST

START_TEST(arguments_are_checked)
{
    base();
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.locale = "klingonisch";
    ck_assert_int_eq(build_with(&options).status, HELPDEX_INVALID);
    options.locale = "";
    ck_assert_int_eq(build_with(&options).status, HELPDEX_INVALID);
    options.size--;
    ck_assert_int_eq(build_with(&options).status, HELPDEX_INVALID);
    helpdex_index_options_init(&options);
    options.locales_dir = join(kb, "nirgends");
    ck_assert_int_eq(build_with(&options).status, HELPDEX_NOT_FOUND);
    kb = join(kb, "nirgends");
    build_gives(HELPDEX_NOT_FOUND);
    ck_assert_int_ne(access(ix, F_OK), 0);
}
END_TEST

START_TEST(the_base_itself_is_no_place_for_the_index)
{
    base();
    ix = kb;
    build_gives(HELPDEX_BAD_INPUT);
    ck_assert_int_ne(access(join(kb, "CURRENT"), F_OK), 0);
    ck_assert_int_ne(access(join(kb, "LOCK"), F_OK), 0);
}
END_TEST

START_TEST(one_flat_tree_is_one_locale)
{
    base();
    kb = join(kb, "th");
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.locale = "TH";
    outcome o = build_with(&options);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_locale_count(o.report), 1);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("บัญชี", NULL), 1);
}
END_TEST

START_TEST(a_damaged_live_generation_is_built_anew)
{
    base();
    outcome o = build_with(NULL);
    const char *name = join(ix, helpdex_report_generation(o.report));
    flip_bit(join(name, "de/forward"), 30, 1);
    helpdex_report_free(o.report);
    ck_assert_int_eq(helpdex_index_verify(ix, &o.report, &o.err),
                     HELPDEX_DAMAGED);
    ck_assert_uint_eq(helpdex_report_finding_count(o.report), 1);
    ck_assert_str_eq(helpdex_report_finding(o.report, 0)->file,
                     join(name, "de/forward"));
    helpdex_report_free(o.report);
    ck_assert(build_gives(HELPDEX_OK));
    ck_assert_uint_eq(hits("sperren", "de"), 1);
}
END_TEST

START_TEST(verifying_an_index_that_is_whole_finds_nothing)
{
    base();
    helpdex_report *r;
    helpdex_error err;
    ck_assert_int_eq(helpdex_index_verify(ix, &r, &err), HELPDEX_NOT_FOUND);
    ck_assert_ptr_null(r);
    build_gives(HELPDEX_OK);
    ck_assert_int_eq(helpdex_index_verify(ix, &r, &err), HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(r), 0);
    ck_assert_str_ne(helpdex_report_generation(r), "");
    ck_assert(!helpdex_report_published(r));
    helpdex_report_free(r);
}
END_TEST

typedef struct steps {
    size_t calls, reading, indexing, publishing;
    bool inside;
} steps;

static void step(void *context, const char *stage, size_t done, size_t total)
{
    steps *s = context;
    s->calls++;
    s->reading += strcmp(stage, "reading") == 0;
    s->indexing += strcmp(stage, "indexing") == 0;
    s->publishing += strcmp(stage, "publishing") == 0;
    s->inside = s->inside && done <= total && total == 203;
}

START_TEST(progress_is_told_of_each_stage)
{
    base();
    char name[32];
    for (int i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "de/%d.md", i);
        write_text(join(kb, name), "Text");
    }
    steps s = {.inside = true};
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.progress = step;
    options.progress_context = &s;
    helpdex_report_free(build_with(&options).report);
    helpdex_report_free(build_with(&options).report); /* reads, and stops */
    ck_assert_uint_ge(s.reading, 3);
    ck_assert_uint_ge(s.indexing, 3);
    ck_assert_uint_eq(s.publishing, 1);
    ck_assert_uint_eq(s.calls, s.reading + s.indexing + s.publishing);
    ck_assert(s.inside);
}
END_TEST

START_TEST(errors_may_be_of_no_interest)
{
    base();
    helpdex_report *r;
    ck_assert_int_eq(helpdex_index_build("/nirgends", ix, NULL, &r, NULL),
                     HELPDEX_NOT_FOUND);
    write_text(join(kb, "de/a.md"), "\xFF");
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &r, NULL),
                     HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(helpdex_report_finding_count(r), 1);
    helpdex_report_free(r);
    ck_assert_int_eq(helpdex_index_verify(ix, &r, NULL), HELPDEX_NOT_FOUND);
}
END_TEST

START_TEST(toml_heads_give_what_yaml_heads_give)
{
    base();
    write_text(join(kb, "de/a.md"), "+++\ntitle = \"Fabel\"\n+++\nEinhorn");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(o.report), 0);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Einhorn", "de"), 1);
    ck_assert_uint_eq(hits("Fabel", "de"), 1);
}
END_TEST

START_TEST(the_original_is_never_untranslated)
{
    base();
    const char *marked = "{% include d.html translated=\"no\" %}\nEinhorn";
    write_text(join(kb, "de/a.md"), marked);
    write_text(join(kb, "th/a.md"), marked);
    write_text(join(kb, "helpdex.yml"), "default_locale: de\n");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    ck_assert_ptr_nonnull(
        strstr(finding(o.report, "th/a.md")->message, "untranslated"));
    ck_assert_ptr_null(finding(o.report, "de/a.md"));
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Einhorn", "de"), 1);
}
END_TEST

START_TEST(code_is_found_too)
{
    base();
    write_text(join(kb, "de/a.md"), "Davor.\n\n```\nEinhorn\n```\n\nDanach.");
    outcome o = build_with(NULL);
    ck_assert_int_eq(o.status, HELPDEX_OK);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Einhorn", "de"), 1);
    ck_assert_uint_eq(hits("Danach", "de"), 1);
}
END_TEST

START_TEST(lone_carriage_returns_are_warned_of_at_their_place)
{
    base();
    write_text(join(kb, "de/a.md"), "Erste.\n\nZweite\rEinhorn");
    outcome o = build_with(NULL);
    const helpdex_finding *f = finding(o.report, "de/a.md");
    ck_assert_int_eq(f->severity, HELPDEX_WARNING);
    ck_assert_uint_eq(f->line, 3);
    ck_assert_uint_eq(f->column, 7);
    helpdex_report_free(o.report);
    ck_assert_uint_eq(hits("Einhorn", "de"), 1);
}
END_TEST

START_TEST(a_translation_that_says_so_is_behind)
{
    base();
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "de/account/lock.md"),
               "---\noutdated: 1\n---\nEinhorn");
    write_text(join(kb, "th/account/lock.md"),
               "{% include d.html translationOutdated=\"yes\" %}\nบัญชี");
    write_text(join(kb, "en/account/lock.md"),
               "---\noutdated: 1\n---\nUnicorn");
    ck_assert(build_gives(HELPDEX_OK));
    ck_assert_uint_eq(behind("Einhorn", "de"), 1);
    ck_assert_uint_eq(behind("บัญชี", "th"), 1);
    ck_assert_uint_eq(behind("Unicorn", "en"), 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_build_publishes_every_locale,
        what_has_not_changed_is_not_published,
        full_builds_what_has_not_changed,
        any_change_of_an_article_is_published,
        a_change_of_a_pack_is_published,
        a_pack_that_cannot_be_read_is_named,
        a_fault_leaves_the_old_generation_serving,
        two_articles_of_one_id_are_a_fault,
        drafts_are_skipped_in_silence,
        stubs_count_as_missing_with_a_warning,
        a_copy_of_the_default_body_counts_as_missing,
        large_articles_are_refused,
        a_base_of_drafts_publishes_nothing,
        arguments_are_checked,
        the_base_itself_is_no_place_for_the_index,
        one_flat_tree_is_one_locale,
        a_damaged_live_generation_is_built_anew,
        verifying_an_index_that_is_whole_finds_nothing,
        progress_is_told_of_each_stage,
        errors_may_be_of_no_interest,
        toml_heads_give_what_yaml_heads_give,
        the_original_is_never_untranslated,
        code_is_found_too,
        a_translation_that_says_so_is_behind,
        lone_carriage_returns_are_warned_of_at_their_place,
        NULL};
    return run_suite("build", tests);
}
