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
    hdx_locale locale, english;
    helpdex_report_free(report);
    ck_assert_int_eq(hdx_report_new(&report, NULL), 0);
    ck_assert(!tag || hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert(hdx_locale_parse(HDX_STR("en"), &english));
    hdx_layout_hints hints = {tag ? &locale : NULL, &english};
    return hdx_layout_scan(&arena, dir, hints, report, out, err);
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
                                 "layout: {a: b}\n",
                                 "layout: \"{locale}/x.md\"\n",
                                 "layout: \"{locale}/{path}\"\n",
                                 "layout: \"{locale}{path}.md\"\n",
                                 "layout: \"../{locale}/{path}.md\"\n",
                                 "layout: \"/{locale}/{path}.md\"\n",
                                 "layout: \"{locale}/{path}/{x}.md\"\n",
                                 "layout: [\"{path}.md\"]\n",
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

/* Articles at these paths, the list ended by NULL. */
static const char *tree(const char *const *paths)
{
    const char *dir = temp_dir();
    for (; *paths; paths++)
        write_text(join(dir, *paths), "Text.\n");
    return dir;
}

#define TREE(...) tree((const char *const[]){__VA_ARGS__, NULL})

/* The file of a locale that is the same as `below` in the others; "" : none. */
static hdx_str file_of(const hdx_layout *l, const char *tag, const char *below)
{
    for (size_t i = 0; i < l->count; i++)
        for (size_t n = 0; strcmp(l->locales[i].locale.tag, tag) == 0 &&
                           n < l->locales[i].count;
             n++)
            if (hdx_str_eq(l->locales[i].files[n].below, hdx_str_of(below)))
                return l->locales[i].files[n].shown;
    return HDX_STR("");
}

/* Whether a note says this. */
static bool noted(const char *what)
{
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        if (f->severity == HELPDEX_NOTE && strstr(f->message, what))
            return true;
    }
    return false;
}

START_TEST(hugo_has_a_folder_a_language)
{
    hdx_layout l = layout_of(TREE("content/de/a/x.md", "content/zh-cn/a/x.md",
                                  "content/en/a/x.md", "content/base/a/x.md"));
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_is(file_of(&l, "zh-CN", "a/x.md"), "content/zh-cn/a/x.md");
    ck_assert_str_is(file_of(&l, "de", "a/x.md"), "content/de/a/x.md");
    ck_assert(noted("hugo (content/{locale}/{path}.md): 3 articles in 3"));
    clear();
}
END_TEST

START_TEST(hugo_has_suffixes_too)
{
    hdx_layout l = layout_of(TREE("content/v/x.md", "content/v/x.iw.md",
                                  "content/v/y.md", "content/v/x.fa-ir.md"));
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_eq(l.default_locale.tag, "en");
    ck_assert_str_is(file_of(&l, "en", "v/x.md"), "content/v/x.md");
    ck_assert_str_is(file_of(&l, "he", "v/x.md"), "content/v/x.iw.md");
    ck_assert_str_is(file_of(&l, "fa-IR", "v/x.md"), "content/v/x.fa-ir.md");
    ck_assert(noted("without a locale taken as en"));
    clear();
}
END_TEST

START_TEST(docusaurus_keeps_translations_apart)
{
    hdx_layout l = layout_of(
        TREE("docs/a/x.mdx", "README.md",
             "i18n/ja/docusaurus-plugin-content-docs/current/a/x.mdx",
             "i18n/th/docusaurus-plugin-content-docs/current/a/x.md"));
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_is(file_of(&l, "en", "a/x.mdx"), "docs/a/x.mdx");
    ck_assert_str_is(file_of(&l, "ja", "a/x.mdx"),
                     "i18n/ja/docusaurus-plugin-content-docs/current/a/x.mdx");
    ck_assert_uint_eq(l.articles, 3);
    clear();
}
END_TEST

START_TEST(mkdocs_has_suffixes_or_folders)
{
    hdx_layout l =
        layout_of(TREE("docs/x.md", "docs/x.ko.md", "docs/x.pt-BR.md"));
    ck_assert_str_is(file_of(&l, "ko", "x.md"), "docs/x.ko.md");
    ck_assert(noted("mkdocs (docs/{path}.{locale}.md"));
    clear();
    l = layout_of(TREE("docs/en/x.md", "docs/ko/x.md"));
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "ko", "x.md"), "docs/ko/x.md");
    ck_assert(noted("mkdocs (docs/{locale}/{path}.md)"));
    clear();
}
END_TEST

START_TEST(jekyll_keeps_bodies_in_a_folder_of_its_own)
{
    const char *dir = TREE("_i18n/de/a/x.md", "_i18n/zh-tw/a/x.md",
                           "_i18n/nb-no/a/x.md", "a/x.md", "a/y.md");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_is(file_of(&l, "zh-TW", "a/x.md"), "_i18n/zh-tw/a/x.md");
    ck_assert_str_is(file_of(&l, "nb-NO", "a/x.md"), "_i18n/nb-no/a/x.md");
    ck_assert(warned(join(dir, "a")));
    clear();
}
END_TEST

START_TEST(heads_tell_the_locale_where_no_name_does)
{
    const char *dir = temp_dir();
    write_text(join(dir, "about.md"), "---\nlang: en\n---\nx");
    write_text(join(dir, "a/ueber.md"),
               "---\nlang: de\npermalink: /about/\n---\nx");
    write_text(join(dir, "broken.md"), "---\nlang: de\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "de", "about.md"), "a/ueber.md");
    ck_assert_str_is(file_of(&l, "en", "about.md"), "about.md");
    ck_assert(noted("read as jekyll (lang: in each head)"));
    clear();
}
END_TEST

START_TEST(vitepress_has_its_default_at_the_root)
{
    hdx_layout l = layout_of(TREE("index.md", "guide/x.md", "de/index.md",
                                  "de/guide/x.md", "ja/guide/x.md"));
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_is(file_of(&l, "en", "guide/x.md"), "guide/x.md");
    ck_assert_str_is(file_of(&l, "de", "index.md"), "de/index.md");
    ck_assert(noted("vitepress ({locale}/{path}.md, {path}.md)"));
    clear();
    l = layout_of(TREE("docs/guide/x.md", "docs/de/guide/x.md"));
    ck_assert_str_is(file_of(&l, "de", "guide/x.md"), "docs/de/guide/x.md");
    clear();
}
END_TEST

START_TEST(starlight_has_its_own_folder)
{
    hdx_layout l = layout_of(TREE("src/content/docs/x.mdx",
                                  "src/content/docs/ko/x.mdx", "src/a.md"));
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "ko", "x.mdx"), "src/content/docs/ko/x.mdx");
    clear();
}
END_TEST

START_TEST(tldr_has_a_folder_a_locale_beside_the_default)
{
    hdx_layout l = layout_of(TREE("pages/common/g++.md", "pages/common/[[.md",
                                  "pages/common/..md", "pages.no/common/g++.md",
                                  "pages.nb/common/g++.md",
                                  "pages.zh_TW/common/..md", "LICENSE.md"));
    ck_assert_uint_eq(l.count, 4);
    ck_assert_uint_eq(l.articles, 6);
    ck_assert_str_is(file_of(&l, "no", "common/g++.md"),
                     "pages.no/common/g++.md");
    ck_assert_str_is(file_of(&l, "zh-TW", "common/..md"),
                     "pages.zh_TW/common/..md");
    ck_assert(noted("read as tldr"));
    clear();
}
END_TEST

START_TEST(redocly_has_its_default_at_the_root)
{
    const char *dir = TREE("docs/id/x.md", "about.md", "@l10n/ja/docs/id/x.md",
                           "@l10n/es-ES/about.md", "@l10n/shared/y.md");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_is(file_of(&l, "en", "docs/id/x.md"), "docs/id/x.md");
    ck_assert_str_is(file_of(&l, "es-ES", "about.md"), "@l10n/es-ES/about.md");
    ck_assert(warned(join(dir, "@l10n/shared")));
    clear();
}
END_TEST

START_TEST(a_folder_named_like_a_tag_is_no_locale_by_itself)
{
    hdx_layout l = layout_of(TREE("x.md", "no/refund.md", "id/verify.md",
                                  "my-account/a.md", "new/b.md", "de/x.md"));
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "en", "no/refund.md"), "no/refund.md");
    ck_assert_str_is(file_of(&l, "en", "id/verify.md"), "id/verify.md");
    ck_assert_str_is(file_of(&l, "de", "x.md"), "de/x.md");
    clear();
    fault_of(TREE("cards/a.md", "pay/b.md", "app/c.md", "no/d.md", "id/e.md"),
             HELPDEX_BAD_INPUT);
    clear();
}
END_TEST

START_TEST(a_suffix_named_like_a_tag_is_no_locale_by_itself)
{
    hdx_layout l = layout_of(TREE("docs/g++.md", "docs/Program.cs.md",
                                  "docs/asp.net.md", "docs/g++.de.md"));
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "en", "Program.cs.md"), "docs/Program.cs.md");
    ck_assert_str_is(file_of(&l, "en", "asp.net.md"), "docs/asp.net.md");
    ck_assert_str_is(file_of(&l, "de", "g++.md"), "docs/g++.de.md");
    clear();
}
END_TEST

START_TEST(a_listed_locale_needs_no_other_proof)
{
    const char *dir = TREE("x.md", "no/alene.md", "id/sendiri.md");
    write_text(join(dir, "helpdex.yml"), "locales: [en, no]\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "no", "alene.md"), "no/alene.md");
    ck_assert_str_is(file_of(&l, "en", "id/sendiri.md"), "id/sendiri.md");
    clear();
}
END_TEST

START_TEST(a_locale_that_shares_no_article_is_noted)
{
    layout_of(TREE("de/x.md", "en/x.md", "id/verify.md"));
    ck_assert(noted("\"id\" is read as the locale id, though"));
    ck_assert(!noted("\"de\""));
    clear();
}
END_TEST

START_TEST(a_pattern_of_the_configuration_is_taken)
{
    const char *dir = TREE("hilfe/konto/de/x.md", "hilfe/konto/th/x.md");
    write_text(join(dir, "helpdex.yml"),
               "layout: hilfe/{path}/{locale}/x.md\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 2);
    ck_assert_str_is(file_of(&l, "th", "konto.md"), "hilfe/konto/th/x.md");
    clear();
    dir = TREE("a/x.md", "a/x.de.md");
    write_text(join(dir, "helpdex.yml"),
               "layout: ['a/{path}.{locale}.md', 'a/{path}.md']\n"
               "default_locale: th\n");
    l = layout_of(dir);
    ck_assert_str_is(file_of(&l, "th", "x.md"), "a/x.md");
    ck_assert_str_is(file_of(&l, "de", "x.md"), "a/x.de.md");
    clear();
}
END_TEST

START_TEST(a_layout_that_is_named_is_the_only_one_tried)
{
    const char *dir = TREE("docs/en/x.md", "docs/de/x.md", "content/fr/x.md");
    write_text(join(dir, "helpdex.yml"), "layout: hugo\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 1);
    ck_assert_str_eq(l.locales[0].locale.tag, "fr");
    ck_assert(warned(join(dir, "docs")));
    write_text(join(dir, "helpdex.yml"), "url: x\nlayout: hugoo\n");
    helpdex_error err = fault_of(dir, HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean hugo?"));
    ck_assert_uint_eq(err.line, 2);
    clear();
}
END_TEST

START_TEST(a_default_that_is_no_default_is_asked_for)
{
    const char *dir = TREE("x.md", "y.md", "en/x.md", "fr/x.md");
    helpdex_error err = fault_of(dir, HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "write default_locale:"));
    write_text(join(dir, "helpdex.yml"), "default_locale: de\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 3);
    ck_assert_str_is(file_of(&l, "de", "y.md"), "y.md");
    clear();
}
END_TEST

START_TEST(one_tree_of_a_declared_locale_needs_no_folders)
{
    const char *dir = TREE("konto/x.md", "karte/y.md");
    fault_of(dir, HELPDEX_BAD_INPUT);
    write_text(join(dir, "helpdex.yml"), "default_locale: de\n");
    hdx_layout l = layout_of(dir);
    ck_assert_uint_eq(l.count, 1);
    ck_assert_str_is(file_of(&l, "de", "konto/x.md"), "konto/x.md");
    ck_assert(noted("read as one tree"));
    clear();
}
END_TEST

START_TEST(pieces_of_pages_are_left_out)
{
    const char *dir = TREE("de/_index.md", "de/_TEMPLATE.md", "th/a/_teil.mdx");
    ck_assert_uint_eq(layout_of(dir).articles, 1);
    ck_assert(warned(join(dir, "de/_TEMPLATE.md")));
    clear();
}
END_TEST

START_TEST(paths_that_differ_by_case_are_warned_of)
{
    const char *dir = TREE("de/Über.md", "de/über.md", "th/über.md");
    layout_of(dir);
    ck_assert(warned(join(dir, "de/über.md")));
    ck_assert(!warned(join(dir, "th/über.md")));
    clear();
}
END_TEST

START_TEST(a_name_that_is_not_utf8_is_left_out)
{
    const char *dir = TREE("de/x.md", "de/gr\xFC\xDF"
                                      "e.md");
    ck_assert_uint_eq(layout_of(dir).articles, 1);
    ck_assert(warned(join(dir, "de/gr\xFC\xDF"
                               "e.md")));
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
        hugo_has_a_folder_a_language,
        hugo_has_suffixes_too,
        docusaurus_keeps_translations_apart,
        mkdocs_has_suffixes_or_folders,
        jekyll_keeps_bodies_in_a_folder_of_its_own,
        heads_tell_the_locale_where_no_name_does,
        vitepress_has_its_default_at_the_root,
        starlight_has_its_own_folder,
        tldr_has_a_folder_a_locale_beside_the_default,
        redocly_has_its_default_at_the_root,
        a_folder_named_like_a_tag_is_no_locale_by_itself,
        a_suffix_named_like_a_tag_is_no_locale_by_itself,
        a_listed_locale_needs_no_other_proof,
        a_locale_that_shares_no_article_is_noted,
        a_pattern_of_the_configuration_is_taken,
        a_layout_that_is_named_is_the_only_one_tried,
        a_default_that_is_no_default_is_asked_for,
        one_tree_of_a_declared_locale_needs_no_folders,
        pieces_of_pages_are_left_out,
        paths_that_differ_by_case_are_warned_of,
        a_name_that_is_not_utf8_is_left_out,
        NULL};
    return run_suite("layout", tests);
}
