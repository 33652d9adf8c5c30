"""Ids that look like each platform's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.store import Draft

X_EPOCH_MS = 1_288_834_974_657
HIGHEST = 9 * 10**18
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def snowflake(at: float) -> int:
    """The least id that X could have given at a moment, within what 19 digits and X's existence allow."""
    return min(max(1, (int(at * 1000) - X_EPOCH_MS) << 22), HIGHEST)


def _letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _digits(length: int) -> str:
    return str(10 ** (length - 1) + secrets.randbelow(9 * 10 ** (length - 1)))


def _facebook(draft: Draft) -> str:
    # A post is {owner}_{n} and its comment {n}_{m}: ids of three parts are deprecated.
    if draft.kind == "message":
        return f"m_{_letters(60)}"
    owner = draft.account
    if draft.kind == "comment" or (draft.kind == "mention" and draft.post):
        owner = (draft.post or draft.account).rpartition("_")[2]
    elif draft.kind == "mention":
        owner = str((draft.author or {}).get("id") or draft.account)
    return f"{owner}_{_digits(16)}"


def _youtube(kind: str, parent: str | None) -> str:
    if kind == "post":
        return _letters(11)
    return f"{parent}.{_letters(22)}" if parent else f"Ug{_letters(17)}4AaABAg"


def fresh(draft: Draft, at: float, taken: Callable[[str, str], bool]) -> str:
    """A new id for a draft, not `taken` on its platform. On X ids grow with time, also within one millisecond."""
    number = snowflake(at)
    while True:
        if draft.platform == "facebook":
            made = _facebook(draft)
        elif draft.platform == "instagram":
            made = f"aWdfZAG1faXRlbTox{_letters(80)}" if draft.kind == "message" else f"178{_digits(14)}"
        elif draft.platform == "x":
            made, number = str(number), number + 1
        else:
            made = _youtube(draft.kind, draft.parent)
        if not taken(draft.platform, made):
            return made
