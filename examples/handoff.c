/*
 * Hand a packet over, from C: put it into the outbox, send what is due, say
 * what has failed.
 *
 *   cc handoff.c $(pkg-config --cflags --libs helpdex) -o handoff
 *   ./handoff CONFIG.yml [PACKET.json]
 *
 * A program that runs for long calls helpdex_outbox_deliver() from a thread of
 * its own, whenever helpdex_outbox_next_due() says so.
 */
#include <stdio.h>

#include <helpdex/handoff.h>

static int fail(const helpdex_error *err)
{
    char line[1200];
    helpdex_error_format(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    return 1;
}

static int put(helpdex_outbox *outbox, const char *path)
{
    static char packet[1 << 20];
    helpdex_error err;
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 1;
    }
    packet[fread(packet, 1, sizeof packet - 1, file)] = '\0';
    fclose(file);
    return helpdex_outbox_put(outbox, packet, &err) ? fail(&err) : 0;
}

static int deliver(helpdex_outbox *outbox)
{
    helpdex_error err;
    helpdex_delivered report;
    helpdex_failures *failures;
    if (helpdex_outbox_deliver(outbox, &report, &err) ||
        helpdex_outbox_failures(outbox, &failures, &err))
        return fail(&err);
    printf("%zu done, %zu postponed, %zu failed\n", report.done,
           report.postponed, report.failed);
    for (size_t i = 0; i < helpdex_failures_count(failures); i++) {
        const helpdex_failure *f = helpdex_failures_at(failures, i);
        printf("%s for %s: %s\n", f->id, f->target, f->why);
    }
    helpdex_failures_free(failures);
    return 0;
}

int main(int argc, char **argv)
{
    helpdex_error err;
    helpdex_handoff_config *config;
    helpdex_outbox *outbox;
    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: handoff CONFIG.yml [PACKET.json]\n");
        return 2;
    }
    if (helpdex_handoff_config_read(argv[1], &config, &err))
        return fail(&err);
    int code = helpdex_outbox_open(config, &outbox, &err) ? fail(&err) : 0;
    if (!code && argc == 3)
        code = put(outbox, argv[2]);
    if (!code)
        code = deliver(outbox);
    helpdex_outbox_free(outbox);
    helpdex_handoff_config_free(config);
    return code;
}
