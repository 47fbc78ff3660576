/*
 * Indexing one locale. Every section carries its article's title, questions,
 * tags and description, so that a question finds the section which says most
 * of it.
 */
#include "indexer/shard.h"

#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/file.h"
#include "indexer/parity.h"
#include "indexer/poolbook.h"
#include "indexer/postings.h"
#include "indexer/wordbook.h"
#include "store/engine.h"
#include "store/forward.h"
#include "store/pool.h"
#include "store/schema.h"

struct hdx_shard {
    hdx_arena arena;
    const char *locale;
    hdx_str terms_path;
    hdx_str forward_path;
    hdx_str lexicon_path;
    hdx_str pool_path;
    hdx_analyser *analyser;
    hdx_tokens tokens;
    hdx_postings *postings;
    hdx_wordbook *wordbook;
    hdx_poolbook *poolbook;
    hdx_engine_writer *engine;
    hdx_forward_writer *forward;
    hdx_map paths; /* id -> path of the article */
    uint64_t articles;
    uint64_t sections;
};

helpdex_status hdx_shard_new(const char *dir, const char *locale,
                             const hdx_pack *pack, hdx_shard **out,
                             helpdex_error *err)
{
    *out = NULL;
    hdx_shard *s = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    s->locale = locale;
    s->terms_path = hdx_arena_format(&s->arena, "%s/" HDX_TERMS_FILE, dir);
    s->forward_path = hdx_arena_format(&s->arena, "%s/" HDX_FORWARD_FILE, dir);
    s->lexicon_path = hdx_arena_format(&s->arena, "%s/" HDX_LEXICON_FILE, dir);
    s->pool_path = hdx_arena_format(&s->arena, "%s/" HDX_POOL_FILE, dir);
    helpdex_status status = s->terms_path.ptr && s->forward_path.ptr &&
                                    s->lexicon_path.ptr && s->pool_path.ptr
                                ? hdx_dir_make(dir, err)
                                : hdx_fail_nomem(err);
    if (!status)
        status = hdx_analyser_open(pack, &s->analyser, err);
    if (!status)
        status = hdx_postings_new(&s->postings, err);
    if (!status)
        status = hdx_wordbook_new(&s->wordbook, err);
    if (!status)
        status = hdx_poolbook_new(pack, &s->poolbook, err);
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
    hdx_wordbook_free(shard->wordbook);
    hdx_poolbook_free(shard->poolbook);
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

/* Analyses a segment for the postings and for the books. */
static helpdex_status add_segment(hdx_shard *s, hdx_segment segment,
                                  hdx_str text, helpdex_error *err)
{
    helpdex_status status = hdx_analyse(s->analyser, text, &s->tokens, err);
    if (!status)
        status =
            hdx_postings_add(s->postings, &s->tokens,
                             (uint32_t)ceil(hdx_segment_weight(segment)), err);
    if (!status)
        status = hdx_wordbook_add(s->wordbook, segment, text, &s->tokens, err);
    if (!status &&
        (segment == HDX_SEGMENT_TITLE || segment == HDX_SEGMENT_QUESTION))
        status = hdx_poolbook_add(s->poolbook, segment, text, &s->tokens, err);
    return status;
}

static helpdex_status add_segments(hdx_shard *s, hdx_segment segment,
                                   const hdx_strings *texts, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < texts->count && !status; i++)
        status = add_segment(s, segment, texts->items[i], err);
    return status;
}

/* `weight: 10` as a number from 1; 0: none that can be read. */
static uint32_t read_weight(hdx_str text)
{
    uint32_t weight = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || weight > 100000000)
            return 0;
        weight = 10 * weight + (uint32_t)(text.ptr[i] - '0');
    }
    return weight;
}

/* Adds what all sections of the article share, and keeps it as the base. */
static helpdex_status add_shared(hdx_shard *s, const hdx_article *article,
                                 helpdex_error *err)
{
    const hdx_front_matter *m = &article->matter;
    hdx_postings_clear(s->postings);
    hdx_poolbook_article(s->poolbook, read_weight(m->weight));
    helpdex_status status = hdx_wordbook_article(s->wordbook, err);
    if (!status && !article->title_is_placeholder)
        status = add_segment(s, HDX_SEGMENT_TITLE, article->title, err);
    if (!status)
        status = add_segments(s, HDX_SEGMENT_QUESTION, &m->questions, err);
    if (!status)
        status = add_segments(s, HDX_SEGMENT_TAG, &m->tags, err);
    if (!status)
        status = add_segment(s, HDX_SEGMENT_DESCRIPTION, m->description, err);
    return status ? status : hdx_postings_keep(s->postings, err);
}

/* Adds a section's text in order, its code blocks apart. */
static helpdex_status add_body(hdx_shard *s, const hdx_section *section,
                               helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    size_t at = 0;
    for (size_t i = 0; i <= section->code_count && !status; i++) {
        hdx_range code = {section->text.len, section->text.len};
        if (i < section->code_count)
            code = section->code[i];
        status = add_segment(s, HDX_SEGMENT_SENTENCE,
                             (hdx_str){section->text.ptr + at, code.begin - at},
                             err);
        if (!status)
            status = add_segment(s, HDX_SEGMENT_CODE,
                                 (hdx_str){section->text.ptr + code.begin,
                                           code.end - code.begin},
                                 err);
        at = code.end;
    }
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
    helpdex_status status = hdx_wordbook_section(s->wordbook, err);
    if (!status)
        status = add_segment(s, HDX_SEGMENT_HEADING, section->headings, err);
    if (!status)
        status = add_body(s, section, err);
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

static helpdex_status add_record(hdx_shard *s, const hdx_article *article,
                                 const hdx_origin *origin, helpdex_error *err)
{
    const hdx_front_matter *m = &article->matter;
    int64_t modified;
    hdx_forward_article record = {.id = article->id,
                                  .title = article->title,
                                  .path = origin->path,
                                  .url = origin->url,
                                  .category = article->category,
                                  .deep_link = m->deep_link,
                                  .regions = article->regions,
                                  .platforms = article->platforms,
                                  .source = origin->source,
                                  .questions = article->questions,
                                  .digest = origin->digest,
                                  .weight = read_weight(m->weight),
                                  .helped = origin->helped,
                                  .unhelped = origin->unhelped,
                                  .behind = origin->behind,
                                  .sections = origin->sections,
                                  .high_stakes = origin->high_stakes ||
                                                 hdx_article_is_risky(article)};
    if (hdx_date_read(m->modified, &modified))
        record.modified = hdx_date_day(modified);
    return hdx_forward_add_article(s->forward, &record, err);
}

helpdex_status hdx_shard_add(hdx_shard *shard, const hdx_article *article,
                             const hdx_origin *origin, hdx_str text,
                             helpdex_error *err)
{
    hdx_analyser_trim(shard->analyser);
    helpdex_status status = note_path(shard, article->id, origin->path, err);
    if (!status)
        status = add_record(shard, article, origin, err);
    if (!status)
        status = add_shared(shard, article, err);
    unsigned line = 1;
    size_t at = 0;
    for (size_t i = 0; i < article->document.count && !status; i++) {
        const hdx_section *section = &article->document.sections[i];
        for (; at < section->begin; at++) /* before the end: at + 1 is there */
            line += text.ptr[at] == '\n' ||
                    (text.ptr[at] == '\r' && text.ptr[at + 1] != '\n');
        status = add_section(shard, section, line, err);
    }
    shard->articles++;
    return status;
}

/* The pool takes its words from the finished lexicon. */
static helpdex_status write_pool(const hdx_shard *s, helpdex_error *err)
{
    hdx_lexicon lexicon = {0};
    helpdex_status status =
        hdx_lexicon_open(s->lexicon_path.ptr, &lexicon, err);
    if (!status)
        status =
            hdx_poolbook_finish(s->poolbook, &lexicon, s->pool_path.ptr, err);
    hdx_lexicon_close(&lexicon);
    return status;
}

/* Opens what was written, as a search will, before anybody has to. */
static helpdex_status check_files(const hdx_shard *s, helpdex_error *err)
{
    hdx_forward *forward = NULL;
    hdx_engine *engine = NULL;
    hdx_lexicon lexicon = {0};
    hdx_pool pool = {0};
    uint32_t documents = 0;
    helpdex_status status =
        hdx_forward_open(s->forward_path.ptr, &forward, err);
    if (!status)
        status = hdx_engine_open(s->terms_path.ptr, &engine, err);
    if (!status)
        status = hdx_engine_document_count(engine, &documents, err);
    if (!status)
        status = hdx_lexicon_open(s->lexicon_path.ptr, &lexicon, err);
    if (!status)
        status = hdx_pool_open(s->pool_path.ptr, &pool, err);
    if (!status &&
        (documents != s->sections || lexicon.header->sections != s->sections ||
         hdx_forward_section_count(forward) != s->sections))
        status = hdx_fail_at(err, HELPDEX_STORE, s->terms_path.ptr, 0, 0,
                             "not all sections were written; index again");
    if (!status)
        status = hdx_parity_check(hdx_analyser_pack(s->analyser), s->locale,
                                  forward, &lexicon, err);
    hdx_engine_free(engine);
    hdx_forward_free(forward);
    hdx_lexicon_close(&lexicon);
    hdx_pool_close(&pool);
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
        status = hdx_wordbook_finish(shard->wordbook,
                                     hdx_analyser_pack(shard->analyser),
                                     shard->lexicon_path.ptr, err);
    if (!status)
        status = write_pool(shard, err);
    if (!status)
        status = hdx_engine_writer_finish(shard->engine, err);
    return status ? status : check_files(shard, err);
}
