/*
 * What editors rule in a call: which of their rules the question and the reader
 * bring in force, and what these do to what was found. Hides come before
 * ranking, so that they cost no place among the hits; boosts and pins come when
 * every language has been asked, since any of them may bring one in force.
 */
#include "base/clock.h"
#include "base/error.h"
#include "search/audience.h"
#include "search/call.h"

/* What a pinned article counts that the question did not find: nearly nothing,
   so that only its factors tell between its translations. */
static const double UNFOUND = 1e-6;

static const hdx_rule *rule_at(const hdx_call *c, size_t rule)
{
    return &c->searcher->rules.rules.items[rule];
}

static void set_hidden(hdx_rule_sheet *sheet, size_t rule, bool hidden)
{
    uint32_t article = sheet->articles[rule];
    unsigned char bit = (unsigned char)(1 << article % 8);
    if (article == HDX_NO_ARTICLE)
        return;
    if (hidden)
        sheet->hidden[article / 8] |= bit;
    else
        sheet->hidden[article / 8] &= (unsigned char)~bit;
}

/* Sets or clears the bits of an article in all locales. */
static void hide(helpdex_searcher *searcher, size_t rule, bool hidden)
{
    for (size_t i = 0; i < searcher->count; i++) {
        hdx_search_shard *shard = &searcher->shards[i];
        set_hidden(&shard->rules, rule, hidden);
        if (shard->delta)
            set_hidden(&shard->delta->rules, rule, hidden);
    }
}

void hdx_searcher_hide(helpdex_searcher *searcher,
                       const hdx_rule_reader *reader)
{
    const hdx_rulebook *book = &searcher->rules;
    for (size_t i = 0; i < book->general_count; i++) {
        const hdx_rule *rule = &book->rules.items[book->general[i]];
        if (rule->kind == HDX_RULE_HIDE &&
            (!reader || hdx_rulebook_holds(book, rule, reader)))
            hide(searcher, book->general[i], reader != NULL);
    }
}

bool hdx_searcher_hides(const helpdex_searcher *searcher,
                        const hdx_rule_reader *reader, hdx_str id)
{
    const hdx_rulebook *book = &searcher->rules;
    for (size_t i = 0; i < book->general_count; i++) {
        const hdx_rule *rule = &book->rules.items[book->general[i]];
        if (rule->kind == HDX_RULE_HIDE && hdx_str_eq(rule->article, id) &&
            hdx_rulebook_holds(book, rule, reader))
            return true;
    }
    return false;
}

/* The question touches a rule: it comes in force if it is for this reader. */
static void touch(hdx_call *c, uint32_t rule)
{
    hdx_in_force *in = &c->in_force;
    if (in->touched[rule])
        return;
    in->touched[rule] = 1;
    if (!hdx_rulebook_holds(&c->searcher->rules, rule_at(c, rule), &in->reader))
        return;
    in->rules[in->count++] = rule;
    if (rule_at(c, rule)->kind == HDX_RULE_HIDE)
        hide(c->searcher, rule, true);
}

/* Touches the rules that hold for every question. */
static helpdex_status begin(hdx_call *c)
{
    hdx_in_force *in = &c->in_force;
    const hdx_rulebook *book = &c->searcher->rules;
    const char *version = c->request->app_version;
    in->reader = (hdx_rule_reader){.locale = &c->locale,
                                   .region = c->request->region,
                                   .platform = c->request->platform,
                                   .now = c->request->now ? c->request->now
                                                          : hdx_clock()};
    if (version && hdx_version_read(hdx_str_of(version), &in->version))
        in->reader.version = &in->version;
    in->touched = hdx_arena_alloc(&c->scratch, book->rules.count);
    in->rules =
        hdx_arena_alloc(&c->scratch, book->rules.count * sizeof *in->rules);
    if (!in->touched || !in->rules)
        return hdx_fail_nomem(c->err);
    for (size_t i = 0; i < book->general_count; i++)
        touch(c, book->general[i]);
    return HELPDEX_OK;
}

/* Touches the rules whose phrase begins with a text at a place of a question. */
static void touch_at(hdx_call *c, const hdx_rule_sheet *sheet, hdx_str text,
                     const hdx_units *units, size_t at)
{
    const hdx_map_entry *entry = hdx_map_find(&sheet->first, text);
    for (size_t n = entry ? entry->value : 0; n; n = sheet->phrases[n - 1].next)
        if (hdx_units_are_at(&sheet->phrases[n - 1].units, units, at))
            touch(c, sheet->phrases[n - 1].rule);
}

static helpdex_status touch_by(hdx_call *c, const hdx_search_shard *shard,
                               hdx_str question)
{
    hdx_units units;
    helpdex_status status =
        hdx_units_cut(shard->analyser, question, shard->maker.tokens,
                      &c->scratch, &units, c->err);
    for (size_t i = 0; i < units.count && !status; i++) {
        const hdx_unit *unit = &units.items[i];
        if (unit->stem.len == 0)
            continue;
        touch_at(c, &shard->rules, unit->stem, &units, i);
        if (!hdx_str_eq(unit->stem, unit->loose))
            touch_at(c, &shard->rules, unit->loose, &units, i);
    }
    return status;
}

helpdex_status hdx_call_rule(hdx_call *call, size_t link)
{
    const hdx_search_shard *shard = call->links[link].shard;
    const char *correction = call->results->correction;
    helpdex_status status = HELPDEX_OK;
    if (call->searcher->rules.rules.count == 0)
        return status;
    if (!call->in_force.touched)
        status = begin(call);
    if (status || shard->rules.count == 0)
        return status;
    status = touch_by(call, shard, call->links[link].question.text);
    if (!status && link == 0 && correction)
        status = touch_by(call, shard, hdx_str_of(correction));
    return status;
}

void hdx_call_unhide(hdx_call *call)
{
    for (size_t i = 0; i < call->in_force.count; i++)
        if (rule_at(call, call->in_force.rules[i])->kind == HDX_RULE_HIDE)
            hide(call->searcher, call->in_force.rules[i], false);
}

bool hdx_call_may_show(const hdx_call *call, const hdx_search_shard *shard,
                       uint32_t article)
{
    hdx_forward_article facts = hdx_forward_article_at(shard->forward, article);
    return !hdx_rule_sheet_hides(&shard->rules, article) &&
           hdx_audience_admits(facts.regions, call->request->region) &&
           hdx_audience_admits(facts.platforms, call->request->platform);
}

/* Whether what was found is the article of a rule. */
static bool is_its_article(const hdx_call *c, size_t rule,
                           const hdx_found *found)
{
    const hdx_search_shard *shard = c->links[found->at.link].shard;
    return shard->rules.articles[rule] == found->at.article;
}

static helpdex_status add_pinned(hdx_call *c, uint32_t rule)
{
    hdx_found pinned = {.base = UNFOUND, .scale = 1};
    for (size_t i = 0; i < c->count; i++)
        if (is_its_article(c, rule, &c->found[i]))
            return HELPDEX_OK;
    if (!hdx_call_place(c, rule_at(c, rule)->article, false, &pinned.at))
        return HELPDEX_OK;
    helpdex_status status = hdx_call_ask(c, pinned.at.link);
    if (!status &&
        !hdx_grow(&c->found, &c->capacity, c->count + 1, sizeof *c->found))
        status = hdx_fail_nomem(c->err);
    if (status)
        return status;
    pinned.from = pinned.at;
    hdx_call_weigh(c, &pinned);
    c->found[c->count++] = pinned;
    return HELPDEX_OK;
}

helpdex_status hdx_call_pin(hdx_call *call)
{
    const hdx_in_force *in = &call->in_force;
    size_t kept = 0;
    helpdex_status status = HELPDEX_OK;
    if (in->count == 0)
        return status;
    /* Another language may have brought a hide in force since. */
    for (size_t i = 0; i < call->count; i++) {
        hdx_place at = call->found[i].at;
        if (hdx_call_may_show(call, call->links[at.link].shard, at.article))
            call->found[kept++] = call->found[i];
    }
    call->count = kept;
    for (size_t i = 0; i < in->count && !status; i++)
        if (rule_at(call, in->rules[i])->kind == HDX_RULE_PIN)
            status = add_pinned(call, in->rules[i]);
    return status;
}

static bool is_boosted(const hdx_call *c, size_t rule, const hdx_found *found)
{
    hdx_str category = rule_at(c, rule)->category;
    return category.len ? hdx_str_eq_nocase(
                              category, hdx_call_article(c, found->at).category)
                        : is_its_article(c, rule, found);
}

static helpdex_status boost(hdx_call *c, const hdx_rule *rule, hdx_found *found)
{
    const char **why = &found->factors.why[HDX_FACTOR_BOOST];
    found->factors.by[HDX_FACTOR_BOOST] *= rule->by;
    found->score *= rule->by;
    *why = *why ? hdx_arena_format(&c->scratch, "%s, %s", *why, rule->why).ptr
                : rule->why;
    return *why ? HELPDEX_OK : hdx_fail_nomem(c->err);
}

/* Pins stand in the order of the files, whichever is noticed first. */
static void pin(const hdx_rule *rule, size_t number, hdx_found *found)
{
    unsigned place = (unsigned)number + 1;
    if (found->factors.pinned && found->factors.pinned < place)
        return;
    found->factors.pinned = place;
    found->factors.why[HDX_FACTOR_PIN] = rule->why;
}

helpdex_status hdx_call_favour(hdx_call *call)
{
    const hdx_in_force *in = &call->in_force;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < in->count && !status; i++) {
        uint32_t number = in->rules[i];
        const hdx_rule *rule = rule_at(call, number);
        for (size_t n = 0; n < call->count && !status; n++) {
            hdx_found *found = &call->found[n];
            if (rule->kind == HDX_RULE_PIN &&
                is_its_article(call, number, found))
                pin(rule, number, found);
            if (rule->kind == HDX_RULE_BOOST && is_boosted(call, number, found))
                status = boost(call, rule, found);
        }
    }
    return status;
}

void hdx_call_touch_categories(hdx_call *call, const hdx_str *categories,
                               size_t count)
{
    const hdx_rulebook *book = &call->searcher->rules;
    for (size_t i = 0; i < book->by_category_count; i++) {
        uint32_t rule = book->by_category[i];
        hdx_str rest = rule_at(call, rule)->categories, line;
        while (hdx_str_line(&rest, &line))
            for (size_t n = 0; n < count; n++)
                if (hdx_str_eq_nocase(line, categories[n]))
                    touch(call, rule);
    }
}
