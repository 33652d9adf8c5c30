// Makes the month's table into a calendar whose items can be dragged to another day. Without this script the table and the
// form under it do the same.

const root = document.getElementById("calendar");
const said = document.getElementById("calendar-moved");
const PHONE = matchMedia("(max-width: 47.99rem)").matches;
const empty = new Set();
let calendar;

function say(sentence, bad = false) {
  said.replaceChildren();
  const line = document.createElement("p");
  line.className = bad ? "said said-error" : "said said-success";
  line.textContent = sentence;
  said.append(line);
}

function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function markEmpty() {
  for (const cell of root.querySelectorAll("[data-date].fc-daygrid-day")) {
    cell.classList.toggle("is-empty", empty.has(cell.dataset.date));
  }
}

// In a list a campaign would stand under each of its days.
function fitting(events) {
  return calendar.view.type.startsWith("list") ? events.filter((one) => !one.classNames?.includes("is-campaign")) : events;
}

async function fetched({ startStr, endStr }, done, failed) {
  try {
    const asked = new URLSearchParams({ start: startStr, end: endStr });
    const answer = await fetch(`${root.dataset.feed}?${asked}`, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const given = await answer.json();
    empty.clear();
    for (const day of given.empty) empty.add(day);
    done(fitting(given.events));
    markEmpty();
  } catch (error) {
    say("The calendar could not be fetched. Load the page again.", true);
    failed(error);
  }
}

async function moved({ event, revert }) {
  const { move, on } = event.extendedProps;
  try {
    const answer = await fetch(move, {
      method: "POST",
      headers: { accept: "application/json", "x-csrftoken": root.dataset.token },
      body: new URLSearchParams({ day: dayOf(event.start), on }),
    });
    const given = await answer.json();
    if (!answer.ok) throw new Error(given.sentence);
    event.setExtendedProp("on", given.on);
    const form = document.querySelector(`form.move[action="${move}"]`);
    if (form) {
      form.elements.on.value = given.on;
      form.elements.day.value = dayOf(event.start);
    }
    say(`“${event.title}” is planned for ${event.start.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" })}.`);
    event.source?.refetch();
  } catch (error) {
    revert();
    say(error instanceof SyntaxError || error instanceof TypeError ? "It could not be moved. Load the page again." : error.message, true);
  }
}

function start() {
  const { FullCalendar } = window;
  if (!root || !FullCalendar) return;
  root.hidden = false;
  document.getElementById("month").hidden = true;
  calendar = new FullCalendar.Calendar(root, {
    initialView: PHONE ? "listMonth" : "dayGridMonth",
    initialDate: root.dataset.month,
    headerToolbar: { start: "prev,next today", center: "title", end: "dayGridMonth,dayGridWeek,listMonth" },
    buttonIcons: false,
    buttonText: { prev: "‹", next: "›", today: "today", month: "month", week: "week", list: "list" },
    eventDisplay: "block",
    lazyFetching: false,
    height: "auto",
    timeZone: "local",
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    events: fetched,
    eventDrop: moved,
    eventDurationEditable: false,
    datesSet: () => markEmpty(),
    eventDidMount: ({ event, el }) => {
      if (event.extendedProps.says) el.title = event.extendedProps.says;
    },
  });
  calendar.render();
}

if (document.readyState === "complete") start();
else addEventListener("load", start);
