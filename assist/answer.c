/*
 * Answers are cut out of one section of an article: whole sentences, in order,
 * from the one that fits the question best, with the bytes where each stands.
 * A short section is given whole. No word is added or left out.
 */
#include "assist/turn.h"

#include "assist/likeness.h"
#include "base/error.h"

/* A section up to this size is an answer as it is; of a longer one sentences
   are taken until there are so many bytes, one at least. */
enum { WHOLE_BYTES = 700, ENOUGH_BYTES = 480, SENTENCES_MOST = 8 };

/* Texts of most scripts but Latin take two or three bytes a character. */
static size_t scaled(hdx_str text, size_t bytes)
{
    size_t points = hdx_utf8_count(text);
    return points ? bytes * text.len / points : bytes;
}

typedef struct extract {
    hdx_turn *turn;
    hdx_str text; /* of the section */
    uint32_t *ends;
    size_t count;
    helpdex_citation *citations;
    size_t cited;
    hdx_buf answer;
} extract;

static helpdex_status cut(extract *e, const hdx_search_shard *shard)
{
    hdx_turn *t = e->turn;
    hdx_knower *knower =
        &t->assistant->knowers[shard - t->assistant->searcher->shards];
    helpdex_status status = HELPDEX_OK;
    if (!knower->sentences)
        status =
            hdx_sentences_open(shard->locale.tag, &knower->sentences, t->err);
    return status
               ? status
               : hdx_sentences_cut(knower->sentences, e->text, &t->reply->arena,
                                   &e->ends, &e->count, t->err);
}

static hdx_str sentence_at(const extract *e, size_t at)
{
    size_t begin = at ? e->ends[at - 1] : 0;
    return (hdx_str){e->text.ptr + begin, e->ends[at] - begin};
}

/* The number of the sentence that is most like the question. */
static helpdex_status find_best(const extract *e, hdx_analyser *analyser,
                                hdx_str question, size_t *out)
{
    hdx_likeness likeness;
    double best = 0, like;
    *out = 0;
    helpdex_status status =
        hdx_likeness_open(analyser, question, &likeness, e->turn->err);
    for (size_t i = 0; i < e->count && !status; i++) {
        status =
            hdx_likeness_to(&likeness, sentence_at(e, i), &like, e->turn->err);
        if (!status && like > best) {
            best = like;
            *out = i;
        }
    }
    hdx_likeness_close(&likeness);
    return status;
}

/* The first sentence to take, and the number behind the last. */
static helpdex_status choose(const extract *e, hdx_analyser *analyser,
                             hdx_str question, size_t *first, size_t *last)
{
    size_t whole = scaled(e->text, WHOLE_BYTES);
    size_t enough = scaled(e->text, ENOUGH_BYTES);
    helpdex_status status = HELPDEX_OK;
    *first = 0;
    *last = e->count;
    if (e->text.len <= whole)
        return status;
    if (question.len)
        status = find_best(e, analyser, question, first);
    size_t begin = *first ? e->ends[*first - 1] : 0;
    *last = *first + 1;
    while (*last < e->count && *last - *first < SENTENCES_MOST &&
           e->ends[*last] - begin <= enough)
        ++*last;
    return status;
}

/* One sentence, with the white space that parts it from the one before. */
static void take(extract *e, const helpdex_citation *where, size_t sentence)
{
    hdx_str text = hdx_str_trim(sentence_at(e, sentence));
    if (text.len == 0)
        return;
    size_t begin = (size_t)(text.ptr - e->text.ptr);
    if (e->cited) {
        size_t gap = e->citations[e->cited - 1].section_end;
        hdx_buf_add(&e->answer, (hdx_str){e->text.ptr + gap, begin - gap});
    }
    helpdex_citation *citation = &e->citations[e->cited++];
    *citation = *where;
    citation->answer_begin = e->answer.len;
    citation->section_begin = begin;
    hdx_buf_add(&e->answer, text);
    citation->answer_end = e->answer.len;
    citation->section_end = begin + text.len;
}

static helpdex_status write(extract *e, const helpdex_citation *where,
                            hdx_analyser *analyser, hdx_str question)
{
    hdx_turn *t = e->turn;
    size_t first, last;
    helpdex_status status = choose(e, analyser, question, &first, &last);
    if (status)
        return status;
    e->citations = hdx_arena_alloc(&t->reply->arena,
                                   (last - first + 1) * sizeof *e->citations);
    if (!e->citations)
        return hdx_fail_nomem(t->err);
    for (size_t i = first; i < last; i++)
        take(e, where, i);
    t->out->answer =
        e->answer.failed ? NULL : hdx_turn_text(t, hdx_buf_str(&e->answer));
    t->out->citations = e->citations;
    t->out->citation_count = e->cited;
    return t->out->answer ? HELPDEX_OK : hdx_fail_nomem(t->err);
}

helpdex_status hdx_turn_locate(hdx_turn *turn, const hdx_reading *reading,
                               uint32_t section, helpdex_citation *out)
{
    hdx_str url = reading->article.url;
    hdx_str anchor =
        hdx_forward_section_at(reading->shard->forward, section).anchor;
    *out = (helpdex_citation){
        .id = hdx_turn_text(turn, reading->article.id),
        .section = hdx_turn_text(turn, anchor),
        .locale = hdx_turn_text(turn, hdx_str_of(reading->shard->locale.tag)),
        .title = hdx_turn_text(turn, reading->article.title)};
    hdx_buf address = {0};
    hdx_buf_add(&address, url);
    if (url.len && anchor.len) {
        hdx_buf_byte(&address, '#');
        hdx_buf_add_uri(&address, anchor);
    }
    if (url.len)
        out->url = hdx_turn_text(turn, hdx_buf_str(&address));
    bool failed = address.failed || (url.len && !out->url);
    hdx_buf_free(&address);
    if (failed || !out->id || !out->section || !out->locale || !out->title)
        return hdx_fail_nomem(turn->err);
    return HELPDEX_OK;
}

/* What is read first by somebody who fears for their money. */
static helpdex_status reassure(hdx_turn *t, const hdx_reading *reading)
{
    if (!reading->article.high_stakes || t->out->reassurance ||
        t->session.path.len) /* its path has said so */
        return HELPDEX_OK;
    hdx_turn_reason(t, "stakes");
    if (t->urgency < HDX_URGENCY_HIGH)
        t->urgency = HDX_URGENCY_HIGH;
    const char *text;
    helpdex_status status = hdx_turn_message(t, HDX_MESSAGE_REASSURE, &text);
    if (!status && *text)
        t->out->reassurance = text;
    return status;
}

static void remember(hdx_turn *t, const helpdex_citation *where)
{
    hdx_session_show(
        &t->session,
        (hdx_shown){hdx_str_of(where->id), hdx_str_of(where->section),
                    hdx_str_of(where->locale), hdx_str_of(where->title),
                    hdx_str_of(where->url ? where->url : "")});
}

helpdex_status hdx_turn_answer(hdx_turn *turn, const hdx_reading *reading,
                               uint32_t section, hdx_str question)
{
    hdx_forward_section at =
        hdx_forward_section_at(reading->shard->forward, section);
    extract e = {.turn = turn, .text = at.text};
    helpdex_citation where;
    helpdex_status status = hdx_turn_locate(turn, reading, section, &where);
    if (!status)
        status = reassure(turn, reading);
    if (!status)
        status = cut(&e, reading->shard);
    if (!status)
        status = write(&e, &where, reading->shard->analyser, question);
    hdx_buf_free(&e.answer);
    if (status)
        return status;
    turn->out->verdict = HELPDEX_ANSWER;
    if (reading->article.deep_link.len && !turn->out->deep_link &&
        !(turn->out->deep_link =
              hdx_turn_text(turn, reading->article.deep_link)))
        return hdx_fail_nomem(turn->err);
    remember(turn, &where);
    return HELPDEX_OK;
}
