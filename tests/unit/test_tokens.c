/* search/tokens.h */
#include "search/tokens.h"

#include "tests/unit/support.h"

static size_t estimate(const char *text)
{
    return hdx_tokens_estimate(NULL, text, strlen(text));
}

/* What the greediest of three tokenizers makes of each. */
START_TEST(the_estimate_is_not_below_real_counts)
{
    const struct {
        const char *text;
        size_t real;
    } cases[] = {
        {"Your money is safe: a locked phone alone lets nobody into your "
         "account.",
         15},
        {"Sperren Sie das Konto, wenn das Handy gestohlen wurde.", 16},
        {"Jos puhelimesi varastettiin, lukitse tilisi heti.", 19},
        {"Nếu điện thoại bị mất, hãy khóa tài khoản ngay.", 23},
        {"Если телефон украли, сразу заблокируйте счёт.", 26},
        {"Αν έκλεψαν το κινητό σας, κλειδώστε αμέσως τον λογαριασμό.", 54},
        {"אם הטלפון נגנב, נעלו את החשבון מיד.", 35},
        {"إذا سُرق هاتفك فاقفل الحساب فورا.", 24},
        {"फ़ोन चोरी हो जाए तो तुरंत खाता लॉक करें।", 42},
        {"ফোন চুরি হলে সঙ্গে সঙ্গে অ্যাকাউন্ট লক করুন।", 53},
        {"โทรศัพท์หาย ให้ล็อกบัญชีทันที", 31},
        {"手機遺失時，請先在網站上停用帳戶，再聯絡我們。", 35},
        {"口座をロックしてください。", 9},
        {"휴대폰을 잃어버렸으면 바로 계정을 잠그세요.", 25},
        {"https://help.example/en/lost-2fa", 10},
        {"72 hours, 1 to 5 working days, 20 USDT", 15},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(estimate(cases[i].text) >= cases[i].real, "%s: %zu",
                      cases[i].text, estimate(cases[i].text));
}
END_TEST

START_TEST(it_is_not_far_above_them_either)
{
    ck_assert_uint_le(estimate("Your money is safe: a locked phone alone lets "
                               "nobody into your account."),
                      2 * 15);
    ck_assert_uint_le(estimate("口座をロックしてください。"), 2 * 11);
}
END_TEST

START_TEST(nothing_costs_nothing_and_anything_one_at_least)
{
    ck_assert_uint_eq(estimate(""), 0);
    ck_assert_uint_eq(estimate("a"), 1);
    ck_assert_uint_eq(estimate(" "), 1);
}
END_TEST

START_TEST(every_code_point_has_a_cost)
{
    char text[5] = {0};
    size_t free_of_cost = 0;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        size_t size = c < 0xD800 || c > 0xDFFF ? hdx_utf8_put(c, text) : 0;
        free_of_cost += size && hdx_tokens_estimate(NULL, text, size) == 0;
    }
    ck_assert_uint_eq(free_of_cost, 0);
}
END_TEST

static size_t by_bytes(void *context, const char *text, size_t size)
{
    (void)text;
    ++*(int *)context;
    return size;
}

START_TEST(a_counter_of_the_caller_counts_instead)
{
    int calls = 0;
    helpdex_request request = {.count_tokens = by_bytes,
                               .count_context = &calls};
    ck_assert_uint_eq(hdx_tokens_count(&request, HDX_STR("สวัสดี")), 18);
    ck_assert_int_eq(calls, 1);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        the_estimate_is_not_below_real_counts,
        it_is_not_far_above_them_either,
        nothing_costs_nothing_and_anything_one_at_least,
        every_code_point_has_a_cost,
        a_counter_of_the_caller_counts_instead,
        NULL};
    return run_suite("tokens", tests);
}
