/*
 * Who asks, and what they may do. With a file of keys every caller sends one as
 * `Authorization: Bearer`, wherever they are. Without one, who comes from this
 * machine may do all, and everybody else what the public may.
 */
#ifndef HDX_SERVER_AUTH_H
#define HDX_SERVER_AUTH_H

#include <stdbool.h>
#include <stdint.h>

struct hdx_exchange;

typedef struct hdx_caller {
    unsigned scopes; /* HDX_SCOPE_... */
    uint64_t key;    /* whose key it is, to count by; 0: none was sent */
    bool refused;    /* a key was sent that is none */
} hdx_caller;

/* The caller of a request, by its headers and where it comes from. */
hdx_caller hdx_auth_caller(const struct hdx_exchange *x);

#endif
