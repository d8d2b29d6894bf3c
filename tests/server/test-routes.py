#!/usr/bin/env python3
# test-routes.py: what holds for all routes, and those of the start, nodes, runs and files (http-api.md 3, 5 to 7, 10, 11, 13)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-routes.py SERVER_PROGRAM

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, encoded, equal, refused  # noqa: E402

PROGRAM = sys.argv[1]


def add(**inputs):
    return {"id": "A", "fullType": "core:MathOperation", "inputs": inputs, "configValues": {"operationMode": "add"}}


def stream(delay=50, text="abcdefgh" * 100):
    return {"id": "S", "fullType": "core:TextStream", "inputs": {"text": text, "chunkSize": 1, "delayMs": delay}}


# --- rules for all routes ------------------------------------------------------------------


def test_unknown():
    with Server(PROGRAM) as server:
        for method, path in (("GET", "/api/nope"), ("GET", "/api"), ("GET", "/ws"), ("PATCH", "/api/nodes"),
                             ("POST", "/api/projects/x/metadata"), ("POST", "/x"), ("GET", "/api/projects/x/y/z"),
                             ("GET", "/avatars")):
            answer = server.ask(method, path)
            equal((answer.status, answer.text), (404, "NOT_FOUND"), path)


def test_head_and_slash():
    with Server(PROGRAM) as server:
        equal(server.get("/api/projects/").json, [])
        equal(server.get("/api/projects//").status, 404)
        answer = server.ask("HEAD", "/api/nodes")
        equal((answer.status, answer.bytes), (200, b""))
        equal(answer.headers["Content-Length"], str(len(server.get("/api/nodes").bytes)))


def test_decoding():
    """Each part of a path is decoded once; what cannot be decoded is refused."""
    with Server(PROGRAM) as server:
        equal(server.ask("POST", "/api/projects", {"name": "50% ü 一"}).json["id"], "50% ü 一")
        equal(server.get(f"/api/projects/{encoded('50% ü 一')}/metadata").status, 200)
        equal(server.get("/api/projects/50%25%20%C3%BC%20%e4%b8%80/metadata").status, 200)
        equal(server.get("/api/projects/50%2525%20%C3%BC%20%E4%B8%80/metadata").status, 404)
        equal(server.get("/%61pi/%6eodes").status, 200)
        for bad in ("%ff", "%00", "%zz", "%", "a%c3"):
            equal(server.get(f"/api/projects/{bad}/metadata").status, 400, bad)
        equal(server.get("/api/projects/a%2Fb/metadata").status in (400, 404), True)
        equal(server.get("/api/projects/..%2F..%2Fdata/metadata").status in (400, 404), True)


def test_bad_json():
    with Server(PROGRAM) as server:
        json_type = {"Content-Type": "application/json"}
        for text in (b'{"name":', b"", b"{'name':1}", b'{"name":"\xff"}', b"[" * 100000, b'{"a":1,"a":2}'):
            answer = server.ask("POST", "/api/projects", text, json_type)
            equal(answer.status, 400, text[:20])
        equal(server.ask("POST", "/api/projects", b'{"name":').text.startswith("{"), True)  # 415, see test-guard
        answer = server.ask("POST", "/api/projects", b'{"name":', json_type)
        assert answer.text.startswith("Bad Request") and "column 9" in answer.text, answer.text


def test_authorization_is_ignored():
    with Server(PROGRAM) as server:
        for value in ("Bearer null", "Bearer x", "Basic eDp5"):
            equal(server.get("/api/auth/current", Authorization=value).status, 200)


# --- start-up --------------------------------------------------------------------------------


def test_start():
    with Server(PROGRAM) as server:
        for path, body in (("/api/plugins", []), ("/api/characters", {"success": True, "data": []}),
                           ("/api/llm/channels", []), ("/api/llm/models", []), ("/api/chat/sessions?projectId=x", []),
                           ("/api/projects/x/panels", []), ("/api/panels/templates", []), ("/api/projects", []),
                           ("/api/projects/x/workflows", []), ("/api/workflows", []),
                           ("/api/executions", {"running": [], "pending": []}),
                           ("/api/system_stats", {"maxConcurrentWorkflows": 5, "runningExecutions": 0,
                                                  "pendingExecutions": 0})):
            answer = server.get(path)
            equal((answer.status, answer.type, answer.json), (200, "application/json", body), path)
        refused(server.get("/api/chat/sessions"), 400)
        refused(server.get("/plugins/x/y.js"), 404)


def test_user():
    with Server(PROGRAM) as server:
        user = server.get("/api/auth/current").json
        equal((user["mode"], user["multiUserMode"], user["accessPasswordRequired"], user["isAuthenticated"]),
              ("SingleUser", False, False, True))
        current = user["currentUser"]
        equal((current["uid"], current["username"], current["isAdmin"]), ("default_user", "本地用户", True))
        equal((current["serviceApiKeys"], current["externalCredentials"]), ([], []))
        assert "avatarUrl" not in current
        answer = server.ask("PUT", "/api/users/me/username", {"username": "Ann"})
        equal((answer.status, answer.json["success"], answer.json["username"]), (200, True, "Ann"))
        equal(server.get("/api/auth/current").json["currentUser"]["username"], "Ann")
        for name in ("", "x" * 51, None, 7):
            answer = server.ask("PUT", "/api/users/me/username", {"username": name})
            equal((answer.status, answer.json["type"], answer.json["on"]), (422, "validation", "body"))
            equal(answer.json["found"], {"username": name})
        equal(server.ask("PUT", "/api/users/me/username", {"username": "一" * 50}).status, 200)
        answer = server.ask("PUT", "/api/users/me/username")
        equal((answer.status, "found" in answer.json), (422, False))


# --- nodes ------------------------------------------------------------------------------------


def test_nodes():
    with Server(PROGRAM) as server:
        answer = server.get("/api/nodes")
        types = {f"{node['namespace']}:{node['type']}" for node in answer.json}
        assert {"core:TextMerge", "core:GroupInput", "core:MathOperation", "core:TextStream"} <= types, types
        assert "core:frame" not in types
        assert not any("filePath" in node for node in answer.json)
        tag = answer.headers["ETag"]
        again = server.get("/api/nodes", **{"If-None-Match": tag})
        equal((again.status, again.bytes, again.headers["ETag"]), (304, b"", tag))
        equal(server.get("/api/nodes", **{"If-None-Match": '"other"'}).status, 200)


def test_reload():
    with Server(PROGRAM) as server, server.socket() as socket:
        answer = server.ask("POST", "/api/nodes/reload", {})
        equal((answer.status, answer.json["success"], answer.json["count"]), (200, True, 0))
        message = socket.receive()
        equal((message["type"], message["payload"]["success"]), ("NODES_RELOADED", True))
        equal(message["payload"]["count"], len(server.get("/api/nodes").json))
        equal(socket.waiting(), [])


def test_client_script():
    with Server(PROGRAM) as server:
        base = "/api/nodes/core/RandomNumber/client-script/"
        answer = server.get(base + "client-scripts/RandomNumberNode.js")
        equal((answer.status, answer.type), (200, "application/javascript; charset=utf-8"))
        assert "setupClientNode" in answer.text
        refused(server.get(base + "client-scripts/Other.js"), 404)
        refused(server.get("/api/nodes/core/Nope/client-script/x.js"), 404)
        refused(server.get("/api/nodes/other/RandomNumber/client-script/x.js"), 404)
        refused(server.get(base + "..%2F..%2Fio%2Findex.ts"), 400)
        refused(server.get(base + "client-scripts/../x.js".replace("../", "..%2F")), 400)
        refused(server.get(base + "client-scripts/RandomNumberNode.css"), 400)


# --- runs --------------------------------------------------------------------------------------------


def wait_for_status(server, run, wanted, seconds=10):
    end = time.monotonic() + seconds
    while True:
        answer = server.get(f"/api/prompt/{run}")
        if answer.status == 200 and answer.json["status"] == wanted:
            return answer.json
        if time.monotonic() > end:
            raise AssertionError(f"{answer.status} {answer.text}")
        time.sleep(0.02)


def test_prompt():
    with Server(PROGRAM) as server:
        answer = server.ask("POST", "/api/prompt", {"nodes": [add(a=1, b=2)], "edges": []})
        equal(answer.status, 200, answer.bytes)
        run = answer.json["promptId"]
        equal(len(run), 21)
        equal(server.get(f"/api/prompt/{run}").status, 200)
        ended = wait_for_status(server, run, "complete")
        equal(ended["nodeStatus"], {"A": {"status": "complete", "output": {"result": 3}}})
        assert ended["durationMs"] >= 0 and ended["completedAt"] >= ended["submittedAt"]
        refused(server.get("/api/prompt/unknown"), 404)


def test_prompt_refused():
    with Server(PROGRAM) as server:
        for body in ({}, {"nodes": 1, "edges": []}, {"nodes": [{"id": "a"}], "edges": []}, [], 7, None):
            refused(server.ask("POST", "/api/prompt", body if body is not None else b"null",
                               {"Content-Type": "application/json"}), 400)
        refused(server.ask("POST", "/api/prompt"), 400)
        answer = server.ask("POST", "/api/prompt", {"nodes": [{"id": "a", "fullType": "x:Y"}], "edges": []})
        ended = wait_for_status(server, answer.json["promptId"], "error")
        equal(ended["errorInfo"]["message"], "One or more nodes failed during execution.")
        equal(ended["nodeStatus"]["a"]["status"], "error")


def test_interrupt():
    with Server(PROGRAM) as server:
        for method in ("DELETE", "POST"):
            run = server.ask("POST", "/api/prompt", {"nodes": [stream()], "edges": []}).json["promptId"]
            wait_for_status(server, run, "running")
            listed = server.get("/api/executions").json
            equal([info["promptId"] for info in listed["running"]], [run])
            equal(listed["running"][0]["status"], "running")
            assert abs(listed["running"][0]["submittedAt"] - time.time() * 1000) < 10000
            answer = server.ask(method, f"/api/interrupt/{run}")
            equal((answer.status, answer.json["success"]), (200, True))
            # The answer comes when the run is over
            equal(server.get(f"/api/prompt/{run}").json["status"], "interrupted")
            answer = server.ask(method, f"/api/interrupt/{run}")
            equal((answer.status, answer.json["success"]), (404, False))
        equal(server.ask("DELETE", "/api/interrupt/unknown").status, 404)


def test_queue():
    with Server(PROGRAM) as server:
        runs = [server.ask("POST", "/api/prompt", {"nodes": [stream()], "edges": []}).json["promptId"] for i in range(7)]
        listed = server.get("/api/executions").json
        equal([info["promptId"] for info in listed["running"]], runs[:5])
        equal([(info["promptId"], info["status"]) for info in listed["pending"]], [(run, "queued") for run in runs[5:]])
        equal(server.get("/api/system_stats").json,
              {"maxConcurrentWorkflows": 5, "runningExecutions": 5, "pendingExecutions": 2})
        # A waiting one can be stopped as well; then the next in line goes on
        equal(server.ask("DELETE", f"/api/interrupt/{runs[5]}").status, 200)
        equal(server.ask("DELETE", f"/api/interrupt/{runs[0]}").status, 200)
        listed = server.get("/api/executions").json
        equal(([info["promptId"] for info in listed["running"]], listed["pending"]), (runs[1:5] + runs[6:], []))


# --- files ---------------------------------------------------------------------------------------------


def test_list_files():
    with Server(PROGRAM) as server:
        user = Path(server.data) / "userData" / "default_user"
        (user / "notes" / "sub").mkdir(parents=True)
        (user / "notes" / "a ü.png").write_bytes(b"12345")
        items = server.get("/api/fam/list/user%3A%2F%2Fnotes%2F").json
        equal([(i["name"], i["itemType"], i["id"]) for i in items],
              [("a ü.png", "file", "user://notes/a ü.png"), ("sub", "directory", "user://notes/sub")])
        equal((items[0]["logicalPath"], items[0]["size"], items[0]["mimeType"]), ("user://notes/a ü.png", 5, "image/png"))
        assert isinstance(items[0]["lastModified"], int) and items[0]["lastModified"] > 1.6e12
        equal(server.get("/api/fam/list/user://notes").json, items)
        equal(server.get("/api/fam/list/user://x/../notes//./").json, items)
        equal([i["name"] for i in server.get("/api/fam/list/shared://").json], ["library", "templates"])
        equal(server.get("/api/fam/list/user%3A%2F%2Fnope").json, [])
        assert not (user / "nope").exists()
        equal(server.get("/api/fam/list/user%3A%2F%2Fnope%2Fdeep?ensureExists=true").json, [])
        assert (user / "nope" / "deep").is_dir()
        equal(server.get("/api/fam/list/shared://library/x?ensureExists=yes").json, [])
        assert not (Path(server.data) / "library" / "x").exists()


def test_read_files():
    with Server(PROGRAM) as server:
        user = Path(server.data) / "userData" / "default_user"
        for name, content in (("o.json", b'{"a": 1.50}'), ("l.json", b"[1]"), ("s.json", b'"text"'), ("n.json", b"7"),
                              ("z.json", b"null"), ("t.txt", "tä\n".encode()), ("e.txt", b"")):
            (user / name).write_bytes(content)

        def read(name):
            answer = server.get("/api/fam/read/" + encoded(f"user://{name}"))
            return answer.status, answer.type, answer.bytes

        equal(read("o.json"), (200, "application/json", b'{"a": 1.50}'))
        equal(read("l.json"), (200, "application/json", b"[1]"))
        equal(read("s.json"), (200, "text/plain;charset=utf-8", b"text"))
        equal(read("n.json"), (200, "text/plain;charset=utf-8", b"7"))
        equal(read("t.txt"), (200, "text/plain;charset=utf-8", "tä\n".encode()))
        for name in ("z.json", "e.txt", "missing", "o.json/below", "../../config.json"):
            equal(read(name), (200, None, b""), name)
        (user / "folder").mkdir()
        equal(read("folder")[0], 400)
        equal(read("")[0], 400)
        os.mkfifo(user / "pipe")
        equal(read("pipe")[0], 403)


def test_bad_logical_paths():
    with Server(PROGRAM) as server:
        for path, status in (("notes", 400), ("%20", 400), ("", 400), ("other://x", 400), ("shared://nope/x", 400),
                             ("user://a://b", 400), ("system://data/app.sqlite", 403), ("system://config/x", 403),
                             ("system://sdk/config.json", 403), ("user://%ff", 400), ("user://a%00b", 400)):
            for verb in ("list", "read"):
                equal(server.get(f"/api/fam/{verb}/{path}").status, status, f"{verb} {path}")


def test_symlinks():
    """Nothing outside of the folder is reached through a link in it."""
    with Server(PROGRAM) as server:
        user = Path(server.data) / "userData" / "default_user"
        (user / "out").symlink_to("/etc")
        (user / "passwd").symlink_to("/etc/passwd")
        (user / "inner").mkdir()
        (user / "inner" / "f.txt").write_text("x")
        (user / "in").symlink_to("inner")
        equal(server.get("/api/fam/list/user://out").status, 403)
        equal(server.get("/api/fam/read/user://passwd").status, 403)
        equal(server.get("/api/fam/read/user://out/passwd").status, 403)
        equal(server.get("/api/fam/read/user://in/f.txt").text, "x")
        equal({i["name"]: i["isSymlink"] for i in server.get("/api/fam/list/user://").json if i["itemType"] == "file"},
              {"out": True, "passwd": True})
        shown = {i["name"]: i for i in server.get("/api/fam/list/user://").json}["in"]
        equal((shown["itemType"], shown["isSymlink"], shown["targetLogicalPath"]), ("directory", True, "user://inner"))


# --- static files -------------------------------------------------------------------------------------------


def test_start_page():
    with Server(PROGRAM) as server:
        answer = server.get("/")
        equal((answer.status, answer.type), (200, "text/html; charset=utf-8"))
        assert "Hearth" in answer.text
        equal(server.get("/home").status, 404)


def test_avatar():
    with Server(PROGRAM) as server:
        folder = Path(server.data) / "public" / "avatars"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "default_user.png").write_bytes(b"png")
        answer = server.get("/avatars/default_user.png")
        equal((answer.status, answer.type, answer.bytes), (200, "image/png", b"png"))
        equal(answer.headers["Cache-Control"], "no-cache")
        equal(server.get("/avatars/default_user.png", **{"If-None-Match": answer.headers["ETag"]}).status, 304)
        equal(server.get("/avatars/nope.png").status, 404)
        equal(server.get("/avatars/..%2F..%2Fconfig.json").status, 404)


def test_frontend():
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "dist"
        (root / "assets").mkdir(parents=True)
        (root / "index.html").write_text("<p>page</p>")
        (root / "assets" / "index-1.js").write_text("1")
        (Path(folder) / "secret.txt").write_text("secret")
        (root / "link.txt").symlink_to("../secret.txt")
        with Server(PROGRAM, "--frontend", str(root)) as server:
            for path in ("/", "/home", "/project/x/editor/1", "/assets", "/assets/nope.js", "/index.html/x"):
                answer = server.get(path)
                equal((answer.status, answer.type, answer.text), (200, "text/html; charset=utf-8", "<p>page</p>"), path)
                equal(answer.headers["Cache-Control"], "no-cache")
            answer = server.get("/assets/index-1.js")
            equal((answer.text, answer.type), ("1", "application/javascript; charset=utf-8"))
            assert "immutable" in answer.headers["Cache-Control"]
            equal(server.get("/assets/index-1.js", **{"If-None-Match": answer.headers["ETag"]}).status, 304)
            for path in ("/..%2Fsecret.txt", "/assets/..%2F..%2Fsecret.txt", "/..%5Csecret.txt", "/link.txt",
                         "/%2E%2E/secret.txt", "/%2e%2e%2fsecret.txt"):
                answer = server.get(path)
                assert "secret" not in answer.text, (path, answer.text)
            equal(server.get("/api/nope").status, 404)
            equal(server.get("/ws").status, 404)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
