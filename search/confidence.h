/*
 * How likely it is that a hit answers the question: an estimate from the score,
 * from how far the hit stands out, and from how much there is to go by. It
 * knows neither this help centre nor its customers, so whoever needs a promise
 * measures it on labelled messages of their own.
 */
#ifndef HDX_CONFIDENCE_H
#define HDX_CONFIDENCE_H

#include "search/call.h"

/* Of found[at], when what was found is sorted; 0 to 1. */
double hdx_call_confidence(const hdx_call *call, size_t at);

#endif
