/*
 * Queries that mean harm, the same ones every time: long, full of operators,
 * NULs, halves of surrogates, towers of marks, scripts in turn and bytes by
 * chance. For the test of searching and the benchmark of its time.
 */
#ifndef HDX_TESTS_HOSTILE_H
#define HDX_TESTS_HOSTILE_H

#include "base/str.h"

enum { HOSTILE_QUERIES = 1000, HOSTILE_BYTES = 1 << 16 };

/* A number below `below`, by a linear congruence (Knuth's MMIX). */
static inline uint32_t hostile_draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

/* What a kind of query is made of, piece by piece, and how many pieces it has
   at most. */
static const struct hostile_kind {
    const char *pieces[8];
    uint32_t most;
} hostile_kinds[] = {
    {{"a"}, HOSTILE_BYTES},
    {{"deposit ", "wallet ", "2fa ", "fee ", "bank ", "card "}, 12000},
    {{"AND ", "OR ", "NOT ", "NEAR/9 ", "(", ")", "\"", "*"}, 20000},
    {{"a*", "b?", "[", "]", "~", "^9", ":", "\\"}, 20000},
    {{"\xCC\x81", "\xCC\x82", "\xD9\x91", "\xE0\xB9\x89", "e", "\xE2\x83\xA0"},
     30000},
    {{"\xED\xA0\x80", "\xED\xB0\x80", "x "}, 9000}, /* halves of surrogates */
    {{"\xF0\x9F\x98\x80", "\xE2\x80\x8D", "\xEF\xB8\x8F", "\xF3\xA0\x81\x81"},
     16000},
    {{"\xE0\xB8\x81", "\xE0\xB8\xB2", "\xE0\xB8\xA3", "\xE0\xB9\x80"}, 20000},
    {{"\xE6\xB0\xB4", "\xE9\x87\x91", "\xE9\x92\xB1", "\xE3\x81\x8B"}, 20000},
    {{"\xD8\xA7", "\xD9\x84", "\xD9\x85", " ", "\xD9\x80"}, 30000},
    {{"\xEA\xB0\x80", "\xEC\x9E\x85", "\xEA\xB8\x88", " "}, 20000},
    {{"xn--", "wa", "zhuan", "shi", "qian ", "ka", "n'"}, 16000},
    {{"\xE2\x80\xAE", "\xE2\x81\xA6", "\xC2\xAD", "\xEF\xBB\xBF", "q "}, 16000},
    {{"depsit ", "walet ", "Kontosperrungsgebuehrenordnung ", "zzzzzzzz "},
     3000},
    {{"<mark>", "</mark>", "&lt;", "%00", "';--", "${x}", "{0}", "..%2f"},
     9000},
};
enum { HOSTILE_KINDS = sizeof hostile_kinds / sizeof *hostile_kinds };

/* Makes query `number` into `buf`: pieces of a kind, a few bytes of it by
   chance in every third, NULs in every fifth. */
static inline hdx_str hostile_query(uint32_t number, hdx_buf *buf)
{
    const struct hostile_kind *kind = &hostile_kinds[number % HOSTILE_KINDS];
    uint64_t state = number + 1;
    uint32_t count = 1 + hostile_draw(&state, kind->most), pieces = 0;
    buf->len = 0;
    while (pieces < 8 && kind->pieces[pieces])
        pieces++;
    for (uint32_t i = 0; i < count && buf->len < HOSTILE_BYTES; i++)
        hdx_buf_add(buf,
                    hdx_str_of(kind->pieces[hostile_draw(&state, pieces)]));
    for (uint32_t i = 0; i < 8 && number % 3 == 0; i++)
        buf->ptr[hostile_draw(&state, (uint32_t)buf->len)] =
            (char)hostile_draw(&state, 256);
    for (uint32_t i = 0; i < 4 && number % 5 == 0; i++)
        buf->ptr[hostile_draw(&state, (uint32_t)buf->len)] = '\0';
    return hdx_buf_str(buf);
}

#endif
