/* helpdex_index_verify: what the store finds damaged, as a report. */
#include <helpdex/index.h>

#include "base/error.h"
#include "indexer/findings.h"
#include "store/generation.h"
#include "text/analyse.h"

typedef struct collector {
    helpdex_report *report;
    helpdex_status status; /* of the collecting itself */
    helpdex_error *err;
} collector;

static int collect(void *context, const helpdex_error *damage)
{
    collector *c = context;
    c->status = hdx_report_add_error(c->report, damage, c->err);
    return c->status != HELPDEX_OK;
}

helpdex_status helpdex_index_verify(const char *index_dir, helpdex_report **out,
                                    helpdex_error *err)
{
    *out = NULL;
    collector c = {.err = err};
    helpdex_status status = hdx_report_new(&c.report, err);
    if (status)
        return status;
    char icu[HDX_ICU_VERSION_SIZE];
    hdx_analyser_icu(icu);
    hdx_stamp stamp = {HDX_ANALYSER_VERSION, icu};
    hdx_str name = HDX_STR("");
    status = hdx_generation_verify_all(index_dir, stamp, &c.report->arena,
                                       &name, collect, &c, err);
    if (c.status)
        status = c.status;
    c.report->generation = name;
    if (status && status != HELPDEX_DAMAGED)
        helpdex_report_free(c.report);
    else
        *out = c.report;
    return status;
}
