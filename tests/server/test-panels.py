#!/usr/bin/env python3
# test-panels.py: the panels of a project, and the script of their pages (http-api.md 13.11 and 16)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-panels.py SERVER_PROGRAM

import json
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]

TEMPLATE = {"id": "notes-panel", "displayName": "Notes", "version": "2.1.0", "uiEntryPoint": "index.html", "icon": "book"}


def encoded(text):
    return urllib.parse.quote(text, safe="")


def refused(answer, status):
    equal(answer.status, status, answer.bytes)
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
