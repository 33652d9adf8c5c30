"""The code in a label's link: long enough that nobody guesses one (ruling 32)."""

from __future__ import annotations

import secrets


def new_code() -> str:
    """128 bits of chance as 22 letters that fit an address."""
    return secrets.token_urlsafe(16)
