/*
 * How a command ends: what is said of an error, the status that stands for it,
 * and whether all that was printed has arrived.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/render.h"

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
