#!/usr/bin/env python3
# test-http-request.py: nodes that ask services, with the user's credentials, and never this server
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-http-request.py SERVER_PROGRAM
#
# Run by build-aux/with-keyring.sh: the keyring is a gnome-keyring of this test's own.

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from payloads import node, payload, short  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
CREDENTIALS = "/api/users/me/credentials"
CANARY = "sk-canary-" + "0123456789-wxyz"


class Service:
    """Somebody else's server; remembers what it was shown."""

    def __enter__(self):
        shown = self.shown = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                shown.append(self.headers.get("Authorization"))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"42")

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        return self

    def __exit__(self, *ignored):
        self.server.shutdown()
        self.server.server_close()


def ask(server, **inputs):
    with server.socket() as socket:
        return socket.run(payload(node("N", "core:HttpRequest", **inputs)))


def outcome(messages):
    return [message for message in short(messages) if message[0] in ("complete", "error") and len(message) == 3]


def test_credential():
    with Server(PROGRAM) as server, Service() as service:
        for name, key in (("Other", "sk-other"), ("Weather", "sk-old"), ("Weather", CANARY)):
            equal(server.ask("POST", CREDENTIALS, {"serviceName": name, "credential": key}).status, 201)
        for name in ("Weather", "Other"):
            told = ask(server, url=service.address, headers={"Authorization": f"Bearer {{credential:{name}}}"})
            equal(outcome(told)[0][2]["json"], 42)
            assert CANARY not in json.dumps(told)
        equal(service.shown, [f"Bearer {CANARY}", "Bearer sk-other"])
        told = outcome(ask(server, url=service.address, headers={"Authorization": "{credential:Nobody}"}))
        assert told[0][0] == "error" and "There is no credential “Nobody”" in told[0][2], told
        equal(len(service.shown), 2)
        for file in Path(server.data).rglob("*"):
            assert not file.is_file() or CANARY.encode() not in file.read_bytes(), file


def test_own_server():
    """A workflow may not do here what its user may."""
    with Server(PROGRAM) as server:
        told = outcome(ask(server, url=f"http://127.0.0.1:{server.port}/api/projects"))
        assert told[0][0] == "error" and "403" in told[0][2], told


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
