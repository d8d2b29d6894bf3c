#!/usr/bin/env python3
# test-plugins.py: packs over HTTP: every route and status, broadcasts, hot reload, hostile packs (http-api.md 7, 17)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-plugins.py SERVER_PROGRAM EXAMPLE_PLUGINS

import json
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM, EXAMPLES = sys.argv[1], Path(sys.argv[2])

MANIFEST = 'name: {name}\ndisplayName: {name}!\nversion: "2"\n'
FRONTEND = "frontend: {type: vanilla, vanilla: {entry: ./index.js, styles: [a.css]}}\n"


class Packs(Server):
    """A server whose data folder has packs: {folder: {file: text}}."""

    def __init__(self, packs=None, examples=False, states=None):
        super().__init__(PROGRAM)
        # Programs that root starts run as nobody, who must see the packs.
        os.chmod(self.data, 0o755)
        for folder, files in (packs or {}).items():
            for name, text in files.items():
                self.write(f"plugins/{folder}/{name}", text)
        if examples:
            shutil.copytree(EXAMPLES, f"{self.data}/plugins", dirs_exist_ok=True)
        if states:
            self.write("config/plugin_states.json", json.dumps(states))

    def write(self, name, text):
        path = Path(self.data, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8") if isinstance(text, str) else path.write_bytes(text)

    def read(self, name):
        return json.loads(Path(self.data, name).read_text(encoding="utf-8"))

    def state(self, name, body, **headers):
        return self.ask("PUT", f"/api/plugins/{name}/state", body, headers)

    def types(self):
        return [f"{each['namespace']}:{each['type']}" for each in self.get("/api/nodes").json
                if each["namespace"] != "core"]

    def plugins(self):
        return {each["directory"]: each for each in self.get("/api/plugins").json}


def node(kind="N", **more):
    return json.dumps({"type": kind, "category": "c", "displayName": kind, "inputs": {},
                       "outputs": {"o": {"dataFlowType": "WILDCARD"}},
                       "behavior": {"program": {"command": ["sh", "s"]}}, **more})


def pack(name="one", more="", **files):
    return {"plugin.yaml": MANIFEST.format(name=name) + "nodes: {entry: nodes}\n" + more, "nodes/n.json": node(), **files}


def run_of(full_type, **inputs):
    return {"metadata": {}, "nodes": [{"id": "n", "fullType": full_type, "inputs": inputs}], "edges": []}


def kinds(socket, count):
    return [socket.until(lambda m: m["type"] != "SYSTEM_QUEUE_UPDATE")[-1]["type"] for _ in range(count)]


def told(socket, wanted):
    """The payload of the next message of that type."""
    return socket.until(lambda m: m["type"] == wanted)[-1]["payload"]


# --- what there is ----------------------------------------------------------------------------


def test_nothing():
    with Packs() as server:
        equal(server.get("/api/plugins").json, [])
        equal(server.ask("POST", "/api/plugins/reload").json["count"], 0)
        equal(server.get("/plugins/x/y.js").status, 404)


def test_list():
    packs = {"one": pack(more="description: d\n" + FRONTEND), "built": {"plugin.yaml": MANIFEST.format(name="built") +
             "frontend: {type: vite, build: {entry: a b.js, outputDir: dist}}\n"}, "bad": {"plugin.yaml": "name: ["}}
    with Packs(packs, states={"built": {"enabled": False}}) as server:
        plugins = server.plugins()
        equal(sorted(plugins), ["bad", "built", "one"])
        equal(plugins["one"], {
            "name": "one", "displayName": "one!", "version": "2", "description": "d", "isEnabled": True,
            "frontend": {"entryUrl": "/plugins/one/web/index.js", "styleUrls": ["/plugins/one/web/a.css"]},
            "directory": "one", "permissions": {"network": False, "allowPrograms": False, "allowNetwork": False}})
        equal((plugins["built"]["isEnabled"], "frontend" in plugins["built"]), (False, False))
        equal(plugins["bad"]["isEnabled"], False)
        assert plugins["bad"]["problems"][0].startswith("plugin.yaml: Line "), plugins["bad"]
        assert server.data not in server.get("/api/plugins").text, "a path of this machine is told"
        server.state("built", {"enabled": True})
        equal(server.plugins()["built"]["frontend"], {"entryUrl": "/plugins/built/dist/a%20b.js", "styleUrls": []})


def test_nodes():
    with Packs({"one": pack(**{"nodes/bad.json": "{", "nodes/wrong.json": '{"type": "W"}'})}) as server:
        equal(server.types(), ["one:N"])
        found = [each for each in server.get("/api/nodes").json if each["namespace"] == "one"][0]
        equal(found, {"type": "N", "namespace": "one", "category": "c", "displayName": "N", "description": "",
                      "isPreviewUnsafe": True, "inputs": {},
                      "outputs": {"o": {"dataFlowType": "WILDCARD", "displayName": "o"}}})
        equal([each.split(":")[0] for each in server.plugins()["one"]["problems"]], ["nodes/bad.json", "nodes/wrong.json"])


def test_other_folders():
    with Packs() as server:
        server.write("elsewhere/two/plugin.yaml", MANIFEST.format(name="two"))
        server.write("config.json", json.dumps({"customPluginsPaths": ["elsewhere"]}))
        equal(server.ask("POST", "/api/plugins/reload").json["count"], 1)
        equal(list(server.plugins()), ["two"])


# --- states -----------------------------------------------------------------------------------


def test_state():
    with Packs({"folder": pack("one", FRONTEND)}) as server, server.socket() as a, server.socket() as b:
        for name in ("one", "folder"):  # either name
            answer = server.state(name, {"enabled": False})
            equal((answer.status, answer.json["success"]), (200, True), answer.text)
            for socket in (a, b):
                equal(told(socket, "plugin-disabled"), {"pluginName": "one"})
                equal(told(socket, "NODES_RELOADED")["success"], True)
            equal(server.types(), [])
            equal(server.read("config/plugin_states.json"), {"folder": {"enabled": False}})
            equal(server.state(name, {"enabled": True}).status, 200)
            for socket in (a, b):
                equal(told(socket, "plugin-enabled")["plugin"], server.plugins()["folder"])
                told(socket, "NODES_RELOADED")
            equal(server.types(), ["one:N"])
        equal(server.state("one", {"enabled": True}).status, 200)  # again: nothing is told
        server.ask("POST", "/api/nodes/reload", {})
        equal(kinds(a, 1), ["NODES_RELOADED"])


def test_state_refused():
    with Packs({"bad": {"plugin.yaml": "name: ["}, "one": pack()}) as server:
        for body in ({}, {"enabled": "yes"}, {"enabled": None}, [], {"enabled": True, "allowPrograms": 1}):
            equal(server.state("one", body).status, 422, body)
        equal(server.state("none", {"enabled": True}).status, 404)
        answer = server.state("bad", {"enabled": True})
        equal((answer.status, answer.json["success"]), (500, False))
        equal(server.state("bad", {"enabled": False}).status, 200)
        equal(server.state("..%2F..", {"enabled": True}).status, 404)


def test_allowance():
    """Only who is not a web page can let programs run."""
    with Packs({"one": pack()}) as server:
        own = f"http://{server.host}"
        for headers in ({"Origin": own}, {"Sec-Fetch-Site": "same-origin"}, {"Referer": own + "/"}):
            for key in ("allowPrograms", "allowNetwork"):
                answer = server.state("one", {"enabled": True, key: True}, **headers)
                equal((answer.status, answer.json["success"]), (403, False), headers)
        equal(server.plugins()["one"]["permissions"]["allowPrograms"], False)
        equal(server.state("one", {"enabled": True, "allowPrograms": True}).status, 200)
        equal(server.plugins()["one"]["permissions"], {"network": False, "allowPrograms": True, "allowNetwork": False})
        equal(server.state("one", {"enabled": False}, Origin=own).status, 200)  # taking away and switching is for all
        equal(server.state("one", {"enabled": True, "allowPrograms": False}, Origin=own).status, 200)
        equal(server.read("config/plugin_states.json"), {"one": {"enabled": True, "allowPrograms": False}})


# --- reading again ------------------------------------------------------------------------------


def test_reload():
    with Packs({"one": pack()}) as server, server.socket() as socket:
        etag = server.get("/api/nodes").headers["ETag"]
        server.write("plugins/one/nodes/m.json", node("M"))
        server.write("plugins/two/plugin.yaml", MANIFEST.format(name="two"))
        equal(server.types(), ["one:N"])
        answer = server.ask("POST", "/api/plugins/reload")
        equal((answer.status, answer.json["success"], answer.json["count"]), (200, True, 2))
        equal(told(socket, "plugins-reloaded"), {"message": answer.json["message"], "reloadedPluginCount": 2})
        equal(told(socket, "NODES_RELOADED")["count"], len(server.get("/api/nodes").json))
        equal(server.types(), ["one:M", "one:N"])
        assert server.get("/api/nodes").headers["ETag"] != etag
        os.unlink(f"{server.data}/plugins/one/nodes/n.json")
        answer = server.ask("POST", "/api/nodes/reload", {})
        equal((answer.status, answer.json["count"]), (200, 2))
        equal(kinds(socket, 1), ["NODES_RELOADED"])  # and no plugins-reloaded before it
        equal(server.types(), ["one:M"])
        server.write("config/plugin_states.json", "{")
        for path in ("/api/plugins/reload", "/api/nodes/reload"):
            answer = server.ask("POST", path, {})
            equal((answer.status, answer.json["success"]), (500, False))
        equal(told(socket, "NODES_RELOADED")["success"], False)
        equal(server.types(), ["one:M"])  # as it was


# --- settings -------------------------------------------------------------------------------------


def test_settings():
    with Packs({"folder": pack("one")}) as server:
        equal(server.get("/api/plugins/one/settings").json, {})
        server.write("config/extensions/one.json", '{"a": 1, "b": 2}')
        for name in ("one", "folder"):
            answer = server.ask("POST", f"/api/plugins/{name}/settings", {"b": [3], "name": name})
            equal((answer.status, answer.json["success"]), (200, True))
            equal(server.get("/api/plugins/one/settings").json, {"a": 1, "b": [3], "name": name})
        equal(server.read("userData/default_user/settings/extensions/one.json"), {"b": [3], "name": "folder"})
        equal(server.get("/api/plugins/none/settings").status, 404)
        equal(server.ask("POST", "/api/plugins/none/settings", {}).status, 404)
        equal(server.ask("POST", "/api/plugins/one/settings", [1]).status, 400)
        equal(server.ask("POST", "/api/plugins/..%2Fx/settings", {}).status, 404)


# --- files ------------------------------------------------------------------------------------------


def test_files():
    files = {"web/index.js": "1", "web/a.css": "b{}", "web/ä b.txt": "ü", ".env": "secret", "web/.git/config": "secret"}
    with Packs({"folder": pack("one", FRONTEND, **files), "plain": pack("plain", **{"web/index.js": "2"})}) as server:
        for name in ("one", "folder"):
            answer = server.get(f"/plugins/{name}/web/index.js")
            equal((answer.status, answer.text, answer.type), (200, "1", "text/javascript; charset=utf-8"))
            equal(answer.headers["X-Content-Type-Options"], "nosniff")
            equal(server.get(f"/plugins/{name}/web/index.js", **{"If-None-Match": answer.headers["ETag"]}).status, 304)
        equal(server.get("/plugins/one/web/a.css").type, "text/css; charset=utf-8")
        equal(server.get("/plugins/one/web/%C3%A4%20b.txt").text, "ü")
        equal(server.get("/plugins/one/plugin.yaml").status, 200)
        for path in ("web/none.js", "web", "none/index.js"):
            equal(server.get(f"/plugins/one/{path}").status, 404, path)
        equal(server.get("/plugins/plain/web/index.js").status, 404)  # nothing for web pages
        equal(server.get("/plugins/none/web/index.js").status, 404)
        os.symlink("/etc/passwd", f"{server.data}/plugins/folder/web/link.js")
        os.symlink("/etc", f"{server.data}/plugins/folder/web/etc")
        os.mkfifo(f"{server.data}/plugins/folder/web/pipe")
        for path in ("%2e%2e/%2e%2e/config.json", "..%2f..%2fconfig.json", "web/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd", ".env",
                     "web/.git/config", "web/link.js", "web/etc/passwd", "web%5c..%5c.env", "%2fetc/passwd"):
            answer = server.get(f"/plugins/one/{path}")
            equal(answer.status in (400, 403, 404), True, path)
            assert "root:" not in answer.text and "secret" not in answer.text, path
        equal(server.get("/plugins/one/web/pipe").status, 403)
        equal(server.get("/plugins/%2e%2e/web/index.js").status in (400, 403, 404), True)
        server.state("one", {"enabled": False})
        equal(server.get("/plugins/one/web/index.js").status, 404)


def test_client_scripts():
    script = {"nodes/n.json": node(clientScriptUrl="scripts/n.js"), "nodes/scripts/n.js": "export const n = 1",
              "s.js": "no", "nodes/secret.txt": "no"}
    with Packs({"folder": pack("one", **script)}) as server:
        url = "/api/nodes/one/N/client-script/"
        equal([each["clientScriptUrl"] for each in server.get("/api/nodes").json if each["namespace"] == "one"], ["scripts/n.js"])
        answer = server.get(url + "scripts/n.js")
        equal((answer.status, answer.text, answer.type), (200, "export const n = 1", "application/javascript; charset=utf-8"))
        equal(server.get(url + "scripts/none.js").status, 404)
        equal(server.get(url + "secret.txt").status, 400)
        equal(server.get(url + "..%2Fs.js").status, 400)
        equal(server.get("/api/nodes/one/None/client-script/scripts/n.js").status, 404)
        os.symlink("/etc/passwd", f"{server.data}/plugins/folder/nodes/scripts/out.js")
        equal(server.get(url + "scripts/out.js").status, 403)


# --- runs --------------------------------------------------------------------------------------------


def message_of(socket, payload):
    messages = socket.run(payload)
    return [m["payload"] for m in messages if m["type"] in ("NODE_COMPLETE", "NODE_ERROR")][-1]


def has_sandbox(server):
    """The kernel may forbid it; then that is what the node says."""
    with server.socket() as socket:
        result = message_of(socket, run_of("one:N"))
    return "sandbox" not in json.dumps(result)


def test_programs_wait_for_allowance():
    with Packs({"one": pack(s='echo ran >&2; echo \'{"output": {"o": 1}}\'')}) as server, server.socket() as socket:
        assert "Allow the pack" in json.dumps(message_of(socket, run_of("one:N")))
        server.state("one", {"enabled": True, "allowPrograms": True})
        if not has_sandbox(server):
            raise wire.Skip("there is no sandbox on this machine")
        equal(message_of(socket, run_of("one:N"))["output"], {"o": 1})
        server.state("one", {"enabled": False})
        assert "not found" in json.dumps(message_of(socket, run_of("one:N")))


def test_reload_during_a_run():
    """What runs goes on as it was planned; what comes next is new."""
    script = "echo '{\"progress\": 1}'; read -r line; while [ ! -e /pack/go ]; do sleep 0.05; done; echo '{\"output\": {\"o\": \"old\"}}'"
    with Packs({"one": pack(s=script)}, states={"one": {"allowPrograms": True}}) as server, server.socket() as socket:
        server.write("plugins/one/go", "")
        if not has_sandbox(server):
            raise wire.Skip("there is no sandbox on this machine")
        os.unlink(f"{server.data}/plugins/one/go")
        socket.send("PROMPT_REQUEST", run_of("one:N"))
        socket.until(lambda m: m["type"] == "NODE_EXECUTING")
        server.write("plugins/one/nodes/n.json", node(behavior={"program": {"command": ["sh", "t"]}}))
        server.write("plugins/one/t", "echo '{\"output\": {\"o\": \"new\"}}'")
        equal(server.ask("POST", "/api/nodes/reload", {}).status, 200)
        with server.socket() as other:
            equal(message_of(other, run_of("one:N"))["output"], {"o": "new"})
        server.state("one", {"enabled": False})
        server.write("plugins/one/go", "")
        equal(socket.until(lambda m: m["type"] in ("NODE_COMPLETE", "NODE_ERROR"))[-1]["payload"]["output"], {"o": "old"})


def test_packs_cannot_use_us():
    """Neither by a call, which carries the pack's name, nor by saying one has it."""
    with Packs({"one": pack()}) as server, server.socket() as socket:
        call = {"http": {"url": f"http://127.0.0.1:{server.port}/api/plugins", "outputs": {"o": "body"}}}
        server.write("plugins/one/nodes/n.json", node(behavior=call))
        server.ask("POST", "/api/nodes/reload", {})
        assert "403" in json.dumps(message_of(socket, run_of("one:N")))
        equal(server.get("/api/plugins", **{"Hearth-Pack": "one"}).status, 403)


def test_example():
    with Packs(examples=True) as server, server.socket() as socket:
        equal(server.types(), ["word-tools:CountWords", "word-tools:FrameText", "word-tools:LookUpWord"])
        assert "problems" not in server.plugins()["word-tools"], server.plugins()
        equal(message_of(socket, run_of("word-tools:FrameText", text="x"))["output"], {"framed": "« x »"})
        for url in ("/plugins/word-tools/web/index.js", "/plugins/word-tools/web/style.css",
                    "/api/nodes/word-tools/FrameText/client-script/client-scripts/frame-text.js"):
            equal(server.get(url).status, 200, url)
        assert "Allow the pack" in json.dumps(message_of(socket, run_of("word-tools:CountWords", text="a b a")))
        server.state("word-tools", {"enabled": True, "allowPrograms": True})
        with server.socket() as other:
            messages = other.run(run_of("word-tools:CountWords", text="A b a"))
        if "sandbox" in json.dumps(messages):
            raise wire.Skip("there is no sandbox on this machine")
        chunks = [m["payload"]["yieldedContent"].get("content") for m in messages if m["type"] == "NODE_YIELD"]
        equal(chunks[:2], ["a: 2\n", "b: 1\n"])
        done = [m["payload"] for m in messages if m["type"] == "NODE_COMPLETE"][-1]
        equal((done["output"]["counts"], done["output"]["total"]), ({"a": 2, "b": 1}, 3))


# --- hostile packs ----------------------------------------------------------------------------------


def test_hostile():
    """Whatever lies in the folder, the server starts, says what is wrong, and serves the good pack."""
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    packs = {
        "good": pack("good"),
        "huge": {"plugin.yaml": MANIFEST.format(name="huge") + "#" * (1 << 20)},
        "deep": {"plugin.yaml": "[" * 100000},
        "bomb": {"plugin.yaml": bomb},
        "climber": {"plugin.yaml": MANIFEST.format(name="climber") + "nodes: {entry: ../good/nodes}\n"},
        "named": {"plugin.yaml": MANIFEST.format(name="../../x")},
        "core": {"plugin.yaml": MANIFEST.format(name="core") + "nodes: {entry: nodes}\n", "nodes/n.json": node("TextMerge")},
        "binary": {"plugin.yaml": bytes(range(256))},
        "flow": pack("flow", **{"nodes/n.json": node(behavior={"workflow": "../../config.json"})}),
    }
    with Packs(packs) as server:
        pass
    server = Packs(packs)
    os.makedirs(f"{server.data}/plugins/fifo")
    os.mkfifo(f"{server.data}/plugins/fifo/plugin.yaml")
    os.makedirs(f"{server.data}/plugins/link")
    os.symlink("/etc/passwd", f"{server.data}/plugins/link/plugin.yaml")
    os.makedirs(f"{server.data}/plugins/nodelink")
    server.write("plugins/nodelink/plugin.yaml", MANIFEST.format(name="nodelink") + "nodes: {entry: nodes}\n")
    os.symlink("/etc", f"{server.data}/plugins/nodelink/nodes")
    os.symlink(f"{server.data}/plugins", f"{server.data}/plugins/loop")
    with server:
        equal(server.types(), ["good:N"])
        plugins = server.plugins()
        for name in ("huge", "deep", "bomb", "climber", "named", "core", "binary", "flow", "fifo", "link", "nodelink"):
            assert plugins[name]["problems"], name
        equal([each["displayName"] for each in server.get("/api/nodes").json if each["type"] == "TextMerge"] != ["TextMerge"], True)
        text = server.get("/api/plugins").text
        assert "root:" not in text and server.data not in text


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
