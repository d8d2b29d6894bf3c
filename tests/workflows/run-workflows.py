#!/usr/bin/env python3
# run-workflows.py: runs every example workflow with the real program and compares the results
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: run-workflows.py HEARTHCTL [NAME…]

For each NAME.expected.json beside this file, runs "HEARTHCTL run NAME.json" and compares what it
prints. Adding a case is adding the two files. Where NAME.cassette.jsonl lies beside them, the run is a replay of it
(docs/record-and-replay.md). An expected file holds

  status   "complete" or "error"
  outputs  the interface outputs; "error" cases may leave it out
  inputs   values to pass, text as it is, everything else as JSON
  error    texts that must occur in the reported error or on standard error
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TIMEOUT = 60
TOLERANCE = 1e-12


def same(a, b):
    """Equal as JSON; numbers up to the last digits, true is not 1."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= TOLERANCE * max(1, abs(a), abs(b))
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def call(program, name, expected, data_dir):
    command = [program, "run", os.path.join(HERE, name + ".json"), "--data-dir", data_dir]
    for key, value in expected.get("inputs", {}).items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        command += ["--input", f"{key}={text}"]
    cassette = os.path.join(HERE, name + ".cassette.jsonl")
    if os.path.exists(cassette):
        command += ["--replay", cassette]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT,
                          stdin=subprocess.DEVNULL, check=False)


def find_problems(program, name, data_dir):
    with open(os.path.join(HERE, name + ".expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    done = call(program, name, expected, data_dir)
    problems = []
    result = {}
    if done.stdout.strip():
        try:
            result = json.loads(done.stdout)
        except ValueError as error:
            return [f"standard output is not one JSON value: {error}: {done.stdout[:200]!r}"]

    good = expected["status"] == "complete"
    # A graph that cannot be run at all is refused as a bad file, without a result.
    refused = not good and done.returncode == 2 and not result
    if done.returncode != (0 if good else 1) and not refused:
        problems.append(f"exit status {done.returncode}, {done.stderr.strip()!r}")
    if not refused and result.get("status") != expected["status"]:
        problems.append(f"status {result.get('status')!r}")
    if "outputs" in expected and not refused and not same(result.get("outputs") or {}, expected["outputs"]):
        problems.append(f"outputs {json.dumps(result.get('outputs'), ensure_ascii=False)[:400]}")
    said = json.dumps(result.get("error"), ensure_ascii=False) + done.stderr
    for text in expected.get("error", []):
        if text not in said:
            problems.append(f"nothing about {text!r} in the error: {said.strip()[:400]}")
    if not good and said.strip() in ("", "null"):
        problems.append("no error is reported")
    return problems


def main():
    # The test programs of the suite all get --tap; this one speaks nothing else.
    arguments = [argument for argument in sys.argv[1:] if argument != "--tap"]
    if not arguments:
        sys.exit(__doc__)
    program, names = arguments[0], arguments[1:]
    if not names:
        suffix = ".expected.json"
        names = sorted(file[:-len(suffix)] for file in os.listdir(HERE) if file.endswith(suffix))

    failed = 0
    print(f"1..{len(names)}")
    with tempfile.TemporaryDirectory(prefix="hearth-workflows-") as data_dir:
        # Our example of a pack, whose programs nobody has allowed
        shutil.copytree(os.path.join(HERE, "..", "..", "data", "plugins"), os.path.join(data_dir, "plugins"))
        # What the loaders read
        shutil.copytree(os.path.join(HERE, "..", "data", "library"), os.path.join(data_dir, "library"))
        for number, name in enumerate(names, 1):
            try:
                problems = find_problems(program, name, data_dir)
            except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                problems = [str(error)]
            failed += bool(problems)
            print(f"{'not ok' if problems else 'ok'} {number} {name}", flush=True)
            for problem in problems:
                print(f"# {name}: {problem}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
