"""What crosses the wire, in the terms every stand-in shares: a request, an answer, a refusal, times and cursors."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import HeaderParser
from typing import Any
from urllib.parse import parse_qsl

EARLIEST, LATEST = -62_135_596_800, 253_402_300_799  # the years 1 to 9999, beyond which datetime has none
JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True)
class File:
    """One file of a multipart form."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Asked:
    """One request as a platform sees it: the path is below the platform's own prefix.

    `raw` is the body as it came, for what is neither a form nor JSON; `files` are those of a multipart form.
    """

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    headers: Mapping[str, str]
    origin: str
    raw: bytes = b""
    files: dict[str, File] = field(default_factory=dict)

    def bearer(self) -> str | None:
        """The token of the Authorization header, or None."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token else None

    def basic(self) -> tuple[str, str] | None:
        """The name and password of a Basic Authorization header, or None."""
        scheme, _, packed = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(packed).decode().partition(":")
        except ValueError:
            return None
        return name, password


@dataclass
class Answer:
    """An answer ready to send; headers may still be added on its way out."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """Raised by a stand-in when the platform would refuse; carries the platform's own answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def to_bytes(value: object, *, escape_all: bool = False) -> bytes:
    """JSON as bytes. With `escape_all` (Meta) every non-ASCII character is escaped.

    Without it only lone surrogates are: they have no UTF-8 form, and `backslashreplace` writes exactly JSON's escape.
    """
    text = json.dumps(value, ensure_ascii=escape_all, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def parse_query(raw: bytes) -> dict[str, str]:
    """Query or form fields; a repeated name is joined by commas, as repeated list parameters mean the same."""
    fields: dict[str, str] = {}
    for name, value in parse_qsl(raw.decode("latin-1"), keep_blank_values=True, max_num_fields=500):
        fields[name] = f"{fields[name]},{value}" if name in fields else value
    return fields


def parse_body(content_type: str, raw: bytes) -> dict[str, Any]:
    """A JSON object or form as a dict; anything else is an empty dict, which the stand-ins refuse by themselves."""
    if not raw:
        return {}
    if "json" in content_type:
        try:
            value = json.loads(raw)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
    return dict(parse_query(raw)) if "x-www-form-urlencoded" in content_type else {}


def parse_multipart(content_type: str, raw: bytes) -> tuple[dict[str, Any], dict[str, File]]:
    """The fields and the files of a multipart form; both empty for any other body."""
    fields: dict[str, Any] = {}
    files: dict[str, File] = {}
    whole_form = HeaderParser().parsestr(f"Content-Type: {content_type}\n\n")
    boundary = whole_form.get_boundary()
    if whole_form.get_content_type() != "multipart/form-data" or not boundary:
        return fields, files
    for part in raw.split(b"--" + boundary.encode("latin-1"))[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        said = HeaderParser().parsestr(head.decode("utf-8", "replace"))
        name, filename = str(said.get_param("name", header="content-disposition")), said.get_filename()
        if filename is None:
            fields[name] = content.decode("utf-8", "replace")
        else:
            files[name] = File(filename, said.get_content_type(), content)
    return fields, files


def moment(raw: str | None) -> float | None:
    """Unix seconds of an ISO time or of a number in a string; None when it is neither."""
    if raw is None:
        return None
    try:
        seconds = float(raw)
    except ValueError:
        try:
            when = datetime.fromisoformat(raw)
            seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
        except (OverflowError, ValueError):
            return None
    return seconds if EARLIEST <= seconds <= LATEST else None


def spell_time(raw: str | None, style: str) -> str | None:
    """A stored time as `style` ("meta", "x" or "youtube") spells it.

    None stays None, and what is no time goes out as it was put in: the control API accepts any.
    """
    seconds = moment(raw)
    if raw is None or seconds is None:
        return raw
    when = datetime.fromtimestamp(seconds, UTC)
    if style == "meta":
        return when.isoformat(timespec="seconds").replace("+00:00", "+0000")
    if style == "x":
        return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")


def whole(raw: str | None, default: int) -> int | None:
    """A number from a query string, `default` when absent, None when it is no number."""
    if raw is None or raw == "":
        return default
    return int(raw) if raw.lstrip("-").isascii() and raw.lstrip("-").isdigit() else None


def seal_cursor(*parts: object) -> str:
    """An opaque paging token. It names a place in the order, not an offset, so later arrivals shift nothing."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def open_cursor(token: str) -> list[Any] | None:
    """The parts of a token made by `seal_cursor`, or None when it is not one."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError:
        return None
    return parts if isinstance(parts, list) else None


def words(text: str) -> frozenset[str]:
    """Names, as a specification lists them, written as words."""
    return frozenset(text.split())
