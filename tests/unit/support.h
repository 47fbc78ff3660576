/* What the suites share: temporary folders, files, and running a suite. */
#ifndef HDX_TEST_SUPPORT_H
#define HDX_TEST_SUPPORT_H

#include <check.h>
#include <stdlib.h>

#include "base/str.h"

/* A new empty folder, removed when the process ends. Terminated. */
const char *temp_dir(void);

/* "folder/name", alive until the process ends. */
const char *join(const char *folder, const char *name);

/* Writes a file and the folders above it. */
void write_file(const char *path, hdx_str bytes);

static inline void write_text(const char *path, const char *text)
{
    write_file(path, hdx_str_of(text));
}

/* The bytes of a file, terminated, to be freed. */
char *read_text(const char *path, size_t *size);

/* Changes one bit of a file. */
void flip_bit(const char *path, size_t byte, unsigned bit);

#define ck_assert_str_is(view, literal)                                        \
    do {                                                                       \
        hdx_str seen_ = (view);                                                \
        ck_assert_msg(hdx_str_eq(seen_, hdx_str_of(literal)),                  \
                      "\"%.*s\" is not \"%s\"", HDX_FMT(seen_), literal);      \
    } while (0)

/* Runs the suite whose one case holds these tests (NULL ends them). */
int run_suite(const char *name, const TTest *const *tests);

#endif
