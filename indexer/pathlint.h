/*
 * Whether triage paths make sense: that every way comes to a person, none goes
 * round in circles, nobody who is in trouble is asked too much, and every text
 * is there for every reader.
 */
#ifndef HDX_PATHLINT_H
#define HDX_PATHLINT_H

#include "store/paths.h"
#include "text/locale.h"

/* What can be wrong; each is a rule of `helpdex check`. */
typedef enum hdx_path_fault {
    HDX_FAULT_FORM,        /* it cannot be read as a path, or is two */
    HDX_FAULT_DEAD_END,    /* a way that ends before a person */
    HDX_FAULT_LOOP,        /* a way that comes back */
    HDX_FAULT_UNREACHABLE, /* a node that no way leads to */
    HDX_FAULT_QUESTIONS,   /* high stakes, and too many of them */
    HDX_FAULT_ARTICLE,     /* one that is not there */
    HDX_FAULT_TEXT,        /* missing in a locale that has articles */
    HDX_PATH_FAULTS
} hdx_path_fault;

/* The id of the rule. */
const char *hdx_path_fault_rule(hdx_path_fault fault);

/* Where an article was looked for. */
typedef enum hdx_whereabouts {
    HDX_IS_THERE,
    HDX_NO_SUCH_ARTICLE,
    HDX_NO_SUCH_SECTION
} hdx_whereabouts;

/* The articles that paths lead to. */
typedef struct hdx_path_world {
    const hdx_locale *locales; /* that have articles */
    size_t locale_count;
    const hdx_locale *default_locale; /* of texts without a tag */
    /* Looks for an article, and with a section that is not empty for that,
       which has its anchor in the default locale. `*nearest` is set to one that
       is written nearly so, or empty. */
    hdx_whereabouts (*look)(void *context, hdx_str id, hdx_str section,
                            hdx_str *nearest);
    void *context;
} hdx_path_world;

/* Is told a fault; `message` reads "what; try this" and lives as long as the
   call. */
typedef helpdex_status hdx_path_tell(void *context, hdx_path_fault fault,
                                     const char *file, unsigned line,
                                     unsigned column, const char *message);

/* Where faults go. */
typedef struct hdx_path_hearer {
    hdx_path_tell *tell;
    void *context;
} hdx_path_hearer;

/*
 * Tells the faults of paths, which have been read. `world` may be NULL: then
 * articles and locales are not known. Errors: NOMEM, and what `tell` returns.
 */
helpdex_status hdx_paths_lint(const hdx_paths *paths,
                              const hdx_path_world *world,
                              hdx_path_hearer hearer, helpdex_error *err);

#endif
