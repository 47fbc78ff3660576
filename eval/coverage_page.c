/*
 * The page: a card of totals, a bar for each locale, then the matrix. Boxes
 * above the matrix filter its rows by CSS alone (:has); a browser without that
 * shows all. Whatever colour says, a symbol and a tooltip say, too. Titles may
 * run from right to left, so each stands in its own <bdi>.
 */
#include "eval/coverage_page.h"

#include "eval/html.h"

static const struct {
    const char *name; /* of its class */
    const char *label;
    const char *symbol;
} states[] = {
    [HELPDEX_CELL_TRANSLATED] = {"ok", "up to date", "&#10003;"},
    [HELPDEX_CELL_STALE] = {"stale", "stale", "~"},
    [HELPDEX_CELL_WRONG_SCRIPT] = {"script", "wrong script", "?"},
    [HELPDEX_CELL_STUB] = {"stub", "stub", "&#9675;"},
    [HELPDEX_CELL_MISSING] = {"gone", "missing", "&#10005;"},
    [HELPDEX_CELL_ORPHAN] = {"orphan", "no source", "!"},
    [HELPDEX_CELL_SOURCE] = {"source", "source", "&#9679;"},
    [HELPDEX_CELL_NONE] = {"none", "", ""},
};
/* What bars and filters are made of: translated to missing. */
enum { PARTS = HELPDEX_CELL_MISSING + 1, COUNTED = HELPDEX_CELL_ORPHAN + 1 };

static const char *const style =
    ":root{--ok:#1f8a5b;--okbg:#d9f1e5;--stale:#8a5a00;--stalebg:#fdecc4;"
    "--script:#8a2f8f;--scriptbg:#f6e0f7;--stub:#3457a8;--stubbg:#dfe8fb;"
    "--gone:#a92f27;--gonebg:#fbe1df;--orphan:#0f6f7d;--orphanbg:#d8f1f4;"
    "--source:#7a8595;--sourcebg:transparent;--none:inherit;"
    "--nonebg:transparent}"
    "@media(prefers-color-scheme:dark){:root{--ok:#6fd3a1;--okbg:#17392a;"
    "--stale:#f0c664;--stalebg:#43340f;--script:#e7a4eb;--scriptbg:#3d2140;"
    "--stub:#a5bffa;--stubbg:#24324f;--gone:#ff9a90;--gonebg:#471f1c;"
    "--orphan:#7ddbe8;--orphanbg:#143a40;--source:#8b96a6}}"
    "main{max-width:90rem}"
    ".tiles{display:grid;gap:.75rem;margin-top:1.25rem;"
    "grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr))}"
    ".tile{border-radius:12px;padding:.7rem 1rem}"
    ".tile b{display:block;font-size:1.6rem;line-height:1.2;"
    "font-variant-numeric:tabular-nums}"
    ".ok{color:var(--ok);background:var(--okbg)}"
    ".stale{color:var(--stale);background:var(--stalebg)}"
    ".script{color:var(--script);background:var(--scriptbg)}"
    ".stub{color:var(--stub);background:var(--stubbg)}"
    ".gone{color:var(--gone);background:var(--gonebg)}"
    ".orphan{color:var(--orphan);background:var(--orphanbg)}"
    ".source{color:var(--source)}"
    ".bars{display:grid;gap:.15rem 3rem;margin-top:.75rem;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}"
    ".row{display:grid;grid-template-columns:4.5rem 1fr 4rem;gap:.9rem;"
    "align-items:center;min-height:1.8rem}"
    ".row .num{font-variant-numeric:tabular-nums;text-align:end}"
    ".bar{display:flex;height:.9rem;border-radius:5px;overflow:hidden;"
    "background:var(--line)}.bar i{display:block;background:currentColor}"
    ".bar i.gone,.bar i.stub{opacity:.45}"
    "fieldset{border:0;padding:0;margin:.9rem 0 0;display:flex;"
    "flex-wrap:wrap;gap:.5rem}legend{float:left;padding:.25rem .6rem 0 0;"
    "color:var(--soft);font-size:.9rem}"
    "label{border-radius:99px;padding:.2rem .9rem .2rem .6rem;cursor:pointer;"
    "font-size:.9rem;font-weight:600}"
    "label input{margin:0 .45rem 0 0;accent-color:currentColor;"
    "vertical-align:-.08rem}"
    ".grid{overflow:auto;width:fit-content;max-width:100%;max-height:85vh;"
    "border:1px solid var(--line);"
    "border-radius:10px;margin-top:1rem}"
    ".grid table{width:auto;margin:0;border-collapse:separate;"
    "border-spacing:0;font-size:.85rem}"
    ".grid th,.grid td{border-top:1px solid var(--line);padding:.25rem .5rem;"
    "white-space:nowrap}.grid td{text-align:center;min-width:2.6rem;"
    "border-inline-start:2px solid var(--card);font-weight:600;"
    "font-variant-numeric:tabular-nums}"
    ".grid thead th{position:sticky;top:0;z-index:2;background:var(--card);"
    "border:0;border-bottom:1px solid var(--line);text-align:center}"
    ".grid tr>:first-child{position:sticky;inset-inline-start:0;z-index:1;"
    "background:var(--card);text-align:start;color:var(--ink);"
    "font-weight:500;max-width:24rem;min-width:16rem;white-space:normal;"
    "overflow-wrap:anywhere;border-inline-end:1px solid var(--line)}"
    ".grid thead tr>:first-child{z-index:3}.grid small{display:block;"
    "font-size:.75rem}"
    ".grid tbody tr:hover>:first-child{background:var(--page)}"
    "@media(max-width:34rem){.card{padding:1rem}main{padding:1rem .5rem 3rem}"
    ".grid tr>:first-child{min-width:8.5rem;max-width:8.5rem;"
    "font-size:.8rem}.row{grid-template-columns:4rem 1fr 3.6rem}}"
    "@media print{.grid{max-height:none;overflow:visible}}";

/* With a box ticked, only rows stay that have such a cell. */
static void add_filter_style(hdx_buf *out)
{
    hdx_html_add(out,
                 "main:has(fieldset input:checked) tbody tr{display:none}");
    for (int i = 0; i < COUNTED; i++)
        hdx_html_format(out,
                        "main:has(#f-%s:checked) tbody tr:has(td.%s)"
                        "{display:table-row}",
                        states[i].name, states[i].name);
}

static void add_bdi(hdx_buf *out, const char *locale, const char *text)
{
    hdx_html_add(out, "<bdi lang=\"");
    hdx_html_escaped(out, locale);
    hdx_html_add(out, "\">");
    hdx_html_escaped(out, text);
    hdx_html_add(out, "</bdi>");
}

/* Rounded down, so that only what is whole looks whole. */
static double shown_percent(double percent)
{
    return (double)(long)(percent * 10) / 10;
}

static void add_bar(hdx_buf *out, const helpdex_coverage_totals *t)
{
    hdx_html_add(out, "<div class=\"row\"><span>");
    hdx_html_escaped(out, t->locale);
    hdx_html_add(out, "</span><span class=\"bar\" role=\"img\" aria-label=\"");
    for (int i = 0; i < PARTS; i++)
        if (t->counts[i])
            hdx_html_format(out, "%zu %s ", t->counts[i], states[i].label);
    hdx_html_add(out, "\">");
    for (int i = 0; i < PARTS; i++)
        if (t->counts[i])
            hdx_html_format(out,
                            "<i class=\"%s\" style=\"background:var(--%s);"
                            "width:%.3f%%\" title=\"%zu %s\"></i>",
                            states[i].name, states[i].name,
                            100.0 * (double)t->counts[i] /
                                (double)(t->articles ? t->articles : 1),
                            t->counts[i], states[i].label);
    hdx_html_format(out, "</span><span class=\"num\">%.1f %%</span></div>",
                    shown_percent(t->percent));
}

static void add_tiles(hdx_buf *out, const helpdex_coverage_totals *all)
{
    hdx_html_add(out, "<div class=\"tiles\">");
    for (int i = 0; i < COUNTED; i++)
        if (all->counts[i] || i <= HELPDEX_CELL_STALE)
            hdx_html_format(out, "<div class=\"tile %s\"><b>%zu</b>%s</div>",
                            states[i].name, all->counts[i], states[i].label);
    hdx_html_add(out, "</div>");
}

static void add_overview(hdx_buf *out, const helpdex_coverage *c)
{
    hdx_html_add(out, "<section class=\"card\"><h2>By locale</h2><p "
                      "class=\"soft\">The share of the source\xE2\x80\x99s "
                      "articles that are translated and up to date.</p>"
                      "<div class=\"bars\">");
    for (size_t i = 0; i < helpdex_coverage_locale_count(c); i++)
        if (!helpdex_coverage_locale(c, i)->is_source)
            add_bar(out, helpdex_coverage_locale(c, i));
    hdx_html_add(out, "</div></section>");
}

/* What a tooltip says of a cell: the locale, what it is, why, its file. */
static void add_tooltip(hdx_buf *out, const char *locale,
                        const helpdex_cell *cell)
{
    hdx_html_add(out, " title=\"");
    hdx_html_escaped(out, locale);
    hdx_html_format(out, ": %s", states[cell->state].label);
    if (cell->behind)
        hdx_html_format(out, ", %u of %u sections behind", cell->behind,
                        cell->sections);
    else if (cell->state == HELPDEX_CELL_STALE)
        hdx_html_add(out, ", its source was committed later");
    if (cell->reason) {
        hdx_html_add(out, ", ");
        hdx_html_escaped(out, cell->reason);
    }
    if (cell->file) {
        hdx_html_add(out, "&#10;");
        hdx_html_escaped(out, cell->file);
    }
    hdx_html_add(out, "\"");
}

static void add_cell(hdx_buf *out, const char *locale, const helpdex_cell *cell)
{
    hdx_html_format(out, "<td class=\"%s\"", states[cell->state].name);
    if (cell->state != HELPDEX_CELL_NONE)
        add_tooltip(out, locale, cell);
    hdx_html_add(out, ">");
    if (cell->behind)
        hdx_html_format(out, "%u/%u", cell->behind, cell->sections);
    else
        hdx_html_add(out, states[cell->state].symbol);
    hdx_html_add(out, "</td>");
}

static void add_row(hdx_buf *out, const helpdex_coverage *c, size_t row)
{
    const helpdex_coverage_row *r = helpdex_coverage_row_at(c, row);
    hdx_html_add(out, "<tr><th scope=\"row\">");
    add_bdi(out, r->locale, r->title);
    hdx_html_add(out, "<small>");
    hdx_html_escaped(out, r->id);
    hdx_html_add(out, "</small></th>");
    for (size_t i = 0; i < helpdex_coverage_locale_count(c); i++)
        if (!helpdex_coverage_locale(c, i)->is_source)
            add_cell(out, helpdex_coverage_locale(c, i)->locale,
                     helpdex_coverage_cell(c, row, i));
    hdx_html_add(out, "</tr>\n");
}

static void add_filters(hdx_buf *out, const helpdex_coverage_totals *all)
{
    hdx_html_add(out, "<fieldset><legend>Only articles with</legend>");
    for (int i = 0; i < COUNTED; i++)
        if (all->counts[i])
            hdx_html_format(out,
                            "<label class=\"%s\"><input type=\"checkbox\" "
                            "id=\"f-%s\">%s %s</label>",
                            states[i].name, states[i].name, states[i].symbol,
                            states[i].label);
    hdx_html_add(out, "</fieldset>");
}

static void add_matrix(hdx_buf *out, const helpdex_coverage *c)
{
    hdx_html_add(out, "<section class=\"card\"><h2>By article</h2>");
    add_filters(out, helpdex_coverage_all(c));
    hdx_html_add(out, "<div class=\"grid\" tabindex=\"0\"><table><thead><tr>"
                      "<th scope=\"col\">article</th>");
    for (size_t i = 0; i < helpdex_coverage_locale_count(c); i++) {
        const helpdex_coverage_totals *t = helpdex_coverage_locale(c, i);
        if (t->is_source)
            continue;
        hdx_html_add(out, "<th scope=\"col\">");
        hdx_html_escaped(out, t->locale);
        hdx_html_add(out, "</th>");
    }
    hdx_html_add(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < helpdex_coverage_row_count(c); i++)
        add_row(out, c, i);
    hdx_html_add(out, "</tbody></table></div></section>");
}

static void add_header(hdx_buf *out, const helpdex_coverage *c)
{
    static const char *const bases[] = {
        [HELPDEX_BASIS_INDEX] = "by the sections that the index remembers",
        [HELPDEX_BASIS_GIT] = "by the dates of git; there is no index",
        [HELPDEX_BASIS_NONE] = "by the heads of articles alone; there is no "
                               "index"};
    const helpdex_coverage_totals *all = helpdex_coverage_all(c);
    hdx_html_add(out,
                 "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                 "<meta name=\"viewport\" content=\"width=device-width\">"
                 "<title>Coverage</title><style>");
    hdx_html_add(out, hdx_html_style);
    hdx_html_add(out, style);
    add_filter_style(out);
    hdx_html_format(out,
                    "</style><main><div class=\"head\"><h1>Translations</h1>"
                    "<span class=\"pill\">%.1f %% up to date</span></div>"
                    "<p class=\"soft\">%zu articles in ",
                    shown_percent(all->percent), all->articles);
    for (size_t i = 0; i < helpdex_coverage_locale_count(c); i++)
        if (helpdex_coverage_locale(c, i)->is_source)
            hdx_html_escaped(out, helpdex_coverage_locale(c, i)->locale);
    hdx_html_format(out, ", %zu other locales. Stale is %s.</p>",
                    helpdex_coverage_locale_count(c) - 1,
                    bases[helpdex_coverage_basis_of(c)]);
    add_tiles(out, all);
}

void hdx_coverage_page_write(const helpdex_coverage *coverage, hdx_buf *out)
{
    add_header(out, coverage);
    add_overview(out, coverage);
    add_matrix(out, coverage);
    hdx_html_add(out, "</main></html>\n");
}
