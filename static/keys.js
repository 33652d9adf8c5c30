// Keys: an element that carries data-key is what the key presses (a link, a button) or enters (a field). A single
// letter or digit acts only while nobody types, and only for members who have not switched that off (WCAG 2.1.4).

const TYPED = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";

const typing = (target) => target instanceof Element && target.matches(TYPED);
// Keys that this member has moved: his own → the key as it comes. One that was moved away does nothing any more.
const moved = JSON.parse(document.body.dataset.ownKeys || "{}");
const means = new Map(Object.entries(moved).map(([key, own]) => [own, key]));
const meant = (pressed) => means.get(pressed) ?? (pressed in moved ? "" : pressed);

// What stands on the screen as a key is the member's own.
export function label(root = document) {
  if (!Object.keys(moved).length) return;
  for (const place of root.querySelectorAll("[data-key] > kbd:only-of-type, kbd[data-shows]")) {
    const key = place.dataset.shows ?? place.parentElement.dataset.key;
    place.dataset.shows = key;
    if (key in moved) place.textContent = moved[key];
  }
}
label();
document.body.addEventListener("htmx:afterSettle", () => label());

const seen = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;

export function find(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((element) => !element.disabled);
  return all.find(seen) ?? all.find((element) => element.closest("details:not([open])")) ?? null;
}

export function press(element) {
  const closed = element.closest("details:not([open])");
  if (closed && element.localName !== "summary") closed.open = true;
  if (element.localName === "summary") {
    const details = element.parentElement;
    details.open = !details.open;
    if (details.open) details.querySelector("textarea, input:not([type=hidden])")?.focus();
  } else if (typing(element)) {
    element.focus();
    if (element.localName === "textarea") element.setSelectionRange(element.value.length, element.value.length);
  } else {
    element.click();
  }
}

// The form to send on Ctrl+Enter: the one being typed in, else the panel's.
function formInHand(target) {
  const own = target instanceof Element && target.closest("main form:not(#stream-form)");
  return own || document.querySelector("form[data-main-form]");
}

// The event is used up: under hashed names this module can be on the page twice, and would leave the panel as well.
function leave(event) {
  const here = document.activeElement;
  event.preventDefault();
  if (typing(here)) here.blur();
  else document.querySelector("[data-cancel]")?.click();
}

// While an act is under way (body[data-busy]) no key starts another: it would land on a comment not yet seen.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = formInHand(event.target);
    if (!form || event.repeat || form.inert) return;
    event.preventDefault();
    if (!document.body.dataset.busy) form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave(event);
  if (event.key.length !== 1 || event.repeat || typing(event.target)) return;
  if (document.body.dataset.singleKeys !== "on") return;
  if (document.body.dataset.busy) return event.preventDefault();
  const key = meant(event.key);
  if (!key) return;
  if (key === "?") {
    document.getElementById("keys")?.showModal();
    return event.preventDefault();
  }
  const own = new CustomEvent("smu:key", { detail: key, cancelable: true, bubbles: true });
  if (!document.dispatchEvent(own)) return event.preventDefault();
  const element = find(key);
  if (element) {
    event.preventDefault();
    press(element);
  }
});
