/*
 * The layout in which no name tells a locale, but each head says `lang`, as
 * Jekyll's polyglot has it. This reads every article once more than indexing
 * does, and so it is tried last.
 */
#include "base/error.h"
#include "base/file.h"
#include "indexer/article.h"
#include "indexer/scan.h"

/* Reads the head of an article for its `lang`; faults are for later. */
static helpdex_status read_lang(hdx_scan *s, size_t at, hdx_arena *scratch,
                                hdx_locale *locale, hdx_str *permalink)
{
    hdx_front_matter matter;
    hdx_str text;
    hdx_arena_reset(scratch);
    hdx_str path =
        hdx_arena_format(scratch, "%s/%s", s->kb_dir, s->paths[at].ptr);
    if (!path.ptr)
        return hdx_fail_nomem(s->err);
    *permalink = HDX_STR("");
    helpdex_status status =
        hdx_file_read(scratch, path.ptr, HDX_ARTICLE_LIMIT, &text, NULL);
    if (!status && hdx_utf8_check(text) != SIZE_MAX)
        status = HELPDEX_BAD_INPUT;
    if (!status)
        status = hdx_front_matter_read(scratch, text, path.ptr, &matter, NULL);
    if (!status && matter.lang.len)
        status = hdx_layout_config_locale(&s->config, matter.lang, locale);
    if (!status)
        *permalink = matter.permalink;
    if (!status && matter.lang.len == 0)
        status = HELPDEX_NOT_FOUND;
    return status == HELPDEX_NOMEM ? hdx_fail_nomem(s->err) : status;
}

/* A permalink as a path without slashes around it. */
static hdx_str joined_by(hdx_scan *s, hdx_str permalink)
{
    while (permalink.len && permalink.ptr[0] == '/') {
        permalink.ptr++;
        permalink.len--;
    }
    while (permalink.len && permalink.ptr[permalink.len - 1] == '/')
        permalink.len--;
    return hdx_arena_copy(s->arena, permalink);
}

helpdex_status hdx_scan_place_by_key(hdx_scan *s, bool *any)
{
    hdx_arena scratch = {0};
    hdx_detected *f = &s->found;
    helpdex_status status = HELPDEX_OK;
    *any = false;
    f->names = hdx_arena_alloc(s->arena, (s->count + 1) * sizeof *f->names);
    if (!f->names)
        return hdx_fail_nomem(s->err);
    f->name = "jekyll";
    f->name_count = 0;
    for (size_t i = 0; i < s->count && status != HELPDEX_NOMEM; i++) {
        hdx_str permalink = HDX_STR("");
        hdx_place *place = &f->places[i];
        hdx_detect_name *name = &f->names[f->name_count];
        status = read_lang(s, i, &scratch, &name->locale, &permalink);
        *place = (hdx_place){HDX_PLACE_DEFAULT, 0, s->stems[i]};
        hdx_str joined = joined_by(s, permalink);
        if (!joined.ptr)
            status = hdx_fail_nomem(s->err);
        else if (joined.len)
            place->rest = joined;
        if (status)
            continue;
        *any = true;
        place->kind = HDX_PLACE_LOCALE;
        place->name = f->name_count++;
    }
    hdx_arena_free(&scratch);
    return status == HELPDEX_NOMEM ? status : HELPDEX_OK;
}
