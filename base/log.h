/*
 * Logarithms and powers of e without their last bits, which differ between
 * machines: a score must not, and sums and products of what is equal are equal.
 */
#ifndef HDX_LOG_H
#define HDX_LOG_H

static inline double hdx_without_last_bits(double number)
{
    const double steps = 0x1p30;
    return __builtin_round(number * steps) / steps;
}

static inline double hdx_log(double number)
{
    return hdx_without_last_bits(__builtin_log(number));
}

static inline double hdx_exp(double number)
{
    return hdx_without_last_bits(__builtin_exp(number));
}

/* One over one and a power of e: of any number, something from 0 to 1. */
static inline double hdx_sigmoid(double number)
{
    return 1 / (1 + hdx_exp(-number));
}

#endif
