/* What the readers of exports found, on standard error. */
#ifndef HDX_CLI_INTAKE_H
#define HDX_CLI_INTAKE_H

#include "cli/render.h"
#include "importer/intake.h"

/* `quiet`: errors alone. */
static inline void cli_print_intake(const hdx_intake *in, bool quiet)
{
    for (size_t i = 0; i < in->finding_count; i++)
        if (!quiet || in->findings[i].severity == HELPDEX_ERROR)
            cli_print_finding(&in->findings[i]);
}

#endif
