# payloads.py: graphs as pages send them, and what is told of their runs, in few words
#
# SPDX-License-Identifier: GPL-3.0-or-later

ENDED = {"type": "finish_reason_chunk", "content": "Stream ended"}
FAILED = "One or more nodes failed during execution."


def node(name, kind, config=None, bypassed=False, **inputs):
    made = {"id": name, "fullType": kind}
    if inputs:
        made["inputs"] = inputs
    if config:
        made["configValues"] = config
    if bypassed:
        made["bypassed"] = True
    return made


def math(name, mode="add", **inputs):
    return node(name, "core:MathOperation", {"operationMode": mode}, **inputs)


def stream(name="S", text="abc", chunk=1, delay=0):
    return node(name, "core:TextStream", text=text, chunkSize=chunk, delayMs=delay)


def edge(name, source, out, target, key):
    return {"id": name, "sourceNodeId": source, "sourceHandle": out, "targetNodeId": target, "targetHandle": key}


def payload(*nodes, edges=(), **more):
    return {"nodes": list(nodes), "edges": list(edges), **more}


def short(messages):
    """Without promptId, as tuples that are easy to compare."""
    told = []
    for message in messages:
        kind, content = message["type"], message["payload"]
        if kind == "EXECUTION_STATUS_UPDATE":
            told.append((content["status"], content.get("errorInfo", {}).get("message")) if "errorInfo" in content
                        else (content["status"],))
        elif kind == "NODE_YIELD":
            told.append(("yield", content["sourceNodeId"], content["yieldedContent"]["content"], content["isLastChunk"]))
        elif kind == "WORKFLOW_INTERFACE_YIELD":
            told.append(("out", content["interfaceOutputKey"], content["yieldedContent"]["content"],
                         content["isLastChunk"]))
        elif kind == "NODE_ERROR":
            told.append(("error", content["nodeId"], content["errorDetails"]["message"]))
        elif kind in ("NODE_COMPLETE", "NODE_BYPASSED"):
            told.append((kind[5:].lower(), content["nodeId"], content.get("output", content.get("pseudoOutputs"))))
        elif kind == "NODE_EXECUTING":
            told.append(("executing", content["nodeId"]))
        elif kind == "PROMPT_ACCEPTED_RESPONSE":
            told.append(("accepted",))
        else:
            told.append((kind, content))
    return told


def plain(name, output):
    return [("executing", name), ("complete", name, output), ("yield", name, "Stream ended", True)]
