/* helpdex_suggest, as a program outside sees it */
#include <helpdex/index.h>
#include <helpdex/suggest.h>

#include <stdio.h>

#include "tests/unit/support.h"

static const char *kb, *ix;

static void article(const char *path, const char *head, const char *title)
{
    hdx_buf text = {0};
    hdx_buf_add(&text, HDX_STR("---\ntitle: \""));
    hdx_buf_add(&text, hdx_str_of(title));
    hdx_buf_add(&text, HDX_STR("\"\n"));
    hdx_buf_add(&text, hdx_str_of(head));
    hdx_buf_add(&text, HDX_STR("---\n\nSome text of "));
    hdx_buf_add(&text, hdx_str_of(path));
    hdx_buf_add(&text, HDX_STR(".\n\n## More\n\nSome more.\n"));
    write_file(join(kb, path), hdx_buf_str(&text));
    hdx_buf_free(&text);
}

static helpdex_searcher *built(void)
{
    helpdex_searcher *s;
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    helpdex_status status = helpdex_index_build(kb, ix, NULL, &report, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    return s;
}

/* A base in nine languages; English alone has "card". */
static helpdex_searcher *base(void)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n"
                                        "url: https://x.example/{id}\n");
    article("en/deposit.md", "questions: [where is my money]\n",
            "My deposit has not arrived");
    article("en/close.md", "", "How do I close my account?");
    article("en/card.md", "weight: 1\n", "Depositing by card");
    article("en/limits.md", "regions: [DE]\nplatforms: [ios]\n",
            "Deposit limits");
    article("de/deposit.md", "questions: [wo ist mein Geld]\n",
            "Überweisung fehlt");
    article("de/close.md", "", "Konto schließen");
    article("th/deposit.md", "", "ฝากเงินแล้วยอดไม่เข้า");
    article("ar/deposit.md", "", "إيداع لم يصل");
    article("zh-Hans/deposit.md", "", "充值没有到账");
    article("zh-Hant/deposit.md", "", "儲值沒有入帳");
    article("ja/deposit.md", "", "スマホで入金できない");
    article("ko/deposit.md", "", "입금이 안 보여요");
    article("ru/deposit.md", "", "Деньги не пришли");
    return built();
}

static helpdex_suggestions *ask(helpdex_searcher *s,
                                helpdex_suggest_request request)
{
    helpdex_suggestions *out;
    helpdex_error err = {0};
    helpdex_status status = helpdex_suggest(s, &request, &out, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return out;
}

static helpdex_suggest_request typed(const char *locale, const char *prefix)
{
    helpdex_suggest_request r;
    helpdex_suggest_request_init(&r);
    r.prefix = prefix;
    r.locale = locale;
    return r;
}

/* The texts that complete a prefix, with a bar behind each; those that are no
   exact match with the number of theirs in front. */
static const char *told(helpdex_searcher *s, helpdex_suggest_request request)
{
    static char out[2048];
    size_t len = 0;
    helpdex_suggestions *all = ask(s, request);
    out[0] = '\0';
    for (size_t i = 0; i < helpdex_suggestions_count(all); i++) {
        const helpdex_suggestion *one = helpdex_suggestions_at(all, i);
        ck_assert((one->kind == HELPDEX_SUGGESTION_TERM) == !one->id);
        ck_assert(one->score >= 0 && one->score <= 1);
        if (one->match)
            len += (size_t)snprintf(out + len, sizeof out - len,
                                    "%d:", one->match);
        len += (size_t)snprintf(out + len, sizeof out - len, "%s|", one->text);
    }
    helpdex_suggestions_free(all);
    return out;
}

static const char *completed(helpdex_searcher *s, const char *locale,
                             const char *prefix)
{
    return told(s, typed(locale, prefix));
}

/* The first completion of a prefix is a text, found in some way. */
static void leads_to(helpdex_searcher *s, const char *locale,
                     const char *prefix, helpdex_suggestion_match match,
                     const char *text)
{
    helpdex_suggestions *all = ask(s, typed(locale, prefix));
    ck_assert_msg(helpdex_suggestions_count(all) > 0, "nothing for %s", prefix);
    const helpdex_suggestion *one = helpdex_suggestions_at(all, 0);
    ck_assert_msg(strcmp(one->text, text) == 0 && one->match == match,
                  "%s gives %s by %d", prefix, one->text, one->match);
    helpdex_suggestions_free(all);
}

START_TEST(a_suggestion_says_what_it_is)
{
    helpdex_searcher *s = base();
    helpdex_suggestions *all = ask(s, typed("en", "where is"));
    ck_assert_uint_eq(helpdex_suggestions_count(all), 1);
    const helpdex_suggestion *one = helpdex_suggestions_at(all, 0);
    ck_assert_int_eq(one->kind, HELPDEX_SUGGESTION_QUESTION);
    ck_assert_str_eq(one->text, "where is my money");
    ck_assert_str_eq(one->id, "deposit");
    ck_assert_str_eq(one->title, "My deposit has not arrived");
    ck_assert_str_eq(one->url, "https://x.example/deposit");
    ck_assert_str_eq(one->locale, "en");
    ck_assert(!one->fallback && !one->via);
    ck_assert_ptr_null(helpdex_suggestions_at(all, 1));
    ck_assert_str_eq(helpdex_suggestions_locale(all), "en");
    helpdex_searcher_free(s);
    ck_assert_str_eq(one->id, "deposit");
    helpdex_suggestions_free(all);
}
END_TEST

START_TEST(a_beginning_goes_before_a_word_and_weight_decides)
{
    helpdex_searcher *s = base();
    ck_assert_str_eq(completed(s, "en", "dep"),
                     "Depositing by card|Deposit limits|"
                     "My deposit has not arrived|deposit|depositing|");
    ck_assert_str_eq(completed(s, "en", "ca"), "card|Depositing by card|");
    ck_assert_str_eq(completed(s, "en", "my dep"),
                     "My deposit has not arrived|");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(words_stand_in_order_and_a_finished_one_is_whole)
{
    helpdex_searcher *s = base();
    ck_assert_str_eq(completed(s, "en", "deposit "),
                     "Deposit limits|My deposit has not arrived|");
    ck_assert_str_eq(completed(s, "en", "deposit li"), "Deposit limits|");
    ck_assert_str_eq(completed(s, "en", "limits deposit"), "");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(words_of_the_index_are_completed)
{
    helpdex_searcher *s = base();
    ck_assert_str_eq(completed(s, "en", "tex"), "text|");
    ck_assert_str_eq(completed(s, "en", "text"), "");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(stop_words_in_front_may_be_others)
{
    helpdex_searcher *s = base();
    leads_to(s, "en", "how can i close", HELPDEX_MATCH_EXACT,
             "How do I close my account?");
    leads_to(s, "en", "the close my ac", HELPDEX_MATCH_EXACT,
             "How do I close my account?");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(case_accents_and_spellings_are_folded)
{
    helpdex_searcher *s = base();
    const char *const same[] = {"über", "UBER", "ueberw", "Überweisung f"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        leads_to(s, "de", same[i], HELPDEX_MATCH_EXACT, "Überweisung fehlt");
    leads_to(s, "de", "konto schlies", HELPDEX_MATCH_EXACT, "Konto schließen");
    leads_to(s, "ar", "ايدا", HELPDEX_MATCH_EXACT, "إيداع لم يصل");
    leads_to(s, "th", "ฝากเ", HELPDEX_MATCH_EXACT, "ฝากเงินแล้วยอดไม่เข้า");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(either_chinese_script_finds_the_other)
{
    helpdex_searcher *s = base();
    leads_to(s, "zh-Hant", "储值没", HELPDEX_MATCH_EXACT, "儲值沒有入帳");
    leads_to(s, "zh-Hans", "充值沒", HELPDEX_MATCH_EXACT, "充值没有到账");
    leads_to(s, "zh-Hans", "到賬", HELPDEX_MATCH_EXACT, "充值没有到账");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(pinyin_completes_chinese)
{
    helpdex_searcher *s = base();
    const char *const same[] = {"c",           "chong",    "chongzh",
                                "chong zhi m", "CHONGZHI", "chongzhimeiyoud",
                                "czm",         "czmydz"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        leads_to(s, "zh-Hans", same[i], HELPDEX_MATCH_READING, "充值没有到账");
    leads_to(s, "zh-Hans", "meiyoudao", HELPDEX_MATCH_READING, "充值没有到账");
    leads_to(s, "zh-Hant", "chuzhi", HELPDEX_MATCH_READING, "儲值沒有入帳");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(homophones_do_not_complete_each_other)
{
    helpdex_searcher *s = base();
    ck_assert_str_eq(completed(s, "zh-Hans", "重置"), "");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(romaji_and_either_kana_complete_japanese)
{
    helpdex_searcher *s = base();
    leads_to(s, "ja", "スマ", HELPDEX_MATCH_EXACT, "スマホで入金できない");
    leads_to(s, "ja", "すまほ", HELPDEX_MATCH_EXACT, "スマホで入金できない");
    leads_to(s, "ja", "ｽﾏﾎ", HELPDEX_MATCH_EXACT, "スマホで入金できない");
    const char *const same[] = {"s", "su", "sum", "suma", "sumah", "sumahod"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        leads_to(s, "ja", same[i], HELPDEX_MATCH_READING,
                 "スマホで入金できない");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(hangul_is_completed_inside_of_a_syllable)
{
    helpdex_searcher *s = base();
    const char *const same[] = {"ㅇ", "이", "입", "입ㄱ", "입그", "입금이 아"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        leads_to(s, "ko", same[i], HELPDEX_MATCH_EXACT, "입금이 안 보여요");
    leads_to(s, "ko", "ㅇㄱ", HELPDEX_MATCH_READING, "입금이 안 보여요");
    leads_to(s, "ko", "ㅇㄱㅇ ㅇ", HELPDEX_MATCH_READING, "입금이 안 보여요");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(one_typing_error_is_forgiven_when_nothing_fits)
{
    helpdex_searcher *s = base();
    const char *const mended[] = {"konot", "kono",   "kontoo s",
                                  "kobto", "kont s", "jonto"};
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++)
        leads_to(s, "de", mended[i], HELPDEX_MATCH_TYPO, "Konto schließen");
    leads_to(s, "de", "konto shcl", HELPDEX_MATCH_TYPO, "Konto schließen");
    leads_to(s, "ru", "деьн", HELPDEX_MATCH_TYPO, "Деньги не пришли");
    leads_to(s, "th", "ฝากงเ", HELPDEX_MATCH_TYPO, "ฝากเงินแล้วยอดไม่เข้า");
    leads_to(s, "ko", "입끔", HELPDEX_MATCH_TYPO, "입금이 안 보여요");
    leads_to(s, "zh-Hans", "chnog", HELPDEX_MATCH_TYPO, "充值没有到账");
    leads_to(s, "zh-Hans", "充直没有", HELPDEX_MATCH_TYPO, "充值没有到账");
    leads_to(s, "en", "how to clsoe my", HELPDEX_MATCH_TYPO,
             "How do I close my account?");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(two_errors_and_the_first_letter_of_a_short_word_are_not)
{
    helpdex_searcher *s = base();
    ck_assert_str_eq(completed(s, "de", "kxxto"), "");
    ck_assert_str_eq(completed(s, "de", "xon"), "");
    ck_assert_str_eq(completed(s, "de", "kx"), "");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_keyboard_is_tried_when_nothing_fits)
{
    helpdex_searcher *s = base();
    leads_to(s, "ru", "ltym", HELPDEX_MATCH_KEYBOARD, "Деньги не пришли");
    leads_to(s, "ru", "LTYM", HELPDEX_MATCH_KEYBOARD, "Деньги не пришли");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(articles_for_others_do_not_appear)
{
    helpdex_searcher *s = base();
    helpdex_suggest_request r = typed("en", "deposit l");
    r.region = "DE";
    r.platform = "ios";
    ck_assert_str_eq(told(s, r), "Deposit limits|");
    r.region = "US";
    ck_assert_ptr_null(strstr(told(s, r), "limits"));
    r.region = "DE";
    r.platform = "web";
    ck_assert_ptr_null(strstr(told(s, r), "limits"));
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(what_a_rule_hides_from_a_reader_does_not_appear)
{
    helpdex_searcher_free(base());
    write_text(join(kb, "rules/a.yml"),
               "hides:\n"
               "  - {article: deposit, locales: de, app_versions: <2}\n"
               "  - {article: card, end: 1970-01-02}\n"
               "  - {article: close, queries: close}\n");
    helpdex_searcher *s = built();
    helpdex_suggest_request r = typed("de", "wo ist");
    ck_assert_str_eq(told(s, r), "wo ist mein Geld|");
    r.app_version = "1.9";
    ck_assert_str_eq(told(s, r), "");
    r.prefix = "where is";
    ck_assert_str_eq(told(s, r), "");
    r.locale = "en";
    ck_assert_str_eq(told(s, r), "where is my money|");
    r.prefix = "depositing";
    ck_assert_str_eq(told(s, r), "Depositing by card|");
    r.now = 1;
    ck_assert_str_eq(told(s, r), "");
    r.prefix = "how do i cl";
    ck_assert_str_eq(told(s, r), "How do I close my account?|");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(an_article_that_the_locale_lacks_comes_labelled)
{
    helpdex_searcher *s = base();
    helpdex_suggestions *all = ask(s, typed("de", "depositing"));
    ck_assert_uint_eq(helpdex_suggestions_count(all), 1);
    const helpdex_suggestion *one = helpdex_suggestions_at(all, 0);
    ck_assert_str_eq(one->text, "Depositing by card");
    ck_assert_str_eq(one->locale, "en");
    ck_assert(one->fallback);
    ck_assert_ptr_null(one->via);
    helpdex_suggestions_free(all);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(an_article_that_it_has_comes_by_its_own_title)
{
    helpdex_searcher *s = base();
    helpdex_suggestions *all = ask(s, typed("de", "how do i cl"));
    ck_assert_uint_eq(helpdex_suggestions_count(all), 1);
    const helpdex_suggestion *one = helpdex_suggestions_at(all, 0);
    ck_assert_int_eq(one->kind, HELPDEX_SUGGESTION_TITLE);
    ck_assert_str_eq(one->text, "Konto schließen");
    ck_assert_str_eq(one->locale, "de");
    ck_assert_str_eq(one->via, "en");
    ck_assert(!one->fallback);
    helpdex_suggestions_free(all);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(an_article_is_shown_once_by_its_best_text)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    article("en/a.md", "questions: [money back, money money]\n", "Money");
    article("de/a.md", "", "Money");
    helpdex_searcher *s = built();
    ck_assert_str_eq(completed(s, "de", "mon"), "Money|");
    ck_assert_str_eq(completed(s, "en", "mon"), "Money|");
    ck_assert_str_eq(completed(s, "en", "money b"), "money back|");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(no_more_are_given_than_are_wanted)
{
    helpdex_searcher *s = base();
    helpdex_suggest_request r = typed("en", "d");
    for (unsigned limit = 1; limit <= 100; limit += 33) {
        r.limit = limit;
        helpdex_suggestions *all = ask(s, r);
        ck_assert_uint_ge(helpdex_suggestions_count(all), 1);
        ck_assert_uint_le(helpdex_suggestions_count(all), limit);
        helpdex_suggestions_free(all);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(words_take_a_share_beside_the_texts)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    article("en/a.md", "", "Sending money");
    article("en/b.md", "", "Money and sending");
    helpdex_searcher *s = built();
    ck_assert_str_eq(completed(s, "en", "se"),
                     "Sending money|sending|Money and sending|");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(nothing_typed_is_nothing_completed)
{
    helpdex_searcher *s = base();
    const char *const texts[] = {"", " ", "...", "\t", "🙂"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_str_eq(completed(s, "en", texts[i]), "");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_long_prefix_is_cut)
{
    helpdex_searcher *s = base();
    enum { SIZE = 100000 };
    char *text = malloc(SIZE + 1);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = "deposit "[i % 8];
    helpdex_suggest_request r = typed("en", text);
    r.prefix_size = SIZE;
    ck_assert_str_eq(told(s, r), "");
    memset(text, 'n', SIZE);
    r.locale = "ja";
    ck_assert_str_eq(told(s, r), "");
    free(text);
    helpdex_searcher_free(s);
}
END_TEST

static helpdex_status refusal(helpdex_searcher *s,
                              helpdex_suggest_request request,
                              const char *message)
{
    helpdex_suggestions *out;
    helpdex_error err = {0};
    helpdex_status status = helpdex_suggest(s, &request, &out, &err);
    ck_assert_ptr_null(out);
    ck_assert_ptr_nonnull(strstr(err.message, message));
    return status;
}

START_TEST(a_wrong_request_is_refused)
{
    helpdex_searcher *s = base();
    helpdex_suggest_request r = typed("en", "a\xFF");
    ck_assert_int_eq(refusal(s, r, "at byte 1"), HELPDEX_INVALID);
    r = typed("no tag", "a");
    ck_assert_int_eq(refusal(s, r, "write one"), HELPDEX_INVALID);
    r = typed("en", "a");
    r.limit = 0;
    ck_assert_int_eq(refusal(s, r, "1 to 100"), HELPDEX_INVALID);
    r.limit = 101;
    ck_assert_int_eq(refusal(s, r, "1 to 100"), HELPDEX_INVALID);
    r.limit = 8;
    r.size = 3;
    ck_assert_int_eq(refusal(s, r, "init first"), HELPDEX_INVALID);
    ck_assert_str_eq(completed(s, "en", "my de"),
                     "My deposit has not arrived|");
    helpdex_searcher_free(s);
    helpdex_suggestions_free(NULL);
}
END_TEST

START_TEST(readers_may_take_turns_in_one_searcher)
{
    helpdex_searcher *s = base();
    for (int i = 0; i < 3; i++) {
        leads_to(s, "de", "kon", HELPDEX_MATCH_EXACT, "Konto schließen");
        leads_to(s, "DE_at", "kon", HELPDEX_MATCH_EXACT, "Konto schließen");
        leads_to(s, NULL, "how", HELPDEX_MATCH_EXACT,
                 "How do I close my account?");
    }
    helpdex_searcher_free(s);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_suggestion_says_what_it_is,
        a_beginning_goes_before_a_word_and_weight_decides,
        words_stand_in_order_and_a_finished_one_is_whole,
        words_of_the_index_are_completed,
        stop_words_in_front_may_be_others,
        case_accents_and_spellings_are_folded,
        either_chinese_script_finds_the_other,
        pinyin_completes_chinese,
        homophones_do_not_complete_each_other,
        romaji_and_either_kana_complete_japanese,
        hangul_is_completed_inside_of_a_syllable,
        one_typing_error_is_forgiven_when_nothing_fits,
        two_errors_and_the_first_letter_of_a_short_word_are_not,
        the_keyboard_is_tried_when_nothing_fits,
        articles_for_others_do_not_appear,
        what_a_rule_hides_from_a_reader_does_not_appear,
        an_article_that_the_locale_lacks_comes_labelled,
        an_article_that_it_has_comes_by_its_own_title,
        an_article_is_shown_once_by_its_best_text,
        no_more_are_given_than_are_wanted,
        words_take_a_share_beside_the_texts,
        nothing_typed_is_nothing_completed,
        a_long_prefix_is_cut,
        a_wrong_request_is_refused,
        readers_may_take_turns_in_one_searcher,
        NULL};
    return run_suite("completion", tests);
}
