// panel-sdk.js: what a panel's page talks to its project with
//
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The project's page holds the panel in a frame and does the work; the two talk by messages
// (docs/panels.md). This file only makes them look like functions.

const host = window.parent;

// Calls that are not answered yet: id -> {resolve, reject}
const calls = new Map();

// execution id -> the callbacks of those who wait for it
const listeners = new Map();

// --- calls -------------------------------------------------------------------------------

function call(method, args) {
  return new Promise((resolve, reject) => {
    if (host === window)
      throw new Error("This page is not open as a panel: open it from its project.");
    const id = crypto.randomUUID();
    // Throws for what cannot be sent, such as a function; then the promise is rejected with that.
    host.postMessage({ type: "comfy-tavern-api-call", id, payload: { method, args } }, "*");
    calls.set(id, { resolve, reject });
  });
}

function answer({ id, payload, error }) {
  const waiting = calls.get(id);
  if (!waiting)
    return;
  calls.delete(id);
  if (error)
    waiting.reject(new Error(error.message));
  else
    waiting.resolve(payload);
}

// --- runs --------------------------------------------------------------------------------

function forget(executionId, callbacks) {
  const group = listeners.get(executionId);
  group?.delete(callbacks);
  if (group?.size === 0)
    listeners.delete(executionId);
}

function tell({ event, executionId, payload }) {
  const group = listeners.get(executionId);
  if (!group)
    return;
  // The project's page says nothing more of a run that has ended.
  if (event === "onResult" || event === "onError")
    listeners.delete(executionId);
  for (const callbacks of group) {
    try {
      callbacks[event]?.(payload);
    } catch (error) {
      // One that fails must not keep the others from hearing of it.
      reportError(error);
    }
  }
}

function subscribeToExecutionEvents(executionId, callbacks = {}) {
  // An entry of its own, so that the same callbacks given twice can be taken back once.
  const entry = { ...callbacks };
  if (!listeners.has(executionId))
    listeners.set(executionId, new Set());
  listeners.get(executionId).add(entry);
  call("subscribeToExecutionEvents", [executionId]).catch((error) => {
    forget(executionId, entry);
    entry.onError?.({ error: { message: error.message } });
  });
  return () => forget(executionId, entry);
}

// --- the log -----------------------------------------------------------------------------

// A copy that JSON can hold, whatever it was.
function plain(value, above = []) {
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack };
  if (value === null || typeof value === "string" || typeof value === "boolean")
    return value;
  if (typeof value === "number")
    return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object")
    return String(value);
  if (above.includes(value))
    return "[circular]";
  if (typeof value.toJSON === "function")
    return plain(value.toJSON(), [...above, value]);
  if (Array.isArray(value))
    return value.map((item) => plain(item, [...above, value]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, [...above, value])]));
}

function log(level, ...args) {
  host.postMessage({ type: "panel-log", payload: { level, message: args.map((arg) => plain(arg)) } }, "*");
}

// --- what panels see ---------------------------------------------------------------------

function make() {
  window.addEventListener("message", ({ source, data }) => {
    if (source !== host)
      return;
    if (data?.type === "comfy-tavern-api-response")
      answer(data);
    else if (data?.type === "execution-event")
      tell(data);
  });
  return new Proxy({ log, subscribeToExecutionEvents }, {
    get(own, name) {
      if (typeof name === "symbol" || Object.hasOwn(own, name))
        return own[name];
      // With a "then", `await panelApi` would take it for a promise and never end.
      return name === "then" ? undefined : (...args) => call(name, args);
    },
  });
}

window.comfyTavern ??= {};
export const panelApi = (window.comfyTavern.panelApi ??= make());

host.postMessage({ type: "panel-sdk-ready" }, "*");
