/* A contact a row; columns that are of no use here go without a word. */
#include "importer/contacts.h"

#include <stdlib.h>

#include "importer/records.h"

enum {
    COLUMN_QUESTION, /* of the texts, the first that a row has */
    COLUMN_SUBJECT,
    COLUMN_MESSAGE,
    COLUMN_DESCRIPTION,
    COLUMN_LOCALE,
    COLUMN_ARTICLES,
    COLUMN_REPLIES = COLUMN_ARTICLES + HDX_CONTACT_ARTICLES,
    COLUMNS = COLUMN_REPLIES + HDX_CONTACT_REPLIES
};

static const hdx_column names[] = {{"question", COLUMN_QUESTION},
                                   {"subject", COLUMN_SUBJECT},
                                   {"message", COLUMN_MESSAGE},
                                   {"description", COLUMN_DESCRIPTION},
                                   {"locale", COLUMN_LOCALE},
                                   {"language", COLUMN_LOCALE},
                                   {"lang", COLUMN_LOCALE},
                                   {"article", COLUMN_ARTICLES},
                                   {"article_id", COLUMN_ARTICLES + 1},
                                   {"solution", COLUMN_ARTICLES + 2},
                                   {"resolution", COLUMN_REPLIES},
                                   {"reply", COLUMN_REPLIES + 1}};

static helpdex_status add_row(void *context, hdx_place place,
                              const hdx_str row[HDX_COLUMN_LIMIT],
                              helpdex_error *err)
{
    hdx_contacts *contacts = context;
    hdx_contact contact = {.place = place,
                           .text = HDX_STR(""),
                           .locale = hdx_str_trim(row[COLUMN_LOCALE])};
    for (size_t i = COLUMN_QUESTION; i <= COLUMN_DESCRIPTION; i++)
        if (contact.text.len == 0)
            contact.text = hdx_str_trim(row[i]);
    for (size_t i = 0; i < HDX_CONTACT_ARTICLES; i++)
        contact.articles[i] = hdx_str_trim(row[COLUMN_ARTICLES + i]);
    for (size_t i = 0; i < HDX_CONTACT_REPLIES; i++)
        contact.replies[i] = row[COLUMN_REPLIES + i];
    if (contacts->in.failed ||
        !hdx_grow(&contacts->items, &contacts->capacity, contacts->count + 1,
                  sizeof *contacts->items))
        return hdx_fail_nomem(err);
    contacts->items[contacts->count++] = contact;
    return HELPDEX_OK;
}

static bool has_any(const bool has[HDX_COLUMN_LIMIT], size_t from, size_t to)
{
    while (from < to && !has[from])
        from++;
    return from < to;
}

static const char *check_names(const bool has[HDX_COLUMN_LIMIT])
{
    if (!has_any(has, COLUMN_QUESTION, COLUMN_LOCALE))
        return "the first line names no column with what customers wrote; "
               "call it question, subject, message or description";
    if (!has_any(has, COLUMN_ARTICLES, COLUMNS))
        return "the first line names no column with the article that helped; "
               "call it article, article_id or solution, or resolution or "
               "reply if it is a text with a link";
    return NULL;
}

helpdex_status hdx_contacts_read(const char *path, hdx_contacts *out,
                                 helpdex_error *err)
{
    const hdx_records records = {.names = names,
                                 .name_count = sizeof names / sizeof *names,
                                 .check = check_names,
                                 .take = add_row,
                                 .context = out};
    hdx_str name = hdx_str_of(path), text;
    *out = (hdx_contacts){0};
    helpdex_status status = hdx_intake_text(&out->in, path, &text, err);
    if (status || !text.ptr)
        return status;
    if (hdx_path_ends(name, ".jsonl") || hdx_path_ends(name, ".ndjson"))
        return hdx_records_jsonl(&out->in, &records, path, text, err);
    if (hdx_path_ends(name, ".csv") || hdx_path_ends(name, ".tsv"))
        return hdx_records_csv(&out->in, &records, path, text, err);
    return hdx_intake_say(&out->in, HELPDEX_ERROR, (hdx_place){.file = path},
                          err,
                          "the ending tells no format; call it .csv, .tsv or "
                          ".jsonl");
}

void hdx_contacts_free(hdx_contacts *contacts)
{
    free(contacts->items);
    hdx_intake_free(&contacts->in);
}
