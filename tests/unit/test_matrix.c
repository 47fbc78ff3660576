/* helpdex_coverage_measure, as a program outside sees it. */
#include <helpdex/coverage.h>

#include "tests/unit/support.h"

static const char *kb, *ix;
static helpdex_coverage *coverage;

/* Two sections in English, translated into German and Thai. */
static void base(void)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "en/lock.md"),
               "# Lock\n\nLock it.\n\n## Unlock\n\nAsk us.");
    write_text(join(kb, "de/lock.md"),
               "# Sperren\n\nSperren.\n\n## Entsperren\n\nFragen.");
    write_text(join(kb, "th/lock.md"), "# ล็อก\n\nล็อกบัญชี\n\n## ปลด\n\nถามเรา");
}

static void index_it(void)
{
    helpdex_report *report;
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &report, NULL), 0);
    helpdex_report_free(report);
}

static void measure(void)
{
    helpdex_error err;
    helpdex_coverage_free(coverage);
    ck_assert_msg(!helpdex_coverage_measure(kb, ix, NULL, &coverage, &err),
                  "%s", err.message);
}

/* The column of a locale; of none the count. */
static size_t column(const char *locale)
{
    size_t at = 0;
    while (helpdex_coverage_locale(coverage, at) &&
           strcmp(helpdex_coverage_locale(coverage, at)->locale, locale) != 0)
        at++;
    return at;
}

static const helpdex_cell *cell(const char *id, const char *locale)
{
    size_t row = 0;
    while (helpdex_coverage_row_at(coverage, row) &&
           strcmp(helpdex_coverage_row_at(coverage, row)->id, id) != 0)
        row++;
    const helpdex_cell *c =
        helpdex_coverage_cell(coverage, row, column(locale));
    ck_assert_msg(c != NULL, "no cell %s %s", id, locale);
    return c;
}

#define ck_assert_state(id, locale, wanted)                                    \
    ck_assert_int_eq(cell(id, locale)->state, HELPDEX_CELL_##wanted)

START_TEST(a_translation_goes_stale_when_its_source_changes)
{
    base();
    index_it();
    measure();
    ck_assert_state("lock", "de", TRANSLATED);
    write_text(join(kb, "en/lock.md"),
               "# Lock\n\nLock it.\n\n## Unlock\n\nAsk in the app.");
    measure();
    ck_assert_state("lock", "de", STALE);
    ck_assert_state("lock", "th", STALE);
    ck_assert_uint_eq(cell("lock", "de")->behind, 1);
    ck_assert_uint_eq(cell("lock", "de")->sections, 2);
}
END_TEST

START_TEST(a_translation_that_changes_too_is_up_to_date)
{
    base();
    index_it();
    write_text(join(kb, "en/lock.md"), "# Lock\n\nNew.\n\n## Unlock\n\nNew.");
    write_text(join(kb, "de/lock.md"), "# Sperren\n\nNeu.\n\n## Ent\n\nNeu.");
    measure();
    ck_assert_state("lock", "de", TRANSLATED);
    ck_assert_state("lock", "th", STALE);
    ck_assert_uint_eq(cell("lock", "th")->behind, 2);
}
END_TEST

START_TEST(what_is_stale_stays_so_when_it_is_indexed)
{
    base();
    index_it();
    write_text(join(kb, "en/lock.md"), "# Lock\n\nNew.\n\n## Unlock\n\nNew.");
    index_it();
    measure();
    ck_assert_state("lock", "de", STALE);
    ck_assert_int_eq(helpdex_coverage_basis_of(coverage), HELPDEX_BASIS_INDEX);
}
END_TEST

START_TEST(a_stub_a_copy_and_a_draft_are_no_translations)
{
    base();
    write_text(join(kb, "de/lock.md"), "---\nuntranslated: true\n---\nx");
    write_text(join(kb, "th/lock.md"),
               "# ล็อก\n\nLock it.\n\n## Unlock\n\nAsk us.");
    write_text(join(kb, "ja/lock.md"), "---\ndraft: true\n---\n鍵をかける");
    measure();
    ck_assert_state("lock", "de", STUB);
    ck_assert_str_eq(cell("lock", "de")->reason, "marked as untranslated");
    ck_assert_state("lock", "th", STUB);
    ck_assert_state("lock", "ja", MISSING);
    ck_assert_str_eq(cell("lock", "ja")->reason, "it is a draft");
}
END_TEST

START_TEST(english_under_thai_is_in_the_wrong_script)
{
    base();
    write_text(join(kb, "th/lock.md"),
               "# Lock\n\nLocking the account takes only a moment.");
    measure();
    ck_assert_state("lock", "th", WRONG_SCRIPT);
    ck_assert_state("lock", "de", TRANSLATED);
}
END_TEST

START_TEST(an_article_without_a_source_is_apart)
{
    base();
    write_text(join(kb, "de/alt.md"), "# Alt\n\nGab es nur hier.");
    measure();
    ck_assert_state("alt", "de", ORPHAN);
    ck_assert_state("alt", "th", NONE);
    ck_assert_uint_eq(helpdex_coverage_all(coverage)->articles, 1);
    ck_assert(!helpdex_coverage_row_at(coverage, 1)->has_source);
    ck_assert_double_eq(helpdex_coverage_all(coverage)->percent, 100);
}
END_TEST

START_TEST(a_locale_counts_what_it_lacks)
{
    base();
    write_text(join(kb, "en/fees.md"), "# Fees\n\nFees are low.");
    write_text(join(kb, "th/fees.md"), "# ค่าธรรมเนียม\n\nค่าธรรมเนียมต่ำ");
    measure();
    const helpdex_coverage_totals *de =
        helpdex_coverage_locale(coverage, column("de"));
    ck_assert_uint_eq(de->counts[HELPDEX_CELL_MISSING], 1);
    ck_assert_uint_eq(de->articles, 2);
    ck_assert_double_eq(de->percent, 50);
    ck_assert_double_eq(helpdex_coverage_all(coverage)->percent, 75);
}
END_TEST

START_TEST(a_head_that_names_its_source_needs_no_index)
{
    base();
    write_text(join(kb, "de/lock.md"),
               "---\nsource_hash: 0123456789abcdef\n---\n# Sperren\n\nText.");
    measure();
    ck_assert_state("lock", "de", STALE);
    ck_assert_uint_eq(cell("lock", "de")->behind, 2);
}
END_TEST

START_TEST(an_article_that_cannot_be_read_is_named_and_missing)
{
    base();
    write_text(join(kb, "de/lock.md"), "# Sperren\n\n\xff");
    measure();
    ck_assert_state("lock", "de", MISSING);
    const helpdex_report *r = helpdex_coverage_report(coverage);
    const helpdex_finding *f =
        helpdex_report_finding(r, helpdex_report_finding_count(r) - 1);
    ck_assert_int_eq(f->severity, HELPDEX_ERROR);
    ck_assert_str_eq(f->file, join(kb, "de/lock.md"));
    ck_assert_uint_eq(f->line, 3);
}
END_TEST

START_TEST(two_files_of_one_id_are_named)
{
    base();
    write_text(join(kb, "de/zu.md"), "---\nid: lock\n---\n# Zu\n\nZweimal.");
    measure();
    const helpdex_report *r = helpdex_coverage_report(coverage);
    const helpdex_finding *f =
        helpdex_report_finding(r, helpdex_report_finding_count(r) - 1);
    ck_assert_str_eq(f->file, join(kb, "de/zu.md"));
    ck_assert_ptr_nonnull(strstr(f->message, "de/lock.md"));
    ck_assert_str_eq(cell("lock", "de")->file, "de/lock.md");
}
END_TEST

START_TEST(one_locale_is_measured_alone)
{
    helpdex_coverage_options options;
    base();
    helpdex_coverage_options_init(&options);
    options.locale = "TH";
    helpdex_coverage_free(coverage);
    ck_assert(!helpdex_coverage_measure(kb, NULL, &options, &coverage, NULL));
    ck_assert_uint_eq(helpdex_coverage_locale_count(coverage), 2);
    ck_assert_state("lock", "th", TRANSLATED);
}
END_TEST

START_TEST(a_locale_without_articles_is_refused)
{
    helpdex_coverage_options options;
    helpdex_coverage *none;
    helpdex_error err;
    base();
    helpdex_coverage_options_init(&options);
    options.locale = "ko";
    ck_assert_int_eq(helpdex_coverage_measure(kb, NULL, &options, &none, &err),
                     HELPDEX_INVALID);
    ck_assert_ptr_null(none);
    ck_assert_ptr_nonnull(strstr(err.message, "ko"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_translation_goes_stale_when_its_source_changes,
        a_translation_that_changes_too_is_up_to_date,
        what_is_stale_stays_so_when_it_is_indexed,
        a_stub_a_copy_and_a_draft_are_no_translations,
        english_under_thai_is_in_the_wrong_script,
        an_article_without_a_source_is_apart,
        a_locale_counts_what_it_lacks,
        a_head_that_names_its_source_needs_no_index,
        an_article_that_cannot_be_read_is_named_and_missing,
        two_files_of_one_id_are_named,
        one_locale_is_measured_alone,
        a_locale_without_articles_is_refused,
        NULL};
    int code = run_suite("matrix", tests);
    helpdex_coverage_free(coverage);
    return code;
}
