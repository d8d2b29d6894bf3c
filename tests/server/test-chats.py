#!/usr/bin/env python3
# test-chats.py: every route of chats and every status of it (http-api.md 15)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-chats.py SERVER_PROGRAM

import json
import os
import re
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal, refused  # noqa: E402

PROGRAM = sys.argv[1]
ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


class Chats(Server):
    """A server with the project “My Demo”, and the verbs of chats."""

    def __init__(self):
        super().__init__(PROGRAM)

    def __enter__(self):
        super().__enter__()
        equal(self.ask("POST", "/api/projects", {"name": "My Demo"}).status, 201)
        return self

    def create(self, project="My Demo", **members):
        answer = self.ask("POST", "/api/chat/sessions", {"projectId": project, **members})
        equal(answer.status, 201, answer.bytes)
        return answer.json

    def of(self, method, path, body=None, project="My Demo"):
        query = f"?projectId={urllib.parse.quote(project)}" if project is not None else ""
        return self.ask(method, f"/api/chat/{path}{query}", body)

    def list(self, project="My Demo"):
        answer = self.of("GET", "sessions", project=project)
        equal(answer.status, 200, answer.bytes)
        return answer.json

    def say(self, session, parent, content, role="user", **more):
        answer = self.of("POST", f"{session}/message", {"parentId": parent, "role": role, "content": content, **more})
        equal(answer.status, 201, answer.bytes)
        return answer.json["nodeId"]

    def tree(self, session):
        answer = self.of("GET", f"{session}/tree")
        equal(answer.status, 200, answer.bytes)
        return answer.json

    def projects(self):
        return Path(self.data) / "userData" / "default_user" / "projects"


# --- sessions --------------------------------------------------------------------------------


def test_create():
    with Chats() as server:
        session = server.create(title="T1", description="D", tags=["a"], settings={"k": 1})
        assert re.fullmatch(UUID, session["id"]), session
        for key in ("lastActivity", "createdAt", "updatedAt"):
            assert re.fullmatch(ISO, session.pop(key))
        equal(session, {"id": session["id"], "projectId": "My Demo", "title": "T1", "description": "D", "messageCount": 0,
                        "branchCount": 0, "tokenCount": 0, "tags": ["a"], "type": "chat", "settings": {"k": 1}})
        plain = server.create()
        equal(sorted(plain), ["branchCount", "createdAt", "id", "lastActivity", "messageCount", "projectId", "title",
                              "tokenCount", "type", "updatedAt"])
        assert plain["title"]
        tree = server.tree(session["id"])
        equal((tree["sessionId"], tree["version"], tree["nodes"], tree["rootNodeIds"], tree["activeLeafId"]),
              (session["id"], 1, {}, [], None))
        equal({key: tree["metadata"][key] for key in ("title", "description", "tokenCount", "tags", "settings")},
              {"title": "T1", "description": "D", "tokenCount": 0, "tags": ["a"], "settings": {"k": 1}})
        file = server.projects() / "My Demo" / "chats" / f"{session['id']}.json"
        equal(json.loads(file.read_text()), tree)


def test_create_refused():
    with Chats() as server:
        for body, field in (({}, "projectId"), ({"projectId": ""}, "projectId"), ({"projectId": 1}, "projectId"),
                            ({"projectId": "My Demo", "type": "novel"}, "type"),
                            ({"projectId": "My Demo", "tags": [1]}, "tags"),
                            ({"projectId": "My Demo", "settings": []}, "settings"),
                            ({"projectId": "My Demo", "title": None}, "title")):
            answer = server.ask("POST", "/api/chat/sessions", body)
            equal(answer.status, 400, body)
            assert any(name.startswith(field) for name in answer.json["details"]), answer.json
        refused(server.ask("POST", "/api/chat/sessions", {"projectId": "Nobody"}), 404)
        refused(server.ask("POST", "/api/chat/sessions", {"projectId": ".."}), 404)


def test_list():
    with Chats() as server:
        refused(server.get("/api/chat/sessions"), 400, "projectId")
        refused(server.get("/api/chat/sessions?projectId="), 400, "projectId")
        equal(server.list(), [])
        equal(server.list("Nobody"), [])
        first, second = server.create(title="one"), server.create(title="two", type="task")
        root = server.say(first["id"], None, "x" * 150)
        server.say(first["id"], root, "y" * 150)
        (server.projects() / "My Demo" / "chats" / "broken.json").write_text("{")
        listed = server.list()
        equal([(s["title"], s["type"], s["messageCount"], s["branchCount"], s["lastMessage"]) for s in listed],
              [("one", "chat", 2, 1, "y" * 100), ("two", "task", 0, 0, "")])
        equal({s["projectId"] for s in listed}, {"My Demo"})
        equal(listed[1]["id"], second["id"])
        assert listed[0]["lastActivity"] > listed[0]["createdAt"], listed[0]
        # As the client sends it
        equal(server.get("/api/chat/sessions?projectId=My%20Demo").json, listed)


def test_outside_changes_show():
    with Chats() as server:
        session = server.create(title="one")["id"]
        file = server.projects() / "My Demo" / "chats" / f"{session}.json"
        tree = json.loads(file.read_text())
        for title in ("two", "three"):
            tree["metadata"]["title"] = title
            file.write_text(json.dumps(tree))
            equal([s["title"] for s in server.list()], [title])
            equal(server.tree(session)["metadata"]["title"], title)
        file.unlink()
        equal(server.list(), [])
        refused(server.of("GET", f"{session}/tree"), 404)


def test_metadata():
    with Chats() as server:
        session = server.create(title="old")["id"]
        answer = server.of("PUT", f"sessions/{session}/metadata", {"description": "D", "tags": ["x"], "settings": {"a": 1}})
        equal((answer.status, answer.json), (200, {"success": True}))
        equal(server.of("PUT", f"sessions/{session}/metadata", {"name": "new"}, project=None).json, {"success": True})
        tree = server.tree(session)
        equal((tree["version"], tree["metadata"]["title"], tree["metadata"]["description"], tree["metadata"]["tags"]),
              (3, "new", "D", ["x"]))
        equal(server.of("PUT", f"sessions/{session}/metadata", {"name": "a", "title": "b"}).status, 200)
        equal(server.list()[0]["title"], "b")
        refused(server.of("PUT", f"sessions/{session}/metadata", {"tags": "x"}), 400, "tags")
        refused(server.of("PUT", "sessions/nobody/metadata", {"title": "x"}), 404)
        refused(server.of("PUT", "sessions/nobody/metadata", {"title": "x"}, project=None), 404)


def test_delete():
    with Chats() as server:
        session, other = server.create()["id"], server.create()["id"]
        assets = server.projects() / "My Demo" / "assets" / "chats" / session
        assets.mkdir(parents=True)
        (assets / "x.png").write_bytes(b"x")
        answer = server.of("DELETE", f"sessions/{session}")
        equal((answer.status, answer.bytes), (204, b""))
        assert not assets.exists()
        equal(server.of("DELETE", f"sessions/{other}", project=None).status, 204)
        equal(server.list(), [])
        refused(server.of("DELETE", f"sessions/{session}"), 404)
        refused(server.of("DELETE", f"sessions/{other}", project=None), 404)
        refused(server.of("DELETE", "sessions/%2e%2e%2fproject"), 400)
        recycled = Path(server.data) / "userData" / "default_user" / ".recycle_bin" / "My Demo"
        equal(len(list((recycled / "chats").glob("*.json"))), 2)
        equal(len(list((recycled / "assets" / "chats").glob("*/x.png"))), 1)


def test_found_in_all_projects():
    with Chats() as server:
        server.ask("POST", "/api/projects", {"name": "Another"})
        session = server.create("Another", title="there")["id"]
        equal(server.of("GET", f"{session}/tree", project="Another").status, 200)
        refused(server.of("GET", f"{session}/tree"), 404)
        answer = server.of("POST", f"sessions/{session}/export", {"format": "text"}, project=None)
        assert answer.status == 200 and answer.text.startswith("there\n"), answer.text


def test_export_and_import():
    with Chats() as server:
        session = server.create(title="T", tags=["x"])["id"]
        root = server.say(session, None, "Hi")
        off = server.say(session, root, "off", role="system")
        leaf = server.say(session, off, "Hello", role="assistant")
        server.of("PUT", f"{session}/node/{off}/state", {"isEnabled": False})
        expected = {"json": ("application/json", ".json"), "markdown": ("text/plain", ".md"), "text": ("text/plain", ".text")}
        texts = {}
        for form, (kind, suffix) in expected.items():
            answer = server.of("POST", f"sessions/{session}/export", {"format": form})
            equal((answer.status, answer.type.split(";")[0]), (200, kind))
            equal(answer.headers["Content-Disposition"], f'attachment; filename="chat-{session}{suffix}"')
            texts[form] = answer.text
        equal(json.loads(texts["json"]), server.tree(session))
        equal(json.loads(server.of("POST", f"sessions/{session}/export", {}).text), server.tree(session))
        equal(re.findall(r"^## \S+ (\S+)$", texts["markdown"], re.M), ["User", "Assistant"])
        equal(texts["text"].split("\n")[:5], ["T", "=" * 50, "", "[USER]", "Hi"])
        refused(server.of("POST", f"sessions/{session}/export", {"format": "pdf"}), 400, "format")
        refused(server.of("POST", "sessions/nobody/export", {}), 404)
        answer = server.ask("POST", "/api/chat/sessions/import", {"projectId": "My Demo", "data": texts["json"]})
        equal(answer.status, 201, answer.bytes)
        equal((answer.json["title"], answer.json["messageCount"]), ("T", 3))
        assert answer.json["id"] != session and "lastMessage" not in answer.json
        copy = server.tree(answer.json["id"])
        equal((copy["nodes"], copy["activeLeafId"]), (server.tree(session)["nodes"], leaf))
        for body, field in (({"projectId": "My Demo"}, "data"), ({"data": "{}"}, "projectId"),
                            ({"projectId": "My Demo", "data": "{}", "format": "text"}, "format"),
                            ({"projectId": "My Demo", "data": {}}, "data")):
            refused(server.ask("POST", "/api/chat/sessions/import", body), 400, field)
        for data in ("{", "{}", "[1]", '{"nodes":{"a":{}}}'):
            refused(server.ask("POST", "/api/chat/sessions/import", {"projectId": "My Demo", "data": data}), 400)
        refused(server.ask("POST", "/api/chat/sessions/import", {"projectId": "Nobody", "data": texts["json"]}), 404)


# --- messages --------------------------------------------------------------------------------


def test_messages():
    with Chats() as server:
        session = server.create()["id"]
        answer = server.of("POST", f"{session}/message", {"parentId": None, "role": "user", "content": "hi", "metadata": {"m": 1}})
        equal(answer.status, 201)
        root = answer.json["nodeId"]
        node = answer.json["tree"]["nodes"][root]
        assert re.fullmatch(UUID, root) and re.fullmatch(ISO, node.pop("createdAt"))
        equal(node, {"id": root, "parentId": None, "role": "user", "content": "hi", "status": "complete", "isEnabled": True,
                     "metadata": {"m": 1}, "children": []})
        reply = server.say(session, root, "hello", role="assistant")
        other = server.say(session, root, "good day", role="assistant")
        without = server.of("POST", f"{session}/message", {"role": "system", "content": "x"}).json["nodeId"]
        tree = server.tree(session)
        equal((tree["version"], tree["rootNodeIds"], tree["activeLeafId"]), (5, [root, without], without))
        equal((tree["nodes"][root]["children"], tree["nodes"][without]["parentId"]), ([reply, other], None))
        equal(tree["nodes"][reply]["status"], "generating")
        assert "metadata" not in tree["nodes"][reply]


def test_messages_refused():
    with Chats() as server:
        session = server.create()["id"]
        good = {"parentId": None, "role": "user", "content": "x"}
        for change, field in (({"role": "robot"}, "role"), ({"content": ""}, "content"), ({"content": 1}, "content"),
                              ({"parentId": 1}, "parentId"), ({"metadata": []}, "metadata"), ({"role": None}, "role")):
            refused(server.of("POST", f"{session}/message", {**good, **change}), 400, field)
        refused(server.of("POST", f"{session}/message", {**good, "parentId": "nobody"}), 404)
        refused(server.of("POST", "nobody/message", good), 404)
        refused(server.of("POST", f"{session}/message", good, project=None), 400, "projectId")
        refused(server.of("GET", f"{session}/tree", project=None), 400, "projectId")
        refused(server.of("GET", "nobody/tree"), 404)
        refused(server.of("GET", "..%2f..%2fproject/tree"), 400)
        equal(server.tree(session)["version"], 1)


def test_broken_file():
    with Chats() as server:
        session = server.create()["id"]
        (server.projects() / "My Demo" / "chats" / f"{session}.json").write_text('{"nodes":')
        refused(server.of("GET", f"{session}/tree"), 500)
        refused(server.of("POST", f"{session}/message", {"role": "user", "content": "x"}), 500)


def test_edit():
    with Chats() as server:
        session = server.create()["id"]
        a = server.say(session, None, "a")
        b = server.say(session, a, "b")
        c = server.say(session, b, "c")
        d = server.say(session, None, "d")
        answer = server.of("PUT", f"{session}/tree/edit", {"operations": [
            {"type": "graft", "sourceNodeId": c, "targetNodeId": d}, {"type": "disable", "nodeIds": [d, "nobody"]},
            {"type": "wish"}, {"type": "prune", "sourceNodeId": a}]})
        equal(answer.status, 200)
        tree = answer.json
        equal(tree, server.tree(session))
        equal((tree["version"], tree["rootNodeIds"], tree["activeLeafId"]), (6, [a, d], d))
        equal((tree["nodes"][a]["children"], tree["nodes"][b]["children"], tree["nodes"][d]["children"]), ([], [], [c]))
        equal((tree["nodes"][c]["parentId"], tree["nodes"][d]["isEnabled"]), (d, False))
        answer = server.of("PUT", f"{session}/tree/edit", {"operations": [{"type": "enable", "nodeIds": [d]},
                                                                          {"type": "graft", "sourceNodeId": d, "targetNodeId": c}]})
        refused(answer, 400)
        assert "2" in answer.json["error"]
        equal(server.tree(session), tree)  # none of it happened
        tree = server.of("PUT", f"{session}/tree/edit", {"operations": [
            {"type": "delete", "nodeIds": [d]}, {"type": "graft", "sourceNodeId": b, "targetNodeId": None}]}).json
        equal((tree["rootNodeIds"], tree["activeLeafId"], tree["nodes"][c]["parentId"]), ([a, b], None, None))
        assert d not in tree["nodes"]
        for body, field in (({}, "operations"), ({"operations": {}}, "operations"), ({"operations": [1]}, "operations"),
                            ({"operations": [{}]}, "operations"), ({"operations": [{"type": "delete", "nodeIds": "x"}]}, "operations")):
            answer = server.of("PUT", f"{session}/tree/edit", body)
            equal(answer.status, 400, body)
            assert any(name.startswith(field) for name in answer.json["details"]), answer.json
        refused(server.of("PUT", "nobody/tree/edit", {"operations": []}), 404)


def test_state():
    with Chats() as server:
        session = server.create()["id"]
        a = server.say(session, None, "a", role="assistant", metadata={"x": 1, "y": 1})
        answer = server.of("PUT", f"{session}/node/{a}/state", {"status": "complete", "isEnabled": False, "metadata": {"y": 2}})
        equal((answer.status, answer.json["success"]), (200, True))
        node = answer.json["tree"]["nodes"][a]
        equal((node["status"], node["isEnabled"], node["metadata"]), ("complete", False, {"x": 1, "y": 2}))
        assert "updatedAt" not in node
        node = server.of("PUT", f"{session}/node/{a}/state", {"content": "A"}).json["tree"]["nodes"][a]
        equal(node["content"], "A")
        assert re.fullmatch(ISO, node["updatedAt"])
        for body, field in (({"status": "lost"}, "status"), ({"isEnabled": "no"}, "isEnabled"), ({"content": 1}, "content"),
                            ({"metadata": 1}, "metadata")):
            refused(server.of("PUT", f"{session}/node/{a}/state", body), 400, field)
        refused(server.of("PUT", f"{session}/node/nobody/state", {"content": "x"}), 404)
        refused(server.of("PUT", f"nobody/node/{a}/state", {"content": "x"}), 404)


def test_active_leaf():
    with Chats() as server:
        session = server.create()["id"]
        a, _ = server.say(session, None, "a"), server.say(session, None, "b")
        equal(server.of("PUT", f"{session}/active_leaf", {"leafNodeId": a}).json, {"success": True, "activeLeafId": a})
        equal(server.tree(session)["activeLeafId"], a)
        equal(server.of("PUT", f"{session}/active_leaf", {"leafNodeId": None}).json, {"success": True, "activeLeafId": None})
        refused(server.of("PUT", f"{session}/active_leaf", {}), 400, "leafNodeId")
        refused(server.of("PUT", f"{session}/active_leaf", {"leafNodeId": 1}), 400, "leafNodeId")
        refused(server.of("PUT", f"{session}/active_leaf", {"leafNodeId": "nobody"}), 404)
        refused(server.of("PUT", "nobody/active_leaf", {"leafNodeId": None}), 404)


# --- files -----------------------------------------------------------------------------------


def test_assets():
    with Chats() as server:
        session = server.create()["id"]
        equal(server.of("GET", f"{session}/assets").json, [])
        folder = server.projects() / "My Demo" / "assets" / "chats" / session
        folder.mkdir(parents=True)
        (folder / "one.png").write_bytes(b"pixels")
        (folder / "page.html").write_bytes(b"<script>alert(1)</script>")
        os.symlink("/etc/hostname", folder / "out.png")
        listed = server.of("GET", f"{session}/assets").json
        equal([(a["id"], a["name"], a["size"]) for a in listed], [("one", "one.png", 6), ("page", "page.html", 25)])
        assert all(isinstance(a["lastModified"], int) for a in listed)
        picture = server.of("GET", f"{session}/assets/one.png", project=None)
        equal((picture.status, picture.type, picture.bytes), (200, "image/png", b"pixels"))
        equal(server.get(f"/api/chat/{session}/assets/one.png", **{"If-None-Match": picture.headers["ETag"]}).status, 304)
        page = server.of("GET", f"{session}/assets/page.html")
        equal((page.type, page.headers["Content-Disposition"]), ("application/octet-stream", "attachment"))
        refused(server.of("GET", f"{session}/assets/out.png"), 404)
        refused(server.of("GET", f"{session}/assets/two.png"), 404)
        refused(server.of("GET", f"{session}/assets/..%2f..%2f..%2fproject.json"), 400)
        refused(server.of("GET", "nobody/assets"), 404)
        refused(server.of("GET", "nobody/assets/one.png"), 404)
        refused(server.of("GET", f"{session}/assets", project=None), 400, "projectId")


def upload(server, session, name, content, query="?projectId=My%20Demo", **fields):
    body, headers = wire.form([("file", name, content)] if name else [], **fields)
    return server.ask("POST", f"/api/chat/{session}/assets{query}", body, headers)


def test_upload():
    with Chats() as server:
        session = server.create()["id"]
        picture = bytes(range(256)) * 1000
        answer = upload(server, session, "My cat.PNG", picture)
        equal(answer.status, 201, answer.bytes)
        asset = answer.json["assetPath"]
        assert re.fullmatch(UUID, asset["id"]), asset
        equal(answer.json, {"success": True, "url": f"/api/chat/{session}/assets/{asset['id']}.png",
                            "assetPath": {"id": asset["id"],
                                          "url": f"user://projects/My Demo/assets/chats/{session}/{asset['id']}.png"}})
        read = server.get(answer.json["url"])
        equal((read.status, read.type, read.bytes), (200, "image/png", picture))
        named = upload(server, session, "blob", b"x", filename="song.mp3", type="audio").json["url"]
        equal(server.get(named).type, "audio/mpeg")
        equal(sorted(a["size"] for a in server.of("GET", f"{session}/assets").json), [1, len(picture)])
        tree = server.tree(session)
        equal(tree["version"], 3)
        equal([(a["type"], a["metadata"]["name"]) for a in tree["assets"]], [("image", "My cat.PNG"), ("audio", "song.mp3")])
        equal(server.of("DELETE", f"sessions/{session}").status, 204)
        equal(server.get(named).status, 404)


def test_upload_refused():
    with Chats() as server:
        session = server.create()["id"]
        refused(upload(server, session, None, b""), 400, "files")
        refused(upload(server, session, "x.png", b"x", type="hologram"), 400, "type")
        refused(upload(server, session, "x.png", b"x", query=""), 400, "projectId")
        refused(upload(server, "nobody", "x.png", b"x"), 404)
        equal(server.of("POST", f"{session}/assets", {"file": {}}).status, 415)
        equal(server.of("GET", f"{session}/assets").json, [])


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
