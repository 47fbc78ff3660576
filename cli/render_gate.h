/* The gate on a terminal and as JSON. */
#ifndef HDX_RENDER_GATE_H
#define HDX_RENDER_GATE_H

#include "eval/gate.h"

/* Figures, then what has changed. */
void cli_print_gate(const hdx_gate *gate, bool colour);

/* One JSON object. */
void cli_print_gate_json(const hdx_gate *gate, const char *generation);

#endif
