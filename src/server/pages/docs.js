// docs.js: makes a page to read of /api/openapi.json
//
// SPDX-License-Identifier: GPL-3.0-or-later

import { _, fill } from "/api/pages/texts.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

const $ = (id) => document.getElementById(id);

// All text goes in as text, never as markup: element("td", {className: "faint"}, "a <b>")
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

// --- the document ------------------------------------------------------------------------

// What {"$ref": "#/components/…"} stands for.
function resolve(documentRoot, value) {
  const path = value?.$ref?.split("/").slice(1) ?? null;
  return path === null ? value : path.reduce((found, part) => found?.[part], documentRoot);
}

function listRoutes(documentRoot) {
  return Object.entries(documentRoot.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => method in methods).map((method) => ({ method, path, ...methods[method] })));
}

// The one kind of content and its example: [type, media]
const mediaOf = (holder) => Object.entries(holder?.content ?? {})[0] ?? [];

function exampleOf(media) {
  return media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
}

function kindOf(schema = {}) {
  const kinds = [schema.type ?? schema.anyOf?.map(kindOf) ?? schema.oneOf?.map(kindOf) ?? _("anything")].flat();
  const kind = kinds.reduce((all, next) => fill(_("%s or %s"), all, next));
  const items = schema.items && Object.keys(schema.items).length > 0;
  const values = schema.enum ? `: ${schema.enum.map((value) => JSON.stringify(value)).join(", ")}` : "";
  return (items ? fill(_("%s of %s"), kind, kindOf(schema.items)) : kind) + values;
}

// Members and the members of their members, with dots: [name, kind, required, text]
function listMembers(schema, above = "") {
  return Object.entries(schema?.properties ?? {}).flatMap(([key, member]) => {
    const inner = member.properties ? member : member.items;
    const name = above + key;
    return [[name, kindOf(member), schema.required?.includes(key), member.description ?? ""],
            ...listMembers(inner, `${name}${member.items ? "[]" : ""}.`)];
  });
}

// --- curl --------------------------------------------------------------------------------

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function makeAddress(route) {
  const shown = (parameter) => encodeURIComponent(parameter.example ?? `{${parameter.name}}`);
  const query = (route.parameters ?? []).filter((parameter) => parameter.in === "query" && parameter.example !== undefined);
  const path = (route.parameters ?? []).filter((parameter) => parameter.in === "path")
    .reduce((address, parameter) => address.replace(`{${parameter.name}}`, shown(parameter)), route.path);
  return location.origin + path + (query.length > 0 ? "?" : "")
    + query.map((parameter) => `${parameter.name}=${shown(parameter)}`).join("&");
}

function makeCurl(route) {
  const [type, media] = mediaOf(route.requestBody);
  const example = exampleOf(media);
  const parts = ["curl -s", quoted(makeAddress(route))];
  if (route.method !== "get")
    parts.push(`-X ${route.method.toUpperCase()}`);
  if (type === "application/json")
    parts.push(`-H ${quoted("Content-Type: application/json")}`, `-d ${quoted(JSON.stringify(example ?? {}))}`);
  else if (type === "multipart/form-data")
    parts.push(`-F ${quoted("files=@FILE")}`);
  else if (type)
    parts.push("--data-binary @FILE");
  return parts.join(" ");
}

async function copy(button, text) {
  await navigator.clipboard.writeText(text);
  button.textContent = _("Copied");
  setTimeout(() => { button.textContent = _("Copy"); }, 1500);
}

// --- one route ---------------------------------------------------------------------------

function showTable(heads, rows) {
  if (rows.length === 0)
    return undefined;
  return element("table", {},
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell))))));
}

function showFields(rows) {
  return showTable([_("Name"), _("Kind"), _("What it is")], rows.map(([name, kind, required, text]) =>
    [element("code", {}, name), kind, [required ? _("Required.") : "", text].filter(Boolean).join(" ")]));
}

function showPart(title, ...content) {
  const shown = content.filter(Boolean);
  return shown.length > 0 ? [element("h3", {}, title), ...shown] : [];
}

function showExample(media) {
  const example = exampleOf(media);
  return example === undefined ? undefined : element("pre", {}, element("code", {}, pretty(example)));
}

function showParameters(route, place, title) {
  const rows = (route.parameters ?? []).filter((parameter) => parameter.in === place)
    .map(({ name, schema, required, description }) => [name, kindOf(schema), required, description ?? schema?.description ?? ""]);
  return showPart(title, showFields(rows));
}

function showBody(route) {
  const [type, media] = mediaOf(route.requestBody);
  return type ? showPart(fill(_("Body: %s"), type), showFields(listMembers(media.schema)), showExample(media)) : [];
}

function showAnswers(documentRoot, route) {
  return Object.entries(route.responses ?? {}).flatMap(([status, answer]) => {
    const { description, ...holder } = resolve(documentRoot, answer) ?? {};
    const [type, media] = mediaOf(holder);
    const content = showExample(media) ?? showFields(listMembers(media?.schema));
    const title = status === "default" ? _("On failure") : fill(_("Answer %s"), status);
    return showPart(type ? `${title}: ${type}` : title, content ?? element("p", {}, description ?? _("Nothing more.")));
  });
}

function showInside(documentRoot, route) {
  const curl = makeCurl(route);
  const button = element("button", { type: "button" }, _("Copy"));
  button.addEventListener("click", () => copy(button, curl));
  return element("div", { className: "inside" },
    route.description ? element("p", { lang: "en" }, route.description) : undefined,
    ...showParameters(route, "path", _("In the path")),
    ...showParameters(route, "query", _("Behind the “?”")),
    ...showBody(route),
    ...showAnswers(documentRoot, route),
    element("h3", {}, _("With curl"), button),
    element("pre", { className: "curl" }, element("code", {}, curl)));
}

function showRoute(documentRoot, route) {
  const shown = element("details", { className: "route card", id: route.operationId },
    element("summary", {},
      element("span", { className: `method ${route.method}` }, route.method.toUpperCase()),
      element("code", { className: "path" }, route.path),
      element("span", { className: "faint", lang: "en" }, route.summary ?? "")));
  // Most are never opened, so they are filled only then.
  shown.addEventListener("toggle", () => {
    if (shown.open && shown.children.length === 1)
      shown.append(showInside(documentRoot, route));
  });
  shown.words = [route.method, route.path, route.summary, route.operationId, route.tags?.[0]].join(" ").toLowerCase();
  return shown;
}

// --- the page ----------------------------------------------------------------------------

function showSections(documentRoot) {
  const sections = new Map();
  for (const route of listRoutes(documentRoot)) {
    const tag = route.tags?.[0] ?? _("Others");
    sections.set(tag, [...(sections.get(tag) ?? []), showRoute(documentRoot, route)]);
  }
  for (const [tag, routes] of sections) {
    const id = `section-${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
    $("routes").append(element("section", { id }, element("h2", { lang: "en" }, tag), ...routes));
    $("sections").append(element("a", { href: `#${id}`, lang: "en" }, tag));
  }
}

// Only what has all the words stays in sight. /api/docs?q=panel begins so.
function search() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const section of $("routes").children) {
    const routes = [...section.querySelectorAll("details.route")];
    for (const route of routes)
      route.hidden = !words.every((word) => route.words.includes(word));
    section.hidden = routes.every((route) => route.hidden);
    found += routes.filter((route) => !route.hidden).length;
  }
  $("nothing").hidden = found > 0;
}

// An address such as /api/docs#listProjects opens that route.
function openNamed() {
  const named = location.hash ? $(decodeURIComponent(location.hash.slice(1))) : null;
  if (named?.matches("details"))
    named.open = true;
  named?.scrollIntoView();
}

async function start() {
  const response = await fetch("/api/openapi.json");
  if (!response.ok)
    throw new Error(`/api/openapi.json: ${response.status} ${response.statusText}`);
  const documentRoot = await response.json();
  $("title").textContent = `${documentRoot.info.title} ${documentRoot.info.version}`;
  $("about").textContent = documentRoot.info.description ?? "";
  // What routes do is written in one language, for developers.
  $("about").lang = "en";
  showSections(documentRoot);
  $("search").addEventListener("input", search);
  $("search").value = new URLSearchParams(location.search).get("q") ?? "";
  search();
  window.addEventListener("hashchange", openNamed);
  openNamed();
}

start().catch((error) => { $("about").textContent = fill(_("The description cannot be shown. %s"), error.message); });
