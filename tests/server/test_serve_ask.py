"""Conversations: over connections, with flows, and to a person."""
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import time

from serving import HELPDEX, PATIENCE, SOURCE_DIR, Case, main

SECRET = "a secret of more than sixteen bytes"
KEY = "a key of more than sixteen bytes"
JSON = {"Content-Type": "application/json"}


class Conversations(Case):
    kb = SOURCE_DIR + "/kb"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log, cls.script = cls.write("calls", ""), cls.write("script", "")
        cls.receiver = subprocess.Popen(
            [sys.executable, SOURCE_DIR + "/tests/handoff/receiver.py",
             cls.log, cls.script], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
            env={**os.environ, "RECEIVER_SECRET": SECRET})
        port = cls.receiver.stdout.readline().strip()
        cls.url = url = f"http://127.0.0.1:{port}"
        cls.desk = cls.serve(
            "session: {key_env: SESSION_KEY}\n"
            "handoff:\n  outbox: outbox.db\n  targets:\n    desk:\n"
            f"      adapter: generic\n      url: {url}/desk\n"
            "      secret_env: HOOK_SECRET\n"
            f"flows:\n  proof-of-address:\n    url: {url}/flow\n"
            "    secret_env: HOOK_SECRET\n",
            env={"SESSION_KEY": KEY, "HOOK_SECRET": SECRET})

    @classmethod
    def tearDownClass(cls):
        cls.receiver.communicate()
        super().tearDownClass()

    def ask(self, server=None, **body):
        answer = (server or self.desk).ask("/v1/ask", "POST", JSON,
                                           json.dumps(body).encode())
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        return answer.json()

    def calls(self, path):
        with open(self.log, encoding="utf-8") as file:
            calls = [json.loads(line) for line in file]
        return [call for call in calls if call["path"] == path]

    def delivered(self, ident):
        """The call that brought the packet of this id; it comes by itself."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for call in self.calls("/desk"):
                if json.loads(call["body"])["id"] == ident:
                    return call
            time.sleep(0.02)
        self.fail(f"{ident} was not delivered")

    def test_a_conversation_in_thai_goes_on_over_another_connection(self):
        first = self.ask(message="ฝากเหรียญแล้วยอดไม่เข้า", locale="th")
        self.assertEqual(first["decision"], "clarify")
        self.assertTrue(first["reassurance"])
        labels = [option["label"] for option in first["options"]]
        self.assertIn("โอนผ่านธนาคาร", labels)
        second = self.ask(message="โอนผ่านธนาคาร", session=first["session"])
        self.assertEqual(second["locale"], "th")
        self.assertEqual(second["conversation"], first["conversation"])
        self.assertIn("path", second["reasons"])
        self.assertNotEqual(second["prompt"], first["prompt"])

    def test_a_conversation_goes_on_at_another_server_with_the_same_key(self):
        first = self.ask(message="my deposit is missing", locale="en")
        other = self.serve("session: {key_env: SESSION_KEY}\n",
                           env={"SESSION_KEY": KEY})
        second = self.ask(other, message="1", session=first["session"])
        self.assertEqual(second["conversation"], first["conversation"])

    def test_a_forged_session_begins_anew_and_says_so(self):
        first = self.ask(message="my deposit is missing", locale="en")
        token = first["session"]
        forged = token[:-1] + ("0" if token[-1] != "0" else "1")
        second = self.ask(message="my deposit is missing", session=forged)
        self.assertIn("session_refused", second["reasons"])
        self.assertNotEqual(second["conversation"], first["conversation"])

    def test_a_session_of_a_server_without_a_key_is_none_elsewhere(self):
        first = self.ask(self.server, message="fees", locale="en")
        second = self.ask(message="fees", session=first["session"])
        self.assertIn("session_refused", second["reasons"])

    def test_a_person_who_is_asked_for_in_arabic_gets_the_packet(self):
        said = self.ask(message="أريد التحدث إلى شخص", locale="ar",
                        context={"customer": "c-42"})
        self.assertEqual(said["decision"], "escalate")
        call = self.delivered(said["handoff"]["id"])
        self.assertEqual(json.loads(call["body"]), said["handoff"])
        self.assertEqual(said["handoff"]["context"], {"customer": "c-42"})
        stamp = call["headers"]["Helpdex-Timestamp"]
        made = hmac.new(SECRET.encode(), f"{stamp}.{call['body']}".encode(),
                        hashlib.sha256).hexdigest()
        self.assertEqual(call["headers"]["Helpdex-Signature"], "v1=" + made)

    def test_a_button_asks_for_a_person_in_any_language(self):
        first = self.ask(message="手续费是多少", locale="zh-Hans")
        said = self.ask(session=first["session"], outcome="person")
        self.assertEqual(said["reasons"], ["person_asked"])
        self.assertEqual(said["handoff"]["summary"], "手续费是多少")
        self.delivered(said["handoff"]["id"])

    def test_a_person_who_is_asked_for_within_a_path_is_of_its_queue(self):
        first = self.ask(message="my deposit is missing", locale="en")
        said = self.ask(session=first["session"], outcome="person")
        self.assertEqual(said["handoff"]["queue"], "deposits")
        self.assertEqual(said["handoff"]["urgency"], "urgent")
        self.delivered(said["handoff"]["id"])

    def test_a_tool_of_a_model_hands_over_with_the_key_of_an_agent(self):
        keys = os.path.join(self.work, "agents")
        key = subprocess.run(
            [HELPDEX, "key", "create", "--keys", keys, "--scope", "agent"],
            check=True, capture_output=True, text=True,
            timeout=PATIENCE).stdout.strip()
        server = self.serve(
            "handoff:\n  outbox: models.db\n  targets:\n    desk:\n"
            f"      adapter: generic\n      url: {self.url}/desk\n"
            "      secret_env: HOOK_SECRET\n",
            env={"HOOK_SECRET": SECRET, "HELPDEX_KEYS": keys})

        def use(name, **arguments):
            return server.ask(
                "/mcp", "POST", {**JSON, "Authorization": "Bearer " + key},
                json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                            "params": {"name": name, "arguments": arguments}}
                           ).encode()).json()["result"]["structuredContent"]
        asked = use("ask", message="입금이 안 들어와요", locale="ko")
        said = use("escalate", message="사람이 필요해요",
                   session=asked["session"])
        self.assertTrue(said["queued"])
        packet = json.loads(self.delivered(said["packet"]["id"])["body"])
        self.assertEqual(packet["summary"], "입금이 안 들어와요")
        self.assertEqual(packet["locale"], "ko")

    def to_the_flow(self):
        step = self.ask(message="proof of address", locale="en")
        for _ in range(5):
            if "flow" in step["reasons"] or not step["options"]:
                break
            step = self.ask(message=step["options"][0]["value"],
                            session=step["session"])
        self.assertIn("flow", step["reasons"])
        return step

    def test_a_flow_that_is_done_says_its_text(self):
        with open(self.script, "a") as file:
            file.write('say {"status": "done", "text": "Open the app."}\n')
        before = len(self.calls("/flow"))
        step = self.to_the_flow()
        self.assertEqual(len(self.calls("/flow")), before + 1)
        self.assertEqual(step["answer"]["text"], "Open the app.")
        self.assertIsNone(step["flow"])

    def test_a_flow_that_fails_is_said_and_the_path_goes_on(self):
        with open(self.script, "a") as file:
            file.write("500\n")
        step = self.to_the_flow()
        text = json.dumps(step, ensure_ascii=False)
        self.assertIn("could not be started just now", text)
        self.assertTrue(step["human"]["label"])

    def wait_for_call(self, path):
        end = time.monotonic() + PATIENCE
        while not self.calls(path):
            self.assertLess(time.monotonic(), end, f"nobody called {path}")
            time.sleep(0.02)

    def start_slow_flow(self, server, path):
        """The connection on which the answer will come."""
        with open(self.script, "a") as file:
            file.write("hang\n")
        step = self.ask(server, message="proof of address", locale="en")
        step = self.ask(server, message="upload", session=step["session"])
        connection = server.connect()
        connection.request("POST", "/v1/ask", json.dumps(
            {"message": "1", "session": step["session"]}), JSON)
        self.wait_for_call(path)
        return connection

    def serve_slow(self, path, timeout):
        return self.serve(
            "threads: 1\nflows:\n  proof-of-address:\n"
            f"    url: {self.url}/{path}\n    secret_env: HOOK_SECRET\n"
            f"    timeout: {timeout}\n", env={"HOOK_SECRET": SECRET})

    def test_a_backend_that_does_not_answer_keeps_nobody_else_waiting(self):
        server = self.serve_slow("slow", 2)
        connection = self.start_slow_flow(server, "/slow")
        self.assertEqual(server.ask("/v1/search?q=fees").status, 200)
        told = json.loads(connection.getresponse().read())
        connection.close()
        self.assertIn("flow", told["reasons"])
        self.assertIn("could not be started just now",
                      json.dumps(told, ensure_ascii=False))

    def test_who_hangs_up_while_a_flow_is_called_harms_nobody(self):
        server = self.serve_slow("left", 2)
        self.start_slow_flow(server, "/left").close()
        self.assertEqual(server.ask("/v1/search?q=fees").status, 200)
        self.assertEqual(server.stop(), 0)

    def test_a_backend_that_does_not_answer_keeps_no_server_from_ending(self):
        server = self.serve_slow("stuck", 60)
        connection = self.start_slow_flow(server, "/stuck")
        server.process.send_signal(signal.SIGTERM)
        server.event("drain")
        self.assertEqual(server.stop(), 0)  # a second signal: at once
        connection.close()

    def test_a_flow_that_the_server_does_not_know_is_for_the_caller(self):
        step = self.ask(self.server, message="proof of address", locale="en")
        while not step["flow"]:
            step = self.ask(self.server, message=step["options"][0]["value"],
                            session=step["session"])
        self.assertEqual(step["flow"]["name"], "proof-of-address")
        told = self.ask(self.server, session=step["session"],
                        outcome="flow_done", outcome_text="It is there.")
        self.assertEqual(told["answer"]["text"], "It is there.")

    def test_figures_say_what_waits_for_the_help_desk(self):
        said = self.ask(message="I want to talk to a human", locale="en")
        self.delivered(said["handoff"]["id"])
        figures = self.desk.ask("/metrics").body.decode()
        self.assertIn('helpdex_handoff_deliveries{state="failed"} 0\n', figures)

    def refused(self, body, status=400):
        return self.problem(self.desk.ask("/v1/ask", "POST", JSON, body),
                            status)

    def test_bodies_that_are_no_message_are_refused(self):
        for body in (b"", b"[]", b"{", b'{"message":"a"} {}', b"\xff",
                     b'{"message":"a\\u0000b"}'):
            self.assertIn("no JSON object", self.refused(body))

    def test_members_of_another_type_are_named(self):
        for body, name in ((b'{"message": 1}', "message is no text"),
                           (b'{"message":"a","context":[]}', "context is no"),
                           (b'{"message":"a","context":{"a":1}}', "context"),
                           (b'{"message":"a","outcome":"x"}', "outcome is"),
                           (b'{"message":"a","locale":"!"}', "language tag"),
                           (b'{}', "an empty message")):
            self.assertIn(name, self.refused(body))

    def test_a_message_is_json(self):
        answer = self.desk.ask("/v1/ask", "POST", {"Content-Type": "text/plain"},
                               b'{"message": "a"}')
        self.problem(answer, 415)

    def test_a_path_is_data_in_the_language_of_the_reader(self):
        path = self.server.ask(
            "/v1/triage/card-payment-declined?locale=ja").json()
        names = {node["name"]: node for node in path["nodes"]}
        self.assertEqual(names[path["start"]]["text"], "何が起きましたか？")
        self.assertIn("person", {node["kind"] for node in path["nodes"]})
        label = self.ask(message=path["label"], locale="ja")
        self.assertIn("path", label["reasons"])

    def test_a_path_that_there_is_not_is_not_found(self):
        self.problem(self.server.ask("/v1/triage/none"), 404)


class Start(Case):
    def test_a_key_that_is_not_there_ends_the_start(self):
        with self.assertRaisesRegex(RuntimeError, r"session.key_env: \$NOT_SET"):
            self.serve("session: {key_env: NOT_SET}\n")

    def test_a_secret_that_is_not_there_is_said_with_its_line(self):
        with self.assertRaisesRegex(RuntimeError, r"yml:4:\d+:.* NOT_SET"):
            self.serve("flows:\n  a:\n    url: http://127.0.0.1/\n"
                       "    secret_env: NOT_SET\n")

    def test_a_made_key_is_said_once(self):
        entry = self.server.event("session")
        self.assertIn("end with this process", entry["detail"])


main()
