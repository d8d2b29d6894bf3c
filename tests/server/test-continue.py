#!/usr/bin/env python3
# test-continue.py: a run that a ceiling stopped goes on, and buys nothing twice
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-continue.py SERVER_PROGRAM

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from payloads import edge, node, payload  # noqa: E402
from services import Services  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]


def question(services, calls):
    """Two calls that stream, one after the other; what the first says is streamed to the interface."""
    return payload(
        node("api", "core:APISettings", use_env_vars=False, api_key="sk-continue-0123456789", base_url=services.a),
        node("first", "core:OpenAI", model="m", prompt="Say it.", stream=True),
        node("second", "core:OpenAI", model="m", stream=True),
        edges=[edge("e1", "api", "api_settings", "first", "api_settings"), edge("e2", "api", "api_settings", "second", "api_settings"),
               edge("e3", "first", "stream_output", "second", "prompt")],
        outputInterfaceMappings={"said": {"sourceNodeId": "first", "sourceSlotKey": "stream_output"}},
        metadata={"workflowId": "continued", "budget": {"calls": calls}})


def ended(server, name):
    for _ in range(400):
        told = server.get(f"/api/prompt/{name}").json
        if told["status"] in ("complete", "error", "interrupted"):
            return told
        time.sleep(0.02)
    raise AssertionError(f"{name} is {told}")


def test_goes_on():
    with Services() as services, Server(PROGRAM) as server:
        first = server.ask("POST", "/api/prompt", question(services, 1)).json["promptId"]
        equal(ended(server, first)["status"], "error")
        equal(services.told["a"]["calls"], 1)
        second = server.ask("POST", f"/api/prompt/{first}/continue", {"budget": {"calls": 2}}).json["promptId"]
        told = ended(server, second)
        equal(services.told["a"]["calls"], 2)
        equal((told["status"], told["usage"]["calls"]), ("complete", 1))
        record = server.get(f"/api/history/{second}").json
        equal(record["outputs"], {"said": "from a"})
        kept, new = record["nodes"]["first"], record["nodes"]["second"]
        equal((kept["status"], kept["reused"], kept["output"], "usage" in kept), ("complete", True, {"response": "from a"}, False))
        equal((new["reused"], new["input"]["prompt"], new["usage"]["calls"]), (False, "from a", 1))


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
