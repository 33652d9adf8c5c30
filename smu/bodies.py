"""How much of a request is taken in before anybody has looked who sends it.

Django takes a whole body in, on the disk where it is long, before the first view runs; and a body sent in chunks says
no length. So the length is counted here as it comes, whoever sends it and whatever he says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]


class Bounded:
    """An ASGI application that never sees more of a body than its path may have: 413 in a sentence, and hung up.

    `most` gives the bytes by the beginning of the path; the first that fits counts.
    """

    def __init__(self, application: Application, most: Sequence[tuple[str, int]]) -> None:
        self.application = application
        self.most = most

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass the request on, cut off where it is too long."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        most = next((bytes_ for begins, bytes_ in self.most if scope["path"].startswith(begins)), 0)
        counted = _Counted(receive, most)
        if _said_length(scope) > most:
            counted.over = True
        else:
            await self.application(scope, counted, send)
        if counted.over:
            await _refuse(send, most, page=_wants_a_page(scope))


class _Counted:
    """What comes of a body. One that is too long ends as if its sender had gone away: then nobody answers him."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.left = most
        self.over = False

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.left -= len(message.get("body", b""))
            self.over = self.left < 0
        return {"type": "http.disconnect"} if self.over else message


def _said_length(scope: Mapping[str, Any]) -> int:
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(said[:20]) if said.isdigit() else 0


def _wants_a_page(scope: Mapping[str, Any]) -> bool:
    """Whether a browser asks, for a person to read."""
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


async def _refuse(send: Send, most: int, *, page: bool) -> None:
    said = (_PAGE % (most // 1_000_000)) if page else f"A body of more than {most} bytes is not read."
    text = said.encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8" if page else b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(text)),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text})


# Without the house's own page: nothing of the application is asked about a body that it is not to read.
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Too large</title><h1>This is too large</h1>
<p>More than %d MB at once is not taken: nothing of it was kept. Go back and choose a smaller file; what you typed is
still there.</p>"""
