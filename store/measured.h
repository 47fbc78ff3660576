/*
 * How far the confidence of decisions in a locale can be trusted, as
 * `helpdex calibrate` has measured it. Read out of `calibration/<locale>.yml` by
 * the indexer, which checks it, and out of the copy in the generation when
 * conversations are opened.
 */
#ifndef HDX_MEASURED_H
#define HDX_MEASURED_H

#include "base/arena.h"
#include "base/error.h"

/* Zeroed, nothing was measured. */
typedef struct hdx_measured {
    double bias;       /* of the odds of a confidence */
    double slope;      /* over 0; it is none that is measured while this is 0 */
    double answer;     /* the least confidence to answer; over 1: never */
    double escalate;   /* below it a person takes over; never over `answer` */
    unsigned messages; /* that it was measured on */
} hdx_measured;

/* Reads one file; `path` is named in messages. Errors: BAD_INPUT with line,
   column and remedy; NOMEM. */
helpdex_status hdx_measured_read(hdx_str text, const char *path,
                                 hdx_measured *out, helpdex_error *err);

/* The keys that a file may have; NULL behind the last. */
const char *hdx_measured_key(size_t at);

/* A probability by the curve. */
double hdx_measured_at(const hdx_measured *measured, double estimate);

#endif
