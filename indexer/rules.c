/*
 * Rules are checked when everything else has been indexed: only then is it
 * known which articles and categories there are to rule about.
 */
#include "indexer/rules.h"

#include "base/error.h"
#include "indexer/indexed.h"
#include "text/analyse.h"

/* One check at work. */
typedef struct rule_check {
    hdx_arena arena;
    hdx_rules rules;
    helpdex_report *report;
    hdx_catalog *catalog;
    hdx_indexed indexed;
    hdx_map categories;     /* all there are */
    hdx_analyser *analyser; /* of the root pack: to see what is no word */
    hdx_tokens tokens;
    helpdex_error *fault;
    helpdex_error *err;
} rule_check;

static helpdex_status refuse(rule_check *c, const helpdex_error *why)
{
    if (c->fault->status == HELPDEX_OK)
        *c->fault = *why;
    return hdx_report_add_error(c->report, why, c->err);
}

static helpdex_status warn(rule_check *c, const hdx_rule *rule, hdx_str message)
{
    return message.ptr
               ? hdx_report_add(c->report, HELPDEX_WARNING, rule->path,
                                rule->line, rule->column, message.ptr, c->err)
               : hdx_fail_nomem(c->err);
}

static helpdex_status add_categories_of(rule_check *c, const hdx_forward *from)
{
    bool added;
    for (uint32_t i = 0; i < hdx_forward_article_count(from); i++)
        if (!hdx_forward_is_gone(from, i) &&
            !hdx_map_add(&c->categories,
                         hdx_forward_article_at(from, i).category, &added))
            return hdx_fail_nomem(c->err);
    return HELPDEX_OK;
}

static helpdex_status add_categories(rule_check *c)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t n = 0; n < c->indexed.count && !status; n++) {
        const hdx_forwards *from = &c->indexed.forwards[n];
        status = add_categories_of(c, from->base);
        if (!status && from->delta)
            status = add_categories_of(c, from->delta);
    }
    return status;
}

static helpdex_status open_analyser(rule_check *c)
{
    hdx_locale root;
    const hdx_pack *pack;
    if (!hdx_locale_root(&root))
        return hdx_fail_nomem(c->err);
    helpdex_status status = hdx_catalog_pack(c->catalog, &root, &pack, c->err);
    return status ? status : hdx_analyser_open(pack, &c->analyser, c->err);
}

static helpdex_status check_article(rule_check *c, const hdx_rule *rule)
{
    if (rule->article.len == 0)
        return HELPDEX_OK;
    if (hdx_indexed_has(&c->indexed, rule->article))
        return HELPDEX_OK;
    hdx_str nearest = hdx_indexed_nearest(&c->indexed, rule->article);
    return warn(c, rule,
                nearest.len
                    ? hdx_arena_format(&c->arena,
                                       "no article has the id \"%.*s\"; did "
                                       "you mean %.*s?",
                                       HDX_FMT(rule->article), HDX_FMT(nearest))
                    : hdx_arena_format(&c->arena,
                                       "no article has the id \"%.*s\"; name "
                                       "another, or remove the rule",
                                       HDX_FMT(rule->article)));
}

static bool has_category(const rule_check *c, hdx_str name)
{
    for (size_t i = 0; i < c->categories.capacity; i++)
        if (c->categories.slots[i].key.ptr &&
            hdx_str_eq_nocase(c->categories.slots[i].key, name))
            return true;
    return false;
}

static helpdex_status check_categories(rule_check *c, const hdx_rule *rule)
{
    static const char what[] =
        "no article is in the category \"%.*s\"; name another, or remove this";
    helpdex_status status = HELPDEX_OK;
    hdx_str rest = rule->category.len ? rule->category : rule->categories, name;
    while (!status && hdx_str_line(&rest, &name))
        if (!has_category(c, name))
            status =
                warn(c, rule, hdx_arena_format(&c->arena, what, HDX_FMT(name)));
    return status;
}

static helpdex_status check_tag(rule_check *c, const hdx_rule *rule,
                                const hdx_local_text *text, hdx_locale *out)
{
    helpdex_error why;
    helpdex_status status = hdx_locale_read(text->locale, out);
    if (status != HELPDEX_BAD_INPUT)
        return status ? hdx_fail_nomem(c->err) : HELPDEX_OK;
    hdx_fail_at(&why, HELPDEX_BAD_INPUT, rule->path, text->line, text->column,
                "\"%.*s\" is not a language tag; write one, such as pt-BR",
                HDX_FMT(text->locale));
    *out = (hdx_locale){0};
    return refuse(c, &why);
}

static helpdex_status check_tags_of(rule_check *c, const hdx_rule *rule,
                                    const hdx_local_texts *texts)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < texts->count && !status; i++) {
        hdx_locale locale;
        if (texts->items[i].locale.len)
            status = check_tag(c, rule, &texts->items[i], &locale);
    }
    return status;
}

/* Every tag of a rule must be one. */
static helpdex_status check_tags(rule_check *c, const hdx_rule *rule)
{
    helpdex_status status = check_tags_of(c, rule, &rule->queries);
    if (!status)
        status = check_tags_of(c, rule, &rule->texts);
    return status ? status : check_tags_of(c, rule, &rule->locales);
}

/* Questions that nobody can ask: in no locale that there is, or without a
   word. */
static helpdex_status check_query(rule_check *c, const hdx_rule *rule,
                                  const hdx_local_text *query)
{
    hdx_rule at = *rule;
    hdx_locale locale;
    bool known = query->locale.len == 0;
    if (!known && !hdx_locale_parse(query->locale, &locale))
        return HELPDEX_OK; /* refused already */
    for (size_t i = 0; i < c->indexed.count && !known; i++)
        known = hdx_locale_fit(&c->indexed.locales[i], &locale) > 0;
    at.line = query->line;
    at.column = query->column;
    if (!known)
        return warn(c, &at,
                    hdx_arena_format(&c->arena,
                                     "no article is in %.*s, so nothing is "
                                     "asked in it; remove its queries",
                                     HDX_FMT(query->locale)));
    helpdex_status status =
        hdx_analyse(c->analyser, query->text, &c->tokens, c->err);
    if (status || c->tokens.words)
        return status;
    return warn(c, &at,
                hdx_arena_format(&c->arena,
                                 "no word in the query \"%.*s\"; write what "
                                 "people ask",
                                 HDX_FMT(query->text)));
}

/* The locales whose readers get a banner in another language than theirs. */
static helpdex_status check_texts(rule_check *c, const hdx_rule *rule)
{
    hdx_buf missing = {0};
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < c->indexed.count && rule->texts.count; i++) {
        bool has = false;
        for (size_t n = 0; n < rule->texts.count && !has; n++) {
            hdx_locale locale;
            hdx_str tag = rule->texts.items[n].locale;
            has = tag.len == 0 ||
                  (hdx_locale_parse(tag, &locale) &&
                   hdx_locale_fit(&c->indexed.locales[i], &locale) > 0);
        }
        if (!has) {
            hdx_buf_add(&missing, missing.len ? HDX_STR(", ") : HDX_STR(""));
            hdx_buf_add(&missing, hdx_str_of(c->indexed.locales[i].tag));
        }
    }
    if (missing.failed)
        status = hdx_fail_nomem(c->err);
    else if (missing.len)
        status = warn(c, rule,
                      hdx_arena_format(&c->arena,
                                       "no text for readers of %.*s, who see "
                                       "that of a fallback; translate it",
                                       HDX_FMT(hdx_buf_str(&missing))));
    hdx_buf_free(&missing);
    return status;
}

static helpdex_status check_rule(rule_check *c, const hdx_rule *rule,
                                 int64_t now)
{
    helpdex_status status = check_article(c, rule);
    if (!status)
        status = check_categories(c, rule);
    for (size_t i = 0; i < rule->queries.count && !status; i++)
        status = check_query(c, rule, &rule->queries.items[i]);
    if (!status)
        status = check_texts(c, rule);
    if (!status && rule->end <= now)
        status = warn(c, rule,
                      hdx_arena_format(&c->arena, "its end is past, so it can "
                                                  "never apply; remove the "
                                                  "rule"));
    return status;
}

/* Parses each file; a fault of one does not hide that of the next. */
static helpdex_status parse(rule_check *c, const hdx_kb_files *files)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < files->count && !status; i++) {
        const hdx_kb_file *file = &files->items[i];
        helpdex_error why;
        status = hdx_rules_read(&c->rules, file->text, file->path.ptr,
                                file->name.ptr, &why);
        if (status == HELPDEX_BAD_INPUT)
            status = refuse(c, &why);
        else if (status)
            *c->err = why;
    }
    return status;
}

helpdex_status hdx_rules_check(const hdx_kb_files *files, const char *draft,
                               hdx_catalog *catalog, int64_t now,
                               helpdex_report *report, helpdex_error *fault,
                               helpdex_error *err)
{
    rule_check c = {
        .report = report, .catalog = catalog, .fault = fault, .err = err};
    *fault = (helpdex_error){0};
    helpdex_status status = parse(&c, files);
    if (!status && c.rules.count && draft)
        status = hdx_indexed_open(draft, report, &c.indexed, err);
    if (!status)
        status = add_categories(&c);
    if (!status && c.rules.count && draft)
        status = open_analyser(&c);
    for (size_t i = 0; i < c.rules.count && !status; i++)
        status = check_tags(&c, &c.rules.items[i]);
    for (size_t i = 0; i < c.rules.count && !status && draft; i++)
        status = check_rule(&c, &c.rules.items[i], now);
    hdx_indexed_close(&c.indexed);
    hdx_analyser_free(c.analyser);
    hdx_tokens_free(&c.tokens);
    hdx_map_free(&c.categories);
    hdx_rules_free(&c.rules);
    hdx_arena_free(&c.arena);
    return status;
}
