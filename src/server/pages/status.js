// status.js: asks how Hearth is, again and again
//
// SPDX-License-Identifier: GPL-3.0-or-later

const PAUSE_MS = 3000;

const $ = (id) => document.getElementById(id);

function row([name, value]) {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  const text = document.createElement("dd");
  term.textContent = name;
  text.textContent = value;
  line.append(term, text);
  return line;
}

function showState(text, kind) {
  $("state").textContent = text;
  $("state").className = `pill ${kind}`;
}

function showEngine({ version, running, waiting, paused, clients, frontend }, uptime) {
  $("running").textContent = running;
  $("waiting").textContent = waiting;
  $("clients").textContent = clients;
  $("connect").hidden = frontend;
  $("about").textContent = `Version ${version}, running for ${uptime.replace(/^0d (0h (0m )?)?/, "")}`;
  if (paused)
    showState("Paused", "busy");
  else
    showState(running > 0 ? "Working" : "Ready", running > 0 ? "busy" : "");
}

function showComputer({ os, cpu, memory, disks, network }) {
  $("computer").replaceChildren(...[
    ["System", `${os.distro} ${os.release}, kernel ${os.kernel}, ${os.arch}`],
    ["Processor", `${cpu.model}, ${cpu.cores} ${cpu.cores === 1 ? "core" : "cores"}, ${cpu.load} busy`],
    ["Memory", `${memory.free} of ${memory.total} free`],
    ["Used by Hearth", memory.processUsage],
    ["Network", network.map(({ iface, ip4 }) => `${iface} ${ip4}`).join(", ") || "none"],
  ].map(row));
  $("disks").replaceChildren(...disks.map(({ mount, used, size, use }) => row([mount, `${used} of ${size}, ${use}`])));
}

async function look() {
  try {
    const response = await fetch("/api/status", { cache: "no-store" });
    const status = await response.json();
    if (!response.ok)
      throw new Error(status.error);
    showComputer(status);
    showEngine(status.hearth, status.uptime);
  } catch (error) {
    // The figures stay: they are the last that are known.
    showState("Not reachable", "wrong");
    $("about").textContent = error instanceof TypeError ? "Hearth has ended, or is being started again." : error.message;
  }
  setTimeout(look, PAUSE_MS);
}

look();
