/*
 * The matrix of articles and locales as it grows: a cell is put where its id
 * and column say, and what was not put is missing.
 */
#ifndef HDX_MATRIX_H
#define HDX_MATRIX_H

#include <helpdex/coverage.h>

#include "base/arena.h"
#include "base/map.h"

typedef struct hdx_placed_cell {
    size_t row, column;
    helpdex_cell cell;
} hdx_placed_cell;

struct helpdex_coverage {
    hdx_arena arena; /* owns all texts and the cells */
    helpdex_report *report;
    helpdex_coverage_basis basis;
    helpdex_coverage_totals *columns;
    size_t column_count;
    helpdex_coverage_totals all;
    helpdex_coverage_row *rows;
    size_t row_count, row_capacity;
    size_t *newest; /* of each row its last placed cell, from 1; 0: none */
    size_t newest_capacity;
    hdx_map row_of; /* id -> its row */
    hdx_placed_cell *placed;
    size_t placed_count, placed_capacity;
    helpdex_cell *cells; /* of each row all columns; after hdx_matrix_end() */
};

/*
 * Puts a cell, whose texts live as long as the matrix. False: the column has
 * this id already (`*other` is its file), and nothing is put. Errors: NOMEM.
 */
helpdex_status hdx_matrix_put(helpdex_coverage *matrix, size_t column,
                              const char *id, const helpdex_cell *cell,
                              const char **other, helpdex_error *err);

/* Lays out the cells and counts them. Errors: NOMEM. */
helpdex_status hdx_matrix_end(helpdex_coverage *matrix, helpdex_error *err);

#endif
