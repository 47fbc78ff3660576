/*
 * Explanations. Numbers stand first on their lines, so that words of any width
 * and direction leave them in their columns.
 */
#include "cli/explain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/render.h"
#include "present/explanation.h"

#define BRANCH "\xE2\x94\x9C\xE2\x94\x80 "
#define LAST "\xE2\x94\x94\xE2\x94\x80 "
#define TRUNK "\xE2\x94\x82  "
#define TIMES "\xC3\x97"
#define ALIKE " \xE2\x89\x88 "
#define INDENT "    "

enum { STEPS = 10000 }; /* four decimals are printed */

static double sum_of(const hdx_score_part parts[HDX_SCORE_PARTS])
{
    double sum = 0;
    for (size_t i = 0; i < HDX_SCORE_PARTS; i++)
        sum += parts[i].value;
    return sum;
}

/* Parts in steps, rounded down; those that lose most are raised until the whole
   is the rounded sum. */
static void round_parts(const hdx_score_part parts[HDX_SCORE_PARTS],
                        long out[HDX_SCORE_PARTS])
{
    long left = lround(sum_of(parts) * STEPS);
    for (size_t i = 0; i < HDX_SCORE_PARTS; i++) {
        out[i] = (long)floor(parts[i].value * STEPS);
        left -= out[i];
    }
    for (; left > 0; left--) {
        size_t most = 0;
        for (size_t i = 1; i < HDX_SCORE_PARTS; i++)
            if (parts[i].value * STEPS - (double)out[i] >
                parts[most].value * STEPS - (double)out[most])
                most = i;
        out[most]++;
    }
}

static void print_parts(const hdx_score_part parts[HDX_SCORE_PARTS], bool more)
{
    long steps[HDX_SCORE_PARTS];
    size_t last = 0;
    round_parts(parts, steps);
    for (size_t i = 0; i < HDX_SCORE_PARTS; i++)
        last = steps[i] ? i : last;
    printf(INDENT "%s %.4f  text\n", more ? BRANCH : LAST, sum_of(parts));
    for (size_t i = 0; i < HDX_SCORE_PARTS; i++)
        if (steps[i])
            printf(INDENT "%s%s %.4f  %s\n", more ? TRUNK : "   ",
                   i == last ? LAST : BRANCH, (double)steps[i] / STEPS,
                   parts[i].name);
}

static void print_factors(const helpdex_explanation *e, bool more)
{
    for (size_t i = 0; i < e->factor_count; i++) {
        const helpdex_explained_factor *f = &e->factors[i];
        bool last = !more && i + 1 == e->factor_count;
        printf(INDENT "%s" TIMES "%.4f  %s", last ? LAST : BRANCH, f->by,
               f->name);
        if (f->why) {
            fputs("  ", stdout);
            cli_print_text(f->why, stdout);
        }
        putchar('\n');
    }
}

static void print_word(const helpdex_explained_word *word, bool last)
{
    printf(INDENT "   %s idf %5.2f  ", last ? LAST : BRANCH, word->idf);
    if (word->found)
        printf("%-10s " TIMES "%.2f  ", word->tier, word->weight);
    else
        printf("%-10s        ", "not found");
    cli_print_text(word->word, stdout);
    if (word->found && strcmp(word->found, word->word) != 0) {
        fputs(ALIKE, stdout);
        cli_print_text(word->found, stdout);
    }
    putchar('\n');
}

void cli_print_explanation(const helpdex_explanation *explanation)
{
    const helpdex_explanation *e = explanation;
    hdx_score_part parts[HDX_SCORE_PARTS];
    hdx_score_parts(e, parts);
    double score = sum_of(parts);
    for (size_t i = 0; i < e->factor_count; i++)
        score *= e->factors[i].by;
    printf(INDENT "%.4f  score%s\n", score,
           score > 1 ? ", of which 1 is shown" : "");
    print_parts(parts, e->factor_count || e->question_count);
    print_factors(e, e->question_count);
    if (e->question_count)
        printf(INDENT LAST " question\n");
    for (size_t i = 0; i < e->question_count; i++)
        print_word(&e->question[i], i + 1 == e->question_count);
}
