/* helpdex classify: labels of utterances, learned from a file of them. */
#include <helpdex/classify.h>

#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/render.h"
#include "eval/table.h"

#define SHAPE "write label<TAB>utterance"
#define OUT_OF_SCOPE "oos"

/* What is read; everything lives in `arena`. */
typedef struct classifying {
    const cli_options *options;
    hdx_arena arena;
    helpdex_example *examples;
    size_t count;
    helpdex_classifier *classifier;
    helpdex_error err;
} classifying;

static const char *const decisions[] = {"answer", "clarify", "escalate"};

static helpdex_status read_example(classifying *c, const hdx_table *t,
                                   helpdex_example *out)
{
    const char *tab = memchr(t->row.ptr, '\t', t->row.len);
    if (!tab)
        return hdx_table_fault(t, t->row.ptr, "no tab behind the label; " SHAPE,
                               &c->err);
    size_t size = (size_t)(tab - t->row.ptr);
    hdx_str label = hdx_str_trim((hdx_str){t->row.ptr, size});
    hdx_str text = hdx_str_trim((hdx_str){tab + 1, t->row.len - size - 1});
    if (!label.len)
        return hdx_table_fault(t, t->row.ptr, "no label before the tab; " SHAPE,
                               &c->err);
    if (!text.len)
        return hdx_table_fault(t, tab, "no utterance behind the tab; " SHAPE,
                               &c->err);
    bool known = !hdx_str_eq(label, HDX_STR(OUT_OF_SCOPE));
    *out = (helpdex_example){
        .label = known ? hdx_arena_copy_line(&c->arena, label).ptr : NULL,
        .text = hdx_arena_copy(&c->arena, text).ptr};
    return (known && !out->label) || !out->text ? hdx_fail_nomem(&c->err)
                                                : HELPDEX_OK;
}

static helpdex_status read_examples(classifying *c, const char *path)
{
    hdx_table table;
    helpdex_status status = hdx_table_open(&c->arena, path, &table, &c->err);
    if (status)
        return status;
    c->examples = hdx_arena_alloc(
        &c->arena, hdx_table_lines_left(&table) * sizeof *c->examples + 1);
    if (!c->examples)
        return hdx_fail_nomem(&c->err);
    while (hdx_table_next(&table) && !status)
        status = read_example(c, &table, &c->examples[c->count++]);
    return status;
}

static helpdex_status learn(classifying *c)
{
    const cli_options *from = c->options;
    helpdex_classify_options options;
    helpdex_classify_options_init(&options);
    options.locale = from->locale;
    options.locales_dir = from->locales_dir;
    if (from->precision)
        options.precision = (double)from->precision / 100;
    if (from->rejection)
        options.rejection = (double)from->rejection / 100;
    helpdex_status status = helpdex_classifier_train(
        c->examples, c->count, &options, &c->classifier, &c->err);
    if (status == HELPDEX_BAD_INPUT && !c->err.file[0])
        snprintf(c->err.file, sizeof c->err.file, "%s", from->args[0]);
    return status;
}

static void print_json(const helpdex_class *found)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *labels = cJSON_AddArrayToObject(root, "labels");
    for (size_t i = 0; i < found->count; i++)
        cJSON_AddItemToArray(labels, cJSON_CreateString(found->labels[i]));
    cJSON_AddNumberToObject(root, "confidence",
                            cli_decimals(found->confidence));
    cJSON_AddBoolToObject(root, "estimated", found->estimated);
    cJSON_AddStringToObject(root, "decision", decisions[found->verdict]);
    cli_print_json(root, true);
}

static void print_row(const helpdex_class *found, size_t top)
{
    cli_print_text(found->labels[0], stdout);
    printf("\t%.6f\t%s", found->confidence, decisions[found->verdict]);
    for (size_t i = 1; i < found->count && i < top; i++) {
        putchar('\t');
        cli_print_text(found->labels[i], stdout);
    }
    putchar('\n');
}

/* The utterance of a row stands behind its first tab, if it has one. */
static helpdex_status classify_row(classifying *c, const hdx_table *t)
{
    helpdex_class found;
    const char *tab = memchr(t->row.ptr, '\t', t->row.len);
    size_t skip = tab ? (size_t)(tab + 1 - t->row.ptr) : 0;
    hdx_str text = hdx_arena_copy(
        &c->arena, (hdx_str){t->row.ptr + skip, t->row.len - skip});
    if (!text.ptr)
        return hdx_fail_nomem(&c->err);
    helpdex_status status =
        helpdex_classifier_ask(c->classifier, text.ptr, &found, &c->err);
    if (!status && c->options->json)
        print_json(&found);
    else if (!status)
        print_row(&found, c->options->top ? (size_t)c->options->top : 1);
    return status;
}

static helpdex_status classify(classifying *c)
{
    hdx_table table;
    helpdex_status status = read_examples(c, c->options->args[0]);
    if (!status)
        status =
            hdx_table_open(&c->arena, c->options->args[1], &table, &c->err);
    if (!status)
        status = learn(c);
    const char *notice =
        status ? NULL : helpdex_classifier_notice(c->classifier);
    if (notice && !c->options->quiet)
        fprintf(stderr, "helpdex: warning: %s\n", notice);
    while (!status && hdx_table_next(&table))
        status = classify_row(c, &table);
    return status;
}

int cli_classify(const cli_options *options)
{
    classifying c = {.options = options};
    if (options->top > HELPDEX_LABELS || options->precision > 100 ||
        options->rejection > 99) {
        fputs("helpdex: --top is 1 to 3, --precision 1 to 100, --rejection 1 "
              "to 99; give another number\n",
              stderr);
        return EXIT_USAGE;
    }
    int code = classify(&c) ? cli_fail(&c.err) : EXIT_DONE;
    helpdex_classifier_free(c.classifier);
    hdx_arena_free(&c.arena);
    return code;
}
