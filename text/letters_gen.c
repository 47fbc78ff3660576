/*
 * Makes the tables of text/letters.c from ICU: run by the build, never a part
 * of the program. Writes a C file to standard output. Tables are of pages of
 * 256 code points of the BMP; equal pages are written once.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { POINTS = 0x10000, PAGE = 256, MOST_SYLLABLES = 1000, LONGEST = 8 };
enum { FIRST_HAN = 0x3400, LAST_HAN = 0x9FFF };

static void check(UErrorCode code, const char *what)
{
    if (U_SUCCESS(code))
        return;
    fprintf(stderr, "letters_gen: %s: %s\n", what, u_errorName(code));
    exit(1);
}

static void write_table(const char *name, const uint16_t *values)
{
    static unsigned char pages[POINTS / PAGE];
    unsigned count = 0;
    printf("const uint16_t %s[][256] = {\n", name);
    for (unsigned page = 0; page < POINTS / PAGE; page++) {
        const uint16_t *at = values + (size_t)page * PAGE;
        unsigned same = 0;
        while (same < page &&
               memcmp(values + (size_t)same * PAGE, at, PAGE * sizeof *at) != 0)
            same++;
        pages[page] = same < page ? pages[same] : (unsigned char)count++;
        for (unsigned i = 0; same == page && i < PAGE; i++)
            printf("%s%u,%s", i ? "" : "{", at[i], i + 1 < PAGE ? "" : "},\n");
    }
    printf("};\nconst unsigned char %s_pages[256] = {", name);
    for (unsigned page = 0; page < POINTS / PAGE; page++)
        printf("%u,", pages[page]);
    printf("};\n");
}

/*
 * Scripts whose marks are no decoration: without them another word is
 * written.
 */
static bool keeps_marks(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &code);
    return script != USCRIPT_LATIN && script != USCRIPT_GREEK &&
           script != USCRIPT_CYRILLIC && script != USCRIPT_ARABIC &&
           script != USCRIPT_HEBREW && script != USCRIPT_ARMENIAN &&
           script != USCRIPT_INHERITED && script != USCRIPT_COMMON;
}

/*
 * Letters that do not decompose, and variants that a language writes for each
 * other. Arabic and Persian as Lucene's ArabicNormalizer and PersianNormalizer
 * have it (Apache-2.0), on Larkey et al., "Light stemming for Arabic" (2007).
 */
static const struct pair {
    uint16_t from, to;
} pairs[] = {
    {0xF8, 'o'},    {0x111, 'd'},   {0xF0, 'd'},    {0x142, 'l'},
    {0x127, 'h'},   {0x167, 't'},   {0x131, 'i'},   {0xE6, 'a'},
    {0x153, 'o'},   {0xFE, 't'},    {0x14B, 'n'},   {0x3C2, 0x3C3},
    {0x671, 0x627}, {0x649, 0x64A}, {0x6CC, 0x64A}, {0x626, 0x64A},
    {0x624, 0x648}, {0x629, 0x647}, {0x6C0, 0x647}, {0x6D5, 0x647},
    {0x6C1, 0x647}, {0x6A9, 0x643}, {0x640, 0},     {0x5DA, 0x5DB},
    {0x5DD, 0x5DE}, {0x5DF, 0x5E0}, {0x5E3, 0x5E4}, {0x5E5, 0x5E6},
    {0x491, 0x433}, {0x439, 0x439}, {0xAD, 0},      {0x200C, 0},
    {0x200D, 0},    {0x200E, 0},    {0x200F, 0},    {0x61C, 0},
};

static uint16_t without_marks(const UNormalizer2 *nfd, UChar32 c)
{
    UChar parts[32];
    UErrorCode code = U_ZERO_ERROR;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].from == c)
            return pairs[i].to;
    int32_t digit = u_charDigitValue(c);
    if (digit >= 0 && u_charType(c) == U_DECIMAL_DIGIT_NUMBER)
        return (uint16_t)('0' + digit);
    if (keeps_marks(c))
        return (uint16_t)c;
    if (u_charType(c) == U_NON_SPACING_MARK)
        return (c < 0x3000) ? 0 : (uint16_t)c; /* kana have their own */
    int32_t count = unorm2_getDecomposition(nfd, c, parts, 32, &code);
    check(code, "decomposition");
    if (count < 2 || U16_IS_SURROGATE(parts[0]))
        return (uint16_t)c;
    for (int32_t i = 1; i < count; i++)
        if (u_charType(parts[i]) != U_NON_SPACING_MARK)
            return (uint16_t)c;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].from == parts[0])
            return pairs[i].to;
    return parts[0];
}

static void write_marks(uint16_t *values)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&code);
    check(code, "NFD");
    for (UChar32 c = 0; c < POINTS; c++)
        values[c] =
            U_IS_SURROGATE((uint32_t)c) ? (uint16_t)c : without_marks(nfd, c);
    write_table("hdx_letters_marks", values);
}

/*
 * Puts each Han character on a line of its own through a transliterator, and
 * gives each line that comes out to `seen`.
 */
static void through(const char *id,
                    void (*seen)(UChar32 from, const UChar *to, int32_t count))
{
    enum { ROOM = 1 << 22 };
    UErrorCode code = U_ZERO_ERROR;
    UChar name[128], *text = malloc(ROOM * sizeof *text);
    int32_t count = 0, line = 0;
    if (!text)
        exit(1);
    u_uastrcpy(name, id);
    UTransliterator *t =
        utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    check(code, id);
    for (UChar32 c = FIRST_HAN; c <= LAST_HAN; c++) {
        text[count++] = (UChar)c;
        text[count++] = '\n';
    }
    int32_t limit = count;
    utrans_transUChars(t, text, &count, ROOM, 0, &limit, &code);
    check(code, id);
    for (UChar32 c = FIRST_HAN; c <= LAST_HAN; c++) {
        int32_t end = line;
        while (end < count && text[end] != '\n')
            end++;
        seen(c, text + line, end - line);
        line = end + 1;
    }
    utrans_close(t);
    free(text);
}

static uint16_t table[POINTS];

static void note_simplified(UChar32 from, const UChar *to, int32_t count)
{
    if (count == 1)
        table[from] = to[0];
}

static char syllables[MOST_SYLLABLES][LONGEST];
static unsigned syllable_count;
static char readings[LAST_HAN - FIRST_HAN + 1][LONGEST];

static int by_letters(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void note_reading(UChar32 from, const UChar *to, int32_t count)
{
    char *out = readings[from - FIRST_HAN];
    for (int32_t i = 0; i < count; i++) {
        if (to[i] < 'a' || to[i] > 'z' || i + 1 >= LONGEST) {
            memset(out, 0, LONGEST); /* no reading is known */
            return;
        }
        out[i] = (char)to[i];
    }
    for (unsigned i = 0; i < syllable_count; i++)
        if (strcmp(syllables[i], out) == 0)
            return;
    if (syllable_count == MOST_SYLLABLES)
        exit(1);
    memcpy(syllables[syllable_count++], out, LONGEST);
}

static void write_readings(uint16_t *values)
{
    through("Han-Latin; Latin-ASCII; Lower", note_reading);
    qsort(syllables, syllable_count, LONGEST, by_letters);
    memset(values, 0, POINTS * sizeof *values);
    for (UChar32 c = FIRST_HAN; c <= LAST_HAN; c++) {
        const char *key = readings[c - FIRST_HAN];
        const char *found =
            bsearch(key, syllables, syllable_count, LONGEST, by_letters);
        if (*key && found)
            values[c] = (uint16_t)((found - syllables[0]) / LONGEST + 1);
    }
    write_table("hdx_letters_readings", values);
    printf("const char hdx_letters_syllables[][8] = {\n");
    for (unsigned i = 0; i < syllable_count; i++)
        printf("\"%s\",", syllables[i]);
    printf("};\nconst unsigned hdx_letters_syllable_count = %u;\n",
           syllable_count);
}

int main(void)
{
    printf("/* Made by text/letters_gen.c from ICU %s. */\n"
           "#include \"text/letters_tables.h\"\n\n",
           U_ICU_VERSION);
    write_marks(table);
    for (unsigned i = 0; i < POINTS; i++)
        table[i] = (uint16_t)i;
    through("Traditional-Simplified", note_simplified);
    write_table("hdx_letters_simplified", table);
    write_readings(table);
    return 0;
}
