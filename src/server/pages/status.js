// status.js: asks how Hearth is, again and again
//
// SPDX-License-Identifier: GPL-3.0-or-later

import { _, fill } from "/api/pages/texts.js";

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

// "0d 2h 5m 7s" from the largest unit that is there, in the page's language
function sayTime(uptime) {
  const units = ["day", "hour", "minute", "second"];
  const numbers = uptime.split(" ").map((part) => Number.parseInt(part, 10));
  const first = Math.max(0, numbers.findIndex((number) => number > 0));
  return numbers.map((number, place) => new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit: units[place], unitDisplay: "short",
  }).format(number)).slice(first).join(" ");
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
  $("about").textContent = fill(_("Version %s, running for %s"), version, sayTime(uptime));
  if (paused)
    showState(_("Paused"), "busy");
  else
    showState(running > 0 ? _("Working") : _("Ready"), running > 0 ? "busy" : "");
}

function showComputer({ os, cpu, memory, disks, network }) {
  $("computer").replaceChildren(...[
    [_("System"), fill(_("%s, kernel %s, %s"), `${os.distro} ${os.release}`, os.kernel, os.arch)],
    [_("Processor"), cpu.model],
    [_("Processor cores"), fill(_("%s, %s busy"), cpu.cores, cpu.load)],
    [_("Memory"), fill(_("%s of %s free"), memory.free, memory.total)],
    [_("Used by Hearth"), memory.processUsage],
    [_("Network"), network.map(({ iface, ip4 }) => `${iface} ${ip4}`).join(", ") || _("none")],
  ].map(row));
  $("disks").replaceChildren(...disks.map(({ mount, used, size, use }) =>
    row([mount, fill(_("%s of %s used, %s"), used, size, use)])));
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
    showState(_("Not reachable"), "wrong");
    $("about").textContent = error instanceof TypeError ? _("Hearth has ended, or is being started again.") : error.message;
  }
  setTimeout(look, PAUSE_MS);
}

look();
