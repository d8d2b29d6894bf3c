# recorded.py: a workflow of one's own that `hearthctl run` records and replays
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "server"))

import wire  # noqa: E402
from wire import equal  # noqa: E402

PROGRAM = sys.argv[1]


def node(name, kind, config=None, **inputs):
    return {"id": name, "type": kind if ":" in kind else f"core:{kind}", "position": {"x": 0, "y": 0}, "inputValues": inputs,
            "configValues": config or {}}


def edge(source, out, target, key):
    return {"id": f"{source}.{out}-{target}.{key}", "source": source, "sourceHandle": out, "target": target, "targetHandle": key}


class Case:
    """A folder with a workflow, its recording and a data directory. `given` are arguments of every run."""

    def __init__(self, workflow):
        self.workflow = workflow
        self.given = []

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="hearth-test-")
        self.root = Path(self.folder.name)
        self.root.chmod(0o755)  # programs of packs are run by nobody when we are root
        self.data = self.root / "data"
        self.file = self.root / "workflow.json"
        self.cassette = self.root / "cassette.jsonl"
        self.write(self.workflow)
        return self

    def __exit__(self, *ignored):
        self.folder.cleanup()

    def write(self, workflow):
        self.file.write_text(json.dumps(workflow), encoding="utf-8")

    def hearthctl(self, *words, status=0, before=(), env=None, text=None):
        end = words.index("--") if "--" in words else len(words)
        words = [*words[:end], "--data-dir", self.data, *words[end:]]
        done = subprocess.run([*before, PROGRAM, *words], capture_output=True, timeout=60, check=False, env=env, input=text)
        equal(done.returncode, status, done.stderr.decode() + done.stdout.decode())
        return done

    def run(self, *more, **options):
        return self.hearthctl("run", self.file, *self.given, *more, **options)

    def record(self, **options):
        return self.run("--events", "--record", self.cassette, **options)

    def replay(self, *more, **options):
        return self.run("--replay", self.cassette, *more, **options)

    def trace(self, calls):
        """Lines of strace about a replay."""
        if shutil.which("strace") is None or subprocess.run(["strace", "-o", "/dev/null", "true"], check=False).returncode != 0:
            raise wire.Skip("strace is not installed, or may not trace here")
        trace = self.root / "trace"
        self.replay("--events", before=["strace", "-f", "-e", f"trace={calls}", "-o", trace],
                    env=os.environ | {"ASAN_OPTIONS": "detect_leaks=0"})  # which cannot look while strace does
        return [line for line in trace.read_text().splitlines() if "+++" not in line and "---" not in line]


def told(done):
    """Without times, and the nodes' events each on their own: who is first may be chance in the recording."""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    by_node = {}
    for line in lines:
        line["payload"].pop("durationMs", None)
        line["payload"].get("usage", {}).pop("seconds", None)
        by_node.setdefault(line["payload"].get("nodeId") or line["payload"].get("sourceNodeId"), []).append(line)
    return by_node
