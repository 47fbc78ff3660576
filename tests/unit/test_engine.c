/* store/engine.h */
#include "store/engine.h"

#include <stdio.h>

#include "base/file.h"
#include "tests/unit/support.h"

static const hdx_bm25 plain = {1.5, 0.75};

static hdx_posting posting(const char *term, uint32_t frequency)
{
    return (hdx_posting){hdx_str_of(term), frequency};
}

/* An engine of documents of one or two terms; a NULL second term is none. */
static hdx_engine *engine_at(const char *path, const char *terms[][2],
                             size_t count)
{
    hdx_engine_writer *writer;
    hdx_engine *engine;
    ck_assert_int_eq(hdx_engine_writer_open(path, &writer, NULL), 0);
    for (size_t i = 0; i < count; i++) {
        size_t used = terms[i][1] ? 2 : terms[i][0] ? 1 : 0;
        hdx_posting list[2] = {posting(terms[i][0], 1),
                               posting(terms[i][1], 1)};
        ck_assert_int_eq(hdx_engine_writer_add(writer, list, used, NULL), 0);
    }
    ck_assert_int_eq(hdx_engine_writer_finish(writer, NULL), 0);
    hdx_engine_writer_free(writer);
    ck_assert_int_eq(hdx_engine_open(path, &engine, NULL), 0);
    return engine;
}

static hdx_engine *engine_of(const char *terms[][2], size_t count)
{
    return engine_at(join(temp_dir(), "terms"), terms, count);
}

static hdx_query term_query(const char *term, double weight)
{
    return (hdx_query){
        .op = HDX_QUERY_TERM, .weight = weight, .term = hdx_str_of(term)};
}

static hdx_query or_query(const hdx_query *children, size_t count)
{
    return (hdx_query){
        .op = HDX_QUERY_OR, .weight = 1, .children = children, .count = count};
}

static size_t retrieve(hdx_engine *engine, hdx_query query, uint32_t limit,
                       hdx_candidate *out)
{
    size_t count = 99;
    helpdex_error err;
    ck_assert_int_eq(
        hdx_engine_retrieve(engine, &query, plain, limit, out, &count, &err),
        HELPDEX_OK);
    return count;
}

START_TEST(what_was_added_is_found_under_its_ordinal)
{
    const char *terms[][2] = {
        {"wกระเป๋า", NULL}, {"wحساب", NULL}, {"w出金", NULL}};
    hdx_engine *engine = engine_of(terms, 3);
    hdx_candidate out[4];
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(retrieve(engine, term_query(terms[i][0], 1), 4, out),
                          1);
        ck_assert_uint_eq(out[0].ordinal, i);
        ck_assert_double_gt(out[0].score, 0);
    }
    hdx_engine_free(engine);
}
END_TEST

START_TEST(documents_and_frequencies_are_counted)
{
    const char *terms[][2] = {
        {"wa", "wb"}, {"wa", NULL}, {NULL, NULL}, {"wb", "wa"}};
    hdx_engine *engine = engine_of(terms, 4);
    uint32_t n;
    ck_assert_int_eq(hdx_engine_document_count(engine, &n, NULL), 0);
    ck_assert_uint_eq(n, 4);
    hdx_engine_document_frequency(engine, HDX_STR("wa"), &n, NULL);
    ck_assert_uint_eq(n, 3);
    hdx_engine_document_frequency(engine, HDX_STR("wb"), &n, NULL);
    ck_assert_uint_eq(n, 2);
    hdx_engine_document_frequency(engine, HDX_STR("w"), &n, NULL);
    ck_assert_uint_eq(n, 0);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(terms_may_hold_any_byte)
{
    const char *path = join(temp_dir(), "terms");
    const hdx_posting odd = {{"w\0\xFF\n", 4}, 1};
    hdx_engine_writer *writer;
    hdx_engine *engine;
    uint32_t n;
    ck_assert_int_eq(hdx_engine_writer_open(path, &writer, NULL), 0);
    ck_assert_int_eq(hdx_engine_writer_add(writer, &odd, 1, NULL), 0);
    ck_assert_int_eq(hdx_engine_writer_finish(writer, NULL), 0);
    hdx_engine_writer_free(writer);
    ck_assert_int_eq(hdx_engine_open(path, &engine, NULL), 0);
    hdx_engine_document_frequency(engine, odd.term, &n, NULL);
    ck_assert_uint_eq(n, 1);
    hdx_engine_document_frequency(engine, HDX_STR("w"), &n, NULL);
    ck_assert_uint_eq(n, 0);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(the_heavier_term_decides)
{
    const char *terms[][2] = {{"wa", NULL}, {"wb", NULL}, {"wc", NULL}};
    hdx_engine *engine = engine_of(terms, 3);
    hdx_candidate out[3];
    const hdx_query b_heavy[] = {term_query("wa", 1), term_query("wb", 2.5)};
    const hdx_query a_heavy[] = {term_query("wa", 1), term_query("wb", 0.5)};
    ck_assert_uint_eq(retrieve(engine, or_query(b_heavy, 2), 3, out), 2);
    ck_assert_uint_eq(out[0].ordinal, 1);
    ck_assert_double_eq_tol(out[0].score / out[1].score, 2.5, 1e-9);
    ck_assert_uint_eq(retrieve(engine, or_query(a_heavy, 2), 3, out), 2);
    ck_assert_uint_eq(out[0].ordinal, 0);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(weights_of_several_terms_add_up)
{
    const char *terms[][2] = {{"wa", NULL}, {"wa", "wb"}, {"wb", NULL}};
    hdx_engine *engine = engine_of(terms, 3);
    hdx_candidate out[3];
    const hdx_query both[] = {term_query("wa", 1), term_query("wb", 1)};
    ck_assert_uint_eq(retrieve(engine, or_query(both, 2), 3, out), 3);
    ck_assert_uint_eq(out[0].ordinal, 1);
    ck_assert_double_gt(out[0].score, out[1].score);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(equal_scores_come_in_the_order_of_ordinals)
{
    const char *terms[40][2] = {{NULL}};
    for (size_t i = 0; i < 40; i++)
        terms[i][0] = "wหัวข้อ";
    hdx_engine *engine = engine_of(terms, 40);
    hdx_candidate out[40];
    ck_assert_uint_eq(retrieve(engine, term_query("wหัวข้อ", 1), 40, out), 40);
    for (uint32_t i = 0; i < 40; i++)
        ck_assert_uint_eq(out[i].ordinal, i);
    ck_assert_uint_eq(retrieve(engine, term_query("wหัวข้อ", 1), 7, out), 7);
    for (uint32_t i = 0; i < 7; i++)
        ck_assert_uint_eq(out[i].ordinal, i);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(no_more_than_the_limit_is_written)
{
    const char *terms[][2] = {{"wa", NULL}, {"wa", NULL}, {"wa", NULL}};
    hdx_engine *engine = engine_of(terms, 3);
    hdx_candidate out[3] = {{0, 0, 0}, {0, 0, 0}, {7, 77, 0}};
    ck_assert_uint_eq(retrieve(engine, term_query("wa", 1), 0, out), 0);
    ck_assert_uint_eq(retrieve(engine, term_query("wa", 1), 2, out), 2);
    ck_assert_uint_eq(out[2].ordinal, 77);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(what_nobody_wrote_finds_nothing)
{
    const char *terms[][2] = {{"wa", NULL}};
    hdx_engine *engine = engine_of(terms, 1);
    hdx_candidate out[1];
    const hdx_query none[] = {term_query("wx", 1), term_query("wy", 3)};
    ck_assert_uint_eq(retrieve(engine, term_query("wx", 1), 1, out), 0);
    ck_assert_uint_eq(retrieve(engine, or_query(none, 2), 1, out), 0);
    ck_assert_uint_eq(retrieve(engine, or_query(NULL, 0), 1, out), 0);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(an_index_of_no_documents_opens)
{
    hdx_engine *engine = engine_of(NULL, 0);
    hdx_candidate out[1];
    uint32_t n = 9;
    ck_assert_int_eq(hdx_engine_document_count(engine, &n, NULL), 0);
    ck_assert_uint_eq(n, 0);
    ck_assert_uint_eq(retrieve(engine, term_query("wa", 1), 1, out), 0);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(ordinals_survive_flushes)
{
    const char *path = join(temp_dir(), "terms");
    hdx_engine_writer *writer;
    hdx_engine *engine;
    char name[16];
    ck_assert_int_eq(hdx_engine_writer_open(path, &writer, NULL), 0);
    for (int i = 0; i < 2100; i++) {
        snprintf(name, sizeof name, "w%d", i);
        hdx_posting one = posting(name, 1);
        ck_assert_int_eq(hdx_engine_writer_add(writer, &one, 1, NULL), 0);
    }
    ck_assert_int_eq(hdx_engine_writer_finish(writer, NULL), 0);
    hdx_engine_writer_free(writer);
    ck_assert_int_eq(hdx_engine_open(path, &engine, NULL), 0);
    hdx_candidate out[2];
    ck_assert_uint_eq(retrieve(engine, term_query("w2099", 1), 2, out), 1);
    ck_assert_uint_eq(out[0].ordinal, 2099);
    hdx_engine_free(engine);
}
END_TEST

START_TEST(only_the_finished_file_is_left)
{
    const char *dir = temp_dir();
    hdx_engine_writer *writer;
    hdx_arena arena = {0};
    hdx_listing all;
    hdx_posting one = posting("wa", 3);
    ck_assert_int_eq(hdx_engine_writer_open(join(dir, "terms"), &writer, NULL),
                     0);
    ck_assert_int_eq(hdx_engine_writer_add(writer, &one, 1, NULL), 0);
    ck_assert_int_eq(hdx_engine_writer_finish(writer, NULL), 0);
    hdx_engine_writer_free(writer);
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &all, NULL), 0);
    ck_assert_uint_eq(all.count, 1);
    ck_assert_str_is(all.items[0].path, "terms");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(adding_after_the_finish_is_an_error)
{
    hdx_engine_writer *writer;
    hdx_posting one = posting("wa", 1);
    helpdex_error err = {0};
    const char *path = join(temp_dir(), "terms");
    ck_assert_int_eq(hdx_engine_writer_open(path, &writer, NULL), 0);
    ck_assert_int_eq(hdx_engine_writer_finish(writer, NULL), 0);
    ck_assert_int_eq(hdx_engine_writer_add(writer, &one, 1, &err),
                     HELPDEX_STORE);
    ck_assert_str_ne(err.message, "");
    hdx_engine_writer_free(writer);
}
END_TEST

START_TEST(terms_the_engine_cannot_hold_are_errors)
{
    char longest[300];
    memset(longest, 'x', sizeof longest);
    hdx_posting tall = {{longest, sizeof longest}, 1}, empty = posting("", 1);
    hdx_engine_writer *writer;
    helpdex_error err = {0};
    ck_assert_int_eq(
        hdx_engine_writer_open(join(temp_dir(), "terms"), &writer, NULL), 0);
    ck_assert_int_eq(hdx_engine_writer_add(writer, &tall, 1, &err),
                     HELPDEX_STORE);
    ck_assert_int_eq(hdx_engine_writer_add(writer, &empty, 1, &err),
                     HELPDEX_STORE);
    hdx_engine_writer_free(writer);
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
    hdx_engine *engine;
    helpdex_error err = {0};
    ck_assert_int_eq(hdx_engine_open(join(temp_dir(), "none"), &engine, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_null(engine);
    ck_assert_str_ne(err.message, "");
}
END_TEST

START_TEST(a_file_of_something_else_is_refused)
{
    const char *path = join(temp_dir(), "terms");
    const char *const others[] = {"x", "สวัสดี", "IAMGLASS\x1Fgarbage"};
    for (size_t i = 0; i < 3; i++) {
        hdx_engine *engine;
        helpdex_error err = {0};
        write_text(path, others[i]);
        ck_assert_int_ne(hdx_engine_open(path, &engine, &err), HELPDEX_OK);
        ck_assert_ptr_null(engine);
        ck_assert_str_ne(err.message, "");
    }
}
END_TEST

START_TEST(a_folder_that_is_not_there_cannot_be_written_into)
{
    hdx_engine_writer *writer;
    helpdex_error err = {0};
    ck_assert_int_ne(
        hdx_engine_writer_open(join(temp_dir(), "no/terms"), &writer, &err),
        HELPDEX_OK);
    ck_assert_ptr_null(writer);
    ck_assert_str_ne(err.message, "");
}
END_TEST

START_TEST(every_fault_becomes_its_status)
{
    static const helpdex_status wanted[] = {
        [HDX_FAULT_LOCK] = HELPDEX_IN_USE,
        [HDX_FAULT_VERSION] = HELPDEX_INCOMPATIBLE,
        [HDX_FAULT_CORRUPT] = HELPDEX_DAMAGED,
        [HDX_FAULT_OPENING] = HELPDEX_NOT_FOUND,
        [HDX_FAULT_MODIFIED] = HELPDEX_STORE,
        [HDX_FAULT_OTHER_XAPIAN] = HELPDEX_STORE,
        [HDX_FAULT_BAD_ALLOC] = HELPDEX_NOMEM,
        [HDX_FAULT_STANDARD] = HELPDEX_STORE,
        [HDX_FAULT_UNKNOWN] = HELPDEX_STORE};
    for (unsigned i = HDX_FAULT_LOCK; i <= HDX_FAULT_UNKNOWN; i++) {
        helpdex_error err = {0};
        ck_assert_int_eq(hdx_engine_throw((hdx_engine_fault)i, &err),
                         wanted[i]);
        ck_assert_int_eq(err.status, wanted[i]);
        ck_assert_ptr_nonnull(strstr(err.message, "; "));
        ck_assert_int_eq(hdx_engine_throw((hdx_engine_fault)i, NULL),
                         wanted[i]);
    }
}
END_TEST

START_TEST(no_fault_leaves_the_error_alone)
{
    helpdex_error err = {.status = HELPDEX_OK, .message = "untouched"};
    ck_assert_int_eq(hdx_engine_throw(HDX_FAULT_NONE, &err), HELPDEX_OK);
    ck_assert_str_eq(err.message, "untouched");
}
END_TEST

START_TEST(freeing_nothing_is_fine)
{
    hdx_engine_free(NULL);
    hdx_engine_writer_free(NULL);
    hdx_engine *engine = NULL;
    ck_assert_int_eq(hdx_engine_open("", &engine, NULL), HELPDEX_NOT_FOUND);
}
END_TEST

START_TEST(two_files_are_searched_as_one)
{
    const char *dir = temp_dir(), *more = join(dir, "more");
    const char *first[][2] = {{"wa"}, {"wb"}, {"wa"}};
    const char *second[][2] = {{"wc"}, {"wa"}};
    hdx_candidate out[4];
    uint32_t have;
    hdx_engine_free(engine_at(more, second, 2));
    hdx_engine *engine = engine_at(join(dir, "terms"), first, 3);
    ck_assert_int_eq(hdx_engine_join(engine, more, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_engine_document_count(engine, &have, NULL), 0);
    ck_assert_uint_eq(have, 5);
    ck_assert_uint_eq(retrieve(engine, term_query("wa", 1), 4, out), 3);
    ck_assert(!out[0].joined && out[0].ordinal == 0);
    ck_assert(out[1].joined && out[1].ordinal == 1);
    ck_assert(!out[2].joined && out[2].ordinal == 2);
    ck_assert_uint_eq(retrieve(engine, term_query("wc", 1), 4, out), 1);
    ck_assert(out[0].joined && out[0].ordinal == 0);
    hdx_engine_free(engine);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        what_was_added_is_found_under_its_ordinal,
        documents_and_frequencies_are_counted,
        terms_may_hold_any_byte,
        the_heavier_term_decides,
        weights_of_several_terms_add_up,
        equal_scores_come_in_the_order_of_ordinals,
        no_more_than_the_limit_is_written,
        what_nobody_wrote_finds_nothing,
        an_index_of_no_documents_opens,
        ordinals_survive_flushes,
        only_the_finished_file_is_left,
        adding_after_the_finish_is_an_error,
        terms_the_engine_cannot_hold_are_errors,
        a_missing_file_is_not_found,
        a_file_of_something_else_is_refused,
        a_folder_that_is_not_there_cannot_be_written_into,
        every_fault_becomes_its_status,
        no_fault_leaves_the_error_alone,
        freeing_nothing_is_fine,
        two_files_are_searched_as_one,
        NULL};
    return run_suite("engine", tests);
}
