/* assist/session.h */
#include "assist/session.h"

#include "tests/unit/support.h"

static const hdx_str key = HDX_STR("0123456789abcdef");
static hdx_arena arena;

static hdx_session talk(void)
{
    hdx_session s = {.conversation = HDX_STR("c1"),
                     .began = 100,
                     .locale = HDX_STR("th"),
                     .messages = 3,
                     .clarified = 1,
                     .path = HDX_STR("missing-deposit"),
                     .node = HDX_STR("how"),
                     .pending = true};
    s.slots[s.slot_count++] = (hdx_fact){HDX_STR("txid"), HDX_STR("0xab")};
    s.options[s.option_count++] =
        (hdx_offered){HDX_STR("ส่งเป็นเหรียญ"), HDX_STR("crypto"), HDX_STR(""),
                      HDX_STR(""), HDX_STR("missing-deposit")};
    hdx_session_show(&s, (hdx_shown){HDX_STR("fees"), HDX_STR("trading"),
                                     HDX_STR("th"), HDX_STR("ค่าธรรมเนียม"),
                                     HDX_STR("")});
    hdx_session_ask(&s, HDX_STR("คุณส่งเงินมาทางไหน"));
    hdx_session_call(&s, HDX_STR("proof"));
    hdx_session_say(&s, true, HDX_STR("เงินไม่เข้า \"\\"), 120);
    return s;
}

static hdx_str token_of(const hdx_session *s)
{
    hdx_buf out = {0};
    ck_assert(hdx_session_write(s, key, 200, &out));
    hdx_str kept = hdx_arena_copy(&arena, hdx_buf_str(&out));
    hdx_buf_free(&out);
    return kept;
}

static hdx_session_state state_of(hdx_str token, hdx_str by, int64_t now,
                                  hdx_session *s)
{
    hdx_session_state state;
    ck_assert_int_eq(hdx_session_read(token, by, now, &arena, s, &state, NULL),
                     HELPDEX_OK);
    return state;
}

START_TEST(a_conversation_is_read_as_it_was_written)
{
    hdx_session s = talk(), r;
    ck_assert_int_eq(state_of(token_of(&s), key, 300, &r), HDX_SESSION_SOUND);
    ck_assert(hdx_str_eq(r.locale, s.locale) && hdx_str_eq(r.node, s.node));
    ck_assert(r.pending && !r.missed && r.clarified == 1 && r.messages == 3);
    ck_assert(hdx_str_eq(r.slots[0].value, HDX_STR("0xab")));
    ck_assert(hdx_str_eq(r.options[0].label, s.options[0].label));
    ck_assert(hdx_str_eq(r.options[0].path, s.path));
    ck_assert(hdx_str_eq(r.shown[0].title, s.shown[0].title));
    ck_assert(hdx_str_eq(r.asked[0].question, s.asked[0].question));
    ck_assert_uint_eq(r.asked[0].answer.len + r.flows[0].status.len, 0);
    ck_assert(hdx_str_eq(r.turns[0].text, s.turns[0].text));
    ck_assert(r.turns[0].customer && r.turns[0].at == 120 && r.began == 100);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_day_later_it_is_over)
{
    hdx_session s = talk(), r;
    hdx_str token = token_of(&s);
    int64_t end = 200 + HDX_SESSION_SECONDS;
    ck_assert_int_eq(state_of(token, key, end, &r), HDX_SESSION_SOUND);
    ck_assert_int_eq(state_of(token, key, end + 1, &r), HDX_SESSION_EXPIRED);
    ck_assert_uint_eq(r.path.len + r.turn_count, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(another_key_does_not_open_it)
{
    hdx_session s = talk(), r;
    ck_assert_int_eq(
        state_of(token_of(&s), HDX_STR("0123456789abcdeF"), 300, &r),
        HDX_SESSION_REFUSED);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(no_byte_of_it_can_be_changed)
{
    hdx_session s = talk(), r;
    hdx_str token = token_of(&s);
    char *bytes = (char *)(uintptr_t)token.ptr;
    for (size_t i = 0; i < token.len; i++) {
        bytes[i] ^= 1;
        ck_assert_int_eq(state_of(token, key, 300, &r), HDX_SESSION_REFUSED);
        bytes[i] ^= 1;
    }
    ck_assert_int_eq(state_of(token, key, 300, &r), HDX_SESSION_SOUND);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_is_cut_off_is_refused)
{
    hdx_session s = talk(), r;
    hdx_str token = token_of(&s);
    for (size_t len = 0; len < token.len; len++)
        ck_assert_int_eq(state_of((hdx_str){token.ptr, len}, key, 300, &r),
                         HDX_SESSION_REFUSED);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_oldest_is_forgotten_first)
{
    hdx_session s = {0};
    for (int64_t i = 0; i < HDX_SESSION_TURNS + 5; i++)
        hdx_session_say(&s, true, HDX_STR("x"), i);
    ck_assert_uint_eq(s.turn_count, HDX_SESSION_TURNS);
    ck_assert_int_eq(s.turns[0].at, 5);
    ck_assert_int_eq(s.turns[HDX_SESSION_TURNS - 1].at, HDX_SESSION_TURNS + 4);
}
END_TEST

START_TEST(a_long_turn_is_cut_between_characters)
{
    hdx_session s = {0};
    char text[1000];
    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "あ", 3);
    hdx_session_say(&s, false, (hdx_str){text, 999}, 1);
    ck_assert_uint_le(s.turns[0].text.len, HDX_SESSION_TURN_BYTES);
    ck_assert_uint_eq(hdx_utf8_check(s.turns[0].text), SIZE_MAX);
    ck_assert_uint_gt(s.turns[0].text.len, HDX_SESSION_TURN_BYTES - 3);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_conversation_is_read_as_it_was_written,
                                  a_day_later_it_is_over,
                                  another_key_does_not_open_it,
                                  no_byte_of_it_can_be_changed,
                                  what_is_cut_off_is_refused,
                                  the_oldest_is_forgotten_first,
                                  a_long_turn_is_cut_between_characters,
                                  NULL};
    return run_suite("session", tests);
}
