"""Bytes as received, made safe to look at: whatever they hold, they come out as plain text that hides nothing."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

SHOWN = 20_000  # characters of a text
DUMPED = 2048  # bytes of a dump
WIDTH = 16


def readable(raw: bytes) -> str:
    """JSON set out line by line, else the text with what cannot be seen spelled out, else a dump of the bytes."""
    try:
        return visible(json.dumps(_parsed(raw), indent=2, ensure_ascii=False))
    except (ValueError, RecursionError):
        pass
    try:
        return visible(raw[: SHOWN * 4].decode())
    except UnicodeDecodeError:
        return dump(raw)


def _parsed(raw: bytes) -> Any:
    if len(raw) > SHOWN * 4:
        raise ValueError("too long to be set out")
    return json.loads(raw)


def visible(text: str) -> str:
    """`text` with every character spelled out that would not be seen, or would turn others round: U+202E, U+0000."""
    shown = "".join(letter if _is_seen(letter) else f"‹U+{ord(letter):04X}›" for letter in text[:SHOWN])
    return shown if len(text) <= SHOWN else f"{shown}\n… {len(text) - SHOWN} characters more: download the bytes."


def _is_seen(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def dump(raw: bytes) -> str:
    """The first bytes in hexadecimal, with what of them is ASCII beside."""
    lines = []
    for place in range(0, min(len(raw), DUMPED), WIDTH):
        row = raw[place : place + WIDTH]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{place:08x}  {row.hex(' '):<{WIDTH * 3}} {letters}")
    if len(raw) > DUMPED:
        lines.append(f"… {len(raw) - DUMPED} bytes more: download them.")
    return "\n".join(lines)
