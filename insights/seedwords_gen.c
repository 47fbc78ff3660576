/*
 * Makes the table of insights/seedwords.h from the lists of insights/bip39,
 * whose files are the arguments: run by the build, never a part of the program.
 * Words are folded as a query is, so that the two can be compared by bytes.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "insights/plain.h"
#include "insights/seedwords.h"

typedef struct entry {
    hdx_str text;
    unsigned list;
    unsigned number;
} entry;

static entry entries[HDX_SEED_LISTS * HDX_SEED_LIST_WORDS];
static size_t count;

static void give_up(const char *file, const char *what)
{
    fprintf(stderr, "seedwords_gen: %s: %s\n", file, what);
    exit(1);
}

/* The build stops at the first fault, so that base/error.c is not needed. */
helpdex_status hdx_fail(helpdex_error *err, helpdex_status status,
                        const char *format, ...)
{
    va_list args;
    (void)err;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    return status;
}

helpdex_status hdx_fail_nomem(helpdex_error *err)
{
    return hdx_fail(err, HELPDEX_NOMEM, "out of memory\n");
}

static void add_word(const char *file, unsigned list, unsigned number,
                     hdx_str word)
{
    hdx_plain plain;
    hdx_buf text = {0};
    if (hdx_plain_make(word, &plain, NULL))
        give_up(file, "a word cannot be folded");
    for (size_t i = 0; i < plain.count; i++)
        hdx_buf_code_point(&text, hdx_plain_lower(plain.chars[i].c));
    hdx_plain_free(&plain);
    if (text.failed)
        give_up(file, "out of memory");
    entries[count++] = (entry){hdx_buf_str(&text), list, number};
}

static void read_list(const char *file, unsigned list)
{
    FILE *in = fopen(file, "r");
    char line[128];
    unsigned number = 0;
    if (!in)
        give_up(file, "cannot be opened");
    for (; fgets(line, sizeof line, in); number++) {
        hdx_str word = hdx_str_trim(hdx_str_of(line));
        if (number == HDX_SEED_LIST_WORDS || !word.len)
            give_up(file, "expected 2048 words, one a line");
        add_word(file, list, number, word);
    }
    fclose(in);
    if (number != HDX_SEED_LIST_WORDS)
        give_up(file, "expected 2048 words, one a line");
}

static int by_text(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = hdx_str_cmp(x->text, y->text);
    return order ? order : (x->list > y->list) - (x->list < y->list);
}

int main(int argc, char **argv)
{
    if (argc != HDX_SEED_LISTS + 1)
        give_up("arguments", "expected the files of ten lists");
    for (int i = 1; i < argc; i++)
        read_list(argv[i], (unsigned)i - 1);
    qsort(entries, count, sizeof *entries, by_text);
    printf("/* Made from insights/bip39 by insights/seedwords_gen.c. */\n"
           "#include \"insights/seedwords.h\"\n\nconst char "
           "hdx_seed_texts[] =\n");
    for (size_t i = 0; i < count; i++)
        if (!i || !hdx_str_eq(entries[i].text, entries[i - 1].text))
            printf("\"%.*s\\0\"\n", HDX_FMT(entries[i].text));
    printf(";\nconst hdx_seed_word hdx_seed_words[] = {\n");
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && !hdx_str_eq(entries[i].text, entries[i - 1].text))
            at += entries[i - 1].text.len + 1;
        printf("{%zu, %u, %u},\n", at, entries[i].list, entries[i].number);
    }
    printf("};\nconst size_t hdx_seed_word_count = %zu;\n", count);
    return 0;
}
