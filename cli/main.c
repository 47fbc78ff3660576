/* The program: finds the command and runs it. */
#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

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
