/* the sections handoff and flows are read, and faults are said by line */
#include "handoff/config.h"

#include <stdio.h>

#include "tests/unit/support.h"

static helpdex_handoff_config *config;

static helpdex_status read(const char *yaml, helpdex_error *err)
{
    const char *path = join(temp_dir(), "config.yml");
    setenv("HOOK_SECRET", "0123456789abcdef", 1);
    setenv("DESK_TOKEN", "tok", 1);
    setenv("SHORT", "fifteen bytes..", 1);
    setenv("BROKEN", "0123456789abcdef\r\nX-Evil: 1", 1);
    setenv("EMPTY", "", 1);
    unsetenv("NOBODY");
    write_text(path, yaml);
    return helpdex_handoff_config_read(path, &config, err);
}

static void expect_sound(const char *yaml)
{
    helpdex_error err = {0};
    helpdex_status status = read(yaml, &err);
    ck_assert_msg(status == HELPDEX_OK, "%u: %s", err.line, err.message);
}

static void expect_fault(const char *yaml, unsigned line, const char *what)
{
    helpdex_error err = {0};
    ck_assert_int_eq(read(yaml, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_null(config);
    ck_assert_msg(strstr(err.message, what), "%s", err.message);
    ck_assert_uint_eq(err.line, line);
    ck_assert_ptr_nonnull(strstr(err.file, "config.yml"));
}

#define HEAD "handoff:\n  outbox: o.db\n  targets:\n    t:\n"
#define GENERIC HEAD "      adapter: generic\n      secret_env: HOOK_SECRET\n"
#define ZENDESK                                                                \
    HEAD "      adapter: zendesk\n      url: https://x.zendesk.com\n"          \
         "      secret_env: DESK_TOKEN\n"
#define FLOW "flows:\n  poa:\n"

START_TEST(targets_and_flows_are_read)
{
    expect_sound(HEAD "      adapter: chatwoot\n"
                      "      url: https://chat.example/\n"
                      "      secret_env: DESK_TOKEN\n"
                      "      account: 2\n"
                      "      inbox: 3\n"
                      "      timeout: 20\n" FLOW
                      "    url: https://bank.example/flow/\n"
                      "    secret_env: HOOK_SECRET\n");
    const hdx_peer *t = hdx_peer_find(&config->targets, "t");
    const hdx_peer *f = hdx_peer_find(&config->flows, "poa");
    ck_assert_str_eq(t->url, "https://chat.example");
    ck_assert_str_eq(t->secret, "tok");
    ck_assert_int_eq(t->inbox, 3);
    ck_assert_int_eq(t->timeout, 20);
    ck_assert_str_eq(f->url, "https://bank.example/flow/");
    ck_assert_int_eq(f->timeout, 5);
    ck_assert_ptr_null(hdx_peer_find(&config->flows, "t"));
    helpdex_handoff_config_free(config);
}
END_TEST

START_TEST(an_outbox_lies_beside_its_configuration)
{
    expect_sound(GENERIC "      url: https://x.example/h\n");
    const char *slash = strrchr(config->outbox, '/');
    ck_assert_str_eq(slash, "/o.db");
    ck_assert_int_eq(config->outbox[0], '/');
    helpdex_handoff_config_free(config);
}
END_TEST

START_TEST(sections_of_others_are_stepped_over)
{
    expect_sound("listen: \"127.0.0.1:8080\"\nkeys: [{a: b}]\n");
    ck_assert_ptr_null(config->outbox);
    helpdex_handoff_config_free(config);
    expect_sound("");
    helpdex_handoff_config_free(config);
}
END_TEST

START_TEST(unknown_keys_are_named_with_what_was_meant)
{
    expect_fault("handoff:\n  oubox: x\n", 2, "did you mean outbox?");
    expect_fault(GENERIC "      ulr: x\n", 7, "did you mean url?");
    expect_fault(GENERIC "      inbox: 3\n", 7, "of a target of adapter gen");
    expect_fault(FLOW "    adapter: generic\n", 3, "of a flow");
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    expect_fault("handoff:\n  targets: {}\n", 1, "handoff has no outbox");
    expect_fault("handoff:\n  outbox: x\n", 1, "handoff has no targets");
    expect_fault(GENERIC, 4, "t has no url; add it");
    expect_fault(ZENDESK, 4, "t has no user; add it");
    expect_fault(FLOW "    timeout: 3\n", 2, "poa has no url; add it");
}
END_TEST

START_TEST(addresses_are_of_http_and_hold_no_secret)
{
    expect_fault(GENERIC "      url: ftp://x.example\n", 7, "https nor http");
    expect_fault(GENERIC "      url: file:///etc/passwd\n", 7, "nor http");
    expect_fault(GENERIC "      url: https://u:p@x.example\n", 7, "secret_env");
    expect_fault(GENERIC "      url: \"https://x.example#a\"\n", 7, "a # in");
    expect_fault(GENERIC "      url: x.example\n", 7, "no address");
    expect_fault(GENERIC "      url: [a]\n", 7, "url is one text");
}
END_TEST

START_TEST(secrets_come_from_the_environment_and_are_whole)
{
    expect_fault(FLOW "    url: https://x.example\n    secret_env: NOBODY\n", 4,
                 "the environment has no NOBODY");
    expect_fault(FLOW "    secret_env: EMPTY\n", 3, "no EMPTY");
    expect_fault(FLOW "    secret_env: SHORT\n", 3, "shorter than 16 bytes");
    expect_fault(FLOW "    secret_env: BROKEN\n", 3, "control character");
    expect_fault(FLOW "    secret_env:\n", 3, "secret_env is one text");
}
END_TEST

START_TEST(numbers_are_numbers)
{
    expect_fault(GENERIC "      timeout: 61\n", 7,
                 "timeout is a number from 1 to 60");
    expect_fault(GENERIC "      timeout: 0\n", 7, "a number from 1");
    expect_fault(GENERIC "      timeout: soon\n", 7, "a number from 1");
    expect_fault("handoff:\n  give_up_days: 31\n", 2, "a number from 1 to 30");
    expect_fault(ZENDESK "      submitter: 1234567890123456\n", 8, "a number");
}
END_TEST

START_TEST(fields_are_numbers_and_members)
{
    expect_fault(ZENDESK "      fields: [a]\n", 8, "fields is a map");
    expect_fault(ZENDESK "      fields: {a: queue}\n", 8, "no number");
    expect_fault(ZENDESK "      fields: {\"1\": [a]}\n", 8, "one member");
    expect_sound(ZENDESK "      user: a@b.example\n"
                         "      fields: {\"36\": slots.txid}\n");
    ck_assert_int_eq(config->targets.items[0].fields[0].id, 36);
    ck_assert_str_eq(config->targets.items[0].fields[0].member, "slots.txid");
    helpdex_handoff_config_free(config);
}
END_TEST

START_TEST(a_note_never_stands_in_the_customers_name)
{
    expect_fault(ZENDESK "      user: a@b.example\n"
                         "      customer_email: email\n",
                 4, "without submitter");
}
END_TEST

START_TEST(adapters_are_those_that_there_are)
{
    expect_fault(HEAD "      adapter: intercom\n", 5, "generic, zendesk");
    expect_fault(HEAD "      url: https://x.example\n", 4, "no adapter");
    expect_fault(HEAD "      adapter: [a]\n", 5, "no adapter");
}
END_TEST

START_TEST(sections_of_another_form_are_refused)
{
    expect_fault("[a]\n", 1, "not a map");
    expect_fault("handoff: on\n", 1, "handoff is a map");
    expect_fault("handoff:\n  targets: [a]\n", 2, "targets is a map");
    expect_fault("handoff:\n  outbox: []\n", 2, "outbox is the path");
    expect_fault("flows: [a]\n", 1, "flows is a map");
    expect_fault("flows:\n  poa: x\n", 2, "poa is a map");
}
END_TEST

START_TEST(a_file_that_is_not_there_is_said)
{
    helpdex_error err = {0};
    ck_assert_int_eq(helpdex_handoff_config_read("/none/c.yml", &config, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_str_eq(err.file, "/none/c.yml");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        targets_and_flows_are_read,
        an_outbox_lies_beside_its_configuration,
        sections_of_others_are_stepped_over,
        unknown_keys_are_named_with_what_was_meant,
        what_is_missing_is_named,
        addresses_are_of_http_and_hold_no_secret,
        secrets_come_from_the_environment_and_are_whole,
        numbers_are_numbers,
        fields_are_numbers_and_members,
        a_note_never_stands_in_the_customers_name,
        adapters_are_those_that_there_are,
        sections_of_another_form_are_refused,
        a_file_that_is_not_there_is_said,
        NULL};
    return run_suite("handoff_config", tests);
}
