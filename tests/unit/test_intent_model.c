/* intent/model.h */
#include "intent/model.h"

#include "tests/unit/intents.h"

static hdx_analyser *analyser;
static hdx_buf bytes;

static void start(void)
{
    analyser = analyser_of("de");
    bytes = trained(analyser, german);
}

static void stop(void)
{
    hdx_buf_free(&bytes);
    hdx_analyser_free(analyser);
}

static helpdex_status opened(hdx_str from, uint64_t stamp,
                             hdx_intent_model *model, helpdex_error *err)
{
    return hdx_intent_model_open(from, stamp, "kb/intents", model, err);
}

START_TEST(every_shorter_file_is_refused)
{
    hdx_intent_model model;
    start();
    for (size_t size = 0; size < bytes.len; size++)
        ck_assert_int_eq(opened((hdx_str){bytes.ptr, size}, stamp_of(analyser),
                                &model, NULL),
                         HELPDEX_DAMAGED);
    stop();
}
END_TEST

/* A damaged model is refused, or asking it stays inside (the sanitizers see). */
START_TEST(no_changed_byte_leads_outside)
{
    hdx_intent_scratch scratch = {0};
    hdx_intent_answer answer;
    hdx_intent_model model;
    size_t refused = 0;
    start();
    for (size_t i = 0; i < bytes.len; i += i < 2048 ? 1 : 61) {
        char held = bytes.ptr[i];
        bytes.ptr[i] = (char)(held ^ 0x55);
        if (opened(hdx_buf_str(&bytes), stamp_of(analyser), &model, NULL))
            refused++;
        else
            ck_assert_int_eq(hdx_intent_ask(&model, analyser,
                                            HDX_STR("Karte sperren"), &scratch,
                                            &answer, NULL),
                             0);
        bytes.ptr[i] = held;
    }
    ck_assert_uint_gt(refused, 100);
    hdx_intent_scratch_free(&scratch);
    stop();
}
END_TEST

START_TEST(another_pack_is_refused_with_the_remedy)
{
    hdx_intent_model model;
    helpdex_error err;
    start();
    hdx_analyser *other = analyser_of("th");
    ck_assert_int_eq(opened(hdx_buf_str(&bytes), stamp_of(other), &model, &err),
                     HELPDEX_INCOMPATIBLE);
    ck_assert_str_eq(err.file, "kb/intents");
    ck_assert_ptr_nonnull(strstr(err.message, "train it again"));
    hdx_analyser_free(other);
    stop();
}
END_TEST

START_TEST(a_file_is_mapped_and_a_missing_one_is_told)
{
    hdx_intent_file file;
    start();
    const char *path = join(temp_dir(), "intents");
    ck_assert_int_eq(hdx_intent_file_open(path, 0, &file, NULL),
                     HELPDEX_NOT_FOUND);
    write_file(path, hdx_buf_str(&bytes));
    ck_assert_int_eq(
        hdx_intent_file_open(path, stamp_of(analyser), &file, NULL), 0);
    ck_assert_uint_eq(file.model.header->intents, 3);
    ck_assert_str_is(hdx_intent_id(&file.model, 0), "gebuehren");
    hdx_intent_file_close(&file);
    stop();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_shorter_file_is_refused, no_changed_byte_leads_outside,
        another_pack_is_refused_with_the_remedy,
        a_file_is_mapped_and_a_missing_one_is_told, NULL};
    return run_suite("intent_model", tests);
}
