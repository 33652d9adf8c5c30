"""The one application: the control API, the pictures, and the platforms behind the wrapper that spoils answers."""

import json
import struct
import zlib
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from sandbox import control, orders
from sandbox.faults import Faults
from sandbox.store import Store
from sandbox.webhooks import Teller
from sandbox.wire import JSON, Answer, RefusedError

PICTURE_SIDE = 48


def create_app(state: Path | str) -> Faults:
    """The application on a store file, which is made when it is not there. Closing its store ends it."""
    store = Store(state)
    Teller(store).start()
    routes = [
        Mount("/_sandbox", routes=control.routes(store)),
        Route("/media/{folder}/{name}.png", picture),
        Mount("/", app=Platforms(store)),
    ]
    return Faults(Starlette(routes=routes), store)


class Platforms:
    """Lets the platform that was asked answer, or a recorded body stand in for its answer."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request that the wrapper has already named."""
        if "sandbox" not in scope:
            await Response("no platform has this path", 404)(scope, receive, send)
            return
        asked, platform, call, host = scope["sandbox"]
        recorded = orders.take_recorded(self.store, platform, call)
        answer = Answer(200, b"")
        try:
            # Where a recorded body stands in for a write, nothing is written; a read is done for its usage headers.
            if recorded is None or asked.method == "GET":
                answer = host.answer(self.store, asked, platform, call)
        except RefusedError as refusal:
            answer = refusal.answer
        if recorded:
            kept = {name: value for name, value in answer.headers.items() if "usage" in name or "rate" in name}
            headers = {"content-type": JSON} | kept | json.loads(recorded["headers"])
            answer = Answer(recorded["status"], recorded["body"], headers)
        await Response(answer.body, answer.status, answer.headers)(scope, receive, send)


def picture(request: Request) -> Response:
    """A small square whose colour follows from the name."""
    shade = zlib.crc32(str(request.path_params["name"]).encode()).to_bytes(4, "big")[:3]
    rows = (b"\0" + shade * PICTURE_SIDE) * PICTURE_SIDE
    head = struct.pack(">IIBBBBB", PICTURE_SIDE, PICTURE_SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    body = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks:
        body += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return Response(body, media_type="image/png")
