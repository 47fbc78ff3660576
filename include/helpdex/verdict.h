/* What there is to do about a message: shared by decide.h and classify.h. */
#ifndef HELPDEX_VERDICT_H
#define HELPDEX_VERDICT_H

typedef enum helpdex_verdict {
    HELPDEX_ANSWER,
    HELPDEX_CLARIFY, /* one more question, with the ways it may be answered */
    HELPDEX_ESCALATE /* a person takes over */
} helpdex_verdict;

#endif
