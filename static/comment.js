// A comment's page: the panel's help of the desk, and word that something changed here.

import { refreshStanding } from "./queue.js";

const place = document.getElementById("changed");

document.addEventListener("live", ({ detail }) => {
  if (detail.kind !== "comment" || String(detail.id) !== place.dataset.comment) return;
  refreshStanding(detail.id);
  place.querySelector("a").hidden = false;
});
