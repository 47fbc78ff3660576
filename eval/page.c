/*
 * The page: an overview, then a card for each locale. Plots are SVG with places
 * in percent, so that they fit any screen and lines stay as thin as they are.
 * Colours are variables, for light and dark; whatever colour says, a word says,
 * too. Queries may run from right to left, so each stands in its own <bdi>.
 */
#include "eval/page.h"

#include <stdarg.h>
#include <stdio.h>

#define ARROW " \xE2\x86\x92 "
#define SHARE(part, all) (100.0 * (double)(part) / (double)((all) ? (all) : 1))

static const char *const style =
    ":root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1b2330;"
    "--soft:#5a6675;--line:#dfe3e9;--main:#2458c6;--band:#b9cdf6;"
    "--own:#7a8595;--ownband:#d5dae1;--good:#12744a;--bad:#b3261e;"
    "--goodbg:#e0f4ea;--badbg:#fce6e4;--r1:#2458c6;--r2:#7ba2ef;--r3:#c3d5f8;"
    "--r4:#e9c46a;--r5:#c8553d}"
    "@media(prefers-color-scheme:dark){:root{--page:#11151b;--card:#1a2029;"
    "--ink:#e8ecf2;--soft:#9ba7b7;--line:#2e3744;--main:#8fb2ff;--band:#2f4878;"
    "--own:#8b96a6;--ownband:#39424f;--good:#6fd3a1;--bad:#ff9a90;"
    "--goodbg:#153527;--badbg:#43201d;--r1:#8fb2ff;--r2:#5477c0;--r3:#33476f;"
    "--r4:#b08d3a;--r5:#d2694f}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--page);color:var(--ink);"
    "font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:68rem;margin:0 auto;padding:2rem 1rem 4rem}"
    "h1{font-size:1.75rem;margin:0}h2{font-size:1.3rem;margin:0}"
    "h3{font-size:.95rem;margin:1.75rem 0 .5rem}"
    "p{margin:.25rem 0}.soft{color:var(--soft)}small{color:var(--soft)}"
    "a{color:var(--main)}code{overflow-wrap:anywhere}"
    ".card{background:var(--card);border:1px solid var(--line);"
    "border-radius:14px;padding:1.25rem 1.5rem 1.5rem;margin-top:1.25rem}"
    ".head{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline}"
    ".pill{display:inline-block;border-radius:99px;padding:.1rem .8rem;"
    "font-weight:600;font-size:.9rem;background:var(--line)}"
    ".good{color:var(--good)}.bad{color:var(--bad)}"
    ".pill.good{background:var(--goodbg)}.pill.bad{background:var(--badbg)}"
    ".two{display:grid;gap:0 3rem;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}"
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
    "details{margin-top:1.5rem}summary{cursor:pointer;font-weight:600;"
    "font-size:.95rem}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;"
    "font-size:.9rem;margin-top:.5rem}"
    "th{font-weight:600;text-align:start;color:var(--soft)}"
    "th,td{padding:.4rem 1rem .4rem 0;border-top:1px solid var(--line);"
    "vertical-align:top}td:first-child{min-width:13rem}"
    "td:nth-child(3){min-width:6rem}"
    "@media(max-width:34rem){.card{padding:1rem}"
    ".row{grid-template-columns:4.7rem 1fr 6.6rem;gap:.75rem;"
    "font-size:.9rem}}";

static void add(hdx_buf *out, const char *html)
{
    hdx_buf_add(out, hdx_str_of(html));
}

/* Numbers and words of ours; never what somebody else has written. */
static void add_format(hdx_buf *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add_format(hdx_buf *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    add(out, text);
}

static void add_escaped(hdx_buf *out, const char *text)
{
    for (; *text; text++) {
        const char *as = *text == '&'    ? "&amp;"
                         : *text == '<'  ? "&lt;"
                         : *text == '>'  ? "&gt;"
                         : *text == '"'  ? "&quot;"
                         : *text == '\'' ? "&#39;"
                                         : NULL;
        if (as)
            add(out, as);
        else
            hdx_buf_byte(out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
}

static void add_code(hdx_buf *out, const char *text)
{
    add(out, "<code>");
    add_escaped(out, text);
    add(out, "</code>");
}

static void add_query(hdx_buf *out, const char *locale, const char *query)
{
    add(out, "<bdi lang=\"");
    add_escaped(out, locale);
    add(out, "\">");
    add_escaped(out, query);
    add(out, "</bdi>");
}

static void add_rank(hdx_buf *out, unsigned rank)
{
    if (rank)
        add_format(out, "%u", rank);
    else
        add(out, "not found");
}

/* A figure on a scale from 0 to 1; `before` is below 0 when not known. */
static void add_figure(hdx_buf *out, const char *label, const hdx_figure *f,
                       double before)
{
    add(out, "<div class=\"row\"><span>");
    add_escaped(out, label);
    add_format(out,
               "</span><svg role=\"img\" aria-label=\"%.3f, interval %.2f to "
               "%.2f\"><line class=\"track\" x1=\"0\" x2=\"100%%\" y1=\"50%%\" "
               "y2=\"50%%\"/><line class=\"band\" x1=\"%.2f%%\" x2=\"%.2f%%\" "
               "y1=\"50%%\" y2=\"50%%\"/>",
               f->mean, f->low, f->high, 100 * f->low, 100 * f->high);
    if (before >= 0)
        add_format(out,
                   "<circle class=\"was\" cx=\"%.2f%%\" cy=\"50%%\" r=\"6\"/>",
                   100 * before);
    add_format(out,
               "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"50%%\" r=\"4.5\"/>"
               "</svg><span class=\"num\">%.3f <small>%.2f\xE2\x80\x93%.2f"
               "</small></span></div>",
               100 * f->mean, f->mean, f->low, f->high);
}

static void add_axis(hdx_buf *out)
{
    add(out, "<div class=\"row axis\"><span></span><div><span>0</span>"
             "<span>0.5</span><span>1</span></div><span></span></div>");
}

static void add_figures(hdx_buf *out, const hdx_measurement *m,
                        const hdx_kept_locale *before, bool own)
{
    add(out, own ? "<div class=\"own\"><h3>The articles\xE2\x80\x99 own "
                   "questions</h3>"
                 : "<div><h3>Golden queries</h3>");
    for (int i = 0; i < HDX_ZERO; i++)
        add_figure(out, hdx_metric_names[i].label, &m->figures[i],
                   before ? before->means[i] : -1);
    add_axis(out);
    add(out, "</div>");
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
    add(out, "<h3>Where the article stands</h3><svg class=\"ranks\" "
             "role=\"img\" aria-label=\"shares of ranks\">");
    for (int i = 0; i < CLASSES; before += counts[i++])
        add_format(out,
                   "<rect class=\"r%d\" x=\"%.3f%%\" width=\"%.3f%%\" "
                   "height=\"100%%\"/>",
                   i + 1, SHARE(before, m->count), SHARE(counts[i], m->count));
    add(out, "</svg><div class=\"key\">");
    for (int i = 0; i < CLASSES; i++)
        add_format(out,
                   "<span><svg><rect class=\"r%d\" width=\"100%%\" "
                   "height=\"100%%\" rx=\"2\"/></svg>%s %zu</span>",
                   i + 1, names[i], counts[i]);
    add(out, "</div>");
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
    add(out, "<div class=\"move\"><svg aria-hidden=\"true\">");
    for (int i = 0; i < TICKS; i++)
        add_format(out, "<text x=\"%.0f%%\" y=\"80%%\">%s</text>",
                   place_of(ticks[i].rank), ticks[i].label);
    add(out, "</svg></div>");
}

static void add_move(hdx_buf *out, unsigned before, unsigned now)
{
    add(out, "<div class=\"move\"><svg aria-hidden=\"true\">");
    for (int i = 0; i < TICKS; i++)
        add_format(out,
                   "<line class=\"tick\" x1=\"%.0f%%\" x2=\"%.0f%%\" y1=\"0\" "
                   "y2=\"100%%\"/>",
                   place_of(ticks[i].rank), place_of(ticks[i].rank));
    add_format(out,
               "<line class=\"way\" x1=\"%.0f%%\" x2=\"%.0f%%\" y1=\"50%%\" "
               "y2=\"50%%\"/><circle class=\"was\" cx=\"%.0f%%\" cy=\"50%%\" "
               "r=\"5\"/><circle class=\"to\" cx=\"%.0f%%\" cy=\"50%%\" "
               "r=\"6\"/></svg></div>",
               place_of(before), place_of(now), place_of(before),
               place_of(now));
}

/* Of an article that is not found any more, only how it was is known. */
static void add_word(hdx_buf *out, const char *locale, const hdx_word_change *w,
                     bool found)
{
    add_query(out, locale, w->word);
    add(out, found ? ": " : " ");
    add_escaped(out, w->before ? w->before : "not found");
    if (!found)
        return;
    add(out, ARROW);
    add_escaped(out, w->now ? w->now : "not found");
}

static void add_words(hdx_buf *out, const char *locale, const hdx_change *c)
{
    bool found = c->now->rank != 0;
    if (c->now->gone)
        return;
    if (c->match_lost && found)
        add(out, "<p><small>was its title or one of its questions, word for "
                 "word</small></p>");
    if (c->before && found && !c->word_count && !c->match_lost)
        add(out, "<p><small>its words are found as before</small></p>");
    if (!c->word_count)
        return;
    add(out, found ? "<p><small>" : "<p><small>was found by ");
    for (size_t i = 0; i < c->word_count; i++) {
        add(out, i ? "; " : "");
        add_word(out, locale, &c->words[i], found);
    }
    add(out, "</small></p>");
}

static void add_change(hdx_buf *out, const char *locale, const hdx_change *c)
{
    const hdx_outcome *now = c->now;
    add_format(out, "<div class=\"change %s\"><div>",
               c->worse ? "worse" : "better");
    add(out, "<p class=\"asked\" dir=\"auto\" lang=\"");
    add_escaped(out, locale);
    add(out, "\">");
    add_escaped(out, now->golden->query);
    add(out, "</p><p>");
    add_code(out, now->right->article);
    add_format(out, " <span class=\"%s\">", c->worse ? "bad" : "good");
    add_rank(out, c->before);
    add(out, ARROW);
    add_rank(out, now->rank);
    add(out, now->gone ? ", the article is gone</span></p>" : "</span></p>");
    add_words(out, locale, c);
    if (now->rank != 1 && now->first) {
        add(out, "<p><small>first now: ");
        add_code(out, now->first);
        add(out, "</small></p>");
    }
    add(out, "</div>");
    add_move(out, c->before, now->rank);
    add(out, "</div>");
}

static void add_changes(hdx_buf *out, const hdx_gate_locale *l)
{
    if (l->change_count == 0)
        return;
    add(out, "<h3>What has changed since the baseline</h3><div class=\"change "
             "scale\"><small>ranks; hollow: before, filled: now</small>");
    add_scale(out);
    add(out, "</div>");
    for (size_t i = 0; i < l->change_count; i++)
        add_change(out, l->locale, &l->changes[i]);
}

static void add_miss(hdx_buf *out, const char *locale, const hdx_outcome *o)
{
    add(out, "<tr><td>");
    add_query(out, locale, o->golden->query);
    add(out, "</td><td>");
    add_code(out, o->right->article);
    add(out, "</td><td>");
    add_rank(out, o->rank);
    if (o->instead) {
        add(out, " in this section, but in ");
        add_code(out, *o->instead ? o->instead : "the opening");
    }
    add(out, "</td><td>");
    if (o->first)
        add_code(out, o->first);
    else
        add(out, "nothing");
    add(out, "</td></tr>");
}

static void add_misses(hdx_buf *out, const char *title, const char *locale,
                       const hdx_measurement *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++)
        count += m->outcomes[i].rank != 1;
    if (count == 0)
        return;
    add(out, "<details><summary>");
    add_escaped(out, title);
    add_format(out,
               " (%zu)</summary><div class=\"scroll\"><table><tr><th>query"
               "</th><th>its article</th><th>rank</th><th>first</th></tr>",
               count);
    for (size_t i = 0; i < m->count; i++)
        if (m->outcomes[i].rank != 1)
            add_miss(out, locale, &m->outcomes[i]);
    add(out, "</table></div></details>");
}

static void add_verdict(hdx_buf *out, size_t worse, size_t better)
{
    if (worse)
        add_format(out, "<span class=\"pill bad\">%zu worse</span> ", worse);
    if (better)
        add_format(out, "<span class=\"pill good\">%zu better</span> ", better);
    if (!worse && !better)
        add(out, "<span class=\"pill good\">nothing has changed</span>");
}

static void add_card(hdx_buf *out, const hdx_gate *gate,
                     const hdx_gate_locale *l)
{
    add(out, "<section class=\"card\" id=\"");
    add_escaped(out, l->locale);
    add(out, "\"><div class=\"head\"><h2>");
    add_escaped(out, l->locale);
    add_format(out, "</h2><span class=\"soft\">%zu golden queries",
               l->golden.count);
    if (gate->compared && l->fresh)
        add_format(out, ", %zu of them new", l->fresh);
    if (l->dropped)
        add_format(out, ", %zu no longer asked", l->dropped);
    if (l->questions.count)
        add_format(out, "; %zu questions of the articles", l->questions.count);
    if (l->golden.figures[HDX_ZERO].mean > 0)
        add_format(out, "; %.0f %% of the golden queries find nothing",
                   100 * l->golden.figures[HDX_ZERO].mean);
    add(out, "</span>");
    if (gate->compared)
        add_verdict(out, l->worse, l->change_count - l->worse);
    add(out, "</div><div class=\"two\">");
    add_figures(out, &l->golden, l->before, false);
    if (l->questions.count)
        add_figures(out, &l->questions, NULL, true);
    add(out, "</div>");
    add_ranks(out, &l->golden);
    add_changes(out, l);
    add_misses(out, "Golden queries whose article is not first", l->locale,
               &l->golden);
    add_misses(out, "Questions whose own article is not first", l->locale,
               &l->questions);
    add(out, "</section>");
}

static void add_overview(hdx_buf *out, const hdx_gate *gate)
{
    add(out, "<section class=\"card\"><h2>Success@1</h2>"
             "<p class=\"soft\">The share of golden queries that find their "
             "article first.</p>");
    for (size_t i = 0; i < gate->count; i++) {
        const hdx_gate_locale *l = &gate->locales[i];
        add_figure(out, l->locale, &l->golden.figures[HDX_SUCCESS_1],
                   l->before ? l->before->means[HDX_SUCCESS_1] : -1);
    }
    add_axis(out);
    add(out, "<div class=\"key\"><span><svg><circle class=\"dot\" cx=\"50%\" "
             "cy=\"50%\" r=\"5\"/></svg>now</span><span><svg><circle "
             "class=\"was\" cx=\"50%\" cy=\"50%\" r=\"5\"/></svg>baseline"
             "</span><span><svg><line class=\"band\" x1=\"20%\" x2=\"80%\" "
             "y1=\"50%\" y2=\"50%\"/></svg>where 95 of 100 sets drawn "
             "anew from these queries lie (bootstrap)</span></div></section>");
}

static void add_header(hdx_buf *out, const hdx_gate *gate,
                       const hdx_page_source *source)
{
    add(out, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width\">"
             "<title>Golden queries</title><style>");
    add(out, style);
    add(out, "</style><main><div class=\"head\"><h1>Golden queries</h1>");
    if (gate->compared)
        add_verdict(out, gate->worse, gate->better);
    else
        add(out, "<span class=\"pill\">no baseline</span>");
    add(out, "</div><p class=\"soft\">index ");
    add_code(out, source->generation);
    if (source->baseline) {
        add(out, ", compared with ");
        add_code(out, source->baseline);
    }
    add(out, "</p>");
}

void hdx_page_write(const hdx_gate *gate, const hdx_page_source *source,
                    hdx_buf *out)
{
    add_header(out, gate, source);
    add_overview(out, gate);
    for (size_t i = 0; i < gate->count; i++)
        add_card(out, gate, &gate->locales[i]);
    add(out, "</main></html>\n");
}
