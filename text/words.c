/*
 * Cutting words. ASCII white space always parts words, so a text falls into
 * chunks. A chunk is plain when it is ASCII without `:`, `_` and `@` (which have
 * rules of their own); there UAX #29 comes down to letters and digits
 * joined by `'` and `.` between two of a kind, and by `,` and `;` between
 * digits. Chunks that are not plain go to ICU, neighbours together.
 *
 * The short cut takes a third off the analysis of English; a test compares
 * every short string with ICU.
 */
#include "text/words.h"

enum { ASCII_END = 0x80 };

helpdex_status hdx_words_fail(UErrorCode code, helpdex_error *err)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return hdx_fail_nomem(err);
    return hdx_fail(err, HELPDEX_STORE,
                    "ICU: %s; reinstall libicu and its data",
                    u_errorName(code));
}

helpdex_status hdx_words_open(hdx_words *words, const char *locale,
                              helpdex_error *err)
{
    *words = (hdx_words){.code = U_ZERO_ERROR};
    words->icu = ubrk_open(UBRK_WORD, locale, NULL, 0, &words->code);
    return U_SUCCESS(words->code) ? HELPDEX_OK
                                  : hdx_words_fail(words->code, err);
}

void hdx_words_close(hdx_words *words)
{
    ubrk_close(words->icu);
    words->icu = NULL;
}

void hdx_words_start(hdx_words *words, const UChar *units, size_t count)
{
    words->units = units;
    words->count = count;
    words->at = words->plain = words->run = words->run_end = 0;
    words->code = U_ZERO_ERROR;
}

/* What a unit is to the rules above. */
enum { SPACE = 1, DIGIT = 2, LETTER = 4, SPECIAL = 8 };

static const unsigned char kinds[ASCII_END] = {
    ['\t'] = SPACE,        ['\n'] = SPACE,         ['\v'] = SPACE,
    ['\f'] = SPACE,        ['\r'] = SPACE,         [' '] = SPACE,
    ['0' ... '9'] = DIGIT, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER,
    [':'] = SPECIAL,       ['_'] = SPECIAL,        ['@'] = SPECIAL};

static unsigned kind(UChar c)
{
    return c < ASCII_END ? kinds[c] : SPECIAL;
}

/* The end of the chunk at `at`, and whether it is plain. */
static size_t chunk_end(const hdx_words *w, size_t at, bool *plain)
{
    const UChar *units = w->units;
    size_t count = w->count;
    unsigned seen = 0;
    for (; at < count; at++) {
        unsigned now = kind(units[at]);
        if (now == SPACE)
            break;
        seen |= now;
    }
    *plain = !(seen & SPECIAL);
    return at;
}

/* Steps over white space; false at the end of the text. */
static bool next_chunk(const hdx_words *w, size_t *at)
{
    while (*at < w->count && kind(w->units[*at]) == SPACE)
        ++*at;
    return *at < w->count;
}

/* Whether the unit at `at` joins its neighbours into one word. */
static bool joins(const hdx_words *w, size_t at)
{
    UChar c = w->units[at];
    if (at + 1 >= w->plain || (c != '\'' && c != '.' && c != ',' && c != ';'))
        return false;
    unsigned both = kind(w->units[at - 1]) & kind(w->units[at + 1]);
    return both == DIGIT || (both == LETTER && (c == '\'' || c == '.'));
}

/* The next word before `plain`. */
static bool next_plain(hdx_words *w, size_t *begin, size_t *end)
{
    const UChar *units = w->units;
    size_t at = w->at, plain = w->plain;
    while (at < plain && !(kind(units[at]) & (LETTER | DIGIT)))
        at++;
    *begin = at;
    while (at < plain && ((kind(units[at]) & (LETTER | DIGIT)) || joins(w, at)))
        at++;
    w->at = *end = at;
    return *end > *begin;
}

/* Hands the chunks from `at` on to ICU, up to the next plain one. */
static void start_run(hdx_words *w, size_t end)
{
    size_t next = end;
    bool plain = false;
    while (next_chunk(w, &next)) {
        next = chunk_end(w, next, &plain);
        if (plain)
            break;
        end = next;
    }
    w->run = w->at;
    w->run_end = end;
    ubrk_setText(w->icu, w->units + w->run, (int32_t)(end - w->run), &w->code);
}

/* The next word of ICU's run; false when the run is over. */
static bool next_icu(hdx_words *w, size_t *begin, size_t *end)
{
    int32_t from = ubrk_current(w->icu);
    for (int32_t to; (to = ubrk_next(w->icu)) != UBRK_DONE; from = to) {
        if (ubrk_getRuleStatus(w->icu) < UBRK_WORD_NONE_LIMIT)
            continue;
        *begin = w->run + (size_t)from;
        *end = w->run + (size_t)to;
        return true;
    }
    w->at = w->plain = w->run = w->run_end;
    return false;
}

bool hdx_words_next(hdx_words *words, size_t *begin, size_t *end)
{
    hdx_words *w = words;
    while (U_SUCCESS(w->code)) {
        if (w->run < w->run_end) {
            if (next_icu(w, begin, end))
                return true;
            continue;
        }
        if (next_plain(w, begin, end))
            return true;
        bool plain;
        if (!next_chunk(w, &w->at))
            return false;
        size_t chunk = chunk_end(w, w->at, &plain);
        if (plain)
            w->plain = chunk;
        else
            start_run(w, chunk);
    }
    return false;
}
