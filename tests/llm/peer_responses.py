# peer_responses.py: a service that speaks OpenAI's Responses, for peer.py, under /responses/v1 (models: peer_dialect.py)
#
# SPDX-License-Identifier: GPL-3.0-or-later

from peer_dialect import MODELS, SIGNATURE, THOUGHT, check_model, guarded, want, words_of

KINDS = {"invalid": "invalid_request_error", "missing": "model_not_found", "key": "invalid_api_key"}
REASONING = {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": THOUGHT}],
             "encrypted_content": SIGNATURE}


def make_error(refusal):
    return {"error": {"message": refusal.words, "type": "invalid_request_error", "param": None, "code": KINDS[refusal.kind]}}


def check(body):
    known = {"model", "instructions", "input", "tools", "tool_choice", "stream", "store", "include", "reasoning", "text",
             "temperature", "top_p", "max_output_tokens"}
    want(set(body) <= known, f"Unknown parameter: {set(body) - known}")
    want(body["store"] is False, "store")
    for item in body["input"]:
        want(item.get("role") in ("user", "assistant", "system", "developer", None), "role")
        want("role" in item or item["type"] in ("reasoning", "message", "function_call", "function_call_output"), "type")
    for tool in body.get("tools", []):
        want(tool["type"] == "function" and tool["strict"] is False and tool["parameters"]["type"] == "object", "tools")
    check_model(body["model"], "temperature" in body)


def message(text):
    return {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": text, "annotations": []}]}


def items_of(body):
    last = body["input"][-1]
    if last.get("type") == "function_call_output":
        want(REASONING in body["input"], "Item 'fc_1' of type 'function_call' was provided without its 'reasoning' item.")
        want(any(item.get("call_id") == last["call_id"] for item in body["input"][:-1]), "No tool call found.")
        return [message(last["output"])]
    if body["model"] == "thinker":
        call = {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": body["tools"][0]["name"],
                "arguments": '{"x": 1}', "status": "completed"}
        return [REASONING, message("I look."), call]
    if body["model"] == "refuser":
        return [{"type": "message", "id": "msg_1", "role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}]
    content = last["content"]
    text = content if isinstance(content, str) else "".join(part.get("text", f"<{part['type']}>") for part in content)
    return [message(text)]


def response_of(body, items, status="completed"):
    return {"id": "resp_1", "object": "response", "model": body["model"], "status": status, "error": None,
            "incomplete_details": None, "output": items,
            "usage": {"input_tokens": 8, "input_tokens_details": {"cached_tokens": 2}, "output_tokens": 9,
                      "output_tokens_details": {"reasoning_tokens": 3}, "total_tokens": 17}}


def events_of(index, item):
    def event(kind, **members):
        return "response." + kind, {"output_index": index} | members

    if item["type"] == "reasoning":
        yield event("output_item.added", item=item | {"summary": [], "encrypted_content": ""})
        yield event("reasoning_summary_part.added", summary_index=0, part={"type": "summary_text", "text": ""})
        yield event("reasoning_summary_text.delta", summary_index=0, delta=THOUGHT)
    elif item["type"] == "function_call":
        yield event("output_item.added", item=item | {"arguments": "", "status": "in_progress"})
        for piece in ('{"x', '": 1}'):
            yield event("function_call_arguments.delta", item_id=item["id"], delta=piece)
        yield event("function_call_arguments.done", item_id=item["id"], arguments=item["arguments"])
    else:
        part = item["content"][0]
        yield event("output_item.added", item=item | {"content": []})
        yield event("content_part.added", content_index=0, part=part | {"text": ""})
        for word in words_of(part.get("text", part.get("refusal"))):
            yield event(part["type"] + ".delta", content_index=0, delta=word)
        yield event(part["type"] + ".done", content_index=0, text=part.get("text"))
    yield event("output_item.done", item=item)


def answer_stream(call, body, items):
    numbers = iter(range(1000))

    def send(kind, **members):
        call.event({"type": kind, "sequence_number": next(numbers)} | members, kind)

    call.stream()
    send("response.created", response=response_of(body, [], "in_progress"))
    for index, item in enumerate(items):
        for kind, members in events_of(index, item):
            send(kind, **members)
            if body["model"] == "crowded" and kind.endswith(".delta"):
                failed = response_of(body, [], "failed") | {"error": {"code": "server_error", "message": "Overloaded."}}
                send("response.failed", response=failed)
                call.finish()
                return
    send("response.completed", response=response_of(body, items))
    call.finish()


def responses(call):
    body = call.json
    check(body)
    items = items_of(body)
    if body["stream"]:
        answer_stream(call, body, items)
    elif body["model"] == "crowded":
        call.answer(500, {"error": {"message": "Overloaded.", "type": "server_error", "param": None, "code": None}})
    else:
        call.answer(200, response_of(body, items))


def models(call):
    call.answer(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]})


def handle(handler):
    return guarded(handler, lambda call: call.headers.get("Authorization", "").removeprefix("Bearer "), make_error)


HANDLERS = {"POST /responses/v1/responses": handle(responses), "GET /responses/v1/models": handle(models)}
