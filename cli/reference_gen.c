/*
 * Makes the manual of the program from its tables of commands and options: run
 * by the build, never a part of the program. Writes into the folder that it is
 * given pages for man(1), docs/reference.md, and the completion of three
 * shells (cli/completion_gen.c).
 */
#include "cli/reference_gen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <helpdex/error.h>

static const char about[] =
    "Turns a folder of translated markdown articles into answers, in the "
    "customer's own language.";

gen_place gen_place_of(const char *name)
{
    if (name && strstr(name, "FILE"))
        return GEN_FILE;
    return name && strstr(name, "DIR") ? GEN_FOLDER : GEN_NOTHING;
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        exit(1);
    }
    return out;
}

static void close_or_exit(FILE *out)
{
    bool failed = ferror(out);
    if (fclose(out) || failed) {
        perror("reference_gen");
        exit(1);
    }
}

/* Text for roff: `code` is bold, and white space is one space. */
static void put_roff(const char *text, FILE *out)
{
    bool code = false;
    for (; *text; text++) {
        if (isspace((unsigned char)*text)) {
            if (text[1] && !isspace((unsigned char)text[1]))
                fputc(' ', out);
        } else if (*text == '`') {
            code = !code;
            fputs(code ? "\\fB" : "\\fR", out);
        } else if (*text == '\\') {
            fputs("\\e", out);
        } else if (*text == '-') {
            fputs("\\-", out);
        } else {
            fputc(*text, out);
        }
    }
}

/* A line of its own, which no first character makes a request. */
static void put_roff_line(const char *text, FILE *out)
{
    fputs("\\&", out);
    put_roff(text, out);
    fputc('\n', out);
}

/* Paragraphs with a blank line between them. */
static void put_roff_paragraphs(const char *text, FILE *out)
{
    char paragraph[2048];
    while (*text) {
        const char *end = strstr(text, "\n\n");
        size_t len = end ? (size_t)(end - text) : strlen(text);
        snprintf(paragraph, sizeof paragraph, "%.*s", (int)len, text);
        put_roff_line(paragraph, out);
        text += len + strspn(text + len, "\n");
        fputs(*text ? ".PP\n" : "", out);
    }
}

static void put_roff_options(const cli_command *command, FILE *out)
{
    const cli_option *option;
    fputs(".SH OPTIONS\n", out);
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!cli_option_is_of(option, command))
            continue;
        fputs(".TP\n\\fB\\-\\-", out);
        put_roff(option->name, out);
        fputs("\\fR", out);
        if (option->value)
            fprintf(out, " \\fI%s\\fR", option->value);
        fputc('\n', out);
        put_roff_line(option->help, out);
    }
}

static void put_roff_head(const char *page, const char *date, FILE *out)
{
    fprintf(out, ".TH %s 1 %s \"Helpdex %s\" \"Helpdex\"\n.SH NAME\n", page,
            date, helpdex_version());
}

static void put_roff_tail(FILE *out)
{
    fputs(".SH EXIT STATUS\n", out);
    put_roff_line(cli_exit_status, out);
    fputs(".SH ENVIRONMENT\n"
          ".TP\n\\fBHELPDEX_INDEX\\fR\nThe index, unless \\fB\\-\\-index\\fR "
          "names it.\n"
          ".TP\n\\fBNO_COLOR\\fR\nWhen it is set and not empty, nothing is "
          "coloured by itself.\n",
          out);
}

static void write_program_page(const char *folder, const char *date)
{
    FILE *out = open_in(folder, "man1/helpdex.1");
    put_roff_head("HELPDEX", date, out);
    fputs("helpdex \\- search of a help centre in every language\n"
          ".SH SYNOPSIS\n\\fBhelpdex\\fR \\fICOMMAND\\fR [\\fIARGUMENTS\\fR] "
          "[\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n",
          out);
    put_roff_line(about, out);
    fputs(".SH COMMANDS\n", out);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(out, ".TP\n\\fB%s\\fR \\fI", cli_commands[i].name);
        put_roff(cli_commands[i].arguments, out);
        fputs("\\fR\n", out);
        put_roff(cli_commands[i].summary, out);
        fprintf(out, ";\nsee \\fBhelpdex\\-%s\\fR(1)\n", cli_commands[i].name);
    }
    put_roff_options(NULL, out);
    put_roff_tail(out);
    close_or_exit(out);
}

static void write_command_page(const cli_command *command, const char *folder,
                               const char *date)
{
    char name[128];
    snprintf(name, sizeof name, "man1/helpdex-%s.1", command->name);
    FILE *out = open_in(folder, name);
    snprintf(name, sizeof name, "HELPDEX-%s", command->name);
    for (char *at = name; *at; at++)
        *at = (char)toupper((unsigned char)*at);
    put_roff_head(name, date, out);
    fprintf(out, "helpdex\\-%s \\- ", command->name);
    put_roff(command->summary, out);
    fprintf(out, "\n.SH SYNOPSIS\n\\fBhelpdex %s\\fR \\fI", command->name);
    put_roff(command->arguments, out);
    fputs("\\fR [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n", out);
    put_roff_paragraphs(command->details, out);
    put_roff_options(command, out);
    put_roff_tail(out);
    fputs(".SH SEE ALSO\n\\fBhelpdex\\fR(1)\n", out);
    close_or_exit(out);
}

/* Text for markdown, in which only `code` is meant as a mark. */
static void put_markdown(const char *text, FILE *out)
{
    bool code = false;
    for (; *text; text++) {
        code ^= *text == '`';
        if (*text == '|' || (!code && strchr("<*[", *text)))
            fputc('\\', out);
        if (*text == '\n' && text[1] == ' ')
            text += strspn(text + 1, " "); /* lined up for the terminal */
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

static void put_markdown_paragraphs(const char *text, FILE *out)
{
    bool code = false;
    for (; *text; text++) {
        code ^= *text == '`';
        if (!code && strchr("<*[", *text))
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void put_markdown_options(const cli_command *command, FILE *out)
{
    const cli_option *option;
    bool any = false;
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!cli_option_is_of(option, command) ||
            (command && !option->commands))
            continue;
        if (!any)
            fputs("\n| option | what it does |\n|---|---|\n", out);
        any = true;
        fprintf(out, "| `--%s%s%s` | ", option->name, option->value ? " " : "",
                option->value ? option->value : "");
        put_markdown(option->help, out);
        fputs(" |\n", out);
    }
}

static void write_reference(const char *folder)
{
    FILE *out = open_in(folder, "reference.md");
    fputs("# Commands and options\n\n"
          "Made from the tables of the program by `cli/reference_gen.c`. What "
          "`helpdex COMMAND --help`\nprints and `man helpdex-COMMAND` says is "
          "the same.\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++) {
        const cli_command *command = &cli_commands[i];
        fprintf(out, "\n## helpdex %s\n\n    helpdex %s%s%s [OPTIONS]\n\n",
                command->name, command->name, *command->arguments ? " " : "",
                command->arguments);
        fputc(toupper((unsigned char)command->summary[0]), out);
        put_markdown(command->summary + 1, out);
        fputs(".\n\n", out);
        put_markdown_paragraphs(command->details, out);
        put_markdown_options(command, out);
    }
    fputs("\n## Options of all commands\n", out);
    put_markdown_options(NULL, out);
    fprintf(out, "\n## Exit status\n\n%s\n", cli_exit_status);
    close_or_exit(out);
}

static void write_completion(const char *folder, const char *name,
                             void (*write)(FILE *out))
{
    FILE *out = open_in(folder, name);
    write(out);
    close_or_exit(out);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: reference_gen FOLDER DATE\n", stderr);
        return 2;
    }
    write_program_page(argv[1], argv[2]);
    for (size_t i = 0; i < cli_command_count; i++)
        write_command_page(&cli_commands[i], argv[1], argv[2]);
    write_completion(argv[1], "helpdex.bash", gen_bash);
    write_completion(argv[1], "_helpdex", gen_zsh);
    write_completion(argv[1], "helpdex.fish", gen_fish);
    write_reference(argv[1]);
    return 0;
}
