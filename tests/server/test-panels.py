#!/usr/bin/env python3
# test-panels.py: the panels of a project, and the script of their pages (http-api.md 13.11 and 16)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-panels.py SERVER_PROGRAM

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, encoded, equal  # noqa: E402

PROGRAM = sys.argv[1]

TEMPLATE = {"id": "notes-panel", "displayName": "Notes", "version": "2.1.0", "uiEntryPoint": "index.html", "icon": "book"}


def refused(answer, status):
    wire.refused(answer, status)
    assert answer.json["error"].endswith("."), answer.json


def put_template(server):
    folder = Path(server.data) / "templates/panels/notes"
    folder.mkdir(parents=True)
    (folder / "panel.json").write_text(json.dumps(TEMPLATE))
    (folder / "index.html").write_text("<script type=module>import(`${__BACKEND_URL__}/x.js`)</script>")


def create(server, project="P", **body):
    return server.ask("POST", f"/api/projects/{encoded(project)}/panels", body)


# --- definitions -----------------------------------------------------------------------------


def test_nothing_there():
    with Server(PROGRAM) as server:
        equal(server.get("/api/panels/templates").json, [])
        equal(server.get("/api/projects/unknown/panels").json, [])
        refused(server.get("/api/projects/unknown/panels/x"), 404)


def test_blank():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "P"})
        for more in ({}, {"templateId": None}):
            name = f"my panel {len(more)}"
            answer = create(server, panelId=name, displayName="Mine", **more)
            equal((answer.status, "panelDirectory" in answer.json), (201, False), answer.bytes)
            shown = server.get(f"/api/projects/P/panels/{encoded(name)}").json
            equal(shown, {**answer.json, "panelDirectory": name})
        equal([panel["id"] for panel in server.get("/api/projects/P/panels").json], ["my panel 0", "my panel 1"])
        page = Path(server.data) / "userData/default_user/projects/P/ui/my panel 0/index.html"
        assert "<h1>Mine</h1>" in page.read_text()


def test_from_template():
    with Server(PROGRAM) as server:
        put_template(server)
        equal(server.get("/api/panels/templates").json, [{**TEMPLATE, "panelDirectory": "notes", "source": "shared"}])
        answer = create(server, panelId="n", displayName="My notes", templateId="notes-panel")
        equal((answer.status, answer.json), (201, {**TEMPLATE, "id": "n", "displayName": "My notes", "source": "user"}))
        page = Path(server.data) / "userData/default_user/projects/P/ui/n/index.html"
        equal(page.read_text(), "<script type=module>import(`${location.origin}/x.js`)</script>")
        # By its id, not by its folder
        refused(create(server, panelId="m", displayName="M", templateId="notes"), 404)
        # Templates are not panels of a project
        refused(server.get("/api/projects/P/panels/notes-panel"), 404)


def test_refused():
    with Server(PROGRAM) as server:
        equal(create(server, panelId="a", displayName="A").status, 201)
        refused(create(server, panelId="a", displayName="A"), 409)
        refused(create(server, panelId="b", displayName=""), 400)
        for bad in ("", "a:b", "../x", "..", "con", "x."):
            refused(create(server, panelId=bad, displayName="A"), 400)
        for body in ({"displayName": "A"}, {"panelId": "c"}, {"panelId": 7, "displayName": "A"},
                     {"panelId": "c", "displayName": "A", "templateId": 7}):
            answer = create(server, **body)
            equal((answer.status, answer.json["type"], answer.json["found"]), (422, "validation", body))
        equal([panel["id"] for panel in server.get("/api/projects/P/panels").json], ["a"])


# --- files of a panel ------------------------------------------------------------------------

# What the frontend's page sends: nothing ever sets its token.
BEARER = {"Authorization": "Bearer null"}
FOLDER = {**BEARER, "Content-Type": "application/vnd.comfy.create-directory"}


class Files:
    def __init__(self, server, panel="p", project="P"):
        self.server = server
        self.base = f"/api/projects/{encoded(project)}/panels/{encoded(panel)}/fs/"

    def ask(self, method, path, body=None, headers=None):
        return self.server.ask(method, self.base + path, body, {**BEARER, **(headers or {})})

    def write(self, path, body, kind="text/plain;charset=UTF-8"):
        return self.ask("POST", path, body, {"Content-Type": kind})

    def names(self, path=""):
        return [item["path"] for item in self.ask("GET", path).json]


def test_files():
    with Server(PROGRAM) as server:
        files = Files(server)
        refused(files.ask("GET", ""), 404)
        big = bytes(range(256)) * 8192
        for path, body, kind in (("a.txt", "ü".encode(), "text/plain;charset=UTF-8"), ("b/c/d.json", b'{"a":', "application/json"),
                                 ("b/big", big, None), ("form", b"x=1", "application/x-www-form-urlencoded"),
                                 ("none", b"", "text/plain"), (encoded("50% ü#?.txt"), b"x", "text/html")):
            answer = files.write(path, body, kind)
            equal((answer.status, answer.json["success"], bool(answer.json["message"])), (201, True, True), path)
            answer = files.ask("GET", path)
            equal((answer.status, answer.type, answer.bytes), (200, "application/octet-stream", body), path)
        equal(files.write("a.txt", b"again").status, 201)
        equal(files.ask("GET", "a.txt").bytes, b"again")
        equal(files.names(), ["50% ü#?.txt", "a.txt", "b", "form", "none"])
        equal(files.names("b"), ["b/big", "b/c"])
        item = next(item for item in files.ask("GET", "").json if item["name"] == "a.txt")
        equal({**item, "lastModified": 0}, {"name": "a.txt", "path": "a.txt", "type": "file", "size": 5, "lastModified": 0})
        equal(files.ask("GET", "b/").json[1], {"name": "c", "path": "b/c", "type": "directory"})
        place = Path(server.data) / "userData/default_user/projects/P/panel_data/p/b/c/d.json"
        equal(place.read_bytes(), b'{"a":')
        refused(files.ask("GET", "b/missing"), 404)
        equal(files.ask("GET", "a.txt", headers={"Range": "bytes=1-2"}).bytes, b"ga")


def test_folders_and_deleting():
    with Server(PROGRAM) as server:
        files = Files(server)
        for _ in range(2):
            equal(files.ask("POST", "a/b", b"", FOLDER).status, 201)
        equal(files.ask("GET", "a/b").json, [])
        files.write("a/x", b"x")
        refused(files.ask("DELETE", "a"), 409)
        refused(files.write("a", b"x"), 400)
        refused(files.ask("DELETE", "a/missing"), 404)
        equal(files.ask("DELETE", "a/b").status, 204)
        equal(files.ask("DELETE", "a?recursive=true").status, 204)
        equal(files.names(), [])
        for method in ("POST", "DELETE"):
            refused(files.ask(method, "", b"x" if method == "POST" else None), 400)
        equal(server.ask("GET", files.base[:-1] + "x", headers=BEARER).status, 404)


def test_files_stay_inside():
    with Server(PROGRAM) as server:
        files = Files(server)
        files.write("a/b", b"own")
        other = Files(server, "q")
        other.write("secret", b"secret")
        equal(files.ask("GET", "a%2F..%2Fa%2Fb").bytes, b"own")
        for bad in ("..%2Fq%2Fsecret", "a%2F..%2F..%2Fq%2Fsecret", "..%5Cq%5Csecret", "%2e%2e%2fq%2fsecret"):
            for method, body in (("GET", None), ("POST", b"x"), ("DELETE", None)):
                answer = files.ask(method, bad, body)
                assert answer.status in (400, 403, 404), (method, bad, answer.status)
        home = Path(server.data) / "userData/default_user/projects/P/panel_data"
        (home / "p" / "link").symlink_to(home / "q")
        for method, body in (("GET", None), ("POST", b"x"), ("DELETE", None)):
            refused(files.ask(method, "link/secret", body), 403)
        equal(other.ask("GET", "secret").bytes, b"secret")
        for panel in ("..", "a:b"):
            answer = Files(server, panel).ask("GET", "x")
            assert answer.status in (400, 404), answer.status


def test_forms_elsewhere_write_nothing():
    """Without the header, which a form cannot send, plain text is refused."""
    with Server(PROGRAM) as server:
        files = Files(server)
        answer = server.ask("POST", files.base + "a.txt", b"x", {"Content-Type": "text/plain"})
        equal(answer.status, 415)
        equal(files.write("a.txt", b"x").status, 201)


# --- the script ------------------------------------------------------------------------------


def test_sdk():
    with Server(PROGRAM) as server:
        answer = server.get("/api/fam/sdk/panel.js")
        equal((answer.status, answer.type), (200, "application/javascript; charset=utf-8"))
        assert "export const panelApi" in answer.text
        equal(server.get("/api/fam/sdk/panel.js", **{"If-None-Match": answer.headers["ETag"]}).status, 304)
        # A panel that is being developed comes from a server of its own.
        own = server.get("/api/fam/sdk/panel.js", Origin="http://localhost:5573")
        equal(own.headers["Access-Control-Allow-Origin"], "http://localhost:5573")


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
