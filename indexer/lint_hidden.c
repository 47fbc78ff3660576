/*
 * What a person who reads the article does not see, and a program that reads
 * it does: characters without a glyph, and orders to a language model. What a
 * language needs (joiners, marks of direction, isolates) is not judged.
 */
#include "indexer/lint.h"
#include "text/pack.h"
#include "text/phrase.h"

typedef struct hidden {
    uint32_t first, last;
    const char *what;
} hidden;

static const hidden hiddens[] = {
    {0x00, 0x08, "control character"},
    {0x0B, 0x0B, "control character"},
    {0x0E, 0x1F, "control character"},
    {0x7F, 0x7F, "control character"},
    {0x202D, 0x202E, "override of direction"},
    {0x2061, 0x2064, "invisible operator"},
    {0x206A, 0x206F, "deprecated format character"},
    {0xFFF9, 0xFFFB, "annotation character"},
    {0xE0000, 0xE007F, "tag character"},
    {0xE0100, 0xE01EF, "variation selector"},
};

enum {
    POP_DIRECTION = 0x202C,
    BLACK_FLAG = 0x1F3F4,
    TAG_FIRST = 0xE0020,
    TAG_END = 0xE007F,
    SELECTOR_FIRST = 0xE0100
};

static const hidden *find_hidden(uint32_t c)
{
    if (c >= ' ' && c < 0x7F)
        return NULL;
    for (size_t i = 0; i < sizeof hiddens / sizeof *hiddens; i++)
        if (c >= hiddens[i].first && c <= hiddens[i].last)
            return &hiddens[i];
    return NULL;
}

/* Behind a flag of a region (England, Scotland), which tags spell; else `at`,
   which is behind `before`. */
static size_t flag_end(hdx_str text, uint32_t before, size_t at)
{
    size_t end = at;
    while (before == BLACK_FLAG && end < text.len) {
        uint32_t c = hdx_utf8_next(text, &end);
        if (c == TAG_END)
            return end;
        if (c < TAG_FIRST || c > TAG_END)
            break;
    }
    return at;
}

/* Behind the run of such characters that begins at `at`. */
static size_t run_end(hdx_str text, size_t at, const hidden *kind,
                      unsigned *count)
{
    for (*count = 0; at < text.len; ++*count) {
        size_t next = at;
        uint32_t c = hdx_utf8_next(text, &next);
        if (c < kind->first || c > kind->last)
            break;
        at = next;
    }
    return at;
}

/* The end of an override on the same line; SIZE_MAX: it has none. */
static size_t find_pop(hdx_str text, size_t at)
{
    while (at < text.len && text.ptr[at] != '\n') {
        size_t here = at;
        if (hdx_utf8_next(text, &at) == POP_DIRECTION)
            return here;
    }
    return SIZE_MAX;
}

void hdx_lint_hidden_unicode(hdx_lint *l, hdx_lint_doc *doc)
{
    hdx_str text = doc->text;
    uint32_t before = 0;
    for (size_t i = 0; i < text.len && !l->failed;) {
        size_t at = i;
        uint32_t c = hdx_utf8_next(text, &i);
        const hidden *kind = find_hidden(c);
        unsigned count = 1;
        if (c == BLACK_FLAG)
            i = flag_end(text, c, i);
        if (kind)
            i = run_end(text, at, kind, &count);
        /* One selector chooses a form of a Chinese character. */
        if (kind && !(c >= SELECTOR_FIRST && count == 1 && before > 0x2E7F)) {
            hdx_lint_add(l, doc, at,
                         "%s U+%04X%s, which readers do not see; remove%s",
                         kind->what, (unsigned)c,
                         count > 1 ? " and more of its kind" : "",
                         count > 1 ? " them" : " it");
            hdx_lint_fix(l, at, i, HDX_STR(""));
            size_t pop = kind->first == 0x202D ? find_pop(text, i) : SIZE_MAX;
            if (pop != SIZE_MAX)
                hdx_lint_fix(l, pop, pop + 3, HDX_STR(""));
        }
        before = c;
    }
}

/* Marks of the prompts of models, in no language. */
static const char *const prompt_marks[] = {
    "<|im_start|>", "<|im_end|>",      "<|system|>", "<|endoftext|>",
    "[INST]",       "<<SYS>>",         "<|eot_id|>", "<|start_header_id|>",
    "[/INST]",      "<start_of_turn>", "<|user|>",   "<|assistant|>"};

static size_t find_mark(hdx_str text, const char **mark)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '<' && text.ptr[i] != '[')
            continue;
        hdx_str rest = {text.ptr + i, text.len - i};
        for (size_t n = 0; n < sizeof prompt_marks / sizeof *prompt_marks; n++)
            if (hdx_str_starts(rest, hdx_str_of(prompt_marks[n]))) {
                *mark = prompt_marks[n];
                return i;
            }
    }
    return SIZE_MAX;
}

/* The phrases of one pack; they are in its language. */
static void look_for(hdx_lint *l, hdx_lint_doc *doc,
                     const hdx_phrase_text *text, const hdx_pack *pack)
{
    for (size_t i = 0; i < pack->instruction_count && !l->failed; i++) {
        hdx_phrase_text phrase;
        if (!hdx_phrase_prepare(&l->arena, pack->instructions[i], &phrase)) {
            l->failed = true;
            return;
        }
        size_t at = hdx_phrase_find(text, &phrase);
        if (at != SIZE_MAX)
            hdx_lint_add(l, doc, at,
                         "\"%.*s\" speaks to a language model, not to readers; "
                         "remove it, or disable this rule where you write "
                         "about such texts",
                         HDX_FMT(pack->instructions[i]));
    }
}

void hdx_lint_model_instructions(hdx_lint *l, hdx_lint_doc *doc)
{
    hdx_arena scratch = {0};
    hdx_phrase_text text;
    const hdx_pack *own = NULL, *original = NULL;
    const char *mark = "";
    size_t at = find_mark(doc->text, &mark);
    if (at != SIZE_MAX)
        hdx_lint_add(l, doc, at,
                     "\"%s\" is a mark of a language model's prompt, which no "
                     "reader needs; remove it",
                     mark);
    if (hdx_catalog_pack(l->catalog, &doc->from->locale, &own, NULL) ||
        hdx_catalog_pack(l->catalog, &l->layout.default_locale, &original,
                         NULL) ||
        !hdx_phrase_prepare(&scratch, doc->text, &text)) {
        l->failed = true;
    } else {
        look_for(l, doc, &text, own);
        if (original->instructions != own->instructions)
            look_for(l, doc, &text, original);
    }
    hdx_arena_free(&scratch);
}
