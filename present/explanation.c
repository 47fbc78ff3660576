/* Explanations as JSON. */
#include "present/explanation.h"

#include <string.h>

void hdx_score_parts(const helpdex_explanation *explanation,
                     hdx_score_part out[HDX_SCORE_PARTS])
{
    const helpdex_explanation *e = explanation;
    const hdx_score_part parts[] = {
        {"words", e->words},
        {"grams", e->grams},
        {"sentence", e->sentence},
        {"title_words", e->title_words},
        {"title_grams", e->title_grams},
        {"readings", e->readings},
        {"coverage", e->coverage},
        {"question_match", e->question_match},
    };
    memcpy(out, parts, sizeof parts);
}

static void add_word(hdx_json *json, const helpdex_explained_word *word)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "word", word->word);
    hdx_json_number(json, "idf", word->idf);
    hdx_json_text(json, "tier", word->tier);
    hdx_json_text(json, "found", word->found);
    hdx_json_number(json, "weight", word->weight);
    hdx_json_end_object(json);
}

static void add_factor(hdx_json *json, const helpdex_explained_factor *factor)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "name", factor->name);
    hdx_json_number(json, "by", factor->by);
    hdx_json_text(json, "why", factor->why);
    hdx_json_end_object(json);
}

void hdx_present_explanation(hdx_json *json,
                             const helpdex_explanation *explanation)
{
    hdx_score_part parts[HDX_SCORE_PARTS];
    hdx_score_parts(explanation, parts);
    hdx_json_object(json, "explain");
    hdx_json_object(json, "parts");
    for (size_t i = 0; i < HDX_SCORE_PARTS; i++)
        hdx_json_number(json, parts[i].name, parts[i].value);
    hdx_json_end_object(json);
    hdx_json_list(json, "factors");
    for (size_t i = 0; i < explanation->factor_count; i++)
        add_factor(json, &explanation->factors[i]);
    hdx_json_end_list(json);
    hdx_json_list(json, "question");
    for (size_t i = 0; i < explanation->question_count; i++)
        add_word(json, &explanation->question[i]);
    hdx_json_end_list(json);
    hdx_json_end_object(json);
}
