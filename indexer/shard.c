/*
 * Indexing one locale. Every section carries its article's title, questions,
 * tags and description, so that a question finds the section which says most
 * of it; how much each field counts stands in one table.
 */
#include "indexer/shard.h"

#include <stdlib.h>

#include "base/file.h"
#include "indexer/postings.h"
#include "store/engine.h"
#include "store/forward.h"
#include "store/schema.h"

/*
 * How often a word of a field counts among the words of a section. Title 4:
 * Success@1 on four FAQ sets (cnil-faq, swefaq, covidfaq-jhu, covid-faq-qa) by
 * title weight 0, 1, 2, 4 was 32.9, 40.3, 42.0, 42.9; question sets without
 * titles do not care. Questions are titles in the customer's words. Both are
 * also terms of a field of their own (see TITLE_SHARE in search/question.c).
 */
enum {
    WEIGHT_TITLE = 4,
    WEIGHT_QUESTION = 4,
    WEIGHT_TAG = 2,
    WEIGHT_DESCRIPTION = 2,
    WEIGHT_HEADING = 2,
    WEIGHT_BODY = 1
};

struct hdx_shard {
    hdx_arena arena;
    hdx_str terms_path;
    hdx_str forward_path;
    hdx_analyser *analyser;
    hdx_tokens tokens;
    hdx_postings *postings;
    hdx_engine_writer *engine;
    hdx_forward_writer *forward;
    hdx_map paths; /* id -> path of the article */
    uint64_t articles;
    uint64_t sections;
};

helpdex_status hdx_shard_new(const char *dir, const hdx_pack *pack,
                             hdx_shard **out, helpdex_error *err)
{
    *out = NULL;
    hdx_shard *s = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    s->terms_path = hdx_arena_format(&s->arena, "%s/" HDX_TERMS_FILE, dir);
    s->forward_path = hdx_arena_format(&s->arena, "%s/" HDX_FORWARD_FILE, dir);
    helpdex_status status = s->terms_path.ptr && s->forward_path.ptr
                                ? hdx_dir_make(dir, err)
                                : hdx_fail_nomem(err);
    if (!status)
        status = hdx_analyser_open(pack, &s->analyser, err);
    if (!status)
        status = hdx_postings_new(&s->postings, err);
    if (!status)
        status = hdx_forward_writer_new(&s->forward, err);
    if (!status)
        status = hdx_engine_writer_open(s->terms_path.ptr, &s->engine, err);
    if (status)
        hdx_shard_free(s);
    else
        *out = s;
    return status;
}

void hdx_shard_free(hdx_shard *shard)
{
    if (!shard)
        return;
    hdx_engine_writer_free(shard->engine);
    hdx_forward_writer_free(shard->forward);
    hdx_postings_free(shard->postings);
    hdx_tokens_free(&shard->tokens);
    hdx_analyser_free(shard->analyser);
    hdx_map_free(&shard->paths);
    hdx_arena_free(&shard->arena);
    free(shard);
}

const char *hdx_shard_path_of(const hdx_shard *shard, hdx_str id)
{
    const hdx_map_entry *entry = hdx_map_find(&shard->paths, id);
    return entry ? (const char *)(uintptr_t)entry->value : NULL;
}

static helpdex_status count_text(hdx_shard *s, hdx_str text, uint32_t weight,
                                 helpdex_error *err)
{
    helpdex_status status = hdx_analyse(s->analyser, text, &s->tokens, err);
    return status ? status
                  : hdx_postings_add(s->postings, &s->tokens, weight, err);
}

/* A title, or a question, which is one in the customer's words. */
static helpdex_status count_title(hdx_shard *s, hdx_str text, uint32_t weight,
                                  helpdex_error *err)
{
    helpdex_status status = count_text(s, text, weight, err);
    return status ? status
                  : hdx_postings_add_title(s->postings, &s->tokens, err);
}

/* Counts what all sections of the article share, and keeps it as the base. */
static helpdex_status count_article(hdx_shard *s, const hdx_article *article,
                                    helpdex_error *err)
{
    const hdx_front_matter *m = &article->matter;
    hdx_postings_clear(s->postings);
    helpdex_status status = HELPDEX_OK;
    if (!article->title_is_placeholder)
        status = count_title(s, article->title, WEIGHT_TITLE, err);
    for (size_t i = 0; i < m->questions.count && !status; i++)
        status = count_title(s, m->questions.items[i], WEIGHT_QUESTION, err);
    for (size_t i = 0; i < m->tags.count && !status; i++)
        status = count_text(s, m->tags.items[i], WEIGHT_TAG, err);
    if (!status)
        status = count_text(s, m->description, WEIGHT_DESCRIPTION, err);
    if (!status)
        status = hdx_postings_keep(s->postings, err);
    return status;
}

static helpdex_status add_section(hdx_shard *s, const hdx_section *section,
                                  unsigned line, helpdex_error *err)
{
    const hdx_posting *postings;
    size_t count;
    hdx_forward_section record = {.line = line,
                                  .anchor = section->anchor,
                                  .headings = section->headings,
                                  .text = section->text};
    hdx_postings_restart(s->postings);
    helpdex_status status =
        count_text(s, section->headings, WEIGHT_HEADING, err);
    if (!status)
        status = count_text(s, section->text, WEIGHT_BODY, err);
    if (!status)
        status = hdx_postings_list(s->postings, &postings, &count, err);
    if (!status)
        status = hdx_engine_writer_add(s->engine, postings, count, err);
    if (!status)
        status = hdx_forward_add_section(s->forward, &record, err);
    s->sections++;
    return status;
}

static helpdex_status note_path(hdx_shard *s, hdx_str id, hdx_str path,
                                helpdex_error *err)
{
    bool added;
    hdx_str lasting_id = hdx_arena_copy(&s->arena, id);
    hdx_str lasting_path = hdx_arena_copy(&s->arena, path);
    hdx_map_entry *entry = lasting_id.ptr && lasting_path.ptr
                               ? hdx_map_add(&s->paths, lasting_id, &added)
                               : NULL;
    if (!entry)
        return hdx_fail_nomem(err);
    entry->value = (uintptr_t)lasting_path.ptr;
    return HELPDEX_OK;
}

helpdex_status hdx_shard_add(hdx_shard *shard, const hdx_article *article,
                             hdx_str path, hdx_str url, hdx_str source,
                             helpdex_error *err)
{
    hdx_forward_article record = {
        .id = article->id, .title = article->title, .path = path, .url = url};
    hdx_analyser_trim(shard->analyser);
    helpdex_status status = note_path(shard, article->id, path, err);
    if (!status)
        status = hdx_forward_add_article(shard->forward, &record, err);
    if (!status)
        status = count_article(shard, article, err);
    unsigned line = 1;
    size_t at = 0;
    for (size_t i = 0; i < article->document.count && !status; i++) {
        const hdx_section *section = &article->document.sections[i];
        for (; at < section->begin; at++)
            line += source.ptr[at] == '\n';
        status = add_section(shard, section, line, err);
    }
    shard->articles++;
    return status;
}

/* Opens what was written, as a search will, before anybody has to. */
static helpdex_status check_files(const hdx_shard *s, helpdex_error *err)
{
    hdx_forward *forward = NULL;
    hdx_engine *engine = NULL;
    uint32_t documents = 0;
    helpdex_status status =
        hdx_forward_open(s->forward_path.ptr, &forward, err);
    if (!status)
        status = hdx_engine_open(s->terms_path.ptr, &engine, err);
    if (!status)
        status = hdx_engine_document_count(engine, &documents, err);
    if (!status && (documents != s->sections ||
                    hdx_forward_section_count(forward) != s->sections))
        status = hdx_fail_at(err, HELPDEX_STORE, s->terms_path.ptr, 0, 0,
                             "not all sections were written; index again");
    hdx_engine_free(engine);
    hdx_forward_free(forward);
    return status;
}

helpdex_status hdx_shard_finish(hdx_shard *shard, helpdex_locale_stats *stats,
                                helpdex_error *err)
{
    stats->articles = shard->articles;
    stats->sections = shard->sections;
    stats->terms = hdx_postings_vocabulary(shard->postings);
    if (shard->articles == 0) {
        hdx_engine_writer_free(shard->engine);
        shard->engine = NULL;
        hdx_str dir = {shard->terms_path.ptr,
                       shard->terms_path.len - strlen("/" HDX_TERMS_FILE)};
        hdx_str copy = hdx_arena_copy(&shard->arena, dir);
        return copy.ptr ? hdx_dir_remove(copy.ptr, err) : hdx_fail_nomem(err);
    }
    helpdex_status status =
        hdx_forward_write(shard->forward, shard->forward_path.ptr, err);
    if (!status)
        status = hdx_engine_writer_finish(shard->engine, err);
    return status ? status : check_files(shard, err);
}
