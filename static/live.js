// What happens elsewhere, on every page of somebody signed in: ids only, as DOM events `live` with {kind, id}.
//
// One event stream per browser and member: the tab that holds the lock listens and tells the others. Without a stream
// (Redis down, an old browser, no lock outside https) each tab hears `poll` now and then and asks for itself.
// `over` says that the session has ended; who has something to keep may prevent that the page is left at once.

const POLL = 15_000, AGAIN = 30_000; // milliseconds

export function start(address, member) {
  const name = `smu-live-${member}`; // another member's tabs in this browser hear another's hints
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  let polling = null;

  const dispatch = (detail) => document.dispatchEvent(new CustomEvent("live", { detail, cancelable: true }));
  const poll = () => dispatch({ kind: "poll" });

  const pollWhile = (down) => {
    if (down && polling === null) {
      poll();
      polling = setInterval(poll, POLL);
    } else if (!down && polling !== null) {
      clearInterval(polling);
      polling = null;
      poll(); // whatever was missed meanwhile
    }
  };

  const heard = (message) => {
    if (message.kind === "up" || message.kind === "down") pollWhile(message.kind === "down");
    // The address anew, not reload(): that would send a form again whose answer this page is.
    else if (dispatch(message) && message.kind === "over") location.replace(location.pathname + location.search);
  };
  const tell = (message) => {
    heard(message);
    channel?.postMessage(message);
  };

  const listen = () => new Promise(() => {
    let source;
    const open = () => {
      source = new EventSource(address);
      source.onopen = () => tell({ kind: "up" });
      source.onmessage = (event) => tell(JSON.parse(event.data));
      source.addEventListener("end", () => {
        source.close();
        tell({ kind: "over" });
      });
      source.onerror = () => {
        tell({ kind: "down" });
        if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN);
      };
    };
    open();
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (event) => event.persisted && open());
  });

  addEventListener("pageshow", (event) => event.persisted && poll()); // the browser kept this page, deaf, and is back
  if (channel) channel.onmessage = (event) => heard(event.data);
  if (channel && navigator.locks) navigator.locks.request(name, listen);
  else listen();
}
