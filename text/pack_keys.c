/*
 * Reading the keys of a locale pack. Keys that are not known are refused: a
 * typing error in a pack must not silently change how a language is searched.
 * A pack begins as what it inherits; a key that it has replaces that.
 */
#include "text/pack_keys.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "text/fold.h"
#include "text/letters.h"
#include "text/message.h"

/* To be written for others, in bytes; and words of a group of synonyms, all of
   which are looked up whenever one is asked. */
enum { MOST_LETTERS = 32, MOST_PHRASES = 64 };

typedef struct pack_reader {
    hdx_arena *arena;
    const char *path;
    hdx_pack *pack;
    helpdex_error *err;
} pack_reader;

static helpdex_status fail_value(pack_reader *r, const hdx_yaml *at,
                                 const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s", what);
}

static size_t child_count(const hdx_yaml *list)
{
    size_t count = 0;
    for (const hdx_yaml *at = list->first; at; at = at->next)
        count++;
    return count;
}

static helpdex_status read_name(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_SCALAR)
        return fail_value(r, value, "name is one text; write name: ...");
    r->pack->name = value->text.ptr;
    return HELPDEX_OK;
}

static helpdex_status read_fallback(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value, "fallback is a list; write [a, b]");
    const char **tags =
        hdx_arena_alloc(r->arena, (child_count(value) + 1) * sizeof *tags);
    if (!tags)
        return hdx_fail_nomem(r->err);
    size_t count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        hdx_locale locale;
        if (at->kind != HDX_YAML_SCALAR || !hdx_locale_parse(at->text, &locale))
            return fail_value(r, at,
                              "not a language tag; write one, such as "
                              "pt-BR");
        tags[count++] = hdx_arena_copy(r->arena, hdx_str_of(locale.tag)).ptr;
        if (!tags[count - 1])
            return hdx_fail_nomem(r->err);
    }
    r->pack->fallback = tags;
    return HELPDEX_OK;
}

static helpdex_status read_stemmer(pack_reader *r, const hdx_yaml *value)
{
    struct sb_stemmer *stemmer = value->kind == HDX_YAML_SCALAR
                                     ? sb_stemmer_new(value->text.ptr, "UTF_8")
                                     : NULL;
    if (!stemmer)
        return fail_value(r, value,
                          "no stemmer of Snowball has this name; "
                          "write its English name, such as german");
    sb_stemmer_delete(stemmer);
    r->pack->stemmer = value->text.ptr;
    return HELPDEX_OK;
}

static helpdex_status read_bigrams(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value, "bigrams is a list; write [Hani]");
    int32_t *codes =
        hdx_arena_alloc(r->arena, (child_count(value) + 1) * sizeof *codes);
    if (!codes)
        return hdx_fail_nomem(r->err);
    size_t count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        int32_t code = at->kind == HDX_YAML_SCALAR
                           ? u_getPropertyValueEnum(UCHAR_SCRIPT, at->text.ptr)
                           : UCHAR_INVALID_CODE;
        if (code == UCHAR_INVALID_CODE)
            return fail_value(r, at,
                              "not a script; write an ISO 15924 code, "
                              "such as Hani");
        codes[count++] = code;
    }
    r->pack->bigrams = codes;
    r->pack->bigram_count = count;
    return HELPDEX_OK;
}

/* Adds a word, folded as the analyser folds it, to a map. */
static bool add_word(pack_reader *r, hdx_str word, hdx_map *out)
{
    UChar units[HDX_FOLD_UNITS + 1];
    char folded[4 * HDX_FOLD_UNITS];
    UErrorCode code = U_ZERO_ERROR;
    int32_t count;
    bool added;
    u_strFromUTF8(units, HDX_FOLD_UNITS, &count, word.ptr, (int32_t)word.len,
                  &code);
    size_t len = 0;
    if (U_SUCCESS(code))
        len = hdx_fold(r->pack, units, (size_t)count, folded, sizeof folded,
                       &code);
    if (code == U_BUFFER_OVERFLOW_ERROR)
        return true; /* no word of a text is so long */
    hdx_str lasting =
        hdx_arena_copy(r->arena, (hdx_str){folded, U_FAILURE(code) ? 0 : len});
    return U_SUCCESS(code) && lasting.ptr &&
           (len == 0 || hdx_map_add(out, lasting, &added));
}

/* Words between white space of any script, as the keys of a map. */
static helpdex_status read_words(pack_reader *r, const hdx_yaml *value,
                                 hdx_map *out)
{
    if (value->kind != HDX_YAML_SCALAR)
        return fail_value(r, value,
                          "stopwords and elisions are each one text of words; "
                          "write >- and the words below");
    hdx_str text = value->text;
    for (size_t at = 0, begin = 0; at < text.len;) {
        size_t end = at;
        bool space = u_isUWhiteSpace((UChar32)hdx_utf8_next(text, &at));
        if (!space && at < text.len)
            continue;
        end = space ? end : at;
        if (end > begin &&
            !add_word(r, (hdx_str){text.ptr + begin, end - begin}, out))
            return hdx_fail_nomem(r->err);
        begin = at;
    }
    return HELPDEX_OK;
}

static helpdex_status read_stopwords(pack_reader *r, const hdx_yaml *value)
{
    return read_words(r, value, &r->pack->stopwords);
}

static helpdex_status read_elisions(pack_reader *r, const hdx_yaml *value)
{
    return read_words(r, value, &r->pack->elisions);
}

static int longer_first(const void *a, const void *b)
{
    hdx_str x = ((const hdx_replacement *)a)->from;
    hdx_str y = ((const hdx_replacement *)b)->from;
    if (x.len != y.len)
        return x.len > y.len ? -1 : 1;
    return hdx_str_cmp(x, y);
}

static helpdex_status read_replacements(pack_reader *r, const hdx_yaml *value,
                                        hdx_replacements *out)
{
    if (value->kind != HDX_YAML_MAP)
        return fail_value(r, value, "a map of what to write; write {from: to}");
    out->count = 0;
    out->items = hdx_arena_alloc(r->arena,
                                 (child_count(value) + 1) * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(r->err);
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        if (at->kind != HDX_YAML_SCALAR || at->key.len == 0)
            return fail_value(r, at,
                              "letters for letters; write \"from\": \"to\"");
        if (at->key.len > MOST_LETTERS || at->text.len > MOST_LETTERS)
            return fail_value(r, at, "too long for letters; shorten it");
        out->items[out->count++] = (hdx_replacement){at->key, at->text};
    }
    qsort(out->items, out->count, sizeof *out->items, longer_first);
    return HELPDEX_OK;
}

static helpdex_status read_normalise(pack_reader *r, const hdx_yaml *value)
{
    return read_replacements(r, value, &r->pack->normalise);
}

static helpdex_status read_respell(pack_reader *r, const hdx_yaml *value)
{
    return read_replacements(r, value, &r->pack->respell);
}

static helpdex_status read_keyboard(pack_reader *r, const hdx_yaml *value)
{
    return read_replacements(r, value, &r->pack->keyboard);
}

/* Sets `*out` to the value of a name in a table ended by NULL. */
typedef struct named {
    const char *name;
    unsigned value;
} named;

static bool find_named(const named *table, const hdx_yaml *at, unsigned *out)
{
    for (; table->name; table++)
        if (at->kind == HDX_YAML_SCALAR &&
            hdx_str_eq(at->text, hdx_str_of(table->name))) {
            *out = table->value;
            return true;
        }
    return false;
}

static helpdex_status read_fold(pack_reader *r, const hdx_yaml *value)
{
    static const named folds[] = {{"marks", HDX_FOLD_MARKS},
                                  {"han", HDX_FOLD_HAN},
                                  {"kana", HDX_FOLD_KANA},
                                  {NULL, 0}};
    unsigned fold;
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value, "fold is a list; write [marks]");
    r->pack->folds = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        if (!find_named(folds, at, &fold))
            return fail_value(r, at,
                              "no such fold; known are marks, han and kana");
        r->pack->folds |= fold;
    }
    return HELPDEX_OK;
}

static helpdex_status read_romanise(pack_reader *r, const hdx_yaml *value)
{
    static const named ways[] = {{"none", HDX_ROMANISE_NONE},
                                 {"pinyin", HDX_ROMANISE_PINYIN},
                                 {"romaji", HDX_ROMANISE_ROMAJI},
                                 {NULL, 0}};
    unsigned way;
    if (!find_named(ways, value, &way))
        return fail_value(r, value,
                          "no such way; known are pinyin, romaji and none");
    r->pack->romanise = (hdx_romanisation)way;
    return HELPDEX_OK;
}

static helpdex_status read_compounds(pack_reader *r, const hdx_yaml *value)
{
    static const named answers[] = {{"no", false}, {"yes", true}, {NULL, 0}};
    unsigned answer;
    if (!find_named(answers, value, &answer))
        return fail_value(r, value, "no such answer; write yes or no");
    r->pack->compounds = answer;
    return HELPDEX_OK;
}

/* A list of texts. */
static helpdex_status read_phrases(pack_reader *r, const hdx_yaml *value,
                                   hdx_str **out, size_t *count)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value, "words are a list; write [a, b]");
    if (child_count(value) > MOST_PHRASES)
        return fail_value(r, value, "over 64 words; keep the commonest");
    *out = hdx_arena_alloc(r->arena, (child_count(value) + 1) * sizeof **out);
    if (!*out)
        return hdx_fail_nomem(r->err);
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        if (at->kind != HDX_YAML_SCALAR || at->text.len == 0)
            return fail_value(r, at, "a word or a phrase; write it as text");
        (*out)[(*count)++] = at->text;
    }
    return HELPDEX_OK;
}

static helpdex_status read_group(pack_reader *r, const hdx_yaml *value,
                                 hdx_synonyms *out)
{
    out->group = value->key;
    if (value->kind == HDX_YAML_LIST) {
        helpdex_status status =
            read_phrases(r, value, &out->from, &out->from_count);
        out->to = out->from;
        out->to_count = out->from_count;
        return status;
    }
    const hdx_yaml *from = NULL, *to = NULL;
    if (value->kind == HDX_YAML_MAP) {
        from = hdx_yaml_get(value, "from");
        to = hdx_yaml_get(value, "to");
    }
    if (!from || !to || child_count(value) != 2)
        return fail_value(r, value,
                          "a group is a list of words, or one way; write "
                          "[a, b] or {from: [a], to: [b]}");
    helpdex_status status = read_phrases(r, from, &out->from, &out->from_count);
    return status ? status : read_phrases(r, to, &out->to, &out->to_count);
}

static helpdex_status read_synonyms(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_MAP)
        return fail_value(r, value,
                          "synonyms are groups by name; write name: [a, b]");
    hdx_synonyms *groups =
        hdx_arena_alloc(r->arena, (child_count(value) + 1) * sizeof *groups);
    if (!groups)
        return hdx_fail_nomem(r->err);
    r->pack->synonyms = groups;
    r->pack->synonym_count = 0;
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = read_group(r, at, &groups[r->pack->synonym_count++]);
    return status;
}

static helpdex_status read_sayings(pack_reader *r, const hdx_yaml *value,
                                   const hdx_str **out, size_t *count)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value,
                          "phrases are a list; write [a phrase, another]");
    hdx_str *phrases =
        hdx_arena_alloc(r->arena, (child_count(value) + 1) * sizeof *phrases);
    if (!phrases)
        return hdx_fail_nomem(r->err);
    *count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        if (at->kind != HDX_YAML_SCALAR || hdx_str_trim(at->text).len == 0)
            return fail_value(r, at, "a phrase is one text; write it");
        phrases[(*count)++] = at->text;
    }
    *out = phrases;
    return HELPDEX_OK;
}

static helpdex_status read_instructions(pack_reader *r, const hdx_yaml *value)
{
    return read_sayings(r, value, &r->pack->instructions,
                        &r->pack->instruction_count);
}

static helpdex_status read_person(pack_reader *r, const hdx_yaml *value)
{
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_MAP)
        return fail_value(r, value,
                          "person has two lists of phrases; write anywhere: "
                          "[talk to a person] and alone: [agent]");
    r->pack->person_count = r->pack->person_alone_count = 0;
    for (const hdx_yaml *at = value->first; at && !status; at = at->next) {
        if (hdx_str_eq(at->key, HDX_STR("anywhere")))
            status =
                read_sayings(r, at, &r->pack->person, &r->pack->person_count);
        else if (hdx_str_eq(at->key, HDX_STR("alone")))
            status = read_sayings(r, at, &r->pack->person_alone,
                                  &r->pack->person_alone_count);
        else
            return fail_value(r, at,
                              "unknown key; known are anywhere and alone");
    }
    return status;
}

/* The message of a key, or HDX_MESSAGES. */
static hdx_message find_message(hdx_str key)
{
    hdx_message message = 0;
    while (message < HDX_MESSAGES &&
           !hdx_str_eq(key, hdx_str_of(hdx_message_key(message))))
        message++;
    return message;
}

static helpdex_status unknown_message(pack_reader *r, const hdx_yaml *at)
{
    hdx_message nearest = 0;
    size_t least = SIZE_MAX;
    for (hdx_message i = 0; i < HDX_MESSAGES; i++) {
        size_t edits = hdx_str_distance(at->key.ptr, hdx_message_key(i));
        if (edits < least) {
            least = edits;
            nearest = i;
        }
    }
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "no such message; did you mean %s?",
                       hdx_message_key(nearest));
}

/* What it does not say it says as the wider pack does. */
static helpdex_status read_messages(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_MAP)
        return fail_value(r, value,
                          "messages are texts by name; write "
                          "nothing_found: \"...\"");
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        hdx_message message = find_message(at->key);
        if (message == HDX_MESSAGES)
            return unknown_message(r, at);
        if (at->kind != HDX_YAML_SCALAR ||
            !hdx_message_is_pattern(r->pack, message, at->text))
            return fail_value(r, at,
                              "no text of ICU's MessageFormat; write a text, "
                              "of did_you_mean with {0} in it once");
        r->pack->messages[message] = at->text;
    }
    return HELPDEX_OK;
}

/* Makes a pack all that a wider one is but its locale, file and word lists. */
static void inherit(hdx_pack *pack, const hdx_pack *wider)
{
    hdx_pack own = *pack;
    *pack = *wider;
    pack->locale = own.locale;
    pack->path = own.path;
    pack->stopwords = own.stopwords;
    pack->elisions = own.elisions;
}

static helpdex_status inherit_words(pack_reader *r, const hdx_map *from,
                                    hdx_map *to)
{
    bool added;
    for (size_t i = 0; i < from->capacity; i++)
        if (from->slots[i].key.ptr &&
            !hdx_map_add(to, from->slots[i].key, &added))
            return hdx_fail_nomem(r->err);
    return HELPDEX_OK;
}

/* In the order of reading: words are folded as `normalise` says. */
static const struct pack_key {
    const char *name;
    helpdex_status (*read)(pack_reader *r, const hdx_yaml *value);
} pack_keys[] = {
    {"name", read_name},
    {"fallback", read_fallback},
    {"stemmer", read_stemmer},
    {"bigrams", read_bigrams},
    {"normalise", read_normalise},
    {"fold", read_fold},
    {"respell", read_respell},
    {"romanise", read_romanise},
    {"keyboard", read_keyboard},
    {"compounds", read_compounds},
    {"stopwords", read_stopwords},
    {"elisions", read_elisions},
    {"synonyms", read_synonyms},
    {"messages", read_messages},
    {"model_instructions", read_instructions},
    {"person", read_person},
};
enum { KEYS = sizeof pack_keys / sizeof *pack_keys };

/* Refuses keys that are not known, or written twice. */
static helpdex_status check_keys(pack_reader *r, const hdx_yaml *root)
{
    for (const hdx_yaml *at = root->first; at; at = at->next) {
        size_t i = 0;
        while (i < KEYS && !hdx_str_eq(at->key, hdx_str_of(pack_keys[i].name)))
            i++;
        if (i == KEYS)
            return fail_value(
                r, at,
                "unknown key; known are name, fallback, stemmer, "
                "bigrams, normalise, fold, respell, romanise, "
                "keyboard, compounds, stopwords, elisions, "
                "synonyms, model_instructions, person and messages");
        if (hdx_yaml_get(root, pack_keys[i].name) != at)
            return fail_value(r, at, "written twice; keep one");
    }
    return HELPDEX_OK;
}

helpdex_status hdx_pack_read(hdx_arena *arena, const char *path,
                             const hdx_yaml *root, const hdx_pack *wider,
                             hdx_pack *pack, helpdex_error *err)
{
    static const char *const no_fallback[] = {NULL};
    pack_reader r = {.arena = arena, .path = path, .pack = pack, .err = err};
    helpdex_status status = HELPDEX_OK;
    pack->path = path;
    if (root && root->kind != HDX_YAML_MAP)
        return fail_value(&r, root, "a locale pack is a map; write key: value");
    if (root)
        status = check_keys(&r, root);
    if (wider)
        inherit(pack, wider);
    for (size_t i = 0; i < KEYS && !status; i++) {
        const hdx_yaml *value =
            root ? hdx_yaml_get(root, pack_keys[i].name) : NULL;
        if (value)
            status = pack_keys[i].read(&r, value);
    }
    if (!status && wider && !(root && hdx_yaml_get(root, "stopwords")))
        status = inherit_words(&r, &wider->stopwords, &pack->stopwords);
    if (!status && wider && !(root && hdx_yaml_get(root, "elisions")))
        status = inherit_words(&r, &wider->elisions, &pack->elisions);
    if (!pack->fallback)
        pack->fallback = no_fallback;
    if (!pack->name)
        pack->name = pack->locale.tag;
    return status;
}

const char *hdx_pack_key(size_t at)
{
    return at < KEYS ? pack_keys[at].name : NULL;
}

void hdx_pack_release(hdx_pack *pack)
{
    if (!pack)
        return;
    hdx_map_free(&pack->stopwords);
    hdx_map_free(&pack->elisions);
}
