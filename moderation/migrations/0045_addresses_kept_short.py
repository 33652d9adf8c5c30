"""The address of a comment is kept as the number of its form where the ids beside it say the rest.

Addresses that came before stay as they are: they are read all the same. Backwards, each is written out.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from accounts.platforms.addresses import whole

_SHORT = """
SELECT id, permalink, remote_id, post_remote_id, author_handle FROM moderation_comment
WHERE permalink LIKE '=%%' AND id > %s ORDER BY id LIMIT 5000
"""

# Only what a member typed could begin so.
_MARKED = """
ALTER TABLE moderation_comment DISABLE TRIGGER USER;
UPDATE moderation_comment SET permalink = '=' || permalink WHERE permalink LIKE '=%';
ALTER TABLE moderation_comment ENABLE TRIGGER USER
"""


def mark(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(_MARKED, params=None)


def write_out(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE moderation_comment DISABLE TRIGGER USER")
        last = 0
        while True:
            cursor.execute(_SHORT, [last])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            cursor.executemany(
                "UPDATE moderation_comment SET permalink = %s WHERE id = %s",
                [
                    (whole(kept, remote_id=remote_id, post=post, handle=handle), pk)
                    for pk, kept, remote_id, post, handle in rows
                ],
            )
        cursor.execute("ALTER TABLE moderation_comment ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0044_a_delivery_with_its_headers"),
    ]

    operations = [
        migrations.RunPython(mark, write_out),
        migrations.RenameField("comment", "permalink", "address"),
    ]
