/* Two parts, each scaled to its own length. */
#include "intent/vector.h"

#include <math.h>

#include "base/log.h"

/* One and the logarithm of how often. */
static double dampened(uint32_t times)
{
    return times == 1 ? 1 : 1 + hdx_log(times);
}

static size_t add_part(const hdx_intent_model *model, const hdx_feature *items,
                       size_t count, hdx_weight *out)
{
    size_t made = 0;
    double square = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t feature = hdx_intent_feature_at(model, items[i].slot);
        double value = dampened(items[i].times);
        if (feature == model->header->features)
            continue;
        value *= (double)model->features[feature].rarity;
        square += value * value;
        out[made++] = (hdx_weight){feature, (float)value};
    }
    double scale = square > 0 ? 1 / sqrt(square) : 0;
    for (size_t i = 0; i < made; i++)
        out[i].value = (float)((double)out[i].value * scale);
    return made;
}

size_t hdx_vector_make(const hdx_intent_model *model, const hdx_bag *bag,
                       hdx_weight *out)
{
    size_t made = add_part(model, bag->items, bag->terms, out);
    return made + add_part(model, bag->items + bag->terms,
                           bag->count - bag->terms, out + made);
}
