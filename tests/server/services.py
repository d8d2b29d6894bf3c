# services.py: tests/llm/peer.py beside a server: services of models, in moods (tests/llm/peer_moody.py)
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "llm" / "peer.py"


class Services:
    """Ends with the `with` block. `a`, `b` and `c` are base URLs."""

    def __init__(self, port=0):
        self.command = [sys.executable, "-B", PROGRAM, "--port", str(port)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.base = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        self.a, self.b, self.c = (f"{self.base}/{name}/v1" for name in "abc")
        return self

    def __exit__(self, *ignored):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)

    def mood(self, **moods):
        """What happens to their next calls: a=[{"status": 500}]."""
        request = urllib.request.Request(f"{self.base}/moods", json.dumps(moods).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            answer.read()

    @property
    def told(self):
        with urllib.request.urlopen(f"{self.base}/moods") as answer:
            return json.loads(answer.read())

    @property
    def crowds(self):
        with urllib.request.urlopen(f"{self.base}/crowds") as answer:
            return json.loads(answer.read())
