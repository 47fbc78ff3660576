/*
 * What the files of a locale were when they were read: so that a file which
 * looks the same from the outside need not be read again, as with git's index.
 * Nothing is believed of a file that was written so shortly before it was read
 * that a later writing may bear the same time.
 */
#ifndef HDX_LEDGER_H
#define HDX_LEDGER_H

#include "base/digest.h"
#include "base/file.h"
#include "base/str.h"

/* The file as it was left by an earlier build, mapped. */
typedef struct hdx_ledger hdx_ledger;

/* The caller has verified the bytes. Errors: NOT_FOUND, DAMAGED. */
helpdex_status hdx_ledger_open(const char *path, hdx_ledger **out,
                               helpdex_error *err);
void hdx_ledger_free(hdx_ledger *ledger);

/*
 * What was read of the file `name` (a place below the folder that is indexed),
 * if it looks as it did. False: read it. NULL remembers nothing.
 */
bool hdx_ledger_recall(const hdx_ledger *ledger, hdx_str name,
                       const hdx_file_stamp *stamp, hdx_digest *out);

/* A ledger in the making; all zero is empty. */
typedef struct hdx_ledger_draft {
    struct hdx_ledger_record *records;
    size_t count, capacity;
    hdx_buf names;
} hdx_ledger_draft;

/* `stamp` was taken before the file was read. `now`: the time then, as the stamp
   has it. False when memory is out. */
bool hdx_ledger_note(hdx_ledger_draft *draft, hdx_str name,
                     const hdx_file_stamp *stamp, const hdx_digest *digest,
                     int64_t now);
/* Errors: IO. */
helpdex_status hdx_ledger_write(const hdx_ledger_draft *draft, const char *path,
                                helpdex_error *err);
void hdx_ledger_draft_free(hdx_ledger_draft *draft);

#endif
