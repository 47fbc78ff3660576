/*
 * helpdex triage graph: draws triage paths. The picture is made by Graphviz's
 * program `dot`, run without a shell; it reads a file of ours, because whoever
 * writes to a program and reads from it can wait for it for ever.
 */
#include <helpdex/triage.h>

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/render.h"

enum { NOT_FOUND_BY_SHELL = 127 };

extern char **environ;

static helpdex_status no_graphviz(int code, helpdex_error *err)
{
    return hdx_fail(err, HELPDEX_IO,
                    "cannot run Graphviz's dot: %s; install it (apt-get "
                    "install graphviz), or print the graph with --format dot",
                    strerror(code));
}

/* A file without a name that holds the text, to be read from its begin. */
static helpdex_status keep(const char *text, FILE **out, helpdex_error *err)
{
    *out = tmpfile();
    if (*out && fputs(text, *out) >= 0 && fflush(*out) == 0 &&
        fseek(*out, 0, SEEK_SET) == 0)
        return HELPDEX_OK;
    return hdx_fail(err, HELPDEX_IO,
                    "cannot write a temporary file: %s; check $TMPDIR and the "
                    "disk",
                    strerror(errno));
}

static helpdex_status await(pid_t child, helpdex_error *err)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return hdx_fail(err, HELPDEX_IO,
                            "cannot wait for dot: %s; try "
                            "again",
                            strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND_BY_SHELL)
        return no_graphviz(ENOENT, err);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? HELPDEX_OK
               : hdx_fail(err, HELPDEX_IO,
                          "dot could not draw the graph, and said why above; "
                          "print it with --format dot");
}

/* Lets `dot` read a file and write the picture to standard output. */
static helpdex_status run_dot(FILE *graph, helpdex_error *err)
{
    char name[] = "dot", format[] = "-Tsvg";
    char *const arguments[] = {name, format, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    fflush(stdout);
    if (posix_spawn_file_actions_init(&actions))
        return hdx_fail_nomem(err);
    int code =
        posix_spawn_file_actions_adddup2(&actions, fileno(graph), STDIN_FILENO);
    if (!code)
        code = posix_spawnp(&child, name, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return code ? no_graphviz(code, err) : await(child, err);
}

static int print(const helpdex_drawing *drawing, const char *format)
{
    helpdex_error err;
    FILE *graph = NULL;
    if (format && strcmp(format, "dot") == 0) {
        fputs(helpdex_drawing_dot(drawing), stdout);
        return EXIT_DONE;
    }
    helpdex_status status = keep(helpdex_drawing_dot(drawing), &graph, &err);
    if (!status)
        status = run_dot(graph, &err);
    if (graph)
        fclose(graph);
    return status ? cli_fail(&err) : EXIT_DONE;
}

int cli_triage(const cli_options *o)
{
    helpdex_triage_options options;
    helpdex_drawing *drawing;
    helpdex_error err;
    if (strcmp(o->args[0], "graph") != 0) {
        fputs("helpdex: triage does not know ", stderr);
        cli_print_text(o->args[0], stderr);
        fputs("; write helpdex triage graph KB_DIR\n", stderr);
        return EXIT_USAGE;
    }
    helpdex_triage_options_init(&options);
    options.path = o->arg_count > 2 ? o->args[2] : NULL;
    options.locale = o->locale;
    options.locales_dir = o->locales_dir;
    if (helpdex_triage_draw(o->args[1], &options, &drawing, &err))
        return cli_fail(&err);
    int code = print(drawing, o->format);
    helpdex_drawing_free(drawing);
    return code;
}
