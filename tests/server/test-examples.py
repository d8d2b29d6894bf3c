#!/usr/bin/env python3
# test-examples.py: the examples of the OpenAPI document are really sent, and the answers really so
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-examples.py SERVER_PROGRAM FOLDER
#
# FOLDER: src/server/examples. Each file is a story told to a server with a data folder of its own. An
# answer must have the members and kinds of its example, and the values as well, but for those that
# differ each time: times, ids that were made up, and what the exchange lists under "varies".

import json
import re
import shutil
import sys
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM, FOLDER = sys.argv[1], Path(sys.argv[2])

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
RUN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{20}")
MOMENT = re.compile(r"(At|Ms|lastModified)$")


def routes(document):
    """operationId -> (method, path, tag)"""
    return {operation["operationId"]: (method.upper(), path, operation["tags"][0])
            for path, methods in document["paths"].items() for method, operation in methods.items()
            if "x-same-as" not in operation}


def older_addresses(document):
    """(operationId, (method, path)) of addresses that earlier versions had"""
    return [(operation["x-same-as"], (method.upper(), path))
            for path, methods in document["paths"].items() for method, operation in methods.items()
            if "x-same-as" in operation]


def resolve(value, answers):
    if isinstance(value, list):
        return [resolve(item, answers) for item in value]
    if not isinstance(value, dict):
        return value
    if "$from" in value:
        route, *members = value["$from"].split(".")
        found = answers[route]
        for member in members:
            found = found[int(member)] if isinstance(found, list) else found[member]
        return found
    return {key: resolve(item, answers) for key, item in value.items()}


def form(parts):
    """multipart/form-data: {"files": [{"field", "name", "content"}], and other fields as texts}."""
    files = [(file["field"], file["name"], bytes.fromhex(file["hex"]) if "hex" in file else file["content"].encode())
             for file in parts.get("files", [])]
    return wire.form(files, **{key: value for key, value in parts.items() if key != "files"})


def send(server, exchange, method, path):
    for name, value in exchange.get("params", {}).items():
        path = path.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
    query = {key: str(value).lower() if isinstance(value, bool) else value
             for key, value in exchange.get("query", {}).items()}
    if query:
        path += "?" + urllib.parse.urlencode(query)
    headers = dict(exchange.get("headers", {}))
    body = exchange.get("body")
    if "form" in exchange:
        body, of_form = form(exchange["form"])
        headers.update(of_form)
    elif "bytes" in exchange:
        body = exchange["bytes"].encode()
    return server.ask(method, path, body, headers)


def ask(server, exchange, method, path):
    """As long as the answer is not yet so: {"until": {member: value}}."""
    until = exchange.get("until", {})
    for _ in range(500):
        answer = send(server, exchange, method, path)
        if all(answer.json.get(key) == value for key, value in until.items()):
            break
        time.sleep(0.01)
    return answer


def kind(value):
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


def check(got, wanted, place, varies):
    if place in varies:
        return
    equal(kind(got), kind(wanted), place)
    if isinstance(wanted, dict):
        equal(sorted(got), sorted(wanted), place)
        for key, value in wanted.items():
            check(got[key], value, f"{place}.{key}".lstrip("."), varies)
    elif isinstance(wanted, list):
        equal(len(got), len(wanted), place)
        for number, value in enumerate(wanted):
            check(got[number], value, f"{place}.{number}".lstrip("."), varies)
    elif isinstance(wanted, str):
        for pattern in (TIME, UUID, RUN):
            if pattern.fullmatch(wanted):
                assert pattern.fullmatch(got), f"{place}: got {got!r}, wanted one like {wanted!r}"
                return
        equal(got, wanted, place)
    elif not (kind(wanted) == "number" and MOMENT.search(place)):
        equal(got, wanted, place)


def play(server, story, table):
    answers = {}
    for number, exchange in enumerate(story):
        name = exchange["route"]
        where = f"exchange {number}, {name}"
        assert name in table, f"{where}: there is no such route"
        answer = ask(server, resolve(exchange, answers), *table[name][:2])
        equal(answer.status, exchange.get("status", 200), f"{where}: {answer.bytes[:300]!r}")
        if "answer" in exchange:
            check(answer.json, resolve(exchange["answer"], answers), "", exchange.get("varies", []))
            if answer.status < 300:
                answers[name] = answer.json
        elif "text" in exchange:
            equal(answer.text, exchange["text"], where)
        elif answer.status == 204:
            equal(answer.bytes, b"", where)
        for header, value in exchange.get("answerHeaders", {}).items():
            equal(answer.headers.get(header), value, f"{where}: {header}")


def make_test(file):
    def test():
        server = Server(PROGRAM)
        if file.stem == "plugins":  # that of our example
            shutil.copytree(FOLDER.parents[2] / "data" / "plugins", Path(server.data, "plugins"))
        with server:
            table = routes(server.get("/api/openapi.json").json)
            play(server, json.loads(file.read_text(encoding="utf-8")), table)

    return test


def test_every_route_has_an_example():
    with Server(PROGRAM) as server:
        table = routes(server.get("/api/openapi.json").json)
    told = {exchange["route"] for file in FOLDER.glob("*.json") for exchange in json.loads(file.read_text(encoding="utf-8"))}
    equal(sorted(name for name in table if name not in told), [])


def test_every_example_is_shown():
    """A file that is not built in would be sent by this test and seen by nobody."""
    with Server(PROGRAM) as server:
        document = server.get("/api/openapi.json").json
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    equal([o["operationId"] for o in operations if "x-same-as" not in o and list(o["responses"]) == ["default"]], [])


def test_older_addresses():
    """Every story that a route with an older address is part of can be told by that address."""
    with Server(PROGRAM) as server:
        older = older_addresses(server.get("/api/openapi.json").json)
    assert older
    for name, address in older:
        stories = [json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.json")]
        stories = [story for story in stories if any(exchange["route"] == name for exchange in story)]
        assert stories, name
        for story in stories:
            with Server(PROGRAM) as server:
                play(server, story, {**routes(server.get("/api/openapi.json").json), name: address})


def test_a_wrong_example_is_noticed():
    """The comparison can fail: a member more, a member less, another kind, another value."""
    right = {"id": "a", "list": [1], "at": "2026-01-31T12:00:00.000Z"}
    check(right, right, "", [])
    for wrong in ({**right, "more": 1}, {"id": "a", "list": [1]}, {**right, "id": "b"}, {**right, "list": []},
                  {**right, "list": ["1"]}, {**right, "at": "yesterday"}):
        try:
            check(wrong, right, "", [])
        except AssertionError:
            continue
        raise RuntimeError(f"{wrong} passed for {right}")


for story in sorted(FOLDER.glob("*.json")):
    globals()[f"test_{story.stem.replace('-', '_')}"] = make_test(story)

if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
