/* Taking syllables apart, by the order that Unicode lists them in. */
#include "text/hangul.h"

enum {
    SYLLABLES = 0xAC00,
    INITIALS = 0x1100,
    VOWELS = 0x1161,
    FINALS = 0x11A7 /* of none; the first is one behind */
};
enum { INITIAL_COUNT = 19, VOWEL_COUNT = 21, FINAL_COUNT = 28 };
enum { SYLLABLE_COUNT = INITIAL_COUNT * VOWEL_COUNT * FINAL_COUNT };

/* Letters of two keys, as numbers of initials or of vowels, 1 + each. */
typedef struct pair {
    unsigned char first, second;
} pair;

static const pair finals[FINAL_COUNT] = {
    {0, 0},  {1, 0},  {2, 0},  {1, 10}, {3, 0},  {3, 13}, {3, 19},
    {4, 0},  {6, 0},  {6, 1},  {6, 7},  {6, 8},  {6, 10}, {6, 17},
    {6, 18}, {6, 19}, {7, 0},  {8, 0},  {8, 10}, {10, 0}, {11, 0},
    {12, 0}, {13, 0}, {15, 0}, {16, 0}, {17, 0}, {18, 0}, {19, 0}};

static const pair vowels[VOWEL_COUNT] = {
    {1, 0},  {2, 0},  {3, 0},   {4, 0},  {5, 0},  {6, 0},   {7, 0},
    {8, 0},  {9, 0},  {9, 1},   {9, 2},  {9, 21}, {13, 0},  {14, 0},
    {14, 5}, {14, 6}, {14, 21}, {18, 0}, {19, 0}, {19, 21}, {21, 0}};

static size_t add(pair letters, unsigned base, uint16_t *out)
{
    size_t count = 0;
    if (letters.first)
        out[count++] = (uint16_t)(base + letters.first - 1);
    if (letters.second)
        out[count++] = (uint16_t)(base + letters.second - 1);
    return count;
}

size_t hdx_hangul_letters(uint32_t c, uint16_t out[HDX_HANGUL_LETTERS])
{
    size_t count = 0;
    if (c >= INITIALS && c < INITIALS + INITIAL_COUNT) {
        out[count++] = (uint16_t)c;
    } else if (c >= VOWELS && c < VOWELS + VOWEL_COUNT) {
        count = add(vowels[c - VOWELS], VOWELS, out);
    } else if (c > FINALS && c < FINALS + FINAL_COUNT) {
        count = add(finals[c - FINALS], INITIALS, out);
    } else if (c >= SYLLABLES && c < SYLLABLES + SYLLABLE_COUNT) {
        uint32_t number = c - SYLLABLES;
        out[count++] =
            (uint16_t)(INITIALS + number / (VOWEL_COUNT * FINAL_COUNT));
        count += add(vowels[number / FINAL_COUNT % VOWEL_COUNT], VOWELS,
                     out + count);
        count += add(finals[number % FINAL_COUNT], INITIALS, out + count);
    }
    return count;
}

uint16_t hdx_hangul_initial(uint32_t c)
{
    return c >= SYLLABLES && c < SYLLABLES + SYLLABLE_COUNT
               ? (uint16_t)(INITIALS +
                            (c - SYLLABLES) / (VOWEL_COUNT * FINAL_COUNT))
               : 0;
}

bool hdx_hangul_is_initial(uint16_t letter)
{
    return letter >= INITIALS && letter < INITIALS + INITIAL_COUNT;
}
