#!/usr/bin/env python3
# test-models.py: services of models are really asked: which models they have, and whether they answer
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-models.py SERVER_PROGRAM
#
# Run by build-aux/with-keyring.sh: the keyring is a gnome-keyring of this test's own.

import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from services import Services  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
KEY = "sk-models-" + "0123456789-wxyz"
BASE = "/api/llm/channels"


def created(server, url, **more):
    answer = server.ask("POST", BASE, {"label": "L", "baseUrl": url, "apiKey": KEY, **more})
    equal(answer.status, 200, answer.bytes)
    return answer.json["id"]


def tested(server, channel, **body):
    answer = server.ask("POST", f"{BASE}/{channel}/test", body)
    equal(answer.status, 200, answer.bytes)
    assert isinstance(answer.json["latencyMs"], int)
    return answer.json


def test_kinds():
    with Server(PROGRAM) as server:
        providers = server.get("/api/llm/providers").json
        equal(providers[0], {"id": "openai", "name": "OpenAI"})
        equal([set(provider) for provider in providers], [{"id", "name"}] * len(providers))
        presets = server.get("/api/llm/presets").json
        equal(presets[0], {"id": "openai", "name": "OpenAI", "providerId": "openai", "baseUrl": "https://api.openai.com/v1",
                           "needsKey": True, "local": False})
        assert {preset["providerId"] for preset in presets} <= {provider["id"] for provider in providers}


def is_free(port):
    with socket.socket() as attempt:
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def test_local():
    """Ollama's usual port; where somebody has it already, only the form of the answer is looked at."""
    is_ours = is_free(11434)
    with Services(11434 if is_ours else 0), Server(PROGRAM) as server:
        found = server.get("/api/llm/local").json
        equal([set(one) for one in found], [{"provider", "preset", "name", "baseUrl", "models"}] * len(found))
        if is_ours:
            ollama = next(one for one in found if one["provider"] == "ollama")
            equal((ollama["preset"], ollama["name"], ollama["baseUrl"]), ("ollama", "Ollama", "http://127.0.0.1:11434"))
            equal([model["id"] for model in ollama["models"]], ["parrot:latest", "tool"])
            channel = created(server, ollama["baseUrl"], apiKey="", adapterType=ollama["provider"])
            equal(tested(server, channel, model="parrot:latest")["ok"], True)


def test_discover():
    with Services() as services, Server(PROGRAM) as server:
        channel = created(server, services.a + "/")
        equal([model["id"] for model in server.ask("POST", f"{BASE}/{channel}/discover-models", {}).json], ["a-1", "a-2"])
        equal(server.get(f"{BASE}/{channel}/list-models").json, ["a-1", "a-2"])
        equal(services.told["a"], {"calls": 2, "keys": [KEY, KEY], "maxTokens": [None, None]})
        server.ask("PUT", f"{BASE}/{channel}", {"apiKey": "sk-another-key"})
        server.get(f"{BASE}/{channel}/list-models")
        equal(services.told["a"]["keys"][2], "sk-another-key")
        server.ask("DELETE", f"{BASE}/{channel}/key")
        server.get(f"{BASE}/{channel}/list-models")
        equal(services.told["a"]["keys"][3], "")


def test_no_models():
    """http-api.md 12.3: whatever is wrong, 200 and an empty list; the test says what it is."""
    with Services() as services, Server(PROGRAM) as server:
        channel = created(server, services.a)
        for mood, kind in (({"status": 401}, "key"), ({"status": 500}, "server")):
            services.mood(a=[mood, mood])
            answer = server.ask("POST", f"{BASE}/{channel}/discover-models", {})
            equal((answer.status, answer.json), (200, []))
            result = tested(server, channel)
            equal((result["ok"], result["class"]), (False, kind))
            assert "a is not well" in result["message"] and KEY not in result["message"]
        gone = created(server, "http://127.0.0.1:1/v1")
        equal(server.get(f"{BASE}/{gone}/list-models").json, [])
        equal(tested(server, gone)["class"], "network")


def test_test():
    with Services() as services, Server(PROGRAM) as server:
        channel = created(server, services.b, disabled=True)
        result = tested(server, channel)
        equal((result["ok"], [model["id"] for model in result["models"]]), (True, ["b-1", "b-2"]))
        result = tested(server, channel, model="b-1")
        equal((result["ok"], "models" in result), (True, False))
        equal(services.told["b"]["maxTokens"], [None, 16])
        services.mood(b=[{"status": 404}])
        result = tested(server, channel, model="gone")
        equal((result["ok"], result["class"]), (False, "input"))
        equal(server.ask("POST", f"{BASE}/{channel}/test", {"model": 5}).status, 400)
        equal(server.ask("POST", f"{BASE}/ch_none/test", {}).status, 404)
        unknown = created(server, services.b, adapterType="other")
        equal(server.ask("POST", f"{BASE}/{unknown}/test", {}).status, 400)


def test_kind_of_a_channel():
    """Only OpenAI's kind sends the key as a bearer of it."""
    kinds = ({}, KEY), ({"providerId": "openrouter"}, KEY), ({"providerId": "anthropic"}, ""), ({"adapterType": "anthropic"}, ""), (
        {"providerId": "anthropic", "adapterType": "openai"}, KEY)
    with Services() as services, Server(PROGRAM) as server:
        for members, sent in kinds:
            tested(server, created(server, services.a, **members))
            equal(services.told["a"]["keys"][-1], sent, members)


def test_health():
    with Services() as services, Server(PROGRAM) as server:
        equal(server.get("/api/llm/health").json, [])
        channel = created(server, services.a)
        equal(server.get("/api/llm/health").json, [{"id": channel, "state": "ready", "failures": 0}])
        equal(server.get(f"{BASE}/{channel}/health").json, {"id": channel, "state": "ready", "failures": 0})
        equal(server.get(f"{BASE}/ch_none/health").status, 404)


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
