/*
 * Links and images. A link is broken when nothing it could mean is there: a
 * file beside the article, the page of a path however a site would serve it,
 * an id, an alias, in the article's own locale, in the default one, or in
 * any. Addresses of other hosts and paths of other programs are not judged:
 * nothing here knows them.
 */
#include <ctype.h>
#include <stdlib.h>

#include "base/file.h"
#include "indexer/lint.h"
#include "indexer/scan.h"

static hdx_str without(hdx_str text, const char *ending)
{
    size_t len = strlen(ending);
    if (text.len >= len &&
        hdx_str_eq_nocase((hdx_str){text.ptr + text.len - len, len},
                          hdx_str_of(ending)))
        text.len -= len;
    return text;
}

/* A path as pages are listed by: no ending, no slashes around it, not the
   name of a folder's own page, ASCII in lower case. `ptr` NULL: no memory. */
static hdx_str page_key(hdx_arena *arena, hdx_str path)
{
    static const char *const endings[] = {".md",    ".mdx",    ".markdown",
                                          ".html",  ".htm",    "/",
                                          "/index", "/_index", "/readme"};
    while (path.len && path.ptr[0] == '/')
        path = (hdx_str){path.ptr + 1, path.len - 1};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        path = without(path, endings[i]);
    if (hdx_str_eq_nocase(path, HDX_STR("index")) ||
        hdx_str_eq_nocase(path, HDX_STR("_index")) ||
        hdx_str_eq_nocase(path, HDX_STR("readme")))
        path.len = 0;
    hdx_str key = hdx_arena_copy(arena, path);
    for (size_t i = 0; key.ptr && i < key.len; i++)
        ((char *)(uintptr_t)key.ptr)[i] =
            (char)tolower((unsigned char)key.ptr[i]);
    return key;
}

static void list_page(hdx_lint *l, hdx_map *pages, hdx_str path, size_t number)
{
    bool added;
    hdx_str key = page_key(&l->arena, path);
    hdx_map_entry *entry = key.ptr ? hdx_map_add(pages, key, &added) : NULL;
    if (!entry)
        l->failed = true;
    else if (added)
        entry->value = number + 1;
}

static void list_folder(hdx_lint *l, hdx_str below)
{
    bool added;
    hdx_str top = hdx_scan_top(below, 1);
    if (top.len < below.len && !hdx_map_add(&l->folders, top, &added))
        l->failed = true;
}

void hdx_lint_list_pages(hdx_lint *l)
{
    l->pages =
        hdx_arena_alloc(&l->arena, (l->layout.count + 1) * sizeof *l->pages);
    if (!l->pages) {
        l->failed = true;
        return;
    }
    for (size_t i = 0; i < l->count; i++) {
        const hdx_lint_doc *doc = &l->docs[i];
        hdx_map *pages = &l->pages[doc->from - l->layout.locales];
        const hdx_strings *aliases = &doc->article.matter.aliases;
        list_page(l, pages, doc->file->below, i);
        list_page(l, pages, doc->file->shown, i);
        list_folder(l, doc->file->below);
        if (!doc->readable)
            continue;
        list_page(l, pages, doc->article.id, i);
        for (size_t n = 0; n < aliases->count; n++)
            list_page(l, pages, aliases->items[n], i);
    }
}

/* What a link means. */
typedef struct meaning {
    hdx_str path;     /* decoded; empty: the article itself */
    hdx_str fragment; /* decoded, without '#' */
    bool absolute;    /* from the top of the site */
    bool own;         /* it has the address of `url` in helpdex.yml */
} meaning;

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static hdx_str decode(hdx_lint *l, hdx_str text)
{
    char *out = hdx_arena_alloc(&l->arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        int high = i + 2 < text.len ? hex_digit(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text.ptr[i + 2]) : -1;
        bool escaped = text.ptr[i] == '%' && high >= 0 && low >= 0;
        out[len++] =
            escaped ? (char)(unsigned char)(high * 16 + low) : text.ptr[i];
        i += escaped ? 2 : 0;
    }
    hdx_str decoded = {out, len};
    l->failed = l->failed || !out;
    return out && hdx_utf8_check(decoded) == SIZE_MAX ? decoded : text;
}

/* The scheme and host of the template of addresses; empty: there is none. */
static hdx_str own_host(const hdx_lint *l)
{
    hdx_str url = l->layout.url;
    size_t at = 0;
    for (unsigned slashes = 0; at < url.len; at++)
        if (url.ptr[at] == '/' && ++slashes == 3)
            break;
    return (hdx_str){url.ptr, at};
}

static bool has_scheme(hdx_str target)
{
    size_t i = 0;
    while (i < target.len && (isalnum((unsigned char)target.ptr[i]) ||
                              strchr("+.-", target.ptr[i])))
        i++;
    return (i > 1 && i < target.len && target.ptr[i] == ':') ||
           hdx_str_starts(target, HDX_STR("//"));
}

/* False: the link leads where nothing is known, or is filled in later. */
static bool understand(hdx_lint *l, const hdx_outline_link *link, meaning *out)
{
    hdx_str target = hdx_str_trim(link->target), host = own_host(l);
    *out = (meaning){.path = HDX_STR(""), .fragment = HDX_STR("")};
    if (link->templated || target.len == 0)
        return false;
    for (size_t i = 0; i < target.len; i++)
        if (strchr("{}<>$@", target.ptr[i]) && target.ptr[i] != '\0')
            return false;
    if (host.len && hdx_str_starts(target, host) &&
        (target.len == host.len || target.ptr[host.len] == '/')) {
        target.ptr += host.len;
        target.len -= host.len;
        out->own = true;
    } else if (has_scheme(target)) {
        return false;
    }
    size_t end = 0;
    while (end < target.len && target.ptr[end] != '#' && target.ptr[end] != '?')
        end++;
    const char *hash = memchr(target.ptr, '#', target.len);
    if (hash)
        out->fragment =
            decode(l, (hdx_str){hash + 1,
                                target.len - 1 - (size_t)(hash - target.ptr)});
    out->path = decode(l, (hdx_str){target.ptr, end});
    out->absolute = out->own || (end && target.ptr[0] == '/');
    return !l->failed;
}

/* `path` seen from `folder`, without dots; `ptr` NULL: it leads outside. */
static hdx_str join(hdx_lint *l, hdx_str folder, hdx_str path)
{
    hdx_str all = hdx_arena_format(&l->arena, "%.*s/%.*s", HDX_FMT(folder),
                                   HDX_FMT(path));
    char *out = all.ptr ? hdx_arena_alloc(&l->arena, all.len + 1) : NULL;
    size_t len = 0, at = 0;
    l->failed = l->failed || !out;
    while (out && at < all.len) {
        size_t end = at;
        while (end < all.len && all.ptr[end] != '/')
            end++;
        hdx_str part = {all.ptr + at, end - at};
        at = end + 1;
        if (part.len == 0 || hdx_str_eq(part, HDX_STR(".")))
            continue;
        if (hdx_str_eq(part, HDX_STR(".."))) {
            if (len == 0)
                return (hdx_str){NULL, 0};
            while (len && out[--len] != '/')
                ;
            continue;
        }
        if (len)
            out[len++] = '/';
        memcpy(out + len, part.ptr, part.len);
        len += part.len;
    }
    return (hdx_str){out, len};
}

static hdx_str folder_of(hdx_str path)
{
    while (path.len && path.ptr[path.len - 1] != '/')
        path.len--;
    return path;
}

static hdx_str stem_of(hdx_str path)
{
    return (hdx_str){path.ptr, path.len - hdx_scan_ending(path).len};
}

/* The article of a path: of the own locale, else of the default one, else of
   any. NULL: none. */
static hdx_lint_doc *find_page(hdx_lint *l, const hdx_lint_doc *doc,
                               hdx_str path)
{
    hdx_str key = page_key(&l->arena, path);
    size_t own = (size_t)(doc->from - l->layout.locales);
    if (!key.ptr) {
        l->failed = true;
        return NULL;
    }
    for (size_t i = 0; i <= l->layout.count; i++) {
        const hdx_map *pages = &l->pages[i == 0 ? own : i - 1];
        const hdx_map_entry *entry = hdx_map_find(pages, key);
        if (entry)
            return &l->docs[entry->value - 1];
    }
    return NULL;
}

/* Cuts the name of a locale from the front of an absolute path. */
static bool cut_locale(const hdx_lint *l, hdx_str *path)
{
    hdx_locale locale;
    while (path->len && path->ptr[0] == '/')
        *path = (hdx_str){path->ptr + 1, path->len - 1};
    hdx_str top = hdx_scan_top(*path, 1);
    if (top.len > HDX_TAG_SIZE / 2 || !hdx_locale_parse(top, &locale))
        return false;
    for (size_t i = 0; i < l->layout.count; i++)
        if (strcmp(l->layout.locales[i].locale.tag, locale.tag) == 0) {
            *path = (hdx_str){path->ptr + top.len, path->len - top.len};
            return true;
        }
    return false;
}

static bool is_there(hdx_lint *l, hdx_str below)
{
    hdx_str path =
        hdx_arena_format(&l->arena, "%s/%.*s", l->kb_dir, HDX_FMT(below));
    l->failed = l->failed || !path.ptr;
    return path.ptr && (hdx_file_exists(path.ptr) || hdx_dir_exists(path.ptr));
}

/* An ending that no page has: of a picture, say. */
static bool is_asset(hdx_str path)
{
    size_t at = path.len, letters = 0;
    while (at && isalnum((unsigned char)path.ptr[at - 1])) {
        letters += isalpha((unsigned char)path.ptr[at - 1]) != 0;
        at--;
    }
    size_t len = path.len - at;
    hdx_str ending = {path.ptr + at, len};
    return at > 1 && path.ptr[at - 1] == '.' && path.ptr[at - 2] != '/' &&
           len < 6 && letters && hdx_scan_ending(path).len == 0 &&
           !hdx_str_eq_nocase(ending, HDX_STR("html")) &&
           !hdx_str_eq_nocase(ending, HDX_STR("htm"));
}

/* Whether files that are no articles lie in a folder. */
static bool has_assets(hdx_lint *l, hdx_str folder)
{
    bool added;
    hdx_listing all = {0};
    hdx_str path =
        hdx_arena_format(&l->arena, "%s/%.*s", l->kb_dir, HDX_FMT(folder));
    hdx_map_entry *entry =
        path.ptr ? hdx_map_add(&l->asset_folders, path, &added) : NULL;
    if (!entry) {
        l->failed = true;
        return false;
    }
    if (entry->value)
        return entry->value == 1;
    entry->value = 2;
    if (folder.len && hdx_dir_exists(path.ptr) &&
        hdx_dir_list(&l->arena, path.ptr, false, &all, NULL) == HELPDEX_OK)
        for (size_t i = 0; i < all.count; i++)
            if (all.items[i].kind == HDX_ENTRY_FILE &&
                hdx_scan_ending(all.items[i].path).len == 0)
                entry->value = 1;
    return entry->value == 1;
}

typedef enum outcome { FOUND, UNKNOWN, BROKEN } outcome;

static outcome resolve_absolute(hdx_lint *l, const hdx_lint_doc *doc,
                                const meaning *m, hdx_lint_doc **page)
{
    hdx_str path = m->path;
    bool local = cut_locale(l, &path);
    hdx_str clean = join(l, HDX_STR(""), path);
    hdx_str whole = join(l, HDX_STR(""), m->path);
    if (!clean.ptr || !whole.ptr)
        return UNKNOWN;
    *page = find_page(l, doc, clean);
    if (!*page)
        *page = find_page(l, doc, whole);
    if (*page || clean.len == 0 || is_there(l, whole))
        return FOUND;
    if (is_asset(clean))
        return UNKNOWN;
    hdx_str contact = l->layout.contact; /* a page of the same site */
    if (m->own && clean.len < contact.len &&
        hdx_str_eq(clean,
                   (hdx_str){contact.ptr + contact.len - clean.len, clean.len}))
        return FOUND;
    bool known = (m->own && local) ||
                 (hdx_scan_top(clean, 1).len < clean.len &&
                  hdx_map_find(&l->folders, hdx_scan_top(clean, 1)));
    return known ? BROKEN : UNKNOWN;
}

/* Seen from its file, and from the address that a site gives its page. */
static outcome resolve_relative(hdx_lint *l, const hdx_lint_doc *doc,
                                const meaning *m, hdx_lint_doc **page)
{
    hdx_str shown = doc->file->shown, below = doc->file->below;
    hdx_str from[] = {folder_of(shown), stem_of(shown), folder_of(below),
                      stem_of(below)};
    bool inside = false;
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        hdx_str path = join(l, from[i], m->path);
        if (l->failed || !path.ptr)
            continue;
        inside = inside || i < 2;
        *page = find_page(l, doc, path);
        if (*page || (i < 2 && is_there(l, path)))
            return FOUND;
    }
    *page = find_page(l, doc, m->path);
    if (*page)
        return FOUND;
    hdx_str path = join(l, folder_of(shown), m->path);
    if (!inside || !path.ptr)
        return UNKNOWN;
    if (!is_asset(m->path))
        return BROKEN;
    /* Pictures may well lie elsewhere; but where there are some, it is one. */
    return has_assets(l, folder_of(path)) ? BROKEN : UNKNOWN;
}

static outcome resolve(hdx_lint *l, hdx_lint_doc *doc, const meaning *m,
                       hdx_lint_doc **page)
{
    *page = NULL;
    if (m->path.len == 0) {
        *page = doc;
        return FOUND;
    }
    return m->absolute ? resolve_absolute(l, doc, m, page)
                       : resolve_relative(l, doc, m, page);
}

void hdx_lint_broken_link(hdx_lint *l, hdx_lint_doc *doc)
{
    for (size_t i = 0; i < doc->outline.link_count && !l->failed; i++) {
        const hdx_outline_link *link = &doc->outline.links[i];
        hdx_lint_doc *page;
        meaning m;
        if (understand(l, link, &m) && resolve(l, doc, &m, &page) == BROKEN)
            hdx_lint_add(l, doc, link->at,
                         "nothing is at \"%.*s\", in no language; mend the "
                         "link, or add what it leads to",
                         HDX_FMT(link->target));
    }
}

/* What browsers know by themselves. */
static bool is_builtin(hdx_str fragment)
{
    return fragment.len == 0 || hdx_str_eq_nocase(fragment, HDX_STR("top")) ||
           hdx_str_starts(fragment, HDX_STR(":~:")) ||
           memchr(fragment.ptr, '/', fragment.len) ||
           memchr(fragment.ptr, '=', fragment.len);
}

static bool has_exactly(hdx_lint *l, const hdx_lint_doc *page, hdx_str anchor)
{
    hdx_str loose = hdx_outline_loose(&l->arena, anchor);
    l->failed = l->failed || !loose.ptr;
    return !loose.ptr || loose.len == 0 ||
           hdx_map_find(&page->outline.anchors, loose);
}

/* Of `{{% def id="LE" %}}` a site may make the anchor `def-LE`. */
static bool has_anchor(hdx_lint *l, const hdx_lint_doc *page, hdx_str fragment)
{
    const char *dash = memchr(fragment.ptr, '-', fragment.len);
    bool tags = memmem(page->text.ptr, page->text.len, "{{", 2) != NULL;
    size_t skip = dash ? (size_t)(dash - fragment.ptr) + 1 : 0;
    return has_exactly(l, page, fragment) ||
           (tags && skip &&
            has_exactly(l, page,
                        (hdx_str){fragment.ptr + skip, fragment.len - skip}));
}

void hdx_lint_missing_anchor(hdx_lint *l, hdx_lint_doc *doc)
{
    for (size_t i = 0; i < doc->outline.link_count && !l->failed; i++) {
        const hdx_outline_link *link = &doc->outline.links[i];
        hdx_lint_doc *page;
        meaning m;
        if (link->image || !understand(l, link, &m) || is_builtin(m.fragment) ||
            resolve(l, doc, &m, &page) != FOUND || !page || !page->readable ||
            page->outline.templated || has_anchor(l, page, m.fragment))
            continue;
        if (page == doc)
            hdx_lint_add(l, doc, link->at,
                         "no section has the anchor \"%.*s\"; name one that is "
                         "here, or give a heading {#%.*s}",
                         HDX_FMT(m.fragment), HDX_FMT(m.fragment));
        else
            hdx_lint_add(l, doc, link->at,
                         "%.*s has no section with the anchor \"%.*s\"; name "
                         "one that it has",
                         HDX_FMT(page->file->shown), HDX_FMT(m.fragment));
    }
}

void hdx_lint_missing_alt(hdx_lint *l, hdx_lint_doc *doc)
{
    for (size_t i = 0; i < doc->outline.link_count; i++) {
        const hdx_outline_link *link = &doc->outline.links[i];
        if (link->image && !link->described)
            hdx_lint_add(l, doc, link->at,
                         "an image without a text for who cannot see it; write "
                         "![what it shows](%.*s)",
                         HDX_FMT(link->target));
    }
}
