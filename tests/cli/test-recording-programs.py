#!/usr/bin/env python3
# test-recording-programs.py: MCP servers and packs whose programs are recorded, and replayed when they are gone
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-recording-programs.py HEARTHCTL

import json
import os
import re
import shutil
import sys

from recorded import Case, HERE, edge, node, told
import wire
from wire import equal

WORDS = ["one", "two", "three", "四"]
PAINTER = """import json, sys, time
given = json.load(sys.stdin)
for word in given["inputs"]["text"].split("|"):
    print(json.dumps({"chunk": word + " "}), flush=True)
    time.sleep(0.2)
print(json.dumps({"output": {"text": given["inputs"]["text"].upper()}}), flush=True)
"""
PAINT = {"type": "Paint", "category": "Words", "displayName": "Paint",
         "inputs": {"text": {"dataFlowType": "STRING", "required": True}},
         "outputs": {"stream": {"dataFlowType": "STRING", "isStream": True}, "text": {"dataFlowType": "STRING"}},
         "behavior": {"program": {"command": ["python3", "paint.py"], "timeoutSeconds": 20}}}


def described(name, nodes, edges):
    return {"name": name, "nodes": nodes, "edges": edges, "interfaceInputs": {},
            "interfaceOutputs": {"text": {"key": "text", "dataFlowType": "STRING"}}}


def tool(name, which, arguments, policy=None):
    config = {"server": "test", "tool": which}
    return node(name, "McpTool", config | ({"_policy": policy} if policy else {}), arguments=arguments)


def conversation(words=WORDS):
    """Calls side by side behind work on threads, so that it is chance which is first; and one that takes a second."""
    nodes = [tool("slow", "slow", {"steps": 2, "pause": 0.5}), node("all", "TextMerge", separator="|"), node("out", "GroupOutput")]
    edges = [edge("slow", "text", "all", "text_inputs"), edge("all", "merged_text", "out", "text")]
    for i, word in enumerate(words):
        nodes += [node(f"regex{i}", "ApplyRegex", inputText=json.dumps({"text": word})), tool(f"echo{i}", "echo", {})]
        edges += [edge(f"regex{i}", "outputText", f"echo{i}", "arguments"), edge(f"echo{i}", "text", "all", "text_inputs")]
    return described("Conversation", nodes, edges)


class McpCase(Case):
    """With tests/mcp/server.py as the MCP server "test", which a replay does not find any more."""

    def record(self, *words, **options):
        self.server = self.root / "server.py"
        shutil.copy(HERE.parent / "mcp" / "server.py", self.server)
        self.hearthctl("mcp", "add", "test", "--", "python3", "-B", self.server, *words)
        self.hearthctl("mcp", "allow", "test", text=b"y\n")
        return super().record(**options)

    def forget(self):
        """Neither the program nor the user's permission is there any more."""
        self.server.unlink()
        entered = self.data / "config" / "mcp_servers.json"
        servers = json.loads(entered.read_text(encoding="utf-8"))
        del servers["servers"][0]["allowed"]
        entered.write_text(json.dumps(servers), encoding="utf-8")


def test_server():
    with McpCase(conversation()) as case:
        recorded = case.record("noise")
        case.forget()
        first = case.replay("--events")
        equal(told(first), told(recorded))
        assert "四".encode() in first.stdout and b"slowly" in first.stdout
        for _ in range(3):
            equal(case.replay("--events").stdout, first.stdout)
        assert json.loads(case.replay().stdout)["durationMs"] >= 1000


def test_nothing_starts():
    with McpCase(conversation()) as case:
        case.record()
        started = [line for line in case.trace("execve,network") if "ENOENT" not in line]
        equal(len(started), 1, started)  # hearthctl itself


def test_another_order():
    """What is told in another order than in the recording gets its own answers."""
    with McpCase(conversation()) as case:
        case.record()
        lines = case.cassette.read_text(encoding="utf-8").splitlines()
        call = json.loads(lines[1])
        tools = [line for line in call["lines"] if line[1] == "in" and "tools/call" in line[2]]
        equal(len(tools), 1 + len(WORDS))
        turned = iter(reversed(tools))
        call["lines"] = [[line[0], "in", next(turned)[2]] if line in tools else line for line in call["lines"]]
        case.cassette.write_text("\n".join([lines[0], json.dumps(call), ""]), encoding="utf-8")
        said = json.loads(case.replay().stdout)
        for word in WORDS:
            assert word in said["outputs"]["text"], said


def test_older():
    """A recording of another version of Hearth."""
    with McpCase(conversation(["one"])) as case:
        case.record()
        lines = case.cassette.read_text(encoding="utf-8")
        older, n = re.subn(r'(Hearth\\",\\"version\\":\\")[^\\]*', r"\g<1>0.0.0", lines)
        equal(n, 1)
        case.cassette.write_text(older, encoding="utf-8")
        case.replay()


def test_changed():
    # Of several words that are told side by side, any that is left could be the nearest.
    with McpCase(conversation(["四"])) as case:
        case.record()
        case.forget()
        case.write(conversation(["five"]))
        said = case.replay(status=1).stderr.decode()
        assert 'params.arguments.text is "四" in the recording and "five" now' in said, said


def test_server_that_dies():
    """The words it died with are the same; so is what the policy makes of it: a second server, and a third."""
    policy = {"retry": {"count": 2, "delayMs": 100}}
    nodes = [tool("end", "end", {}, policy), node("out", "GroupOutput")]
    with McpCase(described("Dies", nodes, [edge("end", "text", "out", "text")])) as case:
        recorded = case.record(status=1)
        case.forget()
        equal(len(case.cassette.read_text(encoding="utf-8").splitlines()), 1 + 3)
        replayed = case.replay("--events", status=1)
        assert b"told to end" in replayed.stdout
        equal(told(replayed), told(recorded))
        equal(case.replay("--events", status=1).stdout, replayed.stdout)


def test_damaged():
    with McpCase(conversation(["one"])) as case:
        case.record()
        lines = case.cassette.read_text(encoding="utf-8")
        case.cassette.write_text(lines.replace('"in"', '"inn"'), encoding="utf-8")
        said = case.replay(status=2).stderr.decode()
        assert "line 2: “lines” is no list of" in said, said
        case.cassette.write_text(lines[:-40], encoding="utf-8")
        assert "line 2: " in case.replay(status=2).stderr.decode()


class PackCase(Case):
    """With a pack "art" whose node streams words from a program."""

    def __init__(self):
        nodes = [node("paint", "art:Paint", text="|".join(WORDS)), node("other", "art:Paint", text="other"),
                 node("all", "TextMerge", separator="/"), node("out", "GroupOutput")]
        edges = [edge("paint", "text", "all", "text_inputs"), edge("other", "text", "all", "text_inputs"),
                 edge("all", "merged_text", "out", "text")]
        super().__init__(described("Paints", nodes, edges))

    def record(self, **options):
        self.pack = self.data / "plugins" / "art"
        (self.pack / "nodes").mkdir(parents=True)
        (self.pack / "nodes" / "paint.json").write_text(json.dumps(PAINT), encoding="utf-8")
        (self.pack / "plugin.yaml").write_text("name: art\ndisplayName: Art\nversion: \"1.0\"\nnodes:\n  entry: nodes\n", encoding="utf-8")
        (self.pack / "paint.py").write_text(PAINTER, encoding="utf-8")
        for folder in [self.data, *self.pack.parents, self.pack, self.pack / "nodes"]:
            if self.root in folder.parents or folder == self.root:
                folder.chmod(0o755)
        self.hearthctl("plugins", "--allow", "art")
        return super().record(**options)


def test_pack():
    with PackCase() as case:
        try:
            recorded = case.record()
        except AssertionError as problem:
            if "sandbox" in str(problem):
                raise wire.Skip("There is no sandbox on this machine") from problem
            raise
        (case.pack / "paint.py").unlink()
        case.hearthctl("plugins", "--forbid", "art")
        nothing = os.environ | {"PATH": "/nowhere"}
        first = case.replay("--events", env=nothing)
        equal(told(first), told(recorded))
        assert "ONE|TWO|THREE|四/OTHER".encode() in first.stdout
        for _ in range(3):
            equal(case.replay("--events", env=nothing).stdout, first.stdout)
        assert json.loads(case.replay().stdout)["durationMs"] >= 800
        changed = case.workflow
        changed["nodes"][1]["inputValues"]["text"] = "another"
        case.write(changed)
        said = case.replay(status=1).stderr.decode()
        assert "input.inputs.text is " in said and 'in the recording and "another" now' in said, said


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
