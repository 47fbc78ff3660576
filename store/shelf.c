/* Looking keys up on a shelf of the pool, and the best of a range. */
#include "store/lexicon.h"
#include "store/pool.h"

/* How the symbols of a key from `depth` on stand to these: -1 before, 1 behind,
   0 when it goes on with them. */
static int compare(const hdx_shelf *shelf, uint32_t key, size_t depth,
                   const uint16_t *symbols, size_t count)
{
    const uint16_t *at = shelf->symbols + shelf->keys[key].at + depth;
    for (size_t i = 0; i < count; i++)
        if (at[i] != symbols[i])
            return at[i] < symbols[i] ? -1 : 1;
    return 0;
}

hdx_key_range hdx_shelf_narrow(const hdx_shelf *shelf, hdx_key_range within,
                               size_t depth, const uint16_t *symbols,
                               size_t count)
{
    uint32_t low = within.begin, high = within.end, end = within.end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(shelf, middle, depth, symbols, count);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
        if (order > 0)
            end = middle;
    }
    hdx_key_range out = {low, low};
    for (high = end; out.end < high;) {
        uint32_t middle = out.end + (high - out.end) / 2;
        if (compare(shelf, middle, depth, symbols, count) <= 0)
            out.end = middle + 1;
        else
            high = middle;
    }
    return out;
}

hdx_key_range hdx_shelf_child(const hdx_shelf *shelf, hdx_key_range within,
                              size_t depth)
{
    uint16_t symbol = hdx_shelf_symbol(shelf, within.begin, depth);
    uint32_t low = within.begin, step = 1;
    while (step < within.end - low &&
           hdx_shelf_symbol(shelf, low + step, depth) == symbol) {
        low += step;
        step *= 2;
    }
    uint32_t high = step < within.end - low ? low + step : within.end;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (hdx_shelf_symbol(shelf, middle, depth) == symbol)
            low = middle;
        else
            high = middle;
    }
    return (hdx_key_range){within.begin, high};
}

static uint32_t blocks_of(uint32_t keys)
{
    return keys / HDX_BEST_BLOCK + (keys % HDX_BEST_BLOCK != 0);
}

/* Runs of one block, then of two, and so on, each beginning at every block. */
size_t hdx_shelf_best_count(uint32_t keys)
{
    size_t count = 0;
    uint32_t blocks = blocks_of(keys);
    for (uint32_t run = 1; run <= blocks; run *= 2)
        count += blocks - run + 1;
    return count;
}

/* The better of two keys, of which `a` stands before. */
static uint32_t better(const uint32_t *scores, uint32_t a, uint32_t b)
{
    return scores[b] > scores[a] ? b : a;
}

static uint32_t best_of(const uint32_t *scores, uint32_t begin, uint32_t end)
{
    uint32_t best = begin;
    for (uint32_t i = begin + 1; i < end; i++)
        best = better(scores, best, i);
    return best;
}

void hdx_shelf_fill_best(const uint32_t *scores, uint32_t keys, uint32_t *best)
{
    uint32_t blocks = blocks_of(keys);
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t begin = i * HDX_BEST_BLOCK;
        best[i] = best_of(
            scores, begin,
            keys - begin < HDX_BEST_BLOCK ? keys : begin + HDX_BEST_BLOCK);
    }
    const uint32_t *half = best;
    uint32_t *out = best + blocks;
    for (uint32_t run = 2; run <= blocks; run *= 2) {
        const uint32_t *from = half;
        half = out;
        for (uint32_t i = 0; i + run <= blocks; i++)
            *out++ = better(scores, from[i], from[i + run / 2]);
    }
}

/* The best of the blocks [begin, end), which are not none. */
static uint32_t best_of_blocks(const hdx_shelf *shelf, uint32_t begin,
                               uint32_t end)
{
    uint32_t blocks = blocks_of(shelf->counts->keys), run = 1;
    const uint32_t *row = shelf->best;
    for (; 2 * run <= end - begin; run *= 2)
        row += blocks - run + 1;
    return better(shelf->scores, row[begin], row[end - run]);
}

uint32_t hdx_shelf_best(const hdx_shelf *shelf, hdx_key_range range)
{
    uint32_t first = blocks_of(range.begin), last = range.end / HDX_BEST_BLOCK;
    if (first >= last)
        return best_of(shelf->scores, range.begin, range.end);
    uint32_t best = best_of_blocks(shelf, first, last);
    if (range.begin < first * HDX_BEST_BLOCK)
        best = better(
            shelf->scores,
            best_of(shelf->scores, range.begin, first * HDX_BEST_BLOCK), best);
    if (last * HDX_BEST_BLOCK < range.end)
        best = better(shelf->scores, best,
                      best_of(shelf->scores, last * HDX_BEST_BLOCK, range.end));
    return best;
}

uint32_t hdx_pool_gap_hash(const uint16_t left[HDX_HEAD_SYMBOLS - 1],
                           size_t gap)
{
    uint16_t text[HDX_HEAD_SYMBOLS] = {(uint16_t)gap};
    memcpy(text + 1, left, (HDX_HEAD_SYMBOLS - 1) * sizeof *left);
    return hdx_lexicon_hash(text, sizeof text);
}

/* Whether a head without the symbol at `gap` is `left`. */
static bool is_left(const uint16_t *head, const uint16_t *left, size_t gap)
{
    for (size_t i = 0; i + 1 < HDX_HEAD_SYMBOLS; i++)
        if (head[i < gap ? i : i + 1] != left[i])
            return false;
    return true;
}

bool hdx_shelf_next_head(const hdx_shelf *shelf,
                         const uint16_t left[HDX_HEAD_SYMBOLS - 1], size_t gap,
                         uint32_t *at, hdx_key_range *out)
{
    uint32_t hash = hdx_pool_gap_hash(left, gap);
    uint32_t bucket = hash & (shelf->counts->gap_buckets - 1);
    uint32_t end = shelf->gap_starts[bucket + 1];
    for (uint32_t i = shelf->gap_starts[bucket] + *at; i < end; i++) {
        ++*at;
        const hdx_pool_head *head = &shelf->heads[shelf->gaps[i].head];
        if (shelf->gaps[i].hash != hash ||
            !is_left(shelf->symbols + shelf->keys[head->first].at, left, gap))
            continue;
        *out = (hdx_key_range){head->first, head->end};
        return true;
    }
    return false;
}
