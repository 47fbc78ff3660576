/* Callers without keys. */
#include "server/auth.h"

#include "server/exchange.h"
#include "server/worker.h"

bool hdx_auth_has_keys(void)
{
    return false;
}

/* A page of another site, in a browser on this machine, is not its owner, and
   neither is who comes through a proxy on it. */
static bool is_local(const hdx_exchange *x)
{
    return hdx_address_is_loopback(&x->from->address) &&
           hdx_address_is_loopback(&x->client) &&
           !hdx_header(x, "X-Forwarded-For") && !hdx_header(x, "Forwarded") &&
           !hdx_header(x, "Origin");
}

hdx_caller hdx_auth_caller(const hdx_exchange *x)
{
    return (hdx_caller){.scopes =
                            is_local(x) ? HDX_SCOPE_ANY : HDX_SCOPE_PUBLIC};
}
