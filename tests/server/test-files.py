#!/usr/bin/env python3
# test-files.py: the file manager: every status of every route, and every way out of its folders (http-api.md 13)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-files.py SERVER_PROGRAM

import concurrent.futures
import hashlib
import os
import socket
import sys
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]


def encoded(text):
    return urllib.parse.quote(text, safe="")


class Files:
    """A server, its user's folder, and the routes by name."""

    def __init__(self, server):
        self.server = server
        self.root = Path(server.data)
        self.user = self.root / "userData" / "default_user"

    def list(self, path, **headers):
        return self.server.get("/api/fam/list/" + encoded(path), **headers)

    def read(self, path):
        return self.server.get("/api/fam/read/" + encoded(path))

    def download(self, path, **headers):
        return self.server.get("/api/fam/download/" + encoded(path), **headers)

    def write(self, path, content):
        return self.server.ask("POST", "/api/fam/write-json", {"logicalPath": path, "content": content})

    def create(self, parent, name):
        return self.server.ask("POST", "/api/fam/create-dir", {"parentLogicalPath": parent, "dirName": name})

    def rename(self, path, name):
        return self.server.ask("PUT", "/api/fam/rename", {"logicalPath": path, "newName": name})

    def move(self, sources, target):
        return self.server.ask("PUT", "/api/fam/move", {"sourcePaths": sources, "targetParentPath": target})

    def delete(self, *paths):
        return self.server.ask("DELETE", "/api/fam/delete", {"logicalPaths": list(paths)})

    def upload(self, folder, *files):
        return self.server.ask("POST", "/api/fam/upload/" + encoded(folder), *form(*files))

    def names(self, path):
        return [item["name"] for item in self.list(path).json]

    def spooled(self):
        """Temporary files; they go a moment after their request has ended."""
        folder = self.root / "tmp"
        for _ in range(500):
            left = os.listdir(folder) if folder.exists() else []
            if not left:
                break
            time.sleep(0.01)
        return left


def form(*files):
    return wire.form([("files", name, content) for name, content in files])


def with_files(function, environment=None):
    saved = dict(os.environ)
    os.environ.update(environment or {})
    try:
        with Server(PROGRAM) as server:
            function(Files(server))
    finally:
        os.environ.clear()
        os.environ.update(saved)


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
        with_files(check)


# --- downloads --------------------------------------------------------------------------------------------


def check_download(files):
    for name, kind, way in (("a.html", "text/html", "inline"), ("a.TXT", "text/plain", "inline"),
                            ("a.json", "application/json", "inline"), ("a.png", "image/png", "inline"),
                            ("a.jpeg", "image/jpeg", "inline"), ("a.svg", "image/svg+xml", "inline"),
                            ("a.pdf", "application/pdf", "inline"), ("a.js", "application/javascript", "attachment"),
                            ("a.mjs", "application/javascript", "attachment"), ("a.css", "text/css", "attachment"),
                            ("a.webp", "image/webp", "inline"), ("a.gif", "image/gif", "inline"),
                            ("a.mp3", "audio/mpeg", "inline"), ("a.mp4", "video/mp4", "inline"),
                            ("a.woff2", "font/woff2", "attachment"), ("a", "application/octet-stream", "attachment"),
                            ("a.exe", "application/octet-stream", "attachment")):
        (files.user / name).write_bytes(b"12345")
        answer = files.download("user://" + name)
        equal((answer.status, answer.type, answer.bytes), (200, kind, b"12345"), name)
        assert answer.headers["Content-Disposition"].startswith(f'{way}; filename="{name}"'), answer.headers
        equal(answer.headers["Content-Length"], "5")
    (files.user / 'ü "x".txt').write_text("")
    header = files.download('user://ü "x".txt').headers["Content-Disposition"]
    assert header.startswith('inline; filename="%C3%BC%20%22x%22.txt"'), header
    for path, status in (("user://none", 404), ("user://projects", 400), ("", 400), ("x", 400), ("user://none/x", 404),
                         ("user://a.html/x", 404), ("system://data/app.sqlite", 403), ("system://public/none", 404)):
        equal(files.download(path).status, status, path)


def check_ranges(files):
    small = bytes(range(256))
    large = hashlib.shake_128(b"hearth").digest(1_000_000)
    for name, content in (("small", small), ("large", large)):
        (files.user / name).write_bytes(content)
        size = len(content)
        for wish, start, end in (("bytes=0-0", 0, 1), ("bytes=5-9", 5, 10), (f"bytes={size - 1}-", size - 1, size),
                                 ("bytes=-7", size - 7, size), ("bytes=10-999999999", 10, size), ("bytes=-999999999", 0, size)):
            answer = files.download("user://" + name, Range=wish)
            equal((answer.status, answer.headers["Content-Range"]), (206, f"bytes {start}-{end - 1}/{size}"), wish)
            assert answer.bytes == content[start:end], wish
        for wish in (f"bytes={size}-", "bytes=-0", "bytes=9223372036854775807-"):
            answer = files.download("user://" + name, Range=wish)
            equal((answer.status, answer.headers["Content-Range"], answer.bytes), (416, f"bytes */{size}", b""), wish)
        for wish in ("bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "bytes=", "bytes=1", "bytes=99999999999999999999-"):
            answer = files.download("user://" + name, Range=wish)
            assert (answer.status, answer.bytes) == (200, content), wish


def check_conditions(files):
    (files.user / "f").write_bytes(b"x" * 1_000_000)
    first = files.download("user://f")
    etag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert etag.startswith('"') and etag.endswith('"'), etag
    equal(files.download("user://f", **{"If-None-Match": etag}).status, 304)
    equal(files.download("user://f", **{"If-None-Match": '"other"'}).status, 200)
    for condition, status in ((etag, 206), (date, 206), ('"other"', 200), ("Thu, 01 Jan 1970 00:00:00 GMT", 200)):
        equal(files.download("user://f", **{"Range": "bytes=0-1", "If-Range": condition}).status, status, condition)
    head = files.server.ask("HEAD", "/api/fam/download/user://f")
    equal((head.status, head.bytes, head.headers["Content-Length"]), (200, b"", "1000000"))
    (files.user / "f").write_bytes(b"y" * 1_000_000)
    assert files.download("user://f").headers["ETag"] != etag


def check_hung_up_download(files):
    """Who goes away in the middle costs nothing, and the next is served."""
    (files.user / "f").write_bytes(b"x" * 50_000_000)
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", files.server.port), timeout=10) as line:
            line.sendall(f"GET /api/fam/download/user://f HTTP/1.1\r\nHost: {files.server.host}\r\n\r\n".encode())
            line.recv(1000)
    equal(len(files.download("user://f").bytes), 50_000_000)
    peak = next(line for line in Path(f"/proc/{files.server.process.pid}/status").read_text().splitlines()
                if line.startswith("VmHWM"))
    # Under a sanitizer everything weighs more
    assert b"__asan_init" in Path(PROGRAM).read_bytes() or int(peak.split()[1]) < 60_000, peak


def test_downloads():
    for check in (check_download, check_ranges, check_conditions, check_hung_up_download):
        with_files(check)


# --- uploads ------------------------------------------------------------------------------------------------


def check_upload(files):
    answer = files.upload("user://t/new", ("f1.txt", b"abc"), ("说明.bin", bytes(range(256)) * 5000), ("empty", b""))
    equal(answer.json[0], {"name": "f1.txt", "logicalPath": "user://t/new/f1.txt", "itemType": "file", "size": 3})
    equal([item["size"] for item in answer.json], [3, 1280000, 0])
    equal((files.user / "t/new/说明.bin").read_bytes(), bytes(range(256)) * 5000)
    equal(files.upload("user://t/new", ("f1.txt", b"newer")).status, 200)
    equal((files.user / "t/new/f1.txt").read_bytes(), b"newer")
    equal(files.spooled(), [])


def check_upload_names(files):
    for name in ("../../../climb", "..\\..\\climb", "/etc/climb", "C:\\dir\\climb"):
        equal(files.upload("user://t", (name, b"1")).json[0]["logicalPath"], "user://t/climb", name)
    for name in ("..", "a/..", "nul", "", " ", "n" * 256, "a\tb"):
        answer = files.upload("user://t", (name, b"1"))
        equal((answer.status, answer.json["results"]), (400, []), name)
    answer = files.upload("user://t", ("good", b"1"), ("..", b"2"))
    equal((answer.status, [i["name"] for i in answer.json["results"]], [e["name"] for e in answer.json["errors"]]),
          (207, ["good"], [".."]))
    equal(files.names("user://t"), ["climb", "good"])
    equal(files.spooled(), [])


def check_upload_refused(files):
    body, headers = form(("f", b"1"))
    for folder, status in (("system://public", 403), ("system://data", 403), ("shared://", 403), ("nothing", 400), ("", 400)):
        equal(files.upload(folder, ("f", b"1")).status, status, folder)
    ask = files.server.ask
    path = "/api/fam/upload/user%3A%2F%2Ft"
    equal(ask("POST", path, {"files": {}}).status, 415)
    equal(ask("POST", path, body).status, 415)
    equal(ask("POST", path, body, {"Content-Type": "text/plain"}).status, 415)
    equal(ask("POST", path, body, {"Content-Type": "multipart/form-data"}).status, 400)
    equal(ask("POST", path, body[:-20], headers).status, 400)
    equal(ask("POST", path, b"", headers).status, 400)
    equal(ask("POST", path, b"--edge--", headers).status, 422)
    # A field that says it is our list of files is none
    text = b'--edge\r\nContent-Disposition: form-data; name="files"\r\n\r\n[{"name":"x","path":"/etc/passwd"}]\r\n--edge--'
    equal(ask("POST", path, text, headers).status, 422)
    long_text = b'--edge\r\nContent-Disposition: form-data; name="x"\r\n\r\n' + b"x" * 2_000_000 + b"\r\n--edge--"
    equal(ask("POST", path, long_text, headers).status, 413)
    head = (f"POST {path} HTTP/1.1\r\nHost: {files.server.host}\r\nContent-Length: {9 << 30}\r\n"
            f"Content-Type: {headers['Content-Type']}\r\nExpect: 100-continue\r\n\r\n")
    assert files.server.raw(head.encode()).startswith(b"HTTP/1.1 413"), head
    equal(list(files.user.glob("t/*")), [])
    equal(files.spooled(), [])


def check_upload_over_folder(files):
    (files.user / "t" / "taken").mkdir(parents=True)
    equal(files.upload("user://t", ("taken", b"1")).status, 400)
    (files.user / "link").symlink_to("/tmp")
    equal(files.upload("user://link", ("hearth-climbed", b"1")).status, 403)
    (files.user / "t" / "out").symlink_to("/tmp/hearth-never")
    equal(files.upload("user://t", ("out", b"1")).status, 200)
    equal(((files.user / "t" / "out").is_symlink(), Path("/tmp/hearth-never").exists()), (False, False))
    equal(files.spooled(), [])


def check_cut_off(files):
    """The line breaks in the middle: nothing stays behind, neither the file nor what was spooled of it."""
    head = (f"POST /api/fam/upload/user%3A%2F%2Ft HTTP/1.1\r\nHost: {files.server.host}\r\nContent-Length: 90000000\r\n"
            "Content-Type: multipart/form-data; boundary=edge\r\n\r\n"
            '--edge\r\nContent-Disposition: form-data; name="files"; filename="half"\r\n\r\n').encode()
    for size in (0, 10, 100_000, 20_000_000):
        with socket.create_connection(("127.0.0.1", files.server.port), timeout=20) as line:
            line.sendall(head + b"x" * size)
    equal(files.spooled(), [])
    equal(files.upload("user://t", ("whole", b"1")).status, 200)
    equal(files.names("user://t"), ["whole"])


def check_many_at_once(files):
    contents = {f"f{i}": hashlib.shake_128(str(i).encode()).digest(3_000_000 + i) for i in range(12)}

    def send(item):
        return files.upload("user://t", item).status

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        equal(list(pool.map(send, contents.items())), [200] * 12)
    for name, content in contents.items():
        assert (files.user / "t" / name).read_bytes() == content, name
    # All of the same name: one of them, and whole
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        equal(list(pool.map(send, [("same", content) for content in contents.values()])), [200] * 12)
    assert (files.user / "t" / "same").read_bytes() in contents.values()
    equal(files.spooled(), [])


def check_no_room(files):
    answer = files.upload("user://t", ("f", b"1"))
    equal((answer.status, list(answer.json)), (507, ["error"]))
    equal(files.spooled(), [])
    equal(files.names("user://t"), [])


def test_uploads():
    for check in (check_upload, check_upload_names, check_upload_refused, check_upload_over_folder, check_cut_off,
                  check_many_at_once):
        with_files(check)


def test_no_room():
    with_files(check_no_room, {"HEARTH_KEEP_FREE": str(1 << 60)})


def test_stale_uploads_go():
    """What a crash left behind is removed, what another process may still be writing is not."""
    def check(files):
        folder = files.root / "tmp"
        folder.mkdir()
        for name, age in (("upload-old", 2 * 86400), ("upload-new", 60), ("other", 2 * 86400)):
            (folder / name).write_text("")
            os.utime(folder / name, (time.time() - age,) * 2)
        equal(files.upload("user://t", ("f", b"1")).status, 200)
        for _ in range(500):
            if sorted(os.listdir(folder)) == ["other", "upload-new"]:
                return
            time.sleep(0.01)
        raise AssertionError(os.listdir(folder))

    with_files(check)


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
    with_files(check_traversal)


def test_ways_out():
    for check in (check_links, check_special_files, check_odd_names, check_closed_areas, check_large_listing):
        with_files(check)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
