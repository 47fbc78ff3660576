/*
 * Questions and answers, a row each: CSV by libcsv (a tab as separator is told
 * by the first line) and JSON Lines. One table says which columns are read.
 */
#include <csv.h>
#include <stddef.h>
#include <stdlib.h>

#include "importer/fields.h"
#include "importer/import.h"
#include "importer/json.h"
#include "text/character.h"

typedef enum column {
    COLUMN_ID,
    COLUMN_LOCALE,
    COLUMN_TITLE,
    COLUMN_BODY,
    COLUMN_SECTION,
    COLUMN_DESCRIPTION,
    COLUMN_TAGS,
    COLUMN_MODIFIED,
    COLUMN_URL,
    COLUMN_DRAFT,
    COLUMN_UNTRANSLATED,
    COLUMN_OUTDATED,
    COLUMNS,
    COLUMN_NONE = COLUMNS
} column;

static column column_of(hdx_str name)
{
    static const struct {
        const char *name;
        column column;
    } names[] = {{"id", COLUMN_ID},
                 {"locale", COLUMN_LOCALE},
                 {"language", COLUMN_LOCALE},
                 {"lang", COLUMN_LOCALE},
                 {"question", COLUMN_TITLE},
                 {"title", COLUMN_TITLE},
                 {"answer", COLUMN_BODY},
                 {"body", COLUMN_BODY},
                 {"section", COLUMN_SECTION},
                 {"category", COLUMN_SECTION},
                 {"description", COLUMN_DESCRIPTION},
                 {"tags", COLUMN_TAGS},
                 {"updated_at", COLUMN_MODIFIED},
                 {"lastmod", COLUMN_MODIFIED},
                 {"url", COLUMN_URL},
                 {"draft", COLUMN_DRAFT},
                 {"untranslated", COLUMN_UNTRANSLATED},
                 {"outdated", COLUMN_OUTDATED}};
    name = hdx_str_trim(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hdx_str_eq_nocase(name, hdx_str_of(names[i].name)))
            return names[i].column;
    return COLUMN_NONE;
}

static bool says_yes(hdx_str text)
{
    static const char *const yes[] = {"true", "yes", "1"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (hdx_str_eq_nocase(hdx_str_trim(text), hdx_str_of(yes[i])))
            return true;
    return false;
}

/* An answer with an end tag or a line break is HTML. */
static bool is_html(hdx_str text)
{
    for (size_t i = 0; i + 3 < text.len; i++)
        if (text.ptr[i] == '<' &&
            ((text.ptr[i + 1] == '/' && text.ptr[i + 2] >= 'a' &&
              text.ptr[i + 2] <= 'z') ||
             memcmp(text.ptr + i, "<br", 3) == 0))
            return true;
    return false;
}

/* Tags between commas or semicolons. */
static void split_tags(hdx_import *import, hdx_str text, hdx_incoming *article)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++)
        count += strchr(",;", text.ptr[i]) != NULL;
    article->tags = hdx_arena_alloc(&import->arena, count * sizeof(hdx_str));
    import->failed = import->failed || !article->tags;
    for (size_t i = 0, start = 0; article->tags && i <= text.len; i++) {
        if (i < text.len && !strchr(",;", text.ptr[i]))
            continue;
        hdx_str tag = hdx_str_trim((hdx_str){text.ptr + start, i - start});
        if (tag.len)
            article->tags[article->tag_count++] = tag;
        start = i + 1;
    }
}

static helpdex_status add_row(hdx_import *import, hdx_place place,
                              const hdx_str row[COLUMNS], helpdex_error *err)
{
    hdx_incoming article = {.place = place,
                            .id = row[COLUMN_ID],
                            .locale = row[COLUMN_LOCALE],
                            .title = row[COLUMN_TITLE],
                            .description = row[COLUMN_DESCRIPTION],
                            .section = row[COLUMN_SECTION],
                            .modified = row[COLUMN_MODIFIED],
                            .url = row[COLUMN_URL],
                            .draft = says_yes(row[COLUMN_DRAFT]),
                            .untranslated = says_yes(row[COLUMN_UNTRANSLATED]),
                            .outdated = says_yes(row[COLUMN_OUTDATED])};
    if (row[COLUMN_TAGS].len)
        split_tags(import, row[COLUMN_TAGS], &article);
    if (hdx_str_trim(article.id).len == 0) /* joins no translations, then */
        article.id = hdx_slug(&import->arena, article.title);
    return hdx_import_add(import, article, row[COLUMN_BODY],
                          !is_html(row[COLUMN_BODY]), err);
}

/* One line of JSON Lines. */
static helpdex_status read_object(hdx_import *import, hdx_place place,
                                  hdx_str line, hdx_fields *left_out,
                                  helpdex_error *err)
{
    cJSON *root;
    const cJSON *member;
    hdx_str row[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        row[i] = HDX_STR("");
    helpdex_status status = hdx_json_parse(import, place, line, &root, err);
    if (status || !root)
        return status;
    cJSON_ArrayForEach(member, root)
    {
        hdx_str name = hdx_str_of(member->string);
        column at = name.len ? column_of(name) : COLUMN_NONE;
        if (cJSON_IsBool(member) && at != COLUMN_NONE)
            row[at] = cJSON_IsTrue(member) ? HDX_STR("true") : HDX_STR("");
        else if (at != COLUMN_NONE && row[at].len == 0 &&
                 (cJSON_IsString(member) || cJSON_IsNumber(member)))
            row[at] = hdx_json_text(import, root, member->string);
        else if (name.len && !cJSON_IsNull(member) &&
                 !(cJSON_IsString(member) && !*member->valuestring))
            hdx_fields_note_name(left_out, import, name);
    }
    status = cJSON_IsObject(root)
                 ? add_row(import, place, row, err)
                 : hdx_import_say(import, HELPDEX_ERROR, place, err,
                                  "this is no article; one is an object {...} "
                                  "on a line");
    cJSON_Delete(root);
    return status;
}

helpdex_status hdx_import_jsonl(hdx_import *import, const char *file,
                                hdx_str text, helpdex_error *err)
{
    hdx_str rest = text, line;
    hdx_fields left_out = {0};
    hdx_place place = {.file = file, .column = 1};
    helpdex_status status = HELPDEX_OK;
    while (!status && hdx_str_line(&rest, &line)) {
        place.line++;
        if (hdx_str_trim(line).len)
            status = read_object(import, place, line, &left_out, err);
    }
    helpdex_status said = hdx_fields_say(&left_out, import, file, err);
    return status ? status : said;
}

typedef struct sheet {
    hdx_import *import;
    const char *file;
    helpdex_error *err;
    helpdex_status status;
    column *columns; /* what the cells of a row are */
    size_t count, capacity;
    hdx_str row[COLUMNS];
    size_t cell;              /* of the row at hand */
    bool headed;              /* the first row was read */
    unsigned line, next_line; /* where this row begins, and the one behind */
    hdx_fields left_out;
} sheet;

static void clear_row(sheet *s)
{
    for (size_t i = 0; i < COLUMNS; i++)
        s->row[i] = HDX_STR("");
    s->cell = 0;
}

static void take_name(sheet *s, hdx_str name)
{
    column at = column_of(name);
    if (!hdx_grow(&s->columns, &s->capacity, s->count + 1,
                  sizeof *s->columns)) {
        s->import->failed = true;
        return;
    }
    s->columns[s->count++] = at;
    if (at == COLUMN_NONE)
        hdx_fields_note_name(&s->left_out, s->import, name);
}

static void take_cell(void *bytes, size_t len, void *context)
{
    sheet *s = context;
    hdx_str cell = {bytes, len};
    for (size_t i = 0; i < len; i++)
        s->next_line += cell.ptr[i] == '\n';
    if (!s->headed) {
        take_name(s, cell);
        return;
    }
    if (s->cell < s->count && s->columns[s->cell] != COLUMN_NONE) {
        hdx_str copy = hdx_arena_copy(&s->import->arena, cell);
        s->import->failed = s->import->failed || !copy.ptr;
        if (copy.ptr)
            s->row[s->columns[s->cell]] = copy;
    }
    s->cell++;
}

/* What the names of the first row must have. */
static void check_names(sheet *s)
{
    bool title = false, body = false;
    for (size_t i = 0; i < s->count; i++) {
        title = title || s->columns[i] == COLUMN_TITLE;
        body = body || s->columns[i] == COLUMN_BODY;
    }
    if (!title || !body)
        s->status = hdx_import_say(
            s->import, HELPDEX_ERROR, (hdx_place){s->file, 1, 1}, s->err,
            "the first line names no column \"%s\"; write id, locale, "
            "question, answer and the like",
            title ? "answer" : "question");
}

static void take_row(int end, void *context)
{
    sheet *s = context;
    hdx_place place = {.file = s->file, .line = s->line, .column = 1};
    s->next_line += end == '\n'; /* CR LF is told as two ends */
    if (!s->headed && s->count == 0)
        return;
    if (!s->headed) {
        check_names(s);
    } else if (!s->status && !s->import->refused && s->cell > s->count) {
        s->status = hdx_import_say(
            s->import, HELPDEX_ERROR, place, s->err,
            "%zu cells under %zu names; put quotes around a cell that holds "
            "the separator",
            s->cell, s->count);
    } else if (!s->status && s->cell) {
        s->status = add_row(s->import, place, s->row, s->err);
    }
    s->headed = true;
    s->line = s->next_line;
    clear_row(s);
}

/* The separator that the first line has most of. */
static char separator(hdx_str text)
{
    static const char known[] = ",\t;";
    hdx_str rest = text, line;
    size_t most = 0;
    char best = known[0];
    hdx_str_line(&rest, &line);
    for (const char *c = known; *c; c++) {
        size_t count = 0;
        for (size_t i = 0; i < line.len; i++)
            count += line.ptr[i] == *c;
        if (count > most) {
            most = count;
            best = *c;
        }
    }
    return best;
}

helpdex_status hdx_import_csv(hdx_import *import, const char *file,
                              hdx_str text, helpdex_error *err)
{
    struct csv_parser parser;
    sheet s = {
        .import = import, .file = file, .err = err, .line = 1, .next_line = 1};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return hdx_fail_nomem(err);
    csv_set_delim(&parser, (unsigned char)separator(text));
    clear_row(&s);
    size_t read =
        csv_parse(&parser, text.ptr, text.len, take_cell, take_row, &s);
    bool sound =
        read == text.len && csv_fini(&parser, take_cell, take_row, &s) == 0;
    int why = csv_error(&parser);
    csv_free(&parser);
    free(s.columns);
    if (!sound && why == CSV_ENOMEM)
        s.status = hdx_fail_nomem(err);
    else if (!sound && !s.status)
        s.status = hdx_import_say(
            import, HELPDEX_ERROR, (hdx_place){file, s.line, 1}, err,
            "a quote in this row is not doubled or not closed; write \"\" for "
            "a quote inside quotes");
    helpdex_status said = hdx_fields_say(&s.left_out, import, file, err);
    return s.status ? s.status : said;
}
