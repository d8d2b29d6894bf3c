#!/usr/bin/env python3
# test-recorded.py: recorded traffic, sent to a server of ours
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-recorded.py SERVER_PROGRAM JOURNEY.jsonl…             our own recordings
# test-recorded.py SERVER_PROGRAM --protocol SOURCE_ROOT     those that came with the protocol notes
#
# The latter lie in $HEARTH_PROTOCOL_DIR/recorded, or beside the checkout; without them exit 77.

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from replay import Journey  # noqa: E402
from wire import Server  # noqa: E402

JOURNEYS = ["J3.jsonl", "J4.jsonl", "J5-basic.jsonl"]


def find_protocol(source_root):
    place = os.environ.get("HEARTH_PROTOCOL_DIR")
    folder = (Path(place) if place else Path(source_root) / "../shared/protocol") / "recorded"
    files = [folder / name for name in JOURNEYS]
    if all(file.exists() for file in files):
        return files
    print("Skipped: the recordings of the protocol notes are not here. Set HEARTH_PROTOCOL_DIR to their folder.")
    sys.exit(77)


def replay(program, file):
    with Server(program) as server:
        journey = Journey(server, file)
        problems = journey.replay()
    print(f"{file.name}: {journey.compared} exchanges, {journey.unsure} more in the middle of a change, "
          f"{len(problems)} differences")
    if journey.skipped_types:
        print(f"  node types of later work: {', '.join(sorted(journey.skipped_types))}")
    for problem in problems:
        print(f"  {problem}")
    return len(problems) if journey.compared else 1


def main(program, *arguments):
    files = find_protocol(arguments[1]) if arguments[0] == "--protocol" else [Path(a) for a in arguments]
    return 1 if sum(replay(program, file) for file in files) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
