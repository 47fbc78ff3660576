/*
 * What happens to a request between its last byte and its answer: each step
 * passes it on or leaves a problem in the reply. The cheap refusals come first,
 * so that a flood costs little.
 */
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "server/routes.h"
#include "server/state.h"
#include "server/url.h"

enum { PACK_FROM = 1024 }; /* bytes: below, headers and CPU cost more */
static const uint64_t ns_per_ms = 1000000, ns_per_second = 1000000000;

/* Of "http://host/path", which proxies send, "/path". */
static hdx_str without_host(hdx_str target)
{
    const hdx_str schemes[] = {HDX_STR("http://"), HDX_STR("https://")};
    for (size_t i = 0; i < 2; i++) {
        if (!hdx_str_starts(target, schemes[i]))
            continue;
        const char *path = memchr(target.ptr + schemes[i].len, '/',
                                  target.len - schemes[i].len);
        return path ? (hdx_str){path, target.len - (size_t)(path - target.ptr)}
                    : HDX_STR("/");
    }
    return target;
}

/* The target cut into path and query. */
static hdx_str path_of(const hdx_exchange *x, hdx_str *query)
{
    hdx_str target = without_host(hdx_buf_str(&x->target));
    const char *mark = target.len ? memchr(target.ptr, '?', target.len) : NULL;
    size_t len = mark ? (size_t)(mark - target.ptr) : target.len;
    *query = mark ? (hdx_str){mark + 1, target.len - len - 1} : (hdx_str){0};
    return (hdx_str){target.ptr, len};
}

static void add_method(char *list, size_t size, const char *name)
{
    size_t len = strlen(list);
    snprintf(list + len, size - len, "%s%s", len ? ", " : "", name);
}

static void set_allow(hdx_reply *reply, const hdx_match *match)
{
    reply->allow[0] = '\0';
    for (size_t i = 0; i < match->allowed_count; i++) {
        add_method(reply->allow, sizeof reply->allow, match->allowed[i]);
        if (strcmp(match->allowed[i], "GET") == 0)
            add_method(reply->allow, sizeof reply->allow, "HEAD");
    }
    add_method(reply->allow, sizeof reply->allow, "OPTIONS");
}

static bool find_route(hdx_exchange *x, hdx_str path, hdx_match *match)
{
    *match = hdx_route_find(x->method, path);
    x->route = match->route;
    if (x->route)
        return true;
    if (match->allowed_count == 0) {
        hdx_problem(x, 404,
                    "there is nothing at this path; see "
                    "/v1/openapi.json for what there is");
        return false;
    }
    if (strcmp(x->method, "OPTIONS") == 0) {
        x->reply.status = 204;
        x->reply.type = NULL;
    } else {
        hdx_problem(x, 405, "this path does not take the method");
    }
    set_allow(&x->reply, match);
    return false;
}

/* A line that is read in two ways is how requests are smuggled past a proxy. */
typedef struct framing {
    unsigned lengths, encodings;
} framing;

static enum MHD_Result see_header(void *context, enum MHD_ValueKind kind,
                                  const char *name, const char *value)
{
    framing *seen = context;
    (void)kind;
    (void)value;
    hdx_str key = hdx_str_of(name);
    seen->lengths += hdx_str_eq_nocase(key, HDX_STR("Content-Length"));
    seen->encodings += hdx_str_eq_nocase(key, HDX_STR("Transfer-Encoding"));
    return MHD_YES;
}

static bool check_frame(hdx_exchange *x)
{
    framing seen = {0};
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, see_header,
                              &seen);
    long header = info ? (long)info->header_size : 0;
    if (seen.lengths + seen.encodings > 1)
        hdx_problem(x, 400, "the length of the body is said twice");
    else if ((long)x->target.len > x->config->limits.header_bytes / 2)
        hdx_problem(x, 414,
                    "the path and query have over %ld bytes; ask "
                    "something shorter",
                    x->config->limits.header_bytes / 2);
    else if (header > x->config->limits.header_bytes)
        hdx_problem(x, 431, "the headers have over %ld bytes",
                    x->config->limits.header_bytes);
    else
        return true;
    x->reply.close = true;
    return false;
}

/* Requests of a round are ready at once and are answered in turn. */
static bool check_queue(hdx_exchange *x)
{
    uint64_t most = (uint64_t)x->config->limits.queue_ms * ns_per_ms;
    if (x->route->urgent || x->started - x->worker->round <= most)
        return true;
    hdx_count(&x->worker->counters.shed, 1);
    hdx_problem(x, 503, "there is more to do than can be done; try again");
    x->reply.retry_after = 1;
    return false;
}

static bool is_proxy(const hdx_config *config, const hdx_address *address)
{
    for (size_t i = 0; i < config->proxy_count; i++)
        if (hdx_network_has(&config->proxies[i], address))
            return true;
    return false;
}

/* The last address of X-Forwarded-For that none of our proxies wrote for
   another of them: what stands before it anybody may have made up. */
static hdx_address client_of(const hdx_exchange *x)
{
    hdx_address client = x->from->address, next;
    hdx_str rest = hdx_str_of(hdx_header(x, "X-Forwarded-For"));
    while (rest.len && is_proxy(x->config, &client)) {
        size_t start = rest.len;
        while (start && rest.ptr[start - 1] != ',')
            start--;
        hdx_str item = {rest.ptr + start, rest.len - start};
        if (!hdx_address_read(hdx_str_trim(item), &next))
            break;
        client = next;
        rest.len = start ? start - 1 : 0;
    }
    return client;
}

static bool check_scope(hdx_exchange *x)
{
    x->caller = hdx_auth_caller(x);
    if (!x->route->scopes || x->caller.scopes & x->route->scopes)
        return true;
    if (x->caller.key && !x->caller.refused)
        hdx_problem(x, 403, "the key does not open this");
    else
        hdx_problem(x, 401,
                    x->caller.refused ? "there is no such key"
                                      : "this needs a key");
    return false;
}

static bool check_rate(hdx_exchange *x)
{
    hdx_limiter *limiter = &x->worker->server->limiter;
    const hdx_limits *limits = &x->config->limits;
    if (x->route->urgent)
        return true;
    uint64_t wait = 0;
    if (x->caller.key)
        wait =
            hdx_limiter_take(limiter, x->caller.key, &limits->key, x->started);
    /* A key of the public stands in a page, and many share it. */
    if (!wait && (!x->caller.key || x->caller.scopes == HDX_SCOPE_PUBLIC))
        wait =
            hdx_limiter_take(limiter, hdx_limiter_client(limiter, &x->client),
                             &limits->client, x->started);
    if (!wait)
        return true;
    hdx_count(&x->worker->counters.limited, 1);
    hdx_problem(x, 429,
                "more requests than are allowed; wait as long as "
                "Retry-After says");
    x->reply.retry_after =
        (unsigned)((wait + ns_per_second - 1) / ns_per_second);
    return false;
}

static bool refuse_value(hdx_exchange *x, const hdx_param *param)
{
    switch (param->kind) {
    case HDX_PARAM_NUMBER:
        hdx_problem(x, 400, "%s is no number from %ld to %ld", param->name,
                    param->least, param->most);
        return false;
    case HDX_PARAM_FLAG:
        hdx_problem(x, 400, "%s is neither true nor false", param->name);
        return false;
    default:
        hdx_problem(x, 400, "%s has over %ld bytes", param->name, param->most);
        return false;
    }
}

static bool read_value(hdx_exchange *x, const hdx_param *param,
                       hdx_value *value)
{
    char *end;
    if (param->kind == HDX_PARAM_TEXT)
        return value->text.len <= (size_t)param->most || refuse_value(x, param);
    if (param->kind == HDX_PARAM_FLAG) {
        value->number = hdx_str_eq(value->text, HDX_STR("true"));
        return value->number || hdx_str_eq(value->text, HDX_STR("false")) ||
               refuse_value(x, param);
    }
    errno = 0;
    value->number = strtol(value->text.ptr, &end, 10);
    bool digits = value->text.ptr[0] >= '0' && value->text.ptr[0] <= '9';
    return (digits && !errno && !*end && value->number >= param->least &&
            value->number <= param->most) ||
           refuse_value(x, param);
}

static bool decode(hdx_exchange *x, hdx_str raw, bool query, hdx_str *out)
{
    switch (hdx_url_decode(x->arena, raw, query, out)) {
    case HDX_URL_SOUND:
        return true;
    case HDX_URL_ESCAPE:
        hdx_problem(x, 400,
                    "a %% in the address is not followed by two "
                    "hexadecimal digits");
        return false;
    case HDX_URL_TEXT:
        hdx_problem(x, 400, "the address is not text in UTF-8");
        return false;
    default:
        hdx_problem(x, 503, "out of memory");
        return false;
    }
}

static size_t param_of(const hdx_route *route, hdx_str name)
{
    size_t at = 0;
    while (at < route->param_count &&
           !hdx_str_eq(name, hdx_str_of(route->params[at].name)))
        at++;
    return at;
}

/* Every `name=value` of the query; names that no parameter has are let be. */
static bool read_query(hdx_exchange *x, hdx_str query)
{
    hdx_str raw_name, raw_value, name, value;
    while (hdx_url_pair(&query, &raw_name, &raw_value)) {
        if (!decode(x, raw_name, true, &name) ||
            !decode(x, raw_value, true, &value))
            return false;
        size_t at = param_of(x->route, name);
        if (at == x->route->param_count)
            continue;
        if (x->values[at].text.ptr) {
            hdx_problem(x, 400, "%s is given twice", x->route->params[at].name);
            return false;
        }
        if (value.len || x->route->params[at].required)
            x->values[at].text = value;
    }
    return true;
}

static bool read_params(hdx_exchange *x, const hdx_match *match, hdx_str query)
{
    for (size_t i = 0; i < x->route->param_count; i++)
        if (match->parts[i].ptr &&
            !decode(x, match->parts[i], false, &x->values[i].text))
            return false;
    if (!read_query(x, query))
        return false;
    for (size_t i = 0; i < x->route->param_count; i++) {
        const hdx_param *param = &x->route->params[i];
        x->values[i].number = param->standard;
        if (!x->values[i].text.ptr && param->required) {
            hdx_problem(x, 400, "%s is missing", param->name);
            return false;
        }
        if (x->values[i].text.ptr && !read_value(x, param, &x->values[i]))
            return false;
    }
    return true;
}

/* FNV-1a. */
static uint64_t hash_of(hdx_str text)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001B3u;
    return hash;
}

/*
 * The tag of an answer stands for the generation, the moment at which its rules
 * changed last, and the request, so that it is
 * known before the answer is made. It is a weak one: the time that the search
 * took is in the answer, too. True: the caller has it already.
 */
static bool is_known(hdx_exchange *x)
{
    const char *known = hdx_header(x, "If-None-Match");
    int64_t changed = helpdex_searcher_changed(x->searcher, hdx_clock());
    snprintf(x->etag, sizeof x->etag, "W/\"%.60s-%" PRIx64 "-%016" PRIx64 "\"",
             helpdex_searcher_generation(x->searcher), (uint64_t)changed,
             hash_of(hdx_buf_str(&x->target)));
    x->reply.cached = true;
    if (!known || !strstr(known, x->etag + 2))
        return false;
    x->reply.status = 304;
    x->reply.type = NULL;
    hdx_count(&x->worker->counters.unchanged, 1);
    return true;
}

/* Compressed, if the caller takes that and it is worth it. */
static void pack(hdx_exchange *x)
{
    hdx_buf plain = x->reply.body;
    if (plain.failed || plain.len < PACK_FROM ||
        !hdx_gzip_accepted(hdx_header(x, "Accept-Encoding")) ||
        !hdx_gzip_pack(&x->worker->gzip, hdx_buf_str(&plain), &x->packed))
        return;
    x->reply.body = x->packed;
    x->reply.packed = true;
    x->packed = plain;
}

static hdx_kept_key key_of(const hdx_exchange *x)
{
    return (hdx_kept_key){hdx_str_of(x->etag), hdx_buf_str(&x->target),
                          hdx_gzip_accepted(hdx_header(x, "Accept-Encoding"))};
}

/* Whether this was asked before, and its answer is at hand. */
static bool is_kept(hdx_exchange *x)
{
    hdx_kept_key key = key_of(x);
    hdx_str body;
    const hdx_kept_answer *kept = hdx_kept_find(&x->worker->kept, &key, &body);
    if (!kept)
        return false;
    hdx_reply_json(x);
    hdx_buf_add(&x->reply.body, body);
    x->reply.packed = kept->packed;
    hdx_count(&x->worker->counters.repeated, 1);
    return true;
}

static void keep(hdx_exchange *x)
{
    hdx_kept_key key = key_of(x);
    size_t most = (size_t)x->config->cache_megabytes * (1 << 20) /
                  x->worker->server->count;
    if (!x->reply.body.failed)
        hdx_kept_add(&x->worker->kept, &key, hdx_buf_str(&x->reply.body),
                     x->reply.packed, most);
}

static bool check_body(hdx_exchange *x)
{
    const char *type = hdx_header(x, "Content-Type");
    if (x->too_large) {
        hdx_problem(x, 413, "the body has over %ld bytes",
                    x->config->limits.body_bytes);
        x->reply.close = true;
        return false;
    }
    hdx_str kind = {type, type ? strcspn(type, "; ") : 0};
    if (!x->route->body || hdx_str_eq_nocase(kind, HDX_STR("application/json")))
        return true;
    hdx_problem(x, 415, "the body is to be application/json");
    return false;
}

static void answer(hdx_exchange *x)
{
    hdx_match match;
    hdx_str query;
    hdx_str path = path_of(x, &query);
    if (!check_frame(x) || !find_route(x, path, &match) || !check_queue(x) ||
        !check_body(x))
        return;
    x->client = client_of(x);
    if (!check_scope(x) || !check_rate(x) || !read_params(x, &match, query))
        return;
    bool keeps = x->route->cached && !(x->route->noted && x->desk->journal);
    if ((x->route->cached && is_known(x)) || (keeps && is_kept(x)))
        return;
    x->route->handler(x);
    if (x->waits)
        return;
    pack(x);
    if (keeps && x->reply.status == 200)
        keep(x);
}

/* What is the worker's now: it may be another when the exchange goes on. */
static void lend(hdx_exchange *x)
{
    hdx_worker *worker = x->worker;
    x->assistant = worker->assistant;
    x->searcher = helpdex_assistant_searcher(x->assistant);
    x->config = worker->config;
    x->desk = worker->server->desk;
    x->arena = &worker->scratch;
}

static void check_memory(hdx_exchange *x)
{
    if (!x->reply.body.failed)
        return;
    hdx_buf_free(&x->reply.body);
    hdx_problem(x, 503, "out of memory");
    x->reply.retry_after = 1;
}

void hdx_pipeline_go_on(hdx_exchange *x, hdx_errand *errand)
{
    lend(x);
    x->waits = false;
    x->note = (hdx_str){0}; /* its arena was used by others since */
    hdx_ask_go_on(x, errand);
    x->answered = !x->waits;
    if (x->waits)
        return;
    pack(x);
    check_memory(x);
}

void hdx_pipeline_run(hdx_exchange *x)
{
    lend(x);
    x->route = NULL;
    x->note = (hdx_str){0};
    x->caller = (hdx_caller){0};
    x->client = x->from->address;
    memset(x->values, 0, sizeof x->values);
    hdx_buf body = x->reply.body;
    body.len = 0;
    body.failed = false;
    x->reply = (hdx_reply){.body = body};
    x->started = hdx_now_ns();
    answer(x);
    if (!x->waits)
        check_memory(x);
}
