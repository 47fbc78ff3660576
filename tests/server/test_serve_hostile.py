"""Requests that mean harm: refused or answered, and the next one is served."""
import json
import random

from serving import Case, main, read_all

GET = b"GET /healthz HTTP/1.1\r\nHost: a\r\n"


class Hostile(Case):
    config = "journal: events.db\n"

    def status(self, data):
        """Of the first answer; 0: the connection was closed without one."""
        answer = self.server.send(data)
        return int(answer.split(b" ", 2)[1]) if answer else 0

    def tearDown(self):
        self.assertEqual(self.server.ask("/healthz").status, 200)

    def refused(self, data, *statuses):
        self.assertIn(self.status(data), statuses or (400,), data[:80])

    def test_headers_that_are_too_long(self):
        for size in (17000, 40000, 1000000):
            self.refused(GET + b"X: " + b"a" * size + b"\r\n\r\n", 431, 0)
        many = b"".join(b"X-%d: b\r\n" % i for i in range(5000))
        self.refused(GET + many + b"\r\n", 431, 413, 0)

    def test_headers_just_too_long_get_a_problem(self):
        answer = self.server.ask("/healthz", headers={"X": "a" * 16400})
        self.problem(answer, 431)

    def test_paths_that_are_too_long(self):
        answer = self.server.ask("/v1/search?q=" + "a" * 9000)
        self.problem(answer, 414)
        self.refused(b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n\r\n", 414, 0)

    def test_bodies_that_are_too_long(self):
        answer = self.server.ask("/v1/search", "POST", body=b"a" * 70000)
        self.assertIn(answer.status, (405, 413))
        self.refused(b"POST /v1/search HTTP/1.1\r\nHost: a\r\n"
                     b"Content-Length: 99999999999999999999\r\n\r\n", 400, 413,
                     405)

    def test_a_length_that_is_said_twice(self):
        for lines in (b"Content-Length: 0\r\nContent-Length: 5\r\n",
                      b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                      b"Transfer-Encoding: chunked\r\n"
                      b"Transfer-Encoding: identity\r\n"):
            answer = self.server.send(b"POST /v1/search HTTP/1.1\r\nHost: a\r\n"
                                      + lines + b"\r\n0\r\n\r\n" + GET +
                                      b"\r\n")
            self.assertRegex(answer, b"^HTTP/1.1 400 ")
            # What may be a second request, or the body of the first, is none.
            self.assertEqual(answer.count(b"HTTP/1.1"), 1)

    def test_bodies_with_bytes_changed_are_answered_or_refused(self):
        """The members are there, so that all that reads them is reached."""
        chance = random.Random(7)
        body = json.dumps({
            "message": "ฝากเหรียญ \\ud800", "locale": "th", "session": "v1.e30.0",
            "context": {"region": "TH"}, "outcome": "unhelped", "rating": 3,
            "id": "refund", "helped": True}, ensure_ascii=False).encode()
        connection = self.server.connect()
        for turn in range(600):
            sent = bytearray(body)
            for _ in range(chance.randint(0, 4)):
                at = chance.randrange(len(sent))
                sent[at:at + chance.randint(0, 2)] = chance.choice(
                    (b'"', b"{", b"}", b"\\", b"\0", b"\xff", b"1e999", b"null",
                     b"[" * 50, b"\\u0000", b"", bytes([chance.randrange(256)])))
            path = ("/v1/ask", "/v1/feedback", "/v1/contacts", "/mcp")[turn % 4]
            connection.request("POST", path, bytes(sent),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            self.assertIn(answer.status, (200, 202, 400), bytes(sent))
        connection.close()

    def test_lines_that_are_none(self):
        for data in (b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00",
                     b"GET /healthz HTTP/9.9\r\n\r\n", b"GET / / HTTP/1.1\r\n"
                     b"\r\n", b"\x00" * 100 + b"\r\n\r\n",
                     GET + b" folded: no\r\n\r\n", GET + b"no colon\r\n\r\n"):
            self.assertIn(self.status(data), (0, 200, 400, 404, 405, 505), data)

    def test_a_host_is_needed(self):
        self.refused(b"GET /healthz HTTP/1.1\r\n\r\n")

    def test_paths_lead_nowhere_else(self):
        for path in (b"/../../etc/passwd", b"/v1/articles/en/../../x",
                     b"/v1/articles/..%2f..%2fetc/passwd", b"/%2e%2e/%2e%2e/",
                     b"/v1/articles/en/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                     b"//etc/passwd", b"/v1//search"):
            answer = self.server.send(b"GET " + path +
                                      b" HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertRegex(answer, b"^HTTP/1.1 40[04] ", path)
            self.assertNotIn(b"root:", answer)

    def test_a_target_may_name_its_host(self):
        for target, status in ((b"http://a/healthz", 200), (b"http://a", 200),
                               (b"https://a/healthz?x", 200),
                               (b"ftp://a/healthz", 404), (b"healthz", 404),
                               (b"*", 404)):
            self.refused(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n",
                         status)

    def test_bytes_that_are_no_text(self):
        for path in (b"/v1/articles/en/%00", b"/v1/articles/en/%ff",
                     b"/v1/articles/en/\xff\xfe", b"/v1/search?q=%ed%a0%80",
                     b"/v1/search?q=\xc3", b"/v1/search?q=%c0%af"):
            answer = self.server.send(b"GET " + path +
                                      b" HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertRegex(answer, b"^HTTP/1.1 400 ", path)
            json.loads(answer.split(b"\r\n\r\n", 1)[1])

    def test_headers_are_not_split(self):
        answer = self.server.send(
            b"GET /v1/search?q=%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: a\r\n"
            b"X-Request-Id: a%0d%0ab\r\nOrigin: https://x\r\n\r\n")
        self.assertNotIn(b"\r\nSet-Cookie", answer)

    def test_requests_in_one_go_are_answered_in_order(self):
        data = b"".join(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-Id: "
                        b"n%d\r\n\r\n" % i for i in range(50))
        answer = self.server.send(data)
        seen = [line.split(b": ")[1] for line in answer.split(b"\r\n")
                if line.startswith(b"X-Request-Id")]
        self.assertEqual(seen, [b"n%d" % i for i in range(50)])

    def test_noise(self):
        noise = random.Random(7)
        words = [b"GET ", b"/v1/search?q=", b"%", b"HTTP/1.1", b"\r\n",
                 b"Host: a", b"\r\n\r\n", b"Transfer-Encoding: chunked", b"\x00",
                 b"Content-Length: ", b"-1", b"ffffffffff", b"?", b"&", b"\xff"]
        for _ in range(300):
            data = b"".join(noise.choice(words)
                            for _ in range(noise.randrange(1, 30)))
            answer = self.server.send(data)
            if answer:
                self.assertRegex(answer, b"^HTTP/1")

    def test_who_leaves_in_the_middle(self):
        for part in (b"G", GET, GET + b"\r\n"):
            with self.server.socket() as sock:
                sock.sendall(part)


main()
