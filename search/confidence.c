/*
 * A logistic of four figures. Fitted on 75,000 questions: the judged ones of 35
 * sets in 18 locales (encyclopaedias and FAQ of health, banking and data
 * protection), each set whole and cut down to 140, 40 and 12 articles and
 * counting the same, with questions that no article answers, of the same set
 * and of others, at a quarter of the weight. Of sets that were left out of the
 * fit, first hits were right 70.4 % of the time and said to be so 70.1 % (mean
 * distance in tenths .009, at no size over .030; for one set alone about .07:
 * hence an estimate), and the area under the curve was .926. Whole coverage, the
 * parts of the score and exact titles added less than .002.
 */
#include "search/confidence.h"

#include <math.h>

static const struct {
    double bias, score, lead, found, first;
} fitted = {-3.484, 4.243, 8.755, 1.819, -1.24};

/* How far it is before, or behind, the best other article. */
static double lead_of(const hdx_call *call, size_t at)
{
    size_t other = at == 0 ? 1 : 0;
    double rival = other < call->ranked ? fmin(1, call->found[other].score) : 0;
    return fmin(1, call->found[at].score) - rival;
}

/* How many words of the question are there, counted in words that hardly any
   section has. */
static double found_of(const hdx_call *call, const hdx_found *found)
{
    const hdx_link *link = &call->links[found->from.link];
    double by = call->searcher->ranking->coverage;
    const hdx_question_maker *maker = &link->shard->maker;
    double sections = maker->lexicon->header->sections;
    if (maker->sibling)
        sections += maker->sibling->lexicon->header->sections;
    double rarest = hdx_log(1.0 + sections);
    if (by <= 0 || rarest <= 0)
        return 0;
    return found->parts.coverage / by * link->question.self / rarest;
}

double hdx_call_confidence(const hdx_call *call, size_t at)
{
    const hdx_found *found = &call->found[at];
    double lead = lead_of(call, at);
    double odds = fitted.bias + fitted.score * fmin(1, found->score) +
                  fitted.lead * copysign(sqrt(fabs(lead)), lead) +
                  fitted.found * log1p(found_of(call, found)) +
                  (at == 0 ? fitted.first : 0);
    return 1 / (1 + exp(-odds));
}
