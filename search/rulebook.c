/*
 * Opening the rules of a generation. They were checked when it was built; what
 * cannot be read here was built by another version.
 */
#include "search/rulebook.h"

#include "search/audience.h"
#include "store/folder.h"
#include "store/schema.h"

static helpdex_status read_file(void *rules, hdx_str text, const char *path,
                                const char *name, helpdex_error *err)
{
    return hdx_rules_read(rules, text, path, name, err);
}

static size_t count_texts(const hdx_rules *rules)
{
    size_t count = 0;
    for (size_t i = 0; i < rules->count; i++)
        count += rules->items[i].queries.count + rules->items[i].texts.count +
                 rules->items[i].locales.count;
    return count;
}

const hdx_locale *hdx_rulebook_locale(const hdx_rulebook *book, hdx_str tag)
{
    return hdx_taglist_find(&book->tags, tag);
}

/* Notes which rules are not, or not only, touched by words. */
static helpdex_status list_rules(hdx_rulebook *book, helpdex_error *err)
{
    size_t count = book->rules.count;
    book->general =
        hdx_arena_alloc(&book->arena, (count + 1) * sizeof *book->general);
    book->by_category =
        hdx_arena_alloc(&book->arena, (count + 1) * sizeof *book->by_category);
    if (!book->general || !book->by_category)
        return hdx_fail_nomem(err);
    for (uint32_t i = 0; i < count; i++) {
        const hdx_rule *rule = &book->rules.items[i];
        if (rule->categories.len)
            book->by_category[book->by_category_count++] = i;
        else if (rule->queries.count == 0)
            book->general[book->general_count++] = i;
    }
    return HELPDEX_OK;
}

helpdex_status hdx_rulebook_open(const char *generation, hdx_rulebook *out,
                                 helpdex_error *err)
{
    *out = (hdx_rulebook){0};
    helpdex_status status = hdx_folder_read(
        &out->arena, generation, HDX_RULES_DIR, read_file, &out->rules, err);
    if (!status &&
        !hdx_taglist_make(&out->arena, count_texts(&out->rules), &out->tags))
        return hdx_fail_nomem(err);
    if (!status)
        status = list_rules(out, err);
    for (size_t i = 0; i < out->rules.count && !status; i++) {
        const hdx_rule *rule = &out->rules.items[i];
        status = hdx_taglist_add(&out->tags, &rule->queries, err);
        if (!status)
            status = hdx_taglist_add(&out->tags, &rule->texts, err);
        if (!status)
            status = hdx_taglist_add(&out->tags, &rule->locales, err);
    }
    return status;
}

void hdx_rulebook_close(hdx_rulebook *book)
{
    hdx_rules_free(&book->rules);
    hdx_arena_free(&book->arena);
    *book = (hdx_rulebook){0};
}

static bool is_for_locale(const hdx_rulebook *book, const hdx_rule *rule,
                          const hdx_locale *reader)
{
    enum { LEAST_FIT = 2 }; /* of de, de-AT is a kind; of de-AT, de is none */
    for (size_t i = 0; i < rule->locales.count; i++) {
        const hdx_locale *of =
            hdx_rulebook_locale(book, rule->locales.items[i].locale);
        if (of && hdx_locale_fit(reader, of) >= LEAST_FIT)
            return true;
    }
    return rule->locales.count == 0;
}

bool hdx_rulebook_holds(const hdx_rulebook *book, const hdx_rule *rule,
                        const hdx_rule_reader *reader)
{
    const hdx_version *version = reader->version;
    bool hides = rule->kind == HDX_RULE_HIDE;
    if (hides && ((rule->regions.len && !reader->region) ||
                  (rule->platforms.len && !reader->platform) ||
                  (rule->versions.count && !version)))
        return false;
    return rule->start <= reader->now && reader->now < rule->end &&
           hdx_audience_admits(rule->regions, reader->region) &&
           hdx_audience_admits(rule->platforms, reader->platform) &&
           (!version || hdx_version_range_has(&rule->versions, version)) &&
           is_for_locale(book, rule, reader->locale);
}

/* Korean particles are no endings that a stemmer takes off: there the term, the
   beginning of the word, is what stays. */
static hdx_unit unit_of(const hdx_word *word)
{
    bool particles = word->dense == HDX_SPACED_SIGNS;
    return (hdx_unit){particles ? word->term : word->stem, word->loose};
}

/* Adds the pairs, an empty unit between those of different runs. */
static void add_pairs(const hdx_tokens *tokens, hdx_units *out)
{
    uint32_t end = 0; /* of the last one */
    for (size_t i = tokens->words; i < tokens->count; i++) {
        const hdx_token *pair = &tokens->items[i];
        hdx_str term = pair->word->term;
        if (term.ptr[0] != HDX_TERM_BIGRAM)
            continue;
        if (pair->begin >= end)
            out->items[out->count++] = (hdx_unit){{0}, {0}};
        out->items[out->count++] = (hdx_unit){term, term};
        end = pair->end;
    }
}

helpdex_status hdx_units_cut(hdx_analyser *analyser, hdx_str question,
                             hdx_tokens *scratch, hdx_arena *arena,
                             hdx_units *out, helpdex_error *err)
{
    helpdex_status status = hdx_analyse(analyser, question, scratch, err);
    *out = (hdx_units){0};
    if (status)
        return status;
    out->items =
        hdx_arena_alloc(arena, (2 * scratch->count + 1) * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < scratch->words; i++)
        out->items[out->count++] = unit_of(scratch->items[i].word);
    add_pairs(scratch, out);
    return HELPDEX_OK;
}

/* Of the units of a phrase, which `tokens` were: its pairs if they are one run
   and all of it, else its words. */
static hdx_units choose(const hdx_units *all, const hdx_tokens *tokens)
{
    size_t words = tokens->words;
    uint32_t begin = tokens->items[0].begin, end = tokens->items[words - 1].end;
    uint32_t last = 0;
    hdx_units by_words = {all->items, words};
    if (all->count == words || tokens->items[words].begin != begin)
        return by_words;
    for (size_t i = words; i < tokens->count; i++)
        if (tokens->items[i].word->term.ptr[0] == HDX_TERM_BIGRAM)
            last = tokens->items[i].end;
    for (size_t i = words + 1; i < all->count; i++)
        if (all->items[i].stem.len == 0)
            return by_words;
    return last == end
               ? (hdx_units){all->items + words + 1, all->count - words - 1}
               : by_words;
}

/* Lets a phrase be found by a text. */
static helpdex_status add_first(hdx_rule_sheet *sheet, hdx_str text,
                                uint32_t rule, const hdx_units *units,
                                helpdex_error *err)
{
    bool added;
    hdx_map_entry *entry = hdx_map_add(&sheet->first, text, &added);
    if (!entry)
        return hdx_fail_nomem(err);
    sheet->phrases[sheet->count++] =
        (hdx_rule_phrase){rule, (uint32_t)entry->value, *units};
    entry->value = sheet->count;
    return HELPDEX_OK;
}

static helpdex_status add_phrase(hdx_rulebook *book, uint32_t rule,
                                 hdx_str query, hdx_analyser *analyser,
                                 hdx_tokens *scratch, hdx_rule_sheet *out,
                                 helpdex_error *err)
{
    hdx_units all;
    helpdex_status status =
        hdx_units_cut(analyser, query, scratch, &book->arena, &all, err);
    if (status || scratch->words == 0 || !all.items)
        return status;
    hdx_units units = choose(&all, scratch);
    for (size_t i = 0; i < units.count; i++) {
        hdx_unit *unit = &units.items[i];
        unit->stem = hdx_arena_copy(&book->arena, unit->stem);
        unit->loose = hdx_arena_copy(&book->arena, unit->loose);
        if (!unit->stem.ptr || !unit->loose.ptr)
            return hdx_fail_nomem(err);
    }
    const hdx_unit *first = &units.items[0];
    status = add_first(out, first->stem, rule, &units, err);
    if (!status && !hdx_str_eq(first->stem, first->loose))
        status = add_first(out, first->loose, rule, &units, err);
    return status;
}

static helpdex_status add_phrases(hdx_rulebook *book, const hdx_locale *locale,
                                  hdx_analyser *analyser, hdx_tokens *scratch,
                                  hdx_rule_sheet *out, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (uint32_t i = 0; i < book->rules.count; i++) {
        const hdx_local_texts *queries = &book->rules.items[i].queries;
        for (size_t n = 0; n < queries->count && !status; n++) {
            const hdx_local_text *query = &queries->items[n];
            const hdx_locale *of = hdx_rulebook_locale(book, query->locale);
            if (!of || hdx_locale_fit(locale, of) > 0)
                status = add_phrase(book, i, query->text, analyser, scratch,
                                    out, err);
        }
    }
    hdx_analyser_trim(analyser);
    return status;
}

helpdex_status hdx_rule_sheet_make(hdx_rulebook *book, const hdx_locale *locale,
                                   const hdx_forward *forward,
                                   hdx_analyser *analyser, hdx_tokens *scratch,
                                   hdx_rule_sheet *out, helpdex_error *err)
{
    const hdx_rules *rules = &book->rules;
    size_t most = 0;
    *out = (hdx_rule_sheet){0};
    for (size_t i = 0; i < rules->count; i++)
        most += rules->items[i].queries.count;
    out->phrases =
        hdx_arena_alloc(&book->arena, (2 * most + 1) * sizeof *out->phrases);
    out->articles = hdx_arena_alloc(&book->arena,
                                    (rules->count + 1) * sizeof *out->articles);
    out->hidden = hdx_arena_alloc(&book->arena,
                                  hdx_forward_article_count(forward) / 8 + 1);
    if (!out->phrases || !out->articles || !out->hidden)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < rules->count; i++)
        out->articles[i] =
            rules->items[i].article.len
                ? hdx_forward_find(forward, rules->items[i].article)
                : HDX_NO_ARTICLE;
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++)
        if (hdx_forward_is_gone(forward, i))
            out->hidden[i / 8] |= (unsigned char)(1 << i % 8);
    return add_phrases(book, locale, analyser, scratch, out, err);
}

void hdx_rule_sheet_close(hdx_rule_sheet *sheet)
{
    hdx_map_free(&sheet->first);
    *sheet = (hdx_rule_sheet){0};
}

bool hdx_units_are_at(const hdx_units *phrase, const hdx_units *units,
                      size_t at)
{
    if (phrase->count > units->count - at)
        return false;
    for (size_t i = 0; i < phrase->count; i++) {
        const hdx_unit *a = &phrase->items[i], *b = &units->items[at + i];
        if (!hdx_str_eq(a->stem, b->stem) && !hdx_str_eq(a->loose, b->loose))
            return false;
    }
    return true;
}
