/*
 * From when on to answer and when to ask a person: by what was measured on
 * messages of the help centre, else by estimates.
 */
#ifndef HDX_TRUST_H
#define HDX_TRUST_H

#include "assist/guess.h"

typedef struct hdx_trust {
    double answer;   /* the least confidence to answer */
    double escalate; /* below it a person takes over */
} hdx_trust;

/* Those that hold without any measurement. */
extern const hdx_trust hdx_estimated_trust;

/* The limits for a turn's locale. The confidences of the guesses become those
   that were measured; where none were, they stay and `estimated` is true. */
hdx_trust hdx_trust_apply(const hdx_turn *turn, hdx_guesses *guesses,
                          bool *estimated);

/* What to do about a confidence, stakes and rules aside. */
helpdex_verdict hdx_trust_verdict(hdx_trust trust, double confidence);

/* Reads what was measured of all locales. Errors: those of reading files, but
   for NOT_FOUND. */
helpdex_status hdx_trust_open(helpdex_assistant *assistant, helpdex_error *err);

#endif
