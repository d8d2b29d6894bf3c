#!/usr/bin/env python3
# peer.py: the other side of a call: an HTTP server on the loopback, well and badly behaved, as the request asks
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# peer.py [--tls CERTIFICATE KEY] [--port PORT]
#
# Its first line is its port. It ends when its standard input does.
#
#   POST /play       does what the body says (class Script)
#   any  /echo       tells the request as JSON
#   GET  /redirect?status=302&to=URL
#   GET  /loop       redirects to itself
#   GET  /closed?id=X   waits until the call X ("id" of its script) is over; {"sent": bytes, "closedAt": monotonic ns}
#   GET  /count      {"calls": how many requests came, but for /count and /closed}
#
# Dialects of services lie beside it, in files peer_*.py: each has a table HANDLERS of "METHOD /path": function
# (call), where a call has method, path, query, headers, body and json, and answers by one of the methods of Call.

import argparse
import base64
import importlib
import json
import select
import socket
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class Gone(OSError):
    """The other side has closed the connection."""


class Calls:
    """What became of the calls that have an id."""

    def __init__(self):
        self.changed = threading.Condition()
        self.closed = {}
        self.count = 0

    def begin(self):
        with self.changed:
            self.count += 1

    def end(self, name, sent):
        with self.changed:
            self.closed[name] = {"sent": sent, "closedAt": time.monotonic_ns()}
            self.changed.notify_all()

    def wait(self, name):
        with self.changed:
            self.changed.wait_for(lambda: name in self.closed, timeout=20)
            return self.closed.get(name)


CALLS = Calls()


class Call(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    # --- what was asked

    def read(self):
        parts = urlsplit(self.path)
        self.method = self.command
        self.full_path, self.path = self.path, parts.path
        self.query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.sent = 0
        self.chunked = False

    @property
    def json(self):
        return json.loads(self.body)

    # --- answers

    def answer(self, status, body, content_type="application/json", headers=None):
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body, ensure_ascii=False)
        data = body.encode() if isinstance(body, str) else body
        self.head(status, {"Content-Type": content_type, "Content-Length": str(len(data))} | (headers or {}))
        if self.method != "HEAD":
            self.write(data)

    def head(self, status, headers):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.chunked = headers.get("Transfer-Encoding") == "chunked"

    def stream(self, status=200, content_type="text/event-stream", headers=None):
        """The head of an answer in pieces: piece() each, then finish()."""
        self.head(status, {"Content-Type": content_type, "Transfer-Encoding": "chunked"} | (headers or {}))

    def piece(self, data):
        data = data.encode() if isinstance(data, str) else data
        self.write(b"%x\r\n%s\r\n" % (len(data), data) if self.chunked else data, len(data))

    def event(self, data, name=None):
        """A server-sent event."""
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.piece((f"event: {name}\n" if name else "") + f"data: {text}\n\n")

    def finish(self):
        """Also called when the connection is over."""
        if self.chunked:
            self.chunked = False
            self.write(b"0\r\n\r\n", 0)

    def cut(self):
        """Ends the connection where it stands."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        raise Gone

    def write(self, data, counted=None):
        try:
            self.connection.sendall(data)
        except OSError as error:
            raise Gone from error
        self.sent += len(data) if counted is None else counted

    def wait(self, seconds):
        """Waits, unless the other side goes."""
        poll = select.poll()
        poll.register(self.connection, select.POLLIN | select.POLLRDHUP)
        if poll.poll(seconds * 1000):
            raise Gone

    # --- the table

    def handle_call(self):
        self.read()
        handler = HANDLERS.get(f"{self.method} {self.path}") or HANDLERS.get(f"* {self.path}")
        if self.path not in ("/count", "/closed"):
            CALLS.begin()
        try:
            if handler is None:
                self.answer(404, {"error": f"peer.py has no {self.method} {self.path}"})
            else:
                handler(self)
        except Gone:
            self.close_connection = True
        if self.headers.get("X-Call-Id"):
            CALLS.end(self.headers["X-Call-Id"], self.sent)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_call

    def log_message(self, *arguments):
        pass


class Script:
    """The body of /play: {"status": 200, "headers": {…}, "framing": "chunked" | "length" | "close" | "none", "steps": […]}.

    Steps: {"send": text} {"bytes": base64} {"wait": seconds} {"split": n}: what follows goes in pieces of n bytes
    {"endless": text}: for ever {"cut": true}: the connection ends here {"raw": text}: without a frame.
    "leaves": true: the connection ends behind the answer, without a word of it.
    "none": not even a head is sent. "length": the length of what "length" says, or of all that is sent.
    """

    def __init__(self, call):
        self.call = call
        self.script = call.json
        self.split = 0

    def play(self):
        self.begin(self.script.get("framing", "chunked"))
        for step in self.script.get("steps", []):
            for verb, argument in step.items():
                getattr(self, "do_" + verb)(argument)
        self.call.finish()
        if self.script.get("leaves"):
            self.call.cut()

    def begin(self, framing):
        headers = {"Content-Type": "text/event-stream"} | self.script.get("headers", {})
        if framing == "none":
            return
        if framing == "chunked":
            headers["Transfer-Encoding"] = "chunked"
        elif framing == "length":
            sent = sum(len(step.get("send", "").encode()) for step in self.script["steps"])
            headers["Content-Length"] = str(self.script.get("length", sent))
        else:
            headers["Connection"] = "close"
            self.call.close_connection = True
        self.call.head(self.script.get("status", 200), headers)

    def send(self, data):
        size = self.split or max(len(data), 1)
        for start in range(0, len(data), size):
            self.call.piece(data[start : start + size])

    def do_send(self, text):
        self.send(text.encode())

    def do_bytes(self, text):
        self.send(base64.b64decode(text))

    def do_raw(self, text):
        self.call.write(text.encode())

    def do_wait(self, seconds):
        self.call.wait(seconds)

    def do_split(self, size):
        self.split = size

    def do_endless(self, text):
        while True:
            self.send(text.encode())

    def do_cut(self, _):
        self.call.cut()


def echo(call):
    headers = {name.lower(): value for name, value in call.headers.items()}
    body = call.body.decode("utf-8", "replace")
    call.answer(200, {"method": call.method, "path": call.full_path, "headers": headers, "body": body})


def redirect(call):
    call.answer(int(call.query.get("status", 302)), "elsewhere", "text/plain", {"Location": call.query["to"]})


HANDLERS = {
    "POST /play": lambda call: Script(call).play(),
    "* /echo": echo,
    "* /redirect": redirect,
    "GET /loop": lambda call: call.answer(302, "again", "text/plain", {"Location": "/loop"}),
    "GET /closed": lambda call: call.answer(200, CALLS.wait(call.query["id"])),
    "GET /count": lambda call: call.answer(200, {"calls": CALLS.count}),
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port, tls):
        super().__init__(("127.0.0.1", port), Call)
        self.tls = tls

    def finish_request(self, request, address):
        """In the thread of the connection: a handshake that fails holds nobody up."""
        if self.tls:
            request = self.tls.wrap_socket(request, server_side=True)
        super().finish_request(request, address)

    def handle_error(self, request, address):
        """Others may end a call as they like."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, address)


def load_dialects():
    folder = Path(__file__).parent
    sys.path.insert(0, str(folder))
    for file in sorted(folder.glob("peer_*.py")):
        HANDLERS.update(importlib.import_module(file.stem).HANDLERS)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    tls = None
    if arguments.tls:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*arguments.tls)
        tls.set_alpn_protocols(["h2", "http/1.1"])
    load_dialects()
    server = Server(arguments.port, tls)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
