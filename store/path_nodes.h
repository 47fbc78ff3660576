/* Reading the nodes of a triage path; a part of store/paths.h. */
#ifndef HDX_PATH_NODES_H
#define HDX_PATH_NODES_H

#include "store/paths.h"

/* A path at work, whose slots, queue and urgency have been read. */
typedef struct hdx_path_reader {
    hdx_text_reader file;
    hdx_path *path;
    hdx_path_node *node; /* the one at work */
} hdx_path_reader;

/* Reads the map of all nodes. Errors: BAD_INPUT. */
helpdex_status hdx_path_nodes_read(hdx_path_reader *reader,
                                   const hdx_yaml *value);

/* The node of that name. Errors: BAD_INPUT, when there is none. */
helpdex_status hdx_path_node_find(const hdx_path_reader *reader,
                                  const hdx_yaml *value, uint32_t *out);

/* Errors: BAD_INPUT, when there is none. */
helpdex_status hdx_path_urgency_read(const hdx_path_reader *reader,
                                     const hdx_yaml *value, hdx_urgency *out);

/* Whether a value says yes. Errors: BAD_INPUT, when it says neither. */
helpdex_status hdx_path_answer_read(const hdx_path_reader *reader,
                                    const hdx_yaml *value, bool *out);

#endif
