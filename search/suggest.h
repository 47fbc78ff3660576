/* What a searcher remembers from one suggestion to the next. */
#ifndef HDX_SUGGEST_H
#define HDX_SUGGEST_H

typedef struct hdx_suggester hdx_suggester;

void hdx_suggester_free(hdx_suggester *suggester);

#endif
