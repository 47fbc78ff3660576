/*
 * From a query to words, leads and grams. A word that the index does not have
 * still counts in `self`: a question with a word nobody wrote about is less
 * well answered by what matches the rest.
 */
#include "search/question.h"

#include "search/match.h"
#include "search/rewrite.h"
#include "text/grams.h"
#include "text/letters.h"

/*
 * Pairs repeat what the words of the same run say, so they count less. Mean
 * Success@1 of cmrc2018, drcd and jsquad with 0.3, 0.5, 1: .932, .934, .931.
 */
static const double PAIR_LEAD = 0.5;

bool hdx_question_tells_term(const hdx_question_maker *maker, hdx_str term)
{
    const hdx_lexicon *l = maker->lexicon;
    uint32_t at = hdx_lexicon_find_term(l, term, NULL);
    if (at == HDX_NO_WORD)
        return false;
    for (uint32_t id = l->terms[at].first_word;
         id < hdx_lexicon_words_end(l, at); id++)
        if (hdx_question_tells(maker, id))
            return true;
    return false;
}

uint32_t hdx_question_lookup(const hdx_lexicon *lexicon, hdx_word *word)
{
    if (word->number == 0)
        word->number = hdx_lexicon_find(lexicon, word->exact) + 1;
    return word->number - 1;
}

static bool tells_word(const hdx_question_maker *maker, uint32_t id)
{
    return id != HDX_NO_WORD && hdx_question_tells(maker, id);
}

bool hdx_question_has_word(const hdx_question_maker *maker, hdx_word *word)
{
    return tells_word(maker, hdx_question_lookup(maker->lexicon, word)) ||
           (maker->sibling &&
            tells_word(maker->sibling,
                       hdx_lexicon_find(maker->sibling->lexicon, word->exact)));
}

bool hdx_question_has_term(const hdx_question_maker *maker, hdx_str term)
{
    return hdx_question_tells_term(maker, term) ||
           (maker->sibling && hdx_question_tells_term(maker->sibling, term));
}

static void add_gram(hdx_question_grams *grams, uint64_t key)
{
    size_t at = key & (grams->capacity - 1);
    for (; grams->slots[at]; at = (at + 1) & (grams->capacity - 1))
        if (grams->keys[grams->slots[at] - 1] == key)
            return;
    if (grams->count == UINT16_MAX)
        return;
    grams->keys[grams->count++] = key;
    grams->slots[at] = (uint16_t)grams->count;
}

/* Adds the grams of the next word; `before` is the symbol before it. */
static void add_word(hdx_question_grams *grams, hdx_gram_window *window,
                     const hdx_symbol *symbols, size_t count, hdx_density dense,
                     bool joined, hdx_symbol *before)
{
    uint64_t keys[3 * (HDX_WORD_BYTES + 2)];
    size_t made = hdx_grams_add(window, symbols, count, dense, joined, keys);
    for (size_t n = 0; n < made; n++)
        add_gram(grams, keys[n]);
    /* Of a run without spaces all neighbours: a text may be cut elsewhere. */
    for (size_t i = 0; i < count && (hdx_is_dense(dense) || i == 0); i++) {
        uint32_t bit = hdx_border_bit(*before, symbols[i]);
        grams->borders[bit / 64] |= (uint64_t)1 << bit % 64;
        *before = symbols[i];
    }
    if (count)
        *before = symbols[count - 1];
}

/* Room for the grams of `symbols` symbols in `words` words. */
static helpdex_status make_room(hdx_arena *arena, hdx_question_grams *grams,
                                size_t symbols, helpdex_error *err)
{
    size_t most = symbols < UINT16_MAX ? symbols : UINT16_MAX;
    for (grams->capacity = 64; grams->capacity < 4 * most;)
        grams->capacity *= 2;
    grams->keys = hdx_arena_alloc(arena, (most + 1) * sizeof *grams->keys);
    grams->idf = hdx_arena_alloc(arena, (most + 1) * sizeof *grams->idf);
    grams->slots =
        hdx_arena_alloc(arena, grams->capacity * sizeof *grams->slots);
    return grams->keys && grams->idf && grams->slots ? HELPDEX_OK
                                                     : hdx_fail_nomem(err);
}

/* A gram that is not counted is of one text; not of one in each of two. */
static void weigh_grams(const hdx_question_maker *maker, hdx_gram_kind kind,
                        hdx_question_grams *grams)
{
    const hdx_lexicon *l = maker->lexicon;
    const hdx_lexicon *other = maker->sibling ? maker->sibling->lexicon : NULL;
    double texts = l->header->grams[kind].texts;
    if (other)
        texts += other->header->grams[kind].texts;
    for (size_t i = 0; i < grams->count; i++) {
        uint32_t with = hdx_lexicon_gram_texts(l, kind, grams->keys[i]);
        if (other)
            with += hdx_lexicon_gram_texts(other, kind, grams->keys[i]) - 1;
        grams->idf[i] = hdx_idf(texts > with ? texts : with, with);
        grams->self += grams->idf[i];
    }
}

/*
 * The symbols of a word, or of the one that it is a typing error of: a wrong
 * letter spoils five grams. Success@1 of three words with an error, mean of de,
 * en, es, ru and tr of xquad: .777 by its own grams, .795 by those meant.
 */
static size_t symbols_of(const hdx_matching *m, const hdx_word *word,
                         hdx_symbol out[HDX_WORD_BYTES])
{
    const hdx_question *q = m->question;
    const hdx_lexicon *l = m->maker->lexicon;
    size_t i = 0, count = 0;
    while (i < q->word_count && !hdx_str_eq(q->words[i].exact, word->exact))
        i++;
    if (i < q->word_count && q->words[i].meant != HDX_NO_WORD) {
        const hdx_lexicon_word *meant = &l->words[q->words[i].meant];
        memcpy(out, l->symbols + meant->symbols,
               meant->symbol_count * sizeof *out);
        return meant->symbol_count;
    }
    for (size_t at = 0; at < word->loose.len;)
        out[count++] = hdx_symbol_of(hdx_utf8_next(word->loose, &at));
    return count;
}

/* The grams of the words of a question, of texts or of titles. */
static helpdex_status make_grams(hdx_matching *m, hdx_gram_kind kind)
{
    const hdx_tokens *tokens = m->maker->tokens;
    hdx_question_grams *grams = &m->question->grams[kind];
    hdx_symbol symbols[HDX_WORD_BYTES];
    hdx_symbol before = 0;
    hdx_gram_window window = hdx_gram_window_start(
        kind == HDX_GRAMS_OF_TITLES ? HDX_GRAMS_TITLE : HDX_GRAMS_TEXT);
    size_t room = 0; /* for one letter more where an error left it out */
    for (size_t i = 0; i < tokens->words; i++)
        room += hdx_grams_room(tokens->items[i].word->loose.len + 1);
    helpdex_status status = make_room(m->arena, grams, room, m->err);
    for (size_t i = 0; i < tokens->words && !status; i++) {
        const hdx_token *token = &tokens->items[i];
        size_t count = symbols_of(m, token->word, symbols);
        bool joined = i && token->begin == token[-1].end &&
                      token->word->dense == token[-1].word->dense;
        add_word(grams, &window, symbols, count, token->word->dense, joined,
                 &before);
    }
    weigh_grams(m->maker, kind, grams);
    return status;
}

/* Adds what two characters are, or are read as: it leads, and is marked. `term`
   outlives the question. */
static helpdex_status add_pair(hdx_matching *m, hdx_str term)
{
    hdx_question *q = m->question;
    bool added;
    hdx_map_entry *entry =
        term.ptr ? hdx_map_add(&q->pairs, term, &added) : NULL;
    if (!entry)
        return hdx_fail_nomem(m->err);
    if (!added)
        return HELPDEX_OK;
    entry->value = q->pairs.count;
    return hdx_match_lead(m, term, PAIR_LEAD, 0, false);
}

/* The syllables of a run of Latin words, from token `begin` to `end`. */
static helpdex_status read_run(hdx_matching *m, size_t begin, size_t end)
{
    const hdx_token *tokens = m->maker->tokens->items;
    hdx_question_grams *grams = &m->question->grams[HDX_GRAMS_OF_READINGS];
    hdx_gram_window window = hdx_gram_window_start(HDX_GRAMS_READING);
    hdx_symbol border = 0;
    uint16_t before = 0;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = begin; i < end; i++) {
        uint16_t syllables[HDX_WORD_BYTES];
        size_t count =
            hdx_pinyin_read(tokens[i].word->loose, syllables, HDX_WORD_BYTES);
        add_word(grams, &window, syllables, count, HDX_DENSE_SIGNS, true,
                 &border);
        for (size_t n = 0; n < count && !status; before = syllables[n++]) {
            char bytes[HDX_READING_BYTES];
            if (!before)
                continue;
            hdx_reading_term(before, syllables[n], bytes);
            status = add_pair(
                m, hdx_arena_copy(m->arena, (hdx_str){bytes, sizeof bytes}));
        }
    }
    return status;
}

/*
 * The pinyin that a question is written in: runs of Latin words that can be
 * read so, of two syllables or more. Syllables are taken from the tokens: they
 * are no words, unless the index has every word of the run, as in "SUI DAI".
 * What is longer stays a word too if the index has it. Only Latin letters come
 * here, so that a word in its own script is never found by its sound.
 */
static helpdex_status make_readings(hdx_matching *m)
{
    hdx_tokens *tokens = m->maker->tokens;
    hdx_question_grams *grams = &m->question->grams[HDX_GRAMS_OF_READINGS];
    size_t room = 0, kept = 0, end;
    for (size_t i = 0; i < tokens->words; i++)
        room += hdx_grams_room(tokens->items[i].word->loose.len);
    helpdex_status status = make_room(m->arena, grams, room, m->err);
    for (size_t i = 0; i < tokens->words && !status; i = end) {
        uint16_t syllables[HDX_WORD_BYTES];
        size_t in_run = 0, known = 0, count;
        for (end = i; end < tokens->words &&
                      (count = hdx_pinyin_read(tokens->items[end].word->loose,
                                               syllables, HDX_WORD_BYTES));
             end++) {
            in_run += count;
            known += hdx_question_has_word(m->maker, tokens->items[end].word);
        }
        bool words = in_run < 2 || known == end - i;
        if (in_run > 1)
            status = read_run(m, i, end);
        end += end == i;
        for (; i < end; i++) {
            hdx_token token = tokens->items[i];
            bool syllable = hdx_pinyin_read(token.word->loose, syllables,
                                            HDX_WORD_BYTES) == 1;
            if (words ||
                (!syllable && hdx_question_has_word(m->maker, token.word)))
                tokens->items[kept++] = token;
        }
    }
    tokens->words = kept;
    weigh_grams(m->maker, HDX_GRAMS_OF_READINGS, grams);
    return status;
}

static helpdex_status make_pairs(hdx_matching *m)
{
    const hdx_tokens *tokens = m->maker->tokens;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = tokens->words; i < tokens->count && !status; i++) {
        hdx_str term = tokens->items[i].word->term;
        if (term.ptr[0] == HDX_TERM_BIGRAM)
            status = add_pair(m, term);
    }
    return status;
}

static helpdex_status make_words(hdx_matching *m)
{
    const hdx_tokens *tokens = m->maker->tokens;
    hdx_question *q = m->question;
    q->words =
        hdx_arena_alloc(m->arena, (tokens->words + 1) * sizeof *q->words);
    if (!q->words)
        return hdx_fail_nomem(m->err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < tokens->words && !status; i++)
        status = hdx_match_token(m, i);
    return status;
}

/* Makes the question of a text that is not to be rewritten. */
static helpdex_status make_of(hdx_question_maker *maker, hdx_str text,
                              hdx_arena *arena, hdx_question *out,
                              helpdex_error *err)
{
    hdx_matching m = {
        .maker = maker, .question = out, .arena = arena, .err = err};
    hdx_romanisation romanise = hdx_analyser_pack(maker->analyser)->romanise;
    *out = (hdx_question){.text = text, .matches = maker->matches};
    helpdex_status status =
        hdx_analyse(maker->analyser, text, maker->tokens, err);
    if (!status)
        status = make_pairs(&m);
    if (!status && romanise == HDX_ROMANISE_PINYIN)
        status = make_readings(&m);
    if (!status)
        status = make_words(&m);
    if (!status)
        status = make_grams(&m, HDX_GRAMS_OF_TEXT);
    if (!status)
        status = make_grams(&m, HDX_GRAMS_OF_TITLES);
    return status;
}

helpdex_status hdx_question_make(hdx_question_maker *maker, hdx_str query,
                                 hdx_arena *arena, hdx_question *out,
                                 helpdex_error *err)
{
    *out = (hdx_question){.matches = maker->matches};
    query = hdx_utf8_cut(query, HDX_QUESTION_BYTES);
    helpdex_status status = hdx_rewrite(maker, query, arena, &query, err);
    return status ? status : make_of(maker, query, arena, out, err);
}

/* Weighs a word by the texts of both lexicons. */
static void share_word(const hdx_question_maker *maker, hdx_question_word *a,
                       hdx_question_word *b)
{
    const hdx_lexicon_header *h = maker->lexicon->header;
    const hdx_lexicon_header *other = maker->sibling->lexicon->header;
    a->known = b->known = a->known || b->known;
    hdx_word_weigh(a, a->sections + b->sections, a->titles + b->titles,
                   (double)h->sections + other->sections,
                   (double)h->titles + other->titles);
    b->idf = a->idf;
    b->title_idf = a->title_idf;
}

helpdex_status hdx_question_repeat(hdx_question_maker *maker,
                                   hdx_question *first, hdx_arena *arena,
                                   hdx_question *out, helpdex_error *err)
{
    helpdex_status status = make_of(maker, first->text, arena, out, err);
    if (status)
        return status;
    first->self = out->self = 0;
    /* The same words, since the same text was cut by the same pack. */
    for (size_t i = 0; i < first->word_count && i < out->word_count; i++) {
        share_word(maker, &first->words[i], &out->words[i]);
        first->self += first->words[i].idf;
    }
    out->self = first->self;
    return HELPDEX_OK;
}

void hdx_question_free(hdx_question_maker *maker, hdx_question *question)
{
    for (size_t i = 0; i < maker->matched_count; i++)
        maker->matches[maker->matched[i]] = (hdx_match){0};
    maker->matched_count = 0;
    hdx_map_free(&question->pairs);
}
