/* How translations stand to their languages, sources and locale packs. */
#include "indexer/lint.h"
#include "indexer/prose.h"
#include "indexer/synonyms.h"
#include "text/pack.h"

/* Fewer letters tell nothing: a table of prices, a list of commands. */
enum { LEAST_LETTERS = 60 };

/* A translation that is there to be read. */
static bool is_translation(const hdx_lint_doc *doc)
{
    return !doc->original && !doc->article.matter.draft &&
           !doc->article.missing;
}

void hdx_lint_wrong_script(hdx_lint *l, hdx_lint_doc *doc)
{
    hdx_letter_count count = {0};
    const hdx_document *d = &doc->article.document;
    if (!is_translation(doc) || !hdx_is_non_latin(&doc->from->locale))
        return;
    for (size_t i = 0; i < d->count; i++)
        hdx_prose_count_letters(&d->sections[i], &doc->from->locale, &count);
    if (count.letters >= LEAST_LETTERS && hdx_letters_are_foreign(&count))
        hdx_lint_add(l, doc, doc->article.matter.body,
                     "%zu of %zu letters are of a script of %s; translate it, "
                     "or write untranslated: true in the head",
                     count.own, count.letters, doc->from->locale.tag);
}

void hdx_lint_copy_of_source(hdx_lint *l, hdx_lint_doc *doc)
{
    if (is_translation(doc) && doc->is_copy)
        hdx_lint_add(l, doc, doc->article.matter.body,
                     "its body is that of its source word for word, so it "
                     "counts as missing; translate it, or remove it");
}

void hdx_lint_stale_translation(hdx_lint *l, hdx_lint_doc *doc)
{
    const hdx_article *a = &doc->article;
    if (!is_translation(doc))
        return;
    if (a->matter.outdated || a->document.outdated)
        hdx_lint_add(l, doc, SIZE_MAX,
                     "its translator marked it as outdated; bring it up to "
                     "date");
    else if (doc->origin.behind)
        hdx_lint_add(l, doc, SIZE_MAX,
                     "%u of %u sections of its source have changed since it "
                     "was made; bring it up to date",
                     doc->origin.behind, doc->origin.sections);
}

void hdx_lint_orphan_translation(hdx_lint *l, hdx_lint_doc *doc)
{
    if (!is_translation(doc))
        return;
    for (size_t i = 0; i < l->count && l->docs[i].original; i++)
        if (!l->docs[i].readable ||
            hdx_str_eq(l->docs[i].article.id, doc->article.id))
            return; /* what cannot be read may be its source */
    hdx_lint_add(l, doc, SIZE_MAX,
                 "no article of %s has its id \"%.*s\"; mend the id or the "
                 "file's name, or write the source",
                 l->layout.default_locale.tag, HDX_FMT(doc->article.id));
}

/* The first article of a locale stands for it. */
static hdx_lint_doc *first_of(hdx_lint *l, const hdx_layout_locale *from)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->docs[i].from == from)
            return &l->docs[i];
    return NULL;
}

void hdx_lint_unknown_locale(hdx_lint *l)
{
    hdx_locale root;
    if (!hdx_locale_root(&root)) {
        l->failed = true;
        return;
    }
    for (size_t i = 0; i < l->layout.count && !l->failed; i++) {
        const hdx_layout_locale *from = &l->layout.locales[i];
        hdx_lint_doc *doc = first_of(l, from);
        const hdx_pack *pack;
        if (hdx_catalog_pack(l->catalog, &from->locale, &pack, NULL))
            l->failed = true;
        else if (doc && strcmp(pack->locale.tag, root.tag) == 0)
            hdx_lint_add(l, doc, SIZE_MAX,
                         "no locale pack fits %s, so its words are found as "
                         "they are written alone; add locales/%s.yml, or give "
                         "the folder an alias in helpdex.yml",
                         from->locale.tag, from->locale.tag);
    }
}

void hdx_lint_synonym_gap(hdx_lint *l)
{
    helpdex_report *report;
    if (hdx_report_new(&report, NULL)) {
        l->failed = true;
        return;
    }
    if (hdx_synonyms_check(l->catalog, &l->layout, &l->arena, report, NULL))
        l->failed = true;
    for (size_t i = 0; i < report->finding_count; i++)
        hdx_lint_add_at(l, NULL, report->findings[i].file, 0, 0,
                        report->findings[i].message);
    helpdex_report_free(report);
}
