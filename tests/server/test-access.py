#!/usr/bin/env python3
# test-access.py: other devices come in with a token and not otherwise
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-access.py SERVER_PROGRAM HEARTHCTL

import json
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Refused, Server, equal  # noqa: E402

PROGRAM, HEARTHCTL = sys.argv[1:3]


def find_machine():
    """An address of this machine that is not the loopback's, or None."""
    addresses = subprocess.run(["ip", "-4", "-o", "addr"], capture_output=True, text=True, check=False).stdout
    found = [a for a in re.findall(r"inet ([\d.]+)/", addresses) if not a.startswith("127.")]
    return found[0] if found else None


try:
    MACHINE = find_machine()
except FileNotFoundError:
    MACHINE = None


def tokens(server, *arguments, status=0):
    done = subprocess.run([HEARTHCTL, "tokens", "--data-dir", server.data, *arguments], capture_output=True, text=True,
                          check=False)
    equal(done.returncode, status, done.stderr)
    return done.stdout


def until(wanted, what):
    end = time.monotonic() + 20
    while not wanted():
        if time.monotonic() > end:
            raise AssertionError(f"not in time: {what}")
        time.sleep(0.05)


class Device:
    """Another device: it comes from an address of the network."""

    def __init__(self, server, token=None):
        self.server = server
        self.host = f"{MACHINE}:{server.port}"
        self.token = token

    def ask(self, method, path, body=None, **headers):
        sent = {"Host": self.host, **headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        return self.server.ask(method, path, body, sent, address=MACHINE)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def socket(self, **headers):
        try:
            return self.server.socket(host=self.host, address=MACHINE, headers=headers)
        except Refused as error:
            return error.status


def open_to_others():
    return Server(PROGRAM, "--others", "1")


def test_nobody_else_by_default():
    """Only the loopback is listened on."""
    with Server(PROGRAM) as server:
        lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
        own = [fields[1].split(":")[0] for fields in lines
               if fields[3] == "0A" and int(fields[1].split(":")[1], 16) == server.port]
        assert own, "the socket was not found"
        for address in own:
            assert address in ("0100007F", "00000000000000000000000001000000"), address
        try:
            Device(server).get("/api/plugins")
            raise AssertionError("let in")
        except ConnectionError:
            pass


def test_token():
    with open_to_others() as server:
        device = Device(server)
        for path in ("/", "/api/plugins", "/api/projects", "/nowhere"):
            answer = device.get(path)
            equal((answer.status, answer.headers["WWW-Authenticate"]), (401, "Bearer"), path)
            assert answer.json["error"]
        equal(device.ask("POST", "/api/projects", {"name": "x"}).status, 401)
        equal(device.socket(), 401)
        token = tokens(server, "--new", "Telephone").strip()
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token), "another form"
        device.token = token
        until(lambda: device.get("/api/plugins").status == 200, "the token counts")
        equal(device.ask("POST", "/api/projects", {"name": "x"}).status, 201)
        for wrong in (token[:-1], token + "A", token.swapcase(), "", "null"):
            equal(Device(server, wrong or " ").get("/api/plugins").status, 401, "a wrong one")
            device.get("/api/plugins")  # and all is forgotten
        # From this computer nothing is asked for
        equal(server.get("/api/plugins").status, 200)


def test_kept_as_hash():
    with open_to_others() as server:
        token = tokens(server, "--new", "Telephone").strip()
        file = Path(server.data, "data", "access-tokens.json")
        equal(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        tokens(server, "--new", "Tablet")
        equal(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        for path in Path(server.data).rglob("*"):
            if path.is_file():
                assert token.encode() not in path.read_bytes(), path
        listed = tokens(server)
        assert "Telephone" in listed and "Tablet" in listed and token not in listed, listed


def test_first_page():
    """The token in the address becomes a cookie at once."""
    with open_to_others() as server:
        token = tokens(server, "--new", "Telephone").strip()
        device = Device(server)
        until(lambda: Device(server, token).get("/api/plugins").status == 200, "the token counts")
        answer = device.get(f"/?token={token}")
        equal((answer.status, answer.headers["Location"], answer.bytes), (303, "/", b""))
        cookie, *attributes = answer.headers["Set-Cookie"].split("; ")
        equal(cookie, f"hearth-access={token}")
        for attribute in ("HttpOnly", "SameSite=Strict", "Path=/"):
            assert attribute in attributes, attributes
        equal((answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]), ("no-store", "no-referrer"))
        equal(device.get("/", Cookie=f"a=b; {cookie}").status, 200)
        equal(device.get("/api/plugins", Cookie=cookie).status, 200)
        with device.socket(Cookie=cookie) as socket:
            socket.send("PROMPT_REQUEST", {"nodes": [], "edges": []})
            socket.until(wire.is_final)
        equal(device.socket(), 401)
        # Nowhere else: what is in an address gets into too many logs
        equal(device.get(f"/api/plugins?token={token}").status, 401)
        equal(device.ask("POST", f"/?token={token}").status, 401)
        equal(device.get("/?token=wrong").status, 401)


def test_last_use():
    """When a token was used last is noted beside the tokens, and nothing else is."""
    with open_to_others() as server:
        used, unused = tokens(server, "--new", "Telephone").strip(), tokens(server, "--new", "Tablet").strip()
        ids = {line.split()[-1]: line.split()[0] for line in tokens(server).splitlines()}
        file = Path(server.data, "data", "access-uses.json")
        assert not file.exists(), "nobody came yet"
        until(lambda: Device(server, used).get("/api/plugins").status == 200, "the token counts")
        until(lambda: file.exists() and file.read_text().strip(), "it is noted")
        equal(list(json.loads(file.read_text())), [ids["Telephone"]])
        equal(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        # A revoked one is forgotten when the next is used
        tokens(server, "--revoke", ids["Telephone"])
        equal(Device(server, unused).get("/api/plugins").status, 200)
        until(lambda: list(json.loads(file.read_text())) == [ids["Tablet"]], "one came, one is forgotten")


def test_revoked():
    with open_to_others() as server:
        token = tokens(server, "--new", "Telephone").strip()
        other = Device(server, tokens(server, "--new", "Tablet").strip())
        device = Device(server, token)
        until(lambda: other.get("/api/plugins").status == 200, "the token counts")
        cookie = f"hearth-access={token}"
        socket = device.socket(Cookie=cookie)
        identifier = [line.split()[0] for line in tokens(server).splitlines() if "Telephone" in line][0]
        tokens(server, "--revoke", identifier)
        until(lambda: device.get("/api/plugins").status == 401, "it counts no more")
        # What was open already is cut off
        equal(socket.receive(), None)
        equal(device.socket(Cookie=cookie), 401)
        equal(other.get("/api/plugins").status, 200)
        tokens(server, "--revoke", identifier, status=1)


def test_guessing():
    with open_to_others() as server:
        token = tokens(server, "--new", "Telephone").strip()
        device = Device(server, token)
        until(lambda: device.get("/api/plugins").status == 200, "the token counts")
        statuses = [Device(server, f"guess{i}").get("/api/plugins") for i in range(7)]
        equal([a.status for a in statuses[:5]], [401] * 5)
        equal(statuses[-1].status, 429)
        assert int(statuses[-1].headers["Retry-After"]) >= 1
        # Not even the right one is looked at meanwhile; no token at all is no guess
        answer = device.get("/api/plugins")
        equal(answer.status, 429)
        equal(Device(server).get("/api/plugins").status, 401)
        # This computer is not locked out, whatever others do
        equal(server.get("/api/plugins").status, 200)
        until(lambda: device.get("/api/plugins").status == 200, "the wait has an end")
        equal(Device(server, "guess").get("/api/plugins").status, 401)


def test_host_and_origin():
    """A token does not make a foreign page ours."""
    with open_to_others() as server:
        token = tokens(server, "--new", "Telephone").strip()
        device = Device(server, token)
        until(lambda: device.get("/api/plugins").status == 200, "the token counts")
        name = os.uname().nodename
        for host in (f"{MACHINE}:{server.port}", f"{name}:{server.port}", f"{name}.local:{server.port}"):
            equal(device.get("/api/plugins", Host=host).status, 200, host)
            equal(device.get("/api/plugins", Host=host, Origin=f"http://{host}").status, 200, host)
        for host in ("evil.com", f"evil.com:{server.port}", f"{MACHINE}.evil.com:{server.port}", MACHINE,
                     f"localhost:{server.port}", f"127.0.0.1:{server.port}", f"{MACHINE}:1"):
            equal(device.get("/api/plugins", Host=host).status, 403, host)
        for origin in ("null", "http://evil.com", f"http://{MACHINE}", f"https://{MACHINE}:{server.port}",
                       f"http://localhost:{server.port}"):
            equal(device.get("/api/plugins", Origin=origin).status, 403, origin)
        # Nor does the address of the network make a loopback name
        equal(server.get("/api/plugins", Host=f"{MACHINE}:{server.port}").status, 403)


def test_serve_shows_it_once():
    folder = subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip()

    def serve():
        process = subprocess.Popen([HEARTHCTL, "serve", "--port", "0", "--data-dir", folder, "--allow-other-devices"],
                                   stdout=subprocess.PIPE, text=True)
        lines = [process.stdout.readline(), process.stdout.readline()]
        process.terminate()
        lines += process.stdout.readlines()
        process.wait(20)
        return "".join(lines)

    first, second = serve(), serve()
    token = re.search(r": ([A-Za-z0-9_-]{43})\n", first)[1]
    assert token not in second, "shown again"
    assert "hearthctl tokens --new" in second, second
    if MACHINE:
        assert re.search(rf"http://[\d.]+:\d+/\?token={token}\n", first), first
    subprocess.run(["rm", "-rf", folder], check=True)


if __name__ == "__main__":
    if MACHINE is None:
        print("1..0 # SKIP this machine has no address but the loopback's")
        sys.exit(0)
    wire.main_of(sys.modules[__name__])
