/*
 * The door of a server: the sockets it listens on, those of its own or those
 * that systemd opened for it, and who comes in by them.
 */
#ifndef HDX_SERVER_DOOR_H
#define HDX_SERVER_DOOR_H

#include "server/state.h"

enum { HDX_DOOR_SOCKETS = 8 };

typedef struct hdx_door {
    int sockets[HDX_DOOR_SOCKETS];
    unsigned count;
    unsigned next;       /* worker */
    bool short_of_files; /* said once */
    char address[64];    /* of the first */
} hdx_door;

/* Without keys, for this machine alone. Errors: INVALID, IO. Close it even if it fails. */
helpdex_status hdx_door_open(hdx_door *door, const char *listen, bool has_keys,
                             helpdex_error *err);
/* Lets in who waits at a socket. False: no more can be let in for now. */
bool hdx_door_admit(hdx_door *door, unsigned socket, hdx_server *server,
                    long most);
void hdx_door_close(hdx_door *door);

#endif
