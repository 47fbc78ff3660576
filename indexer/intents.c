/*
 * What is learned from is read back from the forward file: it has exactly the
 * articles that are published, without drafts and translations that are
 * missing.
 */
#include "indexer/intents.h"

#include <stdlib.h>

#include "base/file.h"
#include "intent/train.h"
#include "store/forward.h"
#include "store/schema.h"

typedef struct example_list {
    hdx_intent_example *items;
    size_t count, capacity;
} example_list;

static bool add(example_list *to, hdx_str id, hdx_str text, bool title)
{
    if (text.len == 0)
        return true;
    if (!hdx_grow(&to->items, &to->capacity, to->count + 1, sizeof *to->items))
        return false;
    to->items[to->count++] = (hdx_intent_example){id, text, title};
    return true;
}

static bool has(hdx_intent_source from, uint32_t article)
{
    return from.stays ? from.stays[article / 8] & 1 << article % 8
                      : !hdx_forward_is_gone(from.forward, article);
}

static uint32_t count_of(hdx_intent_source from)
{
    return from.forward ? hdx_forward_article_count(from.forward) : 0;
}

static bool list_examples(hdx_intent_source from, example_list *out)
{
    for (uint32_t i = 0; i < count_of(from); i++) {
        if (!has(from, i))
            continue;
        hdx_forward_article article = hdx_forward_article_at(from.forward, i);
        hdx_str questions = article.questions, question;
        if (!add(out, article.id, article.title, true))
            return false;
        while (hdx_str_line(&questions, &question))
            if (!add(out, article.id, question, false))
                return false;
    }
    return true;
}

/* FNV-1a; the length first, so that no two lists of texts are alike. */
static uint64_t mix(uint64_t hash, hdx_str text)
{
    const uint64_t prime = 0x100000001B3;
    hash = (hash ^ text.len) * prime;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * prime;
    return hash;
}

uint64_t hdx_intents_sum(hdx_intent_source from)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count_of(from); i++) {
        hdx_forward_article article = hdx_forward_article_at(from.forward, i);
        uint64_t hash = mix(0xCBF29CE484222325, article.id);
        if (has(from, i))
            sum += mix(mix(hash, article.title), article.questions);
    }
    return sum;
}

helpdex_status hdx_intents_train(const hdx_intent_source from[2],
                                 const hdx_pack *pack, const char *path,
                                 bool *written, helpdex_error *err)
{
    example_list examples = {0};
    hdx_buf bytes = {0};
    hdx_analyser *analyser = NULL;
    helpdex_status status = hdx_analyser_open(pack, &analyser, err);
    if (!status && !(list_examples(from[0], &examples) &&
                     list_examples(from[1], &examples)))
        status = hdx_fail_nomem(err);
    if (!status)
        status = hdx_intent_train(examples.items, examples.count, analyser,
                                  &hdx_intent_aims, &bytes, err);
    *written = !status && bytes.len;
    if (*written)
        status = hdx_file_write(path, hdx_buf_str(&bytes), err);
    hdx_analyser_free(analyser);
    hdx_buf_free(&bytes);
    free(examples.items);
    return status;
}

helpdex_status hdx_intents_build(const char *dir, const hdx_pack *pack,
                                 helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_forward *forward = NULL;
    bool written;
    hdx_str from = hdx_arena_format(&arena, "%s/" HDX_FORWARD_FILE, dir);
    hdx_str to = hdx_arena_format(&arena, "%s/" HDX_INTENTS_FILE, dir);
    helpdex_status status = from.ptr && to.ptr
                                ? hdx_forward_open(from.ptr, &forward, err)
                                : hdx_fail_nomem(err);
    if (!status)
        status = hdx_intents_train((hdx_intent_source[2]){{.forward = forward}},
                                   pack, to.ptr, &written, err);
    hdx_forward_free(forward);
    hdx_arena_free(&arena);
    return status;
}
