/*
 * How many questions redaction touches, and what it costs: every line of the
 * files, behind its first tab, is redacted. Touched ones are printed as they
 * were and as they became; figures go to standard error.
 */
#include <helpdex/redact.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

enum { LINE = 1 << 16 };

typedef struct tally {
    size_t lines, touched, phrases;
    uint64_t ns;
} tally;

static void redact(const char *text, tally *t)
{
    helpdex_redaction *r;
    helpdex_error err;
    uint64_t start = hdx_now_ns();
    if (helpdex_redact(text, SIZE_MAX, &r, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return;
    }
    t->ns += hdx_now_ns() - start;
    t->lines++;
    t->touched += helpdex_redaction_count(r) > 0;
    t->phrases += helpdex_redaction_seed_phrase(r);
    if (helpdex_redaction_count(r))
        printf("%s\t%s\n", text, helpdex_redaction_text(r));
    helpdex_redaction_free(r);
}

static int read_file(const char *path, tally *t)
{
    static char line[LINE];
    FILE *in = fopen(path, "r");
    if (!in) {
        perror(path);
        return 1;
    }
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *tab = strchr(line, '\t');
        redact(tab ? tab + 1 : line, t);
    }
    return fclose(in) != 0;
}

int main(int argc, char **argv)
{
    tally t = {0};
    int code = argc > 1 ? 0 : 2;
    for (int i = 1; i < argc && !code; i++)
        code = read_file(argv[i], &t);
    if (code == 2)
        fprintf(stderr, "usage: redaction QUERIES.tsv...\n");
    fprintf(stderr, "%zu lines, %zu touched, %zu seed phrases, %.1f us each\n",
            t.lines, t.touched, t.phrases,
            t.lines ? (double)t.ns / 1000 / (double)t.lines : 0.0);
    return code;
}
