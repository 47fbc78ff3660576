/* helpdex verify: names what is damaged. */
#include <helpdex/index.h>

#include <cjson/cJSON.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/render.h"

static void print_json(const helpdex_report *report)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "generation",
                            helpdex_report_generation(report));
    cJSON *list = cJSON_AddArrayToObject(root, "damaged");
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "file", f->file);
        cJSON_AddStringToObject(item, "message", f->message);
        cJSON_AddItemToArray(list, item);
    }
    cli_print_json(root, false);
}

int cli_verify(const cli_options *options)
{
    helpdex_report *report;
    helpdex_error err;
    helpdex_status status = helpdex_index_verify(options->index, &report, &err);
    if (!report)
        return cli_fail(&err);
    if (options->json)
        print_json(report);
    cli_print_findings(report);
    if (status == HELPDEX_OK && !options->json && !options->quiet)
        printf("generation %s is whole\n", helpdex_report_generation(report));
    helpdex_report_free(report);
    return status == HELPDEX_OK ? EXIT_DONE : EXIT_NO;
}
