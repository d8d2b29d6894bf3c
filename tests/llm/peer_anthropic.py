# peer_anthropic.py: a service that speaks Anthropic's Messages, for peer.py, under /anthropic/v1 (models: peer_dialect.py)
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json

from peer_dialect import MODELS, SIGNATURE, THOUGHT, check_model, guarded, want, words_of

KINDS = {"invalid": "invalid_request_error", "missing": "not_found_error", "key": "authentication_error"}
THINKING = {"type": "thinking", "thinking": THOUGHT, "signature": SIGNATURE}


def make_error(refusal):
    return {"type": "error", "error": {"type": KINDS[refusal.kind], "message": refusal.words}, "request_id": "req_1"}


def check_block(block):
    if block["type"] == "text":
        want(block["text"].strip(), "messages: text content blocks must be non-empty")
    if block["type"] == "image" and block["source"]["type"] == "base64":
        want(block["source"]["data"].startswith("iVBOR") == (block["source"]["media_type"] == "image/png"), "media type")


def check(call, body):
    want(call.headers.get("anthropic-version") == "2023-06-01", "anthropic-version: header is required")
    want(isinstance(body.get("max_tokens"), int), "max_tokens: Field required")
    roles = [message["role"] for message in body["messages"]]
    want(roles == (["user", "assistant"] * len(roles))[: len(roles)], f"messages: roles must alternate, not {roles}")
    for message in body["messages"]:
        for block in message["content"]:
            check_block(block)
    unknown = set(body) - {"model", "max_tokens", "system", "messages", "tools", "tool_choice", "stream", "temperature",
                           "top_p", "top_k", "stop_sequences", "thinking", "metadata", "output_config"}
    want(not unknown, f"{unknown}: Extra inputs are not permitted")
    check_model(body["model"], "temperature" in body)


def blocks_of(body):
    last = body["messages"][-1]["content"]
    results = [block for block in last if block["type"] == "tool_result"]
    if results:
        said = body["messages"][-2]["content"]
        want(THINKING in said, "messages: thinking blocks cannot be modified")
        want([b["id"] for b in said if b["type"] == "tool_use"] == [r["tool_use_id"] for r in results], "tool_use ids")
        return [{"type": "text", "text": results[0]["content"][0]["text"]}]
    if body["model"] == "thinker":
        tool = {"type": "tool_use", "id": "toolu_1", "name": body["tools"][0]["name"], "input": {"x": 1}}
        return [THINKING, {"type": "text", "text": "I look."}, tool]
    if body["model"] == "refuser":
        return []
    return [{"type": "text", "text": "".join(block.get("text", f"<{block['type']}>") for block in last)}]


def reason_of(body, blocks):
    if body["model"] == "refuser":
        return "refusal"
    return "tool_use" if any(block["type"] == "tool_use" for block in blocks) else "end_turn"


def message_of(body, blocks, reason):
    return {"id": "msg_1", "type": "message", "role": "assistant", "model": body["model"], "content": blocks,
            "stop_reason": reason, "stop_sequence": None,
            "usage": {"input_tokens": 5, "cache_read_input_tokens": 2, "cache_creation_input_tokens": 1, "output_tokens": 1}}


def deltas_of(block):
    if block["type"] == "thinking":
        yield {"type": "thinking_delta", "thinking": block["thinking"]}
        yield {"type": "signature_delta", "signature": block["signature"]}
    elif block["type"] == "tool_use":
        for piece in ("", '{"x', '": 1}'):
            yield {"type": "input_json_delta", "partial_json": piece}
    else:
        for word in words_of(block["text"]):
            yield {"type": "text_delta", "text": word}


EMPTY = {"thinking": {"thinking": "", "signature": ""}, "tool_use": {"input": {}}, "text": {"text": ""}}


def answer_stream(call, body, blocks):
    def event(kind, **members):
        call.event({"type": kind} | members, kind)

    call.stream()
    event("message_start", message=message_of(body, [], None))
    event("ping")
    for index, block in enumerate(blocks):
        event("content_block_start", index=index, content_block=block | EMPTY[block["type"]])
        for delta in deltas_of(block):
            event("content_block_delta", index=index, delta=delta)
            if body["model"] == "crowded":
                event("error", error={"type": "overloaded_error", "message": "Overloaded"})
                call.finish()
                return
        event("content_block_stop", index=index)
    event("message_delta", delta={"stop_reason": reason_of(body, blocks), "stop_sequence": None}, usage={"output_tokens": 9})
    event("message_stop")
    call.finish()


def messages(call):
    body = call.json
    check(call, body)
    blocks = blocks_of(body)
    if body.get("stream"):
        answer_stream(call, body, blocks)
    elif body["model"] == "crowded":
        call.answer(529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})
    else:
        call.answer(200, message_of(body, blocks, reason_of(body, blocks)))


def models(call):
    data = [{"type": "model", "id": name, "display_name": name.title(), "max_input_tokens": 1000} for name in MODELS]
    call.answer(200, {"data": data, "has_more": False, "first_id": MODELS[0], "last_id": MODELS[-1]})


def handle(handler):
    return guarded(handler, lambda call: call.headers.get("x-api-key"), make_error)


HANDLERS = {"POST /anthropic/v1/messages": handle(messages), "GET /anthropic/v1/models": handle(models)}
