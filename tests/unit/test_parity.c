/* indexer/parity.h */
#include "indexer/parity.h"

#include "indexer/wordbook.h"
#include "tests/unit/support.h"
#include "text/analyse.h"

static const char *dir;
static hdx_catalog *catalog;
static const hdx_pack *pack;

static void open_pack(const char *tag)
{
    hdx_locale locale;
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_open(NULL, &catalog, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL),
                     HELPDEX_OK);
}

/* A forward file of an article without sections; NULL title: a placeholder. */
static hdx_forward *forward_with(const char *title)
{
    hdx_forward_writer *w;
    hdx_forward *forward;
    const char *path = join(dir, "forward");
    hdx_forward_article article = {.id = HDX_STR("x"),
                                   .title = hdx_str_of(title),
                                   .path = HDX_STR("en/x.md"),
                                   .url = HDX_STR("")};
    ck_assert_int_eq(hdx_forward_writer_new(&w, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_forward_add_article(w, &article, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_forward_write(w, path, NULL), HELPDEX_OK);
    hdx_forward_writer_free(w);
    ck_assert_int_eq(hdx_forward_open(path, &forward, NULL), HELPDEX_OK);
    return forward;
}

/* A lexicon of an article whose first segment this is. */
static hdx_lexicon lexicon_with(hdx_segment segment, const char *text)
{
    hdx_wordbook *book;
    hdx_analyser *analyser;
    hdx_tokens tokens = {0};
    hdx_lexicon lexicon;
    const char *path = join(dir, "lexicon");
    hdx_str view = hdx_str_of(text);
    ck_assert_int_eq(hdx_analyser_open(pack, &analyser, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_wordbook_new(&book, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_wordbook_article(book, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_analyse(analyser, view, &tokens, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_wordbook_add(book, segment, view, &tokens, NULL),
                     HELPDEX_OK);
    ck_assert_int_eq(hdx_wordbook_finish(book, pack, path, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_lexicon_open(path, &lexicon, NULL), HELPDEX_OK);
    hdx_wordbook_free(book);
    hdx_tokens_free(&tokens);
    hdx_analyser_free(analyser);
    return lexicon;
}

static helpdex_status check(const char *tag, const char *title,
                            hdx_segment segment, const char *indexed,
                            helpdex_error *err)
{
    dir = temp_dir();
    open_pack(tag);
    hdx_forward *forward = forward_with(title);
    hdx_lexicon lexicon = lexicon_with(segment, indexed);
    helpdex_status status = hdx_parity_check(pack, tag, forward, &lexicon, err);
    hdx_lexicon_close(&lexicon);
    hdx_forward_free(forward);
    hdx_catalog_free(catalog);
    return status;
}

START_TEST(titles_cut_alike_agree)
{
    static const char *const titles[][2] = {
        {"en", "Don't panic: 2FA & my Wallet"},
        {"de", "Straße und Gebühr"},
        {"th", "ลืมรหัสผ่าน 2fa หาย"},
        {"ja", "新幹線のｷｯﾌﾟとUSDTを出金"},
        {"zh-Hant", "銀行卡认证KYC"},
        {"ar", "قفل الحسابـات"},
        {"ko", "계정을 잠그다"},
        {"en", "!!!"}};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        ck_assert_int_eq(check(titles[i][0], titles[i][1], HDX_SEGMENT_TITLE,
                               titles[i][1], NULL),
                         HELPDEX_OK);
}
END_TEST

START_TEST(a_title_cut_otherwise_is_named_with_both_lists_of_words)
{
    helpdex_error err = {0};
    ck_assert_int_eq(check("ja", "新幹線", HDX_SEGMENT_TITLE, "新 幹線", &err),
                     HELPDEX_STORE);
    ck_assert_str_eq(err.file, "en/x.md");
    ck_assert_ptr_nonnull(strstr(err.message, "in ja: "));
    ck_assert_ptr_nonnull(
        strstr(err.message, "asked as 新幹線, indexed as 新 幹線; "));
}
END_TEST

START_TEST(a_lost_word_is_found_out)
{
    ck_assert_int_eq(
        check("en", "Lock account", HDX_SEGMENT_TITLE, "Lock", NULL),
        HELPDEX_STORE);
    ck_assert_int_eq(
        check("en", "Lock", HDX_SEGMENT_TITLE, "Lock account", NULL),
        HELPDEX_STORE);
}
END_TEST

START_TEST(a_placeholder_is_not_asked)
{
    ck_assert_int_eq(check("en", "x", HDX_SEGMENT_TAG, "fees", NULL),
                     HELPDEX_OK);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        titles_cut_alike_agree,
        a_title_cut_otherwise_is_named_with_both_lists_of_words,
        a_lost_word_is_found_out, a_placeholder_is_not_asked, NULL};
    return run_suite("parity", tests);
}
