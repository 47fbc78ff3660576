/* helpdex import: exports of other help centres become articles. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/intake.h"
#include "cli/render.h"
#include "importer/import.h"

static void print_json(const hdx_import *import)
{
    static const char *const names[] = {[HELPDEX_WARNING] = "warning",
                                        [HELPDEX_ERROR] = "error",
                                        [HELPDEX_NOTE] = "note"};
    cJSON *root = cJSON_CreateObject();
    cJSON_AddNumberToObject(root, "articles", (double)import->count);
    cJSON_AddNumberToObject(root, "written", (double)import->written);
    cJSON_AddNumberToObject(root, "unchanged", (double)import->unchanged);
    cJSON *list = cJSON_AddArrayToObject(root, "findings");
    for (size_t i = 0; i < import->in.finding_count; i++) {
        const helpdex_finding *f = &import->in.findings[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "severity", names[f->severity]);
        cJSON_AddStringToObject(item, "file", f->file);
        cJSON_AddNumberToObject(item, "line", f->line);
        cJSON_AddNumberToObject(item, "column", f->column);
        cJSON_AddStringToObject(item, "message", f->message);
        cJSON_AddItemToArray(list, item);
    }
    cli_print_json(root, false);
}

int cli_import(const cli_options *options)
{
    hdx_import import;
    helpdex_error err;
    hdx_import_options how = {.into = options->into,
                              .format =
                                  options->format ? options->format : "auto",
                              .locale = options->locale,
                              .force = options->force};
    if (!how.into) {
        fputs("helpdex: where the articles go is not said; add --into KB_DIR\n",
              stderr);
        return EXIT_USAGE;
    }
    int code = EXIT_DONE;
    helpdex_status status = hdx_import_run(
        &how, options->args, (size_t)options->arg_count, &import, &err);
    cli_print_intake(&import.in, options->quiet);
    if (status)
        code = cli_fail(&err);
    if (status && import.written)
        fprintf(stderr,
                "helpdex: %zu articles had been written by then; run the same "
                "again\n",
                import.written);
    if (options->json)
        print_json(&import);
    else if (!status && !options->quiet)
        printf("%zu articles: %zu written, %zu as they were; next: helpdex "
               "check %s\n",
               import.count, import.written, import.unchanged, how.into);
    hdx_import_free(&import);
    return code;
}
