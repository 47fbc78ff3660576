"""Limits: of connections, of a queue, of callers, of slowness."""
import socket

from serving import PATIENT, Case, article, main, read_all


class Connections(Case):
    config = "threads: 1\n" + PATIENT + "  connections: 2\n"

    def test_one_too_many_is_told_so_at_once(self):
        first, second = self.server.connect(), self.server.connect()
        for connection in (first, second):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        with self.server.socket() as third:
            answer = read_all(third)  # it need not even ask
        self.assertRegex(answer, b"^HTTP/1.1 503 ")
        self.assertIn(b"\r\nRetry-After: 1\r\n", answer)
        first.request("GET", "/metrics")
        figures = first.getresponse().read()
        self.assertIn(b"\nhelpdex_turned_away_total 1\n", figures)
        first.close()
        second.close()


class Queue(Case):
    config = "threads: 1\nlimits:\n  queue_ms: 5\ncache:\n  megabytes: 0\n"

    def test_who_would_wait_too_long_is_told_so(self):
        """Requests of one round, of which some must wait for the others."""
        count = 400
        ask = b"GET /v1/search?q=refund HTTP/1.1\r\nHost: a\r\n\r\n"
        socks = [self.server.socket() for _ in range(count)]
        for sock in socks:
            sock.sendall(ask)
            sock.shutdown(socket.SHUT_WR)
        answers = [read_all(sock) for sock in socks]
        for sock in socks:
            sock.close()
        served = [a for a in answers if a.startswith(b"HTTP/1.1 200 ")]
        shed = [a for a in answers if a.startswith(b"HTTP/1.1 503 ")]
        self.assertEqual(len(served) + len(shed), count)
        self.assertTrue(served)
        self.assertTrue(shed)
        self.assertIn(b"\r\nRetry-After: 1\r\n", shed[0])
        self.assertIn(b"application/problem+json", shed[0])

    def test_health_is_never_refused(self):
        ask = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        with self.server.socket() as sock:
            sock.sendall(ask * 500)
            sock.shutdown(socket.SHUT_WR)
            self.assertEqual(read_all(sock).count(b"HTTP/1.1 200 "), 500)


class Callers(Case):
    config = ("proxies: [127.0.0.1]\n" + PATIENT +
              "  client: {rate: 1, burst: 3}\n")

    def of(self, caller, count):
        return [self.server.ask("/v1/search?q=a",
                                headers={"X-Forwarded-For": caller}).status
                for _ in range(count)]

    def test_a_caller_has_a_burst_and_then_waits(self):
        self.assertEqual(self.of("192.0.2.1", 3), [200] * 3)
        answer = self.server.ask("/v1/search?q=a",
                                 headers={"X-Forwarded-For": "192.0.2.1"})
        # A second may have gone by on a slow machine.
        if answer.status != 200:
            self.problem(answer, 429)
            self.assertEqual(answer.headers["Retry-After"], "1")
        self.assertIn(429, self.of("192.0.2.1", 30))

    def test_another_caller_is_not_concerned(self):
        self.of("192.0.2.8", 30)
        self.assertEqual(self.of("192.0.2.9", 1), [200])

    def test_a_household_has_one_bucket(self):
        seen = [status for i in range(30)
                for status in self.of("2001:db8::%x" % i, 1)]
        self.assertIn(429, seen)
        self.assertEqual(self.of("2001:db8:0:1::1", 1), [200])

    def test_what_stands_before_the_last_proxy_may_be_made_up(self):
        seen = [status for i in range(30)
                for status in self.of("10.0.0.%d, 192.0.2.77" % i, 1)]
        self.assertIn(429, seen)

    def test_health_is_not_counted(self):
        seen = {self.server.ask("/healthz", headers={
            "X-Forwarded-For": "192.0.2.200"}).status for _ in range(30)}
        self.assertEqual(seen, {200})


class Slow(Case):
    config = ("threads: 1\n" + PATIENT +
              "  header_seconds: 1\n  body_seconds: 1\n"
              "  write_seconds: 1\n  idle_seconds: 1\n")

    @classmethod
    def write_kb(cls, kb):
        line = "A refund takes ten days, and longer on a holiday. " * 20
        article(kb, "en", "long", "Long", (line + "\n\n") * 200)

    def test_a_drip_does_not_hold_a_connection(self):
        """Each byte of a header comes in time, and the whole of it does not."""
        with self.server.socket() as slow:
            slow.settimeout(0.05)
            slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n")
            while True:
                try:
                    slow.sendall(b"X")
                    if slow.recv(1) == b"":
                        break
                except socket.timeout:
                    continue
                except OSError:
                    break
        self.assertEqual(self.server.ask("/healthz").status, 200)

    def test_many_who_say_nothing_hold_nobody_up(self):
        silent = [self.server.socket() for _ in range(200)]
        self.assertEqual(self.server.ask("/v1/search?q=refund").status, 200)
        for sock in silent:
            self.assertEqual(read_all(sock), b"")
            sock.close()

    def test_who_does_not_read_is_cut_off(self):
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.connect(self.server.where)
            sock.sendall(b"GET /v1/articles/en/long HTTP/1.1\r\nHost: a\r\n"
                         b"X-Request-Id: slow\r\n\r\n" * 100)
            self.assertEqual(self.server.request("slow")["status"], 200)
            self.assertEqual(self.server.ask("/healthz").status, 200)
            while b"\nhelpdex_connections 1\n" not in \
                    self.server.ask("/metrics").body:
                pass
            one = len(self.server.ask("/v1/articles/en/long").body)
            self.assertLess(len(read_all(sock)), 100 * one)

    def test_a_connection_that_is_idle_is_closed(self):
        connection = self.server.connect()
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        self.assertEqual(connection.sock.recv(1), b"")
        connection.close()


main()
