#!/usr/bin/env python3
# test-characters.py: every route of character cards and every status of it (http-api.md 14)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-characters.py SERVER_PROGRAM

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
PICTURES = Path(__file__).parent.parent / "data" / "png"
N_MANY = 2000


def folder_of(server):
    folder = Path(server.data) / "userData" / "default_user" / "library" / "SillyTavern" / "CharacterCard"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def copy(server, picture, name):
    (folder_of(server) / name).write_bytes((PICTURES / picture).read_bytes())


def listed(server):
    answer = server.get("/api/characters")
    equal((answer.status, answer.type, answer.json["success"]), (200, "application/json", True))
    return answer.json["data"]


def refused(answer, status):
    equal(answer.status, status, answer.bytes)
    equal(answer.json["success"], False)
    assert answer.json["message"], answer.json


def test_none():
    with Server(PROGRAM) as server:
        equal(server.get("/api/characters").json, {"success": True, "data": []})


def test_list():
    with Server(PROGRAM) as server:
        copy(server, "card-v2.png", "bob.png")
        copy(server, "card-v3.png", "ada.png")
        copy(server, "none.png", "plain.png")
        (folder_of(server) / "bob.json").write_text(json.dumps({"name": "Bob", "data": {"creator_notes": "from JSON"}}))
        (folder_of(server) / "broken.json").write_text("{")
        ada, bob, plain = listed(server)
        equal(ada, {"id": "Ada_0", "name": "Ada", "description": "A mathematician", "imageName": "ada.png",
                    "tags": ["science"], "creator": "me", "creatorComment": "n", "createDate": "2026-01-31T12:00:00.000Z",
                    "characterVersion": "1.2", "talkativeness": "0.5", "favorite": True, "fileName": "ada.png"})
        equal((bob["name"], bob["favorite"], bob["talkativeness"], bob["avatar"], bob["chat"]),
              ("Bob", True, "0.25", "none", "Bob - 1"))
        equal(plain, {"id": "plain_2", "name": "plain", "imageName": "plain.png", "tags": [], "favorite": False,
                      "fileName": "plain.png"})


def test_image():
    with Server(PROGRAM) as server:
        copy(server, "card-v3.png", "Ada Lovelace ü.png")
        (folder_of(server) / "x.WEBP").write_bytes(b"w")
        (folder_of(server) / "x.jpeg").write_bytes(b"j")
        (folder_of(server) / "x.json").write_text("{}")
        os.symlink("/etc/hostname", folder_of(server) / "out.png")
        answer = server.get("/api/characters/image/Ada%20Lovelace%20%C3%BC.png")
        equal((answer.status, answer.type, answer.bytes), (200, "image/png", (PICTURES / "card-v3.png").read_bytes()))
        equal(server.get("/api/characters/image/x.WEBP").type, "image/webp")
        equal(server.get("/api/characters/image/x.jpeg").type, "image/jpeg")
        again = server.get("/api/characters/image/x.jpeg", **{"If-None-Match": server.get("/api/characters/image/x.jpeg").headers["ETag"]})
        equal((again.status, again.bytes), (304, b""))
        for name, status in (("a..png", 400), (".x.png", 400), ("a%2Fb.png", 400), ("%2e%2e%2fx.png", 400),
                             ("x.json", 415), ("x", 415), ("x.svg", 415), ("none.png", 404), ("out.png", 404)):
            refused(server.get(f"/api/characters/image/{name}"), status)


def test_card():
    with Server(PROGRAM) as server:
        copy(server, "card-v3.png", "ada.png")
        (folder_of(server) / "ada.json").write_text(json.dumps({"data": {"description": "changed", "first_mes": "Hi"}}))
        answer = server.get("/api/characters/card/ada.png")
        equal((answer.status, answer.json["success"]), (200, True))
        equal((answer.json["data"]["spec"], answer.json["data"]["data"]["description"], answer.json["data"]["data"]["first_mes"]),
              ("chara_card_v3", "changed", "Hi"))
        refused(server.get("/api/characters/card/bob.png"), 404)
        refused(server.get("/api/characters/card/..%2fx"), 400)


def upload(server, name, content):
    body, headers = wire.form([("file", name, content)] if name else [])
    return server.ask("POST", "/api/characters", body, headers)


def test_import():
    with Server(PROGRAM) as server:
        card = (PICTURES / "card-v3.png").read_bytes()
        answer = upload(server, "Ada.png", card)
        equal((answer.status, answer.json["success"]), (201, True))
        equal([answer.json["data"]], listed(server))
        equal(server.get("/api/characters/image/Ada.png").bytes, card)
        equal(upload(server, "Bob.json", json.dumps({"data": {"name": "Bob"}}).encode()).status, 201)
        refused(upload(server, "Ada.png", card), 409)
        for name, content in (("none.png", (PICTURES / "none.png").read_bytes()), ("x.png", b"GIF89a"), ("x.json", b"{"),
                              ("x.json", b"{}"), ("x.gif", card), (".png", card)):
            refused(upload(server, name, content), 400)
        refused(upload(server, None, b""), 400)
        equal(server.ask("POST", "/api/characters", {"file": {}}).status, 415)
        equal([entry["name"] for entry in listed(server)], ["Ada", "Bob"])
        equal(upload(server, "Eve?.png", card).json["data"]["imageName"], "Eve_.png")


def test_delete():
    with Server(PROGRAM) as server:
        copy(server, "card-v3.png", "ada.png")
        (folder_of(server) / "ada.json").write_text(json.dumps({"name": "Ada"}))
        (folder_of(server) / "own.json").write_text(json.dumps({"name": "Own"}))
        answer = server.ask("DELETE", "/api/characters/ada.png")
        equal((answer.status, answer.bytes), (204, b""))
        equal([entry["fileName"] for entry in listed(server)], ["own.json"])
        equal(server.ask("DELETE", "/api/characters/own.json").status, 204)
        refused(server.ask("DELETE", "/api/characters/own.json"), 404)
        refused(server.ask("DELETE", "/api/characters/%2e%2e%2fx.png"), 400)
        equal(len(list((Path(server.data) / "userData" / "default_user" / ".recycle_bin").rglob("*_*.*"))), 3)


def test_many():
    """The second look at thousands of cards reads none of them again."""
    with Server(PROGRAM) as server:
        for i in range(N_MANY):
            copy(server, "card-v3.png", f"{i:05}.png")
        begin = time.monotonic()
        equal(len(listed(server)), N_MANY)
        first = time.monotonic()
        equal(len(listed(server)), N_MANY)
        print(f"# {N_MANY} cards: {first - begin:.3f} s, again {time.monotonic() - first:.3f} s")


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
