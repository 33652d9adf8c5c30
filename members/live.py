"""Live hints to open screens: ids only, over Redis, after the commit (ruling 25). With Redis down, screens poll.

A hint that bears `to` reaches that member's streams alone. `end` closes a member's streams at once: he has left.
"""

from __future__ import annotations

import json
from functools import cache

import redis
import structlog
from django.conf import settings
from django.db import transaction

CHANNEL = "live"
END = "end"
log = structlog.get_logger()


@cache
def _connection() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)


def publish(kind: str, number: int, *, to: int | None = None) -> None:
    """Tell open screens that `kind` `number` changed; those of the member `to` alone, if said. Never raises."""
    message = {"kind": kind, "id": number} | ({"to": to} if to is not None else {})
    try:
        _connection().publish(CHANNEL, json.dumps(message))
    except redis.RedisError:
        log.warning("live_update_not_sent", kind=kind)


def changed(kind: str, number: int, *, to: int | None = None) -> None:
    """The same, once the transaction at hand is committed."""
    transaction.on_commit(lambda: publish(kind, number, to=to), robust=True)


def authority_changed(member_id: int) -> None:
    """What a member may do has changed: his open pages load again what shows it."""
    changed("authority", member_id, to=member_id)


def close(member_id: int) -> None:
    """End every stream of a member (1.3)."""
    changed(END, member_id, to=member_id)
