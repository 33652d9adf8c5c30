// The grading queue and a comment's page, in the browser: moving through the stream, clocks, marked words, what is typed.

import { find, press } from "./keys.js";

const stream = document.getElementById("stream");
const desk = document.getElementById("desk");
const main = document.getElementById("main");

// --- moving through the stream ---

const openId = () => desk?.querySelector("article.in-hand")?.dataset.comment;
const rowOf = (id) => document.getElementById(`row-${id}`);

function step(forward) {
  const rows = [...document.querySelectorAll(".row-entry:not(.is-done, .is-held)")];
  const all = [...document.querySelectorAll(".row-entry")];
  const here = all.indexOf(rowOf(openId()));
  const wanted = forward
    ? rows.find((row) => all.indexOf(row) > here)
    : rows.findLast((row) => all.indexOf(row) < here && here !== -1);
  const button = wanted?.querySelector("button");
  if (button) button.click();
  return Boolean(button);
}

function markOpen() {
  if (!stream) return;
  const id = openId();
  for (const row of stream.querySelectorAll(".row-entry.is-open")) {
    row.classList.remove("is-open");
    row.querySelector("button")?.removeAttribute("aria-current");
  }
  main.classList.toggle("has-open", Boolean(id));
  const row = id && rowOf(id);
  if (!row) return;
  row.classList.add("is-open");
  row.querySelector("button").setAttribute("aria-current", "true");
  const box = row.getBoundingClientRect(), frame = stream.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) row.scrollIntoView({ block: "nearest" });
}

// --- clocks: a lease runs down, a reply goes out ---

const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const secondsTo = (iso) => Math.ceil((Date.parse(iso) - Date.now()) / 1000);

function tick() {
  for (const lease of document.querySelectorAll("[data-lease]")) {
    const left = secondsTo(lease.dataset.lease);
    lease.textContent = left > 0 ? clockOf(left) : "0:00";
    lease.closest(".claim")?.classList.toggle("is-late", left <= 30);
  }
  for (const clock of document.querySelectorAll("[data-until]")) {
    const left = secondsTo(clock.dataset.until);
    const words = left > 0 ? `${clock.closest(".last") ? "" : ", "}goes out in ${left} s` : clock.dataset.then;
    if (clock.textContent !== words) clock.textContent = words;
  }
}
setInterval(tick, 1000);

// --- the claim is renewed by acts of the person, not by the page ---

let renewedAt = Date.now();
function renew() {
  const lease = document.querySelector(".claim [data-lease]");
  if (!stream || !lease || Date.now() - renewedAt < 60_000) return;
  renewedAt = Date.now();
  const form = new FormData(document.getElementById("stream-form"));
  const id = openId();
  fetch(`${stream.dataset.here}${id}/claim/`, { method: "POST", body: form, headers: { "HX-Request": "true" } })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((html) => {
      const renewed = new DOMParser().parseFromString(html, "text/html").querySelector("[data-lease]");
      if (renewed && openId() === id) lease.dataset.lease = renewed.dataset.lease;
    })
    .catch(() => {}); // the lease runs down visibly; nothing is lost
}
for (const act of ["input", "keydown", "pointerdown"]) addEventListener(act, renew);

// --- the panel: words relied on, the length of a reply, what was typed and not sent ---

function markedWords() {
  const field = document.querySelector("[data-words]"), words = document.getElementById("words");
  const selection = getSelection();
  if (!field || !words || selection.isCollapsed || !words.contains(selection.anchorNode)) return;
  if (!words.contains(selection.focusNode)) return;
  const text = selection.toString().trim();
  if (text) field.value = text;
  wordsNamed();
  highlight();
}

// Words that are named are not the whole text; the whole text is no words in particular.
function wordsNamed() {
  const whole = document.querySelector("[data-whole]");
  if (whole && document.querySelector("[data-words]")?.value) whole.checked = false;
}

function highlight() {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("relied-on");
  const wanted = document.querySelector("[data-words]")?.value, words = document.getElementById("words");
  if (!wanted || !words) return;
  for (const node of words.childNodes) {
    const at = node.nodeType === Node.TEXT_NODE ? node.data.indexOf(wanted) : -1;
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + wanted.length);
    CSS.highlights.set("relied-on", new Highlight(range));
    return;
  }
}

function count() {
  const reply = document.querySelector("textarea[data-limit]");
  const counter = document.querySelector("[data-counter]");
  if (!reply || !counter || !reply.dataset.limit) return;
  const length = [...reply.value].length, limit = Number(reply.dataset.limit);
  counter.textContent = `${length} / ${limit}`;
  counter.classList.toggle("is-over", length > limit);
}

let kept = []; // what stood in a panel that comes again with another wording
const draftOf = (form) => `draft ${form.action} ${form.dataset.level}`;

function keepDraft(event) {
  const form = event.target.closest?.("#grade-form");
  if (form && event.target.name === "reply") sessionStorage.setItem(draftOf(form), event.target.value);
  if (event.target.matches?.("[data-words]")) wordsNamed();
  if (event.target.matches?.("[data-whole]:checked")) {
    getSelection().removeAllRanges(); // what is marked would be taken for the words again
    document.querySelector("[data-words]").value = "";
  }
  if (event.target.matches?.("[data-words], [data-whole]")) highlight();
  count();
}

// A panel that opened below the fold, under a card of an emergency, say: up until most of it is seen.
function bringUp(form) {
  const frame = form.closest(".sitting");
  if (!frame) return;
  const seen = frame.getBoundingClientRect(), panel = form.getBoundingClientRect();
  const wanted = Math.min(panel.height, Math.min(seen.height, innerHeight) * 0.6);
  const hidden = panel.top + wanted - Math.min(seen.bottom, innerHeight);
  if (hidden > 0) (getComputedStyle(frame).overflowY === "auto" ? frame : document.scrollingElement).scrollTop += hidden;
}

function preparePanel() {
  const form = document.getElementById("grade-form");
  const chosen = form?.dataset.level ?? "";
  for (const cell of document.querySelectorAll(".level-cell[data-level]")) {
    if (cell.dataset.level === chosen) cell.setAttribute("aria-current", "true");
    else cell.removeAttribute("aria-current");
  }
  if (form) {
    const reply = form.querySelector("textarea[name=reply]");
    const draft = sessionStorage.getItem(draftOf(form));
    if (reply && draft) reply.value = draft;
    for (const [name, value] of kept) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    kept = [];
    wordsNamed();
    const wrong = form.querySelector("[aria-invalid]");
    if (wrong) press(wrong);
    else if (reply?.hasAttribute("data-begin")) press(reply);
    else bringUp(form);
    const selected = getSelection();
    if (!selected.isCollapsed) markedWords();
  }
  highlight();
  count();
}

document.addEventListener("selectionchange", markedWords);
addEventListener("input", keepDraft);

// --- what the keys of this screen do that no button does ---

document.addEventListener("smu:key", (event) => {
  const key = event.detail;
  const panel = document.getElementById("grade-form");
  if (key === "z") {
    document.body.classList.toggle("zen");
  } else if (key === "j" && openId()) {
    const onwards = find("j");
    if (onwards) press(onwards);
    else if (!step(true)) find("s")?.focus();
  } else if (key === "k") {
    step(false);
  } else if (panel && !panel.inert && key === panel.dataset.level && key !== "7") {
    panel.requestSubmit(); // the same digit again gives the grade; at 7 the clause is read first
  } else {
    return;
  }
  event.preventDefault();
});

// --- htmx: after a part has been put in ---

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  if (target.id === "desk") document.body.dataset.busy = "yes";
  // Another level has been asked for: the panel that still stands must not be sent by a quick hand.
  if (target.id === "panel") for (const form of target.children) form.inert = true;
  if (!event.detail.elt.matches?.(".another")) return;
  const form = document.getElementById("grade-form");
  sessionStorage.removeItem(draftOf(form));
  kept = [...new FormData(form)].filter(([name]) => ["clause", "words", "reason", "board"].includes(name));
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const target = event.detail.target;
  if (target.id === "desk") delete document.body.dataset.busy;
  if (target.id === "panel" && event.detail.failed) for (const form of target.children) form.inert = false;
  const form = event.detail.elt;
  if (form.id === "grade-form" && event.detail.successful) sessionStorage.removeItem(draftOf(form));
});

// A whole page instead of a part: signed out meanwhile (then sign in and come back), or the form has grown too old.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const xhr = event.detail.xhr;
  if (/^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    if (xhr.status < 400) location.reload();
    else say("This page has grown too old to act from. Load it again; what you typed is kept.");
  } else if (xhr.status >= 500 || xhr.status === 404) {
    say("The server could not do this. Nothing was changed; what you typed is still here. Try again.");
  }
});
document.body.addEventListener("htmx:sendError", () => {
  say("The server cannot be reached. What you typed is still here; try again.");
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  renewedAt = Date.now();
  if (target.id === "desk") {
    delete document.body.dataset.busy;
    markOpen();
    preparePanel();
    tick();
    const bar = desk.querySelector(".last-bar");
    if (bar) refreshRow(bar.dataset.last);
    lookAgain();
    if (!desk.contains(document.activeElement)) desk.querySelector(".sitting")?.focus({ preventScroll: true });
  } else if (target.id === "panel") {
    preparePanel();
  } else if (target.id === "stream") {
    arrived = 0;
    markOpen();
  }
});

document.addEventListener("click", (event) => {
  const cancel = event.target.closest?.("[data-cancel]");
  if (!cancel) return;
  event.preventDefault();
  const form = document.getElementById("grade-form");
  sessionStorage.removeItem(draftOf(form));
  document.getElementById("panel").replaceChildren();
  preparePanel();
  desk?.querySelector(".sitting")?.focus({ preventScroll: true });
});

function say(words) {
  const said = document.createElement("p");
  said.className = "said said-error";
  said.textContent = words;
  document.getElementById("messages").replaceChildren(said);
}

// --- what happens elsewhere: announced, never moved under the reader's hand ---

let arrived = 0, asked = null;
const query = () => stream.dataset.query;

// What a background request brings; none when the server could not, or when the session is over (then the page says so).
async function ask(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true", Background: "1" } }).catch(() => null);
  if (answer?.redirected) location.reload();
  return answer?.ok && !answer.redirected ? answer : null;
}

async function pulse() {
  const bar = stream.querySelector("[data-arrivals]");
  const given = new URLSearchParams(query());
  given.set("newest", bar.dataset.newest);
  const answer = await ask(`${stream.dataset.pulse}?${given}`);
  if (!answer) return;
  const numbers = await answer.json();
  const shown = (number) => (number > 999 ? "999+" : String(number));
  for (const place of document.querySelectorAll("[data-waiting]")) place.firstChild.textContent = shown(numbers.waiting);
  for (const place of document.querySelectorAll("[data-here-count]")) place.textContent = shown(numbers.here);
  if (numbers.arrived !== arrived) {
    arrived = numbers.arrived;
    bar.querySelector("[data-arrived]").textContent = shown(arrived);
    bar.querySelector(".arrivals-bar").hidden = arrived === 0;
  }
}

function pulseSoon() {
  asked ??= setTimeout(() => {
    asked = null;
    pulse();
  }, 700);
}

async function fragment(address) {
  const answer = await ask(address);
  return answer ? new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild : null;
}

// Only what an element holds is replaced, never an element that sends requests itself: one that leaves the page while
// its request is under way takes the answer's events with it.
async function refreshRow(id) {
  const fresh = rowOf(id) && (await fragment(`${stream.dataset.here}${id}/row/?${query()}`));
  const row = rowOf(id);
  if (!fresh || !row) return;
  row.className = fresh.className;
  row.querySelector("button").replaceChildren(...document.adoptNode(fresh).querySelector("button").childNodes);
  markOpen();
}

async function refreshLast(id) {
  const here = () => document.querySelector(`.last-bar[data-last="${id}"] p`);
  const fresh = here() && (await fragment(`${stream.dataset.here}${id}/last/?${query()}`));
  const words = fresh?.querySelector(".last-bar p");
  if (words) here()?.replaceChildren(...document.adoptNode(words).childNodes);
  tick();
}

// The grade on the screen and what has become of its orders: waiting, sent, done.
export async function refreshStanding(id) {
  const here = document.querySelector(`[data-standing][data-comment="${id}"]`);
  const fresh = here && (await ask(here.dataset.standing));
  const text = fresh ? await fresh.text() : "";
  const now = new DOMParser().parseFromString(text, "text/html");
  if (here?.isConnected) {
    for (const part of [".grade-words", ".orders"]) {
      const words = now.querySelector(part);
      if (words) here.querySelector(part)?.replaceChildren(...document.adoptNode(words).childNodes);
    }
  }
  tick();
}

// A hide is often done before the page that ordered it is drawn: then nobody tells of it any more, so we ask.
function lookAgain() {
  for (const wait of [800, 3000, 10_000]) {
    setTimeout(() => {
      const standing = document.querySelector("[data-standing]:has(.order-waiting, .order-sending)");
      if (standing) refreshStanding(standing.dataset.comment);
      const bar = document.querySelector(".last-bar[data-last]");
      if (bar) refreshLast(bar.dataset.last);
    }, wait);
  }
}

function heard({ detail: message }) {
  if (message.kind === "poll") return pulse();
  if (message.kind === "queue") return pulseSoon();
  if (message.kind !== "comment") return;
  refreshRow(message.id);
  refreshLast(message.id);
  refreshStanding(message.id);
  pulseSoon();
}

if (stream) {
  document.addEventListener("live", heard);
  markOpen();
}
preparePanel();
tick();
