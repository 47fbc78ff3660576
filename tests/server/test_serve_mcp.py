"""MCP over HTTP, as far as it is HTTP; tests/cli/test_mcp_sdk.sh has the rest."""
import json

from serving import SOURCE_DIR, Case, main

JSON = {"Content-Type": "application/json"}
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


class Mcp(Case):
    kb = SOURCE_DIR + "/kb"
    config = "cors: {origins: ['https://shop.example']}\n" \
        "limits: {body_bytes: 4096}\n"

    def post(self, message, headers=None):
        body = message if isinstance(message, bytes) else \
            json.dumps(message).encode()
        return self.server.ask("/mcp", "POST", {**JSON, **(headers or {})},
                               body)

    def test_a_request_is_answered(self):
        answer = self.post(PING)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json(),
                         {"jsonrpc": "2.0", "id": 1, "result": {}})
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("Mcp-Session-Id", answer.headers)

    def test_a_notification_is_accepted_in_silence(self):
        answer = self.post({"jsonrpc": "2.0",
                            "method": "notifications/initialized"})
        self.assertEqual((answer.status, answer.body), (202, b""))

    def test_what_is_no_message_is_refused(self):
        for message in (b"{", b"", b"\xff", b"[" * 2000, {"id": 1}, []):
            answer = self.post(message)
            self.assertEqual(answer.status, 400)
            self.assertIn(answer.json()["error"]["code"], (-32700, -32600))

    def test_a_batch_is_answered_by_a_list(self):
        answers = self.post([PING, {**PING, "id": 2}]).json()
        self.assertEqual([answer["id"] for answer in answers], [1, 2])

    def test_there_is_no_stream(self):
        for method in ("GET", "DELETE"):
            answer = self.server.ask("/mcp", method)
            self.problem(answer, 405)
            self.assertEqual(answer.headers["Allow"], "POST, OPTIONS")

    def test_pages_of_other_origins_are_refused(self):
        self.problem(self.post(PING, {"Origin": "http://127.0.0.1"}), 403)
        self.problem(self.post(PING, {"Origin": "null"}), 403)
        answer = self.post(PING, {"Origin": "https://shop.example"})
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"],
                         "https://shop.example")

    def test_a_form_of_a_page_cannot_send_one(self):
        answer = self.server.ask("/mcp", "POST", {"Content-Type": "text/plain"},
                                 json.dumps(PING).encode())
        self.problem(answer, 415)

    def test_the_version_is_one_that_is_spoken(self):
        for version in ("2025-11-25", "2025-06-18", "2025-03-26"):
            answer = self.post(PING, {"MCP-Protocol-Version": version})
            self.assertEqual(answer.status, 200)
        self.problem(self.post(PING, {"MCP-Protocol-Version": "1"}), 400)

    def test_a_message_has_the_limit_of_bodies(self):
        self.problem(self.post(b" " * 5000), 413)

    def test_a_question_is_in_no_log(self):
        answer = self.post({**PING, "method": "tools/call", "params": {
            "name": "search_help", "arguments": {"query": "geheimwort"}}})
        self.assertIn("result", answer.json())
        entry = self.server.request(answer.headers["X-Request-Id"])
        self.assertNotIn("geheimwort", str(entry))


main()
