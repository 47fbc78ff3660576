/* Any language to any language, and translations behind their source. */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include "tests/unit/support.h"

static const char *kb, *ix;

static void article(const char *path, const char *text)
{
    write_text(join(kb, path), text);
}

static helpdex_searcher *build(void)
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

static const char lock_en[] =
    "---\nid: lock\nstakes: high\n---\n# Lock the account\n\nYour money is "
    "safe.\n\n## Lost phone\n\nWrite to us when your phone was stolen.\n";
static const char lock_th[] =
    "---\nid: lock\nstakes: high\n---\n# ล็อกบัญชี\n\nเงินของคุณปลอดภัย\n\n"
    "## โทรศัพท์หาย\n\nถ้าโทรศัพท์หาย ให้ติดต่อเรา\n";

/* English, Thai and Arabic have the lock; fees are English alone, keys Arabic
   alone, and a card is not for readers in XB in Thai. */
static helpdex_searcher *base(void)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    article("helpdex.yml", "default_locale: en\n");
    article("en/lock.md", lock_en);
    article("th/lock.md", lock_th);
    article("ar/lock.md", "---\nid: lock\n---\n# قفل الحساب\n\nإذا سُرق هاتفك "
                          "فاقفل الحساب فورا.\n");
    article("en/fees.md", "# Fees\n\nWithdrawals cost nothing at all.\n");
    article("ar/keys.md",
            "# مفاتيح الأمان\n\nاحفظ مفتاح الأمان في مكان آمن.\n");
    article("en/card.md", "# Card payments\n\nVisa cards are declined.\n");
    article("th/card.md", "---\nregions: [-XB]\n---\n# บัตร\n\nบัตรถูกปฏิเสธ\n");
    return build();
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

/* "id locale<via" of every hit, such as "lock th<en". */
static void expect(helpdex_searcher *s, helpdex_request request,
                   const char *wanted)
{
    hdx_buf seen = {0};
    helpdex_results *r = search(s, request);
    for (size_t i = 0; i < helpdex_results_count(r); i++) {
        const helpdex_hit *hit = helpdex_results_at(r, i);
        hdx_buf_add(&seen, i ? HDX_STR(", ") : HDX_STR(""));
        hdx_buf_add(&seen, hdx_str_of(hit->id));
        hdx_buf_byte(&seen, ' ');
        hdx_buf_add(&seen, hdx_str_of(hit->locale));
        hdx_buf_add(&seen, hit->via ? HDX_STR("<") : HDX_STR(""));
        hdx_buf_add(&seen, hdx_str_of(hit->via ? hit->via : ""));
    }
    ck_assert_str_is(hdx_buf_str(&seen), wanted);
    hdx_buf_free(&seen);
    helpdex_results_free(r);
}

START_TEST(a_question_reaches_the_reader_s_translation)
{
    helpdex_searcher *s = base();
    expect(s, ask("my phone was stolen", "th"), "lock th<en");
    expect(s, ask("my phone was stolen", "ar"), "lock ar<en");
    expect(s, ask("هاتفك سُرق", "th"), "lock th<ar");
    expect(s, ask("هاتفك سُرق", "en"), "lock en<ar");
    expect(s, ask("โทรศัพท์หาย", "ar"), "lock ar<th");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(without_a_translation_the_text_itself_is_shown)
{
    helpdex_searcher *s = base();
    expect(s, ask("withdrawals cost", "th"), "fees en");
    expect(s, ask("مفتاح الأمان", "th"), "keys ar");
    expect(s, ask("مفتاح الأمان", "en"), "keys ar");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(nothing_is_guessed_when_the_own_language_answers)
{
    helpdex_searcher *s = base();
    expect(s, ask("โทรศัพท์หาย", "th"), "lock th");
    expect(s, ask("stolen phone", "en"), "lock en");
    expect(s, ask("sdfgh qwrtz", "th"), "");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_same_place_of_the_translation_is_shown)
{
    helpdex_searcher *s = base();
    helpdex_results *r = search(s, ask("stolen phone", "th"));
    ck_assert_str_eq(helpdex_results_at(r, 0)->section, "โทรศัพท์หาย");
    ck_assert_str_eq(helpdex_results_at(r, 0)->snippet,
                     "ถ้าโทรศัพท์หาย ให้ติดต่อเรา");
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_translation_that_is_not_for_the_reader_stays_hidden)
{
    helpdex_searcher *s = base();
    helpdex_request request = ask("visa card declined", "th");
    request.region = "XA";
    expect(s, request, "card th<en");
    request.region = "XB";
    expect(s, request, "card en");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(what_changed_in_the_source_is_behind_in_the_translation)
{
    helpdex_searcher_free(base());
    article("en/lock.md",
            "---\nid: lock\nstakes: high\n---\n# Lock the account\n\nYour "
            "money is safe.\n\n## Lost phone\n\nFreeze it in the app.\n");
    helpdex_searcher *s = build();
    helpdex_results *r = search(s, ask("โทรศัพท์หาย", "th"));
    for (size_t i = 0; i < 2; i++) {
        const helpdex_hit *hit = helpdex_results_at(r, i);
        ck_assert_str_eq(hit->id, "lock");
        ck_assert_str_eq(hit->locale, i ? "th" : "en");
        ck_assert_int_eq(hit->stale != NULL, i);
    }
    const helpdex_staleness *stale = helpdex_results_at(r, 1)->stale;
    ck_assert_uint_eq(stale->behind, 1);
    ck_assert_uint_eq(stale->sections, 2);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(without_high_stakes_a_stale_translation_stays_and_is_labelled)
{
    helpdex_searcher_free(base());
    article("en/card.md", "# Card payments\n\nVisa cards work again.\n");
    helpdex_searcher *s = build();
    helpdex_results *r = search(s, ask("บัตรถูกปฏิเสธ", "th"));
    ck_assert_uint_eq(helpdex_results_count(r), 1);
    ck_assert_str_eq(helpdex_results_at(r, 0)->locale, "th");
    ck_assert_uint_eq(helpdex_results_at(r, 0)->stale->behind, 1);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_translation_that_changes_is_up_to_date_again)
{
    helpdex_searcher_free(base());
    article("en/card.md", "# Card payments\n\nVisa cards work again.\n");
    helpdex_searcher_free(build());
    article("en/fees.md", "# Fees\n\nWithdrawals cost a little.\n");
    helpdex_searcher *s = build(); /* remembered over two builds */
    helpdex_results *r = search(s, ask("บัตรถูกปฏิเสธ", "th"));
    ck_assert_ptr_nonnull(helpdex_results_at(r, 0)->stale);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
    article("th/card.md", "# บัตร\n\nบัตรถูกปฏิเสธอีกต่อไปไม่ได้\n");
    s = build();
    r = search(s, ask("บัตรถูกปฏิเสธ", "th"));
    ck_assert_ptr_null(helpdex_results_at(r, 0)->stale);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_head_can_name_what_it_was_made_from)
{
    helpdex_searcher_free(base());
    article("th/card.md", "---\nsource_hash: 0badc0de\n---\n# บัตร\n\n"
                          "บัตรถูกปฏิเสธ\n");
    helpdex_searcher *s = build();
    helpdex_results *r = search(s, ask("บัตรถูกปฏิเสธ", "th"));
    ck_assert_uint_eq(helpdex_results_at(r, 0)->stale->behind, 1);
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_question_reaches_the_reader_s_translation,
        without_a_translation_the_text_itself_is_shown,
        nothing_is_guessed_when_the_own_language_answers,
        the_same_place_of_the_translation_is_shown,
        a_translation_that_is_not_for_the_reader_stays_hidden,
        what_changed_in_the_source_is_behind_in_the_translation,
        without_high_stakes_a_stale_translation_stays_and_is_labelled,
        a_translation_that_changes_is_up_to_date_again,
        the_head_can_name_what_it_was_made_from,
        NULL};
    return run_suite("bridge", tests);
}
