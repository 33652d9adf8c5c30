// What the member may do can change while a page lies open: a power is handed over or ended, a role is given, a period
// runs out. Then a bar says so. The page is never loaded by itself: what was typed stays until he does it.

const LONGEST = 2_000_000_000; // milliseconds that a timer can count
let clock;

function show() {
  document.getElementById("authority-changed").hidden = false;
}

// The moment at which the next thing begins or ends, by the server's clock: this one may be wrong.
function wait(seconds) {
  clearTimeout(clock);
  if (seconds === "" || seconds === null) return;
  clock = setTimeout(look, Math.min(Number(seconds) * 1000 + 500, LONGEST));
}

async function look() {
  const { authority, authorityAt } = document.body.dataset;
  const answer = await fetch(authorityAt, { headers: { "HX-Request": "true", Background: "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // the next poll or the page's own next request says it
  const now = await answer.json();
  if (now.mark !== authority) show();
  wait(now.in);
}

export function watch() {
  const { authorityIn } = document.body.dataset;
  wait(authorityIn);
  document.addEventListener("live", ({ detail }) => {
    if (detail.kind === "authority") show();
    if (detail.kind === "poll") look();
  });
  // A machine that slept, a page that the browser kept and shows again: their timers stood still.
  document.addEventListener("visibilitychange", () => document.hidden || look());
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") look();
}
