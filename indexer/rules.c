/*
 * Rules are checked when everything else has been indexed: only then is it
 * known which articles and categories there are to rule about.
 */
#include "indexer/rules.h"

#include "base/file.h"
#include "store/forward.h"
#include "store/schema.h"
#include "text/analyse.h"

enum { RULES_LIMIT = 1 << 20, EDITS_MOST = 3 };

/* One check at work. */
typedef struct rule_check {
    hdx_arena arena;
    hdx_rules rules;
    helpdex_report *report;
    hdx_catalog *catalog;
    size_t locale_count; /* of those in the report */
    hdx_locale *locales;
    hdx_forward **forwards; /* of each locale */
    hdx_map categories;     /* all there are */
    hdx_analyser *analyser; /* of the root pack: to see what is no word */
    hdx_tokens tokens;
    helpdex_error *fault;
    helpdex_error *err;
} rule_check;

static bool ends_in(hdx_str name, const char *ending)
{
    size_t len = strlen(ending);
    return name.len > len &&
           hdx_str_eq_nocase((hdx_str){name.ptr + name.len - len, len},
                             hdx_str_of(ending));
}

static helpdex_status read_file(hdx_arena *arena, const char *dir,
                                const hdx_entry *entry, helpdex_report *report,
                                hdx_rule_files *out, helpdex_error *err)
{
    hdx_rule_file file = {.name = entry->path};
    file.path = hdx_arena_format(arena, "%s/%s", dir, entry->path.ptr);
    if (!file.path.ptr)
        return hdx_fail_nomem(err);
    if (entry->kind != HDX_ENTRY_FILE ||
        (!ends_in(file.name, ".yml") && !ends_in(file.name, ".yaml")))
        return hdx_report_add(report, HELPDEX_WARNING, file.path.ptr, 0, 0,
                              "no file of rules, so it is left out; end its "
                              "name in .yml, or move it elsewhere",
                              err);
    helpdex_status status =
        hdx_file_read(arena, file.path.ptr, RULES_LIMIT, &file.text, err);
    if (!status)
        out->items[out->count++] = file;
    return status;
}

helpdex_status hdx_rule_files_read(hdx_arena *arena, const char *kb_dir,
                                   helpdex_report *report, hdx_rule_files *out,
                                   helpdex_error *err)
{
    hdx_listing all;
    hdx_str dir = hdx_arena_format(arena, "%s/" HDX_RULES_DIR, kb_dir);
    *out = (hdx_rule_files){0};
    if (!dir.ptr)
        return hdx_fail_nomem(err);
    if (!hdx_dir_exists(dir.ptr))
        return HELPDEX_OK;
    helpdex_status status = hdx_dir_list(arena, dir.ptr, false, &all, err);
    if (status)
        return status;
    out->items = hdx_arena_alloc(arena, (all.count + 1) * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < all.count && !status; i++)
        status = read_file(arena, dir.ptr, &all.items[i], report, out, err);
    return status;
}

void hdx_rule_files_digest(const hdx_rule_files *files,
                           struct sha256_ctx *context)
{
    for (size_t i = 0; i < files->count; i++) {
        hdx_digest_add(context, files->items[i].name);
        hdx_digest_add(context, files->items[i].text);
    }
}

helpdex_status hdx_rule_files_write(const hdx_rule_files *files,
                                    const char *draft, helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_str dir = hdx_arena_format(&arena, "%s/" HDX_RULES_DIR, draft);
    helpdex_status status = HELPDEX_OK;
    if (files->count)
        status = dir.ptr ? hdx_dir_make(dir.ptr, err) : hdx_fail_nomem(err);
    for (size_t i = 0; i < files->count && !status; i++) {
        hdx_str path = hdx_arena_format(&arena, "%s/%s", dir.ptr,
                                        files->items[i].name.ptr);
        status = path.ptr ? hdx_file_write(path.ptr, files->items[i].text, err)
                          : hdx_fail_nomem(err);
    }
    hdx_arena_free(&arena);
    return status;
}

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

static helpdex_status add_categories(rule_check *c, const hdx_forward *forward)
{
    bool added;
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++)
        if (!hdx_map_add(&c->categories,
                         hdx_forward_article_at(forward, i).category, &added))
            return hdx_fail_nomem(c->err);
    return HELPDEX_OK;
}

/* Opens what was written of each locale. */
static helpdex_status open_locales(rule_check *c, const char *draft)
{
    size_t count = helpdex_report_locale_count(c->report);
    helpdex_status status = HELPDEX_OK;
    c->locales = hdx_arena_alloc(&c->arena, (count + 1) * sizeof *c->locales);
    c->forwards =
        hdx_arena_alloc(&c->arena, (count + 1) * sizeof(hdx_forward *));
    if (!c->locales || !c->forwards)
        return hdx_fail_nomem(c->err);
    for (; c->locale_count < count && !status; c->locale_count++) {
        size_t i = c->locale_count;
        const char *tag = helpdex_report_locale(c->report, i)->locale;
        hdx_str path =
            hdx_arena_format(&c->arena, "%s/%s/" HDX_FORWARD_FILE, draft, tag);
        if (!path.ptr || !hdx_locale_parse(hdx_str_of(tag), &c->locales[i]))
            return hdx_fail_nomem(c->err);
        status = hdx_forward_open(path.ptr, &c->forwards[i], c->err);
        if (!status)
            status = add_categories(c, c->forwards[i]);
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

/* The id of an article that is written nearly like `id`; empty: none is. */
static hdx_str nearest_id(const rule_check *c, hdx_str id)
{
    hdx_str nearest = HDX_STR("");
    size_t least = EDITS_MOST + 1;
    for (size_t i = 0; i < c->locale_count; i++)
        for (uint32_t n = 0; n < hdx_forward_article_count(c->forwards[i]);
             n++) {
            hdx_str other = hdx_forward_article_at(c->forwards[i], n).id;
            size_t edits = hdx_str_distance(id.ptr, other.ptr);
            if (edits < least) {
                least = edits;
                nearest = other;
            }
        }
    return nearest;
}

static helpdex_status check_article(rule_check *c, const hdx_rule *rule)
{
    if (rule->article.len == 0)
        return HELPDEX_OK;
    for (size_t i = 0; i < c->locale_count; i++)
        if (hdx_forward_find(c->forwards[i], rule->article) != HDX_NO_ARTICLE)
            return HELPDEX_OK;
    hdx_str nearest = nearest_id(c, rule->article);
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
    for (size_t i = 0; i < c->locale_count && !known; i++)
        known = hdx_locale_fit(&c->locales[i], &locale) > 0;
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
    for (size_t i = 0; i < c->locale_count && rule->texts.count; i++) {
        bool has = false;
        for (size_t n = 0; n < rule->texts.count && !has; n++) {
            hdx_locale locale;
            hdx_str tag = rule->texts.items[n].locale;
            has = tag.len == 0 || (hdx_locale_parse(tag, &locale) &&
                                   hdx_locale_fit(&c->locales[i], &locale) > 0);
        }
        if (!has) {
            hdx_buf_add(&missing, missing.len ? HDX_STR(", ") : HDX_STR(""));
            hdx_buf_add(&missing, hdx_str_of(c->locales[i].tag));
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
static helpdex_status parse(rule_check *c, const hdx_rule_files *files)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < files->count && !status; i++) {
        const hdx_rule_file *file = &files->items[i];
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

helpdex_status hdx_rule_files_check(const hdx_rule_files *files,
                                    const char *draft, hdx_catalog *catalog,
                                    int64_t now, helpdex_report *report,
                                    helpdex_error *fault, helpdex_error *err)
{
    rule_check c = {
        .report = report, .catalog = catalog, .fault = fault, .err = err};
    *fault = (helpdex_error){0};
    helpdex_status status = parse(&c, files);
    if (!status && c.rules.count && draft)
        status = open_locales(&c, draft);
    if (!status && c.rules.count && draft)
        status = open_analyser(&c);
    for (size_t i = 0; i < c.rules.count && !status; i++)
        status = check_tags(&c, &c.rules.items[i]);
    for (size_t i = 0; i < c.rules.count && !status && draft; i++)
        status = check_rule(&c, &c.rules.items[i], now);
    for (size_t i = 0; i < c.locale_count; i++)
        hdx_forward_free(c.forwards[i]);
    hdx_analyser_free(c.analyser);
    hdx_tokens_free(&c.tokens);
    hdx_map_free(&c.categories);
    hdx_rules_free(&c.rules);
    hdx_arena_free(&c.arena);
    return status;
}
