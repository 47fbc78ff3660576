/*
 * Known issues that touch a question: by its words, or by the category of what
 * answers it best. Before them comes the warning to who has typed the seed
 * phrase of a wallet.
 */
#include <helpdex/redact.h>
#include <stdlib.h>

#include "base/error.h"
#include "search/call.h"

/* The best hit, and those of the next that are about as good: others are as
   likely to be of another matter. */
enum { BEST_HITS = 3 };
static const double ABOUT_AS_GOOD = 0.8;

static void touch_by_hits(hdx_call *c)
{
    hdx_str categories[BEST_HITS];
    size_t count = 0;
    while (count < BEST_HITS && count < c->count &&
           c->found[count].score >= ABOUT_AS_GOOD * c->found[0].score) {
        categories[count] = hdx_call_article(c, c->found[count].at).category;
        count++;
    }
    hdx_call_touch_categories(c, categories, count);
}

static const hdx_locale *locale_of(const hdx_call *c,
                                   const hdx_local_text *text)
{
    return text->locale.len
               ? hdx_rulebook_locale(&c->searcher->rules, text->locale)
               : &c->searcher->default_locale;
}

/* The text that fits a locale best; NULL: none does. */
static const hdx_local_text *text_for(const hdx_call *c, const hdx_rule *rule,
                                      const hdx_locale *wanted)
{
    const hdx_local_text *best = NULL;
    int best_fit = 0;
    for (size_t i = 0; i < rule->texts.count; i++) {
        int fit = hdx_locale_fit(wanted, locale_of(c, &rule->texts.items[i]));
        if (fit > best_fit) {
            best_fit = fit;
            best = &rule->texts.items[i];
        }
    }
    return best;
}

/* In the reader's language, else that of the next locale of their chain. */
static const hdx_local_text *choose_text(const hdx_call *c,
                                         const hdx_rule *rule)
{
    const hdx_local_text *text = text_for(c, rule, &c->locale);
    for (size_t i = 0; i < c->chain.count && !text; i++)
        text = text_for(c, rule, &c->chain.links[i].shard->locale);
    return text ? text : &rule->texts.items[0];
}

static const char *copy(hdx_call *c, hdx_str text)
{
    return hdx_arena_copy(&c->results->arena, text).ptr;
}

/* The article that says more, if this reader may see it. */
static helpdex_status fill_article(hdx_call *c, const hdx_rule *rule,
                                   helpdex_banner *out)
{
    hdx_place at;
    if (rule->article.len == 0 || !hdx_call_place(c, rule->article, false, &at))
        return HELPDEX_OK;
    hdx_str url = hdx_call_article(c, at).url;
    out->article = copy(c, rule->article);
    out->url = url.len ? copy(c, url) : NULL;
    return out->article && (out->url || url.len == 0) ? HELPDEX_OK
                                                      : hdx_fail_nomem(c->err);
}

static helpdex_status fill_banner(hdx_call *c, const hdx_rule *rule,
                                  helpdex_banner *out)
{
    const hdx_local_text *text = choose_text(c, rule);
    *out = (helpdex_banner){.id = copy(c, rule->id),
                            .level = hdx_level_name(rule->level),
                            .text = copy(c, text->text),
                            .locale =
                                copy(c, hdx_str_of(locale_of(c, text)->tag))};
    return out->id && out->text && out->locale ? fill_article(c, rule, out)
                                               : hdx_fail_nomem(c->err);
}

/* The gravest first, then as they stand in the files. */
static int gravest_first(const void *a, const void *b)
{
    const hdx_rule *x = *(const hdx_rule *const *)a;
    const hdx_rule *y = *(const hdx_rule *const *)b;
    if (x->level != y->level)
        return x->level > y->level ? -1 : 1;
    return (x > y) - (x < y);
}

/* Twelve characters of Han, three bytes each: no phrase is shorter. */
enum { PHRASE_LEAST = 36 };

/* As much as is searched, and what a phrase has behind it. */
enum { PHRASE_WITHIN = 4096 + 512 };

helpdex_status hdx_call_look_for_seed_phrase(hdx_call *call)
{
    hdx_str query = hdx_utf8_cut(call->query, PHRASE_WITHIN);
    helpdex_redaction *redaction;
    if (query.len < PHRASE_LEAST)
        return HELPDEX_OK;
    helpdex_status status =
        helpdex_redact(query.ptr, query.len, &redaction, call->err);
    if (status)
        return status;
    call->seed_phrase = helpdex_redaction_seed_phrase(redaction);
    helpdex_redaction_free(redaction);
    return HELPDEX_OK;
}

/* A pack of one's own may have no words for it. */
static helpdex_status warn(hdx_call *c)
{
    helpdex_results *results = c->results;
    const char *text = results->messages[HDX_MESSAGE_SEED_PHRASE];
    const char *locale = copy(c, hdx_str_of(c->chain.pack->locale.tag));
    if (!text || !*text)
        return HELPDEX_OK;
    results->banners[results->banner_count++] =
        (helpdex_banner){.id = "seed-phrase",
                         .level = hdx_level_name(HDX_LEVEL_CRITICAL),
                         .text = text,
                         .locale = locale};
    return locale ? HELPDEX_OK : hdx_fail_nomem(c->err);
}

static helpdex_status fill_banners(hdx_call *c)
{
    const hdx_in_force *in = &c->in_force;
    helpdex_results *results = c->results;
    size_t count = 0;
    const hdx_rule **banners = hdx_arena_alloc(
        &c->scratch, (in->count + 1) * sizeof(const hdx_rule *));
    if (!banners)
        return hdx_fail_nomem(c->err);
    for (size_t i = 0; i < in->count; i++) {
        const hdx_rule *rule = &c->searcher->rules.rules.items[in->rules[i]];
        if (rule->kind == HDX_RULE_BANNER)
            banners[count++] = rule;
    }
    qsort(banners, count, sizeof(const hdx_rule *), gravest_first);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = fill_banner(c, banners[i],
                             &results->banners[results->banner_count++]);
    return status;
}

helpdex_status hdx_call_announce(hdx_call *call)
{
    helpdex_results *results = call->results;
    if (call->in_force.touched)
        touch_by_hits(call);
    results->banners = hdx_arena_alloc(
        &results->arena, (call->in_force.count + 1) * sizeof *results->banners);
    if (!results->banners)
        return hdx_fail_nomem(call->err);
    helpdex_status status = warn(call);
    return status ? status : fill_banners(call);
}
