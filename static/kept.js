// What was typed and not sent, kept in this tab for its member: put back when he was signed out meanwhile and is in
// again, gone when it is sent, when he signs out himself, or when somebody else signs in. Never a password or a code.

const PREFIX = "kept ", WHO = "kept-by";
const SECRET = /password|code|token|secret|credential|csrf/i;

const keyOf = (form) => `${PREFIX}${new URL(form.action, location.href).pathname}`;
const isKept = (field) =>
  field.name && !field.disabled && !field.readOnly && !["password", "hidden", "file", "submit", "button"].includes(field.type) &&
  !SECRET.test(field.name) && !/one-time-code|password/.test(field.autocomplete ?? "");
// Boxes of one name are told apart by what they stand for: there may be more of them when they are put back.
const slotOf = (field) => (field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name);
const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? "null");
const write = (key, kept) => sessionStorage.setItem(key, JSON.stringify(kept));
const all = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));

export function typedIn(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const chosen = field.type === "checkbox" || field.type === "radio" ? field.checked
      : field instanceof HTMLSelectElement ? [...field.selectedOptions].map((option) => option.value) : field.value;
    (values[slotOf(field)] ??= []).push(chosen);
  }
  return values;
}

export function putBack(form, values) {
  const seen = {};
  for (const field of form.elements) {
    const slot = slotOf(field);
    const value = isKept(field) ? values[slot]?.[(seen[slot] = (seen[slot] ?? -1) + 1)] : undefined;
    if (value === undefined) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = value;
    else if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
  for (let part = form.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function say() {
  const said = document.createElement("p");
  said.className = "said";
  said.textContent = "We kept what you typed before you were signed out. It is back in its place, and not sent yet.";
  document.getElementById("messages")?.append(said);
}

// From now on what is kept here waits for its member.
export function markSignedOut() {
  for (const key of all()) write(key, { ...read(key), waits: true });
}

export function keepTyped(member) {
  if (!member) return; // the pages before one is in keep nothing
  if (sessionStorage.getItem(WHO) !== member) {
    sessionStorage.clear(); // somebody else's
    sessionStorage.setItem(WHO, member);
  }
  let back = false;
  for (const key of all()) if (!read(key).waits) sessionStorage.removeItem(key);
  for (const form of document.forms) {
    const kept = form.method === "post" && read(keyOf(form));
    if (!kept?.waits) continue;
    putBack(form, kept.values);
    back = true;
    write(keyOf(form), { values: kept.values });
  }
  if (back) say();

  addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method === "post" && isKept(event.target)) write(keyOf(form), { values: typedIn(form) });
  });
  addEventListener("submit", (event) => {
    // What else is sent is dropped by the page that answers, unless it says that the session had ended.
    if (event.target.action.endsWith("/sign-out/")) for (const key of all()) sessionStorage.removeItem(key);
  });
  // A part of the page was sent and taken.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form && event.detail.successful) sessionStorage.removeItem(keyOf(form));
  });
}
