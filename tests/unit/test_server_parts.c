/* Addresses, buckets, targets and routes of the server, without a socket. */
#include "server/address.h"
#include "server/bucket.h"
#include "server/gzip.h"
#include "server/route.h"
#include "server/url.h"

#include "tests/unit/support.h"

static hdx_arena arena;

static hdx_address address(const char *text)
{
    hdx_address out;
    ck_assert_msg(hdx_address_read(hdx_str_of(text), &out), "%s", text);
    return out;
}

static bool is_in(const char *network, const char *text)
{
    hdx_network out;
    hdx_address of = address(text);
    ck_assert_msg(hdx_network_read(hdx_str_of(network), &out), "%s", network);
    return hdx_network_has(&out, &of);
}

START_TEST(networks_have_the_addresses_of_their_prefix)
{
    ck_assert(is_in("10.0.0.0/8", "10.255.0.1"));
    ck_assert(!is_in("10.0.0.0/8", "11.0.0.1"));
    ck_assert(is_in("192.0.2.128/25", "192.0.2.200"));
    ck_assert(!is_in("192.0.2.128/25", "192.0.2.100"));
    ck_assert(is_in("2001:db8::/33", "2001:db8:7fff::1"));
    ck_assert(!is_in("2001:db8::/33", "2001:db8:8000::1"));
    ck_assert(is_in("::1", "::1"));
    ck_assert(is_in("0.0.0.0/0", "192.0.2.1"));
    ck_assert(!is_in("0.0.0.0/0", "2001:db8::1"));
}
END_TEST

START_TEST(what_is_no_network_is_refused)
{
    static const char *const texts[] = {"",           "10.0.0.0/33", "::/129",
                                        "10.0.0.0/",  "a",           "1.2.3",
                                        "10.0.0.0/x", "10.0.0.0/-1", NULL};
    hdx_network out;
    for (size_t i = 0; texts[i]; i++)
        ck_assert_msg(!hdx_network_read(hdx_str_of(texts[i]), &out), "%s",
                      texts[i]);
}
END_TEST

START_TEST(addresses_are_shortened_before_they_are_written)
{
    char out[HDX_ADDRESS_TEXT];
    hdx_address four = address("192.0.2.77"), six = address("2001:db8:1:2::3");
    hdx_address_write_short(&four, out);
    ck_assert_str_eq(out, "192.0.2.0");
    hdx_address_write_short(&six, out);
    ck_assert_str_eq(out, "2001:db8:1::");
}
END_TEST

START_TEST(loopback_is_all_of_127_and_one_of_ipv6)
{
    hdx_address yes = address("127.9.9.9"), six = address("::1"),
                no = address("128.0.0.1"), mapped = address("::ffff:127.0.0.1");
    ck_assert(hdx_address_is_loopback(&yes) && hdx_address_is_loopback(&six));
    ck_assert(hdx_address_is_loopback(&mapped));
    ck_assert(!hdx_address_is_loopback(&no));
}
END_TEST

static hdx_limiter limiter;
static const uint64_t second = 1000000000;

/* How many of `tries` at one moment get through. */
static unsigned let_through(uint64_t who, const hdx_rate *rate, unsigned tries,
                            uint64_t now)
{
    unsigned count = 0;
    for (unsigned i = 0; i < tries; i++)
        count += hdx_limiter_take(&limiter, who, rate, now) == 0;
    return count;
}

START_TEST(a_bucket_holds_a_burst_and_fills_with_time)
{
    const hdx_rate rate = {.rate = 10, .burst = 5};
    hdx_limiter_init(&limiter, 1);
    ck_assert_uint_eq(let_through(7, &rate, 20, second), 5);
    ck_assert_uint_eq(let_through(7, &rate, 20, 2 * second), 5);
    ck_assert_uint_eq(let_through(7, &rate, 20, 2 * second + second / 5), 2);
    ck_assert_uint_eq(
        hdx_limiter_take(&limiter, 7, &rate, 2 * second + second / 5),
        second / 10);
}
END_TEST

START_TEST(over_time_no_more_than_the_rate_gets_through)
{
    const hdx_rate rate = {.rate = 100, .burst = 10};
    unsigned count = 0;
    hdx_limiter_init(&limiter, 1);
    for (uint64_t ms = 0; ms < 10000; ms++)
        count += let_through(9, &rate, 3, second + ms * second / 1000);
    ck_assert_uint_ge(count, 1000);
    ck_assert_uint_le(count, 1010);
}
END_TEST

START_TEST(many_callers_take_no_bucket_from_one_that_asks)
{
    const hdx_rate rate = {.rate = 1, .burst = 2};
    unsigned count = 0;
    hdx_limiter_init(&limiter, 1);
    for (unsigned i = 0; i < 2000; i++) {
        hdx_address other = {
            .bytes = {32, 1, (unsigned char)(i >> 8), (unsigned char)i}};
        let_through(hdx_limiter_client(&limiter, &other), &rate, 1, second);
        count += let_through(5, &rate, 1, second);
    }
    ck_assert_uint_eq(count, 2);
}
END_TEST

static hdx_url_fault decode(const char *text, bool query, const char **out)
{
    hdx_str decoded = {0};
    hdx_url_fault fault =
        hdx_url_decode(&arena, hdx_str_of(text), query, &decoded);
    *out = decoded.ptr;
    return fault;
}

START_TEST(escapes_are_decoded_and_a_plus_in_queries_alone)
{
    const char *out;
    ck_assert_int_eq(decode("a+%E0%B9%80%2f%41", true, &out), HDX_URL_SOUND);
    ck_assert_str_eq(out, "a \xE0\xB9\x80/A");
    ck_assert_int_eq(decode("a+b", false, &out), HDX_URL_SOUND);
    ck_assert_str_eq(out, "a+b");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_is_not_sound_is_not_mended)
{
    const char *out;
    ck_assert_int_eq(decode("%", true, &out), HDX_URL_ESCAPE);
    ck_assert_int_eq(decode("a%4", true, &out), HDX_URL_ESCAPE);
    ck_assert_int_eq(decode("%4g", true, &out), HDX_URL_ESCAPE);
    ck_assert_int_eq(decode("%00", true, &out), HDX_URL_TEXT);
    ck_assert_int_eq(decode("%C0%AF", true, &out), HDX_URL_TEXT);
    ck_assert_int_eq(decode("%ED%A0%80", true, &out), HDX_URL_TEXT);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(queries_are_cut_at_their_ampersands)
{
    hdx_str query = HDX_STR("&&a=1&b&=c&d=e=f"), name, value;
    static const char *const pairs[] = {"a", "1", "b", "", "", "c", "d", "e=f"};
    for (size_t i = 0; i < 8; i += 2) {
        ck_assert(hdx_url_pair(&query, &name, &value));
        ck_assert_str_is(name, pairs[i]);
        ck_assert_str_is(value, pairs[i + 1]);
    }
    ck_assert(!hdx_url_pair(&query, &name, &value));
}
END_TEST

START_TEST(the_last_part_of_a_path_takes_slashes)
{
    hdx_match match =
        hdx_route_find("GET", HDX_STR("/v1/articles/de/fees/card"));
    ck_assert_ptr_nonnull(match.route);
    ck_assert_str_is(match.parts[0], "de");
    ck_assert_str_is(match.parts[1], "fees/card");
}
END_TEST

START_TEST(paths_are_whole)
{
    static const char *const none[] = {
        "",           "/v1",         "/v1/search/", "/v1/searc", "//v1/search",
        "/healthz/a", "/v1/search2", NULL};
    for (size_t i = 0; none[i]; i++)
        ck_assert_msg(!hdx_route_find("GET", hdx_str_of(none[i])).allowed_count,
                      "%s", none[i]);
    ck_assert_ptr_nonnull(hdx_route_find("HEAD", HDX_STR("/")).route);
}
END_TEST

START_TEST(gzip_is_taken_unless_its_weight_is_nothing)
{
    ck_assert(hdx_gzip_accepted("br, GZIP;q=0.5"));
    ck_assert(hdx_gzip_accepted("gzip"));
    ck_assert(!hdx_gzip_accepted("gzip;q=0, br"));
    ck_assert(!hdx_gzip_accepted("xgzip"));
    ck_assert(!hdx_gzip_accepted(""));
    ck_assert(!hdx_gzip_accepted(NULL));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        networks_have_the_addresses_of_their_prefix,
        what_is_no_network_is_refused,
        addresses_are_shortened_before_they_are_written,
        loopback_is_all_of_127_and_one_of_ipv6,
        a_bucket_holds_a_burst_and_fills_with_time,
        over_time_no_more_than_the_rate_gets_through,
        many_callers_take_no_bucket_from_one_that_asks,
        escapes_are_decoded_and_a_plus_in_queries_alone,
        what_is_not_sound_is_not_mended,
        queries_are_cut_at_their_ampersands,
        the_last_part_of_a_path_takes_slashes,
        paths_are_whole,
        gzip_is_taken_unless_its_weight_is_nothing,
        NULL};
    return run_suite("server parts", tests);
}
