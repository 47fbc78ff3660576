/* Counting by tenths of confidence. */
#include "intent/reliability.h"

#include <math.h>

hdx_share hdx_intent_share_of(size_t right, size_t count)
{
    const double z = 1.96;
    double n = (double)count;
    if (count == 0)
        return (hdx_share){.most = 1};
    double share = (double)right / n, weight = 1 + z * z / n;
    double middle = (share + z * z / (2 * n)) / weight;
    double half =
        z / weight * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return (hdx_share){.count = count,
                       .right = right,
                       .least = middle > half ? middle - half : 0,
                       .most = middle + half < 1 ? middle + half : 1};
}

void hdx_reliability_measure(const hdx_calibration *calibration,
                             const hdx_calibration_point *points, size_t count,
                             hdx_reliability *out)
{
    size_t right[HDX_RELIABILITY_BINS] = {0}, answered = 0, good = 0;
    *out = (hdx_reliability){0};
    for (size_t i = 0; i < count; i++) {
        hdx_judgement j = hdx_calibration_judge(
            calibration, points[i].top, points[i].margin, points[i].scope);
        size_t bin = (size_t)(j.confidence * HDX_RELIABILITY_BINS);
        bin = bin < HDX_RELIABILITY_BINS ? bin : HDX_RELIABILITY_BINS - 1;
        out->bins[bin].told += j.confidence;
        out->bins[bin].share.count++;
        right[bin] += points[i].right;
        answered += j.decision == HDX_INTENT_ANSWER;
        good += j.decision == HDX_INTENT_ANSWER && points[i].right;
        out->clarified += j.decision == HDX_INTENT_CLARIFY;
        out->escalated += j.decision == HDX_INTENT_ESCALATE;
    }
    out->answered = hdx_intent_share_of(good, answered);
    for (size_t i = 0; i < HDX_RELIABILITY_BINS; i++) {
        hdx_reliability_bin *bin = &out->bins[i];
        out->error +=
            fabs(bin->told - (double)right[i]) / (double)(count + !count);
        bin->share = hdx_intent_share_of(right[i], bin->share.count);
        if (bin->share.count)
            bin->told /= (double)bin->share.count;
    }
}
