/* indexer/paths.c and indexer/kbfiles.c, as a build uses them */
#include <helpdex/index.h>

#include <stdio.h>

#include "base/file.h"
#include "tests/unit/support.h"

static const char *kb, *ix;
static helpdex_report *report;
static helpdex_error err;

static helpdex_status build(void)
{
    helpdex_report_free(report);
    report = NULL;
    return helpdex_index_build(kb, ix, NULL, &report, &err);
}

static helpdex_status build_with(const char *path)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/fees/fees.md"),
               "---\nid: fees\n---\n# Fees\n\nNone.\n\n## Cards\n\nNone.\n");
    write_text(join(kb, "th/fees/fees.md"),
               "---\nid: fees\n---\n# ค่าธรรมเนียม\n\nไม่มี\n");
    write_text(join(kb, "triage/fees.yml"), path);
    return build();
}

#define PERSON "  p: {handoff: yes}\n"
#define HEAD "queue: desk\narticles: fees\nnodes:\n"

static void expect_place(const char *place, const char *what)
{
    char seen[32];
    const helpdex_finding *f = helpdex_report_finding(report, 0);
    ck_assert_str_eq(f->file, join(kb, "triage/fees.yml"));
    snprintf(seen, sizeof seen, "%u:%u", f->line, f->column);
    ck_assert_msg(strcmp(seen, place) == 0, "%s: %s", seen, f->message);
    ck_assert_msg(strstr(f->message, what) != NULL, "%s", f->message);
}

/* Published, with the one warning at "line:column" that says `what`. */
static void warned(const char *path, const char *place, const char *what)
{
    ck_assert_int_eq(build_with(path), HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 1);
    ck_assert_int_eq(helpdex_report_finding(report, 0)->severity,
                     HELPDEX_WARNING);
    expect_place(place, what);
}

/* Not published, for the error at "line:column" that says `what`. */
static void refused(const char *path, const char *place, const char *what)
{
    ck_assert_int_eq(build_with(path), HELPDEX_BAD_INPUT);
    ck_assert(!hdx_file_exists(join(ix, "CURRENT")));
    ck_assert_int_eq(helpdex_report_finding(report, 0)->severity,
                     HELPDEX_ERROR);
    expect_place(place, what);
}

START_TEST(sound_paths_are_published_as_they_are)
{
    ck_assert_int_eq(
        build_with(HEAD "  a: {article: fees, section: cards, otherwise: p}\n"
                        "  p: {handoff: yes, text: {en: Wait., th: รอ}}\n"),
        HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 0);
    char *copy = read_text(
        join(join(ix, helpdex_report_generation(report)), "triage/fees.yml"),
        NULL);
    ck_assert_ptr_nonnull(strstr(copy, "section: cards"));
    free(copy);
}
END_TEST

START_TEST(what_would_leave_a_customer_alone_is_not_published)
{
    refused(HEAD "  a: {article: fees}\n", "4:3", "comes to no person");
    refused(HEAD "  a: {article: fees, otherwise: a}\n", "4:3", "in circles");
    refused(HEAD "  a: {handof: yes}\n", "4:3", "does nothing");
    refused("queue: q\nlabels: {xx-y: a}\nnodes:\n" PERSON, "2:10",
            "not a language tag");
}
END_TEST

START_TEST(what_is_missing_is_warned_of)
{
    warned(HEAD "  a: {article: feess, otherwise: p}\n" PERSON, "4:3",
           "did you mean fees?");
    warned(HEAD "  a: {article: fees, section: x, otherwise: p}\n" PERSON,
           "4:3", "no section #x");
    warned(HEAD "  p: {handoff: yes, text: {en: Wait.}}\n", "4:28",
           "readers of th");
    warned(HEAD PERSON "  q: {handoff: yes}\n", "5:3", "no way leads to q");
}
END_TEST

START_TEST(a_changed_path_is_a_new_index)
{
    ck_assert_int_eq(build_with(HEAD PERSON), HELPDEX_OK);
    ck_assert(helpdex_report_published(report));
    ck_assert_int_eq(build(), HELPDEX_OK);
    ck_assert(!helpdex_report_published(report));
    write_text(join(kb, "triage/fees.yml"),
               HEAD "  p: {handoff: yes, urgency: high}\n");
    ck_assert_int_eq(build(), HELPDEX_OK);
    ck_assert(helpdex_report_published(report));
}
END_TEST

START_TEST(other_files_are_left_out_and_said_to_be)
{
    ck_assert_int_eq(build_with(HEAD PERSON), HELPDEX_OK);
    write_text(join(kb, "triage/notes.txt"), "queue\n");
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.full = true;
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_index_build(kb, ix, &options, &report, &err),
                     HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 1);
    ck_assert_ptr_nonnull(strstr(helpdex_report_finding(report, 0)->message,
                                 "end its name in .yml"));
}
END_TEST

START_TEST(a_path_that_is_changed_in_the_index_is_damage)
{
    ck_assert_int_eq(build_with(HEAD PERSON), HELPDEX_OK);
    const char *dir = join(ix, helpdex_report_generation(report));
    write_text(join(dir, "triage/more.yml"), HEAD PERSON);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_index_verify(ix, &report, &err), HELPDEX_DAMAGED);
    ck_assert_ptr_nonnull(strstr(err.message, "never published"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        sound_paths_are_published_as_they_are,
        what_would_leave_a_customer_alone_is_not_published,
        what_is_missing_is_warned_of,
        a_changed_path_is_a_new_index,
        other_files_are_left_out_and_said_to_be,
        a_path_that_is_changed_in_the_index_is_damage,
        NULL};
    int code = run_suite("path_files", tests);
    helpdex_report_free(report);
    return code;
}
