/*
 * tests/handoff/receiver.py as a child of a test: who is called, and notes it.
 * It ends with the process that started it. Files of a test lie in `desk.dir`.
 */
#ifndef HDX_TESTS_RECEIVER_H
#define HDX_TESTS_RECEIVER_H

#include <cjson/cJSON.h>
#include <helpdex/handoff.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/unit/support.h"

#define DESK_SECRET "a secret of more than sixteen bytes"

static struct desk {
    const char *dir;
    const char *log;
    const char *script;
    int port;
} desk;

static void run_receiver(int in, int out, const char *certificate)
{
    setenv("RECEIVER_SECRET", DESK_SECRET, 1);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    execlp("python3", "python3", SOURCE_DIR "/tests/handoff/receiver.py",
           desk.log, desk.script, certificate, (char *)NULL);
    _exit(127);
}

static inline void start_desk_with(const char *certificate)
{
    int in[2], out[2];
    char port[16] = "";
    desk.dir = temp_dir();
    desk.log = join(desk.dir, "log");
    desk.script = join(desk.dir, "script");
    setenv("DESK_SECRET", DESK_SECRET, 1);
    ck_assert_int_eq(pipe(in) + pipe(out), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(in[1]);
        close(out[0]);
        run_receiver(in[0], out[1], certificate);
    }
    close(in[0]);
    close(out[1]);
    ck_assert_int_gt(read(out[0], port, sizeof port - 1), 0);
    close(out[0]);
    desk.port = atoi(port);
    ck_assert_int_gt(desk.port, 0);
}

static inline void start_desk(void)
{
    start_desk_with(NULL);
}

/* What happens to the next requests, a line each. */
static inline void script(const char *lines)
{
    write_text(desk.script, lines);
}

/* Reads a configuration in which %d is the port of the receiver. */
static inline helpdex_handoff_config *config_of(const char *yaml)
{
    char text[2048];
    helpdex_handoff_config *config = NULL;
    helpdex_error err = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, yaml, desk.port, desk.port);
#pragma GCC diagnostic pop
    write_text(join(desk.dir, "config.yml"), text);
    helpdex_handoff_config_read(join(desk.dir, "config.yml"), &config, &err);
    ck_assert_msg(config, "%u: %s", err.line, err.message);
    return config;
}

/* The requests that came, as a list to be deleted. */
static inline cJSON *requests(void)
{
    cJSON *list = cJSON_CreateArray();
    if (access(desk.log, F_OK))
        return list;
    size_t size;
    char *text = read_text(desk.log, &size);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        cJSON_AddItemToArray(list, cJSON_Parse(line));
    free(text);
    return list;
}

static inline int request_count(void)
{
    cJSON *list = requests();
    int count = cJSON_GetArraySize(list);
    cJSON_Delete(list);
    return count;
}

/* "METHOD path" of all requests, a line each. */
static inline const char *request_lines(void)
{
    static char lines[4096];
    cJSON *at, *list = requests();
    lines[0] = '\0';
    cJSON_ArrayForEach(at, list)
    {
        size_t len = strlen(lines);
        snprintf(lines + len, sizeof lines - len, "%s %s\n",
                 cJSON_GetObjectItem(at, "method")->valuestring,
                 cJSON_GetObjectItem(at, "path")->valuestring);
    }
    cJSON_Delete(list);
    return lines;
}

#endif
