/*
 * Opening the triage paths of a generation. They were checked when it was
 * built; what cannot be read here was built by another version.
 */
#include "assist/pathbook.h"

#include "store/folder.h"
#include "store/schema.h"

static helpdex_status read_file(void *paths, hdx_str text, const char *path,
                                const char *name, helpdex_error *err)
{
    return hdx_paths_read(paths, text, path, name, err);
}

const hdx_locale *hdx_pathbook_locale(const hdx_pathbook *book,
                                      const hdx_local_text *text)
{
    return text->locale.len ? hdx_taglist_find(&book->tags, text->locale)
                            : &book->default_locale;
}

/* All texts of a path, one list after the other; NULL behind the last. */
static const hdx_local_texts *texts_at(const hdx_path *path, size_t at)
{
    if (at < 2)
        return at == 0 ? &path->labels : &path->reassurance;
    at -= 2;
    if (at < path->slot_count)
        return &path->slots[at].ask;
    at -= path->slot_count;
    for (size_t i = 0; i < path->node_count; i++) {
        const hdx_path_node *node = &path->nodes[i];
        if (at < 2)
            return at == 0 ? &node->text : &node->failed;
        at -= 2;
        if (at < node->option_count)
            return &node->options[at].label;
        at -= node->option_count;
    }
    return NULL;
}

static helpdex_status list_locales(hdx_pathbook *book, helpdex_error *err)
{
    const hdx_local_texts *texts;
    size_t most = 0;
    for (size_t i = 0; i < book->paths.count; i++)
        for (size_t n = 0; (texts = texts_at(&book->paths.items[i], n)); n++)
            most += texts->count;
    if (!hdx_taglist_make(&book->arena, most, &book->tags))
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < book->paths.count; i++)
        for (size_t n = 0; (texts = texts_at(&book->paths.items[i], n)); n++)
            if (!status)
                status = hdx_taglist_add(&book->tags, texts, err);
    return status;
}

static helpdex_status list_articles(hdx_pathbook *book, helpdex_error *err)
{
    bool added;
    for (size_t i = 0; i < book->paths.count; i++) {
        const hdx_local_texts *ids = &book->paths.items[i].articles;
        for (size_t n = 0; n < ids->count; n++) {
            hdx_map_entry *entry =
                hdx_map_add(&book->articles, ids->items[n].text, &added);
            if (!entry)
                return hdx_fail_nomem(err);
            entry->value = added ? i + 1 : entry->value;
        }
    }
    return HELPDEX_OK;
}

static helpdex_status list_labels(hdx_pathbook *book, helpdex_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < book->paths.count; i++)
        count += book->paths.items[i].labels.count;
    book->labels =
        hdx_arena_alloc(&book->arena, (count + 1) * sizeof *book->labels);
    if (!book->labels)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < book->paths.count; i++) {
        const hdx_path *path = &book->paths.items[i];
        for (size_t n = 0; n < path->labels.count; n++) {
            const hdx_local_text *text = &path->labels.items[n];
            hdx_path_label *label = &book->labels[book->label_count++];
            label->path = path;
            label->locale = hdx_pathbook_locale(book, text);
            if (!hdx_phrase_prepare(&book->arena, text->text, &label->phrase))
                return hdx_fail_nomem(err);
            hdx_phrase_loosen(&label->phrase);
        }
    }
    return HELPDEX_OK;
}

helpdex_status hdx_pathbook_open(const char *generation,
                                 const hdx_locale *default_locale,
                                 hdx_pathbook *out, helpdex_error *err)
{
    *out = (hdx_pathbook){.default_locale = *default_locale};
    helpdex_status status = hdx_folder_read(
        &out->arena, generation, HDX_PATHS_DIR, read_file, &out->paths, err);
    if (!status)
        status = list_locales(out, err);
    if (!status)
        status = list_articles(out, err);
    return status ? status : list_labels(out, err);
}

void hdx_pathbook_close(hdx_pathbook *book)
{
    hdx_paths_free(&book->paths);
    hdx_map_free(&book->articles);
    hdx_arena_free(&book->arena);
    *book = (hdx_pathbook){0};
}

const hdx_path *hdx_pathbook_find(const hdx_pathbook *book, hdx_str name)
{
    for (size_t i = 0; i < book->paths.count; i++)
        if (hdx_str_eq(book->paths.items[i].name, name))
            return &book->paths.items[i];
    return NULL;
}

const hdx_path *hdx_pathbook_by_article(const hdx_pathbook *book, hdx_str id)
{
    const hdx_map_entry *entry = hdx_map_find(&book->articles, id);
    return entry ? &book->paths.items[entry->value - 1] : NULL;
}

const hdx_path *hdx_pathbook_by_label(const hdx_pathbook *book,
                                      const hdx_locale *reader,
                                      const hdx_phrase_text *message)
{
    const hdx_path_label *best = NULL;
    for (size_t i = 0; i < book->label_count; i++) {
        const hdx_path_label *label = &book->labels[i];
        if ((!best || label->phrase.count > best->phrase.count) &&
            hdx_locale_fit(reader, label->locale) > 0 &&
            hdx_phrase_find(message, &label->phrase) != SIZE_MAX)
            best = label;
    }
    return best ? best->path : NULL;
}

const hdx_local_text *hdx_pathbook_text(const hdx_pathbook *book,
                                        const hdx_local_texts *texts,
                                        hdx_readers readers)
{
    const hdx_local_text *best = NULL;
    for (size_t i = 0; i < readers.count && !best; i++) {
        int best_fit = 0;
        for (size_t n = 0; n < texts->count; n++) {
            const hdx_local_text *text = &texts->items[n];
            int fit = hdx_locale_fit(&readers.locales[i],
                                     hdx_pathbook_locale(book, text));
            if (fit > best_fit) {
                best_fit = fit;
                best = text;
            }
        }
    }
    return best || texts->count == 0 ? best : &texts->items[0];
}
