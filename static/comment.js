// A comment's page: the panel's help of the desk, and word that something changed here.

import { follow } from "./live.js";
import { refreshStanding } from "./queue.js";

const place = document.getElementById("changed");
const announce = () => {
  place.querySelector("a").hidden = false;
};

follow(
  place.dataset.live,
  (message) => {
    if (message.kind !== "comment" || String(message.id) !== place.dataset.comment) return;
    refreshStanding(message.id);
    announce();
  },
  () => {},
);
