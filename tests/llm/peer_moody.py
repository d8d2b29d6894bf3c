# peer_moody.py: three services that speak OpenAI's chat completions, a, b and c, each in a mood, for peer.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Under /a/v1, /b/v1 and /c/v1; they answer every model with "from a", word by word, and say which key they saw. The model "fussy"
# takes no temperature.
#
#   POST /moods   {"a": [mood, …]}: what happens to the next calls of a; behind the last it is well again. Moods:
#                 {"status": 429, "headers"?: {…}, "text"?: … ("$KEY" in it becomes the key)}, {"cut": how many pieces first} (in pieces, asked or not), {"hang": true},
#                 {"wait": seconds before it answers as ever}, {"late": true}: usage, and then an error instead of a piece
#   GET /crowds   {"a": how many of its calls waited at once, at most, …}
#   GET /moods    {"a": {"calls": how many, "keys": [of each call], "maxTokens": [of each call]}, …}

import json
import threading

USAGE = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}


class Service:
    def __init__(self, name):
        self.name = name
        self.lock = threading.Lock()
        self.moods = []
        self.told = {"calls": 0, "keys": [], "maxTokens": []}
        self.now = self.most = 0

    def begin(self, call):
        """The mood of this call."""
        with self.lock:
            self.told["calls"] += 1
            self.told["keys"].append(call.headers.get("Authorization", "").removeprefix("Bearer "))
            self.told["maxTokens"].append(call.json.get("max_tokens") if call.body else None)
            return self.moods.pop(0) if self.moods else {}

    def event(self, call, delta, **more):
        call.event({"model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": None} | more]})

    def linger(self, call, seconds):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        call.wait(seconds)
        with self.lock:
            self.now -= 1

    def chat(self, call):
        mood = self.begin(call)
        if "wait" in mood:
            self.linger(call, mood["wait"])
        if "status" in mood:
            call.answer(mood["status"], self.refusal(mood), headers=mood.get("headers"))
        elif call.json["model"] == "fussy" and "temperature" in call.json:
            call.answer(400, {"error": {"message": "Unsupported value: 'temperature' does not support 0.5 with this model.",
                                        "code": "unsupported_value"}})
        elif "hang" in mood:
            call.wait(60)
        elif call.json.get("stream") or "cut" in mood:
            self.stream(call, mood)
        else:
            message = {"role": "assistant", "content": f"from {self.name}"}
            call.answer(200, {"model": "m", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": USAGE})

    def refusal(self, mood):
        text = json.dumps(mood.get("text", {"error": {"message": f"{self.name} is not well"}}))
        return text.replace("$KEY", self.told["keys"][-1])

    def stream(self, call, mood):
        call.stream()
        if "late" in mood:
            call.event({"model": "m", "choices": [], "usage": USAGE})
            call.event({"error": {"message": "overloaded", "code": 503}})
            call.finish()
            return
        for number, word in enumerate(["from ", self.name]):
            if mood.get("cut") == number:
                call.cut()
            self.event(call, {"content": word})
        if mood.get("cut") == 2:
            call.cut()
        self.event(call, {}, finish_reason="stop")
        call.event({"model": "m", "choices": [], "usage": USAGE})
        call.event("[DONE]")
        call.finish()

    def models(self, call):
        mood = self.begin(call)
        if "status" in mood:
            call.answer(mood["status"], self.refusal(mood))
        else:
            call.answer(200, {"data": [{"id": f"{self.name}-1"}, {"id": f"{self.name}-2"}]})

    def embeddings(self, call):
        mood = self.begin(call)
        if "status" in mood:
            call.answer(mood["status"], self.refusal(mood))
        else:
            data = [{"index": i, "embedding": [len(text)]} for i, text in enumerate(call.json["input"])]
            call.answer(200, {"data": data, "usage": {"prompt_tokens": 3, "total_tokens": 3}})


SERVICES = {name: Service(name) for name in "abc"}


def set_moods(call):
    for name, moods in call.json.items():
        with SERVICES[name].lock:
            SERVICES[name].moods = moods
    call.answer(200, {})


def get_moods(call):
    call.answer(200, {name: service.told for name, service in SERVICES.items()})


def get_crowds(call):
    call.answer(200, {name: service.most for name, service in SERVICES.items()})


HANDLERS = {"POST /moods": set_moods, "GET /moods": get_moods, "GET /crowds": get_crowds}
for one in SERVICES.values():
    HANDLERS |= {f"POST /{one.name}/v1/chat/completions": one.chat, f"GET /{one.name}/v1/models": one.models,
                 f"POST /{one.name}/v1/embeddings": one.embeddings}
