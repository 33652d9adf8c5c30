// A session ends after a time without an act of a person, and at its end whatever is done. This warns before, tells the
// server of acts that send nothing (typing, scrolling), and keeps what was typed until its member is in again.
// The server alone decides; by the clock, not by counting: a laptop may have slept.

import { keepTyped, markSignedOut } from "./kept.js";

const warning = document.getElementById("session-warning");
if (warning) watch(warning);
else if (document.querySelector("main.sign-in")) markSignedOut(); // the pages before one is in
keepTyped(document.body.dataset.member ?? "");
document.querySelector("form[data-carry-on]")?.requestSubmit();

function watch(dialog) {
  const { member, leftAt, signIn, askedBy } = dialog.dataset;
  const idle = Number(dialog.dataset.idle);
  const before = { idle: Math.min(120, idle / 3), limit: Math.min(600, idle / 3) }; // seconds of warning
  const tellAfter = Math.min(120, idle / 6); // an act that sends nothing is told so seldom
  const [why, countdown, said, stay] = ["why", "countdown", "said", "stay"].map((name) => dialog.querySelector(`[data-${name}]`));
  const form = dialog.querySelector("form");
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("smu-session") : null;
  const now = () => Date.now() / 1000;

  let idleEnd, end, told, asking = false, knowsTheEnd = false, saidAt = null;
  const take = (left) => {
    idleEnd = now() + left.idle_left;
    end = now() + left.left;
    told = now() - (idle - left.idle_left);
  };
  const tellTabs = () => channel?.postMessage({ member, idleEnd, end });
  take({ idle_left: Number(dialog.dataset.idleLeft), left: Number(dialog.dataset.left) });
  tellTabs();

  const over = () => {
    markSignedOut();
    // A page that a form brought is not asked for again: its address takes forms.
    if (askedBy === "GET") location.reload();
    else location.assign(signIn);
  };

  // What is left, from the server. A poll: it keeps nobody in.
  async function ask() {
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch(leftAt, { headers: { Accept: "application/json", Background: "1" } });
      const left = await answer.json();
      if (String(left.member) !== member) over();
      else take(left);
    } catch { /* not reached: the clock here runs on */ }
    asking = false;
    tick();
  }

  async function act() {
    told = now();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return ask();
      take(await answer.json());
      tellTabs();
    } catch { /* not reached: the next act tells */ }
    tick();
  }

  const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const inWords = (seconds) => (seconds >= 60 ? (seconds > 60 ? `${Math.ceil(seconds / 60)} minutes` : "1 minute") : `${seconds} seconds`);

  function warn(left, byLimit) {
    if (!dialog.open) {
      const at = new Date((byLimit ? end : idleEnd) * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      why.textContent = byLimit
        ? `A session ends after its hours, whatever is done: you will be signed out at ${at}. Send what you typed. Left:`
        : "Nothing was done here for a while. You will be signed out in";
      stay.textContent = byLimit ? "Go on until then" : "Stay signed in";
      saidAt = null;
      dialog.showModal();
    }
    countdown.textContent = clockOf(left);
    const step = left > 30 ? Math.ceil(left / 30) : left > 10 ? 1 : 0;
    if (step !== saidAt) {
      saidAt = step;
      said.textContent = `${why.textContent} ${inWords(left)}`;
    }
  }

  let warnedOf = "", askedAt = 0;
  function tick() {
    const idleLeft = Math.ceil(idleEnd - now()), left = Math.ceil(end - now());
    if (Math.min(idleLeft, left) <= 0) {
      countdown.textContent = clockOf(0);
      if (now() - askedAt < 5) return;
      askedAt = now();
      ask();
      return;
    }
    const soon = left <= before.limit && !knowsTheEnd ? "limit" : idleLeft <= before.idle ? "idle" : "";
    if (!soon && dialog.open) dialog.close();
    if (soon && soon === warnedOf) return asking || warn(soon === "limit" ? left : idleLeft, soon === "limit");
    warnedOf = soon;
    if (soon) ask(); // another tab, or this page's own requests, may have acted meanwhile
  }

  const answered = (event) => {
    event.preventDefault();
    knowsTheEnd ||= end - now() <= before.limit;
    dialog.close();
    act();
  };
  form.addEventListener("submit", answered);
  dialog.addEventListener("cancel", answered);

  const acted = (event) => {
    if (event.isTrusted && !dialog.open && now() - told > tellAfter) act();
  };
  for (const kind of ["input", "keydown", "pointerdown", "wheel", "touchmove"]) {
    addEventListener(kind, acted, { passive: true, capture: true });
  }

  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.member !== member) return ask();
      idleEnd = Math.max(idleEnd, data.idleEnd);
      told = Math.max(told, idleEnd - idle);
      end = data.end;
      tick();
    };
  }
  // Seen again, woken up, or brought back by the browser's own memory: ask.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
  addEventListener("pageshow", (event) => event.persisted && ask());
  setInterval(tick, 1000);

  // htmx: the form came too late. It stays as it is; one sentence, and the way in.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.getResponseHeader("Session-Ended")) return;
    event.stopPropagation();
    event.detail.shouldSwap = false;
    over();
  }, true);
}
