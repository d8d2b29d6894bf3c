# peer_ollama.py: Ollama, for peer.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The model "parrot:latest" repeats the last message word by word and tells how many pictures came; "tool" calls the first
# tool; a member "play" of the body is played instead (class Script of peer.py).

import json

from __main__ import Script

MODELS = ["parrot:latest", "tool"]


class Played(Script):
    def __init__(self, call):
        super().__init__(call)
        self.script = self.script["play"]


def lines_of(body):
    message = body["messages"][-1]
    if body["model"] == "tool":
        function = {"name": body["tools"][0]["function"]["name"], "arguments": {"x": 1}}
        yield {"role": "assistant", "content": "", "tool_calls": [{"function": function}]}
        return
    if body.get("think"):
        yield {"role": "assistant", "content": "", "thinking": "hm"}
    for word in message["content"].split(" ") + [str(len(message.get("images", [])))]:
        yield {"role": "assistant", "content": word + " "}


def chat(call):
    body = call.json
    if "play" in body:
        Played(call).play()
        return
    if body["model"] not in MODELS:
        call.answer(404, {"error": f"model '{body['model']}' not found"})
        return
    end = {"done": True, "done_reason": "stop", "prompt_eval_count": 7, "eval_count": 3, "total_duration": 5}
    head = {"model": body["model"], "created_at": "2026-01-31T12:00:00Z"}
    lines = list(lines_of(body))
    if not body.get("stream", True):
        whole = {}
        for line in lines:
            whole |= {key: whole.get(key, "") + value if isinstance(value, str) else value for key, value in line.items()}
        call.answer(200, head | {"message": whole | {"role": "assistant"}} | end, "application/json; charset=utf-8")
        return
    call.stream(content_type="application/x-ndjson")
    for line in lines:
        call.piece(json.dumps(head | {"message": line, "done": False}) + "\n")
    call.piece(json.dumps(head | {"message": {"role": "assistant", "content": ""}} | end) + "\n")
    call.finish()


def tags(call):
    details = {"parameter_size": "8.0B", "quantization_level": "Q4_K_M"}
    call.answer(200, {"models": [{"name": name, "model": name, "details": details} for name in MODELS]})


def embed(call):
    texts = call.json["input"]
    call.answer(200, {"model": "m", "embeddings": [[len(text), 0.5] for text in texts], "prompt_eval_count": 4})


HANDLERS = {
    "POST /api/chat": chat,
    "GET /api/tags": tags,
    "POST /api/embed": embed,
}
