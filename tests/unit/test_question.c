/* search/question.h, search/match.h and search/thesaurus.h, on a real index */
#include "search/question.h"

#include <helpdex/index.h>
#include <stdio.h>

#include "search/searcher.h"
#include "tests/unit/support.h"

enum { NO_MATCH = -1 };

static helpdex_searcher *searcher;
static hdx_question_maker *maker;
static hdx_arena arena;
static hdx_question question;

/* Opens an index of one locale: its articles, ended by NULL, and its pack, or
   NULL for the one built in. */
static void open_index(const char *tag, const char *pack,
                       const char *const *articles)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    char name[64];
    helpdex_index_options options;
    helpdex_report *report;
    helpdex_error err = {0};
    helpdex_index_options_init(&options);
    options.locale = tag;
    if (pack) {
        options.locales_dir = temp_dir();
        snprintf(name, sizeof name, "%s.yml", tag);
        write_text(join(options.locales_dir, name), pack);
        write_text(join(options.locales_dir, "und.yml"), "fold: [marks]\n");
    }
    for (int i = 0; articles[i]; i++) {
        snprintf(name, sizeof name, "a%d.md", i);
        write_text(join(kb, name), articles[i]);
    }
    ck_assert_msg(!helpdex_index_build(kb, ix, &options, &report, &err), "%s",
                  err.message);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), HELPDEX_OK);
    maker = &searcher->shards[0].maker;
}

static void close_index(void)
{
    hdx_question_free(maker, &question);
    hdx_arena_free(&arena);
    helpdex_searcher_free(searcher);
}

/* Asks anew; the last question is forgotten. */
static void ask(const char *query)
{
    helpdex_error err = {0};
    hdx_question_free(maker, &question);
    hdx_analyser_trim(maker->analyser);
    ck_assert_msg(
        !hdx_question_make(maker, hdx_str_of(query), &arena, &question, &err),
        "%s", err.message);
}

static uint32_t word_of(const char *exact)
{
    uint32_t id = hdx_lexicon_find(maker->lexicon, hdx_str_of(exact));
    ck_assert_msg(id != HDX_NO_WORD, "%s is not in the index", exact);
    return id;
}

/* The tier by which a word of the index stands for the question. */
static int tier_of(const char *exact)
{
    hdx_match match = maker->matches[word_of(exact)];
    return match.word ? match.tier : NO_MATCH;
}

static void meant_is(const char *exact)
{
    ck_assert_uint_eq(question.word_count, 1);
    ck_assert_uint_eq(question.words[0].meant,
                      exact ? word_of(exact) : HDX_NO_WORD);
}

static const hdx_question_lead *lead_of(const char *term)
{
    for (size_t i = 0; i < question.lead_count; i++)
        if (hdx_str_eq(question.leads[i].term, hdx_str_of(term)))
            return &question.leads[i];
    return NULL;
}

/* How many leads are of a kind of term. */
static size_t leads_of(char kind)
{
    size_t count = 0;
    for (size_t i = 0; i < question.lead_count; i++)
        count += question.leads[i].term.ptr[0] == kind;
    return count;
}

static size_t reading_count(void)
{
    return question.grams[HDX_GRAMS_OF_READINGS].count;
}

static const char *const english[] = {
    "# Withdrawals\n\nA withdrawal takes a day. The coat is blue.",
    "# Withdraw\n\nWhat does it cost? Fees of the network.",
    "# Lock\n\nLock the phone. Error E1043. Verification.", NULL};

START_TEST(a_word_as_it_is_written_is_exact_and_its_inflections_are_stems)
{
    open_index("en", NULL, english);
    ask("withdrawal");
    ck_assert_int_eq(tier_of("withdrawal"), HDX_TIER_EXACT);
    ck_assert_int_eq(tier_of("withdrawals"), HDX_TIER_STEM);
    ck_assert_int_eq(tier_of("withdraw"), HDX_TIER_STEM);
    ck_assert_int_eq(tier_of("phone"), NO_MATCH);
    ck_assert(question.words[0].known);
    meant_is(NULL);
    close_index();
}
END_TEST

START_TEST(an_inflection_that_is_not_there_is_known_by_its_stem)
{
    open_index("en", NULL, english);
    ask("withdrawing");
    ck_assert(question.words[0].known);
    ck_assert_int_eq(tier_of("withdrawal"), HDX_TIER_STEM);
    ask("PHONES");
    ck_assert(question.words[0].known);
    ck_assert_int_eq(tier_of("phone"), HDX_TIER_STEM);
    close_index();
}
END_TEST

START_TEST(words_that_begin_alike_are_perhaps_akin)
{
    open_index("en", NULL, english);
    ask("networth of the phone");
    ck_assert(!question.words[0].known);
    ck_assert_int_eq(tier_of("network"), HDX_TIER_BEGINNING);
    ck_assert_uint_eq(question.words[0].meant, HDX_NO_WORD);
    ck_assert_ptr_nonnull(lead_of("wnetwo"));
    close_index();
}
END_TEST

START_TEST(a_word_without_its_marks_is_folded)
{
    const char *const turkish[] = {"# Kartı\n\nBanka kartı.", NULL};
    open_index("tr", NULL, turkish);
    ask("karti");
    ck_assert_int_eq(tier_of("kartı"), HDX_TIER_FOLDED);
    ck_assert(question.words[0].known);
    meant_is(NULL);
    ask("kartı");
    ck_assert_int_eq(tier_of("kartı"), HDX_TIER_EXACT);
    close_index();
}
END_TEST

START_TEST(a_word_that_differs_in_its_marks_stands_behind_one_as_written)
{
    const char *const vietnamese[] = {"# Phí rút tiền\n\nPhi công.", NULL};
    open_index("vi", NULL, vietnamese);
    ask("phí");
    ck_assert_int_eq(tier_of("phí"), HDX_TIER_EXACT);
    ck_assert_int_eq(tier_of("phi"), HDX_TIER_MARKS);
    ask("phì");
    ck_assert_int_eq(tier_of("phí"), HDX_TIER_FOLDED);
    ck_assert_int_eq(tier_of("phi"), HDX_TIER_FOLDED);
    close_index();
}
END_TEST

START_TEST(respelled_words_and_the_other_han_are_folded)
{
    const char *const german[] = {"# Gebühr\n\nDie Gebühr.", NULL};
    const char *const chinese[] = {"# 验证\n\n验证。", NULL};
    open_index("de", NULL, german);
    ask("gebuehr");
    ck_assert_int_eq(tier_of("gebühr"), HDX_TIER_FOLDED);
    close_index();
    open_index("zh-Hans", NULL, chinese);
    ask("驗證");
    ck_assert_int_eq(tier_of("验证"), HDX_TIER_FOLDED);
    close_index();
}
END_TEST

START_TEST(a_typing_error_finds_what_is_meant)
{
    const char *const errors[] = {"withdrwal", "withdrawaal", "wihtdrawal",
                                  "witjdrawal"};
    open_index("en", NULL, english);
    for (size_t i = 0; i < 4; i++) {
        ask(errors[i]);
        ck_assert_int_eq(tier_of("withdrawal"), HDX_TIER_TYPO);
        ck_assert(!question.words[0].known);
        meant_is("withdrawal");
        ck_assert_ptr_nonnull(lead_of("wwithd"));
    }
    close_index();
}
END_TEST

START_TEST(a_known_word_is_not_corrected)
{
    open_index("en", NULL, english);
    ask("coat");
    ck_assert_int_eq(tier_of("coat"), HDX_TIER_EXACT);
    ck_assert_int_eq(tier_of("cost"), NO_MATCH);
    meant_is(NULL);
    ask("coast");
    ck_assert_int_eq(tier_of("coat"), HDX_TIER_TYPO);
    ck_assert_int_eq(tier_of("cost"), HDX_TIER_TYPO);
    close_index();
}
END_TEST

START_TEST(an_error_in_the_first_letter_is_matched_and_not_offered)
{
    open_index("en", NULL, english);
    ask("bhone");
    ck_assert_int_eq(tier_of("phone"), HDX_TIER_TYPO);
    meant_is(NULL);
    close_index();
}
END_TEST

START_TEST(numbers_and_short_words_are_not_corrected)
{
    open_index("en", NULL, english);
    ask("e1044");
    ck_assert_int_eq(tier_of("e1043"), NO_MATCH);
    meant_is(NULL);
    ask("lok");
    ck_assert_int_eq(tier_of("lock"), NO_MATCH);
    meant_is(NULL);
    close_index();
}
END_TEST

START_TEST(the_last_word_may_be_unfinished)
{
    open_index("en", NULL, english);
    ask("pho");
    ck_assert_int_eq(tier_of("phone"), HDX_TIER_UNFINISHED);
    ask("coat pho");
    ck_assert_int_eq(tier_of("phone"), HDX_TIER_UNFINISHED);
    ck_assert_ptr_nonnull(lead_of("wphone"));
    ask("pho coat");
    ck_assert_int_eq(tier_of("phone"), NO_MATCH);
    ask("p");
    ck_assert_int_eq(tier_of("phone"), NO_MATCH);
    close_index();
}
END_TEST

START_TEST(stop_words_lead_weakly)
{
    open_index("en", NULL, english);
    ask("the withdrawal");
    const hdx_question_lead *stop = lead_of("wthe"), *word = lead_of("wwithd");
    ck_assert(stop && word);
    ck_assert(question.words[0].stop && !question.words[1].stop);
    ck_assert(stop->weak && !word->weak);
    ck_assert_double_lt(stop->weight, word->weight);
    close_index();
}
END_TEST

START_TEST(words_that_begin_alike_are_two_words)
{
    const char *const korean[] = {"# 인증서 발급\n\n발급.",
                                  "# 인증번호 오류\n\n오류.", NULL};
    open_index("ko", NULL, korean);
    ask("인증서 인증번호");
    ck_assert_uint_eq(question.word_count, 2);
    ck_assert_int_eq(tier_of("인증서"), HDX_TIER_EXACT);
    ck_assert_int_eq(tier_of("인증번호"), HDX_TIER_EXACT);
    close_index();
}
END_TEST

START_TEST(a_stop_word_swallows_no_word_that_begins_alike)
{
    const char *const french[] = {"# Commencer\n\nLe trading.", NULL};
    open_index("fr", NULL, french);
    ask("Comment commencer");
    ck_assert_uint_eq(question.word_count, 2);
    ck_assert_int_eq(tier_of("commencer"), HDX_TIER_EXACT);
    ck_assert_uint_eq(question.lead_count, 1);
    ck_assert(!question.leads[0].weak);
    ask("comment");
    ck_assert_int_eq(tier_of("commencer"), NO_MATCH);
    close_index();
}
END_TEST

START_TEST(korean_is_found_whatever_its_particles)
{
    const char *const korean[] = {"# 지갑 복구\n\n지갑을 되찾는 방법.",
                                  "# 수수료\n\n수수료는 낮습니다.", NULL};
    open_index("ko", NULL, korean);
    ask("지갑이 없어요");
    ck_assert_int_eq(tier_of("지갑"), HDX_TIER_BEGINNING);
    ck_assert_int_eq(tier_of("지갑을"), HDX_TIER_BEGINNING);
    ck_assert_ptr_nonnull(lead_of("w지갑"));
    ask("수수료가");
    meant_is(NULL);
    ck_assert_int_eq(tier_of("수수료는"), HDX_TIER_BEGINNING);
    close_index();
}
END_TEST

START_TEST(a_word_nobody_wrote_about_still_counts)
{
    open_index("en", NULL, english);
    ask("phone");
    double self = question.self;
    ask("unicorn phone");
    ck_assert_uint_eq(question.word_count, 2);
    ck_assert(!question.words[0].known);
    ck_assert_double_gt(question.self, 2 * self);
    ck_assert_uint_eq(question.lead_count, 1);
    ck_assert_ptr_nonnull(lead_of("wphone"));
    close_index();
}
END_TEST

START_TEST(a_rare_word_says_more_than_a_common_one)
{
    open_index("en", NULL, english);
    ask("the phone withdraw");
    ck_assert_double_gt(question.words[1].idf, question.words[0].idf);
    ck_assert_double_gt(question.words[1].title_idf,
                        question.words[2].title_idf);
    close_index();
}
END_TEST

START_TEST(a_word_asked_twice_is_one_word)
{
    open_index("en", NULL, english);
    ask("phone");
    hdx_question once = question;
    size_t grams = question.grams[HDX_GRAMS_OF_TITLES].count;
    ask("phone phones Phone");
    ck_assert_uint_eq(question.word_count, 1);
    ck_assert_uint_eq(question.lead_count, 1);
    ck_assert_double_eq(question.self, once.self);
    ck_assert_uint_gt(grams, 0);
    ask("phone phone");
    ck_assert_uint_eq(question.grams[HDX_GRAMS_OF_TITLES].count, grams);
    close_index();
}
END_TEST

START_TEST(the_grams_of_an_error_are_those_of_what_is_meant)
{
    open_index("en", NULL, english);
    ask("verification");
    const hdx_question_grams *of = &question.grams[HDX_GRAMS_OF_TEXT];
    hdx_question_grams meant = *of;
    ask("verificaton");
    meant_is("verification");
    ck_assert_uint_eq(of->count, meant.count);
    ck_assert_mem_eq(of->keys, meant.keys, meant.count * sizeof *meant.keys);
    ck_assert_double_eq(of->self, meant.self);
    close_index();
}
END_TEST

START_TEST(what_is_meant_by_a_word_is_not_meant_by_its_kin)
{
    open_index("en", NULL, english);
    ask("verification verify");
    const hdx_question_grams *of = &question.grams[HDX_GRAMS_OF_TEXT];
    hdx_question_grams meant = *of;
    ask("verificaton verify");
    ck_assert_uint_eq(question.word_count, 2);
    ck_assert_uint_eq(question.words[0].meant, word_of("verification"));
    ck_assert_uint_eq(question.words[1].meant, HDX_NO_WORD);
    ck_assert_uint_eq(of->count, meant.count);
    ck_assert_mem_eq(of->keys, meant.keys, meant.count * sizeof *meant.keys);
    close_index();
}
END_TEST

START_TEST(no_match_outlives_its_question)
{
    open_index("en", NULL, english);
    ask("withdrwal the phne verif");
    ck_assert_uint_gt(maker->matched_count, 3);
    hdx_question_free(maker, &question);
    ck_assert_uint_eq(maker->matched_count, 0);
    for (uint32_t i = 0; i < maker->lexicon->header->words; i++)
        ck_assert_uint_eq(maker->matches[i].word, 0);
    question = (hdx_question){0};
    close_index();
}
END_TEST

static const char with_synonyms[] =
    "stemmer: english\n"
    "synonyms:\n"
    "  money-out: [payout, withdrawal, cash out]\n"
    "  kyc: {from: [kyc, who am i, id], to: [verification]}\n"
    "  long: [one two three four five six seven, phone]\n";

static const char *const paid[] = {"# Payouts\n\nVerification of names.",
                                   "# Cash\n\nKYC goes out; id.", NULL};

START_TEST(a_synonym_of_the_pack_is_found_both_ways)
{
    open_index("en", with_synonyms, paid);
    ask("withdrawal");
    ck_assert_int_eq(tier_of("payouts"), HDX_TIER_SYNONYM);
    ck_assert_ptr_nonnull(lead_of("wpayou"));
    ask("withdrawals");
    ck_assert_int_eq(tier_of("payouts"), HDX_TIER_SYNONYM);
    ask("payout");
    ck_assert_int_eq(tier_of("payouts"), HDX_TIER_STEM);
    close_index();
}
END_TEST

START_TEST(a_synonym_of_one_way_is_found_one_way)
{
    open_index("en", with_synonyms, paid);
    ask("kyc");
    ck_assert_int_eq(tier_of("kyc"), HDX_TIER_EXACT);
    ck_assert_int_eq(tier_of("verification"), HDX_TIER_SYNONYM);
    ck_assert_int_eq(tier_of("id"), NO_MATCH);
    ask("verification");
    ck_assert_int_eq(tier_of("verification"), HDX_TIER_EXACT);
    ck_assert_int_eq(tier_of("kyc"), NO_MATCH);
    close_index();
}
END_TEST

START_TEST(the_words_of_a_phrase_count_like_parts)
{
    open_index("en", with_synonyms, paid);
    ask("withdrawal");
    ck_assert_int_eq(tier_of("cash"), HDX_TIER_PART);
    ck_assert_int_eq(tier_of("out"), HDX_TIER_PART);
    close_index();
}
END_TEST

START_TEST(texts_of_a_term_count_once_for_a_word)
{
    const char *const pack = "stemmer: english\n"
                             "synonyms:\n"
                             "  out: [payout, payouts]\n";
    open_index("en", pack, paid);
    ask("payout");
    double with = question.words[0].idf;
    close_index();
    open_index("en", "stemmer: english\n", paid);
    ask("payout");
    ck_assert_double_eq(question.words[0].idf, with);
    close_index();
}
END_TEST

START_TEST(a_phrase_is_asked_whole_and_in_any_inflection)
{
    open_index("en", with_synonyms, paid);
    ask("who am I");
    ck_assert_int_eq(tier_of("verification"), HDX_TIER_SYNONYM);
    ask("who am");
    ck_assert_int_eq(tier_of("verification"), NO_MATCH);
    ask("cashing out");
    ck_assert_int_eq(tier_of("payouts"), HDX_TIER_SYNONYM);
    ask("out cash");
    ck_assert_int_eq(tier_of("payouts"), NO_MATCH);
    close_index();
}
END_TEST

START_TEST(phrases_of_too_many_words_are_left_out)
{
    size_t longest = 0;
    open_index("en", with_synonyms, paid);
    ck_assert_uint_eq(maker->thesaurus.count, 3 + 4 + 1);
    for (size_t i = 0; i < maker->thesaurus.count; i++)
        if (maker->thesaurus.phrases[i].count > longest)
            longest = maker->thesaurus.phrases[i].count;
    ck_assert_uint_eq(longest, 3);
    close_index();
}
END_TEST

START_TEST(a_word_with_synonyms_is_not_offered_a_correction)
{
    const char *const articles[] = {"# Payin\n\nVerification", NULL};
    open_index("en", "synonyms:\n  out: [payix, verification]\n", articles);
    ask("payix");
    ck_assert_int_eq(tier_of("verification"), HDX_TIER_SYNONYM);
    meant_is(NULL);
    ask("payiz");
    meant_is("payin");
    close_index();
}
END_TEST

START_TEST(compounds_are_found_by_their_parts)
{
    const char *const german[] = {"# Konto\n\nDie Gebühr.",
                                  "# Netzwerk\n\nNetzwerkkosten.", NULL};
    open_index("de", NULL, german);
    ask("kontogebühren");
    ck_assert_int_eq(tier_of("konto"), HDX_TIER_PART);
    ck_assert_int_eq(tier_of("gebühr"), HDX_TIER_PART);
    meant_is(NULL);
    ask("Kosten");
    ck_assert_int_eq(tier_of("netzwerkkosten"), HDX_TIER_PART);
    close_index();
}
END_TEST

static const char *const chinese[] = {
    "# 账户认证\n\n提交身份证件。", "# 提现\n\n提现需要 USDT，banana。", NULL};

START_TEST(pinyin_is_a_reading_and_no_word)
{
    open_index("zh-Hans", NULL, chinese);
    ask("renzheng");
    ck_assert_uint_eq(question.word_count, 0);
    ck_assert_uint_eq(reading_count(), 1);
    ck_assert_uint_eq(leads_of(HDX_TERM_READING), 1);
    ask("zhang hu ren zheng");
    ck_assert_uint_eq(question.word_count, 0);
    ck_assert_uint_eq(reading_count(), 3 + 2);
    ck_assert_uint_eq(leads_of(HDX_TERM_READING), 3);
    close_index();
}
END_TEST

START_TEST(syllables_stay_words_where_the_index_has_them_all)
{
    const char *const coins[] = {"# SUI 和 DAI\n\n提现。", NULL};
    open_index("zh-Hans", NULL, coins);
    ask("SUI DAI");
    ck_assert_uint_eq(question.word_count, 2);
    ck_assert_int_eq(tier_of("dai"), HDX_TIER_EXACT);
    ask("sui ti xian");
    ck_assert_uint_eq(question.word_count, 0);
    close_index();
}
END_TEST

START_TEST(one_syllable_is_a_word_and_no_reading)
{
    open_index("zh-Hans", NULL, chinese);
    ask("xian");
    ck_assert_uint_eq(question.word_count, 1);
    ck_assert_uint_eq(reading_count(), 0);
    ask("USDT");
    ck_assert_int_eq(tier_of("usdt"), HDX_TIER_EXACT);
    ck_assert_uint_eq(reading_count(), 0);
    close_index();
}
END_TEST

START_TEST(a_latin_word_of_the_index_stays_a_word_beside_its_reading)
{
    open_index("zh-Hans", NULL, chinese);
    ask("banana");
    ck_assert_uint_eq(question.word_count, 1);
    ck_assert_int_eq(tier_of("banana"), HDX_TIER_EXACT);
    ck_assert_uint_gt(reading_count(), 0);
    close_index();
}
END_TEST

START_TEST(native_script_is_never_matched_by_its_sound)
{
    const char *const homophones[] = {"任正", "認證", "帳戶任正", "认证"};
    open_index("zh-Hans", NULL, chinese);
    for (size_t i = 0; i < sizeof homophones / sizeof *homophones; i++) {
        ask(homophones[i]);
        ck_assert_uint_eq(reading_count(), 0);
        ck_assert_uint_eq(leads_of(HDX_TERM_READING), 0);
    }
    ask("任正");
    ck_assert_int_eq(tier_of("认证"), NO_MATCH);
    close_index();
}
END_TEST

START_TEST(pinyin_is_read_where_the_pack_says_so_alone)
{
    const char *const japanese[] = {"# 認証\n\n認証", NULL};
    open_index("ja", NULL, japanese);
    ask("renzheng");
    ck_assert_uint_eq(reading_count(), 0);
    ck_assert_uint_eq(leads_of(HDX_TERM_READING), 0);
    close_index();
}
END_TEST

static const char *const japanese[] = {"# ロック\n\nサーバーをロックします。",
                                       "# 出金\n\n出金はUSDT。", NULL};

START_TEST(romaji_is_read_as_kana)
{
    open_index("ja", NULL, japanese);
    ask("rokku");
    ck_assert_str_is(question.text, "ろっく");
    ask("SA-BA");
    ck_assert_str_is(question.text, "さば");
    ask("sa-ba-");
    ck_assert_ptr_nonnull(lead_of("gさば"));
    ask("rokku ???");
    ck_assert_str_is(question.text, "ろっく ???");
    close_index();
}
END_TEST

START_TEST(latin_words_of_the_index_are_no_romaji)
{
    const char *const articles[] = {"# 出金\n\nBinance。", NULL};
    open_index("ja", NULL, articles);
    ask("Binance");
    ck_assert_str_is(question.text, "Binance");
    ck_assert_int_eq(tier_of("binance"), HDX_TIER_EXACT);
    ask("withdraw");
    ck_assert_str_is(question.text, "withdraw");
    ask("出金");
    ck_assert_str_is(question.text, "出金");
    close_index();
}
END_TEST

START_TEST(kanji_are_never_matched_by_their_sound)
{
    open_index("ja", NULL, japanese);
    ask("shukkin");
    ck_assert_str_is(question.text, "しゅっきん");
    ck_assert_int_eq(tier_of("出金"), NO_MATCH);
    close_index();
}
END_TEST

START_TEST(pairs_of_signs_lead_and_are_marked)
{
    open_index("ja", NULL, japanese);
    ask("新幹線");
    ck_assert_uint_eq(leads_of(HDX_TERM_BIGRAM), 2);
    ck_assert_uint_eq(question.pairs.count, 2);
    ck_assert_ptr_nonnull(hdx_map_find(&question.pairs, HDX_STR("g新幹")));
    ask("出金出金");
    ck_assert_uint_eq(leads_of(HDX_TERM_BIGRAM), 2);
    close_index();
}
END_TEST

START_TEST(nothing_asked_is_a_question_of_nothing)
{
    const char *const empty[] = {"", " ", "?!", "。"};
    open_index("ja", NULL, japanese);
    for (size_t i = 0; i < 4; i++) {
        ask(empty[i]);
        ck_assert_uint_eq(question.word_count, 0);
        ck_assert_uint_eq(question.lead_count, 0);
        ck_assert_double_eq(question.self, 0);
    }
    close_index();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_word_as_it_is_written_is_exact_and_its_inflections_are_stems,
        an_inflection_that_is_not_there_is_known_by_its_stem,
        words_that_begin_alike_are_perhaps_akin,
        a_word_without_its_marks_is_folded,
        a_word_that_differs_in_its_marks_stands_behind_one_as_written,
        respelled_words_and_the_other_han_are_folded,
        a_typing_error_finds_what_is_meant,
        a_known_word_is_not_corrected,
        an_error_in_the_first_letter_is_matched_and_not_offered,
        numbers_and_short_words_are_not_corrected,
        the_last_word_may_be_unfinished,
        stop_words_lead_weakly,
        words_that_begin_alike_are_two_words,
        a_stop_word_swallows_no_word_that_begins_alike,
        korean_is_found_whatever_its_particles,
        a_word_nobody_wrote_about_still_counts,
        a_rare_word_says_more_than_a_common_one,
        a_word_asked_twice_is_one_word,
        the_grams_of_an_error_are_those_of_what_is_meant,
        what_is_meant_by_a_word_is_not_meant_by_its_kin,
        no_match_outlives_its_question,
        a_synonym_of_the_pack_is_found_both_ways,
        a_synonym_of_one_way_is_found_one_way,
        the_words_of_a_phrase_count_like_parts,
        texts_of_a_term_count_once_for_a_word,
        a_phrase_is_asked_whole_and_in_any_inflection,
        phrases_of_too_many_words_are_left_out,
        a_word_with_synonyms_is_not_offered_a_correction,
        compounds_are_found_by_their_parts,
        pinyin_is_a_reading_and_no_word,
        syllables_stay_words_where_the_index_has_them_all,
        one_syllable_is_a_word_and_no_reading,
        a_latin_word_of_the_index_stays_a_word_beside_its_reading,
        native_script_is_never_matched_by_its_sound,
        pinyin_is_read_where_the_pack_says_so_alone,
        romaji_is_read_as_kana,
        latin_words_of_the_index_are_no_romaji,
        kanji_are_never_matched_by_their_sound,
        pairs_of_signs_lead_and_are_marked,
        nothing_asked_is_a_question_of_nothing,
        NULL};
    return run_suite("question", tests);
}
