/*
 * helpdex_coverage_measure: reads every article as building does, and says what
 * it is instead of indexing it. Nothing is written.
 */
#include <helpdex/coverage.h>

#include <stdlib.h>

#include "base/file.h"
#include "base/history.h"
#include "indexer/article.h"
#include "indexer/findings.h"
#include "indexer/matrix.h"
#include "indexer/prose.h"
#include "indexer/sources.h"
#include "indexer/tree.h"
#include "text/analyse.h"

typedef struct survey {
    hdx_arena arena;
    hdx_arena article; /* of the one at work */
    const char *kb_dir;
    const char *index_dir; /* NULL: none */
    helpdex_coverage_options options;
    hdx_tree tree;
    hdx_generation *live;
    hdx_sources *sources;
    hdx_history history;
    hdx_map dates; /* id of a source -> its last commit */
    helpdex_coverage *matrix;
    helpdex_error *err;
} survey;

void helpdex_coverage_options_init(helpdex_coverage_options *options)
{
    *options = (helpdex_coverage_options){.size = sizeof *options};
}

static helpdex_status note(survey *s, const char *what)
{
    return hdx_report_add(s->matrix->report, HELPDEX_NOTE, s->kb_dir, 0, 0,
                          what, s->err);
}

/* Dates of git take the place of an index, where there are any. */
static helpdex_status read_history(survey *s)
{
    helpdex_status status = hdx_history_read(s->kb_dir, &s->history, s->err);
    if (status)
        return status;
    s->matrix->basis = s->history.lack ? HELPDEX_BASIS_NONE : HELPDEX_BASIS_GIT;
    if (!s->history.lack)
        return note(s, "no index remembers it, so stale is by the dates of "
                       "git; helpdex index it, and sections are counted");
    hdx_str text = hdx_arena_format(
        &s->arena,
        "no index remembers it and %s, so only heads of articles tell what is "
        "stale; helpdex index it",
        s->history.lack);
    return text.ptr ? note(s, text.ptr) : hdx_fail_nomem(s->err);
}

/* The index, if it is there and of this default locale. */
static helpdex_status open_memory(survey *s)
{
    char icu[HDX_ICU_VERSION_SIZE];
    helpdex_error fault;
    hdx_analyser_icu(icu);
    hdx_stamp stamp = {HDX_ANALYSER_VERSION, icu};
    helpdex_status status =
        s->index_dir
            ? hdx_generation_open(s->index_dir, stamp, &s->live, &fault)
            : HELPDEX_NOT_FOUND;
    if (status && status != HELPDEX_NOT_FOUND) {
        *s->err = fault;
        return status;
    }
    const char *original = s->tree.layout.default_locale.tag;
    if (status ||
        !hdx_str_eq(s->live->manifest.default_locale, hdx_str_of(original))) {
        hdx_generation_free(s->live);
        s->live = NULL;
    }
    status = hdx_sources_open(s->live, &s->sources, s->err);
    return status || s->live ? status : read_history(s);
}

static helpdex_status no_such_column(survey *s)
{
    return hdx_fail(s->err, HELPDEX_INVALID,
                    "no article of %s has the locale %s; write one of those "
                    "that helpdex coverage lists",
                    s->kb_dir, s->options.locale);
}

/* Whether a column is shown; the default locale is read in any case. */
static bool is_asked(const survey *s, const hdx_locale *wanted, size_t at)
{
    return !s->options.locale ||
           strcmp(s->tree.layout.locales[at].locale.tag, wanted->tag) == 0;
}

static helpdex_status make_columns(survey *s)
{
    helpdex_coverage *m = s->matrix;
    const hdx_layout *layout = &s->tree.layout;
    hdx_locale wanted = {0};
    bool found = !s->options.locale;
    if (!found && !hdx_locale_parse(hdx_str_of(s->options.locale), &wanted))
        return no_such_column(s);
    m->columns = hdx_arena_alloc(&m->arena, layout->count * sizeof *m->columns);
    if (!m->columns)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < layout->count; i++) {
        const char *tag = layout->locales[i].locale.tag;
        bool original = strcmp(tag, layout->default_locale.tag) == 0;
        if (!original && !is_asked(s, &wanted, i))
            continue;
        found = found || is_asked(s, &wanted, i);
        hdx_str copy = hdx_arena_copy(&m->arena, hdx_str_of(tag));
        if (!copy.ptr)
            return hdx_fail_nomem(s->err);
        m->columns[m->column_count++] = (helpdex_coverage_totals){
            .locale = copy.ptr, .is_source = original};
    }
    return found ? HELPDEX_OK : no_such_column(s);
}

static bool is_in_wrong_script(const hdx_locale *locale,
                               const hdx_document *document)
{
    hdx_letter_count count = {0};
    for (size_t i = 0; i < document->count; i++) {
        hdx_count_letters(&count, locale, document->sections[i].heading);
        hdx_prose_count_letters(&document->sections[i], locale, &count);
    }
    return hdx_letters_are_foreign(&count);
}

/* Keeps when a source was committed; what is translated is compared with it. */
static helpdex_status keep_date(survey *s, hdx_str id, uint64_t date)
{
    bool added;
    hdx_str copy = hdx_arena_copy(&s->arena, id);
    hdx_map_entry *entry =
        copy.ptr ? hdx_map_add(&s->dates, copy, &added) : NULL;
    if (!entry)
        return hdx_fail_nomem(s->err);
    if (added)
        entry->value = date;
    return HELPDEX_OK;
}

static bool is_older(const survey *s, hdx_str id, uint64_t date)
{
    const hdx_map_entry *source = hdx_map_find(&s->dates, id);
    return source && source->value > date;
}

static bool by_git(const survey *s)
{
    return s->matrix->basis == HELPDEX_BASIS_GIT;
}

/* What a translation that was read is. */
static helpdex_cell_state state_of(const survey *s, const hdx_locale *locale,
                                   const hdx_layout_file *file,
                                   const hdx_article *article,
                                   const hdx_origin *origin)
{
    if (article->missing)
        return HELPDEX_CELL_STUB;
    if (is_in_wrong_script(locale, &article->document))
        return HELPDEX_CELL_WRONG_SCRIPT;
    if (origin->behind)
        return HELPDEX_CELL_STALE;
    if (by_git(s) && article->matter.source_hash.count == 0 &&
        is_older(s, article->id, hdx_history_of(&s->history, file->shown)))
        return HELPDEX_CELL_STALE;
    return HELPDEX_CELL_TRANSLATED;
}

/* Copies what the cell borrows, and puts it. */
static helpdex_status put(survey *s, size_t column, const hdx_layout_file *file,
                          const hdx_article *article, helpdex_cell *cell)
{
    hdx_arena *arena = &s->matrix->arena;
    hdx_str id = hdx_arena_copy(arena, article->id);
    hdx_str title = hdx_arena_copy(arena, article->title);
    hdx_str shown = hdx_arena_copy(arena, file->shown);
    const char *other;
    if (!id.ptr || !title.ptr || !shown.ptr)
        return hdx_fail_nomem(s->err);
    cell->title = title.ptr;
    cell->file = shown.ptr;
    helpdex_status status =
        hdx_matrix_put(s->matrix, column, id.ptr, cell, &other, s->err);
    if (status || !other)
        return status;
    helpdex_error twice;
    hdx_fail_at(&twice, HELPDEX_BAD_INPUT, file->path.ptr, 0, 0,
                "its id \"%.*s\" is that of %s too; give one of them another",
                HDX_FMT(article->id), other);
    return hdx_report_add_error(s->matrix->report, &twice, s->err);
}

static helpdex_status judge(survey *s, size_t column,
                            const hdx_layout_locale *from,
                            const hdx_layout_file *file, hdx_article *article)
{
    const hdx_locale *original = &s->tree.layout.default_locale;
    bool is_source = strcmp(from->locale.tag, original->tag) == 0;
    hdx_origin origin = {0};
    helpdex_cell cell = {0};
    helpdex_status status = HELPDEX_OK;
    if (article->matter.draft) {
        cell.state = HELPDEX_CELL_MISSING;
        cell.reason = "it is a draft";
        return is_source ? HELPDEX_OK : put(s, column, file, article, &cell);
    }
    status = hdx_sources_judge(s->sources, &from->locale, original, &s->article,
                               article, &origin, s->err);
    if (!status && is_source && by_git(s) && !article->missing)
        status =
            keep_date(s, article->id, hdx_history_of(&s->history, file->shown));
    if (status || (is_source && article->missing))
        return status;
    cell.state = is_source ? HELPDEX_CELL_SOURCE
                           : state_of(s, &from->locale, file, article, &origin);
    cell.reason = article->missing;
    cell.behind = cell.state == HELPDEX_CELL_STALE ? origin.behind : 0;
    cell.sections = origin.sections;
    return put(s, column, file, article, &cell);
}

static helpdex_status read_file(survey *s, size_t column,
                                const hdx_layout_locale *from,
                                const hdx_layout_file *file)
{
    hdx_article article;
    hdx_str text;
    helpdex_error fault;
    hdx_arena_reset(&s->article);
    helpdex_status status = hdx_file_read(&s->article, file->path.ptr,
                                          HDX_ARTICLE_LIMIT, &text, &fault);
    if (!status)
        status = hdx_article_read(&s->article, text, file->path.ptr,
                                  file->below, &article, &fault);
    if (!status)
        return judge(s, column, from, file, &article);
    if (status != HELPDEX_NOMEM)
        return hdx_report_add_error(s->matrix->report, &fault, s->err);
    return hdx_fail_nomem(s->err);
}

static helpdex_status read_articles(survey *s)
{
    const hdx_layout *layout = &s->tree.layout;
    helpdex_status status = HELPDEX_OK;
    size_t column = 0;
    for (size_t i = 0; i < layout->count && !status; i++) {
        const hdx_layout_locale *from = &layout->locales[i];
        if (column == s->matrix->column_count ||
            strcmp(s->matrix->columns[column].locale, from->locale.tag) != 0)
            continue;
        for (size_t n = 0; n < from->count && !status; n++)
            status = read_file(s, column, from, &from->files[n]);
        column++;
    }
    return status;
}

static helpdex_status run(survey *s)
{
    helpdex_status status = hdx_report_new(&s->matrix->report, s->err);
    if (!status)
        status =
            hdx_tree_open(&s->arena, s->kb_dir, NULL, s->options.locales_dir,
                          s->matrix->report, &s->tree, s->err);
    if (!status)
        status = make_columns(s);
    if (!status)
        status = open_memory(s);
    if (!status)
        status = read_articles(s);
    return status ? status : hdx_matrix_end(s->matrix, s->err);
}

helpdex_status helpdex_coverage_measure(const char *kb_dir,
                                        const char *index_dir,
                                        const helpdex_coverage_options *options,
                                        helpdex_coverage **out,
                                        helpdex_error *err)
{
    helpdex_error ignored;
    survey s = {
        .kb_dir = kb_dir, .index_dir = index_dir, .err = err ? err : &ignored};
    *out = NULL;
    helpdex_coverage_options_init(&s.options);
    if (options && options->size != sizeof *options)
        return hdx_fail(err, HELPDEX_INVALID,
                        "options of another version; call "
                        "helpdex_coverage_options_init first");
    if (options)
        s.options = *options;
    s.matrix = calloc(1, sizeof *s.matrix);
    if (!s.matrix)
        return hdx_fail_nomem(err);
    helpdex_status status = run(&s);
    hdx_sources_free(s.sources);
    hdx_generation_free(s.live);
    hdx_history_free(&s.history);
    hdx_map_free(&s.dates);
    hdx_tree_free(&s.tree);
    hdx_arena_free(&s.article);
    hdx_arena_free(&s.arena);
    if (status)
        helpdex_coverage_free(s.matrix);
    else
        *out = s.matrix;
    return status;
}
