#!/usr/bin/env python3
# test-websocket.py: what goes over the WebSocket, message by message (websocket.md)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-websocket.py SERVER_PROGRAM

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from payloads import FAILED, edge, math, node, payload, plain, short, stream  # noqa: E402
from wire import Refused, Server, equal, is_final  # noqa: E402

PROGRAM = sys.argv[1]
MIB = 1 << 20


def run_alone(request):
    with Server(PROGRAM) as server, server.socket() as socket:
        return short(socket.run(request))


# --- connection -----------------------------------------------------------------------------


def test_no_greeting():
    with Server(PROGRAM) as server, server.socket() as socket:
        equal(socket.waiting(), [])


def test_only_at_its_address():
    with Server(PROGRAM) as server:
        for path in ("/wsx", "/ws/", "/", "/api/nodes", "/ws/x"):
            try:
                server.socket(path).close()
                raise AssertionError(path)
            except Refused as error:
                equal(error.status, 404, path)
        server.socket("/ws?x=y").close()


def test_no_compression():
    """Every browser offers it; what is sent is counted by the bytes that the other side has got."""
    with Server(PROGRAM) as server:
        with server.socket(headers={"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}) as socket:
            assert "sec-websocket-extensions" not in socket.head.lower(), socket.head
            socket.send_text("{")
            equal(socket.receive()["type"], "error")


def test_goodbye():
    """A server that stops says so."""
    server = Server(PROGRAM)
    with server:
        socket = server.socket()
        server.process.stdin.close()
        equal((socket.receive(), socket.close_code), (None, 1001))


# --- traces of websocket.md 11 ----------------------------------------------------------------


def test_empty():
    equal(run_alone(payload()), [("accepted",), ("running",), ("complete",)])


def test_cycle():
    got = run_alone(payload(math("n1", b=1), math("n2", b=1), edges=[edge("a", "n1", "result", "n2", "a"),
                                                                    edge("b", "n2", "result", "n1", "a")]))
    equal(got[:2], [("accepted",), ("running",)])
    equal(len(got), 3)
    equal(got[2][0], "error")
    assert "n1" in got[2][1] and "n2" in got[2][1], got


def test_unknown_type():
    got = run_alone(payload(node("n1", "x:Y")))
    equal([message[:2] for message in got], [("accepted",), ("running",), ("error", "n1"), ("error", FAILED)])


def test_missing_input():
    got = run_alone(payload(node("n1", "core:TextMerge"), math("n2", a=1, b=1)))
    # No executing, and the other branch goes on
    equal([message[:2] for message in got if message[1:2] == ("n1",)], [("error", "n1")])
    equal([message for message in got if message[1:2] == ("n2",)], plain("n2", {"result": 2}))
    equal(got[-1], ("error", FAILED))


def test_edge_to_nowhere():
    got = run_alone(payload(math("n1", a=1, b=1), edges=[edge("a", "nowhere", "x", "n1", "a"),
                                                         edge("b", "n1", "result", "nobody", "a")]))
    equal(got[-1], ("complete",))


def test_bypassed():
    got = run_alone(payload(node("n1", "core:TextMerge", bypassed=True, separator="x"), math("n2", a=1, b=1)))
    own = [message for message in got if message[1:2] == ("n1",)]
    equal([message[0] for message in own], ["bypassed", "complete"])
    # So that pages show it as done (websocket.md 13)
    equal(own[0][2], own[1][2])
    equal(got[-1], ("complete",))


def test_frame_is_left_out():
    equal(run_alone(payload(node("frame-1", "core:frame"), math("n1", a=1, b=1))),
          [("accepted",), ("running",), *plain("n1", {"result": 2}), ("complete",)])


def test_interface():
    got = run_alone(payload(
        node("in", "core:GroupInput"), math("A", b=1), node("out", "core:GroupOutput"),
        edges=[edge("a", "in", "x", "A", "a"), edge("b", "A", "result", "out", "y")],
        interfaceInputs={"x": {"key": "x", "dataFlowType": "FLOAT", "config": {"default": 10}},
                         "input_1": {"key": "input_1", "dataFlowType": "CONVERTIBLE_ANY", "allowDynamicType": True}},
        interfaceOutputs={"y": {"key": "y", "dataFlowType": "FLOAT"}},
        outputInterfaceMappings={"y": {"sourceNodeId": "A", "sourceSlotKey": "result"}}))
    equal(got, [("accepted",), ("running",), *plain("in", {"x": 10}), *plain("A", {"result": 11}), *plain("out", {}),
                ("complete", "__WORKFLOW_INTERFACE_OUTPUTS__", {"y": 11}), ("complete",)])


def test_worked_example():
    """websocket.md 10: one plain node, one that streams, one that fails."""
    request = payload(
        math("n1", a=12, b=22), stream("n2", chunk=1), math("n3", "divide", b=0),
        edges=[edge("e1", "n1", "result", "n2", "text"), edge("e2", "n1", "result", "n3", "a")],
        interfaceOutputs={"s": {"key": "s", "displayName": "S out", "dataFlowType": "STRING", "isStream": True}},
        outputInterfaceMappings={"s": {"sourceNodeId": "n2", "sourceSlotKey": "stream"}})
    del request["nodes"][1]["inputs"]["text"]
    with Server(PROGRAM) as server, server.socket() as a, server.socket() as b:
        messages = a.run(request)
        got = short(messages)
        equal(got[:2], [("accepted",), ("running",)])
        equal([m for m in got if m[1:2] == ("n1",)], plain("n1", {"result": 34}))
        equal([m for m in got if m[0] in ("executing", "yield", "complete", "error") and m[1:2] == ("n2",)],
              [("executing", "n2"), ("yield", "n2", "3", False), ("yield", "n2", "4", False),
               ("yield", "n2", "stop", True), ("complete", "n2", {"text": "34"})])
        equal([m[0] for m in got if m[1:2] == ("n3",)], ["executing", "error"])
        equal([m for m in got if m[0] == "out"], [("out", "s", "3", False), ("out", "s", "4", False),
                                                  ("out", "s", "stop", False), ("out", "s", "Stream ended", True)])
        # A chunk of the node comes before the same chunk of the interface
        assert got.index(("yield", "n2", "3", False)) < got.index(("out", "s", "3", False))
        equal(got[-2:], [("complete", "__WORKFLOW_INTERFACE_OUTPUTS__", {"s": "34"}), ("error", FAILED)])
        names = [m["payload"].get("interfaceOutputDisplayName") for m in messages
                 if m["type"] == "WORKFLOW_INTERFACE_YIELD"]
        equal(set(names), {"S out"})
        equal({m["type"] for m in b.waiting()}, {"SYSTEM_QUEUE_UPDATE"})


def test_stream_failure():
    got = run_alone(payload(node("L", "core:StreamLogger", inputStream="no stream", stream="no stream", input="no stream")))
    own = [message for message in got if message[1:2] == ("L",)]
    equal(own[-1][0], "error")
    equal(got[-1], ("error", FAILED))


# --- queue counters ---------------------------------------------------------------------------------


def test_counters():
    with Server(PROGRAM) as server, server.socket() as socket, server.socket() as other:
        socket.send("PROMPT_REQUEST", payload(stream(text="a" * 20, delay=10)))
        mine = socket.until(lambda m: m["type"] == "SYSTEM_QUEUE_UPDATE" and not m["payload"]["runningExecutions"])
        numbers = [m["payload"] for m in mine if m["type"] == "SYSTEM_QUEUE_UPDATE"]
        equal(numbers, [{"runningExecutions": 1, "pendingExecutions": 0}, {"runningExecutions": 0, "pendingExecutions": 0}])
        equal(mine[-1]["type"], "SYSTEM_QUEUE_UPDATE")
        assert is_final(mine[-2]), mine[-2]
        equal([m["payload"] for m in other.waiting()], numbers)


def test_queue_of_seven():
    with Server(PROGRAM) as server, server.socket() as socket:
        for i in range(7):
            socket.send("PROMPT_REQUEST", payload(stream(text="x" * 8, delay=30)))
        ended = []
        messages = socket.until(lambda m: is_final(m) and (ended.append(m) or len(ended) == 7))
        ids = [m["payload"]["promptId"] for m in messages if m["type"] == "PROMPT_ACCEPTED_RESPONSE"]
        equal(len(set(ids)), 7)
        status = {run: [m["payload"]["status"] for m in messages if m["type"] == "EXECUTION_STATUS_UPDATE"
                        and m["payload"]["promptId"] == run] for run in ids}
        equal([status[run] for run in ids], [["running", "complete"]] * 5 + [["queued", "running", "complete"]] * 2)
        peak = max((m["payload"]["runningExecutions"], m["payload"]["pendingExecutions"])
                   for m in messages if m["type"] == "SYSTEM_QUEUE_UPDATE")
        equal(peak, (5, 2))


# --- several runs, several connections ------------------------------------------------------------------


def test_two_runs_on_one_socket():
    with Server(PROGRAM) as server, server.socket() as socket:
        socket.send("PROMPT_REQUEST", payload(stream("a", text="xyz", delay=20)))
        socket.send("PROMPT_REQUEST", payload(math("b", a=1, b=1)))
        ended = []
        messages = socket.until(lambda m: is_final(m) and (ended.append(m) or len(ended) == 2))
        first, second = [m["payload"]["promptId"] for m in messages if m["type"] == "PROMPT_ACCEPTED_RESPONSE"]
        equal(short(m for m in messages if m["payload"].get("promptId") == second),
              [("accepted",), ("running",), *plain("b", {"result": 2}), ("complete",)])
        own = short(m for m in messages if m["payload"].get("promptId") == first)
        equal([m[2] for m in own if m[0] == "yield"], ["x", "y", "z", "stop"])
        equal(own[-1], ("complete",))


def test_accepts_in_order():
    """Also when a large request is parsed on a thread while small ones follow it."""
    with Server(PROGRAM) as server, server.socket() as socket:
        socket.send("PROMPT_REQUEST", payload(node("big", "core:TextMerge", separator="y" * MIB)))
        socket.send("PROMPT_REQUEST", payload(math("small", a=1, b=1)))
        ended = []
        messages = socket.until(lambda m: is_final(m) and (ended.append(m) or len(ended) == 2))
        ids = [m["payload"]["promptId"] for m in messages if m["type"] == "PROMPT_ACCEPTED_RESPONSE"]
        named = {m["payload"]["nodeId"]: m["payload"]["promptId"] for m in messages if "nodeId" in m["payload"]}
        equal(ids, [named["big"], named["small"]])


def test_two_pages():
    with Server(PROGRAM) as server, server.socket() as a, server.socket() as b:
        a.send("PROMPT_REQUEST", payload(math("fromA", a=1, b=1)))
        b.send("PROMPT_REQUEST", payload(math("fromB", a=2, b=2)))
        for socket, name in ((a, "fromA"), (b, "fromB")):
            own = [m for m in socket.until(is_final) if "promptId" in m["payload"]]
            equal({m["payload"]["nodeId"] for m in own if "nodeId" in m["payload"]}, {name})
            equal(len({m["payload"]["promptId"] for m in own}), 1)


def test_http_run_is_nobody_s():
    with Server(PROGRAM) as server, server.socket() as socket:
        server.ask("POST", "/api/prompt", payload(math("A", a=1, b=1)))
        equal({m["type"] for m in socket.waiting()}, {"SYSTEM_QUEUE_UPDATE"})


def test_heirs():
    """A page that lost its connection gets the rest of its run over the next one."""
    with Server(PROGRAM) as server:
        first = server.socket()
        other = server.socket()
        first.send("PROMPT_REQUEST", payload(stream(text="x" * 12, delay=50)))
        run = first.until(lambda m: m["type"] == "NODE_YIELD")[0]["payload"]["promptId"]
        first.close()
        time.sleep(0.15)
        with server.socket() as heir:
            messages = heir.until(is_final)
            equal({m["payload"]["promptId"] for m in messages if "promptId" in m["payload"]}, {run})
            equal(short(messages)[-1], ("complete",))
            # What was told in between is not lost either
            assert len([m for m in messages if m["type"] == "NODE_YIELD"]) >= 3, messages
        # Connections from before are left alone
        equal({m["type"] for m in other.waiting()}, {"SYSTEM_QUEUE_UPDATE"})
        # One that comes after the end still learns of it
        with server.socket() as late:
            equal(short(late.waiting())[-1], ("complete",))


# --- interrupt -------------------------------------------------------------------------------------------


def test_interrupt():
    with Server(PROGRAM) as server, server.socket() as socket:
        for how in ("message", "http"):
            socket.send("PROMPT_REQUEST", payload(stream(text="x" * 200, delay=20), math("late", b=1),
                                                  edges=[edge("e", "S", "text", "late", "a")]))
            run = socket.until(lambda m: m["type"] == "NODE_YIELD")[0]["payload"]["promptId"]
            if how == "message":
                socket.send("INTERRUPT_REQUEST", {"promptId": run})
            else:
                equal(server.ask("DELETE", f"/api/interrupt/{run}").status, 200)
            got = short(m for m in socket.until(is_final) if "promptId" in m["payload"])
            # The running node is told off first: the page would show it running for ever
            equal(got[-2:], [("error", "S", "Execution interrupted by user."), ("interrupted",)])
            equal({m["type"] for m in socket.waiting()}, {"SYSTEM_QUEUE_UPDATE"})


def test_interrupt_waiting():
    with Server(PROGRAM) as server, server.socket() as socket:
        for i in range(6):
            socket.send("PROMPT_REQUEST", payload(stream(text="x" * 200, delay=20)))
        messages = socket.until(lambda m: m["payload"].get("status") == "queued")
        run = messages[-1]["payload"]["promptId"]
        socket.send("INTERRUPT_REQUEST", {"promptId": run})
        last = socket.until(is_final)[-1]["payload"]
        equal((last["promptId"], last["status"]), (run, "interrupted"))


def test_interrupt_unknown():
    with Server(PROGRAM) as server, server.socket() as socket:
        socket.send("INTERRUPT_REQUEST", {"promptId": "unknown"})
        equal(socket.waiting(), [])
        socket.send("INTERRUPT_REQUEST", {})
        equal(socket.receive()["type"], "error")


# --- panels, previews, older names ----------------------------------------------------------------------------


def test_panel_run_is_held_back():
    with Server(PROGRAM) as server, server.socket() as socket:
        start = time.monotonic()
        got = short(socket.run(payload(math("A", a=1, b=1), metadata={"internalId": "panel_x_1"})))
        assert 0.29 < time.monotonic() - start < 2
        equal(got, [("accepted",), ("running",), *plain("A", {"result": 2}), ("complete",)])
        start = time.monotonic()
        socket.run(payload(math("A", a=1, b=1), metadata={"internalId": "tab"}))
        assert time.monotonic() - start < 0.25


def test_preview():
    with Server(PROGRAM) as server, server.socket() as socket:
        slot = {"value": 3, "dataFlowType": "FLOAT", "config": {}}
        got = short(socket.run(payload(math("A", a=slot, b={**slot, "value": 4}), clientId="temp-preview-client-id",
                                       metadata={"isPreviewRun": True, "internalId": "t", "promptId": "theirs"})))
        equal(got, [("accepted",), ("running",), *plain("A", {"result": 7}), ("complete",)])


def test_button_click():
    """Both forms; a page passes over the acknowledgement, older clients wait for it."""
    with Server(PROGRAM) as server, server.socket() as socket:
        for click in ({"nodeId": "n", "buttonName": "reroll", "workflowId": "w"},
                      {"nodeId": "n", "inputKey": "reroll", "internalId": "t"}):
            socket.send("button_click", click)
            equal(socket.receive(), {"type": "button_click_ack", "payload": click})
        equal(socket.waiting(), [])


# --- changes of workflows ---------------------------------------------------------------------------------------


def test_workflow_list():
    with Server(PROGRAM) as server, server.socket() as socket:
        body = {"name": "w", "id": "w", "nodes": [], "edges": [], "viewport": {"x": 0, "y": 0, "zoom": 1}}
        server.ask("POST", "/api/projects/p/workflows", body)
        message = socket.receive()
        equal((message["type"], message["payload"]), ("workflow_list", {"projectId": "p"}))
        server.ask("DELETE", "/api/projects/p/workflows/w")
        equal(socket.receive()["type"], "workflow_list")


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
