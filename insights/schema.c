/*
 * One schema for both databases. A step is never changed once a journal may
 * have been written by it: what comes later is a step of its own. Yes and no
 * are 1 and 0 and times are seconds since 1970 in both, so that one query
 * serves both.
 */
#include "insights/schema.h"

static const char *const steps[HDX_EVENTS_VERSION] = {
    "CREATE TABLE searches ("
    " locale TEXT NOT NULL, query TEXT, first_id TEXT, first_tier TEXT,"
    " correction TEXT, via TEXT, generation TEXT NOT NULL, region TEXT,"
    " platform TEXT, at {integer} NOT NULL, seed_phrase {integer} NOT NULL,"
    " hits {integer} NOT NULL, fallback {integer}, took_us {integer} NOT NULL,"
    " decision TEXT){end};\n",

    /* Decisions have a table of their own. */
    "ALTER TABLE searches DROP COLUMN decision;\n"
    "ALTER TABLE searches ADD COLUMN session TEXT;\n"
    "CREATE TABLE feedback ("
    " at {integer} NOT NULL, session TEXT, locale TEXT, article TEXT,"
    " section TEXT, helpful {integer} NOT NULL, comment TEXT,"
    " seed_phrase {integer} NOT NULL){end};\n"
    "CREATE TABLE ratings ("
    " at {integer} NOT NULL, session TEXT, locale TEXT,"
    " stars {integer} NOT NULL, comment TEXT,"
    " seed_phrase {integer} NOT NULL){end};\n"
    "CREATE TABLE decisions ("
    " at {integer} NOT NULL, session TEXT, locale TEXT, message TEXT,"
    " decision TEXT NOT NULL, confidence {real}, reasons TEXT, article TEXT,"
    " path TEXT, generation TEXT, took_us {integer} NOT NULL,"
    " seed_phrase {integer} NOT NULL){end};\n"
    "CREATE TABLE contacts ("
    " at {integer} NOT NULL, session TEXT, locale TEXT, id TEXT UNIQUE,"
    " customer TEXT, channel TEXT, topic TEXT, article TEXT, text TEXT,"
    " seed_phrase {integer} NOT NULL){end};\n"
    "CREATE TABLE handoffs ("
    " at {integer} NOT NULL, session TEXT, locale TEXT, id TEXT UNIQUE,"
    " category TEXT, urgency TEXT, queue TEXT, article TEXT){end};\n"};

static hdx_str word_of(const hdx_dialect *dialect, hdx_str name)
{
    if (hdx_str_eq(name, HDX_STR("integer")))
        return hdx_str_of(dialect->integer);
    if (hdx_str_eq(name, HDX_STR("real")))
        return hdx_str_of(dialect->real);
    return hdx_str_of(dialect->table_end);
}

static void add_step(const char *step, const hdx_dialect *dialect, hdx_buf *out)
{
    const char *brace;
    for (; (brace = strchr(step, '{')); step = strchr(brace, '}') + 1) {
        hdx_str name = {brace + 1, strcspn(brace + 1, "}")};
        hdx_buf_add(out, (hdx_str){step, (size_t)(brace - step)});
        hdx_buf_add(out, word_of(dialect, name));
    }
    hdx_buf_add(out, hdx_str_of(step));
}

helpdex_status hdx_schema_steps(int version, const hdx_dialect *dialect,
                                hdx_buf *out, helpdex_error *err)
{
    *out = (hdx_buf){0};
    for (int i = version; i < HDX_EVENTS_VERSION; i++)
        add_step(steps[i], dialect, out);
    if (!out->failed)
        return HELPDEX_OK;
    hdx_buf_free(out);
    return hdx_fail_nomem(err);
}

helpdex_status hdx_schema_check(int version, const char *where,
                                helpdex_error *err)
{
    if (version >= 0 && version <= HDX_EVENTS_VERSION)
        return HELPDEX_OK;
    return hdx_fail_at(err, HELPDEX_INCOMPATIBLE, where, 0, 0,
                       "written by a newer Helpdex (schema %d, not %d); update "
                       "this one or name another journal",
                       version, HDX_EVENTS_VERSION);
}
