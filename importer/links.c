/*
 * Zendesk and Intercom name an article by its number in the path of its
 * address, whatever the title behind it. Text has "]" escaped, so that a
 * "](" outside of code is a link.
 */
#include "importer/links.h"

#include "importer/inline.h"

static hdx_str without_scheme(hdx_str address)
{
    for (size_t i = 0; i + 1 < address.len && address.ptr[i] != '?'; i++)
        if (address.ptr[i] == '/' && address.ptr[i + 1] == '/')
            return (hdx_str){address.ptr + i + 2, address.len - i - 2};
    return address;
}

static hdx_str host_of(hdx_str address)
{
    hdx_str rest = without_scheme(address);
    size_t len = 0;
    while (len < rest.len && !strchr("/?#", rest.ptr[len]))
        len++;
    return (hdx_str){rest.ptr, rest.len < address.len ? len : 0};
}

/* The number in ".../articles/<number>-title"; `*rest`: what is behind it all,
   an anchor. Empty: it is no address of an article. */
static hdx_str number_in(hdx_str address, hdx_str *anchor)
{
    const hdx_str mark = HDX_STR("/articles/");
    size_t from = 0, end = 0;
    while (end < address.len && !strchr("?#", address.ptr[end]))
        end++;
    while (from + mark.len < end &&
           memcmp(address.ptr + from, mark.ptr, mark.len) != 0)
        from++;
    if (from + mark.len >= end)
        return HDX_STR("");
    hdx_str number = {address.ptr + from + mark.len, 0};
    while (from + mark.len + number.len < end &&
           number.ptr[number.len] >= '0' && number.ptr[number.len] <= '9')
        number.len++;
    size_t behind = from + mark.len + number.len;
    if (behind < end && !strchr("-/", address.ptr[behind]))
        return HDX_STR("");
    while (end < address.len && address.ptr[end] != '#')
        end++;
    *anchor = (hdx_str){address.ptr + end, address.len - end};
    return number;
}

/* From the folder of one path to another path. */
static void add_relative(hdx_buf *out, hdx_str from, hdx_str to)
{
    size_t common = 0;
    for (size_t i = 0; i < from.len && i < to.len && from.ptr[i] == to.ptr[i];
         i++)
        if (from.ptr[i] == '/')
            common = i + 1;
    for (size_t i = common; i < from.len; i++)
        if (from.ptr[i] == '/')
            hdx_buf_add(out, HDX_STR("../"));
    hdx_inline_target(out, (hdx_str){to.ptr + common, to.len - common});
}

typedef struct linking {
    hdx_intake *in;
    const hdx_incoming *article;
    hdx_path_of *path_of;
    void *context;
    hdx_buf out;
    helpdex_error *err;
} linking;

static helpdex_status add_target(linking *l, hdx_str address)
{
    hdx_str anchor, number = number_in(address, &anchor);
    hdx_str host = host_of(address);
    bool own =
        number.len &&
        (host.len == 0 || hdx_str_eq_nocase(host, host_of(l->article->url)));
    hdx_str path = own ? l->path_of(l->context, number) : HDX_STR("");
    if (path.len == 0)
        hdx_buf_add(&l->out, address);
    if (path.len == 0 && own)
        return hdx_intake_say(l->in, HELPDEX_WARNING, l->article->place, l->err,
                              "article %.*s (%.*s) links to article %.*s, "
                              "which is not in the export; correct the link",
                              HDX_FMT(l->article->id),
                              HDX_FMT(l->article->locale), HDX_FMT(number));
    if (path.len) {
        add_relative(&l->out, l->article->path, path);
        hdx_buf_add(&l->out, anchor);
    }
    return HELPDEX_OK;
}

/* Behind the code that begins with a run of backticks: at the next run of as
   many, or behind the run if there is none. */
static size_t behind_code(hdx_str text, size_t at)
{
    size_t ticks = 0, run = 0;
    while (at < text.len && text.ptr[at] == '`') {
        at++;
        ticks++;
    }
    for (size_t i = at; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] == '`') {
            run++;
            continue;
        }
        if (run == ticks)
            return i;
        run = 0;
    }
    return at;
}

/* Behind what stands at `at` and is no link: an escaped sign, code, or one
   byte. */
static size_t step(hdx_str text, size_t at)
{
    if (text.ptr[at] == '`')
        return behind_code(text, at);
    size_t next = at + 1 + (text.ptr[at] == '\\');
    return next < text.len ? next : text.len;
}

helpdex_status hdx_links_localise(hdx_intake *in, const hdx_incoming *article,
                                  hdx_path_of *path_of, void *context,
                                  hdx_str *body, helpdex_error *err)
{
    linking l = {.in = in,
                 .article = article,
                 .path_of = path_of,
                 .context = context,
                 .err = err};
    const hdx_str text = article->body, mark = HDX_STR("](");
    helpdex_status status = HELPDEX_OK;
    for (size_t at = 0; at < text.len && !status;) {
        hdx_str rest = {text.ptr + at, text.len - at};
        size_t next = step(text, at);
        if (!hdx_str_starts(rest, mark)) {
            hdx_buf_add(&l.out, (hdx_str){rest.ptr, next - at});
            at = next;
            continue;
        }
        hdx_buf_add(&l.out, mark);
        hdx_str address = {rest.ptr + mark.len, 0};
        while (mark.len + address.len < rest.len &&
               address.ptr[address.len] != ')')
            address.len++;
        status = add_target(&l, address);
        at += mark.len + address.len;
    }
    if (!status) {
        *body = l.out.failed ? (hdx_str){NULL, 0}
                             : hdx_arena_copy(&in->arena, hdx_buf_str(&l.out));
        status = body->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
    }
    hdx_buf_free(&l.out);
    return status;
}
