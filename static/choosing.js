// Several things of a list are chosen at once: all on the page, and how many. Without this script each is ticked by itself.

const form = document.getElementById("several");
const boxes = [...document.querySelectorAll('input[name="item"][form="several"]')];
const all = form?.querySelector("[data-choose-all]");
const told = form?.querySelector("[data-chosen]");

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  told.textContent = count ? ` (${count})` : "";
}

if (form && boxes.length) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell(); // what the browser kept ticked on the way back
}
