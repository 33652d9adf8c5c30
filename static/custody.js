// The page that a label leads to, on a bad connection: what is sent is kept on the phone until the unit has it, and
// sent again under the same key, which is done once. A photo is made smaller before it goes; a signature is drawn.

const HOUR = 3_600_000, KEPT = 24 * HOUR, PATIENCE = 25_000, LONGEST_WAIT = 30_000, LONGEST_SIDE = 1600;
const BY_SCRIPT = "X-Sent-By-Script";
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "signature", "photo"]);

const banner = () => document.querySelector("[data-lost]");
const nameOf = (form) => `custody:${location.pathname}:${form.dataset.custody}`;

function say(words, button) {
  const said = banner();
  said.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }));
  said.classList.add("sending");
  if (button) said.append(button);
  said.hidden = false;
}

// --- what was typed stays on the phone ---

function draft(form, sending = false) {
  const fields = [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
  const kept = { member: document.body.dataset.member, stands: form.dataset.stands, at: Date.now(), sending, fields };
  try { localStorage.setItem(nameOf(form), JSON.stringify(kept)); } catch { /* no room, or private: it is only a help */ }
}

function forget(form) {
  try { localStorage.removeItem(nameOf(form)); } catch { /* as above */ }
}

function kept(form) {
  try {
    const found = JSON.parse(localStorage.getItem(nameOf(form)));
    const ours = found && found.member === document.body.dataset.member && found.stands === form.dataset.stands;
    return ours && Date.now() - found.at < KEPT ? found : null;
  } catch {
    return null;
  }
}

function restore(form) {
  const found = kept(form);
  if (!found) {
    forget(form);
    return;
  }
  const typed = new Map(found.fields.map(([name]) => [name, []]));
  for (const [name, value] of found.fields) typed.get(name).push(value);
  for (const field of form.elements) {
    const values = typed.get(field.name);
    if (!values) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.type !== "file" && field.name !== "due") field.value = values[0];
  }
  if (!found.sending) return;
  say("This may not have arrived yet. Send it again: it is done once.");
  form.closest("details")?.setAttribute("open", "");  // what is to be sent again is seen
}

// --- sending ---

function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}

async function attempt(form, body) {
  const asked = { method: "POST", body, headers: { [BY_SCRIPT]: "1" }, signal: AbortSignal.timeout(PATIENCE) };
  const answer = await fetch(form.action, asked);
  if ([502, 503, 504].includes(answer.status)) throw new TypeError("nobody there");
  return { answer, text: await answer.text() };
}

async function send(form) {
  const body = new FormData(form);
  let stopped = false;
  form.setAttribute("aria-busy", "true");
  draft(form, true);
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: "Stop trying" });
  stop.addEventListener("click", () => { stopped = true; dispatchEvent(new Event("online")); });
  for (let wait = 2000; !stopped; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      finish(form, await attempt(form, body));
      return;
    } catch {
      say("No connection. This is kept on your phone and sent as soon as there is one: leave the page open.", stop);
      await pause(wait);
    }
  }
  form.removeAttribute("aria-busy");
  say("Not sent. What you entered stays here.");
}

function finish(form, { answer, text }) {
  form.removeAttribute("aria-busy");
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    forget(form);
    location.replace(JSON.parse(text).to);
    return;
  }
  if (answer.redirected) {
    const drawn = form.dataset.custody === "back" ? " A photo and a signature you add once more." : "";
    const back = new URL(answer.url);
    back.search = new URLSearchParams({ next: location.pathname }).toString();
    const link = Object.assign(document.createElement("a"), { className: "btn btn-small", href: back.href, textContent: "Sign in" });
    say(`You are signed out. Sign in again: what you entered stays on this phone.${drawn}`, link);
    return;
  }
  // A refusal: the page as it stands now, with what was typed and what is wrong.
  draft(form);
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) {
    say("That did not work. What you entered stays here; try once more.");
    return;
  }
  const main = document.getElementById("main");
  main.replaceChildren(...document.adoptNode(fresh).childNodes);
  begin(main);
  (main.querySelector(".field-error, .said-error") ?? main).scrollIntoView({ block: "center" });
}

// --- photo and signature ---

async function shrink(field, seen) {
  const [file] = field.files;
  seen.hidden = true;
  if (!file) return;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return;
  const part = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * part), height: Math.round(picture.height * part) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const side = Math.min(picture.width, picture.height);
  seen.getContext("2d").drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, seen.width, seen.height);
  seen.hidden = false;
  const smaller = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", .85); });
  if (!smaller || smaller.size >= file.size) return;
  const given = new DataTransfer();
  given.items.add(new File([smaller], "photo.jpg", { type: "image/jpeg" }));
  field.files = given.files;
}

function pad(place) {
  const canvas = place.querySelector("canvas"), field = place.querySelector('input[name="signature"]'), ink = canvas.getContext("2d");
  let drawing = false;
  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    Object.assign(ink, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#10131a" });
    ink.beginPath();
    ink.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    ink.lineTo(...at(event));
    ink.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (drawing) field.value = canvas.toDataURL("image/png");
      drawing = false;
    });
  }
  place.querySelector("[data-clear]").addEventListener("click", clear);
  place.classList.add("is-drawn");
  clear();
}

function begin(root) {
  for (const place of root.querySelectorAll("[data-signature]")) pad(place);
  for (const place of root.querySelectorAll("[data-photo]")) {
    const field = place.querySelector("input");
    place.classList.add("is-drawn");
    field.addEventListener("change", () => shrink(field, place.querySelector("canvas")));
  }
  for (const form of root.querySelectorAll(".custody-form")) {
    if (!root.querySelector(".field-error, .said-error")) restore(form);
    form.addEventListener("input", () => draft(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.getAttribute("aria-busy") !== "true") send(form);
    });
  }
}

begin(document);
