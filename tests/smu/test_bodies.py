"""No request takes more of the disk than its path may have, whoever sends it and whatever length he says (c 9)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.conf import settings

from members import plainly
from smu.bodies import Bounded

SAYS = b"A body of more than 100 bytes is not read."


class Unit:
    """An application that keeps what it is sent, as Django does, and answers 200."""

    def __init__(self) -> None:
        self.kept, self.answered = b"", False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.kept += message["body"]
            more = message["more_body"]
        self.answered = True
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def sent(
    path: str, chunks: list[bytes], *, length: bytes | None = None, accept: bytes = b"*/*"
) -> tuple[Unit, int, bytes, int]:
    """Send a body in chunks; the application, the answer, and how many chunks nobody took."""
    unit, answers, left = Unit(), [], list(chunks)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    headers = [(b"accept", accept), *([(b"content-length", length)] if length is not None else [])]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(Bounded(unit, (("/webhooks/", 100), ("/", 1000)))(scope, receive, send))
    return unit, answers[0]["status"], answers[1]["body"], len(left)


def test_what_is_short_enough_passes_on_whole() -> None:
    unit, status, _, _ = sent("/webhooks/facebook/", [b"a" * 60, b"b" * 40], length=b"100")
    assert (status, unit.kept) == (200, b"a" * 60 + b"b" * 40)
    assert sent("/content/write/", [b"a" * 101])[1] == 200


@pytest.mark.parametrize("length", [None, b"4", b"-1", b"rubbish"])
def test_a_body_that_goes_on_is_cut_off_whatever_length_it_says(length: bytes | None) -> None:
    unit, status, says, left = sent("/webhooks/x/", [b"a" * 60] * 1000, length=length)
    assert (status, says, unit.answered) == (413, SAYS, False)
    assert (len(unit.kept), left) == (60, 998)


def test_one_that_says_it_is_too_long_is_not_even_begun() -> None:
    unit, status, says, left = sent("/webhooks/x/", [b"a"] * 3, length=b"1" * 5000)
    assert (status, says, unit.kept, left) == (413, SAYS, b"", 3)


@pytest.mark.django_db
def test_the_unit_is_served_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainly, "prepares_after", None)  # taken back afterwards: here workers' verbs run too
    from smu.asgi import application

    assert plainly.prepares_after == 5
    assert isinstance(application, Bounded)
    assert application.most == settings.LONGEST_REQUESTS
    assert dict(settings.LONGEST_REQUESTS)["/webhooks/"] == settings.LARGEST_BODY


def test_a_person_reads_a_page_about_it() -> None:
    _, status, says, _ = sent("/equipment/import/", [b"a" * 2000], length=b"2000", accept=b"text/html,*/*;q=0.8")
    assert (status, b"Go back and choose a smaller file" in says) == (413, True)
