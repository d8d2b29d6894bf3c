#!/usr/bin/env python3
# test-files.py: the file manager: every status of every route, and every way out of its folders (http-api.md 13)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-files.py SERVER_PROGRAM

import os
import socket
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from files import with_files  # noqa: E402
from wire import equal  # noqa: E402

PROGRAM = sys.argv[1]


# --- statuses -----------------------------------------------------------------------------------------


def check_write(files):
    equal(files.write("user://a/b/x.json", {"a": [1, "二"]}).status, 204)
    equal((files.user / "a/b/x.json").read_text(encoding="utf-8"), '{\n  "a": [\n    1,\n    "二"\n  ]\n}')
    equal(files.read("user://a/b/x.json").json, {"a": [1, "二"]})
    equal(files.write("user://a/b/x.json", None).status, 204)
    equal(files.read("user://a/b/x.json").bytes, b"")
    equal(files.write("user://a/50%25.json", 1).status, 204)
    assert (files.user / "a" / "50%25.json").exists()
    for path, status in (("user://a/b", 400), ("user://", 400), ("a", 400), ("system://public/x.json", 403),
                         ("system://config/x.json", 403), ("user://con", 400), ("user://a/b/x.json/y", 400),
                         ("user://x\0y", 400), ("user://" + "n" * 256, 400)):
        equal(files.write(path, 1).status, status, path)
    ask = files.server.ask
    for body in ({}, {"logicalPath": "user://x"}, {"logicalPath": "", "content": 1}, {"logicalPath": 7, "content": 1}):
        equal(ask("POST", "/api/fam/write-json", body).status, 422, body)
    equal(ask("POST", "/api/fam/write-json", b"{", {"Content-Type": "application/json"}).status, 400)


def check_create(files):
    equal((files.create("user://t", "d1").status, files.create("user://t/", "d1").json),
          (201, {"name": "d1", "logicalPath": "user://t/d1", "itemType": "directory"}))
    (files.user / "t" / "f").write_text("x")
    equal(files.create("user://t", "f").status, 409)
    equal(files.create("user://t/f", "x").status, 400)
    for name in ("../x", "a/b", "a\\b", ".", "..", "nul", "COM1.txt", "a\nb", "a\0b", "n" * 256, "界" * 86):
        equal(files.create("user://", name).status, 400, name)
    equal(files.create("user://", "界" * 85).status, 201)
    equal(files.create("shared://", "x").status, 403)
    equal(files.create("shared://library", "x").status, 201)
    equal(files.create("system://public", "x").status, 403)
    equal(files.create("other://", "x").status, 400)
    equal(files.server.ask("POST", "/api/fam/create-dir", {"parentLogicalPath": "user://", "dirName": ""}).status, 422)


def check_rename(files):
    for name in ("a b.txt", "50%.txt", "b"):
        (files.user / name).write_text(name)
    (files.user / "folder").mkdir()
    equal(files.rename("user://a%20b.txt", "c").json, {"name": "c", "logicalPath": "user://c", "itemType": "file"})
    equal(files.rename("user://folder", "other").json["itemType"], "directory")
    equal(files.rename("user://50%25.txt", "d").status, 200)
    for path, name, status in (("user://none", "x", 404), ("user://c", "b", 409), ("user://c", "..", 400),
                               ("user://c", "../../x", 400), ("user://c%", "x", 400), ("user://c%ff", "x", 400),
                               ("user://c%00", "x", 400), ("user://projects", "x", 403), ("user://library/", "x", 403),
                               ("user://", "x", 403), ("user://%70rojects", "x", 403), ("user://x/..//projects", "x", 403),
                               ("shared://library/workflows", "x", 403), ("system://public/a", "x", 403),
                               ("system://data", "x", 403), ("user://c", "x" * 300, 400)):
        equal(files.rename(path, name).status, status, f"{path} {name}")
    equal(files.server.ask("PUT", "/api/fam/rename", {"logicalPath": "user://c"}).status, 422)
    equal(sorted(files.names("user://")), ["b", "c", "d", "library", "other", "projects"])


def check_move(files):
    for name in ("a", "b", "c"):
        (files.user / name).write_text(name)
    equal(files.move(["user://a"], "user://new/deep/").json,
          [{"name": "a", "logicalPath": "user://new/deep/a", "itemType": "file"}])
    answer = files.move(["user://b", "user://none", "user://%"], "user://new")
    equal(answer.status, 207)
    equal(answer.json["results"],
          [{"sourcePath": "user://b", "destinationLogicalPath": "user://new/b", "status": "moved"}])
    equal([error["path"] for error in answer.json["errors"]], ["user://none", "user://%"])
    assert all(error["message"] for error in answer.json["errors"])
    (files.user / "b").write_text("again")
    for sources, target, status in ((["user://b"], "user://new", 409), (["user://none"], "user://new", 404),
                                    (["user://projects", "user://none"], "user://new", 404),
                                    (["user://projects"], "user://new", 403), (["user://new"], "user://new/deep", 400),
                                    (["user://%"], "user://new", 400)):
        answer = files.move(sources, target)
        equal((answer.status, answer.json["results"]), (status, []), f"{sources} {target}")
    for target, status in (("system://public", 403), ("shared://", 403), ("nothing", 400), ("user://%", 400)):
        answer = files.move(["user://b"], target)
        equal((answer.status, list(answer.json)), (status, ["error"]), target)
    for body in ({"sourcePaths": [], "targetParentPath": "user://"}, {"targetParentPath": "user://"},
                 {"sourcePaths": [7], "targetParentPath": "user://"}):
        equal(files.server.ask("PUT", "/api/fam/move", body).status, 422, body)
    equal((files.user / "new" / "b").read_text(), "b")


def check_delete(files):
    for name in ("a", "d/e/f", "d/g"):
        (files.user / name).parent.mkdir(parents=True, exist_ok=True)
        (files.user / name).write_text(name)
    (files.user / "d" / "link").symlink_to("/etc")
    equal((files.delete("user://d", "user://a").status, files.names("user://")), (204, ["library", "projects"]))
    (files.user / "a").write_text("")
    answer = files.delete("user://a", "user://none")
    equal((answer.status, [error["path"] for error in answer.json["errors"]]), (207, ["user://none"]))
    equal(files.delete("user://none").status, 404)
    for path in ("user://", "user://projects", "user://library/", "shared://library", "shared://", "user://a/../projects",
                 "system://public/x", "system://data/app.sqlite", "user://%2e/library"):
        equal(files.delete(path).status, 403, path)
    for body in (None, {}, {"logicalPaths": []}, {"logicalPaths": "user://a"}):
        equal(files.server.ask("DELETE", "/api/fam/delete", body).status, 422, body)
    equal(files.names("user://"), ["library", "projects"])


def test_statuses():
    for check in (check_write, check_create, check_rename, check_move, check_delete):
        with_files(PROGRAM, check)


# --- ways out ---------------------------------------------------------------------------------------------------

UP = ["..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "..%2f..", "..%5c..", "..%255c..", "%c0%ae%c0%ae", "%e0%80%ae.",
      "..;", "..%00", "..%20", "...", "....//", "%uff0e%uff0e", "．．", "‥", "..／..", "..∕..", "..⁄..", "..＼.."]


def check_traversal(files):
    (files.root / "config.json").write_text('{"secret": "pw-7391"}')
    (files.root / "userData" / "other").mkdir()
    (files.root / "userData" / "other" / "config.json").write_text('{"secret": "pw-7391"}')
    targets = ("config.json", "data/app.sqlite", "userData/other/config.json", "other/config.json", "etc/passwd")
    for up in UP:
        for depth in (1, 2, 3, 9):
            for target in targets:
                for scheme in ("user://", "user://projects/", "shared://library/", "system://public/", "user:///"):
                    raw = scheme + "/".join([up] * depth) + "/" + target
                    for address in (raw, raw.replace("/", "%2F"), raw.replace("/", "%5C")):
                        look_through(files, address.replace(" ", "%20"))


def look_through(files, address):
    address = urllib.parse.quote(address, safe="/:;%.")
    answer = files.server.get("/api/fam/download/" + address)
    assert answer.status in (400, 403, 404), (answer.status, address)
    assert b"pw-7391" not in answer.bytes and b"root:" not in answer.bytes, address


def check_links(files):
    outside = files.root / "outside"
    outside.mkdir()
    (outside / "secret").write_text("pw-7391")
    (files.user / "out").symlink_to(outside)
    (files.user / "up").symlink_to("..")
    (files.user / "file").symlink_to(outside / "secret")
    (files.user / "projects" / "P").symlink_to(outside)
    (files.user / "inner").mkdir()
    (files.user / "in").symlink_to("inner")
    for path in ("user://out/secret", "user://file", "user://up/other", "user://projects/P/secret"):
        for answer in (files.read(path), files.download(path), files.write(path, 1), files.rename(path, "x")
                       if path != "user://file" else files.read(path)):
            equal(answer.status, 403, path)
            assert b"pw-7391" not in answer.bytes and str(files.root).encode() not in answer.bytes, answer.bytes
    equal(files.list("user://out").status, 403)
    equal(files.create("user://out", "x").status, 403)
    equal(files.upload("user://out", ("x", b"1")).status, 403)
    equal(files.move(["user://inner"], "user://out").status, 403)
    equal(files.delete("user://out/secret").status, 403)
    equal((sorted(os.listdir(outside)), (outside / "secret").read_text()), (["secret"], "pw-7391"))
    equal(files.write("user://in/x.json", 1).status, 204)
    assert (files.user / "inner" / "x.json").exists()
    # A link itself may be renamed and deleted; what it leads to stays.
    equal((files.rename("user://out", "away").status, files.delete("user://away", "user://in").status), (200, 204))
    assert (outside / "secret").exists() and (files.user / "inner" / "x.json").exists()


def check_special_files(files):
    os.mkfifo(files.user / "pipe")
    listener = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(files.user)
    listener.bind("socket")
    os.chdir(here)
    for name in ("pipe", "socket"):
        for answer in (files.read("user://" + name), files.download("user://" + name)):
            assert answer.status in (403, 500), (name, answer.status)
        assert name in files.names("user://")
        equal(files.write("user://" + name, 1).status, 400)
        equal(files.delete("user://" + name).status, 204)
    listener.close()


def check_odd_names(files):
    (files.user / "Case").write_text("A")
    (files.user / "case").write_text("b")
    (files.user / "\u00e9").write_text("composed")
    (files.user / "e\u0301").write_text("decomposed")
    equal((files.read("user://Case").text, files.read("user://case").text), ("A", "b"))
    equal((files.read("user://\u00e9").text, files.read("user://e\u0301").text), ("composed", "decomposed"))
    for path in ("USER://Case", "User://Case", "ｕser://Case", "user：//Case", "file:///etc/passwd", "user:/Case"):
        equal(files.read(path).status, 400, path)
    long_name = "n" * 255
    equal(files.write("user://" + long_name, 1).status, 500 if not can_keep(files, long_name) else 204)
    for path in ("user://" + "n" * 300, "user://" + "d/" * 200, "user://" + "界" * 100, "user://" + "x" * 20000):
        assert files.read(path).status in (400, 414), path[:40]
    (files.user / "back\\slash").write_text("")
    with open(os.fsencode(files.user) + b"/\xff", "w"):
        pass
    equal(files.names("user://")[:2], ["Case", "case"])
    assert "back\\slash" not in files.names("user://")


def can_keep(files, name):
    return len(name) <= os.pathconf(files.user, "PC_NAME_MAX")


def check_closed_areas(files):
    equal(files.list("system://public").status, 200)
    (files.root / "public" / "x.txt").write_text("open")
    equal(files.read("system://public/x.txt").text, "open")
    equal([item["isWritable"] for item in files.list("system://public").json], [False])
    for area in ("data", "config", "logs", "logs/executions", "sdk", "sdk/config.json", "data/app.sqlite",
                 "data/access-tokens.json"):
        for answer in (files.list("system://" + area), files.read("system://" + area), files.download("system://" + area),
                       files.delete("system://" + area), files.create("system://" + area, "x")):
            equal(answer.status, 403, area)
    for path in ("system://", "system://plugins", "system://tmp", "system://userData"):
        equal(files.list(path).status, 400, path)


def check_large_listing(files):
    folder = files.user / "many"
    folder.mkdir()
    for number in range(2000):
        (folder / f"{number:05d}.txt").touch()
    names = files.names("user://many/")
    equal((len(names), names[0], names[-1], names == sorted(names)), (2000, "00000.txt", "01999.txt", True))


def test_traversal():
    with_files(PROGRAM, check_traversal)


def test_ways_out():
    for check in (check_links, check_special_files, check_odd_names, check_closed_areas, check_large_listing):
        with_files(PROGRAM, check)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
