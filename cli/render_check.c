/*
 * Findings for people, for programs, for annotations and for the viewers of
 * static analysis. All formats show the same findings.
 */
#include "cli/render_check.h"

#include <inttypes.h>
#include <string.h>

#include "cli/render.h"

static const char *name_of(helpdex_severity severity)
{
    return severity == HELPDEX_ERROR ? "error" : "warning";
}

/* The next finding to be shown, from `*at` on; NULL: no more. */
static const helpdex_finding *next_shown(const cli_checked *c, size_t *at)
{
    while (*at < helpdex_report_finding_count(c->report)) {
        const helpdex_finding *f = helpdex_report_finding(c->report, *at);
        if (!c->known[(*at)++] && !f->fixed)
            return f;
    }
    return NULL;
}

static uint64_t article_count(const helpdex_report *report)
{
    uint64_t count = 0;
    for (size_t i = 0; i < helpdex_report_locale_count(report); i++)
        count += helpdex_report_locale(report, i)->articles;
    return count;
}

static void print_fixable(const cli_checked *c)
{
    size_t fixable = 0, at = 0;
    const helpdex_finding *f;
    while ((f = next_shown(c, &at)))
        fixable += f->fixable;
    if (fixable)
        printf("; --fix mends %zu of them", fixable);
}

void cli_print_check_text(const cli_checked *c, bool quiet)
{
    size_t at = 0;
    const helpdex_finding *f;
    while ((f = next_shown(c, &at))) {
        cli_print_text(f->file, stdout);
        if (f->line)
            printf(":%u", f->line);
        if (f->line && f->column)
            printf(":%u", f->column);
        printf(": %s: ", name_of(f->severity));
        cli_print_text(f->message, stdout);
        printf(" [%s]\n", f->rule);
    }
    if (quiet)
        return;
    printf("%" PRIu64 " articles in %zu locales: %zu errors, %zu warnings",
           article_count(c->report), helpdex_report_locale_count(c->report),
           c->errors, c->warnings);
    if (c->fixed)
        printf(", %zu mended", c->fixed);
    if (c->baseline)
        printf(", %zu of the baseline", c->baseline);
    print_fixable(c);
    putchar('\n');
}

static cJSON *finding_json(const helpdex_finding *f)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "rule", f->rule);
    cJSON_AddStringToObject(item, "severity", name_of(f->severity));
    cJSON_AddStringToObject(item, "file", f->file);
    cJSON_AddNumberToObject(item, "line", f->line);
    cJSON_AddNumberToObject(item, "column", f->column);
    cJSON_AddStringToObject(item, "message", f->message);
    cJSON_AddStringToObject(item, "fingerprint", f->fingerprint);
    cJSON_AddBoolToObject(item, "fixable", f->fixable);
    return item;
}

void cli_print_check_json(const cli_checked *c)
{
    size_t at = 0;
    const helpdex_finding *f;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddNumberToObject(root, "articles", (double)article_count(c->report));
    cJSON_AddNumberToObject(root, "errors", (double)c->errors);
    cJSON_AddNumberToObject(root, "warnings", (double)c->warnings);
    cJSON_AddNumberToObject(root, "fixed", (double)c->fixed);
    cJSON_AddNumberToObject(root, "baseline", (double)c->baseline);
    cJSON *list = cJSON_AddArrayToObject(root, "findings");
    while ((f = next_shown(c, &at)))
        cJSON_AddItemToArray(list, finding_json(f));
    cli_print_json(root, false);
}

/* Text of a workflow command; in a property, `:` and `,` have a meaning. */
static void print_escaped(const char *text, bool property)
{
    for (; *text; text++)
        if (*text == '%' || (unsigned char)*text < ' ' ||
            (property && (*text == ':' || *text == ',')))
            printf("%%%02X", (unsigned)(unsigned char)*text);
        else
            putchar(*text);
}

void cli_print_check_github(const cli_checked *c)
{
    size_t at = 0;
    const helpdex_finding *f;
    while ((f = next_shown(c, &at))) {
        printf("::%s file=", name_of(f->severity));
        print_escaped(f->file, true);
        if (f->line)
            printf(",line=%u", f->line);
        if (f->line && f->column)
            printf(",col=%u", f->column);
        printf(",title=%s::", f->rule);
        print_escaped(f->message, false);
        putchar('\n');
    }
}

static void add_text_object(cJSON *to, const char *key, const char *text)
{
    cJSON_AddStringToObject(cJSON_AddObjectToObject(to, key), "text", text);
}

static void add_rules(cJSON *driver)
{
    cJSON *list = cJSON_AddArrayToObject(driver, "rules");
    helpdex_check_rule rule;
    for (size_t i = 0; helpdex_check_rule_at(i, &rule); i++) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", rule.id);
        add_text_object(item, "shortDescription", rule.summary);
        cJSON_AddStringToObject(
            cJSON_AddObjectToObject(item, "defaultConfiguration"), "level",
            name_of(rule.severity));
        cJSON_AddItemToArray(list, item);
    }
}

/* A path as a relative reference of RFC 3986. */
static void add_uri(cJSON *to, const char *path)
{
    hdx_buf uri = {0};
    hdx_buf_add_uri(&uri, hdx_str_of(path));
    hdx_buf_byte(&uri, '\0');
    cJSON_AddStringToObject(to, "uri", uri.failed ? path : uri.ptr);
    hdx_buf_free(&uri);
}

static cJSON *result_json(const helpdex_finding *f)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "ruleId", f->rule);
    cJSON_AddStringToObject(item, "level", name_of(f->severity));
    add_text_object(item, "message", f->message);
    cJSON *location = cJSON_CreateObject();
    cJSON *place = cJSON_AddObjectToObject(location, "physicalLocation");
    add_uri(cJSON_AddObjectToObject(place, "artifactLocation"), f->file);
    if (f->line) {
        cJSON *region = cJSON_AddObjectToObject(place, "region");
        cJSON_AddNumberToObject(region, "startLine", f->line);
        if (f->column)
            cJSON_AddNumberToObject(region, "startColumn", f->column);
    }
    cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "locations"), location);
    cJSON_AddStringToObject(
        cJSON_AddObjectToObject(item, "partialFingerprints"), "helpdex/v1",
        f->fingerprint);
    return item;
}

void cli_print_check_sarif(const cli_checked *c)
{
    size_t at = 0;
    const helpdex_finding *f;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "$schema",
                            "https://json.schemastore.org/sarif-2.1.0.json");
    cJSON_AddStringToObject(root, "version", "2.1.0");
    cJSON *run = cJSON_CreateObject();
    cJSON *driver =
        cJSON_AddObjectToObject(cJSON_AddObjectToObject(run, "tool"), "driver");
    cJSON_AddStringToObject(driver, "name", "helpdex");
    cJSON_AddStringToObject(driver, "version", helpdex_version());
    add_rules(driver);
    cJSON_AddStringToObject(run, "columnKind", "unicodeCodePoints");
    cJSON *results = cJSON_AddArrayToObject(run, "results");
    while ((f = next_shown(c, &at)))
        cJSON_AddItemToArray(results, result_json(f));
    cJSON_AddItemToArray(cJSON_AddArrayToObject(root, "runs"), run);
    cli_print_json(root, false);
}
