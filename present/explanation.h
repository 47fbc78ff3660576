/* Why a hit stands where it does, for people and programs alike. */
#ifndef HDX_PRESENT_EXPLANATION_H
#define HDX_PRESENT_EXPLANATION_H

#include <helpdex/search.h>

#include "base/json.h"

/* A part of a score and its name. */
typedef struct hdx_score_part {
    const char *name;
    double value;
} hdx_score_part;

enum { HDX_SCORE_PARTS = 8 };

void hdx_score_parts(const helpdex_explanation *explanation,
                     hdx_score_part out[HDX_SCORE_PARTS]);

/* The member "explain" of a hit. */
void hdx_present_explanation(hdx_json *json,
                             const helpdex_explanation *explanation);

#endif
