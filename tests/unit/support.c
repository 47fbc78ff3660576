/* Temporary folders and files for the suites. */
#include "tests/unit/support.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static hdx_arena texts;
static char root[] = "/tmp/helpdex-test-XXXXXX";
static pid_t owner;
static unsigned folders;

static void clean(void)
{
    if (getpid() == owner)
        hdx_dir_remove(root, NULL);
    hdx_arena_free(&texts);
}

static void make_root(void)
{
    if (owner)
        return;
    owner = getpid();
    if (!mkdtemp(root))
        abort(); /* no test runs yet that could fail */
    atexit(clean);
}

const char *temp_dir(void)
{
    make_root();
    hdx_str path =
        hdx_arena_format(&texts, "%s/%d-%u", root, (int)getpid(), folders++);
    ck_assert_int_eq(mkdir(path.ptr, 0777), 0);
    return path.ptr;
}

const char *join(const char *folder, const char *name)
{
    return hdx_arena_format(&texts, "%s/%s", folder, name).ptr;
}

void write_file(const char *path, hdx_str bytes)
{
    char above[4096];
    snprintf(above, sizeof above, "%s", path);
    for (char *at = above + 1; (at = strchr(at, '/')); *at++ = '/') {
        *at = '\0';
        mkdir(above, 0777);
    }
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(bytes.ptr, 1, bytes.len, out), bytes.len);
    ck_assert_int_eq(fclose(out), 0);
}

char *read_text(const char *path, size_t *size)
{
    hdx_mapping file;
    ck_assert_int_eq(hdx_file_map(path, &file, NULL), HELPDEX_OK);
    char *copy = malloc(file.bytes.len + 1);
    memcpy(copy, file.bytes.ptr, file.bytes.len);
    copy[file.bytes.len] = '\0';
    if (size)
        *size = file.bytes.len;
    hdx_file_unmap(&file);
    return copy;
}

void flip_bit(const char *path, size_t byte, unsigned bit)
{
    size_t size;
    char *bytes = read_text(path, &size);
    ck_assert_uint_lt(byte, size);
    bytes[byte] = (char)(bytes[byte] ^ 1 << bit);
    write_file(path, (hdx_str){bytes, size});
    free(bytes);
}

int run_suite(const char *name, const TTest *const *tests)
{
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    tcase_set_timeout(cases, 120);
    make_root();
    for (; *tests; tests++)
        tcase_add_test(cases, *tests);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
