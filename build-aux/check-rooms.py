#!/usr/bin/env python3
# check-rooms.py: who may include whom. The build stops includes that point upward; this table also
# stops those that point sideways.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-rooms.py [--self-test] [SOURCE TREE]

import re
import sys
import tempfile
from pathlib import Path

# Room: the rooms whose headers it may include, besides its own
ROOMS = {
    "base": [],
    "expr": ["base"],
    "outside": ["base"],
    "graph": ["base"],
    "engine": ["graph", "base"],
    "llm": ["outside", "base"],
    "mcp": ["outside", "base"],
    "nodes": ["engine", "graph", "llm", "mcp", "outside", "expr", "base"],
    "packs": ["engine", "graph", "outside", "expr", "base"],
    "store": ["base"],
    "proto": ["graph", "engine", "base"],
    "workspace": ["proto", "store", "packs", "llm", "mcp", "outside", "engine", "graph", "base"],
    # graph and engine: to observe a run
    "server": ["workspace", "proto", "engine", "graph", "base"],
    # server: the door that app and cli open; they start and stop it
    "app": ["server", "workspace", "proto", "engine", "graph", "base"],
    "cli": ["server", "workspace", "proto", "engine", "graph", "base"],
}

# A single header of a room that is otherwise out of sight
EXTRA_HEADERS = {
    "packs": ["nodes/shapes.h", "nodes/io/http-step.h"],  # chores of nodes
    "server": ["src/outside/hearth-outside.h"],  # the mark of requests that nodes make
    "workspace": ["nodes/nodes.h"],  # the one table of nodes
}

# Header: what keeps a room that may see the header's room from this one, and the files that may
# nevertheless. The document and the engine know values, not JSON text; node types write theirs
# down as text, which is read once.
HIDDEN_HEADERS = {
    "src/base/hearth-json.h": {
        "rooms": ["graph", "engine"],
        "except": [
            "src/graph/hearth-catalog.c",
            "src/graph/hearth-node-decl.h",
            "src/graph/hearth-node-type.c",
        ],
    },
}

# Libraries that only some rooms may know. "tests" is tests/, "tests/bench" a folder in it.
LIBRARIES = {
    r"(gtk|gdk|gsk)/": ["app", "tests"],
    r"adwaita\.h$|adw-": ["app", "tests"],
    r"(pango/|cairo|graphene)": ["app", "tests"],
    r"sqlite3\.h$": ["store"],
    r"yaml\.h$": ["store"],
    r"libsoup/": ["outside", "server", "tests"],
    r"libsecret/": ["store"],
    r"sodium": ["store"],
    r"json-glib/": ["tests/bench"],
    r"pcre2": ["nodes"],
}

# Made by the build
GENERATED = {"config.h": "base", "hearth-resources.h": "app"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(path):
    """The room of a path relative to the source tree, or None."""
    parts = path.split("/")
    if parts[0] == "src" and len(parts) > 2:
        return parts[1]
    return parts[0] if parts[0] in ("nodes", "tests") and len(parts) > 1 else None


def includes(file):
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == "<", match.group(2)


class Checker:
    def __init__(self, root):
        self.root = Path(root)
        self.problems = []
        self.files = sorted(
            str(path.relative_to(self.root))
            for folder in ("src", "nodes", "tests")
            for path in (self.root / folder).rglob("*.[ch]")
        )
        self.headers = [path for path in self.files if path.endswith(".h")]

    def complain(self, file, line, text):
        self.problems.append(f"{file}:{line}: {text}")

    def find_header(self, file, name):
        """The project's header that @file means by @name."""
        beside = str(Path(file).parent / name)
        if beside in self.headers:
            return beside
        found = [path for path in self.headers if path == name or path.endswith("/" + name)]
        return found[0] if found else None

    def check_library(self, file, line, room, name):
        for pattern, rooms in LIBRARIES.items():
            allowed = room in rooms or any(file.startswith(place + "/") for place in rooms)
            if re.match(pattern, name) and not allowed:
                self.complain(file, line, f"<{name}> is only for {', '.join(rooms)}")

    def check_header(self, file, line, room, header):
        other = room_of(header)
        if room == "tests":  # tests look at everything
            return
        if other == "tests":
            self.complain(file, line, f"{header} belongs to the tests")
        elif other != room and other not in ROOMS[room] and header not in EXTRA_HEADERS.get(room, []):
            self.complain(file, line, f"{room} must not see {header}")
        elif other != room and header.endswith("-private.h"):
            self.complain(file, line, f"{header} is private to {other}")
        hidden = HIDDEN_HEADERS.get(header)
        if hidden and room in hidden["rooms"] and file not in hidden["except"]:
            self.complain(file, line, f"{room} must not see {header}")

    def check_file(self, file):
        room = room_of(file)
        if room != "tests" and room not in ROOMS:
            self.complain(file, 1, f"the room {room} is not in the table of check-rooms.py")
            return
        for line, is_system, name in includes(self.root / file):
            if name in GENERATED:
                allowed = [room] + ROOMS.get(room, list(ROOMS))
                if GENERATED[name] not in allowed:
                    self.complain(file, line, f"{room} must not see {name}")
                continue
            header = self.find_header(file, name)
            if header:
                self.check_header(file, line, room, header)
            elif is_system:
                self.check_library(file, line, room, name)
            else:
                self.complain(file, line, f'"{name}" is not a header of this project')

    def check_names(self):
        names = {}
        for header in self.headers:
            other = names.setdefault(Path(header).name, header)
            if other != header:
                self.complain(header, 1, f"{other} has the same name, so an include could mean either")

    def check(self):
        self.check_names()
        for file in self.files:
            self.check_file(file)
        return self.problems


# --- does the check find what it is for? -------------------------------------------------------

TREE = {
    "src/base/hearth-value.h": "#include <glib.h>\n",
    "src/base/hearth-json.h": '#include "hearth-value.h"\n',
    "src/expr/hearth-expr.h": '#include "hearth-value.h"\n',
    "src/graph/hearth-graph.h": '#include "hearth-value.h"\n',
    "src/graph/hearth-node-type.c": '#include "config.h"\n#include "hearth-json.h"\n',
    "src/engine/hearth-run.h": '#include "hearth-graph.h"\n',
    "src/engine/hearth-run-private.h": '#include "hearth-run.h"\n',
    "src/outside/hearth-outside.c": "#include <libsoup/soup.h>\n",
    "src/outside/hearth-outside.h": '#include "hearth-value.h"\n',
    "src/llm/hearth-llm.c": '#include "hearth-outside.h"\n',
    "src/store/hearth-store.h": "#include <sqlite3.h>\n",
    "src/proto/hearth-proto.h": '#include "hearth-run.h"\n',
    "src/workspace/hearth-workspace.h": '#include "hearth-proto.h"\n#include "nodes.h"\n',
    "src/server/hearth-server.h": '#include <libsoup/soup.h>\n#include "hearth-workspace.h"\n',
    "src/app/canvas/hearth-canvas.h": "#include <gtk/gtk.h>\n",
    "src/app/hearth-window.c": '#include <adwaita.h>\n#include "canvas/hearth-canvas.h"\n#include "hearth-server.h"\n',
    "src/cli/hearth-cli.c": '#include "hearth-workspace.h"\n#include <stdio.h>\n',
    "nodes/nodes.h": '#include "hearth-graph.h"\n#include "hearth-expr.h"\n',
    "nodes/math/hearth-matrix.h": "#include <pcre2.h>\n",
    "tests/headless/test-run.c": '#include "hearth-run-private.h"\n#include "hearth-store.h"\n',
    "tests/bench/bench-json.c": "#include <json-glib/json-glib.h>\n",
}

# File, what is added to it, and what the complaint must say
PLANTED = [
    ("src/base/hearth-value.h", '#include "hearth-graph.h"', "base must not see src/graph/hearth-graph.h"),
    ("src/expr/hearth-expr.h", '#include "hearth-graph.h"', "expr must not see src/graph/hearth-graph.h"),
    ("src/engine/hearth-run.h", '#include "hearth-expr.h"', "engine must not see src/expr/hearth-expr.h"),
    ("src/graph/hearth-graph.h", '#include "hearth-run.h"', "graph must not see src/engine/hearth-run.h"),
    ("src/graph/hearth-graph.h", '#include "hearth-json.h"', "graph must not see src/base/hearth-json.h"),
    ("src/engine/hearth-run.h", '#include "hearth-json.h"', "engine must not see src/base/hearth-json.h"),
    ("src/engine/hearth-run.h", '#include "hearth-store.h"', "engine must not see src/store/hearth-store.h"),
    ("src/llm/hearth-llm.c", '# include  "hearth-graph.h"', "llm must not see src/graph/hearth-graph.h"),
    ("src/llm/hearth-llm.c", "#include <libsoup/soup.h>", "<libsoup/soup.h> is only for"),
    ("src/outside/hearth-outside.h", '#include "hearth-graph.h"', "outside must not see src/graph/hearth-graph.h"),
    ("src/store/hearth-store.h", '#include "hearth-graph.h"', "store must not see src/graph/hearth-graph.h"),
    ("src/store/hearth-store.h", "#include <json-glib/json-glib.h>", "is only for tests/bench"),
    ("src/proto/hearth-proto.h", "#include <libsoup/soup.h>", "<libsoup/soup.h> is only for"),
    ("src/proto/hearth-proto.h", '#include "hearth-run-private.h"', "is private to engine"),
    ("src/workspace/hearth-workspace.h", '#include "math/hearth-matrix.h"', "must not see nodes/math/hearth-matrix.h"),
    ("src/workspace/hearth-workspace.h", "#include <gio/gio.h>\n#include <sqlite3.h>", ":4: <sqlite3.h> is only for store"),
    ("src/server/hearth-server.h", '#include "hearth-store.h"', "server must not see src/store/hearth-store.h"),
    ("src/server/hearth-server.h", "#include <gtk/gtk.h>", "<gtk/gtk.h> is only for app"),
    ("src/app/hearth-window.c", "#include <libsoup/soup.h>", "<libsoup/soup.h> is only for"),
    ("src/app/hearth-window.c", '#include "nodes.h"', "app must not see nodes/nodes.h"),
    ("src/app/hearth-window.c", '#include "hearth-llm.h"', "is not a header of this project"),
    ("src/cli/hearth-cli.c", "#include <adwaita.h>", "<adwaita.h> is only for app"),
    ("src/cli/hearth-cli.c", '#include "hearth-resources.h"', "cli must not see hearth-resources.h"),
    ("nodes/nodes.h", '#include "hearth-workspace.h"', "nodes must not see src/workspace/hearth-workspace.h"),
    ("nodes/nodes.h", "#include <libsecret/secret.h>", "<libsecret/secret.h> is only for store"),
    ("tests/headless/test-run.c", "#include <json-glib/json-glib.h>", "is only for tests/bench"),
    ("src/attic/hearth-old.c", "", "the room attic is not in the table"),
    ("src/cli/hearth-store.h", "", "has the same name"),
]


def write_tree(root, tree):
    for name, text in tree.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def self_test():
    failures = []
    with tempfile.TemporaryDirectory() as root:
        write_tree(root, TREE)
        failures += [f"complained without a reason: {problem}" for problem in Checker(root).check()]
    for file, text, expected in PLANTED:
        with tempfile.TemporaryDirectory() as root:
            write_tree(root, TREE | {file: TREE.get(file, "") + text + "\n"})
            problems = Checker(root).check()
            if not any(expected in problem for problem in problems):
                failures.append(f"{file} with {text!r}: expected “{expected}”, got {problems}")
    print(f"{len(PLANTED)} planted violations")
    return failures


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        problems = self_test()
    else:
        root = arguments[0] if arguments else Path(__file__).parent.parent
        checker = Checker(root)
        problems = checker.check()
        print(f"{len(checker.files)} files")
        if not checker.files:
            problems.append("there is nothing to check")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
