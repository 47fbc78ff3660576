"""Beginning and end: what is refused at the start, what signals do."""
import os
import signal
import socket
import subprocess
import threading

from serving import (HELPDEX, OPTIONS, PATIENCE, PATIENT, Case, article, main,
                     read_all)


class Signals(Case):
    config = None

    @classmethod
    def write_kb(cls, kb):
        article(kb, "en", "long", "Long",
                "A refund takes ten days, and longer on a holiday.\n\n" * 4000)

    def test_what_has_begun_ends(self):
        """Answers that are larger than all buffers are under way."""
        server = self.serve(PATIENT)
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.settimeout(PATIENCE)
            sock.connect(server.where)
            sock.sendall(b"GET /v1/articles/en/long HTTP/1.1\r\nHost: a\r\n"
                         b"X-Request-Id: under-way\r\n\r\n" * 100)
            server.request("under-way")
            server.process.send_signal(signal.SIGTERM)
            server.event("drain")
            answer = read_all(sock)
        count = 0
        while answer:
            head, answer = answer.split(b"\r\n\r\n", 1)
            length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
            self.assertGreaterEqual(len(answer), length)
            answer, count = answer[length:], count + 1
        self.assertIn(count, range(1, 100))
        self.assertEqual(server.stop(), 0)

    def test_nobody_is_dropped(self):
        """Each request is answered whole, or its connection was shut before."""
        server = self.serve()
        faults, done = [], threading.Barrier(5)

        def ask():
            served = 0
            try:
                with server.socket() as sock:
                    while True:
                        sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n"
                                     b"\r\n")
                        answer = sock.recv(4096)
                        if not answer:
                            break
                        if not answer.endswith(b'{"status":"ok"}'):
                            faults.append(answer)
                        served += 1
                        if served == 20:
                            done.wait(PATIENCE)
                        if b"\r\nConnection: close\r\n" in answer:
                            break
            except (ConnectionResetError, BrokenPipeError):
                pass  # shut while it was idle

        askers = [threading.Thread(target=ask) for _ in range(4)]
        for asker in askers:
            asker.start()
        done.wait(PATIENCE)
        server.process.send_signal(signal.SIGTERM)
        for asker in askers:
            asker.join()
        self.assertEqual(faults, [])
        self.assertEqual(server.stop(), 0)

    def test_idle_connections_do_not_hold_it_up(self):
        server = self.serve()
        connections = [server.socket() for _ in range(20)]
        server.process.send_signal(signal.SIGTERM)
        for sock in connections:
            self.assertEqual(read_all(sock), b"")
            sock.close()
        self.assertEqual(server.process.wait(PATIENCE), 0)

    def test_the_configuration_is_read_again(self):
        server = self.serve(PATIENT + "cache:\n  seconds: 7\n")
        path = server.process.args[-1]
        for text, level, age in ((PATIENT + "cache:\n  seconds: 8\n", "info", "8"),
                                 ("cache:\n  secnods: 9\n", "error", "8"),
                                 ("cache: [\n", "error", "8"),
                                 ("threads: 7\n", "warning", "8")):
            self.write(os.path.basename(path), text)
            server.process.send_signal(signal.SIGHUP)
            entry = server.event("reload")
            self.assertEqual(entry["level"], level)
            if level == "error":
                self.assertRegex(entry["detail"], r"yml:[12]:\d+: ")
                answer = server.ask("/v1/search?q=a")
                self.assertEqual(answer.headers["Cache-Control"],
                                 "public, max-age=" + age)

    def test_without_a_configuration_there_is_none_to_read(self):
        self.server.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.server.event("reload")["level"], "warning")
        self.assertEqual(self.server.ask("/healthz").status, 200)


class Refusals(Case):
    def refused(self, status, detail, *arguments):
        done = subprocess.run([HELPDEX, "serve", "--index", self.index,
                               *arguments], capture_output=True, text=True,
                              timeout=PATIENCE, env={**os.environ, **OPTIONS})
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertRegex(done.stderr, detail)
        self.assertEqual(done.stdout, "")

    def test_others_may_not_reach_it_without_keys(self):
        for address in ("0.0.0.0:0", "[::]:0"):
            self.refused(2, "there are no keys; make one by",
                         "--listen", address)

    def test_addresses_that_are_none(self):
        for address in ("8080", "127.0.0.1", "a.example:80", "127.0.0.1:65536",
                        "127.0.0.1:", "[127.0.0.1]:80", "::1:80", ""):
            self.refused(2, "not an address and port", "--listen", address)

    def test_a_port_that_is_taken(self):
        self.refused(3, "cannot listen on .*; choose another port", "--listen",
                     self.server.address)

    def test_an_index_that_is_not_there(self):
        self.refused(3, "helpdex index", "--listen", "127.0.0.1:0", "--index",
                     self.work + "/none")

    def test_configurations_that_are_wrong(self):
        for text, place in (("lsiten: 127.0.0.1:1", "1:1: .*did you mean listen"),
                            ("\nlimits:\n  client:\n    rate: -1", r"4:\d+: "),
                            ("limits: 5", r"1:\d+: "), ("cors:\n  origin: a",
                                                     r"2:\d+: .*cors.origins"),
                            ("cors:\n  origins: [help.example.com]", r"2:\d+: "),
                            ("proxies: [10.0.0.0/33]", r"1:\d+: "),
                            ("proxies: 10.0.0.1", r"1:\d+: .*list"),
                            ("listen: 80", r"1:\d+: "), ("log: {queries: 1}",
                                                      r"1:\d+: "),
                            ("- a", "1:1: "), ("a: b: c", "1:"),
                            ("index: ''", r"1:\d+: ")):
            path = self.write("wrong.yml", text)
            self.refused(3, "wrong.yml:" + place, "--config", path)

    def test_a_configuration_that_is_not_there(self):
        self.refused(3, "none.yml", "--config", self.work + "/none.yml")


class Activated(Case):
    def test_a_socket_of_systemd_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            os.set_inheritable(listening.fileno(), True)
            # As the manager does it: the socket is file 3, and the process
            # that it is meant for is named.
            server = self.serve(
                listen=None, pass_fds=[listening.fileno()],
                command=["sh", "-c", 'exec 3<&%d; LISTEN_FDS=1 LISTEN_PID=$$ '
                         'exec "$@"' % listening.fileno(), "sh"])
            self.assertEqual(server.where, ("127.0.0.1", port))
            self.assertEqual(server.ask("/healthz").status, 200)
            self.assertEqual(server.stop(), 0)
            # It stays open for the one that comes after.
            with socket.create_connection(("127.0.0.1", port)):
                pass

    def test_it_tells_systemd_that_it_is_ready(self):
        path = self.work + "/notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(path)
            notify.settimeout(PATIENCE)
            server = self.serve(env={"NOTIFY_SOCKET": path})
            self.assertEqual(notify.recv(100), b"READY=1")
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(notify.recv(100), b"STOPPING=1")


main()
