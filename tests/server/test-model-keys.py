#!/usr/bin/env python3
# test-model-keys.py: keys of models' services go from the keyring to the one call that needs them, and nowhere else
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-model-keys.py SERVER_PROGRAM HEARTHCTL
#
# Run by build-aux/with-keyring.sh: the keyring is a gnome-keyring of this test's own.

import contextlib
import json
import os
import pty
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from services import Services  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM, HEARTHCTL = sys.argv[1:3]
# Written so that no copy of this file counts as one of the key
CANARY = "sk-canary-" + "1a2b3c4d5e6f-vwxy"
BASE = "/api/llm/channels"


def hearthctl(folder, *arguments, text=None, status=0):
    done = subprocess.run([HEARTHCTL, *arguments, "--data-dir", folder], input=text, capture_output=True, text=True, check=False)
    equal(done.returncode, status, done)
    return done.stdout + done.stderr


def files_with(folder, text):
    return [str(path) for path in Path(folder).rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def make_channel(folder, **members):
    with Server(PROGRAM, data=folder) as server:
        answer = server.ask("POST", BASE, {"label": "Mine", "apiKey": "", **members})
        equal(answer.status, 200, answer.bytes)
        return answer.json["id"]


# --- hearthctl models ---------------------------------------------------------------------------


def test_list_and_test():
    with Services() as services, tempfile.TemporaryDirectory() as folder:
        own = "core:offline  Offline\n  core:offline\n  core:offline-quick\n"
        equal(hearthctl(folder, "models"), own)
        assert "It has 2 models." in hearthctl(folder, "models", "test", "core:offline")
        assert "“x” has answered." in hearthctl(folder, "models", "test", "core:offline", "--model", "x")
        # Before anything is typed
        assert "“Offline” takes no key" in hearthctl(folder, "models", "key", "core:offline", text=CANARY + "\n", status=2)
        channel = make_channel(folder, baseUrl=services.a, supportedModels=["m"])
        equal(hearthctl(folder, "models"), f"{channel}  Mine  {services.a}  no key\n  m\n{own}")
        equal(json.loads(hearthctl(folder, "models", "--json"))["channels"][0]["id"], channel)
        for name in ("Mine", channel):
            assert "a-1\n  a-2\n" in hearthctl(folder, "models", "test", name)
        assert "“m”" in hearthctl(folder, "models", "test", "Mine", "--model", "m")
        services.mood(a=[{"status": 500}, {"status": 500}])
        assert "a is not well" in hearthctl(folder, "models", "test", "Mine", status=1)
        result = json.loads(hearthctl(folder, "models", "test", "Mine", "--json", status=1))
        equal((result["ok"], result["class"]), (False, "server"))
        assert "nobody" in hearthctl(folder, "models", "test", "nobody", status=2)
        hearthctl(folder, "models", "test", status=2)


def test_key_from_a_pipe():
    with Services() as services, tempfile.TemporaryDirectory() as folder:
        make_channel(folder, baseUrl=services.a)
        equal(hearthctl(folder, "models", "key", "Mine", text=CANARY + "\n"), "")
        assert "key …vwxy" in hearthctl(folder, "models")
        hearthctl(folder, "models", "key", "Mine", text="\n", status=2)
        hearthctl(folder, "models", "test", "Mine")
        equal(services.told["a"]["keys"], [CANARY])
        equal(files_with(folder, CANARY), [])


def test_key_at_a_terminal():
    """What is typed is not shown, and the terminal is afterwards as it was before."""
    with Services() as services, tempfile.TemporaryDirectory() as folder:
        make_channel(folder, baseUrl=services.a)
        own, others = pty.openpty()
        before = termios.tcgetattr(others)
        with subprocess.Popen([HEARTHCTL, "models", "key", "Mine", "--data-dir", folder], stdin=others, stdout=others,
                              stderr=others) as process:
            shown = b""
            while b"Key: " not in shown:
                shown += os.read(own, 1000)
            os.write(own, CANARY.encode() + b"\n")
            equal(process.wait(), 0)
        equal(termios.tcgetattr(others)[3], before[3])
        os.set_blocking(own, False)
        with contextlib.suppress(BlockingIOError):
            shown += os.read(own, 10000)
        assert CANARY.encode() not in shown, shown
        os.close(own)
        os.close(others)
        assert "key …vwxy" in hearthctl(folder, "models")


# --- before a run -----------------------------------------------------------------------------------


def test_check():
    """A node whose model nobody has, or whose service has no key, is named with its input."""
    with tempfile.TemporaryDirectory() as folder:
        workflow = Path(folder, "w.json")
        workflow.write_text(json.dumps(question(stream=False)), encoding="utf-8")

        def problems(status):
            return [(problem["level"], problem["code"], problem["nodeId"], problem["slot"])
                    for problem in json.loads(hearthctl(folder, "check", workflow, "--json", status=status))]

        equal(problems(1), [("error", "no-channel", "A", "activated_model_id")])
        make_channel(folder, baseUrl="https://api.openai.com/v1")
        equal(problems(1), [("error", "missing-key", "A", "activated_model_id")])
        assert "“Mine”" in hearthctl(folder, "check", workflow, status=1)
        hearthctl(folder, "models", "key", "Mine", text=CANARY + "\n")
        equal(problems(0), [])


# --- a run ------------------------------------------------------------------------------------------


def question(stream):
    messages = '[{"role": "user", "content": "who are you"}]'
    return {"nodes": [{"id": "A", "fullType": "core:GenericLlmRequest",
                       "inputs": {"messages": messages, "activated_model_id": "m", "stream": stream}}], "edges": []}


@contextlib.contextmanager
def standard_error_in(path):
    """Of whatever is started meanwhile; told afterwards."""
    own = os.dup(2)
    with open(path, "wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)
        sys.stderr.write(Path(path).read_text(encoding="utf-8"))


def run_and_listen(server, socket, payload):
    """All that anybody can hear of it."""
    socket.send("PROMPT_REQUEST", payload)
    messages = socket.until(wire.is_final) + socket.waiting()
    heard = [json.dumps(message) for message in messages]
    run = next(message["payload"]["promptId"] for message in messages if "promptId" in message.get("payload", {}))
    for path in (f"/api/prompt/{run}", f"/api/history/{run}", "/api/history", BASE, "/api/llm/health"):
        answer = server.get(path)
        heard.append(f"{path} {answer.status} {answer.headers} {answer.text}")
    return "".join(heard)


def test_canary_of_a_run():
    """Services see the key, and say it back in their refusals; nothing else ever does."""
    echo = {"status": 401, "text": {"error": {"message": "no such key: $KEY", "code": "$KEY"}}}
    moods = [{}, {}, echo, {"status": 500, "text": "<html>$KEY</html>"}, {"late": True, "text": "$KEY"}, {"cut": 1}]
    with Services() as services, tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        log = Path(other, "stderr")
        heard = []
        with standard_error_in(log), Server(PROGRAM, data=folder) as server, server.socket() as socket:
            channel = server.ask("POST", BASE, {"label": "Mine", "baseUrl": services.a, "apiKey": CANARY}).json["id"]
            for number, mood in enumerate(moods):
                services.mood(a=[mood])
                told = run_and_listen(server, socket, question(stream=number > 0))
                assert mood or "from a" in told, told
                heard.append(told)
                server.ask("PUT", f"{BASE}/{channel}", {"label": f"L{number}"})  # it rests no more
            services.mood(a=[echo])
            heard.append(server.ask("POST", f"{BASE}/{channel}/test", {}).text)
            heard.append(server.ask("POST", f"{BASE}/{channel}/discover-models", {}).text)
            heard.append(Path(f"/proc/{server.process.pid}/cmdline").read_text() + Path(f"/proc/{server.process.pid}/environ").read_text())
        assert services.told["a"]["calls"] >= len(moods)
        equal(set(services.told["a"]["keys"]), {CANARY})
        assert any("no such key: •••" in text for text in heard)
        workflow = Path(other, "w.json")
        workflow.write_text(json.dumps(question(stream=False)), encoding="utf-8")
        services.mood(a=[{}, echo])
        heard.append(hearthctl(folder, "run", workflow, "--events", "--explain"))
        assert "from a" in heard[-1], heard[-1]
        heard.append(hearthctl(folder, "run", workflow, "--events", "--explain", status=1))
        assert "no such key: •••" in heard[-1], heard[-1]
        heard.append(log.read_text(encoding="utf-8"))
        equal([text for text in heard if CANARY in text], [])
        equal(files_with(folder, CANARY), [])
        equal(files_with(os.environ["HOME"], CANARY), [])
# --- keys that are written into workflows ---------------------------------------------------------


def settings_node(name, address, key):
    return {"id": name, "type": "core:APISettings", "position": {"x": 0, "y": 0},
            "inputValues": {"use_env_vars": False, "base_url": address, "api_key": key}}


def old_workflow(name, address):
    """As the frontend saves it: twice the same service, once another."""
    nodes = [settings_node("s1", address, CANARY), settings_node("s2", address, CANARY), settings_node("s3", address, ""),
             {"id": "ask", "type": "core:OpenAI", "position": {"x": 0, "y": 0},
              "inputValues": {"model": "a-1", "prompt": "hello"}}]
    edges = [{"id": "e", "source": "s1", "sourceHandle": "api_settings", "target": "ask", "targetHandle": "api_settings"}]
    return {"name": name, "nodes": nodes, "edges": edges, "viewport": {"x": 0, "y": 0, "zoom": 1}}


def test_workflow_keys_move():
    with Services() as services, tempfile.TemporaryDirectory() as folder:
        with Server(PROGRAM, data=folder) as server:
            project = server.ask("POST", "/api/projects", {"name": "Old"}).json["id"]
            for name in ("One", "Two"):
                answer = server.ask("POST", f"/api/projects/{project}/workflows", old_workflow(name, services.a))
                equal(answer.status, 201, answer.bytes)
            assert files_with(folder, CANARY)
            moved = server.ask("POST", f"/api/projects/{project}/move-keys", {}).json
            equal((len(moved["moved"]), moved["left"], set(moved)), (4, [], {"moved", "left"}))
            equal(len({entry["channelId"] for entry in moved["moved"]}), 1)
            equal(server.ask("POST", f"/api/projects/{project}/move-keys", {}).json, {"moved": [], "left": []})
            channels = server.get(BASE).json
            equal([(channel["baseUrl"], channel["keyStore"]) for channel in channels], [(services.a, "keyring")])
            workflow = server.get(f"/api/projects/{project}/workflows/One").json
            equal([node.get("inputValues", {}).get("api_key") for node in workflow["nodes"]], ["", "", "", None])
            server.ask("POST", "/api/workflows/One/execute", {"projectId": project})
            equal(services.told["a"]["keys"][-1], CANARY)
        # The generation before, the history and the log included
        equal(files_with(folder, CANARY), [])


def test_workflow_keys_stay():
    """Without a keyring nothing is lost: the key is where it was, and the person hears why."""
    with Services() as services, Server(PROGRAM, environment={"DBUS_SESSION_BUS_ADDRESS": "disabled:"}) as server:
        project = server.ask("POST", "/api/projects", {"name": "Old"}).json["id"]
        server.ask("POST", f"/api/projects/{project}/workflows", old_workflow("One", services.a))
        left = server.ask("POST", f"/api/projects/{project}/move-keys", {}).json
        equal((left["moved"], [entry["nodeId"] for entry in left["left"]]), ([], ["s1", "s2"]))
        assert "keyring" in left["left"][0]["message"] and CANARY not in json.dumps(left)
        workflow = server.get(f"/api/projects/{project}/workflows/One").json
        equal(workflow["nodes"][0]["inputValues"]["api_key"], CANARY)
        equal(server.get(BASE).json, [])
        moved = server.ask("POST", f"/api/projects/{project}/move-keys", {"keyStore": "session"}).json
        equal((len(moved["moved"]), moved["left"]), (2, []))


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
