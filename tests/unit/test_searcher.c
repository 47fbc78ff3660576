/* helpdex_search, as a program outside sees it */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include <pthread.h>
#include <stdio.h>

#include "tests/unit/support.h"

static const char *kb, *ix;

static void article(const char *path, const char *text)
{
    write_text(join(kb, path), text);
}

static void build(void)
{
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    helpdex_status status = helpdex_index_build(kb, ix, NULL, &report, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_report_free(report);
}

/* A base in six languages; English has an article that no other has. */
static helpdex_searcher *base(void)
{
    helpdex_searcher *s;
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    article("helpdex.yml", "default_locale: en\n"
                           "url: https://x.example/{locale}/{id}\n");
    article("en/lock.md", "# Lock\n\nIntro.\n\n## Lost phone\n\nLock the "
                          "account if your phone is stolen.\n\n## Unlock\n\n"
                          "Write to us.");
    article("en/fees.md", "# Fees\n\nWithdrawals cost nothing.");
    article("de/lock.md", "# Sperren\n\nVorab.\n\n## Handy weg\n\nSperren Sie "
                          "das Konto, wenn das Handy gestohlen wurde.\n");
    article("th/lock.md", "# ล็อกบัญชี\n\nถ้าโทรศัพท์หาย ให้ล็อกบัญชีทันที\n");
    article("ja/lock.md", "# ロック\n\n携帯電話を盗まれたら、口座をロックして"
                          "ください。\n");
    article("ar/lock.md", "# قفل الحساب\n\nإذا سُرق هاتفك فاقفل الحساب فورا.\n");
    article("zh-Hant/lock.md", "# 鎖定帳戶\n\n手機被偷時請立即鎖定帳戶。\n");
    build();
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    return s;
}

static helpdex_request ask(const char *query, const char *locale)
{
    helpdex_request r;
    helpdex_request_init(&r);
    r.query = query;
    r.locale = locale;
    return r;
}

static helpdex_results *search(helpdex_searcher *s, helpdex_request request)
{
    helpdex_results *r;
    helpdex_error err = {0};
    helpdex_status status = helpdex_search(s, &request, &r, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return r;
}

static helpdex_results *find(helpdex_searcher *s, const char *query,
                             const char *locale)
{
    return search(s, ask(query, locale));
}

static size_t count(helpdex_searcher *s, const char *query, const char *locale)
{
    helpdex_results *r = find(s, query, locale);
    size_t n = helpdex_results_count(r);
    for (size_t i = 0; i < n; i++) {
        const helpdex_hit *hit = helpdex_results_at(r, i);
        ck_assert_uint_eq(hit->rank, i + 1);
        ck_assert(hit->score >= 0 && hit->score <= 1);
        ck_assert_uint_eq(hdx_utf8_check(hdx_str_of(hit->snippet)), SIZE_MAX);
    }
    helpdex_results_free(r);
    return n;
}

static helpdex_status refusal(helpdex_searcher *s, helpdex_request request)
{
    helpdex_results *r;
    helpdex_error err = {0};
    helpdex_status status = helpdex_search(s, &request, &r, &err);
    ck_assert_ptr_null(r);
    ck_assert_int_eq(err.status, status);
    return status;
}

START_TEST(an_article_is_shown_by_its_best_section)
{
    helpdex_searcher *s = base();
    helpdex_results *r = find(s, "stolen phone", "en");
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    ck_assert_uint_eq(helpdex_results_count(r), 1);
    ck_assert_str_eq(hit->id, "lock");
    ck_assert_str_eq(hit->section, "lost-phone");
    ck_assert_str_eq(hit->title, "Lock");
    ck_assert_uint_eq(hit->heading_count, 1);
    ck_assert_str_eq(hit->heading_path[0], "Lost phone");
    ck_assert_str_eq(hit->path, "en/lock.md");
    ck_assert_uint_eq(hit->line, 5);
    ck_assert(!hit->fallback);
    ck_assert_ptr_null(helpdex_results_at(r, 1));
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(every_language_finds_its_own)
{
    const char *const asked[][2] = {
        {"handys gestohlene", "de"}, {"โทรศัพท์หาย", "th"},
        {"携帯電話", "ja"},          {"الهاتف قفل", "ar"},
        {"手機", "zh-Hant"},         {"LOCKED phones", "en"}};
    helpdex_searcher *s = base();
    for (size_t i = 0; i < 6; i++) {
        helpdex_results *r = find(s, asked[i][0], asked[i][1]);
        ck_assert_msg(helpdex_results_count(r) == 1, "%s", asked[i][0]);
        ck_assert_str_eq(helpdex_results_at(r, 0)->locale, asked[i][1]);
        ck_assert(!helpdex_results_at(r, 0)->fallback);
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(what_a_language_lacks_comes_labelled)
{
    helpdex_searcher *s = base();
    const char *const tags[] = {"de", "th", "ja", "ar", "zh-Hant"};
    for (size_t i = 0; i < 5; i++) {
        helpdex_results *r = find(s, "withdrawals", tags[i]);
        ck_assert_uint_eq(helpdex_results_count(r), 1);
        ck_assert_str_eq(helpdex_results_at(r, 0)->id, "fees");
        ck_assert_str_eq(helpdex_results_at(r, 0)->locale, "en");
        ck_assert(helpdex_results_at(r, 0)->fallback);
        ck_assert_str_eq(helpdex_results_locale(r), tags[i]);
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(what_a_language_has_is_shown_in_it)
{
    helpdex_searcher *s = base();
    const char *const asked[][2] = {{"stolen phone", "de"},
                                    {"gestohlen", "en"}};
    for (size_t i = 0; i < 2; i++) {
        helpdex_results *r = find(s, asked[i][0], asked[i][1]);
        ck_assert_uint_eq(helpdex_results_count(r), 1);
        ck_assert_str_eq(helpdex_results_at(r, 0)->locale, asked[i][1]);
        ck_assert(!helpdex_results_at(r, 0)->fallback);
        ck_assert_ptr_nonnull(helpdex_results_at(r, 0)->via);
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(regions_are_served_by_their_language)
{
    const char *const asked[][3] = {
        {"Handy", "de-AT", "de"},     {"Handy", "DE_ch", "de"},
        {"手機", "zh-TW", "zh-Hant"}, {"手機", "zh_HK", "zh-Hant"},
        {"phone", "en-AU", "en"},     {"هاتف", "ar-EG", "ar"}};
    helpdex_searcher *s = base();
    for (size_t i = 0; i < 6; i++) {
        helpdex_results *r = find(s, asked[i][0], asked[i][1]);
        ck_assert_msg(helpdex_results_count(r) > 0, "%s", asked[i][1]);
        ck_assert_str_eq(helpdex_results_at(r, 0)->locale, asked[i][2]);
        ck_assert(!helpdex_results_at(r, 0)->fallback);
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_region_is_filled_up_from_its_language_without_a_label)
{
    helpdex_searcher_free(base());
    helpdex_searcher *s;
    article("de-AT/lock.md",
            "# Sperren\n\nKonto sperren, wenn's Handy weg is.");
    article("de/fees.md", "# Gebühren\n\nAuszahlungen kosten nichts.");
    build();
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    helpdex_results *r = find(s, "Konto sperren Auszahlungen", "de-AT");
    ck_assert_uint_eq(helpdex_results_count(r), 2);
    for (size_t i = 0; i < 2; i++) {
        const helpdex_hit *hit = helpdex_results_at(r, i);
        ck_assert(!hit->fallback);
        ck_assert_str_eq(hit->locale, strcmp(hit->id, "lock") ? "de" : "de-AT");
    }
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(another_script_of_a_language_is_a_fallback)
{
    helpdex_searcher *s = base();
    helpdex_results *r = find(s, "帳戶", "zh-CN");
    ck_assert_uint_ge(helpdex_results_count(r), 1);
    ck_assert_str_eq(helpdex_results_at(r, 0)->locale, "zh-Hant");
    ck_assert(helpdex_results_at(r, 0)->fallback);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(languages_without_articles_fall_to_the_default)
{
    helpdex_searcher *s = base();
    helpdex_results *r = find(s, "stolen", "sw");
    ck_assert_uint_eq(helpdex_results_count(r), 1);
    ck_assert(helpdex_results_at(r, 0)->fallback);
    ck_assert_str_eq(helpdex_results_locale(r), "sw");
    helpdex_results_free(r);
    r = find(s, "stolen", NULL);
    ck_assert_str_eq(helpdex_results_locale(r), "en");
    ck_assert(!helpdex_results_at(r, 0)->fallback);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(questions_without_a_word_find_nothing)
{
    const char *const empty[] = {
        "",         " ", "\n\t", "?!…", "。、", "\xE2\x80\x8B", "\xEF\xBB\xBF",
        "\xCC\x88", "🔒"};
    const char *const tags[] = {"en", "th", "ja", "ar"};
    helpdex_searcher *s = base();
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        for (size_t n = 0; n < 4; n++)
            ck_assert_uint_eq(count(s, empty[i], tags[n]), 0);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(stop_words_count_when_there_is_nothing_else)
{
    helpdex_searcher *s = base();
    ck_assert_uint_eq(count(s, "das", "de"), 1);
    ck_assert_uint_eq(count(s, "if the", "en"), 1);
    ck_assert_uint_eq(count(s, "das Einhorn", "de"), 0);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(long_questions_are_searched_by_their_beginning)
{
    helpdex_searcher *s = base();
    hdx_buf query = {0};
    hdx_buf_add(&query, HDX_STR("stolen "));
    while (query.len < 64 << 10)
        hdx_buf_add(&query, HDX_STR("กขค "));
    hdx_buf_add(&query, HDX_STR("withdrawals"));
    helpdex_results *r = find(s, query.ptr, "en");
    ck_assert_uint_eq(helpdex_results_count(r), 1);
    ck_assert_str_eq(helpdex_results_at(r, 0)->id, "lock");
    helpdex_results_free(r);
    hdx_buf_free(&query);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_question_of_many_words_is_answered)
{
    helpdex_searcher *s = base();
    hdx_buf query = {0};
    char word[16];
    for (int i = 0; query.len < 64 << 10; i++) {
        snprintf(word, sizeof word, "w%d ", i);
        hdx_buf_add(&query, hdx_str_of(i == 3 ? "withdrawals " : word));
    }
    ck_assert_uint_eq(count(s, query.ptr, "en"), 1);
    hdx_buf_free(&query);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(bad_requests_are_invalid)
{
    helpdex_searcher *s = base();
    const char *const queries[] = {"\xFF", "a\xC0\xAF", "\xED\xA0\x80",
                                   "ก\xE0"};
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(refusal(s, ask(queries[i], "th")), HELPDEX_INVALID);
    const char *const tags[] = {"",      "x",     "klingonisch",
                                "de de", "../en", "\xFF"};
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(refusal(s, ask("a", tags[i])), HELPDEX_INVALID);
    helpdex_request r = ask("a", "en");
    r.limit = 0;
    ck_assert_int_eq(refusal(s, r), HELPDEX_INVALID);
    r.limit = 1001;
    ck_assert_int_eq(refusal(s, r), HELPDEX_INVALID);
    r.limit = 1000;
    r.size = 1;
    ck_assert_int_eq(refusal(s, r), HELPDEX_INVALID);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_question_may_hold_nul_and_need_not_be_terminated)
{
    helpdex_searcher *s = base();
    helpdex_request r = ask("stolen\0xphones", "en");
    r.query_size = 13;
    helpdex_results *found = search(s, r);
    ck_assert_uint_eq(helpdex_results_count(found), 1);
    helpdex_results_free(found);
    r = ask(NULL, "en");
    found = search(s, r);
    ck_assert_uint_eq(helpdex_results_count(found), 0);
    helpdex_results_free(found);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_limit_is_kept)
{
    helpdex_searcher_free(base());
    char path[32];
    for (int i = 0; i < 40; i++) {
        snprintf(path, sizeof path, "en/n%02d.md", i);
        article(path, "Zebra.\n\n## A\n\nZebra.\n\n## B\n\nZebra.");
    }
    build();
    helpdex_searcher *s;
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    const unsigned limits[] = {1, 7, 39, 40, 41, 1000};
    for (size_t i = 0; i < 6; i++) {
        helpdex_request r = ask("zebra", "en");
        r.limit = limits[i];
        helpdex_results *found = search(s, r);
        ck_assert_uint_eq(helpdex_results_count(found),
                          limits[i] < 40 ? limits[i] : 40);
        ck_assert_str_eq(helpdex_results_at(found, 0)->id, "n00");
        helpdex_results_free(found);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(words_are_marked_as_they_are_written)
{
    const char *const asked[][3] = {
        {"gestohlenes", "de", "<mark>gestohlen</mark> wurde"},
        {"บัญชี", "th", "<mark>บัญชี</mark>"},
        {"携帯電話", "ja", "<mark>携帯電話</mark>"},
        {"الحساب", "ar", "<mark>الحساب</mark>"},
        {"鎖定", "zh-TW", "<mark>鎖定</mark>"}};
    helpdex_searcher *s = base();
    for (size_t i = 0; i < 5; i++) {
        helpdex_results *r = find(s, asked[i][0], asked[i][1]);
        ck_assert_uint_ge(helpdex_results_count(r), 1);
        const char *html = helpdex_results_at(r, 0)->snippet_html;
        ck_assert_msg(strstr(html, asked[i][2]), "%s", html);
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(snippets_are_escaped)
{
    helpdex_searcher_free(base());
    helpdex_searcher *s;
    article("de/xss.md", "`<script>alert('x')</script>` &amp; \"Einhorn\" "
                         "&lt;mark&gt;");
    build();
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    helpdex_results *r = find(s, "Einhorn script", "de");
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    ck_assert_str_eq(
        hit->snippet_html,
        "&lt;<mark>script</mark>&gt;alert(&#39;x&#39;)&lt;/<mark>script</mark>"
        "&gt; &amp; &quot;<mark>Einhorn</mark>&quot; &lt;mark&gt;");
    ck_assert_str_eq(hit->snippet, "<script>alert('x')</script> & \"Einhorn\" "
                                   "<mark>");
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

/* The plain text of HTML with our escapes and marks. */
static bool same_text(const char *html, const char *plain)
{
    while (*html) {
        if (strncmp(html, "<mark>", 6) == 0)
            html += 6;
        else if (strncmp(html, "</mark>", 7) == 0)
            html += 7;
        else if (*html++ != *plain++)
            return false;
    }
    return *plain == '\0';
}

START_TEST(snippets_of_any_length_are_whole_characters)
{
    const char *const asked[][2] = {{"gestohlen", "de"},
                                    {"โทรศัพท์", "th"},
                                    {"口座", "ja"},
                                    {"هاتفك", "ar"},
                                    {"立即", "zh-Hant"}};
    helpdex_searcher *s = base();
    for (size_t i = 0; i < 5; i++)
        for (unsigned length = 1; length < 90; length++) {
            helpdex_request r = ask(asked[i][0], asked[i][1]);
            r.snippet = length;
            helpdex_results *found = search(s, r);
            const helpdex_hit *hit = helpdex_results_at(found, 0);
            ck_assert_uint_eq(hdx_utf8_check(hdx_str_of(hit->snippet)),
                              SIZE_MAX);
            ck_assert(same_text(hit->snippet_html, hit->snippet));
            helpdex_results_free(found);
        }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(no_snippet_is_made_when_none_is_asked_for)
{
    helpdex_searcher *s = base();
    helpdex_request r = ask("โทรศัพท์", "th");
    r.snippet = 0;
    helpdex_results *found = search(s, r);
    ck_assert_str_eq(helpdex_results_at(found, 0)->snippet, "");
    ck_assert_str_eq(helpdex_results_at(found, 0)->snippet_html, "");
    helpdex_results_free(found);
    r.snippet = UINT32_MAX;
    found = search(s, r);
    ck_assert_str_eq(helpdex_results_at(found, 0)->snippet,
                     "ถ้าโทรศัพท์หาย ให้ล็อกบัญชีทันที");
    helpdex_results_free(found);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(urls_lead_to_the_section)
{
    helpdex_searcher *s = base();
    helpdex_results *r = find(s, "stolen", "en");
    ck_assert_str_eq(helpdex_results_at(r, 0)->url,
                     "https://x.example/en/lock#lost-phone");
    helpdex_results_free(r);
    r = find(s, "withdrawals", "de");
    ck_assert_str_eq(helpdex_results_at(r, 0)->url,
                     "https://x.example/en/fees");
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(without_a_template_there_is_no_url)
{
    helpdex_searcher_free(base());
    helpdex_searcher *s;
    article("helpdex.yml", "default_locale: en\n");
    build();
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    helpdex_results *r = find(s, "stolen", "en");
    ck_assert_ptr_null(helpdex_results_at(r, 0)->url);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(results_outlive_the_searcher)
{
    helpdex_searcher *s = base();
    helpdex_results *r = find(s, "هاتفك", "ar");
    helpdex_searcher_free(s);
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    ck_assert_str_eq(hit->title, "قفل الحساب");
    ck_assert_str_eq(hit->locale, "ar");
    ck_assert_ptr_nonnull(strstr(hit->snippet, "هاتفك"));
    ck_assert_str_eq(helpdex_results_locale(r), "ar");
    helpdex_results_free(r);
    helpdex_results_free(NULL);
    helpdex_searcher_free(NULL);
}
END_TEST

static void *ask_often(void *context)
{
    helpdex_searcher *s;
    const char *const *asked = context;
    uintptr_t found = 0;
    if (helpdex_searcher_open(ix, &s, NULL))
        return NULL;
    for (int i = 0; i < 100; i++) {
        helpdex_request request = ask(asked[0], asked[1]);
        helpdex_results *r;
        if (helpdex_search(s, &request, &r, NULL) == HELPDEX_OK)
            found += helpdex_results_count(r);
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
    return (void *)found;
}

START_TEST(threads_search_with_a_searcher_each)
{
    helpdex_searcher_free(base());
    const char *asked[2][2] = {{"โทรศัพท์", "th"}, {"携帯電話", "ja"}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_often, asked[i]),
                         0);
    for (int i = 0; i < 2; i++) {
        void *found;
        ck_assert_int_eq(pthread_join(threads[i], &found), 0);
        ck_assert_uint_eq((uintptr_t)found, 100);
    }
}
END_TEST

START_TEST(an_open_searcher_keeps_its_generation)
{
    helpdex_searcher *old = base(), *new;
    const char *const texts[] = {"# Sperren\n\nEinhorn.", "# Sperren\n\nZebra.",
                                 "# Sperren\n\nGiraffe."};
    for (size_t i = 0; i < 3; i++) {
        article("de/lock.md", texts[i]);
        build();
        ck_assert_uint_eq(count(old, "gestohlen", "de"), 1);
        ck_assert_uint_eq(count(old, "Einhorn", "de"), 0);
    }
    ck_assert_int_eq(helpdex_searcher_open(ix, &new, NULL), HELPDEX_OK);
    ck_assert_uint_eq(count(new, "Giraffe", "de"), 1);
    ck_assert_str_ne(helpdex_searcher_generation(old),
                     helpdex_searcher_generation(new));
    helpdex_searcher_free(old);
    helpdex_searcher_free(new);
}
END_TEST

START_TEST(a_searcher_says_what_it_serves)
{
    helpdex_searcher *s = base();
    ck_assert_ptr_null(helpdex_searcher_notice(s));
    ck_assert_uint_eq(helpdex_searcher_locale_count(s), 6);
    ck_assert_str_eq(helpdex_searcher_locale(s, 0), "ar");
    ck_assert_str_eq(helpdex_searcher_locale(s, 5), "zh-Hant");
    ck_assert_ptr_null(helpdex_searcher_locale(s, 6));
    const char *live =
        join(join(ix, helpdex_searcher_generation(s)), "ar/terms");
    article("de/lock.md", "# Sperren\n\nEinhorn.");
    build();
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    flip_bit(join(join(ix, helpdex_searcher_generation(s)), "de/terms"), 99, 3);
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    ck_assert_ptr_nonnull(strstr(helpdex_searcher_notice(s), "de/terms"));
    ck_assert_uint_eq(count(s, "gestohlen", "de"), 1);
    helpdex_searcher_free(s);
    flip_bit(live, 99, 3);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_DAMAGED);
    ck_assert_ptr_null(s);
}
END_TEST

START_TEST(damage_of_what_was_taken_over_leaves_the_generation_before)
{
    helpdex_searcher *s = base();
    article("de/lock.md", "# Sperren\n\nEinhorn.");
    build();
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    flip_bit(join(join(ix, helpdex_searcher_generation(s)), "th/terms"), 99, 3);
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    ck_assert_ptr_nonnull(strstr(helpdex_searcher_notice(s), "th/terms"));
    helpdex_searcher_free(s);
    build();
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    ck_assert_ptr_null(helpdex_searcher_notice(s));
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_pack_that_was_not_published_is_damage)
{
    helpdex_searcher *s = base();
    const char *dir = join(join(ix, helpdex_searcher_generation(s)), "locales");
    helpdex_error err;
    helpdex_searcher_free(s);
    write_text(join(dir, "de-AT.yml"), "stemmer: turkish\n");
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, &err), HELPDEX_DAMAGED);
    ck_assert_ptr_null(s);
    ck_assert_str_eq(err.file, join(dir, "de-AT.yml"));
}
END_TEST

START_TEST(equal_questions_have_equal_answers)
{
    helpdex_searcher *s = base();
    for (int i = 0; i < 3; i++) {
        helpdex_results *a = find(s, "Konto gestohlen", "de");
        helpdex_results *b = find(s, "KONTO  GESTOHLEN?", "de");
        ck_assert_double_eq(helpdex_results_at(a, 0)->score,
                            helpdex_results_at(b, 0)->score);
        helpdex_results_free(a);
        helpdex_results_free(b);
    }
    helpdex_searcher_free(s);
}
END_TEST

static const helpdex_explained_word *explained(const helpdex_hit *hit,
                                               const char *word)
{
    for (size_t i = 0; i < hit->explanation->question_count; i++)
        if (strcmp(hit->explanation->question[i].word, word) == 0)
            return &hit->explanation->question[i];
    ck_abort_msg("%s is not explained", word);
}

START_TEST(a_hit_is_explained_when_that_is_asked)
{
    helpdex_searcher *s = base();
    helpdex_request request = ask("phones stoln unicorn", "en");
    helpdex_results *r = search(s, request);
    ck_assert_ptr_null(helpdex_results_at(r, 0)->explanation);
    helpdex_results_free(r);
    request.explain = true;
    r = search(s, request);
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    ck_assert_uint_eq(hit->explanation->question_count, 3);
    ck_assert_str_eq(explained(hit, "phones")->tier, "stem");
    ck_assert_str_eq(explained(hit, "phones")->found, "phone");
    ck_assert_str_eq(explained(hit, "stoln")->tier, "typo");
    ck_assert_ptr_null(explained(hit, "unicorn")->tier);
    ck_assert_double_gt(explained(hit, "unicorn")->idf, 0);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_parts_of_an_explanation_add_up_to_the_score)
{
    helpdex_searcher *s = base();
    helpdex_request request = ask("withdrawal phone account", "en");
    request.explain = true;
    helpdex_results *r = search(s, request);
    ck_assert_uint_gt(helpdex_results_count(r), 1);
    for (size_t i = 0; i < helpdex_results_count(r); i++) {
        const helpdex_hit *hit = helpdex_results_at(r, i);
        const helpdex_explanation *e = hit->explanation;
        double sum = e->words + e->grams + e->sentence + e->title_words +
                     e->title_grams + e->readings + e->coverage +
                     e->question_match;
        for (size_t n = 0; n < e->factor_count; n++)
            sum *= e->factors[n].by;
        ck_assert_double_eq_tol(sum, hit->score, 1e-9);
    }
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

static void expect_correction(helpdex_searcher *s, const char *query,
                              const char *locale, const char *wanted)
{
    helpdex_results *r = find(s, query, locale);
    const char *got = helpdex_results_correction(r);
    ck_assert_msg(wanted ? got && strcmp(got, wanted) == 0 : got == NULL,
                  "%s: \"%s\", not \"%s\"", query, got ? got : "none",
                  wanted ? wanted : "none");
    helpdex_results_free(r);
}

START_TEST(a_typing_error_is_corrected_and_the_rest_stays_as_typed)
{
    helpdex_searcher *s = base();
    expect_correction(s, "My PHNOE was  stolen?", "en",
                      "My phone was  stolen?");
    expect_correction(s, "phon stole", "en", "phone stole");
    expect_correction(s, "acount withdrawls", "en", "account withdrawals");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(what_an_apostrophe_ties_to_a_word_stays_as_typed)
{
    helpdex_searcher *s = base();
    article("fr/a.md", "# Aujourd’hui\n\nL’argent des prud’hommes.");
    build();
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    expect_correction(s, "aujourd'hiu", "fr", "aujourd'hui");
    expect_correction(s, "d’aujourd’hiu", "fr", "d’aujourd'hui");
    expect_correction(s, "l＇argetn", "fr", "l＇argent");
    expect_correction(s, "prud'hmommes", "fr", "prud'hommes");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_known_word_or_a_number_is_not_corrected)
{
    helpdex_searcher *s = base();
    article("en/code.md", "# Code E1044\n\nLocks of phones.");
    build();
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    expect_correction(s, "stolen phone", "en", NULL);
    expect_correction(s, "locked phones", "en", NULL);
    expect_correction(s, "E1043 shown", "en", NULL);
    expect_correction(s, "withdraw", "en", NULL);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_word_of_a_fallback_locale_is_no_error)
{
    helpdex_searcher *s = base();
    article("de/lock.md", "# Sperren\n\nPhones gibt es nicht.");
    build();
    helpdex_searcher_free(s);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    expect_correction(s, "stolen phone", "de", NULL);
    expect_correction(s, "stolen phonos", "de", "stolen phones");
    helpdex_searcher_free(s);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        an_article_is_shown_by_its_best_section,
        every_language_finds_its_own,
        what_a_language_lacks_comes_labelled,
        what_a_language_has_is_shown_in_it,
        regions_are_served_by_their_language,
        a_region_is_filled_up_from_its_language_without_a_label,
        another_script_of_a_language_is_a_fallback,
        languages_without_articles_fall_to_the_default,
        questions_without_a_word_find_nothing,
        stop_words_count_when_there_is_nothing_else,
        long_questions_are_searched_by_their_beginning,
        a_question_of_many_words_is_answered,
        bad_requests_are_invalid,
        a_question_may_hold_nul_and_need_not_be_terminated,
        the_limit_is_kept,
        words_are_marked_as_they_are_written,
        snippets_are_escaped,
        snippets_of_any_length_are_whole_characters,
        no_snippet_is_made_when_none_is_asked_for,
        urls_lead_to_the_section,
        without_a_template_there_is_no_url,
        results_outlive_the_searcher,
        threads_search_with_a_searcher_each,
        an_open_searcher_keeps_its_generation,
        damage_of_what_was_taken_over_leaves_the_generation_before,
        a_searcher_says_what_it_serves,
        a_pack_that_was_not_published_is_damage,
        equal_questions_have_equal_answers,
        a_typing_error_is_corrected_and_the_rest_stays_as_typed,
        a_hit_is_explained_when_that_is_asked,
        the_parts_of_an_explanation_add_up_to_the_score,
        what_an_apostrophe_ties_to_a_word_stays_as_typed,
        a_known_word_or_a_number_is_not_corrected,
        a_word_of_a_fallback_locale_is_no_error,
        NULL};
    return run_suite("searcher", tests);
}
