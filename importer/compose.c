/* An article as the text of its file: the head as YAML, the body as it is. */
#include <stdio.h>

#include "importer/import.h"

static void add_quoted(hdx_buf *out, const char *key, hdx_str text)
{
    if (key) {
        hdx_buf_add(out, hdx_str_of(key));
        hdx_buf_add(out, HDX_STR(": "));
    }
    hdx_buf_byte(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = hdx_utf8_next(text, &at);
        char escape[16];
        if (c == '"' || c == '\\')
            hdx_buf_byte(out, '\\');
        if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
            c == 0xFEFF || (c & 0xFFFE) == 0xFFFE) {
            snprintf(escape, sizeof escape, "\\U%08X", (unsigned)c);
            hdx_buf_add(out, hdx_str_of(escape));
        } else {
            hdx_buf_add(out, (hdx_str){text.ptr + from, at - from});
        }
    }
    hdx_buf_byte(out, '"');
    if (key)
        hdx_buf_byte(out, '\n');
}

static void add_key(hdx_buf *out, const char *key, hdx_str text)
{
    if (hdx_str_trim(text).len)
        add_quoted(out, key, text);
}

helpdex_status hdx_compose(hdx_arena *arena, const hdx_incoming *a,
                           hdx_str *out, helpdex_error *err)
{
    hdx_buf buf = {0};
    hdx_buf_add(&buf, HDX_STR("---\n"));
    add_key(&buf, "id", a->id);
    add_key(&buf, "title", a->title);
    add_key(&buf, "description", a->description);
    for (size_t i = 0; i < a->tag_count; i++) {
        hdx_buf_add(&buf, i ? HDX_STR(", ") : HDX_STR("tags: ["));
        add_quoted(&buf, NULL, a->tags[i]);
    }
    if (a->tag_count)
        hdx_buf_add(&buf, HDX_STR("]\n"));
    add_key(&buf, "lastmod", a->modified);
    add_key(&buf, "aliases", a->url);
    add_key(&buf, "weight", a->weight);
    if (a->draft)
        hdx_buf_add(&buf, HDX_STR("draft: true\n"));
    if (a->untranslated)
        hdx_buf_add(&buf, HDX_STR("untranslated: true\n"));
    if (a->outdated)
        hdx_buf_add(&buf, HDX_STR("outdated: true\n"));
    hdx_buf_add(&buf, HDX_STR("---\n\n"));
    hdx_buf_add(&buf, a->body);
    if (a->body.len)
        hdx_buf_byte(&buf, '\n');
    *out = buf.failed ? (hdx_str){NULL, 0}
                      : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
