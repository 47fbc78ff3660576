/* helpdex gate --from-contacts: tickets become golden queries. */
#ifndef HDX_GATE_CONTACTS_H
#define HDX_GATE_CONTACTS_H

#include "cli/cli.h"

/* Adds rows to the golden queries in the folder `dir`; the status to exit
   with. */
int cli_gate_contacts(const cli_options *options, const char *dir);

#endif
