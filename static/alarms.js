// The bar over the queue: emergencies that nobody has closed, fetched anew when something comes or is closed.

const bar = () => document.getElementById("alarms");
let waits;

async function renew() {
  const here = bar();
  if (!here) return;
  const answer = await fetch(here.dataset.alarms, { headers: { "HX-Request": "true", Background: "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("alarms");
  if (fresh && fresh.innerHTML.trim() !== here.innerHTML.trim()) here.replaceWith(fresh);
}

document.addEventListener("live", ({ detail }) => {
  if (!["queue", "comment", "poll"].includes(detail.kind)) return;
  clearTimeout(waits);
  waits = setTimeout(renew, 300); // many hints are one look
});
