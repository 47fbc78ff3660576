/*
 * The command line: one table of options drives parsing and help, one file
 * holds each command. Commands see the library as any user does.
 */
#ifndef HDX_CLI_H
#define HDX_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <helpdex/error.h>

/* What the program exits with. */
enum {
    EXIT_DONE = 0,
    EXIT_NO = 1,    /* done, and the answer is "no" */
    EXIT_USAGE = 2, /* wrong usage */
    EXIT_INPUT = 3, /* bad input, or the system failed */
    EXIT_LOCKED = 4 /* index in use or incompatible */
};

/* The same for people, in lines. */
extern const char *const cli_exit_status;

/* What an option says that may be given again and again. */
enum { CLI_LIST_MOST = 32 };
typedef struct cli_list {
    const char *items[CLI_LIST_MOST];
    size_t count;
} cli_list;

typedef struct cli_options {
    const char *index; /* never NULL */
    const char *locale;
    const char *locales_dir;
    const char *color; /* auto, always or never */
    const char *batch;
    const char *format; /* trec or json; NULL: not said */
    const char *latency;
    const char *region;
    const char *platform;
    const char *app_version;
    const char *qrels;
    const char *queries;
    const char *run;
    const char *baseline;
    const char *report;
    const char *keys; /* NULL: beside the configuration */
    const char *scope;
    const char *name;
    const char *expires;
    const char *into;
    const char *contacts;
    const char *journal; /* NULL: none */
    const char *listen;  /* NULL: not said */
    const char *config;  /* likewise */
    const char *session; /* likewise */
    cli_list context;    /* each NAME=VALUE */
    long limit;
    long fail_under; /* percent; 0: not said */
    long budget;     /* 0: not said */
    long top;        /* likewise, as are the next two */
    long precision;  /* percent */
    long rejection;  /* percent */
    bool all;
    bool explain;
    bool fix;
    bool save;
    bool json;
    bool quiet;
    bool full;
    bool force;
    bool help;
    bool version;
    char *const *args; /* what is no option */
    int arg_count;
} cli_options;

typedef struct cli_command {
    const char *name;
    const char *arguments;
    const char *summary;
    const char *details;
    int least_args;
    int most_args;
    int (*run)(const cli_options *options);
} cli_command;

extern const cli_command cli_commands[];
extern const size_t cli_command_count;

int cli_ask(const cli_options *options);
int cli_calibrate(const cli_options *options);
int cli_classify(const cli_options *options);
int cli_coverage(const cli_options *options);
int cli_check(const cli_options *options);
int cli_gate(const cli_options *options);
int cli_key(const cli_options *options);
int cli_import(const cli_options *options);
int cli_index(const cli_options *options);
int cli_search(const cli_options *options);
int cli_serve(const cli_options *options);
int cli_suggest(const cli_options *options);
int cli_triage(const cli_options *options);
int cli_verify(const cli_options *options);

/*
 * Parses the command line. `*command` is NULL when none was given. Returns
 * EXIT_DONE, or EXIT_USAGE after saying what is wrong.
 */
int cli_parse(int argc, char *const *argv, cli_options *options,
              const cli_command **command);

typedef enum cli_option_kind {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_NUMBER,
    OPTION_LIST
} cli_option_kind;

typedef struct cli_option {
    const char *name;
    const char *value;    /* how help calls it; NULL for a flag */
    const char *commands; /* that take it, between spaces; NULL: all */
    cli_option_kind kind;
    size_t offset;       /* of its value in cli_options */
    const char *choices; /* between spaces; NULL: any */
    const char *help;
} cli_option;

/* The options in the order of help; NULL behind the last. */
const cli_option *cli_option_at(size_t at);

/* Whether a command takes the option; command NULL: whether all do. */
bool cli_option_is_of(const cli_option *option, const cli_command *command);

/* The request that the options ask for; its query is empty. */
struct helpdex_request;
void cli_fill_request(const cli_options *options,
                      struct helpdex_request *request);

/* Prints the help of a command; NULL: of the program. */
void cli_print_help(const cli_command *command, FILE *out);

/* Prints an error to standard error, as one line that says where and what. */
void cli_print_error(const helpdex_error *err);

/* The same, and gives the status to exit with. */
int cli_fail(const helpdex_error *err);

/* Whether to colour what goes to `stream`, a file descriptor. */
bool cli_colour(const cli_options *options, int stream);

/* Flushes standard output; EXIT_INPUT when it could not be written. */
int cli_finish(int status);

#endif
