/* store/paths.c, store/path_nodes.c */
#include "store/paths.h"

#include <stdio.h>

#include "tests/unit/support.h"

static hdx_paths paths;
static helpdex_error err;

static helpdex_status add(const char *text)
{
    err = (helpdex_error){0};
    return hdx_paths_read(&paths, hdx_str_of(text), "kb/triage/a.yml", "a.yml",
                          &err);
}

/* The one path of a file. */
static const hdx_path *one(const char *text)
{
    hdx_paths_free(&paths);
    ck_assert_msg(add(text) == HELPDEX_OK, "%s", err.message);
    ck_assert_uint_eq(paths.count, 1);
    return &paths.items[0];
}

/* The file is refused at "line:column", and the message has `what`. */
static void refused(const char *text, const char *place, const char *what)
{
    char seen[32];
    hdx_paths_free(&paths);
    ck_assert_int_eq(add(text), HELPDEX_BAD_INPUT);
    snprintf(seen, sizeof seen, "%u:%u", err.line, err.column);
    ck_assert_msg(strcmp(seen, place) == 0, "%s: %s", seen, err.message);
    ck_assert_str_eq(err.file, "kb/triage/a.yml");
    ck_assert_msg(strstr(err.message, what) != NULL, "%s", err.message);
    ck_assert_uint_eq(paths.count, 0);
    hdx_paths_free(&paths);
}

/* A path of which only its nodes are of interest. */
static const char *with_nodes(const char *nodes)
{
    static char text[2048];
    snprintf(text, sizeof text,
             "queue: desk\narticles: a\nslots: {s: , t: {ask: T?}}\nnodes:\n%s",
             nodes);
    return text;
}

#define PERSON "  p: {handoff: yes}\n"

START_TEST(a_path_is_called_like_its_file_and_begins_at_its_first_node)
{
    const hdx_path *p = one(with_nodes(PERSON "  q: {handoff: yes}\n"));
    ck_assert_str_is(p->name, "a");
    ck_assert_uint_eq(p->start, 0);
    ck_assert(!p->high_stakes);
    ck_assert_int_eq(p->urgency, HDX_URGENCY_NORMAL);
    ck_assert_str_is(p->articles.items[0].text, "a");
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(a_path_says_who_takes_over_and_how_soon)
{
    const hdx_path *p =
        one("path: gone\nstakes: high\nqueue: fraud\nurgency: urgent\n"
            "labels: {th: [เงินหาย], ar: [فلوسي راحت]}\n"
            "reassurance: {en: Safe., de: Sicher.}\nstart: b\n"
            "nodes: {a: {handoff: yes, queue: vip, urgency: low},\n"
            "        b: {handoff: yes}}\n");
    ck_assert_str_is(p->name, "gone");
    ck_assert(p->high_stakes);
    ck_assert_uint_eq(p->labels.count, 2);
    ck_assert_str_is(p->labels.items[0].text, "เงินหาย");
    ck_assert_str_is(p->reassurance.items[1].locale, "de");
    ck_assert_uint_eq(p->start, 1);
    ck_assert_str_is(p->nodes[0].queue, "vip");
    ck_assert_int_eq(p->nodes[0].urgency, HDX_URGENCY_LOW);
    ck_assert_str_is(p->nodes[1].queue, "fraud");
    ck_assert_int_eq(p->nodes[1].urgency, HDX_URGENCY_URGENT);
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(options_lead_to_nodes_that_stand_below)
{
    const hdx_path *p = one(with_nodes(
        "  q:\n    ask: {en: How?, ja: 方法は？}\n    slot: s\n    options:\n"
        "      - {value: card, label: {en: Card, ja: カード}, next: p}\n"
        "      - {value: bank, label: Bank}\n    next: p\n" PERSON));
    const hdx_path_node *q = &p->nodes[0];
    ck_assert_int_eq(q->kind, HDX_NODE_ASK);
    ck_assert_str_is(q->text.items[1].text, "方法は？");
    ck_assert_uint_eq(q->option_count, 2);
    ck_assert_str_is(q->options[0].label.items[1].text, "カード");
    ck_assert_uint_eq(q->options[0].next, 1);
    ck_assert_uint_eq(q->options[1].next, HDX_NO_NODE);
    ck_assert_uint_eq(q->next, 1);
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(conditions_hold_together_and_in_order)
{
    const hdx_path *p = one(with_nodes(
        "  q:\n    when:\n      - {region: [DE, AT], s: x, next: p}\n"
        "      - {account.state: frozen, next: p}\n    next: p\n" PERSON));
    const hdx_path_node *q = &p->nodes[0];
    ck_assert_int_eq(q->kind, HDX_NODE_WHEN);
    ck_assert_uint_eq(q->case_count, 2);
    ck_assert_uint_eq(q->cases[0].count, 2);
    ck_assert_str_is(q->cases[0].tests[0].values, "DE\nAT");
    ck_assert_str_is(q->cases[1].tests[0].name, "account.state");
    ck_assert_uint_eq(q->cases[1].next, 1);
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(ends_are_articles_screens_flows_and_persons)
{
    const hdx_path *p = one(with_nodes(
        "  a: {article: fees, section: cards, otherwise: p}\n"
        "  l: {deep_link: 'app://x', text: {en: Open it}, otherwise: p}\n"
        "  f: {flow: poa, needs: [t], failed: {en: No.}, otherwise: p}\n"
        "  p: {handoff: yes, needs: t}\n"));
    ck_assert_int_eq(p->nodes[0].kind, HDX_NODE_ARTICLE);
    ck_assert_str_is(p->nodes[0].section, "cards");
    ck_assert_uint_eq(p->nodes[0].next, 3);
    ck_assert_str_is(p->nodes[1].link, "app://x");
    ck_assert_str_is(p->nodes[2].flow, "poa");
    ck_assert_uint_eq(p->nodes[2].needs[0], 1);
    ck_assert_str_is(p->nodes[2].failed.items[0].text, "No.");
    ck_assert_int_eq(p->nodes[3].kind, HDX_NODE_PERSON);
    ck_assert_uint_eq(p->nodes[3].need_count, 1);
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(slots_say_where_they_come_from)
{
    const hdx_path *p = one(
        "queue: d\narticles: a\nslots:\n  method:\n  network: {context: "
        "chain}\n"
        "  txid: {ask: {en: Which?}, pattern: '[0-9a-f]{64}', optional: yes}\n"
        "nodes: {p: {handoff: yes}}\n");
    ck_assert_uint_eq(p->slot_count, 3);
    ck_assert_str_is(p->slots[0].context, "method");
    ck_assert_str_is(p->slots[1].context, "chain");
    ck_assert_str_is(p->slots[2].pattern, "[0-9a-f]{64}");
    ck_assert(p->slots[2].optional);
    ck_assert(!p->slots[1].optional);
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(a_blank_file_has_no_path)
{
    hdx_paths_free(&paths);
    ck_assert_int_eq(add("# soon\n"), HELPDEX_OK);
    ck_assert_uint_eq(paths.count, 0);
    hdx_paths_free(&paths);
}
END_TEST

START_TEST(unknown_keys_are_refused_with_the_nearest)
{
    refused("queu: x\n", "1:1", "did you mean queue?");
    refused(with_nodes("  p: {handoff: yes, urgancy: low}\n"), "5:21",
            "below a node that hands over; did you mean urgency?");
    refused(with_nodes("  q: {ask: A?, slot: s, option: [], next: p}\n" PERSON),
            "5:25", "did you mean options?");
    refused("queue: d\narticles: a\nslots: {s: {as: x}}\n", "3:13",
            "below slots; did you mean ask?");
    refused("queue: a\nQUEUE: b\n", "2:1", "written twice");
}
END_TEST

START_TEST(names_that_lead_nowhere_are_refused)
{
    refused(with_nodes("  q: {ask: A?, slot: s, next: pp}\n" PERSON), "5:25",
            "no node is called \"pp\"; did you mean p?");
    refused(with_nodes("  q: {ask: A?, slot: u, next: p}\n" PERSON), "5:16",
            "nobody declares the slot \"u\"");
    refused(with_nodes("  p: {handoff: yes, needs: [s]}\n"), "5:29",
            "the slot has no question");
    refused("queue: d\narticles: a\nstart: x\nnodes: {p: {handoff: yes}}\n",
            "3:1", "no node is called \"x\"");
}
END_TEST

START_TEST(what_a_path_cannot_do_without_is_named)
{
    refused("articles: a\nnodes: {p: {handoff: yes}}\n", "1:1", "queue");
    refused("queue: a\nnodes: {p: {handoff: yes}}\n", "1:1",
            "nothing leads to this path");
    refused("queue: a\narticles: b\n", "1:1", "add nodes:");
    refused("queue: a\narticles: b\nstakes: high\n"
            "nodes: {p: {handoff: yes}}\n",
            "1:1", "reassurance");
    refused("- a\n", "1:1", "no path");
}
END_TEST

START_TEST(what_a_node_cannot_do_without_is_named)
{
    refused(with_nodes("  q: {next: p}\n" PERSON), "5:3", "does nothing");
    refused(with_nodes("  q: {article: a, flow: b}\n"), "5:19",
            "article and flow in one node");
    refused(with_nodes("  q: {ask: A?, next: p}\n" PERSON), "5:3",
            "without a slot");
    refused(with_nodes("  q: {deep_link: 'x:'}\n"), "5:3", "without a text");
    refused(with_nodes("  q: {flow: x}\n"), "5:3", "add failed:");
    refused(with_nodes("  p: {handoff: no}\n"), "5:7", "write handoff: yes");
    refused(with_nodes("  q: {when: [{next: p}], next: p}\n" PERSON), "5:14",
            "always true");
    refused(with_nodes("  q: {when: [{region: DE}], next: p}\n" PERSON), "5:14",
            "it leads nowhere");
}
END_TEST

START_TEST(options_are_told_apart)
{
    refused(with_nodes("  q: {ask: A?, slot: s, options: [{value: a, label: A},"
                       " {value: A, label: B}], next: p}\n" PERSON),
            "5:57", "another option has this value");
    refused(with_nodes("  q: {ask: A?, slot: s, options: [{value: a}]}\n"),
            "5:35", "without a label");
    refused(with_nodes("  q: {ask: A?, slot: s, options: [{label: a}]}\n"),
            "5:35", "without a value");
    refused(with_nodes("  q: {ask: A?, slot: s, options: []}\n"), "5:25",
            "no options");
}
END_TEST

START_TEST(a_path_has_no_more_than_a_conversation_carries)
{
    hdx_buf many = {0};
    hdx_buf_add(&many, HDX_STR("  n:\n    ask: A?\n    slot: s\n    next: p\n"
                               "    options:\n"));
    for (int i = 0; i < 13; i++) {
        char option[64];
        snprintf(option, sizeof option, "      - {value: v%d, label: L%d}\n", i,
                 i);
        hdx_buf_add(&many, hdx_str_of(option));
    }
    hdx_buf_add(&many, HDX_STR(PERSON));
    hdx_buf_byte(&many, '\0');
    refused(with_nodes(many.ptr), "9:5", "more than 12 options");
    hdx_buf_free(&many);
    refused("queue: q\nslots: {a: , b: , c: , d: , e: , f: , g: , h: , i: , "
            "j: , k: , l: , m: , n: , o: , p: , q: }\nnodes:\n" PERSON,
            "2:1", "more than 16 slots");
}
END_TEST

START_TEST(values_of_few_words_are_checked)
{
    refused("stakes: hihg\n", "1:1", "write high or normal");
    refused("urgency: soon\n", "1:1", "low, normal, high or urgent");
    refused("slots: {s: {optional: maybe}}\n", "1:13", "neither yes nor no");
    refused("labels: {en: {a: b}}\n", "1:10", "no list of texts");
    refused("reassurance: {en: [a, b]}\n", "1:15", "one text in each locale");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_path_is_called_like_its_file_and_begins_at_its_first_node,
        a_path_says_who_takes_over_and_how_soon,
        options_lead_to_nodes_that_stand_below,
        conditions_hold_together_and_in_order,
        ends_are_articles_screens_flows_and_persons,
        slots_say_where_they_come_from,
        a_blank_file_has_no_path,
        unknown_keys_are_refused_with_the_nearest,
        names_that_lead_nowhere_are_refused,
        what_a_path_cannot_do_without_is_named,
        what_a_node_cannot_do_without_is_named,
        options_are_told_apart,
        a_path_has_no_more_than_a_conversation_carries,
        values_of_few_words_are_checked,
        NULL};
    return run_suite("paths", tests);
}
