// What every page does: hears what happens elsewhere, says when its member's powers have changed, keeps relative times
// fresh, closes the member's menu when one looks elsewhere, and leads back after a refusal.

import { watch } from "./authority.js";
import "./files.js";
import { start } from "./live.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400;

// The same words as smu.templatetags.unit.age_in_words.
export function ageInWords(seconds) {
  if (seconds < MINUTE) return "now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) {
    const hours = Math.floor(seconds / HOUR), minutes = Math.floor((seconds % HOUR) / MINUTE);
    return minutes && hours < 10 ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  const days = Math.floor(seconds / DAY);
  return `${days} day${days > 1 ? "s" : ""}`;
}

function freshen() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const words = ageInWords((Date.now() - Date.parse(time.dateTime)) / 1000);
    if (time.textContent !== words) time.textContent = words;
  }
}
setInterval(freshen, 20_000);

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.member-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.member-menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Once the page's other scripts stand too: they listen for `live` on the document.
document.addEventListener("DOMContentLoaded", () => {
  const { live, member } = document.body.dataset;
  if (live) {
    watch();
    start(live, member);
  }
  for (const way of document.querySelectorAll("[data-back]")) {
    way.hidden = history.length < 2;
    way.addEventListener("click", (event) => {
      event.preventDefault();
      history.back();
    });
  }
});

// On a phone the navigation is wider than the screen: bring the word of this page into sight.
for (const here of document.querySelectorAll(".top-nav [aria-current], .rooms > [aria-current]")) {
  here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
}
