#!/usr/bin/env python3
# test-cli.py: the real hearthctl with real arguments, pipes and signals
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-cli.py HEARTHCTL EXAMPLES_DIR"""

import json
import os
import pty
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request

PROGRAM = ""
EXAMPLES = ""
FOLDER = ""
TIMEOUT = 60
TESTS = []


def test(function):
    TESTS.append(function)
    return function


# --- helpers ------------------------------------------------------------------------------

def environment():
    return {**os.environ, "HEARTH_DATA_DIR": os.path.join(FOLDER, "data"), "HEARTH_EXAMPLES_DIR": EXAMPLES,
            "LC_ALL": "C.UTF-8"}


def call(*arguments, text=None, status=0):
    """Runs it, checks the exit status, returns standard output and standard error."""
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run([PROGRAM, *arguments], input=data, stdin=subprocess.DEVNULL if data is None else None,
                          capture_output=True, timeout=TIMEOUT, env=environment(), check=False)
    assert done.returncode == status, f"exit {done.returncode}, not {status}: {done.stderr.decode()[:500]}"
    return done.stdout.decode(), done.stderr.decode()


def start(*arguments, **keywords):
    return subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
                            **keywords)


def refuse(*arguments, says=(), text=None, status=2):
    """Nothing on standard output, one sentence of ours on standard error."""
    out, err = call(*arguments, text=text, status=status)
    assert out == "", f"standard output: {out[:300]}"
    assert err.startswith("hearthctl: "), err
    for word in says:
        assert word in err, f"nothing about {word!r}: {err}"


def write(name, content):
    path = os.path.join(FOLDER, name)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes)
                   else (content if isinstance(content, str) else json.dumps(content)).encode())
    return path


def demo(name="Welcome"):
    return os.path.join(EXAMPLES, "demo", "workflows", name + ".json")


def slot(key, kind):
    return {"key": key, "displayName": key, "dataFlowType": kind}


def echo():
    """Each input comes out as it went in."""
    kinds = {"text": "STRING", "whole": "INTEGER", "number": "FLOAT", "flag": "BOOLEAN", "object": "OBJECT",
             "list": "ARRAY", "any": "WILDCARD"}
    slots = {key: slot(key, kind) for key, kind in kinds.items()}
    opened = {"open": {"key": "open", "displayName": "*", "dataFlowType": "CONVERTIBLE_ANY"}}
    return write("echo.json", {
        "id": "echo", "name": "Echo", "viewport": {"x": 0, "y": 0, "zoom": 1},
        "nodes": [{"id": "in", "type": "core:GroupInput", "position": {"x": 0, "y": 0}},
                  {"id": "out", "type": "core:GroupOutput", "position": {"x": 9, "y": 0}}],
        "edges": [{"id": key, "source": "in", "target": "out", "sourceHandle": key, "targetHandle": key}
                  for key in kinds],
        "interfaceInputs": {**slots, **opened}, "interfaceOutputs": {**slots, "loose": slot("loose", "STRING")}})


def slow(delay=200):
    return write("slow.json", {
        "nodes": [{"id": "t", "type": "core:TextStream", "position": {"x": 0, "y": 0},
                   "inputValues": {"text": "a b c d e f g h i j k l m n", "chunkSize": 2, "delayMs": delay}},
                  {"id": "out", "type": "core:GroupOutput", "position": {"x": 9, "y": 0}}],
        "edges": [{"id": "e", "source": "t", "target": "out", "sourceHandle": "stream", "targetHandle": "s"}],
        "interfaceOutputs": {"s": {**slot("s", "STRING"), "isStream": True}}})


def single(type_id, **members):
    return {"nodes": [{"id": "n", "type": type_id, "position": {"x": 0, "y": 0}, **members}], "edges": []}


# --- words -----------------------------------------------------------------------------------

@test
def help_and_version():
    out, err = call("--help")
    assert "serve" in out and err == ""
    assert call("--version")[0].startswith("hearthctl ")
    for command in ("run", "check", "history", "show", "usage", "nodes", "serve"):
        out, err = call(command, "--help")
        assert f"hearthctl {command}" in out and err == ""


@test
def bad_usage():
    out, err = call(status=2)
    assert out == "" and "Usage" in err
    refuse("dance", says=["dance"])
    refuse("run", says=["run --help"])
    refuse("run", demo(), "more", says=["more"])
    refuse("run", demo(), "--no-such-option", says=["--no-such-option"])
    refuse("run", demo(), "--events", "--output", "greeting", says=["--events", "--output"])
    refuse("nodes", "more", says=["more"])
    refuse("serve", "--port", "many", says=["many"])
    refuse("serve", "--port", "70000", says=["70000"])


# --- run ----------------------------------------------------------------------------------------

@test
def result_object():
    out, err = call("run", demo())
    assert err == "" and out.count("\n") == 1 and out.endswith("\n")
    result = json.loads(out)
    assert list(result) == ["promptId", "status", "outputs", "durationMs"], list(result)
    assert len(result["promptId"]) == 21 and result["status"] == "complete" and result["durationMs"] > 0
    assert result["outputs"]["number"] == 42 and result["outputs"]["greeting"].startswith("Hello, Ada, ")


@test
def input_values():
    file = echo()
    cases = [("text", "plain words", "plain words"), ("text", "12", "12"), ("text", "", ""), ("text", "a=b", "a=b"),
             ("whole", "-7", -7), ("whole", "12345678901234567890", 12345678901234567890),
             ("number", "2.5", 2.5), ("number", "3", 3), ("flag", "true", True), ("flag", "false", False),
             ("object", '{"a":[1]}', {"a": [1]}), ("list", '[1,"x"]', [1, "x"]), ("any", "[1]", "[1]")]
    for key, given, expected in cases:
        result = json.loads(call("run", file, "--input", f"{key}={given}")[0])
        assert result["outputs"][key] == expected, (key, given, result)
    result = json.loads(call("run", file, "-i", "text=x", "-i", "number=1")[0])
    assert result["outputs"]["text"] == "x" and result["outputs"]["number"] == 1


@test
def input_from_file_and_pipe():
    file = echo()
    text = "first line\nsecond: 一 \U0001f600\n"
    value = write("value.txt", text)
    assert call("run", file, "--input", f"text=@{value}", "--output", "text")[0] == text
    assert call("run", file, "--input", "text=-", "--output", "text", text=text)[0] == text
    assert call("run", file, "--input", "list=-", "--output", "list", text="[1, 2]\n")[0] == "[1,2]\n"
    large = "x" * 3_000_000
    assert call("run", file, "--input", "text=-", "--output", "text", text=large)[0] == large
    out = call("run", "-", "--output", "number", "--input", "number=5", text=open(file, encoding="utf-8").read())[0]
    assert out == "5\n"


@test
def bad_inputs():
    file = echo()
    refuse("run", file, "--input", "nobody=1", says=["nobody", "“text”", "“whole”", "“list”"])
    refuse("run", file, "--input", "open=1", says=["open"])
    refuse("run", file, "--input", "text", says=["KEY=VALUE"])
    refuse("run", file, "--input", "=1", says=["KEY=VALUE"])
    refuse("run", file, "--input", "whole=1.5", says=["whole"])
    refuse("run", file, "--input", "whole=abc", says=["whole", "column 1"])
    refuse("run", file, "--input", "number=true", says=["number"])
    refuse("run", file, "--input", "flag=1", says=["flag"])
    refuse("run", file, "--input", "object=[]", says=["object"])
    refuse("run", file, "--input", "list={}", says=["list"])
    refuse("run", file, "--input", "text=@/no/such/file", says=["/no/such/file"])
    refuse("run", file, "--input", "text=-", "--input", "any=-", text="x", says=["once"])
    refuse("run", "-", "--input", "text=-", text=open(file, encoding="utf-8").read(), says=["once"])
    refuse("run", file, "--input", "text=-", text=b"\xff\xfe", says=["UTF-8"])
    refuse("run", write("none.json", single("core:TextMerge")), "--input", "a=1", says=["a"])


@test
def output_value():
    file = echo()
    assert call("run", file, "--input", "text=no newline", "--output", "text")[0] == "no newline"
    assert call("run", file, "--input", 'object={"a": 1}', "--output", "object")[0] == '{"a":1}\n'
    assert call("run", demo(), "--output", "number")[0] == "42\n"
    refuse("run", file, "--output", "nobody", says=["nobody", "“text”"])
    out, err = call("run", file, "--output", "loose", status=1)
    assert out == "" and "loose" in err


@test
def output_on_a_terminal():
    main, other = pty.openpty()
    done = subprocess.run([PROGRAM, "run", demo("Salutation"), "--output", "line"], stdout=other, env=environment(),
                          timeout=TIMEOUT, check=False)
    os.close(other)
    assert done.returncode == 0
    assert os.read(main, 1000) == b"Dear friend,\r\n"
    os.close(main)


@test
def stream_as_it_arrives():
    process = start("run", slow(), "--output", "s")
    first = os.read(process.stdout.fileno(), 100)
    assert first == b"a ", first
    seen = time.monotonic()
    rest = b""
    while block := os.read(process.stdout.fileno(), 100):
        rest += block
    assert time.monotonic() - seen > 1
    assert first + rest == b"a b c d e f g h i j k l m n", rest
    assert process.wait(TIMEOUT) == 0


@test
def events():
    out, err = call("run", demo("Text tools"), "--events")
    lines = [json.loads(line) for line in out.splitlines()]
    kinds = [line["type"] for line in lines]
    assert len({line["payload"]["promptId"] for line in lines}) == 1
    assert lines[0]["type"] == "EXECUTION_STATUS_UPDATE" and lines[0]["payload"]["status"] == "running"
    assert lines[-1]["type"] == "EXECUTION_STATUS_UPDATE" and lines[-1]["payload"]["status"] == "complete"
    for kind in ("NODE_EXECUTING", "NODE_YIELD", "NODE_COMPLETE", "WORKFLOW_INTERFACE_YIELD"):
        assert kind in kinds, kind
    complete = {line["payload"]["nodeId"]: line["payload"]["output"] for line in lines
                if line["type"] == "NODE_COMPLETE"}
    result = json.loads(call("run", demo("Text tools"))[0])
    assert complete["__WORKFLOW_INTERFACE_OUTPUTS__"] == result["outputs"]


@test
def references():
    assert json.loads(call("run", demo("Groups"))[0])["outputs"]["letter"] == "Dear Ada,\nhow are you today?"
    alone = write("alone.json", open(demo("Groups"), encoding="utf-8").read())
    refuse("run", alone)
    folder = os.path.join(EXAMPLES, "demo")
    out, _ = call("run", alone, "--project", folder, "--output", "letter")
    assert out == "Dear Ada,\nhow are you today?"
    out, _ = call("run", alone, "--project", os.path.join(folder, "workflows"), "--output", "letter")
    assert out == "Dear Ada,\nhow are you today?"
    refuse("run", alone, "--project", "Nowhere", says=["Nowhere"])
    call("check", demo("Groups"))
    call("check", alone, status=1)
    call("check", alone, "--project", folder)


@test
def before_run_changes_no_file():
    file = write("random.json", single("core:RandomNumber", inputValues={"seed": 1}))
    before = open(file, encoding="utf-8").read()
    call("run", file)
    assert open(file, encoding="utf-8").read() == before


@test
def writes_nothing():
    call("run", demo("Salutation"))
    call("check", demo("Salutation"))
    call("nodes")
    assert not os.path.exists(os.path.join(FOLDER, "data"))


@test
def payload():
    file = write("payload.json", {
        "nodes": [{"id": "m", "fullType": "core:MathOperation", "inputs": {"a": 20, "b": 22}}], "edges": [],
        "interfaceOutputs": {"sum": slot("sum", "FLOAT")},
        "outputInterfaceMappings": {"sum": {"sourceNodeId": "m", "sourceSlotKey": "result"}},
        "metadata": {"workflowId": "x"}})
    assert call("run", file, "--output", "sum")[0] == "42\n"


@test
def failing_run():
    out, err = call("run", write("fails.json", single("core:MathOperation", displayName="My sum", inputValues={
        "a": 1, "b": 0}, configValues={"operationMode": "divide"})), status=1)
    result = json.loads(out)
    assert result["status"] == "error" and result["error"]
    assert "My sum" in err, err


# --- bad files ---------------------------------------------------------------------------------------

@test
def broken_files():
    whole = open(demo(), encoding="utf-8").read()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 2):
        refuse("run", write("cut.json", whole[:length]), says=["cut.json", "Line"])
    refuse("run", write("twice.json", '{"nodes":[],"nodes":[]}'), says=["twice.json", "nodes"])
    refuse("run", write("latin.json", b'{"nodes":[],"name":"\xe9"}'), says=["latin.json"])
    refuse("run", write("deep.json", "[" * 100_000), says=["deep.json"])
    refuse("run", write("list.json", "[]"), says=["list.json"])
    refuse("run", write("null.json", "null"), says=["null.json"])
    refuse("run", FOLDER, says=["folder"])
    refuse("run", os.path.join(FOLDER, "no such file"), says=["no such file"])
    refuse("check", os.path.join(FOLDER, "no such file"), says=["no such file"])
    refuse("run", "-", text="{", says=["Standard input"])
    refuse("run", "/dev/zero")


@test
def large_files():
    begin = time.monotonic()
    refuse("run", write("large.json", b'{"nodes":[' + b"9" * 50_000_000), says=["large.json"])
    refuse("run", write("large.json", b'{"nodes":[' + b"[" * 50_000_000), says=["large.json"])
    refuse("run", write("large.json", b'{"nodes":[' + b'"' + b"x" * 50_000_000), says=["large.json"])
    path = write("huge.json", b"")
    os.truncate(path, 1 << 40)
    refuse("run", path, says=["huge.json", "MiB"])
    os.unlink(path)
    os.unlink(os.path.join(FOLDER, "large.json"))
    assert time.monotonic() - begin < 30


@test
def wrong_types():
    """Every field of a workflow that works, replaced by something else: a sentence or a run, never a crash."""
    workflow = json.load(open(demo("Groups"), encoding="utf-8"))
    wrong = [None, True, -1, 1e300, "", "x", [], {}, [None], {"": None}]

    def places(value, path):
        if path:
            yield path
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, member in items:
            yield from places(member, path + [key])

    every = list(places(workflow, []))
    folder = os.path.dirname(demo())
    for index, path in enumerate(every):
        changed = json.loads(json.dumps(workflow))
        place = changed
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = wrong[index % len(wrong)]
        file = write("wrong.json", changed)
        for command in ("run", "check"):
            done = subprocess.run([PROGRAM, command, file, "--project", folder], stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=TIMEOUT, env=environment(), check=False)
            assert done.returncode in (0, 1, 2), (path, done)
            if done.returncode == 2:
                assert done.stdout == b"" and done.stderr.startswith(b"hearthctl: "), (path, done)
            elif done.returncode == 1:
                assert done.stdout, (path, done)


@test
def bad_graphs():
    node = {"type": "core:MathOperation", "position": {"x": 0, "y": 0}}
    edge = {"sourceHandle": "result", "targetHandle": "a"}
    circle = write("circle.json", {
        "nodes": [{"id": "one", **node}, {"id": "two", **node}],
        "edges": [{"id": "1", "source": "one", "target": "two", **edge},
                  {"id": "2", "source": "two", "target": "one", **edge}]})
    refuse("run", circle, says=["cycle", "one", "two"])
    unknown = write("unknown.json", single("plugin:Odd"))
    assert "plugin:Odd" in call("run", unknown, status=1)[1]
    missing = write("missing.json", single("core:TextMerge"))
    assert "n" in call("run", missing, status=1)[1]
    nowhere = write("nowhere.json", {"nodes": [{"id": "one", **node}],
                                     "edges": [{"id": "1", "source": "gone", "target": "one", **edge}]})
    assert json.loads(call("run", nowhere)[0])["status"] == "complete"
    for file, words in ((circle, ["one", "two"]), (unknown, ["plugin:Odd", "(n)"]), (missing, ["(n)"])):
        out, err = call("check", file, status=1)
        assert err == "" and all(line.startswith(("error: ", "warning: ")) for line in out.splitlines()), out
        assert all(word in out for word in words), out
    done = subprocess.run([PROGRAM, "check", nowhere], capture_output=True, timeout=TIMEOUT, env=environment(),
                          check=False)
    assert done.returncode in (0, 1) and b"gone" in done.stdout, done


# --- reuse and history ---------------------------------------------------------------------------

def chain():
    nodes = [{"id": key, "type": "core:MathOperation", "displayName": f"Step {key}", "position": {"x": 0, "y": 0},
              "configValues": {"operationMode": "add"}, "inputValues": {"b": 1}} for key in "abc"]
    nodes[0]["inputValues"]["a"] = 1
    return write("chain.json", {"id": "chain", "name": "Chain of three", "nodes": nodes, "edges": [
        {"id": "1", "source": "a", "target": "b", "sourceHandle": "result", "targetHandle": "a"},
        {"id": "2", "source": "b", "target": "c", "sourceHandle": "result", "targetHandle": "a"}]})


def explained(*arguments):
    """Node -> "reused" or "ran"."""
    err = call("run", *arguments)[1]
    lines = [line for line in err.splitlines() if line.startswith("Step ")]
    assert lines == err.splitlines(), err
    return {line.split("(")[1][0]: line.split("): ")[1].split(":")[0] for line in lines}


@test
def reuse_between_programs():
    file, data = chain(), ["--data-dir", os.path.join(FOLDER, "reuse")]
    assert explained(file, *data) == {}
    assert not os.path.exists(data[1]), "a plain run writes nothing"
    assert explained(file, *data, "--explain") == {"a": "ran", "b": "ran", "c": "ran"}
    assert explained(file, *data, "--explain") == {"a": "reused", "b": "reused", "c": "reused"}
    assert explained(file, *data, "--explain", "--from", "Step b") == {"a": "reused", "b": "ran", "c": "ran"}
    assert explained(file, *data, "--explain", "--to", "b", "--anew") == {"a": "ran", "b": "ran"}
    with open(file, encoding="utf-8") as stream:
        workflow = json.load(stream)
    workflow["nodes"][1]["inputValues"]["b"] = 40
    err = call("run", write("chain.json", workflow), *data, "--explain")[1]
    assert "Step b (b): ran: input “b” changed" in err and "Step a (a): reused: " in err, err
    refuse("run", file, *data, "--to", "nobody", says=["nobody"])
    refuse("run", file, *data, "--from", "nobody", says=["nobody"])


@test
def files_that_changed():
    data = os.path.join(FOLDER, "files")
    library = os.path.join(data, "library")
    os.makedirs(library)
    rules = os.path.join(library, "rules.json")
    nodes = [{"id": "a", "type": "core:RegexRuleLoader", "displayName": "Step a", "position": {"x": 0, "y": 0},
              "configValues": {"ruleResource": "shared://library/rules.json"}}]
    file = write("rules.json", {"id": "rules", "name": "Rules", "nodes": nodes, "edges": []})

    def why(text):
        if text is not None:
            with open(rules, "w", encoding="utf-8") as stream:
                stream.write(text)
        return call("run", file, "--data-dir", data, "--explain")[1]

    assert "ran: first run" in why('[{"pattern": "a"}]')
    assert "reused: " in why(None)
    assert "ran: the file “shared://library/rules.json” changed" in why('[{"pattern": "b"}]')
    assert "reused: " in why(None)

    # A file of the project is one only where a project is named
    project = os.path.join(data, "userData", "default_user", "projects", "shelf")
    os.makedirs(os.path.join(project, "workflows"))
    for name in ("project.json", "rules.json"):
        with open(os.path.join(project, name), "w", encoding="utf-8") as stream:
            stream.write('{"id": "shelf", "name": "Shelf"}' if name == "project.json" else "[]")
    nodes[0]["configValues"]["ruleResource"] = "project://rules.json"
    file = write("rules.json", {"id": "rules", "name": "Rules", "nodes": nodes, "edges": []})
    call("run", file, "--data-dir", data, "--project", "shelf")
    assert "outside of any" in call("run", file, "--data-dir", data, status=1)[1]


@test
def history():
    file, data = chain(), ["--data-dir", os.path.join(FOLDER, "history")]
    assert call("history", *data)[0] == ""
    for _ in range(2):
        call("run", file, *data, "--explain")
    broken = write("broken.json", {"name": "Broken", **single("core:RegexApply")})
    call("run", broken, *data, "--explain", status=1)
    lines = call("history", *data)[0].splitlines()
    assert len(lines) == 3 and "Broken" in lines[0] and "error" in lines[0] and "Chain of three" in lines[1], lines
    assert len(call("history", *data, "--status", "complete")[0].splitlines()) == 2
    assert len(call("history", *data, "--search", "chain", "--limit", "1")[0].splitlines()) == 1
    listed = json.loads(call("history", *data, "--json")[0])
    assert listed["total"] == 3 and listed["items"][0]["workflowName"] == "Broken", listed
    # What is fixed on the wire is told in words, but not to programs.
    broken = write("broken.json", {"name": "Broken", "nodes": [
        {"id": "a", "type": "core:Assert", "position": {"x": 0, "y": 0}}], "edges": []})
    err = call("run", broken, *data, "--explain", status=1)[1]
    assert "(a) failed: “Value” needs a value." in err, err
    line = call("history", *data, "--status", "error", "--search", "Broken")[0]
    assert line.endswith("Broken: One or more nodes failed.\n"), line
    shown = call("show", *data, line.split()[0])[0]
    assert "“value” needs a value." in shown and "One or more nodes failed." in shown, shown
    assert "during execution" in call("history", *data, "--json", "--search", "Broken")[0]
    refuse("history", *data, "--limit", "501", says=["--limit"])
    refuse("history", *data, "--limit", "-1", says=["--limit"])


@test
def usage():
    data = ["--data-dir", os.path.join(FOLDER, "usage")]
    assert "0 calls" in call("usage", *data)[0]
    told = json.loads(call("usage", *data, "--by", "model", "--from", "2026-01-01", "--json")[0])
    assert told["by"] == "model" and told["items"] == [] and told["total"]["cost"] == 0, told
    refuse("usage", *data, "--by", "colour", says=["--by"])
    refuse("run", chain(), *data, "--budget", "2 pounds", says=["2 USD"])
    call("run", chain(), *data, "--budget", "2 USD, 10 calls")


@test
def show():
    file, data = chain(), ["--data-dir", os.path.join(FOLDER, "show")]
    first, second = (json.loads(call("run", file, *data, "--explain")[0])["promptId"] for _ in range(2))
    text = call("show", second, *data)[0]
    assert text.startswith("Chain of three: complete") and "same as in the run of " in text and '"result":4' in text, text
    run = json.loads(call("show", second, *data, "--json")[0])
    assert run["nodes"]["b"]["input"] == {"a": 2, "b": 1, "clamp": False} and run["nodes"]["b"]["reused"], run
    assert json.loads(call("show", first, *data, "--node", "c", "--json")[0])["output"] == {"result": 4}
    assert call("show", first, *data, "--node", "c")[0].startswith("c (core:MathOperation): complete")
    refuse("show", first, *data, "--node", "nobody", says=["nobody"])
    refuse("show", "nobody", *data, says=["nobody"])
    refuse("show", says=["RUN"])


# --- check and nodes ---------------------------------------------------------------------------------------

@test
def check_all_in_one_go():
    file = write("many.json", {
        "nodes": [{"id": "a", "type": "plugin:Odd", "position": {"x": 0, "y": 0}, "displayName": "My node"},
                  {"id": "b", "type": "core:TextMerge", "position": {"x": 0, "y": 0}},
                  {"id": "c", "type": "core:NodeGroup", "position": {"x": 0, "y": 0},
                   "configValues": {"referencedWorkflowId": "nowhere"}}],
        "edges": []})
    out, _ = call("check", file, status=1)
    assert "“My node” (a)" in out and "(b)" in out and "(c)" in out, out
    out, _ = call("check", file, "--json", status=1)
    problems = json.loads(out)
    assert {problem["nodeId"] for problem in problems} >= {"a", "b", "c"}
    assert {problem["code"] for problem in problems} >= {"unknown-type", "missing-input", "missing-workflow"}
    assert all(problem["level"] in ("error", "warning") and problem["message"] for problem in problems)
    out, err = call("check", demo())
    assert out == "" and err == ""
    assert json.loads(call("check", demo(), "--json")[0]) == []


@test
def nodes():
    table = call("nodes")[0].splitlines()
    definitions = json.loads(call("nodes", "--json")[0])
    ids = [f"{entry['namespace']}:{entry['type']}" for entry in definitions]
    assert [line.split()[0] for line in table] == ids and "core:TextMerge" in ids
    for entry in definitions:
        assert isinstance(entry["inputs"], dict) and isinstance(entry["outputs"], dict)


# --- signals and pipes ---------------------------------------------------------------------------------------

@test
def interrupt():
    process = start("run", slow())
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 130, process.returncode
    assert json.loads(out)["status"] == "interrupted" and err == b"", (out, err)

    process = start("run", slow(), "--events")
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 130, process.returncode
    last = json.loads(out.splitlines()[-1])
    assert last["payload"]["status"] == "interrupted", last


@test
def interrupt_before_the_run():
    process = start("run", echo(), "--input", "text=-", stdin=subprocess.PIPE)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert process.wait(TIMEOUT) == 130
    process.communicate()


@test
def second_interrupt():
    """The second one ends it at once, even while nobody reads its output."""
    file = write("long.json", single("core:TextStream", inputValues={"text": "x" * 20000, "chunkSize": 1,
                                                                      "delayMs": 0}))
    process = start("run", file, "--events")
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert process.poll() is None, "it did not wait for its reader"
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == -signal.SIGINT
    process.communicate()


@test
def closed_pipe():
    for arguments in (["--output", "s"], ["--events"]):
        process = start("run", slow(50), *arguments)
        os.read(process.stdout.fileno(), 1)
        process.stdout.close()
        begin = time.monotonic()
        err = process.stderr.read()
        assert process.wait(TIMEOUT) == 1, process.returncode
        assert time.monotonic() - begin < 0.6 and err == b"", err
        process.stderr.close()


@test
def full_disk():
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, "run", demo("Salutation")], stdout=full, stderr=subprocess.PIPE,
                              env=environment(), timeout=TIMEOUT, check=False)
    assert done.returncode == 1, done


# --- serve ----------------------------------------------------------------------------------------------------------

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@test
def serve():
    port = free_port()
    data_dir = os.path.join(FOLDER, "served")
    for number in (signal.SIGTERM, signal.SIGINT):
        process = start("serve", "--port", str(port), "--data-dir", data_dir)
        line = process.stdout.readline().decode()
        assert line == f"Hearth is ready at http://localhost:{port}/\n", line
        with urllib.request.urlopen(f"http://localhost:{port}/api/projects", timeout=10) as answer:
            projects = json.load(answer)
        assert [project["id"] for project in projects] == ["Demo"], projects
        refuse("serve", "--port", str(port), "--data-dir", data_dir, says=[str(port), "--port"])
        process.send_signal(number)
        out, err = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 0 and out == b"", (process.returncode, out, err)


@test
def serve_frontend():
    port = free_port()
    folder = os.path.join(FOLDER, "dist")
    os.makedirs(folder)
    refuse("serve", "--port", str(port), "--frontend", folder, says=["index.html"])
    write("dist/index.html", "<!doctype html><title>front</title>")
    process = start("serve", "--port", str(port), "--frontend", folder, "--data-dir", os.path.join(FOLDER, "served"),
                    "--allow-origin", "http://localhost:1", "--allow-origin", "http://localhost:2")
    process.stdout.readline()
    assert folder in process.stdout.readline().decode()
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as answer:
        assert b"front" in answer.read()
    process.terminate()
    process.communicate(timeout=TIMEOUT)
    assert process.returncode == 0


def main():
    global PROGRAM, EXAMPLES, FOLDER
    arguments = [argument for argument in sys.argv[1:] if argument != "--tap"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    PROGRAM, EXAMPLES, only = arguments[0], arguments[1], arguments[2:]
    chosen = [function for function in TESTS if not only or function.__name__ in only]
    failed = 0
    print(f"1..{len(chosen)}")
    for number, function in enumerate(chosen, 1):
        with tempfile.TemporaryDirectory(prefix="hearth-cli-") as FOLDER:
            try:
                function()
            except Exception:  # whatever it was, it is this test's failure
                failed += 1
                print(f"not ok {number} {function.__name__}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
            else:
                print(f"ok {number} {function.__name__}", flush=True)
    sys.exit(1 if failed else 0)


# --- MCP servers -----------------------------------------------------------------------------

SERVER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "mcp", "server.py")


@test
def no_mcp_server():
    """Where there is none, the list says how one is added; programs that read it get nothing."""
    out, err = call("mcp", "list")
    assert out == "" and "hearthctl mcp add" in err, err


@test
def channel_of_an_unknown_language():
    """It is never asked; the list and the check before a run say why."""
    call("models")
    with sqlite3.connect(os.path.join(FOLDER, "data", "data", "app.sqlite")) as database:
        database.execute("INSERT INTO api_channels (id, user_id, label, base_url, api_key, created_at, supported_models, adapter_type)"
                         " VALUES ('ch_odd', 'default_user', 'Odd', 'http://127.0.0.1:1/v1', '', '2026-01-01T00:00:00.000Z',"
                         " '[\"odd-model\"]', 'morse')")
    database.close()
    sentence = "“Odd” speaks “morse”, which this version does not know."
    out, _ = call("models")
    assert sentence in out, out
    path = write("odd.json", single("core:SimpleCompletion", inputValues={"model": "odd-model", "prompt": "Hello"}))
    out, err = call("check", path, status=1)
    assert sentence in out + err and "odd-model" in out + err, out + err


@test
def mcp_server():
    """Entered, looked at, allowed, asked; a change of the command takes the allowance away."""
    call("mcp", "add", "tester", "--env", "A=1 2", "--", "python3", "-B", SERVER)
    out, _ = call("mcp")
    assert out == f"tester  not allowed  'A=1 2' python3 -B {SERVER}\n", out
    refuse("mcp", "tools", "tester", says=["not allowed yet", "hearthctl mcp allow tester"], status=1)
    call("mcp", "allow", "tester", text="n\n", status=1)
    refuse("mcp", "tools", "tester", says=["not allowed yet"], status=1)
    _, err = call("mcp", "allow", "tester", text="y\n")
    assert f"'A=1 2' python3 -B {SERVER}" in err, err
    out, _ = call("mcp", "tools", "tester")
    assert out.splitlines()[4] == "tool4  Tool 4", out
    out, _ = call("mcp", "call", "tester", "echo", '{"text": "hello"}')
    assert json.loads(out)["content"][0]["text"] == "hello", out
    call("mcp", "call", "tester", "fail", "{}", status=1)
    refuse("mcp", "call", "tester", "echo", "hello", says=["object in JSON"])
    call("mcp", "add", "tester", "--", "python3", "-B", SERVER)
    refuse("mcp", "tools", "tester", says=["not allowed yet"], status=1)
    refuse("mcp", "secret", "tester", "KEY", text="not-a-real-key\n", says=["lists no secret"], status=1)
    call("mcp", "remove", "tester")
    refuse("mcp", "remove", "tester", says=["There is no MCP server"], status=1)


@test
def mcp_node():
    """A run may use an allowed server, and only that."""
    path = write("mcp.json", {
        "name": "m", "interfaceInputs": {}, "interfaceOutputs": {"text": slot("text", "STRING")},
        "nodes": [{"id": "t", "type": "core:McpTool", "position": {"x": 0, "y": 0},
                   "configValues": {"server": "runner", "tool": "echo"}, "inputValues": {"arguments": {"text": "from afar"}}},
                  {"id": "go", "type": "core:GroupOutput", "position": {"x": 300, "y": 0}}],
        "edges": [{"id": "e", "source": "t", "sourceHandle": "text", "target": "go", "targetHandle": "text"}]})
    call("mcp", "add", "runner", "--", "python3", "-B", SERVER)
    _, err = call("run", path, status=1)
    assert "not allowed yet" in err, err
    call("mcp", "allow", "runner", text="y\n")
    out, _ = call("run", path)
    assert "from afar" in out, out
    call("mcp", "remove", "runner")


if __name__ == "__main__":
    main()
