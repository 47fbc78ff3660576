/* indexer/layout.h */
#include "indexer/layout.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/support.h"

static hdx_arena arena;
static helpdex_report *report;

static void clear(void)
{
    helpdex_report_free(report);
    report = NULL;
    hdx_arena_free(&arena);
}

static helpdex_status scan(const char *dir, const char *tag, hdx_layout *out,
                           helpdex_error *err)
{
    hdx_locale locale;
    helpdex_report_free(report);
    ck_assert_int_eq(hdx_report_new(&report, NULL), 0);
    ck_assert(!tag || hdx_locale_parse(hdx_str_of(tag), &locale));
    return hdx_layout_scan(&arena, dir, tag ? &locale : NULL, report, out, err);
}

static hdx_layout layout_of(const char *dir)
{
    hdx_layout l;
    helpdex_error err = {0};
    helpdex_status status = scan(dir, NULL, &l, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return l;
}

static helpdex_error fault_of(const char *dir, helpdex_status wanted)
{
    hdx_layout l;
    helpdex_error err = {0};
    ck_assert_int_eq(scan(dir, NULL, &l, &err), wanted);
    ck_assert_int_eq(err.status, wanted);
    return err;
}

/* A base with one article in German and one in Thai. */
static const char *base(const char *config)
{
    const char *dir = temp_dir();
    write_text(join(dir, "de/konto/sperren.md"), "x");
    write_text(join(dir, "th/บัญชี.md"), "x");
    if (config)
        write_text(join(dir, "helpdex.yml"), config);
    return dir;
}

static helpdex_error config_fault(const char *config)
{
    helpdex_error err = fault_of(base(config), HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.file, "/helpdex.yml"));
    return err;
}

/* Whether a warning about this file was given. */
static bool warned(const char *path)
{
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        if (f->severity == HELPDEX_WARNING && strcmp(f->file, path) == 0)
            return true;
    }
    return false;
}

START_TEST(folders_are_locales_in_order_of_tags)
{
    const char *dir = base(NULL);
    write_text(join(dir, "zh_tw/帳戶.markdown"), "x");
    write_text(join(dir, "PT-br/a/b/c.MD"), "x");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 4);
    ck_assert_str_eq(l.locales[0].locale.tag, "de");
    ck_assert_str_eq(l.locales[1].locale.tag, "pt-BR");
    ck_assert_str_eq(l.locales[3].locale.tag, "zh-TW");
    ck_assert_uint_eq(l.articles, 4);
    ck_assert_str_is(l.locales[0].files[0].below, "konto/sperren.md");
    ck_assert_str_is(l.locales[1].files[0].shown, "PT-br/a/b/c.MD");
    ck_assert_str_is(l.locales[2].files[0].path, join(dir, "th/บัญชี.md"));
    ck_assert_str_eq(l.default_locale.tag, "");
    clear();
}
END_TEST

START_TEST(what_is_no_article_is_passed_over)
{
    const char *dir = base(NULL);
    const char *const others[] = {
        "de/bild.png", "de/.md",      "de/.git/x.md",
        "de/md",       "de/a.md.bak", "queries/de.tsv",
        "triage/x.md", "rules/y.md",  "de/.x.md"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        write_text(join(dir, others[i]), "x");
    ck_assert_uint_eq(layout_of(dir).articles, 2);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 0);
    clear();
}
END_TEST

START_TEST(what_lies_beside_the_locales_is_warned_of)
{
    const char *dir = base(NULL);
    write_text(join(dir, "notes.md"), "x");
    write_text(join(dir, "README.md"), "x");
    write_text(join(dir, "index/CURRENT"), "x");
    write_text(join(dir, "assets/x.md"), "x");
    ck_assert_int_eq(mkdir(join(dir, "fr"), 0777), 0);
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 2);
    ck_assert(warned(join(dir, "notes.md")));
    ck_assert(!warned(join(dir, "README.md")));
    ck_assert(!warned(join(dir, "index")));
    ck_assert(warned(join(dir, "assets")));
    ck_assert(warned(join(dir, "fr")));
    clear();
}
END_TEST

START_TEST(links_are_left_out_with_a_warning)
{
    const char *dir = base(NULL), *away = temp_dir();
    write_text(join(away, "geheim.md"), "x");
    ck_assert_int_eq(symlink(join(away, "geheim.md"), join(dir, "de/l.md")), 0);
    ck_assert_int_eq(symlink(away, join(dir, "de/ordner")), 0);
    ck_assert_int_eq(symlink(away, join(dir, "ja")), 0);
    ck_assert_int_eq(symlink("nirgends", join(dir, "de/tot.md")), 0);
    ck_assert_uint_eq(layout_of(dir).articles, 2);
    ck_assert(warned(join(dir, "de/l.md")));
    ck_assert(warned(join(dir, "de/tot.md")));
    ck_assert(warned(join(dir, "de/ordner")));
    ck_assert(warned(join(dir, "ja")));
    clear();
}
END_TEST

START_TEST(folders_and_pipes_named_as_articles_are_no_articles)
{
    const char *dir = base(NULL);
    write_text(join(dir, "de/ordner.md/inhalt.md"), "x");
    ck_assert_int_eq(mkfifo(join(dir, "de/rohr.md"), 0666), 0);
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.locales[0].count, 2);
    ck_assert_str_is(l.locales[0].files[1].below, "ordner.md/inhalt.md");
    ck_assert(warned(join(dir, "de/rohr.md")));
    clear();
}
END_TEST

START_TEST(aliases_give_folders_their_locales)
{
    const char *dir = base("aliases: {german: de-AT, cn: zh-Hans}\n");
    write_text(join(dir, "german/x.md"), "x");
    write_text(join(dir, "cn/x.md"), "x");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 4);
    ck_assert_str_eq(l.locales[1].locale.tag, "de-AT");
    ck_assert_str_eq(l.locales[3].locale.tag, "zh-Hans");
    clear();
}
END_TEST

START_TEST(only_the_listed_locales_are_taken)
{
    const char *dir = base("locales: [TH, pt_BR]\ndefault_locale: th\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 1);
    ck_assert_str_eq(l.locales[0].locale.tag, "th");
    ck_assert_str_eq(l.default_locale.tag, "th");
    clear();
}
END_TEST

START_TEST(excluded_articles_are_left_out)
{
    const char *dir = base("exclude: [\"*/intern/*\", \"th/*\", '[']\n");
    write_text(join(dir, "de/intern/x.md"), "x");
    write_text(join(dir, "de/a/intern/y.md"), "x");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.articles, 1);
    ck_assert_str_is(l.locales[0].files[0].below, "konto/sperren.md");
    clear();
}
END_TEST

START_TEST(the_url_template_and_the_layout_are_read)
{
    hdx_layout l =
        layout_of(base("url: https://x.example/{locale}/{id}\nlayout: auto\n"));
    ck_assert_str_is(l.url, "https://x.example/{locale}/{id}");
    ck_assert_uint_gt(l.config.len, 0);
    clear();
    ck_assert_str_is(layout_of(base("layout: native\n")).url, "");
    clear();
    ck_assert_uint_eq(layout_of(base("")).count, 2);
    clear();
}
END_TEST

START_TEST(the_way_to_a_person_is_read_as_one_line)
{
    hdx_layout l = layout_of(base("contact: \" mailto:a@b.example \"\n"));
    ck_assert_str_is(l.contact, "mailto:a@b.example");
    l = layout_of(base(NULL));
    ck_assert_str_is(l.contact, "");
    helpdex_error err = config_fault("locales: [de, th]\ncontact: {a: b}\n");
    ck_assert_uint_eq(err.line, 2);
    ck_assert_ptr_nonnull(strstr(err.message, "contact is one text"));
    err = config_fault("contact: ''\n");
    ck_assert_ptr_nonnull(strstr(err.message, "; write "));
    clear();
}
END_TEST

START_TEST(an_unknown_key_is_told_the_nearest)
{
    helpdex_error err = config_fault("url: x\n\ndefault_local: de\n");
    ck_assert_uint_eq(err.line, 3);
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean default_locale?"));
    ck_assert_ptr_nonnull(
        strstr(config_fault("exlude: []").message, "did you mean exclude?"));
    ck_assert_ptr_nonnull(strstr(config_fault("ภาษา: x").message, "ภาษา"));
    clear();
}
END_TEST

START_TEST(values_of_the_wrong_kind_have_their_place)
{
    const char *const wrong[] = {"default_locale: klingonisch\n",
                                 "default_locale: [de]\n",
                                 "locales: de\n",
                                 "locales: [de, '!']\n",
                                 "locales: {de: x}\n",
                                 "aliases: [a]\n",
                                 "aliases: {a: [b]}\n",
                                 "aliases: {a: '1'}\n",
                                 "exclude: x\n",
                                 "url: [x]\n",
                                 "layout: hügo\n",
                                 "layout: [native]\n",
                                 "- a\n",
                                 "text\n",
                                 "a: [\n",
                                 "a: &b c\n",
                                 "url: \xFF\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_uint_ge(config_fault(wrong[i]).line, 1);
    clear();
}
END_TEST

START_TEST(one_locale_in_two_folders_is_a_fault)
{
    const char *dir = base(NULL);
    write_text(join(dir, "pt-BR/a.md"), "x");
    write_text(join(dir, "pt_br/b.md"), "x");
    helpdex_error err = fault_of(dir, HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "pt-BR"));
    ck_assert_ptr_nonnull(strstr(err.message, "pt_br"));
    clear();
}
END_TEST

START_TEST(old_and_new_codes_are_one_locale)
{
    const char *dir = base(NULL);
    write_text(join(dir, "iw/a.md"), "x");
    ck_assert_str_eq(layout_of(dir).locales[1].locale.tag, "he");
    write_text(join(dir, "he/a.md"), "x");
    fault_of(dir, HELPDEX_BAD_INPUT);
    clear();
}
END_TEST

START_TEST(nothing_to_index_is_a_fault)
{
    fault_of(temp_dir(), HELPDEX_BAD_INPUT);
    fault_of(base("exclude: ['*']\n"), HELPDEX_BAD_INPUT);
    fault_of(base("locales: [fr]\n"), HELPDEX_BAD_INPUT);
    const char *dir = temp_dir();
    helpdex_error err = fault_of(join(dir, "nirgends"), HELPDEX_NOT_FOUND);
    ck_assert_str_eq(err.file, join(dir, "nirgends"));
    write_text(join(dir, "datei"), "x");
    fault_of(join(dir, "datei"), HELPDEX_NOT_FOUND);
    clear();
}
END_TEST

START_TEST(one_tree_can_be_one_locale)
{
    const char *dir = base("url: u\nexclude: ['th/*']\n");
    write_text(join(dir, "README.md"), "x");
    hdx_layout l;
    helpdex_error err;
    ck_assert_int_eq(scan(dir, "pt_br", &l, &err), HELPDEX_OK);
    ck_assert_uint_eq(l.count, 1);
    ck_assert_str_eq(l.locales[0].locale.tag, "pt-BR");
    ck_assert_str_eq(l.default_locale.tag, "pt-BR");
    ck_assert_uint_eq(l.locales[0].count, 2);
    ck_assert_str_is(l.locales[0].files[0].below, "README.md");
    ck_assert_str_is(l.locales[0].files[1].below, "de/konto/sperren.md");
    ck_assert_str_is(l.url, "u");
    clear();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        folders_are_locales_in_order_of_tags,
        what_is_no_article_is_passed_over,
        what_lies_beside_the_locales_is_warned_of,
        links_are_left_out_with_a_warning,
        folders_and_pipes_named_as_articles_are_no_articles,
        aliases_give_folders_their_locales,
        only_the_listed_locales_are_taken,
        excluded_articles_are_left_out,
        the_url_template_and_the_layout_are_read,
        the_way_to_a_person_is_read_as_one_line,
        an_unknown_key_is_told_the_nearest,
        values_of_the_wrong_kind_have_their_place,
        one_locale_in_two_folders_is_a_fault,
        old_and_new_codes_are_one_locale,
        nothing_to_index_is_a_fault,
        one_tree_can_be_one_locale,
        NULL};
    return run_suite("layout", tests);
}
