/*
 * A conversation as it travels with the customer: what was asked, answered and
 * shown, where they are in a triage path, and what they may answer now. Its
 * token is "v1.<JSON in base64>.<HMAC-SHA256>": it can be read by whoever holds
 * it, who is the customer, and changed by nobody without the key. What customers
 * wrote is redacted before it comes in here. Tokens end after a day.
 */
#ifndef HDX_SESSION_H
#define HDX_SESSION_H

#include "assist/path.h"

enum { HDX_SESSION_SECONDS = 24 * 60 * 60, HDX_SESSION_KEY_LEAST = 16 };

/* Older ones are forgotten. */
enum { HDX_SESSION_TURNS = 12, HDX_SESSION_TURN_BYTES = 300 };
enum { HDX_SESSION_SHOWN = 8, HDX_SESSION_ASKED = 8, HDX_SESSION_FLOWS = 4 };
enum {
    HDX_SESSION_OPTIONS = HDX_PATH_OPTIONS,
    HDX_SESSION_SLOTS = HDX_PATH_SLOTS
};

/* Texts that are empty were not given, here and below. */
typedef struct hdx_offered {
    hdx_str label;
    hdx_str value;
    hdx_str id; /* of an article */
    hdx_str section;
    hdx_str path;
} hdx_offered;

typedef struct hdx_shown {
    hdx_str id;
    hdx_str section;
    hdx_str locale;
    hdx_str title;
    hdx_str url;
} hdx_shown;

typedef struct hdx_asked {
    hdx_str question;
    hdx_str answer; /* empty: not yet */
} hdx_asked;

typedef struct hdx_called {
    hdx_str flow;
    hdx_str status; /* empty: not yet known */
} hdx_called;

typedef struct hdx_said_turn {
    bool customer;
    hdx_str text;
    int64_t at; /* seconds since 1970 */
} hdx_said_turn;

/* All texts live in an arena of the caller. */
typedef struct hdx_session {
    hdx_str conversation; /* its id */
    int64_t began;
    hdx_str locale;
    uint64_t messages;  /* of the customer */
    uint64_t clarified; /* questions in a row that no path asked */
    hdx_str path;       /* empty: they are in none */
    hdx_str node;
    bool missed;
    bool pending; /* a question of the path waits for its answer */
    hdx_fact slots[HDX_SESSION_SLOTS];
    size_t slot_count;
    hdx_offered options[HDX_SESSION_OPTIONS]; /* at the last turn */
    size_t option_count;
    hdx_shown shown[HDX_SESSION_SHOWN];
    size_t shown_count;
    hdx_asked asked[HDX_SESSION_ASKED];
    size_t asked_count;
    hdx_called flows[HDX_SESSION_FLOWS];
    size_t flow_count;
    hdx_said_turn turns[HDX_SESSION_TURNS];
    size_t turn_count;
} hdx_session;

typedef enum hdx_session_state {
    HDX_SESSION_SOUND,
    HDX_SESSION_EXPIRED,
    HDX_SESSION_REFUSED /* forged, cut, or of another key or version */
} hdx_session_state;

/* Adds the token of a session that is continued at `now`. False when memory is
   out. */
bool hdx_session_write(const hdx_session *session, hdx_str key, int64_t now,
                       hdx_buf *out);

/* Reads a token into `arena`; unless it is sound, `*out` is empty. Errors:
   NOMEM. */
helpdex_status hdx_session_read(hdx_str token, hdx_str key, int64_t now,
                                hdx_arena *arena, hdx_session *out,
                                hdx_session_state *state, helpdex_error *err);

/* Each adds one, and forgets the oldest where there is no room. A turn is cut,
   what is shown twice is there once. Texts are borrowed. */
void hdx_session_say(hdx_session *session, bool customer, hdx_str text,
                     int64_t at);
void hdx_session_show(hdx_session *session, hdx_shown shown);
void hdx_session_ask(hdx_session *session, hdx_str question);
void hdx_session_call(hdx_session *session, hdx_str flow);

#endif
