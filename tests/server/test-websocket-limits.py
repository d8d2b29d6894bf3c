#!/usr/bin/env python3
# test-websocket-limits.py: nonsense over the WebSocket, and more than a connection carries (websocket.md)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-websocket-limits.py SERVER_PROGRAM

import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from payloads import math, node, payload, short, stream  # noqa: E402
from wire import BINARY, CLOSE, PING, TEXT, Server, equal, is_final  # noqa: E402

PROGRAM = sys.argv[1]
MIB = 1 << 20


# --- nonsense -----------------------------------------------------------------------------------------------


def test_malformed_payloads():
    """Even these get their accept and a final status, or the page's tab would wait for ever."""
    bad = [{}, {"nodes": 1}, {"nodes": []}, {"nodes": [7], "edges": []}, {"nodes": [{"id": "a"}], "edges": []},
           {"nodes": [], "edges": [{}]}, {"nodes": [], "edges": [], "metadata": 7},
           {"nodes": [{"id": "a", "fullType": "core:TextMerge", "inputs": []}], "edges": []}, [], None, 7, "x"]
    with Server(PROGRAM) as server, server.socket() as socket:
        for content in bad:
            socket.send("PROMPT_REQUEST", content)
            got = short(m for m in socket.until(is_final) if "promptId" in m["payload"])
            equal((got[0], got[-1][0]), (("accepted",), "error"), content)
            assert got[-1][1], content
        equal(short(socket.run(payload(math("A", a=1, b=1))))[-1], ("complete",))


def test_malformed_frames():
    with Server(PROGRAM) as server, server.socket() as socket:
        for text in ("", "{", "[]", "null", "7", '"x"', "{}", '{"type":"PROMPT_REQUEST"}', '{"payload":{}}',
                     '{"type":7,"payload":{}}', '{"type":"nope","payload":{}}', '{"type":"prompt_request","payload":{}}',
                     '{"type":"load_workflow","payload":{}}', '{"type":"NODE_COMPLETE","payload":{}}',
                     '{"type":"button_click","payload":null}', "[" * 5000, '{"type":"x","type":"y","payload":1}'):
            socket.send_text(text)
            message = socket.receive()
            equal(message["type"], "error", text)
            equal(list(message["payload"]), ["message"], text)
        socket.send_frame(BINARY, b"\x00\x01")
        equal(socket.receive()["type"], "error")
        equal(short(socket.run(payload()))[-1], ("complete",))


def test_broken_frames():
    """What is not WebSocket ends the connection, and nothing else."""
    with Server(PROGRAM) as server:
        with server.socket() as steady:
            for send in (lambda s: s.send_frame(TEXT, b"\xff\xfe"), lambda s: s.send_frame(TEXT, b"{}", masked=False),
                         lambda s: s.send_frame(3, b"x"), lambda s: s.line.sendall(b"\xff" * 100),
                         lambda s: s.send_frame(CLOSE, b"\x03\xe8"), lambda s: s.line.close(),
                         lambda s: s.send_frame(0, b"x"), lambda s: s.send_frame(PING, b"x" * 200)):
                with server.socket() as socket:
                    send(socket)
                    if socket.line.fileno() >= 0:
                        equal(socket.receive(), None)
            equal(short(steady.run(payload()))[-1], ("complete",))


def test_fragments_and_pings():
    with Server(PROGRAM) as server, server.socket() as socket:
        text = json.dumps({"type": "PROMPT_REQUEST", "payload": payload(math("A", a=1, b=1))}).encode()
        socket.send_frame(TEXT, text[:10], final=False)
        socket.send_frame(PING, b"now")
        socket.send_frame(0, text[10:20], final=False)
        socket.send_frame(0, text[20:])
        equal(socket.receive_frame()[1], b"now")
        equal(short(m for m in socket.until(is_final) if "promptId" in m["payload"])[-1], ("complete",))


# --- size -----------------------------------------------------------------------------------------------------


def test_large_frames():
    with Server(PROGRAM) as server:
        with server.socket() as socket:
            request = {"type": "PROMPT_REQUEST", "payload": payload(math("A", a=1, b=1), metadata={"fill": ""})}
            room = 64 * MIB - len(json.dumps(request))
            request["payload"]["metadata"]["fill"] = "x" * room
            socket.send_text(json.dumps(request))
            equal(short(m for m in socket.until(is_final) if "promptId" in m["payload"])[-1], ("complete",))
            socket.waiting()
            request["payload"]["metadata"]["fill"] += "x" * MIB
            socket.send_too_much(json.dumps(request))
            equal((socket.receive(), socket.close_code), (None, 1009))
        equal(server.get("/api/projects").status, 200)


def test_large_values():
    """They come in small frames, written by a thread, and yet in their place among the messages of their run; other runs
    go on meanwhile."""
    text = 'ü"\\\n😀' * 300000
    with Server(PROGRAM) as server, server.socket() as socket, server.socket() as other:
        for i in range(3):
            large = node("L", "core:TextStream", text=text, chunkSize=4096, delayMs=0)
            socket.send("PROMPT_REQUEST", payload(large, math("A", a=1, b=i)))
            socket.send_frame(PING, b"there?")
            equal(short(other.run(payload(math("B", a=1, b=i))))[-1], ("complete",))
            own = [m for m in socket.until(is_final, 60) if "promptId" in m["payload"]]
            of_large = [m for m in own if m["payload"].get("nodeId", m["payload"].get("sourceNodeId")) == "L"]
            kinds = [m["type"] for m in of_large]
            equal((kinds[0], kinds[-1], kinds.count("NODE_COMPLETE")), ("NODE_EXECUTING", "NODE_COMPLETE", 1))
            equal(of_large[-1]["payload"]["output"]["text"] == text, True, "the output")
            told = "".join(m["payload"]["yieldedContent"]["content"] for m in of_large if m["type"] == "NODE_YIELD"
                           and m["payload"]["yieldedContent"]["type"] == "text_chunk")
            equal(told == text, True, "the pieces")
        assert 0 < socket.largest <= 64 << 10, socket.largest


def test_slow_reader():
    """It delays nobody else, and misses nothing."""
    text = "0123456789" * 100000
    with Server(PROGRAM) as server, server.socket(buffer=4096) as slow, server.socket() as quick:
        merge = [node(f"n{i}", "core:TextStream", text=text, chunkSize=MIB, delayMs=0) for i in range(20)]
        slow.send("PROMPT_REQUEST", payload(*merge))
        time.sleep(0.2)
        start = time.monotonic()
        equal(short(quick.run(payload(math("A", a=1, b=1))))[-1], ("complete",))
        assert time.monotonic() - start < 5
        messages = slow.until(is_final, 60)
        for name in (f"n{i}" for i in range(20)):
            chunks = [m["payload"]["yieldedContent"] for m in messages
                      if m["type"] == "NODE_YIELD" and m["payload"]["sourceNodeId"] == name]
            equal("".join(c["content"] for c in chunks if c["type"] == "text_chunk") == text, True, name)
        equal(short(messages)[-1], ("complete",))


def test_reader_that_never_reads():
    """What waits for it has an end, and so has the server's patience."""
    text = "0123456789" * 400000
    with Server(PROGRAM) as server, server.socket(buffer=4096) as deaf:
        for i in range(12):
            streams = [node(f"n{k}", "core:TextStream", text=text, chunkSize=4 * MIB, delayMs=0) for k in range(5)]
            try:
                deaf.send("PROMPT_REQUEST", payload(*streams))
            except ConnectionError:
                break  # cut off already
        with server.socket() as watcher:
            watcher.send("PROMPT_REQUEST", payload())
            watcher.until(is_final, 60)
            end = time.monotonic() + 60
            while server.get("/api/executions").json != {"running": [], "pending": []} and time.monotonic() < end:
                time.sleep(0.1)
        deaf.line.settimeout(60)
        received = 0
        try:
            while more := deaf.line.recv(MIB):
                received += len(more)
        except ConnectionError:
            pass
        # 480 MB were told; it was cut off before all of it was sent
        assert received < 12 * 10 * len(text), received
        equal(server.get("/api/projects").status, 200)


def test_many_connections():
    with Server(PROGRAM) as server:
        sockets = [server.socket() for i in range(100)]
        server.ask("POST", "/api/nodes/reload", {})
        for socket in sockets:
            equal(socket.receive()["type"], "NODES_RELOADED")
        for socket in sockets:
            socket.close()
        equal(server.get("/api/projects").status, 200)


def test_vanishing_clients():
    """Connections that end in the middle of everything."""
    with Server(PROGRAM) as server:
        def come_and_go(number):
            for i in range(10):
                socket = server.socket()
                socket.send("PROMPT_REQUEST", payload(stream(text="x" * 30, delay=1), math(f"m{number}", a=1, b=i)))
                if i % 2:
                    socket.receive()
                socket.close()

        threads = [threading.Thread(target=come_and_go, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with server.socket() as socket:
            end = time.monotonic() + 30
            while server.get("/api/executions").json != {"running": [], "pending": []} and time.monotonic() < end:
                time.sleep(0.05)
            socket.waiting(0.5)
            equal(short(socket.run(payload(math("A", a=1, b=1))))[-1], ("complete",))


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
