/* eval/gate.h, eval/baseline.h, eval/measure.h */
#include "eval/gate.h"

#include <helpdex/index.h>

#include "tests/unit/support.h"

static hdx_arena arena;
static hdx_gate gate;
static hdx_golden_sets sets;
static const char *kb;

static void article(const char *path, const char *text)
{
    write_text(join(kb, path), text);
}

/* A base of three articles in German and one in Arabic. */
static void make_kb(void)
{
    kb = temp_dir();
    article("helpdex.yml", "default_locale: de\n");
    article("de/fees.md", "---\nid: fees\ntitle: Gebühren\nquestions:\n"
                          "  - was kostet der handel\n---\nAuszahlungen "
                          "kosten nichts.\n\n## Handel\n\nMaker und Taker.\n");
    article("de/lock.md", "# Konto sperren\n\nSperren Sie Ihr Konto, wenn das "
                          "Handy gestohlen wurde.\n");
    article("de/close.md", "# Konto schließen\n\nSchließen Sie Ihr Konto.\n");
    article("ar/fees.md", "# الرسوم\n\nسحب الأموال مجاني.\n");
}

static void golden(const char *locale, const char *rows)
{
    write_text(join(join(kb, "queries"), locale), rows);
}

static helpdex_status try_measure(const char *only, FILE *run,
                                  helpdex_error *err)
{
    const char *ix = join(temp_dir(), "index");
    helpdex_report *report;
    helpdex_searcher *s;
    hdx_gate_free(&gate);
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), 0);
    helpdex_status status =
        hdx_golden_read_all(&arena, join(kb, "queries"), &sets, err);
    if (!status)
        status = hdx_gate_measure(s, &sets, only, run, &gate, err);
    helpdex_searcher_free(s);
    return status;
}

static void measure(void)
{
    helpdex_error err = {0};
    ck_assert_msg(try_measure(NULL, NULL, &err) == 0, "%s", err.message);
}

/* Measures again, against what was measured before. */
static void measure_again(void)
{
    hdx_baseline baseline = {0};
    const char *path = join(temp_dir(), "baseline.json");
    for (size_t i = 0; i < gate.count; i++)
        ck_assert_int_eq(
            hdx_baseline_put(&arena, &baseline, &gate.locales[i].golden, NULL),
            0);
    ck_assert_int_eq(hdx_baseline_write(&baseline, path, NULL), 0);
    ck_assert_int_eq(hdx_baseline_read(&arena, path, &baseline, NULL), 0);
    measure();
    ck_assert_int_eq(hdx_gate_compare(&gate, &baseline, true, NULL), 0);
}

static const hdx_outcome *outcome(size_t locale, size_t at)
{
    return &gate.locales[locale].golden.outcomes[at];
}

START_TEST(a_golden_query_knows_the_rank_of_its_article)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\nxylophon\tlock\n");
    measure();
    ck_assert_uint_eq(outcome(0, 0)->rank, 1);
    ck_assert_str_eq(outcome(0, 0)->first, "lock");
    ck_assert_uint_eq(outcome(0, 1)->rank, 0);
    ck_assert_ptr_null(outcome(0, 1)->first);
    const hdx_figure *f = gate.locales[0].golden.figures;
    ck_assert_double_eq(f[HDX_SUCCESS_1].mean, 0.5);
    ck_assert_double_eq(f[HDX_ZERO].mean, 0.5);
}
END_TEST

START_TEST(an_outcome_knows_the_tier_of_each_word)
{
    make_kb();
    golden("de.tsv", "konto xylophon sperre\tlock\n");
    measure();
    const hdx_outcome *o = outcome(0, 0);
    ck_assert_uint_eq(o->word_count, 3);
    ck_assert_str_eq(o->words[0].word, "konto");
    ck_assert_str_eq(o->words[0].tier, "exact");
    ck_assert_ptr_null(o->words[1].tier);
    ck_assert_str_eq(o->words[2].tier, "stem");
}
END_TEST

START_TEST(the_best_of_several_right_articles_counts)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tfees\nhandy gestohlen\tlock\n");
    measure();
    ck_assert_uint_eq(gate.locales[0].golden.count, 1);
    ck_assert_uint_eq(outcome(0, 0)->rank, 1);
    ck_assert_str_eq(outcome(0, 0)->right->article, "lock");
}
END_TEST

START_TEST(another_section_is_no_success_but_is_told)
{
    make_kb();
    golden("de.tsv", "maker und taker\tfees#handel\nmaker taker\tfees#x\n");
    measure();
    ck_assert_uint_eq(outcome(0, 0)->rank, 1);
    ck_assert_ptr_null(outcome(0, 0)->instead);
    ck_assert_uint_eq(outcome(0, 1)->rank, 0);
    ck_assert_str_eq(outcome(0, 1)->instead, "handel");
}
END_TEST

START_TEST(questions_of_the_articles_are_measured_apart)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\n");
    measure();
    ck_assert_uint_eq(gate.locales[0].golden.count, 1);
    ck_assert_uint_eq(gate.locales[0].questions.count, 1);
    ck_assert_str_eq(gate.locales[0].questions.outcomes[0].golden->query,
                     "was kostet der handel");
    ck_assert_uint_eq(gate.locales[0].questions.outcomes[0].rank, 1);
}
END_TEST

START_TEST(an_article_of_a_fallback_is_found_too)
{
    make_kb();
    golden("ar.tsv", "handy gestohlen\tlock\n");
    measure();
    ck_assert_str_eq(gate.locales[0].locale, "ar");
    ck_assert_uint_eq(outcome(0, 0)->rank, 1);
    ck_assert(!outcome(0, 0)->gone);
}
END_TEST

START_TEST(an_article_that_is_nowhere_is_gone)
{
    make_kb();
    golden("de.tsv", "handy\tlock\nhandy gestohlen\tlok\n");
    measure();
    ck_assert(!outcome(0, 0)->gone);
    ck_assert(outcome(0, 1)->gone);
}
END_TEST

START_TEST(nothing_changes_when_nothing_has_changed)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\nxylophon\tfees\n");
    golden("ar.tsv", "سحب الأموال\tfees\n");
    measure();
    measure_again();
    ck_assert(gate.compared);
    ck_assert_uint_eq(gate.worse + gate.better, 0);
    ck_assert_uint_eq(gate.locales[0].fresh + gate.locales[1].dropped, 0);
}
END_TEST

START_TEST(a_word_that_an_article_loses_is_named)
{
    make_kb();
    golden("de.tsv", "handy gestohlen konto\tlock\n");
    measure();
    article("de/lock.md", "# Sperren\n\nSperren Sie Ihr Konto.\n");
    article("de/close.md", "# Konto\n\nHandy gestohlen? Konto schließen.\n");
    measure_again();
    const hdx_change *c = &gate.locales[0].changes[0];
    ck_assert_uint_eq(gate.worse, 1);
    ck_assert(c->worse);
    ck_assert_uint_eq(c->before, 1);
    ck_assert_uint_eq(c->now->rank, 2);
    ck_assert_str_eq(c->now->first, "close");
    ck_assert_uint_eq(c->word_count, 2);
    ck_assert_str_eq(c->words[1].word, "gestohlen");
    ck_assert_str_eq(c->words[1].before, "exact");
    ck_assert_ptr_null(c->words[1].now);
}
END_TEST

START_TEST(a_question_that_an_article_loses_is_told)
{
    make_kb();
    golden("de.tsv", "was kostet der handel\tfees\n");
    article("de/trade.md", "# Der Handel kostet was\n\nWas der Handel kostet.");
    measure();
    ck_assert(outcome(0, 0)->matched);
    article("de/fees.md", "---\nid: fees\ntitle: Gebühren\n---\nNichts.\n");
    measure_again();
    ck_assert_uint_eq(gate.worse, 1);
    ck_assert(gate.locales[0].changes[0].match_lost);
}
END_TEST

START_TEST(a_rise_is_told_and_is_nothing_worse)
{
    make_kb();
    golden("de.tsv", "xylophon\tclose\n");
    measure();
    article("de/close.md", "# Konto schließen\n\nDas Xylophon.\n");
    measure_again();
    ck_assert_uint_eq(gate.worse, 0);
    ck_assert_uint_eq(gate.better, 1);
    ck_assert_uint_eq(gate.locales[0].changes[0].before, 0);
    ck_assert_str_eq(gate.locales[0].changes[0].words[0].now, "exact");
}
END_TEST

START_TEST(an_article_that_goes_is_worse_and_comes_first)
{
    make_kb();
    golden("de.tsv", "xylophon\tclose\nhandy gestohlen\tlock\n");
    measure();
    article("de/close.md", "# Konto schließen\n\nDas Xylophon.\n");
    article("de/lock.md", "---\ndraft: true\n---\nNoch nicht.\n");
    measure_again();
    ck_assert_uint_eq(gate.worse, 1);
    ck_assert_uint_eq(gate.locales[0].change_count, 2);
    ck_assert(gate.locales[0].changes[0].now->gone);
    ck_assert(!gate.locales[0].changes[1].worse);
}
END_TEST

START_TEST(new_and_dropped_queries_are_no_change)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\nmaker\tfees\n");
    measure();
    golden("de.tsv", "maker\tclose\nhandy\tfees\nhandy gestohlen\tlock\n");
    measure_again();
    ck_assert_uint_eq(gate.worse + gate.better, 0);
    ck_assert_uint_eq(gate.locales[0].fresh, 2);
    ck_assert_uint_eq(gate.locales[0].dropped, 1);
}
END_TEST

START_TEST(a_locale_without_golden_queries_is_forgotten)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\n");
    golden("ar.tsv", "سحب الأموال\tfees\nرسوم\tfees\n");
    measure();
    ck_assert_int_eq(remove(join(kb, "queries/ar.tsv")), 0);
    measure_again();
    ck_assert_uint_eq(gate.count, 1);
    ck_assert_uint_eq(gate.forgotten, 2);
}
END_TEST

START_TEST(a_new_query_of_no_article_is_worse)
{
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\n");
    measure();
    golden("de.tsv", "handy gestohlen\tlock\nmaker\tfeees\n");
    measure_again();
    ck_assert_uint_eq(gate.worse, 1);
    ck_assert_str_eq(gate.locales[0].changes[0].now->right->article, "feees");
}
END_TEST

START_TEST(one_locale_can_be_measured_by_any_spelling)
{
    helpdex_error err = {0};
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\n");
    golden("ar.tsv", "سحب الأموال\tfees\n");
    ck_assert_int_eq(try_measure("AR", NULL, &err), 0);
    ck_assert_uint_eq(gate.count, 1);
    ck_assert_str_eq(gate.locales[0].locale, "ar");
    ck_assert_int_eq(try_measure("ko", NULL, &err), HELPDEX_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "; write queries/ko.tsv"));
}
END_TEST

START_TEST(files_must_be_named_after_one_locale_each)
{
    helpdex_error err = {0};
    make_kb();
    golden("no locale.tsv", "handy gestohlen\tlock\n");
    ck_assert_int_eq(try_measure(NULL, NULL, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.file, "no locale.tsv"));
    make_kb();
    golden("de_AT.tsv", "handy gestohlen\tlock\n");
    golden("de-AT.tsv", "handy gestohlen\tlock\n");
    ck_assert_int_eq(try_measure(NULL, NULL, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "; join the two files"));
}
END_TEST

START_TEST(a_run_has_the_hits_of_golden_queries_alone)
{
    char text[512];
    helpdex_error err = {0};
    FILE *run = fmemopen(text, sizeof text, "w");
    make_kb();
    golden("de.tsv", "handy gestohlen\tlock\n");
    ck_assert_int_eq(try_measure(NULL, run, &err), 0);
    fclose(run);
    ck_assert_ptr_eq(strstr(text, "de-1 Q0 lock 1 0."), text);
    ck_assert_ptr_null(strstr(text, "fees"));
}
END_TEST

/* Reads `text` as a baseline. */
static helpdex_status read_baseline(const char *text, helpdex_error *err)
{
    hdx_baseline baseline;
    const char *path = join(temp_dir(), "baseline.json");
    write_text(path, text);
    return hdx_baseline_read(&arena, path, &baseline, err);
}

START_TEST(what_is_no_baseline_is_refused)
{
    helpdex_error err;
    const char *const others[] = {
        "[]",
        "{\"version\": 2}",
        "{\"version\": 1, \"locales\": []}",
        "{\"version\": 1, \"locales\": {\"de\": {\"queries\": 1}}}",
        "{\"version\": 1, \"locales\": {\"de\": {\"queries\": []}}}",
        "1"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ck_assert_int_eq(read_baseline(others[i], &err), HELPDEX_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(err.message, "--save"));
    }
    ck_assert_int_eq(read_baseline("{\n \"version\": 1,\n x", &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, 3);
}
END_TEST

START_TEST(a_baseline_keeps_locales_that_are_not_measured)
{
    hdx_baseline b = {0};
    const hdx_measurement th = {.locale = "th"}, de = {.locale = "de"};
    ck_assert_int_eq(hdx_baseline_put(&arena, &b, &th, NULL), 0);
    ck_assert_int_eq(hdx_baseline_put(&arena, &b, &de, NULL), 0);
    ck_assert_int_eq(hdx_baseline_put(&arena, &b, &th, NULL), 0);
    ck_assert_uint_eq(b.count, 2);
    ck_assert_str_eq(b.locales[0].locale, "de");
    ck_assert_ptr_nonnull(hdx_baseline_locale(&b, "th"));
    ck_assert_ptr_null(hdx_baseline_locale(&b, "ar"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_golden_query_knows_the_rank_of_its_article,
        an_outcome_knows_the_tier_of_each_word,
        the_best_of_several_right_articles_counts,
        another_section_is_no_success_but_is_told,
        questions_of_the_articles_are_measured_apart,
        an_article_of_a_fallback_is_found_too,
        an_article_that_is_nowhere_is_gone,
        nothing_changes_when_nothing_has_changed,
        a_word_that_an_article_loses_is_named,
        a_question_that_an_article_loses_is_told,
        a_rise_is_told_and_is_nothing_worse,
        an_article_that_goes_is_worse_and_comes_first,
        new_and_dropped_queries_are_no_change,
        a_locale_without_golden_queries_is_forgotten,
        a_new_query_of_no_article_is_worse,
        one_locale_can_be_measured_by_any_spelling,
        files_must_be_named_after_one_locale_each,
        a_run_has_the_hits_of_golden_queries_alone,
        what_is_no_baseline_is_refused,
        a_baseline_keeps_locales_that_are_not_measured,
        NULL};
    return run_suite("gate", tests);
}
