/* A calibration for people, as tables, and for programs. */
#ifndef HDX_RENDER_CALIBRATE_H
#define HDX_RENDER_CALIBRATE_H

#include "eval/reliability.h"

/* What there is to print of a calibration. */
typedef struct cli_calibrated {
    const hdx_reliabilities *figures;
    const helpdex_confidence_curve *curve;
    const char *locale;
    const char *saved; /* path; NULL: it was not */
} cli_calibrated;

void cli_print_calibration(const cli_calibrated *from);
void cli_print_calibration_json(const cli_calibrated *from);

#endif
