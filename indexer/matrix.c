/* Rows, columns, cells and their counts; and what the public API shows. */
#include "indexer/matrix.h"

#include <stdlib.h>

#include "base/error.h"

/* The row of an id; a new one takes its title from the first cell. */
static helpdex_status find_row(helpdex_coverage *m, size_t column,
                               const char *id, const helpdex_cell *cell,
                               size_t *row, helpdex_error *err)
{
    bool added;
    hdx_map_entry *entry = hdx_map_add(&m->row_of, hdx_str_of(id), &added);
    if (!entry)
        return hdx_fail_nomem(err);
    if (added) {
        if (!hdx_grow(&m->rows, &m->row_capacity, m->row_count + 1,
                      sizeof *m->rows) ||
            !hdx_grow(&m->newest, &m->newest_capacity, m->row_count + 1,
                      sizeof *m->newest))
            return hdx_fail_nomem(err);
        entry->value = m->row_count;
        m->newest[m->row_count] = 0;
        m->rows[m->row_count++] =
            (helpdex_coverage_row){.id = id,
                                   .title = cell->title ? cell->title : id,
                                   .locale = m->columns[column].locale};
    }
    *row = (size_t)entry->value;
    return HELPDEX_OK;
}

/* Cells are put column by column: one of the same column is the newest. */
static const char *file_at(const helpdex_coverage *m, size_t row, size_t column)
{
    const hdx_placed_cell *p =
        m->newest[row] ? &m->placed[m->newest[row] - 1] : NULL;
    return p && p->column == column ? p->cell.file : NULL;
}

helpdex_status hdx_matrix_put(helpdex_coverage *matrix, size_t column,
                              const char *id, const helpdex_cell *cell,
                              const char **other, helpdex_error *err)
{
    size_t row = 0;
    helpdex_status status = find_row(matrix, column, id, cell, &row, err);
    if (status)
        return status;
    *other = file_at(matrix, row, column);
    if (*other)
        return HELPDEX_OK;
    if (!hdx_grow(&matrix->placed, &matrix->placed_capacity,
                  matrix->placed_count + 1, sizeof *matrix->placed))
        return hdx_fail_nomem(err);
    matrix->placed[matrix->placed_count++] =
        (hdx_placed_cell){row, column, *cell};
    matrix->newest[row] = matrix->placed_count;
    if (cell->state == HELPDEX_CELL_SOURCE)
        matrix->rows[row].has_source = true;
    return HELPDEX_OK;
}

/* Of an article without a source, what is there is an orphan. */
static void fill(helpdex_coverage *m)
{
    for (size_t i = 0; i < m->row_count; i++)
        for (size_t n = 0; n < m->column_count; n++)
            m->cells[i * m->column_count + n].state = m->rows[i].has_source
                                                          ? HELPDEX_CELL_MISSING
                                                          : HELPDEX_CELL_NONE;
    for (size_t i = 0; i < m->placed_count; i++) {
        const hdx_placed_cell *p = &m->placed[i];
        helpdex_cell *to = &m->cells[p->row * m->column_count + p->column];
        *to = p->cell;
        if (!m->rows[p->row].has_source)
            to->state = p->cell.state == HELPDEX_CELL_MISSING
                            ? HELPDEX_CELL_NONE
                            : HELPDEX_CELL_ORPHAN;
    }
}

static double percent(const helpdex_coverage_totals *t, size_t of)
{
    size_t good = t->is_source ? t->counts[HELPDEX_CELL_SOURCE]
                               : t->counts[HELPDEX_CELL_TRANSLATED];
    return of ? 100.0 * (double)good / (double)of : 100.0;
}

static void count(helpdex_coverage *m)
{
    size_t sources = 0, targets = 0;
    for (size_t i = 0; i < m->row_count; i++) {
        helpdex_coverage_row *row = &m->rows[i];
        sources += row->has_source;
        row->complete = row->has_source;
        for (size_t n = 0; n < m->column_count; n++) {
            helpdex_cell_state state = m->cells[i * m->column_count + n].state;
            if (state != HELPDEX_CELL_NONE)
                m->columns[n].counts[state]++;
            row->complete = row->complete && (state == HELPDEX_CELL_SOURCE ||
                                              state == HELPDEX_CELL_TRANSLATED);
        }
    }
    for (size_t n = 0; n < m->column_count; n++) {
        helpdex_coverage_totals *column = &m->columns[n];
        column->articles = sources;
        column->percent = percent(column, sources);
        if (column->is_source)
            continue;
        targets++;
        for (int s = 0; s < HELPDEX_CELL_STATES; s++)
            m->all.counts[s] += column->counts[s];
    }
    m->all.articles = sources;
    m->all.percent = percent(&m->all, sources * targets);
}

helpdex_status hdx_matrix_end(helpdex_coverage *matrix, helpdex_error *err)
{
    size_t cells = matrix->row_count * matrix->column_count;
    matrix->cells =
        hdx_arena_alloc(&matrix->arena, (cells + 1) * sizeof *matrix->cells);
    if (!matrix->cells)
        return hdx_fail_nomem(err);
    fill(matrix);
    count(matrix);
    return HELPDEX_OK;
}

size_t helpdex_coverage_locale_count(const helpdex_coverage *coverage)
{
    return coverage->column_count;
}

const helpdex_coverage_totals *helpdex_coverage_locale(
    const helpdex_coverage *coverage, size_t at)
{
    return at < coverage->column_count ? &coverage->columns[at] : NULL;
}

const helpdex_coverage_totals *helpdex_coverage_all(
    const helpdex_coverage *coverage)
{
    return &coverage->all;
}

size_t helpdex_coverage_row_count(const helpdex_coverage *coverage)
{
    return coverage->row_count;
}

const helpdex_coverage_row *helpdex_coverage_row_at(
    const helpdex_coverage *coverage, size_t at)
{
    return at < coverage->row_count ? &coverage->rows[at] : NULL;
}

const helpdex_cell *helpdex_coverage_cell(const helpdex_coverage *coverage,
                                          size_t row, size_t locale)
{
    if (row >= coverage->row_count || locale >= coverage->column_count)
        return NULL;
    return &coverage->cells[row * coverage->column_count + locale];
}

helpdex_coverage_basis helpdex_coverage_basis_of(
    const helpdex_coverage *coverage)
{
    return coverage->basis;
}

const helpdex_report *helpdex_coverage_report(const helpdex_coverage *coverage)
{
    return coverage->report;
}

void helpdex_coverage_free(helpdex_coverage *coverage)
{
    if (!coverage)
        return;
    helpdex_report_free(coverage->report);
    hdx_map_free(&coverage->row_of);
    free(coverage->rows);
    free(coverage->newest);
    free(coverage->placed);
    hdx_arena_free(&coverage->arena);
    free(coverage);
}
