// frame-text.js: what the node "Frame Text" does in the web editor
// SPDX-License-Identifier: GPL-3.0-or-later

export function setupClientNode(vueFlow, node, context) {
  return {
    onWorkflowExecute() {
      const text = context.getNodeInputValue("text");
      if (typeof text === "string" && text !== text.trim()) context.updateInputValue("text", text.trim());
    },
  };
}
