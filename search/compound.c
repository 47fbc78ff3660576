/*
 * Parting compounds. A part is a word of the index by its loose form; up to two
 * letters behind it are a joint ("Auszahlung-s-gebühr") or, behind the last, an
 * ending.
 */
#include "search/compound.h"

#include "search/question.h"

enum {
    SHORTEST_PART = 4,
    SHORTEST = 2 * SHORTEST_PART,
    LONGEST = 40,
    JOINT = 2,
    MOST_SEEN = 256
};

/* The commonest word of a loose form, or HDX_NO_WORD. */
static uint32_t find_part(const hdx_lexicon *l, const uint16_t *symbols,
                          size_t count)
{
    uint32_t at = 0, id, best = HDX_NO_WORD;
    while ((id = hdx_lexicon_find_loose(l, symbols, count, &at)) != HDX_NO_WORD)
        if (best == HDX_NO_WORD ||
            l->words[id].sections > l->words[best].sections)
            best = id;
    return best;
}

/* The best way to part what stands before a place. */
typedef struct way {
    double score; /* sum of logarithms of sections */
    uint32_t part;
    uint8_t from; /* where the last part begins */
} way;

/* Lets a part from `begin` to `end` continue each way to `begin`. */
static void extend(way ways[][LONGEST + 1], size_t begin, size_t end,
                   size_t count, uint32_t part, double score)
{
    for (size_t n = 1; n <= HDX_COMPOUND_PARTS; n++) {
        if (n > 1 ? !ways[n - 1][begin].part : begin > 0)
            continue;
        double sum = ways[n - 1][begin].score + score;
        for (size_t at = end; at <= end + JOINT && at <= count; at++)
            if (!ways[n][at].part || sum > ways[n][at].score)
                ways[n][at] = (way){sum, part + 1, (uint8_t)begin};
    }
}

size_t hdx_compound_split(const hdx_lexicon *lexicon, const uint16_t *symbols,
                          size_t count, uint32_t parts[HDX_COMPOUND_PARTS])
{
    way ways[HDX_COMPOUND_PARTS + 1][LONGEST + 1] = {0};
    size_t best = 0;
    double most = -1;
    if (count > LONGEST || count < SHORTEST)
        return 0;
    for (size_t begin = 0; begin + SHORTEST_PART <= count; begin++)
        for (size_t end = begin + SHORTEST_PART; end <= count; end++) {
            uint32_t id = find_part(lexicon, symbols + begin, end - begin);
            if (id != HDX_NO_WORD && end - begin < count)
                extend(ways, begin, end, count, id,
                       hdx_log(lexicon->words[id].sections));
        }
    for (size_t n = 2; n <= HDX_COMPOUND_PARTS; n++)
        if (ways[n][count].part && ways[n][count].score / (double)n > most) {
            most = ways[n][count].score / (double)n;
            best = n;
        }
    for (size_t n = best, at = count; n > 0; at = ways[n--][at].from)
        parts[n - 1] = ways[n][at].part - 1;
    return best;
}

/* Whether so many symbols are a word of the index, perhaps with a joint. */
static bool is_front(const hdx_lexicon *l, const uint16_t *symbols,
                     size_t count)
{
    for (size_t joint = 0; joint <= JOINT && count >= SHORTEST_PART + joint;
         joint++)
        if (find_part(l, symbols, count - joint) != HDX_NO_WORD)
            return true;
    return false;
}

size_t hdx_compound_heads(const hdx_lexicon *lexicon, const uint16_t *stem,
                          size_t count, uint32_t heads[HDX_COMPOUND_HEADS])
{
    const hdx_lexicon *l = lexicon;
    uint32_t at = hdx_lexicon_find_ending(l, stem, count);
    size_t found = 0;
    if (count < SHORTEST_PART)
        return 0;
    for (uint32_t seen = 0; at < l->header->endings && seen < MOST_SEEN;
         at++, seen++) {
        const hdx_lexicon_word *w = &l->words[l->endings[at]];
        size_t front = w->stem_count < count ? 0 : w->stem_count - count, place;
        if (w->stem_count < count || memcmp(l->symbols + w->symbols + front,
                                            stem, count * sizeof *stem) != 0)
            break;
        if (!is_front(l, l->symbols + w->symbols, front))
            continue;
        for (place = found;
             place && l->words[heads[place - 1]].sections < w->sections;
             place--)
            if (place < HDX_COMPOUND_HEADS)
                heads[place] = heads[place - 1];
        if (place < HDX_COMPOUND_HEADS) {
            heads[place] = l->endings[at];
            found += found < HDX_COMPOUND_HEADS;
        }
    }
    return found;
}
