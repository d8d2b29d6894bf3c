# peer_gemini.py: a service that speaks Gemini's language, for peer.py, under /gemini/v1beta (models: peer_dialect.py)
#
# SPDX-License-Identifier: GPL-3.0-or-later

from peer_dialect import MODELS, SIGNATURE, THOUGHT, check_model, guarded, want, words_of

KINDS = {"invalid": "INVALID_ARGUMENT", "missing": "NOT_FOUND", "key": "UNAUTHENTICATED"}
SIGNED_CALL = {"functionCall": {"name": "", "args": {"x": 1}}, "thoughtSignature": SIGNATURE}


def make_error(refusal):
    return {"error": {"code": refusal.status, "message": refusal.words, "status": KINDS[refusal.kind]}}


def check(call, body):
    want("key" not in call.query, "The key stands in the address.")
    roles = [content["role"] for content in body["contents"]]
    want(set(roles) <= {"user", "model"} and roles[-1] == "user", f"Please use a valid role, not {roles}.")
    want(all(content["parts"] for content in body["contents"]), "contents.parts must not be empty.")
    known = {"contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings"}
    want(set(body) <= known, f"Unknown name: {set(body) - known}")
    known = {"temperature", "topP", "topK", "maxOutputTokens", "stopSequences", "seed", "responseMimeType",
             "responseJsonSchema", "thinkingConfig"}
    unknown = set(body.get("generationConfig", {})) - known
    want(not unknown, f"Unknown name at 'generation_config': {unknown}")


def check_signature(said):
    calls = [part for part in said["parts"] if "functionCall" in part]
    want(calls and calls[0].get("thoughtSignature") == SIGNATURE, "Function call is missing a thought_signature.")


def parts_of(model, body):
    last = body["contents"][-1]["parts"]
    answers = [part["functionResponse"] for part in last if "functionResponse" in part]
    if answers:
        check_signature(body["contents"][-2])
        return [{"text": f"{answers[0]['name']}: {answers[0]['response']['result']}"}]
    if model == "thinker":
        name = body["tools"][0]["functionDeclarations"][0]["name"]
        call = SIGNED_CALL | {"functionCall": {"name": name, "args": {"x": 1}}}
        return [{"text": THOUGHT, "thought": True}, {"text": "I look."}, call]
    text = "".join(part.get("text", "<data>") for part in last)
    return [{"text": word} for word in words_of(text)]


def answer_of(model, parts, is_last):
    candidate = {"index": 0, "content": {"role": "model", "parts": parts}}
    answer = {"candidates": [candidate], "modelVersion": model, "responseId": "r-1"}
    if is_last:
        candidate["finishReason"] = "STOP"
        answer["usageMetadata"] = {"promptTokenCount": 8, "candidatesTokenCount": 6, "thoughtsTokenCount": 3,
                                   "cachedContentTokenCount": 2, "totalTokenCount": 17}
    return answer


REFUSED = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 8}}
CROWDED = {"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}


def generate(model):
    def handler(call):
        check(call, call.json)
        check_model(model, "temperature" in call.json.get("generationConfig", {}))
        if model == "crowded":
            call.answer(503, CROWDED)
        else:
            call.answer(200, REFUSED if model == "refuser" else answer_of(model, parts_of(model, call.json), True))

    return handler


def stream(model):
    def handler(call):
        want(call.query.get("alt") == "sse", "alt=sse")
        check(call, call.json)
        check_model(model, "temperature" in call.json.get("generationConfig", {}))
        parts = parts_of(model, call.json)
        call.stream()
        if model == "refuser":
            call.event(REFUSED)
            parts = []
        for index, part in enumerate(parts):
            call.event(answer_of(model, [part], index == len(parts) - 1 and model != "crowded"))
            if model == "crowded":
                call.event(CROWDED)
                break
        call.finish()

    return handler


def models(call):
    told = [{"name": f"models/{name}", "displayName": name.title(), "inputTokenLimit": 1000,
             "supportedGenerationMethods": ["generateContent"]} for name in MODELS]
    call.answer(200, {"models": told})


def embed(call):
    requests = call.json["requests"]
    want(all(request["model"] == "models/embedder" for request in requests), "model")
    call.answer(200, {"embeddings": [{"values": [len(r["content"]["parts"][0]["text"]), 0.5]} for r in requests]})


def handle(handler):
    return guarded(handler, lambda call: call.headers.get("x-goog-api-key"), make_error)


HANDLERS = {"GET /gemini/v1beta/models": handle(models), "POST /gemini/v1beta/models/embedder:batchEmbedContents": handle(embed)}
for name in MODELS:
    HANDLERS[f"POST /gemini/v1beta/models/{name}:generateContent"] = handle(generate(name))
    HANDLERS[f"POST /gemini/v1beta/models/{name}:streamGenerateContent"] = handle(stream(name))
