/*
 * Ways are followed from the start of a path, each node once; only the questions
 * of a path are counted along every way, because the same slot is asked once
 * however often nodes name it.
 */
#include "indexer/pathlint.h"

#include "text/shape.h"

/* Questions that somebody in trouble is asked at most, and the ways of one path
   that are counted: more are left to the eye. */
enum { QUESTIONS_MOST = 2, WAYS_MOST = 100000 };

static const char *const rules[HDX_PATH_FAULTS] = {
    [HDX_FAULT_FORM] = "triage",
    [HDX_FAULT_DEAD_END] = "triage-dead-end",
    [HDX_FAULT_LOOP] = "triage-loop",
    [HDX_FAULT_UNREACHABLE] = "triage-unreachable",
    [HDX_FAULT_QUESTIONS] = "triage-questions",
    [HDX_FAULT_ARTICLE] = "triage-article",
    [HDX_FAULT_TEXT] = "triage-text"};

const char *hdx_path_fault_rule(hdx_path_fault fault)
{
    return rules[fault];
}

typedef enum node_state { UNSEEN, ON_THE_WAY, DONE } node_state;

/* One path at work. */
typedef struct linter {
    hdx_arena arena;
    const hdx_paths *paths;
    const hdx_path *path;
    const hdx_path_world *world;
    hdx_path_hearer hearer;
    unsigned char *states;  /* a node_state of each node */
    unsigned *asked;        /* how often each slot is, on the way at work */
    size_t ways, questions; /* the most of any way */
    bool loops;
    helpdex_error *err;
} linter;

static helpdex_status tell(linter *l, hdx_path_fault fault, unsigned line,
                           unsigned column, hdx_str message)
{
    return message.ptr ? l->hearer.tell(l->hearer.context, fault, l->path->file,
                                        line, column, message.ptr)
                       : hdx_fail_nomem(l->err);
}

static helpdex_status tell_node(linter *l, hdx_path_fault fault,
                                const hdx_path_node *node, hdx_str message)
{
    return tell(l, fault, node->line, node->column, message);
}

static helpdex_status tell_dead_end(linter *l, const hdx_path_node *node,
                                    size_t way)
{
    static const char *const remedy[HDX_NODE_KINDS] = {
        [HDX_NODE_ASK] = "add next: and a node",
        [HDX_NODE_WHEN] = "add next: for when no condition holds",
        [HDX_NODE_ARTICLE] = "add otherwise: and a node, for when it does not "
                             "help",
        [HDX_NODE_LINK] = "add otherwise: and a node, for when it does not "
                          "help",
        [HDX_NODE_FLOW] = "add otherwise: and a node, for when it fails"};
    if (node->option_count) {
        const hdx_path_option *option = &node->options[way];
        return tell(l, HDX_FAULT_DEAD_END, option->line, option->column,
                    hdx_arena_format(&l->arena,
                                     "the option %.*s leads nowhere; add next: "
                                     "and a node",
                                     HDX_FMT(option->value)));
    }
    return tell_node(l, HDX_FAULT_DEAD_END, node,
                     hdx_arena_format(&l->arena,
                                      "the way ends at %.*s and comes to no "
                                      "person; %s",
                                      HDX_FMT(node->name), remedy[node->kind]));
}

/* Follows every way out of a node, each node once. */
static helpdex_status follow(linter *l, uint32_t at)
{
    const hdx_path_node *node = &l->path->nodes[at];
    helpdex_status status = HELPDEX_OK;
    uint32_t next;
    l->states[at] = ON_THE_WAY;
    for (size_t i = 0; !status && hdx_path_way(node, i, &next); i++) {
        if (next == HDX_NO_NODE) {
            status = tell_dead_end(l, node, i);
        } else if (l->states[next] == UNSEEN) {
            status = follow(l, next);
        } else if (l->states[next] == ON_THE_WAY) {
            l->loops = true;
            status = tell_node(
                l, HDX_FAULT_LOOP, node,
                hdx_arena_format(&l->arena,
                                 "%.*s leads back to %.*s, so that a customer "
                                 "goes round in circles; lead on to a person",
                                 HDX_FMT(node->name),
                                 HDX_FMT(l->path->nodes[next].name)));
        }
    }
    l->states[at] = DONE;
    return status;
}

static helpdex_status check_ways(linter *l)
{
    helpdex_status status = follow(l, l->path->start);
    for (size_t i = 0; i < l->path->node_count && !status; i++)
        if (l->states[i] == UNSEEN)
            status = tell_node(
                l, HDX_FAULT_UNREACHABLE, &l->path->nodes[i],
                hdx_arena_format(&l->arena,
                                 "no way leads to %.*s; lead one there, or "
                                 "remove it",
                                 HDX_FMT(l->path->nodes[i].name)));
    return status;
}

/* Asks for a slot or takes that back; what it adds to the questions. */
static size_t ask(linter *l, uint32_t slot, bool back)
{
    if (back)
        return --l->asked[slot] == 0;
    return l->asked[slot]++ == 0;
}

static size_t ask_all(linter *l, const hdx_path_node *node, bool back)
{
    size_t count = 0;
    if (node->kind == HDX_NODE_ASK)
        count += ask(l, node->slot, back);
    for (size_t i = 0; i < node->need_count; i++)
        count += ask(l, node->needs[i], back);
    return count;
}

/* Counts the questions of every way from a node on. */
static void count(linter *l, uint32_t at, size_t before)
{
    const hdx_path_node *node = &l->path->nodes[at];
    size_t questions = before + ask_all(l, node, false);
    uint32_t next;
    if (questions > l->questions)
        l->questions = questions;
    for (size_t i = 0; hdx_path_way(node, i, &next); i++)
        if (next != HDX_NO_NODE && l->ways++ < WAYS_MOST)
            count(l, next, questions);
    ask_all(l, node, true);
}

static helpdex_status check_questions(linter *l)
{
    if (!l->path->high_stakes || l->loops)
        return HELPDEX_OK;
    count(l, l->path->start, 0);
    if (l->questions <= QUESTIONS_MOST)
        return HELPDEX_OK;
    return tell(l, HDX_FAULT_QUESTIONS, l->path->line, l->path->column,
                hdx_arena_format(&l->arena,
                                 "%zu questions on one way, and stakes are "
                                 "high; ask %d at most, and let a person ask "
                                 "the rest",
                                 l->questions, QUESTIONS_MOST));
}

static bool serves(const hdx_path_world *world, const hdx_locale *reader,
                   hdx_str tag)
{
    hdx_locale locale;
    if (tag.len == 0)
        return hdx_locale_fit(reader, world->default_locale) > 0;
    return hdx_locale_parse(tag, &locale) &&
           hdx_locale_fit(reader, &locale) > 0;
}

/* Names the locales that a text lacks. */
static helpdex_status check_texts(linter *l, const hdx_local_texts *texts)
{
    hdx_buf missing = {0};
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; texts->count && i < l->world->locale_count; i++) {
        bool has = false;
        for (size_t n = 0; n < texts->count && !has; n++)
            has =
                serves(l->world, &l->world->locales[i], texts->items[n].locale);
        if (has)
            continue;
        hdx_buf_add(&missing, missing.len ? HDX_STR(", ") : HDX_STR(""));
        hdx_buf_add(&missing, hdx_str_of(l->world->locales[i].tag));
    }
    if (missing.failed)
        status = hdx_fail_nomem(l->err);
    else if (missing.len)
        status = tell(
            l, HDX_FAULT_TEXT, texts->items[0].line, texts->items[0].column,
            hdx_arena_format(&l->arena,
                             "no text for readers of %.*s, who see that "
                             "of a fallback; translate it",
                             HDX_FMT(hdx_buf_str(&missing))));
    hdx_buf_free(&missing);
    return status;
}

static helpdex_status check_tags(linter *l, const hdx_local_texts *texts)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < texts->count && !status; i++) {
        const hdx_local_text *text = &texts->items[i];
        hdx_locale locale;
        if (text->locale.len == 0)
            continue;
        status = hdx_locale_read(text->locale, &locale);
        if (status == HELPDEX_BAD_INPUT)
            status = tell(l, HDX_FAULT_FORM, text->line, text->column,
                          hdx_arena_format(&l->arena,
                                           "\"%.*s\" is not a language tag; "
                                           "write one, such as pt-BR",
                                           HDX_FMT(text->locale)));
    }
    return status;
}

/* What is to be there for every reader. */
static helpdex_status check_shown(linter *l, const hdx_local_texts *texts)
{
    helpdex_status status = check_tags(l, texts);
    return status || !l->world ? status : check_texts(l, texts);
}

static helpdex_status check_node_texts(linter *l, const hdx_path_node *node)
{
    helpdex_status status = check_shown(l, &node->text);
    if (!status)
        status = check_shown(l, &node->failed);
    for (size_t i = 0; i < node->option_count && !status; i++)
        status = check_shown(l, &node->options[i].label);
    return status;
}

/* A pattern stands in one line of its file, but where in it is not known. */
static helpdex_status check_slot(linter *l, const hdx_path_slot *slot)
{
    helpdex_error why;
    helpdex_status status = check_shown(l, &slot->ask);
    if (status || slot->pattern.len == 0)
        return status;
    status = hdx_shape_check(slot->pattern, &why);
    if (status != HELPDEX_BAD_INPUT)
        return status ? hdx_fail_nomem(l->err) : HELPDEX_OK;
    return tell(l, HDX_FAULT_FORM, slot->line, slot->column,
                hdx_arena_format(&l->arena, "the pattern is %s", why.message));
}

static helpdex_status check_all_texts(linter *l)
{
    const hdx_path *path = l->path;
    helpdex_status status = check_tags(l, &path->labels);
    if (!status)
        status = check_shown(l, &path->reassurance);
    for (size_t i = 0; i < path->slot_count && !status; i++)
        status = check_slot(l, &path->slots[i]);
    for (size_t i = 0; i < path->node_count && !status; i++)
        status = check_node_texts(l, &path->nodes[i]);
    return status;
}

static helpdex_status check_article(linter *l, hdx_str id, hdx_str section,
                                    unsigned line, unsigned column)
{
    hdx_str nearest = HDX_STR("");
    hdx_whereabouts found =
        l->world->look(l->world->context, id, section, &nearest);
    if (found == HDX_IS_THERE)
        return HELPDEX_OK;
    if (found == HDX_NO_SUCH_SECTION)
        return tell(l, HDX_FAULT_ARTICLE, line, column,
                    hdx_arena_format(&l->arena,
                                     "%.*s has no section #%.*s in the default "
                                     "locale; write one that it has, or none",
                                     HDX_FMT(id), HDX_FMT(section)));
    return tell(
        l, HDX_FAULT_ARTICLE, line, column,
        nearest.len
            ? hdx_arena_format(&l->arena,
                               "no article has the id \"%.*s\"; did you mean "
                               "%.*s?",
                               HDX_FMT(id), HDX_FMT(nearest))
            : hdx_arena_format(&l->arena,
                               "no article has the id \"%.*s\"; name another",
                               HDX_FMT(id)));
}

static helpdex_status check_articles(linter *l)
{
    const hdx_path *path = l->path;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < path->articles.count && !status; i++) {
        const hdx_local_text *id = &path->articles.items[i];
        status = check_article(l, id->text, HDX_STR(""), id->line, id->column);
    }
    for (size_t i = 0; i < path->node_count && !status; i++) {
        const hdx_path_node *node = &path->nodes[i];
        if (node->kind == HDX_NODE_ARTICLE)
            status = check_article(l, node->article, node->section, node->line,
                                   node->column);
    }
    return status;
}

static helpdex_status check_claim(linter *l, const hdx_path *other,
                                  const hdx_local_text *id)
{
    for (size_t i = 0; i < other->articles.count; i++)
        if (hdx_str_eq(other->articles.items[i].text, id->text))
            return tell(l, HDX_FAULT_FORM, id->line, id->column,
                        hdx_arena_format(&l->arena,
                                         "%.*s begins the path %.*s too (%s); "
                                         "take it out of one of them",
                                         HDX_FMT(id->text),
                                         HDX_FMT(other->name), other->file));
    return HELPDEX_OK;
}

/* What only one path can have: its name, and the articles that begin it. */
static helpdex_status check_others(linter *l)
{
    helpdex_status status = HELPDEX_OK;
    const hdx_path *path = l->path;
    for (const hdx_path *o = l->paths->items; o < path && !status; o++) {
        if (hdx_str_eq(o->name, path->name))
            status = tell(l, HDX_FAULT_FORM, path->line, path->column,
                          hdx_arena_format(&l->arena,
                                           "another path is called %.*s too "
                                           "(%s); write path: and another name",
                                           HDX_FMT(path->name), o->file));
        for (size_t i = 0; i < path->articles.count && !status; i++)
            status = check_claim(l, o, &path->articles.items[i]);
    }
    return status;
}

static helpdex_status lint(linter *l)
{
    l->loops = false;
    l->ways = l->questions = 0;
    l->states = hdx_arena_alloc(&l->arena, l->path->node_count + 1);
    l->asked = hdx_arena_alloc(&l->arena,
                               (l->path->slot_count + 1) * sizeof *l->asked);
    if (!l->states || !l->asked)
        return hdx_fail_nomem(l->err);
    helpdex_status status = check_others(l);
    if (!status)
        status = check_ways(l);
    if (!status)
        status = check_questions(l);
    if (!status)
        status = check_all_texts(l);
    return status || !l->world ? status : check_articles(l);
}

helpdex_status hdx_paths_lint(const hdx_paths *paths,
                              const hdx_path_world *world,
                              hdx_path_hearer hearer, helpdex_error *err)
{
    linter l = {.paths = paths, .world = world, .hearer = hearer, .err = err};
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < paths->count && !status; i++) {
        l.path = &paths->items[i];
        status = lint(&l);
    }
    hdx_arena_free(&l.arena);
    return status;
}
