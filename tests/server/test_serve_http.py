"""Answers over HTTP: the same as on the command line, and what HTTP adds."""
import gzip
import json
import subprocess

from serving import HELPDEX, PATIENT, SOURCE_DIR, Case, main


class Http(Case):
    kb = SOURCE_DIR + "/kb"

    def of_program(self, *arguments):
        out = subprocess.run([HELPDEX, *arguments, "--json", "--index",
                              self.index], capture_output=True, check=True)
        return json.loads(out.stdout)

    def test_a_search_is_what_the_program_prints(self):
        seen = self.server.ask("/v1/search?q=%E0%B9%80%E0%B8%87%E0%B8%B4%E0%B8"
                               "%99%E0%B9%84%E0%B8%A1%E0%B9%88%E0%B9%80%E0%B8"
                               "%82%E0%B9%89%E0%B8%B2&locale=th&limit=3").json()
        told = self.of_program("search", "เงินไม่เข้า", "--locale", "th",
                               "--limit", "3")
        told["took_us"] = seen["took_us"]
        self.assertEqual(seen, told)
        self.assertEqual(seen["hits"][0]["locale"], "th")

    def test_a_budget_gives_passages(self):
        seen = self.server.ask("/v1/search?q=card+declined&locale=en"
                               "&budget=300").json()
        self.assertTrue(seen["passages"])
        self.assertIn(seen["passages"][0]["text"][:20], seen["context"])

    def test_suggestions_are_what_the_program_prints(self):
        seen = self.server.ask("/v1/suggest?q=sumah&locale=ja&limit=10").json()
        told = self.of_program("suggest", "sumah", "--locale", "ja")
        self.assertEqual(seen, told)
        self.assertTrue(seen["suggestions"])

    def test_an_article_is_whole(self):
        page = self.server.ask("/v1/articles/de/missing-deposit").json()
        self.assertEqual((page["locale"], page["fallback"]), ("de", False))
        self.assertGreater(len(page["sections"]), 3)
        self.assertIn("zh-Hans", [l["locale"] for l in page["locales"]])
        for section in page["sections"]:
            self.assertTrue(section["html"].startswith("<p>"))

    def test_an_article_falls_back(self):
        page = self.server.ask("/v1/articles/sv/missing-deposit").json()
        self.assertEqual((page["locale"], page["fallback"]), ("en", True))

    def test_what_is_not_there_is_a_problem(self):
        for path in ("/v1/articles/en/nothing", "/v1/serach", "/v1/search/",
                     "/v1", "//", "/v1/articles/en"):
            self.problem(self.server.ask(path), 404)

    def test_parameters_are_checked(self):
        for query, detail in (("", "q is missing"),
                              ("q=a&limit=0", "limit is no number"),
                              ("q=a&limit=101", "limit is no number"),
                              ("q=a&limit=1e1", "limit is no number"),
                              ("q=a&q=b", "q is given twice"),
                              ("q=a&locale=not+a+tag", "not a language tag"),
                              ("q=" + "a" * 4097, "q has over 4096 bytes"),
                              ("q=%zz", "hexadecimal"), ("q=%00", "UTF-8"),
                              ("q=%ff", "UTF-8"), ("q=%", "hexadecimal")):
            answer = self.server.ask("/v1/search?" + query)
            self.assertIn(detail, self.problem(answer, 400))

    def test_a_method_that_is_not_taken_names_those_that_are(self):
        for method in ("POST", "DELETE", "BREW"):
            answer = self.server.ask("/v1/search?q=a", method)
            self.problem(answer, 405)
            self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")

    def test_head_is_get_without_a_body(self):
        head = self.server.ask("/v1/search?q=card&locale=en", "HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertGreater(int(head.headers["Content-Length"]), 1000)

    def test_options_say_what_there_is(self):
        answer = self.server.ask("/v1/search", "OPTIONS")
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")
        self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])

    def test_an_answer_that_is_known_is_not_sent_again(self):
        path = "/v1/search?q=card&locale=en"
        first = self.server.ask(path)
        self.assertRegex(first.headers["Cache-Control"], "public, max-age=60")
        tag = first.headers["ETag"]
        self.assertIn(first.json()["generation"], tag)
        for known in (tag, '"other", ' + tag):
            again = self.server.ask(path, headers={"If-None-Match": known})
            self.assertEqual((again.status, again.body), (304, b""))
            self.assertEqual(again.headers["ETag"], tag)
        other = self.server.ask(path + "&limit=2",
                                headers={"If-None-Match": tag})
        self.assertEqual(other.status, 200)

    def test_long_answers_are_packed_for_who_takes_it(self):
        path = "/v1/search?q=card&locale=en"
        plain = self.server.ask(path)
        packed = self.server.ask(path, headers={"Accept-Encoding": "br, gzip"})
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(packed.body))["hits"],
                         plain.json()["hits"])
        for no in ("identity", "gzip;q=0", "gzip; q=0.000", "x-gzip"):
            seen = self.server.ask(path, headers={"Accept-Encoding": no})
            self.assertIsNone(seen.headers["Content-Encoding"])
        short = self.server.ask("/healthz", headers={"Accept-Encoding": "gzip"})
        self.assertIsNone(short.headers["Content-Encoding"])

    def test_an_id_of_a_request_goes_all_the_way(self):
        answer = self.server.ask("/v1/nothing", headers={"X-Request-Id": "a-1"})
        self.assertEqual(answer.headers["X-Request-Id"], "a-1")
        self.assertEqual(answer.json()["request"], "a-1")
        for strange in ("a b", 'a"b', "a" * 65, "<b>"):
            answer = self.server.ask("/healthz",
                                     headers={"X-Request-Id": strange})
            self.assertRegex(answer.headers["X-Request-Id"], "^[0-9a-f]{16}$")

    def test_health_and_readiness(self):
        self.assertEqual(self.server.ask("/healthz").json(), {"status": "ok"})
        ready = self.server.ask("/readyz").json()
        self.assertEqual((ready["status"], ready["reason"]), ("ready", None))

    def test_figures_count_requests(self):
        self.server.ask("/v1/suggest?q=a")
        figures = self.server.ask("/metrics").body.decode()
        self.assertRegex(figures, r'requests_total\{route="suggest",'
                                  r'status="2xx"\} [1-9]')
        self.assertRegex(figures, r"\nhelpdex_degraded 0\n")

    def test_what_is_asked_again_is_answered_alike(self):
        path = "/v1/search?q=mein+Geld&locale=de"
        seen = [self.server.ask(path, headers={"Accept-Encoding": how})
                for how in ("gzip", "identity") * 4]
        plain = {answer.body if index % 2 else gzip.decompress(answer.body)
                 for index, answer in enumerate(seen)}
        self.assertLessEqual(len(plain), 4)  # each thread asked for itself
        for body in plain:
            told, first = json.loads(body), seen[1].json()
            told["took_us"] = first["took_us"]
            self.assertEqual(told, first)
        figures = self.server.ask("/metrics").body.decode()
        self.assertRegex(figures, r"\nhelpdex_repeated_total [1-9]")

    def test_who_came_through_a_proxy_sees_no_figures(self):
        for header in ("X-Forwarded-For", "Forwarded", "Origin"):
            answer = self.server.ask("/metrics", headers={header: "192.0.2.1"})
            self.problem(answer, 401)

    def test_the_page_is_escaped_and_runs_nothing(self):
        page = self.server.ask("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        self.assertIn("default-src 'none'",
                      page.headers["Content-Security-Policy"])
        self.assertNotIn(b"<script", page.body)
        self.assertIn(b'value="&quot;&gt;&lt;script&gt;', page.body)

    def test_the_page_is_in_the_language_of_the_browser(self):
        page = self.server.ask("/?q=card", headers={
            "Accept-Language": "fi, ar-EG;q=0.8, en;q=0.5"}).body.decode()
        self.assertIn('<html lang="ar" dir="rtl">', page)
        self.assertIn("<option selected>ar</option>", page)

    def test_the_log_has_no_question_and_no_address(self):
        self.server.ask("/v1/search?q=secret+words&locale=en",
                        headers={"X-Request-Id": "logged"})
        seen = self.server.request("logged")
        self.assertEqual((seen["route"], seen["status"], seen["client"]),
                         ("/v1/search", 200, "127.0.0.0"))
        self.assertNotIn("secret", json.dumps(seen))


class Configured(Case):
    config = PATIENT + """
cors:
  origins: [https://help.example.com]
log:
  queries: true
proxies: [127.0.0.1]
cache:
  seconds: 5
"""

    def test_a_listed_origin_may_read(self):
        origin = "https://help.example.com"
        answer = self.server.ask("/v1/search?q=a", headers={"Origin": origin})
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], origin)
        self.assertIn("Origin", answer.headers["Vary"])
        asked = self.server.ask("/v1/search", "OPTIONS", {
            "Origin": origin, "Access-Control-Request-Method": "GET"})
        self.assertEqual(asked.status, 204)
        self.assertIn("GET", asked.headers["Access-Control-Allow-Methods"])

    def test_another_may_not(self):
        for origin in ("https://help.example.com.evil.example", "null"):
            answer = self.server.ask("/v1/search?q=a",
                                     headers={"Origin": origin})
            self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])

    def test_questions_are_logged_redacted(self):
        self.server.ask("/v1/search?q=refund+for+jane@example.com",
                        headers={"X-Request-Id": "q",
                                 "X-Forwarded-For": "198.51.100.7"})
        seen = self.server.request("q")
        self.assertEqual(seen["query"], "refund for <email>")
        self.assertEqual(seen["client"], "198.51.100.0")

    def test_answers_are_kept_as_long_as_it_says(self):
        answer = self.server.ask("/v1/search?q=a")
        self.assertEqual(answer.headers["Cache-Control"], "public, max-age=5")


main()
