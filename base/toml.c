/*
 * The TOML reader: one pass without going back. A function returns false when
 * it has failed; the status is in the parser then, and so every caller only
 * hands it on.
 */
#include "base/toml.h"

#include "base/map.h"

enum { DEPTH_LIMIT = 32, NODE_LIMIT = 100000, SIZE_LIMIT = 1 << 20 };

/* What a table or a list may still become. */
typedef enum origin {
    BY_PATH,   /* `[a.b]` makes `a`: may get a header of its own */
    BY_HEADER, /* `[a]`: once */
    BY_KEY,    /* `a.b = 1`: only by more such keys */
    BY_VALUE,  /* `{...}` or `[...]`: closed */
    BY_ENTRIES /* `[[a]]`: a list of tables, each a header */
} origin;

typedef struct node {
    hdx_yaml yaml;   /* first: a pointer to it is one to the node */
    hdx_yaml **tail; /* where the next child goes */
    struct node *last;
    origin origin;
} node;

typedef struct parser {
    hdx_arena *arena;
    hdx_str text;
    size_t at;
    const char *file;
    unsigned first_line;
    size_t marked; /* up to here line and column are counted */
    unsigned line, column;
    unsigned nodes;
    hdx_map children; /* table's address and key -> node */
    helpdex_status status;
    helpdex_error *err;
} parser;

static bool fail(parser *p, size_t at, const char *what)
{
    unsigned line, column;
    hdx_str_position(p->text, at, &line, &column);
    p->status = hdx_fail_at(p->err, HELPDEX_BAD_INPUT, p->file,
                            p->first_line + line - 1, column, "TOML: %s", what);
    return false;
}

static bool fail_nomem(parser *p)
{
    p->status = hdx_fail_nomem(p->err);
    return false;
}

/* The byte `ahead` of the place; 0 at the end, and for NUL, which is refused
   wherever it stands. */
static char peek(const parser *p, size_t ahead)
{
    return p->at + ahead < p->text.len ? p->text.ptr[p->at + ahead] : '\0';
}

static bool follows(const parser *p, const char *what)
{
    hdx_str rest = {p->text.ptr + p->at, p->text.len - p->at};
    return hdx_str_starts(rest, hdx_str_of(what));
}

static void skip_blanks(parser *p)
{
    while (peek(p, 0) == ' ' || peek(p, 0) == '\t')
        p->at++;
}

static bool is_line_end(const parser *p)
{
    return p->at == p->text.len || peek(p, 0) == '\n' || follows(p, "\r\n");
}

/* Blanks and a comment up to the end of the line, which is not taken. */
static void skip_comment(parser *p)
{
    skip_blanks(p);
    if (peek(p, 0) == '#')
        while (!is_line_end(p))
            p->at++;
}

/* Blanks, comments and line ends. */
static void skip_lines(parser *p)
{
    do {
        skip_comment(p);
        if (p->at == p->text.len || !is_line_end(p))
            return;
        p->at += peek(p, 0) == '\r' ? 2 : 1;
    } while (true);
}

/* Counts lines and columns up to a place that is not before the last one. */
static void mark(parser *p, size_t at)
{
    for (; p->marked < at; p->marked++) {
        char c = p->text.ptr[p->marked];
        p->line += c == '\n';
        p->column = c == '\n' ? 1 : p->column + ((c & 0xC0) != 0x80);
    }
}

static node *new_node(parser *p, hdx_yaml_kind kind, origin from, size_t at)
{
    mark(p, at);
    if (++p->nodes > NODE_LIMIT) {
        fail(p, at, "more than 100,000 values; shorten it");
        return NULL;
    }
    node *made = hdx_arena_alloc(p->arena, sizeof *made);
    if (!made) {
        fail_nomem(p);
        return NULL;
    }
    made->yaml.kind = kind;
    made->yaml.line = p->first_line + p->line - 1;
    made->yaml.column = p->column;
    made->yaml.text = HDX_STR("");
    made->origin = from;
    made->tail = &made->yaml.first;
    return made;
}

static void attach(node *to, node *child)
{
    *to->tail = &child->yaml;
    to->tail = &child->yaml.next;
    to->last = child;
}

/* The place of a table's key, added if it is new. */
static hdx_map_entry *child_of(parser *p, const node *table, hdx_str key,
                               bool *added)
{
    uintptr_t address = (uintptr_t)table;
    size_t size = sizeof address + key.len;
    char *path = hdx_arena_alloc(p->arena, size);
    if (!path)
        return NULL;
    memcpy(path, &address, sizeof address);
    if (key.len)
        memcpy(path + sizeof address, key.ptr, key.len);
    return hdx_map_add(&p->children, (hdx_str){path, size}, added);
}

/* Adds a child under a new key; `child` is the node, at the key's place. */
static bool put(parser *p, node *table, hdx_str key, size_t at, node *child)
{
    bool added;
    hdx_map_entry *entry = child_of(p, table, key, &added);
    if (!entry)
        return fail_nomem(p);
    if (!added)
        return fail(p, at, "this key is written twice; keep one");
    entry->value = (uintptr_t)child;
    child->yaml.key = key;
    attach(table, child);
    return true;
}

/* The table under a key of `table`, made if there is none. */
static node *enter(parser *p, node *table, hdx_str key, size_t at, origin from)
{
    bool added;
    hdx_map_entry *entry = child_of(p, table, key, &added);
    if (!entry) {
        fail_nomem(p);
        return NULL;
    }
    node *child = (node *)(uintptr_t)entry->value;
    if (added) {
        child = new_node(p, HDX_YAML_MAP, from, at);
        if (!child)
            return NULL;
        entry->value = (uintptr_t)child;
        child->yaml.key = key;
        attach(table, child);
        return child;
    }
    if (child->origin == BY_ENTRIES && from == BY_PATH)
        return child->last;
    if (child->yaml.kind != HDX_YAML_MAP || child->origin == BY_VALUE ||
        (from == BY_KEY && child->origin != BY_KEY)) {
        fail(p, at, "this key has a value already; keep one");
        return NULL;
    }
    return child;
}

static bool is_bare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool read_hex(parser *p, size_t digits, hdx_buf *out)
{
    uint32_t code = 0;
    size_t start = p->at;
    for (size_t i = 0; i < digits; i++, p->at++) {
        char c = peek(p, 0);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return fail(p, start,
                        "an escape without its digits; write \\u00E9");
        code = code << 4 | (uint32_t)digit;
    }
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return fail(p, start, "an escape that is no character; remove it");
    hdx_buf_code_point(out, code);
    return true;
}

/* What follows a backslash. */
static bool read_escape(parser *p, bool many_lines, hdx_buf *out)
{
    static const char from[] = "btnfre\"\\", to[] = "\b\t\n\f\r\x1B\"\\";
    size_t start = p->at - 1;
    char c = peek(p, 0);
    const char *known = c ? strchr(from, c) : NULL;
    if (many_lines && (c == ' ' || c == '\t' || is_line_end(p))) {
        skip_blanks(p);
        if (!is_line_end(p))
            return fail(p, start, "a backslash before a blank; write \\\\");
        while (p->at < p->text.len &&
               (peek(p, 0) == ' ' || peek(p, 0) == '\t' || is_line_end(p)))
            p->at++;
        return true;
    }
    p->at++;
    if (c == 'u' || c == 'U')
        return read_hex(p, c == 'u' ? 4 : 8, out);
    if (!known)
        return fail(p, start, "an escape that is not known; write \\\\");
    hdx_buf_byte(out, to[known - from]);
    return true;
}

/* Whether the text ends here; of five quotes the last three end it. */
static bool closes(const parser *p, char quote, bool many_lines)
{
    return peek(p, 0) == quote &&
           (!many_lines || (peek(p, 1) == quote && peek(p, 2) == quote &&
                            peek(p, 3) != quote));
}

static bool read_chars(parser *p, char quote, bool many_lines, hdx_buf *out)
{
    size_t start = p->at;
    while (!closes(p, quote, many_lines)) {
        char c = peek(p, 0);
        if (p->at >= p->text.len || (!many_lines && is_line_end(p)))
            return fail(p, start, "text that does not end; close the quotes");
        if ((unsigned char)c < ' ' && c != '\t' && !is_line_end(p))
            return fail(p, p->at, "a control character; remove it");
        p->at++;
        if (c == '\\' && quote == '"') {
            if (!read_escape(p, many_lines, out))
                return false;
        } else if (c != '\r') {
            hdx_buf_byte(out, c);
        }
    }
    p->at += many_lines ? 3 : 1;
    return true;
}

/* A text in quotes of any kind, at its first quote. */
static bool read_quoted(parser *p, bool may_span, hdx_str *out)
{
    char quote = peek(p, 0);
    size_t start = p->at;
    bool many_lines = peek(p, 1) == quote && peek(p, 2) == quote;
    hdx_buf buf = {0};
    if (many_lines && !may_span)
        return fail(p, start, "a key of many lines; write it on one");
    p->at += many_lines ? 3 : 1;
    if (many_lines && is_line_end(p) && p->at < p->text.len)
        p->at += peek(p, 0) == '\r' ? 2 : 1;
    bool read = read_chars(p, quote, many_lines, &buf);
    *out = read && !buf.failed ? hdx_arena_copy(p->arena, hdx_buf_str(&buf))
                               : (hdx_str){NULL, 0};
    hdx_buf_free(&buf);
    return read && (out->ptr || fail_nomem(p));
}

static bool read_key(parser *p, hdx_str *out)
{
    size_t start = p->at;
    if (peek(p, 0) == '"' || peek(p, 0) == '\'')
        return read_quoted(p, false, out);
    while (is_bare(peek(p, 0)))
        p->at++;
    if (p->at == start)
        return fail(p, start,
                    "expected a key; write key = \"value\", and "
                    "quote a key that is no plain word");
    *out =
        hdx_arena_copy(p->arena, (hdx_str){p->text.ptr + start, p->at - start});
    return out->ptr || fail_nomem(p);
}

/* Keys with dots between them: enters all but the last. */
static bool read_path(parser *p, node **table, hdx_str *last, size_t *last_at,
                      origin from)
{
    for (unsigned depth = 0;; depth++) {
        skip_blanks(p);
        *last_at = p->at;
        if (depth == DEPTH_LIMIT)
            return fail(p, p->at, "nested deeper than 32 levels; flatten it");
        if (!read_key(p, last))
            return false;
        skip_blanks(p);
        if (peek(p, 0) != '.')
            return true;
        p->at++;
        *table = enter(p, *table, *last, *last_at, from);
        if (!*table)
            return false;
    }
}

static bool has_only(hdx_str text, const char *chars)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\0' || !strchr(chars, text.ptr[i]))
            return false;
    return text.len > 0;
}

static bool is_digit(hdx_str text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/* Whether a text without quotes is a number, a date, a time or a truth. What
   is a bit wrong (2026-13-40) is for whoever reads the key. */
static bool is_scalar(hdx_str text)
{
    static const char *const words[] = {"true", "false", "inf",  "nan",
                                        "+inf", "-inf",  "+nan", "-nan"};
    static const char hex[] = "0123456789abcdefABCDEF_";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hdx_str_eq(text, hdx_str_of(words[i])))
            return true;
    size_t sign = text.len && (text.ptr[0] == '+' || text.ptr[0] == '-');
    if (!is_digit(text, sign))
        return false;
    if (text.ptr[0] == '0' && text.len > 2 && strchr("xob", text.ptr[1]))
        return has_only((hdx_str){text.ptr + 2, text.len - 2}, hex);
    if (sign == 0 && text.len >= 5 &&
        (text.ptr[4] == '-' || text.ptr[2] == ':'))
        return has_only(text, "0123456789-:.+TtZz ");
    return has_only(text, "0123456789_.eE+-");
}

static bool read_bare(parser *p, node *out)
{
    size_t start = p->at;
    while (!is_line_end(p) && !strchr(",]}#", peek(p, 0))) {
        /* 2026-11-24 08:00 is one date */
        bool blank = peek(p, 0) == ' ' || peek(p, 0) == '\t';
        if (blank && !(p->at - start == 10 && p->text.ptr[start + 4] == '-' &&
                       peek(p, 1) >= '0' && peek(p, 1) <= '9'))
            break;
        p->at++;
    }
    hdx_str text = {p->text.ptr + start, p->at - start};
    if (!is_scalar(text))
        return fail(p, start, "a value without quotes; write \"value\"");
    out->yaml.plain = true;
    out->yaml.text = hdx_arena_copy(p->arena, text);
    return out->yaml.text.ptr || fail_nomem(p);
}

static node *read_value(parser *p, unsigned depth);
static bool read_pair(parser *p, node *table, unsigned depth);

static bool read_array(parser *p, node *list, unsigned depth)
{
    size_t start = p->at++;
    for (skip_lines(p); peek(p, 0) != ']'; skip_lines(p)) {
        node *item = read_value(p, depth + 1);
        if (!item)
            return false;
        attach(list, item);
        skip_lines(p);
        if (peek(p, 0) == ',')
            p->at++;
        else if (peek(p, 0) != ']')
            return fail(p, p->at == p->text.len ? start : p->at,
                        "a list that does not end; write ] behind it, and "
                        "commas between its values");
    }
    p->at++;
    return true;
}

static bool read_inline_table(parser *p, node *table, unsigned depth)
{
    size_t start = p->at++;
    skip_blanks(p);
    while (peek(p, 0) != '}') {
        if (!read_pair(p, table, depth + 1))
            return false;
        skip_blanks(p);
        if (peek(p, 0) == ',')
            p->at++;
        else if (peek(p, 0) != '}')
            return fail(p, start,
                        "a table that does not end on its line; write } "
                        "behind it, and commas between its keys");
        skip_blanks(p);
    }
    p->at++;
    return true;
}

static node *read_value(parser *p, unsigned depth)
{
    char c = peek(p, 0);
    hdx_yaml_kind kind = c == '['   ? HDX_YAML_LIST
                         : c == '{' ? HDX_YAML_MAP
                                    : HDX_YAML_SCALAR;
    if (depth >= DEPTH_LIMIT) {
        fail(p, p->at, "nested deeper than 32 levels; flatten it");
        return NULL;
    }
    node *value = new_node(p, kind, BY_VALUE, p->at);
    bool read = value != NULL;
    if (!read)
        return NULL;
    if (c == '[')
        read = read_array(p, value, depth);
    else if (c == '{')
        read = read_inline_table(p, value, depth);
    else if (c == '"' || c == '\'')
        read = read_quoted(p, true, &value->yaml.text);
    else
        read = read_bare(p, value);
    return read ? value : NULL;
}

/* `key = value`; the node takes the place of its key. */
static bool read_pair(parser *p, node *table, unsigned depth)
{
    hdx_str key;
    size_t at;
    if (!read_path(p, &table, &key, &at, BY_KEY))
        return false;
    if (peek(p, 0) != '=')
        return fail(p, p->at,
                    "expected = behind the key; write key = "
                    "\"value\"");
    p->at++;
    skip_blanks(p);
    mark(p, at);
    unsigned line = p->first_line + p->line - 1, column = p->column;
    node *value = read_value(p, depth);
    if (!value)
        return false;
    value->yaml.line = line; /* that of its key */
    value->yaml.column = column;
    return put(p, table, key, at, value);
}

/* `[a.b]` or `[[a.b]]`: the table that the next keys are of. */
static bool read_header(parser *p, node *root, node **table)
{
    bool entries = peek(p, 1) == '[', added;
    hdx_str key;
    size_t at;
    *table = root;
    p->at += entries ? 2 : 1;
    if (!read_path(p, table, &key, &at, BY_PATH))
        return false;
    if (!follows(p, entries ? "]]" : "]"))
        return fail(p, p->at, "a header that does not end; write [name]");
    p->at += entries ? 2 : 1;
    hdx_map_entry *entry = child_of(p, *table, key, &added);
    if (!entry)
        return fail_nomem(p);
    node *known = (node *)(uintptr_t)entry->value;
    if (known &&
        !(entries ? known->origin == BY_ENTRIES : known->origin == BY_PATH))
        return fail(p, at, "this table is written twice; join them");
    if (!known) {
        known = new_node(p, entries ? HDX_YAML_LIST : HDX_YAML_MAP,
                         entries ? BY_ENTRIES : BY_HEADER, at);
        if (!known)
            return false;
        entry->value = (uintptr_t)known;
        known->yaml.key = key;
        attach(*table, known);
    }
    *table = known;
    if (!entries) {
        known->origin = BY_HEADER;
        return true;
    }
    node *item = new_node(p, HDX_YAML_MAP, BY_HEADER, at);
    if (item)
        attach(known, item);
    *table = item;
    return item != NULL;
}

static bool read_all(parser *p, node *root)
{
    node *table = root;
    for (skip_lines(p); p->at < p->text.len; skip_lines(p)) {
        if (!(peek(p, 0) == '[' ? read_header(p, root, &table)
                                : read_pair(p, table, 0)))
            return false;
        skip_comment(p);
        if (!is_line_end(p))
            return fail(p, p->at,
                        "more behind the value; begin a new line, "
                        "or quote the text");
    }
    return true;
}

helpdex_status hdx_toml_parse(hdx_arena *arena, hdx_str text, const char *file,
                              unsigned first_line, hdx_yaml **root,
                              helpdex_error *err)
{
    parser p = {.arena = arena,
                .text = text,
                .file = file,
                .first_line = first_line,
                .line = 1,
                .column = 1,
                .err = err};
    *root = NULL;
    if (text.len > SIZE_LIMIT)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, first_line, 1,
                           "more than 1 MiB of TOML; shorten it");
    node *top = new_node(&p, HDX_YAML_MAP, BY_HEADER, 0);
    if (top && read_all(&p, top))
        *root = &top->yaml;
    hdx_map_free(&p.children);
    return p.status;
}
