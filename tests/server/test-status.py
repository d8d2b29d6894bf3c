#!/usr/bin/env python3
# test-status.py: how the program and the computer are (http-api.md 18)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-status.py SERVER_PROGRAM

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]

SIZE = r"\d+(\.\d{1,2})? (B|KB|MB|GB|TB)"
SHARE = r"\d+\.\d\d%"


def matches(pattern, text):
    assert re.fullmatch(pattern, text), f"{text!r} is not like {pattern!r}"


def in_bytes(text):
    number, unit = text.split(" ")
    return float(number) * 1024 ** ["B", "KB", "MB", "GB", "TB"].index(unit)


def test_figures():
    with Server(PROGRAM) as server:
        status = server.get("/api/status").json
        matches(r"\d+d \d+h \d+m \d+s", status["uptime"])
        equal((status["os"]["platform"], status["os"]["kernel"]), ("linux", os.uname().release))
        equal(status["cpu"]["cores"], len(os.sched_getaffinity(0)))
        matches(SHARE, status["cpu"]["load"])
        memory = status["memory"]
        for size in memory.values():
            matches(SIZE, size)
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        assert abs(in_bytes(memory["total"]) / pages - 1) < 0.01, memory
        assert 0 < in_bytes(memory["processUsage"]) < in_bytes(memory["free"]) < in_bytes(memory["total"]), memory
        for disk in status["disks"]:
            matches(SIZE, disk["size"])
            matches(SHARE, disk["use"])
        assert {"iface": "lo", "ip4": "127.0.0.1", "mac": "00:00:00:00:00:00", "speed": "N/A"} in status["network"]
        matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", status["timestamp"])


def test_engine():
    with Server(PROGRAM) as server, server.socket() as socket:
        nothing = {"running": 0, "waiting": 0, "paused": False, "clients": 1, "frontend": False}
        status = server.get("/api/status").json
        equal(status["hearth"], {"version": status["version"], **nothing})
        slow = {"id": "S", "fullType": "core:TextStream", "inputs": {"text": "ab" * 1000, "chunkSize": 1, "delayMs": 50}}
        socket.send("PROMPT_REQUEST", {"nodes": [slow], "edges": []})
        socket.until(lambda message: message["type"] == "NODE_YIELD")
        equal(server.get("/api/status").json["hearth"]["running"], 1)
        server.ask("POST", "/api/queue/pause", {})
        equal(server.get("/api/status").json["hearth"]["paused"], True)


def test_nothing_to_log_in_to():
    with Server(PROGRAM) as server:
        equal(server.get("/api/status/auth-required").json, {"authRequired": False})
        for body in ({"username": "admin", "password": "x"}, {}, {"username": 7}):
            answer = server.ask("POST", "/api/status/login", body)
            equal((answer.status, answer.json["success"]), (400, False))
            assert answer.json["message"], answer.json


def test_restart():
    """What runs goes on; the node types are read again, and everybody hears of it."""
    with Server(PROGRAM) as server, server.socket() as socket:
        answer = server.ask("POST", "/api/server/restart")
        equal((answer.status, answer.json["success"]), (202, True))
        assert answer.json["message"], answer.json
        socket.until(lambda message: message["type"] == "NODES_RELOADED")


def test_pages():
    with Server(PROGRAM) as server:
        for path in ("/", "/api/docs", "/api/pages/status.html", "/api/pages/docs.html"):
            answer = server.get(path)
            equal((answer.status, answer.type), (200, "text/html; charset=utf-8"), path)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy, policy
            assert not re.search(r"(?:src|href)=\"(?:https?:)?//", answer.text), path
            equal(server.get(path, **{"If-None-Match": answer.headers["ETag"]}).status, 304)
        for path in ("/vendor/chart.js", "/api/pages/nothing.html", "/api/pages/..%2Fexamples%2Fruns.json",
                     "/api/pages/..%2F..%2Fserver%2Fexamples%2Fpanels.json", "/api/pages/page"):
            answer = server.get(path)
            equal((answer.status, answer.text), (404, "NOT_FOUND"), path)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
