/* search/rules.c, search/rulebook.c and search/banners.c: rules in a search */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include "tests/unit/support.h"

static const char *kb, *ix;
static helpdex_searcher *searcher;

static void article(const char *path, const char *text)
{
    write_text(join(kb, path), text);
}

/* Rules over three articles in seven languages; cards are not for Norway, and
   the German ones for nobody in Chile. */
static void open_with(const char *rules)
{
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    article("helpdex.yml",
            "default_locale: en\nurl: https://x/{locale}/{id}\n");
    article("en/money/money.md", "---\nid: money\n---\n# Missing money\n\nYour "
                                 "deposit is on its way.\n\n## Wire\n\nAsk the "
                                 "bank about the wire.\n");
    article("en/cards/cards.md", "---\nid: cards\nregions: [-NO]\n---\n# Card "
                                 "payments\n\nThe deposit by card failed.\n");
    article("en/fees/fees.md", "---\nid: fees\n---\n# Fees\n\nA deposit costs "
                               "nothing.\n");
    article("de/money/money.md", "---\nid: money\n---\n# Geld fehlt\n\nDie "
                                 "Einzahlung ist unterwegs.\n");
    article("de/cards/cards.md", "---\nid: cards\nregions: [-CL]\n---\n# Karten"
                                 "\n\nDie Einzahlung per Karte schlug fehl.\n");
    article("th/money/money.md",
            "---\nid: money\n---\n# เงินหาย\n\nเงินกำลังมา\n");
    article("ar/money/money.md", "---\nid: money\n---\n# أين أموالي\n\nفي "
                                 "الطريق.\n");
    article("zh-Hans/money/money.md",
            "---\nid: money\n---\n# 充值\n\n在路上\n");
    article("ja/money/money.md", "---\nid: money\n---\n# 入金\n\n処理中です\n");
    article("ko/money/money.md",
            "---\nid: money\n---\n# 입금\n\n처리 중입니다\n");
    article("rules/a.yml", rules);
    helpdex_status status = helpdex_index_build(kb, ix, NULL, &report, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_report_free(report);
    helpdex_searcher_free(searcher);
    status = helpdex_searcher_open(ix, &searcher, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
}

static helpdex_request ask(const char *query, const char *locale)
{
    helpdex_request r;
    helpdex_request_init(&r);
    r.query = query;
    r.locale = locale;
    r.now = 1000;
    return r;
}

static helpdex_results *search(helpdex_request request)
{
    helpdex_results *r;
    helpdex_error err = {0};
    helpdex_status status = helpdex_search(searcher, &request, &r, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return r;
}

/* "level text/locale" of every banner, ids of hits in "a, b<de" if the text is
   a translation of what was found in German. */
static void expect(helpdex_request request, const char *wanted)
{
    hdx_buf seen = {0};
    helpdex_results *r = search(request);
    for (size_t i = 0; i < helpdex_results_banner_count(r); i++) {
        const helpdex_banner *banner = helpdex_results_banner(r, i);
        hdx_buf_add(&seen, hdx_str_of(banner->level));
        hdx_buf_byte(&seen, ' ');
        hdx_buf_add(&seen, hdx_str_of(banner->text));
        hdx_buf_byte(&seen, '/');
        hdx_buf_add(&seen, hdx_str_of(banner->locale));
        hdx_buf_add(&seen, HDX_STR(": "));
    }
    for (size_t i = 0; i < helpdex_results_count(r); i++) {
        const helpdex_hit *hit = helpdex_results_at(r, i);
        hdx_buf_add(&seen, i ? HDX_STR(", ") : HDX_STR(""));
        hdx_buf_add(&seen, hdx_str_of(hit->id));
        hdx_buf_add(&seen, hit->via ? HDX_STR("<") : HDX_STR(""));
        hdx_buf_add(&seen, hdx_str_of(hit->via ? hit->via : ""));
    }
    ck_assert_str_is(hdx_buf_str(&seen), wanted);
    hdx_buf_free(&seen);
    helpdex_results_free(r);
}

/* Whether the pinned article comes first for a question that alone would not
   find it. */
static bool pins(const char *query, const char *locale)
{
    helpdex_results *r = search(ask(query, locale));
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    bool first = hit && strcmp(hit->id, "money") == 0;
    helpdex_results_free(r);
    return first;
}

START_TEST(a_pin_comes_first_though_the_question_did_not_find_it)
{
    open_with("pins:\n  - article: money\n    queries: fees\n");
    helpdex_request request = ask("all fees", "en");
    request.explain = true;
    expect(request, "money, fees");
    helpdex_results *r = search(request);
    const helpdex_hit *hit = helpdex_results_at(r, 0);
    ck_assert_str_eq(hit->section, "");
    const helpdex_explained_factor *pin =
        &hit->explanation->factors[hit->explanation->factor_count - 1];
    ck_assert_str_eq(pin->name, "pin");
    ck_assert_str_eq(pin->why, "rules/a.yml:2");
    ck_assert_double_eq(pin->by, 1);
    helpdex_results_free(r);
}
END_TEST

START_TEST(a_pin_that_was_found_keeps_the_section_that_answers)
{
    open_with("pins:\n  - article: money\n    queries: wire\n");
    helpdex_results *r = search(ask("deposit by card or wire", "en"));
    ck_assert_str_eq(helpdex_results_at(r, 0)->id, "money");
    ck_assert_str_eq(helpdex_results_at(r, 0)->section, "wire");
    helpdex_results_free(r);
}
END_TEST

START_TEST(pins_stand_in_the_order_of_the_file)
{
    open_with("pins:\n  - {article: fees, queries: wire}\n"
              "  - {article: cards, queries: [bank, deposit]}\n");
    expect(ask("deposit by wire", "en"), "fees, cards, money");
    helpdex_request one = ask("deposit by wire", "en");
    one.limit = 1;
    expect(one, "fees");
}
END_TEST

START_TEST(a_phrase_stands_in_a_question_in_any_inflection)
{
    open_with(
        "pins:\n  - article: money\n    queries:\n      en: [stolen "
        "account]\n      de: [karte gestohlen]\n      ar: [حسابي مسروق]\n");
    ck_assert(pins("my STOLEN accounts?", "en"));
    ck_assert(!pins("account stolen", "en"));
    ck_assert(!pins("stolen green account", "en"));
    ck_assert(!pins("stolen goods", "en"));
    ck_assert(pins("KARTE gestohlen, was nun", "de"));
    ck_assert(pins("wurden die Karten gestohlen", "de"));
    ck_assert(pins("لماذا حِسَابي مسروق", "ar"));
}
END_TEST

START_TEST(accents_may_be_left_out_where_they_mislead_the_stemmer)
{
    open_with("pins:\n  - article: money\n    queries: [gebühren erstattet, "
              "cancelación]\n");
    ck_assert(pins("gebuehren erstattet", "de"));
    ck_assert(pins("GEBÜHR erstattet", "de"));
    ck_assert(pins("mi cancelacion", "en"));
    ck_assert(!pins("gebogen erstattet", "de"));
}
END_TEST

START_TEST(a_phrase_is_found_in_scripts_without_spaces)
{
    open_with("pins:\n  - article: money\n    queries:\n      th: [โดนโกง]\n"
              "      zh-Hans: [账户被盗, 钱]\n      ja: [出金できない]\n"
              "      ko: [출금 지연]\n");
    ck_assert(pins("ผมโดนโกงแล้ว", "th"));
    ck_assert(pins("我的账户被盗了怎么办", "zh-Hans"));
    ck_assert(pins("我的帳戶被盜了怎麼辦", "zh-Hans"));
    ck_assert(pins("どうして出金できないの", "ja"));
    ck_assert(pins("출금이 지연되고 있어요", "ko"));
    ck_assert(!pins("账户。被盗", "zh-Hans"));
    ck_assert(!pins("出金できます", "ja"));
}
END_TEST

START_TEST(a_phrase_holds_in_its_language_and_one_without_in_all)
{
    open_with("pins:\n  - {article: money, queries: {de: gas}}\n");
    ck_assert(!pins("gas", "en"));
    ck_assert(pins("gas", "de-AT"));
    open_with("pins:\n  - {article: money, queries: gas}\n");
    ck_assert(pins("gas", "en"));
    ck_assert(pins("gas", "th"));
}
END_TEST

START_TEST(a_question_in_another_language_brings_its_own_phrases)
{
    open_with("pins:\n  - {article: money, queries: {en: card payments}}\n");
    expect(ask("card payments failed", "th"), "money, cards");
    open_with("hides:\n  - {article: cards, queries: {en: card payments}}\n");
    expect(ask("card payments failed", "de"), "");
    expect(ask("Karten", "de"), "cards");
}
END_TEST

START_TEST(a_question_with_a_typing_error_is_the_corrected_one_too)
{
    open_with("pins:\n  - {article: money, queries: card payments}\n");
    ck_assert(pins("card paymetns", "en"));
}
END_TEST

START_TEST(a_hide_holds_in_every_language_and_only_where_it_says)
{
    open_with("hides:\n  - article: cards\n    regions: [US]\n");
    helpdex_request request = ask("card payments", "en");
    expect(request, "cards");
    request.region = "us";
    expect(request, "");
    request.locale = "th";
    expect(request, "");
    request.region = "CA";
    expect(request, "cards");
}
END_TEST

START_TEST(a_hide_ends_with_its_search_and_beats_a_pin)
{
    open_with("hides:\n  - {article: money, queries: wire}\n"
              "pins:\n  - {article: money, queries: [wire, fees]}\n");
    expect(ask("wire", "en"), "");
    expect(ask("fees", "en"), "money, fees");
}
END_TEST

START_TEST(a_boost_lifts_and_lowers)
{
    open_with("");
    helpdex_results *r = search(ask("deposit", "en"));
    ck_assert_uint_eq(helpdex_results_count(r), 3);
    ck_assert_str_eq(helpdex_results_at(r, 2)->id, "money");
    helpdex_results_free(r);
    open_with("boosts:\n  - {article: money, by: 10}\n");
    ck_assert(pins("deposit", "en"));
    open_with("boosts:\n  - {category: cards, by: 0.1}\n"
              "  - {category: fees, by: 0.2}\n");
    expect(ask("deposit", "en"), "money, fees, cards");
}
END_TEST

START_TEST(a_boost_is_explained_by_its_line)
{
    open_with("boosts:\n  - {article: fees, by: 2}\n"
              "  - {category: fees, by: 1.5, queries: deposit}\n");
    helpdex_request request = ask("deposit", "en");
    request.explain = true;
    helpdex_results *r = search(request);
    const helpdex_explanation *e = helpdex_results_at(r, 0)->explanation;
    ck_assert_str_eq(helpdex_results_at(r, 0)->id, "fees");
    ck_assert_str_eq(e->factors[e->factor_count - 1].name, "boost");
    ck_assert_double_eq(e->factors[e->factor_count - 1].by, 3);
    ck_assert_str_eq(e->factors[e->factor_count - 1].why,
                     "rules/a.yml:2, rules/a.yml:3");
    helpdex_results_free(r);
}
END_TEST

START_TEST(a_rule_holds_from_its_start_until_before_its_end)
{
    open_with("pins:\n  - article: money\n    queries: fees\n    start: "
              "1970-01-02\n    end: 1970-01-02T12:00Z\n");
    helpdex_request request = ask("fees", "en");
    const struct {
        int64_t now;
        const char *hits;
    } moments[] = {{86399, "fees"},
                   {86400, "money, fees"},
                   {86400 + 43199, "money, fees"},
                   {86400 + 43200, "fees"}};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        request.now = moments[i].now;
        expect(request, moments[i].hits);
    }
    request.now = 0; /* by the clock, long after */
    expect(request, "fees");
}
END_TEST

START_TEST(scope_is_by_platform_version_and_locale)
{
    open_with("pins:\n  - article: money\n    queries: fees\n    platforms: "
              "[ios]\n    app_versions: '>=4.2 <5'\n    locales: [en]\n");
    helpdex_request request = ask("fees", "en-GB");
    expect(request, "money, fees"); /* nothing else is known */
    request.platform = "iOS";
    request.app_version = "4.10.1";
    expect(request, "money, fees");
    request.app_version = "5.0";
    expect(request, "fees");
    request.app_version = NULL;
    request.platform = "android";
    expect(request, "fees");
    request.platform = NULL;
    request.locale = "de";
    expect(request, "fees");
}
END_TEST

START_TEST(what_is_not_for_a_reader_is_shown_in_no_way)
{
    open_with("pins:\n  - {article: cards, queries: [card, karte]}\n"
              "banners:\n  - {id: a, text: Slow, article: cards}\n");
    helpdex_request request = ask("card", "en");
    request.region = "NO";
    expect(request, "info Slow/en: ");
    helpdex_results *r = search(request);
    ck_assert_ptr_null(helpdex_results_banner(r, 0)->article);
    ck_assert_ptr_null(helpdex_results_banner(r, 0)->url);
    helpdex_results_free(r);
    request = ask("Karte", "de");
    request.region = "CL"; /* the English text is for them */
    r = search(request);
    ck_assert_str_eq(helpdex_results_at(r, 0)->locale, "en");
    ck_assert_str_eq(helpdex_results_banner(r, 0)->url, "https://x/en/cards");
    helpdex_results_free(r);
}
END_TEST

START_TEST(banners_come_the_gravest_first_in_the_reader_s_language)
{
    open_with("banners:\n"
              "  - {id: a, text: {en: A, de: B}}\n"
              "  - {id: b, level: critical, text: {en: C, zh-Hant: D}}\n"
              "  - {id: c, level: warning, text: E}\n");
    expect(ask("x", "de-CH"), "critical C/en: warning E/en: info B/de: ");
    expect(ask("x", "zh-TW"), "critical D/zh-Hant: warning E/en: info A/en: ");
    expect(ask("", "th"), "critical C/en: warning E/en: info A/en: ");
}
END_TEST

START_TEST(a_banner_is_touched_by_words_or_by_the_best_category)
{
    open_with("banners:\n  - id: a\n    text: Slow\n    queries: wire\n"
              "    categories: [fees]\n");
    expect(ask("bank wire", "en"), "info Slow/en: money");
    expect(ask("fees", "en"), "info Slow/en: fees");
    expect(ask("card payments failed", "en"), "cards");
    expect(ask("nonsense", "en"), "");
}
END_TEST

START_TEST(a_banner_says_where_more_stands)
{
    open_with("banners:\n  - {id: slow, text: Slow, article: money}\n");
    helpdex_results *r = search(ask("fees", "de"));
    const helpdex_banner *banner = helpdex_results_banner(r, 0);
    ck_assert_str_eq(banner->id, "slow");
    ck_assert_str_eq(banner->article, "money");
    ck_assert_str_eq(banner->url, "https://x/de/money");
    ck_assert_ptr_null(helpdex_results_banner(r, 1));
    helpdex_results_free(r);
}
END_TEST

START_TEST(a_rule_about_no_article_does_nothing)
{
    open_with("pins:\n  - {article: none, queries: fees}\n"
              "hides:\n  - article: none\n"
              "boosts:\n  - {article: none, by: 2}\n");
    expect(ask("fees", "en"), "fees");
}
END_TEST

static void close_last(void)
{
    helpdex_searcher_free(searcher);
}

int main(void)
{
    const TTest *const tests[] = {
        a_pin_comes_first_though_the_question_did_not_find_it,
        a_pin_that_was_found_keeps_the_section_that_answers,
        pins_stand_in_the_order_of_the_file,
        a_phrase_stands_in_a_question_in_any_inflection,
        accents_may_be_left_out_where_they_mislead_the_stemmer,
        a_phrase_is_found_in_scripts_without_spaces,
        a_phrase_holds_in_its_language_and_one_without_in_all,
        a_question_in_another_language_brings_its_own_phrases,
        a_question_with_a_typing_error_is_the_corrected_one_too,
        a_hide_holds_in_every_language_and_only_where_it_says,
        a_hide_ends_with_its_search_and_beats_a_pin,
        a_boost_lifts_and_lowers,
        a_boost_is_explained_by_its_line,
        a_rule_holds_from_its_start_until_before_its_end,
        scope_is_by_platform_version_and_locale,
        what_is_not_for_a_reader_is_shown_in_no_way,
        banners_come_the_gravest_first_in_the_reader_s_language,
        a_banner_is_touched_by_words_or_by_the_best_category,
        a_banner_says_where_more_stands,
        a_rule_about_no_article_does_nothing,
        NULL};
    atexit(close_last);
    return run_suite("ruling", tests);
}
