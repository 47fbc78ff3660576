/* text/message.h */
#include "text/message.h"

#include "tests/unit/support.h"

static hdx_arena arena;
static hdx_catalog *catalog;

static const hdx_pack *open_pack(const char *tag, const char *extra)
{
    const char *dir = NULL;
    const hdx_pack *pack;
    hdx_locale locale;
    if (extra) {
        dir = temp_dir();
        write_text(join(dir, "und.yml"), "messages: {nothing_found: none}\n");
        write_text(join(dir, "eo.yml"), extra);
    }
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL),
                     HELPDEX_OK);
    return pack;
}

static void close_pack(void)
{
    hdx_catalog_free(catalog);
    hdx_arena_free(&arena);
}

static const char *say(const hdx_pack *pack, hdx_message message,
                       const char *argument)
{
    const char *text;
    ck_assert_int_eq(hdx_message_format(pack, message, hdx_str_of(argument),
                                        &arena, &text, NULL),
                     HELPDEX_OK);
    return text;
}

START_TEST(every_pack_says_every_message)
{
    open_pack("en", NULL);
    for (size_t i = 0; i < hdx_catalog_count(catalog); i++) {
        const hdx_pack *pack;
        hdx_locale locale;
        if (!hdx_locale_parse(hdx_catalog_tag(catalog, i), &locale))
            continue; /* the root */
        ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL),
                         HELPDEX_OK);
        for (hdx_message m = 0; m < HDX_MESSAGES; m++)
            ck_assert_str_ne(say(pack, m, "x"), "");
        const char *text = say(pack, HDX_MESSAGE_DID_YOU_MEAN, "Q{0}'q");
        ck_assert_msg(strstr(text, "Q{0}'q") != NULL, "%s: %s",
                      pack->locale.tag, text);
    }
    close_pack();
}
END_TEST

START_TEST(messages_are_said_in_the_language)
{
    ck_assert_str_eq(
        say(open_pack("de-AT", NULL), HDX_MESSAGE_DID_YOU_MEAN, "Gebühr"),
        "meinten Sie: Gebühr");
    close_pack();
}
END_TEST

START_TEST(what_a_pack_does_not_say_it_says_as_the_wider_one)
{
    const hdx_pack *pack =
        open_pack("eo", "messages: {did_you_mean: \"it''s {0}\"}\n");
    ck_assert_str_eq(say(pack, HDX_MESSAGE_NOTHING_FOUND, ""), "none");
    ck_assert_str_eq(say(pack, HDX_MESSAGE_DID_YOU_MEAN, "a"), "it's a");
    ck_assert_str_eq(say(pack, HDX_MESSAGE_OTHER_LANGUAGE, ""), "");
    close_pack();
}
END_TEST

START_TEST(broken_patterns_are_told)
{
    const hdx_pack *pack = open_pack("en", NULL);
    const char *const broken[] = {
        "you {0",  "{0, nonsense}", "{0,number}", "{0}{0}", "{1}", "{0}{1}",
        "'{'{0}}", "a } b",         "'{0}'",      "none",   ""};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        ck_assert_msg(!hdx_message_is_pattern(pack, HDX_MESSAGE_DID_YOU_MEAN,
                                              hdx_str_of(broken[i])),
                      "%s", broken[i]);
    ck_assert(hdx_message_is_pattern(pack, HDX_MESSAGE_DID_YOU_MEAN,
                                     HDX_STR("you {0}")));
    ck_assert(hdx_message_is_pattern(pack, HDX_MESSAGE_DID_YOU_MEAN,
                                     HDX_STR("it''s ''{0}''")));
    ck_assert(!hdx_message_is_pattern(pack, HDX_MESSAGE_NOTHING_FOUND,
                                      HDX_STR("no {0}")));
    close_pack();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_pack_says_every_message, messages_are_said_in_the_language,
        what_a_pack_does_not_say_it_says_as_the_wider_one,
        broken_patterns_are_told, NULL};
    return run_suite("message", tests);
}
