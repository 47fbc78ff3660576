/* Cutting the synonyms of a pack. */
#include "search/thesaurus.h"

/* Adds a phrase of a group; one that is both asked and found is added twice. */
static helpdex_status add_phrase(hdx_thesaurus *t, hdx_analyser *analyser,
                                 hdx_tokens *tokens, hdx_str text,
                                 const hdx_phrase *as, helpdex_error *err)
{
    helpdex_status status = hdx_analyse(analyser, text, tokens, err);
    hdx_phrase *out = &t->phrases[t->count];
    if (status || tokens->words == 0 || tokens->words > HDX_PHRASE_WORDS)
        return status;
    *out = *as;
    for (size_t i = 0; i < tokens->words; i++) {
        const hdx_word *word = tokens->items[i].word;
        out->terms[i] = hdx_arena_copy(&t->arena, word->term);
        out->stems[i] = hdx_arena_copy(&t->arena, word->stem);
        if (!out->terms[i].ptr || !out->stems[i].ptr)
            return hdx_fail_nomem(err);
    }
    out->count = tokens->words;
    t->count++;
    return HELPDEX_OK;
}

helpdex_status hdx_thesaurus_open(hdx_analyser *analyser, hdx_tokens *scratch,
                                  hdx_thesaurus *out, helpdex_error *err)
{
    const hdx_pack *pack = hdx_analyser_pack(analyser);
    size_t most = 0;
    helpdex_status status = HELPDEX_OK;
    *out = (hdx_thesaurus){0};
    for (size_t i = 0; i < pack->synonym_count; i++)
        most += pack->synonyms[i].from_count + pack->synonyms[i].to_count;
    out->phrases =
        hdx_arena_alloc(&out->arena, (most + 1) * sizeof *out->phrases);
    if (!out->phrases)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < pack->synonym_count && !status; i++) {
        const hdx_synonyms *group = &pack->synonyms[i];
        bool both = group->from == group->to;
        hdx_phrase as = {.group = (uint32_t)i, .from = true, .to = both};
        for (size_t n = 0; n < group->from_count && !status; n++)
            status =
                add_phrase(out, analyser, scratch, group->from[n], &as, err);
        as = (hdx_phrase){.group = (uint32_t)i, .to = true};
        for (size_t n = 0; !both && n < group->to_count && !status; n++)
            status = add_phrase(out, analyser, scratch, group->to[n], &as, err);
    }
    return status;
}

void hdx_thesaurus_close(hdx_thesaurus *thesaurus)
{
    hdx_arena_free(&thesaurus->arena);
    *thesaurus = (hdx_thesaurus){0};
}

bool hdx_phrase_is_at(const hdx_phrase *phrase, const hdx_tokens *tokens,
                      size_t at)
{
    if (phrase->count > tokens->words - at)
        return false;
    for (size_t i = 0; i < phrase->count; i++)
        if (!hdx_str_eq(phrase->stems[i], tokens->items[at + i].word->stem))
            return false;
    return true;
}
