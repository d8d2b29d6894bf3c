#!/usr/bin/env python3
# test-execute.py: stored workflows run by their id, over HTTP and WebSocket; connections that watch one
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-execute.py SERVER_PROGRAM

import http.client
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal, is_final  # noqa: E402

PROGRAM = sys.argv[1]

SUM = "5b1f3f57-9f0d-4c0a-a9c8-4d7b8b2f7e11"


def slot(key, kind="STRING"):
    return {"key": key, "dataFlowType": kind}


def position():
    return {"x": 0, "y": 0}


def workflow(name="Sum", **more):
    """Adds two inputs of the workflow."""
    edges = [("in", "a", "A", "a"), ("in", "b", "A", "b"), ("A", "result", "out", "sum")]
    return {"id": SUM, "name": name, "viewport": {"x": 0, "y": 0, "zoom": 1},
            "nodes": [{"id": "in", "type": "core:GroupInput", "position": position()},
                      {"id": "A", "type": "core:MathOperation", "position": position(),
                       "configValues": {"operationMode": "add"}},
                      {"id": "out", "type": "core:GroupOutput", "position": position()}],
            "edges": [{"id": f"e{i}", "source": s, "sourceHandle": sh, "target": t, "targetHandle": th}
                      for i, (s, sh, t, th) in enumerate(edges)],
            "interfaceInputs": {"a": slot("a", "FLOAT"), "b": slot("b", "FLOAT")},
            "interfaceOutputs": {"sum": slot("sum", "FLOAT")}, **more}


def stream_workflow(text, delay=0, size=1):
    return {"id": "stream", "name": "Stream", "viewport": {"x": 0, "y": 0, "zoom": 1}, "edges": [],
            "nodes": [{"id": "S", "type": "core:TextStream", "position": position(),
                       "inputValues": {"text": text, "chunkSize": size, "delayMs": delay}}]}


def save(server, stored, project="P"):
    equal(server.ask("POST", f"/api/projects/{project}/workflows", stored).status, 201)


def execute(server, name, **body):
    return server.ask("POST", f"/api/workflows/{name}/execute", body)


def lines(answer):
    return [json.loads(line) for line in answer.text.splitlines()]


def wait_for_end(server, run):
    for _ in range(500):
        told = server.get(f"/api/prompt/{run}").json
        if told["status"] not in ("queued", "running"):
            return told
        time.sleep(0.02)
    raise AssertionError(f"{run} does not end")


# --- over HTTP -----------------------------------------------------------------------------


def test_lines():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "P"})
        save(server, workflow())
        answer = execute(server, SUM, inputs={"a": 2, "b": 3})
        equal((answer.status, answer.type), (200, "application/x-ndjson"))
        got = lines(answer)
        equal((got[0]["type"], got[1]["payload"]["status"]), ("PROMPT_ACCEPTED_RESPONSE", "running"))
        assert is_final(got[-1]) and got[-1]["payload"]["status"] == "complete", got[-1]
        equal([m["payload"]["output"] for m in got if m["payload"].get("nodeId", "").startswith("__")], [{"sum": 5}])
        equal(len({m["payload"]["promptId"] for m in got}), 1)
        told = server.get(f"/api/history/{got[0]['payload']['promptId']}").json
        equal((told["workflowId"], told["workflowName"], told["projectId"]), (SUM, "Sum", "P"))



def test_lines_are_whole():
    """libsoup ends such an answer on a thread, while the main loop sends what was said last: nothing is said twice."""
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "P"})
        save(server, workflow())
        for number in range(100):
            got = lines(execute(server, SUM, inputs={"a": number, "b": 3}))
            equal((len(got), is_final(got[-1])), (13, True), number)


def test_events():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/workflows", workflow())
        answer = server.ask("POST", f"/api/workflows/{SUM}/execute", {"inputs": {"a": 1, "b": 1}}, {"Accept": "text/event-stream"})
        equal(answer.type, "text/event-stream")
        events = answer.text.split("\n\n")
        equal(events.pop(), "")
        got = [json.loads(event.removeprefix("data: ")) for event in events]
        assert is_final(got[-1]), got[-1]


def test_result():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/workflows", workflow())
        answer = execute(server, SUM, inputs={"a": 20, "b": 22}, stream=False)
        equal((answer.status, answer.json["status"], answer.json["outputs"]), (200, "complete", {"sum": 42}))
        broken = {**workflow("Broken"), "id": "broken", "nodes": [{"id": "X", "type": "no:Such", "position": position()}],
                  "edges": []}
        server.ask("POST", "/api/workflows", broken)
        equal(execute(server, "broken", stream=False).json["status"], "error")


def test_refused():
    with Server(PROGRAM) as server:
        equal(execute(server, "nowhere").status, 404)
        server.ask("POST", "/api/projects", {"name": "P"})
        save(server, workflow())
        equal(execute(server, SUM, projectId="Q").status, 404)
        answer = execute(server, SUM, inputs=[1])
        equal((answer.status, list(answer.json["details"])), (400, ["inputs"]))


def test_slow_run_comes_in_pieces():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/workflows", stream_workflow("abcdefgh", delay=50))
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("POST", "/api/workflows/stream/execute", b"{}",
                           {"Host": server.host, "Content-Type": "application/json"})
        response = connection.getresponse()
        first = json.loads(response.readline())
        equal(first["type"], "PROMPT_ACCEPTED_RESPONSE")
        # It cannot be over yet: the rest comes while we read.
        equal(server.get(f"/api/prompt/{first['payload']['promptId']}").json["status"], "running")
        assert is_final([json.loads(line) for line in response][-1])
        connection.close()


def test_hanging_up_does_not_stop_the_run():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/workflows", stream_workflow("abcdefgh", delay=30))
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("POST", "/api/workflows/stream/execute", b"{}",
                           {"Host": server.host, "Content-Type": "application/json"})
        run = json.loads(connection.getresponse().readline())["payload"]["promptId"]
        connection.close()
        equal(wait_for_end(server, run)["status"], "complete")


def test_unread_answer():
    """A client that does not read holds up nobody, and gets all of it when it does."""
    text = "x" * 300000
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/workflows", stream_workflow(text, size=3))
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("POST", "/api/workflows/stream/execute", b"{}",
                           {"Host": server.host, "Content-Type": "application/json"})
        response = connection.getresponse()
        run = json.loads(response.readline())["payload"]["promptId"]
        equal(wait_for_end(server, run)["status"], "complete")
        got = [json.loads(line) for line in response]
        pieces = [m["payload"]["yieldedContent"]["content"] for m in got
                  if m["type"] == "NODE_YIELD" and m["payload"]["yieldedContent"]["type"] == "text_chunk"]
        equal("".join(pieces) == text, True)
        assert is_final(got[-1])
        connection.close()


# --- over the WebSocket -----------------------------------------------------------------------


def test_watching_a_workflow():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/workflows", workflow())
        with server.socket(f"/ws/workflow/{SUM}") as watcher, server.socket("/ws/workflow/other") as other:
            run = execute(server, SUM, inputs={"a": 1, "b": 2}, stream=False).json["promptId"]
            got = [m for m in watcher.until(is_final) if "promptId" in m["payload"]]
            equal((got[0]["type"], {m["payload"]["promptId"] for m in got}), ("PROMPT_ACCEPTED_RESPONSE", {run}))
            equal([m for m in other.waiting() if "promptId" in m["payload"]], [])
            # What the watcher starts itself it hears once.
            watcher.send("execute", {"inputs": {"a": 5, "b": 5}})
            got = [m for m in watcher.until(is_final) if "promptId" in m["payload"]]
            equal(len([m for m in got if m["type"] == "PROMPT_ACCEPTED_RESPONSE"]), 1)
            equal([m["payload"]["output"] for m in got if m["payload"].get("nodeId") == "A" and "output" in m["payload"]],
                  [{"result": 10}])
        with server.socket() as socket:
            socket.send("execute", {})
            equal(socket.receive()["type"], "error")
            socket.send("execute", {"workflowId": "nowhere"})
            equal(socket.receive()["type"], "error")
            socket.send("execute", {"workflowId": SUM, "inputs": {"a": 1, "b": 1}})
            assert socket.until(is_final)


def test_stored_workflows():
    with Server(PROGRAM) as server, server.socket() as socket:
        server.ask("POST", "/api/projects", {"name": "P"})
        socket.send("save_workflow", {"projectId": "P", "workflow": workflow()})
        saved = socket.until(lambda m: m["type"] == "workflow_saved")[-1]["payload"]
        equal((saved["id"], saved["name"]), (SUM, "Sum"))
        socket.send("load_workflow", {"projectId": "P", "workflowId": SUM})
        equal(socket.until(lambda m: m["type"] == "workflow_loaded")[-1]["payload"], saved)
        socket.send("save_workflow", {"projectId": "P", "workflowId": SUM, "workflow": workflow("Total")})
        equal(socket.until(lambda m: m["type"] == "workflow_saved")[-1]["payload"]["name"], "Total")
        socket.send("list_workflows", {"projectId": "P"})
        listed = socket.until(lambda m: m["type"] == "workflow_list" and isinstance(m["payload"], list))[-1]["payload"]
        equal([item["name"] for item in listed], ["Total"])
        socket.send("get_node_definitions", {})
        nodes = socket.until(lambda m: m["type"] == "node_definitions")[-1]["payload"]
        equal(nodes, server.get("/api/nodes").json)
        socket.send("reload_backend", {})
        equal(socket.until(lambda m: m["type"] == "backend_reloaded")[-1]["payload"], {"success": True, "count": len(nodes)})
        for kind, content in (("load_workflow", {}), ("load_workflow", {"workflowId": "nowhere"}),
                              ("save_workflow", {"workflow": {"name": "x"}}), ("EXECUTE_PREVIEW_REQUEST", {})):
            socket.send(kind, content)
            equal(socket.until(lambda m: m["type"] not in ("workflow_list",))[-1]["type"], "error", kind)


def test_older_words():
    """Who starts with the older name hears in the older words as well; the page never does."""
    node = {"id": "A", "type": "core:MathOperation", "position": position(), "inputValues": {"a": 1, "b": 1},
            "configValues": {"operationMode": "add"}}
    with Server(PROGRAM) as server, server.socket() as socket:
        socket.send("execute_workflow", {"nodes": [node], "edges": [], "metadata": {"workflowId": "w"}})
        got = socket.until(is_final)
        older = [m["payload"] for m in got if m["type"] == "node_status_update"]
        equal([(m["nodeId"], m["status"]) for m in older], [("A", "run"), ("A", "complete")])
        equal(older[1]["outputs"], {"result": 2})
        runs = [m["payload"] for m in got if m["type"] == "workflow_status_update"]
        equal([(m["workflowId"], m["status"]) for m in runs], [("w", "running"), ("w", "complete")])
        equal(sorted(runs[1]), ["endTime", "startTime", "status", "workflowId"])
        socket.send("PROMPT_REQUEST", {"nodes": [{"id": "A", "fullType": "core:MathOperation", "inputs": {"a": 1, "b": 1}}],
                                       "edges": []})
        equal([m["type"] for m in socket.until(is_final) if m["type"].endswith("_update")], [])


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
