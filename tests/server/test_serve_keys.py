"""Keys over HTTP: what each scope opens, and what becomes of one revoked."""
import json
import os
import subprocess

from serving import HELPDEX, PATIENCE, Case, article, main

JSON = {"Content-Type": "application/json"}


class Keyed(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = os.path.join(cls.work, "keys")
        cls.keys = {scope: cls.make(scope)
                    for scope in ("public", "agent", "analyst", "admin")}
        cls.guarded = cls.serve(
            "journal: events.db\nlimits:\n  key: {rate: 1, burst: 30}\n",
            env={"HELPDEX_KEYS": cls.file}, listen="0.0.0.0:0")

    @classmethod
    def make(cls, scope):
        return subprocess.run(
            [HELPDEX, "key", "create", "--keys", cls.file, "--scope", scope],
            check=True, capture_output=True, text=True,
            timeout=PATIENCE).stdout.strip()

    @classmethod
    def write_kb(cls, kb):
        article(kb, "en", "refund", "Get a refund", "Money back.")
        article(kb, "en", "secret", "A refund for Japan", "Yen back.",
                "regions: [JP]\n")
        article(kb, "en", "unborn", "A refund to come", "Later.",
                "draft: true\n")

    def ask(self, key, path, method="GET", body=None):
        headers = dict(JSON) if body else {}
        if key:
            headers["Authorization"] = "Bearer " + self.keys.get(key, key)
        return self.guarded.ask(path, method, headers, body)

    def test_without_a_key_nothing_is_answered_but_health(self):
        for path in ("/v1/search?q=refund", "/v1/suggest?q=r", "/metrics", "/",
                     "/v1/articles/en/refund", "/v1/triage/a"):
            answer = self.ask(None, path)
            self.assertIn("this needs a key", self.problem(answer, 401))
            self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")
        self.assertEqual(self.ask(None, "/healthz").status, 200)
        self.assertEqual(self.ask(None, "/readyz").status, 200)

    def test_what_is_no_key_is_told_apart_from_a_scope_too_small(self):
        self.assertIn("no such key", self.problem(
            self.ask("hdx_00000000_" + 64 * "0", "/v1/search?q=a"), 401))
        self.assertIn("does not open", self.problem(
            self.ask("public", "/metrics"), 403))

    def test_another_scheme_is_no_key(self):
        answer = self.guarded.ask("/v1/search?q=a", headers={
            "Authorization": "Basic " + self.keys["admin"]})
        self.problem(answer, 401)

    def test_each_scope_opens_what_is_its_own(self):
        contact = b'{"id": "t1", "topic": "fees"}'
        opened = {"public": (200, 403, 403), "agent": (200, 202, 403),
                  "analyst": (200, 403, 403), "admin": (200, 202, 200)}
        for scope, statuses in opened.items():
            got = (self.ask(scope, "/v1/search?q=refund").status,
                   self.ask(scope, "/v1/contacts", "POST", contact).status,
                   self.ask(scope, "/metrics").status)
            self.assertEqual(got, statuses, scope)

    def test_the_public_may_not_tell_the_outcome_of_a_flow(self):
        body = json.dumps({"message": "refund", "outcome": "flow_done"})
        answer = self.ask("public", "/v1/ask", "POST", body.encode())
        self.assertIn("scope is agent", self.problem(answer, 403))

    def test_a_key_that_is_made_or_revoked_is_heeded_at_once(self):
        key = self.make("public")
        self.assertEqual(self.ask(key, "/v1/search?q=refund").status, 200)
        subprocess.run([HELPDEX, "key", "revoke", key.split("_")[1], "--keys",
                        self.file], check=True, timeout=PATIENCE,
                       stdout=subprocess.DEVNULL)
        self.problem(self.ask(key, "/v1/search?q=refund"), 401)

    def test_a_key_has_a_rate_of_its_own(self):
        busy, calm = self.make("agent"), self.make("agent")
        statuses = [self.ask(busy, "/v1/search?q=a").status for _ in range(200)]
        self.assertIn(429, statuses)
        self.assertEqual(self.ask(calm, "/v1/search?q=a").status, 200)

    def test_answers_to_keys_are_kept_by_nobody_else(self):
        answer = self.ask("analyst", "/v1/search?q=refund")
        self.assertRegex(answer.headers["Cache-Control"], "^private, ")

    def test_articles_for_others_and_drafts_leak_through_no_route(self):
        ask = json.dumps({"message": "refund japan", "locale": "en",
                          "context": {"region": "GB"}}).encode()
        answers = [
            self.ask("admin", "/v1/search?q=refund+japan+come&region=GB"),
            self.ask("admin", "/v1/suggest?q=a+refund&region=GB"),
            self.ask("admin", "/v1/ask", "POST", ask)]
        for answer in answers:
            self.assertEqual(answer.status, 200)
            for word in (b"secret", b"Yen", b"unborn", b"to come"):
                self.assertNotIn(word, answer.body)
        for ident in ("secret", "unborn", "none"):
            answer = self.ask("admin", f"/v1/articles/en/{ident}?region=GB")
            self.problem(answer, 404)


main()
