/*
 * One call of helpdex_ask on its way: what is known of the customer, the
 * conversation so far, and the decision as it takes shape. The stages are one
 * file each, in the order in which they may end the turn: choice (of what was
 * offered), steps (of triage paths), consult (search and classifier), and each
 * ends in an answer, a question, or in handing over.
 */
#ifndef HDX_TURN_H
#define HDX_TURN_H

#include <helpdex/decide.h>

#include "assist/pathbook.h"
#include "assist/person.h"
#include "assist/session.h"
#include "intent/ask.h"
#include "search/audience.h"
#include "search/call.h"
#include "store/measured.h"
#include "text/message.h"
#include "text/sentences.h"

/* The classifier of a locale, and what cuts its sentences. */
typedef struct hdx_knower {
    hdx_intent_file file;
    bool open; /* false: its articles have no questions to learn from */
    hdx_sentences *sentences; /* opened by the first answer: of languages with
                                 abbreviations that costs more than a search */
} hdx_knower;

struct helpdex_assistant {
    helpdex_searcher *searcher;
    hdx_knower *knowers;    /* by the number of the shard */
    hdx_measured *measured; /* likewise */
    hdx_intent_scratch scratch;
    hdx_pathbook paths;
    hdx_person_book people;
};

struct helpdex_reply {
    hdx_arena arena;
    helpdex_results *results; /* NULL: nothing was searched */
    helpdex_decision decision;
};

enum { HDX_REASONS = 8, HDX_CHOICES = 3 };

typedef struct hdx_turn {
    helpdex_assistant *assistant;
    const helpdex_ask_request *request;
    int64_t now;
    hdx_str message;  /* whitespace at its ends is gone */
    hdx_str spoken;   /* the same, redacted */
    bool seed_phrase; /* it seems to hold one, which nobody may keep */
    hdx_locale locale;
    hdx_chain chain;
    hdx_locale *served; /* of the chain; what texts are chosen by */
    hdx_facts facts;
    hdx_rule_reader reader; /* what editors hide from them */
    hdx_version version;    /* of their app, if it is known */
    hdx_session session;    /* as it was, then as it becomes */
    hdx_offered *offered;   /* at the turn before */
    size_t offered_count;
    const char *reasons[HDX_REASONS];
    helpdex_reply *reply;
    helpdex_decision *out;
    const hdx_path *walked; /* in this turn; NULL: none */
    hdx_str queue;          /* who would take over; empty: not known yet */
    hdx_urgency urgency;
    hdx_str suggested; /* id of an article for the agent; empty: the path's,
                          or the last that was shown */
    helpdex_error *err;
} hdx_turn;

/* An article as a reader of this turn gets it. */
typedef struct hdx_reading {
    hdx_search_shard *shard;
    uint32_t ordinal;
    hdx_forward_article article;
} hdx_reading;

static inline hdx_readers hdx_turn_readers(const hdx_turn *turn)
{
    return (hdx_readers){turn->served, turn->chain.count};
}

/* A turn with nothing done yet. All are borrowed. */
hdx_turn hdx_turn_new(helpdex_assistant *assistant,
                      const helpdex_ask_request *request, helpdex_reply *reply,
                      helpdex_error *err);

/* Reads the request and its session: all that is there before a decision. */
helpdex_status hdx_turn_open(hdx_turn *turn);

/* INVALID: there is no message. */
helpdex_status hdx_turn_refuse_empty(const hdx_turn *turn);

/* Decides what to say; see assist/decide.c. */
helpdex_status hdx_turn_decide(hdx_turn *turn);

/* Searches for the message, once. */
helpdex_status hdx_turn_search(hdx_turn *turn);

/* Words that say why; see docs/decisions.md. Those behind the eighth are left
   out. */
void hdx_turn_reason(hdx_turn *turn, const char *word);

/* The value of a fact, or NULL. */
const char *hdx_turn_fact(const hdx_turn *turn, const char *name);

/* A text of the reply, terminated; NULL when memory is out. */
const char *hdx_turn_text(hdx_turn *turn, hdx_str text);

/* A message of the pack, "" when none has it. Errors: NOMEM, STORE. */
helpdex_status hdx_turn_message(hdx_turn *turn, hdx_message message,
                                const char **out);

/* The article in the first locale of the chain that has it for this customer.
   False: there is none, or editors hide it whatever is asked. */
bool hdx_turn_find(const hdx_turn *turn, hdx_str id, hdx_reading *out);

/* What was offered is taken up, if the message does that. */
helpdex_status hdx_turn_choose(hdx_turn *turn, bool *done);

/* Begins a path. */
helpdex_status hdx_turn_begin(hdx_turn *turn, const hdx_path *path);

/* Leaves the path that the session is in; what was told there is kept until
   another begins. */
void hdx_turn_leave(hdx_turn *turn);

/* Goes on in the path of the session with what was said. `*done` is false when
   the message is about another matter. */
helpdex_status hdx_turn_walk(hdx_turn *turn, hdx_said said, bool *done);

/* What the path says of the flow of the step before, and when it has failed; each
   NULL where it says nothing. */
helpdex_status hdx_turn_flow_texts(hdx_turn *turn, const char **text,
                                   const char **failed);

/* Says once more what reassured them in the decision that called the flow: this
   one takes its place. */
helpdex_status hdx_turn_reassure_again(hdx_turn *turn);

/* Whether the message, which answers no question of the path, is surely about
   another matter: it has a label of another path, or search and classifier
   would act on it. */
helpdex_status hdx_turn_is_elsewhere(hdx_turn *turn, const hdx_path *path,
                                     bool *out);

/* Brings the known issues that the message is about; `*grave` says whether one
   is more than information. */
helpdex_status hdx_turn_announce(hdx_turn *turn, bool *grave);

/* Searches, and answers, asks back or hands over by how sure that is. */
helpdex_status hdx_turn_consult(hdx_turn *turn);

/*
 * Answers with a section: sentences from the one on that is most like the
 * question, from the first if that is empty. Stakes of the article put a
 * reassurance before it.
 */
helpdex_status hdx_turn_answer(hdx_turn *turn, const hdx_reading *reading,
                               uint32_t section, hdx_str question);

/* Where a section is to be read, in texts of the reply. */
helpdex_status hdx_turn_locate(hdx_turn *turn, const hdx_reading *reading,
                               uint32_t section, helpdex_citation *out);

/* Offers what the session has as options, with the way to say that it is none
   of them. */
helpdex_status hdx_turn_offer(hdx_turn *turn);

/* Offers to say that an answer did not help. */
helpdex_status hdx_turn_offer_more(hdx_turn *turn);

/* An answer did not help: the next step of its path, else a person. */
helpdex_status hdx_turn_unhelped(hdx_turn *turn);

/* A person takes over. */
helpdex_status hdx_turn_hand_over(hdx_turn *turn);

/* Writes the packet for the person, once all else of the decision is there. */
helpdex_status hdx_turn_packet(hdx_turn *turn);

#endif
