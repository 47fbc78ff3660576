/* helpdex mcp: the tools of language models on standard input and output. */
#include <stdlib.h>

#include "cli/cli.h"
#include "server/mcp.h"

int cli_mcp(const cli_options *options)
{
    helpdex_error err;
    const char *key = getenv("HELPDEX_KEY");
    const char *session_key = getenv("HELPDEX_SESSION_KEY");
    hdx_mcp_options mcp = {.index_dir = options->index,
                           .config = options->config,
                           .keys = options->keys,
                           .key = key && *key ? key : NULL,
                           .session_key =
                               session_key && *session_key ? session_key : NULL,
                           .reader = {options->locale, options->region,
                                      options->platform, options->app_version}};
    return hdx_mcp_run(&mcp, &err) ? cli_fail(&err) : EXIT_DONE;
}
