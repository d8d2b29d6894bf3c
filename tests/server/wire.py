# wire.py: a Hearth server of one's own, and plain HTTP and WebSocket clients for it
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Only Python's own library: what goes over the line is written here, so that broken things can be
# sent as well.

import base64
import http.client
import json
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
BOUNDARY = "edge"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def text(self):
        return self.bytes.decode("utf-8")

    @property
    def type(self):
        return self.headers.get("Content-Type")

    @property
    def json(self):
        return json.loads(self.bytes)


class Server:
    """A server with a data directory of its own; ends with the `with` block."""

    longest = 0.0  # round of a main loop, in milliseconds of computing; of all servers so far

    def __init__(self, program, *arguments, data=None, environment=None):
        self.program = program
        self.environment = {**os.environ, **(environment or {})}
        self.arguments = arguments
        self.folder = None if data else tempfile.TemporaryDirectory(prefix="hearth-test-")
        self.data = data or self.folder.name

    def __enter__(self):
        self.process = subprocess.Popen([self.program, self.data, *self.arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env=self.environment)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the server did not start")
        self.port = int(line)
        self.host = f"localhost:{self.port}"
        return self

    def __exit__(self, *ignored):
        self.process.stdin.close()
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise RuntimeError("the server did not stop") from None
        finally:
            Server.longest = max([Server.longest, *map(float, self.process.stdout.read().split())])
            self.process.stdout.close()
            if self.folder:
                self.folder.cleanup()
        if status != 0:
            raise RuntimeError(f"the server ended with {status}")

    def ask(self, method, path, body=None, headers=None, address="127.0.0.1"):
        """@body: bytes go as they are, None is none, everything else goes as JSON."""
        sent = {"Host": self.host}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection = http.client.HTTPConnection(address, self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and "Transfer-Encoding" not in sent and "Content-Length" not in sent:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def socket(self, path="/ws", **options):
        return Socket(self, path, **options)

    def raw(self, data, until_closed=False):
        """Bytes as they are; returns what comes back within a second or until the line is cut."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            received = b""
            try:
                line.sendall(data)
                while True:
                    more = line.recv(65536)
                    if not more:
                        break
                    received += more
                    if not until_closed:
                        line.settimeout(0.3)
            except (TimeoutError, ConnectionError):
                pass
            return received


class Refused(Exception):
    def __init__(self, status):
        super().__init__(f"upgrade refused with {status}")
        self.status = status


class Socket:
    """A WebSocket. `receive()` gives parsed messages in the order in which they came."""

    def __init__(self, server, path="/ws", headers=None, host=None, buffer=None, address="127.0.0.1"):
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: {host or server.host}", "Upgrade: websocket", "Connection: Upgrade",
                 f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.line = socket.socket(socket.AF_INET)
        if buffer:
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.line.settimeout(20)
        self.line.connect((address, server.port))
        self.line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.rest = b""
        self.parts = []  # of a message, so far
        self.largest = 0  # frame
        self.close_code = None
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.line.recv(4096)
            if not more:
                raise Refused(0)
            head += more
        head, self.rest = head.split(b"\r\n\r\n", 1)
        self.head = head.decode()
        status = int(head.split(b" ", 2)[1])
        if status != 101:
            self.line.close()
            raise Refused(status)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def close(self):
        self.line.close()

    def send_frame(self, opcode, payload, final=True, masked=True):
        head = bytes([(0x80 if final else 0) | opcode])
        bit = 0x80 if masked else 0
        if len(payload) < 126:
            head += bytes([bit | len(payload)])
        elif len(payload) < 65536:
            head += bytes([bit | 126]) + struct.pack(">H", len(payload))
        else:
            head += bytes([bit | 127]) + struct.pack(">Q", len(payload))
        # A key of zeros masks nothing and costs nothing
        self.line.sendall(head + (bytes(4) if masked else b"") + payload)

    def send_text(self, text):
        self.send_frame(TEXT, text.encode() if isinstance(text, str) else text)

    def send_too_much(self, payload):
        """The other side may hang up before all of it is sent; its last words can be read all the same."""
        try:
            self.send_text(payload)
        except ConnectionError:
            pass

    def send(self, kind, payload):
        self.send_text(json.dumps({"type": kind, "payload": payload}))

    def take(self, length):
        while len(self.rest) < length:
            more = self.line.recv(1 << 16)
            if not more:
                raise EOFError
            self.rest += more
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken

    def receive_frame(self):
        """A whole message, in however many frames, or what comes in between."""
        first, payload = self.receive_part()
        if not first & 0x80:
            self.parts.append((first, payload))
            return self.receive_frame()
        if first & 0x0F == CONTINUATION:
            payload = b"".join([part for _, part in self.parts] + [payload])
            first = self.parts[0][0]
            self.parts = []
        return first & 0x0F, payload

    def receive_part(self):
        first, second = self.take(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack(">H", self.take(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self.take(8))[0]
        self.largest = max(self.largest, length)
        return first, self.take(length)

    def receive_one(self):
        """One frame: whether it tells something, and its message, or None when the connection was closed."""
        try:
            opcode, payload = self.receive_frame()
        except (EOFError, ConnectionError):
            return True, None
        if opcode == TEXT:
            return True, json.loads(payload)
        if opcode == CLOSE:
            self.close_code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else None
            return True, None
        if opcode == PING:
            self.send_frame(PONG, payload)
        return False, None

    def receive(self, timeout=20):
        """The next message, or None when the connection was closed."""
        self.line.settimeout(timeout)
        while True:
            tells, message = self.receive_one()
            if tells:
                return message

    def until(self, wanted, timeout=20):
        """All messages up to the first that `wanted` likes, that one included."""
        messages = []
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            message = self.receive(max(0.01, end - time.monotonic()))
            if message is None:
                raise AssertionError(f"closed ({self.close_code}) after {messages}")
            messages.append(message)
            if wanted(message):
                return messages
        raise AssertionError(f"not there in time: {messages}")

    def waiting(self, seconds=0.2):
        """Everything that comes within so long."""
        messages = []
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self.rest and not select.select([self.line], [], [], left)[0]:
                break
            self.line.settimeout(5)
            tells, message = self.receive_one()
            if tells and message is None:
                break
            if tells:
                messages.append(message)
        return messages

    def run(self, payload, timeout=20):
        """Submits and returns the run's own messages up to its final status."""
        self.send("PROMPT_REQUEST", payload)
        own = [m for m in self.until(is_final, timeout) if "promptId" in m["payload"]]
        return own


def is_final(message):
    return (message["type"] == "EXECUTION_STATUS_UPDATE"
            and message["payload"]["status"] in ("complete", "error", "interrupted"))


def encoded(text):
    """As one part of an address."""
    return urllib.parse.quote(text, safe="")


def refused(answer, status, field=None):
    """@field: the one of the body that does not fit."""
    equal(answer.status, status, answer.bytes)
    assert answer.json["error"], answer.json
    if field:
        equal(list(answer.json["details"]), [field])


def form(files, **fields):
    """A multipart body and its headers; files: (field, name, bytes)."""
    out = b""
    for key, value in fields.items():
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
    for field, name, content in files:
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        out += content + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


# --- TAP ---------------------------------------------------------------------------------------


class Skip(Exception):
    """A test cannot be run on this machine; its text says why."""


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def run(self, tests):
        import traceback
        for name, function in tests:
            self.count += 1
            try:
                function()
                print(f"ok {self.count} {name}", flush=True)
            except Skip as reason:
                print(f"ok {self.count} {name} # SKIP {reason}", flush=True)
            except Exception:  # one broken test must not hide the others
                self.failed += 1
                print(f"not ok {self.count} {name}")
                print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        print(f"1..{self.count}")
        if Server.longest > 0:
            print(f"# The longest round of a main loop computed for {Server.longest} ms")
        return 1 if self.failed else 0


def equal(got, wanted, what=""):
    if got != wanted:
        raise AssertionError(f"{what}: got {got!r}, wanted {wanted!r}")


def tests_of(module):
    return [(name[5:].replace("_", "-"), function) for name, function in vars(module).items()
            if name.startswith("test_")]


def main_of(module):
    sys.exit(Tap().run(tests_of(module)))
