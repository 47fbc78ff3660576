/*
 * The picture: what was said from left to right, what was right from bottom to
 * top, each bin a dot on the diagonal where confidence keeps its word, with its
 * interval, and the larger the more messages it has.
 */
#include "eval/reliability_page.h"

#include <math.h>

#include "eval/html.h"

/* Of the picture, in its own units. */
enum { SIDE = 300, LEFT = 44, TOP = 12, LARGEST_DOT = 9 };

static const char style[] =
    "svg{width:100%;max-width:26rem;height:auto;margin-top:.75rem}"
    "svg text{font-size:11px;fill:var(--soft)}"
    ".grid{stroke:var(--line);fill:none}.ideal{stroke:var(--soft);"
    "stroke-dasharray:4 4}.bar{stroke:var(--band);stroke-width:5}"
    ".dot{fill:var(--main)}.limit{stroke:var(--good)}"
    ".limit.low{stroke:var(--bad)}"
    "td{border-top:1px solid var(--line);padding:.2rem .5rem .2rem 0;"
    "font-variant-numeric:tabular-nums}";

static double x_of(double share)
{
    return LEFT + share * SIDE;
}

static double y_of(double share)
{
    return TOP + (1 - share) * SIDE;
}

static void add_axes(hdx_buf *out)
{
    hdx_html_format(out,
                    "<rect class=\"grid\" x=\"%d\" y=\"%d\" width=\"%d\" "
                    "height=\"%d\"/><path class=\"ideal\" d=\"M%d %dL%d "
                    "%d\"/>",
                    LEFT, TOP, SIDE, SIDE, LEFT, TOP + SIDE, LEFT + SIDE, TOP);
    for (int i = 0; i <= 100; i += 25)
        hdx_html_format(out,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d"
                        "</text><text x=\"%d\" y=\"%.1f\" "
                        "text-anchor=\"end\">%d</text>",
                        x_of(i / 100.0), TOP + SIDE + 16, i, LEFT - 6,
                        y_of(i / 100.0) + 4, i);
    hdx_html_format(out,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">said, in "
                    "%%</text><text transform=\"translate(11 %d) "
                    "rotate(-90)\" text-anchor=\"middle\">was right, in "
                    "%%</text>",
                    LEFT + SIDE / 2, TOP + SIDE + 32, TOP + SIDE / 2);
}

static void add_limit(hdx_buf *out, const char *kind, double at)
{
    if (at <= 1) /* else there is none */
        hdx_html_format(out, "<path class=\"%s\" d=\"M%.1f %dv%d\"/>", kind,
                        x_of(at), TOP, SIDE);
}

static void add_dots(hdx_buf *out, const hdx_fold_reliability *from)
{
    size_t most = 1;
    for (int i = 0; i < HDX_BINS; i++)
        if (from->bins[i].right.of > most)
            most = from->bins[i].right.of;
    for (int i = 0; i < HDX_BINS; i++) {
        const hdx_bin *bin = &from->bins[i];
        double x = x_of(bin->said);
        if (bin->right.of == 0)
            continue;
        hdx_html_format(
            out,
            "<path class=\"bar\" d=\"M%.1f %.1fV%.1f\"/><circle class=\"dot\" "
            "cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%zu messages: said "
            "%.0f %%, right %.0f %%</title></circle>",
            x, y_of(bin->right.low), y_of(bin->right.high), x,
            y_of(bin->right.share),
            2 + (LARGEST_DOT - 2) * sqrt((double)bin->right.of / (double)most),
            bin->right.of, 100 * bin->said, 100 * bin->right.share);
    }
}

static void add_share(hdx_buf *out, const char *what, const hdx_fraction *share)
{
    hdx_html_format(out,
                    "<tr><td>%s</td><td>%.1f %%</td><td>%zu of %zu</td>"
                    "<td><small>%.1f to %.1f %%</small></td></tr>",
                    what, 100 * share->share, share->count, share->of,
                    100 * share->low, 100 * share->high);
}

static void add_card(hdx_buf *out, const char *title,
                     const hdx_fold_reliability *from, double answer,
                     double escalate)
{
    hdx_html_format(out, "<section class=\"card\"><h2>%s</h2>", title);
    hdx_html_format(out,
                    "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s: what "
                    "was said, and what was right</title>",
                    LEFT + SIDE + 16, TOP + SIDE + 40, title);
    add_axes(out);
    add_limit(out, "limit", answer);
    add_limit(out, "limit low", escalate);
    add_dots(out, from);
    hdx_html_add(out, "</svg><div class=\"scroll\"><table>");
    add_share(out, "answered", &from->decided[HELPDEX_ANSWER]);
    add_share(out, "of these right", &from->right);
    add_share(out, "asked back", &from->decided[HELPDEX_CLARIFY]);
    add_share(out, "to a person at once", &from->decided[HELPDEX_ESCALATE]);
    add_share(out, "of those with an article", &from->refused);
    hdx_html_format(out,
                    "</table></div><p class=\"soft\">On average what is said "
                    "is off by %.1f points.</p></section>",
                    100 * from->error);
}

void hdx_reliability_page_write(const hdx_reliabilities *figures,
                                const helpdex_confidence_curve *curve,
                                const char *locale, hdx_buf *out)
{
    hdx_html_add(out, "<!doctype html><html lang=\"en\"><meta "
                      "charset=\"utf-8\"><meta name=\"viewport\" "
                      "content=\"width=device-width\"><title>Confidence, ");
    hdx_html_escaped(out, locale);
    hdx_html_add(out, "</title><style>");
    hdx_html_add(out, hdx_html_style);
    hdx_html_add(out, style);
    hdx_html_add(out, "</style><main><h1>Can confidence be trusted? ");
    hdx_html_escaped(out, locale);
    hdx_html_format(out,
                    "</h1><p class=\"soft\">%zu messages, of which nothing "
                    "answers %zu; %zu more are decided by a rule. Dots on the "
                    "dashed line keep their word. Green: from here on it is "
                    "answered; red: below, a person takes over.</p><div "
                    "class=\"two\">",
                    figures->counted, figures->unknown, figures->ruled);
    add_card(out, "Estimated", &figures->before, 2, 2);
    add_card(out, "Calibrated, on messages not seen", &figures->after,
             curve->answer, curve->escalate);
    hdx_html_add(out, "</div></main></html>\n");
}
