/* All that the analyser takes from a pack, as a digest. */
#include "text/stamp.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/analyse.h"

enum { DIGITS = 16 }; /* of the digest that a stamp is of */

static void add_number(struct sha256_ctx *digest, long long number)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", number);
    hdx_digest_add(digest, hdx_str_of(text));
}

/* A map has no order of its own: its words are added up. */
static void add_words(struct sha256_ctx *digest, const hdx_map *words)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < words->capacity; i++)
        if (words->slots[i].key.ptr)
            sum += words->slots[i].hash * 0x9E3779B97F4A7C15u;
    add_number(digest, (long long)sum);
}

static void add_replacements(struct sha256_ctx *digest,
                             const hdx_replacements *from)
{
    add_number(digest, (long long)from->count);
    for (size_t i = 0; i < from->count; i++) {
        hdx_digest_add(digest, from->items[i].from);
        hdx_digest_add(digest, from->items[i].to);
    }
}

uint64_t hdx_analyser_stamp(const hdx_pack *pack)
{
    struct sha256_ctx digest;
    char icu[HDX_ICU_VERSION_SIZE];
    hdx_analyser_icu(icu);
    hdx_digest_start(&digest);
    add_number(&digest, HDX_ANALYSER_VERSION);
    hdx_digest_add(&digest, hdx_str_of(icu));
    hdx_digest_add(&digest, hdx_str_of(pack->locale.tag));
    hdx_digest_add(&digest, hdx_str_of(pack->stemmer));
    for (size_t i = 0; i < pack->bigram_count; i++)
        add_number(&digest, pack->bigrams[i]);
    add_words(&digest, &pack->elisions);
    add_replacements(&digest, &pack->normalise);
    add_number(&digest, pack->folds);
    add_replacements(&digest, &pack->respell);
    hdx_digest hex = hdx_digest_end(&digest);
    hex.hex[DIGITS] = '\0';
    return strtoull(hex.hex, NULL, 16);
}
