"""What the tests of the server share: an index, a server on a free port, and
requests as bytes. Nothing here waits for time to pass: it waits for a line, an
answer or an end, and gives up after a minute."""
import http.client
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

HELPDEX = os.environ["HELPDEX"]
SOURCE_DIR = os.environ["SOURCE_DIR"]
PATIENCE = int(os.environ.get("PATIENCE", "60"))
# A loaded machine is no reason to refuse a request of these tests.
PATIENT = "limits:\n  queue_ms: 60000\n"
OPTIONS = {"ASAN_OPTIONS": "exitcode=99", "UBSAN_OPTIONS": "exitcode=99",
           "TSAN_OPTIONS": "exitcode=99"}


def article(kb, locale, ident, title, body, head=""):
    folder = os.path.join(kb, locale, "money")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, ident + ".md"), "w") as file:
        file.write(f'---\nid: {ident}\ntitle: "{title}"\n{head}---\n\n{body}\n')


def helpdex(*arguments):
    subprocess.run([HELPDEX, *arguments], check=True, timeout=PATIENCE,
                   stdout=subprocess.DEVNULL, env={**os.environ, **OPTIONS})


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body

    def json(self):
        return json.loads(self.body)


class Server:
    """A running server; `events` are the lines of its log that are no
    requests, `requests` those that are."""

    def __init__(self, index, config=None, listen="127.0.0.1:0", command=(),
                 **popen):
        arguments = [*command, HELPDEX, "serve", "--index", index]
        if listen:
            arguments += ["--listen", listen]
        if config:
            arguments += ["--config", config]
        env = {**os.environ, **OPTIONS, **popen.pop("env", {})}
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True,
                                        env=env, **popen)
        self.events, self.requests = queue.Queue(), queue.Queue()
        self.noise = []
        self.reader = threading.Thread(target=self.read_log, daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(PATIENCE)
            self.reader.join(PATIENCE)
            self.process.stdout.close()
            self.process.stderr.close()
            raise RuntimeError("".join(self.noise))
        self.address = line.strip().rsplit("/", 1)[1]
        host, port = self.address.rsplit(":", 1)
        self.where = (host.strip("[]"), int(port))

    def read_log(self):
        for line in self.process.stderr:
            try:
                entry = json.loads(line)
            except ValueError:
                self.noise.append(line)
                continue
            if entry["event"] == "request":
                self.requests.put(entry)
            else:
                self.events.put(entry)

    def event(self, name):
        """The next event of this name."""
        while True:
            entry = self.events.get(timeout=PATIENCE)
            if entry["event"] == name:
                return entry

    def request(self, ident):
        """The line of the log of the request with this id."""
        while True:
            entry = self.requests.get(timeout=PATIENCE)
            if entry["request"] == ident:
                return entry

    def connect(self):
        return http.client.HTTPConnection(*self.where, timeout=PATIENCE)

    def socket(self):
        return socket.create_connection(self.where, timeout=PATIENCE)

    def ask(self, path, method="GET", headers=None, body=None):
        connection = self.connect()
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        return answer

    def send(self, data):
        """All that comes back for some bytes, until the server closes."""
        with self.socket() as sock:
            try:
                sock.sendall(data)
                sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it has been closed while we sent
            return read_all(sock)

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
        if self.noise:
            sys.stderr.write("".join(self.noise))
        return status


def read_all(sock):
    data = b""
    while True:
        try:
            part = sock.recv(65536)
        except ConnectionResetError:
            return data
        if not part:
            return data
        data += part


class Case(unittest.TestCase):
    """Each class of tests has a folder, and a server of its own if it sets
    `config` or `index`."""
    config = PATIENT
    kb = None

    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.mkdtemp()
        cls.index = os.path.join(cls.work, "index")
        cls.servers = []
        if cls.kb:
            helpdex("index", cls.kb, "--index", cls.index)
        else:
            cls.kb = os.path.join(cls.work, "kb")
            cls.write_kb(cls.kb)
            helpdex("index", cls.kb, "--index", cls.index)
        cls.server = cls.serve(cls.config)

    @classmethod
    def write_kb(cls, kb):
        article(kb, "en", "refund", "Get a refund",
                "You get your money back within ten days.\n\n## Flights\n\n"
                "Ask for the refund in the app.")

    @classmethod
    def serve(cls, config=None, **options):
        path = cls.write("config%d.yml" % len(cls.servers), config) \
            if config is not None else None
        server = Server(cls.index, path, **options)
        cls.servers.append(server)
        return server

    @classmethod
    def write(cls, name, text):
        path = os.path.join(cls.work, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    @classmethod
    def tearDownClass(cls):
        statuses = [server.stop() for server in cls.servers]
        shutil.rmtree(cls.work)
        if any(statuses) or any(server.noise for server in cls.servers):
            raise AssertionError(f"a server ended with {statuses}")

    def problem(self, answer, status):
        self.assertEqual(answer.status, status)
        self.assertEqual(answer.headers["Content-Type"],
                         "application/problem+json")
        self.assertEqual(answer.json()["status"], status)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        return answer.json()["detail"]


def main():
    unittest.main(verbosity=2)
