# peer_script.py: a model whose lines are written down before, for peer.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Under /s/v1, it speaks OpenAI's chat completions.
#
#   POST /lines   [line, …]: what it says, one line for each call. Lines:
#                 {"text": …, "think"?: …}, {"calls": [{"name", "arguments" (a text)}, …]}, {"status": 400},
#                 {"endless": true}: text until the caller goes
#   GET  /asked   [body of each call, with "key"]
#   GET  /gone    waits until the caller of an endless answer is gone; {"gone": true}
#   *    /tool    {"asked": method and path with query, "body": …}, or 404 for /tool/missing

import json
import threading

USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}

LINES = []
ASKED = []
GONE = threading.Event()


def set_lines(call):
    LINES[:] = call.json
    ASKED.clear()
    GONE.clear()
    call.answer(200, {})


def chat(call):
    line = LINES.pop(0)
    ASKED.append(call.json | {"key": call.headers.get("Authorization", "")})
    if "status" in line:
        call.answer(line["status"], {"error": {"message": "the script says no", "type": "invalid_request_error"}})
    elif "endless" in line:
        endless(call)
    elif call.json.get("stream"):
        stream(call, line)
    else:
        call.answer(200, {"id": "r", "model": "m", "choices": [{"index": 0, "message": {"role": "assistant"} | message(line),
                                                                "finish_reason": finish(line)}], "usage": USAGE})


def finish(line):
    return "tool_calls" if "calls" in line else "stop"


def calls(line):
    return [{"index": i, "id": f"call_{i}", "type": "function", "function": one} for i, one in enumerate(line["calls"])]


def message(line):
    return {"content": None, "tool_calls": calls(line)} if "calls" in line else {"content": line["text"]}


def event(call, delta, **more):
    call.event({"id": "r", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": None} | more]})


def stream(call, line):
    call.stream()
    if "think" in line:
        event(call, {"reasoning_content": line["think"]})
    for part in line.get("text", "").split(" "):
        if part:
            event(call, {"content": part + " "})
    if "calls" in line:
        event(call, {"tool_calls": calls(line)})
    event(call, {}, finish_reason=finish(line))
    call.event({"model": "m", "choices": [], "usage": USAGE})
    call.event("[DONE]")
    call.finish()


def endless(call):
    try:
        call.stream()
        while True:
            event(call, {"content": "more "})
            call.wait(0.01)
    finally:
        GONE.set()


def tool(call):
    call.answer(200, {"asked": f"{call.method} {call.full_path}", "body": json.loads(call.body) if call.body else None,
                      "pack": call.headers.get("Hearth-Pack")})


HANDLERS = {
    "POST /lines": set_lines,
    "POST /s/v1/chat/completions": chat,
    "GET /asked": lambda call: call.answer(200, ASKED),
    "GET /gone": lambda call: call.answer(200, {"gone": GONE.wait(20)}),
    "* /tool": tool,
    "* /tool/a b": tool,
    "* /tool/a%20b": tool,
}
