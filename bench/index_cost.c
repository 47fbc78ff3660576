/*
 * What indexing costs over the engine alone. One tree of articles is indexed
 * while every call of the engine is recorded; then the recorded documents are
 * added again by a bare loop, with nothing else around it.
 *
 *   index_cost ARTICLES_DIR LOCALE SCRATCH_DIR [ROUNDS]
 *
 * Prints CPU seconds of the whole build and of the bare loop, in turn, and the
 * ratio of each pair. SCRATCH_DIR is a folder for throw-away indexes.
 */
#include <helpdex/index.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "bench/bench.h"
#include "store/engine.h"

typedef struct document {
    hdx_posting *postings;
    size_t count;
} document;

static bool recording;
static hdx_arena recorded;
static document *documents;
static size_t document_count, document_capacity;

helpdex_status __real_hdx_engine_writer_add(hdx_engine_writer *writer,
                                            const hdx_posting *postings,
                                            size_t count, helpdex_error *err);
helpdex_status __wrap_hdx_engine_writer_add(hdx_engine_writer *writer,
                                            const hdx_posting *postings,
                                            size_t count, helpdex_error *err);

helpdex_status __wrap_hdx_engine_writer_add(hdx_engine_writer *writer,
                                            const hdx_posting *postings,
                                            size_t count, helpdex_error *err)
{
    if (recording) {
        document made = {
            hdx_arena_alloc(&recorded, (count + 1) * sizeof *made.postings),
            count};
        if (!made.postings || !hdx_grow(&documents, &document_capacity,
                                        document_count + 1, sizeof *documents))
            abort();
        for (size_t i = 0; i < count; i++) {
            made.postings[i].frequency = postings[i].frequency;
            made.postings[i].term = hdx_arena_copy(&recorded, postings[i].term);
        }
        documents[document_count++] = made;
    }
    return __real_hdx_engine_writer_add(writer, postings, count, err);
}

static double build(const char *articles, const char *locale, const char *index)
{
    helpdex_index_options options;
    helpdex_report *report;
    helpdex_error err;
    hdx_dir_remove(index, NULL);
    helpdex_index_options_init(&options);
    options.locale = locale;
    double start = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
    check(helpdex_index_build(articles, index, &options, &report, &err), &err);
    double took = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    helpdex_report_free(report);
    return took;
}

static double bare_loop(const char *path)
{
    hdx_engine_writer *writer;
    helpdex_error err;
    double start = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
    check(hdx_engine_writer_open(path, &writer, &err), &err);
    for (size_t i = 0; i < document_count; i++)
        check(__real_hdx_engine_writer_add(writer, documents[i].postings,
                                           documents[i].count, &err),
              &err);
    check(hdx_engine_writer_finish(writer, &err), &err);
    double took = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    hdx_engine_writer_free(writer);
    return took;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: index_cost ARTICLES_DIR LOCALE SCRATCH_DIR "
                        "[ROUNDS]\n");
        return 2;
    }
    hdx_arena paths = {0};
    const char *index = hdx_arena_format(&paths, "%s/index", argv[3]).ptr;
    const char *bare = hdx_arena_format(&paths, "%s/bare", argv[3]).ptr;
    int rounds = argc > 4 ? atoi(argv[4]) : 5;
    recording = true;
    build(argv[1], argv[2], index);
    recording = false;
    printf("%zu documents\n%10s %10s %10s\n", document_count, "build s",
           "bare s", "ratio");
    for (int i = 0; i < rounds; i++) {
        double whole = build(argv[1], argv[2], index);
        double alone = bare_loop(bare);
        printf("%10.3f %10.3f %10.3f\n", whole, alone, whole / alone);
        remove(bare);
    }
    free(documents);
    hdx_arena_free(&recorded);
    hdx_arena_free(&paths);
    return 0;
}
