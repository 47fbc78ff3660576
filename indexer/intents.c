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

static bool list_examples(const hdx_forward *forward, example_list *out)
{
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++) {
        hdx_forward_article article = hdx_forward_article_at(forward, i);
        hdx_str questions = article.questions, question;
        if (!add(out, article.id, article.title, true))
            return false;
        while (hdx_str_line(&questions, &question))
            if (!add(out, article.id, question, false))
                return false;
    }
    return true;
}

static helpdex_status train(const hdx_forward *forward, const hdx_pack *pack,
                            const char *path, helpdex_error *err)
{
    example_list examples = {0};
    hdx_buf bytes = {0};
    hdx_analyser *analyser = NULL;
    helpdex_status status = hdx_analyser_open(pack, &analyser, err);
    if (!status && !list_examples(forward, &examples))
        status = hdx_fail_nomem(err);
    if (!status)
        status = hdx_intent_train(examples.items, examples.count, analyser,
                                  &hdx_intent_aims, &bytes, err);
    if (!status && bytes.len)
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
    hdx_str from = hdx_arena_format(&arena, "%s/" HDX_FORWARD_FILE, dir);
    hdx_str to = hdx_arena_format(&arena, "%s/" HDX_INTENTS_FILE, dir);
    helpdex_status status = from.ptr && to.ptr
                                ? hdx_forward_open(from.ptr, &forward, err)
                                : hdx_fail_nomem(err);
    if (!status)
        status = train(forward, pack, to.ptr, err);
    hdx_forward_free(forward);
    hdx_arena_free(&arena);
    return status;
}
