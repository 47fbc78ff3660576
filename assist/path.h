/*
 * Walking a triage path. A step is worked out of where the customer is, what is
 * known and what was just said, and of nothing else: no state is kept, nothing
 * is read or written. What the caller's context or an earlier answer holds is
 * never asked. A question that was not understood is asked once more; then a
 * person takes over.
 */
#ifndef HDX_PATH_H
#define HDX_PATH_H

#include "assist/pathbook.h"

typedef struct hdx_fact {
    hdx_str name; /* "region", "account.state", of a slot its name */
    hdx_str value;
} hdx_fact;

typedef struct hdx_facts {
    const hdx_fact *items;
    size_t count;
} hdx_facts;

typedef enum hdx_said {
    HDX_SAID_NOTHING, /* begin, or show again where somebody is */
    HDX_SAID_TEXT,    /* the value, number or label of an option, or any text */
    HDX_SAID_UNHELPED, /* the end did not help, or its flow failed */
} hdx_said;

/* Where somebody is, and what they said there. */
typedef struct hdx_walk {
    const hdx_path *path;
    hdx_str node;      /* of the step before; empty: the path begins */
    hdx_facts slots;   /* of the step before: `slots` that were not given */
    hdx_facts context; /* what the caller knows of the customer */
    hdx_readers readers;
    hdx_said said;
    hdx_str text; /* that was said; UTF-8 */
    hdx_str skip; /* how the reader says that they do not have it; empty: they
                     cannot */
    bool missed;  /* the step before asked for the second time */
} hdx_walk;

typedef enum hdx_step_kind {
    HDX_STEP_QUESTION,
    HDX_STEP_ARTICLE,
    HDX_STEP_LINK,
    HDX_STEP_FLOW,
    HDX_STEP_PERSON
} hdx_step_kind;

typedef struct hdx_step_option {
    hdx_str value;
    hdx_str label;
} hdx_step_option;

/* What is known of a slot. */
typedef struct hdx_step_slot {
    hdx_str name;
    hdx_str value; /* empty: asked, and the customer does not have it */
    bool given;    /* by the context, and not by the customer */
} hdx_step_slot;

/* Views into the book, the walk and the arena. What is empty there is not. */
typedef struct hdx_step {
    hdx_step_kind kind;
    const hdx_path *path;     /* its stakes, its reassurance */
    hdx_str node;             /* to go on from; of a person perhaps empty */
    hdx_str text;             /* the question, or what is said at the end */
    const hdx_locale *locale; /* that it is in; NULL without a text */
    hdx_str slot;             /* of a question: which it fills */
    hdx_step_option *options; /* of a question; none: any text answers */
    size_t option_count;
    bool optional; /* of a question: who does not have it may say so */
    bool missed;   /* what was said was not understood, so it is asked again */
    hdx_str article;
    hdx_str section; /* anchor, in the default locale */
    hdx_str link;
    hdx_str flow;
    hdx_str failed; /* to be said when the flow could not be done */
    hdx_step_slot *slots;
    size_t slot_count;
    bool more;     /* of an end: there is a step for HDX_SAID_UNHELPED */
    hdx_str queue; /* who takes over here when a person is asked for */
    hdx_urgency urgency;
} hdx_step;

/*
 * The next step. Errors: NOMEM; NOT_FOUND when the path has no such node, as
 * when the walk was begun with an older index.
 */
helpdex_status hdx_path_walk(const hdx_pathbook *book, const hdx_walk *walk,
                             hdx_arena *arena, hdx_step *out,
                             helpdex_error *err);

#endif
