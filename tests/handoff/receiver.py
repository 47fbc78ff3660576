"""A backend, a Zendesk and a Chatwoot in a hundred lines, for tests.

usage: receiver.py LOG SCRIPT [CERTIFICATE]
Prints its port, notes every request in LOG (a JSON object a line) and ends
when its standard input does. SCRIPT says what happens to the next requests,
one a line and read anew each time; afterwards all is done as asked:

    503               that status and nothing done
    429 120           with Retry-After: 120
    done 500          the work is done, the answer is that status
    drop              the work is done, the connection closes unanswered
    hang              no answer, ever
    302 URL           a redirect
    large             an answer of 2 MiB
    page              an answer that is a page of HTML
    say TEXT          200 with this body

A signature that is there is verified, with the secret in RECEIVER_SECRET, and
refused with 401 when it is wrong.
"""
import hashlib
import hmac
import http.server
import json
import os
import sys
import threading
import urllib.parse

LOG, SCRIPT = sys.argv[1], sys.argv[2]
lock = threading.Lock()
used = 0
tickets, contacts, conversations = [], [], []


def next_line():
    global used
    try:
        with open(SCRIPT, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return []
    if used >= len(lines):
        return []
    used += 1
    return lines[used - 1].split(" ", 1)


def zendesk(method, query, body):
    if method == "GET":
        wanted = query["external_id"][0]
        return {"tickets": [t for t in tickets if t["external_id"] == wanted]}
    ticket = dict(body["ticket"], id=360000000001 + len(tickets))
    tickets.append(ticket)
    return {"ticket": ticket}


def in_inbox(number):
    return {"source_id": "source-%d" % number, "inbox": {"id": number}}


def chatwoot(method, parts, body):
    if parts == ["contacts", "filter"]:
        wanted = body["payload"][0]["values"][0]
        return {"payload": [c for c in contacts if c["identifier"] == wanted]}
    if parts == ["contacts"]:
        if any(c["identifier"] == body["identifier"] for c in contacts):
            return 422
        place = in_inbox(body["inbox_id"])
        contacts.append(dict(body, id=len(contacts) + 11,
                             contact_inboxes=[place]))
        return {"payload": {"contact": contacts[-1], "contact_inbox": place}}
    if parts[0] == "contacts" and parts[2] == "contact_inboxes":
        return in_inbox(body["inbox_id"])
    if parts[0] == "contacts":
        return {"payload": [c for c in conversations
                            if c["contact_id"] == int(parts[1])]}
    if parts == ["conversations"]:
        conversations.append(dict(body, id=len(conversations) + 71,
                                  messages=[]))
        return conversations[-1]
    conversation = conversations[int(parts[1]) - 71]
    if parts[2] == "toggle_priority":
        conversation["priority"] = body["priority"]
        return None
    if method == "GET":
        return {"payload": conversation["messages"]}
    conversation["messages"].append(
        dict(body, id=len(conversation["messages"]) + 901))
    return conversation["messages"][-1]


def work(method, path, body):
    url = urllib.parse.urlparse(path)
    query = urllib.parse.parse_qs(url.query)
    parts = url.path.strip("/").split("/")
    if parts[:2] == ["api", "v2"]:
        return zendesk(method, query, body)
    if parts[:2] == ["api", "v1"]:
        return chatwoot(method, parts[4:], body)
    return {"status": "done"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, *headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def verified(self, body):
        given = self.headers.get("Helpdex-Signature")
        if given is None:
            return True
        stamp = self.headers["Helpdex-Timestamp"].encode()
        secret = os.environ["RECEIVER_SECRET"].encode()
        made = hmac.new(secret, stamp + b"." + body, hashlib.sha256)
        return hmac.compare_digest(given, "v1=" + made.hexdigest())

    def handle_call(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            with open(LOG, "a", encoding="utf-8") as file:
                print(json.dumps({"method": self.command, "path": self.path,
                                  "headers": dict(self.headers),
                                  "body": body.decode()},
                                 ensure_ascii=False), file=file)
            if not self.verified(body):
                return self.answer(401, b"the signature is wrong")
            line = next_line()
            if line != ["hang"]:
                return self.obey(line, json.loads(body) if body else None)
        threading.Event().wait(30)

    def obey(self, line, body):
        said = line[1] if len(line) > 1 else ""
        what = line[0] if line else "done"
        if what in ("done", "drop"):
            seen = work(self.command, self.path, body)
            if what == "drop":
                self.close_connection = True
            elif isinstance(seen, int):
                self.answer(seen, b"{}")
            else:
                self.answer(int(said or 200), json.dumps(seen).encode()
                            if seen is not None else b"")
        elif what == "large":
            self.answer(200, b"x" * (2 << 20))
        elif what == "page":
            self.answer(200, b"<html>Sign in</html>")
        elif what == "say":
            self.answer(200, said.encode())
        elif what.startswith("3"):
            self.answer(int(what), b"", ("Location", said))
        else:
            self.answer(int(what), b'{"error": "as the script says"}',
                        *([("Retry-After", said)] if said else []))

    do_GET = do_POST = handle_call


def end_with_input():
    sys.stdin.read()
    os._exit(0)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
server.handle_error = lambda *_: None  # who hangs up is part of the tests
if len(sys.argv) > 3:
    import ssl  # slow to load

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=end_with_input, daemon=True).start()
os.write(1, b"%d\n" % server.server_address[1])
server.serve_forever()
