/* Sliding over the symbols of a text. */
#include "text/grams.h"

enum { LONGEST = 5 };

static const hdx_gram_sizes NONE = {1, 0};

hdx_gram_sizes hdx_gram_sizes_of(hdx_gram_mode mode, hdx_density dense)
{
    static const hdx_gram_sizes words[] = {[HDX_GRAMS_TEXT] = {4, LONGEST},
                                           [HDX_GRAMS_TITLE] = {3, LONGEST},
                                           [HDX_GRAMS_READING] = {1, 0}};
    /* Success@1 of jsquad, drcd, cmrc2018, xquad zh-Hans and th: 1 and 2
       .915 .933 .986 .959 .929; 2 and 3 .903 .922 .982 .938 .941; all three
       .913 .929 .984 .957 .941. */
    static const hdx_gram_sizes runs[] = {[HDX_SPACED_SIGNS] = {2, 3},
                                          [HDX_DENSE_SIGNS] = {1, 2},
                                          [HDX_DENSE_LETTERS] = {2, 3}};
    if (dense == HDX_SPACED)
        return words[mode];
    return mode == HDX_GRAMS_READING ? (hdx_gram_sizes){2, 3} : runs[dense];
}

/* Moves the window on, and writes the grams that end here. */
static inline size_t push(hdx_gram_window *w, hdx_symbol symbol,
                          hdx_gram_sizes wanted, uint64_t *out)
{
    size_t made = 0;
    w->fifth = (hdx_symbol)(w->last >> 48);
    w->last = w->last << 16 | symbol;
    if (w->count < LONGEST)
        w->count++;
    for (unsigned size = wanted.least; size <= wanted.most && size <= w->count;
         size++)
        out[made++] = hdx_gram_key(w->last, w->fifth, size);
    return made;
}

/* Starts a word: what is in the window stays only if grams cross the border. */
static inline void begin(hdx_gram_window *w, hdx_density dense, bool joined)
{
    bool is_dense = hdx_is_dense(dense);
    if (is_dense ? !joined || w->dense != dense
                 : w->mode == HDX_GRAMS_TITLE || hdx_is_dense(w->dense) ||
                       w->count == 0) {
        w->count = 0;
        if (!is_dense)
            push(w, HDX_GRAM_BORDER, NONE, NULL);
    }
    w->dense = dense;
}

size_t hdx_grams_add(hdx_gram_window *window, const hdx_symbol *symbols,
                     size_t count, hdx_density dense, bool joined,
                     uint64_t *out)
{
    hdx_gram_sizes wanted = hdx_gram_sizes_of(window->mode, dense);
    size_t made = 0;
    begin(window, dense, joined);
    for (size_t i = 0; i < count; i++)
        made += push(window, symbols[i], wanted, out + made);
    return hdx_is_dense(dense)
               ? made
               : made + push(window, HDX_GRAM_BORDER, wanted, out + made);
}

size_t hdx_grams_cross(hdx_gram_window *window, const hdx_symbol *symbols,
                       size_t count, hdx_density dense, bool joined,
                       uint64_t *out)
{
    hdx_gram_sizes wanted = hdx_gram_sizes_of(window->mode, dense);
    unsigned own =
        hdx_is_dense(dense) ? 0 : 1; /* of a gram, what is this word's */
    size_t made = 0;
    begin(window, dense, joined);
    for (size_t i = 0; i < count; i++) {
        if (++own >= wanted.least)
            wanted.least = own + 1;
        made += push(window, symbols[i], wanted, out + made);
    }
    if (++own >= wanted.least)
        wanted.least = own + 1;
    return hdx_is_dense(dense)
               ? made
               : made + push(window, HDX_GRAM_BORDER, wanted, out + made);
}

void hdx_grams_pass(hdx_gram_window *window, const hdx_symbol *symbols,
                    size_t count, hdx_density dense, bool joined)
{
    begin(window, dense, joined);
    for (size_t i = count > LONGEST ? count - LONGEST : 0; i < count; i++)
        push(window, symbols[i], NONE, NULL);
    if (!hdx_is_dense(dense))
        push(window, HDX_GRAM_BORDER, NONE, NULL);
}

size_t hdx_grams_least(const hdx_symbol *symbols, size_t count,
                       hdx_density dense, uint64_t *out)
{
    size_t bordered = hdx_is_dense(dense) ? 0 : 1, made = 0;
    unsigned size = hdx_gram_sizes_of(HDX_GRAMS_TEXT, dense).least;
    uint64_t last = HDX_GRAM_BORDER;
    for (size_t i = 0; i < count + bordered; i++) {
        last = last << 16 | (i < count ? symbols[i] : HDX_GRAM_BORDER);
        if (i + 1 + bordered >= size)
            out[made++] = hdx_gram_key(last, 0, size);
    }
    return made;
}
