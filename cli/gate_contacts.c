/*
 * Each contact is asked three things: which article it cites, of which locale
 * it is, and what may be written of it. Why one is left out is counted, and
 * said with its place where somebody can do something about it.
 */
#include "cli/gate_contacts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/intake.h"
#include "cli/render.h"
#include "eval/citation.h"
#include "eval/harvest.h"
#include "importer/contacts.h"

/* What became of a contact. The first that holds counts. */
typedef enum fate {
    FATE_ADDED,
    FATE_KNOWN,
    FATE_NO_ARTICLE,
    FATE_UNKNOWN_ARTICLE,
    FATE_NO_LOCALE,
    FATE_NO_QUERY,
    FATE_SEED_PHRASE,
    FATES
} fate;

static const struct {
    const char *key;  /* in JSON */
    const char *text; /* for people; of those that are left out */
} fates[FATES] = {
    [FATE_ADDED] = {"added", NULL},
    [FATE_KNOWN] = {"known", NULL},
    [FATE_NO_ARTICLE] = {"no_article", "cite no article"},
    [FATE_UNKNOWN_ARTICLE] = {"unknown_article",
                              "cite an article that no locale of the index "
                              "has"},
    [FATE_NO_LOCALE] = {"no_locale", "say no locale"},
    [FATE_NO_QUERY] = {"no_query", "say nothing that could be asked"},
    [FATE_SEED_PHRASE] = {"seed_phrase", "hold the seed phrase of a wallet"}};

typedef struct gleaning {
    const cli_options *options;
    helpdex_searcher *searcher;
    hdx_contacts contacts;
    hdx_citations citations;
    hdx_harvest harvest;
    hdx_arena arena;
    const char **ids; /* that the contact at hand cites */
    size_t id_count, id_capacity;
    size_t counts[FATES];
    helpdex_error err;
} gleaning;

static helpdex_status warn(gleaning *g, const hdx_contact *contact,
                           const char *what)
{
    return hdx_intake_say(&g->contacts.in, HELPDEX_WARNING, contact->place,
                          &g->err, "%s", what);
}

/* The canonical tag; NULL after saying that there is none. */
static helpdex_status locale_of(gleaning *g, const hdx_contact *contact,
                                const char **out)
{
    const char *tag = g->options->locale;
    *out = NULL;
    if (contact->locale.len)
        tag = hdx_arena_copy(&g->arena, contact->locale).ptr;
    if (!tag && contact->locale.len)
        return hdx_fail_nomem(&g->err);
    if (!tag)
        return warn(g, contact, "no locale; say which with --locale");
    helpdex_status status =
        hdx_canonical_locale(g->searcher, tag, &g->arena, out, &g->err);
    if (status != HELPDEX_INVALID)
        return status;
    *out = NULL;
    return warn(g, contact,
                "its locale is not a language tag; write one, such as pt-BR");
}

static helpdex_status cite(gleaning *g, const char *id)
{
    if (!hdx_grow(&g->ids, &g->id_capacity, g->id_count + 1, sizeof *g->ids))
        return hdx_fail_nomem(&g->err);
    g->ids[g->id_count++] = id;
    return HELPDEX_OK;
}

static helpdex_status cite_links(gleaning *g, hdx_str text)
{
    const char *id;
    helpdex_status status;
    do {
        status = hdx_cited_next(&g->citations, &text, &id, &g->err);
        if (!status && id)
            status = cite(g, id);
    } while (!status && id);
    return status;
}

/* Finds what the contact cites. `*unknown`: something like an id or an address
   that is of no article; where words stand, links in them are looked for. */
static helpdex_status find_cited(gleaning *g, const hdx_contact *contact,
                                 bool *unknown)
{
    helpdex_status status = HELPDEX_OK;
    *unknown = false;
    g->id_count = 0;
    for (size_t i = 0; i < HDX_CONTACT_ARTICLES && !status; i++) {
        hdx_str text = contact->articles[i];
        const char *id;
        status = hdx_cited_as(&g->citations, text, &id, &g->err);
        if (!status && id)
            status = cite(g, id);
        else if (!status && text.len && !memchr(text.ptr, ' ', text.len))
            *unknown = true;
        else if (!status)
            status = cite_links(g, text);
    }
    for (size_t i = 0; i < HDX_CONTACT_REPLIES && !status; i++)
        status = cite_links(g, contact->replies[i]);
    return status;
}

/* Of several articles any new row counts. */
static helpdex_status add_rows(gleaning *g, const hdx_contact *contact,
                               const char *locale, fate *out)
{
    static const fate of[] = {[HDX_HARVEST_ADDED] = FATE_ADDED,
                              [HDX_HARVEST_KNOWN] = FATE_KNOWN,
                              [HDX_HARVEST_SEED_PHRASE] = FATE_SEED_PHRASE,
                              [HDX_HARVEST_NO_QUERY] = FATE_NO_QUERY};
    helpdex_status status = HELPDEX_OK;
    *out = FATES;
    for (size_t i = 0; i < g->id_count && !status; i++) {
        hdx_harvested outcome = HDX_HARVEST_KNOWN;
        status = hdx_harvest_add(&g->harvest, locale, contact->text, g->ids[i],
                                 &outcome, &g->err);
        *out = of[outcome] < *out ? of[outcome] : *out;
    }
    return status;
}

static helpdex_status consider(gleaning *g, const hdx_contact *contact)
{
    const char *locale = NULL;
    bool unknown;
    fate found = FATE_NO_ARTICLE;
    helpdex_status status = find_cited(g, contact, &unknown);
    if (!status && g->id_count == 0 && unknown) {
        found = FATE_UNKNOWN_ARTICLE;
        status = warn(g, contact,
                      "no locale of the index has the article; correct its "
                      "id, or build the index anew");
    } else if (!status && g->id_count) {
        found = FATE_NO_LOCALE;
        status = locale_of(g, contact, &locale);
    }
    if (!status && locale)
        status = add_rows(g, contact, locale, &found);
    if (!status && found == FATE_SEED_PHRASE)
        status = warn(g, contact,
                      "it seems to hold the seed phrase of a wallet, and is "
                      "left out; remove it where it came from, too");
    if (!status)
        g->counts[found]++;
    return status;
}

static helpdex_status glean(gleaning *g, const char *dir)
{
    const cli_options *o = g->options;
    helpdex_status status =
        helpdex_searcher_open(o->index, &g->searcher, &g->err);
    if (!status)
        status = hdx_citations_open(g->searcher, &g->citations, &g->err);
    if (!status)
        status = hdx_harvest_open(g->searcher, dir, &g->harvest, &g->err);
    if (!status)
        status = hdx_contacts_read(o->contacts, &g->contacts, &g->err);
    if (!status && g->contacts.in.refused)
        status = hdx_fail(&g->err, HELPDEX_BAD_INPUT,
                          "nothing was written; mend what is named above");
    for (size_t i = 0; i < g->contacts.count && !status; i++)
        status = consider(g, &g->contacts.items[i]);
    return status ? status : hdx_harvest_write(&g->harvest, &g->err);
}

static void print_json(const gleaning *g)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddNumberToObject(root, "contacts", (double)g->contacts.count);
    for (size_t i = 0; i < FATES; i++)
        cJSON_AddNumberToObject(root, fates[i].key, (double)g->counts[i]);
    cJSON *files = cJSON_AddArrayToObject(root, "files");
    for (size_t i = 0; i < g->harvest.count; i++) {
        const hdx_harvest_file *file = &g->harvest.files[i];
        if (file->added == 0)
            continue;
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "file", file->path);
        cJSON_AddNumberToObject(item, "rows", (double)file->added);
        cJSON_AddItemToArray(files, item);
    }
    cli_print_json(root, false);
}

static void print(const gleaning *g)
{
    for (size_t i = 0; i < g->harvest.count; i++) {
        const hdx_harvest_file *file = &g->harvest.files[i];
        if (file->added == 0)
            continue;
        cli_print_text(file->path, stdout);
        printf(": %zu rows added\n", file->added);
    }
    printf("%zu contacts: %zu became golden queries, %zu were there\n",
           g->contacts.count, g->counts[FATE_ADDED], g->counts[FATE_KNOWN]);
    for (size_t i = 0; i < FATES; i++)
        if (fates[i].text && g->counts[i])
            printf("left out: %zu %s\n", g->counts[i], fates[i].text);
    if (g->counts[FATE_ADDED])
        puts("read them before you commit them: names of people are not "
             "redacted");
}

int cli_gate_contacts(const cli_options *options, const char *dir)
{
    gleaning g = {.options = options};
    int code = EXIT_DONE;
    helpdex_status status = glean(&g, dir);
    cli_print_intake(&g.contacts.in, options->quiet);
    if (status)
        code = cli_fail(&g.err);
    else if (options->json)
        print_json(&g);
    else if (!options->quiet)
        print(&g);
    free(g.ids);
    hdx_contacts_free(&g.contacts);
    hdx_harvest_free(&g.harvest);
    hdx_citations_free(&g.citations);
    helpdex_searcher_free(g.searcher);
    hdx_arena_free(&g.arena);
    return code;
}
