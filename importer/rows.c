/* Questions and answers, a row each, as articles. */
#include "importer/import.h"
#include "importer/records.h"
#include "text/character.h"

enum {
    COLUMN_ID,
    COLUMN_LOCALE,
    COLUMN_TITLE,
    COLUMN_BODY,
    COLUMN_SECTION,
    COLUMN_DESCRIPTION,
    COLUMN_TAGS,
    COLUMN_MODIFIED,
    COLUMN_URL,
    COLUMN_DRAFT,
    COLUMN_UNTRANSLATED,
    COLUMN_OUTDATED
};

static const hdx_column names[] = {{"id", COLUMN_ID},
                                   {"locale", COLUMN_LOCALE},
                                   {"language", COLUMN_LOCALE},
                                   {"lang", COLUMN_LOCALE},
                                   {"question", COLUMN_TITLE},
                                   {"title", COLUMN_TITLE},
                                   {"answer", COLUMN_BODY},
                                   {"body", COLUMN_BODY},
                                   {"section", COLUMN_SECTION},
                                   {"category", COLUMN_SECTION},
                                   {"description", COLUMN_DESCRIPTION},
                                   {"tags", COLUMN_TAGS},
                                   {"updated_at", COLUMN_MODIFIED},
                                   {"lastmod", COLUMN_MODIFIED},
                                   {"url", COLUMN_URL},
                                   {"draft", COLUMN_DRAFT},
                                   {"untranslated", COLUMN_UNTRANSLATED},
                                   {"outdated", COLUMN_OUTDATED}};

static bool says_yes(hdx_str text)
{
    static const char *const yes[] = {"true", "yes", "1"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (hdx_str_eq_nocase(hdx_str_trim(text), hdx_str_of(yes[i])))
            return true;
    return false;
}

/* An answer with an end tag or a line break is HTML. */
static bool is_html(hdx_str text)
{
    for (size_t i = 0; i + 3 < text.len; i++)
        if (text.ptr[i] == '<' &&
            ((text.ptr[i + 1] == '/' && text.ptr[i + 2] >= 'a' &&
              text.ptr[i + 2] <= 'z') ||
             memcmp(text.ptr + i, "<br", 3) == 0))
            return true;
    return false;
}

/* Tags between commas or semicolons. */
static void split_tags(hdx_import *import, hdx_str text, hdx_incoming *article)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++)
        count += strchr(",;", text.ptr[i]) != NULL;
    article->tags = hdx_arena_alloc(&import->in.arena, count * sizeof(hdx_str));
    import->in.failed = import->in.failed || !article->tags;
    for (size_t i = 0, start = 0; article->tags && i <= text.len; i++) {
        if (i < text.len && !strchr(",;", text.ptr[i]))
            continue;
        hdx_str tag = hdx_str_trim((hdx_str){text.ptr + start, i - start});
        if (tag.len)
            article->tags[article->tag_count++] = tag;
        start = i + 1;
    }
}

static helpdex_status add_row(void *context, hdx_place place,
                              const hdx_str row[HDX_COLUMN_LIMIT],
                              helpdex_error *err)
{
    hdx_import *import = context;
    hdx_incoming article = {.place = place,
                            .id = row[COLUMN_ID],
                            .locale = row[COLUMN_LOCALE],
                            .title = row[COLUMN_TITLE],
                            .description = row[COLUMN_DESCRIPTION],
                            .section = row[COLUMN_SECTION],
                            .modified = row[COLUMN_MODIFIED],
                            .url = row[COLUMN_URL],
                            .draft = says_yes(row[COLUMN_DRAFT]),
                            .untranslated = says_yes(row[COLUMN_UNTRANSLATED]),
                            .outdated = says_yes(row[COLUMN_OUTDATED])};
    if (row[COLUMN_TAGS].len)
        split_tags(import, row[COLUMN_TAGS], &article);
    if (hdx_str_trim(article.id).len == 0) /* joins no translations, then */
        article.id = hdx_slug(&import->in.arena, article.title);
    return hdx_import_add(import, article, row[COLUMN_BODY],
                          !is_html(row[COLUMN_BODY]), err);
}

static const char *check_names(const bool has[HDX_COLUMN_LIMIT])
{
    if (!has[COLUMN_TITLE])
        return "the first line names no column \"question\"; write id, "
               "locale, question, answer and the like";
    if (!has[COLUMN_BODY])
        return "the first line names no column \"answer\"; write id, locale, "
               "question, answer and the like";
    return NULL;
}

static hdx_records rows_of(hdx_import *import)
{
    return (hdx_records){.names = names,
                         .name_count = sizeof names / sizeof *names,
                         .all = true,
                         .check = check_names,
                         .take = add_row,
                         .context = import};
}

helpdex_status hdx_import_jsonl(hdx_import *import, const char *file,
                                hdx_str text, helpdex_error *err)
{
    const hdx_records rows = rows_of(import);
    return hdx_records_jsonl(&import->in, &rows, file, text, err);
}

helpdex_status hdx_import_csv(hdx_import *import, const char *file,
                              hdx_str text, helpdex_error *err)
{
    const hdx_records rows = rows_of(import);
    return hdx_records_csv(&import->in, &rows, file, text, err);
}
