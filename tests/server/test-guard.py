#!/usr/bin/env python3
# test-guard.py: who is let in, and how much they may send
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-guard.py SERVER_PROGRAM

import json
import socket
import subprocess
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
                     f"localhost.:{port}", f"localhost:{port},evil.com", "", " ",
                     f"[::ffff:127.0.0.1]:{port}", f"[::ffff:7f00:1]:{port}", f"[0:0:0:0:0:0:0:1]:{port}", f"[::]:{port}",
                     f"2130706433:{port}", f"0x7f000001:{port}", f"0177.0.0.1:{port}", f"127.0.0.2:{port}",
                     f"127.0.0.1.nip.io:{port}", f"localtest.me:{port}", f"LOCALHOST.evil.com:{port}", f"localhost:{port}/",
                     f"localhost:{port}#", f"localhost:{port}?", f"localhost :{port}", f"http://localhost:{port}"):
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
                       "http://localhost:5573/", "file://", "", f"http://localhost:{port}, http://evil.com",
                       f"http://[::ffff:127.0.0.1]:{port}", f"http://evil-localhost:{port}", f"http://evil.com/localhost:{port}",
                       f"http://evil.com#localhost:{port}", f"http://evil.com?http://localhost:{port}", "http://xlocalhost:5573",
                       f"http://localhost:{port}0", f" http://localhost:{port + 1}", "NULL", "*", "chrome-extension://abc",
                       f"ws://localhost:{port}", f"//localhost:{port}", f"http://127.0.0.1:{port}.evil.com"):
            answer = server.get("/api/plugins", Origin=origin)
            equal(answer.status, 403, origin)
            assert "Access-Control-Allow-Origin" not in answer.headers, origin
            equal(server.ask("POST", "/api/projects", {"name": "x"}, {"Origin": origin}).status, 403, origin)
            equal(upgrade_status(server, headers={"Origin": origin}), 403, origin)
        equal(server.get("/api/projects").json, [])


def test_exposed():
    """What an answer in part says of itself can be read by the pages that may ask."""
    with Server(PROGRAM) as server:
        equal(server.ask("POST", "/api/fam/write-json", {"logicalPath": "user://a.json", "content": [1, 2]}).status, 204)
        part = server.get("/api/fam/download/user:%2F%2Fa.json", Origin="http://localhost:5573", Range="bytes=0-0")
        equal((part.status, part.bytes, part.headers["Accept-Ranges"]), (206, b"[", "bytes"))
        exposed = part.headers["Access-Control-Expose-Headers"].split(", ")
        for name in ("ETag", "Content-Disposition", "Content-Length", "Content-Range", "Accept-Ranges"):
            assert name in exposed and name in part.headers, (name, part.headers)
        equal(server.get("/api/plugins", Origin="http://evil.com").headers["Access-Control-Expose-Headers"], None)


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


# --- every route ----------------------------------------------------------------------------------------------


class Route:
    def __init__(self, line):
        self.method, self.pattern, self.body = line.split()

    def path(self, **known):
        """Parts that are not known are called x."""
        parts = [known.get(part[1:], "x") if part[:1] in (":", "*") else part for part in self.pattern.split("/")]
        return "/".join(parts)

    def __str__(self):
        return f"{self.method} {self.pattern}"


def routes():
    lines = subprocess.run([PROGRAM, "--routes"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) > 30
    return [Route(line) for line in lines]


FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "TEXT/PLAIN;charset=utf-8")


def test_forms_are_refused_everywhere():
    """What a page elsewhere can send without asking first changes nothing."""
    with Server(PROGRAM) as server:
        before = tree(server)
        for route in routes():
            if route.method == "GET":
                continue
            for kind in FORMS:
                for body in (b"a=b", b""):
                    headers = {"Content-Type": kind}
                    if route.body != "bytes" and not (route.body == "form" and kind.startswith("multipart")):
                        equal(server.ask(route.method, route.path(), body, headers).status, 415, f"{route} {kind}")
                    # And a form that is wanted is not wanted from elsewhere
                    for more in ({"Origin": "http://evil.com"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
                        equal(server.ask(route.method, route.path(), body, {**headers, **more}).status, 403, f"{route} {kind} {more}")
        equal(tree(server), before)


def tree(server):
    """Every file and folder with its content; SQLite's own notes about who reads are none."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in Path(server.data).rglob("*")
            if not path.name.endswith(("-wal", "-shm"))}


def test_reading_changes_nothing():
    """Whatever GET is asked, the data folder is the same afterwards."""
    with Server(PROGRAM) as server:
        server.ask("POST", "/api/projects", {"name": "p"})
        workflow = {"name": "w", "id": "w", "nodes": [], "edges": [], "viewport": {"x": 0, "y": 0, "zoom": 1}}
        equal(server.ask("POST", "/api/projects/p/workflows", workflow).status, 201)
        run = server.ask("POST", "/api/prompt", {"nodes": [], "edges": []}).json["promptId"]
        while server.get(f"/api/history/{run}").status != 200:
            time.sleep(0.05)
        known = {"projectId": "p", "workflowId": "w", "promptId": run, "logicalPath": "user://projects/p"}
        server.get("/api/history")
        # The run's log is written behind its back
        while not any("WORKFLOW_EXECUTION_END" in log.read_text() for log in Path(server.data).glob("logs/executions/*/*.log")):
            time.sleep(0.05)
        before = tree(server)
        for route in routes():
            if route.method != "GET":
                continue
            for names in (known, {}, {"logicalPath": "user://nowhere/at/all", "projectId": "nowhere"}):
                for method in ("GET", "HEAD"):
                    for query in ("", "?overwrite=true&create=1&page=1&limit=5&projectId=p"):
                        server.ask(method, route.path(**names) + query)
        server.get("/api/history")
        equal(sorted(tree(server)), sorted(before))
        equal(tree(server), before)
        # The protocol's one exception: the file manager opens a folder that is not there yet. Only our own pages can.
        path = "/api/fam/list/user://made?ensureExists=true"
        for more in ({"Origin": "http://evil.com"}, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
                     {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}):
            equal(server.get(path, **more).status, 403, more)
        equal(tree(server), before)
        equal(server.get(path).status, 200)
        assert len(tree(server)) == len(before) + 1


def test_headers_everywhere():
    """Whatever the answer is: no frame of another page, no guessing of types, no word to other origins."""
    with Server(PROGRAM) as server:
        seen = set()

        def check(answer, what):
            equal(answer.headers["X-Content-Type-Options"], "nosniff", what)
            equal(answer.headers["X-Frame-Options"], "SAMEORIGIN", what)
            equal(answer.headers["Referrer-Policy"], "same-origin", what)
            equal("Origin" in answer.headers["Vary"], True, what)
            equal("Server" in answer.headers and answer.headers["Server"] != "Hearth", False, what)
            seen.add(answer.status)

        for route in routes():
            body = {} if route.body == "json" else None
            for headers in ({}, {"Origin": f"http://localhost:{server.port}"}):
                answer = server.ask(route.method, route.path(), body, headers)
                check(answer, route)
                equal(answer.headers.get("Access-Control-Allow-Origin"), headers.get("Origin"), route)
            answer = server.ask(route.method, route.path(), body, {"Origin": "http://evil.com"})
            check(answer, route)
            equal([name for name in answer.headers if name.startswith("Access-Control")], [], route)
            preflight = {"Origin": "http://evil.com", "Access-Control-Request-Method": route.method}
            answer = server.ask("OPTIONS", route.path(), None, preflight)
            equal(answer.status, 403, route)
            equal([name for name in answer.headers if name.startswith("Access-Control")], [], route)
        check(server.get("/api/nodes", **{"If-None-Match": server.get("/api/nodes").headers["ETag"]}), "not modified")
        check(server.ask("POST", "/api/projects", b"a", {"Content-Type": "text/plain"}), "a form")
        check(server.ask("POST", "/api/projects", b"x" * (2 * MIB), JSON), "too large")
        check(server.get("/api/prompt/%zz"), "a bad path")
        check(server.ask("POST", "/api/projects", {"name": "p"}), "made")
        check(server.ask("DELETE", "/api/projects/p"), "gone")
        check(server.ask("BREW", "/api/projects"), "another method")
        projects = Path(server.data, "userData", "default_user", "projects")
        projects.rename(projects.with_name("away"))
        projects.write_text("no folder")
        check(server.get("/api/projects"), "a broken disk")
        check(server.ask("POST", "/api/projects", {"name": "q"}), "a broken disk")
        equal(seen >= {200, 201, 204, 304, 400, 403, 404, 413, 415, 500}, True, seen)


def test_private_network():
    """A page of the public web has to ask before it reaches into the private one; ours may."""
    with Server(PROGRAM) as server:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Private-Network": "true"}
        answer = server.ask("OPTIONS", "/api/projects", headers={**asked, "Origin": "http://localhost:5573"})
        equal((answer.status, answer.headers["Access-Control-Allow-Private-Network"]), (204, "true"))
        del asked["Access-Control-Request-Private-Network"]
        answer = server.ask("OPTIONS", "/api/projects", headers={**asked, "Origin": "http://localhost:5573"})
        equal((answer.status, "Access-Control-Allow-Private-Network" in answer.headers), (204, False))
        asked["Access-Control-Request-Private-Network"] = "true"
        for origin in ("http://evil.com", "null", "https://localhost:5573"):
            answer = server.ask("OPTIONS", "/api/projects", headers={**asked, "Origin": origin})
            equal((answer.status, "Access-Control-Allow-Private-Network" in answer.headers), (403, False), origin)


def test_rebinding():
    """A name that somebody lets resolve to 127.0.0.1 makes his page ours in the eyes of a browser, not in ours."""
    with Server(PROGRAM) as server:
        host = f"rebound.evil.com:{server.port}"
        page = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        for path in ("/", "/api/nodes", "/api/projects", "/avatars/x", "/nowhere"):
            equal(server.get(path, **page).status, 403, path)
        equal(server.ask("POST", "/api/projects", {"name": "x"}, page).status, 403)
        equal(upgrade_status(server, host=host, headers={"Origin": f"http://{host}"}), 403)
        equal(server.get("/api/projects").json, [])


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
