/*
 * Looking letters up, and reading Latin letters as syllables. Numbers and
 * letters only: what no table knows stands for itself, or is not read.
 */
#include "text/letters.h"

#include "text/letters_tables.h"

enum { BMP_END = 0x10000, ASCII_END = 0x80 };
enum { KATAKANA = 0x30A1, KATAKANA_END = 0x30F6, TO_HIRAGANA = 0x60 };
enum { LONG_VOWEL = 0x30FC, HALF_WIDTH_LONG_VOWEL = 0xFF70 };
enum { ITERATION = 0x30FD, ITERATION_END = 0x30FE };

uint32_t hdx_letter_fold(uint32_t c, unsigned folds)
{
    if (c == '\'' && folds & HDX_FOLD_MARKS)
        return 0; /* "cant", and in Ukrainian nearly always */
    if (c < ASCII_END || c >= BMP_END)
        return c;
    if (folds & HDX_FOLD_MARKS)
        c = hdx_letters_marks[hdx_letters_marks_pages[c >> 8]][c & 0xFF];
    if (folds & HDX_FOLD_HAN)
        c = hdx_letters_simplified[hdx_letters_simplified_pages[c >> 8]]
                                  [c & 0xFF];
    if (folds & HDX_FOLD_KANA) {
        if (c == LONG_VOWEL || c == HALF_WIDTH_LONG_VOWEL)
            return 0;
        if ((c >= KATAKANA && c <= KATAKANA_END) || c == ITERATION ||
            c == ITERATION_END)
            c -= TO_HIRAGANA;
    }
    return c;
}

uint16_t hdx_pinyin_of(uint32_t c)
{
    return c < BMP_END
               ? hdx_letters_readings[hdx_letters_readings_pages[c >> 8]]
                                     [c & 0xFF]
               : 0;
}

char hdx_pinyin_initial(uint32_t c)
{
    uint16_t reading = hdx_pinyin_of(c);
    return reading ? hdx_letters_syllables[reading - 1][0] : 0;
}

const char *hdx_pinyin_letters(uint32_t c)
{
    uint16_t reading = hdx_pinyin_of(c);
    return reading ? hdx_letters_syllables[reading - 1] : "";
}

/* The number of a syllable; 0: it is none. */
static uint16_t syllable(const char *text, size_t len)
{
    char key[8] = {0};
    unsigned low = 0, high = hdx_letters_syllable_count;
    if (len >= sizeof key)
        return 0;
    for (size_t i = 0; i < len; i++)
        key[i] = text[i] == 'v' ? 'u' : text[i]; /* typed for a u umlaut */
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = memcmp(hdx_letters_syllables[middle], key, sizeof key);
        if (order == 0)
            return (uint16_t)(middle + 1);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static bool parts_syllables(char c)
{
    return c == ' ' || c == '\'';
}

/* A run is read from its end: the fewest syllables to there, the longest
   first among equals. */
enum { LATIN_BYTES = 128, LONGEST_SYLLABLE = 6 };

size_t hdx_pinyin_read(hdx_str latin, uint16_t *out, size_t room)
{
    unsigned char fewest[LATIN_BYTES + 1], step[LATIN_BYTES];
    if (latin.len == 0 || latin.len > LATIN_BYTES)
        return 0;
    fewest[latin.len] = 0;
    for (size_t at = latin.len; at-- > 0;) {
        fewest[at] = UINT8_MAX;
        step[at] = 1;
        if (parts_syllables(latin.ptr[at]))
            fewest[at] = fewest[at + 1];
        for (size_t len = LONGEST_SYLLABLE; len > 0; len--)
            if (at + len <= latin.len && fewest[at + len] < UINT8_MAX &&
                fewest[at + len] + 1 < fewest[at] &&
                syllable(latin.ptr + at, len)) {
                fewest[at] = (unsigned char)(fewest[at + len] + 1);
                step[at] = (unsigned char)len;
            }
    }
    if (fewest[0] == UINT8_MAX || fewest[0] > room)
        return 0;
    size_t count = 0;
    for (size_t at = 0; at < latin.len; at += step[at])
        if (!parts_syllables(latin.ptr[at]))
            out[count++] = syllable(latin.ptr + at, step[at]);
    return count;
}

/*
 * Hepburn, Kunrei, and what input methods take: what stands before a vowel,
 * then the kana with a, i, u, e and o. `~` and `x` make a kana small, as ICU
 * and as keyboards write it.
 */
static const char *const rows[] = {
    " あ い う え お",
    "k か き く け こ",
    "s さ し す せ そ",
    "t た ち つ て と",
    "n な に ぬ ね の",
    "h は ひ ふ へ ほ",
    "m ま み む め も",
    "y や - ゆ いぇ よ",
    "r ら り る れ ろ",
    "w わ うぃ - うぇ を",
    "g が ぎ ぐ げ ご",
    "z ざ じ ず ぜ ぞ",
    "d だ ぢ づ で ど",
    "b ば び ぶ べ ぼ",
    "p ぱ ぴ ぷ ぺ ぽ",
    "f ふぁ ふぃ ふ ふぇ ふぉ",
    "v ゔぁ ゔぃ ゔ ゔぇ ゔぉ",
    "j じゃ じ じゅ じぇ じょ",
    "q くぁ くぃ く くぇ くぉ",
    "ky きゃ - きゅ - きょ",
    "gy ぎゃ - ぎゅ - ぎょ",
    "sh しゃ し しゅ しぇ しょ",
    "sy しゃ - しゅ - しょ",
    "ch ちゃ ち ちゅ ちぇ ちょ",
    "ty ちゃ - ちゅ - ちょ",
    "cy ちゃ - ちゅ - ちょ",
    "jy じゃ - じゅ - じょ",
    "zy じゃ - じゅ - じょ",
    "dj ぢゃ ぢ ぢゅ - ぢょ",
    "dy ぢゃ - ぢゅ - ぢょ",
    "dz - - づ - -",
    "ny にゃ - にゅ - にょ",
    "hy ひゃ - ひゅ - ひょ",
    "my みゃ - みゅ - みょ",
    "ry りゃ - りゅ - りょ",
    "by びゃ - びゅ - びょ",
    "py ぴゃ - ぴゅ - ぴょ",
    "fy - - ふゅ - -",
    "ts つぁ つぃ つ つぇ つぉ",
    "th - てぃ てゅ - -",
    "dh - でぃ でゅ - -",
    "tw - - とぅ - -",
    "dw - - どぅ - -",
    "kw くぁ - - - -",
    "gw ぐぁ - - - -",
    "~ ぁ ぃ ぅ ぇ ぉ",
    "x ぁ ぃ ぅ ぇ ぉ",
    "~y ゃ - ゅ - ょ",
    "xy ゃ - ゅ - ょ",
    "~k ゕ - - ゖ -",
    "~w ゎ - - - -",
    "~ts - - っ - -",
    "xt - - っ - -",
    "xts - - っ - -",
};

static const char VOWELS[] = "aiueo";

/* The kana that the text begins with; `*bytes` are read. Empty: none. */
static hdx_str kana_at(hdx_str text, size_t *bytes)
{
    const hdx_str none = {"", 0};
    size_t onset = 0;
    while (onset < text.len && !strchr(VOWELS, text.ptr[onset]))
        onset++;
    if (onset == text.len)
        return none;
    *bytes = onset + 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i];
        if (strcspn(at, " ") != onset || memcmp(at, text.ptr, onset) != 0)
            continue;
        at += onset + 1;
        const char *vowel = strchr(VOWELS, text.ptr[onset]);
        for (long skip = vowel - VOWELS; skip > 0; skip--)
            at = strchr(at, ' ') + 1;
        size_t len = strcspn(at, " ");
        return *at == '-' ? none : (hdx_str){at, len};
    }
    return none;
}

static bool is_vowel(char c)
{
    return strchr(VOWELS, c) != NULL;
}

/* What one letter before a consonant stands for, if it does: a nasal, or a
   consonant that is doubled. */
static hdx_str mora_at(hdx_str text)
{
    char c = text.ptr[0], next = text.len > 1 ? text.ptr[1] : '-';
    if ((c == 'n' && !is_vowel(next) && next != 'y') ||
        (c == 'm' && strchr("bpm", next)))
        return HDX_STR("ん");
    if ((next == c || (c == 't' && next == 'c')) && c >= 'a' && c <= 'z')
        return HDX_STR("っ");
    return HDX_STR("");
}

/* Whether a vowel prolongs the one before: in loan words, where the sign for
   it is one that folding drops. Others are written in full: "ookii". */
static bool is_prolonged(hdx_str latin, size_t at)
{
    char c = latin.ptr[at];
    return at && c == latin.ptr[at - 1] && (c == 'a' || c == 'e');
}

size_t hdx_romaji_read(hdx_str latin, char *out, size_t room)
{
    size_t len = 0, bytes = 1;
    for (size_t at = 0; at < latin.len; at += bytes) {
        hdx_str rest = {latin.ptr + at, latin.len - at};
        hdx_str kana = kana_at(rest, &bytes);
        if (is_prolonged(latin, at))
            continue;
        if (kana.len == 0) {
            /* "nn" is one nasal, but the second may begin a syllable. */
            bytes = hdx_str_starts(rest, HDX_STR("nn")) &&
                            (rest.len == 2 ||
                             (!is_vowel(rest.ptr[2]) && rest.ptr[2] != 'y'))
                        ? 2
                        : 1;
            kana = mora_at(rest);
            if (rest.ptr[0] != '\'' && rest.ptr[0] != '-' && kana.len == 0)
                return 0;
        }
        if (len + kana.len > room)
            return 0;
        memcpy(out + len, kana.ptr, kana.len);
        len += kana.len;
    }
    return len;
}

/* Adds the folded kana `text`, unless one that it begins with is there. */
static void add_ending(hdx_romaji_rest *rest, hdx_str text)
{
    uint16_t kana[2] = {0};
    size_t at = 0;
    for (size_t i = 0; i < 2 && at < text.len; i++)
        kana[i] = (uint16_t)hdx_utf8_next(text, &at);
    for (size_t i = 0; i < rest->count; i++)
        if (rest->endings[i][0] == kana[0] &&
            (!rest->endings[i][1] || rest->endings[i][1] == kana[1]))
            return;
    if (rest->count < HDX_ROMAJI_ENDINGS)
        memcpy(rest->endings[rest->count++], kana, sizeof kana);
}

/* Adds every kana of the rows whose onset begins with `onset`. */
static void add_rows(hdx_romaji_rest *rest, hdx_str onset)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i];
        if (strncmp(at, onset.ptr, onset.len) != 0)
            continue;
        at += strcspn(at, " ");
        while (*at == ' ') {
            size_t len = strcspn(++at, " ");
            if (*at != '-')
                add_ending(rest, (hdx_str){at, len});
            at += len;
        }
    }
}

bool hdx_romaji_begin(hdx_str latin, char *out, size_t room, size_t *len,
                      hdx_romaji_rest *rest)
{
    size_t whole = latin.len;
    rest->count = *len = 0;
    while (whole && !is_vowel(latin.ptr[whole - 1]))
        whole--;
    hdx_str onset = {latin.ptr + whole, latin.len - whole};
    if (whole &&
        !(*len = hdx_romaji_read((hdx_str){latin.ptr, whole}, out, room)))
        return false;
    /* "kk" is a doubled consonant and the beginning of a syllable. */
    for (hdx_str mora; onset.len > 1 && (mora = mora_at(onset)).len;) {
        if (*len + mora.len > room)
            return false;
        memcpy(out + *len, mora.ptr, mora.len);
        *len += mora.len;
        onset = (hdx_str){onset.ptr + 1, onset.len - 1};
    }
    if (onset.len == 0)
        return true;
    add_rows(rest, onset);
    if (onset.len == 1 && rest->count)
        add_ending(rest, *onset.ptr == 'n' ? HDX_STR("ん") : HDX_STR("っ"));
    return rest->count > 0;
}
