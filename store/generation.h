/*
 * Generations: folders of an index that never change once published. A
 * generation's name ends in the digest of its manifest, and the manifest holds
 * the digest of every file, so that CURRENT vouches for every byte. Nothing is
 * opened before it has been compared; nothing is deleted because it failed to
 * open.
 */
#ifndef HDX_GENERATION_H
#define HDX_GENERATION_H

#include "base/arena.h"
#include "base/error.h"
#include "store/schema.h"

/* What an index must have been built by to be understood, beside the schema. */
typedef struct hdx_stamp {
    unsigned analyser;
    const char *icu;
} hdx_stamp;

typedef struct hdx_manifest_locale {
    hdx_str tag;
    uint64_t articles;
    uint64_t sections;
    uint64_t terms;
    uint64_t notes;      /* of its files */
    uint64_t copies;     /* articles left out, being the default locale's */
    hdx_str fingerprint; /* of what its files were made from, but for the
                            default locale's articles */
    hdx_str setting;     /* of the part of it that is not articles */
} hdx_manifest_locale;

/* Something said about a file when the generation was built. */
typedef struct hdx_manifest_note {
    hdx_str locale; /* whose article it is about; empty: another file */
    hdx_str file;
    unsigned line;
    unsigned column;
    hdx_str message;
} hdx_manifest_note;

/* A file of a generation. */
typedef struct hdx_manifest_file {
    hdx_str path; /* below the generation */
    uint64_t bytes;
    hdx_str sha256;
} hdx_manifest_file;

typedef struct hdx_manifest {
    hdx_str fingerprint; /* of all that the generation was made from */
    hdx_str default_locale;
    hdx_str contact; /* where readers get to a person; empty: not said */
    hdx_manifest_locale *locales; /* in order of tags */
    size_t locale_count;
    hdx_manifest_note *notes;
    size_t note_count;
    hdx_manifest_file *files; /* what was opened holds; to be published: none */
    size_t file_count;
} hdx_manifest;

/* A verified generation, pinned until it is freed. */
typedef struct hdx_generation {
    hdx_arena arena;
    hdx_str name; /* of its folder */
    hdx_str path;
    hdx_str notice; /* why it is not the live one; empty when it is */
    hdx_manifest manifest;
    int pin;
} hdx_generation;

/*
 * Verifies and pins the live generation, or the previous one if the live one
 * is damaged. Errors: NOT_FOUND (no index), INCOMPATIBLE, DAMAGED, IO.
 */
helpdex_status hdx_generation_open(const char *index_dir, hdx_stamp stamp,
                                   hdx_generation **out, helpdex_error *err);
void hdx_generation_free(hdx_generation *generation);

/* Called for each damaged file; `err` names it. Non-zero ends the check. */
typedef int hdx_damage_seen(void *context, const helpdex_error *damage);

/*
 * Verifies every published generation to the end. `*name` (in `arena`) is what
 * CURRENT names. Errors: NOT_FOUND, DAMAGED, INCOMPATIBLE, IO.
 */
helpdex_status hdx_generation_verify_all(const char *index_dir, hdx_stamp stamp,
                                         hdx_arena *arena, hdx_str *name,
                                         hdx_damage_seen *seen, void *context,
                                         helpdex_error *err);

/* A generation in the making; no reader sees it. */
typedef struct hdx_draft hdx_draft;

/*
 * Makes the index folder if need be, takes its lock and clears what an earlier
 * crash left. Errors: IN_USE, IO, BAD_INPUT (the folder holds other things).
 */
helpdex_status hdx_draft_begin(const char *index_dir, hdx_draft **out,
                               helpdex_error *err);

/* The folder to write into. */
const char *hdx_draft_path(const hdx_draft *draft);

/*
 * Puts the files of a locale of `live` into the draft. They share no bytes on
 * disk with `live`, which will be the second chance of those that search: they
 * are links to files of an older generation if that has the same, which is
 * looked at to the end, or else copies. Errors: IO, DAMAGED.
 */
helpdex_status hdx_draft_reuse(hdx_draft *draft, const hdx_generation *live,
                               hdx_str locale, helpdex_error *err);

/* Likewise but for what tells later changes from them (the delta, what is gone,
   and the filebook) and the file `without` (empty: none), which is new. */
helpdex_status hdx_draft_reuse_base(hdx_draft *draft,
                                    const hdx_generation *live, hdx_str locale,
                                    hdx_str without, helpdex_error *err);

/* Puts a small file into a folder of the draft, in the same way. `live`: the
   generation not to take it from; NULL: it is written. Errors: IO. */
helpdex_status hdx_draft_put(hdx_draft *draft, const hdx_generation *live,
                             hdx_str name, hdx_str bytes, helpdex_error *err);

/*
 * Writes the manifest, syncs all, and makes the draft the live generation by
 * one rename of CURRENT; older ones but the previous are removed if no reader
 * has pinned them. `live` is the generation that served when this was begun, and
 * is what is kept; NULL: to be found out. `*name` is in `arena`. Errors: IO.
 */
helpdex_status hdx_draft_publish(hdx_draft *draft, hdx_stamp stamp,
                                 const hdx_generation *live,
                                 const hdx_manifest *manifest, hdx_arena *arena,
                                 hdx_str *name, helpdex_error *err);

/* Releases the lock; what was not published is removed. NULL is fine. */
void hdx_draft_free(hdx_draft *draft);

#endif
