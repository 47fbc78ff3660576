/*
 * Looking letters up, and reading Latin letters as syllables. Numbers and
 * letters only: what no table knows stands for itself, or is not read.
 */
#include "text/letters.h"

#include "text/letters_tables.h"

enum { BMP_END = 0x10000, ASCII_END = 0x80 };
enum { KATAKANA = 0x30A1, KATAKANA_END = 0x30F6, TO_HIRAGANA = 0x60 };
enum { LONG_VOWEL = 0x30FC, ITERATION = 0x30FD, ITERATION_END = 0x30FE };

uint32_t hdx_letter_fold(uint32_t c, unsigned folds)
{
    if (c < ASCII_END || c >= BMP_END)
        return c;
    if (folds & HDX_FOLD_MARKS)
        c = hdx_letters_marks[hdx_letters_marks_pages[c >> 8]][c & 0xFF];
    if (folds & HDX_FOLD_HAN)
        c = hdx_letters_simplified[hdx_letters_simplified_pages[c >> 8]]
                                  [c & 0xFF];
    if (folds & HDX_FOLD_KANA) {
        if (c == LONG_VOWEL)
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
 * Hepburn, Kunrei, and what input methods take; `~` and `x` make a kana small,
 * as ICU and as keyboards write it. In order.
 */
static const struct kana {
    char latin[5];
    char hiragana[7];
} kana[] = {
    {"a", "あ"},     {"ba", "ば"},    {"be", "べ"},    {"bi", "び"},
    {"bo", "ぼ"},    {"bu", "ぶ"},    {"bya", "びゃ"}, {"byo", "びょ"},
    {"byu", "びゅ"}, {"cha", "ちゃ"}, {"che", "ちぇ"}, {"chi", "ち"},
    {"cho", "ちょ"}, {"chu", "ちゅ"}, {"cya", "ちゃ"}, {"cyo", "ちょ"},
    {"cyu", "ちゅ"}, {"da", "だ"},    {"de", "で"},    {"dhi", "でぃ"},
    {"dhu", "でゅ"}, {"di", "ぢ"},    {"dja", "ぢゃ"}, {"dje", "ぢぇ"},
    {"dji", "ぢ"},   {"djo", "ぢょ"}, {"dju", "ぢゅ"}, {"do", "ど"},
    {"du", "づ"},    {"dwu", "どぅ"}, {"dya", "ぢゃ"}, {"dyo", "ぢょ"},
    {"dyu", "ぢゅ"}, {"dzu", "づ"},   {"e", "え"},     {"fa", "ふぁ"},
    {"fe", "ふぇ"},  {"fi", "ふぃ"},  {"fo", "ふぉ"},  {"fu", "ふ"},
    {"fyu", "ふゅ"}, {"ga", "が"},    {"ge", "げ"},    {"gi", "ぎ"},
    {"go", "ご"},    {"gu", "ぐ"},    {"gwa", "ぐぁ"}, {"gya", "ぎゃ"},
    {"gyo", "ぎょ"}, {"gyu", "ぎゅ"}, {"ha", "は"},    {"he", "へ"},
    {"hi", "ひ"},    {"ho", "ほ"},    {"hu", "ふ"},    {"hya", "ひゃ"},
    {"hyo", "ひょ"}, {"hyu", "ひゅ"}, {"i", "い"},     {"ja", "じゃ"},
    {"je", "じぇ"},  {"ji", "じ"},    {"jo", "じょ"},  {"ju", "じゅ"},
    {"jya", "じゃ"}, {"jye", "じぇ"}, {"jyo", "じょ"}, {"jyu", "じゅ"},
    {"ka", "か"},    {"ke", "け"},    {"ki", "き"},    {"ko", "こ"},
    {"ku", "く"},    {"kwa", "くぁ"}, {"kya", "きゃ"}, {"kyo", "きょ"},
    {"kyu", "きゅ"}, {"ma", "ま"},    {"me", "め"},    {"mi", "み"},
    {"mo", "も"},    {"mu", "む"},    {"mya", "みゃ"}, {"myo", "みょ"},
    {"myu", "みゅ"}, {"na", "な"},    {"ne", "ね"},    {"ni", "に"},
    {"no", "の"},    {"nu", "ぬ"},    {"nya", "にゃ"}, {"nyo", "にょ"},
    {"nyu", "にゅ"}, {"o", "お"},     {"pa", "ぱ"},    {"pe", "ぺ"},
    {"pi", "ぴ"},    {"po", "ぽ"},    {"pu", "ぷ"},    {"pya", "ぴゃ"},
    {"pyo", "ぴょ"}, {"pyu", "ぴゅ"}, {"qa", "くぁ"},  {"ra", "ら"},
    {"re", "れ"},    {"ri", "り"},    {"ro", "ろ"},    {"ru", "る"},
    {"rya", "りゃ"}, {"ryo", "りょ"}, {"ryu", "りゅ"}, {"sa", "さ"},
    {"se", "せ"},    {"sha", "しゃ"}, {"she", "しぇ"}, {"shi", "し"},
    {"sho", "しょ"}, {"shu", "しゅ"}, {"si", "し"},    {"so", "そ"},
    {"su", "す"},    {"sya", "しゃ"}, {"syo", "しょ"}, {"syu", "しゅ"},
    {"ta", "た"},    {"te", "て"},    {"thi", "てぃ"}, {"thu", "てゅ"},
    {"ti", "ち"},    {"to", "と"},    {"tsa", "つぁ"}, {"tse", "つぇ"},
    {"tsi", "つぃ"}, {"tso", "つぉ"}, {"tsu", "つ"},   {"tu", "つ"},
    {"twu", "とぅ"}, {"tya", "ちゃ"}, {"tyo", "ちょ"}, {"tyu", "ちゅ"},
    {"u", "う"},     {"va", "ゔぁ"},  {"ve", "ゔぇ"},  {"vi", "ゔぃ"},
    {"vo", "ゔぉ"},  {"vu", "ゔ"},    {"wa", "わ"},    {"we", "うぇ"},
    {"wi", "うぃ"},  {"wo", "を"},    {"xa", "ぁ"},    {"xe", "ぇ"},
    {"xi", "ぃ"},    {"xo", "ぉ"},    {"xtu", "っ"},   {"xu", "ぅ"},
    {"xya", "ゃ"},   {"xyo", "ょ"},   {"xyu", "ゅ"},   {"ya", "や"},
    {"ye", "いぇ"},  {"yo", "よ"},    {"yu", "ゆ"},    {"za", "ざ"},
    {"ze", "ぜ"},    {"zi", "じ"},    {"zo", "ぞ"},    {"zu", "ず"},
    {"zya", "じゃ"}, {"zyo", "じょ"}, {"zyu", "じゅ"}, {"~a", "ぁ"},
    {"~e", "ぇ"},    {"~i", "ぃ"},    {"~ka", "ゕ"},   {"~ke", "ゖ"},
    {"~o", "ぉ"},    {"~tsu", "っ"},  {"~u", "ぅ"},    {"~wa", "ゎ"},
    {"~ya", "ゃ"},   {"~yo", "ょ"},   {"~yu", "ゅ"},

};

/* The kana that the text begins with, the longest; NULL: none. */
static const struct kana *kana_at(hdx_str text)
{
    const struct kana *best = NULL;
    for (size_t i = 0; i < sizeof kana / sizeof *kana; i++)
        if (hdx_str_starts(text, hdx_str_of(kana[i].latin)) &&
            (!best || strlen(kana[i].latin) > strlen(best->latin)))
            best = &kana[i];
    return best;
}

static bool is_vowel(char c)
{
    return strchr("aiueo", c) != NULL;
}

/* What one letter before a consonant stands for, if it does: a nasal, or a
   consonant that is doubled. */
static const char *mora_at(hdx_str text)
{
    char c = text.ptr[0], next = text.len > 1 ? text.ptr[1] : '\0';
    if (c == 'n' && !is_vowel(next ? next : 'n') && next != 'y')
        return "\xE3\x82\x93"; /* n */
    if (c == 'm' && (next == 'b' || next == 'p' || next == 'm'))
        return "\xE3\x82\x93";
    if ((next == c || (c == 't' && next == 'c')) && c >= 'a' && c <= 'z' &&
        !is_vowel(c))
        return "\xE3\x81\xA3"; /* small tsu */
    return NULL;
}

size_t hdx_romaji_read(hdx_str latin, char *out, size_t room)
{
    size_t len = 0;
    for (size_t at = 0; at < latin.len;) {
        hdx_str rest = {latin.ptr + at, latin.len - at};
        const struct kana *found = kana_at(rest);
        const char *text = found ? found->hiragana : mora_at(rest);
        if (rest.ptr[0] == '\'' || rest.ptr[0] == '-')
            text = "";
        if (!text || len + strlen(text) > room)
            return 0;
        memcpy(out + len, text, strlen(text));
        len += strlen(text);
        at += found ? strlen(found->latin) : 1;
        /* "nn" before a vowel is one nasal, not two. */
        if (!found && hdx_str_starts(rest, HDX_STR("nn")) &&
            (rest.len == 2 || !is_vowel(rest.ptr[2])))
            at++;
    }
    return len;
}
