// Files go up in parts before the form is sent: a cut is gone on with, and a long video keeps nobody waiting at a blank
// page. Without this script the form sends them whole.

const LONGEST_TO_DIGEST = 64_000_000; // bytes: more is not held in the browser's memory
const TRIES = 8;

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

class Refused extends Error {}

async function ask(address, options, token) {
  const answer = await fetch(address, { ...options, headers: { "X-CSRFToken": token, ...options.headers } });
  const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
  if (answer.status === 422) throw new Refused(said.sentence);
  if (answer.status === 413) throw new Refused("The file is larger than what is taken.");
  if (!answer.ok && answer.status !== 409) {
    if (answer.status < 500) throw new Refused("You are no longer signed in: load the page again, what came so far is kept.");
    throw new Error(String(answer.status));
  }
  return said;
}

const form = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

async function again(act, tell) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refused || tries === TRIES) throw error;
      tell(`The connection is cut; trying again (${tries} of ${TRIES - 1}).`);
      await pause(Math.min(2 ** tries, 30));
    }
  }
}

async function digestOf(file) {
  if (!crypto.subtle || file.size > LONGEST_TO_DIGEST) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(file, begin, token, tell) {
  let at = await again(() => ask(begin, { method: "POST", body: form({ name: file.name, size: file.size }) }, token), tell);
  while (at.state === "coming" && at.offset < file.size) {
    const part = file.slice(at.offset, at.offset + at.part);
    at = await again(
      async () => {
        try {
          return await ask(`${at.at}?offset=${at.offset}`, { method: "POST", body: part, headers: { "Content-Type": "application/octet-stream" } }, token);
        } catch (error) {
          if (error instanceof Refused) throw error;
          return { ...(await ask(at.at, { method: "GET" }, token)), cut: true };
        }
      },
      tell,
    );
    tell(`${Math.floor((100 * at.offset) / file.size)} %`, at.offset);
  }
  tell("All of it is here; it is being looked at.", file.size);
  const digest = await digestOf(file);
  return again(() => ask(at.finish, { method: "POST", body: form({ digest }) }, token), tell);
}

for (const page of document.querySelectorAll("form[data-uploads]")) {
  const input = page.querySelector("input[type=file][multiple]");
  const list = page.querySelector("[data-progress]");
  const line = (file) => {
    const row = document.createElement("li");
    const name = document.createElement("bdi");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    words.className = "hint";
    row.append(name, bar, words);
    list.append(row);
    return { row, tell: (said, come) => { words.textContent = said; if (come !== undefined) bar.value = come; }, bar, words };
  };

  page.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
    const button = page.querySelector("button");
    button.disabled = true;
    list.replaceChildren();
    let refused = 0;
    for (const file of input.files) {
      const { tell, bar, words } = line(file);
      try {
        const made = await send(file, page.dataset.uploads, token, tell);
        const kept = document.createElement("input");
        kept.type = "hidden";
        kept.name = "uploads";
        kept.value = made.key;
        page.append(kept);
        tell("In the library.", file.size);
      } catch (error) {
        refused += 1;
        bar.remove();
        words.className = "field-error";
        words.textContent = error instanceof Refused ? error.message : "The connection is cut. Choose the file again: it goes on from there.";
      }
    }
    button.disabled = false;
    input.value = "";
    if (!refused) page.submit();
  });
}
