#!/usr/bin/env python3
# server.py: a small server of the Model Context Protocol, that can also behave badly
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# server.py [WORD…]          over standard input and output
# server.py --http [WORD…]   over HTTP; prints its port first
# Words: "noise" says things that are no messages, "refuse" ends at once with a complaint, "silent" never answers,
# "child" starts a process of its own and writes the number of it to the file CHILD_FILE, "events" answers HTTP by
# server-sent events.

import http.server
import json
import os
import subprocess
import sys
import threading
import time

WORDS = set(sys.argv[1:])
TOOLS = [{"name": f"tool{n}", "description": f"Tool {n}", "inputSchema": {"type": "object"}} for n in range(5)]
PAGE = 2
cancelled = []


def call(params, say):
    name, arguments = params["name"], params.get("arguments", {})
    if name.startswith("tool"):
        return {"content": [{"type": "text", "text": f"{name} was called"}]}
    if name == "echo":
        return {"content": [{"type": "text", "text": arguments["text"]}, {"type": "image", "mimeType": "image/png", "data": ""}]}
    if name == "environment":
        return {"content": [], "structuredContent": {key: os.environ.get(key) for key in arguments["names"]}}
    if name == "fail":
        return {"content": [{"type": "text", "text": "no luck"}], "isError": True}
    if name == "slow":
        for step in range(arguments["steps"]):
            time.sleep(arguments["pause"])
            say({"jsonrpc": "2.0", "method": "notifications/progress",
                 "params": {"progressToken": params["_meta"]["progressToken"], "progress": step}})
        return {"content": [{"type": "text", "text": "slowly"}]}
    if name == "cancelled":
        return {"content": [{"type": "text", "text": str(len(cancelled))}]}
    if name == "end":
        print("told to end, the key is", os.environ.get("API_KEY"), file=sys.stderr, flush=True)
        os._exit(3)
    return None


def answer(message, say):
    method, params = message.get("method"), message.get("params", {})
    if method == "initialize":
        return {"protocolVersion": params["protocolVersion"], "capabilities": {"tools": {}},
                "serverInfo": {"name": "test", "version": "1"}}
    if method == "tools/list":
        start = int(params.get("cursor", 0))
        page = {"tools": TOOLS[start:start + PAGE]}
        if start + PAGE < len(TOOLS):
            page["nextCursor"] = str(start + PAGE)
        return page
    if method == "tools/call":
        return call(params, say)
    if method == "resources/read":
        return {"contents": [{"uri": params["uri"], "text": "part of " + params["uri"]}, {"uri": params["uri"], "blob": "AA=="}]}
    return None


def handle(message, say):
    if message.get("method") == "notifications/cancelled":
        cancelled.append(message["params"]["requestId"])
    if "id" not in message or "method" not in message:
        return
    result = answer(message, say)
    reply = {"jsonrpc": "2.0", "id": message["id"]}
    if result is None:
        reply["error"] = {"code": -32602, "message": "no such thing"}
    else:
        reply["result"] = result
    say(reply)


def serve_pipes():
    lock = threading.Lock()

    def say(message):
        with lock:
            print(json.dumps(message), flush=True)

    if "noise" in WORDS:
        print("Welcome to the test server!\n\n[1, 2]\n{not json}", flush=True)
        say({"jsonrpc": "2.0", "id": 1, "method": "ping"})
    if "refuse" in WORDS:
        print("I want a licence", file=sys.stderr, flush=True)
        sys.exit(1)
    if "child" in WORDS:
        child = subprocess.Popen(["sleep", "1000"])
        with open(os.environ["CHILD_FILE"], "w", encoding="ascii") as file:
            file.write(str(child.pid))
    for line in sys.stdin:
        if "silent" not in WORDS:
            threading.Thread(target=handle, args=(json.loads(line), say), daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def reply(self, status, body=b"", content_type="application/json", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_DELETE(self):
        self.reply(200)

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("Authorization") != "Bearer " + os.environ["API_KEY"]:
            self.reply(401)
            return
        if message.get("method") != "initialize" and self.headers.get("Mcp-Session-Id") != "s1":
            self.reply(404)
            return
        said = []
        handle(message, said.append)
        session = [("Mcp-Session-Id", "s1")] if message.get("method") == "initialize" else []
        if not said:
            self.reply(202)
        elif "events" in WORDS:
            text = "".join(f"event: message\ndata: {json.dumps(item)}\n\n" for item in said)
            self.reply(200, text.encode(), "text/event-stream", session)
        else:
            self.reply(200, json.dumps(said[-1]).encode(), headers=session)


def serve_http():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if "--http" in WORDS:
    serve_http()
else:
    serve_pipes()
