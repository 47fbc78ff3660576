/*
 * Keys of heads that nobody reads because they are misspelled, and the files
 * of rules. A key that many articles have is one of the site's own, however
 * near it comes to ours.
 */
#include "base/error.h"
#include "indexer/lint.h"
#include "indexer/rules.h"
#include "store/schema.h"

enum { SITE_OWN = 10 }; /* articles with a key that make it the site's */

/* Keys of other tools, which must not be taken for slips. */
static const char *const foreign[] = {
    "layout",    "type",     "menu",      "status",   "parent",   "html",
    "sidebar",   "seo",      "author",    "authors",  "image",    "template",
    "theme",     "version",  "weight",    "toc",      "hidden",   "order",
    "nav",       "name",     "label",     "heading",  "data",     "state",
    "page",      "file",     "path",      "topic",    "topics",   "url",
    "text",      "style",    "markup",    "key",      "keys",     "term",
    "link",      "links",    "linktitle", "updates",  "dates",    "series",
    "sitetitle", "subtitle", "titles",    "products", "platform", "region"};

static bool is_known(hdx_str key)
{
    const char *name;
    for (size_t i = 0; (name = hdx_front_matter_key(i)); i++)
        if (hdx_str_eq_nocase(key, hdx_str_of(name)))
            return true;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (hdx_str_eq_nocase(key, hdx_str_of(foreign[i])))
            return true;
    return false;
}

/* Two letters that changed places are one slip. */
static bool is_swapped(const char *a, const char *b)
{
    size_t i = 0;
    if (strlen(a) != strlen(b))
        return false;
    while (a[i] && a[i] == b[i])
        i++;
    return a[i] && a[i + 1] && a[i] == b[i + 1] && a[i + 1] == b[i] &&
           strcmp(a + i + 2, b + i + 2) == 0;
}

/* The key that was meant; NULL: none is near. */
static const char *nearest(hdx_str key)
{
    const char *name, *best = NULL;
    size_t least = key.len < 5 ? 2 : 3;
    for (size_t i = 0; (name = hdx_front_matter_key(i)); i++) {
        size_t edits = hdx_str_distance(key.ptr, name);
        edits = is_swapped(key.ptr, name) ? 1 : edits;
        if (edits < least && strlen(name) > 3 && !strchr(name, '.')) {
            least = edits;
            best = name;
        }
    }
    return best;
}

/* Whether a key above in the head is a slip for the same one: then only one of
   them can become it. */
static bool is_taken(const hdx_yaml *root, const hdx_yaml *key,
                     const char *meant)
{
    for (const hdx_yaml *at = root->first; at != key; at = at->next)
        if (!is_known(at->key) && nearest(at->key) == meant)
            return true;
    return hdx_yaml_get(root, meant) != NULL;
}

static size_t uses(const hdx_lint *l, hdx_str key)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += l->docs[i].readable &&
                 hdx_yaml_get(l->docs[i].article.matter.root, key.ptr);
    return count;
}

void hdx_lint_head_typo(hdx_lint *l, hdx_lint_doc *doc)
{
    const hdx_yaml *root = doc->article.matter.root;
    for (const hdx_yaml *at = root ? root->first : NULL; at; at = at->next) {
        if (is_known(at->key))
            continue;
        const char *meant = nearest(at->key);
        if (!meant || uses(l, at->key) >= SITE_OWN)
            continue;
        hdx_lint_add_at(l, doc, doc->file->path.ptr, at->line, at->column,
                        hdx_arena_format(&l->arena,
                                         "the key \"%.*s\" is not read; did "
                                         "you mean %s?",
                                         HDX_FMT(at->key), meant)
                            .ptr);
        size_t begin = hdx_lint_offset(doc->text, at->line, at->column);
        hdx_str there = {doc->text.ptr + begin, doc->text.len - begin};
        if (hdx_str_starts(there, at->key) && !is_taken(root, at, meant))
            hdx_lint_fix(l, begin, begin + at->key.len, hdx_str_of(meant));
    }
}

static bool has_id(const hdx_lint *l, hdx_str id)
{
    for (size_t i = 0; i < l->count; i++)
        if (!l->docs[i].readable || hdx_str_eq(l->docs[i].article.id, id))
            return true; /* what cannot be read may be it */
    return false;
}

static void check_file(hdx_lint *l, const hdx_kb_file *file)
{
    hdx_rules rules = {0};
    helpdex_error why;
    helpdex_status status = hdx_rules_read(&rules, file->text, file->path.ptr,
                                           file->name.ptr, &why);
    if (status == HELPDEX_BAD_INPUT)
        hdx_lint_add_at(l, NULL, file->path.ptr, why.line, why.column,
                        why.message);
    else if (status)
        l->failed = true;
    for (size_t i = 0; i < rules.count && !status; i++) {
        const hdx_rule *rule = &rules.items[i];
        if (rule->article.len == 0 || has_id(l, rule->article))
            continue;
        hdx_str what = hdx_arena_format(
            &l->arena,
            "no article has the id \"%.*s\"; name another, or remove the rule",
            HDX_FMT(rule->article));
        if (what.ptr)
            hdx_lint_add_at(l, NULL, file->path.ptr, rule->line, rule->column,
                            what.ptr);
        l->failed = l->failed || !what.ptr;
    }
    hdx_rules_free(&rules);
}

void hdx_lint_rule_files(hdx_lint *l)
{
    hdx_kb_files files;
    helpdex_error why;
    helpdex_report *report;
    if (hdx_report_new(&report, NULL)) {
        l->failed = true;
        return;
    }
    helpdex_status status = hdx_kb_files_read(
        &l->arena, l->kb_dir, HDX_RULES_DIR, report, &files, &why);
    if (status == HELPDEX_NOMEM)
        l->failed = true;
    else if (status)
        hdx_lint_add_at(l, NULL, why.file, why.line, why.column, why.message);
    for (size_t i = 0; i < files.count && !status && !l->failed; i++)
        check_file(l, &files.items[i]);
    helpdex_report_free(report);
}
