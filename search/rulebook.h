/*
 * The rules of an index, made ready for questions: phrases are cut by the
 * analyser of each locale and found by their first word, so that a question
 * costs the same however many rules there are.
 */
#ifndef HDX_RULEBOOK_H
#define HDX_RULEBOOK_H

#include "base/map.h"
#include "search/taglist.h"
#include "store/forward.h"
#include "store/rules.h"
#include "text/analyse.h"

/*
 * What questions are compared by with a rule's: words, by stem or as they are
 * without accents (which mislead a stemmer when they are left out); of Han and
 * kana every pair of neighbours, however a dictionary cuts them.
 */
typedef struct hdx_unit {
    hdx_str stem;
    hdx_str loose;
} hdx_unit;

typedef struct hdx_units {
    hdx_unit *items; /* pairs behind the words; empty ones keep runs apart */
    size_t count;
} hdx_units;

/* A query of a rule as one locale cuts it. */
typedef struct hdx_rule_phrase {
    uint32_t rule;
    uint32_t next; /* 1 + number of another by the same text; 0: none */
    hdx_units units;
} hdx_rule_phrase;

/* What the rules are in one locale. */
typedef struct hdx_rule_sheet {
    hdx_map first; /* either text of a first unit -> 1 + number of a phrase */
    hdx_rule_phrase *phrases; /* one for each such text */
    size_t count;
    uint32_t *articles;    /* of each rule, or HDX_NO_ARTICLE */
    unsigned char *hidden; /* a bit for each article; between calls only those
                              that are gone */
} hdx_rule_sheet;

/* Of whom it is asked whether a rule is for them, and when. NULL: not known. */
typedef struct hdx_rule_reader {
    const hdx_locale *locale;
    const char *region;
    const char *platform;
    const hdx_version *version; /* of their app */
    int64_t now;                /* in seconds since 1970 */
} hdx_rule_reader;

/* Zeroed, it has no rules. */
typedef struct hdx_rulebook {
    hdx_arena arena;
    hdx_rules rules;
    hdx_taglist tags;  /* of all texts in the rules */
    uint32_t *general; /* rules that every question touches */
    size_t general_count;
    uint32_t *by_category; /* rules that hits of a category touch */
    size_t by_category_count;
} hdx_rulebook;

/* Reads the rules of a generation's folder. Close it even if it fails. */
helpdex_status hdx_rulebook_open(const char *generation, hdx_rulebook *out,
                                 helpdex_error *err);
void hdx_rulebook_close(hdx_rulebook *book);

/* Makes the rules ready for a locale. Close it even if it fails. */
helpdex_status hdx_rule_sheet_make(hdx_rulebook *book, const hdx_locale *locale,
                                   const hdx_forward *forward,
                                   hdx_analyser *analyser, hdx_tokens *scratch,
                                   hdx_rule_sheet *out, helpdex_error *err);
void hdx_rule_sheet_close(hdx_rule_sheet *sheet);

/* The locale of a tag in the rules; NULL of an empty one. */
const hdx_locale *hdx_rulebook_locale(const hdx_rulebook *book, hdx_str tag);

/*
 * Whether a rule holds for a reader, now. Readers of whom nothing is known are
 * shown what others are; to be hidden from them a rule must hold for all.
 */
bool hdx_rulebook_holds(const hdx_rulebook *book, const hdx_rule *rule,
                        const hdx_rule_reader *reader);

static inline bool hdx_rule_sheet_hides(const hdx_rule_sheet *sheet,
                                        uint32_t article)
{
    return sheet->hidden[article / 8] & 1 << article % 8;
}

/* Cuts a question; what `out` has lives in `arena` and the analyser. */
helpdex_status hdx_units_cut(hdx_analyser *analyser, hdx_str question,
                             hdx_tokens *scratch, hdx_arena *arena,
                             hdx_units *out, helpdex_error *err);

/* Whether the units from `at` on are the phrase. */
bool hdx_units_are_at(const hdx_units *phrase, const hdx_units *units,
                      size_t at);

#endif
