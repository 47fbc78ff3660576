/* importer/links.c */
#include "importer/links.h"

#include "tests/unit/support.h"

static hdx_intake in;

/* Article 7 is there, and no other. */
static hdx_str path_of(void *context, hdx_str id)
{
    (void)context;
    return hdx_str_eq(id, HDX_STR("7")) ? HDX_STR("de/geld/a.md") : HDX_STR("");
}

static void becomes(const char *body, const char *expected)
{
    hdx_incoming article = {.id = HDX_STR("1"),
                            .locale = HDX_STR("de"),
                            .url = HDX_STR("https://help.example/articles/1"),
                            .path = HDX_STR("de/boot/b.md"),
                            .body = hdx_str_of(body)};
    hdx_str out;
    ck_assert_int_eq(
        hdx_links_localise(&in, &article, path_of, NULL, &out, NULL), 0);
    ck_assert_str_is(out, expected);
}

START_TEST(addresses_of_articles_become_paths)
{
    becomes("[ไป](https://HELP.example/hc/de/articles/7-geld#ราคา).",
            "[ไป](../geld/a.md#ราคา).");
    becomes("![x](y) [退](/articles/7?lang=zh) z",
            "![x](y) [退](../geld/a.md) z");
    ck_assert_uint_eq(in.finding_count, 0);
}
END_TEST

START_TEST(other_addresses_stay)
{
    becomes("[a](https://other.example/articles/7)",
            "[a](https://other.example/articles/7)");
    becomes("[a](/articles/7x) [b](/articles/) [c]()",
            "[a](/articles/7x) [b](/articles/) [c]()");
    becomes("[a](?next=/articles/7)", "[a](?next=/articles/7)");
    ck_assert_uint_eq(in.finding_count, 0);
}
END_TEST

START_TEST(code_and_escaped_signs_are_no_links)
{
    becomes("`](/articles/7)` [a](/articles/7)",
            "`](/articles/7)` [a](../geld/a.md)");
    becomes("```\n`[a](/articles/7)\n```\n", "```\n`[a](/articles/7)\n```\n");
    becomes("\\[a\\](/articles/7) \\`[a](/articles/7)`",
            "\\[a\\](/articles/7) \\`[a](../geld/a.md)`");
}
END_TEST

START_TEST(an_article_that_was_not_imported_is_named)
{
    becomes("[a](/articles/8)", "[a](/articles/8)");
    ck_assert_uint_eq(in.finding_count, 1);
    ck_assert_str_eq(in.findings[0].message,
                     "article 1 (de) links to article 8, which is not in the "
                     "export; correct the link");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        addresses_of_articles_become_paths, other_addresses_stay,
        code_and_escaped_signs_are_no_links,
        an_article_that_was_not_imported_is_named, NULL};
    return run_suite("links", tests);
}
