/* What people and programs see of the gate. */
#include "cli/render_gate.h"

#include "cli/render.h"

#define BOLD "\033[1m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

static int tag_width(const hdx_gate *gate)
{
    size_t width = sizeof "locale" - 1;
    for (size_t i = 0; i < gate->count; i++)
        if (strlen(gate->locales[i].locale) > width)
            width = strlen(gate->locales[i].locale);
    return (int)width;
}

static void print_row(int width, const char *locale, const hdx_measurement *m)
{
    printf("%-*s  %7zu", width, locale, m->count);
    for (int i = 0; i < HDX_ZERO; i++)
        printf("  %.3f %.2f-%.2f", m->figures[i].mean, m->figures[i].low,
               m->figures[i].high);
    printf("  %.3f\n", m->figures[HDX_ZERO].mean);
}

static void print_table(const hdx_gate *gate, const char *title, bool own,
                        bool colour)
{
    int width = tag_width(gate);
    printf("%s%s%s\n%-*s  %7s", colour ? BOLD : "", title, colour ? PLAIN : "",
           width, "locale", "queries");
    for (int i = 0; i < HDX_ZERO; i++)
        printf("  %-15s", hdx_metric_names[i].label);
    printf("  %s\n", hdx_metric_names[HDX_ZERO].label);
    for (size_t i = 0; i < gate->count; i++) {
        const hdx_gate_locale *l = &gate->locales[i];
        const hdx_measurement *m = own ? &l->questions : &l->golden;
        if (m->count)
            print_row(width, l->locale, m);
    }
    putchar('\n');
}

static bool has_questions(const hdx_gate *gate)
{
    for (size_t i = 0; i < gate->count; i++)
        if (gate->locales[i].questions.count)
            return true;
    return false;
}

static void print_rank(unsigned rank)
{
    if (rank)
        printf("%u", rank);
    else
        fputs("not found", stdout);
}

/* By which words an article was found that is not among the hits any more. */
static void print_lost_words(const hdx_change *change)
{
    for (size_t i = 0, shown = 0; i < change->word_count; i++) {
        fputs(shown++ ? ", " : "    was found by: ", stdout);
        cli_print_text(change->words[i].word, stdout);
        printf(" (%s)", change->words[i].before);
    }
    if (change->word_count)
        putchar('\n');
}

static void print_moved_words(const hdx_change *change)
{
    for (size_t i = 0; i < change->word_count; i++) {
        const hdx_word_change *word = &change->words[i];
        fputs("    ", stdout);
        cli_print_text(word->word, stdout);
        printf(": %s -> %s\n", word->before ? word->before : "not found",
               word->now ? word->now : "not found");
    }
    if (change->before && !change->word_count && !change->match_lost)
        puts("    its words are found as before");
}

/* What became of the words, and who stands first instead. */
static void print_reasons(const hdx_change *change)
{
    const hdx_outcome *now = change->now;
    if (now->gone)
        puts("    no locale of the index has this article");
    if (now->instead) {
        fputs("    the article is found, but in #", stdout);
        cli_print_text(now->instead, stdout);
        putchar('\n');
    }
    if (change->match_lost && now->rank)
        puts("    was its title or one of its questions, word for word");
    if (now->rank)
        print_moved_words(change);
    else if (!now->gone)
        print_lost_words(change);
    if (now->rank != 1 && now->first) {
        fputs("    first now: ", stdout);
        cli_print_text(now->first, stdout);
        putchar('\n');
    }
}

static void print_change(const char *locale, const hdx_change *change)
{
    const hdx_right *right = change->now->right;
    printf("  %s  ", locale);
    cli_print_text(right->article, stdout);
    if (right->section) {
        putchar('#');
        cli_print_text(right->section, stdout);
    }
    fputs("  ", stdout);
    print_rank(change->before);
    fputs(" -> ", stdout);
    print_rank(change->now->rank);
    fputs("  ", stdout);
    cli_print_text(change->now->golden->query, stdout);
    putchar('\n');
    print_reasons(change);
}

static void print_changes(const hdx_gate *gate, bool worse)
{
    for (size_t i = 0; i < gate->count; i++) {
        const hdx_gate_locale *l = &gate->locales[i];
        for (size_t n = 0; n < l->change_count; n++)
            if (l->changes[n].worse == worse)
                print_change(l->locale, &l->changes[n]);
    }
}

static void print_comparison(const hdx_gate *gate, bool colour)
{
    const char *plain = colour ? PLAIN : "";
    size_t fresh = 0, dropped = gate->forgotten;
    for (size_t i = 0; i < gate->count; i++) {
        fresh += gate->locales[i].fresh;
        dropped += gate->locales[i].dropped;
    }
    if (gate->worse)
        printf("%sworse than the baseline: %zu%s\n", colour ? RED : "",
               gate->worse, plain);
    print_changes(gate, true);
    if (gate->better)
        printf("%sbetter than the baseline: %zu%s\n", colour ? GREEN : "",
               gate->better, plain);
    print_changes(gate, false);
    if (!gate->worse && !gate->better)
        puts("as in the baseline");
    if (fresh || dropped)
        printf("not in the baseline: %zu; no longer asked: %zu\n", fresh,
               dropped);
}

void cli_print_gate(const hdx_gate *gate, bool colour)
{
    print_table(gate, "golden queries", false, colour);
    if (has_questions(gate))
        print_table(gate,
                    "the articles' own questions; they are indexed, and so "
                    "stand apart",
                    true, colour);
    if (gate->compared)
        print_comparison(gate, colour);
}

static cJSON *measurement_json(const hdx_measurement *m)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddNumberToObject(item, "queries", (double)m->count);
    for (int i = 0; i < HDX_METRICS; i++) {
        const hdx_figure *figure = &m->figures[i];
        cJSON *of = cJSON_AddObjectToObject(item, hdx_metric_names[i].key);
        cJSON_AddNumberToObject(of, "mean", cli_decimals(figure->mean));
        cJSON_AddNumberToObject(of, "low", cli_decimals(figure->low));
        cJSON_AddNumberToObject(of, "high", cli_decimals(figure->high));
    }
    return item;
}

static cJSON *text_or_null(const char *text)
{
    return text ? cJSON_CreateString(text) : cJSON_CreateNull();
}

static cJSON *rank_json(unsigned rank)
{
    return rank ? cJSON_CreateNumber(rank) : cJSON_CreateNull();
}

static cJSON *outcome_json(const hdx_outcome *outcome)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "query", outcome->golden->query);
    cJSON_AddStringToObject(item, "id", outcome->right->article);
    cJSON_AddItemToObject(item, "section",
                          text_or_null(outcome->right->section));
    cJSON_AddItemToObject(item, "rank", rank_json(outcome->rank));
    cJSON_AddItemToObject(item, "first", text_or_null(outcome->first));
    cJSON_AddBoolToObject(item, "gone", outcome->gone);
    return item;
}

static cJSON *change_json(const hdx_change *change)
{
    cJSON *item = outcome_json(change->now);
    cJSON_AddItemToObject(item, "before", rank_json(change->before));
    cJSON_AddBoolToObject(item, "match_lost", change->match_lost);
    cJSON *words = cJSON_AddArrayToObject(item, "words");
    for (size_t i = 0; i < change->word_count; i++) {
        const hdx_word_change *from = &change->words[i];
        cJSON *word = cJSON_CreateObject();
        cJSON_AddStringToObject(word, "word", from->word);
        cJSON_AddItemToObject(word, "before", text_or_null(from->before));
        cJSON_AddItemToObject(word, "now", text_or_null(from->now));
        cJSON_AddItemToArray(words, word);
    }
    return item;
}

/* Those whose article is not first. */
static void add_missed(cJSON *to, const hdx_measurement *m)
{
    cJSON *list = cJSON_AddArrayToObject(to, "missed");
    for (size_t i = 0; i < m->count; i++)
        if (m->outcomes[i].rank != 1)
            cJSON_AddItemToArray(list, outcome_json(&m->outcomes[i]));
}

static cJSON *locale_json(const hdx_gate_locale *l)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "locale", l->locale);
    cJSON *golden = measurement_json(&l->golden);
    cJSON *questions = measurement_json(&l->questions);
    cJSON_AddItemToObject(item, "golden", golden);
    cJSON_AddItemToObject(item, "questions", questions);
    add_missed(golden, &l->golden);
    add_missed(questions, &l->questions);
    cJSON *worse = cJSON_AddArrayToObject(item, "worse");
    cJSON *better = cJSON_AddArrayToObject(item, "better");
    for (size_t i = 0; i < l->change_count; i++)
        cJSON_AddItemToArray(l->changes[i].worse ? worse : better,
                             change_json(&l->changes[i]));
    cJSON_AddNumberToObject(item, "new", (double)l->fresh);
    cJSON_AddNumberToObject(item, "dropped", (double)l->dropped);
    return item;
}

void cli_print_gate_json(const hdx_gate *gate, const char *generation)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "generation", generation);
    cJSON_AddBoolToObject(root, "compared", gate->compared);
    cJSON_AddNumberToObject(root, "worse", (double)gate->worse);
    cJSON_AddNumberToObject(root, "better", (double)gate->better);
    cJSON_AddNumberToObject(root, "forgotten", (double)gate->forgotten);
    cJSON *list = cJSON_AddArrayToObject(root, "locales");
    for (size_t i = 0; i < gate->count; i++)
        cJSON_AddItemToArray(list, locale_json(&gate->locales[i]));
    cli_print_json(root, false);
}
