// Rectangles on a picture, drawn with pointer or keys, kept as lines of numbers in a field: what is blurred, what is cut
// out. The field is what is sent, and can be written by hand; without this script it is all there is.
//
// <div class="stage" data-regions="id of the field" [data-single] [data-least="0.8" data-most="1.91"]><img …></div>

const LEAST = 1; // hundredths of the picture: less is a slip of the hand
const STEP = 1;

const within = (value, low, high) => Math.min(Math.max(value, low), high);
const rounded = (value) => Math.round(value * 10) / 10;

function read(field) {
  return field.value.split("\n").map((line) => line.split(/[\s,;%]+/).filter(Boolean).map(Number)).filter((box) => box.length === 4 && box.every(Number.isFinite));
}

function stageOf(stage) {
  const field = document.getElementById(stage.dataset.regions);
  const single = "single" in stage.dataset;
  const [least, most] = [Number(stage.dataset.least) || 0, Number(stage.dataset.most) || Infinity];
  const word = single ? "Cut" : "Blur";
  if (!field) return;
  stage.dataset.drawing = "";

  function write(boxes, chosen) {
    field.value = boxes.map((box) => box.map(rounded).join(" ")).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    draw(chosen);
  }

  function draw(chosen) {
    for (const old of stage.querySelectorAll(".region")) old.remove();
    read(field).forEach((box, number) => {
      const shown = document.createElement("button");
      shown.type = "button";
      shown.className = single ? "region is-cut" : "region";
      const [left, top, width, height] = box;
      Object.assign(shown.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      shown.textContent = single ? "" : number + 1;
      shown.setAttribute("aria-label", `${word} ${number + 1}: ${box.map(rounded).join(", ")}. Arrows move it, with Shift they make it larger or smaller, Delete takes it away.`);
      shown.addEventListener("keydown", (event) => onKey(event, number));
      stage.append(shown);
      if (number === chosen) shown.focus();
    });
  }

  function onKey(event, number) {
    const boxes = read(field);
    const [left, top, width, height] = boxes[number];
    const [x, y] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] ?? [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") boxes.splice(number, 1);
    else if (!x && !y) return;
    else if (event.shiftKey) boxes[number] = shaped([left, top, within(width + x, LEAST, 100 - left), within(height + y, LEAST, 100 - top)]);
    else boxes[number] = [within(left + x, 0, 100 - width), within(top + y, 0, 100 - height), width, height];
    event.preventDefault();
    write(boxes, Math.min(number, boxes.length - 1));
  }

  // A cut keeps within the shapes, width to height, that the platform takes.
  function shaped([left, top, width, height]) {
    const picture = stage.querySelector("img");
    const across = picture.clientWidth / picture.clientHeight;
    const ratio = within((width * across) / height, least, most);
    let wide = width, tall = (width * across) / ratio;
    if (top + tall > 100) [wide, tall] = [((100 - top) * ratio) / across, 100 - top];
    return [left, top, wide, tall];
  }

  let begun = null;
  const place = (event) => {
    const box = stage.getBoundingClientRect();
    return [within(((event.clientX - box.left) / box.width) * 100, 0, 100), within(((event.clientY - box.top) / box.height) * 100, 0, 100)];
  };
  const spanned = ([x, y], [a, b]) => shaped([Math.min(x, a), Math.min(y, b), Math.abs(x - a), Math.abs(y - b)]);

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest(".region")) return;
    begun = place(event);
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  stage.addEventListener("pointermove", (event) => {
    if (!begun) return;
    let drawn = stage.querySelector(".region.is-new");
    if (!drawn) {
      drawn = document.createElement("span");
      drawn.className = "region is-new";
      stage.append(drawn);
    }
    const [left, top, width, height] = spanned(begun, place(event));
    Object.assign(drawn.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  });
  const end = (event) => {
    if (!begun) return;
    const box = spanned(begun, place(event));
    begun = null;
    stage.querySelector(".region.is-new")?.remove();
    if (box[2] < LEAST || box[3] < LEAST) return;
    write(single ? [box] : [...read(field), box], single ? 0 : read(field).length);
  };
  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", () => { begun = null; draw(); });
  field.addEventListener("change", () => draw());
  draw();
}

for (const stage of document.querySelectorAll("[data-regions]")) stageOf(stage);
