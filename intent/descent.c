/*
 * Each pass goes over the examples in another order, drawn from a fixed seed.
 * A step solves the dual of one example and one intent by Newton's method; most
 * are so near to their solution that one logarithm finds it out.
 */
#include "intent/descent.h"

#include <math.h>

#include "base/log.h"

enum { LANES = HDX_INTENT_LANES, NEWTON_MOST = 100 };

static const double COST = 30, FIRST_ALPHA = 1e-8, NEAR = 1e-2;

static uint64_t next_random(uint64_t *state)
{
    uint64_t x = (*state += 0x9E3779B97F4A7C15u);
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static void shuffle(uint32_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(next_random(state) % i);
        uint32_t held = order[i - 1];
        order[i - 1] = order[other];
        order[other] = held;
    }
}

static void add_scores(const hdx_descent *d, const hdx_sample *s,
                       float scores[LANES])
{
    memcpy(scores, d->weights[d->features], sizeof(hdx_lane_weights));
    for (uint32_t i = 0; i < s->count; i++) {
        const float *row = d->weights[s->weights[i].feature];
        float value = s->weights[i].value;
        for (int lane = 0; lane < LANES; lane++)
            scores[lane] += value * row[lane];
    }
}

static void add_steps(hdx_descent *d, const hdx_sample *s,
                      const float steps[LANES])
{
    float *bias = d->weights[d->features];
    for (int lane = 0; lane < LANES; lane++)
        bias[lane] += steps[lane];
    for (uint32_t i = 0; i < s->count; i++) {
        float *row = d->weights[s->weights[i].feature];
        float value = s->weights[i].value;
        for (int lane = 0; lane < LANES; lane++)
            row[lane] += value * steps[lane];
    }
}

/*
 * Moves one dual variable to where it is best while all others stay, and
 * returns by how much. `score` is that of the example for its side; `alpha` is
 * between 0 and COST. The variable that is moved is the one that will be the
 * smaller, for the sake of its precision.
 */
static double solve(double square, double score, double *alpha)
{
    double sign = 1, old = *alpha;
    if (0.5 * square * (COST - 2 * old) + score < 0) {
        sign = -1;
        old = COST - old;
    }
    double z = COST - old < 0.5 * COST ? 0.1 * old : old;
    double slope = square * (z - old) + sign * score + hdx_log(z / (COST - z));
    int steps = 0;
    for (; fabs(slope) >= NEAR && steps < NEWTON_MOST; steps++) {
        double bend = square + COST / (COST - z) / z;
        double next = z - slope / bend;
        z = next <= 0 ? z * 0.1 : next;
        slope = square * (z - old) + sign * score + hdx_log(z / (COST - z));
    }
    if (steps == 0 && z == old)
        return 0;
    *alpha = sign > 0 ? z : COST - z;
    return sign * (z - old);
}

static void visit(hdx_descent *d, const hdx_sample *s, uint32_t first,
                  double alphas[LANES])
{
    float scores[LANES], steps[LANES];
    double square = 1;
    bool moved = false;
    add_scores(d, s, scores);
    for (uint32_t i = 0; i < s->count; i++)
        square += (double)s->weights[i].value * (double)s->weights[i].value;
    for (int lane = 0; lane < LANES; lane++) {
        double side = s->intent == first + (uint32_t)lane ? 1 : -1;
        double step = solve(square, side * (double)scores[lane], &alphas[lane]);
        steps[lane] = (float)(side * step);
        moved = moved || step != 0;
    }
    if (moved)
        add_steps(d, s, steps);
}

void hdx_descent_run(hdx_descent *descent, uint32_t first)
{
    hdx_descent *d = descent;
    uint64_t state = 1;
    memset(d->weights, 0, (d->features + 1) * sizeof *d->weights);
    for (size_t i = 0; i < d->count; i++) {
        d->order[i] = (uint32_t)i;
        for (int lane = 0; lane < LANES; lane++)
            d->alphas[i][lane] = FIRST_ALPHA;
    }
    for (int pass = 0; pass < d->passes; pass++) {
        shuffle(d->order, d->count, &state);
        for (size_t i = 0; i < d->count; i++) {
            uint32_t at = d->order[i];
            visit(d, &d->samples[at], first, d->alphas[at]);
        }
    }
}
