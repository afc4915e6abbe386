// The page /explain: sends what was pasted at each pause, and shows what the server says that a hook hits.

const PAUSE = 300, AGAIN = 1000, MOST_ROWS = 500, LARGEST = 4 * 1024 * 1024;
const $ = (id) => document.getElementById(id);
const text = $("manifests"), hook = $("hook"), criteria = $("criteria"), typed = $("typed");
let timer, sent = 0;

function element(name, content, kind) {
  const made = document.createElement(name);
  made.textContent = content;
  if (kind) made.className = kind;
  return made;
}

function soon(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(ask, pause);
}

function add() {
  const row = $("criterion").content.firstElementChild.cloneNode(true);
  row.querySelector("button").addEventListener("click", () => { row.remove(); $("add").focus(); soon(); });
  criteria.append(row);
  return row;
}

async function ask() {
  const number = ++sent;
  if (!text.value.trim()) return show("Nothing pasted yet", "", [], []);
  const rows = [...criteria.children].map((row) => ({
    type: row.querySelector("select").value, value: row.querySelector("input").value,
  })).filter(({ value }) => value);
  const body = new Blob([JSON.stringify({ manifests: text.value, hook: hook.value || null, criteria: rows })]);
  if (body.size > LARGEST) return show("More than 4 MiB: use the command exechook explain", "bad", [], []);
  let response;
  try {
    response = await fetch("explain/preview", { method: "POST", body });
  } catch {
    return show("The server does not respond", "bad", [], []);
  }
  if (number !== sent) return;
  if (response.status === 503) return soon(AGAIN);
  if (!response.ok) return show(`The server refuses it: ${response.status}`, "bad", [], []);
  const found = await response.json();
  if (number === sent) explain(found);
}

function explain(found) {
  if (found.errors) return show("This cannot be read", "bad", found.errors, []);
  pick(found.hooks);
  const containers = found.containers ?? [];
  const notes = found.criteria.map(({ type, value, hits }, place) =>
    `${place + 1}: ${type} ${value} hits ${hits} of ${found.counted}` +
    (found.excludedBy?.includes(place) ? ", and alone excludes every container" : ""));
  if (found.unknown) notes.push(found.unknown);
  const warnings = found.warnings.map((warning) => element("li", `Caught beside: ${warning}`, "warning"));
  const verdict = found.hits
    ? `The hook hits ${found.hits} of ${found.counted} containers`
    : `The hook hits nothing, of ${found.counted} containers`;
  show(verdict, found.hits ? "hit" : "bad", [...warnings, ...notes], [
    ...containers.map((each) => [each.hit ? "hit" : "miss", ...each.criteria.map((met) => (met ? "+" : "−")), ...names(each)]),
    ...found.leftOutContainers.map((each) =>
      ["left out", ...found.criteria.map(() => ""), ...names(each), each.documentedByVendor ? each.why : `${each.why}, as documented`]),
  ], found.criteria.length);
}

function names(each) {
  return [each.namespaceName, each.podName, each.containerName, each.containerImage];
}

function pick(names) {
  const chosen = hook.value;
  hook.replaceChildren(hook.options[0], ...names.map((name) => element("option", name)));
  hook.value = names.includes(chosen) ? chosen : "";
  typed.disabled = hook.value !== "";
}

function show(verdict, kind, notes, rows, marks = 0) {
  $("verdict").textContent = verdict;
  $("verdict").className = kind;
  const items = notes.map((note) => (typeof note === "string" ? element("li", note) : note));
  if (rows.length > MOST_ROWS) items.push(element("li", `The first ${MOST_ROWS} of ${rows.length} containers are shown.`));
  $("notes").replaceChildren(...items);
  const table = document.createElement("table"), head = table.createTHead().insertRow();
  const columns = ["verdict", ...Array.from({ length: marks }, (_, n) => `${n + 1}`), "namespace", "pod", "container", "image", "left out, since"];
  head.append(...columns.map((name) => element("th", name)));
  const body = table.createTBody();
  for (const row of rows.slice(0, MOST_ROWS)) {
    body.insertRow().append(...row.map((cell) => element("td", cell, cell === "hit" ? "hit" : "")));
  }
  $("result").replaceChildren(...(rows.length ? [table] : []));
}

async function take(file) {
  if (!file) return;
  if (file.size > LARGEST) return show("More than 4 MiB: use the command exechook explain", "bad", [], []);
  text.value = await file.text();
  soon(0);
}

$("form").addEventListener("submit", (event) => event.preventDefault());
$("form").addEventListener("input", (event) => {
  typed.disabled = hook.value !== "";
  if (event.target.id !== "file") soon();
});
$("file").addEventListener("change", (event) => take(event.target.files[0]));
$("add").addEventListener("click", () => { add().querySelector("input").focus(); soon(); });
text.addEventListener("dragover", (event) => { event.preventDefault(); text.classList.add("over"); });
text.addEventListener("dragleave", () => text.classList.remove("over"));
text.addEventListener("drop", (event) => {
  text.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
add();
