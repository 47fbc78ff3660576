/* What the generators of the manual and of completions share. */
#ifndef HDX_REFERENCE_GEN_H
#define HDX_REFERENCE_GEN_H

#include "cli/cli.h"

/* What stands in for a value or an argument. */
typedef enum gen_place {
    GEN_NOTHING, /* that could be completed */
    GEN_FOLDER,
    GEN_FILE
} gen_place;

/* What a name such as KB_DIR or FILE in help stands for; NULL: nothing. */
gen_place gen_place_of(const char *name);

/* Each writes a whole file. */
void gen_bash(FILE *out);
void gen_zsh(FILE *out);
void gen_fish(FILE *out);

#endif
