"""The demonstration's mails: none leaves the machine. Each is a file below DATA/mail, and a page shows them."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from smu.environment import data_dir

KEPT = 200  # files; older ones are taken away
SHOWN = 40


@dataclass(frozen=True)
class Mail:
    """A mail as the page shows it: the text part alone."""

    at: datetime
    to: str
    sender: str
    subject: str
    text: str


def folder() -> Path:
    """Where the mails lie."""
    return data_dir() / "mail"


class Backend(BaseEmailBackend):
    """Writes each mail into a file of its own (mode 600, whole or not at all): it may hold a one-time link."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """All of them; the newest has the highest name."""
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            path = folder() / f"{time.time_ns():020}.eml"
            partial = path.with_suffix(".partial")
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(message.message().as_bytes())
            partial.replace(path)
        for old in _newest_first()[KEPT:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


@login_not_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails, for whoever tries the demonstration: an invitation is opened before one has signed in."""
    return render(request, "demonstration/mail.html", {"mails": newest()})


def newest() -> list[Mail]:
    """The newest mails first."""
    return [_read(path) for path in _newest_first()[:SHOWN]]


def _newest_first() -> list[Path]:
    return sorted(folder().glob("*.eml"), reverse=True)


def _read(path: Path) -> Mail:
    parsed = message_from_bytes(path.read_bytes(), _class=Parsed, policy=policy.default)
    body = parsed.get_body(("plain",))
    return Mail(
        at=datetime.fromtimestamp(int(path.stem) / 1e9, UTC),
        to=str(parsed["to"] or ""),
        sender=str(parsed["from"] or ""),
        subject=str(parsed["subject"] or ""),
        text=str(body.get_content()) if body else "",
    )
