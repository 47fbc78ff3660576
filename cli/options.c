/*
 * Options as rows of one table, by which getopt_long parses and --help prints.
 * An option is refused by commands that have no use for it.
 */
#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/render.h"

enum { FIRST_CODE = 256, SUGGEST_EDITS = 3 };

static const cli_option rows[] = {
    {"index", "DIR", NULL, OPTION_TEXT, offsetof(cli_options, index), NULL,
     "the index; $HELPDEX_INDEX, else ./helpdex.index"},
    {"locale", "TAG", NULL, OPTION_TEXT, offsetof(cli_options, locale), NULL,
     "the reader's locale; of `index`: that of the whole tree; of\n"
     "                     `import` and --from-contacts: of what says none"},
    {"limit", "N", " search suggest ", OPTION_NUMBER,
     offsetof(cli_options, limit), NULL,
     "how many to show, 1 to 1000, of suggest to 100 (10)"},
    {"region", "CODE", " ask search suggest ", OPTION_TEXT,
     offsetof(cli_options, region), NULL,
     "where the reader is, such as GB; leaves out what is for others"},
    {"platform", "NAME", " ask search suggest ", OPTION_TEXT,
     offsetof(cli_options, platform), NULL, "likewise, such as ios"},
    {"app-version", "V", " ask search suggest ", OPTION_TEXT,
     offsetof(cli_options, app_version), NULL,
     "the reader's version of the app, for rules, such as 4.2.1"},
    {"budget", "TOKENS", " search ", OPTION_NUMBER,
     offsetof(cli_options, budget), NULL,
     "cited passages for a language model that fit, instead of hits"},
    {"explain", NULL, " search ", OPTION_FLAG, offsetof(cli_options, explain),
     NULL, "say of each hit why it stands where it does"},
    {"batch", "FILE", " ask search suggest ", OPTION_TEXT,
     offsetof(cli_options, batch), NULL,
     "ask every line `qid<TAB>query` of FILE; - is standard input"},
    {"format", "FORMAT", " search ", OPTION_TEXT, offsetof(cli_options, format),
     " trec json ", "of a batch: trec (run lines) or json (an object a line)"},
    {"format", "FORMAT", " check ", OPTION_TEXT, offsetof(cli_options, format),
     " text json github sarif ",
     "text, json, github (annotations of a pull request) or sarif"},
    {"format", "FORMAT", " triage ", OPTION_TEXT, offsetof(cli_options, format),
     " svg dot ", "svg (a picture) or dot (for Graphviz)"},
    {"format", "FORMAT", " import ", OPTION_TEXT, offsetof(cli_options, format),
     " auto zendesk intercom csv jsonl ",
     "auto (by the ending), zendesk, intercom, csv or jsonl"},
    {"fix", NULL, " check ", OPTION_FLAG, offsetof(cli_options, fix), NULL,
     "mend what can be mended safely"},
    {"latency", "FILE", " ask search suggest ", OPTION_TEXT,
     offsetof(cli_options, latency), NULL,
     "of a batch: microseconds of each query, after an unmeasured pass"},
    {"save", NULL, " gate ", OPTION_FLAG, offsetof(cli_options, save), NULL,
     "keep what is found now as the baseline, and exit 0"},
    {"save", NULL, " check ", OPTION_FLAG, offsetof(cli_options, save), NULL,
     "write what is found now to that file, and exit 0"},
    {"save", NULL, " calibrate ", OPTION_FLAG, offsetof(cli_options, save),
     NULL, "write KB_DIR/calibration/LOCALE.yml, for the next `index`"},
    {"baseline", "FILE", " gate ", OPTION_TEXT, offsetof(cli_options, baseline),
     NULL, "the baseline; KB_DIR/queries/baseline.json"},
    {"baseline", "FILE", " check ", OPTION_TEXT,
     offsetof(cli_options, baseline), NULL,
     "findings that were there before, which are not counted"},
    {"top", "N", " classify ", OPTION_NUMBER, offsetof(cli_options, top), NULL,
     "add the next labels, N in all, 1 to 3 (1)"},
    {"precision", "PERCENT", " calibrate classify ", OPTION_NUMBER,
     offsetof(cli_options, precision), NULL,
     "how many of the answers are to be right (95)"},
    {"rejection", "PERCENT", " calibrate classify ", OPTION_NUMBER,
     offsetof(cli_options, rejection), NULL,
     "how many of the messages that have a label may be escalated (5)"},
    {"report", "FILE", " calibrate coverage gate ", OPTION_TEXT,
     offsetof(cli_options, report), NULL,
     "write the figures, of gate the changes too, as a page of HTML"},
    {"fail-under", "N", " coverage ", OPTION_NUMBER,
     offsetof(cli_options, fail_under), NULL,
     "exit 1 and name the locales that are under N percent"},
    {"all", NULL, " coverage ", OPTION_FLAG, offsetof(cli_options, all), NULL,
     "list every article, not only those that lack something"},
    {"qrels", "FILE", " gate ", OPTION_TEXT, offsetof(cli_options, qrels), NULL,
     "TREC judgements `qid 0 article relevance`, instead of KB_DIR"},
    {"queries", "FILE", " gate ", OPTION_TEXT, offsetof(cli_options, queries),
     NULL, "their queries `qid<TAB>query`"},
    {"run", "FILE", " gate ", OPTION_TEXT, offsetof(cli_options, run), NULL,
     "write the first 100 hits of each query as TREC run lines"},
    {"journal", "FILE", " search ", OPTION_TEXT, offsetof(cli_options, journal),
     NULL,
     "note what was asked, redacted, in a file or postgresql://...;\n"
     "                     $HELPDEX_JOURNAL, else none"},
    {"from-contacts", "FILE", " gate ", OPTION_TEXT,
     offsetof(cli_options, contacts), NULL,
     "instead: make golden queries of contacts (CSV, JSON Lines) that\n"
     "                     cite an article"},
    {"into", "KB_DIR", " import ", OPTION_TEXT, offsetof(cli_options, into),
     NULL, "the knowledge base to write to; made if it is not there"},
    {"force", NULL, " import ", OPTION_FLAG, offsetof(cli_options, force), NULL,
     "replace files that are there and differ"},
    {"force", NULL, " calibrate ", OPTION_FLAG, offsetof(cli_options, force),
     NULL, "save what fewer than 100 messages say"},
    {"listen", "ADDR:PORT", " serve ", OPTION_TEXT,
     offsetof(cli_options, listen), NULL,
     "where to listen, such as [::1]:8080; port 0: any (127.0.0.1:8080)"},
    {"session", "TOKEN", " ask ", OPTION_TEXT, offsetof(cli_options, session),
     NULL,
     "the conversation so far, out of the JSON of the decision before;\n"
     "                     "
     "signed with $HELPDEX_SESSION_KEY"},
    {"context", "NAME=VALUE", " ask ", OPTION_LIST,
     offsetof(cli_options, context), NULL,
     "what is known of the customer, such as account.state=frozen; as often\n"
     "                     "
     "as needed"},
    {"config", "FILE", " ask ", OPTION_TEXT, offsetof(cli_options, config),
     NULL, "where handoffs and personal flows go, as YAML: docs/handoff.md"},
    {"config", "FILE", " serve key ", OPTION_TEXT,
     offsetof(cli_options, config), NULL,
     "limits, origins and more, as YAML: docs/serving.md"},
    {"keys", "FILE", " key ", OPTION_TEXT, offsetof(cli_options, keys), NULL,
     "the file of keys; $HELPDEX_KEYS, else helpdex.keys beside --config"},
    {"scope", "SCOPE", " key ", OPTION_TEXT, offsetof(cli_options, scope),
     " public agent analyst admin ", "public, agent, analyst or admin"},
    {"name", "NAME", " key ", OPTION_TEXT, offsetof(cli_options, name), NULL,
     "whose the key is or what for, for `list`"},
    {"expires", "DATE", " key ", OPTION_TEXT, offsetof(cli_options, expires),
     NULL, "when it ends to admit, such as 2030-01-31; without it, never"},
    {"full", NULL, " index ", OPTION_FLAG, offsetof(cli_options, full), NULL,
     "build even when nothing has changed"},
    {"locales", "DIR", NULL, OPTION_TEXT, offsetof(cli_options, locales_dir),
     NULL,
     "locale packs that `index` takes instead of those built in;\n"
     "                     "
     "elsewhere without effect, because an index carries its packs"},
    {"json", NULL, NULL, OPTION_FLAG, offsetof(cli_options, json), NULL,
     "print JSON"},
    {"quiet", NULL, NULL, OPTION_FLAG, offsetof(cli_options, quiet), NULL,
     "print errors and results only"},
    {"color", "WHEN", NULL, OPTION_TEXT, offsetof(cli_options, color),
     " auto always never ", "colours: auto, always or never"},
    {"version", NULL, NULL, OPTION_FLAG, offsetof(cli_options, version), NULL,
     "print the version"},
    {"help", NULL, NULL, OPTION_FLAG, offsetof(cli_options, help), NULL,
     "print this help"},
};
enum { ROWS = sizeof rows / sizeof *rows };

const char *const cli_exit_status =
    "0 done; 1 done, and the answer is \"no\"; 2 wrong usage; 3 bad input\n"
    "or a failing system; 4 index in use or incompatible.";

static bool lists(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at++)
        if (at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

static int usage(const char *what, const char *subject, const char *remedy)
{
    fprintf(stderr, "helpdex: %s", what);
    cli_print_text(subject, stderr);
    fprintf(stderr, "; %s\n", remedy);
    return EXIT_USAGE;
}

/* "did you mean X?", or where to look. */
static const char *suggestion(const char *wrong, const char *prefix,
                              const char *(*name_of)(size_t), size_t count)
{
    static char text[96];
    size_t least = SUGGEST_EDITS;
    snprintf(text, sizeof text, "see helpdex --help");
    for (size_t i = 0; i < count; i++) {
        size_t edits = hdx_str_distance(wrong, name_of(i));
        if (edits < least) {
            least = edits;
            snprintf(text, sizeof text, "did you mean %s%s?", prefix,
                     name_of(i));
        }
    }
    return text;
}

static const char *row_name(size_t at)
{
    return rows[at].name;
}

static const char *command_name(size_t at)
{
    return cli_commands[at].name;
}

static int set_number(const cli_option *row, const char *value, long *out)
{
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno || *end || end == value || number < 1)
        return usage("not a number from 1: ", value, row->help);
    *out = number;
    return EXIT_DONE;
}

static int set_option(const cli_option *row, const char *value,
                      cli_options *options)
{
    char *at = (char *)options + row->offset;
    if (row->kind == OPTION_FLAG) {
        *(bool *)at = true;
    } else if (row->kind == OPTION_NUMBER) {
        return set_number(row, value, (long *)(void *)at);
    } else if (row->kind == OPTION_LIST) {
        cli_list *list = (cli_list *)(void *)at;
        if (list->count == CLI_LIST_MOST)
            return usage("too often: --", row->name, row->help);
        list->items[list->count++] = value;
    } else {
        memcpy(at, &value, sizeof value);
    }
    return EXIT_DONE;
}

static void fill_long_options(struct option *out)
{
    for (int i = 0; i < ROWS; i++)
        out[i] = (struct option){.name = rows[i].name,
                                 .has_arg = rows[i].value ? required_argument
                                                          : no_argument,
                                 .val = FIRST_CODE + i};
    out[ROWS] = (struct option){0};
}

static int find_command(const char *name, const cli_command **command)
{
    for (size_t i = 0; i < cli_command_count; i++)
        if (strcmp(cli_commands[i].name, name) == 0) {
            *command = &cli_commands[i];
            return EXIT_DONE;
        }
    return usage("no such command: ", name,
                 suggestion(name, "", command_name, cli_command_count));
}

/* Says what getopt_long, which has come to `word`, will not take. */
static int refuse_option(int code, const char *word)
{
    const char letter[] = {'-', (char)optopt, '\0'};
    char name[64];
    if (code == ':')
        return usage("a value is missing after ", word, "see --help");
    if (optopt >= FIRST_CODE) {
        snprintf(name, sizeof name, "--%s", rows[optopt - FIRST_CODE].name);
        return usage(name, " takes no value", "see --help");
    }
    if (optopt) /* of several letters, `word` may be the word before */
        return usage("no such option: ", letter, "see helpdex --help");
    word += strspn(word, "-");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    return usage("no such option: --", name,
                 suggestion(name, "--", row_name, ROWS));
}

/* The row of an option as a command takes it: rows may share a name. NULL: it
   does not. */
static const cli_option *row_for(const cli_command *command, const char *name)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].name, name) == 0 &&
            cli_option_is_of(&rows[i], command))
            return &rows[i];
    return NULL;
}

static int check_choice(const cli_option *row, const cli_options *options)
{
    const char *value = NULL;
    if (row->choices)
        memcpy(&value, (const char *)options + row->offset, sizeof value);
    if (value && (!*value || strchr(value, ' ') || !lists(row->choices, value)))
        return usage("not a choice: ", value, row->help);
    return EXIT_DONE;
}

static int check_use(const cli_command *command, const bool *used,
                     const cli_options *options)
{
    for (size_t i = 0; i < ROWS; i++) {
        const cli_option *row = used[i] ? row_for(command, rows[i].name) : NULL;
        if (used[i] && !row)
            return usage("not an option of this command: --", rows[i].name,
                         "see its --help");
        if (row && check_choice(row, options))
            return EXIT_USAGE;
    }
    if (options->help || options->version)
        return EXIT_DONE;
    if (options->arg_count < command->least_args && !options->batch)
        return usage("too few arguments to ", command->name, "see its --help");
    if (options->arg_count > command->most_args)
        return usage("too many arguments to ", command->name, "see its --help");
    return EXIT_DONE;
}

int cli_parse(int argc, char *const *argv, cli_options *options,
              const cli_command **command)
{
    struct option long_options[ROWS + 1];
    bool used[ROWS] = {false};
    const char *index = getenv("HELPDEX_INDEX");
    const char *journal = getenv("HELPDEX_JOURNAL");
    const char *keys = getenv("HELPDEX_KEYS");
    *command = NULL;
    *options = (cli_options){.index = index && *index ? index : "helpdex.index",
                             .keys = keys && *keys ? keys : NULL,
                             .journal = journal && *journal ? journal : NULL,
                             .color = "auto",
                             .limit = 10};
    fill_long_options(long_options);
    opterr = 0;
    int code;
    while ((code = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
        if (code == ':' || code == '?')
            return refuse_option(code, argv[optind - 1]);
        used[code - FIRST_CODE] = true;
        int status = set_option(&rows[code - FIRST_CODE], optarg, options);
        if (status)
            return status;
    }
    if (optind == argc)
        return EXIT_DONE;
    int status = find_command(argv[optind], command);
    options->args = argv + optind + 1;
    options->arg_count = argc - optind - 1;
    return status ? status : check_use(*command, used, options);
}

const cli_option *cli_option_at(size_t at)
{
    return at < ROWS ? &rows[at] : NULL;
}

bool cli_option_is_of(const cli_option *option, const cli_command *command)
{
    if (!command || !option->commands)
        return !option->commands;
    return lists(option->commands, command->name);
}

static void print_row(const cli_option *row, FILE *out)
{
    char left[48];
    snprintf(left, sizeof left, "--%s%s%s", row->name, row->value ? " " : "",
             row->value ? row->value : "");
    fprintf(out, "  %-18s %s\n", left, row->help);
}

void cli_print_help(const cli_command *command, FILE *out)
{
    if (command) {
        fprintf(out, "Usage: helpdex %s %s\n\n%s\n\n%s\nOptions:\n",
                command->name, command->arguments, command->summary,
                command->details);
    } else {
        fprintf(out,
                "Usage: helpdex COMMAND [ARGUMENTS] [OPTIONS]\n\n"
                "Turns a folder of translated markdown articles into answers, "
                "in the customer's\nown language.\n\nCommands:\n");
        for (size_t i = 0; i < cli_command_count; i++)
            fprintf(out, "  %-8s %-10s %s\n", cli_commands[i].name,
                    cli_commands[i].arguments, cli_commands[i].summary);
        fputs("\nOptions of all commands (each has its own --help):\n", out);
    }
    for (size_t i = 0; i < ROWS; i++)
        if (cli_option_is_of(&rows[i], command))
            print_row(&rows[i], out);
    fprintf(out, "\nExit status: %s\n", cli_exit_status);
}
