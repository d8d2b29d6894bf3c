#!/usr/bin/env python3
# test-llm-config.py: services of models, their keys and the chosen models (http-api.md 12)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-llm-config.py SERVER_PROGRAM
#
# Run by build-aux/with-keyring.sh: the keyring is a gnome-keyring of this test's own.

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, encoded, equal  # noqa: E402

PROGRAM = sys.argv[1]
# Written so that no copy of this file counts as one of the key
CANARY = "sk-canary-" + "9f8e7d6c5b4a-wxyz"
BASE = "/api/llm/channels"


def channel(**more):
    return {"label": "L1", "baseUrl": "http://127.0.0.1:1/v1", "apiKey": CANARY, **more}


def created(server, **more):
    answer = server.ask("POST", BASE, channel(**more))
    equal(answer.status, 200, answer.bytes)
    return answer.json


def keyring_items(item):
    """Secrets under this item, as everybody else sees them."""
    call = ["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
            "--method", "org.freedesktop.Secret.Service.SearchItems", json.dumps({"item": item})]
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout.count("/collection/login/")


def files_with(folder, text):
    return [str(path) for path in Path(folder).rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


# --- channels ---------------------------------------------------------------------------------


def test_create_and_list():
    with Server(PROGRAM) as server:
        equal(server.get(BASE).json, [])
        first = created(server)
        equal(first, {"id": first["id"], "userId": "default_user", "label": "L1", "providerId": None, "adapterType": None,
                      "baseUrl": "http://127.0.0.1:1/v1", "customHeaders": None, "modelListEndpoint": None,
                      "supportedModels": None, "disabled": False, "createdAt": first["createdAt"], "weight": None,
                      "timeoutMs": None, "preset": None, "apiKey": "",
                      "hasKey": True, "keyHint": "wxyz", "keyStore": "keyring", "storageMode": "encrypted"})
        second = created(server, label="二", providerId="openai", adapterType="openai", supportedModels=["a", "b"],
                         customHeaders={"X-Title": "t"}, modelListEndpoint="/m", disabled=True, storageMode="plaintext")
        equal((second["supportedModels"], second["customHeaders"], second["disabled"], second["providerId"]),
              (["a", "b"], {"X-Title": "t"}, True, "openai"))
        equal(server.get(BASE).json, [first, second])
        equal(server.get(f"{BASE}/{first['id']}").json, first)
        equal(keyring_items(first["id"]), 1)


def test_update_as_the_frontend_does():
    """It sends back what it got without id, userId, createdAt and every null; no key, or an empty one."""
    with Server(PROGRAM) as server:
        made = created(server, supportedModels=["a"])
        back = {key: value for key, value in made.items() if key not in ("id", "userId", "createdAt") and value is not None}
        answer = server.ask("PUT", f"{BASE}/{made['id']}", {**back, "label": "new", "apiKey": ""})
        equal((answer.status, answer.json), (200, {**made, "label": "new"}))
        equal(keyring_items(made["id"]), 1)
        answer = server.ask("PUT", f"{BASE}/{made['id']}", {"disabled": True, "apiKey": "sk-another-one-abcd"}).json
        equal(answer, {**made, "label": "new", "disabled": True, "keyHint": "abcd"})
        equal(server.get(BASE).json, [answer])


def test_options():
    """What the reference does not have stays when it is not sent."""
    with Server(PROGRAM) as server:
        made = created(server, weight=300, timeoutMs=2000, preset="groq")
        equal((made["weight"], made["timeoutMs"], made["preset"]), (300, 2000, "groq"))
        equal(server.ask("PUT", f"{BASE}/{made['id']}", {"label": "new"}).json, {**made, "label": "new"})
        equal(server.ask("PUT", f"{BASE}/{made['id']}", {"weight": 0}).json, {**made, "label": "new", "weight": 0})
        for body in ({"weight": -1}, {"weight": 1.5}, {"weight": 1001}, {"timeoutMs": "soon"}, {"preset": 5}):
            equal(server.ask("PUT", f"{BASE}/{made['id']}", body).status, 422, body)


def test_delete():
    with Server(PROGRAM) as server:
        made = created(server)
        equal(server.ask("DELETE", f"{BASE}/{made['id']}").json, {"success": True, "id": made["id"]})
        equal(keyring_items(made["id"]), 0)
        equal(server.get(BASE).json, [])
        other = created(server)
        answer = server.ask("DELETE", f"{BASE}/{other['id']}/key").json
        equal((answer["hasKey"], answer["keyHint"], answer["keyStore"]), (False, "", None))
        equal(keyring_items(other["id"]), 0)


def test_unknown_channel():
    with Server(PROGRAM) as server:
        for method, path, body in (("GET", "", None), ("PUT", "", {"label": "x"}), ("DELETE", "", None), ("DELETE", "/key", None),
                                   ("POST", "/discover-models", {}), ("GET", "/list-models", None)):
            answer = server.ask(method, f"{BASE}/ch_none{path}", body)
            equal(answer.status, 404, (method, path))
            assert answer.json["error"]


def test_bad_bodies():
    with Server(PROGRAM) as server:
        made = created(server)
        for body in ({}, {"label": "x"}, channel(label=5), channel(apiKey=None), channel(supportedModels=[1]),
                     channel(storageMode="other"), channel(customHeaders={"a": 1}), channel(disabled="no"),
                     channel(keyStore="file"), channel(providerId=None), channel(apiKey={"key": CANARY})):
            answer = server.ask("POST", BASE, body)
            equal((answer.status, answer.json["type"]), (422, "validation"), body)
            assert CANARY not in answer.text, answer.text
        equal(server.ask("PUT", f"{BASE}/{made['id']}", {"label": 5, "apiKey": CANARY}).status, 422)
        equal(server.ask("POST", BASE, channel(apiKey="a\0b")).status, 400)
        for header in ("Authorization", "x-API-key", "Cookie"):
            answer = server.ask("POST", BASE, channel(customHeaders={header: "Bearer " + CANARY}))
            equal(answer.status, 400)
            assert CANARY not in answer.text
        equal(len(server.get(BASE).json), 1)


# --- models -----------------------------------------------------------------------------------


def test_models():
    with Server(PROGRAM) as server:
        equal(server.get("/api/llm/models").json, [])
        sent = {"modelId": "org/m:1", "userId": "", "displayName": "M1", "modelType": "llm", "capabilities": ["llm"],
                "groupName": "openai", "defaultChannelRef": "ch_1"}
        answer = server.ask("POST", "/api/llm/models", sent)
        made = answer.json
        equal((answer.status, made), (200, {
            "modelId": "org/m:1", "userId": "default_user", "displayName": "M1", "capabilities": ["llm"], "modelType": "llm",
            "groupName": "openai", "icon": None, "defaultChannelId": "ch_1", "defaultChannelRef": "ch_1", "tags": None,
            "tokenizerId": None, "createdAt": made["createdAt"]}))
        path = f"/api/llm/models/{encoded('org/m:1')}"
        equal(server.get(path).json, made)
        equal(server.ask("PUT", path, {"displayName": "New"}).json, {**made, "displayName": "New"})
        again = server.ask("POST", "/api/llm/models", {"modelId": "m2", "displayName": "M2", "capabilities": []}).json
        equal((again["modelType"], again["groupName"]), ("unknown", None))
        equal([model["modelId"] for model in server.get("/api/llm/models").json], ["m2", "org/m:1"])
        equal(server.ask("DELETE", path).json, {"success": True, "modelId": "org/m:1"})
        equal(server.ask("DELETE", path).json, {"success": True, "modelId": "org/m:1"})
        equal(server.get(path).status, 404)
        equal(server.ask("PUT", path, {"displayName": "x"}).status, 404)
        for body in ({}, {**sent, "modelType": "other"}, {**sent, "capabilities": "x"}, {**sent, "modelId": ""}):
            equal(server.ask("POST", "/api/llm/models", body).status, 422, body)


# --- keys -------------------------------------------------------------------------------------


def test_keyring():
    with Server(PROGRAM) as server:
        equal(server.get("/api/keyring").json, {"state": "ready", "keyStore": "keyring", "plainKeys": []})
        equal(server.ask("POST", "/api/keyring/unlock", {}).status, 202)
        equal(server.ask("PUT", "/api/keyring", {"keyStore": "file"}).status, 400)
        equal(server.ask("PUT", "/api/keyring", {"keyStore": "session"}).json["keyStore"], "session")
        equal(created(server)["keyStore"], "session")
        equal(created(server, keyStore="keyring")["keyStore"], "keyring")


def test_session():
    with tempfile.TemporaryDirectory() as folder:
        with Server(PROGRAM, data=folder) as server:
            made = created(server, keyStore="session")
            equal((made["hasKey"], made["keyStore"], made["keyHint"]), (True, "session", "wxyz"))
            equal(keyring_items(made["id"]), 0)
        with Server(PROGRAM, data=folder) as server:
            later = server.get(f"{BASE}/{made['id']}").json
            equal((later["hasKey"], later["keyStore"], later["keyHint"]), (False, None, ""))


def without_bus(test):
    """A server that finds no session bus."""
    address = os.environ.pop("DBUS_SESSION_BUS_ADDRESS")
    runtime = os.environ.pop("XDG_RUNTIME_DIR")
    try:
        with Server(PROGRAM) as server:
            test(server)
    finally:
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        os.environ["XDG_RUNTIME_DIR"] = runtime


def test_no_keyring():
    def test(server):
        state = server.get("/api/keyring").json
        equal(state["state"], "absent")
        assert "session" in state["message"]
        answer = server.ask("POST", BASE, channel())
        equal((answer.status, server.get(BASE).json), (503, []))
        assert "keyring" in answer.json["error"] and CANARY not in answer.text
        equal(server.ask("POST", "/api/users/me/credentials", {"serviceName": "s", "credential": CANARY}).status, 503)
        equal(server.ask("POST", BASE, channel(apiKey="")).json["hasKey"], False)
        # What a person chose on purpose, and the unmodified frontend goes on
        server.ask("PUT", "/api/keyring", {"keyStore": "session"})
        made = created(server)
        equal(made["keyStore"], "session")
        equal(server.ask("DELETE", f"{BASE}/{made['id']}").json, {"success": True, "id": made["id"]})
        equal(files_with(server.data, CANARY), [])

    without_bus(test)


def plant(folder, key):
    with sqlite3.connect(Path(folder, "data", "app.sqlite")) as database:
        database.execute("INSERT INTO api_channels (id, user_id, label, base_url, api_key, created_at)"
                         " VALUES ('ch_old', 'default_user', 'Old', 'http://x', ?, '2026-01-31T12:00:00.000Z')", (key,))
    database.close()


def test_reference_database():
    """A key in clear is never answered, and is offered for moving; then no file has it."""
    with tempfile.TemporaryDirectory() as folder:
        with Server(PROGRAM, data=folder):
            pass
        plant(folder, CANARY)
        with Server(PROGRAM, data=folder) as server:
            answer = server.get(BASE)
            assert CANARY not in answer.text
            old = answer.json[0]
            equal((old["apiKey"], old["hasKey"], old["keyStore"], old["keyHint"], old["storageMode"]),
                  ("", True, "database", "wxyz", "plaintext"))
            equal(server.get("/api/keyring").json["plainKeys"], [{"id": "ch_old", "label": "Old"}])
            equal(server.ask("POST", "/api/keyring/move", {}).json, {"moved": ["ch_old"], "left": []})
            equal(server.ask("POST", "/api/keyring/move", {}).json, {"moved": [], "left": []})
            equal(server.get(BASE).json, [{**old, "keyStore": "keyring", "storageMode": "encrypted"}])
            equal(keyring_items("ch_old"), 1)
            equal(files_with(folder, CANARY), [])
            server.ask("DELETE", f"{BASE}/ch_old")
            equal(keyring_items("ch_old"), 0)


def test_canary():
    """Planted through every way in; then every answer, message and file is searched for it."""
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        with Server(PROGRAM, data=folder) as server, server.socket() as socket:
            def ask(method, path, body=None):
                answer = server.ask(method, path, body)
                texts.append(f"{method} {path} {answer.status} {answer.headers} {answer.text}")
                return answer

            made = ask("POST", BASE, channel(providerId="openai")).json
            ask("PUT", f"{BASE}/{made['id']}", {"apiKey": CANARY, "label": "x"})
            ask("POST", BASE, channel(keyStore="session"))
            ask("POST", BASE, channel(baseUrl=7))
            ask("POST", BASE, channel(customHeaders={"Authorization": CANARY}))
            ask("PUT", f"{BASE}/ch_none", {"apiKey": CANARY})
            ask("POST", "/api/users/me/credentials", {"serviceName": "openai", "credential": CANARY, "displayName": "d"})
            ask("POST", "/api/users/me/credentials", {"serviceName": 5, "credential": CANARY})
            ask("POST", BASE, ('{"apiKey": "' + CANARY + '", ').encode())
            for path in (BASE, f"{BASE}/{made['id']}", "/api/auth/current", "/api/users/me/credentials", "/api/keyring",
                         "/api/llm/models", "/api/history", "/api/openapi.json"):
                ask("GET", path)
            ask("POST", f"{BASE}/{made['id']}/discover-models", {})
            socket.send("PROMPT_REQUEST", {"nodes": [{"id": "A", "fullType": "core:MathOperation", "inputs": {"a": 1, "b": 2}}],
                                           "edges": []})
            texts += [json.dumps(message) for message in socket.until(wire.is_final)]
            texts += [json.dumps(message) for message in socket.waiting()]
            equal([text for text in texts if CANARY in text], [])
            equal(files_with(folder, CANARY), [])
            command = Path(f"/proc/{server.process.pid}/cmdline").read_bytes() + Path(
                f"/proc/{server.process.pid}/environ").read_bytes()
            assert CANARY.encode() not in command
        equal(files_with(folder, CANARY), [])
        equal(files_with(os.environ["HOME"], CANARY), [])


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
