#!/usr/bin/env python3
# test-robust.py: requests of a bad form, slow ones, and far too many
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-robust.py SERVER_PROGRAM

import http.client
import json
import os
import resource
import socket
import struct
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
MIB = 1 << 20


def statuses(data):
    return [int(part.split(b" ", 2)[1]) for part in data.split(b"HTTP/1.") if part[2:5].isdigit()]


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def is_closed(line, seconds):
    """The server hung up within so long; what it said before is passed over."""
    line.settimeout(seconds)
    try:
        while line.recv(65536):
            pass
        return True
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_smuggling():
    """A second request hides in no body: it is refused together with the first, or the first has an end."""
    hidden = "GET /api/projects HTTP/1.1\r\nHost: {host}\r\nX-Hidden: yes\r\n\r\n"
    shapes = [
        "Content-Length: {n}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: {n}\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: {n}\r\n\r\n",
        "Content-Length: {n}\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0, {n}\r\n\r\n",
        "Content-Length : {n}\r\n\r\n",
        " Content-Length: {n}\r\n\r\n",
        "X: y\r\n Content-Length: {n}\r\n\r\n",
        "X: y\nContent-Length: {n}\r\n\r\n",
        "X: y\rContent-Length: {n}\r\n\r\n",
        "X\0: y\r\nContent-Length: {n}\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding\r\n : chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: +{n}\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Content-Length: {n}\n\n",
    ]
    with Server(PROGRAM) as server:
        second = hidden.format(host=server.host)
        for shape in shapes:
            for method in ("POST", "GET"):
                first = f"{method} /api/projects HTTP/1.1\r\nHost: {server.host}\r\n" + shape.format(n=len(second))
                got = server.raw((first + second).encode("latin-1"))
                equal(statuses(got), [400], f"{method} {shape!r}")
        # The same two in good form: both are answered, in their order
        first = f"DELETE /nowhere HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: 2\r\n\r\n{{}}"
        equal(statuses(server.raw((first + second).encode())), [404, 200])
        # A bad one behind a good one: the good one is answered first
        equal(statuses(server.raw((second + "GET / HTTP/1.1\nHost: x\n\n").encode())), [200, 400])
        # A head that comes byte by byte
        with connect(server) as line:
            for byte in second.encode():
                line.sendall(bytes([byte]))
            equal(statuses(line.recv(65536)), [200])


def test_kept_open():
    """Many requests over one connection, one after the other."""
    with Server(PROGRAM) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.connect()
        port = connection.sock.getsockname()
        for i in range(20):
            connection.request("GET", "/api/projects", headers={"Host": server.host})
            answer = connection.getresponse()
            equal((answer.status, answer.read()), (200, b"[]"), f"number {i}")
            equal(connection.sock is not None and connection.sock.getsockname(), port, "over the same line")
        connection.close()


def test_hidden_in_chunks():
    with Server(PROGRAM) as server:
        hidden = f"GET /api/projects HTTP/1.1\r\nHost: {server.host}\r\n\r\n"
        head = (f"POST /api/projects HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\n\r\n")
        for chunks in ("2;x=\r\n{}\r\n0\r\n\r\n", "2\n{}\r\n0\r\n\r\n", "2\r\n{}\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n",
                       "2 \r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n0\r\nX: y\r\n\r\n", "FFFFFFFFFFFFFFFF2\r\n{}\r\n0\r\n\r\n"):
            got = statuses(server.raw((head + chunks + hidden).encode()))
            equal(got in ([400], []), True, f"{chunks!r}: {got}")
        equal(statuses(server.raw((head + "2\r\n{}\r\n0\r\n\r\n" + hidden).encode())), [400, 200])  # {} lacks a name


def test_oversized():
    with Server(PROGRAM) as server:
        host = f"Host: {server.host}\r\n"
        equal(statuses(server.raw(f"GET /{'x' * 20000} HTTP/1.1\r\n{host}\r\n".encode())), [414])
        equal(statuses(server.raw(f"GET /{'x' * 200000}".encode())), [414])
        equal(statuses(server.raw(f"GET / HTTP/1.1\r\n{host}A: {'x' * 100000}\r\n\r\n".encode())), [431])
        equal(statuses(server.raw(f"GET / HTTP/1.1\r\n{host}{'A: b' * 1}\r\n".encode() + b"A: b\r\n" * 1000)), [431])
        equal(server.get("/" + "a/" * 7000).status, 404)
        equal(server.get("/api/projects").status, 200)


def test_slow_head():
    with Server(PROGRAM, "--head-ms", "400") as server:
        with connect(server) as line, connect(server) as silent:
            line.sendall(f"GET /api/projects HTTP/1.1\r\nHost: {server.host}\r\n".encode())
            # Progress does not help: all of it has to be there in time
            for i in range(100):
                try:
                    line.sendall(b"X")
                    time.sleep(0.05)
                except ConnectionError:
                    break
            equal(is_closed(line, 5), True)
            # Who says nothing yet is another matter
            silent.sendall(f"GET /api/projects HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
            equal(statuses(silent.recv(65536)), [200])


def test_slow_body():
    with Server(PROGRAM, "--head-ms", "400", "--body-ms", "300") as server:
        head = f"POST /api/projects HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
        with connect(server) as slow, connect(server) as chunked:
            slow.sendall((head + "Content-Length: 100000\r\n\r\n").encode())
            chunked.sendall((head + "Transfer-Encoding: chunked\r\n\r\n").encode())
            for i in range(200):
                try:
                    slow.sendall(b" ")
                    chunked.sendall(b"1\r\n \r\n")
                    time.sleep(0.05)
                except ConnectionError:
                    break
            equal((is_closed(slow, 5), is_closed(chunked, 5)), (True, True))
        # One that takes longer, but comes at a fair rate, is taken
        with connect(server) as fair:
            body = b'{"name":"fair"}' + b" " * 20000
            fair.sendall((head + f"Content-Length: {len(body)}\r\n\r\n").encode())
            for at in range(0, len(body), 1000):
                fair.sendall(body[at:at + 1000])
                time.sleep(0.05)
            equal(statuses(fair.recv(65536)), [201])


def test_idle():
    with Server(PROGRAM, "--idle-ms", "300", "--head-ms", "400") as server, server.socket() as page:
        with connect(server) as silent, connect(server) as kept:
            kept.sendall(f"GET /api/projects HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
            equal(statuses(kept.recv(65536)), [200])
            equal((is_closed(silent, 5), is_closed(kept, 5)), (True, True))
        # A WebSocket may be silent for as long as it likes
        page.send("PROMPT_REQUEST", {"nodes": [], "edges": []})
        page.until(wire.is_final)


def test_asks_again():
    """Who was silent for a while, so that libsoup has forgotten the connection, is answered over the same one; also when
    the request comes in pieces, or in the moment in which it is forgotten."""
    with Server(PROGRAM, "--head-ms", "4000") as server:
        request = f"GET /api/system_stats HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode()
        with connect(server) as line:
            for pause in (0, 1.5, 0, 3, 0):
                time.sleep(pause)
                line.sendall(request[:20])
                time.sleep(0.05)
                line.sendall(request[20:])
                equal(statuses(line.recv(65536)), [200], f"after {pause} s")
        lines = [connect(server) for i in range(100)]
        for line in lines:
            line.sendall(request)
        for line in lines:
            equal(statuses(line.recv(65536)), [200])
        for i, line in enumerate(lines):
            time.sleep(0.02)
            line.sendall(request)
            equal(statuses(line.recv(65536)), [200], f"number {i}")
        for line in lines:
            line.close()


def count_sockets(server):
    folder = f"/proc/{server.process.pid}/fd"
    count = 0
    for name in os.listdir(folder):
        try:
            count += os.readlink(f"{folder}/{name}").startswith("socket:")
        except FileNotFoundError:
            pass
    return count


def test_let_go():
    """However a kept connection ends behind its request, nothing is left of it."""
    def hang_up(line):
        pass

    def half(line):
        line.shutdown(socket.SHUT_WR)
        equal(is_closed(line, 5), True)

    def reset(line):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def nonsense(line):
        line.sendall(b"GET\r\n\r\n")
        equal(statuses(line.recv(65536)), [400])

    def silence(line):
        equal(is_closed(line, 5), True)

    with Server(PROGRAM, "--idle-ms", "300", "--head-ms", "400") as server:
        before = count_sockets(server)
        for end in (hang_up, half, reset, nonsense, silence):
            for _ in range(10):
                with connect(server) as line:
                    line.sendall(f"GET /api/system_stats HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
                    equal(statuses(line.recv(65536)), [200])
                    end(line)
            limit = time.monotonic() + 10
            while count_sockets(server) > before and time.monotonic() < limit:
                time.sleep(0.05)
            equal(count_sockets(server), before, end.__name__)


def test_half_closed():
    """Who says that it will send nothing more hears its answer, and nothing else."""
    with Server(PROGRAM) as server, connect(server) as line:
        line.sendall(f"GET /api/system_stats HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        line.shutdown(socket.SHUT_WR)
        received = b""
        while more := line.recv(65536):
            received += more
        equal(statuses(received), [200])


def test_ten_thousand_idle_sockets():
    """All are taken; beyond the limit the oldest go, and who has something to ask is served."""
    wanted = 10000
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, wanted + 500), hard))
    wanted = min(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 400)
    with Server(PROGRAM) as server, server.socket() as page:
        lines = []
        for i in range(wanted):
            lines.append(connect(server))
            if i % 1000 == 999:
                equal(server.get("/api/projects").status, 200, f"with {i} idle sockets")
        assert count_sockets(server) < 1100, count_sockets(server)
        equal(is_closed(lines[0], 5), True)
        newest = lines[-1]
        newest.sendall(f"GET /api/projects HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        equal(statuses(newest.recv(65536)), [200])
        # A WebSocket is not idle
        page.send("PROMPT_REQUEST", {"nodes": [], "edges": []})
        page.until(wire.is_final)
        for line in lines:
            line.close()
        equal(server.get("/api/projects").status, 200)


def test_no_room():
    """More than may be there at all, none of them idle: who comes last has to wait."""
    with Server(PROGRAM, "--max-connections", "20") as server:
        pages = [server.socket() for i in range(20)]
        with connect(server) as line:
            equal(is_closed(line, 5), True)
        pages.pop().close()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                equal(server.get("/api/projects").status, 200)
                break
            except (ConnectionError, http.client.HTTPException):
                time.sleep(0.1)
        equal(server.get("/api/projects").status, 200)
        for page in pages:
            page.close()


def test_strange_json():
    deep = "[" * 100000 + "]" * 100000
    frames = [
        '{"type":"PROMPT_REQUEST","payload":' + deep + "}",
        '{"type":"PROMPT_REQUEST","payload":{"nodes":[{"id":"A","fullType":"core:MathOperation","inputs":{"a":1e999999,"b":'
        + "9" * 5000 + '}}],"edges":[]}}',
        '{"type":"PROMPT_REQUEST","payload":{"nodes":[{"id":"\\ud800","fullType":"x"}],"edges":[]}}',
        '{"type":"PROMPT_REQUEST","payload":{"nodes":[],"nodes":5,"edges":[],"edges":{}}}',
        '{"type":"PROMPT_REQUEST","type":"INTERRUPT_REQUEST","payload":{"promptId":"x"}}',
        '{"type":"PROMPT_REQUEST","payload":{"nodes":[{"id":"\\u0000","fullType":"\\u0000"}],"edges":[]}}',
    ]
    with Server(PROGRAM) as server:
        for frame in frames:
            with server.socket() as page:
                page.send_text(frame)
                page.waiting(0.3)
                page.send("PROMPT_REQUEST", {"nodes": [], "edges": []})
                page.until(wire.is_final)
        for body in (deep, '{"name":' + deep + "}", '{"name":"a","name":"b"}', '{"name":"\\ud800"}', '{"name":1e999999}',
                     '{"name":' + "9" * 100000 + "}", '{"name":"\\u0000"}', "nul", '"' + "x" * 1000, "\ufeff{}", ""):
            status = server.ask("POST", "/api/projects", body.encode("utf-8", "surrogatepass"),
                                {"Content-Type": "application/json"}).status
            equal(status in (200, 201, 400, 409), True, f"{body[:30]}: {status}")
        equal(server.get("/api/projects").status, 200)


def test_endless_message():
    """Pieces of one message that never ends are not gathered for ever."""
    with Server(PROGRAM) as server, server.socket() as page:
        piece = b"x" * (8 * MIB)
        try:
            page.send_frame(wire.TEXT, piece, final=False)
            for i in range(60):
                page.send_frame(0, piece, final=False)
            raise AssertionError("480 MiB were taken")
        except (ConnectionError, TimeoutError):
            pass
        equal(server.get("/api/projects").status, 200)


def test_flood():
    """Somebody who sends without a pause does not have the server for himself."""
    with Server(PROGRAM) as server, server.socket() as flood, server.socket() as page:
        frame = json.dumps({"type": "button_click", "payload": {"nodeId": "A"}}).encode()
        many = b"".join(bytes([0x81, 0x80 | len(frame)]) + bytes(4) + frame for i in range(20000))
        flood.line.setblocking(False)
        sent = 0
        answered = 0
        end = time.monotonic() + 3
        while time.monotonic() < end or answered < 5:
            try:
                sent += flood.line.send(many[sent % len(many):])
            except BlockingIOError:
                pass
            equal(server.get("/api/projects").status, 200)
            answered += 1
        page.send("PROMPT_REQUEST", {"nodes": [], "edges": []})
        page.until(wire.is_final)


def test_flood_of_runs():
    """Runs of one page that wait have a limit; each is answered all the same."""
    with Server(PROGRAM) as server, server.socket() as page:
        slow = {"nodes": [{"id": "S", "fullType": "core:TextStream", "inputs": {"text": "abc", "chunkSize": 1, "delayMs": 60000}}],
                "edges": []}
        count = 1200
        for i in range(count):
            page.send("PROMPT_REQUEST", slow)
        accepted, refused = 0, 0
        page.line.settimeout(20)
        while accepted < count or refused < count - 1000:
            message = page.receive()
            accepted += message["type"] == "PROMPT_ACCEPTED_RESPONSE"
            refused += wire.is_final(message)
        equal((accepted, refused), (count, count - 1000))


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
