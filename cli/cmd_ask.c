/*
 * helpdex ask: one message, a batch of them, or a conversation, in which every
 * line of standard input is a message.
 */
#include <helpdex/decide.h>
#include <helpdex/handoff.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/random.h"
#include "base/str.h"
#include "cli/batch.h"
#include "cli/cli.h"
#include "cli/render.h"
#include "present/answers.h"
#include "server/converse.h"

enum { PIECE_BYTES = 1000, KEY_BYTES = 32, FACTS_MOST = CLI_LIST_MOST + 3 };

typedef struct asking {
    const cli_options *options;
    helpdex_assistant *assistant;
    helpdex_handoff_config *config; /* NULL: none */
    helpdex_outbox *outbox;         /* likewise */
    char names[CLI_LIST_MOST][64];
    helpdex_fact facts[FACTS_MOST];
    size_t fact_count;
    const char *key; /* NULL: conversations cannot go on */
    size_t key_size;
    char own_key[KEY_BYTES]; /* of a conversation in this process */
    bool colour;
} asking;

/* What does not go together; NULL: all is well. */
static const char *misuse(const cli_options *o)
{
    if (o->batch && o->arg_count)
        return "--batch takes no message; leave one of them out";
    if (o->batch && o->session)
        return "the lines of a batch have no session; leave --session out";
    if (o->latency && !o->batch)
        return "--latency is for --batch";
    return NULL;
}

static void add_fact(asking *a, const char *name, const char *value)
{
    if (value)
        a->facts[a->fact_count++] = (helpdex_fact){name, value};
}

static int read_facts(asking *a)
{
    const cli_options *o = a->options;
    add_fact(a, "region", o->region);
    add_fact(a, "platform", o->platform);
    add_fact(a, "app_version", o->app_version);
    for (size_t i = 0; i < o->context.count; i++) {
        const char *pair = o->context.items[i], *mark = strchr(pair, '=');
        size_t len = mark ? (size_t)(mark - pair) : 0;
        if (len == 0 || len >= sizeof a->names[i]) {
            fputs("helpdex: no fact: ", stderr);
            cli_print_text(pair, stderr);
            fputs("; write --context NAME=VALUE\n", stderr);
            return EXIT_USAGE;
        }
        memcpy(a->names[i], pair, len);
        add_fact(a, a->names[i], mark + 1);
    }
    return EXIT_DONE;
}

static helpdex_status open_config(asking *a, helpdex_error *err)
{
    if (!a->options->config)
        return HELPDEX_OK;
    helpdex_status status =
        helpdex_handoff_config_read(a->options->config, &a->config, err);
    if (status)
        return status;
    status = helpdex_outbox_open(a->config, &a->outbox, err);
    /* A configuration may have flows alone. */
    return status == HELPDEX_INVALID ? HELPDEX_OK : status;
}

static helpdex_ask_request request_of(const asking *a, const char *message)
{
    helpdex_ask_request request;
    helpdex_ask_request_init(&request);
    request.message = message;
    request.locale = a->options->locale;
    request.facts = a->facts;
    request.fact_count = a->fact_count;
    request.key = a->key;
    request.key_size = a->key_size;
    return request;
}

/* Into the outbox, and tried once; what is not delivered now waits for the next
   time, or for a server. The customer has the decision whatever comes of it. */
static void hand_over(asking *a, const helpdex_decision *decision)
{
    helpdex_delivered report;
    helpdex_error err;
    if (a->outbox && decision->handoff &&
        (helpdex_outbox_put(a->outbox, decision->handoff, &err) ||
         helpdex_outbox_deliver(a->outbox, &report, &err)))
        cli_print_error(&err);
}

static void print_line(const char *text)
{
    if (!text)
        return;
    hdx_str rest = hdx_str_of(text), line;
    while (hdx_str_line(&rest, &line)) {
        while (line.len) {
            char piece[PIECE_BYTES + 1];
            hdx_str cut = hdx_utf8_cut(line, PIECE_BYTES);
            memcpy(piece, cut.ptr, cut.len);
            piece[cut.len] = '\0';
            cli_print_text(piece, stdout);
            line = (hdx_str){line.ptr + cut.len, line.len - cut.len};
        }
        putchar('\n');
    }
}

static void print_source(const asking *a, const helpdex_decision *d)
{
    if (d->citation_count == 0)
        return;
    const helpdex_citation *c = &d->citations[0];
    printf("%s    ", cli_dim(a->colour));
    cli_print_text(c->title, stdout);
    printf("  %s%s%s  %s", c->id, *c->section ? "#" : "", c->section,
           c->locale);
    if (c->url)
        printf("\n    %s", c->url);
    printf("%s\n", cli_plain(a->colour));
}

/* What a customer would see, and below it in grey why. */
static void print_person(const asking *a, const helpdex_decision *d)
{
    for (size_t i = 0; i < d->banner_count; i++) {
        fputs("! ", stdout);
        print_line(d->banners[i].text);
    }
    print_line(d->reassurance);
    print_line(d->answer);
    print_source(a, d);
    if (d->deep_link) {
        fputs("    ", stdout);
        print_line(d->deep_link);
    }
    print_line(d->prompt);
    for (size_t i = 0; i < d->option_count; i++) {
        printf("  %zu. ", i + 1);
        print_line(d->options[i].label);
    }
    if (d->verdict != HELPDEX_ESCALATE || d->human_route) {
        printf("  %s→ ", cli_dim(a->colour));
        cli_print_text(d->human, stdout);
        printf("%s%s%s\n", d->human_route ? "  " : "",
               d->human_route ? d->human_route : "", cli_plain(a->colour));
    }
}

static void print_why(const asking *a, const helpdex_decision *d)
{
    static const char *const verdicts[] = {"answer", "clarify", "escalate"};
    if (a->options->quiet)
        return;
    printf("%s  [%s %.2f%s", cli_dim(a->colour), verdicts[d->verdict],
           d->confidence, d->estimated ? " estimated" : "");
    for (size_t i = 0; i < d->reason_count; i++)
        printf("%s %s", i ? "," : ":", d->reasons[i]);
    printf("]%s\n", cli_plain(a->colour));
}

static void print_json(const char *qid, const helpdex_decision *decision)
{
    hdx_buf out = {0};
    hdx_json json = cli_json(&out, qid != NULL);
    hdx_present_decision(&json, qid, decision);
    cli_print_buffer(&out);
}

static helpdex_status decide(asking *a, const helpdex_ask_request *request,
                             helpdex_reply **reply, helpdex_error *err)
{
    helpdex_status status =
        hdx_converse(a->assistant, request, a->config, reply, err);
    if (status)
        return status;
    const helpdex_decision *decision = helpdex_reply_decision(*reply);
    if (a->options->json) {
        print_json(NULL, decision);
    } else {
        print_person(a, decision);
        print_why(a, decision);
    }
    hand_over(a, decision);
    return HELPDEX_OK;
}

static int ask_one(asking *a)
{
    hdx_buf message = {0};
    helpdex_reply *reply = NULL;
    helpdex_error err = {.status = HELPDEX_NOMEM, .message = "out of memory"};
    helpdex_status status = HELPDEX_NOMEM;
    if (cli_join_words(a->options, &message)) {
        helpdex_ask_request request = request_of(a, message.ptr);
        request.session = a->options->session;
        status = decide(a, &request, &reply, &err);
    }
    helpdex_reply_free(reply);
    hdx_buf_free(&message);
    return status ? cli_fail(&err) : EXIT_DONE;
}

/* A conversation needs no key of its own to go on in this process. */
static int converse(asking *a)
{
    char *line = NULL;
    size_t capacity = 0;
    helpdex_reply *before = NULL;
    helpdex_error err;
    int code = EXIT_DONE;
    if (!a->key && hdx_random(a->own_key, sizeof a->own_key, &err))
        return cli_fail(&err);
    if (!a->key) {
        a->key = a->own_key;
        a->key_size = sizeof a->own_key;
    }
    bool person = isatty(STDIN_FILENO) && !a->options->json;
    const char *session = a->options->session;
    while (!code) {
        if (person)
            fputs("> ", stdout);
        fflush(stdout);
        ssize_t len = getline(&line, &capacity, stdin);
        if (len < 0)
            break;
        helpdex_reply *reply = NULL;
        line[strcspn(line, "\r\n")] = '\0';
        helpdex_ask_request request = request_of(a, line);
        request.session = session;
        if (line[strspn(line, " \t")] == '\0')
            continue;
        if (hdx_utf8_check(hdx_str_of(line)) != SIZE_MAX) {
            fputs("helpdex: a line that is not UTF-8; write it again\n",
                  stderr);
            continue;
        }
        if (decide(a, &request, &reply, &err)) {
            code = cli_fail(&err);
            break;
        }
        helpdex_reply_free(before);
        before = reply;
        session = helpdex_reply_decision(reply)->session;
    }
    helpdex_reply_free(before);
    free(line);
    return code;
}

/* The batch. */

static helpdex_status ask_line(void *engine, const cli_options *options,
                               const char *text, void **answer,
                               helpdex_error *err)
{
    asking *a = engine;
    helpdex_reply *reply = NULL;
    helpdex_ask_request request = request_of(a, text);
    (void)options;
    request.key = NULL;
    helpdex_status status = helpdex_ask(a->assistant, &request, &reply, err);
    *answer = reply;
    return status;
}

static void print_answer(void *engine, const cli_options *options,
                         const char *qid, const char *text, const void *answer)
{
    (void)engine;
    (void)options;
    (void)text;
    print_json(qid, helpdex_reply_decision(answer));
}

static void forget(void *answer)
{
    helpdex_reply_free(answer);
}

static int run(asking *a)
{
    const cli_asking batch = {ask_line, print_answer, forget, NULL, NULL, true};
    const char *key = getenv("HELPDEX_SESSION_KEY");
    helpdex_error err;
    if (key && *key) {
        a->key = key;
        a->key_size = strlen(key);
    }
    if (a->options->session && !a->key) {
        fputs("helpdex: --session without a key; set HELPDEX_SESSION_KEY to "
              "what the session was signed with\n",
              stderr);
        return EXIT_USAGE;
    }
    if (open_config(a, &err) ||
        helpdex_assistant_open(a->options->index, &a->assistant, &err))
        return cli_fail(&err);
    cli_print_notice(helpdex_assistant_searcher(a->assistant), a->options);
    if (a->options->batch)
        return cli_run_batch(a, a->options, &batch);
    return a->options->arg_count ? ask_one(a) : converse(a);
}

int cli_ask(const cli_options *options)
{
    const char *wrong = misuse(options);
    asking a = {.options = options,
                .colour = cli_colour(options, STDOUT_FILENO)};
    if (wrong) {
        fprintf(stderr, "helpdex: %s\n", wrong);
        return EXIT_USAGE;
    }
    int code = read_facts(&a);
    if (!code)
        code = run(&a);
    helpdex_assistant_free(a.assistant);
    helpdex_outbox_free(a.outbox);
    helpdex_handoff_config_free(a.config);
    return code;
}
