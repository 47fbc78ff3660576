/* Writing passages. What was left out between two sentences shows as dots. */
#include "search/context.h"

#include <stdio.h>

#include "base/error.h"
#include "search/tokens.h"
#include "text/visible.h"

#define DOTS "\xE2\x80\xA6"
static const char FENCE = '`';
enum { FENCE_LEAST = 3 };

/* A copy in the results, or NULL when memory was out; releases the buffer. */
static const char *keep(hdx_call *c, hdx_buf *buf)
{
    const char *text =
        buf->failed ? NULL
                    : hdx_arena_copy(&c->results->arena, hdx_buf_str(buf)).ptr;
    hdx_buf_free(buf);
    return text;
}

/* On one line, without what cannot be seen. */
static void add_line(hdx_buf *buf, const char *text)
{
    size_t from = buf->len;
    hdx_buf_add_visible(buf, hdx_str_of(text));
    for (size_t i = from; i < buf->len; i++)
        if (buf->ptr[i] == '\n' || buf->ptr[i] == '\t')
            buf->ptr[i] = ' ';
}

static const char *visible_line(hdx_call *c, const char *text)
{
    hdx_buf buf = {0};
    add_line(&buf, text);
    return keep(c, &buf);
}

/* The statements that were taken, in order. */
static const char *join(hdx_call *c, const hdx_evidence *e)
{
    hdx_buf buf = {0};
    size_t last = SIZE_MAX; /* the statement before, if it was taken */
    for (size_t i = 0; i < e->count; i++) {
        const hdx_statement *s = &e->statements[i];
        if (s->state != HDX_STATEMENT_TAKEN)
            continue;
        if (last != SIZE_MAX) {
            uint32_t end = e->statements[last].end;
            hdx_str between = {e->text.ptr + end, s->begin - end};
            if (last + 1 == i)
                hdx_buf_add(&buf, between);
            else if (memchr(between.ptr, '\n', between.len))
                hdx_buf_add(&buf, HDX_STR("\n" DOTS "\n"));
            else
                hdx_buf_add(&buf, HDX_STR(" " DOTS " "));
        }
        hdx_buf_add(&buf, (hdx_str){e->text.ptr + s->begin, s->end - s->begin});
        last = i;
    }
    return keep(c, &buf);
}

static helpdex_status fill_headings(hdx_call *c, hdx_str headings,
                                    helpdex_passage *out)
{
    helpdex_status status =
        hdx_call_headings(c, headings, &out->heading_path, &out->heading_count);
    const char **path =
        status ? NULL
               : hdx_arena_alloc(&c->results->arena,
                                 (out->heading_count + 1) * sizeof *path);
    if (!path)
        return hdx_fail_nomem(c->err);
    for (size_t i = 0; i < out->heading_count; i++)
        if (!(path[i] = visible_line(c, out->heading_path[i])))
            return hdx_fail_nomem(c->err);
    out->heading_path = path;
    return HELPDEX_OK;
}

static helpdex_status fill(hdx_call *c, const hdx_evidence *e, unsigned number,
                           helpdex_passage *out)
{
    const helpdex_hit *hit = &c->results->hits[e->hit];
    hdx_forward_section section =
        hdx_forward_section_at(hdx_call_forward(c, e->at), e->at.section);
    *out = (helpdex_passage){
        .number = number,
        .text = join(c, e),
        .id = hit->id,
        .section = hdx_arena_copy(&c->results->arena, section.anchor).ptr,
        .locale = hit->locale,
        .title = visible_line(c, hit->title),
        .stale = hit->stale};
    if (!out->text || !out->section || !out->title)
        return hdx_fail_nomem(c->err);
    helpdex_status status = fill_headings(c, section.headings, out);
    return status ? status
                  : hdx_call_url(c, hdx_call_article(c, e->at).url,
                                 section.anchor, &out->url);
}

/*
 * Title and headings, then locale, age and source. The address is that of the
 * article: an anchor repeats the heading, and percent-encoded costs more than
 * the text.
 */
static void add_citation(const hdx_call *c, const hdx_evidence *e,
                         const helpdex_passage *p, hdx_buf *buf)
{
    char share[64];
    hdx_str url = hdx_call_article(c, e->at).url;
    add_line(buf, p->title);
    for (size_t i = 0; i < p->heading_count; i++) {
        hdx_buf_add(buf, HDX_STR(" \xE2\x80\xBA "));
        add_line(buf, p->heading_path[i]);
    }
    hdx_buf_byte(buf, '\n');
    hdx_buf_add(buf, hdx_str_of(p->locale));
    if (p->stale) {
        snprintf(share, sizeof share, " %u/%u", p->stale->behind,
                 p->stale->sections);
        hdx_buf_add(buf, HDX_STR(", "));
        add_line(buf, c->results->messages[HELPDEX_MESSAGE_OUTDATED]);
        hdx_buf_add(buf, hdx_str_of(share));
    }
    hdx_buf_add(buf, HDX_STR(", "));
    add_line(buf, url.len ? url.ptr : p->id);
    hdx_buf_byte(buf, '\n');
}

/* One more than the longest run of the fence's sign. */
static size_t fence_length(hdx_str text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == FENCE ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest < FENCE_LEAST ? FENCE_LEAST : longest + 1;
}

static void add_fence(hdx_buf *buf, size_t length)
{
    while (length-- > 0)
        hdx_buf_byte(buf, FENCE);
    hdx_buf_byte(buf, '\n');
}

helpdex_status hdx_context_write(hdx_call *call, const hdx_evidence *evidence,
                                 unsigned number, helpdex_passage *out,
                                 hdx_str *block)
{
    char head[32];
    hdx_buf inside = {0}, all = {0};
    helpdex_status status = fill(call, evidence, number, out);
    if (status)
        return status;
    add_citation(call, evidence, out, &inside);
    hdx_buf_byte(&inside, '\n');
    hdx_buf_add(&inside, hdx_str_of(out->text));
    hdx_buf_byte(&inside, '\n');
    size_t length = fence_length(hdx_buf_str(&inside));
    snprintf(head, sizeof head, "[%u]\n", number);
    hdx_buf_add(&all, hdx_str_of(head));
    add_fence(&all, length);
    hdx_buf_add(&all, hdx_buf_str(&inside));
    add_fence(&all, length);
    bool failed = inside.failed;
    hdx_buf_free(&inside);
    block->len = all.len;
    block->ptr = keep(call, &all);
    if (failed || !block->ptr)
        return hdx_fail_nomem(call->err);
    out->tokens = hdx_tokens_count(call->request, *block);
    return HELPDEX_OK;
}
