#!/usr/bin/env python3
# test-transfers.py: files of the file manager on their way out and in, whole, in parts and cut off (http-api.md 13)
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-transfers.py SERVER_PROGRAM

import concurrent.futures
import hashlib
import os
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from files import form, with_files  # noqa: E402
from wire import equal  # noqa: E402

PROGRAM = sys.argv[1]


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
        with_files(PROGRAM, check)


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
        with_files(PROGRAM, check)


def test_no_room():
    with_files(PROGRAM, check_no_room, {"HEARTH_KEEP_FREE": str(1 << 60)})


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

    with_files(PROGRAM, check)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
