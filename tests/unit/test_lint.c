/*
 * helpdex/check.h. Every rule has a file tests/lint/<rule>.md, which says why it
 * is there, and has examples that anyone can add:
 *
 *     === bad: what is shown       or good:
 *     >>> en/a.md                  a file, its text up to the next mark
 *     !!! en/a.md:3:14             what is found: path[:line:column]
 *     <<< en/a.md                  the file when it was mended
 *     >>> locales/de.yml           a pack, instead of all that are built in
 *
 * `\u{202E}` stands for a character, `\u{61*30}` for thirty, `\x{E9}` for a byte.
 */
#include <helpdex/check.h>

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "tests/unit/support.h"

static hdx_arena arena;

/* One example of a rule. */
typedef struct example {
    const char *rule;
    hdx_str name;
    const char *dir;
    hdx_buf wanted;        /* a finding a line */
    const char *mended[8]; /* paths and texts in turn */
    size_t mended_count;
    bool good;
} example;

static hdx_str unescape(hdx_str text)
{
    hdx_buf buf = {0};
    for (size_t i = 0; i < text.len;) {
        unsigned code, count = 1;
        int used = 0;
        hdx_str rest = {text.ptr + i, text.len - i};
        if (hdx_str_starts(rest, HDX_STR("\\x{"))) {
            sscanf(rest.ptr, "\\x{%x}%n", &code, &used);
            hdx_buf_byte(&buf, (char)code);
        } else if (hdx_str_starts(rest, HDX_STR("\\u{"))) {
            if (sscanf(rest.ptr, "\\u{%x}%n", &code, &used) < 1 || !used)
                sscanf(rest.ptr, "\\u{%x*%u}%n", &code, &count, &used);
            while (count--)
                hdx_buf_code_point(&buf, code);
        } else {
            hdx_buf_byte(&buf, text.ptr[i]);
            used = 1;
        }
        ck_assert_int_gt(used, 0);
        i += (size_t)used;
    }
    hdx_str out = hdx_arena_copy(&arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return out;
}

static bool is_marker(hdx_str line)
{
    return hdx_str_starts(line, HDX_STR(">>> ")) ||
           hdx_str_starts(line, HDX_STR("<<< ")) ||
           hdx_str_starts(line, HDX_STR("!!! ")) ||
           hdx_str_starts(line, HDX_STR("=== "));
}

/* The lines up to the next mark; one blank line above `===` is no part. */
static hdx_str take_text(hdx_str *rest)
{
    const char *begin = rest->ptr, *end = begin;
    hdx_str at = *rest, line;
    while (hdx_str_line(&at, &line) && !is_marker(line)) {
        *rest = at;
        end = at.ptr;
    }
    hdx_str text = {begin, (size_t)(end - begin)};
    if (rest->len == 0 || hdx_str_starts(*rest, HDX_STR("===")))
        while (text.len > 1 && text.ptr[text.len - 1] == '\n' &&
               text.ptr[text.len - 2] == '\n')
            text.len--;
    return unescape(text);
}

/* What the rule finds, a line each, below the folder. */
static char *findings_of(const example *e, bool fix)
{
    hdx_buf buf = {0};
    helpdex_report *report;
    helpdex_error err;
    helpdex_check_options options;
    helpdex_check_options_init(&options);
    options.fix = fix;
    if (hdx_dir_exists(join(e->dir, "locales")))
        options.locales_dir = join(e->dir, "locales");
    ck_assert_msg(helpdex_check(e->dir, &options, &report, &err) == 0, "%s",
                  err.message);
    size_t folder = strlen(e->dir) + 1;
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        bool below = strncmp(f->file, e->dir, folder - 1) == 0;
        if (strcmp(f->rule, e->rule) != 0 || f->fixed)
            continue;
        hdx_buf_add(&buf, hdx_str_of(below ? f->file + folder : "*"));
        if (f->line)
            hdx_buf_add(&buf,
                        hdx_arena_format(&arena, ":%u:%u", f->line, f->column));
        hdx_buf_byte(&buf, '\n');
    }
    helpdex_report_free(report);
    hdx_buf_byte(&buf, '\0');
    return buf.ptr;
}

static void check_mended(const example *e)
{
    char *left = findings_of(e, true), *again = findings_of(e, false);
    ck_assert_msg(!*left && !*again, "%s: %.*s: left: %s%s", e->rule,
                  HDX_FMT(e->name), left, again);
    for (size_t i = 0; i < e->mended_count; i += 2) {
        size_t size;
        char *text = read_text(join(e->dir, e->mended[i]), &size);
        ck_assert_str_eq(text, e->mended[i + 1]);
        free(text);
    }
    free(left);
    free(again);
}

static void check_example(example *e)
{
    hdx_buf_byte(&e->wanted, '\0');
    char *seen = findings_of(e, false);
    ck_assert_msg(strcmp(seen, e->wanted.ptr) == 0,
                  "%s: %.*s: expected\n%sfound\n%s", e->rule, HDX_FMT(e->name),
                  e->wanted.ptr, seen);
    ck_assert_msg(e->good == (*seen == '\0'), "%s: %.*s", e->rule,
                  HDX_FMT(e->name));
    if (e->mended_count)
        check_mended(e);
    free(seen);
    hdx_buf_free(&e->wanted);
}

static void read_mark(example *e, hdx_str line, hdx_str *rest)
{
    hdx_str name = {line.ptr + 4, line.len - 4};
    const char *path = hdx_arena_copy(&arena, name).ptr;
    if (hdx_str_starts(line, HDX_STR("!!! "))) {
        hdx_buf_add(&e->wanted, name);
        hdx_buf_byte(&e->wanted, '\n');
    } else if (hdx_str_starts(line, HDX_STR(">>> "))) {
        write_file(join(e->dir, path), take_text(rest));
    } else if (hdx_str_starts(line, HDX_STR("<<< "))) {
        ck_assert_uint_lt(e->mended_count, 8);
        e->mended[e->mended_count++] = path;
        e->mended[e->mended_count++] = take_text(rest).ptr;
    }
}

/* Runs all examples of a rule; how many are bad and good. */
static void run_rule(const char *rule, size_t *bad, size_t *good)
{
    hdx_str rest, line;
    helpdex_error err;
    hdx_str path =
        hdx_arena_format(&arena, SOURCE_DIR "/tests/lint/%s.md", rule);
    ck_assert_msg(hdx_file_read(&arena, path.ptr, 1 << 20, &rest, &err) == 0,
                  "%s: every rule has examples", path.ptr);
    example e = {.rule = NULL};
    while (hdx_str_line(&rest, &line)) {
        if (hdx_str_starts(line, HDX_STR("=== "))) {
            if (e.rule)
                check_example(&e);
            bool is_good = hdx_str_starts(line, HDX_STR("=== good: "));
            e = (example){
                .rule = rule, .name = line, .dir = temp_dir(), .good = is_good};
            *bad += !is_good;
            *good += is_good;
        } else if (e.rule) {
            read_mark(&e, line, &rest);
        }
    }
    if (e.rule)
        check_example(&e);
}

START_TEST(every_rule_finds_the_bad_and_leaves_the_good)
{
    helpdex_check_rule rule;
    for (size_t i = 0; helpdex_check_rule_at(i, &rule); i++) {
        size_t bad = 0, good = 0;
        run_rule(rule.id, &bad, &good);
        ck_assert_msg(bad && good, "%s: expected both kinds", rule.id);
        hdx_arena_reset(&arena);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(every_rule_is_explained_to_writers)
{
    size_t size;
    helpdex_check_rule rule;
    char *text = read_text(SOURCE_DIR "/docs/lint.md", &size);
    for (size_t i = 0; helpdex_check_rule_at(i, &rule); i++) {
        char heading[64];
        snprintf(heading, sizeof heading, "\n| `%s` |", rule.id);
        ck_assert_msg(strstr(text, heading), "%s is not in docs/lint.md",
                      rule.id);
        ck_assert_uint_gt(strlen(rule.summary), 10);
    }
    free(text);
    ck_assert(!helpdex_check_rule_at(helpdex_check_rule_count(), &rule));
}
END_TEST

static helpdex_report *check(const char *dir, const char *index, bool fix)
{
    helpdex_report *report;
    helpdex_check_options options;
    helpdex_check_options_init(&options);
    options.index_dir = index;
    options.fix = fix;
    ck_assert_int_eq(helpdex_check(dir, &options, &report, NULL), 0);
    return report;
}

START_TEST(an_index_remembers_what_a_translation_was_made_from)
{
    const char *dir = temp_dir(), *index = join(temp_dir(), "ix");
    helpdex_report *built;
    write_text(join(dir, "en/a.md"), "# A\n\nTen days.\n");
    write_text(join(dir, "de/a.md"), "# A\n\nZehn Tage.\n");
    ck_assert_int_eq(helpdex_index_build(dir, index, NULL, &built, NULL), 0);
    helpdex_report_free(built);
    write_text(join(dir, "en/a.md"), "# A\n\nThree days.\n");
    helpdex_report *report = check(dir, index, false);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 1);
    ck_assert_str_eq(helpdex_report_finding(report, 0)->rule,
                     "stale-translation");
    helpdex_report_free(report);
}
END_TEST

START_TEST(a_comment_disables_rules_on_the_next_line_or_in_the_file)
{
    const char *dir = temp_dir();
    write_text(join(dir, "en/a.md"),
               "# A\n\n<!-- helpdex-disable-next-line missing-alt -->\n"
               "![](a.png)\n![](b.png)\n");
    write_text(join(dir, "en/b.md"), "<!-- helpdex-disable -->\n![](b.png)\n");
    write_text(join(dir, "en/c.md"), "---\n# helpdex-disable missing-alt\n"
                                     "title: C\n---\n![](b.png)\n");
    helpdex_report *report = check(dir, NULL, false);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 1);
    ck_assert_uint_eq(helpdex_report_finding(report, 0)->line, 5);
    helpdex_report_free(report);
}
END_TEST

START_TEST(a_fingerprint_stays_when_lines_are_added_above)
{
    const char *dir = temp_dir();
    char before[32];
    write_text(join(dir, "en/a.md"), "# A\n\n![](b.png)\n");
    helpdex_report *report = check(dir, NULL, false);
    snprintf(before, sizeof before, "%s",
             helpdex_report_finding(report, 0)->fingerprint);
    helpdex_report_free(report);
    write_text(join(dir, "en/a.md"), "# A\n\nMore.\n\n![](b.png)\n");
    report = check(dir, NULL, false);
    ck_assert_str_eq(helpdex_report_finding(report, 0)->fingerprint, before);
    ck_assert_uint_eq(helpdex_report_finding(report, 0)->line, 5);
    helpdex_report_free(report);
}
END_TEST

START_TEST(mending_keeps_permissions_and_other_files)
{
    const char *dir = temp_dir();
    struct stat was, is, other;
    write_text(join(dir, "en/a.md"), "---\ntitel: A\n---\nText.\n");
    write_text(join(dir, "en/b.md"), "# B\n\nText.\n");
    ck_assert_int_eq(chmod(join(dir, "en/a.md"), 0640), 0);
    ck_assert_int_eq(stat(join(dir, "en/b.md"), &was), 0);
    helpdex_report_free(check(dir, NULL, true));
    ck_assert_int_eq(stat(join(dir, "en/a.md"), &is), 0);
    ck_assert_int_eq(stat(join(dir, "en/b.md"), &other), 0);
    ck_assert_int_eq(is.st_mode & 0777, 0640);
    ck_assert_uint_eq(was.st_ino, other.st_ino);
}
END_TEST

START_TEST(a_folder_that_is_no_knowledge_base_is_a_finding)
{
    const char *dir = temp_dir();
    write_text(join(dir, "helpdex.yml"), "locales: [xx-no-tag-x]\n");
    helpdex_report *report = check(dir, NULL, false);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 1);
    ck_assert_str_eq(helpdex_report_finding(report, 0)->rule, "unreadable");
    helpdex_report_free(report);
}
END_TEST

START_TEST(wrong_arguments_are_errors)
{
    helpdex_report *report;
    helpdex_error err;
    helpdex_check_options options;
    helpdex_check_options_init(&options);
    ck_assert_int_eq(helpdex_check("no/such/folder", &options, &report, &err),
                     HELPDEX_NOT_FOUND);
    options.locale = "no tag";
    ck_assert_int_eq(helpdex_check(temp_dir(), &options, &report, &err),
                     HELPDEX_INVALID);
    options.size = 1;
    ck_assert_int_eq(helpdex_check(temp_dir(), &options, &report, &err),
                     HELPDEX_INVALID);
    ck_assert_ptr_null(report);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_rule_finds_the_bad_and_leaves_the_good,
        every_rule_is_explained_to_writers,
        an_index_remembers_what_a_translation_was_made_from,
        a_comment_disables_rules_on_the_next_line_or_in_the_file,
        a_fingerprint_stays_when_lines_are_added_above,
        mending_keeps_permissions_and_other_files,
        a_folder_that_is_no_knowledge_base_is_a_finding,
        wrong_arguments_are_errors,
        NULL};
    return run_suite("lint", tests);
}
