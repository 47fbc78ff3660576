/*
 * Exports in JSON: Zendesk's (an object with `articles`, or one `article`) and
 * Intercom's (a list, alone or under `data`, of objects of type `article`).
 * Which of the two it is shows in the first article.
 */
#include "importer/fields.h"
#include "importer/import.h"
#include "importer/parse.h"

typedef struct export
{
    hdx_import *import;
    const cJSON *root;
    hdx_str text;
    const char *file;
    const char *list; /* under which name the articles are; NULL: none */
    hdx_fields left_out;
    helpdex_error *err;
}
export;

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static bool is_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(member(object, name));
}

static hdx_str text_of(export *x, const cJSON *object, const char *name)
{
    return hdx_member_text(&x->import->in, object, name);
}

/* The name of what has this id in a side-loaded list; else "list-id". */
static hdx_str name_of(export *x, const char *list, const char *prefix,
                       hdx_str id)
{
    const cJSON *item;
    if (id.len == 0)
        return HDX_STR("");
    cJSON_ArrayForEach(item, member(x->root, list))
    {
        hdx_str name = text_of(x, item, "name");
        if (hdx_str_eq(text_of(x, item, "id"), id) && name.len)
            return name;
    }
    hdx_str made =
        hdx_arena_format(&x->import->in.arena, "%s-%.*s", prefix, HDX_FMT(id));
    x->import->in.failed = x->import->in.failed || !made.ptr;
    return made;
}

static void read_tags(export *x, const cJSON *list, hdx_incoming *article)
{
    const cJSON *tag;
    size_t count = (size_t)cJSON_GetArraySize(list);
    article->tags =
        hdx_arena_alloc(&x->import->in.arena, (count + 1) * sizeof(hdx_str));
    if (!article->tags) {
        x->import->in.failed = true;
        return;
    }
    cJSON_ArrayForEach(tag, list)
    {
        hdx_str text = {NULL, 0};
        if (cJSON_IsString(tag))
            text = hdx_arena_copy(&x->import->in.arena,
                                  hdx_str_of(tag->valuestring));
        else
            hdx_fields_note_name(&x->left_out, &x->import->in,
                                 HDX_STR("labels that are no text"));
        if (text.len)
            article->tags[article->tag_count++] = text;
    }
}

static helpdex_status zendesk_translation(export *x, hdx_incoming article,
                                          const cJSON *from)
{
    static const char known[] =
        " id locale title body draft outdated updated_at "
        "html_url source_id source_type url created_at "
        "created_by_id updated_by_id ";
    hdx_fields_note(&x->left_out, &x->import->in, from, known);
    article.locale = text_of(x, from, "locale");
    article.title = text_of(x, from, "title");
    article.modified = hdx_member_moment(&x->import->in, from, "updated_at");
    article.url = text_of(x, from, "html_url");
    article.draft = article.draft || is_true(from, "draft");
    article.outdated = is_true(from, "outdated");
    article.original = hdx_str_eq(article.locale, article.source);
    return hdx_import_add(x->import, article, text_of(x, from, "body"), false,
                          x->err);
}

static helpdex_status zendesk_article(export *x, hdx_place place,
                                      const cJSON *from)
{
    static const char known[] =
        " id title body locale source_locale label_names "
        "section_id draft outdated position updated_at html_url "
        "translations url name created_at edited_at "
        "user_segment_id ";
    hdx_fields_note(&x->left_out, &x->import->in, from, known);
    hdx_str source = text_of(x, from, "source_locale");
    hdx_incoming article = {
        .place = place,
        .id = text_of(x, from, "id"),
        .locale = text_of(x, from, "locale"),
        .source = source,
        .title = text_of(x, from, "title"),
        .section =
            name_of(x, "sections", "section", text_of(x, from, "section_id")),
        .modified = hdx_member_moment(&x->import->in, from, "updated_at"),
        .url = text_of(x, from, "html_url"),
        .weight = text_of(x, from, "position"),
        .draft = is_true(from, "draft"),
        .outdated = is_true(from, "outdated")};
    helpdex_status status = HELPDEX_OK;
    const cJSON *translations = member(from, "translations"), *translation;
    article.original = source.len == 0 || hdx_str_eq(source, article.locale);
    read_tags(x, member(from, "label_names"), &article);
    if (member(from, "body") || !translations)
        status = hdx_import_add(x->import, article, text_of(x, from, "body"),
                                false, x->err);
    if (!status && cJSON_IsNumber(member(from, "user_segment_id")))
        status = hdx_intake_say(
            &x->import->in, HELPDEX_WARNING, place, x->err,
            "article %.*s is for some readers alone (user_segment_id), and "
            "here everybody can read it; remove it, or make it a draft",
            HDX_FMT(article.id));
    article.draft = false; /* each translation says for itself */
    cJSON_ArrayForEach(translation, translations)
    {
        if (!status && cJSON_IsObject(translation))
            status = zendesk_translation(x, article, translation);
        else if (!status)
            status =
                hdx_intake_say(&x->import->in, HELPDEX_ERROR, place, x->err,
                               "article %.*s has a translation that is "
                               "no object {...}; export again",
                               HDX_FMT(article.id));
    }
    return status;
}

static hdx_incoming intercom_part(export *x, hdx_incoming article,
                                  const cJSON *from)
{
    hdx_str state = text_of(x, from, "state");
    article.title = text_of(x, from, "title");
    article.description = text_of(x, from, "description");
    article.modified = hdx_member_moment(&x->import->in, from, "updated_at");
    article.url = text_of(x, from, "url");
    article.draft = hdx_str_eq(state, HDX_STR("draft"));
    return article;
}

static helpdex_status intercom_article(export *x, hdx_place place,
                                       const cJSON *from)
{
    static const char known[] =
        " id type title description body state parent_id "
        "updated_at created_at url translated_content "
        "default_locale parent_type parent_ids workspace_id ";
    hdx_incoming article = {.place = place,
                            .id = text_of(x, from, "id"),
                            .original = true,
                            .section = name_of(x, "collections", "collection",
                                               text_of(x, from, "parent_id"))};
    const cJSON *part;
    hdx_fields_note(&x->left_out, &x->import->in, from, known);
    hdx_incoming own = intercom_part(x, article, from);
    own.locale = text_of(x, from, "default_locale");
    helpdex_status status =
        hdx_import_add(x->import, own, text_of(x, from, "body"), false, x->err);
    article.original = false;
    cJSON_ArrayForEach(part, member(from, "translated_content"))
    {
        if (status || !cJSON_IsObject(part))
            continue;
        hdx_fields_note(&x->left_out, &x->import->in, part, known);
        hdx_incoming translated = intercom_part(x, article, part);
        translated.locale = hdx_str_of(part->string);
        if (translated.title.len || text_of(x, part, "body").len)
            status = hdx_import_add(x->import, translated,
                                    text_of(x, part, "body"), false, x->err);
    }
    return status;
}

static bool is_intercom(const export *x, const cJSON *article)
{
    const cJSON *type = member(article, "type");
    if (strcmp(x->import->options.format, "auto") != 0)
        return strcmp(x->import->options.format, "intercom") == 0;
    return (cJSON_IsString(type) &&
            strcmp(type->valuestring, "article") == 0) ||
           member(article, "translated_content");
}

/* The articles, and under which name they are. */
static const cJSON *find_list(export *x)
{
    static const char *const names[] = {"articles", "data"};
    if (cJSON_IsArray(x->root))
        return x->root;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cJSON_IsArray(member(x->root, names[i]))) {
            x->list = names[i];
            return member(x->root, names[i]);
        }
    return NULL;
}

static helpdex_status read_article(export *x, hdx_place place,
                                   const cJSON *article)
{
    if (!cJSON_IsObject(article))
        return hdx_intake_say(&x->import->in, HELPDEX_ERROR, place, x->err,
                              "this is no article; one is an object {...}");
    return is_intercom(x, article) ? intercom_article(x, place, article)
                                   : zendesk_article(x, place, article);
}

static helpdex_status read_list(export *x, const cJSON *list)
{
    const cJSON *article;
    size_t from = 0, offset = 0;
    hdx_place place = {.file = x->file, .line = 1, .column = 1};
    helpdex_status status = HELPDEX_OK;
    cJSON_ArrayForEach(article, list)
    {
        size_t at = hdx_item_offset(x->text, x->list, &from);
        hdx_str between = {x->text.ptr + offset, at - offset};
        unsigned line, column;
        hdx_str_position(between, between.len, &line, &column);
        place.column = line == 1 ? place.column + column - 1 : column;
        place.line += line - 1;
        offset = at;
        if (!status)
            status = read_article(x, place, article);
    }
    return status;
}

/* An API gives its articles by pages. */
static helpdex_status check_pages(export *x)
{
    const cJSON *next = member(x->root, "next_page");
    if (!next)
        next = member(member(x->root, "pages"), "next");
    if (!next || cJSON_IsNull(next))
        return HELPDEX_OK;
    return hdx_intake_say(&x->import->in, HELPDEX_WARNING,
                          (hdx_place){.file = x->file}, x->err,
                          "the export goes on in a next page; import that, "
                          "too");
}

helpdex_status hdx_import_json(hdx_import *import, const char *file,
                               hdx_str text, helpdex_error *err)
{
    cJSON *root;
    hdx_place place = {.file = file};
    helpdex_status status =
        hdx_parse_json(&import->in, place, text, &root, err);
    if (status || !root)
        return status;
    export x = {
        .import = import, .root = root, .text = text, .file = file, .err = err};
    const cJSON *list = find_list(&x), *one = member(root, "article");
    one = one ? one : member(root, "translated_content") ? root : NULL;
    if (list)
        status = read_list(&x, list);
    else if (one)
        status = read_article(&x, (hdx_place){file, 1, 1}, one);
    else
        status = hdx_intake_say(&import->in, HELPDEX_ERROR, place, err,
                                "neither \"articles\" nor \"data\" nor a list "
                                "of articles; check that it is an export of "
                                "articles");
    if (!status)
        status = check_pages(&x);
    helpdex_status said = hdx_fields_say(&x.left_out, &import->in, file, err);
    cJSON_Delete(root);
    return status ? status : said;
}
