/*
 * Triage paths: how a customer with a topic comes to what helps in as few steps
 * as possible. Read out of `triage/` by the indexer, which checks them, and out
 * of the copy in the generation by whoever walks them. A path is a graph of
 * nodes: questions, forks on what is known already, and ends. Names that a file
 * uses are resolved here, so that behind it a path has no loose ends; whether it
 * makes sense as a whole is for indexer/pathlint.h to say.
 */
#ifndef HDX_PATHS_H
#define HDX_PATHS_H

#include "store/texts.h"

typedef enum hdx_node_kind {
    HDX_NODE_ASK,     /* a question that fills a slot */
    HDX_NODE_WHEN,    /* goes on by what is known */
    HDX_NODE_ARTICLE, /* end: a section of an article */
    HDX_NODE_LINK,    /* end: a screen of the app */
    HDX_NODE_FLOW,    /* end: the company's own system is called */
    HDX_NODE_PERSON,  /* end: a person takes over */
    HDX_NODE_KINDS
} hdx_node_kind;

/* From the least. */
typedef enum hdx_urgency {
    HDX_URGENCY_LOW,
    HDX_URGENCY_NORMAL,
    HDX_URGENCY_HIGH,
    HDX_URGENCY_URGENT,
    HDX_URGENCIES
} hdx_urgency;

/* A conversation carries no more with it. */
enum { HDX_PATH_SLOTS = 16, HDX_PATH_OPTIONS = 12 };

enum { HDX_NO_NODE = 0x7FFFFFFF, HDX_NO_SLOT = 0x7FFFFFFF };

/* Something to be known of the customer's matter. */
typedef struct hdx_path_slot {
    hdx_str name;
    hdx_str context;     /* the fact of the caller that holds it; empty: none */
    hdx_str pattern;     /* of ICU, what it looks like; empty: any text */
    hdx_local_texts ask; /* asked when an end needs it; none: it is not */
    bool optional;       /* who does not have it goes on without */
    unsigned line, column;
} hdx_path_slot;

typedef struct hdx_path_option {
    hdx_str value;
    hdx_local_texts label;
    uint32_t next; /* HDX_NO_NODE: none was given */
    unsigned line, column;
} hdx_path_option;

/* A fact or slot has one of some values, one a line. */
typedef struct hdx_path_test {
    hdx_str name;
    hdx_str values;
} hdx_path_test;

/* All tests hold: then `next`. */
typedef struct hdx_path_case {
    hdx_path_test *tests;
    size_t count;
    uint32_t next;
} hdx_path_case;

/* A text that is empty was not given. */
typedef struct hdx_path_node {
    hdx_node_kind kind;
    hdx_str name;
    unsigned line, column;
    hdx_local_texts text; /* the question, or what is said at the end */
    uint32_t slot;        /* of a question: which it fills */
    hdx_path_option *options;
    size_t option_count;
    hdx_path_case *cases; /* of a fork, the first that holds counts */
    size_t case_count;
    uint32_t next; /* of a question without options, of a fork when no case
                      holds, of an end when it did not help; or HDX_NO_NODE */
    hdx_str article;
    hdx_str section; /* anchor, in the default locale */
    hdx_str link;
    hdx_str flow;
    hdx_local_texts failed; /* said when the flow could not be done */
    uint32_t *needs;        /* slots that an end asks for first */
    size_t need_count;
    hdx_str queue; /* that of the path if the node names none */
    hdx_urgency urgency;
} hdx_path_node;

typedef struct hdx_path {
    const char *file; /* for messages */
    unsigned line, column;
    hdx_str name;
    bool high_stakes;
    hdx_str queue;
    hdx_urgency urgency;
    hdx_local_texts articles; /* ids, of no locale */
    hdx_local_texts labels;
    hdx_local_texts reassurance;
    hdx_path_slot *slots;
    size_t slot_count;
    hdx_path_node *nodes;
    size_t node_count;
    uint32_t start;
} hdx_path;

/* Zeroed, it is empty. */
typedef struct hdx_paths {
    hdx_arena arena;
    hdx_path *items; /* in order of files */
    size_t count, capacity;
} hdx_paths;

/*
 * Adds the path of one file; `file` is named in messages, `name` is that in its
 * folder. A blank file adds none. Errors: BAD_INPUT with line, column and
 * remedy.
 */
helpdex_status hdx_paths_read(hdx_paths *paths, hdx_str text, const char *file,
                              const char *name, helpdex_error *err);
void hdx_paths_free(hdx_paths *paths);

/*
 * The ways out of a node, one after the other: of a question its options, of a
 * fork its cases and what holds when none does, of an end what follows when it
 * did not help. False behind the last. HDX_NO_NODE: the file does not say where
 * to.
 */
bool hdx_path_way(const hdx_path_node *node, size_t at, uint32_t *next);

const char *hdx_urgency_name(hdx_urgency urgency);

/* The keys of a path, of a slot, of an option and of a node of a kind; NULL
   behind the last. */
const char *hdx_path_key(size_t at);
const char *hdx_path_slot_key(size_t at);
const char *hdx_path_option_key(size_t at);
const char *hdx_path_node_key(hdx_node_kind kind, size_t at);

#endif
