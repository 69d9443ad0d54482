// The review desk with keys and without reloading. Every form here works without this file.
//
// The server answers a form sent with the header below with the parts of the page that changed; each
// part is put in place by its id. Places in the text are counted in code points, as Python counts.

const FRAGMENT = "Lianzhang-Fragment";
const UNDO_SECONDS = 10;
const URGENCY = ["conflict", "damaged", "unsure", "sure", "accepted", "edited", "dropped"];
const KEYS_OFF = "lianzhang-keys-off";

const desk = document.querySelector("[data-desk]");

// Upload: files may be dropped, and a second click sends nothing.
function startUpload(form) {
  const area = form.querySelector("[data-drop]");
  const input = area.querySelector("input[type=file]");
  for (const type of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(type, (event) => {
      event.preventDefault();
      area.classList.toggle("is-over", type === "dragover");
      if (type === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    form.querySelector("[data-sending]").hidden = false;
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelector("[data-sending]").hidden = true;
  });
}

// Progress: asked twice a second until there is more to see.
async function watchProgress(place) {
  for (;;) {
    await new Promise((resume) => setTimeout(resume, 500));
    try {
      const answer = await fetch(place.dataset.progress, { headers: { [FRAGMENT]: "1" } });
      const onward = answer.headers.get("Lianzhang-Location");
      if (onward) return location.replace(onward);
      if (answer.redirected || !answer.ok) return location.reload();
      place.innerHTML = await answer.text();
    } catch {
      // The network is away for a moment; the next round asks again.
    }
  }
}

// Source: the place itself is what the reader came for.
function showSource() {
  if (!location.hash) document.querySelector(".place--target")?.scrollIntoView({ block: "center" });
}

function startDesk() {
  document.addEventListener("submit", onSubmit);
  desk.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  startKeysSwitch();
  const wanted = location.hash.startsWith("#r") && document.querySelector(location.hash);
  const first = wanted || rows(true)[0];
  if (first) choose(first, { focus: Boolean(wanted), scroll: Boolean(wanted) });
  fadeUndo();
}

// ---- rows and places -----------------------------------------------------------------------------
function rows(waitingOnly) {
  return [...desk.querySelectorAll(waitingOnly ? "[data-claim][data-waiting]" : "[data-claim]")];
}

function current() {
  return desk.querySelector(".claim.is-current");
}

function choose(row, { focus = true, scroll = true } = {}) {
  for (const marked of desk.querySelectorAll(".is-current")) {
    marked.classList.remove("is-current");
    marked.removeAttribute("aria-current");
  }
  row.classList.add("is-current");
  row.setAttribute("aria-current", "true");
  const places = placesOf(row.dataset.claim);
  for (const place of places) place.classList.add("is-current");
  showPlace(document.getElementById(row.dataset.anchor) || places[0]);
  if (focus) row.focus({ preventScroll: true });
  if (scroll) row.scrollIntoView({ block: "nearest" });
}

function placesOf(ordinal) {
  return desk.querySelectorAll(`[data-marks~="${ordinal}"]`);
}

// Scrolls the text alone, so that the list on the right stays where it is. Only the part of the pane that
// the window shows counts.
function showPlace(place) {
  const pane = desk.querySelector("[data-original]");
  if (!place || !pane) return;
  const frame = pane.getBoundingClientRect();
  const top = Math.max(frame.top, 0);
  const height = Math.min(frame.bottom, window.innerHeight) - top;
  const offset = place.getBoundingClientRect().top - top;
  if (offset < 24 || offset > height - 48) pane.scrollTop += offset - height / 3;
}

function paint() {
  const tones = new Map(rows().map((row) => [row.dataset.claim, row.dataset.mark]));
  for (const place of desk.querySelectorAll("[data-marks]")) {
    const found = place.dataset.marks.split(" ").map((mark) => URGENCY.indexOf(tones.get(mark)));
    const urgent = Math.min(...found.filter((rank) => rank >= 0));
    const kept = [...place.classList].filter((name) => !URGENCY.includes(name.replace("place--", "")));
    place.className = [...kept, `place--${URGENCY[urgent] ?? "plain"}`].join(" ");
  }
}

function step(direction) {
  const all = rows();
  const here = all.indexOf(current());
  const order = direction > 0 ? all.slice(here + 1) : all.slice(0, Math.max(here, 0)).reverse();
  const next = order.find((row) => "waiting" in row.dataset);
  if (next) choose(next);
}

// After a decision: the next claim that waits, from the top again at the end, else the finish button.
function goOn(ordinal) {
  const all = rows();
  const here = all.findIndex((row) => row.dataset.claim === ordinal);
  const waiting = [...all.slice(here + 1), ...all.slice(0, here + 1)].filter((row) => "waiting" in row.dataset);
  if (waiting.length) choose(waiting[0]);
  else document.querySelector("[data-finish]")?.focus();
}

// ---- sending -------------------------------------------------------------------------------------
let sending = Promise.resolve();

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-decide], [data-edit]")) return;
  event.preventDefault();
  // One after another: an undo must not overtake the decision that it undoes.
  sending = sending.then(() => send(form, event.submitter));
}

async function send(form, button) {
  if (!form.isConnected) return;
  const row = form.closest("[data-claim]");
  const act = button?.dataset.act ?? (form.matches("[data-edit]") ? "edit" : "");
  const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
  let answer;
  try {
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    answer = await fetch(address, { method: "POST", body, headers: { [FRAGMENT]: "1" } });
  } catch {
    return form.submit();
  }
  if (answer.headers.get(FRAGMENT) !== "1") return location.reload();
  const text = await answer.text();
  if (form.matches("[data-edit]") && text.includes("data-edit")) return openEditor(row, text);
  place(text);
  if (!answer.ok) return row && choose(document.getElementById(row.id), { scroll: true });
  if (act === "undo") return focusUndone(text);
  goOn(row ? row.dataset.claim : "");
}

// Each part of the answer takes the place of the part with its id.
function place(text) {
  const parts = new DOMParser().parseFromString(text, "text/html").body.children;
  for (const part of [...parts]) {
    const there = part.id && document.getElementById(part.id);
    if (there) there.replaceWith(document.adoptNode(part));
  }
  paint();
  fadeUndo();
}

function focusUndone(text) {
  const parts = new DOMParser().parseFromString(text, "text/html");
  const first = parts.querySelector("[data-claim][data-waiting]");
  const row = first && document.getElementById(first.id);
  if (row) choose(row);
}

let fading;
function fadeUndo() {
  const bar = document.getElementById("undo");
  clearTimeout(fading);
  if (!bar?.firstElementChild) return;
  fading = setTimeout(() => {
    if (bar.matches(":hover") || bar.contains(document.activeElement)) return fadeUndo();
    bar.replaceChildren();
  }, UNDO_SECONDS * 1000);
}

// ---- correcting ----------------------------------------------------------------------------------
async function edit(row) {
  const link = row.querySelector("[data-act=edit]");
  if (!link) return;
  const answer = await fetch(link.href, { headers: { [FRAGMENT]: "1" } });
  if (answer.headers.get(FRAGMENT) !== "1") return location.assign(link.href);
  openEditor(row, await answer.text());
}

function openEditor(row, text) {
  row.querySelector(".edit")?.remove();
  const form = new DOMParser().parseFromString(text, "text/html").querySelector("[data-edit]");
  row.append(document.adoptNode(form));
  const wrong = form.querySelector("[aria-invalid=true]");
  const empty = [...form.querySelectorAll("[name=subject], [name=indicator], [name=value]")].find((f) => !f.value);
  (wrong || empty || form.querySelector("[name=value]")).focus();
  form.scrollIntoView({ block: "nearest" });
}

function closeEditor(form) {
  const row = form.closest("[data-claim]");
  form.remove();
  choose(row);
}

// ---- mouse ---------------------------------------------------------------------------------------
function onClick(event) {
  const target = event.target;
  const copy = target.closest("[data-copy]");
  const cancel = target.closest("[data-cancel]");
  const editing = target.closest("a[data-act=edit]");
  const jump = target.closest("[data-jump]");
  const spot = target.closest("[data-marks]");
  const row = target.closest("[data-claim]");
  if (copy || cancel || editing || jump) event.preventDefault();
  if (copy) showCopy(copy.dataset.copy);
  else if (cancel) closeEditor(cancel.closest(".edit"));
  else if (editing) choose(row), edit(row);
  else if (jump) choose(row);
  else if (spot && getSelection().isCollapsed) chooseAt(spot);
  else if (row && !target.closest("a, button, input, label, select, summary")) choose(row, { scroll: false });
}

// Of several claims on one place the first that waits; a further click goes to the next.
function chooseAt(spot) {
  const here = spot.dataset.marks.split(" ").map((mark) => document.getElementById(`r${mark}`)).filter(Boolean);
  if (!here.length) return;
  const now = here.indexOf(current());
  choose(now >= 0 ? here[(now + 1) % here.length] : here.find((row) => "waiting" in row.dataset) || here[0]);
}

async function showCopy(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("original");
  document.getElementById("original").replaceWith(document.adoptNode(fresh));
  paint();
  if (current()) choose(current(), { focus: false, scroll: false });
}

// ---- keys ----------------------------------------------------------------------------------------
function onKey(event) {
  const editor = event.target.closest?.(".edit");
  if (event.key === "Escape" && editor && !event.isComposing) return closeEditor(editor);
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.("input, textarea, select, dialog[open]") || localStorage.getItem(KEYS_OFF)) return;
  const action = keyActions[event.key === "A" && event.shiftKey ? "Shift+A" : event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function press(act) {
  const row = current();
  if (!row) return;
  const button = row.querySelector(`[data-act=${act}]`);
  if (button) return button.form.requestSubmit(button);
  if (act === "accept" && row.querySelector("[data-act=replace]")) return row.querySelector("[data-act=replace]").focus();
  if (act === "accept") edit(row);
}

const keyActions = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press("accept"),
  d: () => press("drop"),
  e: () => current() && edit(current()),
  u: () => sendUndo(),
  n: () => addSelection(),
  "?": () => document.querySelector("[data-keys-dialog]").showModal(),
  "Shift+A": () => document.querySelector("#sure [data-act=sure]")?.click(),
};

// The bar's decision while it is there, else the officer's latest.
function sendUndo() {
  const bar = document.querySelector("#undo [data-act=undo]");
  if (bar) return bar.form.requestSubmit(bar);
  const form = document.getElementById("undo-latest");
  if (form) form.requestSubmit(form.querySelector("button"));
}

function startKeysSwitch() {
  const keys = document.querySelector("[data-keys]");
  const button = keys.querySelector("[data-keys-switch]");
  const show = () => {
    const on = !localStorage.getItem(KEYS_OFF);
    button.setAttribute("aria-pressed", String(on));
    button.querySelector("[data-when-on]").hidden = !on;
    button.querySelector("[data-when-off]").hidden = on;
  };
  button.addEventListener("click", () => {
    if (localStorage.getItem(KEYS_OFF)) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
    show();
  });
  keys.querySelector("[data-keys-help]").addEventListener("click", keyActions["?"]);
  document.querySelector("[data-add]")?.addEventListener("click", (event) => {
    if (addSelection()) event.preventDefault();
  });
  keys.hidden = false;
  show();
}

// ---- adding what was selected --------------------------------------------------------------------
function addSelection() {
  const pane = desk.querySelector("[data-original]:not([data-clean])");
  const button = document.querySelector("[data-add]");
  const selection = getSelection();
  if (!pane || !button || selection.isCollapsed || !pane.contains(selection.anchorNode)) return false;
  const range = selection.getRangeAt(0);
  const start = codePoint(range.startContainer, range.startOffset);
  const end = codePoint(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return false;
  location.assign(`${button.href}?start=${start}&end=${end}`);
  return true;
}

// The place of a point of the selection, counted in code points of the original: where its piece begins,
// and the characters before it inside the piece (a pair of UTF-16 units is one).
function codePoint(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const next = node.childNodes[offset] ?? node.nextSibling;
    const piece = next?.closest?.("[data-start]") ?? next?.querySelector?.("[data-start]");
    return piece ? Number(piece.dataset.start) : null;
  }
  const piece = node.parentElement.closest("[data-start]");
  return piece ? Number(piece.dataset.start) + [...node.data.slice(0, offset)].length : null;
}

const behaviour = { upload: startUpload, progress: watchProgress, source: showSource, desk: startDesk };
for (const [name, start] of Object.entries(behaviour)) {
  const element = document.querySelector(`[data-${name}]`);
  if (element) start(element);
}
