"""The OpenAPI document against what the server really answers."""
import json
import re

import jsonschema

from serving import SOURCE_DIR, Case, main

# A request for each operation that must be answered, and one that must not.
REQUESTS = {
    "search": (["/v1/search?q=card&locale=ja", "/v1/search?q=zzzzqqqq",
                "/v1/search?q=deposti&locale=en&budget=200",
                "/v1/search?q=fee&locale=sv&region=GB&platform=ios"],
               "/v1/search"),
    "suggest": (["/v1/suggest?q=d&locale=de", "/v1/suggest?q="],
                "/v1/suggest?q=a&limit=x"),
    "article": (["/v1/articles/th/fees", "/v1/articles/sv/fees"],
                "/v1/articles/en/none"),
    "openapi": (["/v1/openapi.json"], None),
    "health": (["/healthz"], None),
    "ready": (["/readyz"], None),
    "metrics": (["/metrics"], None),
    "home": (["/", "/?q=card&locale=ar"], "/?locale=%"),
    "mcp": (["/mcp"], "/mcp?"),
    "ask": (["/v1/ask"], "/v1/ask?"),
    "triage": (["/v1/triage/missing-deposit?locale=ar",
                "/v1/triage/proof-of-address"], "/v1/triage/none"),
    "feedback": (["/v1/feedback"], "/v1/feedback?"),
    "contacts": (["/v1/contacts"], "/v1/contacts?"),
}

# What is sent with the ones that must be answered.
BODIES = {
    "mcp": [{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}],
    "ask": [{"message": text, "locale": locale, "context": {"region": "TH"}}
            for text, locale in (("ฝากเหรียญแล้วยอดไม่เข้า", "th"),
                                 ("أريد التحدث إلى شخص", "ar"),
                                 ("手续费是多少", "zh-Hans"),
                                 ("Nachweis der Adresse", "de"),
                                 ("proof of address", "en"))],
    "feedback": [{"id": "fees", "helped": True, "rating": 5}],
    "contacts": [{"id": "t1", "topic": "fees", "text": "how much?"}],
}
JSON = {"Content-Type": "application/json"}


class OpenApi(Case):
    kb = SOURCE_DIR + "/kb"
    config = "journal: events.db\n"

    def setUp(self):
        self.document = self.server.ask("/v1/openapi.json").json()

    def operations(self):
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield path, method, operation

    def check(self, answer, content):
        kind = answer.headers["Content-Type"].split(";")[0]
        self.assertIn(kind, content)
        schema = content[kind]["schema"]
        if kind.endswith("json"):
            whole = {**schema, "components": self.document["components"]}
            jsonschema.Draft202012Validator(whole).validate(answer.json())

    def test_every_schema_is_one(self):
        for schema in self.document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_operation_is_tried_here(self):
        names = [o["operationId"] for _, _, o in self.operations()]
        self.assertEqual(sorted(names), sorted(REQUESTS))

    def test_every_parameter_of_a_path_is_declared(self):
        for path, _, operation in self.operations():
            declared = [p["name"] for p in operation["parameters"]
                        if p["in"] == "path" and p["required"]]
            self.assertEqual(re.findall(r"\{(\w+)\}", path), declared)

    def is_documented(self, operation, answer):
        self.assertIn(str(answer.status), operation["responses"])
        self.assertLess(answer.status, 300)
        content = operation["responses"][str(answer.status)].get("content")
        if content:
            self.check(answer, content)
        else:
            self.assertEqual(answer.body, b"")

    def test_answers_are_as_documented(self):
        for _, method, operation in self.operations():
            name = operation["operationId"]
            for path in REQUESTS[name][0]:
                for body in BODIES.get(name, [None]):
                    with self.subTest(path, body=body):
                        self.is_documented(operation, self.server.ask(
                            path, method.upper(), JSON if body else None,
                            json.dumps(body).encode() if body else None))

    def test_what_is_sent_here_is_as_documented(self):
        for _, _, operation in self.operations():
            for body in BODIES.get(operation["operationId"], []):
                content = operation["requestBody"]["content"]
                schema = {**content["application/json"]["schema"],
                          "components": self.document["components"]}
                jsonschema.Draft202012Validator(schema).validate(body)

    def test_problems_are_as_documented(self):
        for _, method, operation in self.operations():
            path = REQUESTS[operation["operationId"]][1]
            if path:
                answer = self.server.ask(path, method.upper())
                self.assertGreaterEqual(answer.status, 400)
                self.check(answer,
                           operation["responses"]["default"]["content"])


main()
