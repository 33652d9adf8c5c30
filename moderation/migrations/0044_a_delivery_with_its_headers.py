"""A delivery's headers are packed with its body: they say the same words each time, but for the signature."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import migrations

from moderation.packing import OF_A_DELIVERY, packed, unpacked

ROWS = 1000  # at a time


def _each(schema_editor: Any, columns: str, change: Callable[[Any, list[Any]], None]) -> None:
    """Write `change` of each delivery's columns, some at a time, while the triggers that guard a fact stand aside."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE moderation_webhookdelivery DISABLE TRIGGER USER")
        last = 0
        while True:
            asked = f"SELECT id, {columns} FROM moderation_webhookdelivery WHERE id > %s ORDER BY id LIMIT {ROWS}"  # noqa: S608
            cursor.execute(asked, [last])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            change(cursor, rows)
        cursor.execute("ALTER TABLE moderation_webhookdelivery ENABLE TRIGGER USER")


def together(apps: Any, schema_editor: Any) -> None:
    def change(cursor: Any, rows: list[Any]) -> None:
        cursor.executemany(
            "UPDATE moderation_webhookdelivery SET letter = %s WHERE id = %s",
            [
                (packed(json.dumps(json.loads(headers)).encode() + b"\n" + unpacked(bytes(body)), OF_A_DELIVERY), pk)
                for pk, body, headers in rows
            ],
        )

    _each(schema_editor, "letter, headers::text", change)


def apart(apps: Any, schema_editor: Any) -> None:
    def change(cursor: Any, rows: list[Any]) -> None:
        parted = [(pk, unpacked(bytes(letter)).partition(b"\n")) for pk, letter in rows]
        cursor.executemany(
            "UPDATE moderation_webhookdelivery SET letter = %s, headers = %s::jsonb WHERE id = %s",
            [(packed(body), headers.decode(), pk) for pk, (headers, _, body) in parted],
        )

    _each(schema_editor, "letter", change)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0043_bytes_packed_by_page"),
    ]

    operations = [
        migrations.RenameField("webhookdelivery", "body", "letter"),
        migrations.RunPython(together, apart),
        migrations.RemoveField("webhookdelivery", "headers"),
    ]
