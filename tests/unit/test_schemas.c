/* docs/schemas/ says the keys that the readers know, all and no others. */
#include <cjson/cJSON.h>
#include <libstemmer.h>
#include <stdio.h>

#include "base/file.h"
#include "handoff/config.h"
#include "indexer/detect.h"
#include "indexer/frontmatter.h"
#include "indexer/layout_config.h"
#include "server/config.h"
#include "store/measured.h"
#include "store/paths.h"
#include "store/rules.h"
#include "text/message.h"
#include "text/pack_keys.h"

#include "tests/unit/support.h"

static hdx_arena arena;
static cJSON *schema;

static void load(const char *name)
{
    char path[512];
    hdx_str text;
    snprintf(path, sizeof path, SOURCE_DIR "/docs/schemas/%s.json", name);
    ck_assert_int_eq(hdx_file_read(&arena, path, 1 << 20, &text, NULL), 0);
    schema = cJSON_ParseWithLength(text.ptr, text.len);
    ck_assert_msg(schema, "%s is no JSON", path);
}

static void unload(void)
{
    cJSON_Delete(schema);
    schema = NULL;
    hdx_arena_free(&arena);
}

/* The part of the schema at names with a slash between them. */
static const cJSON *part(const char *path)
{
    const cJSON *at = schema;
    char names[128];
    snprintf(names, sizeof names, "%s", path);
    for (char *name = strtok(names, "/"); name; name = strtok(NULL, "/")) {
        at = cJSON_GetObjectItemCaseSensitive(at, name);
        ck_assert_msg(at, "no %s in %s", name, path);
    }
    return at;
}

typedef const char *(*namer)(size_t at);

/* Whether a table has a name. */
static bool has(namer table, const char *name)
{
    for (size_t i = 0; table(i); i++)
        if (strcmp(table(i), name) == 0)
            return true;
    return false;
}

/* A member is a name of the table, or all below it are, as "a.b". */
static void check_member(const cJSON *member, namer table)
{
    char name[128];
    const cJSON *below,
        *inner = cJSON_GetObjectItemCaseSensitive(member, "properties");
    if (has(table, member->string))
        return;
    ck_assert_msg(inner, "no reader knows the key %s", member->string);
    cJSON_ArrayForEach(below, inner)
    {
        snprintf(name, sizeof name, "%s.%s", member->string, below->string);
        ck_assert_msg(has(table, name), "no reader knows the key %s", name);
    }
}

/* The member of a map with a name such as "a" or "a.b"; NULL: none. */
static const cJSON *member_of(const cJSON *map, const char *name)
{
    char first[128];
    const char *dot = strchr(name, '.');
    if (!dot)
        return cJSON_GetObjectItemCaseSensitive(map, name);
    snprintf(first, sizeof first, "%.*s", (int)(dot - name), name);
    map = cJSON_GetObjectItemCaseSensitive(map, first);
    return member_of(cJSON_GetObjectItemCaseSensitive(map, "properties"),
                     dot + 1);
}

/* The members of a map are the names of a table. */
static void check_properties(const cJSON *map, namer table)
{
    for (size_t i = 0; table(i); i++)
        ck_assert_msg(member_of(map, table(i)), "the schema lacks the key %s",
                      table(i));
    const cJSON *member;
    cJSON_ArrayForEach(member, map) check_member(member, table);
}

/* The same of a list of choices. */
static void check_choices(const cJSON *list, namer table)
{
    const cJSON *choice;
    for (size_t i = 0; table(i); i++) {
        bool found = false;
        cJSON_ArrayForEach(choice, list) found =
            found || strcmp(choice->valuestring, table(i)) == 0;
        ck_assert_msg(found, "the schema lacks the choice %s", table(i));
    }
    cJSON_ArrayForEach(choice, list)
        ck_assert_msg(has(table, choice->valuestring),
                      "no reader knows the choice %s", choice->valuestring);
}

static const char *message_at(size_t at)
{
    return at < HDX_MESSAGES ? hdx_message_key((hdx_message)at) : NULL;
}

static const char *level_at(size_t at)
{
    return at < HDX_LEVELS ? hdx_level_name((hdx_level)at) : NULL;
}

static const char *stemmer_at(size_t at)
{
    return sb_stemmer_list()[at];
}

static const char *layout_at(size_t at)
{
    return at ? hdx_detect_layout(at - 1) : "auto";
}

static const char *section_at(size_t at)
{
    return at < HDX_RULE_KINDS ? hdx_rule_section((hdx_rule_kind)at) : NULL;
}

static hdx_rule_kind kind;

static const char *rule_key_at(size_t at)
{
    return hdx_rule_key(kind, at);
}

START_TEST(heads_of_articles_have_the_keys_that_are_read)
{
    load("front-matter");
    check_properties(part("properties"), hdx_front_matter_key);
    unload();
}
END_TEST

START_TEST(helpdex_yml_has_the_keys_that_are_read)
{
    load("helpdex");
    check_properties(part("properties"), hdx_layout_config_key);
    const cJSON *layouts =
        cJSON_GetArrayItem(part("properties/layout/anyOf"), 0);
    check_choices(cJSON_GetObjectItem(layouts, "enum"), layout_at);
    unload();
}
END_TEST

START_TEST(locale_packs_have_the_keys_that_are_read)
{
    load("locale-pack");
    const cJSON *messages = part("properties/messages/properties");
    check_properties(messages, message_at);
    check_choices(part("properties/stemmer/enum"), stemmer_at);
    check_properties(part("properties"), hdx_pack_key);
    unload();
}
END_TEST

START_TEST(rules_have_the_keys_of_their_kind)
{
    static const char *const defs[HDX_RULE_KINDS] = {
        [HDX_RULE_PIN] = "$defs/pin/properties",
        [HDX_RULE_HIDE] = "$defs/hide/properties",
        [HDX_RULE_BOOST] = "$defs/boost/properties",
        [HDX_RULE_BANNER] = "$defs/banner/properties"};
    load("rules");
    check_properties(part("properties"), section_at);
    for (kind = 0; kind < HDX_RULE_KINDS; kind++)
        check_properties(part(defs[kind]), rule_key_at);
    check_choices(part("$defs/banner/properties/level/enum"), level_at);
    unload();
}
END_TEST

static hdx_node_kind node;

static const char *node_key_at(size_t at)
{
    return hdx_path_node_key(node, at);
}

static const char *urgency_at(size_t at)
{
    return at < HDX_URGENCIES ? hdx_urgency_name((hdx_urgency)at) : NULL;
}

START_TEST(triage_paths_have_the_keys_of_their_nodes)
{
    char name[64];
    load("triage");
    check_properties(part("properties"), hdx_path_key);
    check_properties(part("$defs/slot/properties"), hdx_path_slot_key);
    check_properties(part("$defs/option/properties"), hdx_path_option_key);
    for (node = 0; node < HDX_NODE_KINDS; node++) {
        snprintf(name, sizeof name, "$defs/%s/properties", node_key_at(0));
        check_properties(part(name), node_key_at);
    }
    check_choices(part("properties/urgency/enum"), urgency_at);
}
END_TEST

START_TEST(calibrations_have_the_keys_that_are_read)
{
    load("calibration");
    check_properties(part("properties"), hdx_measured_key);
    unload();
}
END_TEST

static hdx_peer_kind peer;

static const char *peer_key_at(size_t at)
{
    return hdx_peer_key(peer, at);
}

START_TEST(targets_and_flows_have_the_keys_that_are_read)
{
    static const char *const defs[HDX_PEER_KINDS] = {
        [HDX_PEER_GENERIC] = "$defs/generic/properties",
        [HDX_PEER_ZENDESK] = "$defs/zendesk/properties",
        [HDX_PEER_CHATWOOT] = "$defs/chatwoot/properties",
        [HDX_PEER_FLOW] = "$defs/flow/properties"};
    load("handoff-config");
    check_properties(part("$defs/handoff/properties"), hdx_handoff_key);
    for (peer = 0; peer < HDX_PEER_KINDS; peer++)
        check_properties(part(defs[peer]), peer_key_at);
    check_choices(part("$defs/target/properties/adapter/enum"),
                  hdx_adapter_name);
}
END_TEST

/* Every leaf below a map is a key of the configuration; gives their number. */
static size_t count_keys(const cJSON *map, const char *prefix)
{
    size_t count = 0;
    const cJSON *member;
    cJSON_ArrayForEach(member, map)
    {
        char name[128];
        const cJSON *below =
            cJSON_GetObjectItemCaseSensitive(member, "properties");
        snprintf(name, sizeof name, "%s%s%s", prefix, member->string,
                 below ? "." : "");
        ck_assert_msg(below || has(hdx_config_key, name),
                      "no reader knows the key %s", name);
        count += below ? count_keys(below, name) : 1;
    }
    return count;
}

START_TEST(configurations_of_the_server_have_the_keys_that_are_read)
{
    size_t keys = 0;
    load("server");
    while (hdx_config_key(keys))
        keys++;
    ck_assert_uint_eq(count_keys(part("properties"), ""), keys);
    unload();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        heads_of_articles_have_the_keys_that_are_read,
        helpdex_yml_has_the_keys_that_are_read,
        locale_packs_have_the_keys_that_are_read,
        rules_have_the_keys_of_their_kind,
        triage_paths_have_the_keys_of_their_nodes,
        calibrations_have_the_keys_that_are_read,
        targets_and_flows_have_the_keys_that_are_read,
        configurations_of_the_server_have_the_keys_that_are_read,
        NULL};
    return run_suite("schemas", tests);
}
