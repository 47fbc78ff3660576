/*
 * Phrases are kept in the order of their first letters, so that a message is
 * held against those alone that begin as one of its words does: a microsecond or
 * two for all languages together.
 */
#include "assist/person.h"

#include <stdlib.h>

#include "base/error.h"
#include "text/message.h"

static helpdex_status add(hdx_person_book *book, const hdx_str *phrases,
                          size_t count, bool alone, size_t *room,
                          helpdex_error *err)
{
    if (!hdx_grow(&book->phrases, room, book->count + count,
                  sizeof *book->phrases))
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < count; i++) {
        hdx_person_phrase *phrase = &book->phrases[book->count];
        phrase->alone = alone;
        if (!hdx_phrase_prepare(&book->arena, phrases[i], &phrase->text))
            return hdx_fail_nomem(err);
        hdx_phrase_loosen(&phrase->text);
        book->count += phrase->text.count > 0;
    }
    return HELPDEX_OK;
}

/* What stands on the button: who presses it may send that. */
static helpdex_status add_label(hdx_person_book *book, const hdx_pack *pack,
                                size_t *room, helpdex_error *err)
{
    const char *label;
    helpdex_status status = hdx_message_format(
        pack, HDX_MESSAGE_PERSON, (hdx_str){0, 0}, &book->arena, &label, err);
    hdx_str text = hdx_str_of(status ? NULL : label);
    return status || text.len == 0 ? status
                                   : add(book, &text, 1, true, room, err);
}

static helpdex_status add_pack(hdx_person_book *book, const hdx_pack *pack,
                               size_t *room, helpdex_error *err)
{
    helpdex_status status =
        add(book, pack->person, pack->person_count, false, room, err);
    if (!status)
        status = add(book, pack->person_alone, pack->person_alone_count, true,
                     room, err);
    return status ? status : add_label(book, pack, room, err);
}

static int by_first_letter(const void *a, const void *b)
{
    const hdx_person_phrase *x = a, *y = b;
    uint32_t i = x->text.letters[0], j = y->text.letters[0];
    return (i > j) - (i < j);
}

helpdex_status hdx_person_book_open(hdx_catalog *catalog, hdx_person_book *out,
                                    helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    size_t room = 0;
    *out = (hdx_person_book){0};
    for (size_t i = 0; i < hdx_catalog_count(catalog) && !status; i++) {
        const hdx_pack *pack;
        hdx_locale locale;
        if (!hdx_locale_parse(hdx_catalog_tag(catalog, i), &locale))
            continue; /* the root, whose phrases the others take over */
        status = hdx_catalog_pack(catalog, &locale, &pack, err);
        if (!status)
            status = add_pack(out, pack, &room, err);
    }
    if (out->count)
        qsort(out->phrases, out->count, sizeof *out->phrases, by_first_letter);
    return status;
}

void hdx_person_book_close(hdx_person_book *book)
{
    free(book->phrases);
    hdx_arena_free(&book->arena);
    *book = (hdx_person_book){0};
}

/* The first phrase that begins with a letter, or with one behind it. */
static size_t first_with(const hdx_person_book *book, uint32_t letter)
{
    size_t low = 0, high = book->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (book->phrases[middle].text.letters[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a message is a phrase and nothing else, however often. */
static bool is_all(const hdx_phrase_text *message,
                   const hdx_phrase_text *phrase)
{
    size_t at = 0;
    while (at < message->count && hdx_phrase_stands_at(message, at, phrase)) {
        at += phrase->count;
        at += at < message->count && message->letters[at] == 0;
    }
    return at == message->count;
}

static bool asks_at(const hdx_person_book *book, const hdx_phrase_text *message,
                    size_t at)
{
    uint32_t letter = message->letters[at];
    for (size_t i = first_with(book, letter); i < book->count; i++) {
        const hdx_person_phrase *phrase = &book->phrases[i];
        if (phrase->text.letters[0] != letter)
            return false;
        if (phrase->alone ? at == 0 && is_all(message, &phrase->text)
                          : hdx_phrase_stands_at(message, at, &phrase->text))
            return true;
    }
    return false;
}

bool hdx_asks_for_person(const hdx_person_book *book,
                         const hdx_phrase_text *message)
{
    for (size_t i = 0; i < message->count; i++)
        if (message->letters[i] && asks_at(book, message, i))
            return true;
    return false;
}
