"""The code in a label's link: long enough that nobody guesses one (ruling 32)."""

from __future__ import annotations

import re
import secrets

_LIKE_ONE = re.compile(r"[A-Za-z0-9_-]{1,22}")


def new_code() -> str:
    """128 bits of chance as 22 letters that fit an address."""
    return secrets.token_urlsafe(16)


def is_code(text: str) -> bool:
    """Whether `text`, which anybody may type into an address, can be one at all."""
    return _LIKE_ONE.fullmatch(text) is not None
