/* Reading the file of a calibration, and its curve. */
#include "store/measured.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "store/texts.h"

#define MEND "; run helpdex calibrate again"

/* What a file must have; all are numbers. */
enum { BIAS, SLOPE, ANSWER, ESCALATE, MESSAGES, KEYS };
static const char *const keys[KEYS + 1] = {[BIAS] = "bias",
                                           [SLOPE] = "slope",
                                           [ANSWER] = "answer",
                                           [ESCALATE] = "escalate",
                                           [MESSAGES] = "messages"};

/* No curve of real messages comes near these. */
static const double LEAST[KEYS] = {-50, 1e-6, 0, 0, 1};
static const double MOST[KEYS] = {50, 50, 1, 1, 1e9};

/* What is said for an answer that is never given. */
static const double NEVER = 2;

const char *hdx_measured_key(size_t at)
{
    return at < KEYS ? keys[at] : NULL;
}

static const char *key_at(unsigned kind, size_t at)
{
    (void)kind;
    return hdx_measured_key(at);
}

static helpdex_status read_number(const hdx_text_reader *file,
                                  const hdx_yaml *at, int key, double *out)
{
    char *end;
    hdx_str text;
    helpdex_status status = hdx_text_line(file, at, &text);
    if (status)
        return status;
    if (key == ANSWER && hdx_str_eq(text, HDX_STR("never"))) {
        *out = NEVER;
        return HELPDEX_OK;
    }
    *out = strtod(text.ptr, &end);
    if (end == text.ptr || *end || !(*out >= LEAST[key] && *out <= MOST[key]))
        return hdx_text_fail(file, at, "no number that can be meant" MEND);
    return HELPDEX_OK;
}

static helpdex_status read_key(const hdx_text_reader *file, const hdx_yaml *at,
                               double *numbers)
{
    for (int key = 0; key < KEYS; key++)
        if (hdx_str_eq_nocase(at->key, hdx_str_of(keys[key])))
            return read_number(file, at, key, &numbers[key]);
    return hdx_text_unknown(file, at, "", key_at, 0);
}

static helpdex_status read_map(const hdx_text_reader *file,
                               const hdx_yaml *root, hdx_measured *out)
{
    double numbers[KEYS];
    helpdex_status status = HELPDEX_OK;
    for (int key = 0; key < KEYS; key++)
        numbers[key] = NAN;
    for (const hdx_yaml *at = root->first; at && !status; at = at->next) {
        status = hdx_text_once(file, root, at);
        if (!status)
            status = read_key(file, at, numbers);
    }
    for (int key = 0; key < KEYS && !status; key++)
        if (isnan(numbers[key]))
            status = hdx_text_fail(file, root,
                                   "bias, slope, answer, escalate or messages "
                                   "is missing" MEND);
    if (!status && numbers[ESCALATE] > numbers[ANSWER])
        status = hdx_text_fail(file, root, "escalate is over answer" MEND);
    if (!status)
        *out = (hdx_measured){numbers[BIAS], numbers[SLOPE], numbers[ANSWER],
                              numbers[ESCALATE], (unsigned)numbers[MESSAGES]};
    return status;
}

helpdex_status hdx_measured_read(hdx_str text, const char *path,
                                 hdx_measured *out, helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_yaml *root;
    const hdx_text_reader file = {&arena, path, err};
    *out = (hdx_measured){0};
    helpdex_status status = hdx_yaml_parse(&arena, text, path, 1, &root, err);
    if (!status && (!root || root->kind != HDX_YAML_MAP))
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, path, 1, 1,
                             "no calibration" MEND);
    if (!status)
        status = read_map(&file, root, out);
    hdx_arena_free(&arena);
    return status;
}

double hdx_measured_at(const hdx_measured *measured, double estimate)
{
    double p = fmin(fmax(estimate, 1e-6), 1 - 1e-6);
    return hdx_sigmoid(measured->bias + measured->slope * hdx_log(p / (1 - p)));
}
