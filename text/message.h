/*
 * What is said around hits and in a talk, in the reader's language: patterns of
 * a locale pack in ICU's MessageFormat.
 */
#ifndef HDX_MESSAGE_H
#define HDX_MESSAGE_H

#include "text/pack.h"

/* The key of a message in a pack. */
const char *hdx_message_key(hdx_message message);

/* Whether a pattern can be used for a message in the locale of the pack: {0},
   the corrected question, is there to be filled in once, of did_you_mean. */
bool hdx_message_is_pattern(const hdx_pack *pack, hdx_message message,
                            hdx_str pattern);

/*
 * A message with `{0}` filled in, terminated, in `arena`; "" when neither the
 * pack nor a wider one has it. Errors: NOMEM, STORE.
 */
helpdex_status hdx_message_format(const hdx_pack *pack, hdx_message message,
                                  hdx_str argument, hdx_arena *arena,
                                  const char **out, helpdex_error *err);

#endif
