/* indexer/filebook.h */
#include "indexer/filebook.h"

#include <unistd.h>

#include "tests/unit/support.h"

static const int64_t SECOND = 1000000000;
static const hdx_file_stamp looks = {7, 8, 9000000001, 9000000002};

static const char *path; /* of the last filebook */

/* A filebook of one file, looked at `later` than it was changed. */
static hdx_filebook *filebook_of(const char *name, hdx_file_stamp stamp,
                                 int64_t later)
{
    path = join(temp_dir(), "files");
    hdx_digest digest = hdx_digest_of(hdx_str_of(name));
    hdx_filebook_draft draft = {0};
    hdx_filebook *made;
    ck_assert(hdx_filebook_note(&draft, hdx_str_of(name), &stamp, &digest,
                                stamp.changed + later));
    ck_assert_int_eq(hdx_filebook_write(&draft, path, NULL), HELPDEX_OK);
    hdx_filebook_draft_free(&draft);
    ck_assert_int_eq(hdx_filebook_open(path, &made, NULL), HELPDEX_OK);
    return made;
}

static bool recalls(hdx_filebook *l, const char *name, hdx_file_stamp stamp)
{
    hdx_digest digest = {{0}};
    bool known = hdx_filebook_recall(l, hdx_str_of(name), &stamp, &digest);
    if (known)
        ck_assert_str_eq(digest.hex, hdx_digest_of(hdx_str_of(name)).hex);
    return known;
}

START_TEST(a_file_that_looks_the_same_is_recalled)
{
    hdx_filebook *l = filebook_of("th/ฝากเงิน.md", looks, SECOND);
    ck_assert(recalls(l, "th/ฝากเงิน.md", looks));
    ck_assert(!recalls(l, "th/ถอนเงิน.md", looks));
    ck_assert(!recalls(NULL, "th/ฝากเงิน.md", looks));
    hdx_filebook_free(l);
}
END_TEST

START_TEST(any_difference_from_the_outside_is_a_change)
{
    hdx_filebook *l = filebook_of("a.md", looks, SECOND);
    hdx_file_stamp other[] = {looks, looks, looks, looks};
    other[0].size++;
    other[1].inode++;
    other[2].modified++;
    other[3].changed--;
    for (size_t i = 0; i < 4; i++)
        ck_assert(!recalls(l, "a.md", other[i]));
    hdx_filebook_free(l);
}
END_TEST

START_TEST(what_was_read_as_soon_as_it_was_written_is_not_believed)
{
    hdx_filebook *l = filebook_of("a.md", looks, SECOND / 100);
    ck_assert(!recalls(l, "a.md", looks));
    ck_assert(!recalls(l, "a.md", (hdx_file_stamp){0}));
    hdx_filebook_free(l);
}
END_TEST

START_TEST(times_without_parts_of_a_second_need_longer)
{
    hdx_file_stamp whole = {7, 8, 9 * SECOND, 9 * SECOND};
    hdx_filebook *l = filebook_of("a.md", whole, SECOND);
    ck_assert(!recalls(l, "a.md", whole));
    hdx_filebook_free(l);
    l = filebook_of("a.md", whole, 3 * SECOND);
    ck_assert(recalls(l, "a.md", whole));
    hdx_filebook_free(l);
}
END_TEST

START_TEST(a_filebook_that_was_cut_or_is_none_is_refused)
{
    hdx_filebook *l = filebook_of("a.md", looks, SECOND);
    helpdex_error err;
    hdx_filebook_free(l);
    ck_assert_int_eq(truncate(path, 90), 0);
    ck_assert_int_eq(hdx_filebook_open(path, &l, &err), HELPDEX_DAMAGED);
    ck_assert_ptr_null(l);
    write_text(path, "# files\n");
    ck_assert_int_eq(hdx_filebook_open(path, &l, &err), HELPDEX_DAMAGED);
    ck_assert_str_eq(err.file, path);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_file_that_looks_the_same_is_recalled,
        any_difference_from_the_outside_is_a_change,
        what_was_read_as_soon_as_it_was_written_is_not_believed,
        times_without_parts_of_a_second_need_longer,
        a_filebook_that_was_cut_or_is_none_is_refused,
        NULL};
    return run_suite("filebook", tests);
}
