#!/usr/bin/env python3
# test-recorded.py: recorded traffic, sent to a server of ours
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-recorded.py SERVER_PROGRAM JOURNEY.jsonl…             our own recordings
# test-recorded.py SERVER_PROGRAM --planted JOURNEY.jsonl…   the same, falsified: each must be found out
# test-recorded.py SERVER_PROGRAM --protocol SOURCE_ROOT     those that came with the protocol notes
#
# The latter lie in $HEARTH_PROTOCOL_DIR/recorded, or beside the checkout; without them exit 77.

import base64
import contextlib
import json
import os
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from replay import Journey  # noqa: E402
from wire import Server  # noqa: E402

JOURNEYS = ["J3.jsonl", "J4.jsonl", "J5-basic.jsonl", "J8.jsonl"]


def find_protocol(source_root):
    place = os.environ.get("HEARTH_PROTOCOL_DIR")
    folder = (Path(place) if place else Path(source_root) / "../shared/protocol") / "recorded"
    files = [folder / name for name in JOURNEYS]
    if all(file.exists() for file in files):
        return files
    print("Skipped: the recordings of the protocol notes are not here. Set HEARTH_PROTOCOL_DIR to their folder.")
    sys.exit(77)


def prepare(server, journey):
    """What was there before: a picture of the user, a bin with something in it."""
    folder = Path(server.data)
    (folder / "userData" / "default_user" / ".recycle_bin").mkdir(exist_ok=True)
    for row in journey.rows:
        body = row.get("resBody")
        if not row.get("path", "").startswith("/avatars/") or row.get("status") != 200 or not isinstance(body, dict):
            continue
        (folder / "public" / "avatars").mkdir(parents=True, exist_ok=True)
        picture = base64.b64decode(body["base64Head"]).ljust(body["binaryBytes"], b"\0")
        (folder / "public" / row["path"][1:]).write_bytes(picture)
        with contextlib.closing(sqlite3.connect(folder / "data" / "app.sqlite")) as database, database:
            database.execute("UPDATE users SET avatar_url = ?", (row["path"],))


def replay(program, file):
    with Server(program) as server:
        journey = Journey(server, file)
        prepare(server, journey)
        problems = journey.replay()
    print(f"{file.name}: {journey.compared} exchanges, {journey.unsure} more in the middle of a change, "
          f"{len(problems)} differences")
    for problem in problems:
        print(f"  {problem}")
    return len(problems) if journey.compared else 1


def falsified(rows):
    """Copies of a recording, each wrong in one place: a status, a lost or foreign member, a value."""
    for index, row in enumerate(rows):
        body = row.get("resBody")
        output = row.get("data", {}).get("payload", {}).get("output") if row["kind"] == "ws" else None
        changes = []
        if row["kind"] == "http":
            changes.append({**row, "status": row["status"] + 1})
        if isinstance(body, dict) and "omitted" not in body:
            changes.append({**row, "resBody": {**body, "planted": 1}})
            changes.append({**row, "resBody": {name: body[name] for name in list(body)[1:]}})
        if isinstance(body, list):
            changes.append({**row, "resBody": body + ["planted"]})
        if output:
            data = json.loads(json.dumps(row["data"]))
            data["payload"]["output"][next(iter(output))] = "planted"
            changes.append({**row, "data": data})
        for change in changes:
            yield rows[:index] + [change] + rows[index + 1:]


def check_planted(program, file):
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    missed = count = 0
    for wrong in falsified(rows):
        with Server(program) as server:
            journey = Journey(server, file)
            journey.rows = wrong
            count += 1
            if not journey.replay():
                missed += 1
                print(f"not noticed: {next(w for w, r in zip(wrong, rows) if w != r)}")
    print(f"{file.name}: {count} falsified copies, {missed} not noticed")
    return missed if count else 1


def main(program, *arguments):
    if arguments[0] == "--planted":
        return 1 if sum(check_planted(program, Path(a)) for a in arguments[1:]) else 0
    files = find_protocol(arguments[1]) if arguments[0] == "--protocol" else [Path(a) for a in arguments]
    return 1 if sum(replay(program, file) for file in files) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
