/*
 * Addresses of callers: read, compared with networks, and shortened before they
 * are written down. IPv4 is kept as ::ffff:a.b.c.d, so that all are alike.
 */
#ifndef HDX_SERVER_ADDRESS_H
#define HDX_SERVER_ADDRESS_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/str.h"

typedef struct hdx_address {
    unsigned char bytes[16];
} hdx_address;

typedef struct hdx_network {
    hdx_address address;
    unsigned bits; /* that count, of 128 */
} hdx_network;

enum { HDX_ADDRESS_TEXT = INET6_ADDRSTRLEN };

/* "192.0.2.1" or "2001:db8::1". */
bool hdx_address_read(hdx_str text, hdx_address *out);
/* False when it is of another family. */
bool hdx_address_of(const struct sockaddr *from, hdx_address *out);
bool hdx_address_is_loopback(const hdx_address *address);

/* "10.0.0.0/8", "2001:db8::/32" or a single address. */
bool hdx_network_read(hdx_str text, hdx_network *out);
bool hdx_network_has(const hdx_network *network, const hdx_address *address);

/* Who is limited together: one IPv4 address, or a /64, which one household or
   machine has to itself. */
hdx_address hdx_address_client(const hdx_address *address);

/* Without the last part, by which a person could be told: /24, of IPv6 /48. */
void hdx_address_write_short(const hdx_address *address,
                             char out[HDX_ADDRESS_TEXT]);

/* "127.0.0.1:8080", "[::1]:0". False when it is no address and port. */
bool hdx_listen_read(const char *text, struct sockaddr_storage *out,
                     socklen_t *size);
/* The same, of a socket that is bound. False when it is of another family. */
bool hdx_listen_write(int fd, char *out, size_t size, bool *loopback);

#endif
