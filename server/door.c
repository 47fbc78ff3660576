/* Listening, and accepting: a connection over the limit is told so at once. */
#include "server/door.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/log.h"

enum { BACKLOG = 4096, AT_ONCE = 256, FIRST_GIVEN = 3 };

/* Sockets that systemd hands over (sd_listen_fds(3)). */
static unsigned given_sockets(void)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (!pid || !count || strtol(pid, NULL, 10) != (long)getpid())
        return 0;
    long given = strtol(count, NULL, 10);
    return given < 0                  ? 0
           : given > HDX_DOOR_SOCKETS ? HDX_DOOR_SOCKETS
                                      : (unsigned)given;
}

static helpdex_status fail(helpdex_error *err, const char *what,
                           const char *address, const char *remedy)
{
    return hdx_fail(err, HELPDEX_IO, "cannot %s %s: %s; %s", what, address,
                    strerror(errno), remedy);
}

static helpdex_status bind_own(hdx_door *door, const char *listen_at,
                               helpdex_error *err)
{
    struct sockaddr_storage address;
    socklen_t size;
    const int on = 1;
    if (!hdx_listen_read(listen_at, &address, &size))
        return hdx_fail(err, HELPDEX_INVALID,
                        "\"%.100s\" is not an address and port; write "
                        "127.0.0.1:8080 or [::1]:8080",
                        listen_at);
    int fd = socket(address.ss_family,
                    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail(err, "open a socket for", listen_at,
                    "look at the limits of the system");
    door->sockets[door->count++] = fd;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, size) || listen(fd, BACKLOG))
        return fail(err, "listen on", listen_at,
                    "choose another port, or end what has this one");
    return HELPDEX_OK;
}

static helpdex_status take_given(hdx_door *door, unsigned count,
                                 helpdex_error *err)
{
    for (unsigned i = 0; i < count; i++) {
        int fd = FIRST_GIVEN + (int)i, listening = 0;
        socklen_t size = sizeof listening;
        if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) ||
            !listening)
            return hdx_fail(err, HELPDEX_IO,
                            "file %d of LISTEN_FDS is no listening socket; "
                            "give a ListenStream=",
                            fd);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        door->sockets[door->count++] = fd;
    }
    return HELPDEX_OK;
}

/* Nobody but this machine, unless there are keys. */
static helpdex_status check_reach(hdx_door *door, bool has_keys,
                                  helpdex_error *err)
{
    for (unsigned i = 0; i < door->count; i++) {
        char address[64];
        bool loopback;
        if (!hdx_listen_write(door->sockets[i], address, sizeof address,
                              &loopback))
            return hdx_fail(err, HELPDEX_INVALID,
                            "a socket that is neither IPv4 nor IPv6; listen "
                            "on an address and port");
        if (!loopback && !has_keys)
            return hdx_fail(err, HELPDEX_INVALID,
                            "%s can be reached from other machines, and there "
                            "are no keys; make one by `helpdex key create`, or "
                            "listen on 127.0.0.1",
                            address);
        if (i == 0)
            snprintf(door->address, sizeof door->address, "%s", address);
    }
    return HELPDEX_OK;
}

helpdex_status hdx_door_open(hdx_door *door, const char *listen, bool has_keys,
                             helpdex_error *err)
{
    unsigned given = given_sockets();
    *door = (hdx_door){0};
    helpdex_status status =
        given ? take_given(door, given, err) : bind_own(door, listen, err);
    return status ? status : check_reach(door, has_keys, err);
}

/* Too many are inside: the answer needs no thread and no request. */
static void turn_away(int fd)
{
    static const char body[] =
        "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\","
        "\"status\":503,\"detail\":\"there are more connections than the "
        "server takes; try again\"}";
    char answer[512], unread[512];
    int len = snprintf(answer, sizeof answer,
                       "HTTP/1.1 503 Service Unavailable\r\n"
                       "Content-Type: application/problem+json\r\n"
                       "Content-Length: %zu\r\nRetry-After: 1\r\n"
                       "Cache-Control: no-store\r\nConnection: close\r\n\r\n%s",
                       sizeof body - 1, body);
    send(fd, answer, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
    /* What was sent and stays unread would take the answer back. */
    recv(fd, unread, sizeof unread, MSG_DONTWAIT);
    close(fd);
}

static void admit(hdx_door *door, hdx_server *server,
                  const hdx_arrival *arrival, long most)
{
    const int on = 1;
    if ((long)atomic_load(&server->connections) >= most) {
        turn_away(arrival->fd);
        hdx_count(&server->turned_away, 1);
        return;
    }
    setsockopt(arrival->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    atomic_fetch_add(&server->connections, 1);
    hdx_worker_give(&server->workers[door->next], arrival);
    door->next = (door->next + 1) % server->count;
}

bool hdx_door_admit(hdx_door *door, unsigned socket, hdx_server *server,
                    long most)
{
    for (unsigned i = 0; i < AT_ONCE; i++) {
        hdx_arrival arrival = {.size = sizeof arrival.address};
        arrival.fd =
            accept4(door->sockets[socket], (struct sockaddr *)&arrival.address,
                    &arrival.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (arrival.fd >= 0) {
            admit(door, server, &arrival, most);
            continue;
        }
        if (errno != EMFILE && errno != ENFILE && errno != ENOMEM &&
            errno != ENOBUFS)
            return true;
        if (!door->short_of_files)
            hdx_log_event("error", "accept", strerror(errno));
        door->short_of_files = true;
        return false;
    }
    return true;
}

void hdx_door_close(hdx_door *door)
{
    for (unsigned i = 0; i < door->count; i++)
        close(door->sockets[i]);
    door->count = 0;
}
