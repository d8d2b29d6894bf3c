#!/usr/bin/env python3
# test-reuse.py: what a model said in a stream is kept on the disk, and told again by another process
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-reuse.py HEARTHCTL

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "server"))

import wire  # noqa: E402
from services import Services  # noqa: E402
from wire import equal  # noqa: E402

PROGRAM = sys.argv[1]


def node(name, kind, **inputs):
    return {"id": name, "type": f"core:{kind}", "position": {"x": 0, "y": 0}, "inputValues": inputs}


def edge(source, out, target, key):
    return {"id": f"{source}-{target}", "source": source, "sourceHandle": out, "target": target, "targetHandle": key}


def workflow(services, prompt="Say it."):
    return {"id": "kept", "name": "Kept",
            "nodes": [node("api", "APISettings", use_env_vars=False, api_key="sk-reuse-0123456789", base_url=services.a),
                      node("ask", "OpenAI", model="m", prompt=prompt, stream=True),
                      node("merge", "TextMerge", separator="", text_inputs=["<", ">"]), node("out", "GroupOutput")],
            "edges": [edge("api", "api_settings", "ask", "api_settings"), edge("ask", "stream_output", "out", "said")],
            "interfaceOutputs": {"said": {"key": "said", "dataFlowType": "STRING", "isStream": True}}}


def run(folder, *more, **changes):
    file = Path(folder) / "workflow.json"
    file.write_text(json.dumps(workflow(**changes)), encoding="utf-8")
    done = subprocess.run([PROGRAM, "run", file, "--data-dir", Path(folder) / "data", *more], capture_output=True, timeout=60,
                          check=False)
    equal(done.returncode, 0, done.stderr.decode())
    return done.stdout.decode(), done.stderr.decode()


def test_another_process():
    with Services() as services, tempfile.TemporaryDirectory(prefix="hearth-test-") as folder:
        first, _ = run(folder, "--explain", services=services)  # which opens the data folder
        equal(services.told["a"]["calls"], 1)
        again, why = run(folder, "--from", "merge", "--explain", services=services)
        equal(services.told["a"]["calls"], 1)
        assert "(ask): reused: same as in the run of" in why, why
        equal(json.loads(again)["outputs"], json.loads(first)["outputs"])
        told = [json.loads(line) for line in run(folder, "--from", "merge", "--events", services=services)[0].splitlines()]
        chunks = [event["payload"]["yieldedContent"]["content"] for event in told if event["type"] == "NODE_YIELD"
                  and event["payload"]["sourceNodeId"] == "ask"]
        equal(chunks[0], "from a")
        kept = [event["payload"] for event in told if event["type"] == "NODE_COMPLETE" and event["payload"]["nodeId"] == "ask"][0]
        equal((kept["reused"], "usage" in kept), (True, False))


def test_what_changed():
    with Services() as services, tempfile.TemporaryDirectory(prefix="hearth-test-") as folder:
        run(folder, "--explain", services=services)
        _, why = run(folder, "--from", "merge", "--explain", services=services, prompt="Say another thing.")
        assert "input “prompt” changed" in why, why
        run(folder, "--explain", services=services)
        equal(services.told["a"]["calls"], 3)  # nobody asked for answers of models to be used again


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
