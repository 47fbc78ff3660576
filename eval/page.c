/*
 * The page: an overview, then a card for each locale. Plots are SVG with places
 * in percent, so that they fit any screen and lines stay as thin as they are.
 * Colours are variables, for light and dark; whatever colour says, a word says,
 * too. Queries may run from right to left, so each stands in its own <bdi>.
 */
#include "eval/page.h"

#include "eval/html.h"

#define ARROW " \xE2\x86\x92 "
#define SHARE(part, all) (100.0 * (double)(part) / (double)((all) ? (all) : 1))

static const char *const style =
    ".row{display:grid;grid-template-columns:6rem 1fr 7.5rem;gap:1rem;"
    "align-items:center;min-height:1.9rem}"
    ".row .num{font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".axis{color:var(--soft);font-size:.75rem;min-height:0}"
    ".axis div{display:flex;justify-content:space-between}"
    "svg{display:block;width:100%;height:1.25rem;overflow:visible}"
    ".track{stroke:var(--line);stroke-width:1}"
    ".band{stroke:var(--band);stroke-width:9;stroke-linecap:round}"
    ".dot{fill:var(--main)}.own .band{stroke:var(--ownband)}"
    ".own .dot{fill:var(--own)}"
    ".was{fill:var(--card);stroke:var(--ink);stroke-width:2}"
    ".ranks{height:1.5rem;border-radius:6px;overflow:hidden}"
    ".r1{fill:var(--r1)}.r2{fill:var(--r2)}.r3{fill:var(--r3)}"
    ".r4{fill:var(--r4)}.r5{fill:var(--r5)}"
    ".key{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;font-size:.85rem;"
    "color:var(--soft);margin-top:.4rem}"
    ".key svg{display:inline-block;width:.75rem;height:.75rem;"
    "margin-right:.4rem;vertical-align:-.05rem}"
    ".change{border-top:1px solid var(--line);padding:.7rem 0;display:grid;"
    "gap:.1rem 2.5rem;align-items:center;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}"
    ".change .asked{font-weight:600}"
    ".worse .to{fill:var(--bad)}.worse .way{stroke:var(--bad)}"
    ".better .to{fill:var(--good)}.better .way{stroke:var(--good)}"
    ".scale{border:0;padding:0}.scale text{fill:var(--soft);"
    "font-size:.75rem;text-anchor:middle}"
    ".move{overflow:hidden;padding:.25rem 1.25rem}"
    ".way{stroke-width:3}.tick{stroke:var(--line);stroke-width:1}"
    "th,td{padding:.4rem 1rem .4rem 0;border-top:1px solid var(--line);"
    "vertical-align:top}td:first-child{min-width:13rem}"
    "td:nth-child(3){min-width:6rem}"
    "@media(max-width:34rem){.card{padding:1rem}"
    ".row{grid-template-columns:4.7rem 1fr 6.6rem;gap:.75rem;"
    "font-size:.9rem}}";

static void add_code(hdx_buf *out, const char *text)
{
    hdx_html_add(out, "<code>");
    hdx_html_escaped(out, text);
    hdx_html_add(out, "</code>");
}

static void add_query(hdx_buf *out, const char *locale, const char *query)
{
    hdx_html_add(out, "<bdi lang=\"");
    hdx_html_escaped(out, locale);
    hdx_html_add(out, "\">");
    hdx_html_escaped(out, query);
    hdx_html_add(out, "</bdi>");
}

static void add_rank(hdx_buf *out, unsigned rank)
{
    if (rank)
        hdx_html_format(out, "%u", rank);
    else
        hdx_html_add(out, "not found");
}

/* A figure on a scale from 0 to 1; `before` is below 0 when not known. */
static void add_figure(hdx_buf *out, const char *label, const hdx_figure *f,
                       double before)
{
    hdx_html_add(out, "<div class=\"row\"><span>");
    hdx_html_escaped(out, label);
    hdx_html_format(
        out,
        "</span><svg role=\"img\" aria-label=\"%.3f, interval %.2f to "
        "%.2f\"><line class=\"track\" x1=\"0\" x2=\"100%%\" y1=\"50%%\" "
        "y2=\"50%%\"/><line class=\"band\" x1=\"%.2f%%\" x2=\"%.2f%%\" "
        "y1=\"50%%\" y2=\"50%%\"/>",
        f->mean, f->low, f->high, 100 * f->low, 100 * f->high);
    if (before >= 0)
        hdx_html_format(
            out, "<circle class=\"was\" cx=\"%.2f%%\" cy=\"50%%\" r=\"6\"/>",
            100 * before);
    hdx_html_format(
        out,
        "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"50%%\" r=\"4.5\"/>"
        "</svg><span class=\"num\">%.3f <small>%.2f\xE2\x80\x93%.2f"
        "</small></span></div>",
        100 * f->mean, f->mean, f->low, f->high);
}

static void add_axis(hdx_buf *out)
{
    hdx_html_add(out,
                 "<div class=\"row axis\"><span></span><div><span>0</span>"
                 "<span>0.5</span><span>1</span></div><span></span></div>");
}

static void add_figures(hdx_buf *out, const hdx_measurement *m,
                        const hdx_kept_locale *before, bool own)
{
    hdx_html_add(out,
                 own ? "<div class=\"own\"><h3>The articles\xE2\x80\x99 own "
                       "questions</h3>"
                     : "<div><h3>Golden queries</h3>");
    for (int i = 0; i < HDX_ZERO; i++)
        add_figure(out, hdx_metric_names[i].label, &m->figures[i],
                   before ? before->means[i] : -1);
    add_axis(out);
    hdx_html_add(out, "</div>");
}

/* Where the right articles stand, as shares of one bar. */
static void add_ranks(hdx_buf *out, const hdx_measurement *m)
{
    static const char *const names[] = {
        "first", "second or third", "fourth to tenth", "later", "not found"};
    enum { CLASSES = sizeof names / sizeof *names };
    size_t counts[CLASSES] = {0}, before = 0;
    for (size_t i = 0; i < m->count; i++) {
        unsigned rank = m->outcomes[i].rank;
        counts[!rank             ? 4
               : rank == 1       ? 0
               : rank <= 3       ? 1
               : rank <= HDX_CUT ? 2
                                 : 3]++;
    }
    hdx_html_add(out, "<h3>Where the article stands</h3><svg class=\"ranks\" "
                      "role=\"img\" aria-label=\"shares of ranks\">");
    for (int i = 0; i < CLASSES; before += counts[i++])
        hdx_html_format(out,
                        "<rect class=\"r%d\" x=\"%.3f%%\" width=\"%.3f%%\" "
                        "height=\"100%%\"/>",
                        i + 1, SHARE(before, m->count),
                        SHARE(counts[i], m->count));
    hdx_html_add(out, "</svg><div class=\"key\">");
    for (int i = 0; i < CLASSES; i++)
        hdx_html_format(out,
                        "<span><svg><rect class=\"r%d\" width=\"100%%\" "
                        "height=\"100%%\" rx=\"2\"/></svg>%s %zu</span>",
                        i + 1, names[i], counts[i]);
    hdx_html_add(out, "</div>");
}

/* From left to right: ranks 1 to 10, then whatever is behind. */
static double place_of(unsigned rank)
{
    return rank && rank <= HDX_CUT ? 100.0 * (rank - 1) / HDX_CUT : 100;
}

static const struct rank_tick {
    unsigned rank;
    const char *label;
} ticks[] = {{1, "1"}, {3, "3"}, {HDX_CUT, "10"}, {0, "later"}};
enum { TICKS = sizeof ticks / sizeof *ticks };

/* What the lines of add_move() stand for. */
static void add_scale(hdx_buf *out)
{
    hdx_html_add(out, "<div class=\"move\"><svg aria-hidden=\"true\">");
    for (int i = 0; i < TICKS; i++)
        hdx_html_format(out, "<text x=\"%.0f%%\" y=\"80%%\">%s</text>",
                        place_of(ticks[i].rank), ticks[i].label);
    hdx_html_add(out, "</svg></div>");
}

static void add_move(hdx_buf *out, unsigned before, unsigned now)
{
    hdx_html_add(out, "<div class=\"move\"><svg aria-hidden=\"true\">");
    for (int i = 0; i < TICKS; i++)
        hdx_html_format(
            out,
            "<line class=\"tick\" x1=\"%.0f%%\" x2=\"%.0f%%\" y1=\"0\" "
            "y2=\"100%%\"/>",
            place_of(ticks[i].rank), place_of(ticks[i].rank));
    hdx_html_format(
        out,
        "<line class=\"way\" x1=\"%.0f%%\" x2=\"%.0f%%\" y1=\"50%%\" "
        "y2=\"50%%\"/><circle class=\"was\" cx=\"%.0f%%\" cy=\"50%%\" "
        "r=\"5\"/><circle class=\"to\" cx=\"%.0f%%\" cy=\"50%%\" "
        "r=\"6\"/></svg></div>",
        place_of(before), place_of(now), place_of(before), place_of(now));
}

/* Of an article that is not found any more, only how it was is known. */
static void add_word(hdx_buf *out, const char *locale, const hdx_word_change *w,
                     bool found)
{
    add_query(out, locale, w->word);
    hdx_html_add(out, found ? ": " : " ");
    hdx_html_escaped(out, w->before ? w->before : "not found");
    if (!found)
        return;
    hdx_html_add(out, ARROW);
    hdx_html_escaped(out, w->now ? w->now : "not found");
}

static void add_words(hdx_buf *out, const char *locale, const hdx_change *c)
{
    bool found = c->now->rank != 0;
    if (c->now->gone)
        return;
    if (c->match_lost && found)
        hdx_html_add(
            out, "<p><small>was its title or one of its questions, word for "
                 "word</small></p>");
    if (c->before && found && !c->word_count && !c->match_lost)
        hdx_html_add(out,
                     "<p><small>its words are found as before</small></p>");
    if (!c->word_count)
        return;
    hdx_html_add(out, found ? "<p><small>" : "<p><small>was found by ");
    for (size_t i = 0; i < c->word_count; i++) {
        hdx_html_add(out, i ? "; " : "");
        add_word(out, locale, &c->words[i], found);
    }
    hdx_html_add(out, "</small></p>");
}

static void add_change(hdx_buf *out, const char *locale, const hdx_change *c)
{
    const hdx_outcome *now = c->now;
    hdx_html_format(out, "<div class=\"change %s\"><div>",
                    c->worse ? "worse" : "better");
    hdx_html_add(out, "<p class=\"asked\" dir=\"auto\" lang=\"");
    hdx_html_escaped(out, locale);
    hdx_html_add(out, "\">");
    hdx_html_escaped(out, now->golden->query);
    hdx_html_add(out, "</p><p>");
    add_code(out, now->right->article);
    hdx_html_format(out, " <span class=\"%s\">", c->worse ? "bad" : "good");
    add_rank(out, c->before);
    hdx_html_add(out, ARROW);
    add_rank(out, now->rank);
    hdx_html_add(out, now->gone ? ", the article is gone</span></p>"
                                : "</span></p>");
    add_words(out, locale, c);
    if (now->rank != 1 && now->first) {
        hdx_html_add(out, "<p><small>first now: ");
        add_code(out, now->first);
        hdx_html_add(out, "</small></p>");
    }
    hdx_html_add(out, "</div>");
    add_move(out, c->before, now->rank);
    hdx_html_add(out, "</div>");
}

static void add_changes(hdx_buf *out, const hdx_gate_locale *l)
{
    if (l->change_count == 0)
        return;
    hdx_html_add(
        out, "<h3>What has changed since the baseline</h3><div class=\"change "
             "scale\"><small>ranks; hollow: before, filled: now</small>");
    add_scale(out);
    hdx_html_add(out, "</div>");
    for (size_t i = 0; i < l->change_count; i++)
        add_change(out, l->locale, &l->changes[i]);
}

static void add_miss(hdx_buf *out, const char *locale, const hdx_outcome *o)
{
    hdx_html_add(out, "<tr><td>");
    add_query(out, locale, o->golden->query);
    hdx_html_add(out, "</td><td>");
    add_code(out, o->right->article);
    hdx_html_add(out, "</td><td>");
    add_rank(out, o->rank);
    if (o->instead) {
        hdx_html_add(out, " in this section, but in ");
        add_code(out, *o->instead ? o->instead : "the opening");
    }
    hdx_html_add(out, "</td><td>");
    if (o->first)
        add_code(out, o->first);
    else
        hdx_html_add(out, "nothing");
    hdx_html_add(out, "</td></tr>");
}

static void add_misses(hdx_buf *out, const char *title, const char *locale,
                       const hdx_measurement *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++)
        count += m->outcomes[i].rank != 1;
    if (count == 0)
        return;
    hdx_html_add(out, "<details><summary>");
    hdx_html_escaped(out, title);
    hdx_html_format(out,
                    " (%zu)</summary><div class=\"scroll\"><table><tr><th>query"
                    "</th><th>its article</th><th>rank</th><th>first</th></tr>",
                    count);
    for (size_t i = 0; i < m->count; i++)
        if (m->outcomes[i].rank != 1)
            add_miss(out, locale, &m->outcomes[i]);
    hdx_html_add(out, "</table></div></details>");
}

static void add_verdict(hdx_buf *out, size_t worse, size_t better)
{
    if (worse)
        hdx_html_format(out, "<span class=\"pill bad\">%zu worse</span> ",
                        worse);
    if (better)
        hdx_html_format(out, "<span class=\"pill good\">%zu better</span> ",
                        better);
    if (!worse && !better)
        hdx_html_add(out,
                     "<span class=\"pill good\">nothing has changed</span>");
}

static void add_card(hdx_buf *out, const hdx_gate *gate,
                     const hdx_gate_locale *l)
{
    hdx_html_add(out, "<section class=\"card\" id=\"");
    hdx_html_escaped(out, l->locale);
    hdx_html_add(out, "\"><div class=\"head\"><h2>");
    hdx_html_escaped(out, l->locale);
    hdx_html_format(out, "</h2><span class=\"soft\">%zu golden queries",
                    l->golden.count);
    if (gate->compared && l->fresh)
        hdx_html_format(out, ", %zu of them new", l->fresh);
    if (l->dropped)
        hdx_html_format(out, ", %zu no longer asked", l->dropped);
    if (l->questions.count)
        hdx_html_format(out, "; %zu questions of the articles",
                        l->questions.count);
    if (l->golden.figures[HDX_ZERO].mean > 0)
        hdx_html_format(out, "; %.0f %% of the golden queries find nothing",
                        100 * l->golden.figures[HDX_ZERO].mean);
    hdx_html_add(out, "</span>");
    if (gate->compared)
        add_verdict(out, l->worse, l->change_count - l->worse);
    hdx_html_add(out, "</div><div class=\"two\">");
    add_figures(out, &l->golden, l->before, false);
    if (l->questions.count)
        add_figures(out, &l->questions, NULL, true);
    hdx_html_add(out, "</div>");
    add_ranks(out, &l->golden);
    add_changes(out, l);
    add_misses(out, "Golden queries whose article is not first", l->locale,
               &l->golden);
    add_misses(out, "Questions whose own article is not first", l->locale,
               &l->questions);
    hdx_html_add(out, "</section>");
}

static void add_overview(hdx_buf *out, const hdx_gate *gate)
{
    hdx_html_add(
        out, "<section class=\"card\"><h2>Success@1</h2>"
             "<p class=\"soft\">The share of golden queries that find their "
             "article first.</p>");
    for (size_t i = 0; i < gate->count; i++) {
        const hdx_gate_locale *l = &gate->locales[i];
        add_figure(out, l->locale, &l->golden.figures[HDX_SUCCESS_1],
                   l->before ? l->before->means[HDX_SUCCESS_1] : -1);
    }
    add_axis(out);
    hdx_html_add(
        out, "<div class=\"key\"><span><svg><circle class=\"dot\" cx=\"50%\" "
             "cy=\"50%\" r=\"5\"/></svg>now</span><span><svg><circle "
             "class=\"was\" cx=\"50%\" cy=\"50%\" r=\"5\"/></svg>baseline"
             "</span><span><svg><line class=\"band\" x1=\"20%\" x2=\"80%\" "
             "y1=\"50%\" y2=\"50%\"/></svg>where 95 of 100 sets drawn "
             "anew from these queries lie (bootstrap)</span></div></section>");
}

static void add_header(hdx_buf *out, const hdx_gate *gate,
                       const hdx_page_source *source)
{
    hdx_html_add(out,
                 "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                 "<meta name=\"viewport\" content=\"width=device-width\">"
                 "<title>Golden queries</title><style>");
    hdx_html_add(out, hdx_html_style);
    hdx_html_add(out, style);
    hdx_html_add(out,
                 "</style><main><div class=\"head\"><h1>Golden queries</h1>");
    if (gate->compared)
        add_verdict(out, gate->worse, gate->better);
    else
        hdx_html_add(out, "<span class=\"pill\">no baseline</span>");
    hdx_html_add(out, "</div><p class=\"soft\">index ");
    add_code(out, source->generation);
    if (source->baseline) {
        hdx_html_add(out, ", compared with ");
        add_code(out, source->baseline);
    }
    hdx_html_add(out, "</p>");
}

void hdx_page_write(const hdx_gate *gate, const hdx_page_source *source,
                    hdx_buf *out)
{
    add_header(out, gate, source);
    add_overview(out, gate);
    for (size_t i = 0; i < gate->count; i++)
        add_card(out, gate, &gate->locales[i]);
    hdx_html_add(out, "</main></html>\n");
}
