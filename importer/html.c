/*
 * One walk over the tree. Words collect in a line (html_inline.c); a block
 * settles the line and adds itself to the output (html_block.c).
 *
 * gumbo checks no allocation and frees by recursion. It is given the arena: it
 * never frees, and a failed allocation leaves the parser by longjmp.
 */
#include "importer/html.h"

#include <setjmp.h>

#include "importer/html_walk.h"

/* gumbo looks through all open elements at each tag: with 100,000 of them that
   takes half a minute. */
enum { OPEN_LIMIT = 1000 };

typedef struct pool {
    hdx_arena *arena;
    jmp_buf out_of_memory;
} pool;

static void *pool_alloc(void *context, size_t size)
{
    pool *p = context;
    void *bytes = hdx_arena_alloc(p->arena, size);
    if (!bytes)
        longjmp(p->out_of_memory, 1); /* gumbo would write to NULL */
    return bytes;
}

static void pool_free(void *context, void *bytes)
{
    (void)context;
    (void)bytes;
}

static const GumboOutput *parse(hdx_arena *arena, hdx_str html)
{
    GumboOptions options = kGumboDefaultOptions;
    pool p = {.arena = arena};
    options.allocator = pool_alloc;
    options.deallocator = pool_free;
    options.userdata = &p;
    options.max_errors = 0;
    options.tab_stop = 1;
    options.fragment_context = GUMBO_TAG_DIV;
    if (setjmp(p.out_of_memory)) /* NOLINT(cert-err52-cpp) */
        return NULL;
    return gumbo_parse_with_options(&options, html.ptr, html.len);
}

/* How deep the tree is, found without recursion. */
static unsigned depth_of(const GumboNode *root)
{
    unsigned depth = 0, deepest = 0;
    for (const GumboNode *at = root; at;) {
        deepest = depth > deepest ? depth : deepest;
        if (hdx_child_count(at)) {
            at = hdx_child(at, 0);
            depth++;
            continue;
        }
        while (at != root &&
               at->index_within_parent + 1 >= hdx_child_count(at->parent)) {
            at = at->parent;
            depth--;
        }
        at = at == root ? NULL
                        : hdx_child(at->parent, at->index_within_parent + 1);
    }
    return deepest;
}

/* Whether an element is closed by what follows it, or never holds anything. */
static bool nests(hdx_str name)
{
    static const GumboTag flat[] = {
        GUMBO_TAG_AREA,   GUMBO_TAG_BR,    GUMBO_TAG_COL,    GUMBO_TAG_DD,
        GUMBO_TAG_DT,     GUMBO_TAG_EMBED, GUMBO_TAG_HR,     GUMBO_TAG_IMG,
        GUMBO_TAG_INPUT,  GUMBO_TAG_LI,    GUMBO_TAG_LINK,   GUMBO_TAG_META,
        GUMBO_TAG_OPTION, GUMBO_TAG_P,     GUMBO_TAG_TD,     GUMBO_TAG_TH,
        GUMBO_TAG_TR,     GUMBO_TAG_TBODY, GUMBO_TAG_SOURCE, GUMBO_TAG_WBR};
    GumboTag tag = gumbo_tagn_enum(name.ptr, (unsigned)name.len);
    return !hdx_is_one_of(tag, flat, sizeof flat / sizeof *flat);
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether more elements are open at once than the parser has time for. */
static bool opens_too_many(hdx_str html)
{
    size_t open = 0;
    for (size_t i = 0; i + 2 < html.len && open <= OPEN_LIMIT; i++) {
        if (html.ptr[i] != '<')
            continue;
        bool ends = html.ptr[i + 1] == '/';
        hdx_str name = {html.ptr + i + 1 + ends, 0};
        while (name.ptr + name.len < html.ptr + html.len &&
               (is_ascii_letter(name.ptr[name.len]) ||
                (name.len && name.ptr[name.len] >= '0' &&
                 name.ptr[name.len] <= '9')))
            name.len++;
        if (name.len == 0 || !nests(name))
            continue;
        open = ends ? open - (open > 0) : open + 1;
    }
    return open > OPEN_LIMIT;
}

static helpdex_status fail_deep(helpdex_error *err)
{
    return hdx_fail(err, HELPDEX_BAD_INPUT,
                    "HTML nested deeper than %d; flatten it",
                    (int)HDX_HTML_DEPTH);
}

helpdex_status hdx_html_read(hdx_arena *arena, hdx_str html,
                             hdx_html_said *said, void *context, hdx_str *out,
                             helpdex_error *err)
{
    *out = (hdx_str){NULL, 0};
    if (html.len > HDX_HTML_LIMIT)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "a body of %zu KiB, and at most %d KiB are read; split "
                        "the article",
                        html.len / 1024, HDX_HTML_LIMIT / 1024);
    if (opens_too_many(html))
        return fail_deep(err);
    hdx_arena tree = {0};
    const GumboOutput *parsed = parse(&tree, html);
    hdx_walker w = {.said = said, .context = context};
    hdx_buf text = {0};
    bool deep = parsed && depth_of(parsed->root) > HDX_HTML_DEPTH;
    if (parsed && !deep) /* what follows recurses */
        hdx_inside(&w, parsed->root, false, &text);
    bool failed = !parsed || w.failed || w.line.failed || text.failed;
    if (!failed && !deep)
        *out = hdx_arena_copy(arena, hdx_buf_str(&text));
    hdx_arena_free(&tree);
    hdx_buf_free(&text);
    hdx_buf_free(&w.line);
    if (deep && !failed)
        return fail_deep(err);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
