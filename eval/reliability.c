/* Counting, by the definitions that the header gives. */
#include "eval/reliability.h"

#include <math.h>

/* 95 of 100. */
static const double Z = 1.959964;

hdx_fraction hdx_fraction_of(size_t count, size_t of)
{
    hdx_fraction out = {.count = count, .of = of, .high = 1};
    if (of == 0)
        return out;
    double n = (double)of, p = (double)count / n, scale = 1 + Z * Z / n;
    double middle = (p + Z * Z / (2 * n)) / scale;
    double half = Z / scale * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    out.share = p;
    out.low = count == 0 ? 0 : middle - half;
    out.high = count == of ? 1 : middle + half;
    return out;
}

/* Sums on the way to a reliability. */
typedef struct tally {
    double said[HDX_BINS];
    size_t count[HDX_BINS], right[HDX_BINS];
    size_t decided[3], answered_right, known, refused;
} tally;

static void add(tally *t, const helpdex_calibrated *at, double said,
                helpdex_verdict verdict)
{
    int bin = (int)(said * HDX_BINS);
    bin = bin < HDX_BINS ? bin : HDX_BINS - 1;
    t->said[bin] += said;
    t->count[bin]++;
    t->right[bin] += at->right;
    t->decided[verdict]++;
    t->answered_right += verdict == HELPDEX_ANSWER && at->right;
    t->known += at->known;
    t->refused += at->known && verdict == HELPDEX_ESCALATE;
}

static void conclude(const tally *t, size_t counted, hdx_fold_reliability *out)
{
    *out = (hdx_fold_reliability){0};
    for (int i = 0; i < HDX_BINS; i++) {
        hdx_bin *bin = &out->bins[i];
        bin->right = hdx_fraction_of(t->right[i], t->count[i]);
        if (t->count[i] == 0)
            continue;
        bin->said = t->said[i] / (double)t->count[i];
        out->error += fabs(bin->said - bin->right.share) * (double)t->count[i] /
                      (double)counted;
    }
    for (int i = 0; i < 3; i++)
        out->decided[i] = hdx_fraction_of(t->decided[i], counted);
    out->right = hdx_fraction_of(t->answered_right, t->decided[HELPDEX_ANSWER]);
    out->refused = hdx_fraction_of(t->refused, t->known);
}

void hdx_reliability_of(const helpdex_calibration *calibration,
                        hdx_reliabilities *out)
{
    tally before = {0}, after = {0};
    const helpdex_calibrated *at;
    *out = (hdx_reliabilities){0};
    for (size_t i = 0; (at = helpdex_calibration_at(calibration, i)); i++) {
        out->ruled += at->ruled;
        if (at->ruled)
            continue;
        out->counted++;
        out->unknown += !at->known;
        add(&before, at, at->estimate, at->before);
        add(&after, at, at->confidence, at->after);
    }
    conclude(&before, out->counted, &out->before);
    conclude(&after, out->counted, &out->after);
}
