/*
 * What completing costs: prefixes of the titles of an index, of one symbol to
 * twelve, as they are and with one typing error, each asked once unmeasured
 * and then three times, of which the quickest counts: what else the machine
 * does is none of the prefix's. With `pinyin` Chinese titles are typed in Latin
 * letters; Hangul is cut inside of syllables, as typing does.
 *
 *     suggest_latency INDEX_DIR LOCALE [pinyin]
 */
#include <helpdex/suggest.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "search/searcher.h"
#include "text/hangul.h"
#include "text/letters.h"

enum { LONGEST = 12, SAMPLES = 2000, SYMBOLS = 64, PASSES = 3 };

/* What a person would type of a title, key by key. */
typedef struct keys {
    uint32_t items[SYMBOLS];
    size_t count;
} keys;

static uint32_t state = 1;

static uint32_t draw(uint32_t below)
{
    state = state * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)state * below) >> 32);
}

static keys keys_of(hdx_str title, bool pinyin)
{
    keys k = {.count = 0};
    for (size_t at = 0; at < title.len && k.count + 8 < SYMBOLS;) {
        uint32_t c = hdx_utf8_next(title, &at);
        uint16_t letters[HDX_HANGUL_LETTERS];
        size_t count = hdx_hangul_letters(c, letters);
        const char *latin = pinyin ? hdx_pinyin_letters(c) : "";
        for (size_t i = 0; i < count; i++)
            k.items[k.count++] = letters[i];
        for (size_t i = 0; latin[i]; i++)
            k.items[k.count++] = (unsigned char)latin[i];
        if (count == 0 && !*latin)
            k.items[k.count++] = c;
    }
    return k;
}

/* One key more, less, other, or two exchanged, behind the first. */
static void mistype(keys *k, size_t length)
{
    size_t at = 1 + draw((uint32_t)length - 1);
    uint32_t other = k->items[draw((uint32_t)length)];
    switch (draw(4)) {
    case 0:
        memmove(k->items + at + 1, k->items + at,
                (k->count - at) * sizeof *k->items);
        k->items[at] = other;
        break;
    case 1:
        memmove(k->items + at, k->items + at + 1,
                (k->count - at - 1) * sizeof *k->items);
        break;
    case 2:
        k->items[at] = other;
        break;
    default:
        other = k->items[at];
        k->items[at] = k->items[at - 1];
        k->items[at - 1] = other;
    }
}

static uint64_t ask(helpdex_searcher *searcher, const char *locale,
                    const keys *k, size_t length, size_t *found)
{
    char text[4 * SYMBOLS + 1];
    size_t len = 0;
    helpdex_suggest_request request;
    helpdex_suggestions *suggestions;
    helpdex_suggest_request_init(&request);
    for (size_t i = 0; i < length; i++)
        len += hdx_utf8_put(k->items[i], text + len);
    request.prefix = text;
    request.prefix_size = len;
    request.locale = locale;
    uint64_t start = hdx_now_ns();
    if (helpdex_suggest(searcher, &request, &suggestions, NULL))
        exit(1);
    uint64_t took = hdx_now_ns() - start;
    *found = helpdex_suggestions_count(suggestions);
    helpdex_suggestions_free(suggestions);
    return took;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void measure(helpdex_searcher *searcher, const hdx_forward *forward,
                    const char *locale, bool pinyin, bool wrong, size_t length)
{
    static keys typed[SAMPLES];
    static uint64_t took[SAMPLES];
    size_t found, some = 0;
    for (size_t i = 0; i < SAMPLES; i++) {
        uint32_t article = draw(hdx_forward_article_count(forward));
        typed[i] =
            keys_of(hdx_forward_article_at(forward, article).title, pinyin);
        while (typed[i].count < LONGEST + 1)
            typed[i].items[typed[i].count++] = ' ';
        if (wrong)
            mistype(&typed[i], length);
        ask(searcher, locale, &typed[i], length, &found);
    }
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < SAMPLES; i++) {
            uint64_t now = ask(searcher, locale, &typed[i], length, &found);
            took[i] = pass && took[i] < now ? took[i] : now;
            some += pass == 0 && found > 0;
        }
    qsort(took, SAMPLES, sizeof *took, by_number);
    printf("%-6s %2zu  p50 %6.1f  p99 %6.1f  most %7.1f us  found %3zu %%\n",
           wrong ? "typo" : "exact", length, (double)took[SAMPLES / 2] / 1e3,
           (double)took[SAMPLES * 99 / 100] / 1e3,
           (double)took[SAMPLES - 1] / 1e3, some * 100 / SAMPLES);
}

int main(int argc, char **argv)
{
    helpdex_searcher *searcher;
    helpdex_error err;
    if (argc < 3) {
        fputs("usage: suggest_latency INDEX_DIR LOCALE [pinyin]\n", stderr);
        return 2;
    }
    if (helpdex_searcher_open(argv[1], &searcher, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    const hdx_search_shard *shard = searcher->shards;
    while (strcmp(shard->locale.tag, argv[2]) != 0)
        if (++shard == searcher->shards + searcher->count) {
            fputs("the index has no such locale\n", stderr);
            return 1;
        }
    for (int wrong = 0; wrong < 2; wrong++)
        for (size_t length = wrong ? 3 : 1; length <= LONGEST; length++)
            measure(searcher, shard->forward, argv[2], argc > 3, wrong != 0,
                    length);
    helpdex_searcher_free(searcher);
    return 0;
}
