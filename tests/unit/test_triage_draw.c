/* helpdex/triage.h */
#include <helpdex/triage.h>

#include "tests/unit/support.h"

static helpdex_drawing *drawing;
static helpdex_triage_options options;
static helpdex_error err;

static const char *kb_with(const char *path)
{
    const char *kb = temp_dir();
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/fees.md"), "# Fees\n\nNone.\n");
    if (path)
        write_text(join(kb, "triage/fees.yml"), path);
    helpdex_triage_options_init(&options);
    return kb;
}

static const char sound[] =
    "queue: desk\narticles: fees\nslots: {how: }\nnodes:\n"
    "  q:\n    ask: {en: 'Say \"how\" & why\\', ar: كيف؟}\n    slot: how\n"
    "    options: [{value: a, label: {en: Card, ar: بطاقة}, next: f}]\n"
    "  f: {when: [{region: [DE, AT], next: a}], next: p}\n"
    "  a: {article: fees, section: x}\n"
    "  p: {handoff: yes, urgency: high}\n";

static bool has(const char *text)
{
    return strstr(helpdex_drawing_dot(drawing), text) != NULL;
}

static void draw(const char *kb)
{
    ck_assert_msg(helpdex_triage_draw(kb, &options, &drawing, &err) ==
                      HELPDEX_OK,
                  "%s", err.message);
}

START_TEST(nodes_and_ways_are_drawn)
{
    draw(kb_with(sound));
    ck_assert(has("digraph triage {"));
    ck_assert(has("n0_0 -> n0_1"));
    ck_assert(has("region"));
    ck_assert(has("n0_1 -> n0_3"));
    ck_assert(has("shape=ellipse"));
    ck_assert(has("urgency"));
    helpdex_drawing_free(drawing);
}
END_TEST

START_TEST(a_dead_end_is_a_red_cross)
{
    draw(kb_with(sound));
    ck_assert(has("n0_2_0 [label=\"✗\""));
    ck_assert(has("n0_2 -> n0_2_0"));
    helpdex_drawing_free(drawing);
}
END_TEST

START_TEST(signs_that_graphviz_reads_are_escaped)
{
    draw(kb_with(sound));
    ck_assert(has("Say \\\"how\\\" &amp; why\\\\"));
    helpdex_drawing_free(drawing);
}
END_TEST

START_TEST(texts_are_those_of_the_locale_or_a_fallback)
{
    const char *kb = kb_with(sound);
    options.locale = "ar-EG";
    draw(kb);
    ck_assert(has("كيف؟"));
    ck_assert(has("بطاقة"));
    helpdex_drawing_free(drawing);
    options.locale = "ja";
    draw(kb);
    ck_assert(has("Card"));
    ck_assert(!has("بطاقة"));
    helpdex_drawing_free(drawing);
}
END_TEST

START_TEST(what_cannot_be_drawn_is_said)
{
    const char *kb = kb_with(sound);
    options.path = "fee";
    ck_assert_int_eq(helpdex_triage_draw(kb, &options, &drawing, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean fees?"));
    ck_assert_ptr_null(drawing);
    ck_assert_int_eq(helpdex_triage_draw(kb_with(NULL), NULL, &drawing, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_int_eq(
        helpdex_triage_draw(kb_with("queu: x\n"), NULL, &drawing, &err),
        HELPDEX_BAD_INPUT);
    options.locale = "no tag";
    ck_assert_int_eq(helpdex_triage_draw(kb_with(sound), NULL, &drawing, &err),
                     HELPDEX_OK);
    helpdex_drawing_free(drawing);
    options.size = 1;
    ck_assert_int_eq(helpdex_triage_draw(kb, &options, &drawing, &err),
                     HELPDEX_INVALID);
    helpdex_drawing_free(NULL);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {nodes_and_ways_are_drawn,
                                  a_dead_end_is_a_red_cross,
                                  signs_that_graphviz_reads_are_escaped,
                                  texts_are_those_of_the_locale_or_a_fallback,
                                  what_cannot_be_drawn_is_said,
                                  NULL};
    return run_suite("triage", tests);
}
