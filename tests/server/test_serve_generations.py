"""Generations that change under requests: none fails, none is mixed."""
import json
import os
import re
import threading

from serving import Case, article, helpdex, main


class Asker(threading.Thread):
    """Asks until it is told to stop; `seen` are the generations in order."""

    def __init__(self, server, path):
        super().__init__()
        self.server, self.path = server, path
        self.ending, self.failures, self.seen = threading.Event(), [], []

    def run(self):
        connection = self.server.connect()
        while not self.ending.is_set():
            try:
                connection.request("GET", self.path)
                response = connection.getresponse()
                self.look(response.status, json.loads(response.read()))
            except Exception as fault:  # every one is a failure
                self.failures.append(repr(fault))
                connection = self.server.connect()
        connection.close()

    def look(self, status, answer):
        """The number of a generation is in every text of it."""
        number = int(answer.get("generation", "0").split("-")[0])
        texts = {int(n) for n in re.findall(r"edition (\d+)\D",
                                            json.dumps(answer))}
        if status != 200 or texts != {number}:
            self.failures.append((status, number, texts))
        if number not in self.seen[-1:]:
            self.seen.append(number)


class Generations(Case):
    @classmethod
    def write_kb(cls, kb, number=1):
        for name in ("refund", "flight", "hotel"):
            article(kb, "en", name, f"The {name} (edition {number})",
                    f"All about a {name}, edition {number}.")

    def publish(self, number):
        self.write_kb(self.kb, number)
        helpdex("index", self.kb, "--index", self.index)
        while not self.server.event("generation")["detail"].startswith(
                f"{number:08d}-"):
            pass

    def test_none_fails_and_none_is_mixed(self):
        askers = [Asker(self.server, path) for path in
                  ("/v1/search?q=edition+refund", "/v1/search?q=hotel",
                   "/v1/articles/en/flight", "/v1/articles/en/hotel")]
        first = int(self.server.ask("/readyz").json()["generation"][:8])
        for asker in askers:
            asker.start()
        for number in range(first + 1, first + 11):
            self.publish(number)
        for asker in askers:
            asker.ending.set()
            asker.join()
            self.assertEqual(asker.failures, [])
            self.assertGreater(len(asker.seen), 1)
        ready = self.server.ask("/readyz").json()
        self.assertEqual(int(ready["generation"][:8]), first + 10)

    def test_a_tag_is_of_its_generation(self):
        path = "/v1/search?q=refund"
        before = self.server.ask(path)
        tag = before.headers["ETag"]
        self.publish(int(before.json()["generation"][:8]) + 1)
        # Every thread has it when each has answered something else anew.
        answers = [self.server.ask(path, headers={"If-None-Match": tag})
                   for _ in range(20)]
        self.assertEqual(answers[-1].status, 200)
        self.assertNotEqual(answers[-1].headers["ETag"], tag)


class Damaged(Case):
    def test_what_cannot_be_read_changes_nothing(self):
        name = self.server.ask("/readyz").json()["generation"]
        current = os.path.join(self.index, "CURRENT")
        with open(current) as file:
            sound = file.read()
        self.write("index/next", "00000009-0000000000000000\n")
        os.rename(os.path.join(self.index, "next"), current)
        self.assertEqual(self.server.event("degraded")["level"], "error")
        ready = self.server.ask("/readyz")
        self.assertEqual(ready.status, 200)
        self.assertEqual((ready.json()["status"], ready.json()["generation"]),
                         ("degraded", name))
        self.assertTrue(ready.json()["reason"])
        self.assertEqual(self.server.ask("/v1/search?q=refund").status, 200)
        self.assertIn(b"\nhelpdex_degraded 1\n",
                      self.server.ask("/metrics").body)
        self.write("index/next", sound)
        os.rename(os.path.join(self.index, "next"), current)
        self.server.event("recovered")
        self.assertEqual(self.server.ask("/readyz").json()["status"], "ready")


class Exchanged(Case):
    def test_a_folder_may_be_exchanged_whole(self):
        other = os.path.join(self.work, "other")
        article(self.kb, "en", "more", "More", "More of it.")
        helpdex("index", self.kb, "--index", other)
        link = self.index + ".link"
        os.symlink(self.index, link)
        server = self.serve_link(link)
        self.assertEqual(server.ask("/v1/articles/en/more").status, 404)
        os.symlink(other, link + ".new")
        os.rename(link + ".new", link)
        server.event("generation")
        while server.ask("/v1/articles/en/more").status != 200:
            pass  # a thread takes it with its next request

    def serve_link(self, link):
        whole, type(self).index = self.index, link
        server = self.serve()
        type(self).index = whole
        return server


main()
