/* The program: finds the command and runs it. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/render.h"

const cli_command cli_commands[] = {
    {"index", "KB_DIR", "build or update the index of a knowledge base",
     "Reads KB_DIR/<locale>/<category>/<slug>.md, or with --locale one tree "
     "of that\nlocale, and publishes all locales together. When a file "
     "cannot be read as an\narticle, every such fault is printed and the old "
     "index goes on serving.\n",
     1, 1, cli_index},
    {"import", "FILE|DIR...",
     "turn exports of other help centres into articles",
     "Reads articles of Zendesk and Intercom (JSON), and questions with "
     "answers "
     "(CSV, JSON\nLines), and writes KB_DIR/<locale>/<section>/<name>.md. Says "
     "what was dropped or\nchanged on the way. Nothing is written when "
     "anything "
     "is wrong.\n",
     1, 1000, cli_import},
    {"search", "QUERY", "find the sections that answer a question",
     "Prints the best section of each article. Articles that the locale "
     "lacks come\nfrom its fallback locales and are labelled. Exits 1 when "
     "nothing is found,\nafter saying what there is instead.\n",
     1, 1000, cli_search},
    {"suggest", "PREFIX", "complete what is being typed",
     "Prints titles and questions of articles and words of the index that "
     "begin so, or\nhave a word that does. Exits 1 when nothing does.\n",
     1, 1000, cli_suggest},
    {"gate", "[KB_DIR]", "tell whether golden queries still find their article",
     "Asks every row `query<TAB>article id[#section]` of "
     "KB_DIR/queries/<locale>.tsv (kb),\nand compares with "
     "KB_DIR/queries/baseline.json. Names what has become worse, and the\n"
     "words by which it was found before, and exits 1. Each figure has an "
     "interval, in\nwhich 95 of 100 sets drawn anew from the queries lie.\n",
     0, 1, cli_gate},
    {"verify", "", "compare every byte of the index with what was published",
     "Names what is damaged and exits 1, if anything is. Reads all locales, "
     "whatever\n--locale says.\n",
     0, 0, cli_verify},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

void cli_print_error(const helpdex_error *err)
{
    char line[1200];
    helpdex_error_format(err, line, sizeof line);
    if (!err->file[0])
        fputs("helpdex: ", stderr);
    cli_print_text(line, stderr);
    fputc('\n', stderr);
}

int cli_fail(const helpdex_error *err)
{
    cli_print_error(err);
    switch (err->status) {
    case HELPDEX_INVALID:
        return EXIT_USAGE;
    case HELPDEX_IN_USE:
    case HELPDEX_INCOMPATIBLE:
        return EXIT_LOCKED;
    default:
        return EXIT_INPUT;
    }
}

bool cli_colour(const cli_options *options, int stream)
{
    const char *no_color = getenv("NO_COLOR");
    if (strcmp(options->color, "auto") != 0)
        return strcmp(options->color, "always") == 0;
    return isatty(stream) && !(no_color && *no_color);
}

int cli_finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr,
            "helpdex: cannot write the output: %s; check the disk "
            "or the pipe\n",
            strerror(errno));
    return EXIT_INPUT;
}

/* JSON with a part missing would be taken for whole: rather none at all. */
static void *allocate_or_exit(size_t size)
{
    void *bytes = malloc(size);
    if (bytes)
        return bytes;
    fputs("helpdex: out of memory; close other programs or add memory\n",
          stderr);
    _exit(EXIT_INPUT);
}

int main(int argc, char **argv)
{
    cli_options options;
    const cli_command *command;
    cJSON_InitHooks(
        &(cJSON_Hooks){.malloc_fn = allocate_or_exit, .free_fn = free});
    /* A file at its limit of size is an error like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    int status = cli_parse(argc, argv, &options, &command);
    if (status)
        return status;
    if (options.version) {
        printf("helpdex %s\n", helpdex_version());
        return cli_finish(EXIT_DONE);
    }
    if (options.help || !command) {
        cli_print_help(command, options.help ? stdout : stderr);
        return cli_finish(options.help ? EXIT_DONE : EXIT_USAGE);
    }
    return cli_finish(command->run(&options));
}
