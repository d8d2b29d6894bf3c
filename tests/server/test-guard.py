#!/usr/bin/env python3
# test-guard.py: who is let in, and how much they may send
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-guard.py SERVER_PROGRAM

import json
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Refused, Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
JSON = {"Content-Type": "application/json"}
MIB = 1 << 20


def upgrade_status(server, **options):
    try:
        server.socket(**options).close()
        return 101
    except Refused as error:
        return error.status


def test_host():
    with Server(PROGRAM) as server:
        port = server.port
        for host in (f"localhost:{port}", f"LOCALHOST:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
            equal(server.get("/api/plugins", Host=host).status, 200, host)
            equal(upgrade_status(server, host=host), 101, host)
        for host in ("localhost", "127.0.0.1", f"localhost:{port + 1}", f"localhost.evil.com:{port}",
                     f"127.0.0.1.evil:{port}", f"evil.com:{port}", f"evil-localhost:{port}", f"localhost:{port}.evil",
                     f"localhost:0{port}", f"user@localhost:{port}", f"::1:{port}", f"127.1:{port}", f"0.0.0.0:{port}",
                     f"localhost.:{port}", f"localhost:{port},evil.com", "", " "):
            equal(server.get("/api/plugins", Host=host).status in (400, 403), True, host)
            equal(upgrade_status(server, host=host or " ") in (400, 403), True, host)
        answer = server.get("/api/plugins", Host="evil.com")
        equal(answer.status, 403)
        assert answer.json["error"]


def test_host_twice():
    with Server(PROGRAM) as server:
        for hosts in ((server.host, "evil.com"), ("evil.com", server.host)):
            lines = "".join(f"Host: {host}\r\n" for host in hosts)
            status = server.raw(f"GET /api/plugins HTTP/1.1\r\n{lines}\r\n".encode()).split(b" ")[1]
            equal(status in (b"400", b"403"), True, hosts)
        equal(server.raw(b"GET /api/plugins HTTP/1.0\r\n\r\n").split(b" ")[1] in (b"400", b"403"), True)


def test_origin():
    with Server(PROGRAM, "--origin", "http://panel.test:8080") as server:
        port = server.port
        for origin in (f"http://localhost:{port}", f"http://127.0.0.1:{port}", f"http://[::1]:{port}",
                       "http://localhost:5573", "http://127.0.0.1:5573", "http://panel.test:8080"):
            answer = server.get("/api/plugins", Origin=origin)
            equal((answer.status, answer.headers["Access-Control-Allow-Origin"]), (200, origin))
            equal(answer.headers["Vary"], "Origin")
            equal(upgrade_status(server, headers={"Origin": origin}), 101, origin)
        for origin in ("null", "http://evil.com", f"https://localhost:{port}", "http://localhost",
                       f"http://localhost:{port}.evil.com", f"http://localhost:{port}@evil.com",
                       f"http://localhost.evil.com:{port}", "http://127.0.0.1.evil:5573", "http://localhost:55733",
                       "http://localhost:5573/", "file://", "", f"http://localhost:{port}, http://evil.com"):
            answer = server.get("/api/plugins", Origin=origin)
            equal(answer.status, 403, origin)
            assert "Access-Control-Allow-Origin" not in answer.headers, origin
            equal(server.ask("POST", "/api/projects", {"name": "x"}, {"Origin": origin}).status, 403, origin)
            equal(upgrade_status(server, headers={"Origin": origin}), 403, origin)
        equal(server.get("/api/projects").json, [])


def test_preflight():
    with Server(PROGRAM) as server:
        asked = {"Origin": "http://localhost:5573", "Access-Control-Request-Method": "PUT"}
        for path in ("/api/projects/x", "/nowhere"):
            answer = server.ask("OPTIONS", path, headers=asked)
            equal((answer.status, answer.bytes), (204, b""))
            equal(answer.headers["Access-Control-Allow-Methods"], "GET, POST, PUT, DELETE, OPTIONS")
            equal(answer.headers["Access-Control-Allow-Headers"], "Content-Type, Authorization")
            equal(answer.headers["Access-Control-Max-Age"], "5")
        answer = server.ask("OPTIONS", "/api/projects", headers={"Origin": "http://evil.com"})
        equal((answer.status, "Access-Control-Allow-Methods" in answer.headers), (403, False))
        # Errors as well: a page could not read them otherwise
        answer = server.get("/api/projects/nope/metadata", Origin="http://localhost:5573")
        equal((answer.status, answer.headers["Access-Control-Allow-Origin"]), (404, "http://localhost:5573"))


def test_fetch_metadata():
    with Server(PROGRAM) as server:
        def status(path, site, mode="no-cors", dest="empty"):
            return server.get(path, **{"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}).status

        for site in ("none", "same-origin", "same-site"):
            equal(status("/api/plugins", site), 200, site)
        equal(status("/api/plugins", "cross-site"), 403)
        equal(status("/avatars/x.png", "cross-site", dest="image"), 403)
        # A link on another page may be followed, but not into a frame and not to data
        equal(status("/", "cross-site", "navigate", "document"), 200)
        equal(status("/", "cross-site", "navigate", "iframe"), 403)
        equal(status("/api/plugins", "cross-site", "navigate", "document"), 403)


def test_safety_headers():
    with Server(PROGRAM) as server:
        for answer in (server.get("/"), server.get("/api/nodes"), server.get("/api/nope"),
                       server.get("/api/plugins", Host="evil.com")):
            equal(answer.headers["X-Content-Type-Options"], "nosniff")
            equal(answer.headers["X-Frame-Options"], "SAMEORIGIN")


def test_content_type():
    """A page elsewhere can send forms and plain text without asking first."""
    with Server(PROGRAM) as server:
        body = json.dumps({"name": "x"}).encode()
        for path in ("/api/projects", "/api/nodes/reload", "/api/projects/x/workflows", "/api/prompt"):
            for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", None,
                         "application/jsonp", "text/json"):
                answer = server.ask("POST", path, body, {"Content-Type": kind})
                equal(answer.status, 415, f"{path} {kind}")
                assert answer.json["error"]
        equal(server.ask("PUT", "/api/users/me/username", b'{"username":"x"}').status, 415)
        equal(server.get("/api/projects").json, [])
        equal(server.ask("POST", "/api/projects", body, {"Content-Type": "Application/JSON; charset=utf-8"}).status, 201)


def test_too_large():
    with Server(PROGRAM) as server:
        big = b'{"name":"' + b"x" * (2 * MIB) + b'"}'
        answer = server.ask("POST", "/api/projects", big, JSON)
        equal(answer.status, 413)
        assert "1.0\u00a0MiB" in answer.json["error"], answer.json
        # Workflows may be larger
        equal(server.ask("POST", "/api/projects/x/workflows", big, JSON).status, 400)
        length = {**JSON, "Content-Length": str(65 * MIB)}
        line = socket.create_connection(("127.0.0.1", server.port))
        head = "".join(f"{k}: {v}\r\n" for k, v in {"Host": server.host, "Expect": "100-continue", **length}.items())
        line.sendall(f"POST /api/projects/x/workflows HTTP/1.1\r\n{head}\r\n".encode())
        # Refused before any of it was sent
        equal(line.recv(4096).split(b" ")[1], b"413")
        line.close()
        equal(server.get("/api/projects").status, 200)


def test_too_large_in_chunks():
    with Server(PROGRAM) as server:
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        answer = server.ask("POST", "/api/projects", chunk * 40 + b"0\r\n\r\n", {**JSON, "Transfer-Encoding": "chunked"})
        equal(answer.status, 413)
        equal(server.get("/api/projects").status, 200)


def test_bad_length():
    with Server(PROGRAM) as server:
        for length in ("-1", "99999999999999999999999999"):
            head = f"POST /api/projects HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: {length}\r\n\r\n"
            got = server.raw(head.encode())
            equal(got == b"" or got.split(b" ")[1] in (b"400", b"413"), True, got)
        equal(server.get("/api/projects").status, 200)


def test_broken_requests():
    with Server(PROGRAM) as server:
        for data in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x00" * 1000, b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20000 + b"\r\n",
                     b"GET " + b"/x" * 100000 + b" HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
            server.raw(data)
        equal(server.get("/api/projects").status, 200)


def test_many_connections():
    """A burst of connections is taken, and silent ones do not keep others out."""
    with Server(PROGRAM) as server:
        lines = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for i in range(300)]
        start = time.monotonic()
        equal(server.get("/api/projects").status, 200)
        assert time.monotonic() - start < 2
        for line in lines:
            line.close()


def test_both_families():
    with Server(PROGRAM) as server:
        equal(server.ask("GET", "/api/plugins", address="127.0.0.1").status, 200)
        try:
            probe = socket.create_server(("::1", 0), family=socket.AF_INET6)
        except OSError:
            return  # no IPv6 on this machine
        probe.close()
        equal(server.ask("GET", "/api/plugins", address="::1").status, 200)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
