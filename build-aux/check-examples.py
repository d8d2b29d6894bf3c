#!/usr/bin/env python3
# check-examples.py: example projects are laid out as Hearth would store them, and to be looked at
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-examples.py FOLDER OF PROJECTS

import json
import sys
from pathlib import Path

GRID = 16
# About the tallest card the examples hold, and the narrowest gap that still shows a wire
CARD_WIDTH, CARD_HEIGHT, GAP = 220, 200, 16


def box(node, nodes):
    """Left, top, right, bottom on the canvas."""
    x, y = node["position"]["x"], node["position"]["y"]
    parent = nodes.get(node.get("parentNode"))
    if parent:
        x, y = x + parent["position"]["x"], y + parent["position"]["y"]
    return x, y, x + node.get("width", CARD_WIDTH), y + node.get("height", CARD_HEIGHT)


def overlap(a, b):
    return a[0] < b[2] + GAP and b[0] < a[2] + GAP and a[1] < b[3] + GAP and b[1] < a[3] + GAP


def slots_of(node, workflow, others, side):
    """Keys of a node's interface slots on one side, or None where only the node's type knows."""
    if node["type"] == ("core:GroupInput" if side == "source" else "core:GroupOutput"):
        return workflow["interfaceInputs" if side == "source" else "interfaceOutputs"]
    if node["type"] == "core:NodeGroup":
        group = others[node["configValues"]["referencedWorkflowId"]]
        return group["interfaceOutputs" if side == "source" else "interfaceInputs"]
    return None


def check_edges(workflow, nodes, others):
    ids = [edge["id"] for edge in workflow["edges"]]
    if len(set(ids)) != len(ids):
        yield "two wires have one id"
    for edge in workflow["edges"]:
        for side in ("source", "target"):
            node = nodes.get(edge[side])
            if node is None:
                yield f"{edge['id']} ends nowhere"
                continue
            slots = slots_of(node, workflow, others, side)
            if slots is not None and edge[side + "Handle"] not in slots:
                yield f"{edge['id']}: {node['id']} has no {edge[side + 'Handle']}"
    for node in nodes.values():
        for key, order in node.get("inputConnectionOrders", {}).items():
            wired = {e["targetHandle"]: e["id"] for e in workflow["edges"] if e["target"] == node["id"]}
            if order != [wired.get(f"{key}__{place}") for place in range(len(order))]:
                yield f"{node['id']}: the order of {key} is not that of its wires"


def check_layout(nodes):
    for node in nodes.values():
        if node["position"]["x"] % GRID or node["position"]["y"] % GRID:
            yield f"{node['id']} is off the grid"
    # A frame and what lies in it overlap by design; frames are compared among themselves.
    for frames in (True, False):
        shown = [(n["id"], box(n, nodes)) for n in nodes.values() if (n["type"] == "core:frame") == frames]
        for place, (name, area) in enumerate(shown):
            for other, other_area in shown[place + 1:]:
                if overlap(area, other_area):
                    yield f"{name} and {other} are too close"


def check_workflow(path, workflow, others):
    text = path.read_text(encoding="utf-8")
    if text.rstrip("\n") != json.dumps(workflow, ensure_ascii=False, indent=2):
        yield "not written as Hearth writes it (two spaces, members one per line)"
    if path.stem != workflow["name"]:
        yield f"the name is {workflow['name']}, so the file would be too"
    nodes = {node["id"]: node for node in workflow["nodes"]}
    if len(nodes) != len(workflow["nodes"]):
        yield "two nodes have one id"
    for side in ("interfaceInputs", "interfaceOutputs"):
        if any(key != slot["key"] for key, slot in workflow[side].items()):
            yield f"{side}: a slot is not under its key"
    used = {n["configValues"]["referencedWorkflowId"] for n in nodes.values() if n["type"] == "core:NodeGroup"}
    if used != set(workflow["referencedWorkflows"]):
        yield "referencedWorkflows is not what the nodes refer to"
    if used - set(others):
        yield "a workflow it refers to is not in the project"
        return
    yield from check_edges(workflow, nodes, others)
    yield from check_layout(nodes)


def check_project(folder):
    project = json.loads((folder / "project.json").read_text(encoding="utf-8"))
    for key in ("id", "name", "version", "createdAt", "updatedAt", "schemaVersion"):
        if not project.get(key):
            yield f"{folder.name}: project.json has no {key}"
    workflows = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("workflows/*.json"))}
    others = {workflow["id"]: workflow for workflow in workflows.values()}
    if len(others) != len(workflows) or not workflows:
        yield f"{folder.name}: every workflow needs an id of its own"
    for path, workflow in workflows.items():
        for problem in check_workflow(path, workflow, others):
            yield f"{folder.name}/{path.name}: {problem}"


def main(root):
    projects = [path.parent for path in sorted(Path(root).glob("*/project.json"))]
    problems = [problem for folder in projects for problem in check_project(folder)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 0 if projects and not problems else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
