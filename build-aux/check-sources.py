#!/usr/bin/env python3
# check-sources.py: what every file of the project says about itself, and what none may say
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-sources.py [--self-test] [SOURCE TREE]
#
# Every C file opens with its name and its purpose, and every source names its licence near the top.
# No file names a place on one person's machine, and none leaves work for later in a comment.

import re
import sys
import tempfile
from pathlib import Path

FOLDERS = ("src", "nodes", "tests", "ui", "data", "po", "docs", "flatpak", "build-aux", ".ci")
AT_TOP = ("run", "test", "meson.build", "meson_options.txt", "README.md", "HACKING.md", "CONTRIBUTING.md", "NEWS")

# Files that are somebody's words or data, not source
WITHOUT_LICENCE = (".json", ".jsonl", ".txt", ".png", ".md", ".po", "NEWS", "LINGUAS", "POTFILES")
BINARY = (".png", ".sqlite", ".gz", ".mo")

LICENCE = re.compile(r"SPDX-License-Identifier: \S")
# Split, so that this file does not complain about itself
MACHINE_PATH = re.compile(r"(?<![\w.$}/])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+|tmp/b" r"-\w+)/")
LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")

# Data of others, taken as it is
FOREIGN = ("tests/data/", "tests/corpus/", "tests/fixtures/", "tests/fuzz/corpus/")


def list_files(root):
    for name in AT_TOP:
        if (root / name).is_file():
            yield root / name
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix not in BINARY:
                yield path


def check_opening(path, name, lines):
    if path.suffix in (".c", ".h"):
        opening = lines[0] if lines else ""
        if not re.match(r"/\* " + re.escape(path.name) + r": \S", opening):
            yield f"{name}:1: the first line must be: /* {path.name}: what the file is for"
    if not name.endswith(WITHOUT_LICENCE) and not any(LICENCE.search(line) for line in lines[:12]):
        yield f"{name}:1: the line with SPDX-License-Identifier is missing"


def check_lines(name, lines):
    for number, line in enumerate(lines, 1):
        match = MACHINE_PATH.search(line)
        if match:
            yield f"{name}:{number}: {match.group(0)} is a place on one machine"
        if name.endswith((".c", ".h", ".ui", ".py", ".sh", ".css", "meson.build")) and LATER.search(line):
            yield f"{name}:{number}: finish it now, or leave the note to an issue"


def check(root):
    root = Path(root)
    problems = []
    count = 0
    for path in list_files(root):
        name = str(path.relative_to(root))
        if name.startswith(FOREIGN):
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:  # deliberate: input for tests of bad encodings
            continue
        count += 1
        problems += check_opening(path, name, lines)
        problems += check_lines(name, lines)
    return count, problems


GOOD = "/* %s: an example\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n"
PLANTED = [
    ("src/base/a.c", GOOD % "b.c", "the first line must be"),
    ("src/base/a.h", "\n" + GOOD % "a.h", "the first line must be"),
    ("nodes/a.c", "/* a.c: an example */\n", "SPDX-License-Identifier is missing"),
    ("ui/a.ui", "<interface/>\n", "SPDX-License-Identifier is missing"),
    ("build-aux/a.sh", "#!/bin/sh\n", "SPDX-License-Identifier is missing"),
    ("src/base/a.c", GOOD % "a.c" + 'open ("/ho' 'me/ada/x");\n', "a place on one machine"),
    ("docs/a.md", "see /wo" "rk/main\n", "a place on one machine"),
    ("src/base/a.c", GOOD % "a.c" + "/* TO" "DO */\n", "finish it now"),
]


def self_test():
    failures = []
    good = {"src/base/a.c": GOOD % "a.c", "docs/a.md": "~/.local and $HOME/x and https://x.org/home/a/\n"}
    for file, text, expected in [("src/base/a.c", good["src/base/a.c"], None)] + PLANTED:
        with tempfile.TemporaryDirectory() as root:
            for name, content in (good | {file: text}).items():
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
            _, problems = check(root)
        if (expected is None and problems) or (expected and not any(expected in problem for problem in problems)):
            failures.append(f"{file} with {text!r}: expected {expected}, got {problems}")
    print(f"{len(PLANTED)} planted violations")
    return failures


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        problems = self_test()
    else:
        count, problems = check(arguments[0] if arguments else Path(__file__).parent.parent)
        print(f"{count} files")
        if count == 0:
            problems.append("there is nothing to check")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
