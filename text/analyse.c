/*
 * The analyser. UTF-16 lives here alone, because ICU's break iterators are
 * 7-31 % faster on it than through UText. Folding and stemming happen once for
 * each distinct surface word: the memo knows every later one.
 */
#include "text/analyse.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>

#include "text/character.h"
#include "text/fold.h"
#include "text/letters.h"
#include "text/pairs.h"
#include "text/words.h"

enum { MEMO_BYTES = 16 << 20 };
enum { KINDS = 3 };                 /* of terms */
enum { FIRST_DICTIONARY = 0x0E00 }; /* Thai; below, words stand apart */

struct hdx_analyser {
    const hdx_pack *pack;
    hdx_words words;
    struct sb_stemmer *stemmer;
    hdx_map memo[KINDS]; /* the UTF-16 as written -> hdx_word * */
    hdx_pairs pairs;     /* the same of bigrams and readings, mostly */
    hdx_arena memories;  /* keys and words of the memo */
    UChar *units;        /* the text in UTF-16 */
    size_t units_capacity;
    uint32_t *offsets; /* of each unit in the UTF-8 text, and its end */
    size_t offsets_capacity;
    size_t count; /* units */
};

helpdex_status hdx_analyser_open(const hdx_pack *pack, hdx_analyser **out,
                                 helpdex_error *err)
{
    *out = NULL;
    hdx_analyser *a = calloc(1, sizeof *a);
    if (!a)
        return hdx_fail_nomem(err);
    a->pack = pack;
    helpdex_status status = hdx_words_open(&a->words, pack->locale.tag, err);
    if (status) {
        hdx_analyser_free(a);
        return status;
    }
    if (pack->stemmer &&
        !(a->stemmer = sb_stemmer_new(pack->stemmer, "UTF_8"))) {
        hdx_analyser_free(a);
        return hdx_fail_nomem(err);
    }
    *out = a;
    return HELPDEX_OK;
}

static void forget(hdx_analyser *a)
{
    for (size_t i = 0; i < KINDS; i++)
        hdx_map_free(&a->memo[i]);
    hdx_pairs_free(&a->pairs);
    hdx_arena_free(&a->memories);
}

void hdx_analyser_free(hdx_analyser *analyser)
{
    if (!analyser)
        return;
    hdx_words_close(&analyser->words);
    sb_stemmer_delete(analyser->stemmer);
    forget(analyser);
    free(analyser->units);
    free(analyser->offsets);
    free(analyser);
}

void hdx_analyser_trim(hdx_analyser *analyser)
{
    if (analyser->memories.bytes < MEMO_BYTES)
        return;
    forget(analyser);
}

/* Fills units and offsets from UTF-8. */
static bool decode(hdx_analyser *a, hdx_str text)
{
    if (!hdx_grow(&a->units, &a->units_capacity, text.len + 1,
                  sizeof *a->units) ||
        !hdx_grow(&a->offsets, &a->offsets_capacity, text.len + 1,
                  sizeof *a->offsets))
        return false;
    UChar *units = a->units;
    uint32_t *offsets = a->offsets;
    size_t count = 0;
    for (size_t i = 0; i < text.len; count++) {
        unsigned char first = (unsigned char)text.ptr[i];
        offsets[count] = (uint32_t)i;
        if (first < 0x80) {
            units[count] = first;
            i++;
            continue;
        }
        uint32_t c = hdx_utf8_next(text, &i);
        if (c <= 0xFFFF) {
            units[count] = (UChar)c;
        } else {
            units[count++] = (UChar)U16_LEAD(c);
            offsets[count] = offsets[count - 1];
            units[count] = (UChar)U16_TRAIL(c);
        }
    }
    offsets[count] = (uint32_t)text.len;
    a->count = count;
    return true;
}

/* "l'article" without the article, where the pack says that `l` is one. */
static hdx_str without_elision(const hdx_pack *pack, hdx_str word)
{
    const char *apostrophe = memchr(word.ptr, '\'', word.len);
    if (!apostrophe)
        return word;
    size_t len = (size_t)(apostrophe - word.ptr);
    if (len + 1 == word.len ||
        !hdx_map_find(&pack->elisions, (hdx_str){word.ptr, len}))
        return word;
    return (hdx_str){apostrophe + 1, word.len - len - 1};
}

/* Letters of Thai, Lao, Khmer and Burmese, which ICU cuts by dictionary. */
static bool in_dictionary_script(UChar32 c)
{
    return c >= FIRST_DICTIONARY &&
           u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

/* Whether a word is of a script that is written without spaces. */
static hdx_density density_of(hdx_str word)
{
    size_t at = 0;
    UChar32 c = (UChar32)hdx_utf8_next(word, &at);
    if (c < FIRST_DICTIONARY)
        return HDX_SPACED;
    if (in_dictionary_script(c))
        return HDX_DENSE_LETTERS;
    if (uscript_hasScript(c, USCRIPT_HANGUL))
        return HDX_SPACED_SIGNS;
    return uscript_hasScript(c, USCRIPT_HAN) ||
                   uscript_hasScript(c, USCRIPT_HIRAGANA) ||
                   uscript_hasScript(c, USCRIPT_KATAKANA)
               ? HDX_DENSE_SIGNS
               : HDX_SPACED;
}

/* Writes text into a term behind its kind; room is HDX_WORD_BYTES. */
static hdx_str term_of(hdx_analyser *a, char kind, hdx_str text)
{
    char term[HDX_WORD_BYTES + 1] = {kind};
    memcpy(term + 1, text.ptr, text.len);
    return hdx_arena_copy(&a->memories, (hdx_str){term, text.len + 1});
}

/* The loose form of a text, lasting. */
static hdx_str loosen(hdx_analyser *a, hdx_str text)
{
    char loose[HDX_WORD_BYTES];
    size_t len = hdx_fold_loose(a->pack, text, loose, sizeof loose);
    return hdx_arena_copy(&a->memories, (hdx_str){loose, len});
}

/* The stem of an exact form, lasting until the stemmer's next. */
static hdx_str stem_of(const hdx_analyser *a, hdx_str exact)
{
    if (!a->stemmer)
        return exact;
    const sb_symbol *stem = sb_stemmer_stem(
        a->stemmer, (const sb_symbol *)exact.ptr, (int)exact.len);
    if (!stem)
        return (hdx_str){NULL, 0};
    size_t len = (size_t)sb_stemmer_length(a->stemmer);
    return len && len <= HDX_WORD_BYTES ? (hdx_str){(const char *)stem, len}
                                        : exact;
}

/* Fills in the forms of a word from its folded text. */
static bool make_forms(hdx_analyser *a, hdx_str folded, hdx_word *word)
{
    hdx_str exact = without_elision(a->pack, folded);
    word->stop = hdx_map_find(&a->pack->stopwords, folded) ||
                 hdx_map_find(&a->pack->stopwords, exact);
    hdx_str stem = stem_of(a, exact);
    if (!stem.ptr)
        return false;
    word->exact = hdx_arena_copy(&a->memories, exact);
    word->loose = loosen(a, exact);
    word->stem = stem.len == exact.len && !memcmp(stem.ptr, exact.ptr, stem.len)
                     ? word->loose
                     : loosen(a, stem);
    if (!word->exact.ptr || !word->loose.ptr || !word->stem.ptr)
        return false;
    word->dense = density_of(word->loose);
    size_t at = 0;
    int points =
        word->dense == HDX_SPACED_SIGNS ? HDX_TERM_SYLLABLES : HDX_TERM_POINTS;
    for (int i = 0; i < points && at < word->stem.len; i++)
        hdx_utf8_next(word->stem, &at);
    word->term = term_of(a, HDX_TERM_WORD, (hdx_str){word->stem.ptr, at});
    return word->term.ptr != NULL;
}

void hdx_reading_term(uint16_t a, uint16_t b, char term[HDX_READING_BYTES])
{
    enum { DIGITS = 26 };
    const uint16_t syllables[] = {a, b};
    term[0] = HDX_TERM_READING;
    for (size_t i = 0; i < 2; i++) {
        term[1 + 2 * i] = (char)('A' + syllables[i] / DIGITS);
        term[2 + 2 * i] = (char)('a' + syllables[i] % DIGITS);
    }
}

/* The reading of two characters; an empty term where there is none. */
static bool make_reading(hdx_analyser *a, hdx_str pair, hdx_word *word)
{
    char term[HDX_READING_BYTES];
    size_t at = 0;
    uint16_t first = hdx_pinyin_of(hdx_utf8_next(pair, &at));
    uint16_t second =
        at < pair.len ? hdx_pinyin_of(hdx_utf8_next(pair, &at)) : 0;
    if (!first || !second)
        return true;
    hdx_reading_term(first, second, term);
    word->term = hdx_arena_copy(&a->memories, (hdx_str){term, sizeof term});
    return word->term.ptr != NULL;
}

/* Makes the word of surface text that the memo does not know. */
static hdx_word *make_word(hdx_analyser *a, char kind, const UChar *units,
                           size_t count)
{
    char folded[HDX_WORD_BYTES];
    hdx_word *word = hdx_arena_alloc(&a->memories, sizeof *word);
    if (!word)
        return NULL;
    UErrorCode code = U_ZERO_ERROR;
    size_t len = hdx_fold(a->pack, units, count, folded, sizeof folded, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return NULL;
    hdx_str text = {folded, len};
    bool made = true;
    if (len && kind == HDX_TERM_WORD)
        made = make_forms(a, text, word);
    else if (len && kind == HDX_TERM_READING)
        made = make_reading(a, text, word);
    else if (len) {
        char loose[HDX_WORD_BYTES];
        len = hdx_fold_loose(a->pack, text, loose, sizeof loose);
        word->term = term_of(a, kind, (hdx_str){loose, len});
        made = word->term.ptr != NULL;
    }
    return made ? word : NULL;
}

/* Appends a word as the token of units [begin, end), unless it is empty. */
static bool append(const hdx_analyser *a, hdx_word *word, size_t begin,
                   size_t end, hdx_tokens *tokens)
{
    if (word->term.len <= 1)
        return true;
    if (!hdx_grow(&tokens->items, &tokens->capacity, tokens->count + 1,
                  sizeof *tokens->items))
        return false;
    tokens->items[tokens->count++] = (hdx_token){
        .word = word, .begin = a->offsets[begin], .end = a->offsets[end]};
    return true;
}

/* The word of units [begin, end), by the memo. */
static bool emit(hdx_analyser *a, char kind, size_t begin, size_t end,
                 hdx_tokens *tokens)
{
    hdx_map *memo = &a->memo[kind == HDX_TERM_WORD     ? 0
                             : kind == HDX_TERM_BIGRAM ? 1
                                                       : 2];
    size_t units = end - begin;
    if (units > HDX_FOLD_UNITS)
        units = HDX_FOLD_UNITS;
    hdx_str key = {(const char *)(a->units + begin), units * sizeof(UChar)};
    bool added;
    hdx_map_entry *entry = hdx_map_add(memo, key, &added);
    if (!entry)
        return false;
    if (added) {
        hdx_word *made = make_word(a, kind, a->units + begin, units);
        hdx_str lasting = hdx_arena_copy(&a->memories, entry->key);
        if (!made || !lasting.ptr) {
            hdx_map_clear(memo); /* it holds a key that is about to go */
            return false;
        }
        entry->key = lasting;
        entry->value = (uintptr_t)made;
    }
    return append(a, (hdx_word *)(uintptr_t)entry->value, begin, end, tokens);
}

/* decode() made the units, so that every lead has its trail. */
static UChar32 next_point(const UChar *units, size_t *at)
{
    UChar lead = units[(*at)++];
    return U16_IS_LEAD(lead) ? U16_GET_SUPPLEMENTARY(lead, units[(*at)++])
                             : lead;
}

/*
 * Emits a word, cut once more where a dictionary script meets another: people
 * write "2faหาย" for "2fa หาย", and ICU leaves the border word whole.
 */
static bool emit_word(hdx_analyser *a, size_t begin, size_t end,
                      hdx_tokens *tokens)
{
    bool before = false;
    if (a->units[begin] < FIRST_DICTIONARY &&
        a->units[end - 1] < FIRST_DICTIONARY)
        return emit(a, HDX_TERM_WORD, begin, end, tokens);
    for (size_t i = begin, at = begin; i < end; at = i) {
        UChar32 c = next_point(a->units, &i);
        if (U_GET_GC_MASK(c) & U_GC_M_MASK)
            continue; /* a mark is of its letter's script */
        bool now = in_dictionary_script(c);
        if (at > begin && now != before) {
            if (!emit(a, HDX_TERM_WORD, begin, at, tokens))
                return false;
            begin = at;
        }
        before = now;
    }
    return emit(a, HDX_TERM_WORD, begin, end, tokens);
}

static helpdex_status cut_words(hdx_analyser *a, hdx_tokens *tokens,
                                helpdex_error *err)
{
    size_t begin, end;
    hdx_words_start(&a->words, a->units, a->count);
    while (hdx_words_next(&a->words, &begin, &end))
        if (!emit_word(a, begin, end, tokens))
            return hdx_fail_nomem(err);
    return U_SUCCESS(a->words.code) ? HELPDEX_OK
                                    : hdx_words_fail(a->words.code, err);
}

static bool in_bigram_script(const hdx_pack *pack, UChar32 c)
{
    if (c < FIRST_DICTIONARY || !u_isalpha(c))
        return false;
    for (size_t i = 0; i < pack->bigram_count; i++)
        if (uscript_hasScript(c, (UScriptCode)pack->bigrams[i]))
            return true;
    return false;
}

/* Behind the marks and the Hangul letters that are one character with `c`,
   so that decomposed text gives the bigrams of composed text. */
static size_t character_end(const hdx_analyser *a, UChar32 c, size_t at)
{
    for (size_t next = at; next < a->count; at = next) {
        UChar32 follower = next_point(a->units, &next);
        if (!hdx_stays_with((uint32_t)c, (uint32_t)follower))
            break;
        c = follower;
    }
    return at;
}

/* The bigram of units [begin, end), and its reading where the pack has them. */
static bool emit_pair(hdx_analyser *a, size_t begin, size_t end,
                      hdx_tokens *tokens)
{
    bool read = a->pack->romanise == HDX_ROMANISE_PINYIN;
    if (end - begin != 2)
        return emit(a, HDX_TERM_BIGRAM, begin, end, tokens) &&
               (!read || emit(a, HDX_TERM_READING, begin, end, tokens));
    const UChar *units = a->units + begin;
    hdx_pair *pair = hdx_pairs_at(&a->pairs, units[0], units[1]);
    if (!pair)
        return false;
    if (!pair->bigram)
        pair->bigram = make_word(a, HDX_TERM_BIGRAM, units, 2);
    if (!pair->reading && read)
        pair->reading = make_word(a, HDX_TERM_READING, units, 2);
    return pair->bigram && append(a, pair->bigram, begin, end, tokens) &&
           (!read ||
            (pair->reading && append(a, pair->reading, begin, end, tokens)));
}

/* Pairs of neighbouring characters. */
static bool cut_pairs(hdx_analyser *a, hdx_tokens *tokens)
{
    size_t previous = SIZE_MAX; /* where the character before began */
    for (size_t i = 0; i < a->count;) {
        size_t begin = i;
        UChar32 c = next_point(a->units, &i);
        if (!in_bigram_script(a->pack, c)) {
            previous = SIZE_MAX;
            continue;
        }
        i = character_end(a, c, i);
        if (hdx_letter_fold((uint32_t)c, a->pack->folds) == 0)
            continue; /* nobody minds whether it stands there */
        if (previous != SIZE_MAX && !emit_pair(a, previous, i, tokens))
            return false;
        previous = begin;
    }
    return true;
}

helpdex_status hdx_analyse(hdx_analyser *analyser, hdx_str text,
                           hdx_tokens *tokens, helpdex_error *err)
{
    tokens->count = tokens->words = 0;
    if (text.len == 0)
        return HELPDEX_OK;
    if (text.len > INT32_MAX)
        return hdx_fail(err, HELPDEX_INVALID, "text over 2 GiB; split it");
    if (!decode(analyser, text))
        return hdx_fail_nomem(err);
    helpdex_status status = cut_words(analyser, tokens, err);
    tokens->words = tokens->count;
    const hdx_pack *pack = analyser->pack;
    if (!status && pack->bigram_count && !cut_pairs(analyser, tokens))
        status = hdx_fail_nomem(err);
    return status;
}

const hdx_pack *hdx_analyser_pack(const hdx_analyser *analyser)
{
    return analyser->pack;
}

void hdx_tokens_free(hdx_tokens *tokens)
{
    free(tokens->items);
    *tokens = (hdx_tokens){0};
}

void hdx_analyser_icu(char version[HDX_ICU_VERSION_SIZE])
{
    UVersionInfo numbers;
    _Static_assert(HDX_ICU_VERSION_SIZE >= U_MAX_VERSION_STRING_LENGTH, "room");
    u_getVersion(numbers);
    u_versionToString(numbers, version);
}
