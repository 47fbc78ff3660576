/*
 * Calls by libcurl. A handle lives for one call: packets are rare, and a
 * connection that is kept would outlive the leases of what is sent over it.
 */
#include "handoff/http.h"

#include <curl/curl.h>
#include <pthread.h>

#include "base/hmac.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode ready = CURLE_FAILED_INIT;

/* For the life of the process: other code of it may use libcurl, too. */
static void initialise(void)
{
    ready = curl_global_init(CURL_GLOBAL_DEFAULT);
}

typedef struct call {
    CURL *handle;
    struct curl_slist *headers;
    hdx_buf body;
    bool too_large;
    char why[CURL_ERROR_SIZE];
} call;

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
    call *c = context;
    size_t len = size * count;
    c->too_large = len > HDX_HTTP_BODY_MOST - c->body.len;
    if (c->too_large || !hdx_buf_add(&c->body, (hdx_str){bytes, len}))
        return 0;
    return len;
}

static bool set_headers(call *c, const hdx_http_request *request)
{
    /* libcurl would wait for the other side's leave to send a large body. */
    c->headers = curl_slist_append(NULL, "Expect:");
    for (size_t i = 0; c->headers && i < HDX_HTTP_HEADERS; i++) {
        if (!request->headers[i])
            break;
        struct curl_slist *longer =
            curl_slist_append(c->headers, request->headers[i]);
        if (!longer)
            return false;
        c->headers = longer;
    }
    return c->headers &&
           !curl_easy_setopt(c->handle, CURLOPT_HTTPHEADER, c->headers);
}

static bool set_body(call *c, const hdx_http_request *request)
{
    CURL *h = c->handle;
    return !request->body.ptr ||
           (!curl_easy_setopt(h, CURLOPT_POSTFIELDS, request->body.ptr) &&
            !curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE,
                              (curl_off_t)request->body.len));
}

static bool set_user(call *c, const hdx_http_request *request)
{
    CURL *h = c->handle;
    return !request->user ||
           (!curl_easy_setopt(h, CURLOPT_HTTPAUTH, CURLAUTH_BASIC) &&
            !curl_easy_setopt(h, CURLOPT_USERNAME, request->user) &&
            !curl_easy_setopt(h, CURLOPT_PASSWORD, request->password));
}

/* Certificates are verified by default; no option turns that off. */
static bool set_options(call *c, const hdx_http_request *request)
{
    CURL *h = c->handle;
    return !curl_easy_setopt(h, CURLOPT_URL, request->url) &&
           !curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https") &&
           !curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) &&
           !curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) &&
           !curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)request->timeout) &&
           !curl_easy_setopt(h, CURLOPT_USERAGENT,
                             "Helpdex/" HELPDEX_VERSION) &&
           !curl_easy_setopt(h, CURLOPT_ERRORBUFFER, c->why) &&
           !curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, receive) &&
           !curl_easy_setopt(h, CURLOPT_WRITEDATA, c) &&
           set_headers(c, request) && set_body(c, request) &&
           set_user(c, request);
}

/* Before these nothing of the request went out. */
static bool was_sent(CURLcode code)
{
    return code != CURLE_COULDNT_RESOLVE_HOST &&
           code != CURLE_COULDNT_RESOLVE_PROXY &&
           code != CURLE_COULDNT_CONNECT &&
           code != CURLE_PEER_FAILED_VERIFICATION &&
           code != CURLE_SSL_CONNECT_ERROR && code != CURLE_URL_MALFORMAT;
}

static const char *reason(const call *c, CURLcode code)
{
    if (c->too_large)
        return "the answer is larger than 1 MiB";
    return c->why[0] ? c->why : curl_easy_strerror(code);
}

static helpdex_status no_answer(hdx_arena *arena, const call *c, CURLcode code,
                                hdx_http_answer *answer, helpdex_error *err)
{
    curl_off_t spent = 0;
    if (code == CURLE_OUT_OF_MEMORY || c->body.failed)
        return hdx_fail_nomem(err);
    /* A timeout before there was a connection sent nothing either. */
    curl_easy_getinfo(c->handle, CURLINFO_PRETRANSFER_TIME_T, &spent);
    answer->sent = was_sent(code) && spent > 0;
    answer->why = hdx_arena_copy(arena, hdx_str_of(reason(c, code))).ptr;
    return answer->why ? HELPDEX_OK : hdx_fail_nomem(err);
}

static helpdex_status read_answer(hdx_arena *arena, const call *c,
                                  hdx_http_answer *answer, helpdex_error *err)
{
    curl_off_t pause = 0;
    curl_easy_getinfo(c->handle, CURLINFO_RESPONSE_CODE, &answer->status);
    curl_easy_getinfo(c->handle, CURLINFO_RETRY_AFTER, &pause);
    answer->retry_after = pause;
    answer->sent = true;
    answer->body = hdx_arena_copy(arena, hdx_buf_str(&c->body));
    return answer->body.ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}

helpdex_status hdx_http_send(hdx_arena *arena, const hdx_http_request *request,
                             hdx_http_answer *answer, helpdex_error *err)
{
    call c = {.handle = NULL};
    helpdex_status status = HELPDEX_OK;
    *answer = (hdx_http_answer){.body = HDX_STR("")};
    pthread_once(&once, initialise);
    c.handle = ready ? NULL : curl_easy_init();
    if (!c.handle || !set_options(&c, request)) {
        status = hdx_fail_nomem(err);
        goto done;
    }
    CURLcode code = curl_easy_perform(c.handle);
    status = code ? no_answer(arena, &c, code, answer, err)
                  : read_answer(arena, &c, answer, err);
done:
    curl_slist_free_all(c.headers);
    curl_easy_cleanup(c.handle);
    hdx_buf_free(&c.body);
    return status;
}

/*
 * 409 is "the same key is being worked on" (draft of the IETF on
 * Idempotency-Key), so it is asked again. A redirect is the operator's to
 * mend, and may be that of a proxy that goes away.
 */
hdx_verdict hdx_http_verdict(const hdx_http_answer *answer)
{
    long s = answer->status;
    if (s >= 200 && s < 300)
        return HDX_VERDICT_DONE;
    if (s >= 400 && s < 500 && s != 408 && s != 409 && s != 425 && s != 429)
        return HDX_VERDICT_NEVER;
    return HDX_VERDICT_AGAIN;
}

static const char *part_of(CURLU *url, CURLUPart part, char **out)
{
    return curl_url_get(url, part, out, 0) == CURLUE_OK ? *out : NULL;
}

const char *hdx_http_refuses(const char *text)
{
    const char *wrong = NULL;
    char *scheme = NULL, *user = NULL, *fragment = NULL;
    CURLU *url = curl_url();
    if (!url || curl_url_set(url, CURLUPART_URL, text, 0) ||
        !part_of(url, CURLUPART_SCHEME, &scheme))
        wrong = "no address; write one, such as https://desk.example/hook";
    else if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0)
        wrong = "an address of neither https nor http; write https://...";
    else if (part_of(url, CURLUPART_USER, &user))
        wrong = "an address with a name in it; secrets go into the "
                "environment, by secret_env";
    else if (part_of(url, CURLUPART_FRAGMENT, &fragment))
        wrong = "an address with a # in it; remove what follows";
    curl_free(scheme);
    curl_free(user);
    curl_free(fragment);
    curl_url_cleanup(url);
    return wrong;
}

helpdex_status hdx_http_sign(hdx_arena *arena, hdx_http_request *request,
                             const char *key, const char *secret, int64_t now,
                             helpdex_error *err)
{
    hdx_str stamp = hdx_arena_format(arena, "%lld.", (long long)now);
    if (!stamp.ptr)
        return hdx_fail_nomem(err);
    hdx_digest signature = hdx_hmac(hdx_str_of(secret),
                                    (const hdx_str[]){stamp, request->body}, 2);
    const char *const lines[] = {
        "Content-Type: application/json",
        hdx_arena_format(arena, "Idempotency-Key: %s", key).ptr,
        hdx_arena_format(arena, "Helpdex-Timestamp: %lld", (long long)now).ptr,
        hdx_arena_format(arena, "Helpdex-Signature: v1=%s", signature.hex).ptr};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i])
            return hdx_fail_nomem(err);
        request->headers[i] = lines[i];
    }
    return HELPDEX_OK;
}
