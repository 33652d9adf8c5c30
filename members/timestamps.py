"""Time stamps (RFC 3161): an authority outside the department says when the day's head of a chain was there.

Each day's first head lies in a file of its own under HEADS_DIR/days, a line of text; its stamp beside it. Whoever has
the two and the authority's certificate checks them with openssl and nothing of ours (docs/operations.md, proof). A
stamp that cannot be had is tried again; nothing waits for it. Without TIMESTAMP_URL nothing is asked for.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from members.powers import Position
from members.sealing import days_of, read_days
from members.waiting import Line, Waits

AGAIN = timedelta(minutes=5)  # from a try that failed to the next
LATE = timedelta(hours=1)  # without a stamp, after which somebody is told
LARGEST = 100_000  # bytes of an authority's answer
SECONDS = 10.0
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class NoStamp(Exception):
    """The authority gave no stamp that holds. Says why."""


@dataclass(frozen=True)
class Day:
    """The first head of a ledger's chain on one day, as it lies outside the database."""

    ledger: str
    day: str
    number: int
    head: Path

    @property
    def stamp(self) -> Path:
        """Where its time stamp lies, once it has one."""
        return self.head.with_suffix(".tsr")

    @property
    def failure(self) -> Path:
        """Where it is noted why there is none yet."""
        return self.head.with_suffix(".failed")

    @property
    def why_not(self) -> str:
        """Why the last try failed; empty before the first."""
        return str(_noted(self.failure).get("why", ""))


@dataclass(frozen=True)
class Stamp:
    """What a stamp that holds says: when, and by whom."""

    at: datetime
    authority: str


def days(ledger: str = "") -> list[Day]:
    """The days of one ledger, or of all, in their order."""
    found = []
    for head in sorted(days_of(ledger)):
        name, _, day = head.stem.partition(".")
        _, number, _ = head.read_text().split()
        found.append(Day(name, day, int(number), head))
    return found


def stamp_due(now: datetime | None = None) -> int:
    """Ask for the stamps that are missing and were not asked for just now; how many came. Raises nothing."""
    now, came = now or timezone.now(), 0
    if not settings.TIMESTAMP_URL:
        return came
    for day in days():
        tried = _noted(day.failure).get("at")
        if day.stamp.exists() or (tried and now - datetime.fromisoformat(tried) < AGAIN):
            continue
        try:
            stamp(day)
        except (NoStamp, OSError, httpx.HTTPError) as error:
            why = str(error) or type(error).__name__
            day.failure.write_text(json.dumps({"at": now.isoformat(), "why": why[:300]}))
        else:
            came += 1
            day.failure.unlink(missing_ok=True)
    return came


def stamp(day: Day) -> Stamp:
    """Have the day's head stamped, and keep the stamp only if it holds. Raises NoStamp, httpx.HTTPError, OSError."""
    from rfc3161_client import TimestampRequestBuilder

    message = day.head.read_bytes()
    request = TimestampRequestBuilder().data(message).build()
    answer = _asked(request.as_bytes())
    found = _checked(answer, message, nonce=request.nonce)
    partial = day.stamp.with_suffix(".partial")
    partial.write_bytes(answer)
    partial.replace(day.stamp)
    return found


def _asked(request: bytes) -> bytes:
    """The authority's answer, which may not be longer nor later than is sensible."""
    until = time.monotonic() + SECONDS
    answer = b""
    with httpx.stream("POST", settings.TIMESTAMP_URL, content=request, headers=HEADERS, timeout=SECONDS) as response:
        if response.status_code != httpx.codes.OK:
            raise NoStamp(f"The authority answered {response.status_code}.")
        for piece in response.iter_bytes():
            answer += piece
            if len(answer) > LARGEST or time.monotonic() > until:
                raise NoStamp("The authority's answer did not end.")
    return answer


def check(day: Day) -> Stamp | None:
    """What the day's stamp says; None where it has none. Raises NoStamp where it does not hold.

    It holds when it was signed, under a certificate that we trust, over the line as it lies there, and that line is the
    one in the ledger's own list of days.
    """
    if not day.stamp.exists():
        return None
    message = day.head.read_bytes()
    _, number, digest = message.decode().split()
    if read_days(day.ledger).get(int(number)) != bytes.fromhex(digest):
        raise NoStamp("It is of another head than the list of days names.")
    return _checked(day.stamp.read_bytes(), message)


def can_check() -> bool:
    """Whether stamps can be checked here: the certificates are named, and the library is installed."""
    try:
        import rfc3161_client  # noqa: F401
    except ImportError:
        return False
    return bool(settings.TIMESTAMP_CERTIFICATES)


def _checked(answer: bytes, message: bytes, nonce: int | None = None) -> Stamp:
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    roots, others = _certificates(settings.TIMESTAMP_CERTIFICATES)
    try:
        response = decode_timestamp_response(answer)
        verifier = VerifierBuilder(roots=list(roots), intermediates=list(others), nonce=nonce).build()
        verifier.verify_message(response, message)
    except (VerificationError, ValueError) as error:
        raise NoStamp(f"The time stamp does not hold: {error}") from error
    said: Any = response.tst_info
    return Stamp(said.gen_time, _authority(response))


def _authority(response: Any) -> str:
    """The name in the certificate that signed."""
    for der in response.signed_data.certificates:
        found = x509.load_der_x509_certificate(der)
        if "timeStamping" in str(_uses(found)):
            return found.subject.rfc4514_string()
    return "the authority"


def _uses(certificate: x509.Certificate) -> Any:
    try:
        return certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return ""


@cache
def _certificates(path: str) -> tuple[tuple[x509.Certificate, ...], tuple[x509.Certificate, ...]]:
    """Those trusted by themselves, and those that lead up to them."""
    every = x509.load_pem_x509_certificates(Path(path).read_bytes())
    roots = tuple(one for one in every if one.issuer == one.subject)
    return roots, tuple(one for one in every if one not in roots)


def _noted(path: Path) -> dict[str, Any]:
    try:
        noted: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return noted


# --- what is told of them ---


def stamped_from(ledger: str, number: int) -> Iterator[Day]:
    """The days with a stamp whose head reaches the seal `number`, the nearest first."""
    return (day for day in days(ledger) if day.number >= number and day.stamp.exists())


def missing(now: datetime) -> list[Day]:
    """Days that should have a stamp by now."""
    if not settings.TIMESTAMP_URL:
        return []
    late = (now - LATE).timestamp()
    return [day for day in days() if not day.stamp.exists() and day.head.stat().st_mtime < late]


def without_stamp(member: Member) -> Line | None:
    """Heads that no authority has stamped; not mentioned while all are."""
    found = missing(timezone.now())
    if not found:
        return None
    since = datetime.fromtimestamp(found[0].head.stat().st_mtime, UTC)
    says = found[0].why_not or "Is `manage.py seal` running?"
    return Line("Heads without a time stamp", len(found), reverse("trail"), since, "warn", icon="clock-x", says=says)


LINES = (Waits(without_stamp, frozenset({Position.COMMANDER, Position.SPECIALIST})),)
