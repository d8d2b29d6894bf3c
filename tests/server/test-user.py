#!/usr/bin/env python3
# test-user.py: the user, the user's picture, service keys and credentials (http-api.md 5, 6)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-user.py SERVER_PROGRAM
#
# Run by build-aux/with-keyring.sh: the keyring is a gnome-keyring of this test's own.

import re
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
ME = "/api/users/me"
CANARY = "sk-canary-" + "0123456789-wxyz"


def user(server):
    return server.get("/api/auth/current").json["currentUser"]


# --- the user ---------------------------------------------------------------------------------


def test_current():
    with Server(PROGRAM) as server:
        answer = server.get("/api/auth/current").json
        made = answer["currentUser"]["createdAt"]
        equal(answer, {"mode": "SingleUser", "multiUserMode": False, "accessPasswordRequired": False, "isAuthenticated": True,
                       "currentUser": {"uid": "default_user", "username": "本地用户", "isAdmin": True, "createdAt": made,
                                       "serviceApiKeys": [], "externalCredentials": []}})


def test_name():
    with Server(PROGRAM) as server:
        answer = server.ask("PUT", f"{ME}/username", {"username": "Ann"})
        equal((answer.status, answer.json["success"], answer.json["username"]), (200, True, "Ann"))
        equal(user(server)["username"], "Ann")
        equal(server.ask("PUT", f"{ME}/username", {"username": "五" * 50}).status, 200)
        for bad in ({}, {"username": ""}, {"username": "x" * 51}, {"username": 5}, {"username": None}):
            equal(server.ask("PUT", f"{ME}/username", bad).status, 422, bad)


# --- the picture ------------------------------------------------------------------------------

GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def send_picture(server, content, field="avatar", name="avatar.png"):
    return server.ask("POST", f"{ME}/avatar", *wire.form([(field, name, content)]))


def test_avatar():
    with Server(PROGRAM) as server:
        answer = send_picture(server, PNG)
        equal((answer.status, answer.json["success"], answer.json["avatarUrl"]), (200, True, "/avatars/default_user.png"))
        equal(user(server)["avatarUrl"], "/avatars/default_user.png")
        picture = server.get("/avatars/default_user.png")
        equal((picture.bytes, picture.type, picture.headers["Cache-Control"]), (PNG, "image/png", "no-cache"))
        # By its content, not by its name; the old one is gone
        equal(send_picture(server, GIF, name="a.png").json["avatarUrl"], "/avatars/default_user.gif")
        equal(server.get("/avatars/default_user.png").status, 404)
        equal(server.get("/avatars/default_user.gif").type, "image/gif")
        for content in (b"", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", b"<script>alert(1)</script>", b"GIF89a"):
            equal(send_picture(server, content).status, 400, content)
        equal(send_picture(server, PNG, field="other").status, 422)
        equal(send_picture(server, GIF + bytes(5 << 20)).status, 422)
        equal(send_picture(server, GIF + bytes((5 << 20) - len(GIF))).status, 200)
        equal(server.ask("POST", f"{ME}/avatar", {}).status, 415)
        equal(sorted(path.name for path in Path(server.data, "public", "avatars").iterdir()), ["default_user.gif"])
        left = [path.name for path in Path(server.data).rglob("*") if path.is_file() and path.stat().st_size > (5 << 20)]
        equal(left, [])


# --- service keys -----------------------------------------------------------------------------


def test_service_keys():
    with Server(PROGRAM) as server:
        equal(server.get(f"{ME}/service-keys").json, {"keys": []})
        answer = server.ask("POST", f"{ME}/service-keys", {"name": "k1", "scopes": ["a"], "other": 1})
        key = answer.json
        equal((answer.status, key["name"], key["scopes"]), (201, "k1", ["a"]))
        assert re.fullmatch(r"ctsk_[A-Za-z0-9_-]{43}", key["secret"]), "the secret has another form"
        equal(key["prefix"], key["secret"][:13])
        secret = key.pop("secret")
        other = server.ask("POST", f"{ME}/service-keys", {}).json
        equal(sorted(other), ["createdAt", "id", "prefix", "scopes", "secret"])
        keys = server.get(f"{ME}/service-keys").json["keys"]
        equal([keys[1], keys[0]["id"]], [key, other["id"]])
        equal(user(server)["serviceApiKeys"], keys)
        with sqlite3.connect(Path(server.data, "data", "app.sqlite")) as database:
            hashes = [row[0] for row in database.execute("SELECT hashed_key FROM service_api_keys")]
        database.close()
        assert all(text.startswith("$argon2id$v=19$m=65536,t=2,p=1$") for text in hashes)
        for path in Path(server.data).rglob("*"):
            assert not path.is_file() or secret.encode() not in path.read_bytes(), path
        answer = server.ask("DELETE", f"{ME}/service-keys/{key['id']}")
        equal((answer.status, answer.bytes), (204, b""))
        equal(server.ask("DELETE", f"{ME}/service-keys/{key['id']}").status, 404)
        for bad, status in (({"name": ""}, 422), ({"name": "x" * 101}, 422), ({"scopes": "a"}, 422), ({"scopes": [1]}, 422),
                            ({"name": "  "}, 400)):
            equal(server.ask("POST", f"{ME}/service-keys", bad).status, status, bad)
        details = server.ask("POST", f"{ME}/service-keys", {"name": " "}).json["details"]
        equal((details["formErrors"], list(details["fieldErrors"])), ([], ["name"]))


# --- credentials ------------------------------------------------------------------------------


def test_credentials():
    with Server(PROGRAM) as server:
        equal(server.get(f"{ME}/credentials").json, {"credentials": []})
        answer = server.ask("POST", f"{ME}/credentials", {"serviceName": "openai", "credential": CANARY, "displayName": "Mine"})
        made = answer.json
        equal((answer.status, made), (201, {"id": made["id"], "serviceName": "openai", "displayName": "Mine",
                                            "displayHint": {"prefix": "sk-c", "suffix": "wxyz"}, "createdAt": made["createdAt"]}))
        brief = server.ask("POST", f"{ME}/credentials", {"serviceName": "s", "credential": "short"}).json
        equal((brief["displayHint"], "displayName" in brief), ({"prefix": "", "suffix": ""}, False))
        equal(server.get(f"{ME}/credentials").json, {"credentials": [brief, made]})
        equal(user(server)["externalCredentials"], [brief, made])
        for bad, status in (({}, 422), ({"serviceName": "", "credential": "x"}, 422), ({"serviceName": "s", "credential": ""}, 422),
                            ({"serviceName": "s", "credential": "x", "displayName": ""}, 422),
                            ({"serviceName": " ", "credential": CANARY}, 400), ({"serviceName": "s", "credential": " "}, 400)):
            answer = server.ask("POST", f"{ME}/credentials", bad)
            equal(answer.status, status, bad)
            assert CANARY not in answer.text
        equal(server.ask("DELETE", f"{ME}/credentials/{made['id']}").status, 204)
        equal(server.ask("DELETE", f"{ME}/credentials/{made['id']}").status, 404)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
