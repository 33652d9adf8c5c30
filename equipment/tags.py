"""Asset tags: made where none is given, each once, of two who add at once too."""

from __future__ import annotations

from django.db import connection

PREFIX = "SMU-"
_DIGITS = 5
_LOCK = 0x65717467  # "eqtg": held until the transaction ends, so that nobody counts on meanwhile


def next_tags(count: int) -> list[str]:
    """The next `count` tags that no item has. Needs a transaction; who asks meanwhile waits for its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(
            "SELECT coalesce(max(substring(tag FROM %s)::bigint), 0) FROM equipment_item WHERE upper(tag) ~ %s",
            [r"\d+$", rf"^{PREFIX}\d{{1,15}}$"],
        )
        last = int(cursor.fetchone()[0])
    return [f"{PREFIX}{number:0{_DIGITS}}" for number in range(last + 1, last + count + 1)]


def next_tag() -> str:
    """The next one. Needs a transaction."""
    return next_tags(1)[0]
