// One event stream per browser: the tab that holds the lock listens and tells the others. Ids only come through it.
// Without it (Redis down, an old browser, no lock outside https) each tab asks for the numbers now and then.

const POLL = 15_000, AGAIN = 30_000; // milliseconds

export function follow(address, heard, poll) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("smu-live") : null;
  let polling = null;

  const tell = (message) => {
    heard(message);
    channel?.postMessage(message);
  };
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

  const listen = () => new Promise(() => {
    let source;
    const open = () => {
      source = new EventSource(address);
      source.onopen = () => tell({ kind: "up" });
      source.onmessage = (event) => tell(JSON.parse(event.data));
      source.addEventListener("end", () => {
        source.close(); // the session is over: the page itself says so
        tell({ kind: "over" });
      });
      source.onerror = () => {
        tell({ kind: "down" });
        if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN);
      };
    };
    open();
    addEventListener("pagehide", () => source.close());
  });

  const own = heard;
  heard = (message) => {
    if (message.kind === "up" || message.kind === "down") pollWhile(message.kind === "down");
    else if (message.kind === "over") location.reload();
    else own(message);
  };
  if (channel) channel.onmessage = (event) => heard(event.data);
  if (channel && navigator.locks) navigator.locks.request("smu-live", listen);
  else listen();
}
