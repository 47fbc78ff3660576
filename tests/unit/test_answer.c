/* assist/answer.c: sentences, cut out of articles */
#include "assist/turn.h"

#include "tests/unit/talk.h"

/* The text of a cited section, as it stands in the index. */
static hdx_str section_of(const helpdex_citation *c)
{
    const helpdex_searcher *s = helpdex_assistant_searcher(talk.assistant);
    for (size_t n = 0; n < s->count; n++) {
        const hdx_search_shard *shard = &s->shards[n];
        uint32_t first, end;
        uint32_t at = hdx_forward_find(shard->forward, hdx_str_of(c->id));
        if (strcmp(shard->locale.tag, c->locale) != 0 || at == HDX_NO_ARTICLE)
            continue;
        hdx_forward_sections_of(shard->forward, at, &first, &end);
        for (; first < end; first++) {
            hdx_forward_section is =
                hdx_forward_section_at(shard->forward, first);
            if (hdx_str_eq(is.anchor, hdx_str_of(c->section)))
                return is.text;
        }
    }
    return (hdx_str){0};
}

/* Every byte that is said but white space is cited, and is what it cites. */
static void check_citations(const helpdex_decision *d)
{
    size_t end = 0;
    ck_assert_ptr_nonnull(d->answer);
    ck_assert_uint_gt(d->citation_count, 0);
    for (size_t i = 0; i < d->citation_count; i++) {
        const helpdex_citation *c = &d->citations[i];
        hdx_str text = section_of(c),
                gap = {d->answer + end, c->answer_begin - end};
        ck_assert_uint_eq(hdx_str_trim(gap).len, 0);
        ck_assert_uint_le(c->section_end, text.len);
        hdx_str cited = {text.ptr + c->section_begin,
                         c->section_end - c->section_begin};
        ck_assert(
            hdx_str_eq(cited, (hdx_str){d->answer + c->answer_begin,
                                        c->answer_end - c->answer_begin}));
        end = c->answer_end;
    }
    ck_assert_uint_eq(end, strlen(d->answer));
}

/* Walks the path of a missing deposit to its end about confirmations. */
static const helpdex_decision *wait_for(const char *locale, const char *matter)
{
    talk_begin(locale);
    say(matter);
    say("crypto");
    return say("waiting");
}

START_TEST(every_sentence_is_cited_in_any_script)
{
    static const char *const asked[][2] = {{"de", "Einzahlung fehlt"},
                                           {"th", "เงินไม่เข้า"},
                                           {"zh-Hans", "充值没到账"},
                                           {"ar", "فلوسي ما وصلت"},
                                           {"ja", "入金されない"}};
    for (size_t i = 0; i < 5; i++) {
        const helpdex_decision *d = wait_for(asked[i][0], asked[i][1]);
        ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
        ck_assert_str_eq(d->citations[0].locale, asked[i][0]);
        ck_assert_str_eq(d->citations[0].id, "missing-deposit");
        check_citations(d);
        talk_end();
    }
}
END_TEST

START_TEST(a_confident_answer_is_of_the_section_that_was_found)
{
    talk_begin("de");
    const helpdex_decision *d = say("Wie kann ich mein Konto schließen?");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_reason(d, "confident");
    ck_assert_str_eq(d->citations[0].id, "close-account");
    check_citations(d);
    talk_end();
}
END_TEST

START_TEST(a_long_section_is_cut_at_sentences)
{
    talk_begin("en");
    const helpdex_decision *d = say("long winded lamps");
    if (d->verdict == HELPDEX_CLARIFY)
        d = say("1");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    check_citations(d);
    hdx_str whole = section_of(&d->citations[0]);
    ck_assert_uint_lt(strlen(d->answer), whole.len);
    ck_assert_int_eq(d->answer[strlen(d->answer) - 1], '.');
    talk_end();
}
END_TEST

START_TEST(an_end_of_a_path_finds_the_section_of_a_translation)
{
    const helpdex_decision *d = wait_for("ar", "الإيداع لم يصل");
    ck_assert_str_eq(d->citations[0].locale, "ar");
    ck_assert_str_ne(d->citations[0].section, "check-the-confirmations");
    ck_assert_ptr_nonnull(d->deep_link);
    talk_end();
}
END_TEST

/* The sample articles, and one whose section is long. */
static bool build(void)
{
    char command[4096];
    const char *kb = join(temp_dir(), "kb");
    hdx_buf text = {0};
    snprintf(command, sizeof command, "cp -r '%s/kb' '%s'", SOURCE_DIR, kb);
    if (system(command))
        return false;
    hdx_buf_add(&text,
                HDX_STR("---\nid: lamps\n---\n\n# Long winded lamps\n\n"));
    for (int i = 0; i < 30; i++)
        hdx_buf_add(&text, HDX_STR("A long winded lamp has a wick that is "
                                   "trimmed before each evening. "));
    hdx_buf_byte(&text, '\0');
    write_text(join(kb, "en/lamps/lamps.md"), text.ptr);
    hdx_buf_free(&text);
    return talk_index(kb);
}

int main(void)
{
    const TTest *const tests[] = {
        every_sentence_is_cited_in_any_script,
        a_confident_answer_is_of_the_section_that_was_found,
        a_long_section_is_cut_at_sentences,
        an_end_of_a_path_finds_the_section_of_a_translation, NULL};
    talk.build = build;
    return run_suite("answer", tests);
}
