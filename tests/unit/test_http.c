/* calls go where they are sent, over what is verified, and end */
#include "handoff/http.h"

#include "tests/unit/receiver.h"

static hdx_arena arena;

static hdx_http_answer get(const char *scheme, const char *host)
{
    char url[128];
    hdx_http_answer answer;
    snprintf(url, sizeof url, "%s://%s:%d/x", scheme, host, desk.port);
    const hdx_http_request request = {.url = url, .timeout = 5};
    ck_assert_int_eq(hdx_http_send(&arena, &request, &answer, NULL), 0);
    return answer;
}

START_TEST(a_redirect_is_an_answer_and_not_followed)
{
    start_desk();
    script("302 /elsewhere\n");
    hdx_http_answer answer = get("http", "127.0.0.1");
    ck_assert_int_eq(answer.status, 302);
    ck_assert_int_eq(hdx_http_verdict(&answer), HDX_VERDICT_AGAIN);
    ck_assert_str_eq(request_lines(), "GET /x\n");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_answer_is_not_read_beyond_a_mebibyte)
{
    start_desk();
    script("large\n");
    hdx_http_answer answer = get("http", "127.0.0.1");
    ck_assert_int_eq(answer.status, 0);
    ck_assert_str_eq(answer.why, "the answer is larger than 1 MiB");
    ck_assert_uint_eq(answer.body.len, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(other_schemes_are_unknown)
{
    hdx_http_answer answer;
    const hdx_http_request request = {.url = "file:///etc/passwd",
                                      .timeout = 5};
    ck_assert_int_eq(hdx_http_send(&arena, &request, &answer, NULL), 0);
    ck_assert_int_eq(answer.status, 0);
    ck_assert(!answer.sent);
    ck_assert_ptr_nonnull(strstr(answer.why, "file"));
    hdx_arena_free(&arena);
}
END_TEST

/* A key and a certificate that nobody vouches for, as one file; NULL: there is
   no openssl here. */
static const char *make_certificate(void)
{
    char command[1024];
    const char *path = join(temp_dir(), "pair.pem");
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x "
             "-addext subjectAltName=IP:127.0.0.1 "
             "-keyout %s -out %s.crt >%s.log 2>&1 && cat %s.crt >>%s",
             path, path, path, path, path);
    return system(command) ? NULL : path;
}

START_TEST(a_certificate_that_nobody_vouches_for_is_refused)
{
    const char *pair = make_certificate();
    if (!pair) {
        puts("openssl is not here: no certificate was made");
        return;
    }
    start_desk_with(pair);
    hdx_http_answer answer = get("https", "127.0.0.1");
    ck_assert_int_eq(answer.status, 0);
    ck_assert(!answer.sent);
    ck_assert_msg(strstr(answer.why, "certificate"), "%s", answer.why);
    ck_assert_int_eq(request_count(), 0);
    hdx_arena_free(&arena);
}
END_TEST

static hdx_verdict verdict_of(long status)
{
    const hdx_http_answer answer = {.status = status};
    return hdx_http_verdict(&answer);
}

START_TEST(a_status_says_what_comes_next)
{
    ck_assert_int_eq(verdict_of(200), HDX_VERDICT_DONE);
    ck_assert_int_eq(verdict_of(204), HDX_VERDICT_DONE);
    for (long status = 400; status < 500; status++)
        if (status != 408 && status != 409 && status != 425 && status != 429)
            ck_assert_int_eq(verdict_of(status), HDX_VERDICT_NEVER);
    ck_assert_int_eq(verdict_of(0), HDX_VERDICT_AGAIN);
    ck_assert_int_eq(verdict_of(409), HDX_VERDICT_AGAIN);
    ck_assert_int_eq(verdict_of(503), HDX_VERDICT_AGAIN);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_redirect_is_an_answer_and_not_followed,
        an_answer_is_not_read_beyond_a_mebibyte,
        other_schemes_are_unknown,
        a_certificate_that_nobody_vouches_for_is_refused,
        a_status_says_what_comes_next,
        NULL};
    return run_suite("http", tests);
}
