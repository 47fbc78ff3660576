/* redaction: what goes, and what must stay */
#include <helpdex/redact.h>

#include <stdio.h>

#include "tests/unit/support.h"

static void becomes(const char *text, const char *expected)
{
    helpdex_redaction *r;
    helpdex_error err = {0};
    helpdex_status status = helpdex_redact(text, SIZE_MAX, &r, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s: %s", text, err.message);
    ck_assert_msg(strcmp(helpdex_redaction_text(r), expected) == 0,
                  "\"%s\" became \"%s\", not \"%s\"", text,
                  helpdex_redaction_text(r), expected);
    ck_assert_int_eq(helpdex_redaction_count(r) > 0,
                     strcmp(text, expected) != 0);
    helpdex_redaction_free(r);
}

static void become(const char *const (*pairs)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        becomes(pairs[i][0], pairs[i][1]);
}

static void stay(const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        becomes(texts[i], texts[i]);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_phrase(const char *text)
{
    helpdex_redaction *r;
    ck_assert_int_eq(helpdex_redact(text, SIZE_MAX, &r, NULL), HELPDEX_OK);
    bool phrase = helpdex_redaction_seed_phrase(r);
    ck_assert_int_eq(phrase,
                     strcmp(helpdex_redaction_text(r), "<seed phrase>") == 0);
    helpdex_redaction_free(r);
    return phrase;
}

START_TEST(emails_go_in_every_script)
{
    static const char *const pairs[][2] = {
        {"write to jo.doe+x@mail.example.co.uk.", "write to <email>."},
        {"我的邮箱是foo@example.com怎么改", "我的邮箱是<email>怎么改"},
        {"почта иван@пример.рф!", "почта <email>!"},
        {"ｆｏｏ＠ｅｘａｍｐｌｅ．ｃｏｍ です", "<email> です"},
        {"อีเมลa@b.th ไม่ทำงาน", "อีเมล<email> ไม่ทำงาน"},
        {"jo @ mail.example, jo@mail", "<email>, <email>"},
        {"بريدي jo@mail\xE2\x80\x8B.example", "بريدي <email>"},
    };
    become(pairs, COUNT(pairs));
}
END_TEST

START_TEST(phones_go_as_countries_write_them)
{
    static const char *const pairs[][2] = {
        {"+49 (0) 151 2345 6789 an", "<phone> an"},
        {"ruf 0151 / 23456789 an", "ruf <phone> an"},
        {"415-555-2671 or 1 800 555 0199", "<phone> or <phone>"},
        {"06 12 34 56 78", "<phone>"},
        {"电话13812345678。", "电话<phone>。"},
        {"０９０－１２３４－５６７８から", "<phone>から"},
        {"هاتفي ٠١٠١٢٣٤٥٦٧٨", "هاتفي <phone>"},
        {"โทร ๐๘๑-๒๓๔-๕๖๗๘", "โทร <phone>"},
        {"0049 151 12345678, 98765 43210", "<phone>, <phone>"},
    };
    become(pairs, COUNT(pairs));
}
END_TEST

START_TEST(cards_go_however_they_are_cut)
{
    static const char *const pairs[][2] = {
        {"card 4111111111111111 declined", "card <card> declined"},
        {"4111 1111 1111 1111", "<card>"},
        {"4111-1111-1111-1111 12/26", "<card> 12/26"},
        {"3782.822463.10005", "<card>"},
        {"４１１１　１１１１　１１１１　１１１１", "<card>"},
        {"بطاقتي ٤١١١ ١١١١ ١١١١ ١١١١ مرفوضة", "بطاقتي <card> مرفوضة"},
        {"बत ४१११११११११११११११", "बत <card>"},
        {"4111\xE2\x80\x8B"
         "1111\xC2\xAD"
         "11111111",
         "<card>"},
        {"visa5555555555554444です", "visa<card>です"},
        {"4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "<card>"},
    };
    become(pairs, COUNT(pairs));
}
END_TEST

START_TEST(accounts_go_by_country_and_checksum)
{
    static const char *const pairs[][2] = {
        {"IBAN:DE89370400440532013000.", "IBAN:<iban>."},
        {"de89 3704 0044 0532 0130 00 gesperrt", "<iban> gesperrt"},
        {"GB82-WEST-1234-5698-7654-32", "<iban>"},
        {"ＦＲ１４２００４１０１００５０５０００１３Ｍ０２６０６を",
         "<iban>を"},
        {"DE89 3704 0044 0532 0130 01", "<iban>"},
    };
    become(pairs, COUNT(pairs));
}
END_TEST

START_TEST(addresses_of_coins_go)
{
    static const char *const pairs[][2] = {
        {"我的地址是1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa吗",
         "我的地址是<wallet>吗"},
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "<wallet>"},
        {"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4!", "<wallet>!"},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0 "
         "ist leer",
         "<wallet> ist leer"},
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "<wallet>"},
        {"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "<wallet>"},
        {"rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "<wallet>"},
        {"1A1z P1eP 5QGe fi2D MPTf TL5S Lmv7 Divf Na", "<wallet>"},
        {"1A1zP1eP5QGefi2DMPTfTL\n5SLmv7DivfNa", "<wallet>"},
        {"１Ａ１ｚＰ１ｅＰ５ＱＧｅｆｉ２ＤＭＰＴｆＴＬ５ＳＬｍｖ７ＤｉｖｆＮａ",
         "<wallet>"},
    };
    become(pairs, COUNT(pairs));
}
END_TEST

START_TEST(an_address_with_an_error_goes_as_well)
{
    becomes("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "<wallet>");
    becomes("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "<wallet>");
    becomes("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "<wallet>");
}
END_TEST

START_TEST(keys_and_transactions_go)
{
    static const char *const pairs[][2] = {
        {"5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "<key>"},
        {"tx 4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b?",
         "tx <key>?"},
        {"0xE3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
         "<key>"},
        {"e3b0c44298fc1c149afbf4c8996fb924\n27ae41e4649b934ca495991b7852b855",
         "<key>"},
        {"snoPBrXtMeMyMHUVTgbuqAfg1SUTb", "<key>"},
    };
    become(pairs, COUNT(pairs));
}
END_TEST

START_TEST(orders_dates_and_amounts_stay)
{
    static const char *const texts[] = {
        "where is order 4711-0815, #100234567",
        "bestellung 2024111500012345",
        "#0012345678 missing",
        "on 2024-11-15 at 10:30",
        "am 15.11.2024 um 10:30, 01.02.2024 10 Uhr",
        "2022年11月15日",
        "٢٠٢٤-١١-١٥",
        "my 2fa code 123456 fails",
        "price 1,234,567.89 EUR, 9.876.543.210",
        "1 000 000 000 рублей",
        "0.00012345 BTC",
        "ราคา ๑,๒๐๐ บาท",
        "error 0x80070005 in 10.15.7.1234",
        "192.168.100.200",
        "RR123456789DE, 1Z999AA10123456784",
        "ISBN 978-3-16-148410-0",
        "card ending 4444",
        "4111-1111-1111-1112",
    };
    stay(texts, COUNT(texts));
}
END_TEST

START_TEST(words_stay)
{
    static const char *const texts[] = {
        "",
        " ",
        "@",
        "@handle #tag 3 @ 5 dollars",
        "a@",
        "@b",
        "a\xE2\x80\x8B"
        "b",
        "Wo ist mein Geld?",
        "我的钱在哪里？",
        "เงินหาย",
        "안녕하세요",
        "2FA",
        "is 12 the limit",
        "DE 89",
    };
    stay(texts, COUNT(texts));
}
END_TEST

static const char *const english =
    "legal winner thank year wave sausage worth useful legal winner thank "
    "yellow";

START_TEST(a_seed_phrase_takes_all_of_the_text_with_it)
{
    char text[256];
    snprintf(text, sizeof text, "I am jo, my words are: %s, help", english);
    becomes(text, "<seed phrase>");
    ck_assert(is_phrase(text));
}
END_TEST

START_TEST(seed_phrases_are_seen_in_every_list)
{
    static const char *const phrases[] = {
        "そつう れきだい ほんやく わかす りくつ ばいか ろせん やちん そつう "
        "れきだい ほんやく わかめ",
        "的 的 的 的 的 的 的 的 的 的 的 在",
        "가방 가방 가방 가방 가방 가방 가방 가방 가방 가방 가방 가격",
        "ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco "
        "abierto",
        "abaisser abaisser abaisser abaisser abaisser abaisser abaisser "
        "abaisser abaisser abaisser abaisser abeille",
        "abaco abaco abaco abaco abaco abaco abaco abaco abaco abaco abaco "
        "abete",
    };
    for (size_t i = 0; i < COUNT(phrases); i++)
        ck_assert_msg(is_phrase(phrases[i]), "%s", phrases[i]);
}
END_TEST

START_TEST(seed_phrases_are_seen_in_any_shape)
{
    static const char *const phrases[] = {
        "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage 7. worth "
        "8. useful 9. legal 10. winner 11. thank 12. yellow",
        "legal,winner,thank,year,wave,sausage,worth,useful,legal,winner,thank,"
        "yellow",
        "LEGAL\nWINNER\nTHANK\nYEAR\nWAVE\nSAUSAGE\nWORTH\nUSEFUL\nLEGAL\n"
        "WINNER\nTHANK\nYELLOW",
        "legalwinnerthankyearwavesausageworthusefullegalwinnerthankyellow",
        "ｌｅｇａｌ ｗｉｎｎｅｒ thank year wave sausage worth useful legal "
        "winner thank yellow",
        "١ legal ٢ winner ٣ thank ٤ year ٥ wave ٦ sausage ٧ worth ٨ useful "
        "٩ legal ١٠ winner ١١ thank ١٢ yellow",
        "le\xE2\x80\x8Bgal win\xC2\xADner thank year wave sausage worth useful "
        "legal winner thank yellow",
        "lega winn than year wave saus wort usef lega winn than yell",
        "legal winner thank yaer wave sausage worth useful legal winner thank "
        "yellow",
        "yellow winner thank year wave sausage worth useful legal winner thank "
        "legal",
    };
    for (size_t i = 0; i < COUNT(phrases); i++)
        ck_assert_msg(is_phrase(phrases[i]), "%s", phrases[i]);
}
END_TEST

START_TEST(ordinary_sentences_are_no_seed_phrase)
{
    static const char *const texts[] = {
        "can you suggest a few credit cards that have good rewards points",
        "legal winner thank year wave sausage worth useful legal winner",
        "I have been charged a fee, I didn't know about this fee before! When "
        "do you charge extra for card payments?",
        "我的钱什么时候可以到账，为什么一直没有收到",
        "我 所在 位置 下个 月 天气 预报 怎么样 ？",
        "ฉันลืมรหัสผ่านและไม่สามารถเข้าสู่ระบบได้",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        ck_assert_msg(!is_phrase(texts[i]), "%s", texts[i]);
}
END_TEST

START_TEST(text_that_is_no_text_is_refused)
{
    static const char *const texts[] = {"\xFF", "a\xC0\xAF", "\xED\xA0\x80"};
    helpdex_redaction *r;
    helpdex_error err;
    for (size_t i = 0; i < COUNT(texts); i++) {
        ck_assert_int_eq(helpdex_redact(texts[i], SIZE_MAX, &r, &err),
                         HELPDEX_INVALID);
        ck_assert_ptr_null(r);
        ck_assert_int_eq(err.status, HELPDEX_INVALID);
    }
    helpdex_redaction_free(NULL);
}
END_TEST

START_TEST(text_is_read_to_its_size_and_over_nul)
{
    helpdex_redaction *r;
    ck_assert_int_eq(helpdex_redact("a\0jo@x.de, b", 9, &r, NULL), 0);
    ck_assert_uint_eq(helpdex_redaction_count(r), 1);
    ck_assert_str_eq(helpdex_redaction_text(r) + 2, "<email>");
    helpdex_redaction_free(r);
    ck_assert_int_eq(helpdex_redact(NULL, 0, &r, NULL), 0);
    ck_assert_str_eq(helpdex_redaction_text(r), "");
    helpdex_redaction_free(r);
}
END_TEST

/* 64 KiB of each, which must neither be slow nor touch what is not ours. */
START_TEST(hostile_text_ends)
{
    static const char *const pieces[] = {
        "1a ",      "4",   "4 ", "@",         "a@",   "0x",   "的",   "abandon",
        "abandon ", "+1 ", "ﷺ",  "e\xCC\x81", "(0) ", "Ab1 ", "bc1q", "가"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        hdx_buf text = {0};
        helpdex_redaction *r;
        while (text.len < 64 << 10)
            hdx_buf_add(&text, hdx_str_of(pieces[i]));
        ck_assert_int_eq(helpdex_redact(text.ptr, text.len, &r, NULL), 0);
        ck_assert_uint_eq(hdx_utf8_check(hdx_str_of(helpdex_redaction_text(r))),
                          SIZE_MAX);
        helpdex_redaction_free(r);
        hdx_buf_free(&text);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {emails_go_in_every_script,
                                  phones_go_as_countries_write_them,
                                  cards_go_however_they_are_cut,
                                  accounts_go_by_country_and_checksum,
                                  addresses_of_coins_go,
                                  an_address_with_an_error_goes_as_well,
                                  keys_and_transactions_go,
                                  orders_dates_and_amounts_stay,
                                  words_stay,
                                  a_seed_phrase_takes_all_of_the_text_with_it,
                                  seed_phrases_are_seen_in_every_list,
                                  seed_phrases_are_seen_in_any_shape,
                                  ordinary_sentences_are_no_seed_phrase,
                                  text_that_is_no_text_is_refused,
                                  text_is_read_to_its_size_and_over_nul,
                                  hostile_text_ends,
                                  NULL};
    return run_suite("redact", tests);
}
