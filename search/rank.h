/*
 * The second stage: scores the candidates of a question from their texts. No
 * score of the engine comes in here.
 */
#ifndef HDX_RANK_H
#define HDX_RANK_H

#include "search/question.h"
#include "store/forward.h"

/* The constants of the score; see hdx_ranking_default. */
typedef struct hdx_ranking {
    double words, grams, sentence, title_words, title_grams, readings;
    double coverage;       /* of the question's words, by how rare they are */
    double question_match; /* when a title or question is the question itself */
    double title_most;     /* of a title's share of what could be found */
    hdx_bm25 word_bm25, gram_bm25, sentence_bm25, title_bm25;
    double tiers[HDX_TIERS]; /* what a word of a tier counts; over 0 */
} hdx_ranking;

extern const hdx_ranking hdx_ranking_default;

/* What adds up to a score; see helpdex_explanation. */
typedef struct hdx_rank_parts {
    double words, grams, sentence, title_words, title_grams, readings;
    double coverage, question_match;
} hdx_rank_parts;

/* A candidate, and what it scored; higher is better, comparable only among the
   candidates of one call. */
typedef struct hdx_ranked {
    uint32_t section;
    double score;
    hdx_rank_parts parts;
    double cover; /* 0 to 1: how much of the question its words answer */
} hdx_ranked;

/* The candidates of one set of files, and the question that was made for it. */
typedef struct hdx_rank_run {
    hdx_question_maker *maker;
    const hdx_forward *forward;
    const hdx_question *question;
    hdx_ranked *candidates;
    size_t count;
} hdx_rank_run;

/*
 * Scores the sections of all runs, which are held against each other, and sorts
 * each run, the best first, lower ordinals first among equals. Scratch is taken
 * from `arena`. O(length of the texts).
 */
helpdex_status hdx_rank(const hdx_ranking *ranking, const hdx_rank_run *runs,
                        size_t run_count, hdx_arena *arena, helpdex_error *err);

#endif
