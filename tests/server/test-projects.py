#!/usr/bin/env python3
# test-projects.py: projects and workflows over HTTP (http-api.md 8, 9)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-projects.py SERVER_PROGRAM

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, encoded, equal, refused  # noqa: E402

PROGRAM = sys.argv[1]
EMPTY = {"nodes": [], "edges": [], "viewport": {"x": 0, "y": 0, "zoom": 1}}


def graph(name, **more):
    return {"name": name, **EMPTY, **more}


# --- projects -----------------------------------------------------------------------------------


def test_projects():
    with Server(PROGRAM) as server:
        answer = server.ask("POST", "/api/projects", {"name": "My Proj: 一", "description": "d"})
        project = answer.json
        equal((answer.status, project["id"], project["name"], project["description"]),
              (201, "My Proj_ 一", "My Proj: 一", "d"))
        equal((project["preferredView"], project["enableChatPage"]), ("editor", True))
        equal(project["createdAt"], project["updatedAt"])
        path = f"/api/projects/{encoded(project['id'])}"
        equal(server.get(path + "/metadata").json, project)
        equal([p["id"] for p in server.get("/api/projects").json], [project["id"]])
        assert None not in project.values()
        # Without a description it gets one
        assert server.ask("POST", "/api/projects", {"name": "b", "description": ""}).json["description"]
        equal([p["id"] for p in server.get("/api/projects").json], ["My Proj_ 一", "b"])


def test_project_refused():
    with Server(PROGRAM) as server:
        refused(server.ask("POST", "/api/projects", {"nope": 1}), 400, "name")
        refused(server.ask("POST", "/api/projects", {"name": ""}), 400, "name")
        refused(server.ask("POST", "/api/projects", {"name": "x", "description": None}), 400, "description")
        refused(server.ask("POST", "/api/projects", []), 400, "body")
        refused(server.ask("POST", "/api/projects"), 400, "name")
        equal(server.ask("POST", "/api/projects", {"name": "x"}).status, 201)
        refused(server.ask("POST", "/api/projects", {"name": "x"}), 409)
        refused(server.get("/api/projects/nope/metadata"), 404)
        refused(server.ask("PUT", "/api/projects/nope", {"name": "y"}), 404)
        refused(server.ask("DELETE", "/api/projects/nope"), 404)
        equal(server.get("/api/projects/x").status, 404)


def test_project_update():
    with Server(PROGRAM) as server:
        made = server.ask("POST", "/api/projects", {"name": "x"}).json
        time.sleep(0.01)
        answer = server.ask("PUT", "/api/projects/x", {"name": "Other", "id": "y", "createdAt": "never", "unknown": 1,
                                                       "enableChatPage": False, "customMetadata": {"k": [1]}})
        equal(answer.status, 200, answer.bytes)
        changed = answer.json
        equal((changed["id"], changed["name"], changed["createdAt"], changed["enableChatPage"]),
              ("x", "Other", made["createdAt"], False))
        equal(changed["customMetadata"], {"k": [1]})
        assert "unknown" not in changed and changed["updatedAt"] > made["updatedAt"], changed
        equal(server.get("/api/projects/x/metadata").json, changed)
        refused(server.ask("PUT", "/api/projects/x", {"name": ""}), 400, "name")
        refused(server.ask("PUT", "/api/projects/x", {"preferredView": "none"}), 400, "preferredView")
        refused(server.ask("PUT", "/api/projects/x", {"description": None}), 400, "description")
        equal(server.get("/api/projects/x/metadata").json, changed)


def test_project_delete():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "x"})
        answer = server.ask("DELETE", "/api/projects/x")
        equal((answer.status, answer.bytes), (204, b""))
        equal(server.get("/api/projects").json, [])
        bins = list(Path(server.data).rglob(".recycle_bin/x_*"))
        equal(len(bins), 1)


def test_broken_project():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "x"})
        file = next(Path(server.data).rglob("project.json"))
        file.write_text("{")
        refused(server.get("/api/projects/x/metadata"), 500)
        equal(server.get("/api/projects").json, [])


# --- workflows -------------------------------------------------------------------------------------


def test_workflows():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "x"})
        sent = graph("Flow: One", id="w-1", description="d", previewTarget={"nodeId": "a", "slotKey": "b"},
                     nodes=[{"id": "a", "type": "x:Y", "position": {"x": 0, "y": 1.5}, "mine": {"k": None}}],
                     edges=[{"id": "e", "source": "a", "target": "b", "sourceHandle": None}], metadata={"k": 1})
        answer = server.ask("POST", "/api/projects/x/workflows", sent)
        made = answer.json
        equal((answer.status, made["id"], made["name"]), (201, "w-1", "Flow: One"))
        for key in ("nodes", "edges", "viewport", "description", "previewTarget"):
            equal(made[key], sent[key], key)
        equal((made["interfaceInputs"], made["interfaceOutputs"], made["referencedWorkflows"]), ({}, {}, []))
        equal(made["createdAt"], made["updatedAt"])
        equal(server.get("/api/projects/x/workflows/w-1").json, made)
        equal(server.get("/api/projects/x/workflows").json,
              [{"id": "w-1", "name": "Flow: One", "description": "d", "updatedAt": made["updatedAt"],
                "referencedWorkflows": []}])
        equal([file.name for file in Path(server.data).rglob("workflows/*.json")], ["Flow_ One.json"])
        assert len(server.ask("POST", "/api/projects/x/workflows", graph("b")).json["id"]) == 36


def test_workflow_update():
    with Server(PROGRAM) as server:
        made = server.ask("POST", "/api/projects/x/workflows", graph("a", id="w")).json
        time.sleep(0.01)
        path = "/api/projects/x/workflows/w"
        answer = server.ask("PUT", path, graph("b", id="w", updatedAt="never"))
        equal(answer.status, 200, answer.bytes)
        equal((answer.json["name"], answer.json["createdAt"]), ("b", made["createdAt"]))
        assert answer.json["updatedAt"] > made["updatedAt"]
        equal(sorted(file.name for file in Path(server.data).rglob("workflows/*.json")), ["b.json"])
        server.ask("POST", "/api/projects/x/workflows", graph("c", id="w2"))
        refused(server.ask("PUT", path, graph("c")), 409)
        refused(server.ask("PUT", path, graph("x", id="other")), 400)
        refused(server.ask("PUT", "/api/projects/x/workflows/nope", graph("x")), 404)
        refused(server.ask("PUT", path, graph("")), 400, "name")
        refused(server.ask("PUT", path, graph("d", nodes=[{"id": "a"}])), 400, "nodes")
        equal(server.get(path).json, answer.json)


def test_workflow_refused():
    with Server(PROGRAM) as server:
        path = "/api/projects/x/workflows"
        answer = server.ask("POST", path, {"nope": 1})
        refused(answer, 400)
        equal(list(answer.json["details"]), ["name", "nodes", "edges", "viewport"])
        refused(server.ask("POST", path, graph("a", nodes={})), 400, "nodes")
        refused(server.ask("POST", path, graph("a", description=None)), 400, "description")
        refused(server.ask("POST", path, graph("a", viewport={"x": 0, "y": 0})), 400, "viewport")
        equal(server.ask("POST", path, graph("a")).status, 201)
        refused(server.ask("POST", path, graph("a")), 409)
        refused(server.get(path + "/nope"), 404)
        equal(server.get(path + "/..%2F..%2Fproject").status, 404)


def test_workflow_delete():
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "x"})
        server.ask("POST", "/api/projects/x/workflows", graph("a", id="w"))
        answer = server.ask("DELETE", "/api/projects/x/workflows/w")
        equal((answer.status, answer.bytes), (204, b""))
        refused(server.ask("DELETE", "/api/projects/x/workflows/w"), 404)
        refused(server.get("/api/projects/x/workflows/w"), 404)
        equal(len(list(Path(server.data).rglob(".recycle_bin/x/workflows/a_*.json"))), 1)


def test_workflow_fallbacks():
    """http-api.md 9.4: by file stem, and the chat page's own path."""
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects/x/workflows", graph("By name", id="w"))
        equal(server.get("/api/projects/x/workflows/By%20name").json["id"], "w")
        server.ask("POST", "/api/projects/x/workflows", graph("chat", id="_apps_chat_main"))
        asked = encoded("user://projects/x/workflows/_apps/chat/main.json")
        equal(server.get(f"/api/projects/x/workflows/{asked}").json["id"], "_apps_chat_main")


def test_large_workflow():
    """Large ones are read and written on threads."""
    with Server(PROGRAM) as server:
        nodes = [{"id": f"n{i}", "type": "core:TextMerge", "position": {"x": i, "y": 0.5},
                  "inputValues": {"separator": "文" * 50}} for i in range(5000)]
        made = server.ask("POST", "/api/projects/x/workflows", graph("big", id="w", nodes=nodes))
        equal((made.status, made.json["nodes"]), (201, nodes))
        equal(server.get("/api/projects/x/workflows/w").json["nodes"], nodes)
        broken = json.dumps(graph("big", nodes=nodes)).encode()[:-1]
        equal(server.ask("POST", "/api/projects/x/workflows", broken, {"Content-Type": "application/json"}).status, 400)


def test_library():
    with Server(PROGRAM) as server:
        folder = Path(server.data) / "library" / "workflows"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "one.json").write_text(json.dumps({"id": "inner", "name": "One", "nodes": []}))
        (folder / "two.json").write_text("{")
        equal(server.get("/api/workflows").json, [{"id": "inner", "name": "One"}])
        equal(server.get("/api/workflows/one").json["name"], "One")
        equal(server.get("/api/workflows/inner").json["name"], "One")
        refused(server.get("/api/workflows/two"), 404)
        refused(server.get("/api/workflows/x%2F.."), 400)
        made = server.ask("POST", "/api/workflows", graph("Mine"))
        equal((made.status, (folder / "Mine.json").exists()), (201, True))
        refused(server.ask("POST", "/api/workflows", graph("Mine")), 409)
        path = f"/api/workflows/{made.json['id']}"
        equal(server.ask("PUT", path, graph("Yours")).json["name"], "Yours")
        equal(sorted(file.name for file in folder.glob("*.json")), ["Yours.json", "one.json", "two.json"])
        equal(server.ask("DELETE", path).status, 204)
        refused(server.get(path), 404)
        assert list(Path(server.data).glob("userData/*/.recycle_bin/library/workflows/Yours_*.json"))


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
