"""`storage.comment`: bytes of the database a comment takes, as polled by pages and as told alone by a webhook.

Everything counts: the rows, their indexes, what they are searched by, their place in the queue, the bytes as received.
Of a webhook the delivery as it came counts too, with the headers that it came with. Grades, records and the trail stand
apart: they come with decisions.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from accounts.platforms.contract import Page
from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Figure

POLLED, ALONE = 1700.0, 2000.0
MOST = 100_000  # comments; the bytes of one do not change with their number
SECRET = b"the application's secret in the benchmark"
HEADERS = {"content-type": "application/json", "user-agent": "facebookexternalua"}
APART = "grade|record|addition|payload|order|trail|logentry|unsealed|seal|session|cache|django_|axes|mfa|socialaccount"


def storage(machine: Machine, rows: int) -> Iterator[Figure]:
    """Take in by pages, then alone; weigh the tables before and after."""
    rows = min(rows, MOST)
    yield _weighed(machine, rows, "as polled", POLLED, _polled)
    yield _weighed(machine, rows // 5, "delivered alone by a webhook", ALONE, _alone)


def _weighed(machine: Machine, rows: int, way: str, target: float, take: Any) -> Figure:
    from django.db import connection

    from tests.standing import standing_account

    connection.close()
    machine.fresh("ours")
    account = standing_account("facebook", "9000", handle="baysidepd", name="Bayside Police")
    before = _tables(machine)
    take(account, rows)
    connection.close()
    tables = {name: size - before[name] for name, size in _tables(machine).items() if size > before[name]}
    counted = {name: size / rows for name, size in tables.items() if not any(word in name for word in APART.split("|"))}
    apart = sum(tables.values()) / rows - sum(counted.values())
    value = sum(counted.values())
    return Figure(
        name="storage.comment",
        rows=rows,
        value=value,
        unit=f"bytes a comment, {way}",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"<= {target:g} bytes",
        holds=value <= target,
        peak_memory_mb=0.0,
        more={
            "by_table": {
                name: round(size) for name, size in sorted(counted.items(), key=lambda one: -one[1]) if size >= 1
            },
            "apart": apart,
        },
    )


def _tables(machine: Machine) -> dict[str, int]:
    """Each table's bytes, its indexes and long values included, as it lies after a vacuum."""
    with machine.cluster.connection(database="ours") as connection:
        connection.execute("VACUUM")
        found = connection.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return dict(found.fetchall())


def _polled(account: Any, rows: int) -> None:
    from moderation.intake import take_in
    from tests.benchmarks.corpus import Corpus

    for page in Corpus(rows).read():
        take_in(account, page)


def _alone(account: Any, rows: int) -> None:
    """Each comment in a delivery of its own, as Facebook tells it; the comment's bytes are a part of the delivery's."""
    from moderation.intake import take_in
    from moderation.models import WebhookDelivery
    from tests.benchmarks.corpus import Corpus

    for page in Corpus(rows).read():
        for item in page.comments:
            value = {
                "item": "comment", "verb": "add", "comment_id": item.remote_id, "post_id": item.post_remote_id,
                "parent_id": item.post_remote_id, "from": {"id": item.author.remote_id, "name": item.author.name},
                "created_time": int(item.posted_at.timestamp()), "message": item.text,
            }  # fmt: skip
            changes = [{"field": "feed", "value": value}]
            entry = {"id": account.remote_id, "time": value["created_time"], "changes": changes}
            body = json.dumps({"object": "page", "entry": [entry]}).encode()
            signature = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
            headers = {**HEADERS, "x-hub-signature-256": f"sha256={signature}"}
            kept = WebhookDelivery.keep("facebook", body, headers, done=True)
            raw = json.dumps(value).encode()
            told = replace(item, raw=raw, offset=body.index(raw))
            page = Page("webhook", hashlib.sha256(body).digest(), len(body), datetime.now(UTC), headers, [told])
            take_in(account, page, at=page.received_at, delivery=WebhookDelivery.objects.get(pk=kept))
