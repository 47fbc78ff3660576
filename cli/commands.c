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
    {"import", "FILE|DIR...",
     "turn exports of other help centres into articles",
     "Reads articles of Zendesk and Intercom (JSON), and questions with "
     "answers (CSV, JSON\nLines), and writes "
     "KB_DIR/<locale>/<section>/<name>.md. Says what was dropped or\nchanged "
     "on the way. Nothing is written when anything is wrong.\n",
     1, 1000, cli_import},
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
    {"ask", "[MESSAGE]",
     "answer a customer, ask back, or hand over to a person",
     "Decides what to say to a message, out of articles, triage paths and "
     "rules "
     "alone. Without\na message it is a conversation: every line of standard "
     "input is one. With --json or\n--batch decisions are printed as JSON.\n",
     0, 1000, cli_ask},
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
    {"triage", "graph KB_DIR [PATH]", "draw the triage paths",
     "Prints the ways that a customer is led, and where a person takes over, "
     "as a\npicture (SVG, drawn by Graphviz): all paths of KB_DIR/triage, or "
     "the one called\nPATH. --locale shows the texts of another locale.\n",
     2, 3, cli_triage},
    {"gate", "[KB_DIR]", "tell whether golden queries still find their article",
     "Asks every row `query<TAB>article id[#section]` of "
     "KB_DIR/queries/<locale>.tsv (kb),\nand compares with "
     "KB_DIR/queries/baseline.json. Names what has become worse, and the\n"
     "words by which it was found before, and exits 1. Each figure has an "
     "interval, in\nwhich 95 of 100 sets drawn anew from the queries lie.\n",
     0, 1, cli_gate},
    {"serve", "", "answer over HTTP",
     "Serves search, suggestions and articles as JSON until SIGTERM, and takes "
     "up each new\ngeneration of the index as it is published. SIGHUP reads "
     "the configuration again.\nWithout keys it listens for this machine "
     "alone. The log is JSON on standard error.\n",
     0, 0, cli_serve},
    {"classify", "TRAIN.tsv TEST.tsv", "tell which label an utterance is of",
     "Learns from rows `label<TAB>utterance` (label oos: out of the scope of "
     "all), and prints\n`label<TAB>confidence<TAB>decision` for each row of "
     "TEST.tsv, of which the utterance is\nwhat follows the first tab: the "
     "best "
     "label always, the probability that it is right,\nand answer, clarify or "
     "escalate.\n",
     2, 2, cli_classify},
    {"calibrate", "KB_DIR MESSAGES.tsv",
     "measure how far the confidence of decisions can be trusted",
     "Asks the index every row `message<TAB>article id` (id -: nothing answers "
     "it), and prints\nhow often what was said was right, and how much would "
     "be answered, as it is and\ncalibrated, with intervals; each message by a "
     "curve of others. --save keeps the curve.\n",
     2, 2, cli_calibrate},
    {"key", "create|list|revoke [ID]", "make, list and revoke keys of serve",
     "create --scope SCOPE prints a new key, once: what is kept is a hash. "
     "A public key\nmay search, ask and send feedback, an agent's contacts "
     "too, an analyst's insights\ntoo, an admin's everything. A running server "
     "heeds what is revoked at once.\n",
     1, 2, cli_key},
    {"verify", "", "compare every byte of the index with what was published",
     "Names what is damaged and exits 1, if anything is. Reads all locales, "
     "whatever\n--locale says.\n",
     0, 0, cli_verify},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;
