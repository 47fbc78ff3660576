/*
 * A decision with what follows from it: a personal flow is called and its
 * outcome told. Putting a handoff into the outbox is the caller's, because a
 * customer has the decision even when that fails.
 */
#ifndef HDX_SERVER_CONVERSE_H
#define HDX_SERVER_CONVERSE_H

#include <helpdex/decide.h>
#include <helpdex/handoff.h>

/*
 * As helpdex_ask(). `config` (NULL: none) has the flows; what it lacks is left
 * for the caller in the decision.
 */
helpdex_status hdx_converse(helpdex_assistant *assistant,
                            const helpdex_ask_request *request,
                            const helpdex_handoff_config *config,
                            helpdex_reply **out, helpdex_error *err);

/* Tells the outcome of a flow; what is decided then takes the place of `*reply`,
   which asked for it. On failure that stays. */
helpdex_status hdx_converse_tell(helpdex_assistant *assistant,
                                 const helpdex_ask_request *request,
                                 const helpdex_flow_result *result,
                                 helpdex_reply **reply, helpdex_error *err);

#endif
