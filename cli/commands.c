/*
 * The commands as rows of one table, by which the program runs them and prints
 * its help, and from which the manual is made (cli/reference_gen.c).
 */
#include "cli/cli.h"

const cli_command cli_commands[] = {
    {"index", "KB_DIR", "build or update the index of a knowledge base",
     "Reads KB_DIR/<locale>/<category>/<slug>.md, or with --locale one tree "
     "of that\nlocale, and publishes all locales together. When a file "
     "cannot be read as an\narticle, every such fault is printed and the old "
     "index goes on serving.\n",
     1, 1, cli_index},
    {"check", "KB_DIR", "tell writers and translators what to mend",
     "Reads KB_DIR as `index` does, and prints `file:line:col: error|warning: "
     "what [rule]`;\ndocs/lint.md has the rules. Exits 1 when there is an "
     "error. An index (--index) is\nasked what translations were made from. "
     "What a baseline has is not counted.\n",
     1, 1, cli_check},
    {"search", "QUERY", "find the sections that answer a question",
     "Prints the best section of each article. Articles that the locale "
     "lacks come\nfrom its fallback locales and are labelled. Exits 1 when "
     "nothing is found,\nafter saying what there is instead.\n",
     1, 1000, cli_search},
    {"suggest", "PREFIX", "complete what is being typed",
     "Prints titles and questions of articles and words of the index that "
     "begin so, or\nhave a word that does. Exits 1 when nothing does.\n",
     1, 1000, cli_suggest},
    {"coverage", "KB_DIR", "tell what is translated, stale or missing",
     "Compares the articles of each locale with those of the default one. A "
     "translation\nis stale when sections of its source have changed since the "
     "index first saw it;\nwithout an index the dates of git tell. --locale "
     "shows one locale.\n",
     1, 1, cli_coverage},
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
