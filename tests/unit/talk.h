/*
 * Conversations for the suites of assist/, as a program outside has them. The
 * index is built at the first of a test.
 */
#ifndef HDX_TESTS_TALK_H
#define HDX_TESTS_TALK_H

#include <helpdex/decide.h>
#include <helpdex/index.h>
#include <stdio.h>

#include "tests/unit/support.h"

#define TALK_KEY "0123456789abcdef"

/* What is said next, and what came of it. */
static struct talk {
    bool (*build)(void); /* the index; set by main */
    const char *index;
    helpdex_assistant *assistant;
    helpdex_ask_request request;
    helpdex_reply *reply;
    char session[16384];
} talk;

/* Builds an index; false when that fails. */
static inline bool talk_index(const char *kb)
{
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    talk.index = join(temp_dir(), "index");
    helpdex_status status =
        helpdex_index_build(kb, talk.index, NULL, &report, &err);
    helpdex_report_free(report);
    if (status)
        fprintf(stderr, "%s:%u: %s\n", err.file, err.line, err.message);
    return status == HELPDEX_OK;
}

static inline void talk_begin(const char *locale)
{
    helpdex_error err = {0};
    ck_assert(talk.index || talk.build());
    helpdex_status status =
        helpdex_assistant_open(talk.index, &talk.assistant, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_ask_request_init(&talk.request);
    talk.request.locale = locale;
    talk.request.key = TALK_KEY;
    talk.request.key_size = strlen(TALK_KEY);
    talk.request.now = 1800000000;
}

/* Says something, and keeps the session for what is said next. */
static inline const helpdex_decision *say(const char *message)
{
    helpdex_error err = {0};
    helpdex_reply *reply;
    talk.request.message = message;
    helpdex_status status =
        helpdex_ask(talk.assistant, &talk.request, &reply, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_reply_free(talk.reply);
    talk.reply = reply;
    const helpdex_decision *d = helpdex_reply_decision(reply);
    snprintf(talk.session, sizeof talk.session, "%s", d->session);
    talk.request.session = talk.session;
    talk.request.outcome = HELPDEX_OUTCOME_NONE;
    ck_assert_ptr_nonnull(d->human);
    ck_assert((d->verdict == HELPDEX_ESCALATE) == (d->handoff != NULL));
    return d;
}

static inline const helpdex_decision *tell(helpdex_outcome outcome,
                                           const char *text)
{
    talk.request.outcome = outcome;
    talk.request.outcome_text = text;
    return say("");
}

static inline void talk_end(void)
{
    helpdex_reply_free(talk.reply);
    helpdex_assistant_free(talk.assistant);
    talk.reply = NULL;
    talk.request = (helpdex_ask_request){0};
}

static inline bool has_reason(const helpdex_decision *d, const char *word)
{
    for (size_t i = 0; i < d->reason_count; i++)
        if (strcmp(d->reasons[i], word) == 0)
            return true;
    return false;
}

#define ck_assert_reason(decision, word)                                       \
    ck_assert_msg(has_reason(decision, word), "no reason " word)

#define ck_assert_within(whole, part)                                          \
    ck_assert_msg(strstr(whole, part), "\"%s\" is not in \"%s\"", part, whole)

#endif
