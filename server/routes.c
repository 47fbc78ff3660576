/* The table of routes, and finding one by its path. */
#include "server/routes.h"

const hdx_route *const hdx_routes[] = {
    &hdx_route_search,   &hdx_route_suggest,
    &hdx_route_article,  &hdx_route_openapi,
    &hdx_route_ask,      &hdx_route_triage,
    &hdx_route_feedback, &hdx_route_contacts,
    &hdx_route_mcp,      &hdx_route_health,
    &hdx_route_ready,    &hdx_route_metrics,
    &hdx_route_home,     NULL,
};

/* Up to the next slash, which is cut off, too. */
static hdx_str take_part(hdx_str *rest)
{
    const char *slash = rest->len ? memchr(rest->ptr, '/', rest->len) : NULL;
    size_t len = slash ? (size_t)(slash - rest->ptr) : rest->len;
    hdx_str part = {rest->ptr, len};
    len += slash != NULL;
    *rest = (hdx_str){rest->ptr + len, rest->len - len};
    return part;
}

static size_t param_named(const hdx_route *route, hdx_str name)
{
    size_t at = 0;
    while (at < route->param_count &&
           !hdx_str_eq(hdx_str_of(route->params[at].name), name))
        at++;
    return at;
}

/* Whether a path is one of a route, and what its parameters are then. */
static bool fits(const hdx_route *route, hdx_str path,
                 hdx_str parts[HDX_PARAMS_MOST])
{
    hdx_str pattern = hdx_str_of(route->path);
    while (pattern.len) {
        hdx_str name = take_part(&pattern);
        bool last = pattern.len == 0;
        if (name.len < 2 || name.ptr[0] != '{') {
            if (!hdx_str_eq(take_part(&path), name))
                return false;
            continue;
        }
        name = (hdx_str){name.ptr + 1, name.len - 2};
        hdx_str part = last ? path : take_part(&path);
        if (part.len == 0)
            return false;
        parts[param_named(route, name)] = part;
        if (last)
            return true;
    }
    return path.len == 0;
}

hdx_match hdx_route_find(const char *method, hdx_str path)
{
    hdx_match match = {0};
    bool head = strcmp(method, "HEAD") == 0;
    /* A path that ends in a slash is not the one without. */
    if (path.len == 0 || path.ptr[0] != '/' ||
        (path.len > 1 && path.ptr[path.len - 1] == '/'))
        return match;
    for (size_t i = 0; hdx_routes[i] && !match.route; i++) {
        hdx_str parts[HDX_PARAMS_MOST] = {{0}};
        const hdx_route *route = hdx_routes[i];
        if (!fits(route, path, parts))
            continue;
        if (match.allowed_count < HDX_METHODS_MOST)
            match.allowed[match.allowed_count++] = route->method;
        if (strcmp(route->method, head ? "GET" : method) != 0)
            continue;
        match.route = route;
        memcpy(match.parts, parts, sizeof parts);
    }
    return match;
}
