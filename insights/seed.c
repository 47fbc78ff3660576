/*
 * Finding seed phrases. What decides is how many of twelve words in a row a
 * list has, not the checksum of BIP-39: wallets that are older have another
 * one, and a phrase with a word in error has none that fits. Of 77,679 real
 * questions in thirty languages none has eleven such words of twelve, though
 * "you", "can" and "this" are in the English list.
 *
 * Chinese is the exception, since its lists are the commonest characters, and
 * a phrase may be written without spaces: there the checksum decides, with how
 * little it reads as text; see most_common().
 */
#include "insights/seed.h"

#include <math.h>
#include <stdlib.h>
#include <unicode/ubrk.h>

#include "base/digest.h"
#include "insights/seedwords.h"

enum { WINDOW = 12, PHRASE_MOST = 24 };
enum { KNOWN_LEAST = WINDOW - 1 };
/* Wallets take a word by its first letters, and people write it so. */
enum { BEGINNING = 4 };
/* Of the words that are not Chinese, decomposed, in code points. */
enum { SHORTEST = 3, LONGEST = 24 };
enum { WORD_BYTES = 128, NO_NUMBER = 0xFFFF };

typedef struct word {
    uint32_t begin; /* in the plain text */
    uint32_t end;
    bool han;        /* a word by being one character */
    bool open_left;  /* no letter is right before */
    bool open_right; /* nor behind */
    uint16_t lists;  /* a bit for each that has it */
    uint16_t nearly; /* likewise, one of its words begins so */
} word;

typedef struct words {
    word *items;
    size_t count;
    size_t capacity;
} words;

static const char *text_of(size_t at)
{
    return hdx_seed_texts + hdx_seed_words[at].text;
}

/* The first entry that is not before `key`. */
static size_t lower_bound(const char *key)
{
    size_t low = 0, high = hdx_seed_word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(text_of(middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint16_t lists_of(const char *key)
{
    unsigned lists = 0;
    for (size_t at = lower_bound(key);
         at < hdx_seed_word_count && strcmp(text_of(at), key) == 0; at++)
        lists |= 1u << hdx_seed_words[at].list;
    return (uint16_t)lists;
}

static uint16_t lists_that_begin(const char *key)
{
    unsigned lists = 0;
    size_t len = strlen(key);
    for (size_t at = lower_bound(key);
         at < hdx_seed_word_count && strncmp(text_of(at), key, len) == 0; at++)
        lists |= 1u << hdx_seed_words[at].list;
    return (uint16_t)lists;
}

static unsigned number_in(const char *key, unsigned list)
{
    for (size_t at = lower_bound(key);
         at < hdx_seed_word_count && strcmp(text_of(at), key) == 0; at++)
        if (hdx_seed_words[at].list == list)
            return hdx_seed_words[at].number;
    return NO_NUMBER;
}

/* Folded and terminated; false when it is longer than any word of a list. */
static bool key_of(const hdx_plain *text, size_t begin, size_t end,
                   char key[WORD_BYTES])
{
    size_t len = 0;
    for (size_t i = begin; i < end; i++) {
        if (len + 4 >= WORD_BYTES)
            return false;
        len += hdx_utf8_put(hdx_plain_lower(text->chars[i].c), key + len);
    }
    key[len] = '\0';
    return true;
}

static bool is_han(uint32_t c)
{
    return c >= 0x4E00 && c <= 0x9FFF;
}

static bool letter_at(const hdx_plain *text, size_t at)
{
    return at < text->count && hdx_plain_is_letter(text->chars[at].c);
}

static void look_up(const hdx_plain *text, word *w)
{
    char key[WORD_BYTES];
    if (!key_of(text, w->begin, w->end, key))
        return;
    w->lists = lists_of(key);
    for (size_t i = 0; i < BEGINNING; i++)
        if (key[i] < 'a' || key[i] > 'z')
            return;
    key[BEGINNING] = '\0';
    w->nearly = lists_that_begin(key);
}

/* Runs of letters, and single characters of Han. */
static bool cut_words(const hdx_plain *text, words *out)
{
    for (size_t i = 0; i < text->count;) {
        size_t begin = i++;
        if (!letter_at(text, begin))
            continue;
        bool han = is_han(text->chars[begin].c);
        while (!han && letter_at(text, i) && !is_han(text->chars[i].c))
            i++;
        if (!hdx_grow(&out->items, &out->capacity, out->count + 1,
                      sizeof *out->items))
            return false;
        word *w = &out->items[out->count++];
        *w = (word){.begin = (uint32_t)begin, .end = (uint32_t)i, .han = han};
        w->open_left = !begin || !letter_at(text, begin - 1);
        w->open_right = !letter_at(text, i);
        look_up(text, w);
    }
    return true;
}

static bool is_known(const word *w, unsigned bit)
{
    return w->open_left && w->open_right && w->lists & bit;
}

static bool is_near(const word *w, unsigned bit)
{
    return w->open_left && w->open_right && (w->lists | w->nearly) & bit;
}

/* The lists of which a word begins this one, or with `ending` ends it. */
static unsigned lists_inside(const hdx_plain *text, const word *w, bool ending)
{
    char key[WORD_BYTES];
    unsigned lists = w->lists;
    for (size_t n = SHORTEST; n <= LONGEST && n < w->end - w->begin; n++) {
        size_t begin = ending ? w->end - n : w->begin;
        if (key_of(text, begin, begin + n, key))
            lists |= lists_of(key);
    }
    return lists;
}

/* Whether twelve words are a phrase of which only the ends stick to others:
   where languages have no spaces, it is written right behind a word, and one
   right behind it. */
static bool is_stuck_phrase(const hdx_plain *text, const word *first,
                            size_t inner, unsigned bit)
{
    const word *last = first + WINDOW - 1;
    return inner == WINDOW - 2 && first->open_right && last->open_left &&
           lists_inside(text, first, true) & bit &&
           lists_inside(text, last, false) & bit;
}

/* Twelve words in a row of which one at most is in error, or all are cut. */
static bool has_window(const hdx_plain *text, const words *all, unsigned list)
{
    size_t known = 0, near = 0;
    const unsigned bit = 1u << list;
    for (size_t i = 0; i < all->count; i++) {
        const word *w = &all->items[i];
        known += is_known(w, bit);
        near += is_near(w, bit);
        if (i >= WINDOW) {
            known -= is_known(w - WINDOW, bit);
            near -= is_near(w - WINDOW, bit);
        }
        if (i + 1 < WINDOW)
            continue;
        const word *first = &all->items[i + 1 - WINDOW];
        size_t ends = (size_t)(is_known(first, bit) + is_known(w, bit));
        if (known >= KNOWN_LEAST || near >= WINDOW ||
            is_stuck_phrase(text, first, known - ends, bit))
            return true;
    }
    return false;
}

/*
 * Twelve words in a row without a space, which zero-width ones are not:
 * chain[i][l] is how many words of list l end at i, each where the last began.
 */
static bool has_chain(const hdx_plain *text, const word *run,
                      unsigned char (*chain)[HDX_SEED_LISTS])
{
    size_t length = run->end - run->begin;
    char key[WORD_BYTES];
    memset(chain, 0, (length + 1) * sizeof *chain);
    for (size_t i = 0; i < length; i++)
        for (size_t n = SHORTEST; n <= LONGEST && i + n <= length; n++) {
            size_t at = run->begin + i;
            if (!key_of(text, at, at + n, key))
                break;
            size_t near = lower_bound(key);
            if (near == hdx_seed_word_count ||
                strncmp(text_of(near), key, strlen(key)) != 0)
                break; /* nothing begins so: nothing longer does */
            unsigned lists = lists_of(key);
            for (unsigned l = 0; l < HDX_SEED_LISTS; l++) {
                unsigned char words_now = (unsigned char)(chain[i][l] + 1);
                if (!(lists >> l & 1) || chain[i + n][l] >= words_now)
                    continue;
                if (words_now >= WINDOW)
                    return true;
                chain[i + n][l] = words_now;
            }
        }
    return false;
}

static helpdex_status find_chain(hdx_arena *arena, const hdx_plain *text,
                                 const words *all, bool *found,
                                 helpdex_error *err)
{
    for (size_t i = 0; i < all->count && !*found; i++) {
        const word *w = &all->items[i];
        size_t length = w->end - w->begin;
        if (length < (size_t)WINDOW * SHORTEST)
            continue;
        void *chain = hdx_arena_alloc(arena, (length + 1) * HDX_SEED_LISTS);
        if (!chain)
            return hdx_fail_nomem(err);
        *found = has_chain(text, w, chain);
    }
    return HELPDEX_OK;
}

/* The bits of the words are entropy and then its checksum: BIP-39. */
static bool checksum_fits(const unsigned *numbers, size_t count)
{
    char bytes[PHRASE_MOST * 11 / 8 + 1] = {0};
    for (size_t bit = 0; bit < count * 11; bit++)
        if (numbers[bit / 11] >> (10 - bit % 11) & 1)
            bytes[bit / 8] = (char)(bytes[bit / 8] | 0x80 >> bit % 8);
    size_t entropy = count * 4 / 3;
    hdx_digest digest = hdx_digest_of((hdx_str){bytes, entropy});
    char first[] = {digest.hex[0], digest.hex[1], '\0'};
    unsigned want = (unsigned)strtoul(first, NULL, 16);
    unsigned shift = 8 - (unsigned)count / 3;
    return ((unsigned char)bytes[entropy] ^ want) >> shift == 0;
}

/*
 * The Chinese lists are in the order of how common their characters are, so
 * that ordinary text is of small numbers and a phrase is of any. The sum of
 * -ln((number + 1) / 2048) of a phrase of n has the gamma distribution of that
 * shape.
 */
static double commonness(const unsigned *numbers, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum -= log((numbers[i] + 1.0) / HDX_SEED_LIST_WORDS);
    return sum;
}

/* How many characters are joined to the one before as a word of ICU's
   dictionary: of text four or five in twelve, of phrases one in 76. */
static size_t joined_count(UBreakIterator *breaks, const hdx_plain *text,
                           const word *from, size_t count)
{
    UChar units[PHRASE_MOST];
    UErrorCode code = U_ZERO_ERROR;
    size_t pieces = 0;
    for (size_t i = 0; i < count; i++)
        units[i] = (UChar)text->chars[from[i].begin].c;
    ubrk_setText(breaks, units, (int32_t)count, &code);
    while (U_SUCCESS(code) && ubrk_next(breaks) != UBRK_DONE)
        pieces++;
    return pieces && pieces <= count ? count - pieces : 0;
}

/*
 * What is commoner, or joined more often, is text: one phrase in 100,000 is,
 * wherever it stands. Of 3,826 real questions in Chinese 9 are taken for a
 * phrase.
 */
enum { JOINED_WEIGHT = 5 };
static double most_common(size_t count)
{
    return 17 + (double)count * 5 / 3;
}

static bool is_phrase(UBreakIterator *breaks, const hdx_plain *text,
                      const word *from, size_t count)
{
    unsigned numbers[PHRASE_MOST];
    unsigned lists = ~0u;
    char key[WORD_BYTES];
    for (size_t i = 0; i < count; i++)
        lists &= from[i].lists;
    for (unsigned l = 0; l < HDX_SEED_LISTS; l++) {
        if (!(lists >> l & 1))
            continue;
        for (size_t i = 0; i < count; i++) {
            key_of(text, from[i].begin, from[i].end, key);
            numbers[i] = number_in(key, l);
        }
        double common = commonness(numbers, count);
        if (common <= most_common(count) && checksum_fits(numbers, count) &&
            common + JOINED_WEIGHT *
                         (double)joined_count(breaks, text, from, count) <=
                most_common(count))
            return true;
    }
    return false;
}

static bool is_length(size_t count)
{
    return count >= WINDOW && count <= PHRASE_MOST && count % 3 == 0;
}

/* Whether only white space is between two words. */
static bool follows(const hdx_plain *text, const word *w, const word *next)
{
    for (size_t i = w->end; i < next->begin; i++)
        if (text->chars[i].c != ' ')
            return false;
    return true;
}

/* How many characters of Han stand here without a space. */
static size_t run_of(const words *all, size_t at)
{
    size_t end = at + 1;
    while (end < all->count && all->items[end].han &&
           all->items[end].begin == all->items[end - 1].end)
        end++;
    return end - at;
}

/* The end of runs that are of one length but for the last: people write long
   things so, and words are not. */
static size_t regular_end(const hdx_plain *text, const words *all, size_t at)
{
    size_t length = run_of(all, at), last = length, end = at + length;
    while (end < all->count && all->items[end].han && last == length &&
           follows(text, &all->items[end - 1], &all->items[end])) {
        last = run_of(all, end);
        if (last > length)
            return end;
        end += last;
    }
    return end;
}

/* Chinese without spaces, or with some. */
static bool has_han(UBreakIterator *breaks, const hdx_plain *text,
                    const words *all)
{
    for (size_t i = 0, end; i < all->count; i = end) {
        end = i + 1;
        if (!all->items[i].han)
            continue;
        end = i + run_of(all, i);
        size_t regular = regular_end(text, all, i);
        if (regular > end && is_length(regular - i) &&
            is_phrase(breaks, text, &all->items[i], regular - i))
            return true;
        for (size_t at = i; at < end; at++)
            for (size_t n = WINDOW; n <= PHRASE_MOST && at + n <= end; n += 3)
                if (is_phrase(breaks, text, &all->items[at], n))
                    return true;
    }
    return false;
}

static helpdex_status find_han(const hdx_plain *text, const words *all,
                               bool *found, helpdex_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += all->items[i].han;
    if (count < WINDOW)
        return HELPDEX_OK;
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &code);
    if (U_FAILURE(code))
        return hdx_fail(err, HELPDEX_STORE,
                        "ICU has no data to cut words (%s); install ICU again",
                        u_errorName(code));
    *found = has_han(breaks, text, all);
    ubrk_close(breaks);
    return HELPDEX_OK;
}

helpdex_status hdx_seed_find(hdx_arena *arena, const hdx_plain *text,
                             bool *found, helpdex_error *err)
{
    words all = {0};
    helpdex_status status = HELPDEX_OK;
    bool seen = false;
    if (!cut_words(text, &all))
        status = hdx_fail_nomem(err);
    for (unsigned l = 0; l < HDX_SEED_LISTS && !status && !seen; l++)
        seen = has_window(text, &all, l);
    if (!status && !seen)
        status = find_han(text, &all, &seen, err);
    if (!status && !seen)
        status = find_chain(arena, text, &all, &seen, err);
    free(all.items);
    *found = seen;
    return status;
}
