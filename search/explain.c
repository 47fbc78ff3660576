/* Reading the texts of a hit once more, for a person. */
#include "search/explain.h"

static const char *const tier_names[HDX_TIERS] = {
    [HDX_TIER_EXACT] = "exact",        [HDX_TIER_STEM] = "stem",
    [HDX_TIER_FOLDED] = "folded",      [HDX_TIER_MARKS] = "marks",
    [HDX_TIER_SYNONYM] = "synonym",    [HDX_TIER_PART] = "part",
    [HDX_TIER_TYPO] = "typo",          [HDX_TIER_UNFINISHED] = "unfinished",
    [HDX_TIER_BEGINNING] = "beginning"};

/* For each word of the question the closest word of the texts [begin, end). */
static void find_closest(const hdx_lexicon *l, const hdx_question *question,
                         uint32_t begin, uint32_t end, uint32_t *closest)
{
    for (uint32_t i = begin; i < end; i++) {
        uint32_t id = l->texts[i] & HDX_TEXT_WORD;
        if (l->texts[i] & HDX_TEXT_SEGMENT)
            continue;
        hdx_match match = question->matches[id];
        if (!match.word)
            continue;
        uint32_t *best = &closest[match.word - 1];
        if (*best == HDX_NO_WORD || match.tier < question->matches[*best].tier)
            *best = id;
    }
}

helpdex_status hdx_explain_words(const hdx_question_maker *maker,
                                 const hdx_ranking *ranking,
                                 const hdx_question *question, uint32_t section,
                                 uint32_t article, hdx_arena *arena,
                                 helpdex_explanation *out, helpdex_error *err)
{
    const hdx_lexicon *l = maker->lexicon;
    size_t count = question->word_count;
    uint32_t *closest = hdx_arena_alloc(arena, (count + 1) * sizeof *closest);
    helpdex_explained_word *words =
        hdx_arena_alloc(arena, (count + 1) * sizeof *words);
    if (!closest || !words)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < count; i++)
        closest[i] = HDX_NO_WORD;
    find_closest(l, question, l->article_texts[article],
                 l->article_texts[article + 1], closest);
    find_closest(l, question, l->section_texts[section],
                 l->section_texts[section + 1], closest);
    for (size_t i = 0; i < count; i++) {
        words[i].word = hdx_arena_copy(arena, question->words[i].exact).ptr;
        words[i].idf = question->words[i].idf;
        if (!words[i].word)
            return hdx_fail_nomem(err);
        if (closest[i] == HDX_NO_WORD)
            continue;
        hdx_tier tier = (hdx_tier)question->matches[closest[i]].tier;
        words[i].found =
            hdx_arena_copy(arena, hdx_lexicon_exact(l, closest[i])).ptr;
        words[i].tier = tier_names[tier];
        words[i].weight = ranking->tiers[tier];
        if (!words[i].found)
            return hdx_fail_nomem(err);
    }
    out->question = words;
    out->question_count = count;
    return HELPDEX_OK;
}
