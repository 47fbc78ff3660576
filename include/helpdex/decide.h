/*
 * Deciding what to say to a customer: answer, ask back, or hand over to a
 * person. One call takes one message; what was said before travels with the
 * customer in a signed token, so that nothing is kept here and a conversation
 * may go on at another device.
 *
 * What is said comes out of articles, triage paths, rules and locale packs,
 * word by word: nothing is made up.
 */
#ifndef HELPDEX_DECIDE_H
#define HELPDEX_DECIDE_H

#include <helpdex/search.h>
#include <helpdex/verdict.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_assistant helpdex_assistant;
typedef struct helpdex_reply helpdex_reply;

/* What the caller knows of the customer. `region`, `platform` and `app_version`
   mean what they do in helpdex_request; others are for triage paths. */
typedef struct helpdex_fact {
    const char *name; /* such as "account.state" */
    const char *value;
} helpdex_fact;

/* What became of the step before. */
typedef enum helpdex_outcome {
    HELPDEX_OUTCOME_NONE,
    HELPDEX_OUTCOME_UNHELPED,  /* the answer did not help */
    HELPDEX_OUTCOME_FLOW_DONE, /* of a personal flow; see helpdex_decision */
    HELPDEX_OUTCOME_FLOW_PENDING,
    HELPDEX_OUTCOME_FLOW_FAILED,
    HELPDEX_OUTCOME_PERSON /* the way to a person was taken */
} helpdex_outcome;

/* What is asked. Fill with helpdex_ask_request_init(), then change. */
typedef struct helpdex_ask_request {
    size_t size;         /* sizeof(helpdex_ask_request) */
    const char *message; /* UTF-8; only its first 4,096 bytes count */
    size_t message_size; /* in bytes; SIZE_MAX: `message` is terminated */
    const char *locale; /* the customer's BCP 47 tag; NULL: that of the session,
                            else the index's default */
    const helpdex_fact *facts;
    size_t fact_count;
    const char *session; /* token of the decision before; NULL: the first */
    const void *key;     /* signs tokens: 16 bytes or more that customers do not
                        know; NULL: decisions carry none */
    size_t key_size;
    helpdex_outcome outcome;
    const char *outcome_text; /* what the flow says to the customer; NULL */
    int64_t now;              /* in seconds since 1970; 0: by the clock */
    unsigned budget; /* tokens of passages that a language model would be given,
                        for helpdex_decision.tokens; 1,000 */
} helpdex_ask_request;

/* Where a sentence of an answer stands. */
typedef struct helpdex_citation {
    const char *id; /* of the article */
    const char *section;
    const char *locale;
    const char *title;
    const char *url;     /* NULL when the KB has no URL template */
    size_t answer_begin; /* bytes of the answer's text ... */
    size_t answer_end;
    size_t section_begin; /* ... which are these of the section's text */
    size_t section_end;
} helpdex_citation;

/* One of the things that a customer may mean. */
typedef struct helpdex_option {
    const char *label; /* in the customer's words */
    const char *value; /* to be sent as the next message */
    const char *id;    /* of the article it leads to; NULL: none */
    const char *path;  /* the triage path that it goes on in; NULL: none */
} helpdex_option;

/* A call that the caller makes, as helpdex_flow_call() does, and whose outcome
   it then tells by asking again with the session. */
typedef struct helpdex_flow {
    const char *name;
    const char *key;     /* the same whenever the same is asked */
    const char *slots;   /* a JSON object of texts */
    const char *context; /* likewise, the facts */
} helpdex_flow;

/* What a language model in this place would read and write. */
typedef struct helpdex_token_cost {
    size_t needed; /* to word this step; 0: there is nothing to word */
    size_t saved;  /* because it was decided without one */
} helpdex_token_cost;

/* All strings are UTF-8 and terminated, in the order in which to show them. */
typedef struct helpdex_decision {
    helpdex_verdict verdict;
    double confidence;  /* 0 to 1: that the answer, or the first option, is
                          right; 1 when a rule decided */
    bool estimated;     /* not measured on messages of this help centre */
    const char *locale; /* of the reply */
    const char *const *reasons; /* words of docs/decisions.md */
    size_t reason_count;
    const helpdex_banner *banners; /* known issues */
    size_t banner_count;
    const char *reassurance; /* to be said before all else; NULL: nothing */
    const char *answer;      /* NULL: none */
    const helpdex_citation *citations; /* of its sentences, in order */
    size_t citation_count;
    const char *deep_link;         /* into the app; NULL */
    const char *prompt;            /* what is asked; NULL: nothing */
    const helpdex_option *options; /* none: any text answers the prompt */
    size_t option_count;
    const helpdex_flow *flow; /* to be called now; NULL: none */
    const char *human;        /* the label of the way to a person */
    const char *human_route;  /* its address; NULL: the KB names none */
    const char *handoff; /* the packet as JSON, see docs/schemas/handoff.json;
                            NULL unless a person takes over */
    const char *session; /* the token; NULL without a key */
    const char *conversation; /* names it, the same at every step; who knows
                                 the name cannot go on with it */
    const char *generation;
    helpdex_token_cost tokens;
    uint64_t took_us;
} helpdex_decision;

/**
 * Open the live generation of an index for conversations.
 *
 * Ownership: `*out` is new, to be released with helpdex_assistant_free(); NULL
 *   on failure.
 * Errors: as of helpdex_searcher_open().
 * Threads: any; each thread opens its own.
 * Cost: as of helpdex_searcher_open().
 */
HELPDEX_API helpdex_status helpdex_assistant_open(const char *index_dir,
                                                  helpdex_assistant **out,
                                                  helpdex_error *err);

/**
 * The searcher that an assistant asks, to search the same generation with.
 *
 * Ownership: borrowed from `assistant`.
 * Errors: none.
 * Threads: that of the assistant.
 * Cost: constant.
 */
HELPDEX_API helpdex_searcher *helpdex_assistant_searcher(
    helpdex_assistant *assistant);

/**
 * Release an assistant and its searcher. NULL is fine. Replies outlive it.
 *
 * Ownership: takes `assistant`.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_assistant_free(helpdex_assistant *assistant);

/**
 * Set every field of a request to its default; the message is empty.
 *
 * Ownership: writes `*request` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_ask_request_init(helpdex_ask_request *request);

/**
 * Decide what to say to one message.
 *
 * A token that is expired, forged, or of another key starts a new
 * conversation, and the decision says so in its reasons: a customer is never
 * turned away for it.
 *
 * Ownership: `request` is read during the call. `*out` is new, to be released
 *   with helpdex_reply_free(); it outlives the assistant. NULL on failure.
 * Errors: INVALID (not UTF-8, no locale tag, a key that is too short, a fact
 *   without a name), NOT_FOUND (no locale of the chain is in the index), STORE.
 * Threads: one call at a time for each assistant.
 * Cost: that of a search with limit 5 and one look at the classifier.
 */
HELPDEX_API helpdex_status helpdex_ask(helpdex_assistant *assistant,
                                       const helpdex_ask_request *request,
                                       helpdex_reply **out, helpdex_error *err);

/**
 * What was decided.
 *
 * Ownership: borrowed from `reply`.
 * Errors: none.
 * Threads: any; replies are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_decision *helpdex_reply_decision(
    const helpdex_reply *reply);

/**
 * Release a reply. NULL is fine.
 *
 * Ownership: takes `reply`.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_reply_free(helpdex_reply *reply);

#ifdef __cplusplus
}
#endif

#endif
