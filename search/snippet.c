/*
 * Choosing and writing snippets. The window is the one that holds most of the
 * question's weight, each term counted once, repeats for a little.
 */
#include "search/snippet.h"

#include <stdlib.h>

#include "text/character.h"

/* Longer sections are looked at so far: the time for a snippet is bounded. */
enum { TEXT_LIMIT = 32768, MATCH_LIMIT = 512 };
static const double REPEAT_SHARE = 0.1;

typedef struct match {
    uint32_t begin; /* bytes */
    uint32_t end;
    uint32_t term;        /* in the question */
    uint32_t first_point; /* code points before it */
    uint32_t last_point;
} match;

typedef struct window {
    size_t begin; /* bytes */
    size_t end;
} window;

static int by_begin(const void *a, const void *b)
{
    const match *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

size_t hdx_snippet_match(const hdx_lexicon *lexicon,
                         const hdx_question *question, hdx_word *word)
{
    if (word->term.len && word->term.ptr[0] != HDX_TERM_WORD) {
        const hdx_map_entry *entry = hdx_map_find(&question->pairs, word->term);
        return entry ? question->word_count + entry->value - 1 : SIZE_MAX;
    }
    uint32_t id =
        word->term.len ? hdx_question_lookup(lexicon, word) : HDX_NO_WORD;
    hdx_match hit = id == HDX_NO_WORD ? (hdx_match){0} : question->matches[id];
    if (!hit.word || hit.tier == HDX_TIER_BEGINNING ||
        question->words[hit.word - 1].stop)
        return SIZE_MAX;
    return hit.word - 1u;
}

/* What a match adds to a window: a pair as much as a word of middling rarity. */
static double worth_of(const hdx_question *question, uint32_t number)
{
    return number < question->word_count ? question->words[number].idf : 1;
}

/* Matches in order of the text, at most MATCH_LIMIT of them. */
static size_t find_matches(const hdx_lexicon *lexicon, const hdx_tokens *tokens,
                           const hdx_question *question, match *out)
{
    size_t count = 0;
    for (size_t i = 0; i < tokens->count && count < MATCH_LIMIT; i++) {
        const hdx_token *token = &tokens->items[i];
        size_t number = hdx_snippet_match(lexicon, question, token->word);
        if (number != SIZE_MAX)
            out[count++] = (match){.begin = token->begin,
                                   .end = token->end,
                                   .term = (uint32_t)number};
    }
    qsort(out, count, sizeof *out, by_begin);
    return count;
}

static void count_points(hdx_str text, match *matches, size_t count)
{
    size_t at = 0, points = 0;
    for (size_t i = 0; i < count; i++) {
        points +=
            hdx_utf8_count((hdx_str){text.ptr + at, matches[i].begin - at});
        at = matches[i].begin;
        matches[i].first_point = (uint32_t)points;
        matches[i].last_point =
            (uint32_t)(points + hdx_utf8_count((hdx_str){text.ptr + at,
                                                         matches[i].end - at}));
    }
}

/* The first and last match of the best window of `length` code points. */
static window best_matches(const match *matches, size_t count, size_t length,
                           const hdx_question *question, uint16_t *seen)
{
    window best = {0, 0};
    double best_worth = -1;
    for (size_t i = 0; i < count; i++) {
        double worth = 0;
        size_t last = i;
        memset(seen, 0,
               (question->word_count + question->pairs.count) * sizeof *seen);
        for (size_t j = i;
             j < count &&
             matches[j].last_point - matches[i].first_point <= length;
             j++) {
            worth += worth_of(question, matches[j].term) *
                     (seen[matches[j].term]++ ? REPEAT_SHARE : 1);
            last = j;
        }
        if (worth > best_worth) {
            best_worth = worth;
            best = (window){i, last};
        }
    }
    return best;
}

/* The byte `points` code points before or behind `from`. */
static size_t step_back(hdx_str text, size_t from, size_t points)
{
    while (from > 0 && points > 0)
        if (((unsigned char)text.ptr[--from] & 0xC0) != 0x80)
            points--;
    return from;
}

static size_t step_on(hdx_str text, size_t from, size_t points)
{
    while (from < text.len && points > 0) {
        from = hdx_cluster_end(text, from);
        points--;
    }
    return from;
}

/*
 * The start of the sentence or line that holds the byte `from`, looked for no
 * further back than `least`; SIZE_MAX when it begins before that. Full stops
 * of scripts without spaces end a sentence at once, others before a space.
 */
static size_t sentence_start(hdx_str text, size_t from, size_t least)
{
    for (size_t at = from; at > least; at--) {
        hdx_str before = {text.ptr, at};
        uint32_t last = hdx_utf8_last(before);
        if (last == '\n' || last == 0x3002 || last == 0xFF01 || last == 0xFF1F)
            return at;
        if (last == ' ' && at >= 2 && strchr(".!?", text.ptr[at - 2]))
            return at;
    }
    return least == 0 ? 0 : SIZE_MAX;
}

/*
 * Moves the ends inwards to where a word begins and ends. `from` and `to` are
 * the matches that must stay inside.
 */
static window on_words(hdx_str text, const hdx_tokens *tokens, window w,
                       size_t from, size_t to)
{
    size_t begin = w.begin, end = w.end;
    bool begin_found = begin == 0, end_found = end == text.len;
    for (size_t i = 0; i < tokens->words; i++) {
        const hdx_token *token = &tokens->items[i];
        if (!begin_found && token->begin >= w.begin && token->begin <= from) {
            begin = token->begin;
            begin_found = true;
        }
        if (!end_found && token->end <= w.end && token->end >= to)
            end = token->end;
    }
    return (window){begin, end};
}

/*
 * Where to begin when the window ends with the text and `room` code points are
 * left: with as many whole sentences as fit, or, inside a sentence that is
 * longer (Thai marks no ends), with as many words.
 */
static size_t extend_back(hdx_str text, size_t begin, size_t room,
                          bool *whole_sentence)
{
    size_t least = step_back(text, begin, room), was = begin;
    for (size_t at = begin; at > least;) {
        at = sentence_start(text, step_back(text, at, 1), least);
        if (at == SIZE_MAX)
            break;
        begin = at;
    }
    *whole_sentence = *whole_sentence || begin < was;
    return *whole_sentence ? begin : least;
}

static window choose(hdx_str text, const hdx_tokens *tokens,
                     const match *matches, size_t count, size_t length,
                     const hdx_question *question, uint16_t *seen)
{
    size_t from = 0, to = 0, spare = length;
    if (count) {
        /* A quarter is kept for what stands around the words. */
        window best =
            best_matches(matches, count, length - length / 4, question, seen);
        size_t used =
            matches[best.end].last_point - matches[best.begin].first_point;
        from = matches[best.begin].begin;
        to = matches[best.end].end;
        spare = length > used ? length - used : 0;
    }
    /* From the start of the sentence, if it is near; else some words. */
    window w = {
        .begin = sentence_start(text, from, step_back(text, from, spare / 2))};
    bool whole_sentence = w.begin != SIZE_MAX;
    if (!whole_sentence)
        w.begin = step_back(text, from, spare / 3);
    size_t before =
        hdx_utf8_count((hdx_str){text.ptr + w.begin, from - w.begin});
    w.end = step_on(text, to, spare - before);
    size_t whole =
        hdx_utf8_count((hdx_str){text.ptr + w.begin, w.end - w.begin});
    if (w.end == text.len && whole < length)
        w.begin = extend_back(text, w.begin, length - whole, &whole_sentence);
    size_t begin = w.begin;
    w = on_words(text, tokens, w, from, to);
    if (whole_sentence)
        w.begin = begin;
    return w;
}

/*
 * What stands for the end of a line: list items and cells of a table are kept
 * apart by a dot, sentences by a space.
 */
static hdx_str line_end(hdx_str text, size_t at)
{
    static const uint32_t ends[] = {'.',    '!',    '?',    ':',    ';',
                                    0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF1A,
                                    0xFF1B, 0x061F, 0x061B, 0x0964};
    uint32_t last = at ? hdx_utf8_last((hdx_str){text.ptr, at}) : '.';
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (last == ends[i])
            return HDX_STR(" ");
    return HDX_STR(" \xC2\xB7 ");
}

/* Adds text[begin, end) on one line. */
static void add_plain(hdx_buf *out, hdx_str text, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        char c = text.ptr[i];
        if (c == '\n')
            hdx_buf_add(out, line_end(text, i));
        else
            hdx_buf_byte(out, (unsigned char)c < ' ' ? ' ' : c);
    }
}

/* The same for HTML. */
static void add_escaped(hdx_buf *out, hdx_str text, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        char c = text.ptr[i];
        if (c == '&')
            hdx_buf_add(out, HDX_STR("&amp;"));
        else if (c == '<')
            hdx_buf_add(out, HDX_STR("&lt;"));
        else if (c == '>')
            hdx_buf_add(out, HDX_STR("&gt;"));
        else if (c == '"')
            hdx_buf_add(out, HDX_STR("&quot;"));
        else if (c == '\'')
            hdx_buf_add(out, HDX_STR("&#39;"));
        else
            add_plain(out, text, i, i + 1);
    }
}

/* Writes the window; overlapping matches share one mark. */
static void write_html(hdx_buf *out, hdx_str text, window w,
                       const match *matches, size_t count)
{
    size_t at = w.begin;
    for (size_t i = 0; i < count;) {
        size_t begin = matches[i].begin, end = matches[i].end;
        for (i++; i < count && matches[i].begin <= end; i++)
            if (matches[i].end > end)
                end = matches[i].end;
        if (begin < w.begin || end > w.end)
            continue;
        add_escaped(out, text, at, begin);
        hdx_buf_add(out, HDX_STR("<mark>"));
        add_escaped(out, text, begin, end);
        hdx_buf_add(out, HDX_STR("</mark>"));
        at = end;
    }
    add_escaped(out, text, at, w.end);
}

static helpdex_status write_out(hdx_str text, window w, bool cut_off,
                                const match *matches, size_t count,
                                hdx_arena *arena, hdx_snippet *out,
                                helpdex_error *err)
{
    hdx_str dots = HDX_STR("\xE2\x80\xA6");
    hdx_buf plain = {0}, html = {0};
    if (w.begin > 0) {
        hdx_buf_add(&plain, dots);
        hdx_buf_add(&html, dots);
    }
    add_plain(&plain, text, w.begin, w.end);
    write_html(&html, text, w, matches, count);
    if (w.end < text.len || cut_off) {
        hdx_buf_add(&plain, dots);
        hdx_buf_add(&html, dots);
    }
    bool failed = plain.failed || html.failed;
    if (!failed) {
        out->text = hdx_arena_copy(arena, hdx_buf_str(&plain));
        out->html = hdx_arena_copy(arena, hdx_buf_str(&html));
        failed = !out->text.ptr || !out->html.ptr;
    }
    hdx_buf_free(&plain);
    hdx_buf_free(&html);
    return failed ? hdx_fail_nomem(err) : HELPDEX_OK;
}

helpdex_status hdx_snippet_make(hdx_question_maker *maker, hdx_str text,
                                const hdx_question *question, size_t length,
                                hdx_arena *arena, hdx_snippet *out,
                                helpdex_error *err)
{
    match matches[MATCH_LIMIT];
    hdx_tokens *tokens = maker->tokens;
    hdx_str seen_text = hdx_utf8_cut(text, TEXT_LIMIT);
    helpdex_status status =
        hdx_analyse(maker->analyser, seen_text, tokens, err);
    uint16_t *seen = hdx_arena_alloc(
        arena,
        (question->word_count + question->pairs.count + 1) * sizeof *seen);
    if (!status && !seen)
        status = hdx_fail_nomem(err);
    if (status)
        return status;
    size_t count = find_matches(maker->lexicon, tokens, question, matches);
    count_points(seen_text, matches, count);
    window w =
        choose(seen_text, tokens, matches, count, length, question, seen);
    out->begin = w.begin;
    return write_out(seen_text, w, seen_text.len < text.len, matches, count,
                     arena, out, err);
}
