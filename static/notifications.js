// The bell, on every page of somebody signed in: when something was told it counts anew and says the newest, politely
// and without moving the page. The list itself stays as it is under the reader's hand.

const SHOWN = 12_000; // milliseconds; a threat stays until it is closed

const bell = document.getElementById("bell");
const toasts = document.getElementById("toasts");

function toast({ sentence, kind }) {
  const box = document.createElement("div");
  box.className = kind === "threat" ? "toast-said is-threat" : "toast-said";
  const link = document.createElement("a");
  link.href = bell.href;
  link.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => box.remove());
  box.append(link, close);
  toasts.append(box);
  if (kind !== "threat") setTimeout(() => box.matches(":hover, :focus-within") || box.remove(), SHOWN);
}

async function look() {
  const answer = await fetch(bell.dataset.bell, { headers: { "HX-Request": "true", Background: "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // the session is over: the page itself says so
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bell");
  if (!fresh) return;
  const known = Number(bell.dataset.newest ?? 0);
  bell.innerHTML = fresh.innerHTML;
  bell.setAttribute("aria-label", fresh.getAttribute("aria-label"));
  if (Number(fresh.dataset.newest ?? 0) > known) {
    bell.dataset.newest = fresh.dataset.newest;
    toast(fresh.dataset);
  }
}

if (bell && toasts) {
  document.addEventListener("live", (event) => {
    if (["notification", "poll"].includes(event.detail.kind)) look();
  });
}

// The red line, for those who decide on threats: fetched anew when one is raised or acknowledged. What arrives lies over
// the top of the page, so that nothing moves; what is said already is not said again.
const line = document.getElementById("red-line");

async function lookAtThreats() {
  const answer = await fetch(line.dataset.line, { headers: { "HX-Request": "true", Background: "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const said = await answer.text();
  const mark = (within) => within.querySelector("[data-threats]")?.dataset.threats ?? "";
  const fresh = new DOMParser().parseFromString(said, "text/html").body;
  if (mark(fresh) === mark(line)) return;
  if (!line.querySelector(".red-line")) line.classList.add("is-live");
  line.innerHTML = said;
  window.htmx?.process(line);
}

if (line?.dataset.line) {
  document.addEventListener("live", (event) => {
    if (["threat", "poll"].includes(event.detail.kind)) lookAtThreats();
  });
}
