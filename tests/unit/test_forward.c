/* store/forward.h */
#include "store/forward.h"

#include <stdio.h>

#include "tests/unit/support.h"

static const hdx_forward_article articles[] = {
    {.id = HDX_STR("konto/sperren"),
     .title = HDX_STR("Konto sperren"),
     .path = HDX_STR("de/konto/sperren.md"),
     .url = HDX_STR("https://x.example/de/k"),
     .category = HDX_STR("konto"),
     .deep_link = HDX_STR("app://lock"),
     .regions = HDX_STR("XA\nXB"),
     .platforms = HDX_STR("-web"),
     .source = HDX_STR("\x01\x02\x03\x04\x05\x06\x07\x08"),
     .questions = HDX_STR("wie sperre ich mein konto\nkarte weg"),
     .digest = UINT64_MAX - 1,
     .weight = 10,
     .modified = -20000,
     .helped = 7,
     .unhelped = 2,
     .behind = 1,
     .sections = 3,
     .high_stakes = true},
    {.id = HDX_STR("ถอนเงิน"),
     .title = HDX_STR("ถอนเงินอย่างไร"),
     .path = HDX_STR("th/ถอนเงิน.md"),
     .url = HDX_STR("")},
    {.id = HDX_STR("أمان"),
     .title = HDX_STR("تأمين الحساب"),
     .path = HDX_STR("ar/أمان.md"),
     .url = HDX_STR("")}};

/* One article with two sections, one with one, one with none. */
static const char *sample(void)
{
    const char *path = join(temp_dir(), "forward");
    hdx_forward_writer *w;
    ck_assert_int_eq(hdx_forward_writer_new(&w, NULL), 0);
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_int_eq(hdx_forward_add_article(w, &articles[i], NULL), 0);
        for (uint32_t n = i; n < 2; n++) {
            const hdx_forward_section s = {.line = 10 * i + n,
                                           .anchor = HDX_STR("schritt"),
                                           .headings =
                                               HDX_STR("Zuerst\nSchritt"),
                                           .text = HDX_STR("帳戶 and ผู้ใช้")};
            ck_assert_int_eq(hdx_forward_add_section(w, &s, NULL), 0);
        }
    }
    ck_assert_int_eq(hdx_forward_write(w, path, NULL), 0);
    hdx_forward_writer_free(w);
    return path;
}

static hdx_forward *open_it(const char *path)
{
    hdx_forward *f;
    helpdex_error err;
    ck_assert_int_eq(hdx_forward_open(path, &f, &err), HELPDEX_OK);
    return f;
}

static size_t touch(hdx_str text)
{
    size_t sum = text.ptr[text.len] == '\0';
    for (size_t i = 0; i < text.len; i++)
        sum += (unsigned char)text.ptr[i];
    return sum;
}

/* Reads all there is; a wild reference would end the process. */
static size_t read_all(const hdx_forward *f)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < hdx_forward_article_count(f); i++) {
        hdx_forward_article a = hdx_forward_article_at(f, i);
        sum += touch(a.id) + touch(a.title) + touch(a.path) + touch(a.url);
        sum += hdx_forward_find(f, a.id) == i;
    }
    for (uint32_t i = 0; i < hdx_forward_section_count(f); i++) {
        hdx_forward_section s = hdx_forward_section_at(f, i);
        ck_assert_uint_lt(s.article, hdx_forward_article_count(f));
        ck_assert_uint_eq(s.article, hdx_forward_article_of(f, i));
        sum += touch(s.anchor) + touch(s.headings) + touch(s.text);
    }
    return sum;
}

/* The file is either refused as damaged or can be read to the end. */
static bool refused(const char *path)
{
    hdx_forward *f;
    helpdex_error err = {0};
    helpdex_status status = hdx_forward_open(path, &f, &err);
    if (status) {
        ck_assert_int_eq(status, HELPDEX_DAMAGED);
        ck_assert_ptr_null(f);
        ck_assert_str_eq(err.file, path);
        return true;
    }
    ck_assert_uint_gt(read_all(f) + 1, 0);
    hdx_forward_free(f);
    return false;
}

START_TEST(articles_come_back_as_they_were_added)
{
    hdx_forward *f = open_it(sample());
    ck_assert_uint_eq(hdx_forward_article_count(f), 3);
    for (uint32_t i = 0; i < 3; i++) {
        hdx_forward_article a = hdx_forward_article_at(f, i);
        ck_assert_str_is(a.id, articles[i].id.ptr);
        ck_assert_str_is(a.title, articles[i].title.ptr);
        ck_assert_str_is(a.path, articles[i].path.ptr);
        ck_assert_str_is(a.url, articles[i].url.ptr);
    }
    hdx_forward_free(f);
}
END_TEST

START_TEST(facts_of_an_article_come_back)
{
    hdx_forward *f = open_it(sample());
    hdx_forward_article a = hdx_forward_article_at(f, 0);
    hdx_forward_article bare = hdx_forward_article_at(f, 1);
    ck_assert_str_is(a.category, "konto");
    ck_assert_str_is(a.deep_link, "app://lock");
    ck_assert_str_is(a.regions, "XA\nXB");
    ck_assert_str_is(a.platforms, "-web");
    ck_assert(hdx_str_eq(a.source, articles[0].source));
    ck_assert(hdx_str_eq(a.questions, articles[0].questions));
    ck_assert_uint_eq(a.digest, UINT64_MAX - 1);
    ck_assert_uint_eq(a.weight, 10);
    ck_assert_int_eq(a.modified, -20000);
    ck_assert_uint_eq(a.helped * 100 + a.unhelped, 702);
    ck_assert_uint_eq(a.behind * 10 + a.sections, 13);
    ck_assert(a.high_stakes && !bare.high_stakes);
    ck_assert_str_is(bare.regions, "");
    hdx_forward_free(f);
}
END_TEST

START_TEST(sections_of_an_article_are_neighbours)
{
    static const uint32_t ends[] = {0, 2, 3, 3};
    hdx_forward *f = open_it(sample());
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t first, end;
        hdx_forward_sections_of(f, i, &first, &end);
        ck_assert_uint_eq(first, ends[i]);
        ck_assert_uint_eq(end, ends[i + 1]);
    }
    hdx_forward_free(f);
}
END_TEST

START_TEST(sections_know_their_articles)
{
    hdx_forward *f = open_it(sample());
    ck_assert_uint_eq(hdx_forward_section_count(f), 3);
    ck_assert_uint_eq(hdx_forward_article_of(f, 0), 0);
    ck_assert_uint_eq(hdx_forward_article_of(f, 1), 0);
    ck_assert_uint_eq(hdx_forward_article_of(f, 2), 1);
    hdx_forward_section s = hdx_forward_section_at(f, 2);
    ck_assert_uint_eq(s.line, 11);
    ck_assert_str_is(s.anchor, "schritt");
    ck_assert_str_is(s.headings, "Zuerst\nSchritt");
    ck_assert_str_is(s.text, "帳戶 and ผู้ใช้");
    hdx_forward_free(f);
}
END_TEST

START_TEST(texts_are_terminated)
{
    hdx_forward *f = open_it(sample());
    ck_assert_str_eq(hdx_forward_article_at(f, 1).url.ptr, "");
    ck_assert_str_eq(hdx_forward_article_at(f, 2).id.ptr, "أمان");
    hdx_forward_free(f);
}
END_TEST

START_TEST(ids_are_looked_up_whole)
{
    hdx_forward *f = open_it(sample());
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_eq(hdx_forward_find(f, articles[i].id), i);
    const char *const others[] = {
        "",    "konto", "konto/sperren2",  "Konto/sperren",
        "ถอน", "zzz",   "\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert(hdx_forward_find(f, hdx_str_of(others[i])) == HDX_NO_ARTICLE);
    hdx_forward_free(f);
}
END_TEST

START_TEST(a_thousand_ids_in_any_order_are_found)
{
    const char *path = join(temp_dir(), "forward");
    hdx_forward_writer *w;
    char id[16];
    ck_assert_int_eq(hdx_forward_writer_new(&w, NULL), 0);
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "a%u", i * 7919 % 1000);
        const hdx_forward_article a = {.id = hdx_str_of(id)};
        ck_assert_int_eq(hdx_forward_add_article(w, &a, NULL), 0);
    }
    ck_assert_int_eq(hdx_forward_write(w, path, NULL), 0);
    hdx_forward_writer_free(w);
    hdx_forward *f = open_it(path);
    for (unsigned i = 0; i < 1100; i++) {
        snprintf(id, sizeof id, "a%u", i);
        ck_assert_int_eq(hdx_forward_find(f, hdx_str_of(id)) != HDX_NO_ARTICLE,
                         i < 1000);
    }
    hdx_forward_free(f);
}
END_TEST

START_TEST(nothing_at_all_can_be_written_and_read)
{
    const char *path = join(temp_dir(), "forward");
    hdx_forward_writer *w;
    ck_assert_int_eq(hdx_forward_writer_new(&w, NULL), 0);
    ck_assert_int_eq(hdx_forward_write(w, path, NULL), 0);
    hdx_forward_writer_free(w);
    hdx_forward *f = open_it(path);
    ck_assert_uint_eq(hdx_forward_article_count(f), 0);
    ck_assert_uint_eq(hdx_forward_section_count(f), 0);
    ck_assert(hdx_forward_find(f, HDX_STR("x")) == HDX_NO_ARTICLE);
    hdx_forward_free(f);
}
END_TEST

START_TEST(the_same_input_gives_the_same_bytes)
{
    size_t one_size, two_size;
    char *one = read_text(sample(), &one_size);
    char *two = read_text(sample(), &two_size);
    ck_assert_uint_eq(one_size, two_size);
    ck_assert_mem_eq(one, two, one_size);
    free(one);
    free(two);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    const char *path = sample();
    size_t size;
    char *bytes = read_text(path, &size);
    for (size_t cut = 0; cut < size; cut++) {
        write_file(path, (hdx_str){bytes, cut});
        ck_assert_msg(refused(path), "%zu of %zu bytes pass", cut, size);
    }
    free(bytes);
}
END_TEST

START_TEST(a_longer_file_is_refused)
{
    const char *path = sample();
    size_t size;
    char *bytes = read_text(path, &size);
    write_file(path, (hdx_str){bytes, size + 1}); /* with read_text's NUL */
    ck_assert(refused(path));
    free(bytes);
}
END_TEST

START_TEST(no_flipped_bit_leads_outside)
{
    const char *path = sample();
    size_t size, refusals = 0;
    char *bytes = read_text(path, &size);
    for (size_t at = 0; at < size; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            bytes[at] = (char)(bytes[at] ^ 1 << bit);
            write_file(path, (hdx_str){bytes, size});
            refusals += refused(path);
            bytes[at] = (char)(bytes[at] ^ 1 << bit);
        }
    ck_assert_uint_gt(refusals, 24 * 8); /* all of the header, and more */
    free(bytes);
}
END_TEST

START_TEST(huge_counts_are_refused)
{
    const char *path = sample();
    size_t size;
    char *bytes = read_text(path, &size);
    for (size_t field = 12; field < 24; field += 4) {
        char kept[4];
        memcpy(kept, bytes + field, 4);
        memset(bytes + field, 0xFF, 4);
        write_file(path, (hdx_str){bytes, size});
        ck_assert(refused(path));
        memcpy(bytes + field, kept, 4);
    }
    free(bytes);
}
END_TEST

START_TEST(other_files_are_refused)
{
    const char *path = join(temp_dir(), "forward");
    const char *const others[] = {"", "HDXFWD1\n", "HDXFWD1\n\1\2\3\4",
                                  "# สวัสดี ชาวโลก ทุกคน\n"};
    for (size_t i = 0; i < 4; i++) {
        write_text(path, others[i]);
        ck_assert(refused(path));
    }
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
    hdx_forward *f;
    helpdex_error err;
    ck_assert_int_eq(hdx_forward_open(join(temp_dir(), "none"), &f, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_null(f);
    hdx_forward_free(NULL);
    hdx_forward_writer_free(NULL);
}
END_TEST

START_TEST(what_is_gone_is_not_found_by_its_id)
{
    hdx_forward *f = open_it(sample());
    const char *path = join(temp_dir(), "gone");
    const uint32_t gone[] = {1};
    ck_assert_int_eq(hdx_gone_write(path, gone, 1, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_forward_hide(f, path, NULL), HELPDEX_OK);
    ck_assert(!hdx_forward_is_gone(f, 0) && hdx_forward_is_gone(f, 1));
    ck_assert_uint_eq(hdx_forward_find(f, HDX_STR("ถอนเงิน")), HDX_NO_ARTICLE);
    ck_assert_uint_eq(hdx_forward_find(f, HDX_STR("أمان")), 2);
    ck_assert_uint_eq(hdx_forward_article_count(f), 3);
    hdx_forward_free(f);
}
END_TEST

START_TEST(articles_that_are_not_there_cannot_be_gone)
{
    hdx_forward *f = open_it(sample());
    const char *path = join(temp_dir(), "gone");
    const uint32_t gone[] = {0, 3};
    helpdex_error err;
    ck_assert_int_eq(hdx_gone_write(path, gone, 2, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_forward_hide(f, path, &err), HELPDEX_DAMAGED);
    ck_assert_str_eq(err.file, path);
    write_text(path, "gone");
    ck_assert_int_eq(hdx_forward_hide(f, path, &err), HELPDEX_DAMAGED);
    hdx_forward_free(f);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {articles_come_back_as_they_were_added,
                                  facts_of_an_article_come_back,
                                  sections_of_an_article_are_neighbours,
                                  sections_know_their_articles,
                                  texts_are_terminated,
                                  ids_are_looked_up_whole,
                                  a_thousand_ids_in_any_order_are_found,
                                  nothing_at_all_can_be_written_and_read,
                                  the_same_input_gives_the_same_bytes,
                                  every_truncation_is_refused,
                                  a_longer_file_is_refused,
                                  no_flipped_bit_leads_outside,
                                  huge_counts_are_refused,
                                  other_files_are_refused,
                                  a_missing_file_is_not_found,
                                  what_is_gone_is_not_found_by_its_id,
                                  articles_that_are_not_there_cannot_be_gone,
                                  NULL};
    return run_suite("forward", tests);
}
