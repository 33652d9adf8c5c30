"""Ids that look like each platform's own."""

import secrets
from collections.abc import Callable

X_EPOCH_MS = 1_288_834_974_657
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def snowflake(at: float) -> int:
    """The least id that X could have given at a moment; never less than 1, for moments before X existed."""
    return max(1, (int(at * 1000) - X_EPOCH_MS) << 22)


def _letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _digits(length: int) -> str:
    return str(10 ** (length - 1) + secrets.randbelow(9 * 10 ** (length - 1)))


def _facebook(kind: str, account: str, post: str | None) -> str:
    # A post is {page}_{n} and its comment {n}_{m}: ids of three parts are deprecated.
    return f"{account if kind == 'post' else (post or account).rpartition('_')[2]}_{_digits(16)}"


def _youtube(kind: str, parent: str | None) -> str:
    if kind == "post":
        return _letters(11)
    return f"{parent}.{_letters(22)}" if parent else f"Ug{_letters(17)}4AaABAg"


def fresh(
    platform: str,
    kind: str,
    account: str,
    post: str | None,
    parent: str | None,
    at: float,
    taken: Callable[[str, str], bool],
) -> str:
    """A new id, not `taken` on its platform. On X ids grow with time, also within one millisecond."""
    number = snowflake(at)
    while True:
        if platform == "facebook":
            id = _facebook(kind, account, post)
        elif platform == "instagram":
            id = f"178{_digits(14)}"
        elif platform == "x":
            id, number = str(number), number + 1
        else:
            id = _youtube(kind, parent)
        if not taken(platform, id):
            return id
