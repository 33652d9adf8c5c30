"""The statement by which a member takes the next comment of the queue: every officer's every comment begins with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

from members import plainly

# What `free_for` and `in_order` say, and the taking of what they find; what is renewed is not logged again.
_TAKE = """
WITH free AS MATERIALIZED (
    SELECT comment_id, held_by_id, lease_until FROM moderation_queueentry entry
    WHERE (held_by_id IS NULL OR lease_until < {now} OR held_by_id = {member}) {read} {among}
    ORDER BY urgency, at, comment_id LIMIT 1
    FOR NO KEY UPDATE OF entry SKIP LOCKED
), taken AS (
    UPDATE moderation_queueentry entry SET held_by_id = {member}, lease_until = {until}
    FROM free WHERE entry.comment_id = free.comment_id
    RETURNING {fields}
), logged AS (
    INSERT INTO members_logentry (at, by_id, verb, subject_type, subject_id, act)
    SELECT {now}, {member}, 'claim', 'moderation.comment', comment_id::text, {act}
    FROM free WHERE NOT coalesce(held_by_id = {member} AND lease_until > {now}, false)
)
SELECT taken.* {quick} FROM taken
"""

# What only others read waits for them (ruling 17): for some minutes, and never what may be a threat or an emergency.
# The agency's first language is everybody's. The languages that somebody reads are looked up once a claim.
_READ = """AND (urgency = 0 OR at < {since} OR language NOT IN (
    SELECT unnest(languages) FROM members_member WHERE is_active
    EXCEPT SELECT unnest({reads}::varchar[])
    EXCEPT SELECT coalesce((SELECT languages[1] FROM members_agency), 'en')
))"""

# A claim is a lease: should the database fall in the half second after it, the comment is merely free again. So nobody
# waits for the disk here; only where the claim is a transaction of its own, for what else is committed must be safe.
_QUICK = ", set_config('synchronous_commit', 'off', true)"

_GIVEN = ("now", "member", "since", "reads", "until", "act")


def take(given: Mapping[str, Any], fields: Sequence[str]) -> Sequence[Any] | None:
    """The next, taken by `member`, as `fields`; None when nothing is free. Never waits for a lock.

    `given`: `now`, `member`, `until` when he holds it, `act`; `reads`, his languages, and `since` when a comment waits
    for nobody. It is planned once a connection: that takes the server longer than the taking.
    """
    with plainly.prepared(ServerBindingCursor):
        return take_among(given, fields, "", (), any_language=False)


def take_among(
    given: Mapping[str, Any], fields: Sequence[str], only: str, chosen: Sequence[Any], *, any_language: bool
) -> Sequence[Any] | None:
    """As `take`, of the comments whose numbers the statement `only` gives for `chosen`; or in any language."""
    quick = not connection.in_atomic_block
    statement = _written(tuple(fields), quick=quick, any_language=any_language)
    parts: list[Any] = []
    for name in re.findall(r"\{(\w+)\}", statement):
        parts += chosen if name == "among" else [given[name]]
    marks = dict.fromkeys(_GIVEN, "%s") | {"among": f"AND comment_id IN ({only})" if only else ""}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**marks), parts)
        row: Sequence[Any] | None = cursor.fetchone()
    return row[: len(fields)] if row else None


@cache
def _written(fields: tuple[str, ...], *, quick: bool, any_language: bool) -> str:
    """The statement with marks for what is given."""
    columns = ", ".join(f"entry.{name}" for name in fields)
    parts = {"fields": columns, "quick": _QUICK if quick else "", "read": "" if any_language else _READ}
    return _TAKE.format(**parts, **{name: f"{{{name}}}" for name in (*_GIVEN, "among")})
