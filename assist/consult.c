/*
 * Search, and what to do with what it found. Known issues go first. Then the
 * confidence of the best article decides: enough, and it answers or its triage
 * path begins; too little, and a person takes over; between, and the customer
 * is asked which of up to three things they mean, once on the same matter.
 */
#include "assist/trust.h"

#include "assist/likeness.h"
#include "base/error.h"

/* A path of what cannot wait begins when it is more likely than not: another
   question would come before its help. */
static const double URGENT_LEAST = 0.5;

/* What is no more likely than this is not offered beside another. */
static const double OFFER_LEAST = 0.04;

/* One word in common is chance. */
static const double LIKE_LEAST = 0.34;

enum { HITS = 5 };

helpdex_status hdx_turn_search(hdx_turn *turn)
{
    helpdex_request request;
    if (turn->reply->results)
        return HELPDEX_OK;
    helpdex_request_init(&request);
    request.query = turn->message.ptr;
    request.query_size = turn->message.len;
    request.locale = turn->locale.tag;
    request.region = hdx_turn_fact(turn, "region");
    request.platform = hdx_turn_fact(turn, "platform");
    request.app_version = hdx_turn_fact(turn, "app_version");
    request.now = turn->now;
    request.limit = HITS;
    request.snippet = 0; /* they cost more than the search */
    return helpdex_search(turn->assistant->searcher, &request,
                          &turn->reply->results, turn->err);
}

/* What the message may be about, by what was measured in its locale. */
static helpdex_status guess(hdx_turn *t, hdx_guesses *out, hdx_trust *trust,
                            bool *estimated)
{
    helpdex_status status = hdx_guess_make(t, out);
    if (!status)
        *trust = hdx_trust_apply(t, out, estimated);
    return status;
}

/* Where a guess is to be read: the section of its hit, else the first. */
static bool open_guess(const hdx_turn *t, const hdx_guess *guess,
                       hdx_reading *out, uint32_t *section)
{
    uint32_t end;
    if (!hdx_turn_find(t, guess->id, out))
        return false;
    hdx_forward_sections_of(out->shard->forward, out->ordinal, section, &end);
    for (uint32_t i = *section; guess->hit && i < end; i++)
        if (hdx_str_eq(hdx_forward_section_at(out->shard->forward, i).anchor,
                       hdx_str_of(guess->hit->section))) {
            *section = i;
            break;
        }
    return true;
}

/* The question of an article that is most like the message; its title when none
   shares a third of it. */
static helpdex_status name_option(hdx_turn *t, const hdx_reading *reading,
                                  hdx_str *out)
{
    hdx_str rest = reading->article.questions, line;
    hdx_likeness likeness;
    double best = LIKE_LEAST, like;
    *out = reading->article.title;
    helpdex_status status = hdx_likeness_open(reading->shard->analyser,
                                              t->message, &likeness, t->err);
    while (!status && hdx_str_line(&rest, &line)) {
        status = hdx_likeness_to(&likeness, line, &like, t->err);
        if (!status && like > best) {
            best = like;
            *out = line;
        }
    }
    hdx_likeness_close(&likeness);
    return status;
}

static helpdex_status add_option(hdx_turn *t, const hdx_guess *guess,
                                 const hdx_reading *reading)
{
    hdx_session *s = &t->session;
    hdx_offered option = {.id = guess->id, .value = guess->id};
    if (guess->hit)
        option.section = hdx_str_of(guess->hit->section);
    helpdex_status status = name_option(t, reading, &option.label);
    const hdx_path *path =
        hdx_pathbook_by_article(&t->assistant->paths, option.id);
    if (path)
        option.path = path->name;
    s->options[s->option_count++] = option;
    return status;
}

/* How many of the guesses are worth offering. */
static size_t offers_of(const hdx_guesses *guesses)
{
    size_t count = 0;
    while (count < guesses->count && count < HDX_CHOICES &&
           (count == 0 || guesses->items[count].confidence >= OFFER_LEAST))
        count++;
    return count;
}

/* What is urgent is offered first. */
static helpdex_status clarify(hdx_turn *t, const hdx_guesses *guesses)
{
    size_t count = offers_of(guesses);
    t->session.option_count = 0;
    for (int urgent = 1; urgent >= 0; urgent--)
        for (size_t i = 0; i < count; i++) {
            hdx_reading reading;
            if (!hdx_turn_find(t, guesses->items[i].id, &reading) ||
                reading.article.high_stakes != (urgent == 1))
                continue;
            helpdex_status status = add_option(t, &guesses->items[i], &reading);
            if (status)
                return status;
        }
    hdx_turn_leave(t);
    t->session.clarified++;
    hdx_turn_reason(t, "unsure");
    return hdx_turn_offer(t);
}

helpdex_status hdx_turn_announce(hdx_turn *turn, bool *grave)
{
    helpdex_status status = hdx_turn_search(turn);
    if (status)
        return status;
    const helpdex_results *r = turn->reply->results;
    size_t count = helpdex_results_banner_count(r);
    helpdex_banner *banners =
        hdx_arena_alloc(&turn->reply->arena, (count + 1) * sizeof *banners);
    if (!banners)
        return hdx_fail_nomem(turn->err);
    *grave = false;
    for (size_t i = 0; i < count; i++) {
        banners[i] = *helpdex_results_banner(r, i);
        /* The warning to who wrote down a wallet is no issue that is known. */
        *grave = *grave || (strcmp(banners[i].level, "info") != 0 &&
                            strcmp(banners[i].id, "seed-phrase") != 0);
    }
    turn->out->banners = banners;
    turn->out->banner_count = count;
    if (*grave)
        hdx_turn_reason(turn, "known_issue");
    return HELPDEX_OK;
}

/* Answers with an article, or begins its path. */
static helpdex_status settle(hdx_turn *t, const hdx_guess *guess)
{
    hdx_reading reading;
    uint32_t section;
    const hdx_path *path =
        hdx_pathbook_by_article(&t->assistant->paths, guess->id);
    t->session.clarified = 0;
    if (path)
        return hdx_turn_begin(t, path);
    hdx_turn_leave(t);
    if (!open_guess(t, guess, &reading, &section))
        return hdx_turn_hand_over(t);
    return hdx_turn_answer(t, &reading, section, t->message);
}

/* Whether an article begins a path that cannot wait. */
static bool is_urgent(const hdx_turn *t, hdx_str id)
{
    const hdx_path *path = hdx_pathbook_by_article(&t->assistant->paths, id);
    return path && path->high_stakes;
}

static helpdex_status act(hdx_turn *t, const hdx_guesses *guesses,
                          hdx_trust trust, bool known_issue)
{
    const hdx_guess *best = guesses->items;
    if (guesses->count == 0) {
        hdx_turn_reason(t, "nothing_found");
        return known_issue ? HELPDEX_OK : hdx_turn_hand_over(t);
    }
    t->out->confidence = best->confidence;
    helpdex_verdict verdict = hdx_trust_verdict(trust, best->confidence);
    if (verdict == HELPDEX_ANSWER) {
        hdx_turn_reason(t, "confident");
        return settle(t, best);
    }
    if (verdict == HELPDEX_ESCALATE && !known_issue) {
        hdx_turn_reason(t, "out_of_scope");
        return hdx_turn_hand_over(t);
    }
    if (best->confidence >= URGENT_LEAST && is_urgent(t, best->id))
        return settle(t, best);
    if (t->session.clarified) {
        t->suggested = best->id;
        hdx_turn_reason(t, "asked_before");
        return hdx_turn_hand_over(t);
    }
    return clarify(t, guesses);
}

helpdex_status hdx_turn_is_elsewhere(hdx_turn *turn, const hdx_path *path,
                                     bool *out)
{
    bool estimated;
    hdx_phrase_text words;
    hdx_guesses guesses;
    hdx_trust trust;
    if (!hdx_phrase_prepare(&turn->reply->arena, turn->message, &words))
        return hdx_fail_nomem(turn->err);
    hdx_phrase_loosen(&words);
    const hdx_path *other =
        hdx_pathbook_by_label(&turn->assistant->paths, &turn->locale, &words);
    *out = other && other != path;
    if (other)
        return HELPDEX_OK;
    helpdex_status status = hdx_turn_search(turn);
    if (!status)
        status = guess(turn, &guesses, &trust, &estimated);
    if (status || guesses.count == 0)
        return status;
    const hdx_guess *best = guesses.items;
    other = hdx_pathbook_by_article(&turn->assistant->paths, best->id);
    *out = other != path &&
           (hdx_trust_verdict(trust, best->confidence) == HELPDEX_ANSWER ||
            (best->confidence >= URGENT_LEAST && is_urgent(turn, best->id)));
    return HELPDEX_OK;
}

helpdex_status hdx_turn_consult(hdx_turn *turn)
{
    bool known_issue = false;
    hdx_guesses guesses;
    hdx_trust trust;
    helpdex_status status = hdx_turn_announce(turn, &known_issue);
    if (!status)
        status = guess(turn, &guesses, &trust, &turn->out->estimated);
    if (status)
        return status;
    return act(turn, &guesses, trust, known_issue);
}
