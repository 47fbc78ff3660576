/* Words are compared by their stems, each of the message with all of the text:
   both are a few sentences. */
#include "assist/likeness.h"

helpdex_status hdx_likeness_open(hdx_analyser *analyser, hdx_str message,
                                 hdx_likeness *out, helpdex_error *err)
{
    *out = (hdx_likeness){.analyser = analyser};
    hdx_analyser_trim(analyser);
    return hdx_analyse(analyser, message, &out->said, err);
}

void hdx_likeness_close(hdx_likeness *likeness)
{
    hdx_tokens_free(&likeness->said);
    hdx_tokens_free(&likeness->other);
}

static bool has(const hdx_tokens *tokens, hdx_str stem)
{
    for (size_t i = 0; i < tokens->words; i++)
        if (hdx_str_eq(tokens->items[i].word->stem, stem))
            return true;
    return false;
}

helpdex_status hdx_likeness_to(hdx_likeness *likeness, hdx_str text,
                               double *out, helpdex_error *err)
{
    size_t shared = 0, words = 0;
    helpdex_status status =
        hdx_analyse(likeness->analyser, text, &likeness->other, err);
    for (size_t i = 0; !status && i < likeness->said.words; i++) {
        const hdx_word *word = likeness->said.items[i].word;
        words += !word->stop;
        shared += !word->stop && has(&likeness->other, word->stem);
    }
    *out = (double)shared / (double)(words + 1);
    return status;
}
