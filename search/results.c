/* What callers ask of results. */
#include <stdlib.h>

#include "search/call.h"

size_t helpdex_results_count(const helpdex_results *results)
{
    return results->count;
}

const helpdex_hit *helpdex_results_at(const helpdex_results *results, size_t at)
{
    return at < results->count ? &results->hits[at] : NULL;
}

const char *helpdex_results_locale(const helpdex_results *results)
{
    return results->locale;
}

const char *helpdex_results_generation(const helpdex_results *results)
{
    return results->generation;
}

const char *helpdex_results_correction(const helpdex_results *results)
{
    return results->correction;
}

const char *helpdex_results_message(const helpdex_results *results,
                                    helpdex_message message)
{
    return (unsigned)message < HDX_MESSAGES ? results->messages[message] : NULL;
}

uint64_t helpdex_results_took_us(const helpdex_results *results)
{
    return results->took_us;
}

size_t helpdex_results_banner_count(const helpdex_results *results)
{
    return results->banner_count;
}

const helpdex_banner *helpdex_results_banner(const helpdex_results *results,
                                             size_t at)
{
    return at < results->banner_count ? &results->banners[at] : NULL;
}

size_t helpdex_results_topic_count(const helpdex_results *results)
{
    return results->topic_count;
}

const helpdex_topic *helpdex_results_topic(const helpdex_results *results,
                                           size_t at)
{
    return at < results->topic_count ? &results->topics[at] : NULL;
}

const char *helpdex_results_contact(const helpdex_results *results)
{
    return results->contact;
}

size_t helpdex_results_passage_count(const helpdex_results *results)
{
    return results->passage_count;
}

const helpdex_passage *helpdex_results_passage(const helpdex_results *results,
                                               size_t at)
{
    return at < results->passage_count ? &results->passages[at] : NULL;
}

const char *helpdex_results_context(const helpdex_results *results)
{
    return results->context ? results->context : "";
}

void helpdex_results_free(helpdex_results *results)
{
    if (!results)
        return;
    hdx_arena_free(&results->arena);
    free(results);
}
