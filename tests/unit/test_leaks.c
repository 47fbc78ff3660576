/* drafts, and articles for other regions and platforms: what a reader is told
   is what an index without them would tell */
#include <helpdex/catalog.h>
#include <helpdex/index.h>
#include <helpdex/search.h>
#include <helpdex/suggest.h>

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "tests/unit/support.h"

static const char *kb, *ix;
static helpdex_searcher *searcher;

/* What everybody may read. */
static void begin(void)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n"
                                        "contact: https://x/{locale}/help\n");
    write_text(join(kb, "en/fees.md"),
               "---\nid: fees\n---\n# Trading fees\n\nA withdrawal costs "
               "little. The voucher is free.\n");
    write_text(join(kb, "de/fees.md"),
               "---\nid: fees\n---\n# Gebühren\n\nEine Auszahlung kostet "
               "wenig. Der Gutschein ist umsonst.\n");
    write_text(join(kb, "ja/fees.md"),
               "---\nid: fees\n---\n# 手数料\n\n出金の手数料は安いです。\n");
}

/* What is for some: `head` says for whom. */
static void add_secret(const char *head)
{
    static const char *const texts[][2] = {
        {"en/secret.md",
         "# Zephyrcard rebate\n\nThe zephyrbonus comes with vouchex.\n\n## "
         "Vouchex\n\nThe vouchex\n\n## Zephyrbonus\n\nIs one.\n"},
        {"de/secret.md", "# Zephyrkarte\n\nDer Zephyrbonus kommt mit "
                         "Gutscheim.\n"},
        {"ja/secret.md", "# 極秘カード\n\n極秘ボーナスがもらえます。\n"},
        {"ko/secret.md", "# 비밀카드\n\n비밀보너스를 드립니다.\n"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hdx_buf text = {0};
        hdx_buf_add(&text, HDX_STR("---\nid: secret\nquestions: [Zephyrask]\n"
                                   "weight: 1\n"));
        hdx_buf_add(&text, hdx_str_of(head));
        hdx_buf_add(&text, HDX_STR("---\n"));
        hdx_buf_add(&text, hdx_str_of(texts[i][1]));
        write_text(join(kb, texts[i][0]), text.ptr);
        hdx_buf_free(&text);
    }
}

static void open_index(void)
{
    helpdex_report *report;
    helpdex_error err = {0};
    helpdex_status status = helpdex_index_build(kb, ix, NULL, &report, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), 0);
}

static void add(hdx_buf *out, const char *name, const char *text)
{
    hdx_buf_add(out, hdx_str_of(name));
    hdx_buf_add(out, hdx_str_of(text ? text : "-"));
    hdx_buf_byte(out, ' ');
}

/* Who asks. */
typedef struct reader {
    const char *locale, *region, *platform;
} reader;

static void add_search(hdx_buf *out, const char *query, reader who)
{
    helpdex_request request;
    helpdex_results *r;
    char count[32];
    helpdex_request_init(&request);
    request.query = query;
    request.locale = who.locale;
    request.region = who.region;
    request.platform = who.platform;
    request.budget = 200;
    ck_assert_int_eq(helpdex_search(searcher, &request, &r, NULL), 0);
    snprintf(count, sizeof count, "%zu/%zu/%zu", helpdex_results_count(r),
             helpdex_results_passage_count(r), helpdex_results_banner_count(r));
    add(out, "\nsearch ", query);
    add(out, "", count);
    for (size_t i = 0; i < helpdex_results_count(r); i++)
        add(out, "hit:", helpdex_results_at(r, i)->snippet);
    add(out, "mean:", helpdex_results_correction(r));
    for (size_t i = 0; i < helpdex_results_topic_count(r); i++)
        add(out, "topic:", helpdex_results_topic(r, i)->title);
    for (size_t i = 0; i < helpdex_results_banner_count(r); i++)
        add(out, "article:", helpdex_results_banner(r, i)->article);
    helpdex_results_free(r);
}

static void add_suggestions(hdx_buf *out, const char *prefix, reader who)
{
    helpdex_suggest_request request;
    helpdex_suggestions *s;
    helpdex_suggest_request_init(&request);
    request.prefix = prefix;
    request.locale = who.locale;
    request.region = who.region;
    request.platform = who.platform;
    ck_assert_int_eq(helpdex_suggest(searcher, &request, &s, NULL), 0);
    add(out, "\nsuggest ", prefix);
    for (size_t i = 0; i < helpdex_suggestions_count(s); i++)
        add(out, "text:", helpdex_suggestions_at(s, i)->text);
    helpdex_suggestions_free(s);
}

/* All that a reader is told who asks after the secret, and near it. */
static hdx_buf told(reader who)
{
    static const char *const queries[] = {
        "zephyrbonus",    "zephyrbonsu",  "vouchex",   "voucher",
        "Gutscheim",      "Zephyrcard",   "zephyrask", "unicorn",
        "withdrawal fee", "極秘ボーナス", "비밀카드",  "secret"};
    static const char *const prefixes[] = {"z",    "zeph", "vouch", "Gutsch",
                                           "極",   "비밀", "ㅂㅁ",  "zpehyr",
                                           "trad", "se"};
    hdx_buf out = {0};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        add_search(&out, queries[i], who);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        add_suggestions(&out, prefixes[i], who);
    return out;
}

/* Readers in three languages; the secret is for none of them. */
static const reader readers[] = {
    {"en", "GB", "web"}, {"de", "GB", "web"}, {"ja", "GB", "web"}};
enum { READERS = sizeof readers / sizeof *readers };

static void expect_nothing_told(const char *head)
{
    hdx_buf before[READERS];
    begin();
    open_index();
    for (size_t i = 0; i < READERS; i++)
        before[i] = told(readers[i]);
    helpdex_searcher_free(searcher);
    begin();
    add_secret(head);
    open_index();
    for (size_t i = 0; i < READERS; i++) {
        hdx_buf after = told(readers[i]);
        ck_assert_msg(strcmp(before[i].ptr, after.ptr) == 0,
                      "%s: without%s\n\nwith%s", readers[i].locale,
                      before[i].ptr, after.ptr);
        hdx_buf_free(&before[i]);
        hdx_buf_free(&after);
    }
    helpdex_searcher_free(searcher);
}

START_TEST(an_article_for_another_region_tells_nothing)
{
    expect_nothing_told("regions: [US]\n");
}
END_TEST

START_TEST(an_article_not_for_this_region_tells_nothing)
{
    expect_nothing_told("regions: [-GB]\n");
}
END_TEST

START_TEST(an_article_for_another_platform_tells_nothing)
{
    expect_nothing_told("platforms: [ios]\n");
}
END_TEST

START_TEST(a_draft_tells_nothing)
{
    expect_nothing_told("draft: true\n");
    expect_nothing_told("published: false\n");
}
END_TEST

START_TEST(who_it_is_for_is_told)
{
    begin();
    add_secret("regions: [US]\n");
    open_index();
    hdx_buf seen = told((reader){"en", "us", "web"});
    ck_assert_ptr_nonnull(strstr(seen.ptr, "search zephyrbonsu 1/"));
    ck_assert_ptr_nonnull(strstr(seen.ptr, "mean:zephyrbonus"));
    ck_assert_ptr_nonnull(strstr(seen.ptr, "text:Zephyrcard rebate"));
    ck_assert_ptr_nonnull(strstr(seen.ptr, "text:vouchex"));
    hdx_buf_free(&seen);
    seen = told((reader){"en", NULL, NULL}); /* of whom nothing is known */
    ck_assert_ptr_nonnull(strstr(seen.ptr, "mean:zephyrbonus"));
    hdx_buf_free(&seen);
    helpdex_searcher_free(searcher);
}
END_TEST

/* Words of many audiences: the last ones share a bit. */
START_TEST(words_of_more_audiences_than_are_told_apart_are_not_told)
{
    begin();
    for (char i = 0; i < 40; i++) {
        char path[32], text[128];
        snprintf(path, sizeof path, "en/a%d.md", i);
        snprintf(text, sizeof text,
                 "---\nregions: [%c%c]\n---\n# Note\n\nzephyr%c%cword\n\n## Two"
                 "\n\nThe zephyr%c%cword\n",
                 'A' + i % 20, 'A' + i / 20, 'a' + i % 20, 'a' + i / 20,
                 'a' + i % 20, 'a' + i / 20);
        write_text(join(kb, path), text);
    }
    open_index();
    hdx_buf seen = {0};
    add_suggestions(&seen, "zephyr", (reader){"en", "AA", NULL});
    ck_assert_str_eq(seen.ptr, "\nsuggest zephyr text:zephyraaword ");
    seen.len = 0;
    add_suggestions(&seen, "zephyr", (reader){"en", "SB", NULL});
    ck_assert_str_eq(seen.ptr, "\nsuggest zephyr ");
    hdx_buf_free(&seen);
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_banner_does_not_name_an_article_for_others)
{
    begin();
    add_secret("regions: [US]\n");
    write_text(join(kb, "rules/r.yml"),
               "banners:\n  - {id: slow, text: Slow, article: secret}\n");
    open_index();
    hdx_buf seen = {0};
    add_search(&seen, "withdrawal", readers[0]);
    ck_assert_ptr_nonnull(strstr(seen.ptr, "article:- "));
    ck_assert_ptr_null(strstr(seen.ptr, "secret"));
    hdx_buf_free(&seen);
    helpdex_searcher_free(searcher);
}
END_TEST

static void expect_nowhere(const char *folder, const char *word)
{
    DIR *dir = opendir(folder);
    for (struct dirent *e; (e = readdir(dir));) {
        struct stat status;
        const char *path = join(folder, e->d_name);
        size_t size;
        if (e->d_name[0] == '.' || stat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode)) {
            expect_nowhere(path, word);
            continue;
        }
        char *bytes = read_text(path, &size);
        ck_assert_msg(!memmem(bytes, size, word, strlen(word)), "%s in %s",
                      word, path);
        free(bytes);
    }
    closedir(dir);
}

START_TEST(nothing_of_a_draft_is_in_the_index)
{
    helpdex_catalog *catalog;
    begin();
    add_secret("draft: true\n");
    open_index();
    for (size_t i = 0; i < helpdex_searcher_locale_count(searcher); i++) {
        const char *locale = helpdex_searcher_locale(searcher, i);
        ck_assert_str_ne(locale, "ko"); /* which has drafts alone */
        ck_assert_int_eq(helpdex_catalog_open(searcher, locale, &catalog, NULL),
                         0);
        ck_assert_ptr_null(helpdex_catalog_find(catalog, "secret"));
        helpdex_catalog_free(catalog);
    }
    helpdex_searcher_free(searcher);
    expect_nowhere(ix, "ephyr");
    expect_nowhere(ix, "極秘");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        an_article_for_another_region_tells_nothing,
        an_article_not_for_this_region_tells_nothing,
        an_article_for_another_platform_tells_nothing,
        a_draft_tells_nothing,
        who_it_is_for_is_told,
        words_of_more_audiences_than_are_told_apart_are_not_told,
        a_banner_does_not_name_an_article_for_others,
        nothing_of_a_draft_is_in_the_index,
        NULL};
    return run_suite("leaks", tests);
}
