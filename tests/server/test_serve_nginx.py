"""The configuration for nginx that is shipped, with TLS, in front of a server."""
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys

from serving import PATIENCE, PATIENT, SOURCE_DIR, Case, main

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
OPENSSL = shutil.which("openssl")
if not NGINX or not OPENSSL:
    print("skipped: nginx or openssl is not here")
    sys.exit(77)


class Nginx(Case):
    kb = SOURCE_DIR + "/kb"
    config = ("proxies: [127.0.0.1]\n"
              + PATIENT +
              "  client: {rate: 1, burst: 5}\n")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cert, key = cls.work + "/cert.pem", cls.work + "/key.pem"
        subprocess.run([OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                        "-subj", "/CN=help.example.com", "-addext",
                        "subjectAltName=DNS:help.example.com", "-keyout", key,
                        "-out", cert], check=True, stderr=subprocess.DEVNULL)
        with open(SOURCE_DIR + "/packaging/nginx.conf") as file:
            site = file.read()
        with socket.create_server(("127.0.0.1", 0)) as free:
            cls.port = free.getsockname()[1]
        for was, now in (
                ("server 127.0.0.1:8080;", f"server {cls.server.address};"),
                ("    listen [::]:443 ssl;\n", ""),
                ("listen 443 ssl;", f"listen 127.0.0.1:{cls.port} ssl;"),
                ("/etc/ssl/helpdex/fullchain.pem", cert),
                ("/etc/ssl/helpdex/key.pem", key)):
            assert was in site, was
            site = site.replace(was, now)
        paths = "".join(f"{name}_temp_path {cls.work}/{name};"
                        for name in ("client_body", "proxy", "fastcgi", "uwsgi",
                                     "scgi"))
        user = "user root;" if os.getuid() == 0 else ""
        path = cls.write("nginx.conf", f"{user} daemon off; error_log stderr; "
                         f"pid {cls.work}/pid; events {{}} http {{ {paths} "
                         f"{site} }}")
        cls.nginx = subprocess.Popen([NGINX, "-c", path, "-p", cls.work],
                                     stderr=subprocess.DEVNULL)
        cls.tls = ssl.create_default_context(cafile=cert)
        cls.wait_for_nginx()

    @classmethod
    def wait_for_nginx(cls):
        while cls.nginx.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", cls.port)).close()
                return
            except ConnectionRefusedError:
                continue
        raise AssertionError("nginx did not start")

    @classmethod
    def tearDownClass(cls):
        cls.nginx.terminate()
        cls.nginx.wait(PATIENCE)
        super().tearDownClass()

    def ask(self, path, headers=None):
        raw = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        sock = self.tls.wrap_socket(raw, server_hostname="help.example.com")
        connection = http.client.HTTPConnection("help.example.com")
        connection.sock = sock
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def test_the_public_may_search(self):
        for path in ("/v1/search?q=card", "/v1/suggest?q=c", "/",
                     "/v1/articles/en/fees"):
            response, body = self.ask(path)
            self.assertEqual(response.status, 200, path)
            self.assertTrue(body)

    def test_the_public_sees_no_figures(self):
        for path in ("/metrics", "/readyz", "/healthz", "/v1/insights/x",
                     "/v1/contacts", "/v1/search/../../metrics"):
            self.assertEqual(self.ask(path)[0].status, 404, path)

    def test_who_makes_up_an_address_is_counted_by_the_true_one(self):
        seen = [self.ask("/v1/search?q=a",
                         {"X-Forwarded-For": "192.0.2.%d" % i})[0].status
                for i in range(40)]
        self.assertIn(429, seen)


main()
