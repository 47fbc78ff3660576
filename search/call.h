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
    const char *messages[HDX_MESSAGES];
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
    bool fallback; /* another language than the reader's */
    bool adds;     /* has articles that the links before it lack: ask it */
    bool bridges;  /* its articles stand for their translations */
    bool asked;    /* the question has been made */
    hdx_question question;
    double cover; /* 0 to 1: how much of it the best section answers */
} hdx_link;

typedef struct hdx_call {
    helpdex_searcher *searcher;
    const helpdex_request *request;
    hdx_str query;
    hdx_arena scratch;
    hdx_chain chain;
    hdx_link *links; /* the chain's, then those that only bridge */
    size_t link_count;
    hdx_found *found;
    size_t count;
    size_t capacity;
    helpdex_results *results;
    helpdex_error *err;
} hdx_call;

/* Makes the question of a link, unless it has been made. */
helpdex_status hdx_call_ask(hdx_call *call, size_t link);

/* Adds the best sections of a link to those found, at most one an article. */
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

/* Sorts what was found, and writes the best of it into the results. */
helpdex_status hdx_call_present(hdx_call *call);

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
