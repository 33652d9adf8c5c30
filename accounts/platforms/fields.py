"""What a field of a platform's answer holds: text, an id, a time. A wrong type is said in a sentence, never a crash."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from accounts.platforms.contract import Attachment

# PostgreSQL's text can hold neither; the bytes kept beside the text can (ruling 19).
_unstorable = re.compile("[\x00\ud800-\udfff]")
_MILLISECONDS_FROM = 100_000_000_000  # larger numbers of time are milliseconds: as seconds this is the year 5138
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}


class Wrong(Exception):
    """A field holds something that it cannot hold. The sentence names the field and the type, never the value."""


def kind_of(value: Any) -> str:
    """What JSON calls this value."""
    return _KINDS.get(type(value), "nothing")


def clean(text: str) -> str:
    """The text as sent, but for U+0000 and lone surrogates, which become U+FFFD."""
    return text if text.isascii() and "\x00" not in text else _unstorable.sub("\ufffd", text)


def text_in(values: dict[str, Any], key: str) -> str:
    """A text, exactly as sent; empty where there is none. Raises Wrong for another type."""
    value = values.get(key)
    if type(value) is str:
        return clean(value)
    if value is None:
        return ""
    raise Wrong(f"“{key}” should be a text and is {kind_of(value)}.")


def id_in(values: dict[str, Any], key: str = "id") -> str:
    """An id as text; empty where there is none. Raises Wrong for what no id can be."""
    value = values.get(key)
    if type(value) is str:
        return clean(value)
    if value is None:
        return ""
    if type(value) is int:
        try:
            return str(value)
        except ValueError:  # a number of more digits than Python writes out
            raise Wrong(f"“{key}” is a number too long for an id.") from None
    raise Wrong(f"“{key}” should be an id and is {kind_of(value)}.")


def object_in(values: dict[str, Any], key: str) -> dict[str, Any]:
    """An object; empty where there is none. Raises Wrong for another type."""
    value = values.get(key)
    if type(value) is dict:
        return value
    if value is None:
        return {}
    raise Wrong(f"“{key}” should be an object and is {kind_of(value)}.")


def inside(value: Any, *keys: str | int) -> Any:
    """What stands along a path of keys and indexes; None as soon as the path ends. For fields that may be anything."""
    for key in keys:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def loose_text(value: Any) -> str:
    """A text where it is one, else empty: for names and addresses, whose wrong type must not cost a comment."""
    return clean(value) if type(value) is str else ""


def loose_id(value: Any) -> str:
    """An id where it is one, else empty."""
    try:
        return id_in({"id": value})
    except Wrong:
        return ""


def address(value: Any) -> str:
    """A web address, else empty: `javascript:` and its kin are dropped here, before any page could link them."""
    text = loose_text(value)
    return text if text.startswith(("https://", "http://")) else ""


def flag(value: Any) -> bool | None:
    """True or false where it is one of them, else None."""
    return value if type(value) is bool else None


def attachment(kind: str, *addresses: Any, remote_id: Any = None, alt: Any = None) -> tuple[Attachment, ...]:
    """One attachment with the first usable address, or none where there is neither address nor id."""
    url = next((found for found in map(address, addresses) if found), "")
    name = loose_id(remote_id)
    return (Attachment(kind, url, name, loose_text(alt)),) if url or name else ()


def moment(value: Any) -> datetime | None:
    """A time in UTC out of ISO 8601, unix seconds or milliseconds; None for what is none or absurd (year 1, 10000)."""
    try:
        if type(value) is str and not value.isdecimal():
            when = datetime.fromisoformat(value)
            when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        elif value is None or type(value) is bool:
            return None
        else:
            seconds = float(value)
            when = datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds, UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return when if 1990 <= when.year < 2200 else None


def number(value: Any) -> int | None:
    """A whole number that is not negative, also where it came as text; else None."""
    if type(value) is int:
        return value if 0 <= value < 2**63 else None
    return int(value) if type(value) is str and value.isascii() and value.isdecimal() and len(value) < 19 else None
