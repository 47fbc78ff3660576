/* Reading texts out of YAML: what is no text is refused by line and column. */
#include "store/texts.h"

helpdex_status hdx_text_fail(const hdx_text_reader *reader, const hdx_yaml *at,
                             const char *what)
{
    return hdx_fail_at(reader->err, HELPDEX_BAD_INPUT, reader->path, at->line,
                       at->column, "%s", what);
}

helpdex_status hdx_text_once(const hdx_text_reader *reader, const hdx_yaml *map,
                             const hdx_yaml *key)
{
    for (const hdx_yaml *at = map->first; at != key; at = at->next)
        if (hdx_str_eq_nocase(at->key, key->key))
            return hdx_fail_at(reader->err, HELPDEX_BAD_INPUT, reader->path,
                               key->line, key->column,
                               "the key \"%.*s\" is written twice; keep one",
                               HDX_FMT(key->key));
    return HELPDEX_OK;
}

helpdex_status hdx_text_unknown(const hdx_text_reader *reader,
                                const hdx_yaml *key, const char *below,
                                hdx_text_key *key_at, unsigned kind)
{
    const char *name, *nearest = "";
    size_t least = SIZE_MAX;
    for (size_t i = 0; (name = key_at(kind, i)); i++) {
        size_t edits = hdx_str_distance(key->key.ptr, name);
        if (edits < least) {
            least = edits;
            nearest = name;
        }
    }
    return hdx_fail_at(reader->err, HELPDEX_BAD_INPUT, reader->path, key->line,
                       key->column,
                       "unknown key \"%.*s\" below %s; did you mean %s?",
                       HDX_FMT(key->key), below, nearest);
}

bool hdx_text_is_blank(const hdx_yaml *value)
{
    return value->kind == HDX_YAML_SCALAR
               ? hdx_str_trim(value->text).len == 0 ||
                     (value->plain &&
                      (hdx_str_eq(value->text, HDX_STR("~")) ||
                       hdx_str_eq_nocase(value->text, HDX_STR("null"))))
               : value->first == NULL;
}

helpdex_status hdx_text_line(const hdx_text_reader *reader,
                             const hdx_yaml *value, hdx_str *out)
{
    if (value->kind != HDX_YAML_SCALAR || hdx_text_is_blank(value))
        return hdx_text_fail(reader, value,
                             "no text; write one behind the colon");
    *out = hdx_arena_copy_line(reader->arena, value->text);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(reader->err);
}

helpdex_status hdx_text_lines(const hdx_text_reader *reader,
                              const hdx_yaml *value, hdx_str *out)
{
    hdx_buf buf = {0};
    helpdex_status status = HELPDEX_OK;
    const hdx_yaml *at = value->kind == HDX_YAML_LIST ? value->first : value;
    if (value->kind == HDX_YAML_MAP || !at)
        return hdx_text_fail(reader, value, "no list of texts; write [a, b]");
    for (; at && !status; at = value->kind == HDX_YAML_LIST ? at->next : NULL) {
        hdx_str line = HDX_STR("");
        status = hdx_text_line(reader, at, &line);
        if (!status && buf.len)
            hdx_buf_byte(&buf, '\n');
        if (!status)
            hdx_buf_add(&buf, line);
    }
    *out = hdx_arena_copy(reader->arena, hdx_buf_str(&buf));
    if (!status && (buf.failed || !out->ptr))
        status = hdx_fail_nomem(reader->err);
    hdx_buf_free(&buf);
    return status;
}

static size_t leaves_of(const hdx_yaml *value)
{
    size_t count = value->kind == HDX_YAML_SCALAR;
    for (const hdx_yaml *at = value->first; at; at = at->next)
        count += leaves_of(at);
    return count;
}

static helpdex_status make_room(const hdx_text_reader *r, const hdx_yaml *value,
                                hdx_local_texts *out)
{
    *out = (hdx_local_texts){
        .items = hdx_arena_alloc(r->arena,
                                 (leaves_of(value) + 1) * sizeof *out->items)};
    return out->items ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

/* Adds a text, or each of a list of texts. */
static helpdex_status add(const hdx_text_reader *r, hdx_str locale,
                          const hdx_yaml *value, hdx_local_texts *out)
{
    helpdex_status status = HELPDEX_OK;
    if (value->kind == HDX_YAML_SCALAR) {
        hdx_local_text *text = &out->items[out->count];
        *text = (hdx_local_text){
            .locale = locale, .line = value->line, .column = value->column};
        status = hdx_text_line(r, value, &text->text);
        out->count += !status;
        return status;
    }
    if (value->kind == HDX_YAML_MAP || !value->first)
        return hdx_text_fail(r, value,
                             "no list of texts; write [\"a\", \"b\"]");
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = at->kind == HDX_YAML_SCALAR
                     ? add(r, locale, at, out)
                     : hdx_text_fail(r, at, "not a text; write it in quotes");
    return status;
}

helpdex_status hdx_text_list(const hdx_text_reader *reader,
                             const hdx_yaml *value, hdx_local_texts *out)
{
    helpdex_status status = make_room(reader, value, out);
    return status ? status : add(reader, HDX_STR(""), value, out);
}

helpdex_status hdx_text_by_locale(const hdx_text_reader *reader,
                                  const hdx_yaml *value, hdx_local_texts *out)
{
    if (value->kind != HDX_YAML_MAP)
        return hdx_text_list(reader, value, out);
    helpdex_status status = make_room(reader, value, out);
    if (!status && !value->first)
        return hdx_text_fail(reader, value, "no text in any locale; add one");
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = add(reader, at->key, at, out);
    return status;
}

helpdex_status hdx_text_one_by_locale(const hdx_text_reader *reader,
                                      const hdx_yaml *value, const char *said,
                                      hdx_local_texts *out)
{
    for (const hdx_yaml *at = value->first; at; at = at->next)
        if (at->kind != HDX_YAML_SCALAR)
            return hdx_fail_at(reader->err, HELPDEX_BAD_INPUT, reader->path,
                               at->line, at->column,
                               "%s has one text in each locale; write "
                               "en: \"...\"",
                               said);
    return hdx_text_by_locale(reader, value, out);
}
