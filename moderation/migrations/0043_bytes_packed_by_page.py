"""The items of a page are packed together, in its own row; what a delivery holds is not kept a second time.

All in one transaction, some pages at a time in memory. An item that no longer has the digest taken when it came is not
carried into a page whose digest would then vouch for it: the migration stops and names it, and nothing has changed.
Backwards, every item gets its row again, with a page of its own where it stood in a delivery.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from moderation.packing import apart, joined, packed, unpacked

PAGES, ROWS = 500, 20_000  # at a time
FACTS = ("moderation_receivedpage", "moderation_comment", "moderation_commentversion")

_PLACES = """
CREATE TABLE moderation_moving AS
SELECT id AS item_id, page_id, (row_number() OVER (PARTITION BY page_id ORDER BY id) - 1)::integer AS place
FROM moderation_receiveditem;
ALTER TABLE moderation_moving ADD PRIMARY KEY (item_id);
CREATE UNIQUE INDEX moderation_moving_page ON moderation_moving (page_id, place);
ANALYZE moderation_moving
"""
_ITEMS = """
SELECT moving.page_id, item.id, item."offset", item.body, item.digest
FROM moderation_moving moving JOIN moderation_receiveditem item ON item.id = moving.item_id
WHERE moving.page_id = ANY(%s) ORDER BY moving.page_id, moving.place
"""
_KEEP = "UPDATE moderation_receivedpage SET items = %s, items_digest = %s WHERE id = %s"
_POINT = """
UPDATE {table} standing SET page_id = moving.page_id, place = moving.place
FROM moderation_moving moving WHERE moving.item_id = standing.item_id AND standing.id >= %s AND standing.id < %s
"""

_MOVING_BACK = """
CREATE TABLE moderation_moving (page_id bigint, place integer, item_id bigint, PRIMARY KEY (page_id, place))
"""
_ITEM_AGAIN = """
INSERT INTO moderation_receiveditem (page_id, "offset", body, digest) VALUES (%s, %s, %s, %s) RETURNING id
"""
_POINT_BACK = """
UPDATE {table} standing SET item_id = moving.item_id
FROM moderation_moving moving WHERE moving.page_id = standing.page_id AND moving.place = standing.place
"""
_TOLD = """
SELECT told.account_id, delivery.id, delivery.digest, delivery.size, delivery.headers::text, delivery.received_at,
    delivery.body, told.name, told.id, told.place, told.length
FROM (
    SELECT account_id, delivery_id, 'moderation_comment' AS name, id, place, length FROM moderation_comment
    WHERE delivery_id IS NOT NULL
    UNION ALL
    SELECT comment.account_id, version.delivery_id, 'moderation_commentversion', version.id, version.place,
        version.length
    FROM moderation_commentversion version JOIN moderation_comment comment ON comment.id = version.comment_id
    WHERE version.delivery_id IS NOT NULL
) told JOIN moderation_webhookdelivery delivery ON delivery.id = told.delivery_id
ORDER BY delivery.id, told.account_id, told.name, told.id
"""
_PAGE_AGAIN = """
INSERT INTO moderation_receivedpage (account_id, call, digest, size, headers, received_at)
VALUES (%s, 'webhook', %s, %s, %s, %s) RETURNING id
"""

_ONE_BACK = {
    "moderation_comment": "UPDATE moderation_comment SET item_id = %s WHERE id = %s",
    "moderation_commentversion": "UPDATE moderation_commentversion SET item_id = %s WHERE id = %s",
}


def _unguarded(cursor: Any) -> None:
    for table in FACTS:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def _guarded(cursor: Any) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while a check of it is still to come
    for table in FACTS:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _batches(cursor: Any, statement: str, size: int) -> Iterator[list[Any]]:
    """The rows of `statement`, some at a time, by a cursor in the database."""
    cursor.execute(f"DECLARE batches CURSOR FOR {statement}")
    while True:
        cursor.execute(f"FETCH {size} FROM batches")
        rows = cursor.fetchall()
        if not rows:
            break
        yield rows
    cursor.execute("CLOSE batches")


def pack(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        _unguarded(cursor)
        cursor.execute(_PLACES)
        for pages in _batches(cursor, "SELECT DISTINCT page_id FROM moderation_moving ORDER BY page_id", PAGES):
            _pack(cursor, [page for (page,) in pages])
        for table in FACTS[1:]:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608 (a name of ours)
            (last,) = cursor.fetchone()
            for first in range(1, last + 1, ROWS):
                cursor.execute(_POINT.format(table=table), [first, first + ROWS])
        cursor.execute("DROP TABLE moderation_moving")
        _guarded(cursor)


def _pack(cursor: Any, pages: list[int]) -> None:
    cursor.execute(_ITEMS, [pages])
    for page, rows in groupby(cursor.fetchall(), key=lambda row: row[0]):
        items = []
        for _, number, offset, body, digest in rows:
            raw = unpacked(bytes(body))
            if hashlib.sha256(raw).digest() != bytes(digest):
                raise ValueError(f"Item {number} of page {page} has no longer the digest taken when it came.")
            items.append((offset, raw))
        together = joined(items)
        cursor.execute(_KEEP, [packed(together), hashlib.sha256(together).digest(), page])


def unpack(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        _unguarded(cursor)
        cursor.execute(_MOVING_BACK)
        kept = "SELECT id, items FROM moderation_receivedpage WHERE items IS NOT NULL"
        for pages in _batches(cursor, kept, PAGES):
            for page, items in pages:
                for place, (offset, raw) in enumerate(apart(unpacked(bytes(items)))):
                    number = _item_again(cursor, page, offset, raw)
                    cursor.execute("INSERT INTO moderation_moving VALUES (%s, %s, %s)", [page, place, number])
        for table in FACTS[1:]:
            cursor.execute(_POINT_BACK.format(table=table))
        cursor.execute("DROP TABLE moderation_moving")
        _out_of_deliveries(cursor)
        _guarded(cursor)


def _out_of_deliveries(cursor: Any) -> None:
    pages: dict[tuple[int, int], int] = {}
    for rows in _batches(cursor, _TOLD, PAGES):
        for account, delivery, digest, size, headers, at, body, table, number, place, length in rows:
            if (delivery, account) not in pages:
                cursor.execute(_PAGE_AGAIN, [account, digest, size, json.dumps(json.loads(headers)), at])
                pages = {(delivery, account): cursor.fetchone()[0]}
            raw = unpacked(bytes(body))[place : place + length]
            item = _item_again(cursor, pages[delivery, account], place, raw)
            cursor.execute(_ONE_BACK[table], [item, number])


def _item_again(cursor: Any, page: int, offset: int, raw: bytes) -> int:
    cursor.execute(_ITEM_AGAIN, [page, offset, packed(raw), hashlib.sha256(raw).digest()])
    return int(cursor.fetchone()[0])


def _points_to(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=f"moderation.{model}",
    )


_OF_PAGE = Q(delivery__isnull=True, length__isnull=True, page__isnull=False, place__isnull=False)
_TOLD_BY = Q(delivery__isnull=False, length__isnull=False, page__isnull=True, place__isnull=False)
_NOTHING = Q(delivery__isnull=True, length__isnull=True, page__isnull=True, place__isnull=True)
_STANDS = {
    "comment": models.CheckConstraint(condition=_OF_PAGE | _TOLD_BY, name="comment_stands_on_its_bytes"),
    "commentversion": models.CheckConstraint(
        condition=_OF_PAGE | _TOLD_BY | _NOTHING, name="version_stands_on_its_bytes"
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0042_columns_and_indexes_that_storage_needs"),
    ]

    operations = [
        migrations.AddField("receivedpage", "items", models.BinaryField(null=True)),
        migrations.AddField("receivedpage", "items_digest", models.BinaryField(null=True)),
        *(
            migrations.AddField(model, name, field)
            for model in _STANDS
            for name, field in (
                ("page", _points_to("receivedpage")),
                ("delivery", _points_to("webhookdelivery")),
                ("place", models.IntegerField(null=True)),
                ("length", models.IntegerField(null=True)),
            )
        ),
        migrations.AlterField("comment", "item", _points_to("receiveditem")),
        migrations.RunPython(pack, unpack),
        migrations.AddConstraint(
            "receivedpage",
            models.CheckConstraint(
                condition=Q(items__isnull=True, items_digest__isnull=True)
                | Q(items__isnull=False, items_digest__isnull=False),
                name="items_have_a_digest",
            ),
        ),
        *(migrations.AddConstraint(model, constraint) for model, constraint in _STANDS.items()),
        *(migrations.RemoveField(model, "item") for model in _STANDS),
        migrations.DeleteModel("ReceivedItem"),
    ]
