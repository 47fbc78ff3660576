/* Addresses, by inet_pton and masks. */
#include "server/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALL_BITS = 128, V4_BITS = 96 }; /* of an address; before IPv4 */

static const unsigned char v4_prefix[12] = {0, 0, 0, 0, 0,    0,
                                            0, 0, 0, 0, 0xFF, 0xFF};

static void set_v4(hdx_address *out, const void *four)
{
    memcpy(out->bytes, v4_prefix, sizeof v4_prefix);
    memcpy(out->bytes + sizeof v4_prefix, four, 4);
}

static bool is_v4(const hdx_address *address)
{
    return memcmp(address->bytes, v4_prefix, sizeof v4_prefix) == 0;
}

bool hdx_address_read(hdx_str text, hdx_address *out)
{
    char terminated[HDX_ADDRESS_TEXT];
    struct in_addr four;
    if (text.len >= sizeof terminated || text.len == 0)
        return false;
    memcpy(terminated, text.ptr, text.len);
    terminated[text.len] = '\0';
    if (inet_pton(AF_INET, terminated, &four) == 1) {
        set_v4(out, &four);
        return true;
    }
    return inet_pton(AF_INET6, terminated, out->bytes) == 1;
}

bool hdx_address_of(const struct sockaddr *from, hdx_address *out)
{
    if (from->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, from, sizeof four);
        set_v4(out, &four.sin_addr);
    } else if (from->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, from, sizeof six);
        memcpy(out->bytes, &six.sin6_addr, sizeof out->bytes);
    }
    return from->sa_family == AF_INET || from->sa_family == AF_INET6;
}

bool hdx_address_is_loopback(const hdx_address *address)
{
    static const hdx_address six = {.bytes = {[15] = 1}};
    return is_v4(address) ? address->bytes[12] == 127
                          : memcmp(address, &six, sizeof six) == 0;
}

static hdx_address masked(const hdx_address *address, unsigned bits)
{
    hdx_address out = *address;
    for (unsigned i = 0; i < sizeof out.bytes; i++) {
        unsigned keep = bits > i * 8 ? bits - i * 8 : 0;
        if (keep < 8)
            out.bytes[i] &= (unsigned char)(0xFF00u >> keep);
    }
    return out;
}

/* "/8" as a number of bits; what is left out is all of them. */
static bool read_bits(hdx_str text, unsigned most, unsigned *out)
{
    *out = most;
    if (text.len == 0)
        return true;
    *out = 0;
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || i > 3)
            return false;
        *out = *out * 10 + (unsigned)(text.ptr[i] - '0');
    }
    return text.len > 1 && *out <= most;
}

bool hdx_network_read(hdx_str text, hdx_network *out)
{
    const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
    size_t len = slash ? (size_t)(slash - text.ptr) : text.len;
    hdx_str bits = {text.ptr + len, text.len - len};
    if (!hdx_address_read((hdx_str){text.ptr, len}, &out->address))
        return false;
    unsigned before = is_v4(&out->address) ? V4_BITS : 0;
    if (!read_bits(bits, ALL_BITS - before, &out->bits))
        return false;
    out->bits += before;
    out->address = masked(&out->address, out->bits);
    return true;
}

bool hdx_network_has(const hdx_network *network, const hdx_address *address)
{
    hdx_address of = masked(address, network->bits);
    return memcmp(&of, &network->address, sizeof of) == 0;
}

hdx_address hdx_address_client(const hdx_address *address)
{
    return masked(address, is_v4(address) ? ALL_BITS : 64);
}

void hdx_address_write_short(const hdx_address *address,
                             char out[HDX_ADDRESS_TEXT])
{
    bool four = is_v4(address);
    hdx_address of = masked(address, four ? V4_BITS + 24 : 48);
    if (!inet_ntop(four ? AF_INET : AF_INET6, of.bytes + (four ? 12 : 0), out,
                   HDX_ADDRESS_TEXT))
        out[0] = '\0';
}

static bool read_port(const char *text, in_port_t *out)
{
    char *end;
    errno = 0;
    unsigned long port = strtoul(text, &end, 10);
    *out = htons((in_port_t)port);
    return !errno && *end == '\0' && *text >= '0' && *text <= '9' &&
           port <= 65535;
}

bool hdx_listen_read(const char *text, struct sockaddr_storage *out,
                     socklen_t *size)
{
    const char *colon = strrchr(text, ':');
    hdx_str host = {text, colon ? (size_t)(colon - text) : 0};
    hdx_address address;
    in_port_t port;
    if (!colon || !read_port(colon + 1, &port))
        return false;
    bool six = host.len > 2 && text[0] == '[' && host.ptr[host.len - 1] == ']';
    if (six)
        host = (hdx_str){host.ptr + 1, host.len - 2};
    if (!hdx_address_read(host, &address) || is_v4(&address) == six)
        return false;
    memset(out, 0, sizeof *out);
    if (six) {
        struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = port};
        memcpy(&a.sin6_addr, address.bytes, sizeof a.sin6_addr);
        memcpy(out, &a, *size = sizeof a);
    } else {
        struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = port};
        memcpy(&a.sin_addr, address.bytes + 12, sizeof a.sin_addr);
        memcpy(out, &a, *size = sizeof a);
    }
    return true;
}

bool hdx_listen_write(int fd, char *out, size_t size, bool *loopback)
{
    struct sockaddr_storage at;
    socklen_t len = sizeof at;
    hdx_address address;
    char text[HDX_ADDRESS_TEXT];
    in_port_t port;
    if (getsockname(fd, (struct sockaddr *)&at, &len) ||
        !hdx_address_of((struct sockaddr *)&at, &address))
        return false;
    bool six = at.ss_family == AF_INET6;
    memcpy(&port,
           (char *)&at + (six ? offsetof(struct sockaddr_in6, sin6_port)
                              : offsetof(struct sockaddr_in, sin_port)),
           sizeof port);
    if (!inet_ntop(at.ss_family, address.bytes + (six ? 0 : 12), text,
                   sizeof text))
        return false;
    snprintf(out, size, six ? "[%s]:%u" : "%s:%u", text, ntohs(port));
    *loopback = hdx_address_is_loopback(&address);
    return true;
}
