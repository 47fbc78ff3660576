/* What was said beside what was right, before and after, in one table. */
#include "cli/render_calibrate.h"

#include <stdio.h>

#include "cli/render.h"

static void print_bins(const char *title, const hdx_fold_reliability *from)
{
    printf("\n%-12s %8s %8s %8s   95 of 100\n", title, "messages", "said",
           "right");
    for (int i = 0; i < HDX_BINS; i++) {
        const hdx_bin *bin = &from->bins[i];
        if (bin->right.of)
            printf(".%d to %s%d    %8zu %7.1f%% %7.1f%%   %.0f to %.0f%%\n", i,
                   i == HDX_BINS - 1 ? "1." : ".", (i + 1) % HDX_BINS,
                   bin->right.of, 100 * bin->said, 100 * bin->right.share,
                   100 * bin->right.low, 100 * bin->right.high);
    }
    printf("off by %.1f points on average\n", 100 * from->error);
}

static void print_share(const char *what, const hdx_fraction *before,
                        const hdx_fraction *after)
{
    printf("%-26s %6.1f%% (%2.0f to %3.0f)   %6.1f%% (%2.0f to %3.0f)\n", what,
           100 * before->share, 100 * before->low, 100 * before->high,
           100 * after->share, 100 * after->low, 100 * after->high);
}

static void print_limit(const char *what, double limit)
{
    if (limit > 1)
        printf("%s: never", what);
    else
        printf("%s %.3f", what, limit);
}

void cli_print_calibration(const cli_calibrated *from)
{
    const hdx_reliabilities *f = from->figures;
    printf("%s: %zu messages, of which nothing answers %zu; %zu more are "
           "decided by a rule\n",
           from->locale, f->counted, f->unknown, f->ruled);
    print_bins("estimated", &f->before);
    print_bins("calibrated", &f->after);
    printf("\n%-26s %-19s   calibrated\n", "", "estimated");
    print_share("answered", &f->before.decided[HELPDEX_ANSWER],
                &f->after.decided[HELPDEX_ANSWER]);
    print_share("  of these right", &f->before.right, &f->after.right);
    print_share("asked back", &f->before.decided[HELPDEX_CLARIFY],
                &f->after.decided[HELPDEX_CLARIFY]);
    print_share("to a person at once", &f->before.decided[HELPDEX_ESCALATE],
                &f->after.decided[HELPDEX_ESCALATE]);
    print_share("  of those with an article", &f->before.refused,
                &f->after.refused);
    putchar('\n');
    print_limit("answers from", from->curve->answer);
    print_limit(", a person below", from->curve->escalate);
    printf("; bias %.3f, slope %.3f\n", from->curve->bias, from->curve->slope);
    if (from->saved) {
        fputs("saved as ", stdout);
        cli_print_text(from->saved, stdout);
        puts("; index the knowledge base to take it up");
    }
}

static void add_number(hdx_json *json, const char *key, double number)
{
    hdx_json_number(json, key, cli_decimals(number));
}

static void add_share(hdx_json *json, const char *key,
                      const hdx_fraction *share)
{
    hdx_json_object(json, key);
    hdx_json_count(json, "count", share->count);
    hdx_json_count(json, "of", share->of);
    add_number(json, "share", share->share);
    add_number(json, "low", share->low);
    add_number(json, "high", share->high);
    hdx_json_end_object(json);
}

static void add_reliability(hdx_json *json, const char *key,
                            const hdx_fold_reliability *from)
{
    hdx_json_object(json, key);
    add_number(json, "ece", from->error);
    hdx_json_list(json, "bins");
    for (int i = 0; i < HDX_BINS; i++) {
        hdx_json_object(json, NULL);
        add_number(json, "from", i / (double)HDX_BINS);
        add_number(json, "said", from->bins[i].said);
        add_share(json, "right", &from->bins[i].right);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
    add_share(json, "answered", &from->decided[HELPDEX_ANSWER]);
    add_share(json, "right", &from->right);
    add_share(json, "clarified", &from->decided[HELPDEX_CLARIFY]);
    add_share(json, "escalated", &from->decided[HELPDEX_ESCALATE]);
    add_share(json, "refused", &from->refused);
    hdx_json_end_object(json);
}

void cli_print_calibration_json(const cli_calibrated *from)
{
    hdx_buf out = {0};
    hdx_json json = cli_json(&out, false);
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "locale", from->locale);
    hdx_json_count(&json, "messages", from->figures->counted);
    hdx_json_count(&json, "unknown", from->figures->unknown);
    hdx_json_count(&json, "ruled", from->figures->ruled);
    add_reliability(&json, "before", &from->figures->before);
    add_reliability(&json, "after", &from->figures->after);
    add_number(&json, "bias", from->curve->bias);
    add_number(&json, "slope", from->curve->slope);
    if (from->curve->answer > 1)
        hdx_json_null(&json, "answer");
    else
        add_number(&json, "answer", from->curve->answer);
    add_number(&json, "escalate", from->curve->escalate);
    hdx_json_text(&json, "saved", from->saved);
    hdx_json_end_object(&json);
    cli_print_buffer(&out);
}
