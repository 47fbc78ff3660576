/* text/analyse.h */
#include "text/analyse.h"

#include <stdio.h>

#include "tests/unit/support.h"
#include "text/letters.h"

/* An analyser of a built-in pack. */
typedef struct bench {
    hdx_catalog *catalog;
    hdx_analyser *analyser;
    hdx_tokens tokens;
} bench;

static bench bench_in(const char *dir, const char *tag)
{
    bench b = {0};
    hdx_locale locale;
    const hdx_pack *pack;
    ck_assert_int_eq(hdx_catalog_open(dir, &b.catalog, NULL), HELPDEX_OK);
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_pack(b.catalog, &locale, &pack, NULL), 0);
    ck_assert_int_eq(hdx_analyser_open(pack, &b.analyser, NULL), HELPDEX_OK);
    return b;
}

static bench bench_for(const char *tag)
{
    return bench_in(NULL, tag);
}

static void bench_free(bench *b)
{
    hdx_tokens_free(&b->tokens);
    hdx_analyser_free(b->analyser);
    hdx_catalog_free(b->catalog);
}

/* Analyses, and checks what holds for every text. */
static void analyse(bench *b, hdx_str text)
{
    helpdex_error err = {0};
    ck_assert_msg(!hdx_analyse(b->analyser, text, &b->tokens, &err), "%s",
                  err.message);
    for (size_t i = 0; i < b->tokens.count; i++) {
        hdx_token t = b->tokens.items[i];
        hdx_str term = t.word->term;
        char kind = term.ptr[0];
        char before = i ? b->tokens.items[i - 1].word->term.ptr[0] : 'w';
        ck_assert((kind == 'w') == (i < b->tokens.words));
        ck_assert(kind == 'w' || kind == 'g' || (kind == 'r' && before == 'g'));
        ck_assert(t.begin < t.end && t.end <= text.len);
        ck_assert(term.len > 1 && term.len <= HDX_WORD_BYTES + 1);
        ck_assert_uint_eq(hdx_utf8_check(term), SIZE_MAX);
        ck_assert_uint_eq(hdx_utf8_check(t.word->exact), SIZE_MAX);
        ck_assert_uint_eq(hdx_utf8_check(t.word->loose), SIZE_MAX);
        hdx_str from = {text.ptr + t.begin, t.end - t.begin};
        ck_assert_uint_eq(hdx_utf8_check(from), SIZE_MAX);
        if (i > 0 && kind == 'r')
            ck_assert_uint_eq(t.begin, b->tokens.items[i - 1].begin);
        else if (i > 0 && (kind == 'w') == (before == 'w'))
            ck_assert_uint_gt(t.begin, b->tokens.items[i - 1].begin);
    }
}

/* The stem of a word, the text of another term. */
static hdx_str text_of(hdx_token t)
{
    hdx_str term = t.word->term;
    return term.ptr[0] == HDX_TERM_WORD ? t.word->stem
                                        : (hdx_str){term.ptr + 1, term.len - 1};
}

/* The terms of one kind, stems of words, joined by '|'. */
static const char *terms(bench *b, char kind, const char *from)
{
    static char joined[4096];
    size_t len = 0;
    joined[0] = '\0';
    analyse(b, hdx_str_of(from));
    for (size_t i = 0; i < b->tokens.count; i++) {
        hdx_str text = text_of(b->tokens.items[i]);
        if (b->tokens.items[i].word->term.ptr[0] == kind)
            len += (size_t)snprintf(joined + len, sizeof joined - len, "%s%.*s",
                                    len ? "|" : "", HDX_FMT(text));
    }
    return joined;
}

static void words_are(const char *tag, const char *text, const char *wanted)
{
    bench b = bench_for(tag);
    ck_assert_str_eq(terms(&b, HDX_TERM_WORD, text), wanted);
    bench_free(&b);
}

static void bigrams_are(const char *tag, const char *text, const char *wanted)
{
    bench b = bench_for(tag);
    ck_assert_str_eq(terms(&b, HDX_TERM_BIGRAM, text), wanted);
    bench_free(&b);
}

/* Both words are loosely the same. */
static void loosely_alike(const char *tag, const char *one, const char *other)
{
    bench b = bench_for(tag);
    analyse(&b, hdx_str_of(one));
    hdx_str loose = b.tokens.items[0].word->loose;
    ck_assert_uint_gt(loose.len, 0);
    analyse(&b, hdx_str_of(other));
    ck_assert(hdx_str_eq(b.tokens.items[0].word->loose, loose));
    bench_free(&b);
}

/* Both texts give the same terms of a kind. */
static void alike(const char *tag, char kind, const char *one,
                  const char *other)
{
    bench b = bench_for(tag);
    char first[4096];
    snprintf(first, sizeof first, "%s", terms(&b, kind, one));
    ck_assert_str_ne(first, "");
    ck_assert_str_eq(terms(&b, kind, other), first);
    bench_free(&b);
}

START_TEST(thai_without_spaces_is_segmented)
{
    words_are("th", "ถอนเงินไม่ได้", "ถอน|เงิน|ไม่|ได้");
    words_are("th", "ฉันต้องการฝากเงิน", "ฉัน|ต้องการ|ฝาก|เงิน");
}
END_TEST

START_TEST(unspaced_scripts_are_cut_into_several_words)
{
    const char *const texts[][2] = {
        {"ja", "出金が反映されない"}, {"zh-Hans", "如何提取资金"},
        {"zh-Hant", "如何提領資金"},  {"km", "តើខ្ញុំដកប្រាក់ដោយរបៀបណា"},
        {"lo", "ຂ້ອຍຖອນເງິນແນວໃດ"},     {"my", "ငွေထုတ်နည်းကိုသိချင်ပါတယ်"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bench b = bench_for(texts[i][0]);
        const char *words = terms(&b, HDX_TERM_WORD, texts[i][1]);
        ck_assert_msg(strchr(words, '|') != NULL, "%s", words);
        bench_free(&b);
    }
}
END_TEST

START_TEST(words_lie_where_their_offsets_say)
{
    bench b = bench_for("de");
    hdx_str text = HDX_STR("😀 Größe: 𠮷 naïve—Ünïcode\r\n𐐀𐐁 x");
    const char *const surfaces[] = {"Größe",   "𠮷", "naïve",
                                    "Ünïcode", "𐐀𐐁", "x"};
    analyse(&b, text);
    ck_assert_uint_ge(b.tokens.count, 6);
    for (size_t i = 0; i < 6; i++) {
        hdx_token t = b.tokens.items[i];
        ck_assert_str_is(((hdx_str){text.ptr + t.begin, t.end - t.begin}),
                         surfaces[i]);
    }
    bench_free(&b);
}
END_TEST

START_TEST(bigrams_lie_where_their_offsets_say)
{
    bench b = bench_for("ja");
    hdx_str text = HDX_STR("a😀𠮷野家！");
    const unsigned begins[] = {5, 9}, ends[] = {12, 15};
    analyse(&b, text);
    hdx_token *t = b.tokens.items + b.tokens.count - 2;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(t[i].word->term.ptr[0], HDX_TERM_BIGRAM);
        ck_assert_uint_eq(t[i].begin, begins[i]);
        ck_assert_uint_eq(t[i].end, ends[i]);
    }
    ck_assert_str_is(t[1].word->term, "g野家");
    bench_free(&b);
}
END_TEST

START_TEST(stems_join_the_inflections_of_a_word)
{
    alike("de", 'w', "Auszahlung", "Auszahlungen");
    alike("de", 'w', "Gebühr", "Gebühren");
    alike("ru", 'w', "вывод", "вывода");
    alike("ru", 'w', "комиссия", "комиссии");
    alike("ar", 'w', "حساب", "الحساب");
    alike("ar", 'w', "سحب", "السحب");
    alike("en", 'w', "withdraw", "withdrawing");
    alike("tr", 'w', "hesap", "hesaplar");
    alike("es", 'w', "retiro", "retiros");
}
END_TEST

START_TEST(a_language_without_a_stemmer_keeps_all_but_marks)
{
    words_are("vi", "Rút tiền", "rut|tien");
    words_are("pl", "wypłaty", "wyplaty");
    words_are("sw", "Kutoa pesa", "kutoa|pesa");
}
END_TEST

static void stop_words_are(const char *tag, const char *text,
                           const char *pattern)
{
    bench b = bench_for(tag);
    terms(&b, HDX_TERM_WORD, text);
    ck_assert_uint_ge(b.tokens.count, strlen(pattern));
    for (size_t i = 0; pattern[i]; i++)
        ck_assert_msg(b.tokens.items[i].word->stop == (pattern[i] == 's'),
                      "%s: %.*s", text, HDX_FMT(b.tokens.items[i].word->term));
    bench_free(&b);
}

START_TEST(stop_words_are_flagged_and_kept)
{
    stop_words_are("de", "Wie kann ich mein KONTO löschen", "ssssww");
    stop_words_are("th", "ฉันต้องการฝากเงิน", "ssww");
    stop_words_are("ar", "كيف السحب من الحساب", "swsw");
    stop_words_are("zh-Hans", "如何 提款", "sw");
    stop_words_are("ja", "出金 が", "ws");
    stop_words_are("ru", "Как вывести деньги", "sww");
}
END_TEST

START_TEST(bigrams_are_never_stop_words)
{
    bench b = bench_for("zh-Hans");
    analyse(&b, HDX_STR("我们如何可以"));
    bool seen = false;
    for (size_t i = 0; i < b.tokens.count; i++) {
        if (b.tokens.items[i].word->term.ptr[0] != HDX_TERM_BIGRAM)
            continue;
        seen = true;
        ck_assert(!b.tokens.items[i].word->stop);
    }
    ck_assert(seen);
    bench_free(&b);
}
END_TEST

START_TEST(elisions_are_no_part_of_the_word)
{
    const char *const texts[] = {"article", "l'article", "L\u2019article"};
    bench b = bench_for("fr");
    for (size_t i = 0; i < 3; i++) {
        ck_assert_str_eq(terms(&b, 'w', texts[i]), "articl");
        ck_assert_str_is(b.tokens.items[0].word->exact, "article");
        ck_assert_uint_eq(b.tokens.items[0].end, strlen(texts[i]));
    }
    bench_free(&b);
}
END_TEST

START_TEST(dictionary_scripts_are_parted_from_others)
{
    bench b = bench_for("th");
    ck_assert_str_eq(terms(&b, 'w', "2fa\u0E2B\u0E32\u0E22"),
                     "2fa|\u0E2B\u0E32\u0E22");
    ck_assert_uint_eq(b.tokens.items[1].begin, 3);
    ck_assert(!b.tokens.items[0].word->dense && b.tokens.items[1].word->dense);
    bench_free(&b);
}
END_TEST

START_TEST(a_word_has_ever_looser_forms)
{
    bench b = bench_for("de");
    analyse(&b, HDX_STR("\u00DCberweisungsgeb\u00FChren"));
    const hdx_word *word = b.tokens.items[0].word;
    ck_assert_str_is(word->exact, "\u00FCberweisungsgeb\u00FChren");
    ck_assert_str_is(word->loose, "uberweisungsgebuhren");
    ck_assert_str_is(word->stem, "uberweisungsgebuhr");
    ck_assert_str_is(word->term, "wuberw");
    bench_free(&b);
}
END_TEST

START_TEST(what_people_mix_up_is_loosely_one)
{
    loosely_alike("de", "Ueberweisung", "Überweisung");
    loosely_alike("tr", "IŞIK", "isik");
    loosely_alike("vi", "hoà", "hòa");
    loosely_alike("ar", "الى", "إلي");
    loosely_alike("fa", "كيف", "کیف");
    loosely_alike("he", "סיסמהּ", "סיסמה");
    loosely_alike("ro", "ţară", "țară");
    loosely_alike("ru", "счёт", "счет");
    loosely_alike("el", "λογαριασμός", "λογαριασμος");
    alike("ja", 'g', "サーバー", "さーば");
    alike("zh-Hant", 'g', "帳戶", "帐户");
}
END_TEST

START_TEST(either_place_of_a_vietnamese_tone_is_one_word)
{
    bench b = bench_for("vi");
    analyse(&b, HDX_STR("hòa hoà HÒA HOÀ thúy thuý"));
    const hdx_token *t = b.tokens.items;
    ck_assert_uint_eq(b.tokens.words, 6);
    for (int i = 1; i < 4; i++)
        ck_assert(hdx_str_eq(t[i].word->exact, t->word->exact));
    ck_assert(hdx_str_eq(t[4].word->exact, t[5].word->exact));
    bench_free(&b);
}
END_TEST

START_TEST(pairs_of_chinese_have_a_reading)
{
    bench b = bench_for("zh-Hans");
    char term[HDX_READING_BYTES];
    uint16_t syllables[2];
    ck_assert_uint_eq(hdx_pinyin_read(HDX_STR("renzheng"), syllables, 2), 2);
    hdx_reading_term(syllables[0], syllables[1], term);
    ck_assert_uint_eq(strlen(terms(&b, HDX_TERM_READING, "认证")), 4);
    ck_assert_mem_eq(b.tokens.items[b.tokens.count - 1].word->term.ptr, term,
                     sizeof term);
    ck_assert_str_eq(terms(&b, HDX_TERM_READING, "renzheng"), "");
    bench_free(&b);
}
END_TEST

/* A stop word that the analyser cannot meet would be in a pack in vain. */
START_TEST(built_in_stop_words_are_met_by_the_analyser)
{
    hdx_catalog *catalog;
    ck_assert_int_eq(hdx_catalog_open(NULL, &catalog, NULL), HELPDEX_OK);
    for (size_t at = 0; at < hdx_catalog_count(catalog); at++) {
        const char *tag = hdx_catalog_tag(catalog, at).ptr;
        if (strcmp(tag, "und") == 0)
            continue;
        bench b = bench_for(tag);
        hdx_locale locale;
        const hdx_pack *pack;
        hdx_locale_parse(hdx_str_of(tag), &locale);
        ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL), 0);
        for (size_t i = 0; i < pack->stopwords.capacity; i++) {
            hdx_str word = pack->stopwords.slots[i].key;
            if (!word.ptr)
                continue;
            analyse(&b, word);
            hdx_token *t = b.tokens.items;
            if (b.tokens.count && t->begin == 0 && t->end == word.len)
                ck_assert_msg(t->word->stop, "%s: %.*s", tag, HDX_FMT(word));
        }
        bench_free(&b);
    }
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(bigrams_cover_every_pair_of_a_run)
{
    bigrams_are("ja", "新幹線", "新幹|幹線");
    bigrams_are("zh-Hant", "無法提領", "无法|法提|提领");
    bigrams_are("ja", "サーバーが", "さば|ばが");
    bigrams_are("ko", "출금 방법", "출금|방법");
    bigrams_are("de", "新幹線 fahren", "新幹|幹線");
    bigrams_are("ja", "金", "");
    bigrams_are("de", "Geld abheben", "");
}
END_TEST

START_TEST(runs_of_mixed_script_part_where_the_script_does)
{
    bigrams_are("ja", "USDTを出金", "を出|出金");
    bigrams_are("zh-Hans", "KYC认证", "认证");
    bigrams_are("ja", "出金、入金", "出金|入金");
    bigrams_are("ja", "出 金", "");
    bigrams_are("ja", "出金24時間", "出金|時間");
}
END_TEST

START_TEST(latin_words_within_unspaced_text_stand_alone)
{
    bench b = bench_for("ja");
    ck_assert_int_eq(strncmp(terms(&b, 'w', "USDTを出金"), "usdt|を|", 9), 0);
    ck_assert_int_eq(strncmp(terms(&b, 'w', "KYC認証"), "kyc|", 4), 0);
    bench_free(&b);
    words_are("th", "ถอนUSDTไม่ได้", "ถอน|usdt|ไม่|ได้");
}
END_TEST

START_TEST(width_and_case_fold)
{
    alike("ja", 'w', "ＵＳＤＴ１２３", "usdt123");
    alike("ja", 'w', "ｻｰﾊﾞｰ", "サーバー");
    alike("ja", 'g', "ｻｰﾎｰ", "サーホー");
    alike("de", 'w', "STRASSE", "Straße");
    alike("vi", 'w', "ﬁle", "FILE");
    alike("ru", 'w', "СЧЁТ", "счёт");
    alike("el", 'w', "ΛΟΓΑΡΙΑΣΜΟΣ", "λογαριασμος");
}
END_TEST

START_TEST(composed_and_decomposed_text_is_alike)
{
    alike("de", 'w', "Größe für", "Gro\u0308ße fu\u0308r");
    alike("vi", 'w', "tiền", "tie\u0302\u0300n");
    alike("ko", 'w', "한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8");
    alike("ja", 'w', "ガス", "カ\u3099ス");
    alike("ar", 'w', "آمن", "ا\u0653من");
    alike("th", 'w', "คำ", "ค\u0E4D\u0E32");
}
END_TEST

START_TEST(bigrams_of_decomposed_text_are_those_of_composed)
{
    alike("ja", 'g', "ガスが", "カ\u3099スか\u3099");
    alike("ja", 'g', "ガスプラ", "ｶﾞｽﾌﾟﾗ");
    alike("ko", 'g', "한국어",
          "\u1112\u1161\u11AB\u1100\u116E\u11A8\u110B\u1165");
    alike("ja", 'g', "葛飾区", "葛\U000E0100飾区");
}
END_TEST

START_TEST(a_pack_can_ask_for_bigrams_of_any_unspaced_script)
{
    const char *const texts[][2] = {
        {"Thai", "กขค"}, {"Laoo", "ກຂຄ"}, {"Mymr", "ကခဂ"}, {"Khmr", "កខគ"}};
    for (size_t i = 0; i < 4; i++) {
        char pack[64];
        const char *dir = temp_dir();
        snprintf(pack, sizeof pack, "bigrams: [%s]\n", texts[i][0]);
        write_text(join(dir, "und.yml"), pack);
        bench b = bench_in(dir, "de");
        const char *seen = terms(&b, HDX_TERM_BIGRAM, texts[i][1]);
        ck_assert_msg(strlen(seen) == 13, "%s: %s", texts[i][0], seen);
        bench_free(&b);
    }
}
END_TEST

START_TEST(both_apostrophes_are_one)
{
    alike("fr", 'w', "l’argent", "l'argent");
    alike("en", 'w', "can’t", "can't");
    alike("uk", 'w', "об’єкт", "об'єкт");
}
END_TEST

START_TEST(what_nobody_sees_changes_no_term)
{
    alike("de", 'w', "Donau\u00ADdampf", "Donaudampf");
    alike("fa", 'w', "می\u200Cخواهم", "میخواهم");
    alike("en", 'w', "pass\u2060word", "password");
    alike("ar", 'w', "\u200Fسحب\u200E", "سحب");
    alike("en", 'w', "\uFEFFhelp", "help");
}
END_TEST

START_TEST(zero_width_spaces_part_words)
{
    words_are("th", "ถอน\u200Bเงิน", "ถอน|เงิน");
    words_are("vi", "a\u200Bb", "a|b");
}
END_TEST

START_TEST(texts_without_words_have_no_terms)
{
    bench b = bench_for("sw");
    const hdx_str empty[] = {{0},
                             HDX_STR(""),
                             HDX_STR(" \t\r\n"),
                             HDX_STR("?!… — 。、「」"),
                             HDX_STR("😀👍🏽👨‍👩‍👧"),
                             HDX_STR("\u200B\u200D\uFEFF\u00AD"),
                             HDX_STR("\0\x01\x02\x1F\x7F\xC2\x85\u2028")};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        analyse(&b, empty[i]);
        ck_assert_uint_eq(b.tokens.count, 0);
    }
    bench_free(&b);
}
END_TEST

START_TEST(zero_bytes_and_control_characters_part_words)
{
    bench b = bench_for("vi");
    analyse(&b, HDX_STR("mot\0hai\x01 ba\x1B[2Jtu"));
    ck_assert_uint_eq(b.tokens.count, 4);
    ck_assert_str_is(b.tokens.items[1].word->term, "whai");
    ck_assert_uint_eq(b.tokens.items[1].begin, 4);
    bench_free(&b);
}
END_TEST

static hdx_str repeated(hdx_buf *buf, const char *text, size_t times)
{
    buf->len = 0;
    for (size_t i = 0; i < times; i++)
        hdx_buf_add(buf, hdx_str_of(text));
    return hdx_buf_str(buf);
}

START_TEST(very_long_words_are_cut_between_characters)
{
    const char *const letters[] = {"a", "ü", "ﷺ", "𐐀", "a\u0301", "한", "ﬃ"};
    bench b = bench_for("vi");
    hdx_buf buf = {0};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        for (size_t times = 20; times < 70000; times = times * 3 + 1)
            analyse(&b, repeated(&buf, letters[i], times));
    analyse(&b, repeated(&buf, "ü", 1000));
    ck_assert_uint_eq(b.tokens.count, 1);
    ck_assert_uint_eq(b.tokens.items[0].end, 2000);
    ck_assert_uint_eq(b.tokens.items[0].word->exact.len, HDX_WORD_BYTES);
    hdx_buf_free(&buf);
    bench_free(&b);
}
END_TEST

START_TEST(every_length_around_the_limit_of_terms_is_cut_well)
{
    bench b = bench_for("de");
    hdx_buf buf = {0};
    for (size_t lead = 0; lead < 4; lead++)
        for (size_t times = 25; times < 140; times++) {
            hdx_buf text = {0};
            hdx_buf_add(&text, (hdx_str){"abc", lead});
            hdx_buf_add(&text, repeated(&buf, "𐐀", times));
            analyse(&b, hdx_buf_str(&text));
            ck_assert_uint_eq(b.tokens.count, 1);
            hdx_buf_free(&text);
        }
    hdx_buf_free(&buf);
    bench_free(&b);
}
END_TEST

START_TEST(long_words_that_grow_when_folded_keep_a_term)
{
    bench b = bench_for("ar");
    hdx_buf buf = {0};
    analyse(&b, repeated(&buf, "ﷺ", 128));
    ck_assert_uint_gt(b.tokens.count, 0);
    hdx_buf_free(&buf);
    bench_free(&b);
}
END_TEST

START_TEST(a_long_run_of_one_unspaced_script_is_cut)
{
    const char *const texts[][2] = {
        {"th", "เงิน"}, {"ja", "出金"}, {"km", "ប្រាក់"}, {"my", "ငွေ"}};
    hdx_buf buf = {0};
    for (size_t i = 0; i < 4; i++) {
        bench b = bench_for(texts[i][0]);
        analyse(&b, repeated(&buf, texts[i][1], 4000));
        ck_assert_uint_gt(b.tokens.count, 2000);
        bench_free(&b);
    }
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(piled_up_marks_stay_with_their_letter)
{
    bench b = bench_for("de");
    hdx_buf buf = {0};
    repeated(&buf, "\u0308\u0301\u0323", 3000);
    analyse(&b, hdx_buf_str(&buf));
    hdx_buf text = {0};
    hdx_buf_add(&text, HDX_STR("z"));
    hdx_buf_add(&text, hdx_buf_str(&buf));
    hdx_buf_add(&text, HDX_STR(" Konto"));
    analyse(&b, hdx_buf_str(&text));
    ck_assert_uint_eq(b.tokens.count, 2);
    ck_assert_uint_eq(b.tokens.items[1].begin, text.len - 5);
    hdx_buf_free(&text);
    hdx_buf_free(&buf);
    bench_free(&b);
}
END_TEST

START_TEST(the_same_text_twice_gives_the_same_terms)
{
    bench b = bench_for("ja"), other = bench_for("ja");
    const char *text = "USDTを出金 Größe ถอนเงิน 𠮷野家 don’t 出金";
    analyse(&other, HDX_STR("別のテキスト ถอน"));
    analyse(&b, hdx_str_of(text));
    size_t count = b.tokens.count;
    for (int again = 0; again < 3; again++) {
        analyse(&other, hdx_str_of(text));
        ck_assert_uint_eq(other.tokens.count, count);
        for (size_t i = 0; i < count; i++) {
            hdx_token x = b.tokens.items[i], y = other.tokens.items[i];
            ck_assert(hdx_str_eq(x.word->term, y.word->term) &&
                      x.word->stop == y.word->stop);
            ck_assert(x.begin == y.begin && x.end == y.end);
        }
    }
    bench_free(&b);
    bench_free(&other);
}
END_TEST

START_TEST(every_occurrence_of_a_word_shares_its_numbers)
{
    bench b = bench_for("de");
    analyse(&b, HDX_STR("Konto sperren, Konto"));
    hdx_word *word = b.tokens.items[0].word;
    ck_assert_uint_eq(word->number, 0);
    ck_assert_uint_eq(word->term_number, 0);
    word->number = 7;
    analyse(&b, HDX_STR("das Konto"));
    ck_assert_ptr_eq(b.tokens.items[1].word, word);
    ck_assert_uint_eq(b.tokens.items[0].word->number, 0);
    bench_free(&b);
}
END_TEST

START_TEST(a_word_and_a_bigram_of_the_same_text_are_two_terms)
{
    bench b = bench_for("zh-Hans");
    analyse(&b, HDX_STR("认证"));
    ck_assert_uint_eq(b.tokens.count, 3);
    ck_assert_uint_eq(b.tokens.words, 1);
    ck_assert_str_is(b.tokens.items[0].word->term, "w认证");
    ck_assert_str_is(b.tokens.items[1].word->term, "g认证");
    bench_free(&b);
}
END_TEST

START_TEST(trimming_a_little_memory_keeps_the_terms)
{
    bench b = bench_for("de");
    analyse(&b, HDX_STR("Konto"));
    hdx_word *word = b.tokens.items[0].word;
    hdx_analyser_trim(b.analyser);
    analyse(&b, HDX_STR("KONTO Konto"));
    ck_assert_ptr_eq(b.tokens.items[1].word, word);
    bench_free(&b);
}
END_TEST

START_TEST(trimming_much_memory_forgets_and_changes_no_term)
{
    bench b = bench_for("de");
    hdx_buf buf = {0};
    hdx_buf_add(&buf, HDX_STR("Konto "));
    for (unsigned i = 0; i < 60000; i++) {
        char word[128];
        snprintf(word, sizeof word, "%0*ukonto ", 110, i);
        hdx_buf_add(&buf, hdx_str_of(word));
    }
    for (int round = 0; round < 2; round++) {
        analyse(&b, hdx_buf_str(&buf));
        ck_assert_uint_eq(b.tokens.count, 60001);
        ck_assert_uint_eq(b.tokens.items[0].word->number, 0);
        b.tokens.items[0].word->number = 7;
        hdx_analyser_trim(b.analyser);
        ck_assert_str_eq(terms(&b, 'w', "Auszahlungen"), "auszahl");
    }
    hdx_buf_free(&buf);
    bench_free(&b);
}
END_TEST

START_TEST(every_prefix_of_a_text_can_be_analysed)
{
    bench b = bench_for("ja");
    hdx_str text = HDX_STR(
        "ｶﾞが\u3099 👩‍💻 can’t 한글 ถอนเงิน ﷺ "
        "1,000.5 "
        "a_b:c "
        "한\u11AB e\u0301 🇩🇪 葛\U000E0100飾 𐐀");
    for (size_t len = 0; len <= text.len; len++) {
        hdx_str prefix = hdx_utf8_cut(text, len);
        char *alone = malloc(prefix.len + 1);
        memcpy(alone, prefix.ptr, prefix.len);
        analyse(&b, (hdx_str){alone, prefix.len});
        free(alone);
    }
    bench_free(&b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        thai_without_spaces_is_segmented,
        unspaced_scripts_are_cut_into_several_words,
        words_lie_where_their_offsets_say,
        bigrams_lie_where_their_offsets_say,
        stems_join_the_inflections_of_a_word,
        a_language_without_a_stemmer_keeps_all_but_marks,
        stop_words_are_flagged_and_kept,
        bigrams_are_never_stop_words,
        built_in_stop_words_are_met_by_the_analyser,
        elisions_are_no_part_of_the_word,
        dictionary_scripts_are_parted_from_others,
        a_word_has_ever_looser_forms,
        what_people_mix_up_is_loosely_one,
        either_place_of_a_vietnamese_tone_is_one_word,
        pairs_of_chinese_have_a_reading,
        bigrams_cover_every_pair_of_a_run,
        runs_of_mixed_script_part_where_the_script_does,
        latin_words_within_unspaced_text_stand_alone,
        width_and_case_fold,
        composed_and_decomposed_text_is_alike,
        bigrams_of_decomposed_text_are_those_of_composed,
        a_pack_can_ask_for_bigrams_of_any_unspaced_script,
        both_apostrophes_are_one,
        what_nobody_sees_changes_no_term,
        zero_width_spaces_part_words,
        texts_without_words_have_no_terms,
        zero_bytes_and_control_characters_part_words,
        very_long_words_are_cut_between_characters,
        every_length_around_the_limit_of_terms_is_cut_well,
        long_words_that_grow_when_folded_keep_a_term,
        a_long_run_of_one_unspaced_script_is_cut,
        piled_up_marks_stay_with_their_letter,
        the_same_text_twice_gives_the_same_terms,
        every_occurrence_of_a_word_shares_its_numbers,
        a_word_and_a_bigram_of_the_same_text_are_two_terms,
        trimming_a_little_memory_keeps_the_terms,
        trimming_much_memory_forgets_and_changes_no_term,
        every_prefix_of_a_text_can_be_analysed,
        NULL};
    return run_suite("analyse", tests);
}
