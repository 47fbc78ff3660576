/*
 * Redaction: every finder looks at the plain view of the text, and what any of
 * them found is replaced by a placeholder that says of which kind it was.
 */
#include "insights/redact.h"

#include <helpdex/redact.h>
#include <stdlib.h>

#include "insights/secret.h"
#include "insights/seed.h"

static const char *const placeholders[] = {
    [HDX_SECRET_EMAIL] = "<email>",   [HDX_SECRET_KEY] = "<key>",
    [HDX_SECRET_WALLET] = "<wallet>", [HDX_SECRET_IBAN] = "<iban>",
    [HDX_SECRET_CARD] = "<card>",     [HDX_SECRET_PHONE] = "<phone>"};

static int by_begin(const void *a, const void *b)
{
    const hdx_span *x = a, *y = b;
    return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Sorts them and makes one of those that overlap. */
static void merge(hdx_spans *spans)
{
    size_t count = 0;
    if (spans->count)
        qsort(spans->items, spans->count, sizeof *spans->items, by_begin);
    for (size_t i = 0; i < spans->count; i++) {
        hdx_span next = spans->items[i];
        hdx_span *last = count ? &spans->items[count - 1] : NULL;
        if (!last || next.begin >= last->end) {
            spans->items[count++] = next;
            continue;
        }
        last->end = next.end > last->end ? next.end : last->end;
        last->kind = next.kind < last->kind ? next.kind : last->kind;
    }
    spans->count = count;
}

/* Bytes [*at, end) of the text, but none behind `most`. */
static void keep(hdx_buf *out, hdx_str text, size_t *at, size_t end,
                 size_t most)
{
    size_t stop = end < most ? end : most;
    if (stop > *at)
        hdx_buf_add(out, (hdx_str){text.ptr + *at, stop - *at});
    *at = end;
}

static helpdex_status replace(hdx_arena *arena, hdx_str text, size_t most,
                              const hdx_plain *plain, const hdx_spans *spans,
                              hdx_redaction *out, helpdex_error *err)
{
    hdx_buf made = {0};
    size_t at = 0;
    for (size_t i = 0; i < spans->count; i++) {
        const hdx_span *span = &spans->items[i];
        size_t begin = plain->chars[span->begin].begin;
        keep(&made, text, &at, begin, most);
        if (begin >= most)
            break;
        hdx_buf_add(&made, hdx_str_of(placeholders[span->kind]));
        at = plain->chars[span->end - 1].end;
        out->count++;
    }
    keep(&made, text, &at, text.len, most);
    if (!made.failed)
        out->text = hdx_arena_copy(arena, hdx_buf_str(&made));
    bool failed = made.failed || !out->text.ptr;
    hdx_buf_free(&made);
    return failed ? hdx_fail_nomem(err) : HELPDEX_OK;
}

static helpdex_status redact(hdx_arena *arena, hdx_str text, size_t most,
                             const hdx_plain *plain, hdx_redaction *out,
                             helpdex_error *err)
{
    hdx_spans spans = {0};
    helpdex_status status = hdx_seed_find(arena, plain, &out->seed_phrase, err);
    if (status)
        return status;
    if (out->seed_phrase) {
        out->text = HDX_STR("<seed phrase>");
        out->count = 1;
        return HELPDEX_OK;
    }
    hdx_find_emails(plain, &spans);
    hdx_find_codes(plain, &spans);
    hdx_find_numbers(plain, &spans);
    merge(&spans);
    status = spans.failed ? hdx_fail_nomem(err)
                          : replace(arena, text, most, plain, &spans, out, err);
    free(spans.items);
    return status;
}

helpdex_status hdx_redact(hdx_arena *arena, hdx_str text, size_t most,
                          hdx_redaction *out, helpdex_error *err)
{
    hdx_plain plain;
    *out = (hdx_redaction){0};
    most = hdx_utf8_cut(text, most).len;
    helpdex_status status = hdx_plain_make(text, &plain, err);
    if (!status)
        status = redact(arena, text, most, &plain, out, err);
    hdx_plain_free(&plain);
    return status;
}

struct helpdex_redaction {
    hdx_arena arena;
    hdx_redaction made;
};

helpdex_status helpdex_redact(const char *text, size_t size,
                              helpdex_redaction **out, helpdex_error *err)
{
    hdx_str all = size == SIZE_MAX ? hdx_str_of(text) : (hdx_str){text, size};
    *out = NULL;
    if (all.len > UINT32_MAX)
        return hdx_fail(err, HELPDEX_INVALID,
                        "a text of %zu bytes; cut it into smaller ones",
                        all.len);
    size_t bad = hdx_utf8_check(all);
    if (bad != SIZE_MAX)
        return hdx_fail(err, HELPDEX_INVALID,
                        "the text is not UTF-8 at byte %zu; encode it as UTF-8",
                        bad);
    helpdex_redaction *r = calloc(1, sizeof *r);
    if (!r)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_redact(&r->arena, all, SIZE_MAX, &r->made, err);
    if (status) {
        helpdex_redaction_free(r);
        return status;
    }
    *out = r;
    return HELPDEX_OK;
}

const char *helpdex_redaction_text(const helpdex_redaction *redaction)
{
    return redaction->made.text.ptr;
}

size_t helpdex_redaction_count(const helpdex_redaction *redaction)
{
    return redaction->made.count;
}

bool helpdex_redaction_seed_phrase(const helpdex_redaction *redaction)
{
    return redaction->made.seed_phrase;
}

void helpdex_redaction_free(helpdex_redaction *redaction)
{
    if (!redaction)
        return;
    hdx_arena_free(&redaction->arena);
    free(redaction);
}
