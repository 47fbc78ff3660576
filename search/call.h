/*
 * One call of helpdex_search on its way from stage to stage: retrieve, bridge,
 * present. Each stage is a file and reads what the one before has left here.
 */
#ifndef HDX_CALL_H
#define HDX_CALL_H

#include "search/factors.h"
#include "search/searcher.h"

struct helpdex_results {
    hdx_arena arena;
    helpdex_hit *hits;
    size_t count;
    helpdex_banner *banners;
    size_t banner_count;
    helpdex_topic *topics;
    size_t topic_count;
    helpdex_passage *passages;
    size_t passage_count;
    const char *context; /* the passages as one text */
    const char *contact;
    char locale[HDX_TAG_SIZE];
    const char *generation;
    const char *correction;
    const char *messages[HDX_SEARCH_MESSAGES];
    uint64_t took_us;
};

/* A section of one of the call's links. */
typedef struct hdx_place {
    size_t link;
    uint32_t section;
    uint32_t article;
} hdx_place;

/* A section that stands for its article. */
typedef struct hdx_found {
    hdx_place at;   /* what is shown */
    hdx_place from; /* what the question found; of a translation another */
    double score;   /* base, scale and factors multiplied */
    double base;    /* the ranker's */
    double scale;   /* makes the ranker's parts comparable between links */
    hdx_rank_parts parts;
    hdx_factors factors;
} hdx_found;

/* A locale in which the question is asked, or that may show an answer. */
typedef struct hdx_link {
    hdx_search_shard *shard;
    bool delta;    /* of the link before it, and asked with that */
    bool fallback; /* another language than the reader's */
    bool adds;     /* has articles that the links before it lack: ask it */
    bool bridges;  /* its articles stand for their translations */
    bool asked;    /* the question has been made */
    hdx_question question;
    double cover; /* 0 to 1: how much of it the best section answers */
} hdx_link;

/* The rules that hold for a call. */
typedef struct hdx_in_force {
    unsigned char *touched; /* of each rule; NULL: there are none */
    uint32_t *rules;        /* in the order in which they were touched */
    size_t count;
    hdx_rule_reader reader;
    hdx_version version; /* the reader's, if it is known */
} hdx_in_force;

typedef struct hdx_call {
    helpdex_searcher *searcher;
    const helpdex_request *request;
    hdx_str query;
    bool seed_phrase;  /* the query seems to hold one */
    hdx_locale locale; /* the reader's */
    hdx_in_force in_force;
    hdx_arena scratch;
    hdx_chain chain;
    hdx_link *links; /* the chain's, then those that only bridge */
    size_t link_count;
    hdx_found *found;
    size_t count;
    size_t ranked; /* of them different articles in order, before the limit */
    size_t capacity;
    helpdex_results *results;
    helpdex_error *err;
} hdx_call;

/* Makes the question of a link, and of that which belongs to it, unless it has
   been made. */
helpdex_status hdx_call_ask(hdx_call *call, size_t link);

/* Brings the rules in force that the question of a link touches; it has been
   asked. */
helpdex_status hdx_call_rule(hdx_call *call, size_t link);

/* Likewise those that are about one of these categories. */
void hdx_call_touch_categories(hdx_call *call, const hdx_str *categories,
                               size_t count);

/* Ends the hides of a call; the next one of the searcher finds none. */
void hdx_call_unhide(hdx_call *call);

/* Whether this reader may be shown an article: it is meant for them, and no
   rule hides it. */
bool hdx_call_may_show(const hdx_call *call, const hdx_search_shard *shard,
                       uint32_t article);

/*
 * Where the article of an id is to be read, by its first section: in the first
 * link that has it, and with `fresh` has it up to date. False: in none that
 * this reader may see.
 */
bool hdx_call_place(const hdx_call *call, hdx_str id, bool fresh,
                    hdx_place *out);

/* Adds the best sections of a link to those found, at most one an article, and
   among them those of its delta. */
helpdex_status hdx_call_retrieve(hdx_call *call, size_t link);

/* Works out the factors and the score of what is shown. */
void hdx_call_weigh(const hdx_call *call, hdx_found *found);

/*
 * Adds links for a question in another language of the index than the reader's,
 * if it seems to be in one; see search/bridge.c.
 */
helpdex_status hdx_call_bridge(hdx_call *call);

/* Replaces what bridging links found by its translation for the reader. */
helpdex_status hdx_call_translate(hdx_call *call);

/* Adds the pinned articles that the question did not find, and takes out what
   is hidden. */
helpdex_status hdx_call_pin(hdx_call *call);

/* Raises what is pinned and boosted, once everything has been found. */
helpdex_status hdx_call_favour(hdx_call *call);

/* Whether the query holds the words of a wallet. */
helpdex_status hdx_call_look_for_seed_phrase(hdx_call *call);

/* Writes the banners into the results; what was found is sorted. */
helpdex_status hdx_call_announce(hdx_call *call);

/* Sorts what was found, and writes the best of it into the results. */
helpdex_status hdx_call_present(hdx_call *call);

/*
 * Fills the budget of the request with passages of the hits, which have been
 * presented; see search/passages.c.
 */
helpdex_status hdx_call_passages(hdx_call *call);

/* What there is to offer where nothing was found, and the way to a person. */
helpdex_status hdx_call_offer(hdx_call *call);

/* The path of a section, one heading a line, as a list of its results. */
helpdex_status hdx_call_headings(hdx_call *call, hdx_str headings,
                                 const char *const **path, size_t *count);

/* The address of a section; NULL when the articles have none. */
helpdex_status hdx_call_url(hdx_call *call, hdx_str url, hdx_str anchor,
                            const char **out);

static inline const hdx_forward *hdx_call_forward(const hdx_call *call,
                                                  hdx_place place)
{
    return call->links[place.link].shard->forward;
}

static inline hdx_forward_article hdx_call_article(const hdx_call *call,
                                                   hdx_place place)
{
    return hdx_forward_article_at(hdx_call_forward(call, place), place.article);
}

#endif
