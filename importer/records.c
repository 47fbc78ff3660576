/* Of columns that mean the same the first counts, in JSON the first that says
   something; the others are left out. */
#include "importer/records.h"

#include <csv.h>
#include <stdlib.h>

#include "importer/fields.h"

enum { NO_COLUMN = HDX_COLUMN_LIMIT };

static unsigned column_of(const hdx_records *records, hdx_str name)
{
    name = hdx_str_trim(name);
    for (size_t i = 0; i < records->name_count; i++)
        if (hdx_str_eq_nocase(name, hdx_str_of(records->names[i].name)))
            return records->names[i].at;
    return NO_COLUMN;
}

static void clear_row(hdx_str row[HDX_COLUMN_LIMIT])
{
    for (size_t i = 0; i < HDX_COLUMN_LIMIT; i++)
        row[i] = HDX_STR("");
}

/* Whether a value would be missed. */
static bool says_something(const cJSON *value)
{
    return !cJSON_IsNull(value) &&
           !(cJSON_IsString(value) && !*value->valuestring);
}

static void take_member(hdx_intake *in, const hdx_records *records,
                        const cJSON *object, const cJSON *member, hdx_str *row,
                        hdx_fields *left_out)
{
    hdx_str name = hdx_str_of(member->string);
    unsigned at = column_of(records, name);
    if (at != NO_COLUMN && cJSON_IsBool(member))
        row[at] = cJSON_IsTrue(member) ? HDX_STR("true") : HDX_STR("");
    else if (at != NO_COLUMN && row[at].len == 0 &&
             (cJSON_IsString(member) || cJSON_IsNumber(member)))
        row[at] = hdx_member_text(in, object, member->string);
    else if (records->all && name.len && says_something(member))
        hdx_fields_note_name(left_out, in, name);
}

/* One line of JSON Lines. */
static helpdex_status read_object(hdx_intake *in, const hdx_records *records,
                                  hdx_place place, hdx_str line,
                                  hdx_fields *left_out, helpdex_error *err)
{
    cJSON *root;
    const cJSON *member;
    hdx_str row[HDX_COLUMN_LIMIT];
    helpdex_status status = hdx_parse_json(in, place, line, &root, err);
    if (status || !root)
        return status;
    clear_row(row);
    cJSON_ArrayForEach(member, root) if (member->string)
        take_member(in, records, root, member, row, left_out);
    status = cJSON_IsObject(root)
                 ? records->take(records->context, place, row, err)
                 : hdx_intake_say(in, HELPDEX_ERROR, place, err,
                                  "this is no record; one is an object {...} "
                                  "on a line");
    cJSON_Delete(root);
    return status;
}

helpdex_status hdx_records_jsonl(hdx_intake *in, const hdx_records *records,
                                 const char *file, hdx_str text,
                                 helpdex_error *err)
{
    hdx_str rest = text, line;
    hdx_fields left_out = {0};
    hdx_place place = {.file = file, .column = 1};
    helpdex_status status = HELPDEX_OK;
    while (!status && hdx_str_line(&rest, &line)) {
        place.line++;
        if (hdx_str_trim(line).len)
            status = read_object(in, records, place, line, &left_out, err);
    }
    helpdex_status said = hdx_fields_say(&left_out, in, file, err);
    return status ? status : said;
}

typedef struct sheet {
    hdx_intake *in;
    const hdx_records *records;
    const char *file;
    helpdex_error *err;
    helpdex_status status;
    unsigned *columns; /* what the cells of a row are */
    size_t count, capacity;
    hdx_str row[HDX_COLUMN_LIMIT];
    size_t cell;              /* of the row at hand */
    bool blank;               /* as it is, so far */
    bool headed;              /* the first row was read */
    bool broken;              /* its names are not those asked for */
    unsigned line, next_line; /* where this row begins, and the one behind */
    hdx_fields left_out;
} sheet;

static void take_name(sheet *s, hdx_str name)
{
    unsigned at = column_of(s->records, name);
    if (!hdx_grow(&s->columns, &s->capacity, s->count + 1,
                  sizeof *s->columns)) {
        s->in->failed = true;
        return;
    }
    for (size_t i = 0; i < s->count; i++)
        if (s->columns[i] == at)
            at = NO_COLUMN;
    s->columns[s->count++] = at;
    if (at == NO_COLUMN && s->records->all)
        hdx_fields_note_name(&s->left_out, s->in, name);
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
    s->blank = s->blank && hdx_str_trim(cell).len == 0;
    if (s->cell < s->count && s->columns[s->cell] != NO_COLUMN) {
        hdx_str copy = hdx_arena_copy(&s->in->arena, cell);
        s->in->failed = s->in->failed || !copy.ptr;
        if (copy.ptr)
            s->row[s->columns[s->cell]] = copy;
    }
    s->cell++;
}

static void check_names(sheet *s)
{
    bool has[HDX_COLUMN_LIMIT + 1] = {false};
    for (size_t i = 0; i < s->count; i++)
        has[s->columns[i]] = true;
    const char *fault = s->records->check(has);
    s->broken = fault != NULL;
    if (fault)
        s->status =
            hdx_intake_say(s->in, HELPDEX_ERROR, (hdx_place){s->file, 1, 1},
                           s->err, "%s", fault);
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
    } else if (!s->status && !s->broken && s->cell > s->count) {
        s->status = hdx_intake_say(
            s->in, HELPDEX_ERROR, place, s->err,
            "%zu cells under %zu names; put quotes around a cell that holds "
            "the separator",
            s->cell, s->count);
    } else if (!s->status && !s->broken && !s->blank) {
        s->status =
            s->records->take(s->records->context, place, s->row, s->err);
    }
    s->headed = true;
    s->line = s->next_line;
    clear_row(s->row);
    s->cell = 0;
    s->blank = true;
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

helpdex_status hdx_records_csv(hdx_intake *in, const hdx_records *records,
                               const char *file, hdx_str text,
                               helpdex_error *err)
{
    struct csv_parser parser;
    sheet s = {.in = in,
               .records = records,
               .file = file,
               .err = err,
               .blank = true,
               .line = 1,
               .next_line = 1};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return hdx_fail_nomem(err);
    csv_set_delim(&parser, (unsigned char)separator(text));
    clear_row(s.row);
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
        s.status = hdx_intake_say(
            in, HELPDEX_ERROR, (hdx_place){file, s.line, 1}, err,
            "a quote in this row is not doubled or not closed; write \"\" for "
            "a quote inside quotes");
    helpdex_status said = hdx_fields_say(&s.left_out, in, file, err);
    return s.status ? s.status : said;
}
