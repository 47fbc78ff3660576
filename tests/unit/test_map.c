/* base/map.h */
#include "base/arena.h"
#include "base/map.h"
#include "tests/unit/support.h"

static uint64_t *value_of(hdx_map *map, const char *key, bool *added)
{
    hdx_map_entry *entry = hdx_map_add(map, hdx_str_of(key), added);
    ck_assert_ptr_nonnull(entry);
    return &entry->value;
}

START_TEST(an_empty_map_finds_nothing)
{
    hdx_map map = {0};
    ck_assert_ptr_null(hdx_map_find(&map, HDX_STR("ถอน")));
    ck_assert_ptr_null(hdx_map_find(&map, (hdx_str){0}));
    hdx_map_clear(&map);
    hdx_map_free(&map);
}
END_TEST

START_TEST(a_key_is_added_once)
{
    hdx_map map = {0};
    bool added;
    *value_of(&map, "سحب", &added) = 7;
    ck_assert(added);
    ck_assert_uint_eq(*value_of(&map, "سحب", &added), 7);
    ck_assert(!added);
    ck_assert_uint_eq(map.count, 1);
    hdx_map_free(&map);
}
END_TEST

START_TEST(new_entries_are_zero)
{
    hdx_map map = {0};
    bool added;
    ck_assert_uint_eq(*value_of(&map, "出金", &added), 0);
    hdx_map_free(&map);
}
END_TEST

START_TEST(keys_are_found_after_growing_a_thousandfold)
{
    enum { MANY = 70000 };
    hdx_map map = {0};
    hdx_arena arena = {0};
    bool added;
    for (unsigned i = 0; i < MANY; i++)
        *value_of(&map, hdx_arena_format(&arena, "key-%u", i).ptr, &added) = i;
    ck_assert_uint_eq(map.count, MANY);
    for (unsigned i = 0; i < MANY; i++) {
        hdx_str key = hdx_arena_format(&arena, "key-%u", i);
        ck_assert_uint_eq(hdx_map_find(&map, key)->value, i);
    }
    ck_assert_ptr_null(hdx_map_find(&map, HDX_STR("key-70000")));
    hdx_arena_free(&arena);
    hdx_map_free(&map);
}
END_TEST

START_TEST(prefixes_and_zero_bytes_are_keys_of_their_own)
{
    hdx_map map = {0};
    bool added;
    const hdx_str keys[] = {HDX_STR(""),
                            HDX_STR("\0"),
                            HDX_STR("\0\0"),
                            HDX_STR("\0\0\0\0\0\0\0"),
                            HDX_STR("\0\0\0\0\0\0\0\0"),
                            HDX_STR("12345678"),
                            HDX_STR("123456789"),
                            HDX_STR("1234567\0")};
    for (size_t i = 0; i < 8; i++) {
        hdx_map_entry *entry = hdx_map_add(&map, keys[i], &added);
        ck_assert(added);
        entry->value = i;
    }
    for (size_t i = 0; i < 8; i++)
        ck_assert_uint_eq(hdx_map_find(&map, keys[i])->value, i);
    hdx_map_free(&map);
}
END_TEST

START_TEST(a_null_key_is_the_empty_key)
{
    hdx_map map = {0};
    bool added;
    hdx_map_add(&map, (hdx_str){0}, &added)->value = 5;
    ck_assert_uint_eq(*value_of(&map, "", &added), 5);
    ck_assert(!added);
    hdx_map_free(&map);
}
END_TEST

START_TEST(a_key_can_be_replaced_by_a_lasting_copy)
{
    hdx_map map = {0};
    hdx_arena arena = {0};
    bool added;
    char passing[] = "пополнение";
    hdx_map_entry *entry = hdx_map_add(&map, hdx_str_of(passing), &added);
    entry->key = hdx_arena_copy(&arena, entry->key);
    memset(passing, 'x', sizeof passing - 1);
    ck_assert_ptr_nonnull(hdx_map_find(&map, HDX_STR("пополнение")));
    ck_assert_ptr_null(hdx_map_find(&map, hdx_str_of(passing)));
    hdx_arena_free(&arena);
    hdx_map_free(&map);
}
END_TEST

START_TEST(a_cleared_map_is_empty_and_keeps_its_room)
{
    hdx_map map = {0};
    bool added;
    *value_of(&map, "Konto", &added) = 3;
    size_t room = map.capacity;
    hdx_map_clear(&map);
    ck_assert_ptr_null(hdx_map_find(&map, HDX_STR("Konto")));
    ck_assert_uint_eq(map.capacity, room);
    ck_assert_uint_eq(*value_of(&map, "Konto", &added), 0);
    ck_assert(added);
    hdx_map_free(&map);
    ck_assert_ptr_null(map.slots);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {an_empty_map_finds_nothing,
                                  a_key_is_added_once,
                                  new_entries_are_zero,
                                  keys_are_found_after_growing_a_thousandfold,
                                  prefixes_and_zero_bytes_are_keys_of_their_own,
                                  a_null_key_is_the_empty_key,
                                  a_key_can_be_replaced_by_a_lasting_copy,
                                  a_cleared_map_is_empty_and_keeps_its_room,
                                  NULL};
    return run_suite("map", tests);
}
