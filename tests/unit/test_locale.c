/* text/locale.h */
#include "text/locale.h"

#include "tests/unit/support.h"

static hdx_locale parsed(const char *tag)
{
    hdx_locale locale;
    ck_assert_msg(hdx_locale_parse(hdx_str_of(tag), &locale), "%s", tag);
    return locale;
}

static int fit(const char *wanted, const char *offered)
{
    hdx_locale a = parsed(wanted), b = parsed(offered);
    return hdx_locale_fit(&a, &b);
}

START_TEST(tags_are_canonical_however_they_are_written)
{
    const char *const tags[][2] = {
        {"pt_BR", "pt-BR"},   {"PT-br", "pt-BR"},
        {"zh_TW", "zh-TW"},   {"zh-hant-hk", "zh-Hant-HK"},
        {"iw", "he"},         {"IW_il", "he-IL"},
        {"in", "id"},         {"no", "no"},
        {"DE", "de"},         {"sr_latn_rs", "sr-Latn-RS"},
        {"es-419", "es-419"}, {"ZH_hAnS_cN", "zh-Hans-CN"}};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        ck_assert_str_eq(parsed(tags[i][0]).tag, tags[i][1]);
}
END_TEST

START_TEST(a_canonical_tag_is_its_own_canonical_tag)
{
    const char *const tags[] = {"iw",    "zh_TW", "sr_Latn", "de-CH-1996",
                                "ar_EG", "th",    "yue",     "i-klingon"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        hdx_locale once = parsed(tags[i]);
        ck_assert_str_eq(parsed(once.tag).tag, once.tag);
    }
}
END_TEST

START_TEST(likely_scripts_are_known)
{
    const char *const scripts[][2] = {
        {"zh-TW", "Hant"}, {"zh", "Hans"},    {"zh-HK", "Hant"},
        {"ar", "Arab"},    {"sr", "Cyrl"},    {"sr-Latn", "Latn"},
        {"ja", "Jpan"},    {"th_TH", "Thai"}, {"iw", "Hebr"}};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        ck_assert_str_eq(parsed(scripts[i][0]).script, scripts[i][1]);
    ck_assert_str_eq(parsed("zh_TW").language, "zh");
    ck_assert_str_eq(parsed("zh_TW").full, "zh-Hant-TW");
}
END_TEST

START_TEST(nonsense_is_no_tag)
{
    const char *const wrong[] = {"",
                                 "d",
                                 "-",
                                 "--",
                                 "_",
                                 "de-",
                                 "-de",
                                 "xx",
                                 "zz-ZZ",
                                 "12",
                                 "de DE",
                                 "de--AT",
                                 "de/AT",
                                 "../de",
                                 "ไทย",
                                 "deutsch-und-mehr",
                                 "en_US.UTF-8",
                                 "x-own",
                                 "*",
                                 "de\n",
                                 " de",
                                 "@de",
                                 "de@collation=phonebook",
                                 "article"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hdx_locale locale;
        ck_assert_msg(!hdx_locale_parse(hdx_str_of(wrong[i]), &locale),
                      "\"%s\" is %s", wrong[i], locale.tag);
    }
}
END_TEST

START_TEST(views_are_read_to_their_end_and_no_further)
{
    hdx_locale locale;
    ck_assert(!hdx_locale_parse((hdx_str){0}, &locale));
    ck_assert(!hdx_locale_parse(HDX_STR("en\0fr"), &locale));
    ck_assert(!hdx_locale_parse(HDX_STR("en\0"), &locale));
    ck_assert(hdx_locale_parse((hdx_str){"deXX", 2}, &locale));
    ck_assert_str_eq(locale.tag, "de");
}
END_TEST

START_TEST(long_tags_are_refused)
{
    char tag[200] = "de";
    for (size_t len = 2; len + 10 < sizeof tag; len += 9) {
        hdx_locale locale;
        if (hdx_locale_parse((hdx_str){tag, len}, &locale))
            ck_assert_uint_lt(len, HDX_TAG_SIZE);
        memcpy(tag + len, "-abcdefgh", 9);
        tag[len + 8] = (char)('a' + len / 9);
    }
    hdx_locale locale;
    ck_assert(!hdx_locale_parse((hdx_str){tag, 190}, &locale));
}
END_TEST

START_TEST(the_root_stands_for_any_language)
{
    hdx_locale root;
    ck_assert(hdx_locale_root(&root));
    ck_assert_str_eq(root.tag, "und");
    hdx_locale de = parsed("de");
    ck_assert_int_eq(hdx_locale_fit(&de, &root), 0);
    ck_assert_int_eq(hdx_locale_fit(&root, &de), 0);
    ck_assert_int_eq(hdx_locale_fit(&root, &root), 4);
}
END_TEST

START_TEST(the_same_tag_fits_best)
{
    ck_assert_int_eq(fit("pt_br", "pt-BR"), 4);
    ck_assert_int_eq(fit("iw", "he"), 4);
    ck_assert_int_eq(fit("th", "th"), 4);
}
END_TEST

START_TEST(another_spelling_fits_next)
{
    ck_assert_int_eq(fit("zh-CN", "zh-Hans"), 3);
    ck_assert_int_eq(fit("zh-TW", "zh-Hant"), 3);
    ck_assert_int_eq(fit("zh", "zh-Hans"), 3);
    ck_assert_int_eq(fit("ja-JP", "ja"), 3);
    ck_assert_int_eq(fit("sr", "sr-Cyrl-RS"), 3);
}
END_TEST

START_TEST(the_language_at_large_fits_before_another_region)
{
    ck_assert_int_eq(fit("de-AT", "de"), 2);
    ck_assert_int_eq(fit("zh-HK", "zh-Hant"), 2);
    ck_assert_int_eq(fit("ar-EG", "ar"), 3);
    ck_assert_int_eq(fit("ar-SA", "ar"), 2);
    ck_assert_int_eq(fit("de-AT", "de-CH"), 1);
    ck_assert_int_eq(fit("en-GB", "en-AU"), 1);
    ck_assert_int_eq(fit("pt", "pt-PT"), 1);
}
END_TEST

START_TEST(another_language_or_script_does_not_fit)
{
    ck_assert_int_eq(fit("zh-Hant", "zh-Hans"), 0);
    ck_assert_int_eq(fit("zh-HK", "zh-CN"), 0);
    ck_assert_int_eq(fit("sr-Latn", "sr"), 0);
    ck_assert_int_eq(fit("de", "nl"), 0);
    ck_assert_int_eq(fit("ar", "fa"), 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        tags_are_canonical_however_they_are_written,
        a_canonical_tag_is_its_own_canonical_tag,
        likely_scripts_are_known,
        nonsense_is_no_tag,
        views_are_read_to_their_end_and_no_further,
        long_tags_are_refused,
        the_root_stands_for_any_language,
        the_same_tag_fits_best,
        another_spelling_fits_next,
        the_language_at_large_fits_before_another_region,
        another_language_or_script_does_not_fit,
        NULL};
    return run_suite("locale", tests);
}
