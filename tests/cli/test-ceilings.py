#!/usr/bin/env python3
# test-ceilings.py: processes that share a data folder keep its ceilings together
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-ceilings.py HEARTHCTL

import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "server"))

import wire  # noqa: E402
from services import Services  # noqa: E402
from wire import equal  # noqa: E402

PROGRAM = sys.argv[1]
SLOW = {"wait": 1.5}  # so that all have begun before the first is done


def workflow(services):
    return {"id": "spends", "name": "Spends",
            "nodes": [{"id": "api", "type": "core:APISettings", "position": {"x": 0, "y": 0},
                       "inputValues": {"use_env_vars": False, "api_key": "sk-ceilings-0123456789", "base_url": services.a}},
                      {"id": "ask", "type": "core:OpenAI", "position": {"x": 0, "y": 0},
                       "inputValues": {"model": "m", "prompt": "Say it.", "stream": True, "max_tokens": 100}}],
            "edges": [{"id": "e", "source": "api", "sourceHandle": "api_settings", "target": "ask",
                       "targetHandle": "api_settings"}]}


class Folder:
    """A data folder with ceilings, and the processes in it."""

    def __init__(self, services, budget):
        self.services, self.budget = services, budget

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="hearth-test-")
        self.root = Path(self.folder.name)
        (self.root / "data" / "data").mkdir(parents=True)
        (self.root / "data" / "data" / "budget.json").write_text(json.dumps(self.budget))
        (self.root / "workflow.json").write_text(json.dumps(workflow(self.services)))
        return self

    def __exit__(self, *ignored):
        self.folder.cleanup()

    def start(self):
        return subprocess.Popen([PROGRAM, "run", self.root / "workflow.json", "--data-dir", self.root / "data"],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, count):
        """So many at once; how each of them ended, and what they said."""
        running = [self.start() for _ in range(count)]
        said = [process.communicate(timeout=60)[1].decode() for process in running]
        return sorted(process.returncode for process in running), "".join(said)

    def rows(self, query, *values):
        connection = sqlite3.connect(self.root / "data" / "data" / "app.sqlite")
        with connection:
            found = connection.execute(query, values).fetchall()
        connection.close()
        return found

    def locks(self):
        return [path.name for path in (self.root / "data" / "data").glob("*.lock")]


def test_calls():
    """One call a day: of three processes one makes it."""
    with Services() as services, Folder(services, {"day": {"calls": 1}}) as folder:
        services.mood(a=[SLOW] * 3)
        ended, said = folder.run(3)
        equal(services.told["a"]["calls"], 1, said)
        equal(ended, [0, 1, 1], said)
        assert "today" in said, said
        equal((folder.rows("SELECT * FROM hearth_reservations"), folder.locks()), ([], []))


def test_those_who_wait():
    """What is reserved is more than what is spent: the second waits, and then has room."""
    with Services() as services, Folder(services, {"day": {"tokens": 200}}) as folder:
        services.mood(a=[SLOW] * 3)
        ended, said = folder.run(3)
        equal((ended, services.told["a"]["calls"]), ([0, 0, 0], 3), said)
        equal(folder.rows("SELECT count (*), count (DISTINCT process) FROM hearth_usage"), [(3, 3)])
        equal(services.crowds["a"], 1, said)


def test_the_dead():
    """What a process has reserved that is no more stands in nobody's way."""
    with Services() as services, Folder(services, {"day": {"calls": 5}}) as folder:
        equal(folder.run(1)[0], [0])
        day = folder.rows("SELECT day FROM hearth_usage")[0][0]
        for name in "abcdef":
            folder.rows("INSERT INTO hearth_reservations VALUES (?, 'killed', ?, NULL, 0, 10)", name, day)
        (folder.root / "data" / "data" / "app.sqlite-killed.lock").touch()
        ended, said = folder.run(1)
        equal((ended, services.told["a"]["calls"]), ([0], 2), said)
        equal((folder.rows("SELECT * FROM hearth_reservations"), folder.locks()), ([], []))


def test_no_ceiling():
    with Services() as services, Folder(services, {"run": {"calls": 1}}) as folder:
        ended, said = folder.run(2)
        equal((ended, services.told["a"]["calls"]), ([0, 0], 2), said)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
