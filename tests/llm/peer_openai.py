# peer_openai.py: a service that speaks OpenAI's chat completions, for peer.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Under /v1, with the key "sk-right-key-0123". The model "parrot" repeats the last message word by word; a member "play" of
# the body is played instead (class Script of peer.py). Models: "strict" does not know stream_options, "thinker" no
# temperature; "tool" calls the first tool, "refuser" refuses.

import json

from __main__ import CALLS, Script

KEY = "sk-right-key-0123"
MODELS = ["parrot", "strict", "thinker", "tool", "refuser"]


class Refusal(Exception):
    def __init__(self, status, **error):
        super().__init__(error["message"])
        self.status = status
        self.error = {"type": "invalid_request_error", "param": None, "code": None} | error


class Played(Script):
    def __init__(self, call):
        super().__init__(call)
        self.script = self.script["play"]


def check_key(call):
    key = call.headers.get("Authorization", "").removeprefix("Bearer ")
    if key != KEY:
        raise Refusal(401, message=f"Incorrect API key provided: {key}.", code="invalid_api_key")


def check_body(body):
    if body["model"] not in MODELS:
        raise Refusal(404, message=f"The model `{body['model']}` does not exist", code="model_not_found")
    if body["model"] == "strict" and "stream_options" in body:
        raise Refusal(422, message="Unrecognized request argument supplied: stream_options")
    if body["model"] == "thinker" and "temperature" in body:
        raise Refusal(400, message="Unsupported value: 'temperature' does not support 0.7", code="unsupported_value")


def words_of(body):
    if body["model"] == "refuser":
        return ["I ", "will ", "not."]
    content = body["messages"][-1]["content"]
    text = content if isinstance(content, str) else "".join(part.get("text", f"<{part['type']}>") for part in content)
    return [word + " " for word in text.split(" ")[:-1]] + [text.split(" ")[-1]]


def usage_of(body, words):
    prompt = sum(len(json.dumps(message)) for message in body["messages"])
    return {"prompt_tokens": prompt, "completion_tokens": len(words), "total_tokens": prompt + len(words)}


def tool_call(body):
    return {"id": "call_a", "type": "function", "function": {"name": body["tools"][0]["function"]["name"], "arguments": '{"x": 1}'}}


def answer_whole(call, body, words):
    message = {"role": "assistant", "content": "".join(words)}
    reason = "stop"
    if body["model"] == "tool":
        message, reason = {"role": "assistant", "content": None, "tool_calls": [tool_call(body)]}, "tool_calls"
    if body["model"] == "refuser":
        message = {"role": "assistant", "content": None, "refusal": "".join(words)}
    choice = {"index": 0, "message": message, "finish_reason": reason}
    call.answer(200, {"id": "r-1", "object": "chat.completion", "model": body["model"], "choices": [choice],
                      "usage": usage_of(body, words)})


def deltas_of(body, words):
    yield {"role": "assistant", "content": ""}
    if body["model"] == "tool":
        whole = tool_call(body)
        name = whole["function"]["name"]
        yield {"tool_calls": [whole | {"index": 0, "function": {"name": name, "arguments": ""}}]}
        for piece in ('{"x', '": ', "1}"):
            yield {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}
    else:
        for word in words:
            yield {"refusal" if body["model"] == "refuser" else "content": word}


def answer_stream(call, body, words):
    head = {"id": "r-1", "object": "chat.completion.chunk", "model": body["model"]}
    wants_usage = body.get("stream_options", {}).get("include_usage")
    call.stream()
    for delta in deltas_of(body, words):
        call.event(head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    reason = "tool_calls" if body["model"] == "tool" else "stop"
    call.event(head | {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    if wants_usage:
        call.event(head | {"choices": [], "usage": usage_of(body, words)})
    call.event("[DONE]")
    call.finish()


def chat(call):
    body = call.json
    if "play" in body:
        Played(call).play()
        return
    check_body(body)
    (answer_stream if body.get("stream") else answer_whole)(call, body, words_of(body))


def models(call):
    call.answer(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]})


# Answers when the call is over.
def calls(call):
    name = call.query["id"]
    call.answer(200, {"data": [{"id": name if CALLS.wait(name) else "none"}]})


# The last first: what says its index need not come in order.
def embeddings(call):
    texts = call.json["input"]
    if call.json["model"] == "forgetful":
        texts = texts[:-1]
    data = [{"index": i, "embedding": [len(text), i + 0.5]} for i, text in enumerate(texts)]
    call.answer(200, {"data": data[::-1], "usage": {"prompt_tokens": len(texts), "total_tokens": len(texts)}})


def guarded(handler):
    def handle(call):
        try:
            check_key(call)
            handler(call)
        except json.JSONDecodeError:  # the other side has gone in the middle of its question
            call.close_connection = True
        except Refusal as refusal:
            call.answer(refusal.status, {"error": refusal.error})

    return handle


HANDLERS = {
    "POST /v1/chat/completions": guarded(chat),
    "GET /v1/models": guarded(models),
    "GET /v1/calls": guarded(calls),
    "POST /v1/embeddings": guarded(embeddings),
}
