/* Matching, tier by tier. */
#include "search/match.h"

#include <stdlib.h>

#include "search/compound.h"
#include "text/grams.h"

/* Of what a lead of each tier is worth to find candidates. */
static const double LEAD_WEIGHT[HDX_TIERS] = {
    [HDX_TIER_EXACT] = 1,        [HDX_TIER_STEM] = 1,     [HDX_TIER_FOLDED] = 1,
    [HDX_TIER_SYNONYM] = 1,      [HDX_TIER_PART] = 0.5,   [HDX_TIER_TYPO] = 0.8,
    [HDX_TIER_UNFINISHED] = 0.5, [HDX_TIER_BEGINNING] = 1};

enum {
    MOST_NEAR = 4,
    MOST_UNFINISHED = 8,
    UNFINISHED_LEAST = 2,
    MOST_SEEN = 256,  /* words that begin alike */
    MOST_COUNTED = 64 /* terms; further ones are rare */
};

/*
 * Stop words find nothing by themselves, and beside others little. Without
 * them among the leads a question of stop words alone would find nothing.
 */
static const double STOP_LEAD = 0.15;

helpdex_status hdx_match_lead(hdx_matching *m, hdx_str term, double weight,
                              uint32_t sections, bool weak)
{
    hdx_question *q = m->question;
    for (size_t i = 0; i < q->lead_count; i++) {
        hdx_question_lead *lead = &q->leads[i];
        if (!hdx_str_eq(lead->term, term))
            continue;
        lead->weight = weight > lead->weight ? weight : lead->weight;
        lead->weak = lead->weak && weak;
        return HELPDEX_OK;
    }
    if (q->lead_count == m->lead_capacity) {
        size_t capacity = m->lead_capacity ? 2 * m->lead_capacity : 32;
        hdx_question_lead *more =
            hdx_arena_alloc(m->arena, capacity * sizeof *more);
        if (!more)
            return hdx_fail_nomem(m->err);
        if (q->lead_count)
            memcpy(more, q->leads, q->lead_count * sizeof *more);
        q->leads = more;
        m->lead_capacity = capacity;
    }
    q->leads[q->lead_count++] =
        (hdx_question_lead){term, weight, sections, weak};
    return HELPDEX_OK;
}

/* Says that a word of the lexicon stands for one of the question; whatever is
   closer stays. */
static void mark(hdx_matching *m, uint32_t id, size_t number, hdx_tier tier)
{
    hdx_match *match = &m->maker->matches[id];
    if (match->word && match->tier <= tier)
        return;
    if (!match->word)
        m->maker->matched[m->maker->matched_count++] = id;
    *match = (hdx_match){(uint16_t)(number + 1), (uint16_t)tier};
}

/* The symbols of a loose form; returns how many, at most HDX_WORD_BYTES. */
static size_t symbols_of(hdx_str loose, hdx_symbol out[HDX_WORD_BYTES])
{
    size_t count = 0;
    for (size_t at = 0; at < loose.len && count < HDX_WORD_BYTES;)
        out[count++] = hdx_symbol_of(hdx_utf8_next(loose, &at));
    return count;
}

/* A word of the question while its matches are looked for. */
typedef struct target {
    hdx_word *word;
    size_t number;
    bool last;
    bool known;     /* is in the lexicon, or an inflection of it is */
    uint32_t meant; /* what it is a typing error of, or HDX_NO_WORD */
    hdx_symbol symbols[HDX_WORD_BYTES];
    size_t count;                   /* symbols */
    double sections, titles;        /* that have what matches */
    uint32_t counted[MOST_COUNTED]; /* terms in these */
    size_t counted_count;
} target;

/* Counts the texts of a term for the target, and lets it lead. */
static helpdex_status lead_by(hdx_matching *m, target *t, uint32_t term,
                              hdx_tier tier)
{
    const hdx_lexicon *l = m->maker->lexicon;
    const hdx_lexicon_term *at = &l->terms[term];
    size_t i = 0;
    while (i < t->counted_count && t->counted[i] != term)
        i++;
    if (i == t->counted_count && i < MOST_COUNTED) {
        t->counted[t->counted_count++] = term;
        t->sections += at->sections;
        t->titles += at->titles;
    }
    return hdx_match_lead(m, (hdx_str){l->bytes + at->text, at->size},
                          LEAD_WEIGHT[tier] * (t->word->stop ? STOP_LEAD : 1),
                          at->sections, t->word->stop);
}

/* Marks all words of a term, each by its own tier; `here`: the target is one of
   them, as it was written. */
static helpdex_status match_term(hdx_matching *m, target *t, uint32_t term,
                                 bool here)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t stem = hdx_lexicon_hash(t->word->stem.ptr, t->word->stem.len);
    uint32_t end = hdx_lexicon_words_end(l, term);
    for (uint32_t id = l->terms[term].first_word; id < end; id++) {
        const hdx_lexicon_word *w = &l->words[id];
        hdx_tier tier = HDX_TIER_BEGINNING;
        if (hdx_str_eq(hdx_lexicon_exact(l, id), t->word->exact))
            tier = HDX_TIER_EXACT;
        else if (w->symbol_count == t->count &&
                 memcmp(l->symbols + w->symbols, t->symbols,
                        t->count * sizeof *t->symbols) == 0)
            tier = here ? HDX_TIER_MARKS : HDX_TIER_FOLDED;
        else if (w->stem == stem)
            tier = HDX_TIER_STEM;
        if (tier < HDX_TIER_BEGINNING || !t->word->stop)
            mark(m, id, t->number, tier);
        t->known = t->known || (tier < HDX_TIER_BEGINNING &&
                                hdx_question_tells(m->maker, id));
    }
    return lead_by(m, t, term, HDX_TIER_EXACT);
}

/* Words whose loose form is the target's, and those akin to them. */
static helpdex_status match_loose(hdx_matching *m, target *t)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t at = 0, id;
    helpdex_status status = HELPDEX_OK;
    while (!status && (id = hdx_lexicon_find_loose(l, t->symbols, t->count,
                                                   &at)) != HDX_NO_WORD) {
        const hdx_lexicon_word *found_word = &l->words[id];
        uint32_t end = hdx_lexicon_words_end(l, found_word->term);
        t->known = t->known || hdx_question_tells(m->maker, id);
        if (m->maker->matches[id].word == t->number + 1 &&
            m->maker->matches[id].tier <= HDX_TIER_FOLDED)
            continue;
        for (uint32_t i = l->terms[found_word->term].first_word; i < end; i++)
            if (l->words[i].stem == found_word->stem)
                mark(m, i, t->number, HDX_TIER_FOLDED);
        status = lead_by(m, t, found_word->term, HDX_TIER_FOLDED);
    }
    return status;
}

/* Whether two forms are one edit apart: a letter more, less or another, or two
   neighbours exchanged. */
static bool one_edit(const hdx_symbol *a, size_t a_count, const hdx_symbol *b,
                     size_t b_count)
{
    size_t head = 0, tail = 0;
    if (a_count > b_count)
        return one_edit(b, b_count, a, a_count);
    if (b_count - a_count > 1)
        return false;
    while (head < a_count && a[head] == b[head])
        head++;
    while (tail < a_count - head &&
           a[a_count - 1 - tail] == b[b_count - 1 - tail])
        tail++;
    size_t left = a_count - head - tail;
    if (left <= 1)
        return true;
    return left == 2 && a_count == b_count && a[head] == b[head + 1] &&
           a[head + 1] == b[head];
}

/* The best words one edit away, the likeliest first. */
static size_t find_near(const hdx_question_maker *maker, const target *t,
                        uint32_t near[MOST_NEAR])
{
    const hdx_lexicon *l = maker->lexicon;
    uint32_t hashes[HDX_NEAR_LONGEST + 1];
    size_t count = 0,
           made = hdx_lexicon_near_hashes(t->symbols, t->count, hashes);
    double worth[MOST_NEAR];
    for (size_t h = 0; h < made; h++) {
        const hdx_lexicon_hashed *items = l->buckets[HDX_BUCKETS_OF_NEAR].items;
        uint32_t end,
            i = hdx_lexicon_bucket(l, HDX_BUCKETS_OF_NEAR, hashes[h], &end);
        for (; i < end; i++) {
            uint32_t id = items[i].word;
            const hdx_lexicon_word *w = &l->words[id];
            const hdx_symbol *symbols = l->symbols + w->symbols;
            size_t place = 0;
            while (place < count && near[place] != id)
                place++;
            if (items[i].hash != hashes[h] || place < count ||
                !hdx_question_tells(maker, id) ||
                !one_edit(symbols, w->symbol_count, t->symbols, t->count))
                continue;
            /* Few mistype the first letter. */
            double score = w->sections * (symbols[0] == t->symbols[0] ? 16 : 1);
            for (place = count; place && worth[place - 1] < score; place--)
                if (place < MOST_NEAR) {
                    near[place] = near[place - 1];
                    worth[place] = worth[place - 1];
                }
            if (place < MOST_NEAR) {
                near[place] = id;
                worth[place] = score;
                count += count < MOST_NEAR;
            }
        }
    }
    return count;
}

/* Marks a word and its inflections, and lets their term lead. */
static helpdex_status match_word(hdx_matching *m, target *t, uint32_t id,
                                 hdx_tier tier)
{
    const hdx_lexicon *l = m->maker->lexicon;
    const hdx_lexicon_word *w = &l->words[id];
    uint32_t end = hdx_lexicon_words_end(l, w->term);
    for (uint32_t i = l->terms[w->term].first_word; i < end; i++)
        if (l->words[i].stem == w->stem)
            mark(m, i, t->number, tier);
    return lead_by(m, t, w->term, tier);
}

static helpdex_status match_near(hdx_matching *m, target *t)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t near[MOST_NEAR];
    size_t count = find_near(m->maker, t, near);
    helpdex_status status = HELPDEX_OK;
    for (size_t n = 0; n < count && !status; n++) {
        status = match_word(m, t, near[n], HDX_TIER_TYPO);
    }
    if (count && l->symbols[l->words[near[0]].symbols] == t->symbols[0])
        t->meant = near[0];
    return status;
}

/* The parts of an unknown target, and the words that end in it. */
static helpdex_status match_compounds(hdx_matching *m, target *t)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t found[HDX_COMPOUND_PARTS + HDX_COMPOUND_HEADS];
    hdx_symbol stem[HDX_WORD_BYTES];
    size_t count = hdx_compound_split(l, t->symbols, t->count, found);
    count += hdx_compound_heads(l, stem, symbols_of(t->word->stem, stem),
                                found + count);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < count && !status; i++) {
        if (!hdx_question_tells(m->maker, found[i]))
            continue;
        status = match_word(m, t, found[i], HDX_TIER_PART);
        t->meant = HDX_NO_WORD;
    }
    return status;
}

/* Keeps the term of a word that begins with the target among the commonest. */
static size_t keep_term(const hdx_lexicon *l, uint32_t term, size_t count,
                        uint32_t terms[MOST_UNFINISHED])
{
    size_t place = 0;
    while (place < count && terms[place] != term)
        place++;
    if (place < count)
        return count;
    for (;
         place && l->terms[terms[place - 1]].sections < l->terms[term].sections;
         place--)
        if (place < MOST_UNFINISHED)
            terms[place] = terms[place - 1];
    if (place < MOST_UNFINISHED)
        terms[place] = term;
    return count < MOST_UNFINISHED ? count + 1 : count;
}

/* Words that begin with the target, which may be unfinished. All are marked,
   the terms of the commonest lead. */
static helpdex_status match_unfinished(hdx_matching *m, target *t)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t terms[MOST_UNFINISHED];
    uint32_t place = hdx_lexicon_find_beginning(l, t->symbols, t->count);
    size_t count = 0;
    helpdex_status status = HELPDEX_OK;
    for (size_t seen = 0; place < l->header->words && seen < MOST_SEEN;
         place++, seen++) {
        uint32_t id = l->beginnings[place];
        const hdx_lexicon_word *w = &l->words[id];
        if (w->symbol_count < t->count ||
            memcmp(l->symbols + w->symbols, t->symbols,
                   t->count * sizeof *t->symbols) != 0)
            break;
        if (!hdx_question_tells(m->maker, id))
            continue;
        mark(m, id, t->number, HDX_TIER_UNFINISHED);
        count = keep_term(l, w->term, count, terms);
    }
    for (size_t i = 0; i < count && !status; i++)
        status = lead_by(m, t, terms[i], HDX_TIER_UNFINISHED);
    if (count)
        t->meant = HDX_NO_WORD;
    return status;
}

/*
 * Another word for the target. Each word of a phrase says less than the
 * phrase: it counts like a part.
 */
static helpdex_status match_phrase(hdx_matching *m, target *t,
                                   const hdx_phrase *phrase)
{
    const hdx_lexicon *l = m->maker->lexicon;
    hdx_tier tier = phrase->count > 1 ? HDX_TIER_PART : HDX_TIER_SYNONYM;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < phrase->count && !status; i++) {
        hdx_str stem = phrase->stems[i];
        uint32_t hash = hdx_lexicon_hash(stem.ptr, stem.len);
        uint32_t term = hdx_lexicon_find_term(l, phrase->terms[i], NULL);
        bool leads = false;
        if (term == HDX_NO_WORD)
            continue;
        for (uint32_t id = l->terms[term].first_word;
             id < hdx_lexicon_words_end(l, term); id++)
            if (l->words[id].stem == hash && hdx_question_tells(m->maker, id)) {
                mark(m, id, t->number, tier);
                leads = true;
            }
        if (leads)
            status = lead_by(m, t, term, tier);
        if (leads)
            t->meant = HDX_NO_WORD;
    }
    return status;
}

/* Of the tokens of a phrase, the one that says most: the rarest. */
static size_t rarest(const hdx_matching *m, size_t at, size_t count)
{
    const hdx_lexicon *l = m->maker->lexicon;
    size_t best = at;
    uint32_t fewest = UINT32_MAX;
    for (size_t i = at; i < at + count; i++) {
        uint32_t term = hdx_lexicon_find_term(
            l, m->maker->tokens->items[i].word->term, NULL);
        uint32_t sections = term == HDX_NO_WORD ? 0 : l->terms[term].sections;
        if (sections < fewest) {
            fewest = sections;
            best = i;
        }
    }
    return best;
}

/* What else the phrases of the pack that the token stands for are called. */
static helpdex_status match_synonyms(hdx_matching *m, target *t, size_t at)
{
    const hdx_thesaurus *all = &m->maker->thesaurus;
    const hdx_tokens *tokens = m->maker->tokens;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < all->count && !status; i++) {
        const hdx_phrase *asked = &all->phrases[i];
        size_t begin = at + 1 < asked->count ? 0 : at + 1 - asked->count;
        if (!asked->from)
            continue;
        while (begin <= at && !hdx_phrase_is_at(asked, tokens, begin))
            begin++;
        if (begin > at || rarest(m, begin, asked->count) != at)
            continue;
        for (size_t n = 0; n < all->count && !status; n++)
            if (n != i && all->phrases[n].group == asked->group &&
                all->phrases[n].to)
                status = match_phrase(m, t, &all->phrases[n]);
    }
    return status;
}

/* Whether a form has a digit: another number is another thing, no error. */
static bool has_digit(const target *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->symbols[i] >= '0' && t->symbols[i] <= '9')
            return true;
    return false;
}

/* Whether the sibling has a word, be it in another form. */
static bool sibling_knows(const hdx_matching *m, const target *t)
{
    const hdx_question_maker *maker = m->maker->sibling;
    uint32_t stem = hdx_lexicon_hash(t->word->stem.ptr, t->word->stem.len);
    uint32_t at = 0, id;
    if (!maker)
        return false;
    const hdx_lexicon *l = maker->lexicon;
    while ((id = hdx_lexicon_find_loose(l, t->symbols, t->count, &at)) !=
           HDX_NO_WORD)
        if (hdx_question_tells(maker, id))
            return true;
    uint32_t term = hdx_lexicon_find_term(l, t->word->term, NULL);
    if (term == HDX_NO_WORD)
        return false;
    for (id = l->terms[term].first_word; id < hdx_lexicon_words_end(l, term);
         id++)
        if (l->words[id].stem == stem && hdx_question_tells(maker, id))
            return true;
    return false;
}

static helpdex_status match_target(hdx_matching *m, target *t)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t id = hdx_question_lookup(l, t->word);
    const hdx_question_maker *other = m->maker->sibling;
    bool here = id != HDX_NO_WORD ||
                (other && hdx_lexicon_find(other->lexicon, t->word->exact) !=
                              HDX_NO_WORD);
    uint32_t term = id != HDX_NO_WORD
                        ? l->words[id].term
                        : hdx_lexicon_find_term(l, t->word->term, NULL);
    helpdex_status status = HELPDEX_OK;
    if (term != HDX_NO_WORD)
        status = match_term(m, t, term, here);
    if (!status && !here)
        status = match_loose(m, t);
    t->known = t->known || sibling_knows(m, t);
    if (t->known || hdx_is_dense(t->word->dense))
        return status;
    if (!status && t->word->dense == HDX_SPACED && !t->word->stop &&
        !has_digit(t))
        status = match_near(m, t);
    if (!status && hdx_analyser_pack(m->maker->analyser)->compounds)
        status = match_compounds(m, t);
    return !status && t->last && t->count >= UNFINISHED_LEAST
               ? match_unfinished(m, t)
               : status;
}

void hdx_word_weigh(hdx_question_word *word, double sections, double titles,
                    double all_sections, double all_titles)
{
    word->idf = hdx_idf(all_sections,
                        sections < all_sections ? sections : all_sections);
    word->title_idf =
        hdx_idf(all_titles, titles < all_titles ? titles : all_titles);
}

helpdex_status hdx_match_token(hdx_matching *m, size_t at)
{
    hdx_question *q = m->question;
    const hdx_tokens *tokens = m->maker->tokens;
    const hdx_lexicon_header *h = m->maker->lexicon->header;
    hdx_word *word = tokens->items[at].word;
    for (size_t i = 0; i < q->word_count; i++)
        if (hdx_str_eq(q->words[i].stem, word->stem) &&
            (word->stop || !q->words[i].stop))
            return HELPDEX_OK;
    target t = {.word = word,
                .meant = HDX_NO_WORD,
                .number = q->word_count++,
                .last = at + 1 == tokens->words};
    t.count = symbols_of(word->loose, t.symbols);
    hdx_question_word *out = &q->words[t.number];
    helpdex_status status = match_target(m, &t);
    if (!status)
        status = match_synonyms(m, &t, at);
    *out = (hdx_question_word){.stem = word->stem,
                               .exact = word->exact,
                               .stop = word->stop,
                               .sections = t.sections,
                               .titles = t.titles,
                               .known = t.known,
                               .meant = t.meant};
    hdx_word_weigh(out, t.sections, t.titles, h->sections, h->titles);
    q->self += out->idf;
    return status;
}
