#!/usr/bin/env python3
# test-pages.py: our own pages and the script of panels, in a real Chromium
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-pages.py SERVER_PROGRAM

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import browser  # noqa: E402
import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]


def load(server, path, language="en"):
    page, complaints = browser.load(f"http://{server.host}{path}", language)
    equal(complaints, [], path)
    return page


# --- status ----------------------------------------------------------------------------------


def test_status():
    with Server(PROGRAM) as server, server.socket():
        page = load(server, "/")
        equal(page.id("state").text, "Ready")
        equal([page.id(name).text for name in ("running", "waiting", "clients")], ["0", "0", "1"])
        equal(page.id("connect").hidden, False)
        system = server.get("/api/status").json["os"]
        rows = {row.all("dt")[0].text: row.all("dd")[0].text for row in page.id("computer").all("div")}
        equal(rows["System"], f"{system['distro']} {system['release']}, kernel {system['kernel']}, {system['arch']}")
        assert "MB" in rows["Used by Hearth"], rows


def test_status_beside_a_frontend():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "index.html").write_text("<!doctype html><p id=theirs>frontend")
        with Server(PROGRAM, "--frontend", folder) as server:
            equal(load(server, "/").id("theirs").text.strip(), "frontend")
            page = load(server, "/api/pages/status.html")
            equal((page.id("state").text, page.id("connect").hidden), ("Ready", True))


def test_status_in_chinese():
    with Server(PROGRAM) as server:
        script = server.get("/api/pages/texts.js", **{"Accept-Language": "zh-CN"}).text
        texts = json.loads(script.split("const texts = ", 1)[1].split(";\n", 1)[0])
        page = load(server, "/", "zh-CN")
        equal(page.all("html")[0].attributes["lang"], "zh-CN")
        equal(page.id("state").text, texts["Ready"])
        rows = [row.all("dt")[0].text for row in page.id("computer").all("div")]
        equal(rows[1:4], [texts[name] for name in ("Processor", "Processor cores", "Memory")])
        document = load(server, "/api/docs#createPanel", "zh-CN")
        opened = next(route for route in document.all("details") if "open" in route.attributes)
        heads = [head.text for head in opened.all("th")]
        equal(heads[:3], [texts[name] for name in ("Name", "Kind", "What it is")])


# --- the interface -----------------------------------------------------------------------------


def test_docs():
    with Server(PROGRAM) as server:
        document = server.get("/api/openapi.json").json
        wanted = {operation["operationId"] for methods in document["paths"].values() for operation in methods.values()}
        page = load(server, "/api/docs#createPanel")
        routes = {route.attributes["id"]: route for route in page.all("details", "route")}
        equal(set(routes), wanted)
        opened = [name for name, route in routes.items() if "open" in route.attributes]
        equal(opened, ["createPanel"])
        route = routes["createPanel"]
        equal((route.all(kind="method")[0].text, route.all(kind="path")[0].text),
              ("POST", "/api/projects/{projectId}/panels"))
        operation = document["paths"]["/api/projects/{projectId}/panels"]["post"]
        body = operation["requestBody"]["content"]["application/json"]["example"]
        shown = [block.text for block in route.all("pre")]
        equal(json.loads(shown[0]), body)
        curl = route.all(kind="curl")[0].text
        assert f"'http://{server.host}/api/projects/Garden/panels' -X POST" in curl, curl
        assert "'Content-Type: application/json'" in curl, curl


def test_docs_search():
    with Server(PROGRAM) as server:
        page = load(server, "/api/docs?q=post+PANELS")
        shown = [route.attributes["id"] for route in page.all("details", "route") if not route.hidden]
        assert "createPanel" in shown and "listPanels" not in shown and "createProject" not in shown, shown
        equal(page.id("nothing").hidden, True)
        equal(load(server, "/api/docs?q=zzz").id("nothing").hidden, False)


# --- the script of panels ------------------------------------------------------------------------

# What the frontend's page does, as far as a panel can see it.
HOST = """<!doctype html><iframe src="/panel.html"></iframe><pre id="heard"></pre>
<script type="module">
  const frame = document.querySelector("iframe").contentWindow;
  const heard = [];
  const known = {
    invoke: (request) => ({ executionId: `run-${request.workflowId}` }),
    subscribeToExecutionEvents(id) {
      const event = id === "run-good" ? "onResult" : "onError";
      const payload = id === "run-good" ? { status: "COMPLETE", outputs: { a: 1 } } : { error: { message: "no" } };
      setTimeout(() => frame.postMessage({ type: "execution-event", event, executionId: id, payload }, "*"), 10);
      return true;
    },
  };
  addEventListener("message", ({ data }) => {
    heard.push(data.type === "comfy-tavern-api-call" ? `${data.type} ${data.payload.method}` : data);
    document.getElementById("heard").textContent = JSON.stringify(heard);
    if (data.type !== "comfy-tavern-api-call")
      return;
    const { id, payload: { method, args } } = data;
    const answer = { type: "comfy-tavern-api-response", id };
    frame.postMessage(method in known ? { ...answer, payload: known[method](...args) }
                                      : { ...answer, error: { message: `Method "${method}" not found.` } }, "*");
  });
</script>"""

PANEL = """<!doctype html>
<script type="module">
  const { panelApi } = await import(`${location.origin}/api/fam/sdk/panel.js`);
  const tell = (...what) => panelApi.log("log", ...what);
  const wait = (id) => new Promise((resolve) => panelApi.subscribeToExecutionEvents(id, {
    onResult: (payload) => resolve({ result: payload }),
    onError: (payload) => resolve({ error: payload }),
  }));
  const failure = (promise) => promise.then(() => "none", (error) => error.message);

  tell((await panelApi) === panelApi, window.comfyTavern.panelApi === panelApi);
  const { executionId } = await panelApi.invoke({ mode: "native", workflowId: "good", inputs: {} });
  tell(executionId, await wait(executionId), await wait("run-bad"));
  let silent = true;
  panelApi.subscribeToExecutionEvents("run-good", { onResult: () => { silent = false; } })();
  await wait("run-good");
  tell("taken back", silent);
  tell(await failure(panelApi.getInterface()), (await failure(panelApi.invoke(() => 1))) !== "none");
  const loop = { name: "loop" };
  loop.self = loop;
  panelApi.log("warn", loop, undefined, 1n, NaN, [new Error("e").message], () => 1);
</script>"""


def test_panel_sdk():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "index.html").write_text(HOST)
        Path(folder, "panel.html").write_text(PANEL)
        with Server(PROGRAM, "--frontend", folder) as server:
            heard = json.loads(load(server, "/").id("heard").text)
    equal(heard[0], {"type": "panel-sdk-ready"})
    subscribe = "comfy-tavern-api-call subscribeToExecutionEvents"
    equal([entry for entry in heard if isinstance(entry, str)],
          ["comfy-tavern-api-call invoke", subscribe, subscribe, subscribe, subscribe, "comfy-tavern-api-call getInterface"])
    logs = [(entry["payload"]["level"], entry["payload"]["message"]) for entry in heard[1:] if isinstance(entry, dict)]
    equal(logs[:4], [
        ("log", [True, True]),
        ("log", ["run-good", {"result": {"status": "COMPLETE", "outputs": {"a": 1}}}, {"error": {"error": {"message": "no"}}}]),
        ("log", ["taken back", True]),
        ("log", ['Method "getInterface" not found.', True]),
    ])
    level, message = logs[4]
    equal((level, message[:5]), ("warn", [{"name": "loop", "self": "[circular]"}, "undefined", "1", "NaN", ["e"]]))


if __name__ == "__main__":
    if browser.PROGRAM is None:
        print("1..0 # SKIP there is no Chromium here (Debian: chromium)")
        sys.exit(0)
    wire.main_of(sys.modules[__name__])
