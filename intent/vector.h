/*
 * A bag of features as a vector: each feature weighs by how often it stands
 * there and how rare it is among the examples; words with their pairs, and
 * grams, are each of length one. What no example has is left out.
 */
#ifndef HDX_VECTOR_H
#define HDX_VECTOR_H

#include "intent/model.h"

typedef struct hdx_weight {
    uint32_t feature;
    float value;
} hdx_weight;

/*
 * Writes the vector of a bag to `out`, which has room for all its features;
 * returns how many a model knows. Only its features and starts are looked at.
 */
size_t hdx_vector_make(const hdx_intent_model *model, const hdx_bag *bag,
                       hdx_weight *out);

#endif
