#!/usr/bin/env python3
# test-history.py: runs that are over, before and after a restart; the paused queue; answers
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-history.py SERVER_PROGRAM

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal, refused  # noqa: E402

PROGRAM = sys.argv[1]


def add(name="A", **inputs):
    return {"id": name, "fullType": "core:MathOperation", "inputs": inputs, "configValues": {"operationMode": "add"}}


def merge(*texts):
    return {"id": "M", "fullType": "core:TextMerge", "inputs": {"text_inputs": list(texts)}}


def payload(*nodes, **metadata):
    return {"nodes": list(nodes), "edges": [], "metadata": metadata}


def run(server, body, status="complete"):
    answer = server.ask("POST", "/api/prompt", body)
    equal(answer.status, 200, answer.bytes)
    return wait_for(server, answer.json["promptId"], status)


def wait_for(server, name, status):
    for _ in range(400):
        told = server.get(f"/api/prompt/{name}").json
        if told["status"] == status:
            return told
        time.sleep(0.02)
    raise AssertionError(f"{name} is {told}, not {status}")


def test_prompt_after_restart():
    """What a poller gets is the same before and after, and has what the nodes gave out."""
    with tempfile.TemporaryDirectory(prefix="hearth-test-") as folder:
        with Server(PROGRAM, data=folder) as server:
            before = run(server, payload(add(a=1, b=2), workflowName="Sum"))
        with Server(PROGRAM, data=folder) as server:
            after = server.get(f"/api/prompt/{before['promptId']}").json
            refused(server.get("/api/prompt/unknown"), 404)
    equal(before["nodeStatus"], {"A": {"status": "complete", "output": {"result": 3}}})
    for key in ("promptId", "status", "nodeStatus", "workflowName"):
        equal(after[key], before[key], key)
    assert after["completedAt"] >= after["submittedAt"] and after["durationMs"] >= 0, after


def test_failed_after_restart():
    broken = {"id": "R", "fullType": "core:RegexApply", "inputs": {}}
    with tempfile.TemporaryDirectory(prefix="hearth-test-") as folder:
        with Server(PROGRAM, data=folder) as server:
            name = run(server, payload(broken), "error")["promptId"]
        with Server(PROGRAM, data=folder) as server:
            told = server.get(f"/api/prompt/{name}").json
    equal(told["status"], "error")
    equal(told["nodeStatus"]["R"]["status"], "error")
    assert told["nodeStatus"]["R"]["error"]["message"] and told["errorInfo"]["message"], told


def test_list():
    with Server(PROGRAM) as server:
        empty = server.get("/api/history").json
        equal((empty["items"], empty["total"], empty["page"]), ([], 0, 1))
        names = [run(server, payload(add(a=i, b=1), projectId="p" if i else "q", workflowName=f"Sum {i}"))["promptId"]
                 for i in range(5)]
        whole = server.get("/api/history").json
        equal([item["promptId"] for item in whole["items"]], names[::-1])
        equal(server.get("/history").json, whole)
        equal(server.get("/api/history?project=q").json["total"], 1)
        equal(server.get("/api/history?status=error").json["total"], 0)
        equal(server.get("/api/history?q=sum%203").json["items"][0]["promptId"], names[3])
        equal(server.get("/api/history?q=%25").json["total"], 0)
        part = server.get("/api/history?limit=2&page=2").json
        equal([item["promptId"] for item in part["items"]], names[::-1][2:4])
        equal((part["total"], part["page"]), (5, 2))
        for bad in ("page=0", "page=x", "limit=501", "limit=-1"):
            refused(server.get(f"/api/history?{bad}"), 400)


def test_one():
    with Server(PROGRAM) as server:
        first = run(server, payload(add(a=1, b=2), workflowId="w"))["promptId"]
        second = run(server, payload(add(a=1, b=2), workflowId="w"))["promptId"]
        node = server.get(f"/api/history/{first}").json["nodes"]["A"]
        equal((node["status"], node["type"], node["tries"], node["reused"]), ("complete", "core:MathOperation", 1, False))
        equal((node["input"], node["output"]), ({"a": 1, "b": 2, "clamp": False}, {"result": 3}))
        again = server.get(f"/history/{second}").json["nodes"]["A"]
        assert again["reused"] and again["why"].startswith("same as in the run of "), again
        refused(server.get("/api/history/unknown"), 404)


def test_large_value():
    with Server(PROGRAM) as server:
        name = run(server, payload(merge("x" * 200000, "y")))["promptId"]
        output = server.get(f"/api/history/{name}").json["nodes"]["M"]["output"]["merged_text"]
        assert output["bytes"] > 200000 and output["start"].startswith("xxx"), output
        value = server.get(f"/api/history/{name}/values/{output['$value']}").json
        assert value.startswith("xxx") and value.endswith("y"), len(value)
        other = run(server, payload(add(a=1, b=2)))["promptId"]
        refused(server.get(f"/api/history/{other}/values/{output['$value']}"), 404)
        refused(server.get(f"/api/history/{name}/values/0000"), 404)


def test_pause():
    with Server(PROGRAM) as server:
        equal(server.ask("POST", "/api/queue/pause", {}).json["paused"], True)
        name = server.ask("POST", "/api/prompt", payload(add(a=1, b=2))).json["promptId"]
        time.sleep(0.2)
        equal(server.get(f"/api/prompt/{name}").json["status"], "queued")
        equal(server.ask("POST", "/api/queue/resume", {}).json["paused"], False)
        wait_for(server, name, "complete")
        equal(server.ask("POST", "/api/queue/pause", b"x", {"Content-Type": "text/plain"}).status, 415)


def wait_for_question(server, name):
    for _ in range(400):
        told = server.get(f"/api/prompt/{name}").json
        if told.get("asks"):
            return told["asks"]
        time.sleep(0.02)
    raise AssertionError(f"nobody asks: {told}")


def test_answer():
    asking = {"id": "H", "fullType": "core:HumanInput", "inputs": {"question": "Tea?"}}
    with Server(PROGRAM) as server:
        with server.socket() as socket:
            name = server.ask("POST", "/api/prompt", payload(asking)).json["promptId"]
            assert "H" in wait_for_question(server, name)
            path = f"/api/prompt/{name}/answer"
            for bad in ({}, {"nodeId": "H"}, {"nodeId": "H", "answer": 1, "refuse": True}, {"answer": "x"}):
                refused(server.ask("POST", path, bad), 400)
            equal(server.ask("POST", path, {"nodeId": "nobody", "answer": "x"}).status, 404)
            equal(server.ask("POST", path, {"nodeId": "H", "answer": "Yes"}).status, 200)
            wait_for(server, name, "complete")
            equal(server.ask("POST", path, {"nodeId": "H", "answer": "Yes"}).status, 404)
            second = server.ask("POST", "/api/prompt", payload(asking)).json["promptId"]
            wait_for_question(server, second)
            equal(server.ask("POST", f"/api/prompt/{second}/answer", {"nodeId": "H", "refuse": True}).status, 200)


def test_key_is_nowhere():
    """The key of an API settings node stays in the workflow: nothing that is told or written has it."""
    key = "sk-canary-5d1f0c77a9e24b88"
    settings = {"id": "S", "fullType": "core:APISettings", "inputs": {"api_key": key, "base_url": "http://localhost:1"}}
    wait = {"id": "W", "fullType": "core:Delay", "inputs": {"milliseconds": 0}}
    edge = {"id": "e", "sourceNodeId": "S", "sourceHandle": "api_settings", "targetNodeId": "W", "targetHandle": "value"}
    with tempfile.TemporaryDirectory(prefix="hearth-test-") as folder:
        with Server(PROGRAM, data=folder) as server:
            with server.socket() as socket:
                messages = socket.run({"nodes": [settings, wait], "edges": [edge], "metadata": {}})
            name = messages[0]["payload"]["promptId"]
            told = wait_for(server, name, "complete")
            answers = [server.get(path).text for path in
                       (f"/api/prompt/{name}", f"/api/history/{name}", "/api/history", "/api/executions")]
        files = [(path, path.read_bytes()) for path in Path(folder).rglob("*") if path.is_file()]
    equal(told["nodeStatus"]["W"]["output"]["value"]["api_key"], "••••4b88")
    assert "canary" not in str(messages) + "".join(answers)
    equal([str(path) for path, content in files if b"canary" in content], [])
    assert any("4b88".encode() in content for _, content in files), "the run was written down"


def test_preview_leaves_nothing():
    with Server(PROGRAM) as server:
        body = payload(add(a=1, b=2), isPreviewRun=True, internalId="x")
        name = run(server, body)["promptId"]
        equal(server.get(f"/api/prompt/{name}").json["nodeStatus"]["A"]["output"], {"result": 3})
        equal(server.get("/api/history").json["total"], 0)
        refused(server.get(f"/api/history/{name}"), 404)


def test_preview_asks_no_model():
    """A look at a workflow costs nothing, whichever node asks."""
    asking = [{"id": "G", "fullType": "core:GenericLlmRequest",
               "inputs": {"messages": [{"role": "user", "content": "x"}], "activated_model_id": "core:offline-quick"}},
              {"id": "S", "fullType": "core:SimpleCompletion", "inputs": {"prompt": "x", "model": "core:offline-quick"}},
              {"id": "O", "fullType": "core:OpenAI", "inputs": {"prompt": "x", "api_settings": {"base_url": "http://localhost:1"}}}]
    with Server(PROGRAM) as server:
        told = run(server, payload(add(a=1, b=2), *asking, isPreviewRun=True, internalId="x"))
    equal(set(told["nodeStatus"]), {"A"})


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
