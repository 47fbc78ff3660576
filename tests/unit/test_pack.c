/* text/pack.h */
#include "text/pack.h"

#include <stdio.h>

#include "base/file.h"
#include "tests/unit/support.h"
#include "text/letters.h"

static const hdx_pack *pack_for(hdx_catalog *catalog, const char *tag)
{
    hdx_locale locale;
    const hdx_pack *pack;
    helpdex_error err = {0};
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_msg(!hdx_catalog_pack(catalog, &locale, &pack, &err), "%s:%u: %s",
                  err.file, err.line, err.message);
    return pack;
}

static hdx_catalog *opened(const char *dir)
{
    hdx_catalog *catalog;
    helpdex_error err = {0};
    ck_assert_msg(!hdx_catalog_open(dir, &catalog, &err), "%s: %s", err.file,
                  err.message);
    return catalog;
}

/* A folder of packs: file name, text, file name, ..., NULL. */
static const char *folder_of(const char *const *files)
{
    const char *dir = temp_dir();
    for (; *files; files += 2)
        write_text(join(dir, files[0]), files[1]);
    return dir;
}

/* The pack de.yml of this text is refused at this place. */
static void refused(const char *text, unsigned line, unsigned column,
                    const char *word)
{
    const char *const files[] = {"de.yml", text, NULL};
    const char *dir = folder_of(files);
    hdx_catalog *catalog = opened(dir);
    hdx_locale de;
    const hdx_pack *pack;
    helpdex_error err = {0};
    hdx_locale_parse(HDX_STR("de"), &de);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &de, &pack, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_null(pack);
    ck_assert_str_eq(err.file, join(dir, "de.yml"));
    ck_assert_msg(strstr(err.message, word), "%s", err.message);
    ck_assert_msg(strstr(err.message, "; "), "no remedy: %s", err.message);
    ck_assert_msg(err.line == line && err.column == column, "%u:%u: %s",
                  err.line, err.column, err.message);
    hdx_catalog_free(catalog);
}

START_TEST(every_pack_of_locales_is_built_in_and_loads)
{
    hdx_arena arena = {0};
    hdx_listing files;
    hdx_catalog *catalog = opened(NULL);
    ck_assert_int_eq(
        hdx_dir_list(&arena, SOURCE_DIR "/locales", false, &files, NULL), 0);
    ck_assert_uint_eq(hdx_catalog_count(catalog), files.count);
    ck_assert_uint_gt(files.count, 20);
    for (size_t i = 0; i < files.count; i++) {
        const char *tag = hdx_catalog_tag(catalog, i).ptr;
        if (strcmp(tag, "und") != 0)
            ck_assert_str_eq(pack_for(catalog, tag)->locale.tag, tag);
    }
    hdx_catalog_free(catalog);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(built_in_packs_are_named_and_fall_back)
{
    hdx_catalog *catalog = opened(NULL);
    for (size_t i = 0; i < hdx_catalog_count(catalog); i++) {
        const char *tag = hdx_catalog_tag(catalog, i).ptr;
        if (strcmp(tag, "und") == 0)
            continue;
        const hdx_pack *pack = pack_for(catalog, tag);
        ck_assert_str_ne(pack->name, tag);
        ck_assert_uint_gt(pack->bigram_count, 0);
        ck_assert_uint_gt(pack->stopwords.count, 20);
        ck_assert_msg(pack->fallback[0] || strcmp(tag, "en") == 0, "%s", tag);
    }
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(a_locale_without_a_pack_gets_the_nearest)
{
    hdx_catalog *catalog = opened(NULL);
    const char *const fits[][2] = {
        {"de-AT", "de"},   {"pt_BR", "pt"},      {"zh_TW", "zh-Hant"},
        {"zh", "zh-Hans"}, {"zh-HK", "zh-Hant"}, {"iw", "he"},
        {"sw", "und"},     {"am", "und"},        {"sr-Latn", "und"}};
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++)
        ck_assert_str_eq(pack_for(catalog, fits[i][0])->locale.tag, fits[i][1]);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(a_pack_is_loaded_once)
{
    hdx_catalog *catalog = opened(NULL);
    ck_assert_ptr_eq(pack_for(catalog, "de"), pack_for(catalog, "de-AT"));
    hdx_catalog_free(catalog);
    hdx_catalog_free(NULL);
}
END_TEST

START_TEST(mistakes_in_packs_are_refused_where_they_stand)
{
    refused("name: Deutsch\nstopword: der\n", 2, 1, "unknown key");
    refused("name: x\n\n# ไทย\nstemmer: deutsch\n", 4, 1, "stemmer");
    refused("stemmer: [german]\n", 1, 1, "stemmer");
    refused("stemmer: \"\"\n", 1, 1, "stemmer");
    refused("bigrams: [Hani,\n  Kanji]\n", 2, 3, "script");
    refused("bigrams: Hani\n", 1, 1, "list");
    refused("bigrams: [\"\"]\n", 1, 11, "script");
    refused("fallback: [en, xx]\n", 1, 16, "tag");
    refused("fallback: en\n", 1, 1, "list");
    refused("name: [a]\n", 1, 1, "name");
    refused("stopwords: [der, die]\n", 1, 1, "stopwords");
    refused("elisions: [l, d]\n", 1, 1, "elisions");
    refused("- name\n", 1, 1, "map");
    refused("Name: Deutsch\n", 1, 1, "unknown key");
    refused("name: &x Deutsch\n", 1, 7, "anchor");
    refused("name: D\nname: E\n", 2, 1, "twice");
}
END_TEST

START_TEST(a_refused_pack_is_refused_again)
{
    const char *const files[] = {"de.yml",
                                 "stopwords: der die\nstemmer: none\n", NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    hdx_locale de;
    const hdx_pack *pack;
    hdx_locale_parse(HDX_STR("de"), &de);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(hdx_catalog_pack(catalog, &de, &pack, NULL),
                         HELPDEX_BAD_INPUT);
    hdx_catalog_free(catalog);
}
END_TEST

static const char *const regional[] = {
    "de.yml",
    "name: Deutsch\nfallback: [en]\nstemmer: german\n"
    "bigrams: [Latn]\nstopwords: der die das\n",
    "de-AT.yml",
    "name: Österreichisch\n",
    "de-CH.yml",
    "fallback: [fr]\nstopwords: \"\"\n",
    "und.yml",
    "name: any\nfallback: [en]\nbigrams: [Hani]\n",
    "th.yml",
    "name: ไทย\n",
    NULL};

START_TEST(a_regional_pack_takes_the_rest_from_its_language)
{
    hdx_catalog *catalog = opened(folder_of(regional));
    const hdx_pack *at = pack_for(catalog, "de_at");
    ck_assert_str_eq(at->name, "Österreichisch");
    ck_assert_str_eq(at->locale.tag, "de-AT");
    ck_assert_str_eq(at->fallback[0], "en");
    ck_assert_str_eq(at->stemmer, "german");
    ck_assert_int_eq(at->bigrams[0], pack_for(catalog, "de")->bigrams[0]);
    ck_assert_uint_eq(at->stopwords.count, 3);
    ck_assert_ptr_nonnull(hdx_map_find(&at->stopwords, HDX_STR("das")));
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(what_a_regional_pack_sets_is_its_own)
{
    hdx_catalog *catalog = opened(folder_of(regional));
    const hdx_pack *ch = pack_for(catalog, "de-CH");
    ck_assert_str_eq(ch->name, "Deutsch");
    ck_assert_str_eq(ch->fallback[0], "fr");
    ck_assert_ptr_null(ch->fallback[1]);
    ck_assert_uint_eq(ch->stopwords.count, 0);
    ck_assert_uint_eq(pack_for(catalog, "de")->stopwords.count, 3);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(a_language_takes_the_rest_from_the_root)
{
    hdx_catalog *catalog = opened(folder_of(regional));
    const hdx_pack *th = pack_for(catalog, "th");
    ck_assert_str_eq(th->name, "ไทย");
    ck_assert_str_eq(th->fallback[0], "en");
    ck_assert_uint_eq(th->bigram_count, 1);
    ck_assert_ptr_null(th->stemmer);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(a_fault_in_the_wider_pack_is_told)
{
    const char *const files[] = {"de.yml", "nonsense: 1\n", "de-AT.yml",
                                 "stopwords: eh\n", NULL};
    const char *dir = folder_of(files);
    hdx_catalog *catalog = opened(dir);
    hdx_locale at;
    const hdx_pack *pack;
    helpdex_error err;
    hdx_locale_parse(HDX_STR("de-AT"), &at);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &at, &pack, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_str_eq(err.file, join(dir, "de.yml"));
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(an_empty_pack_is_a_pack)
{
    const char *const files[] = {"he.yml", "", "th.yml", "# nichts\n", NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    const hdx_pack *pack = pack_for(catalog, "iw");
    ck_assert_str_eq(pack->name, "he");
    ck_assert_ptr_null(pack->fallback[0]);
    ck_assert_str_eq(pack_for(catalog, "th")->name, "th");
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(without_a_root_pack_an_unknown_locale_has_none)
{
    const char *const files[] = {"de.yml", "name: Deutsch\n", NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    hdx_locale th;
    const hdx_pack *pack;
    helpdex_error err;
    hdx_locale_parse(HDX_STR("th"), &th);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &th, &pack, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "und.yml"));
    hdx_catalog_free(catalog);
}
END_TEST

/* Opening a folder with this one file fails. */
static void not_opened(const char *name, hdx_str text, helpdex_status wanted)
{
    const char *dir = temp_dir();
    hdx_catalog *catalog;
    helpdex_error err;
    write_file(join(dir, name), text);
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, &err), wanted);
    ck_assert_ptr_null(catalog);
    ck_assert_int_eq(strncmp(err.file, dir, strlen(dir)), 0);
}

START_TEST(folders_that_hold_no_packs_are_refused)
{
    hdx_buf large = {0};
    while (large.len <= 1 << 20)
        hdx_buf_add(&large, HDX_STR("# .............................\n"));
    not_opened("readme.txt", HDX_STR("x"), HELPDEX_NOT_FOUND);
    not_opened(".yml", HDX_STR("x"), HELPDEX_NOT_FOUND);
    not_opened("deutsch-und-mehr.yml", HDX_STR("x"), HELPDEX_BAD_INPUT);
    not_opened("de.yml/file", HDX_STR("x"), HELPDEX_BAD_INPUT);
    not_opened("de.yml", hdx_buf_str(&large), HELPDEX_BAD_INPUT);
    hdx_buf_free(&large);
}
END_TEST

START_TEST(a_missing_folder_is_not_found)
{
    hdx_catalog *catalog;
    helpdex_error err;
    const char *dir = join(temp_dir(), "missing");
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, &err), HELPDEX_NOT_FOUND);
    ck_assert_str_eq(err.file, dir);
    ck_assert_ptr_null(catalog);
}
END_TEST

START_TEST(two_files_of_one_locale_are_refused)
{
    const char *const files[] = {"he.yml", "name: a\n", "iw.yml", "name: b\n",
                                 NULL};
    const char *dir = folder_of(files);
    hdx_catalog *catalog;
    helpdex_error err;
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, &err), HELPDEX_BAD_INPUT);
    ck_assert_str_eq(err.file, join(dir, "iw.yml"));
    ck_assert_ptr_nonnull(strstr(err.message, "he"));
}
END_TEST

static hdx_digest digest_of(const hdx_catalog *catalog)
{
    struct sha256_ctx context;
    hdx_digest_start(&context);
    hdx_catalog_digest(catalog, &context);
    return hdx_digest_end(&context);
}

START_TEST(packs_are_in_order_of_tags_however_files_are_named)
{
    const char *const files[] = {"pt-BR.yml", "name: b\n", "PT.yml",
                                 "name: a\n", "iw.yml",    "name: h\n",
                                 NULL};
    const char *const renamed[] = {"pt_br.yml", "name: b\n", "pt.yml",
                                   "name: a\n", "he.yml",    "name: h\n",
                                   NULL};
    hdx_catalog *a = opened(folder_of(files)), *b = opened(folder_of(renamed));
    ck_assert_str_is(hdx_catalog_tag(a, 0), "he");
    ck_assert_str_is(hdx_catalog_tag(a, 1), "pt");
    ck_assert_str_is(hdx_catalog_tag(a, 2), "pt-BR");
    ck_assert_str_is(hdx_catalog_text(a, 2), "name: b\n");
    ck_assert_str_eq(digest_of(a).hex, digest_of(b).hex);
    hdx_catalog_free(a);
    hdx_catalog_free(b);
}
END_TEST

START_TEST(the_digest_is_of_every_tag_and_text)
{
    const char *const one[] = {"de.yml", "name: a\n", NULL};
    const char *const tag[] = {"nl.yml", "name: a\n", NULL};
    const char *const text[] = {"de.yml", "name: b\n", NULL};
    const char *const *const all[] = {one, tag, text};
    hdx_digest digests[3];
    for (int i = 0; i < 3; i++) {
        hdx_catalog *catalog = opened(folder_of(all[i]));
        digests[i] = digest_of(catalog);
        hdx_catalog_free(catalog);
    }
    ck_assert_str_ne(digests[0].hex, digests[1].hex);
    ck_assert_str_ne(digests[0].hex, digests[2].hex);
}
END_TEST

START_TEST(the_built_in_packs_are_those_of_the_folder)
{
    hdx_catalog *a = opened(NULL), *b = opened(SOURCE_DIR "/locales");
    ck_assert_str_eq(digest_of(a).hex, digest_of(b).hex);
    hdx_catalog_free(a);
    hdx_catalog_free(b);
}
END_TEST

START_TEST(stop_words_are_folded_as_texts_are)
{
    const char *const files[] = {
        "de.yml", "stopwords: Der DASS daß fu\xCC\x88r geht’s ＵＮＤ\n", NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    const hdx_pack *de = pack_for(catalog, "de");
    const char *const words[] = {"der", "dass", "für", "geht's", "und"};
    for (size_t i = 0; i < 5; i++)
        ck_assert_msg(hdx_map_find(&de->stopwords, hdx_str_of(words[i])), "%s",
                      words[i]);
    ck_assert_uint_eq(de->stopwords.count, 5);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(stop_words_are_parted_by_any_white_space)
{
    const char *const files[] = {"ja.yml", "stopwords: |\n  の　は\n\n  です\n",
                                 NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    ck_assert_uint_eq(pack_for(catalog, "ja")->stopwords.count, 3);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(replacements_that_are_none_are_refused)
{
    refused("normalise: [a, b]\n", 1, 1, "{from: to}");
    refused("normalise: a\n", 1, 1, "{from: to}");
    refused("normalise:\n  a: b\n  c: [d]\n", 3, 3, "\"from\": \"to\"");
    refused("respell: [ue]\n", 1, 1, "{from: to}");
    refused("name: x\nrespell: {ue: {u: ü}}\n", 2, 11, "letters");
    refused("respell: {\"\": u}\n", 1, 11, "letters");
    refused("keyboard: qwerty\n", 1, 1, "{from: to}");
    refused("keyboard: {a: [b]}\n", 1, 12, "letters");
}
END_TEST

START_TEST(groups_of_too_many_synonyms_are_refused)
{
    char text[1024];
    for (int words = 64; words <= 65; words++) {
        size_t len = (size_t)snprintf(text, sizeof text, "synonyms:\n  a: [w");
        for (int i = 1; i < words; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, ", w%d", i);
        snprintf(text + len, sizeof text - len, "]\n%s",
                 words > 64 ? "" : "stemmer: none\n");
        if (words > 64)
            refused(text, 2, 3, "over 64");
        else
            refused(text, 3, 1, "stemmer");
    }
}
END_TEST

START_TEST(replacements_that_are_too_long_are_refused)
{
    refused("normalise: {w: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\n", 1, 13,
            "too long");
}
END_TEST

START_TEST(values_that_have_no_such_name_are_refused)
{
    refused("fold: marks\n", 1, 1, "[marks]");
    refused("fold: [marks,\n  accents]\n", 2, 3, "marks, han and kana");
    refused("fold: [[marks]]\n", 1, 8, "marks, han and kana");
    refused("fold: [Marks]\n", 1, 8, "marks, han and kana");
    refused("romanise: jyutping\n", 1, 1, "pinyin, romaji");
    refused("romanise: [pinyin]\n", 1, 1, "pinyin, romaji");
    refused("romanise: \"\"\n", 1, 1, "pinyin, romaji");
    refused("name: x\ncompounds: maybe\n", 2, 1, "yes or no");
    refused("compounds: [yes]\n", 1, 1, "yes or no");
}
END_TEST

START_TEST(words_that_are_no_text_are_refused)
{
    refused("stopwords: {der: die}\n", 1, 1, ">-");
    refused("name: x\nelisions: {l: d}\n", 2, 1, ">-");
    refused("stopwords: der\nstopwords: die\n", 2, 1, "twice");
    refused("elisions: l\nfold: [marks]\nelisions: d\n", 3, 1, "twice");
}
END_TEST

START_TEST(synonyms_that_are_no_groups_are_refused)
{
    refused("synonyms: [fee, cost]\n", 1, 1, "name: [a, b]");
    refused("synonyms: fee\n", 1, 1, "name: [a, b]");
    refused("synonyms:\n  fee: cost\n", 2, 3, "[a, b]");
    refused("synonyms:\n  fee: {from: [a]}\n", 2, 3, "to: [b]");
    refused("synonyms:\n  fee: {to: [a]}\n", 2, 3, "from: [a]");
    refused("synonyms:\n  fee: {from: [a], to: [b], or: [c]}\n", 2, 3,
            "one way");
    refused("synonyms:\n  a: [b, c]\n  fee: {from: a, to: [b]}\n", 3, 9,
            "[a, b]");
    refused("synonyms:\n  fee: {from: [a], to: b}\n", 2, 20, "[a, b]");
    refused("synonyms:\n  fee: [a, \"\"]\n", 2, 12, "as text");
    refused("synonyms:\n  fee: [a, [b]]\n", 2, 12, "as text");
}
END_TEST

/* The one replacement of this `from`. */
static const char *replacement(const hdx_replacements *all, const char *from)
{
    for (size_t i = 0; i < all->count; i++)
        if (hdx_str_eq(all->items[i].from, hdx_str_of(from)))
            return all->items[i].to.ptr;
    return NULL;
}

START_TEST(replacements_are_read_the_longest_first)
{
    const char *const files[] = {"de.yml",
                                 "normalise: {\"ـ\": \"\", ß: ss}\n"
                                 "respell: {e: a, oe: o, eau: o, ae: a}\n"
                                 "keyboard: {\"'\": э, q: й}\n",
                                 NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    const hdx_pack *de = pack_for(catalog, "de");
    const char *const order[] = {"eau", "ae", "oe", "e"};
    ck_assert_uint_eq(de->respell.count, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_is(de->respell.items[i].from, order[i]);
    ck_assert_str_eq(replacement(&de->normalise, "ـ"), "");
    ck_assert_str_eq(replacement(&de->keyboard, "'"), "э");
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(folds_add_up)
{
    const char *const files[] = {"ja.yml",      "fold: [marks, kana]\n",
                                 "de.yml",      "fold: []\n",
                                 "zh-Hans.yml", "fold: [han, han]\n",
                                 "und.yml",     "fold: [marks]\n",
                                 "th.yml",      "name: x\n",
                                 NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    ck_assert_uint_eq(pack_for(catalog, "ja")->folds,
                      HDX_FOLD_MARKS | HDX_FOLD_KANA);
    ck_assert_uint_eq(pack_for(catalog, "de")->folds, 0);
    ck_assert_uint_eq(pack_for(catalog, "zh-Hans")->folds, HDX_FOLD_HAN);
    ck_assert_uint_eq(pack_for(catalog, "th")->folds, HDX_FOLD_MARKS);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(ways_to_romanise_and_compounds_can_be_taken_back)
{
    const char *const files[] = {
        "de.yml",    "romanise: pinyin\ncompounds: yes\n",
        "de-CH.yml", "romanise: none\ncompounds: no\n",
        "de-AT.yml", "name: x\n",
        "ja.yml",    "romanise: romaji\n",
        NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    const hdx_pack *ch = pack_for(catalog, "de-CH");
    const hdx_pack *at = pack_for(catalog, "de-AT");
    ck_assert(ch->romanise == HDX_ROMANISE_NONE && !ch->compounds);
    ck_assert(at->romanise == HDX_ROMANISE_PINYIN && at->compounds);
    ck_assert_int_eq(pack_for(catalog, "ja")->romanise, HDX_ROMANISE_ROMAJI);
    ck_assert(!pack_for(catalog, "ja")->compounds);
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(words_of_a_pack_are_normalised_by_it)
{
    const char *const files[] = {
        "fa.yml", "elisions: L كا\nstopwords: كيف\nnormalise: {ك: ک, ي: ی}\n",
        NULL};
    hdx_catalog *catalog = opened(folder_of(files));
    const hdx_pack *fa = pack_for(catalog, "fa");
    ck_assert_ptr_nonnull(hdx_map_find(&fa->stopwords, HDX_STR("کیف")));
    ck_assert_ptr_null(hdx_map_find(&fa->stopwords, HDX_STR("كيف")));
    ck_assert_ptr_nonnull(hdx_map_find(&fa->elisions, HDX_STR("l")));
    ck_assert_ptr_nonnull(hdx_map_find(&fa->elisions, HDX_STR("کا")));
    ck_assert_uint_eq(fa->elisions.count, 2);
    hdx_catalog_free(catalog);
}
END_TEST

static const char *const thesaurus[] = {
    "de.yml",
    "compounds: yes\nrespell: {ue: u}\nkeyboard: {z: y}\n"
    "normalise: {ẞ: ß}\nelisions: l\n"
    "synonyms:\n"
    "  fee: [Gebühr, \"laufende Kosten\"]\n"
    "  kyc: {from: [kyc], to: [Prüfung, Ausweis]}\n",
    "de-AT.yml",
    "name: x\n",
    "de-CH.yml",
    "synonyms: {fee: [Taxe]}\nelisions: d\n",
    "de-LI.yml",
    "synonyms: {}\n",
    NULL};

START_TEST(a_list_of_synonyms_is_of_two_ways)
{
    hdx_catalog *catalog = opened(folder_of(thesaurus));
    const hdx_pack *de = pack_for(catalog, "de");
    ck_assert_uint_eq(de->synonym_count, 2);
    const hdx_synonyms *fee = &de->synonyms[0];
    ck_assert_str_is(fee->group, "fee");
    ck_assert_ptr_eq(fee->from, fee->to);
    ck_assert_uint_eq(fee->from_count, 2);
    ck_assert_uint_eq(fee->to_count, 2);
    ck_assert_str_is(fee->from[0], "Gebühr");
    ck_assert_str_is(fee->from[1], "laufende Kosten");
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(a_map_of_synonyms_is_of_one_way)
{
    hdx_catalog *catalog = opened(folder_of(thesaurus));
    const hdx_synonyms *kyc = &pack_for(catalog, "de")->synonyms[1];
    ck_assert_str_is(kyc->group, "kyc");
    ck_assert_ptr_ne(kyc->from, kyc->to);
    ck_assert_uint_eq(kyc->from_count, 1);
    ck_assert_str_is(kyc->from[0], "kyc");
    ck_assert_uint_eq(kyc->to_count, 2);
    ck_assert_str_is(kyc->to[1], "Ausweis");
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(what_a_region_does_not_set_it_has_from_its_language)
{
    hdx_catalog *catalog = opened(folder_of(thesaurus));
    const hdx_pack *at = pack_for(catalog, "de-AT");
    ck_assert(at->compounds);
    ck_assert_uint_eq(at->synonym_count, 2);
    ck_assert_str_eq(replacement(&at->respell, "ue"), "u");
    ck_assert_str_eq(replacement(&at->keyboard, "z"), "y");
    ck_assert_str_eq(replacement(&at->normalise, "ẞ"), "ß");
    ck_assert_ptr_nonnull(hdx_map_find(&at->elisions, HDX_STR("l")));
    hdx_catalog_free(catalog);
}
END_TEST

START_TEST(what_a_region_sets_is_not_mixed_with_its_language)
{
    hdx_catalog *catalog = opened(folder_of(thesaurus));
    const hdx_pack *ch = pack_for(catalog, "de-CH");
    ck_assert_uint_eq(ch->synonym_count, 1);
    ck_assert_str_is(ch->synonyms[0].from[0], "Taxe");
    ck_assert_uint_eq(ch->elisions.count, 1);
    ck_assert_ptr_nonnull(hdx_map_find(&ch->elisions, HDX_STR("d")));
    ck_assert_uint_eq(pack_for(catalog, "de-LI")->synonym_count, 0);
    ck_assert_uint_eq(pack_for(catalog, "de")->synonym_count, 2);
    hdx_catalog_free(catalog);
}
END_TEST

/* Whether a pack has a group of this name. */
static bool has_group(const hdx_pack *pack, hdx_str name)
{
    size_t i = 0;
    while (i < pack->synonym_count &&
           !hdx_str_eq(pack->synonyms[i].group, name))
        i++;
    return i < pack->synonym_count;
}

START_TEST(built_in_synonyms_have_the_groups_of_english)
{
    hdx_catalog *catalog = opened(NULL);
    const hdx_pack *en = pack_for(catalog, "en");
    ck_assert_uint_gt(en->synonym_count, 5);
    for (size_t i = 0; i < hdx_catalog_count(catalog); i++) {
        const char *tag = hdx_catalog_tag(catalog, i).ptr;
        const hdx_pack *pack = strcmp(tag, "und") ? pack_for(catalog, tag) : en;
        for (size_t n = 0; n < pack->synonym_count; n++)
            ck_assert_msg(has_group(en, pack->synonyms[n].group), "%s: %.*s",
                          tag, HDX_FMT(pack->synonyms[n].group));
    }
    hdx_catalog_free(catalog);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_pack_of_locales_is_built_in_and_loads,
        built_in_packs_are_named_and_fall_back,
        a_locale_without_a_pack_gets_the_nearest,
        a_pack_is_loaded_once,
        mistakes_in_packs_are_refused_where_they_stand,
        a_refused_pack_is_refused_again,
        a_regional_pack_takes_the_rest_from_its_language,
        what_a_regional_pack_sets_is_its_own,
        a_language_takes_the_rest_from_the_root,
        a_fault_in_the_wider_pack_is_told,
        an_empty_pack_is_a_pack,
        without_a_root_pack_an_unknown_locale_has_none,
        folders_that_hold_no_packs_are_refused,
        a_missing_folder_is_not_found,
        two_files_of_one_locale_are_refused,
        packs_are_in_order_of_tags_however_files_are_named,
        the_digest_is_of_every_tag_and_text,
        the_built_in_packs_are_those_of_the_folder,
        stop_words_are_folded_as_texts_are,
        stop_words_are_parted_by_any_white_space,
        replacements_that_are_none_are_refused,
        groups_of_too_many_synonyms_are_refused,
        replacements_that_are_too_long_are_refused,
        values_that_have_no_such_name_are_refused,
        words_that_are_no_text_are_refused,
        synonyms_that_are_no_groups_are_refused,
        replacements_are_read_the_longest_first,
        folds_add_up,
        ways_to_romanise_and_compounds_can_be_taken_back,
        words_of_a_pack_are_normalised_by_it,
        a_list_of_synonyms_is_of_two_ways,
        a_map_of_synonyms_is_of_one_way,
        what_a_region_does_not_set_it_has_from_its_language,
        what_a_region_sets_is_not_mixed_with_its_language,
        built_in_synonyms_have_the_groups_of_english,
        NULL};
    return run_suite("pack", tests);
}
