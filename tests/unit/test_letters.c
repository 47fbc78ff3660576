/* text/letters.h */
#include "text/letters.h"

#include "tests/unit/support.h"

enum { NO_FOLD = 0, ALL_FOLDS = 7, HAN_AND_KANA = 6, ROOM = 256 };

/* A text with every letter folded; alive until the next call. */
static hdx_str folded(const char *text, unsigned folds)
{
    static char out[ROOM];
    hdx_str from = hdx_str_of(text);
    size_t len = 0;
    for (size_t at = 0; at < from.len;) {
        uint32_t c = hdx_letter_fold(hdx_utf8_next(from, &at), folds);
        len += c ? hdx_utf8_put(c, out + len) : 0;
    }
    return (hdx_str){out, len};
}

static void folds_to(unsigned folds, const char *text, const char *wanted)
{
    ck_assert_str_is(folded(text, folds), wanted);
}

static uint32_t point(const char *text)
{
    size_t at = 0;
    return hdx_utf8_next(hdx_str_of(text), &at);
}

/* The characters are read as the syllables that Latin letters are. */
static void sounds_as(const char *han, const char *latin)
{
    uint16_t syllables[ROOM];
    hdx_str text = hdx_str_of(han);
    size_t count = hdx_pinyin_read(hdx_str_of(latin), syllables, ROOM), i = 0;
    ck_assert_uint_gt(count, 0);
    for (size_t at = 0; at < text.len; i++)
        ck_assert_msg(i < count && hdx_pinyin_of(hdx_utf8_next(text, &at)) ==
                                       syllables[i],
                      "%s, %zu", han, i);
    ck_assert_uint_eq(i, count);
}

static size_t syllables_in(const char *latin)
{
    uint16_t syllables[ROOM];
    return hdx_pinyin_read(hdx_str_of(latin), syllables, ROOM);
}

/* Two spellings are the same syllables. */
static void read_alike(const char *one, const char *other)
{
    uint16_t a[ROOM], b[ROOM];
    size_t count = hdx_pinyin_read(hdx_str_of(one), a, ROOM);
    ck_assert_uint_gt(count, 0);
    ck_assert_uint_eq(hdx_pinyin_read(hdx_str_of(other), b, ROOM), count);
    ck_assert_mem_eq(a, b, count * sizeof *a);
}

static void romaji_is(const char *latin, const char *kana)
{
    char out[ROOM];
    size_t len = hdx_romaji_read(hdx_str_of(latin), out, sizeof out);
    ck_assert_str_is(((hdx_str){out, len}), kana);
}

START_TEST(letters_are_left_alone_without_a_flag)
{
    const char *const texts[] = {"éệёảđ", "帳戶", "サーバー", "أإى", "סיסמהּ"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        folds_to(NO_FOLD, texts[i], texts[i]);
    folds_to(HDX_FOLD_MARKS, "帳戶サーバー", "帳戶サーバー");
    folds_to(HAN_AND_KANA, "éệё", "éệё");
    folds_to(HDX_FOLD_HAN, "サーバー", "サーバー");
    folds_to(HDX_FOLD_KANA, "帳戶", "帳戶");
}
END_TEST

START_TEST(latin_letters_lose_their_marks)
{
    folds_to(HDX_FOLD_MARKS, "éèêëçñüåőž", "eeeecnuaoz");
    folds_to(HDX_FOLD_MARKS, "ệứợằẵ", "euoaa");
    folds_to(HDX_FOLD_MARKS, "ţțşș", "ttss");
    folds_to(HDX_FOLD_MARKS, "e\u0301o\u0323\u0302", "eo");
}
END_TEST

START_TEST(letters_that_do_not_decompose_have_a_plain_one)
{
    folds_to(HDX_FOLD_MARKS, "øđłıæœþð", "odliaotd");
    folds_to(HDX_FOLD_MARKS, "ǿǽ", "oa");
}
END_TEST

START_TEST(cyrillic_yo_is_ye_and_short_i_stays)
{
    folds_to(HDX_FOLD_MARKS, "счёт", "счет");
    folds_to(HDX_FOLD_MARKS, "мой", "мой");
    folds_to(HDX_FOLD_MARKS, "ґ", "г");
}
END_TEST

START_TEST(arabic_variants_are_one_letter)
{
    folds_to(HDX_FOLD_MARKS, "أإآٱ", "اااا");
    folds_to(HDX_FOLD_MARKS, "ىئی", "ييي");
    folds_to(HDX_FOLD_MARKS, "بطاقة", "بطاقه");
    folds_to(HDX_FOLD_MARKS, "ؤ", "و");
    folds_to(HDX_FOLD_MARKS, "ک", "ك");
}
END_TEST

START_TEST(arabic_vowels_and_stretches_are_left_out)
{
    folds_to(HDX_FOLD_MARKS, "حِسَابٌ", "حساب");
    folds_to(HDX_FOLD_MARKS, "حســـاب", "حساب");
}
END_TEST

START_TEST(hebrew_points_and_final_forms_are_left_aside)
{
    folds_to(HDX_FOLD_MARKS, "סִיסְמָה", "סיסמה");
    folds_to(HDX_FOLD_MARKS, "ךםןףץ", "כמנפצ");
}
END_TEST

START_TEST(greek_has_no_tonos_and_one_sigma)
{
    folds_to(HDX_FOLD_MARKS, "λογαριασμός", "λογαριασμοσ");
    folds_to(HDX_FOLD_MARKS, "άέήίόύώϊΐ", "αεηιουωιι");
}
END_TEST

START_TEST(digits_of_any_script_are_ascii)
{
    folds_to(HDX_FOLD_MARKS, "٠١٢٣", "0123");
    folds_to(HDX_FOLD_MARKS, "۴۵۶", "456");
    folds_to(HDX_FOLD_MARKS, "७८९", "789");
    folds_to(HDX_FOLD_MARKS, "๐๑๒", "012");
}
END_TEST

START_TEST(marks_that_make_another_word_stay)
{
    folds_to(ALL_FOLDS, "ที่อยู่", "ที่อยู่");
    folds_to(ALL_FOLDS, "पासवर्ड", "पासवर्ड");
    folds_to(ALL_FOLDS, "がぱ", "がぱ");
    folds_to(ALL_FOLDS, "か\u3099", "か\u3099");
    folds_to(ALL_FOLDS, "한국", "한국");
}
END_TEST

START_TEST(joiners_are_left_out)
{
    folds_to(HDX_FOLD_MARKS, "می\u200Cخواهم", "ميخواهم");
    folds_to(HDX_FOLD_MARKS, "a\u00ADb\u200Dc\u200E", "abc");
}
END_TEST

START_TEST(apostrophes_are_left_out)
{
    folds_to(HDX_FOLD_MARKS, "o'neill", "oneill");
    folds_to(HDX_FOLD_HAN, "o'neill", "o'neill");
}
END_TEST

START_TEST(traditional_han_is_simplified)
{
    folds_to(HDX_FOLD_HAN, "帳戶提領驗證碼", "帐户提领验证码");
    folds_to(HDX_FOLD_HAN, "账户验证", "账户验证");
    folds_to(HDX_FOLD_HAN, "出金", "出金");
}
END_TEST

START_TEST(hiragana_and_katakana_meet)
{
    folds_to(HDX_FOLD_KANA, "サーバー", "さば");
    folds_to(HDX_FOLD_KANA, "さーば", "さば");
    folds_to(HDX_FOLD_KANA, "ァヴガパヵヶン", "ぁゔがぱゕゖん");
    folds_to(HDX_FOLD_KANA, "ヽヾ", "ゝゞ");
}
END_TEST

START_TEST(ascii_and_rare_letters_stand_for_themselves)
{
    for (uint32_t c = 0; c < 0x80; c++)
        if (c != '\'')
            ck_assert_uint_eq(hdx_letter_fold(c, ALL_FOLDS), c);
    folds_to(ALL_FOLDS, "𠮷𐐀😀", "𠮷𐐀😀");
}
END_TEST

START_TEST(marks_and_kana_folded_twice_are_folded_once)
{
    const unsigned folds[] = {HDX_FOLD_MARKS, HDX_FOLD_KANA,
                              HDX_FOLD_MARKS | HDX_FOLD_KANA};
    for (size_t i = 0; i < 3; i++) {
        uint32_t c = 0, once = 0;
        while (c < 0x10000 && hdx_letter_fold(once, folds[i]) == once)
            once = hdx_letter_fold(++c, folds[i]);
        ck_assert_msg(c == 0x10000, "U+%04X", c);
    }
}
END_TEST

START_TEST(han_characters_have_a_reading)
{
    sounds_as("我的账户", "wodezhanghu");
    sounds_as("认证", "renzheng");
    sounds_as("提现", "tixian");
    sounds_as("鎖定", "suoding");
    ck_assert_int_eq(hdx_pinyin_initial(point("账")), 'z');
    ck_assert_int_eq(hdx_pinyin_initial(point("认")), 'r');
}
END_TEST

START_TEST(what_is_no_han_has_no_reading)
{
    const char *const others[] = {"a", "é", "か", "カ", "한", "ก", "😀", "。"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ck_assert_uint_eq(hdx_pinyin_of(point(others[i])), 0);
        ck_assert_int_eq(hdx_pinyin_initial(point(others[i])), 0);
    }
}
END_TEST

START_TEST(pinyin_is_read_together_or_apart)
{
    ck_assert_uint_eq(syllables_in("wodezhanghu"), 4);
    read_alike("wodezhanghu", "wo de zhang hu");
    read_alike("wodezhanghu", "wo'de'zhang'hu");
    read_alike("wodezhanghu", " wode  zhanghu ");
}
END_TEST

START_TEST(pinyin_is_read_as_the_fewest_syllables)
{
    ck_assert_uint_eq(syllables_in("xian"), 1);
    ck_assert_uint_eq(syllables_in("xi'an"), 2);
    ck_assert_uint_eq(syllables_in("tiankong"), 2);
    read_alike("fangan", "fang an"); /* not "fan gan" */
    read_alike("lvse", "luse");      /* v is typed for a u umlaut */
}
END_TEST

START_TEST(what_is_no_pinyin_is_not_read)
{
    const char *const others[] = {"",       "hello",    "withdraw", "zhangx",
                                  "xzhang", "Zhanghu",  "zhang1",   "zhang-hu",
                                  " ' ",    "password", "zhāng",    "zh"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(syllables_in(others[i]) == 0, "%s", others[i]);
}
END_TEST

START_TEST(pinyin_of_too_many_syllables_is_not_read)
{
    uint16_t out[4] = {0, 0, 0, 0xABCD};
    ck_assert_uint_eq(hdx_pinyin_read(HDX_STR("wodezhanghu"), out, 3), 0);
    ck_assert_uint_eq(out[3], 0xABCD);
    ck_assert_uint_eq(hdx_pinyin_read(HDX_STR("wodezhang"), out, 3), 3);
    ck_assert_uint_eq(out[3], 0xABCD);
}
END_TEST

START_TEST(pinyin_of_any_length_is_read_or_refused)
{
    char letters[ROOM];
    uint16_t out[ROOM];
    memset(letters, 'a', sizeof letters);
    for (size_t len = 1; len <= sizeof letters; len++)
        ck_assert_uint_eq(hdx_pinyin_read((hdx_str){letters, len}, out, ROOM),
                          len <= 128 ? len : 0);
}
END_TEST

START_TEST(hepburn_is_read)
{
    romaji_is("nyuukin", "にゅうきん");
    romaji_is("shukkin", "しゅっきん");
    romaji_is("tsuuchi", "つうち");
    romaji_is("jidou", "じどう");
    romaji_is("fusei", "ふせい");
    romaji_is("ryougae", "りょうがえ");
    romaji_is("shimbun", "しんぶん");
}
END_TEST

START_TEST(kunrei_and_hepburn_are_one)
{
    romaji_is("syukkin", "しゅっきん");
    romaji_is("tuuti", "つうち");
    romaji_is("zidou", "じどう");
    romaji_is("husei", "ふせい");
    romaji_is("zyoutyo", "じょうちょ");
}
END_TEST

START_TEST(doubled_consonants_are_a_small_tsu)
{
    romaji_is("rokku", "ろっく");
    romaji_is("kippu", "きっぷ");
    romaji_is("matcha", "まっちゃ");
    romaji_is("macchi", "まっち");
    romaji_is("zasshi", "ざっし");
}
END_TEST

START_TEST(n_is_a_nasal_unless_a_vowel_follows)
{
    romaji_is("kinen", "きねん");
    romaji_is("kin'en", "きんえん");
    romaji_is("genkin", "げんきん");
    romaji_is("konya", "こにゃ");
    romaji_is("kon'ya", "こんや");
}
END_TEST

START_TEST(nn_is_one_nasal_unless_a_vowel_follows)
{
    romaji_is("konn", "こん");
    romaji_is("honnda", "ほんだ");
    romaji_is("onna", "おんな");
    romaji_is("annai", "あんない");
    romaji_is("konnyaku", "こんにゃく");
}
END_TEST

START_TEST(small_kana_are_typed_with_x)
{
    romaji_is("xaxixuxexo", "ぁぃぅぇぉ");
    romaji_is("xyaxyuxyo", "ゃゅょ");
    romaji_is("xtu", "っ");
    romaji_is("xtsu", "っ");
    romaji_is("fuxairu", "ふぁいる");
}
END_TEST

START_TEST(long_vowels_are_left_out_as_they_are_folded)
{
    romaji_is("sa-ba-", "さば");
    romaji_is("saabaa", "さば");
    romaji_is("meeru", "める");
    romaji_is("ookii", "おおきい");
    romaji_is("ka'aku", "かあく");
}
END_TEST

START_TEST(what_is_no_romaji_is_not_read)
{
    const char *const others[] = {"",   "hello", "withdraw", "k",     "kya k",
                                  "yi", "l",     "Kin",      "kin24", "kāto"};
    char out[ROOM];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(hdx_romaji_read(hdx_str_of(others[i]), out, sizeof out) ==
                          0,
                      "%s", others[i]);
}
END_TEST

START_TEST(romaji_that_does_not_fit_is_not_read)
{
    char out[10];
    hdx_str kinko = HDX_STR("kinko"); /* three kana of three bytes */
    memset(out, '#', sizeof out);
    for (size_t room = 0; room < 9; room++)
        ck_assert_uint_eq(hdx_romaji_read(kinko, out, room), 0);
    ck_assert_uint_eq(hdx_romaji_read(kinko, out, 9), 9);
    ck_assert_int_eq(out[9], '#');
}
END_TEST

/* What is read is what the words of an index are folded to. */
START_TEST(romaji_meets_the_kana_of_a_text)
{
    char out[ROOM];
    size_t len = hdx_romaji_read(HDX_STR("sa-ba-ga"), out, sizeof out);
    hdx_str kana = folded("サーバーガ", HDX_FOLD_KANA);
    ck_assert_uint_eq(len, kana.len);
    ck_assert_mem_eq(out, kana.ptr, len);
}
END_TEST

/* Whether romaji is `kana`, and that with one of the endings. */
static bool begins(const char *latin, const char *kana, const char *ending)
{
    char out[ROOM];
    size_t len, at = 0;
    hdx_romaji_rest rest;
    if (!hdx_romaji_begin(hdx_str_of(latin), out, sizeof out, &len, &rest) ||
        !hdx_str_eq((hdx_str){out, len}, hdx_str_of(kana)))
        return false;
    if (!*ending)
        return rest.count == 0;
    hdx_str text = hdx_str_of(ending);
    uint16_t first = (uint16_t)hdx_utf8_next(text, &at);
    uint16_t second = at < text.len ? (uint16_t)hdx_utf8_next(text, &at) : 0;
    for (size_t i = 0; i < rest.count; i++)
        if (rest.endings[i][0] == first && rest.endings[i][1] == second)
            return true;
    return false;
}

START_TEST(romaji_may_end_inside_of_a_syllable)
{
    ck_assert(begins("suma", "すま", ""));
    ck_assert(begins("sumah", "すま", "ほ"));
    ck_assert(begins("s", "", "し"));
    ck_assert(begins("sh", "", "し"));
    ck_assert(!begins("sh", "", "す"));
    ck_assert(begins("nyu", "にゅ", ""));
    ck_assert(begins("ky", "", "きょ"));
    ck_assert(!begins("ky", "", "き"));
}
END_TEST

START_TEST(one_consonant_may_be_the_first_of_two)
{
    ck_assert(begins("shuk", "しゅ", "っ"));
    ck_assert(begins("shukk", "しゅっ", "き"));
    ck_assert(begins("an", "あ", "ん"));
    ck_assert(begins("an", "あ", "な"));
    ck_assert(begins("ank", "あん", "き"));
}
END_TEST

START_TEST(what_begins_no_romaji_is_not_read)
{
    char out[ROOM];
    size_t len;
    hdx_romaji_rest rest;
    const char *const texts[] = {"l", "suml", "2f", "str"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!hdx_romaji_begin(hdx_str_of(texts[i]), out, sizeof out,
                                        &len, &rest),
                      "%s", texts[i]);
    ck_assert(!hdx_romaji_begin(HDX_STR("kakakaka"), out, 5, &len, &rest));
}
END_TEST

START_TEST(a_reading_is_spelled)
{
    ck_assert_str_eq(hdx_pinyin_letters(0x5145), "chong"); /* 充 */
    ck_assert_str_eq(hdx_pinyin_letters('a'), "");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        letters_are_left_alone_without_a_flag,
        latin_letters_lose_their_marks,
        letters_that_do_not_decompose_have_a_plain_one,
        cyrillic_yo_is_ye_and_short_i_stays,
        arabic_variants_are_one_letter,
        arabic_vowels_and_stretches_are_left_out,
        hebrew_points_and_final_forms_are_left_aside,
        greek_has_no_tonos_and_one_sigma,
        digits_of_any_script_are_ascii,
        marks_that_make_another_word_stay,
        joiners_are_left_out,
        apostrophes_are_left_out,
        traditional_han_is_simplified,
        hiragana_and_katakana_meet,
        ascii_and_rare_letters_stand_for_themselves,
        marks_and_kana_folded_twice_are_folded_once,
        han_characters_have_a_reading,
        what_is_no_han_has_no_reading,
        pinyin_is_read_together_or_apart,
        pinyin_is_read_as_the_fewest_syllables,
        what_is_no_pinyin_is_not_read,
        pinyin_of_too_many_syllables_is_not_read,
        pinyin_of_any_length_is_read_or_refused,
        hepburn_is_read,
        kunrei_and_hepburn_are_one,
        doubled_consonants_are_a_small_tsu,
        n_is_a_nasal_unless_a_vowel_follows,
        nn_is_one_nasal_unless_a_vowel_follows,
        small_kana_are_typed_with_x,
        long_vowels_are_left_out_as_they_are_folded,
        what_is_no_romaji_is_not_read,
        romaji_that_does_not_fit_is_not_read,
        romaji_meets_the_kana_of_a_text,
        romaji_may_end_inside_of_a_syllable,
        one_consonant_may_be_the_first_of_two,
        what_begins_no_romaji_is_not_read,
        a_reading_is_spelled,
        NULL};
    return run_suite("letters", tests);
}
