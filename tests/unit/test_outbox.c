/* the outbox loses no packet, and knows when to try again and when not to */
#include "handoff/outbox.h"

#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "handoff/courier.h"

#include "tests/unit/receiver.h"

static const char hook[] = "handoff:\n"
                           "  outbox: outbox.db\n"
                           "  targets:\n"
                           "    desk:\n"
                           "      adapter: generic\n"
                           "      url: http://127.0.0.1:%d/hook\n"
                           "      secret_env: DESK_SECRET\n"
                           "      timeout: 5\n";

static helpdex_handoff_config *config;
static helpdex_outbox *outbox;
static int64_t moment = 1795590000000;

static int64_t now(void *context)
{
    (void)context;
    return moment;
}

static void open_outbox(void)
{
    helpdex_error err = {0};
    helpdex_status status = helpdex_outbox_open(config, &outbox, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s: %s", err.file, err.message);
    hdx_outbox_set_clock(outbox, now, NULL);
}

static void set_up(const char *yaml)
{
    start_desk();
    config = config_of(yaml);
    open_outbox();
}

static void tear_down(void)
{
    helpdex_outbox_free(outbox);
    helpdex_handoff_config_free(config);
}

static void put(const char *id)
{
    char packet[256];
    helpdex_error err = {0};
    snprintf(packet, sizeof packet,
             "{\"id\":\"%s\",\"queue\":\"เงินฝาก\",\"urgency\":\"high\"}", id);
    helpdex_status status = helpdex_outbox_put(outbox, packet, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
}

static helpdex_delivered deliver(void)
{
    helpdex_delivered report;
    helpdex_error err = {0};
    helpdex_status status = helpdex_outbox_deliver(outbox, &report, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return report;
}

static helpdex_outbox_counts count(void)
{
    helpdex_outbox_counts counts;
    ck_assert_int_eq(helpdex_outbox_count(outbox, &counts, NULL), 0);
    return counts;
}

static int64_t next_due(void)
{
    int64_t milliseconds;
    ck_assert_int_eq(helpdex_outbox_next_due(outbox, &milliseconds, NULL), 0);
    return milliseconds;
}

/* The one failure that there is, as "target: why". */
static const char *failure(void)
{
    static char text[512];
    helpdex_failures *list;
    ck_assert_int_eq(helpdex_outbox_failures(outbox, &list, NULL), 0);
    ck_assert_uint_eq(helpdex_failures_count(list), 1);
    ck_assert_ptr_null(helpdex_failures_at(list, 1));
    const helpdex_failure *f = helpdex_failures_at(list, 0);
    snprintf(text, sizeof text, "%s: %s", f->target, f->why);
    helpdex_failures_free(list);
    return text;
}

START_TEST(a_packet_arrives_signed_under_its_id)
{
    set_up(hook);
    put("h-1");
    ck_assert_uint_eq(deliver().done, 1);
    cJSON *list = requests();
    cJSON *headers =
        cJSON_GetObjectItem(cJSON_GetArrayItem(list, 0), "headers");
    ck_assert_str_eq(
        cJSON_GetObjectItem(headers, "Idempotency-Key")->valuestring, "h-1");
    ck_assert_str_eq(
        cJSON_GetObjectItem(headers, "Helpdex-Timestamp")->valuestring,
        "1795590000");
    ck_assert(cJSON_HasObjectItem(headers, "Helpdex-Signature"));
    cJSON_Delete(list);
    tear_down();
}
END_TEST

START_TEST(a_wrong_secret_is_refused_for_good)
{
    start_desk();
    setenv("DESK_SECRET", "another secret of enough bytes", 1);
    config = config_of(hook);
    open_outbox();
    put("h-1");
    ck_assert_uint_eq(deliver().failed, 1);
    ck_assert_str_eq(failure(),
                     "desk: answered 401 (the signature is wrong); check the "
                     "secret and what it may do");
    tear_down();
}
END_TEST

START_TEST(an_id_that_was_put_is_sent_once)
{
    set_up(hook);
    put("h-1");
    put("h-1");
    ck_assert_uint_eq(deliver().done, 1);
    put("h-1");
    ck_assert_uint_eq(deliver().done, 0);
    ck_assert_int_eq(request_count(), 1);
    ck_assert_int_eq(next_due(), -1);
    tear_down();
}
END_TEST

START_TEST(what_fails_comes_again_later_and_later)
{
    set_up(hook);
    script("503\n500\n503\n");
    put("h-1");
    int64_t least = 2500;
    for (int i = 0; i < 3; i++, least *= 2) {
        ck_assert_uint_eq(deliver().postponed, 1);
        ck_assert_int_ge(next_due(), least);
        ck_assert_int_le(next_due(), 2 * least);
        ck_assert_uint_eq(deliver().postponed, 0);
        moment += next_due();
    }
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_int_eq(request_count(), 4);
    tear_down();
}
END_TEST

START_TEST(pauses_end_at_an_hour_and_differ)
{
    ck_assert_int_le(hdx_courier_pause("a", "t", 99, 0), 3600000);
    ck_assert_int_ge(hdx_courier_pause("a", "t", 99, 0), 1800000);
    ck_assert_int_ne(hdx_courier_pause("a", "t", 3, 0),
                     hdx_courier_pause("b", "t", 3, 0));
    ck_assert_int_eq(hdx_courier_pause("a", "t", 3, 0),
                     hdx_courier_pause("a", "t", 3, 0));
}
END_TEST

START_TEST(retry_after_is_honoured_up_to_a_day)
{
    set_up(hook);
    script("429 120\n");
    put("h-1");
    ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_int_eq(next_due(), 120000);
    ck_assert_int_eq(hdx_courier_pause("a", "t", 1, 999999), 86400000);
    tear_down();
}
END_TEST

START_TEST(a_refusal_is_kept_with_what_was_said)
{
    set_up(hook);
    script("422\n");
    put("h-1");
    ck_assert_uint_eq(deliver().failed, 1);
    ck_assert_ptr_nonnull(strstr(failure(), "answered 422 ({\"error\": \"as"));
    ck_assert_int_eq(next_due(), -1);
    ck_assert_uint_eq(count().failed, 1);
    tear_down();
}
END_TEST

START_TEST(conflicts_and_timeouts_of_the_other_side_come_again)
{
    set_up(hook);
    script("408\n409\n425\n");
    put("h-1");
    for (int i = 0; i < 3; i++, moment += next_due())
        ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_uint_eq(deliver().done, 1);
    tear_down();
}
END_TEST

START_TEST(after_the_days_it_is_given_up_and_kept)
{
    set_up(hook);
    script("503\n503\n");
    put("h-1");
    ck_assert_uint_eq(deliver().postponed, 1);
    moment += 3LL * 86400000;
    ck_assert_uint_eq(deliver().failed, 1);
    ck_assert_ptr_nonnull(strstr(failure(), "answered 503"));
    tear_down();
}
END_TEST

START_TEST(what_failed_can_be_sent_anew)
{
    set_up(hook);
    script("403\n");
    put("h-1");
    ck_assert_uint_eq(deliver().failed, 1);
    ck_assert_int_eq(helpdex_outbox_retry(outbox, NULL), 0);
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_uint_eq(count().failed, 0);
    tear_down();
}
END_TEST

START_TEST(nobody_is_held_up_by_a_target_that_is_silent)
{
    set_up(hook);
    script("503\n");
    put("h-1");
    put("h-2");
    put("h-3");
    ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_int_eq(request_count(), 1);
    moment += 5000;
    ck_assert_uint_eq(deliver().done, 3);
    tear_down();
}
END_TEST

START_TEST(a_packet_that_breaks_its_reader_lets_others_by)
{
    set_up(hook);
    script("500\ndone\n500\n");
    put("h-1");
    ck_assert_uint_eq(deliver().postponed, 1);
    put("h-2");
    moment += next_due() + 5000;
    helpdex_delivered report = deliver();
    ck_assert_uint_eq(report.done, 1);
    ck_assert_uint_eq(report.postponed, 1);
    tear_down();
}
END_TEST

START_TEST(a_restart_forgets_nothing)
{
    set_up(hook);
    script("503\n");
    put("h-1");
    put("h-2");
    deliver();
    helpdex_outbox_free(outbox);
    open_outbox();
    ck_assert_uint_eq(count().waiting, 2);
    moment += next_due();
    ck_assert_uint_eq(deliver().done, 2);
    tear_down();
}
END_TEST

/* Runs `work` in a process that is killed at its end, or before. */
static void in_a_killed_process(void (*work)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        open_outbox();
        work();
        raise(SIGKILL);
    }
    waitpid(child, &status, 0);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void put_one(void)
{
    put("h-killed");
}

START_TEST(a_packet_that_was_put_survives_kill_9)
{
    start_desk();
    config = config_of(hook);
    in_a_killed_process(put_one);
    open_outbox();
    ck_assert_uint_eq(count().waiting, 1);
    ck_assert_uint_eq(deliver().done, 1);
    tear_down();
}
END_TEST

/* The clock is asked once more when the answer has come: die before it is
   written down. */
static int64_t die_after_sending(void *context)
{
    (void)context;
    if (request_count())
        raise(SIGKILL);
    return moment;
}

static void send_and_die(void)
{
    helpdex_delivered report;
    hdx_outbox_set_clock(outbox, die_after_sending, NULL);
    put("h-killed");
    helpdex_outbox_deliver(outbox, &report, NULL);
}

START_TEST(who_dies_with_a_packet_leaves_it_to_others_after_the_lease)
{
    start_desk();
    config = config_of(hook);
    in_a_killed_process(send_and_die);
    open_outbox();
    ck_assert_uint_eq(deliver().done, 0);
    ck_assert_int_eq(next_due(), 35000);
    moment += 35000;
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_int_eq(request_count(), 2);
    tear_down();
}
END_TEST

static void *deliver_too(void *context)
{
    helpdex_outbox *other = context;
    helpdex_delivered report;
    ck_assert_int_eq(helpdex_outbox_deliver(other, &report, NULL), 0);
    return NULL;
}

/* Two outboxes over one file are two processes to each other. */
START_TEST(two_at_once_send_each_packet_once)
{
    char id[16];
    pthread_t threads[4];
    helpdex_outbox *others[2];
    set_up(hook);
    for (int i = 0; i < 24; i++) {
        snprintf(id, sizeof id, "h-%d", i);
        put(id);
    }
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(helpdex_outbox_open(config, &others[i], NULL), 0);
        hdx_outbox_set_clock(others[i], now, NULL);
    }
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, deliver_too, others[i / 2]);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_eq(count().done, 24);
    ck_assert_int_eq(request_count(), 24);
    helpdex_outbox_free(others[0]);
    helpdex_outbox_free(others[1]);
    tear_down();
}
END_TEST

/* Takes over what is being sent: while it hangs, its lease has ended. */
static int64_t late(void *context)
{
    helpdex_outbox **thief = context;
    helpdex_delivered report;
    if (*thief && request_count() == 1) {
        helpdex_outbox *other = *thief;
        *thief = NULL;
        moment += 35000;
        ck_assert_int_eq(helpdex_outbox_deliver(other, &report, NULL), 0);
        ck_assert_uint_eq(report.done, 1);
    }
    return moment;
}

START_TEST(who_comes_late_does_not_undo_what_another_did)
{
    helpdex_outbox *thief;
    set_up(hook);
    config->targets.items[0].timeout = 1;
    script("hang\n");
    put("h-1");
    helpdex_handoff_config *patient = config_of(hook);
    ck_assert_int_eq(helpdex_outbox_open(patient, &thief, NULL), 0);
    hdx_outbox_set_clock(thief, now, NULL);
    helpdex_outbox *kept = thief;
    hdx_outbox_set_clock(outbox, late, &thief);
    deliver();
    ck_assert_uint_eq(count().done, 1);
    ck_assert_uint_eq(count().waiting, 0);
    helpdex_outbox_free(kept);
    helpdex_handoff_config_free(patient);
    tear_down();
}
END_TEST

START_TEST(a_delivered_packet_leaves_no_text_on_the_disk)
{
    set_up(hook);
    put("h-1");
    deliver();
    tear_down();
    size_t size;
    char *bytes = read_text(join(desk.dir, "outbox.db"), &size);
    ck_assert_ptr_null(memmem(bytes, size, "เงินฝาก", strlen("เงินฝาก")));
    ck_assert_ptr_nonnull(memmem(bytes, size, "h-1", 3));
    free(bytes);
}
END_TEST

START_TEST(while_it_is_open_the_log_holds_no_text_either)
{
    size_t size = 0;
    set_up(hook);
    put("h-1");
    deliver();
    char *bytes = read_text(join(desk.dir, "outbox.db-wal"), &size);
    ck_assert_ptr_null(memmem(bytes, size, "เงินฝาก", strlen("เงินฝาก")));
    free(bytes);
    tear_down();
}
END_TEST

START_TEST(a_call_ends_so_that_its_caller_can_stop)
{
    char id[16];
    set_up(hook);
    for (int i = 0; i < 33; i++) {
        snprintf(id, sizeof id, "h-%d", i);
        put(id);
    }
    ck_assert_uint_eq(deliver().done, 32);
    ck_assert_int_eq(next_due(), 0);
    ck_assert_uint_eq(deliver().done, 1);
    tear_down();
}
END_TEST

START_TEST(ids_are_forgotten_after_thirty_days)
{
    set_up(hook);
    put("h-1");
    deliver();
    ck_assert_uint_eq(count().done, 1);
    moment += 31LL * 86400000;
    deliver();
    ck_assert_uint_eq(count().done, 0);
    tear_down();
}
END_TEST

START_TEST(a_clock_that_was_wrong_holds_nothing_back)
{
    set_up(hook);
    moment += 400LL * 86400000;
    put("h-1");
    moment -= 400LL * 86400000;
    ck_assert_int_eq(next_due(), 0);
    ck_assert_uint_eq(deliver().done, 1);
    tear_down();
}
END_TEST

START_TEST(others_may_not_read_it)
{
    struct stat about;
    set_up(hook);
    ck_assert_int_eq(stat(join(desk.dir, "outbox.db"), &about), 0);
    ck_assert_int_eq(about.st_mode & 0777, 0600);
    tear_down();
}
END_TEST

START_TEST(a_target_that_is_no_longer_there_is_said)
{
    set_up(hook);
    put("h-1");
    tear_down();
    config = config_of("handoff:\n"
                       "  outbox: outbox.db\n"
                       "  give_up_days: 1\n"
                       "  targets:\n"
                       "    other:\n"
                       "      adapter: generic\n"
                       "      url: http://127.0.0.1:%d/hook\n"
                       "      secret_env: DESK_SECRET\n");
    open_outbox();
    ck_assert_uint_eq(deliver().postponed, 1);
    moment += 86400000;
    ck_assert_uint_eq(deliver().failed, 1);
    ck_assert_str_eq(failure(), "desk: the configuration has no target of this "
                                "name; add it");
    tear_down();
}
END_TEST

static void expect_refusal(const char *packet, const char *why)
{
    helpdex_error err = {0};
    ck_assert_int_eq(helpdex_outbox_put(outbox, packet, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, why));
}

START_TEST(what_is_no_packet_is_not_put)
{
    static char large[(1 << 20) + 2];
    set_up(hook);
    expect_refusal("", "no packet");
    expect_refusal("[]", "no packet");
    expect_refusal("{\"id\":7}", "no packet");
    expect_refusal("{\"id\":\"a\"} {}", "no packet");
    expect_refusal("{\"id\":\"a\\nb: c\"}", "no packet");
    expect_refusal("{\"id\":\"\"}", "no packet");
    expect_refusal("{\"id\":\"\xff\"}", "UTF-8");
    memset(large, ' ', sizeof large - 1);
    expect_refusal(large, "larger than 1 MiB");
    ck_assert_uint_eq(count().waiting, 0);
    tear_down();
}
END_TEST

START_TEST(a_file_of_another_kind_is_refused)
{
    helpdex_error err = {0};
    start_desk();
    config = config_of(hook);
    write_text(join(desk.dir, "outbox.db"),
               "This is no database, and it is longer than a header of one: "
               "one hundred bytes have to be read to know.");
    ck_assert_int_eq(helpdex_outbox_open(config, &outbox, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "name another file"));
    ck_assert_ptr_null(outbox);
    helpdex_handoff_config_free(config);
}
END_TEST

START_TEST(a_configuration_without_handoff_has_no_outbox)
{
    helpdex_error err = {0};
    start_desk();
    config = config_of("listen: 1\n");
    ck_assert_int_eq(helpdex_outbox_open(config, &outbox, &err),
                     HELPDEX_INVALID);
    ck_assert_ptr_nonnull(strstr(err.message, "add one with outbox"));
    helpdex_handoff_config_free(config);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_packet_arrives_signed_under_its_id,
        a_wrong_secret_is_refused_for_good,
        an_id_that_was_put_is_sent_once,
        what_fails_comes_again_later_and_later,
        pauses_end_at_an_hour_and_differ,
        retry_after_is_honoured_up_to_a_day,
        a_refusal_is_kept_with_what_was_said,
        conflicts_and_timeouts_of_the_other_side_come_again,
        after_the_days_it_is_given_up_and_kept,
        what_failed_can_be_sent_anew,
        nobody_is_held_up_by_a_target_that_is_silent,
        a_packet_that_breaks_its_reader_lets_others_by,
        a_restart_forgets_nothing,
        a_packet_that_was_put_survives_kill_9,
        who_dies_with_a_packet_leaves_it_to_others_after_the_lease,
        two_at_once_send_each_packet_once,
        who_comes_late_does_not_undo_what_another_did,
        a_delivered_packet_leaves_no_text_on_the_disk,
        while_it_is_open_the_log_holds_no_text_either,
        a_call_ends_so_that_its_caller_can_stop,
        ids_are_forgotten_after_thirty_days,
        a_clock_that_was_wrong_holds_nothing_back,
        others_may_not_read_it,
        a_target_that_is_no_longer_there_is_said,
        what_is_no_packet_is_not_put,
        a_file_of_another_kind_is_refused,
        a_configuration_without_handoff_has_no_outbox,
        NULL};
    return run_suite("outbox", tests);
}
