/* text/words.h: the short cut gives what ICU gives. */
#include "text/words.h"

#include "tests/unit/support.h"

enum { LONGEST = 6 };

/* Compares all words of a text with those of ICU alone. */
static void assert_as_icu(hdx_words *words, UBreakIterator *icu,
                          const UChar *units, size_t count)
{
    UErrorCode code = U_ZERO_ERROR;
    ubrk_setText(icu, units, (int32_t)count, &code);
    hdx_words_start(words, units, count);
    int32_t from = 0;
    size_t begin, end;
    for (int32_t to; (to = ubrk_next(icu)) != UBRK_DONE; from = to) {
        if (ubrk_getRuleStatus(icu) < UBRK_WORD_NONE_LIMIT)
            continue;
        ck_assert(hdx_words_next(words, &begin, &end));
        ck_assert_uint_eq(begin, (size_t)from);
        ck_assert_uint_eq(end, (size_t)to);
    }
    ck_assert(!hdx_words_next(words, &begin, &end));
    ck_assert(U_SUCCESS(code));
}

/* Every text of up to `length` units of an alphabet. */
static void compare_all(const char *locale, const UChar *alphabet,
                        size_t letters, size_t length)
{
    hdx_words words;
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *icu = ubrk_open(UBRK_WORD, locale, NULL, 0, &code);
    ck_assert_int_eq(hdx_words_open(&words, locale, NULL), HELPDEX_OK);
    for (size_t n = 1; n <= length; n++) {
        size_t digits[LONGEST] = {0}, at = 0;
        while (at < n) {
            UChar text[LONGEST];
            for (size_t i = 0; i < n; i++)
                text[i] = alphabet[digits[i]];
            assert_as_icu(&words, icu, text, n);
            for (at = 0; at < n && ++digits[at] == letters; at++)
                digits[at] = 0;
        }
    }
    ubrk_close(icu);
    hdx_words_close(&words);
}

START_TEST(every_short_ascii_text_is_cut_as_icu_cuts_it)
{
    static const UChar alphabet[] = {'a', 'B', '1', '\'', '.',
                                     ',', ';', ' ', '-',  '"'};
    compare_all("en", alphabet, sizeof alphabet / sizeof *alphabet, 4);
}
END_TEST

START_TEST(every_short_mixed_text_is_cut_as_icu_cuts_it)
{
    /* Letters, a mark, kana, Han, Thai, Hebrew, no-break space, joiner. */
    static const UChar alphabet[] = {
        'a',   '1',    '.',    ':',    '_',    ' ',  '\n',   0xE9,
        0x301, 0x30AB, 0x6F22, 0x0E01, 0x05D0, 0xA0, 0x200D, '\''};
    compare_all("en", alphabet, sizeof alphabet / sizeof *alphabet, 3);
}
END_TEST

START_TEST(colons_are_left_to_the_locale)
{
    static const UChar alphabet[] = {'a', '1', ':', '\'', ' ', '.'};
    compare_all("sv", alphabet, sizeof alphabet / sizeof *alphabet, 5);
    compare_all("fi", alphabet, sizeof alphabet / sizeof *alphabet, 5);
}
END_TEST

START_TEST(every_ascii_character_between_words_is_as_icu_has_it)
{
    UErrorCode code = U_ZERO_ERROR;
    hdx_words words;
    UBreakIterator *icu = ubrk_open(UBRK_WORD, "de", NULL, 0, &code);
    ck_assert_int_eq(hdx_words_open(&words, "de", NULL), HELPDEX_OK);
    for (UChar c = 0; c < 128; c++)
        for (UChar d = 0; d < 128; d++) {
            UChar letters[] = {'a', c, d, 'b'}, digits[] = {'1', c, d, '2'};
            assert_as_icu(&words, icu, letters, 4);
            assert_as_icu(&words, icu, digits, 4);
        }
    ubrk_close(icu);
    hdx_words_close(&words);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_short_ascii_text_is_cut_as_icu_cuts_it,
        every_short_mixed_text_is_cut_as_icu_cuts_it,
        colons_are_left_to_the_locale,
        every_ascii_character_between_words_is_as_icu_has_it, NULL};
    return run_suite("words", tests);
}
