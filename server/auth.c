/* Callers, by their keys or by where they are. */
#include "server/auth.h"

#include "base/clock.h"
#include "server/log.h"
#include "server/state.h"

/* A page of another site, in a browser on this machine, is not its owner, and
   neither is who comes through a proxy on it. */
static bool is_local(const hdx_exchange *x)
{
    return hdx_address_is_loopback(&x->from->address) &&
           hdx_address_is_loopback(&x->client) &&
           !hdx_header(x, "X-Forwarded-For") && !hdx_header(x, "Forwarded") &&
           !hdx_header(x, "Origin");
}

/* The text behind "Bearer "; ptr NULL: it is none. */
static hdx_str key_of(const char *header)
{
    const hdx_str scheme = HDX_STR("Bearer ");
    hdx_str text = hdx_str_of(header);
    if (text.len < scheme.len ||
        !hdx_str_eq_nocase((hdx_str){text.ptr, scheme.len}, scheme))
        return (hdx_str){0};
    return hdx_str_trim(
        (hdx_str){text.ptr + scheme.len, text.len - scheme.len});
}

/* Says it once until the file can be read again. */
static void note_fault(hdx_desk *desk, bool failed, const helpdex_error *err)
{
    char text[1200];
    if (atomic_exchange(&desk->keys_unread, failed) || !failed)
        return;
    helpdex_error_format(err, text, sizeof text);
    hdx_log_event("error", "keys", text);
}

hdx_caller hdx_auth_caller(const hdx_exchange *x)
{
    hdx_desk *desk = x->worker->server->desk;
    const char *header = hdx_header(x, "Authorization");
    hdx_caller caller = {0};
    hdx_grant grant = {0};
    helpdex_error err;
    if (!desk->keys) {
        caller.scopes = is_local(x) ? HDX_SCOPE_ANY : HDX_SCOPE_PUBLIC;
        return caller;
    }
    if (!header)
        return caller;
    hdx_str key = key_of(header);
    bool failed =
        key.ptr && hdx_keys_find(desk->keys, key, hdx_clock(), &grant, &err);
    note_fault(desk, failed, &err);
    caller.scopes = grant.scopes;
    caller.key = grant.number;
    caller.refused = !grant.scopes;
    return caller;
}
