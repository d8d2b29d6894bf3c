#!/usr/bin/env python3
# test-recording.py: `hearthctl run --record` and `--replay` (docs/record-and-replay.md)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-recording.py HEARTHCTL CATALOGUES
#
# CATALOGUES: where <language>/LC_MESSAGES/hearth.mo lie.

import json
import os
import sqlite3
import subprocess
import sys
import urllib.request

from recorded import Case, HERE, edge, node, told
import wire
from wire import equal

CATALOGUES = sys.argv[2]
KEY = "sk-right-key-0123"  # the one that tests/llm/peer_openai.py takes
SLOW = {"steps": [{"send": "one "}, {"wait": 0.15}, {"split": 1}, {"send": "two 世界"}]}
BUSY = {"status": 429, "steps": [{"send": "later"}]}
QUICK = {"steps": [{"send": "[3]"}]}


class Peer:
    """tests/llm/peer.py."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-B", HERE.parent / "llm" / "peer.py"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.address = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        return self

    def __exit__(self, *ignored):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def ask(name, script, policy=None):
    return node(name, "HttpRequest", {"_policy": policy} if policy else None, method="POST", body=script)


def workflow():
    """Calls side by side, tries, chance, time, and work on threads."""
    retry = {"retry": {"count": 2, "delayMs": 300}, "onFailure": "value", "value": {"text": "gave up"}}
    nodes = [node("in", "GroupInput"), ask("slow", SLOW), ask("busy", BUSY, retry), ask("quick", QUICK),
             node("chance", "RandomNumber", mode="随机", value=0), node("wait", "Delay", milliseconds=900),
             node("all", "TextMerge", separator="|"), node("stream", "TextStream", chunkSize=2, delayMs=40),
             node("out", "GroupOutput")]
    edges = [edge("in", "url", name, "url") for name in ("slow", "busy", "quick")]
    edges += [edge("slow", "text", "wait", "value"), edge("wait", "value", "all", "text_inputs"),
              edge("busy", "text", "all", "text_inputs"), edge("quick", "text", "all", "text_inputs"),
              edge("chance", "number", "all", "text_inputs"), edge("all", "merged_text", "stream", "text"),
              edge("all", "merged_text", "out", "text"), edge("chance", "number", "out", "number")]
    for i in range(4):
        nodes.append(node(f"regex{i}", "ApplyRegex"))
        edges.append(edge("quick", "text", f"regex{i}", "text"))
    slot = {"url": "STRING", "text": "STRING", "number": "INTEGER"}
    return {"name": "Everything", "nodes": nodes, "edges": edges,
            "interfaceInputs": {"url": {"key": "url", "dataFlowType": "STRING"}},
            "interfaceOutputs": {key: {"key": key, "dataFlowType": slot[key]} for key in ("text", "number")}}


class Served(Case):
    """One that is recorded with the peer, and replayed without it."""

    def __init__(self, described=None):
        super().__init__(described or workflow())

    def record(self, path="/play", **options):
        with Peer() as peer:
            self.given = ["-i", f"url={peer.address}{path}"]
            return super().record(**options)


def test_same_bytes():
    with Served() as case:
        recorded = case.record()
        first = case.replay("--events")
        equal(told(first), told(recorded))
        assert b"gave up" in first.stdout and b"NODE_RETRY" in first.stdout and "世界".encode() in first.stdout
        for _ in range(4):
            equal(case.replay("--events").stdout, first.stdout)
        equal(len({case.replay().stdout for _ in range(3)}), 1)


def test_no_time_passes():
    """The run waits for most of a second; its replay says so and does not."""
    with Served() as case:
        case.record()
        result = json.loads(case.replay().stdout)
        assert result["durationMs"] > 900, result
        equal(result["durationMs"], round(result["durationMs"]))


def test_no_socket():
    with Served() as case:
        case.record()
        equal(case.trace("network"), [])


def model_workflow():
    """A model that streams, asked with a key that the workflow brings."""
    return {"name": "Model", "nodes": [node("in", "GroupInput"), node("api", "APISettings", use_env_vars=False, api_key=KEY),
                                       node("ask", "OpenAI", model="parrot", prompt="Say it to 世界.", stream=True),
                                       node("out", "GroupOutput")],
            "edges": [edge("in", "url", "api", "base_url"), edge("api", "api_settings", "ask", "api_settings"),
                      edge("ask", "response", "out", "text")],
            "interfaceInputs": {"url": {"key": "url", "dataFlowType": "STRING"}},
            "interfaceOutputs": {"text": {"key": "text", "dataFlowType": "STRING"}}}


def test_model():
    with Served(model_workflow()) as case:
        recorded = case.record("/v1")
        first = case.replay("--events")
        equal(told(first), told(recorded))
        for _ in range(2):
            equal(case.replay("--events").stdout, first.stdout)
        assert KEY not in case.cassette.read_text(encoding="utf-8")
        assert b"chat/completions" in case.cassette.read_bytes()


def add_channel(case, url):
    """Without a key, as hearthctl itself sets none up."""
    case.hearthctl("models")
    with sqlite3.connect(case.data / "data" / "app.sqlite") as database:
        database.execute("INSERT INTO api_channels (id, user_id, label, base_url, api_key, created_at, supported_models)"
                         " VALUES ('ch_script', 'default_user', 'Script', ?, '', '2026-01-01T00:00:00.000Z', '[\"script\"]')", [url])
    database.close()


def agent_workflow(url):
    """Tools of all kinds that fail, and an answer that does not fit: what of it do models get to hear?"""
    tools = [{"name": "gone", "url": f"{url}/nothing-here"}, {"name": "nobody", "url": "http://127.0.0.1:1/"},
             {"name": "strict", "url": f"{url}/tool", "parameters": {"type": "object", "required": ["n"],
                                                                  "properties": {"n": {"type": "integer", "minimum": 3}}}}]
    agent = node("agent", "Agent", {"toolWorkflows": ["checked"], "httpTools": tools}, model="script", prompt="Try all.")
    extract = node("extract", "Extract", model="script", schema="age: integer")
    offline = node("offline", "SimpleCompletion", model="core:offline-quick", prompt="Is anybody there?")
    tell = node("tell", "HttpRequest", method="POST", url=f"{url}/echo")
    nodes = [agent, extract, offline, tell, node("out", "GroupOutput")]
    edges = [edge("offline", "text", "tell", "body"), edge("agent", "text", "extract", "text"), edge("extract", "data", "out", "data")]
    return {"name": "Agent", "nodes": nodes, "edges": edges, "interfaceInputs": {},
            "interfaceOutputs": {"data": {"key": "data", "dataFlowType": "OBJECT"}}}


def checked_workflow():
    nodes = [node("in", "GroupInput"), node("check", "Assert", {"expression": "value == 'right'"}), node("out", "GroupOutput")]
    slot = {"word": {"key": "word", "dataFlowType": "STRING"}}
    return {"id": "checked", "name": "checked", "nodes": nodes, "interfaceInputs": slot, "interfaceOutputs": slot,
            "edges": [edge("in", "word", "check", "value"), edge("check", "value", "out", "word")]}


AGENT_LINES = [
    {"calls": [{"name": "checked", "arguments": '{"word": "wrong"}'}, {"name": "gone", "arguments": "{}"},
               {"name": "nobody", "arguments": "{}"}, {"name": "strict", "arguments": '{"n": 1.5}'},
               {"name": "strict", "arguments": '{"n": 2}'}, {"name": "strict", "arguments": "{}"},
               {"name": "unknown", "arguments": "{}"}, {"name": "strict", "arguments": "[]"}]},
    {"text": "nothing works"}, {"text": "no JSON"}, {"text": '{"age": "old"}'}, {"text": '{"age": 7}'}]
AGENT_HEARS = [
    "Error: The node “check” failed: This is not true: value == 'right'", "Error: The service answers 404 (Not Found): ",
    "Error: The service cannot be reached.", "Error: The arguments do not fit: $.n: 1.5 should be of the type integer.",
    "Error: The arguments do not fit: $.n: It should be 3 or more.", "Error: The arguments do not fit: $: The member “n” is missing.",
    "Error: There is no tool “unknown”.", "Error: The arguments are no JSON object."]


def in_language(language):
    return os.environ | {"LANGUAGE": language, "HEARTH_LOCALE_DIR": CATALOGUES}


def without_words(done):
    """Of what people are told only that they are told it."""
    def strip(value):
        if isinstance(value, list):
            return [strip(one) for one in value]
        if not isinstance(value, dict):
            return value
        return {key: "…" if key in ("message", "error", "line", "text", "history") else strip(one) for key, one in value.items()}
    return [strip(json.loads(line)) for line in done.stdout.splitlines()]


def test_languages():
    """What is said to models is the same whoever runs it: recorded in one language, replayed in another."""
    with Peer() as peer, Case(agent_workflow(peer.address)) as case:
        add_channel(case, f"{peer.address}/s/v1")
        (case.root / "checked.json").write_text(json.dumps(checked_workflow()), encoding="utf-8")
        urllib.request.urlopen(urllib.request.Request(f"{peer.address}/lines", json.dumps(AGENT_LINES).encode(),
                                                      {"Content-Type": "application/json"})).close()
        case.record(env=in_language("en"))
        asked = json.load(urllib.request.urlopen(f"{peer.address}/asked"))
        said = [message["content"] for message in asked[1]["messages"] if message["role"] == "tool"]
        equal(len(said), len(AGENT_HEARS), said)
        for words, begin in zip(said, AGENT_HEARS):
            assert words.startswith(begin), words
        assert "It is not JSON.\nAnswer again" in asked[3]["messages"][-1]["content"], asked[3]
        english = case.replay("--events", env=in_language("en"))
        chinese = case.replay("--events", env=in_language("zh_CN"))
        equal(without_words(chinese), without_words(english))
        assert "There is no tool “unknown”." in english.stdout.decode()
        assert "没有工具“unknown”。" in chinese.stdout.decode(), "people read their own language"


def test_missing():
    with Served() as case:
        case.record()
        changed = workflow()
        changed["nodes"][1]["inputValues"]["body"]["steps"][0]["send"] = "another"
        case.write(changed)
        said = case.replay(status=1).stderr.decode()
        assert 'body.steps[0].send is "one " in the recording and "another" now' in said, said


def test_usage():
    with Served() as case:
        case.given = ["-i", "url=http://127.0.0.1:1/"]
        assert b"cassette.jsonl" in case.replay(status=2).stderr
        case.cassette.write_text("{}")
        assert b"is no recording" in case.replay(status=2).stderr
        assert b"exclude each other" in case.replay("--record", case.root / "other", status=2).stderr
        assert b"exclude each other" in case.replay("--explain", status=2).stderr
        assert b"cannot be written" in case.run("--record", case.root / "none" / "c", status=2).stderr
        done = case.run("--record", "/dev/full", status=1)
        assert b"cannot be written" in done.stderr, done.stderr


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
