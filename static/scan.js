// Labels read by the camera inside the page: to open what bears one, or to count one after the other without leaving
// the page. What a bad connection keeps back is sent as soon as there is one, under its own key, and counts once.

const LOOK_EVERY = 160, SAME_AGAIN = 4000, LONGEST_SIDE = 720, WAIT = 3000;

const section = document.querySelector("[data-scan]");
const video = section.querySelector("video"), said = section.querySelector("[data-scan-said]");
const [begin, end] = section.querySelectorAll("button");
const counting = document.querySelector("form[data-scan-form]");
const canvas = document.createElement("canvas"), ink = canvas.getContext("2d", { willReadFrequently: true });
const waiting = [];
let stream = null, last = { text: "", at: 0 }, sending = false;

function say(words, sort = "") {
  said.textContent = words;
  said.className = `scan-said${sort && ` scan-${sort}`}`;
}

// --- the camera ---

async function start() {
  begin.disabled = true;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch (error) {
    say(error.name === "NotAllowedError" ? "The browser may not use the camera: allow it beside the address, or type." : "No camera can be used here: type the tag.", "bad");
    return;
  } finally {
    begin.disabled = false;
  }
  video.srcObject = stream;
  await video.play();
  section.classList.add("is-scanning");
  say("Hold a label into the picture.");
  end.focus();
  look(reader());
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  section.classList.remove("is-scanning");
}

/** The browser's own reader where it has one, else the library's; each gives the words of a code, or nothing. */
function reader() {
  if ("BarcodeDetector" in window) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(canvas))[0]?.rawValue;
  }
  return async () => jsQR(ink.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data;
}

async function look(read) {
  if (!stream) return;
  if (video.videoWidth && !document.hidden) {
    const part = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * part);
    canvas.height = Math.round(video.videoHeight * part);
    ink.drawImage(video, 0, 0, canvas.width, canvas.height);
    const text = await read().catch(() => null);
    if (text) found(text);
  }
  setTimeout(() => look(read), LOOK_EVERY);
}

function found(text) {
  const again = text === last.text && Date.now() - last.at < SAME_AGAIN;
  last = { text, at: Date.now() };
  if (again) return;
  navigator.vibrate?.(60);
  if (counting) count(text);
  else open(text);
}

// --- what comes of it ---

function open(text) {
  const path = text.match(/\/e\/[\w-]+\/?$/)?.[0];
  if (!path) {
    say("That is no label of the unit.", "bad");
    return;
  }
  stop();
  location.assign(path);
}

function count(text) {
  const body = new FormData(counting);
  body.set("text", text);
  body.set("key", crypto.randomUUID());
  waiting.push(body);
  send();
}

async function send() {
  if (sending) return;
  sending = true;
  while (waiting.length) {
    try {
      const answer = await fetch(counting.action, { method: "POST", body: waiting[0] });
      if ([502, 503, 504].includes(answer.status)) throw new TypeError("nobody there");
      waiting.shift();
      show(answer, await answer.text());
    } catch {
      say(`No connection: ${waiting.length} seen ${waiting.length === 1 ? "waits" : "wait"} here. Leave the page open.`, "wait");
      await new Promise((resolve) => { setTimeout(resolve, WAIT); });
    }
  }
  sending = false;
}

/** What the page says now, and what was seen last; the camera stays where it is. */
function show(answer, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.querySelector("[data-scan]")) {
    stop();
    say(answer.ok && page.querySelector("[type=password]") ? "You are signed out, and the last label is not counted. Sign in, and scan it again." : "This stock-take takes no more: open it to see why. The last label is not counted.", "bad");
    waiting.length = 0;
    return;
  }
  const refused = page.querySelector("main .said-error, main .said-warning");
  const told = refused ?? page.querySelector(".said");
  say(told?.textContent.trim().replace(/\s+/g, " ") ?? "Seen.", refused ? "bad" : "good");
  for (const part of ["scan-figures", "scan-seen"]) document.getElementById(part).replaceWith(document.adoptNode(page.getElementById(part)));
}

if (navigator.mediaDevices?.getUserMedia) {
  section.hidden = false;
  begin.addEventListener("click", start);
  end.addEventListener("click", () => { stop(); say(""); begin.focus(); });
  addEventListener("pagehide", stop);
  addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
}
