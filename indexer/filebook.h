/*
 * What the files of a locale were when they were read: so that a file which
 * looks the same from the outside need not be read again, as with git's index.
 * Nothing is believed of a file that was written so shortly before it was read
 * that a later writing may bear the same time.
 */
#ifndef HDX_FILEBOOK_H
#define HDX_FILEBOOK_H

#include "base/digest.h"
#include "base/file.h"
#include "base/str.h"

/* The file as it was left by an earlier build, mapped. */
typedef struct hdx_filebook hdx_filebook;

/* The caller has verified the bytes. Errors: NOT_FOUND, DAMAGED. */
helpdex_status hdx_filebook_open(const char *path, hdx_filebook **out,
                                 helpdex_error *err);
void hdx_filebook_free(hdx_filebook *filebook);

/*
 * The digest of what was read of the file `name` (any text that tells it from
 * others); empty if it was not. True: it looks as it did, so that it need not
 * be read again. NULL remembers nothing.
 */
bool hdx_filebook_recall(hdx_filebook *filebook, hdx_str name,
                         const hdx_file_stamp *stamp, hdx_digest *out);

/* A filebook in the making; all zero is empty. */
typedef struct hdx_filebook_draft {
    struct hdx_filebook_record *records;
    size_t count, capacity;
    hdx_buf names;
} hdx_filebook_draft;

/* `stamp` was taken before the file was read. `now`: the time then, as the stamp
   has it. False when memory is out. */
bool hdx_filebook_note(hdx_filebook_draft *draft, hdx_str name,
                       const hdx_file_stamp *stamp, const hdx_digest *digest,
                       int64_t now);
/* Errors: IO. */
helpdex_status hdx_filebook_write(const hdx_filebook_draft *draft,
                                  const char *path, helpdex_error *err);
void hdx_filebook_draft_free(hdx_filebook_draft *draft);

#endif
