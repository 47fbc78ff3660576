/* text/grams.h */
#include "text/grams.h"

#include "tests/unit/support.h"
#include "text/analyse.h"

enum { MOST = 1024 };

/* The keys of a text, in the order of being made. */
typedef struct keys {
    uint64_t items[MOST];
    size_t count;
} keys;

/* A word as it is added. */
typedef struct piece {
    const char *letters;
    hdx_density dense;
    bool joined;
} piece;

static size_t symbols_of(const char *letters, hdx_symbol out[HDX_WORD_BYTES])
{
    hdx_str text = hdx_str_of(letters);
    size_t count = 0;
    for (size_t at = 0; at < text.len;)
        out[count++] = hdx_symbol_of(hdx_utf8_next(text, &at));
    return count;
}

static void add(hdx_gram_window *window, piece word, keys *out)
{
    hdx_symbol symbols[HDX_WORD_BYTES];
    size_t count = symbols_of(word.letters, symbols);
    ck_assert_uint_le(out->count + hdx_grams_room(count), MOST);
    size_t made = hdx_grams_add(window, symbols, count, word.dense, word.joined,
                                out->items + out->count);
    ck_assert_uint_le(made, hdx_grams_room(count));
    out->count += made;
}

/* The keys of words, ended by one without letters. */
static keys keys_of(hdx_gram_mode mode, const piece *words)
{
    hdx_gram_window window = hdx_gram_window_start(mode);
    keys all = {.count = 0};
    for (; words->letters; words++)
        add(&window, *words, &all);
    return all;
}

static keys keys_of_word(hdx_gram_mode mode, const char *word,
                         hdx_density dense)
{
    const piece words[] = {{word, dense, false}, {0}};
    return keys_of(mode, words);
}

/* Two words with a space between. */
static keys keys_of_two(hdx_gram_mode mode, const char *one, const char *other)
{
    const piece words[] = {{one, 0, false}, {other, 0, false}, {0}};
    return keys_of(mode, words);
}

/* Two words of a dense script. */
static keys keys_of_run(const char *one, const char *other, hdx_density dense,
                        bool joined)
{
    const piece words[] = {{one, dense, false}, {other, dense, joined}, {0}};
    return keys_of(HDX_GRAMS_TEXT, words);
}

static bool has(const keys *all, uint64_t key)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i] == key)
            return true;
    return false;
}

/* How many keys of `some` are among `all`. */
static size_t shared(const keys *some, const keys *all)
{
    size_t count = 0;
    for (size_t i = 0; i < some->count; i++)
        count += has(all, some->items[i]);
    return count;
}

static void same_keys(const keys *a, const keys *b)
{
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_mem_eq(a->items, b->items, a->count * sizeof *a->items);
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* How many keys differ from all others; sorts them. */
static size_t distinct(uint64_t *all, size_t count)
{
    size_t different = count > 0;
    qsort(all, count, sizeof *all, by_key);
    for (size_t i = 1; i < count; i++)
        different += all[i] != all[i - 1];
    return different;
}

START_TEST(a_spaced_word_has_four_and_five_grams_with_its_borders)
{
    const struct {
        const char *word;
        size_t count;
    } words[] = {{"a", 0}, {"ab", 1}, {"abc", 3}, {"abcd", 5}, {"konto", 7}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        keys all = keys_of_word(HDX_GRAMS_TEXT, words[i].word, HDX_SPACED);
        ck_assert_uint_eq(all.count, words[i].count);
        ck_assert_uint_eq(distinct(all.items, all.count), words[i].count);
    }
}
END_TEST

START_TEST(grams_of_a_text_cross_the_borders_of_words)
{
    keys both = keys_of_two(HDX_GRAMS_TEXT, "ab", "cd");
    keys one = keys_of_word(HDX_GRAMS_TEXT, "ab", HDX_SPACED);
    keys other = keys_of_word(HDX_GRAMS_TEXT, "cd", HDX_SPACED);
    ck_assert_uint_eq(both.count, 7);
    ck_assert_uint_eq(shared(&one, &both), 1);
    ck_assert_uint_eq(shared(&other, &both), 1);
}
END_TEST

START_TEST(words_that_follow_each_other_share_the_grams_between)
{
    keys ours = keys_of_two(HDX_GRAMS_TEXT, "konto", "sperren");
    keys alike = keys_of_two(HDX_GRAMS_TEXT, "xxkonto", "sperrenxx");
    keys apart = keys_of_two(HDX_GRAMS_TEXT, "sperren", "konto");
    keys one = keys_of_word(HDX_GRAMS_TEXT, "konto", HDX_SPACED);
    keys other = keys_of_word(HDX_GRAMS_TEXT, "sperren", HDX_SPACED);
    size_t within = one.count + other.count;
    /* o_sp to_s nto_ _spe, and those of five. */
    ck_assert_uint_eq(ours.count - within, 2 + 3);
    ck_assert_uint_eq(shared(&ours, &apart), within);
    ck_assert_uint_gt(shared(&ours, &alike), 10);
}
END_TEST

START_TEST(an_inflection_shares_most_grams)
{
    keys one = keys_of_word(HDX_GRAMS_TEXT, "auszahlung", HDX_SPACED);
    keys many = keys_of_word(HDX_GRAMS_TEXT, "auszahlungen", HDX_SPACED);
    keys other = keys_of_word(HDX_GRAMS_TEXT, "sicherheit", HDX_SPACED);
    ck_assert_uint_ge(shared(&one, &many), one.count - 2);
    ck_assert_uint_eq(shared(&one, &other), 0);
}
END_TEST

START_TEST(signs_have_one_and_two_grams)
{
    keys all = keys_of_word(HDX_GRAMS_TEXT, "出金方法", HDX_DENSE_SIGNS);
    keys pair = keys_of_word(HDX_GRAMS_TEXT, "金方", HDX_DENSE_SIGNS);
    ck_assert_uint_eq(all.count, 4 + 3);
    ck_assert_uint_eq(pair.count, 2 + 1);
    ck_assert_uint_eq(shared(&pair, &all), 3);
    pair = keys_of_word(HDX_GRAMS_TEXT, "方金", HDX_DENSE_SIGNS);
    ck_assert_uint_eq(shared(&pair, &all), 2);
}
END_TEST

START_TEST(hangul_has_two_and_three_grams_across_borders)
{
    keys wallet = keys_of_word(HDX_GRAMS_TEXT, "지갑", HDX_SPACED_SIGNS);
    ck_assert_uint_eq(wallet.count, 3 + 2);
    const piece two[] = {{"지갑", HDX_SPACED_SIGNS, false},
                         {"을", HDX_SPACED_SIGNS, false},
                         {0}};
    ck_assert_uint_eq(keys_of(HDX_GRAMS_TEXT, two).count, 5 + 2 + 2);
    ck_assert_uint_eq(keys_of(HDX_GRAMS_TITLE, two).count, 5 + 2 + 1);
}
END_TEST

START_TEST(letters_without_spaces_have_two_and_three_grams)
{
    keys all = keys_of_word(HDX_GRAMS_TEXT, "ถอนเงิน", HDX_DENSE_LETTERS);
    keys one = keys_of_word(HDX_GRAMS_TEXT, "ถ", HDX_DENSE_LETTERS);
    keys three = keys_of_word(HDX_GRAMS_TEXT, "อนเ", HDX_DENSE_LETTERS);
    ck_assert_uint_eq(all.count, 6 + 5);
    ck_assert_uint_eq(one.count, 0);
    ck_assert_uint_eq(shared(&three, &all), 2 + 1);
}
END_TEST

START_TEST(a_run_has_the_same_grams_however_it_is_cut)
{
    const char *const runs[][3] = {{"出金方法", "出金", "方法"},
                                   {"出金方法", "出", "金方法"},
                                   {"ถอนเงิน", "ถอน", "เงิน"},
                                   {"ถอนเงิน", "ถ", "อนเงิน"}};
    for (size_t i = 0; i < 4; i++) {
        hdx_density dense = i < 2 ? HDX_DENSE_SIGNS : HDX_DENSE_LETTERS;
        keys whole = keys_of_word(HDX_GRAMS_TEXT, runs[i][0], dense);
        keys cut = keys_of_run(runs[i][1], runs[i][2], dense, true);
        same_keys(&whole, &cut);
    }
}
END_TEST

START_TEST(a_space_parts_what_is_not_joined)
{
    keys joined = keys_of_run("出金", "方法", HDX_DENSE_SIGNS, true);
    keys apart = keys_of_run("出金", "方法", HDX_DENSE_SIGNS, false);
    ck_assert_uint_eq(joined.count, 7);
    ck_assert_uint_eq(apart.count, 6);
    ck_assert_uint_eq(shared(&apart, &joined), 6);
}
END_TEST

START_TEST(grams_never_cross_from_one_script_to_another)
{
    const piece mixed[] = {{"kyc", HDX_SPACED, false},
                           {"認証", HDX_DENSE_SIGNS, true},
                           {"ถอน", HDX_DENSE_LETTERS, true},
                           {"usdt", HDX_SPACED, true},
                           {0}};
    size_t alone = 0;
    keys all = keys_of(HDX_GRAMS_TEXT, mixed);
    for (const piece *word = mixed; word->letters; word++) {
        keys own = keys_of_word(HDX_GRAMS_TEXT, word->letters, word->dense);
        ck_assert_uint_eq(shared(&own, &all), own.count);
        alone += own.count;
    }
    ck_assert_uint_eq(all.count, alone);
}
END_TEST

START_TEST(grams_of_a_title_stay_inside_of_words)
{
    keys both = keys_of_two(HDX_GRAMS_TITLE, "konto", "sperren");
    keys one = keys_of_word(HDX_GRAMS_TITLE, "konto", HDX_SPACED);
    keys other = keys_of_word(HDX_GRAMS_TITLE, "sperren", HDX_SPACED);
    ck_assert_uint_eq(one.count, 5 + 4 + 3); /* of "_konto_" */
    ck_assert_uint_eq(both.count, one.count + other.count);
    ck_assert_uint_eq(shared(&one, &both), one.count);
    keys turned = keys_of_two(HDX_GRAMS_TITLE, "sperren", "konto");
    ck_assert_uint_eq(shared(&both, &turned), both.count);
}
END_TEST

START_TEST(runs_are_cut_alike_in_titles_and_texts)
{
    keys signs = keys_of_word(HDX_GRAMS_TEXT, "出金", HDX_DENSE_SIGNS);
    keys letters = keys_of_word(HDX_GRAMS_TEXT, "ถอน", HDX_DENSE_LETTERS);
    keys title = keys_of_word(HDX_GRAMS_TITLE, "出金", HDX_DENSE_SIGNS);
    same_keys(&signs, &title);
    title = keys_of_word(HDX_GRAMS_TITLE, "ถอน", HDX_DENSE_LETTERS);
    same_keys(&letters, &title);
}
END_TEST

START_TEST(readings_have_two_and_three_grams_of_dense_words_alone)
{
    keys two = keys_of_word(HDX_GRAMS_READING, "ab", HDX_DENSE_SIGNS);
    keys four = keys_of_word(HDX_GRAMS_READING, "abcd", HDX_DENSE_SIGNS);
    keys latin = keys_of_word(HDX_GRAMS_READING, "abcd", HDX_SPACED);
    ck_assert_uint_eq(two.count, 1);
    ck_assert_uint_eq(four.count, 3 + 2);
    ck_assert_uint_eq(shared(&two, &four), 1);
    ck_assert_uint_eq(latin.count, 0);
}
END_TEST

/* Words of every density and length, after one of every density. */
static void each_word(void (*check)(hdx_gram_window start, hdx_gram_mode mode,
                                    const hdx_symbol *symbols, size_t count,
                                    piece how))
{
    hdx_symbol symbols[HDX_WORD_BYTES];
    for (size_t i = 0; i < HDX_WORD_BYTES; i++)
        symbols[i] = (hdx_symbol)('a' + i % 23);
    for (unsigned n = 0; n < 3 * 3 * 3 * 2; n++) {
        hdx_gram_mode mode = (hdx_gram_mode)(n % 3);
        piece before = {"abcdefg", (hdx_density)(n / 3 % 3), false};
        piece how = {"", (hdx_density)(n / 9 % 3), n / 27};
        hdx_gram_window window = hdx_gram_window_start(mode);
        keys out = {.count = 0};
        add(&window, before, &out);
        for (size_t count = 0; count <= HDX_WORD_BYTES;
             count += count < 12 ? 1 : 29)
            check(window, mode, symbols, count, how);
    }
}

static void room_suffices(hdx_gram_window window, hdx_gram_mode mode,
                          const hdx_symbol *symbols, size_t count, piece how)
{
    (void)mode;
    size_t room = hdx_grams_room(count);
    uint64_t *out = malloc(room * sizeof *out); /* no byte behind it is ours */
    size_t made =
        hdx_grams_add(&window, symbols, count, how.dense, how.joined, out);
    ck_assert_uint_le(made, room);
    ck_assert_uint_eq(distinct(out, made) > 0, made > 0);
    free(out);
}

START_TEST(the_room_asked_for_suffices)
{
    each_word(room_suffices);
}
END_TEST

/* All grams of a word are those inside of it and those that cross into it. */
static void parts_add_up(hdx_gram_window window, hdx_gram_mode mode,
                         const hdx_symbol *symbols, size_t count, piece how)
{
    hdx_gram_window alone = hdx_gram_window_start(mode), other = window;
    keys whole, parts;
    whole.count = hdx_grams_add(&window, symbols, count, how.dense, how.joined,
                                whole.items);
    parts.count = hdx_grams_cross(&other, symbols, count, how.dense, how.joined,
                                  parts.items);
    parts.count += hdx_grams_add(&alone, symbols, count, how.dense, false,
                                 parts.items + parts.count);
    distinct(whole.items, whole.count);
    distinct(parts.items, parts.count);
    same_keys(&whole, &parts);
}

START_TEST(grams_inside_of_a_word_and_those_that_cross_are_all)
{
    each_word(parts_add_up);
}
END_TEST

/* The next word has the same grams whether this one was added or passed. */
static void passing_leads_on(hdx_gram_window window, hdx_gram_mode mode,
                             const hdx_symbol *symbols, size_t count, piece how)
{
    (void)mode;
    hdx_gram_window passed = window;
    keys after_adding, after_passing;
    hdx_grams_add(&window, symbols, count, how.dense, how.joined,
                  after_adding.items);
    hdx_grams_pass(&passed, symbols, count, how.dense, how.joined);
    how.letters = "next";
    how.joined = true;
    after_adding.count = after_passing.count = 0;
    add(&window, how, &after_adding);
    add(&passed, how, &after_passing);
    same_keys(&after_adding, &after_passing);
}

START_TEST(a_word_that_is_passed_leads_on_like_one_that_is_added)
{
    each_word(passing_leads_on);
}
END_TEST

START_TEST(the_same_text_has_the_same_keys)
{
    keys one = keys_of_two(HDX_GRAMS_TEXT, "konto", "sperren");
    keys_of_run("出金", "方法", HDX_DENSE_SIGNS, true);
    keys two = keys_of_two(HDX_GRAMS_TEXT, "konto", "sperren");
    same_keys(&one, &two);
}
END_TEST

START_TEST(grams_of_other_sizes_are_other_grams)
{
    keys same = keys_of_word(HDX_GRAMS_TITLE, "aaaaaaa", HDX_SPACED);
    /* Of each size one at either border and one inside. */
    ck_assert_uint_eq(distinct(same.items, same.count), 3 * 3);
    same = keys_of_word(HDX_GRAMS_TEXT, "一一一", HDX_DENSE_SIGNS);
    ck_assert_uint_eq(same.count, 3 + 2);
    ck_assert_uint_eq(distinct(same.items, same.count), 2);
}
END_TEST

START_TEST(many_grams_have_as_many_keys)
{
    enum { SIGNS = 300, PAIR = 3 };
    static uint64_t all[SIGNS * SIGNS * PAIR + MOST];
    size_t count = 0;
    for (size_t i = 0; i < SIGNS * SIGNS; i++) {
        const hdx_symbol pair[] = {(hdx_symbol)(0x4E00 + i / SIGNS),
                                   (hdx_symbol)(0x4E00 + i % SIGNS)};
        hdx_gram_window window = hdx_gram_window_start(HDX_GRAMS_TEXT);
        count += hdx_grams_add(&window, pair, 2, HDX_DENSE_SIGNS, false,
                               all + count);
    }
    ck_assert_uint_eq(count, SIGNS * SIGNS * PAIR);
    ck_assert_uint_eq(distinct(all, count), SIGNS * SIGNS + SIGNS);
}
END_TEST

START_TEST(a_letter_beyond_sixteen_bits_is_no_other_letter)
{
    ck_assert_uint_eq(hdx_symbol_of(0x51FA), 0x51FA);
    ck_assert_uint_eq(hdx_symbol_of(0xFFFD), 0xFFFD);
    ck_assert_uint_ne(hdx_symbol_of(0x20BB7), hdx_symbol_of(0x0BB7));
    ck_assert_uint_ne(hdx_symbol_of(0x20BB7), hdx_symbol_of(0x20BB8));
    uint32_t c = 0x10000;
    while (c < 0x110000 && hdx_symbol_of(c) >= 0xD800 &&
           hdx_symbol_of(c) <= 0xDFFF)
        c++;
    ck_assert_uint_eq(c, 0x110000);
}
END_TEST

START_TEST(the_length_of_a_text_is_near_the_number_of_its_grams)
{
    const char *const words[] = {"ein", "konto", "sperren"};
    for (int title = 0; title < 2; title++) {
        hdx_gram_mode mode = title ? HDX_GRAMS_TITLE : HDX_GRAMS_TEXT;
        hdx_gram_window window = hdx_gram_window_start(mode);
        keys all = {.count = 0};
        size_t length = 0;
        for (size_t i = 0; i < 3; i++) {
            add(&window, (piece){words[i], HDX_SPACED, false}, &all);
            length += hdx_grams_length(mode, strlen(words[i]), HDX_SPACED);
        }
        ck_assert_uint_ge(length, all.count);
        ck_assert_uint_le(length, all.count + 5);
    }
}
END_TEST

START_TEST(the_shortest_grams_of_a_word_are_grams_of_it)
{
    static const struct {
        const char *word;
        hdx_density dense;
        size_t count;
    } cases[] = {{"konto", HDX_SPACED, 4},     {"ab", HDX_SPACED, 1},
                 {"a", HDX_SPACED, 0},         {"입금", HDX_SPACED_SIGNS, 3},
                 {"提现", HDX_DENSE_SIGNS, 2}, {"ฝาก", HDX_DENSE_LETTERS, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        keys all = keys_of_word(HDX_GRAMS_TEXT, cases[i].word, cases[i].dense);
        hdx_symbol symbols[HDX_WORD_BYTES];
        keys least = {.count = 0};
        least.count =
            hdx_grams_least(symbols, symbols_of(cases[i].word, symbols),
                            cases[i].dense, least.items);
        ck_assert_uint_eq(least.count, cases[i].count);
        ck_assert_uint_eq(shared(&least, &all), least.count);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_spaced_word_has_four_and_five_grams_with_its_borders,
        grams_of_a_text_cross_the_borders_of_words,
        words_that_follow_each_other_share_the_grams_between,
        an_inflection_shares_most_grams,
        signs_have_one_and_two_grams,
        hangul_has_two_and_three_grams_across_borders,
        letters_without_spaces_have_two_and_three_grams,
        a_run_has_the_same_grams_however_it_is_cut,
        a_space_parts_what_is_not_joined,
        grams_never_cross_from_one_script_to_another,
        grams_of_a_title_stay_inside_of_words,
        runs_are_cut_alike_in_titles_and_texts,
        readings_have_two_and_three_grams_of_dense_words_alone,
        the_room_asked_for_suffices,
        grams_inside_of_a_word_and_those_that_cross_are_all,
        a_word_that_is_passed_leads_on_like_one_that_is_added,
        the_same_text_has_the_same_keys,
        grams_of_other_sizes_are_other_grams,
        many_grams_have_as_many_keys,
        a_letter_beyond_sixteen_bits_is_no_other_letter,
        the_length_of_a_text_is_near_the_number_of_its_grams,
        the_shortest_grams_of_a_word_are_grams_of_it,
        NULL};
    return run_suite("grams", tests);
}
