/*
 * One walk: what is known is gathered, what was said is put into the slot that
 * was asked for, and the nodes are followed until one has something to say. A
 * checked path has no loop; one that has is left for a person.
 */
#include "assist/path.h"

#include "text/shape.h"

/* What a slot takes of a message, in bytes. */
enum { SLOT_BYTES = 500 };

typedef struct known {
    hdx_str value;
    bool known;
    bool given;
} known;

typedef struct walker {
    const hdx_pathbook *book;
    const hdx_walk *walk;
    const hdx_path *path;
    known *slots; /* of the path, in order */
    hdx_arena *arena;
    helpdex_error *err;
} walker;

static const hdx_fact *find_fact(hdx_facts facts, hdx_str name)
{
    for (size_t i = 0; i < facts.count; i++)
        if (hdx_str_eq(facts.items[i].name, name))
            return &facts.items[i];
    return NULL;
}

/* What the customer said goes before what the caller knows of them. */
static helpdex_status gather(walker *w)
{
    w->slots =
        hdx_arena_alloc(w->arena, (w->path->slot_count + 1) * sizeof *w->slots);
    if (!w->slots)
        return hdx_fail_nomem(w->err);
    for (size_t i = 0; i < w->path->slot_count; i++) {
        const hdx_path_slot *slot = &w->path->slots[i];
        const hdx_fact *said = find_fact(w->walk->slots, slot->name);
        const hdx_fact *fact = find_fact(w->walk->context, slot->context);
        if (said)
            w->slots[i] = (known){said->value, true, false};
        else if (fact && fact->value.len)
            w->slots[i] = (known){fact->value, true, true};
    }
    return HELPDEX_OK;
}

static uint32_t find_node(const hdx_path *path, hdx_str name)
{
    for (uint32_t i = 0; i < path->node_count; i++)
        if (hdx_str_eq(path->nodes[i].name, name))
            return i;
    return HDX_NO_NODE;
}

static bool is_end(const hdx_path_node *node)
{
    return node->kind != HDX_NODE_ASK && node->kind != HDX_NODE_WHEN;
}

/* The option that a value is of; NULL: none. */
static const hdx_path_option *option_of(const hdx_path_node *node,
                                        hdx_str value)
{
    for (size_t i = 0; i < node->option_count; i++)
        if (hdx_str_eq_nocase(node->options[i].value, value))
            return &node->options[i];
    return NULL;
}

/* Whether a question need not be asked. */
static bool is_answered(const walker *w, const hdx_path_node *node)
{
    const known *slot = &w->slots[node->slot];
    return slot->known &&
           (node->option_count == 0 || option_of(node, slot->value));
}

/* The slot that an end has to ask for first; HDX_NO_SLOT: none. */
static uint32_t first_need(const walker *w, const hdx_path_node *node)
{
    for (size_t i = 0; i < node->need_count; i++)
        if (!w->slots[node->needs[i]].known)
            return node->needs[i];
    return HDX_NO_SLOT;
}

/* The slot that a node asks for now; HDX_NO_SLOT: none. */
static uint32_t asked_at(const walker *w, const hdx_path_node *node)
{
    if (node->kind == HDX_NODE_ASK)
        return node->slot;
    return first_need(w, node);
}

static helpdex_status prepare(walker *w, hdx_str text, hdx_phrase_text *out)
{
    if (!hdx_phrase_prepare(w->arena, text, out))
        return hdx_fail_nomem(w->err);
    hdx_phrase_loosen(out);
    return HELPDEX_OK;
}

/* How near an answer comes to a label, from the nearest; SHARES: it has a longer
   word of it, as "by crypto" has of "As crypto". */
typedef enum nearness { SAME, WITHIN, PART, SHARES, NEARNESSES } nearness;

enum { SHARED_LETTERS = 4 };

/* Whether a word of the answer that is not short stands in the label. */
static bool shares_word(const hdx_phrase_text *answer,
                        const hdx_phrase_text *label)
{
    for (size_t i = 0, end; i < answer->count; i = end + 1) {
        for (end = i; end < answer->count && answer->letters[end];)
            end++;
        hdx_phrase_text word = {answer->letters + i, answer->places + i,
                                end - i};
        if (word.count >= SHARED_LETTERS &&
            hdx_phrase_find(label, &word) != SIZE_MAX)
            return true;
    }
    return false;
}

static helpdex_status compare(walker *w, const hdx_phrase_text *answer,
                              const hdx_path_option *option, bool *near)
{
    for (size_t i = 0; i < option->label.count; i++) {
        hdx_phrase_text label;
        if (prepare(w, option->label.items[i].text, &label))
            return HELPDEX_NOMEM;
        near[SAME] = near[SAME] || hdx_phrase_same(answer, &label);
        near[WITHIN] =
            near[WITHIN] || hdx_phrase_find(answer, &label) != SIZE_MAX;
        near[PART] = near[PART] || hdx_phrase_find(&label, answer) != SIZE_MAX;
        near[SHARES] = near[SHARES] || shares_word(answer, &label);
    }
    return HELPDEX_OK;
}

/* The one option whose label comes nearest, in whatever language; NULL: none
   does, or two come as near. */
static helpdex_status by_label(walker *w, const hdx_path_node *node,
                               const hdx_phrase_text *answer,
                               const hdx_path_option **out)
{
    size_t count[NEARNESSES] = {0};
    const hdx_path_option *best[NEARNESSES];
    *out = NULL;
    for (size_t i = 0; i < node->option_count; i++) {
        bool near[NEARNESSES] = {false};
        if (compare(w, answer, &node->options[i], near))
            return HELPDEX_NOMEM;
        for (nearness n = 0; n < NEARNESSES; n++)
            if (near[n]) {
                count[n]++;
                best[n] = &node->options[i];
            }
    }
    for (nearness n = 0; n < NEARNESSES && !*out; n++) {
        if (count[n] > 1)
            return HELPDEX_OK;
        *out = count[n] ? best[n] : NULL;
    }
    return HELPDEX_OK;
}

/* By its value, its number or its label. */
static helpdex_status choose(walker *w, const hdx_path_node *node, hdx_str text,
                             hdx_str *out)
{
    hdx_phrase_text answer;
    const hdx_path_option *option = option_of(node, text);
    helpdex_status status = prepare(w, text, &answer);
    if (status)
        return status;
    unsigned number = hdx_phrase_number(&answer);
    if (!option && number > 0 && number <= node->option_count)
        option = &node->options[number - 1];
    if (!option)
        status = by_label(w, node, &answer, &option);
    *out = option ? option->value : (hdx_str){0};
    return status;
}

static helpdex_status is_skipped(walker *w, hdx_str text, bool *out)
{
    hdx_phrase_text said, skip;
    helpdex_status status = prepare(w, text, &said);
    if (!status)
        status = prepare(w, w->walk->skip, &skip);
    if (status)
        return status;
    *out = skip.count && hdx_phrase_same(&said, &skip);
    return HELPDEX_OK;
}

static helpdex_status fill_free(walker *w, const hdx_path_slot *slot,
                                hdx_str text, hdx_str *out)
{
    bool skipped = false;
    helpdex_status status =
        slot->optional ? is_skipped(w, text, &skipped) : HELPDEX_OK;
    text = hdx_str_trim(hdx_utf8_cut(text, SLOT_BYTES));
    *out = skipped ? HDX_STR("") : text.len ? text : (hdx_str){0};
    if (status || skipped || !text.len || !slot->pattern.len)
        return status;
    return hdx_shape_find(slot->pattern, text, out, w->err);
}

/* Puts what was said into the slot that was asked for. `*understood` is false
   when it fits none. */
static helpdex_status take(walker *w, const hdx_path_node *node,
                           bool *understood)
{
    uint32_t slot = asked_at(w, node);
    hdx_str value = {0}, text = hdx_str_trim(w->walk->text);
    helpdex_status status;
    *understood = true;
    if (slot == HDX_NO_SLOT)
        return HELPDEX_OK;
    if (node->options)
        status = choose(w, node, text, &value);
    else
        status = fill_free(w, &w->path->slots[slot], text, &value);
    *understood = value.ptr != NULL;
    if (!status && *understood)
        w->slots[slot] = (known){value, true, false};
    return status;
}

static bool holds(const walker *w, const hdx_path_test *test)
{
    hdx_str value = HDX_STR(""), rest = test->values, line;
    const hdx_fact *fact = find_fact(w->walk->context, test->name);
    if (fact)
        value = fact->value;
    for (size_t i = 0; i < w->path->slot_count; i++)
        if (w->slots[i].known && hdx_str_eq(w->path->slots[i].name, test->name))
            value = w->slots[i].value;
    while (value.len && hdx_str_line(&rest, &line))
        if (hdx_str_eq_nocase(line, value))
            return true;
    return false;
}

static uint32_t fork_next(const walker *w, const hdx_path_node *node)
{
    for (size_t i = 0; i < node->case_count; i++) {
        const hdx_path_case *at = &node->cases[i];
        size_t held = 0;
        while (held < at->count && holds(w, &at->tests[held]))
            held++;
        if (held == at->count)
            return at->next;
    }
    return node->next;
}

/* From a node on to one that has something to say; HDX_NO_NODE: there is none. */
static uint32_t follow(const walker *w, uint32_t at)
{
    for (size_t steps = 0; steps <= w->path->node_count; steps++) {
        if (at == HDX_NO_NODE)
            return at;
        const hdx_path_node *node = &w->path->nodes[at];
        const hdx_path_option *option;
        if (node->kind == HDX_NODE_WHEN) {
            at = fork_next(w, node);
        } else if (node->kind == HDX_NODE_ASK && is_answered(w, node)) {
            option = option_of(node, w->slots[node->slot].value);
            at = option && option->next != HDX_NO_NODE ? option->next
                                                       : node->next;
        } else {
            return at;
        }
    }
    return HDX_NO_NODE;
}

static void say(const walker *w, const hdx_local_texts *texts, hdx_step *out)
{
    const hdx_local_text *text =
        hdx_pathbook_text(w->book, texts, w->walk->readers);
    if (!text)
        return;
    out->text = text->text;
    out->locale = hdx_pathbook_locale(w->book, text);
}

static helpdex_status give_options(walker *w, const hdx_path_node *node,
                                   hdx_step *out)
{
    out->options = hdx_arena_alloc(w->arena, (node->option_count + 1) *
                                                 sizeof *out->options);
    if (!out->options)
        return hdx_fail_nomem(w->err);
    for (size_t i = 0; i < node->option_count; i++) {
        const hdx_path_option *from = &node->options[i];
        const hdx_local_text *label =
            hdx_pathbook_text(w->book, &from->label, w->walk->readers);
        out->options[out->option_count++] =
            (hdx_step_option){from->value, label->text};
    }
    return HELPDEX_OK;
}

static helpdex_status give_slots(walker *w, hdx_step *out)
{
    const hdx_path *path = w->path;
    out->slots =
        hdx_arena_alloc(w->arena, (path->slot_count + 1) * sizeof *out->slots);
    if (!out->slots)
        return hdx_fail_nomem(w->err);
    for (size_t i = 0; i < path->slot_count; i++)
        if (w->slots[i].known)
            out->slots[out->slot_count++] = (hdx_step_slot){
                path->slots[i].name, w->slots[i].value, w->slots[i].given};
    return HELPDEX_OK;
}

static helpdex_status give_question(walker *w, const hdx_path_node *node,
                                    uint32_t asked, hdx_step *out)
{
    const hdx_path_slot *slot = &w->path->slots[asked];
    out->kind = HDX_STEP_QUESTION;
    out->slot = slot->name;
    say(w, node->kind == HDX_NODE_ASK ? &node->text : &slot->ask, out);
    out->optional = node->option_count == 0 && slot->optional;
    return give_options(w, node, out);
}

static void give_end(const walker *w, const hdx_path_node *node, hdx_step *out)
{
    static const hdx_step_kind kinds[HDX_NODE_KINDS] = {
        [HDX_NODE_ARTICLE] = HDX_STEP_ARTICLE,
        [HDX_NODE_LINK] = HDX_STEP_LINK,
        [HDX_NODE_FLOW] = HDX_STEP_FLOW,
        [HDX_NODE_PERSON] = HDX_STEP_PERSON};
    const hdx_local_text *failed =
        hdx_pathbook_text(w->book, &node->failed, w->walk->readers);
    out->kind = kinds[node->kind];
    say(w, &node->text, out);
    out->article = node->article;
    out->section = node->section;
    out->link = node->link;
    out->flow = node->flow;
    out->failed = failed ? failed->text : HDX_STR("");
    out->more = node->next != HDX_NO_NODE;
}

static helpdex_status give(walker *w, uint32_t at, hdx_step *out)
{
    *out = (hdx_step){.kind = HDX_STEP_PERSON,
                      .path = w->path,
                      .queue = w->path->queue,
                      .urgency = w->path->urgency};
    helpdex_status status = give_slots(w, out);
    if (status || at == HDX_NO_NODE)
        return status;
    const hdx_path_node *node = &w->path->nodes[at];
    uint32_t asked = asked_at(w, node);
    out->node = node->name;
    out->queue = node->queue;
    out->urgency = node->urgency;
    if (asked != HDX_NO_SLOT)
        return give_question(w, node, asked, out);
    give_end(w, node, out);
    return HELPDEX_OK;
}

helpdex_status hdx_path_walk(const hdx_pathbook *book, const hdx_walk *walk,
                             hdx_arena *arena, hdx_step *out,
                             helpdex_error *err)
{
    walker w = {book, walk, walk->path, NULL, arena, err};
    const hdx_path *path = walk->path;
    bool understood = true;
    uint32_t at = walk->node.len ? find_node(path, walk->node) : path->start;
    if (at == HDX_NO_NODE)
        return hdx_fail(err, HELPDEX_NOT_FOUND,
                        "the path %.*s has no node \"%.*s\"; begin it again",
                        HDX_FMT(path->name), HDX_FMT(walk->node));
    helpdex_status status = gather(&w);
    if (!status && walk->said == HDX_SAID_TEXT && walk->node.len)
        status = take(&w, &path->nodes[at], &understood);
    if (status)
        return status;
    if (!understood) {
        status = give(&w, walk->missed ? HDX_NO_NODE : at, out);
        out->missed = true;
        return status;
    }
    if (walk->said == HDX_SAID_UNHELPED)
        at = is_end(&path->nodes[at]) ? path->nodes[at].next : HDX_NO_NODE;
    return give(&w, follow(&w, at), out);
}
