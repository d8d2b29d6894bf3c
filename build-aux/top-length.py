#!/usr/bin/env python3
# top-length.py: the longest files and functions, for the house to measure itself. Judges nothing.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# top-length.py [SOURCE TREE [HOW MANY]]

import sys
from pathlib import Path


def functions(lines):
    """Start line, length and name of every function, by the braces in column 0."""
    body = None
    for number, line in enumerate(lines):
        if line.startswith("{") and body is None:
            start = number
            while start > 0 and lines[start - 1].strip() and lines[start - 1][0] not in "}#/;":
                start -= 1
            head = " ".join(lines[start:number])
            # A table or a struct has no parameter list before its brace.
            if "(" in head and not head.rstrip().endswith("="):
                body = start, head.split("(")[0].split()[-1].lstrip("*")
        elif line.startswith("}") and body:
            yield body[0] + 1, number - body[0] + 1, body[1]
            body = None


def quantile(numbers, share):
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(noun, lengths):
    if lengths:
        print(
            f"{len(lengths)} {noun}: median {quantile(lengths, 0.5)}, "
            f"nine in ten up to {quantile(lengths, 0.9)}, longest {max(lengths)} lines"
        )


def main(root, how_many):
    files, found = [], []
    for path in sorted(path for folder in ("src", "nodes") for path in (Path(root) / folder).rglob("*.c")):
        lines = path.read_text(encoding="utf-8").splitlines()
        name = str(path.relative_to(root))
        files.append((len(lines), name))
        found += [(length, f"{name}:{line}", function) for line, length, function in functions(lines)]
    report("files", [length for length, _ in files])
    for length, name in sorted(files, reverse=True)[:how_many]:
        print(f"{length:6} {name}")
    report("functions", [length for length, _, _ in found])
    for length, place, function in sorted(found, reverse=True)[:how_many]:
        print(f"{length:6} {place} {function}")


if __name__ == "__main__":
    main(
        sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent,
        int(sys.argv[2]) if len(sys.argv) > 2 else 8,
    )
