/* assist/person.c, and `person` of the packs */
#include "assist/person.h"

#include "tests/unit/support.h"
#include "text/message.h"

static hdx_arena arena;
static hdx_catalog *catalog;
static hdx_person_book book;

static void open_book(const char *dir)
{
    helpdex_error err;
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, NULL), HELPDEX_OK);
    ck_assert_msg(hdx_person_book_open(catalog, &book, &err) == HELPDEX_OK,
                  "%s", err.message);
}

static void close_book(void)
{
    hdx_person_book_close(&book);
    hdx_catalog_free(catalog);
    hdx_arena_free(&arena);
}

static bool asks(const char *message)
{
    hdx_phrase_text text;
    ck_assert(hdx_phrase_prepare(&arena, hdx_str_of(message), &text));
    hdx_phrase_loosen(&text);
    return hdx_asks_for_person(&book, &text);
}

START_TEST(who_asks_for_a_person_in_any_language_is_heard)
{
    static const char *const messages[] = {
        "I want to TALK TO A HUMAN!!",
        "agent",
        "human human human",
        "Can I please speak to someone about this?",
        "ich möchte mit einem menschen sprechen",
        "mitarbeiter",
        "ابي اكلم موظف لو سمحت",
        "أريد التحدث إلى موظف",
        "ขอคุยกับเจ้าหน้าที่หน่อยค่ะ",
        "转人工",
        "我要轉接真人",
        "オペレーターに繋いでください",
        "상담원 연결해주세요",
        "quiero hablar con alguien ya",
        "necesito un agente",
        "je voudrais parler a un conseiller svp",
        "хочу поговорить с живым человеком",
        "müşteri temsilcisine bağlanmak istiyorum",
        "cho em gặp nhân viên, muon gap nhan vien",
        "bisa bicara sama cs?",
        "किसी इंसान से बात करवाओ"};
    open_book(NULL);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        ck_assert_msg(asks(messages[i]), "not heard: %s", messages[i]);
    close_book();
}
END_TEST

START_TEST(questions_about_persons_are_none)
{
    static const char *const messages[] = {"who is your agent",
                                           "is a human checking my documents?",
                                           "the agent told me to wait",
                                           "are you a human or a bot",
                                           "are you a live person?",
                                           "my human rights",
                                           "what does an operator fee mean",
                                           "提现转人工审核要多久",
                                           "本人に代わって申請できますか",
                                           "พนักงานธนาคารบอกให้รอ",
                                           "wer ist mein Mitarbeiter",
                                           "was macht der Kundenservice",
                                           "من هو موظف التوثيق",
                                           "personal account",
                                           "",
                                           "?!"};
    open_book(NULL);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        ck_assert_msg(!asks(messages[i]), "wrongly heard: %s", messages[i]);
    close_book();
}
END_TEST

START_TEST(every_pack_has_ways_to_ask_that_are_heard)
{
    open_book(NULL);
    for (size_t i = 0; i < hdx_catalog_count(catalog); i++) {
        const hdx_pack *pack;
        hdx_locale locale;
        if (!hdx_locale_parse(hdx_catalog_tag(catalog, i), &locale))
            continue; /* the root */
        ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL),
                         HELPDEX_OK);
        ck_assert_msg(pack->person_count >= 6, "%s has %zu", locale.tag,
                      pack->person_count);
        for (size_t n = 0; n < pack->person_count; n++)
            ck_assert_msg(asks(pack->person[n].ptr), "%s", pack->person[n].ptr);
        for (size_t n = 0; n < pack->person_alone_count; n++)
            ck_assert(asks(pack->person_alone[n].ptr));
    }
    close_book();
}
END_TEST

START_TEST(the_label_of_the_way_to_a_person_asks_for_one)
{
    const hdx_pack *pack;
    hdx_locale locale;
    const char *label;
    open_book(NULL);
    for (size_t i = 0; i < hdx_catalog_count(catalog); i++) {
        if (!hdx_locale_parse(hdx_catalog_tag(catalog, i), &locale))
            continue;
        ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL), 0);
        ck_assert_int_eq(hdx_message_format(pack, HDX_MESSAGE_PERSON,
                                            HDX_STR(""), &arena, &label, NULL),
                         0);
        ck_assert_msg(asks(label), "not heard: %s", label);
    }
    close_book();
}
END_TEST

START_TEST(packs_of_ones_own_decide)
{
    const char *dir = temp_dir();
    write_text(join(dir, "und.yml"), "name: any\n");
    write_text(join(dir, "eo.yml"),
               "person: {anywhere: [kun homo], alone: [homo]}\n");
    open_book(dir);
    ck_assert(asks("mi volas paroli kun homo, mi petas"));
    ck_assert(asks("Homo!"));
    ck_assert(!asks("homo estas besto"));
    ck_assert(!asks("talk to a human"));
    close_book();
}
END_TEST

START_TEST(a_fault_in_a_pack_is_named)
{
    helpdex_error err;
    const char *dir = temp_dir();
    write_text(join(dir, "und.yml"), "name: any\n");
    write_text(join(dir, "eo.yml"), "person: [homo]\n");
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_person_book_open(catalog, &book, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "anywhere:"));
    close_book();
    write_text(join(dir, "eo.yml"), "person: {allone: [homo]}\n");
    ck_assert_int_eq(hdx_catalog_open(dir, &catalog, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_person_book_open(catalog, &book, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "known are anywhere and alone"));
    close_book();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        who_asks_for_a_person_in_any_language_is_heard,
        questions_about_persons_are_none,
        every_pack_has_ways_to_ask_that_are_heard,
        the_label_of_the_way_to_a_person_asks_for_one,
        packs_of_ones_own_decide,
        a_fault_in_a_pack_is_named,
        NULL};
    return run_suite("person", tests);
}
