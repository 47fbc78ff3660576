/*
 * What the classifier costs: training, and a decision with everything included.
 *
 *   classify_cost TRAIN.tsv TEST.tsv LOCALE
 *
 * Rows are `label<TAB>utterance`. Prints the CPU seconds of training, held-out
 * models and calibration included, the size of the model, and the median and
 * 99th percentile of microseconds that a row of TEST.tsv takes, after a pass
 * that is not measured; and the same of the first pass, when most words are
 * new.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "bench/bench.h"
#include "intent/train.h"
#include "text/stamp.h"

enum { LARGEST = 1 << 28 };

typedef struct row_list {
    hdx_intent_example *items;
    size_t count, capacity;
} row_list;

static void read_rows(hdx_arena *arena, const char *path, row_list *out)
{
    hdx_str text, line;
    helpdex_error err;
    check(hdx_file_read(arena, path, LARGEST, &text, &err), &err);
    while (hdx_str_line(&text, &line)) {
        const char *tab = memchr(line.ptr, '\t', line.len);
        size_t size = tab ? (size_t)(tab - line.ptr) : 0;
        if (!tab || !hdx_grow(&out->items, &out->capacity, out->count + 1,
                              sizeof *out->items))
            continue;
        hdx_str label = {line.ptr, size};
        if (hdx_str_eq(label, HDX_STR("oos")))
            label = (hdx_str){NULL, 0};
        out->items[out->count++] =
            (hdx_intent_example){label, {tab + 1, line.len - size - 1}, false};
    }
}

static hdx_analyser *open_analyser(const char *tag)
{
    hdx_catalog *catalog;
    hdx_locale locale;
    const hdx_pack *pack;
    hdx_analyser *analyser;
    helpdex_error err = {.status = HELPDEX_INVALID, .message = "no locale"};
    check(hdx_catalog_open(NULL, &catalog, &err), &err);
    if (!hdx_locale_parse(hdx_str_of(tag), &locale))
        check(HELPDEX_INVALID, &err);
    check(hdx_catalog_pack(catalog, &locale, &pack, &err), &err);
    check(hdx_analyser_open(pack, &analyser, &err), &err);
    return analyser;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void ask_all(const char *name, const hdx_intent_model *model,
                    hdx_analyser *analyser, const row_list *rows,
                    hdx_intent_scratch *scratch)
{
    hdx_intent_answer answer;
    helpdex_error err;
    uint64_t *took = calloc(rows->count + 1, sizeof *took);
    for (size_t i = 0; took && i < rows->count; i++) {
        uint64_t start = hdx_now_ns();
        check(hdx_intent_ask(model, analyser, rows->items[i].text, scratch,
                             &answer, &err),
              &err);
        took[i] = hdx_now_ns() - start;
    }
    if (took && rows->count) {
        qsort(took, rows->count, sizeof *took, by_value);
        printf("%s: p50 %.1f us, p99 %.1f us\n", name,
               (double)took[rows->count / 2] / 1e3,
               (double)took[rows->count * 99 / 100] / 1e3);
    }
    free(took);
}

int main(int argc, char **argv)
{
    hdx_arena arena = {0};
    row_list train = {0}, test = {0};
    hdx_buf bytes = {0};
    hdx_intent_model model;
    hdx_intent_scratch scratch = {0};
    helpdex_error err;
    if (argc != 4) {
        fprintf(stderr, "usage: classify_cost TRAIN.tsv TEST.tsv LOCALE\n");
        return 2;
    }
    read_rows(&arena, argv[1], &train);
    read_rows(&arena, argv[2], &test);
    hdx_analyser *trainer = open_analyser(argv[3]);
    double start = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
    check(hdx_intent_train(train.items, train.count, trainer, &hdx_intent_aims,
                           &bytes, &err),
          &err);
    printf("training %zu examples: %.2f s, %zu KiB\n", train.count,
           cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - start, bytes.len / 1024);
    hdx_analyser *analyser = open_analyser(argv[3]);
    check(hdx_intent_model_open(hdx_buf_str(&bytes),
                                hdx_analyser_stamp(hdx_analyser_pack(analyser)),
                                argv[1], &model, &err),
          &err);
    ask_all("first pass", &model, analyser, &test, &scratch);
    ask_all("later", &model, analyser, &test, &scratch);
    hdx_intent_scratch_free(&scratch);
    hdx_analyser_free(analyser);
    hdx_analyser_free(trainer);
    hdx_buf_free(&bytes);
    hdx_arena_free(&arena);
    free(train.items);
    free(test.items);
    return 0;
}
