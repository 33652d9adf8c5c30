"""The bytes as they came (ruling 19): of each new item, of the page around it, of what could not be read."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from accounts.models import Account
from accounts.platforms.contract import BadItem, Page
from accounts.platforms.fields import clean
from moderation.packing import joined, packed

_PAGE = """
INSERT INTO moderation_receivedpage (
    id, account_id, call, digest, size, headers, received_at, items, items_digest)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_WHOLE = "INSERT INTO moderation_receivedbody (page_id, body) VALUES (%s, %s)"
_KNOWN_ASIDE = "SELECT digest FROM moderation_setaside WHERE account_id = %s AND digest = ANY(%s)"
_ASIDE = """
INSERT INTO moderation_setaside (account_id, page_id, "offset", body, digest, size, reason, at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (account_id, digest) DO NOTHING
"""


def compressed(raw: bytes) -> bytes:
    """`raw` as it is kept."""
    return packed(raw)


def digest_of(raw: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(raw).digest()


def together(kept: list[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """The items of a page packed, and their digest."""
    whole = joined(kept)
    return compressed(whole), digest_of(whole)


def keep_page(cursor: Any, page_id: int, account: Account, page: Page, items: tuple[bytes, bytes] | None) -> None:
    """The page's digest, headers and time, and its items; the whole body only where it was not read as one."""
    headers = json.dumps({clean(name): clean(value) for name, value in page.headers.items()})
    told = (page_id, account.pk, clean(page.call)[:60], page.digest, page.size, headers, page.received_at)
    cursor.execute(_PAGE, (*told, *(items or (None, None))))
    if page.body is not None and not any(bad.raw == page.body for bad in page.bad):
        cursor.execute(_WHOLE, (page_id, compressed(page.body)))


def not_yet_aside(cursor: Any, account: Account, bad: list[BadItem]) -> dict[bytes, BadItem]:
    """Of these, by their digests, those that were not set aside before: each poll reads the same broken item again."""
    if not bad:
        return {}
    found = {digest_of(item.raw): item for item in bad}
    cursor.execute(_KNOWN_ASIDE, [account.pk, list(found)])
    for (digest,) in cursor.fetchall():
        del found[bytes(digest)]
    return found


def set_aside(cursor: Any, page_id: int, account: Account, found: dict[bytes, BadItem], at: datetime) -> None:
    """Keep these with their reasons, for a person to look at."""
    for digest, item in sorted(found.items()):
        body = compressed(item.raw)
        values = (account.pk, page_id, item.offset, body, digest, len(item.raw), clean(item.reason), at)
        cursor.execute(_ASIDE, values)
