/* helpdex serve: says where it listens, and serves. */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/render.h"
#include "server/server.h"

/* Programs that start it read the line to learn the port. */
static void say_address(void *context, const char *address)
{
    const cli_options *options = context;
    if (options->json) {
        hdx_buf out = {0};
        hdx_json json = cli_json(&out, true);
        hdx_json_object(&json, NULL);
        hdx_json_text(&json, "address", address);
        hdx_json_end_object(&json);
        cli_print_buffer(&out);
    } else if (!options->quiet) {
        printf("serving on http://%s\n", address);
    }
    fflush(stdout);
}

int cli_serve(const cli_options *options)
{
    helpdex_error err;
    cli_options copy = *options;
    hdx_server_options server = {.index_dir = options->index,
                                 .listen = options->listen,
                                 .config = options->config,
                                 .keys = options->keys};
    return hdx_server_run(&server, say_address, &copy, &err) ? cli_fail(&err)
                                                             : EXIT_DONE;
}
