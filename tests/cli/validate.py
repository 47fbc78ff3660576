"""Holds files against the schemas of docs/schemas, as an editor would.

usage: validate.py SCHEMA FILE...
Prints `FILE: where: what` for each fault and exits 1 when there is any. Of
markdown the head is held against the schema. YAML is that of version 1.2, in
which no word but true and false is a truth and no day is anything but a text.
"""
import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 core: PyYAML knows 1.1."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
     "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag,
                                 re.compile("^(?:%s)$" % pattern), list(first))


def head_of(text):
    match = re.match(r"\ufeff?---\r?\n(.*?)^---\s*$", text, re.S | re.M)
    return match.group(1) if match else ""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    checker = jsonschema.Draft202012Validator
    checker.check_schema(schema)
    bad = False
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        tree = yaml.load(head_of(text) if path.endswith(".md") else text,
                         Loader)
        for fault in checker(schema).iter_errors(tree):
            bad = True
            where = "/".join(map(str, fault.absolute_path)) or "(top)"
            print("%s: %s: %s" % (path, where, fault.message[:200]))
    return 1 if bad else 0


sys.exit(main())
