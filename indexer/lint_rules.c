/* The table of rules, and adding what they find. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "indexer/lint.h"

const hdx_lint_rule hdx_lint_rules[] = {
    {"unreadable", HELPDEX_ERROR,
     "a file that cannot be read as what it should be", NULL, NULL},
    {"rules", HELPDEX_ERROR, "a fault in rules/, or a rule about no article",
     NULL, hdx_lint_rule_files},
    {"triage", HELPDEX_ERROR, "a fault in triage/", NULL, hdx_lint_path_files},
    {"triage-dead-end", HELPDEX_ERROR,
     "a way of a triage path that comes to no person", NULL, NULL},
    {"triage-loop", HELPDEX_ERROR, "a way of a triage path that comes back",
     NULL, NULL},
    {"triage-questions", HELPDEX_ERROR,
     "over two questions where stakes are high", NULL, NULL},
    {"triage-article", HELPDEX_ERROR,
     "a triage path to an article or section that is not there", NULL, NULL},
    {"duplicate-id", HELPDEX_ERROR, "two articles of a locale with one id",
     NULL, hdx_lint_duplicate_id},
    {"broken-link", HELPDEX_ERROR,
     "a link to an article or file that is not there", hdx_lint_broken_link,
     NULL},
    {"hidden-unicode", HELPDEX_ERROR,
     "characters that nobody sees and programs read", hdx_lint_hidden_unicode,
     NULL},
    {"missing-anchor", HELPDEX_WARNING, "a link to a section that is not there",
     hdx_lint_missing_anchor, NULL},
    {"broken-table", HELPDEX_WARNING, "a table that is shown as plain text",
     hdx_lint_broken_table, NULL},
    {"head-typo", HELPDEX_WARNING, "a key in the head that is misspelled",
     hdx_lint_head_typo, NULL},
    {"no-title", HELPDEX_WARNING, "an article that only its file's name names",
     NULL, hdx_lint_no_title},
    {"duplicate-title", HELPDEX_WARNING,
     "two articles of a locale with one title", NULL, hdx_lint_duplicate_title},
    {"heading-jump", HELPDEX_WARNING, "a heading that skips a level",
     hdx_lint_heading_jump, NULL},
    {"missing-alt", HELPDEX_WARNING, "an image without a text in its place",
     hdx_lint_missing_alt, NULL},
    {"oversized-article", HELPDEX_WARNING, "an article that nobody reads whole",
     hdx_lint_oversized_article, NULL},
    {"line-ends", HELPDEX_WARNING, "line ends that other programs do not see",
     hdx_lint_line_ends, NULL},
    {"wrong-script", HELPDEX_WARNING,
     "a translation that is not in the script of its language",
     hdx_lint_wrong_script, NULL},
    {"copy-of-source", HELPDEX_WARNING, "a translation that is the source",
     hdx_lint_copy_of_source, NULL},
    {"stale-translation", HELPDEX_WARNING,
     "a translation whose source has changed", hdx_lint_stale_translation,
     NULL},
    {"orphan-translation", HELPDEX_WARNING, "a translation without a source",
     hdx_lint_orphan_translation, NULL},
    {"unknown-locale", HELPDEX_WARNING, "a language that has no locale pack",
     NULL, hdx_lint_unknown_locale},
    {"synonym-gap", HELPDEX_WARNING,
     "synonyms that one locale has and another lacks", NULL,
     hdx_lint_synonym_gap},
    {"model-instructions", HELPDEX_WARNING,
     "text that speaks to a language model, not to readers",
     hdx_lint_model_instructions, NULL},
    {"triage-unreachable", HELPDEX_WARNING,
     "a node of a triage path that no way leads to", NULL, NULL},
    {"triage-text", HELPDEX_WARNING,
     "a text of a triage path that a locale lacks", NULL, NULL},
    {"left-out", HELPDEX_WARNING, "what the layout of the folder leaves out",
     NULL, NULL},
    {"unknown-rule", HELPDEX_WARNING,
     "a comment that disables a rule that there is not", hdx_lint_unknown_rule,
     NULL},
};
const size_t hdx_lint_rule_count =
    sizeof hdx_lint_rules / sizeof *hdx_lint_rules;

const hdx_lint_rule *hdx_lint_rule_of(hdx_str id)
{
    for (size_t i = 0; i < hdx_lint_rule_count; i++)
        if (hdx_str_eq(id, hdx_str_of(hdx_lint_rules[i].id)))
            return &hdx_lint_rules[i];
    return NULL;
}

void hdx_lint_add_at(hdx_lint *l, hdx_lint_doc *doc, const char *file,
                     unsigned line, unsigned column, const char *message)
{
    hdx_lint_finding finding = {
        .rule = l->rule,
        .doc = doc,
        .file = hdx_arena_copy(&l->arena, hdx_str_of(file)).ptr,
        .line = line,
        .column = column,
        .message = hdx_arena_copy(&l->arena, hdx_str_of(message)).ptr};
    if (!finding.file || !finding.message ||
        !hdx_grow(&l->findings, &l->finding_capacity, l->finding_count + 1,
                  sizeof *l->findings)) {
        l->failed = true;
        return;
    }
    l->findings[l->finding_count++] = finding;
}

void hdx_lint_add(hdx_lint *l, hdx_lint_doc *doc, size_t at, const char *format,
                  ...)
{
    char message[sizeof((helpdex_error *)0)->message];
    unsigned line = 0, column = 0;
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (len >= (int)sizeof message) /* never end within a character */
        message[hdx_utf8_cut((hdx_str){message, (size_t)len},
                             sizeof message - 1)
                    .len] = '\0';
    if (at != SIZE_MAX)
        hdx_str_position(doc->text, at, &line, &column);
    hdx_lint_add_at(l, doc, doc->file->path.ptr, line, column, message);
}

void hdx_lint_fix(hdx_lint *l, size_t begin, size_t end, hdx_str with)
{
    hdx_lint_finding *last =
        l->finding_count ? &l->findings[l->finding_count - 1] : NULL;
    if (!l->failed && last && last->edit_count < HDX_LINT_EDITS)
        last->edits[last->edit_count++] = (hdx_lint_edit){begin, end, with};
}

size_t hdx_lint_offset(hdx_str text, unsigned line, unsigned column)
{
    size_t at = 0;
    while (line > 1 && at < text.len)
        line -= text.ptr[at++] == '\n';
    while (column > 1 && at < text.len && text.ptr[at] != '\n') {
        hdx_utf8_next(text, &at);
        column--;
    }
    return at;
}
