#!/usr/bin/env python3
# count-tests.py: one line over several of meson's testlog.json: "N passed, N failed, N skipped"
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}


def results(path):
    try:
        with open(path, encoding="utf-8") as log:
            return [json.loads(line)["result"] for line in log if line.strip()]
    except FileNotFoundError:  # meson test ended before its first test
        return []


def main(paths):
    found = [result for path in paths for result in results(path)]
    passed = sum(result in PASSED for result in found)
    skipped = sum(result in SKIPPED for result in found)
    failed = len(found) - passed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
