/* Examples in several scripts, and a model of them, for the suites of the
   classifier. */
#ifndef HDX_TEST_INTENTS_H
#define HDX_TEST_INTENTS_H

#include "intent/train.h"
#include "tests/unit/support.h"
#include "text/stamp.h"

/* A few ways to ask, ended by NULL. */
typedef struct asked {
    const char *intent;
    const char *texts[8];
} asked;

static const asked german[] = {
    {"karte-sperren",
     {"Wie sperre ich meine Karte?", "Karte verloren, bitte sperren",
      "Meine Karte wurde gestohlen", "Ich will die Karte sperren lassen",
      "Kreditkarte weg, was tun?", "Karte sofort sperren"}},
    {"gebuehren",
     {"Welche Gebühren fallen an?", "Was kostet eine Überweisung?",
      "Wie hoch sind die Kosten?", "Gebühr für Auszahlungen",
      "Kostet das Konto etwas?", "Preise und Gebühren"}},
    {"passwort",
     {"Passwort vergessen", "Ich kann mich nicht anmelden",
      "Wie setze ich mein Passwort zurück?", "Anmeldung geht nicht",
      "Neues Passwort setzen", "Kennwort zurücksetzen"}},
    {0}};

static const asked thai[] = {
    {"lock-card",
     {"ฉันทำบัตรหาย ต้องทำอย่างไร", "อายัดบัตรได้อย่างไร", "บัตรถูกขโมย", "ต้องการอายัดบัตร",
      "บัตรเครดิตหาย"}},
    {"fees",
     {"ค่าธรรมเนียมเท่าไหร่", "การโอนเงินมีค่าธรรมเนียมไหม", "ค่าใช้จ่ายในการถอนเงิน",
      "คิดค่าธรรมเนียมอย่างไร", "ค่าธรรมเนียมการถอน"}},
    {0}};

static const asked arabic[] = {
    {"lock-card",
     {"كيف أوقف بطاقتي؟", "ضاعت بطاقتي", "سُرقت بطاقتي", "أريد إيقاف البطاقة",
      "فقدت البطاقة الائتمانية"}},
    {"fees",
     {"كم الرسوم؟", "ما هي رسوم التحويل؟", "هل يكلف السحب شيئا؟",
      "تكلفة التحويل", "رسوم السحب"}},
    {0}};

static const asked chinese[] = {
    {"lock-card",
     {"我的卡丟了怎麼辦", "如何凍結卡片", "卡片被偷了", "我要掛失信用卡",
      "信用卡遺失"}},
    {"fees",
     {"手續費是多少", "轉帳要收手續費嗎", "提款費用", "費用怎麼計算",
      "提現手續費"}},
    {0}};

static hdx_catalog *intent_catalog;

/* An analyser of a locale, to be freed; the packs live as long as the test. */
static inline hdx_analyser *analyser_of(const char *tag)
{
    hdx_locale locale;
    const hdx_pack *pack;
    hdx_analyser *analyser;
    if (!intent_catalog)
        ck_assert_int_eq(hdx_catalog_open(NULL, &intent_catalog, NULL), 0);
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_pack(intent_catalog, &locale, &pack, NULL), 0);
    ck_assert_int_eq(hdx_analyser_open(pack, &analyser, NULL), 0);
    return analyser;
}

/* The bytes of a model, to be freed; empty when none is made. */
static inline hdx_buf trained(hdx_analyser *analyser, const asked *from)
{
    hdx_intent_example examples[64];
    hdx_buf bytes = {0};
    size_t count = 0;
    for (; from->intent; from++)
        for (size_t i = 0; i < 8 && from->texts[i]; i++)
            examples[count++] = (hdx_intent_example){
                hdx_str_of(from->intent), hdx_str_of(from->texts[i]), false};
    ck_assert_int_eq(hdx_intent_train(examples, count, analyser,
                                      &hdx_intent_aims, &bytes, NULL),
                     0);
    return bytes;
}

static inline uint64_t stamp_of(const hdx_analyser *analyser)
{
    return hdx_analyser_stamp(hdx_analyser_pack(analyser));
}

#endif
