/*
 * A trained classifier as it lies on disk or in memory: one header and arrays
 * that are read in place, in the byte order of the machine that made it. Rows
 * of weights are bytes with one scale each; beside them stand the postings of
 * one document for each intent, which is all that was said for it.
 *
 * hdx_intent_model_open() compares every number that leads into an array;
 * nothing behind it checks again.
 */
#ifndef HDX_INTENT_MODEL_H
#define HDX_INTENT_MODEL_H

#include "base/file.h"
#include "intent/calibration.h"
#include "intent/features.h"

/* A posting names its intent in 16 bits. */
enum { HDX_INTENTS_MOST = 65535 };

/* Rows of all intents are padded to so many, which is what is added at once. */
enum { HDX_INTENT_LANES = 16 };

/* How numbers of a kind lie. */
typedef struct hdx_spread {
    double mean, deviation;
} hdx_spread;

typedef struct hdx_intent_header {
    char magic[8];
    uint32_t byte_order;
    uint32_t intents;
    uint64_t stamp; /* of the analyser that cut the examples */
    uint32_t examples;
    uint32_t features;
    uint32_t buckets; /* a power of two */
    uint32_t postings;
    uint32_t row_bytes;
    uint32_t id_bytes;
    double strange;       /* what a word weighs that no example has */
    double search_weight; /* of the postings, beside the rows */
    hdx_spread energy;    /* of messages in scope that were held out */
    hdx_spread cover;     /* likewise */
    hdx_calibration calibration;
} hdx_intent_header;

/* Features in order of slots; one more stands behind them as the end of the
   last one's row and postings. */
typedef struct hdx_intent_feature {
    uint32_t slot;
    float rarity;     /* how much it weighs in a vector */
    float scale;      /* of the bytes of its row */
    uint32_t row;     /* where that begins */
    float worth;      /* how much it weighs as a word; 0: it is none */
    uint32_t posting; /* the first */
} hdx_intent_feature;

typedef struct hdx_intent_posting {
    float worth;
    uint32_t intent;
} hdx_intent_posting;

typedef struct hdx_intent_name {
    uint32_t offset; /* of its id */
    uint32_t size;
    uint32_t examples;
    float bias;
} hdx_intent_name;

typedef struct hdx_intent_model {
    const hdx_intent_header *header;
    const uint32_t *starts; /* of buckets, and the end */
    const hdx_intent_feature *features;
    const hdx_intent_posting *postings;
    const hdx_intent_name *names;
    const char *rows;
    const char *ids;
} hdx_intent_model;

/* So many bytes has an entry of a row that does not name all intents: the
   intent in two, the weight in one. */
enum { HDX_INTENT_ENTRY = 3 };

static inline uint32_t hdx_intent_entry_at(const char *entry)
{
    const unsigned char *bytes = (const unsigned char *)entry;
    return bytes[0] | (uint32_t)bytes[1] << 8;
}

static inline uint32_t hdx_intent_lanes(uint32_t intents)
{
    return (intents + HDX_INTENT_LANES - 1) / HDX_INTENT_LANES *
           HDX_INTENT_LANES;
}

/* The number of the feature of a slot, or `features` when there is none. */
static inline uint32_t hdx_intent_feature_at(const hdx_intent_model *model,
                                             uint32_t slot)
{
    uint32_t bucket =
        (uint32_t)((uint64_t)slot * model->header->buckets >> HDX_SLOT_BITS);
    for (uint32_t i = model->starts[bucket]; i < model->starts[bucket + 1]; i++)
        if (model->features[i].slot == slot)
            return i;
    return model->header->features;
}

/* Terminated. */
static inline hdx_str hdx_intent_id(const hdx_intent_model *model,
                                    uint32_t intent)
{
    const hdx_intent_name *name = &model->names[intent];
    return (hdx_str){model->ids + name->offset, name->size};
}

/* Whether so few messages were learned from that much is left to chance: then
   the thresholds ask back more. */
static inline bool hdx_intent_model_is_thin(const hdx_intent_model *model)
{
    enum { FEW_OF_INTENT = 5, FEW = 100 };
    const hdx_intent_header *h = model->header;
    return h->calibration.points < FEW ||
           h->examples / h->intents <= FEW_OF_INTENT;
}

/* The bytes of a model out of its parts; `header` has all counts. False when
   memory is out. */
bool hdx_intent_model_write(const hdx_intent_model *model, hdx_buf *out);

/*
 * Opens a model in memory, which must outlive it and begin at a multiple of
 * eight. `stamp` is that of the analyser that will cut what is asked; `path` is
 * what errors name. Errors: DAMAGED, INCOMPATIBLE (another analyser, ICU or
 * locale pack).
 */
helpdex_status hdx_intent_model_open(hdx_str bytes, uint64_t stamp,
                                     const char *path, hdx_intent_model *out,
                                     helpdex_error *err);

/* A model in a file. */
typedef struct hdx_intent_file {
    hdx_mapping mapping;
    hdx_intent_model model;
} hdx_intent_file;

/* Maps and opens a file, such as HDX_INTENTS_FILE of a locale's folder. Errors:
   NOT_FOUND (the locale has none), IO, and as above. */
helpdex_status hdx_intent_file_open(const char *path, uint64_t stamp,
                                    hdx_intent_file *out, helpdex_error *err);
void hdx_intent_file_close(hdx_intent_file *file);

#endif
