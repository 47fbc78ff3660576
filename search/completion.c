/*
 * From what was typed to the keys that begin so. Which other spellings are
 * tried depends on the symbols that were typed and on the locale's pack.
 */
#include "search/completion.h"

#include "search/mistyped.h"
#include "text/fold.h"
#include "text/hangul.h"
#include "text/letters.h"

/* Of what is typed so many symbols count; with room for a romaji ending. */
enum { TYPED_MOST = 96, PREFIX_BYTES = 256, KEYED_BYTES = 1024 };

/* What was typed, as symbols; not terminated. */
typedef struct typed {
    uint16_t symbols[TYPED_MOST];
    size_t count;
} typed;

typedef struct completing {
    hdx_completer *completer;
    const hdx_search_shard *shard;
    const hdx_pack *pack;
    hdx_attempt attempt;
    hdx_picks *picks;
} completing;

static bool ends_in_space(hdx_str text)
{
    return text.len && (unsigned char)text.ptr[text.len - 1] <= ' ';
}

/* The symbols of a prefix from its first word on, or from its first that is no
   stop word. Empty: there is nothing to be tried. */
static helpdex_status spell(completing *c, hdx_str prefix, typed *out,
                            helpdex_error *err)
{
    hdx_completer *to = c->completer;
    bool shorn = c->attempt == HDX_ATTEMPT_WITHOUT_STOPS ||
                 c->attempt == HDX_ATTEMPT_TYPO_WITHOUT_STOPS;
    size_t word = 0, at = 0;
    out->count = 0;
    helpdex_status status =
        hdx_analyse(c->shard->analyser, prefix, to->tokens, err);
    if (status)
        return status;
    if (!hdx_spell(&to->spelling, HDX_SPELLED_AS_WRITTEN, false, to->tokens,
                   ends_in_space(prefix)))
        return hdx_fail_nomem(err);
    const hdx_spelling *s = &to->spelling;
    while (shorn && word < s->word_count && s->words[word].stop)
        word++;
    if (s->word_count == 0 || (shorn && (word == 0 || word == s->word_count)))
        return HELPDEX_OK;
    at = s->words[word].at;
    out->count = s->count - at < TYPED_MOST ? s->count - at : TYPED_MOST;
    memcpy(out->symbols, s->symbols + at, out->count * sizeof *out->symbols);
    return HELPDEX_OK;
}

static bool is_latin(const typed *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->symbols[i] >= 0x80)
            return false;
    return true;
}

static bool is_initials(const typed *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->symbols[i] != ' ' && !hdx_hangul_is_initial(t->symbols[i]))
            return false;
    return true;
}

/* As readings are spelled: without spaces, and without the `v` that is typed
   for a letter that keyboards lack. False when that is nothing else. */
static bool close_up(const typed *from, bool latin, typed *out)
{
    out->count = 0;
    bool other = false;
    for (size_t i = 0; i < from->count; i++) {
        uint16_t symbol = from->symbols[i];
        other = other || symbol == ' ' || (latin && symbol == 'v');
        if (symbol != ' ')
            out->symbols[out->count++] =
                latin && symbol == 'v' ? (uint16_t)'u' : symbol;
    }
    return other && out->count;
}

/* Whether more than one word was typed, with spaces between. */
static bool has_words(const typed *t)
{
    size_t at = 0;
    while (at < t->count && t->symbols[at] != ' ')
        at++;
    return at + 1 < t->count;
}

static void add(completing *c, const uint16_t *symbols, size_t count, bool read)
{
    hdx_key_heap *to = &c->completer->heap;
    hdx_key_range range = hdx_shelf_narrow(to->shelf, hdx_shelf_all(to->shelf),
                                           0, symbols, count);
    hdx_key_heap_add(to, range, read);
}

static void add_typed(completing *c, const typed *t)
{
    if (c->attempt != HDX_ATTEMPT_TYPO &&
        c->attempt != HDX_ATTEMPT_TYPO_WITHOUT_STOPS)
        add(c, t->symbols, t->count, false);
    else
        hdx_mistyped_add(&c->completer->heap, t->symbols, t->count);
}

/* Romaji as kana, with each of the endings that the last letters may have. */
static void add_romaji(completing *c, const typed *t)
{
    char latin[TYPED_MOST], kana[4 * TYPED_MOST];
    hdx_romaji_rest rest;
    uint16_t symbols[TYPED_MOST + 2];
    size_t count = 0, len;
    for (size_t i = 0; i < t->count; i++)
        if (t->symbols[i] != ' ')
            latin[count++] = (char)t->symbols[i];
    if (!hdx_romaji_begin((hdx_str){latin, count}, kana, sizeof kana, &len,
                          &rest))
        return;
    count = 0;
    for (size_t at = 0; at < len && count < TYPED_MOST;)
        symbols[count++] = (uint16_t)hdx_utf8_next((hdx_str){kana, len}, &at);
    if (rest.count == 0)
        add(c, symbols, count, true);
    for (size_t i = 0; i < rest.count; i++) {
        memcpy(symbols + count, rest.endings[i], sizeof rest.endings[i]);
        add(c, symbols, count + (rest.endings[i][1] ? 2 : 1), true);
    }
}

/* Adds what fits on the shelf at work. */
static void add_all(completing *c, const typed *t)
{
    typed closed;
    bool latin = is_latin(t) && c->pack->romanise == HDX_ROMANISE_PINYIN;
    add_typed(c, t);
    if ((latin || is_initials(t)) && close_up(t, latin, &closed))
        add_typed(c, &closed);
    if (c->pack->romanise == HDX_ROMANISE_ROMAJI && is_latin(t) &&
        c->attempt <= HDX_ATTEMPT_WITHOUT_STOPS)
        add_romaji(c, t);
}

static helpdex_suggestion_match match_of(const completing *c,
                                         const hdx_heap_entry *found,
                                         uint32_t score)
{
    if (c->attempt == HDX_ATTEMPT_KEYBOARD)
        return HELPDEX_MATCH_KEYBOARD;
    if (c->attempt > HDX_ATTEMPT_KEYBOARD)
        return HELPDEX_MATCH_TYPO;
    return found->read || hdx_score_place(score) <= HDX_PLACE_READING
               ? HELPDEX_MATCH_READING
               : HELPDEX_MATCH_EXACT;
}

static helpdex_status pick(completing *c, hdx_shelf_kind kind, const typed *t,
                           helpdex_error *err)
{
    hdx_key_heap *from = &c->completer->heap;
    const hdx_shelf *shelf = &c->shard->pool.shelves[kind];
    hdx_picks *to = c->picks;
    hdx_heap_entry found;
    hdx_key_heap_start(from, shelf);
    if (kind == HDX_SHELF_TEXTS || !has_words(t))
        add_all(c, t);
    while (to->count[kind] < to->limit && hdx_key_heap_take(from, &found)) {
        uint32_t text = shelf->keys[found.best].text;
        uint32_t score = shelf->scores[found.best];
        if (to->wanted(to->context, kind, text))
            to->items[kind][to->count[kind]++] =
                (hdx_pick){.text = text,
                           .score = score,
                           .match = match_of(c, &found, score)};
    }
    return from->failed ? hdx_fail_nomem(err) : HELPDEX_OK;
}

/* What the keys mean here: capitals may be other letters than small ones. Empty
   when the locale has no keyboard, or nothing was typed on it. */
static hdx_str by_keyboard(const hdx_pack *pack, hdx_str prefix, bool lower,
                           char out[KEYED_BYTES])
{
    char keys[PREFIX_BYTES];
    memcpy(keys, prefix.ptr, prefix.len);
    for (size_t i = 0; i < prefix.len && lower; i++)
        if (keys[i] >= 'A' && keys[i] <= 'Z')
            keys[i] = (char)(keys[i] - 'A' + 'a');
    hdx_str text = {out,
                    hdx_replace(&pack->keyboard, (hdx_str){keys, prefix.len},
                                out, KEYED_BYTES)};
    return hdx_str_eq(text, prefix) ? (hdx_str){"", 0} : text;
}

static helpdex_status complete(completing *c, hdx_str prefix,
                               helpdex_error *err)
{
    typed t;
    helpdex_status status = spell(c, prefix, &t, err);
    for (int kind = 0; kind < HDX_SHELVES; kind++) {
        c->picks->count[kind] = 0;
        if (!status && t.count)
            status = pick(c, (hdx_shelf_kind)kind, &t, err);
    }
    return status;
}

helpdex_status hdx_complete(hdx_completer *completer,
                            const hdx_search_shard *shard, hdx_str prefix,
                            hdx_attempt attempt, hdx_picks *picks,
                            helpdex_error *err)
{
    char keyed[KEYED_BYTES];
    completing c = {.completer = completer,
                    .shard = shard,
                    .pack = hdx_analyser_pack(shard->analyser),
                    .attempt = attempt,
                    .picks = picks};
    prefix = hdx_utf8_cut(prefix, PREFIX_BYTES);
    if (attempt != HDX_ATTEMPT_KEYBOARD)
        return complete(&c, prefix, err);
    picks->count[HDX_SHELF_TEXTS] = picks->count[HDX_SHELF_TERMS] = 0;
    helpdex_status status = HELPDEX_OK;
    if (c.pack->keyboard.count == 0)
        return status;
    for (int lower = 0; lower < 2 && !status; lower++) {
        hdx_str text = by_keyboard(c.pack, prefix, lower, keyed);
        if (text.len && !picks->count[HDX_SHELF_TEXTS] &&
            !picks->count[HDX_SHELF_TERMS])
            status = complete(&c, text, err);
    }
    return status;
}
