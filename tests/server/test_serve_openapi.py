"""The OpenAPI document against what the server really answers."""
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
}


class OpenApi(Case):
    kb = SOURCE_DIR + "/kb"

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

    def test_answers_are_as_documented(self):
        for _, method, operation in self.operations():
            for path in REQUESTS[operation["operationId"]][0]:
                with self.subTest(path):
                    answer = self.server.ask(path, method.upper())
                    self.assertEqual(answer.status, 200)
                    self.check(answer, operation["responses"]["200"]["content"])

    def test_problems_are_as_documented(self):
        for _, method, operation in self.operations():
            path = REQUESTS[operation["operationId"]][1]
            if path:
                answer = self.server.ask(path, method.upper())
                self.assertGreaterEqual(answer.status, 400)
                self.check(answer,
                           operation["responses"]["default"]["content"])


main()
