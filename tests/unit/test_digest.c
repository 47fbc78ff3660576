/* base/digest.h: the vectors of FIPS 180-4 and its example files */
#include "base/digest.h"
#include "tests/unit/support.h"

static const char empty[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char million_a[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

START_TEST(known_texts_have_known_digests)
{
    ck_assert_str_eq(hdx_digest_of(HDX_STR("")).hex, empty);
    ck_assert_str_eq(hdx_digest_of((hdx_str){0}).hex, empty);
    ck_assert_str_eq(hdx_digest_of(HDX_STR("abc")).hex, abc);
    ck_assert_str_eq(
        hdx_digest_of(HDX_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmn"
                              "omnopnopq"))
            .hex,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(a_million_bytes_have_their_known_digest)
{
    hdx_buf buf = {0};
    for (int i = 0; i < 1000000; i++)
        hdx_buf_byte(&buf, 'a');
    ck_assert_str_eq(hdx_digest_of(hdx_buf_str(&buf)).hex, million_a);
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(a_file_has_the_digest_of_its_bytes)
{
    const char *path = join(temp_dir(), "abc");
    hdx_digest digest;
    uint64_t size = 99;
    write_text(path, "abc");
    ck_assert_int_eq(hdx_digest_file(path, &digest, &size, NULL), 0);
    ck_assert_str_eq(digest.hex, abc);
    ck_assert_uint_eq(size, 3);
    write_text(path, "");
    ck_assert_int_eq(hdx_digest_file(path, &digest, &size, NULL), 0);
    ck_assert_str_eq(digest.hex, empty);
    ck_assert_uint_eq(size, 0);
}
END_TEST

START_TEST(a_missing_file_has_no_digest)
{
    hdx_digest digest;
    uint64_t size;
    helpdex_error err;
    const char *path = join(temp_dir(), "missing");
    ck_assert_int_eq(hdx_digest_file(path, &digest, &size, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_str_eq(err.file, path);
}
END_TEST

static hdx_digest of_list(const hdx_str *texts, size_t count)
{
    struct sha256_ctx context;
    hdx_digest_start(&context);
    for (size_t i = 0; i < count; i++)
        hdx_digest_add(&context, texts[i]);
    return hdx_digest_end(&context);
}

START_TEST(lists_that_join_alike_differ)
{
    const hdx_str a[] = {HDX_STR("ab"), HDX_STR("c")};
    const hdx_str b[] = {HDX_STR("a"), HDX_STR("bc")};
    const hdx_str c[] = {HDX_STR("abc"), {0}};
    ck_assert_str_ne(of_list(a, 2).hex, of_list(b, 2).hex);
    ck_assert_str_ne(of_list(a, 2).hex, of_list(c, 2).hex);
    ck_assert_str_ne(of_list(c, 1).hex, of_list(c, 2).hex);
    ck_assert_str_eq(of_list(a, 2).hex, of_list(a, 2).hex);
}
END_TEST

START_TEST(one_bit_changes_the_digest_of_a_file)
{
    const char *path = join(temp_dir(), "bits");
    hdx_digest before, after;
    uint64_t size;
    write_text(path, "ฝากเงินด้วยบัตร");
    ck_assert_int_eq(hdx_digest_file(path, &before, &size, NULL), 0);
    for (unsigned bit = 0; bit < 8; bit++) {
        flip_bit(path, size - 1, bit);
        ck_assert_int_eq(hdx_digest_file(path, &after, &size, NULL), 0);
        ck_assert_str_ne(before.hex, after.hex);
        flip_bit(path, size - 1, bit);
    }
}
END_TEST

START_TEST(many_files_are_digested_each_by_itself)
{
    const char *dir = temp_dir();
    hdx_digest_job jobs[9] = {{0}};
    char text[2] = "a";
    for (int i = 0; i < 9; i++, text[0]++) {
        jobs[i].path = join(dir, text);
        if (i != 4)
            write_text(jobs[i].path, text);
    }
    hdx_digest_files(jobs, 9);
    text[0] = 'a';
    for (int i = 0; i < 9; i++, text[0]++) {
        ck_assert_int_eq(jobs[i].err.status, i == 4 ? HELPDEX_NOT_FOUND : 0);
        if (i != 4)
            ck_assert_str_eq(jobs[i].digest.hex,
                             hdx_digest_of(hdx_str_of(text)).hex);
    }
}
END_TEST

START_TEST(a_copy_has_the_digest_of_its_source)
{
    const char *dir = temp_dir(), *to = join(dir, "to");
    hdx_digest digest, copied;
    uint64_t size;
    write_text(join(dir, "abc"), "abc");
    ck_assert_int_eq(hdx_digest_copy(join(dir, "abc"), to, &digest, NULL), 0);
    ck_assert_str_eq(digest.hex, abc);
    ck_assert_int_eq(hdx_digest_file(to, &copied, &size, NULL), HELPDEX_OK);
    ck_assert_str_eq(copied.hex, abc);
    ck_assert_int_eq(hdx_digest_copy(join(dir, "none"), to, &digest, NULL),
                     HELPDEX_NOT_FOUND);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {known_texts_have_known_digests,
                                  a_million_bytes_have_their_known_digest,
                                  a_file_has_the_digest_of_its_bytes,
                                  a_missing_file_has_no_digest,
                                  lists_that_join_alike_differ,
                                  one_bit_changes_the_digest_of_a_file,
                                  many_files_are_digested_each_by_itself,
                                  a_copy_has_the_digest_of_its_source,
                                  NULL};
    return run_suite("digest", tests);
}
