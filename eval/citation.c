/*
 * Addresses are compared without their scheme, percent signs, a slash at the
 * end and what is behind a "#", with and without what is behind a "?". Where
 * the template names no host, any host will do.
 */
#include "eval/citation.h"

#include <stdlib.h>

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static hdx_str without_scheme(hdx_str address)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        hdx_str scheme = hdx_str_of(schemes[i]);
        if (address.len >= scheme.len &&
            hdx_str_eq_nocase((hdx_str){address.ptr, scheme.len}, scheme))
            return (hdx_str){address.ptr + scheme.len,
                             address.len - scheme.len};
    }
    return address;
}

static hdx_str cut_at(hdx_str text, char sign)
{
    const char *at = text.len ? memchr(text.ptr, sign, text.len) : NULL;
    return (hdx_str){text.ptr, at ? (size_t)(at - text.ptr) : text.len};
}

/* An address as it is compared; `ptr` is NULL when memory is out. */
static hdx_str plain(hdx_arena *arena, hdx_str address)
{
    hdx_str text = hdx_arena_copy(arena, cut_at(without_scheme(address), '#'));
    char *bytes = (char *)(uintptr_t)text.ptr;
    size_t len = 0;
    for (size_t i = 0; bytes && i < text.len; i++) {
        int high = i + 2 < text.len ? digit_of(bytes[i + 1]) : -1;
        int low = i + 2 < text.len ? digit_of(bytes[i + 2]) : -1;
        bool encoded = bytes[i] == '%' && high >= 0 && low >= 0;
        bytes[len++] = encoded ? (char)(high * 16 + low) : bytes[i];
        i += encoded ? 2 : 0;
    }
    while (len && bytes[len - 1] == '/')
        len--;
    text.len = len;
    return text;
}

static helpdex_status add_address(hdx_citations *c,
                                  const helpdex_article *article,
                                  helpdex_error *err)
{
    bool added = false;
    hdx_str address = plain(&c->arena, hdx_str_of(article->url));
    hdx_map_entry *entry =
        address.ptr ? hdx_map_add(&c->addresses, address, &added) : NULL;
    if (!entry ||
        !hdx_grow(&c->ids, &c->capacity, c->count + 1, sizeof *c->ids))
        return hdx_fail_nomem(err);
    if (added) {
        entry->value = c->count;
        c->ids[c->count++] = article->id;
    }
    return HELPDEX_OK;
}

helpdex_status hdx_citations_open(const helpdex_searcher *searcher,
                                  hdx_citations *out, helpdex_error *err)
{
    *out = (hdx_citations){0};
    helpdex_status status = hdx_shelves_open(searcher, &out->shelves, err);
    for (size_t i = 0; i < out->shelves.count && !status; i++) {
        const helpdex_catalog *catalog = out->shelves.items[i];
        for (size_t n = 0; n < helpdex_catalog_count(catalog) && !status; n++) {
            const helpdex_article *article = helpdex_catalog_at(catalog, n);
            if (article->url)
                status = add_address(out, article, err);
        }
    }
    return status;
}

void hdx_citations_free(hdx_citations *citations)
{
    hdx_shelves_free(&citations->shelves);
    hdx_map_free(&citations->addresses);
    free(citations->ids);
    hdx_arena_free(&citations->arena);
}

static const char *look_up(const hdx_citations *c, hdx_str address)
{
    hdx_str bare = cut_at(address, '?');
    while (bare.len && bare.ptr[bare.len - 1] == '/')
        bare.len--;
    const hdx_map_entry *entry = hdx_map_find(&c->addresses, address);
    if (!entry && bare.len)
        entry = hdx_map_find(&c->addresses, bare);
    return entry ? c->ids[entry->value] : NULL;
}

static helpdex_status article_at(hdx_citations *c, hdx_str address,
                                 const char **id, helpdex_error *err)
{
    hdx_str text = plain(&c->arena, address);
    if (!text.ptr)
        return hdx_fail_nomem(err);
    *id = look_up(c, text);
    const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
    if (!*id && slash)
        *id =
            look_up(c, (hdx_str){slash, text.len - (size_t)(slash - text.ptr)});
    return HELPDEX_OK;
}

helpdex_status hdx_cited_as(hdx_citations *citations, hdx_str text,
                            const char **id, helpdex_error *err)
{
    *id = NULL;
    text = hdx_str_trim(text);
    hdx_str copy = hdx_arena_copy(&citations->arena, text);
    if (!copy.ptr)
        return hdx_fail_nomem(err);
    if (text.len == 0)
        return HELPDEX_OK;
    const helpdex_article *article =
        hdx_shelves_find(&citations->shelves, copy.ptr);
    if (!article)
        return article_at(citations, text, id, err);
    *id = article->id;
    return HELPDEX_OK;
}

/* Where the next link begins; its length is that up to a blank or a sign that
   no link has. */
static hdx_str next_link(hdx_str text)
{
    for (size_t i = 0; i + 4 < text.len; i++) {
        hdx_str link = {text.ptr + i, text.len - i};
        if (without_scheme(link).len == link.len)
            continue;
        size_t len = 0;
        while (len < link.len && (unsigned char)link.ptr[len] > ' ' &&
               !strchr("<>\"'`|", link.ptr[len]))
            len++;
        return (hdx_str){link.ptr, len};
    }
    return (hdx_str){NULL, 0};
}

/* Without the signs of the sentence that a link ends. */
static hdx_str without_end(hdx_str link)
{
    while (link.len && strchr(".,;:!?)]}*_", link.ptr[link.len - 1]))
        link.len--;
    return link;
}

/* What is certainly of the link: scripts without spaces go on right behind it,
   and so does markup. */
static hdx_str certain_part(hdx_str link)
{
    size_t len = 0;
    while (len < link.len && (unsigned char)link.ptr[len] < 0x80 &&
           !strchr(")]}*", link.ptr[len]))
        len++;
    return without_end((hdx_str){link.ptr, len});
}

helpdex_status hdx_cited_next(hdx_citations *citations, hdx_str *text,
                              const char **id, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    *id = NULL;
    while (!*id && !status) {
        hdx_str link = next_link(*text);
        if (link.len == 0)
            return HELPDEX_OK;
        status = article_at(citations, without_end(link), id, err);
        if (!status && !*id)
            status = article_at(citations, certain_part(link), id, err);
        *text =
            (hdx_str){link.ptr + link.len,
                      (size_t)(text->ptr + text->len - link.ptr) - link.len};
    }
    return status;
}
