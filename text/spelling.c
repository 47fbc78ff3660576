/* Spelling words, each symbol by its script. */
#include "text/spelling.h"

#include <stdlib.h>

#include "text/hangul.h"
#include "text/letters.h"

void hdx_spelling_free(hdx_spelling *spelling)
{
    free(spelling->symbols);
    free(spelling->words);
    *spelling = (hdx_spelling){0};
}

static void start(hdx_spelling *s)
{
    s->count = s->word_count = s->read = 0;
    s->dense = HDX_DENSE_LETTERS; /* there is nothing to be set apart from */
}

static void put(hdx_spelling *s, uint16_t symbol)
{
    s->symbols[s->count++] = symbol;
}

/* Room is there for HDX_PINYIN_LETTERS symbols. */
static void spell_symbol(hdx_spelling *s, hdx_spelled how, bool readings,
                         uint16_t symbol)
{
    if (how == HDX_SPELLED_AS_WRITTEN) {
        size_t letters = hdx_hangul_letters(symbol, s->symbols + s->count);
        s->count += letters;
        if (letters == 0)
            put(s, symbol);
        return;
    }
    const char *pinyin = readings ? hdx_pinyin_letters(symbol) : "";
    uint16_t initial =
        how == HDX_SPELLED_INITIALS ? hdx_hangul_initial(symbol) : 0;
    s->read += *pinyin || initial;
    if (how == HDX_SPELLED_INITIALS && (*pinyin || initial))
        put(s, initial ? initial : (uint16_t)*pinyin);
    else if (*pinyin)
        while (*pinyin)
            put(s, (uint16_t)*pinyin++);
    else
        put(s, symbol);
}

static bool reserve(hdx_spelling *s, size_t more)
{
    return hdx_grow(&s->symbols, &s->capacity, s->count + more,
                    sizeof *s->symbols) &&
           hdx_grow(&s->words, &s->word_capacity, s->word_count + 1,
                    sizeof *s->words);
}

/* A space behind a word that would be set apart from the next. */
static bool end(hdx_spelling *s, hdx_spelled how)
{
    if (s->count == 0 || how != HDX_SPELLED_AS_WRITTEN ||
        hdx_is_dense(s->dense))
        return true;
    if (!reserve(s, 1))
        return false;
    put(s, ' ');
    return true;
}

static bool begin_word(hdx_spelling *s, size_t symbols, bool stop)
{
    /* Beside its symbols a word needs a space. */
    if (!reserve(s, symbols * HDX_PINYIN_LETTERS + 1))
        return false;
    s->words[s->word_count++] = (hdx_spelled_word){(uint32_t)s->count, stop};
    return true;
}

bool hdx_spell_word(hdx_spelling *out, hdx_spelled how, bool readings,
                    const uint16_t *symbols, size_t count, hdx_density dense)
{
    start(out);
    out->dense = dense;
    if (!begin_word(out, count, false))
        return false;
    for (size_t i = 0; i < count; i++)
        spell_symbol(out, how, readings, symbols[i]);
    return end(out, how);
}

bool hdx_spell(hdx_spelling *out, hdx_spelled how, bool readings,
               const hdx_tokens *tokens, bool finished)
{
    start(out);
    for (size_t i = 0; i < tokens->words; i++) {
        const hdx_token *token = &tokens->items[i];
        const hdx_word *word = token->word;
        bool apart = i && how == HDX_SPELLED_AS_WRITTEN &&
                     !hdx_is_dense(out->dense) && !hdx_is_dense(word->dense) &&
                     token->begin > tokens->items[i - 1].end;
        if (word->loose.len == 0)
            continue;
        if (apart && (!reserve(out, 1)))
            return false;
        if (apart)
            put(out, ' ');
        if (!begin_word(out, word->loose.len, word->stop))
            return false;
        for (size_t at = 0; at < word->loose.len;)
            spell_symbol(out, how, readings,
                         hdx_symbol_of(hdx_utf8_next(word->loose, &at)));
        out->dense = word->dense;
    }
    return !finished || end(out, how);
}
