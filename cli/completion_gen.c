/* Writes what completes the command line in bash, zsh and fish. */
#include "cli/reference_gen.h"

#include <string.h>

static void put_char(char c, const char *escaped, FILE *out)
{
    if (strchr(escaped, c))
        fputc('\\', out);
    fputc(c, out);
}

/*
 * The first line of a help text inside single quotes; `escaped` get a
 * backslash. A quote ends the quotes where `posix`, as a backslash is none
 * inside them.
 */
static void put_quoted(const char *text, const char *escaped, bool posix,
                       FILE *out)
{
    for (; *text && *text != '\n'; text++) {
        if (*text == '`' || strncmp(text, ";\n", 2) == 0)
            continue;
        if (*text == '\'')
            fputs(posix ? "'\\''" : "\\'", out);
        else
            put_char(*text, escaped, out);
    }
}

/* What a table of choices between spaces holds, without those around it. */
static void put_choices(const char *choices, FILE *out)
{
    size_t len = strlen(choices);
    fprintf(out, "%.*s", (int)(len > 2 ? len - 2 : 0), choices + 1);
}

static const char *bash_action(const char *name)
{
    switch (gen_place_of(name)) {
    case GEN_FOLDER:
        return "_helpdex_paths -d";
    case GEN_FILE:
        return "_helpdex_paths -f";
    case GEN_NOTHING:
        break;
    }
    return ":";
}

static const char bash_head[] =
    "# Completes helpdex in bash 4 and later; made from the tables of the "
    "program.\n"
    "_helpdex_paths() {\n"
    "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n\n"
    "_helpdex_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n\n"
    "_helpdex() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} "
    "prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local command='' i\n"
    "    COMPREPLY=()\n"
    "    # bash cuts --name=value in three.\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=''\n"
    "    elif [[ $prev == = ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n";

/* The first word that is neither an option nor the value of one. */
static void put_bash_command(FILE *out)
{
    const cli_option *option;
    fputs(bash_head, out);
    for (size_t i = 0, count = 0; (option = cli_option_at(i)); i++)
        if (option->value)
            fprintf(out, "%s--%s", count++ ? " | " : "        ", option->name);
    fputs(")\n            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n"
          "            ((i++)) ;;\n"
          "        -*) ;;\n"
          "        *) command=${COMP_WORDS[i]}; break ;;\n"
          "        esac\n    done\n",
          out);
}

static void put_bash_values(FILE *out)
{
    const cli_option *option;
    fputs("    case \"$command $prev\" in\n", out);
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        size_t patterns = 0;
        if (!option->value)
            continue;
        fputs("    ", out);
        if (!option->commands)
            fprintf(out, "*' --%s'", option->name);
        for (size_t c = 0; option->commands && c < cli_command_count; c++)
            if (cli_option_is_of(option, &cli_commands[c]))
                fprintf(out, "%s'%s --%s'", patterns++ ? " | " : "",
                        cli_commands[c].name, option->name);
        fputs(") ", out);
        if (option->choices) {
            fputs("_helpdex_words '", out);
            put_choices(option->choices, out);
            fputc('\'', out);
        } else {
            fputs(bash_action(option->value), out);
        }
        fputs("; return ;;\n", out);
    }
    fputs("    esac\n", out);
}

static void put_bash_options(const cli_command *command, FILE *out)
{
    const cli_option *option;
    fprintf(out, "        '%s') _helpdex_words '",
            command ? command->name : "");
    for (size_t i = 0, count = 0; (option = cli_option_at(i)); i++)
        if (cli_option_is_of(option, command))
            fprintf(out, "%s--%s", count++ ? " " : "", option->name);
    fputs("' ;;\n", out);
}

void gen_bash(FILE *out)
{
    put_bash_command(out);
    put_bash_values(out);
    fputs("    if [[ $cur == -* ]]; then\n        case $command in\n", out);
    put_bash_options(NULL, out);
    for (size_t i = 0; i < cli_command_count; i++)
        put_bash_options(&cli_commands[i], out);
    fputs("        esac\n        return\n    fi\n    case $command in\n"
          "    '') _helpdex_words '",
          out);
    for (size_t i = 0; i < cli_command_count; i++)
        fprintf(out, "%s%s", i ? " " : "", cli_commands[i].name);
    fputs("' ;;\n", out);
    for (size_t i = 0; i < cli_command_count; i++)
        fprintf(out, "    %s) %s ;;\n", cli_commands[i].name,
                bash_action(cli_commands[i].arguments));
    fputs("    esac\n}\ncomplete -F _helpdex helpdex\n", out);
}

static const char *zsh_action(const char *name)
{
    switch (gen_place_of(name)) {
    case GEN_FOLDER:
        return "_files -/";
    case GEN_FILE:
        return "_files";
    case GEN_NOTHING:
        break;
    }
    return "";
}

/* Those of the command alone; command NULL: those of all. */
static void put_zsh_options(const cli_command *command, FILE *out)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!cli_option_is_of(option, command) ||
            (command && !option->commands))
            continue;
        fprintf(out, " \\\n            '--%s%s[", option->name,
                option->value ? "=" : "");
        put_quoted(option->help, "[]:\\", true, out);
        fputc(']', out);
        if (option->value && option->choices) {
            fprintf(out, ":%s:(", option->value);
            put_choices(option->choices, out);
            fputc(')', out);
        } else if (option->value) {
            fprintf(out, ":%s:%s", option->value, zsh_action(option->value));
        }
        fputc('\'', out);
    }
}

static void put_zsh_command(const cli_command *command, FILE *out)
{
    fprintf(out, "        %s)\n            _arguments $everywhere",
            command->name);
    put_zsh_options(command, out);
    if (*command->arguments) {
        fputs(" \\\n            '*:", out);
        put_quoted(command->arguments, ":\\", true, out);
        fprintf(out, ":%s'", zsh_action(command->arguments));
    }
    fputs(" ;;\n", out);
}

void gen_zsh(FILE *out)
{
    fputs("#compdef helpdex\n"
          "# Completes helpdex in zsh; made from the tables of the program.\n"
          "_helpdex() {\n"
          "    local curcontext=$curcontext state line\n"
          "    local -a everywhere commands\n"
          "    typeset -A opt_args\n"
          "    everywhere=(",
          out);
    put_zsh_options(NULL, out);
    fputs(")\n    commands=(\n", out);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(out, "        '%s:", cli_commands[i].name);
        put_quoted(cli_commands[i].summary, ":\\", true, out);
        fputs("'\n", out);
    }
    fputs("    )\n"
          "    _arguments -C $everywhere '1:command:->command' "
          "'*::argument:->argument'\n"
          "    case $state in\n"
          "    command) _describe -t commands command commands ;;\n"
          "    argument)\n        case $words[1] in\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++)
        put_zsh_command(&cli_commands[i], out);
    fputs("        esac ;;\n    esac\n}\n_helpdex \"$@\"\n", out);
}

static const char *fish_action(const char *name)
{
    switch (gen_place_of(name)) {
    case GEN_FOLDER:
        return " -x -a '(__fish_complete_directories (commandline -ct))'";
    case GEN_FILE:
        return " -r -F";
    case GEN_NOTHING:
        break;
    }
    return " -x";
}

static void put_fish_option(const cli_option *option, FILE *out)
{
    fputs("complete -c helpdex", out);
    if (option->commands) {
        fputs(" -n '__fish_seen_subcommand_from", out);
        for (size_t c = 0; c < cli_command_count; c++)
            if (cli_option_is_of(option, &cli_commands[c]))
                fprintf(out, " %s", cli_commands[c].name);
        fputc('\'', out);
    }
    fprintf(out, " -l %s", option->name);
    if (option->choices) {
        fputs(" -x -a '", out);
        put_choices(option->choices, out);
        fputc('\'', out);
    } else if (option->value) {
        fputs(fish_action(option->value), out);
    }
    fputs(" -d '", out);
    put_quoted(option->help, "\\", false, out);
    fputs("'\n", out);
}

void gen_fish(FILE *out)
{
    const cli_option *option;
    fputs("# Completes helpdex in fish; made from the tables of the program.\n"
          "complete -c helpdex -f\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++) {
        const cli_command *command = &cli_commands[i];
        fprintf(out, "complete -c helpdex -n __fish_use_subcommand -a %s -d '",
                command->name);
        put_quoted(command->summary, "\\", false, out);
        fputs("'\n", out);
        if (gen_place_of(command->arguments) != GEN_NOTHING)
            fprintf(out,
                    "complete -c helpdex -n '__fish_seen_subcommand_from "
                    "%s'%s\n",
                    command->name,
                    gen_place_of(command->arguments) == GEN_FILE
                        ? " -F"
                        : " -a '(__fish_complete_directories "
                          "(commandline -ct))'");
    }
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        put_fish_option(option, out);
}
