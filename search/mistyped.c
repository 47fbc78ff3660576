/*
 * The keys that agree with what was typed up to some symbol are a range that
 * narrows from symbol to symbol, and the error can only be where it still is
 * not empty: one error can always be told where the two first differ. What
 * follows the error must fit. A symbol that is missing or
 * another can be any: among the first symbols the pool's heads say which occur,
 * behind them the keys of the range. A few keys are rather read one by one.
 */
#include "search/mistyped.h"

#include "text/spelling.h"

enum { FEWEST_TYPED = 3, SHORT_WORD = 4 };

/*
 * Steps of searching that are made for one prefix, so that no collection makes
 * it slow. Where an error lies is tried from the place where no key agrees any
 * more backwards: it is mostly there, and the ranges are smaller. Of twelve
 * letters of pinyin with an error, on 100,000 titles, 400 steps mend 95 % in
 * 34 us (the slowest hundredth), 800 steps 99 % in 71 us.
 */
enum { STEPS_MOST = 500 };

/* So many keys are read. Of 100,000 English titles 32, 64 and 128 took the same
   time; with 1 the slowest hundredth of prefixes took a third longer. */
enum { FEW_KEYS = 64 };

typedef struct mistyped {
    hdx_key_heap *out;
    const hdx_shelf *shelf;
    const uint16_t *typed;
    size_t count;
    size_t steps; /* so far */
} mistyped;

/* How many keys are looked at to search a range. */
static size_t steps_of(hdx_key_range range)
{
    size_t steps = 2;
    for (uint32_t rest = range.end - range.begin; rest; rest /= 2)
        steps++;
    return steps;
}

/* The keys of a range, alike up to `depth`, that go on with what was typed from
   `from` on. */
static void go_on(mistyped *m, hdx_key_range range, size_t depth, size_t from)
{
    if (range.begin < range.end && from < m->count) {
        m->steps += steps_of(range);
        range = hdx_shelf_narrow(m->shelf, range, depth, m->typed + from,
                                 m->count - from);
    }
    hdx_key_heap_add(m->out, range, false);
}

/* Whether the symbol at `at` may be wrong. */
static bool may_be_wrong(const mistyped *m, size_t at)
{
    size_t end = at;
    if (at && m->typed[at - 1] != ' ')
        return true;
    if (at == 0 && m->typed[0] >= HDX_SPELLED_SIGNS)
        return false;
    while (end < m->count && m->typed[end] != ' ')
        end++;
    return end - at >= SHORT_WORD;
}

static void try_swapped(mistyped *m, hdx_key_range range, size_t at)
{
    if (at + 1 >= m->count || m->typed[at] == m->typed[at + 1])
        return;
    const uint16_t swapped[] = {m->typed[at + 1], m->typed[at]};
    go_on(m, hdx_shelf_narrow(m->shelf, range, at, swapped, 2), at + 2, at + 2);
}

/* Whether the heads tell what may stand at `at`. */
static bool has_heads(const mistyped *m, size_t at)
{
    bool letters = at < HDX_HEAD_SYMBOLS && m->count >= HDX_HEAD_SYMBOLS;
    for (size_t i = 0; letters && i < HDX_HEAD_SYMBOLS; i++)
        letters = m->typed[i] < HDX_SPELLED_SIGNS;
    return letters;
}

/* The heads which without their symbol at `at` are the first that were typed,
   without that at `at` too if `other`; then what was typed behind those. */
static void try_heads(mistyped *m, size_t at, bool other)
{
    uint16_t left[HDX_HEAD_SYMBOLS - 1];
    hdx_key_range range;
    uint32_t next = 0;
    for (size_t i = 0; i + 1 < HDX_HEAD_SYMBOLS; i++)
        left[i] = m->typed[other && i >= at ? i + 1 : i];
    m->steps += HDX_HEAD_SYMBOLS;
    while (m->steps < STEPS_MOST &&
           hdx_shelf_next_head(m->shelf, left, at, &next, &range))
        go_on(m, range, HDX_HEAD_SYMBOLS, HDX_HEAD_SYMBOLS - (other ? 0 : 1));
}

/* Every symbol with which a key of the range goes on, but for what was typed:
   where that stands, the error is told further on. */
static void try_children(mistyped *m, hdx_key_range range, size_t at)
{
    for (hdx_key_range child; range.begin < range.end && m->steps < STEPS_MOST;
         range.begin = child.end) {
        child = hdx_shelf_child(m->shelf, range, at);
        m->steps += steps_of(child);
        uint16_t symbol = hdx_shelf_symbol(m->shelf, child.begin, at);
        if (symbol == 0 || symbol == m->typed[at])
            continue;
        go_on(m, child, at + 1, at + 1);
        go_on(m, child, at + 1, at);
    }
}

/* Whether a key from `at` on goes on with what was typed from `from` on. */
static bool goes_on(const mistyped *m, const uint16_t *key, size_t at,
                    size_t from)
{
    return from >= m->count || memcmp(key + at, m->typed + from,
                                      (m->count - from) * sizeof *key) == 0;
}

/* Whether one error makes what was typed of the beginning of a key, the first
   `at` symbols of which are those typed. */
static bool is_near(const mistyped *m, const uint16_t *key, size_t at)
{
    while (at < m->count && key[at] == m->typed[at])
        at++;
    if (at == m->count || !may_be_wrong(m, at))
        return false;
    return goes_on(m, key, at, at + 1) || goes_on(m, key, at + 1, at + 1) ||
           goes_on(m, key, at + 1, at) ||
           (at + 1 < m->count && key[at] == m->typed[at + 1] &&
            key[at + 1] == m->typed[at] && goes_on(m, key, at + 2, at + 2));
}

static void read_few(mistyped *m, hdx_key_range range, size_t at)
{
    hdx_key_range near = {range.begin, range.begin};
    for (uint32_t i = range.begin; i < range.end; i++) {
        if (!is_near(m, m->shelf->symbols + m->shelf->keys[i].at, at))
            continue;
        if (near.end != i) {
            hdx_key_heap_add(m->out, near, false);
            near.begin = i;
        }
        near.end = i + 1;
    }
    hdx_key_heap_add(m->out, near, false);
}

/* The errors that may have been made at `at`. */
static void try_place(mistyped *m, hdx_key_range range, size_t at)
{
    if (!may_be_wrong(m, at))
        return;
    go_on(m, range, at, at + 1);
    try_swapped(m, range, at);
    if (at + 1 == m->count)
        return; /* whatever is there instead, the range has it */
    if (has_heads(m, at)) {
        try_heads(m, at, true);
        try_heads(m, at, false);
    } else if (at) {
        try_children(m, range, at);
    }
}

void hdx_mistyped_add(hdx_key_heap *all, const uint16_t *typed, size_t count)
{
    mistyped m = {
        .out = all, .shelf = all->shelf, .typed = typed, .count = count};
    hdx_key_range ranges[HDX_POOL_DEEPEST];
    hdx_key_range range = hdx_shelf_all(m.shelf);
    size_t depth = 0;
    if (count < FEWEST_TYPED)
        return;
    for (; depth < count && range.end - range.begin > FEW_KEYS; depth++) {
        ranges[depth] = range;
        range = hdx_shelf_narrow(m.shelf, range, depth, typed + depth, 1);
    }
    if (depth < count)
        read_few(&m, range, depth);
    while (depth-- > 0 && m.steps < STEPS_MOST)
        try_place(&m, ranges[depth], depth);
}
