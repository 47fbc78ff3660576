/*
 * A row for the store: columns and values by name, with nothing of its
 * customer in it. All that a person wrote has been redacted and cut.
 */
#ifndef HDX_EVENT_H
#define HDX_EVENT_H

#include <helpdex/journal.h>

typedef enum hdx_event_kind {
    HDX_EVENT_SEARCH,
    HDX_EVENT_FEEDBACK,
    HDX_EVENT_RATING,
    HDX_EVENT_DECISION,
    HDX_EVENT_CONTACT,
    HDX_EVENT_HANDOFF,
    HDX_EVENT_KINDS
} hdx_event_kind;

typedef enum hdx_value_type {
    HDX_VALUE_NULL,
    HDX_VALUE_INTEGER,
    HDX_VALUE_REAL, /* finite */
    HDX_VALUE_TEXT
} hdx_value_type;

typedef struct hdx_value {
    const char *column;
    hdx_value_type type;
    int64_t integer;
    double real;
    char *text; /* owned */
} hdx_value;

enum { HDX_EVENT_VALUES_MOST = 16 };

/* Events of one kind have the same columns in the same order. */
typedef struct hdx_event {
    hdx_event_kind kind;
    size_t count;
    hdx_value values[HDX_EVENT_VALUES_MOST];
} hdx_event;

/* Its table; see insights/schema.c. */
const char *hdx_event_table(hdx_event_kind kind);

/* Whether a person sent it: it should outlive a loss of power. */
bool hdx_event_is_lasting(hdx_event_kind kind);

/*
 * Each redacts and copies. `*out` is to be released with hdx_event_free();
 * NULL on failure. Errors: INVALID, STORE (ICU has no data).
 */
helpdex_status hdx_event_of_search(const helpdex_search_event *from,
                                   hdx_event **out, helpdex_error *err);
helpdex_status hdx_event_of_feedback(const helpdex_feedback_event *from,
                                     hdx_event **out, helpdex_error *err);
helpdex_status hdx_event_of_rating(const helpdex_rating_event *from,
                                   hdx_event **out, helpdex_error *err);
helpdex_status hdx_event_of_decision(const helpdex_decision_event *from,
                                     hdx_event **out, helpdex_error *err);
helpdex_status hdx_event_of_contact(const helpdex_contact_event *from,
                                    hdx_event **out, helpdex_error *err);
helpdex_status hdx_event_of_handoff(const helpdex_handoff_event *from,
                                    hdx_event **out, helpdex_error *err);
void hdx_event_free(hdx_event *event);

#endif
