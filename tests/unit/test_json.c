/* What is written as JSON is read as the same by another program's parser. */
#include <cjson/cJSON.h>
#include <math.h>

#include "base/json.h"

#include "tests/unit/support.h"

static hdx_buf out;
static hdx_json json;

static void start(void)
{
    hdx_buf_free(&out);
    json = (hdx_json){.out = &out};
}

START_TEST(values_are_parted_by_commas)
{
    start();
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "a", NULL);
    hdx_json_list(&json, "b");
    hdx_json_count(&json, NULL, 7);
    hdx_json_bool(&json, NULL, true);
    hdx_json_end_list(&json);
    hdx_json_end_object(&json);
    ck_assert_str_eq(out.ptr, "{\"a\":null,\"b\":[7,true]}");
}
END_TEST

START_TEST(empty_ones_have_no_lines)
{
    start();
    json.indent = true;
    hdx_json_object(&json, NULL);
    hdx_json_list(&json, "a");
    hdx_json_end_list(&json);
    hdx_json_end_object(&json);
    ck_assert_str_eq(out.ptr, "{\n  \"a\": []\n}");
}
END_TEST

START_TEST(every_character_comes_back)
{
    char text[128 + 8];
    size_t len = 0;
    start();
    for (int c = 1; c < 128; c++)
        text[len++] = (char)c;
    memcpy(text + len, "\xE0\xB9\x80\xF0\x9F\x98\x80", 8);
    hdx_json_text(&json, NULL, text);
    cJSON *read = cJSON_ParseWithLength(out.ptr, out.len);
    ck_assert_ptr_nonnull(read);
    ck_assert_str_eq(cJSON_GetStringValue(read), text);
    cJSON_Delete(read);
}
END_TEST

START_TEST(keys_are_escaped_as_texts_are)
{
    start();
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "a\":\n", "b");
    hdx_json_end_object(&json);
    ck_assert_str_eq(out.ptr, "{\"a\\\":\\n\":\"b\"}");
}
END_TEST

START_TEST(numbers_have_six_decimals_at_most)
{
    start();
    hdx_json_list(&json, NULL);
    hdx_json_number(&json, NULL, 1.0 / 3);
    hdx_json_number(&json, NULL, -2);
    hdx_json_number(&json, NULL, NAN);
    hdx_json_end_list(&json);
    ck_assert_str_eq(out.ptr, "[0.333333,-2,null]");
}
END_TEST

START_TEST(memory_that_is_out_is_remembered)
{
    start();
    hdx_json_object(&json, NULL);
    hdx_json_str(&json, "a", (hdx_str){"", 0});
    out.failed = true;
    hdx_json_end_object(&json);
    ck_assert_str_eq(out.ptr, "{\"a\":\"\"");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {values_are_parted_by_commas,
                                  empty_ones_have_no_lines,
                                  every_character_comes_back,
                                  keys_are_escaped_as_texts_are,
                                  numbers_have_six_decimals_at_most,
                                  memory_that_is_out_is_remembered,
                                  NULL};
    return run_suite("json", tests);
}
