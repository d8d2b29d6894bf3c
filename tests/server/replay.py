# replay.py: recorded traffic sent once more, and the answers compared
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A journey is a file of JSON lines, one HTTP exchange or WebSocket frame each, in order of time
# (kind, t, ms, method, path, query, reqHeaders, reqBody, status, resHeaders, resBody; conn, dir,
# data). What is compared: the status, the kind of content, and the shape of the answer: the same
# keys, the same JSON kinds, and the same values but for ids, dates, names and texts for people. Runs
# are compared message by message for each node.

import base64
import json
import re
import time
import urllib.parse
from collections import defaultdict

import wire
from wire import is_final

# Their values differ from run to run, or their wording is free (http-api.md 3).
# Members of ours, which the page passes over
EXTRAS = ("why", "reused", "reusedFrom", "durationMs")

FREE = {"id", "promptId", "name", "username", "description", "message", "error", "version", "schemaVersion",
        "createdAt", "updatedAt", "submittedAt", "avatarUrl", "lastModified"}

# Texts that are nobody's business but the author's: samples in the nodes' own widgets.
LONG_TEXT = 24

# Members the protocol wants and the recorded server did not send.
WANTED = {
    ("POST", "description"): "http-api.md 9.3: kept on creation",
    ("POST", "previewTarget"): "http-api.md 9.3: kept on creation",
    ("GET", "description"): "http-api.md 9.3: was kept on creation",
    ("GET", "previewTarget"): "http-api.md 9.3: was kept on creation",
}

# Members of ours that the protocol wants of a file, or in what is said about a broken request.
WANTED_OF_FILES = {"mimeType": "http-api.md 13.1", "details": "http-api.md 3", "message": "http-api.md 3"}

# Values that the protocol wants to be different.
BETTER = {("itemType", "unknown"): "http-api.md 13.7: the real type"}

# Members the recorded server sent and the protocol wants left out.
UNWANTED = {"filePath": "http-api.md 7.1: an absolute path of the server"}

# Answers the protocol wants to be different: method, path, recorded status, ours, why.
DIFFERENT = [
    ("POST", r"/api/prompt", 500, 200, "http-api.md 11.4: the recorded server fails always"),
    ("GET", r"/api/fam/list/shared%3A%2F%2F(\.\.%2F)?", 500, 200, "http-api.md 13.2: the areas are listed"),
    ("GET", r"/api/fam/(read|download)/shared%3A%2F%2F.+\.\..*", 500, 400, "http-api.md 13: 400 for each 500"),
    ("GET", r"/api/fam/read/system%3A%2F%2F.*\.\..*", 500, 400, "http-api.md 13: 400 for each 500"),
    ("GET", r"/api/fam/download/system%3A%2F%2F.*\.\..*", 404, 400, "storage.md 7.3: what is no path is no missing file"),
]

# Node types of our own; without them GET /api/nodes must be the same.
NEW_TYPES = {"TextStream", "Assert", "Condition", "Delay", "ForEach", "HttpRequest", "HumanInput", "McpResource", "McpTool",
             "Merge", "Switch", "Try", "While",
             "Agent", "Chat", "Classify", "Compare", "Embed", "Extract", "ImageDescribe",
             "SimpleCompletion", "ToolCall"}


class Journey:
    def __init__(self, server, path):
        self.server = server
        self.rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        self.ids = {}
        self.sockets = {}
        self.problems = []
        self.compared = 0
        self.unsure = 0

    def is_unsure(self, row):
        """A read that began while a change was under way may have seen either state."""
        return row["method"] == "GET" and any(
            other["kind"] == "http" and other["method"] != "GET"
            and other["t"] <= row["t"] < other["t"] + (other.get("ms") or 0) for other in self.rows)

    def replay(self):
        for number, row in enumerate(self.rows):
            where = f"{number}: {row.get('method') or row.get('conn')} {row.get('path') or row.get('dir')}"
            if row["kind"] == "http":
                self.replay_http(row, where)
            elif row["dir"] == "open":
                self.sockets[row["conn"]] = self.server.socket(headers={"Origin": f"http://{self.server.host}"})
            elif row["dir"] == "client":
                self.replay_frame(row, number, where)
        for socket in self.sockets.values():
            socket.close()
        return self.problems

    def problem(self, where, text):
        self.problems.append(f"{where}: {text}")

    def mapped(self, value):
        text = value if isinstance(value, str) else json.dumps(value)
        for theirs, ours in self.ids.items():
            text = text.replace(theirs, ours)
        return text if isinstance(value, str) else json.loads(text)

    def learn(self, recorded, ours):
        """The server chose an id: from here on it stands for the recorded one."""
        for key in ("id", "promptId"):
            if isinstance(recorded, dict) and isinstance(ours, dict) and isinstance(ours.get(key), str):
                if recorded.get(key) and recorded[key] != ours[key]:
                    self.ids[recorded[key]] = ours[key]

    # --- HTTP ---------------------------------------------------------------------------------

    # --- files ---------------------------------------------------------------------------------

    def content_of(self, item):
        """What a file held that was uploaded: as it was read later, else anything of its size."""
        address = "/api/fam/download/" + urllib.parse.quote(item["logicalPath"], safe="")
        for row in self.rows:
            if row["kind"] == "http" and row["path"] == address and row.get("status") == 200:
                body = row["resBody"]
                return body.encode() if isinstance(body, str) else base64.b64decode(body["base64Head"])
        return b"x" * item["size"]

    def form_of(self, row):
        """Forms are not in a recording, only what became of them."""
        return wire.form([("files", item["name"], self.content_of(item)) for item in row["resBody"]])

    def replay_http(self, row, where):
        if "failed" in row:
            return  # the browser took it over as a download
        path = self.mapped(row["path"])
        if row.get("query"):
            path += "?" + urllib.parse.urlencode(row["query"])
        headers = {"Origin": "http://localhost:5573"} if row.get("reqHeaders", {}).get("origin") else {}
        body = row.get("reqBody")
        if body == "<multipart form>":
            body, form = self.form_of(row)
            headers.update(form)
        answer = self.server.ask(row["method"], path, body if isinstance(body, (bytes, type(None))) else self.mapped(body), headers)
        if self.is_unsure(row):
            self.unsure += 1
            if answer.status >= 500:
                self.problem(where, f"status {answer.status}")
            return
        self.compared += 1
        different = [d for d in DIFFERENT if d[0] == row["method"] and re.fullmatch(d[1], row["path"])
                     and d[2] == row["status"]]
        if different:
            if answer.status != different[0][3]:
                self.problem(where, f"status {answer.status}, wanted {different[0][3]} ({different[0][4]})")
            self.wait_for_silence()
            return
        if answer.status != row["status"]:
            self.problem(where, f"status {answer.status}, recorded {row['status']}: {answer.bytes[:200]}")
            return
        self.compare_answer(row, answer, where)

    def wait_for_silence(self):
        """What follows was recorded while nothing ran."""
        end = time.monotonic() + 10
        while self.server.get("/api/executions").json != {"running": [], "pending": []} and time.monotonic() < end:
            time.sleep(0.01)

    def compare_answer(self, row, answer, where):
        recorded = row.get("resBody")
        theirs = (row.get("resHeaders") or {}).get("content-type")
        if (theirs or "").split(";")[0] != (answer.type or "").split(";")[0]:
            self.problem(where, f"content type {answer.type}, recorded {theirs}")
        if isinstance(recorded, dict) and "omitted" in recorded:
            return
        if recorded is None:
            if answer.bytes:
                self.problem(where, f"a body where there was none: {answer.bytes[:80]}")
            return
        if isinstance(recorded, str):
            if recorded != answer.text:
                self.problem(where, f"{answer.text[:80]!r}, recorded {recorded[:80]!r}")
            return
        if isinstance(recorded, dict) and "binaryBytes" in recorded:
            head = base64.b64decode(recorded["base64Head"])
            if len(answer.bytes) != recorded["binaryBytes"] or not answer.bytes.startswith(head):
                self.problem(where, f"other bytes: {answer.bytes[:40]}")
            return
        ours = answer.json
        self.learn(recorded, ours)
        if row["path"] == "/api/nodes":
            recorded, ours = self.common_types(recorded, ours, where)
        self.compare(self.mapped(recorded), ours, f"{where} $", row["method"])

    def common_types(self, recorded, ours, where):
        theirs_by, ours_by = ({node["type"]: node for node in nodes} for nodes in (recorded, ours))
        missing = theirs_by.keys() - ours_by.keys()
        if missing:
            self.problem(where, f"node types missing: {sorted(missing)}")
        if ours_by.keys() - theirs_by.keys() - NEW_TYPES:
            self.problem(where, f"node types nobody knows: {sorted(ours_by.keys() - theirs_by.keys())}")
        common = sorted(theirs_by.keys() & ours_by.keys())
        return {t: theirs_by[t] for t in common}, {t: ours_by[t] for t in common}

    def compare(self, recorded, ours, place, method="", key=None):
        if key == "found":
            return  # a body that was no object was not recorded as it was sent
        if key == "logicalPath":
            recorded = re.sub(r"://(\.\./)+", "://", recorded)  # http-api.md 13.1: in normal form
        if key == "details" and isinstance(recorded, dict) and isinstance(ours, dict):
            # The fields that are complained about count, not the words
            recorded, ours = (dict.fromkeys(value, "") for value in (recorded, ours))
        if kind(recorded) != kind(ours):
            self.problem(place, f"{kind(ours)}, recorded {kind(recorded)}")
        elif isinstance(recorded, dict):
            self.compare_members(recorded, ours, place, method)
        elif isinstance(recorded, list):
            if all(isinstance(item, dict) and "logicalPath" in item for item in recorded + ours):
                # Theirs as the disk gave them (http-api.md 3, "Ordering")
                recorded, ours = (sorted(items, key=lambda item: item["logicalPath"]) for items in (recorded, ours))
            if len(recorded) != len(ours):
                self.problem(place, f"{len(ours)} elements, recorded {len(recorded)}")
            for index, (theirs, mine) in enumerate(zip(recorded, ours)):
                self.compare(theirs, mine, f"{place}[{index}]", method)
        elif recorded != ours and key not in FREE and (key, recorded) not in BETTER and len(str(recorded)) < LONG_TEXT:
            self.problem(place, f"{ours!r}, recorded {recorded!r}")

    def compare_members(self, recorded, ours, place, method):
        for name in recorded.keys() - ours.keys():
            if name not in UNWANTED:
                self.problem(f"{place}.{name}", "missing")
        for name in ours.keys() - recorded.keys():
            if (method, name) not in WANTED and name not in WANTED_OF_FILES:
                self.problem(f"{place}.{name}", "not recorded")
        for name in recorded.keys() & ours.keys():
            self.compare(recorded[name], ours[name], f"{place}.{name}", method, name)

    # --- WebSocket ---------------------------------------------------------------------------

    def replay_frame(self, row, number, where):
        socket = self.sockets[row["conn"]]
        frame = self.mapped(row["data"])
        socket.send_text(json.dumps(frame))
        if frame["type"] != "PROMPT_REQUEST":
            return
        recorded = self.recorded_run(row["conn"], number)
        # Counters go to everybody, also for other people's runs
        ours = [m for m in socket.until(is_final) if "promptId" in m["payload"]]
        self.compared += 1
        self.ids[recorded[0]["payload"]["promptId"]] = ours[0]["payload"]["promptId"]
        self.compare_runs(recorded, ours, where)

    def recorded_run(self, conn, number):
        run = None
        messages = []
        for row in self.rows[number + 1:]:
            if row["kind"] != "ws" or row.get("conn") != conn or row["dir"] != "server":
                continue
            message = row["data"]
            if run is None and message["type"] == "PROMPT_ACCEPTED_RESPONSE":
                run = message["payload"]["promptId"]
            if run is not None and message["payload"].get("promptId") == run:
                messages.append(message)
                if is_final(message):
                    break
        return messages

    def compare_runs(self, recorded, ours, where):
        theirs_by, ours_by = by_node(recorded), by_node(ours)
        if theirs_by.keys() != ours_by.keys():
            self.problem(where, f"messages about {sorted(map(str, ours_by))}, recorded {sorted(map(str, theirs_by))}")
        for node in theirs_by.keys() & ours_by.keys():
            if theirs_by[node] != ours_by[node]:
                self.problem(f"{where} {node}", f"{ours_by[node]}, recorded {theirs_by[node]}")


def by_node(messages):
    """The messages of each node in their order, those of the run itself under None."""
    nodes = defaultdict(list)
    for message in messages:
        payload = {name: value for name, value in message["payload"].items() if name not in ("promptId", *EXTRAS)}
        for name in ("errorInfo", "errorDetails"):
            if name in payload:
                payload[name] = sorted(payload[name])  # the wording is free
        nodes[payload.get("nodeId") or payload.get("sourceNodeId")].append((message["type"], payload))
    return nodes


def kind(value):
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {dict: "object", list: "list", str: "text", type(None): "null"}[type(value)]
