/*
 * Contacts with a help desk, of which each may say what was asked and which
 * article has answered it. What they mean is the caller's to say.
 */
#ifndef HDX_CONTACTS_H
#define HDX_CONTACTS_H

#include "importer/intake.h"

enum { HDX_CONTACT_ARTICLES = 3, HDX_CONTACT_REPLIES = 2 };

/* Texts that the file has not are empty; all are in the arena of the intake. */
typedef struct hdx_contact {
    hdx_place place;
    hdx_str text; /* the customer's */
    hdx_str locale;
    hdx_str articles[HDX_CONTACT_ARTICLES]; /* each an id or an address */
    hdx_str replies[HDX_CONTACT_REPLIES];   /* of agents, with links */
} hdx_contact;

typedef struct hdx_contacts {
    hdx_intake in;
    hdx_contact *items;
    size_t count, capacity;
} hdx_contacts;

/*
 * Reads a file of JSON Lines (.jsonl, .ndjson) or CSV (.csv, .tsv). What is
 * wrong with it is a finding, and then `refused` of the intake is true. `out`
 * is to be released in any case. Errors: NOMEM.
 */
helpdex_status hdx_contacts_read(const char *path, hdx_contacts *out,
                                 helpdex_error *err);
void hdx_contacts_free(hdx_contacts *contacts);

#endif
