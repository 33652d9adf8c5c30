// Writing an item: how each platform counts what is typed, how it will look there, and the unsaved form kept in this
// tab until it is saved. Without this the page says the same after each Save.

import { putBack, typedIn } from "./kept.js";
import { weighted } from "./x-length.js";

const form = document.querySelector("form[data-editor]");
const shared = form.querySelector("[data-text]");
const MARKS = /(https?:\/\/[^\s<>"]+)|((?<![\p{L}\p{N}_&])[#＃][\p{L}\p{N}_]+)/gu;

function words(place, text) {
  place.replaceChildren();
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    place.append(text.slice(at, found.index));
    const mark = document.createElement("span");
    mark.className = found[1] ? "as-link" : "as-tag";
    mark.textContent = found[0];
    place.append(mark);
    at = found.index + found[0].length;
  }
  place.append(text.slice(at));
}

const picked = () => [...form.querySelectorAll("[data-picture]")].filter((one) => one.querySelector("[data-picked]").checked);

function shownIn(version) {
  const asked = new Map([...version.querySelectorAll("[data-shows]")].map((box) => [box.value, box.checked]));
  return picked().filter((picture) => asked.get(picture.dataset.picture) ?? true);
}

function formOf(pictures) {
  if (pictures.some((one) => one.dataset.kind === "video")) return "video";
  return ["text", "photo"][pictures.length] ?? "photos";
}

function count(version, text, pictures) {
  const { platform } = version.dataset;
  const kind = formOf(pictures);
  const limit = Number(version.dataset[`limit${kind[0].toUpperCase()}${kind.slice(1)}`] ?? 0);
  const length = platform === "x" ? weighted(text) : [...text].length;
  const said = version.querySelector("[data-preview-count]");
  const over = limit && length > limit ? `: ${length - limit} too many` : "";
  said.textContent = `${length}${limit ? ` of ${limit}` : ""} characters${over}`;
  said.classList.toggle("is-over", Boolean(over));
}

function files(version, pictures) {
  const place = version.querySelector("[data-preview-files]");
  place.classList.toggle("preview-several", pictures.length > 1);
  place.replaceChildren(...pictures.map((picture) => {
    const image = document.createElement("img");
    image.src = picture.querySelector("img").src;
    image.alt = picture.querySelector("[data-alt]").value;
    return image;
  }));
}

function line(version, field, place) {
  const said = version.querySelector(field)?.value.trim() ?? "";
  const shown = version.querySelector(place);
  shown.textContent = said;
  shown.hidden = !said;
}

function draw() {
  for (const version of form.querySelectorAll("[data-version]")) {
    if (!version.querySelector("[data-chosen]").checked) continue;
    const own = version.querySelector("[data-own]").checked;
    const text = (own ? version.querySelector("[data-own-text]") : shared).value.trim();
    const pictures = shownIn(version);
    words(version.querySelector("[data-preview-text]"), text);
    count(version, text, pictures);
    files(version, pictures);
    line(version, "[data-title]", "[data-preview-title]");
    line(version, "[data-link]", "[data-preview-link]");
  }
}

// --- the unsaved form --------------------------------------------------------------------------------------------------

const key = `unsaved ${new URL(form.action).pathname}`;
const state = form.querySelector("[data-state]");
const asServed = JSON.stringify(typedIn(form));
let waits = 0, sent = false;

function keep() {
  const values = typedIn(form);
  if (JSON.stringify(values) === asServed) return sessionStorage.removeItem(key);
  sessionStorage.setItem(key, JSON.stringify({ on: form.dataset.on, values }));
  state.textContent = "Not saved yet; kept in this browser.";
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  // What was written on another revision would undo what was saved since: the server puts the two together, not we.
  const answered = document.querySelector("[role=alert]") && document.querySelector(".said-error");
  if (!kept || kept.on !== form.dataset.on || answered) return sessionStorage.removeItem(key);
  putBack(form, kept.values);
  document.querySelector("[data-kept]").hidden = false;
}

form.addEventListener("input", () => {
  draw();
  clearTimeout(waits);
  waits = setTimeout(keep, 400);
});
form.addEventListener("submit", () => {
  sent = true;
  clearTimeout(waits);
  keep();
});
addEventListener("pagehide", () => {
  if (!sent) keep();
});
document.querySelector("[data-drop]").addEventListener("click", () => {
  sent = true;
  clearTimeout(waits);
  sessionStorage.removeItem(key);
  location.reload();
});

restore();
// The server's marks of what the language check found stand until somebody types.
if (sessionStorage.getItem(key)) draw();
