"""What the journal gets of requests, redacted."""
import json
import os
import sqlite3
import time

from serving import PATIENCE, Case, main

JSON = {"Content-Type": "application/json"}


class Journal(Case):
    config = "journal: events.db\n"

    def rows(self, table, where, *values):
        """Those that are there as soon as there are any."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with sqlite3.connect(os.path.join(self.work, "events.db")) as db:
                db.row_factory = sqlite3.Row
                found = db.execute(f"SELECT * FROM {table} WHERE {where}",
                                   values).fetchall()
            if found:
                return found
            time.sleep(0.02)
        self.fail(f"nothing in {table} where {where}")

    def post(self, path, **body):
        return self.server.ask(path, "POST", JSON, json.dumps(body).encode())

    def taken(self, path, **body):
        answer = self.post(path, **body)
        self.assertEqual((answer.status, answer.body), (202, b""))

    def test_a_search_is_noted_each_time(self):
        for _ in range(2):
            self.server.ask("/v1/search?q=refund+me&locale=en&region=GB")
        self.server.ask("/v1/search?q=the+last&locale=en")
        self.rows("searches", "query = 'the last'")
        rows = self.rows("searches", "query = 'refund me'")
        self.assertEqual(len(rows), 2)
        self.assertEqual((rows[0]["first_id"], rows[0]["region"]),
                         ("refund", "GB"))

    def test_a_decision_is_noted_by_its_conversation_and_redacted(self):
        said = self.post("/v1/ask", message="refund to a@example.com",
                         locale="en").json()
        row, = self.rows("decisions", "session = ?", said["conversation"])
        self.assertEqual(row["message"], "refund to <email>")
        self.assertEqual(row["decision"], said["decision"])
        self.assertEqual(row["generation"], said["generation"])

    def test_a_handoff_is_noted(self):
        said = self.post("/v1/ask", message="I want to talk to a human",
                         locale="en").json()
        row, = self.rows("handoffs", "id = ?", said["handoff"]["id"])
        self.assertEqual(row["urgency"], said["handoff"]["urgency"])

    def test_feedback_and_stars_are_noted_with_one_comment(self):
        self.taken("/v1/feedback", id="refund", locale="en", helped=False,
                   rating=2, comment="ask a@example.com", session="s1")
        row, = self.rows("feedback", "session = 's1'")
        self.assertEqual((row["helpful"], row["comment"]), (0, "ask <email>"))
        row, = self.rows("ratings", "session = 's1'")
        self.assertEqual((row["stars"], row["comment"]), (2, None))

    def test_stars_need_no_article(self):
        self.taken("/v1/feedback", rating=5, session="s2", comment="ขอบคุณ")
        row, = self.rows("ratings", "session = 's2'")
        self.assertEqual((row["stars"], row["comment"]), (5, "ขอบคุณ"))

    def test_a_contact_is_noted_once(self):
        for _ in range(2):
            self.taken("/v1/contacts", id="t-7", channel="email", topic="fees",
                       text="card 4111 1111 1111 1111", customer="c1")
        self.taken("/v1/contacts", id="t-8")
        self.rows("contacts", "id = 't-8'")
        row, = self.rows("contacts", "id = 't-7'")
        self.assertEqual(row["text"], "card <card>")

    def test_what_is_wrong_is_named(self):
        for path, body, name in (
                ("feedback", {}, "helped and rating are missing"),
                ("feedback", {"helped": True}, "id is missing"),
                ("feedback", {"id": "a", "helped": 1}, "helped is neither"),
                ("feedback", {"rating": 6}, "rating is no integer"),
                ("feedback", {"rating": 2.5}, "rating is no integer"),
                ("feedback", {"rating": 1, "session": "a b"}, "session"),
                ("contacts", {}, "the contact is empty"),
                ("contacts", {"id": "a", "text": 1}, "text is no text")):
            detail = self.problem(self.post("/v1/" + path, **body), 400)
            self.assertIn(name, detail)

    def test_the_token_of_a_session_is_not_noted(self):
        said = self.post("/v1/ask", message="refund", locale="en").json()
        self.problem(self.post("/v1/feedback", rating=1,
                               session=said["session"]), 400)

    def test_without_a_journal_nothing_is_taken(self):
        server = self.serve()
        answer = server.ask("/v1/feedback", "POST", JSON, b'{"rating": 1}')
        self.assertIn("no journal", self.problem(answer, 404))


main()
