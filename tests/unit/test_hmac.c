/* HMAC-SHA256, by the cases of RFC 4231 */
#include "base/hmac.h"

#include "tests/unit/support.h"

START_TEST(case_2_of_the_standard_comes_out)
{
    const hdx_str parts[] = {HDX_STR("what do ya want "),
                             HDX_STR("for nothing?")};
    ck_assert_str_eq(
        hdx_hmac(HDX_STR("Jefe"), parts, 2).hex,
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
END_TEST

START_TEST(a_key_longer_than_a_block_is_case_6)
{
    char key[131];
    memset(key, 0xAA, sizeof key);
    const hdx_str text =
        HDX_STR("Test Using Larger Than Block-Size Key - Hash Key First");
    ck_assert_str_eq(
        hdx_hmac((hdx_str){key, sizeof key}, &text, 1).hex,
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {case_2_of_the_standard_comes_out,
                                  a_key_longer_than_a_block_is_case_6, NULL};
    return run_suite("hmac", tests);
}
