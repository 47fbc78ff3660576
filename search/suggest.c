/*
 * helpdex_suggest: asks the locales of the reader's chain in turn until there
 * are enough, and takes the prefix in one way after another until something is
 * found.
 */
#include "search/suggest.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "search/audience.h"
#include "search/completion.h"

enum { LIMIT_LARGEST = 100, TERMS_SHARE = 4 };

struct helpdex_suggestions {
    hdx_arena arena;
    helpdex_suggestion *items;
    size_t count;
    char locale[HDX_TAG_SIZE];
};

/* The chain of the locale that was asked for last: most readers go on in
   theirs, and reading a tag takes longer than completing. */
struct hdx_suggester {
    hdx_completer completer;
    hdx_arena arena; /* of the chain */
    char asked[HDX_TAG_SIZE];
    bool known; /* the chain is that of `asked` */
    hdx_locale locale;
    hdx_chain chain;
};

typedef struct suggesting {
    helpdex_searcher *searcher;
    hdx_suggester *suggester;
    const helpdex_suggest_request *request;
    hdx_str prefix;
    helpdex_suggestions *out;
    size_t link; /* of the chain; at work */
    hdx_pick texts[LIMIT_LARGEST], terms[LIMIT_LARGEST];
    hdx_pick more[HDX_SHELVES][LIMIT_LARGEST]; /* of a delta */
    hdx_picks picks;
    helpdex_error *err;
} suggesting;

void helpdex_suggest_request_init(helpdex_suggest_request *request)
{
    *request = (helpdex_suggest_request){.size = sizeof *request,
                                         .prefix = "",
                                         .prefix_size = SIZE_MAX,
                                         .limit = 8};
}

void hdx_suggester_free(hdx_suggester *suggester)
{
    if (!suggester)
        return;
    hdx_spelling_free(&suggester->completer.spelling);
    hdx_key_heap_free(&suggester->completer.heap);
    hdx_arena_free(&suggester->arena);
    free(suggester);
}

static helpdex_status check_request(suggesting *s)
{
    const helpdex_suggest_request *r = s->request;
    if (r->size != sizeof *r)
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "a request of another version; call "
                        "helpdex_suggest_request_init first");
    if (r->limit < 1 || r->limit > LIMIT_LARGEST)
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "limit %u; ask for 1 to 100 completions", r->limit);
    s->prefix = r->prefix_size == SIZE_MAX
                    ? hdx_str_of(r->prefix)
                    : (hdx_str){r->prefix, r->prefix_size};
    size_t bad = hdx_utf8_check(s->prefix);
    if (bad != SIZE_MAX)
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "the prefix is not UTF-8 at byte %zu; encode it as "
                        "UTF-8",
                        bad);
    return HELPDEX_OK;
}

/* Makes the chain of the locale, unless it is the one that is there. */
static helpdex_status find_chain(suggesting *s)
{
    hdx_suggester *to = s->suggester;
    hdx_str tag = s->request->locale
                      ? hdx_str_of(s->request->locale)
                      : hdx_str_of(s->searcher->default_locale.tag);
    if (to->known && hdx_str_eq(tag, hdx_str_of(to->asked)))
        return HELPDEX_OK;
    to->known = false;
    if (!hdx_locale_parse(tag, &to->locale))
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "\"%.64s\" is not a language tag; write one, such as "
                        "pt-BR",
                        tag.ptr);
    hdx_arena_reset(&to->arena);
    helpdex_status status = hdx_chain_make(s->searcher, &to->locale, &to->arena,
                                           &to->chain, s->err);
    to->known = !status && tag.len < sizeof to->asked;
    if (to->known)
        memcpy(to->asked, tag.ptr, tag.len + 1);
    return status;
}

static const hdx_chain_link *link_at(const suggesting *s, size_t link)
{
    return &s->suggester->chain.links[link];
}

/* Whether the reader may see the article of a locale. */
static bool is_for_reader(const suggesting *s, const hdx_search_shard *shard,
                          uint32_t article)
{
    if (hdx_rule_sheet_hides(&shard->rules, article))
        return false;
    if (!s->request->region && !s->request->platform)
        return true;
    hdx_forward_article facts = hdx_forward_article_at(shard->forward, article);
    return hdx_audience_admits(facts.regions, s->request->region) &&
           hdx_audience_admits(facts.platforms, s->request->platform);
}

/* An article as it is shown: in the first locale of the chain that has it for
   this reader. */
typedef struct shown {
    size_t link;
    hdx_forward_article article;
} shown;

static shown show(const suggesting *s, uint32_t ordinal)
{
    shown out = {s->link, hdx_forward_article_at(
                              link_at(s, s->link)->shard->forward, ordinal)};
    for (size_t i = 0; i < s->link; i++) {
        const hdx_search_shard *shard = link_at(s, i)->shard;
        uint32_t other = hdx_forward_find(shard->forward, out.article.id);
        if (other != HDX_NO_ARTICLE && is_for_reader(s, shard, other))
            return (shown){i, hdx_forward_article_at(shard->forward, other)};
    }
    return out;
}

static uint32_t article_of(const suggesting *s, uint32_t text)
{
    return link_at(s, s->link)->shard->pool.texts[text].article;
}

/* Whether it is for the reader, and not there yet. */
static bool is_article_wanted(const suggesting *s, uint32_t ordinal)
{
    for (size_t i = 0; i < s->picks.count[HDX_SHELF_TEXTS]; i++)
        if (article_of(s, s->picks.items[HDX_SHELF_TEXTS][i].text) == ordinal)
            return false;
    if (!is_for_reader(s, link_at(s, s->link)->shard, ordinal))
        return false;
    if (s->out->count == 0)
        return true;
    hdx_forward_article article = show(s, ordinal).article;
    for (size_t i = 0; i < s->out->count; i++)
        if (s->out->items[i].id &&
            hdx_str_eq(hdx_str_of(s->out->items[i].id), article.id))
            return false;
    return true;
}

/* Whether a word says more than what was typed, in the reader's language. */
static bool is_term_wanted(const suggesting *s, uint32_t word)
{
    const hdx_chain_link *link = link_at(s, s->link);
    const hdx_tokens *typed = s->suggester->completer.tokens;
    hdx_str term = hdx_lexicon_exact(&link->shard->lexicon, word);
    if (link->fallback || !hdx_question_tells(&link->shard->maker, word) ||
        (typed->words == 1 && hdx_str_eq(term, typed->items[0].word->exact)))
        return false;
    for (size_t i = 0; i < s->picks.count[HDX_SHELF_TERMS]; i++)
        if (s->picks.items[HDX_SHELF_TERMS][i].text == word)
            return false;
    return true;
}

static bool is_wanted(void *context, hdx_shelf_kind kind, uint32_t text)
{
    const suggesting *s = context;
    return kind == HDX_SHELF_TEXTS ? is_article_wanted(s, article_of(s, text))
                                   : is_term_wanted(s, text);
}

static const char *copy(suggesting *s, hdx_str text, bool *failed)
{
    hdx_str lasting = hdx_arena_copy(&s->out->arena, text);
    *failed = *failed || !lasting.ptr;
    return lasting.ptr;
}

static bool emit_text(suggesting *s, const hdx_pick *pick,
                      helpdex_suggestion *out)
{
    const hdx_chain_link *from = link_at(s, s->link);
    const hdx_pool *pool = &from->shard->pool;
    const hdx_pool_text *text = &pool->texts[pick->text];
    shown as = show(s, text->article);
    bool failed = false, translated = as.link != s->link;
    out->kind = text->size && !translated ? HELPDEX_SUGGESTION_QUESTION
                                          : HELPDEX_SUGGESTION_TITLE;
    out->id = copy(s, as.article.id, &failed);
    out->title = copy(s, as.article.title, &failed);
    out->text = out->kind == HELPDEX_SUGGESTION_TITLE
                    ? out->title
                    : copy(s, (hdx_str){pool->bytes + text->offset, text->size},
                           &failed);
    if (as.article.url.len)
        out->url = copy(s, as.article.url, &failed);
    if (translated)
        out->via = copy(s, hdx_str_of(from->shard->locale.tag), &failed);
    out->locale =
        copy(s, hdx_str_of(link_at(s, as.link)->shard->locale.tag), &failed);
    out->fallback = link_at(s, as.link)->fallback;
    return !failed;
}

/* Whether a word is there already: of another locale, or as a title. */
static bool is_emitted(const suggesting *s, hdx_str term)
{
    for (size_t i = 0; i < s->out->count; i++)
        if (hdx_str_eq_nocase(hdx_str_of(s->out->items[i].text), term))
            return true;
    return false;
}

static bool emit(suggesting *s, hdx_shelf_kind kind, const hdx_pick *pick)
{
    s->link = pick->link;
    const hdx_search_shard *shard = link_at(s, s->link)->shard;
    bool failed = false;
    if (kind == HDX_SHELF_TERMS &&
        is_emitted(s, hdx_lexicon_exact(&shard->lexicon, pick->text)))
        return true;
    helpdex_suggestion *out = &s->out->items[s->out->count++];
    out->match = pick->match;
    out->score = (double)pick->score / UINT32_MAX;
    if (kind == HDX_SHELF_TEXTS)
        return emit_text(s, pick, out);
    out->kind = HELPDEX_SUGGESTION_TERM;
    out->text =
        copy(s, hdx_lexicon_exact(&shard->lexicon, pick->text), &failed);
    out->locale = copy(s, hdx_str_of(shard->locale.tag), &failed);
    return !failed;
}

/* How many texts go before the words: those that themselves begin as the words
   do. */
static size_t count_front(const suggesting *s)
{
    size_t front = 0;
    if (s->picks.count[HDX_SHELF_TERMS] == 0)
        return s->picks.count[HDX_SHELF_TEXTS];
    hdx_pool_place least = hdx_score_place(s->terms[0].score);
    while (front < s->picks.count[HDX_SHELF_TEXTS] &&
           hdx_score_place(s->texts[front].score) >= least)
        front++;
    return front;
}

/*
 * Emits what was picked: the texts that begin so, a share of words, the other
 * texts, and where they leave room more words.
 */
static bool emit_picks(suggesting *s)
{
    size_t limit = s->request->limit, front = count_front(s), at[HDX_SHELVES];
    size_t share = (limit + TERMS_SHARE - 1) / TERMS_SHARE;
    const size_t stops[][2] = {
        {HDX_SHELF_TEXTS, front},
        {HDX_SHELF_TERMS, share},
        {HDX_SHELF_TEXTS, s->picks.count[HDX_SHELF_TEXTS]},
        {HDX_SHELF_TERMS, s->picks.count[HDX_SHELF_TERMS]}};
    at[HDX_SHELF_TEXTS] = at[HDX_SHELF_TERMS] = 0;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t kind = stops[i][0];
        for (; at[kind] < stops[i][1] && at[kind] < s->picks.count[kind] &&
               s->out->count < limit;
             at[kind]++)
            if (!emit(s, (hdx_shelf_kind)kind, &s->picks.items[kind][at[kind]]))
                return false;
    }
    return true;
}

/* Picks from a link. */
static helpdex_status pick(suggesting *s, size_t link, hdx_attempt attempt,
                           hdx_pick *texts, hdx_pick *terms)
{
    s->link = link;
    s->picks.items[HDX_SHELF_TEXTS] = texts;
    s->picks.items[HDX_SHELF_TERMS] = terms;
    s->picks.count[HDX_SHELF_TEXTS] = s->picks.count[HDX_SHELF_TERMS] = 0;
    s->picks.limit = s->request->limit - s->out->count;
    helpdex_status status =
        hdx_complete(&s->suggester->completer, link_at(s, link)->shard,
                     s->prefix, attempt, &s->picks, s->err);
    for (int kind = 0; kind < HDX_SHELVES; kind++)
        for (size_t i = 0; i < s->picks.count[kind]; i++)
            s->picks.items[kind][i].link = link;
    return status;
}

/* Puts what was picked from a delta in its places among what was picked from
   the link before, `count` of each kind. */
static void merge(suggesting *s, const size_t count[HDX_SHELVES])
{
    hdx_pick *into[HDX_SHELVES] = {s->texts, s->terms};
    for (int kind = 0; kind < HDX_SHELVES; kind++) {
        size_t kept = count[kind];
        for (size_t i = 0; i < s->picks.count[kind]; i++) {
            hdx_pick next = s->more[kind][i];
            size_t at = kept;
            while (at > 0 && into[kind][at - 1].score < next.score)
                at--;
            if (at == s->picks.limit)
                break;
            kept += kept < s->picks.limit;
            memmove(&into[kind][at + 1], &into[kind][at],
                    (kept - at - 1) * sizeof next);
            into[kind][at] = next;
        }
        s->picks.items[kind] = into[kind];
        s->picks.count[kind] = kept;
    }
}

/* Asks a link, with its delta if it has one. */
static helpdex_status try_link(suggesting *s, hdx_attempt attempt)
{
    size_t link = s->link;
    const hdx_chain *chain = &s->suggester->chain;
    helpdex_status status = pick(s, link, attempt, s->texts, s->terms);
    if (!status && link + 1 < chain->count && chain->links[link + 1].delta) {
        size_t count[HDX_SHELVES] = {s->picks.count[HDX_SHELF_TEXTS],
                                     s->picks.count[HDX_SHELF_TERMS]};
        status = pick(s, link + 1, attempt, s->more[HDX_SHELF_TEXTS],
                      s->more[HDX_SHELF_TERMS]);
        merge(s, count);
    }
    if (!status && !emit_picks(s))
        status = hdx_fail_nomem(s->err);
    s->link = link;
    return status;
}

/* Hides what no question is needed to hide. */
static void hide(const suggesting *s)
{
    const helpdex_suggest_request *r = s->request;
    hdx_rule_reader reader = {.locale = &s->suggester->locale,
                              .region = r->region,
                              .platform = r->platform,
                              .now = r->now ? r->now : hdx_clock()};
    hdx_version version;
    if (r->app_version &&
        hdx_version_read(hdx_str_of(r->app_version), &version))
        reader.version = &version;
    hdx_searcher_hide(s->searcher, &reader);
}

static helpdex_status run(suggesting *s)
{
    helpdex_status status = check_request(s);
    if (!status)
        status = find_chain(s);
    if (status)
        return status;
    size_t limit = s->request->limit;
    const hdx_chain *chain = &s->suggester->chain;
    memcpy(s->out->locale, s->suggester->locale.tag, sizeof s->out->locale);
    s->out->items =
        hdx_arena_alloc(&s->out->arena, limit * sizeof *s->out->items);
    if (!s->out->items)
        return hdx_fail_nomem(s->err);
    hdx_searcher_attend(s->searcher, s->request->region, s->request->platform);
    if (s->searcher->rules.general_count)
        hide(s);
    for (size_t i = 0; i < chain->count; i++)
        hdx_analyser_trim(chain->links[i].shard->analyser);
    for (hdx_attempt attempt = 0;
         attempt < HDX_ATTEMPTS && !status && s->out->count == 0; attempt++)
        for (s->link = 0;
             s->link < chain->count && !status && s->out->count < limit;
             s->link++)
            if (!chain->links[s->link].delta)
                status = try_link(s, attempt);
    hdx_searcher_hide(s->searcher, NULL);
    return status;
}

helpdex_status helpdex_suggest(helpdex_searcher *searcher,
                               const helpdex_suggest_request *request,
                               helpdex_suggestions **out, helpdex_error *err)
{
    *out = NULL;
    if (!searcher->suggester)
        searcher->suggester = calloc(1, sizeof *searcher->suggester);
    suggesting s = {.searcher = searcher,
                    .suggester = searcher->suggester,
                    .request = request,
                    .out = calloc(1, sizeof *s.out),
                    .err = err};
    if (!s.suggester || !s.out) {
        free(s.out);
        return hdx_fail_nomem(err);
    }
    s.suggester->completer.tokens = &searcher->tokens;
    s.picks = (hdx_picks){.wanted = is_wanted, .context = &s};
    helpdex_status status = run(&s);
    if (status)
        helpdex_suggestions_free(s.out);
    else
        *out = s.out;
    return status;
}

size_t helpdex_suggestions_count(const helpdex_suggestions *suggestions)
{
    return suggestions->count;
}

const helpdex_suggestion *helpdex_suggestions_at(
    const helpdex_suggestions *suggestions, size_t at)
{
    return at < suggestions->count ? &suggestions->items[at] : NULL;
}

const char *helpdex_suggestions_locale(const helpdex_suggestions *suggestions)
{
    return suggestions->locale;
}

void helpdex_suggestions_free(helpdex_suggestions *suggestions)
{
    if (!suggestions)
        return;
    hdx_arena_free(&suggestions->arena);
    free(suggestions);
}
