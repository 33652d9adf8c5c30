"""The two ways that ours is held against: the fastest that PostgreSQL does, and what most people write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from accounts.models import Account, Post
from accounts.platforms.contract import Page, RemoteComment
from moderation.models import Case, Comment, Poster, QueueEntry, ReceivedPage, SearchEntry
from moderation.staging import COLUMNS, TYPES, Row
from tests.benchmarks.corpus import PAGE

_TABLE = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, TYPES, strict=True))
SETUP = f"CREATE TEMPORARY TABLE batch (id bigint, page bigint, {_TABLE}) ON COMMIT DELETE ROWS"
COPY = f"COPY batch (id, page, {', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"

# Ids are given before, so that nothing has to be looked up but posters and posts; every statement is plain.
STATEMENTS = (
    """INSERT INTO moderation_poster (platform, remote_id, name, handle, avatar_url, first_seen_at)
    SELECT DISTINCT ON (poster) 'facebook', poster, author_name, author_handle, author_avatar_url, %(at)s::timestamptz
    FROM batch ORDER BY poster ON CONFLICT (platform, remote_id) DO NOTHING""",
    """INSERT INTO moderation_receivedpage (
        id, account_id, call, digest, size, headers, received_at, items, items_digest)
    SELECT page, %(account)s, 'list_comments', digest, 130000, '{"content-type": "application/json"}'::jsonb,
        %(at)s::timestamptz, items, digest
    FROM unnest(%(pages)s::bigint[], %(items)s::bytea[], %(digests)s::bytea[]) AS page (page, items, digest)""",
    """INSERT INTO moderation_comment (id, account_id, remote_id, kind, post_id, post_remote_id, parent_remote_id,
        poster_id, author_name, author_handle, author_avatar_url, ours, text, language, attachments,
        address, posted_at, received_at, page_id, place)
    SELECT b.id, %(account)s, b.remote_id, b.kind, post.id, b.post_remote_id, b.parent_remote_id, poster.id,
        b.author_name, b.author_handle, b.author_avatar_url, b.ours::boolean, b.text, b.language,
        b.attachments::jsonb, b.address, b.posted_at::timestamptz, %(at)s, b.page, b.place::integer
    FROM batch b JOIN accounts_post post ON post.account_id = %(account)s AND post.remote_id = b.post_remote_id
    JOIN moderation_poster poster ON poster.platform = 'facebook' AND poster.remote_id = b.poster
    ON CONFLICT (account_id, remote_id) DO NOTHING""",
    """INSERT INTO moderation_case (comment_id, state, version, sight, sight_at, hidden)
    SELECT id, state, 1, sight, %(at)s, false FROM batch ON CONFLICT DO NOTHING""",
    """INSERT INTO moderation_queueentry (comment_id, account_id, urgency, at, language, suspected, because)
    SELECT id, %(account)s, urgency::smallint, posted_at::timestamptz, language, suspected::smallint, because
    FROM batch ON CONFLICT DO NOTHING""",
    """INSERT INTO moderation_searchentry (comment_id, at, vector)
    SELECT b.id, b.posted_at::timestamptz,
        setweight(to_tsvector('simple', b.author_words), 'A') || to_tsvector('simple', b.words) FROM batch b
    ON CONFLICT DO NOTHING""",
)


def copy_and_insert(
    connection: psycopg.Connection,
    account: int,
    rows: Sequence[Row],
    kept: Sequence[tuple[bytes, bytes]],
    first: int,
    at: datetime,
) -> None:
    """COPY and guarded inserts of prepared rows, in one transaction. `kept`: each page's items and their digest."""
    pages = [first // PAGE + 1 + number for number in range(len(kept))]
    items, digests = [one for one, _ in kept], [digest for _, digest in kept]
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            copy.set_types(["int8", "int8", *TYPES])
            for number, row in enumerate(rows, first):
                copy.write_row((number + 1, number // PAGE + 1, *row))
        for statement in STATEMENTS:
            cursor.execute(
                statement, {"account": account, "at": at, "pages": pages, "items": items, "digests": digests}
            )


def update_or_create(account: Account, page: Page, rows: Sequence[Row], kept: tuple[bytes, bytes], using: str) -> None:
    """Row by row through the ORM, a transaction each."""
    from django.db import transaction

    received = ReceivedPage.objects.using(using).create(
        account=account,
        call=page.call,
        digest=page.digest,
        size=page.size,
        headers=page.headers,
        received_at=page.received_at,
        items=kept[0],
        items_digest=kept[1],
    )
    for row, item in zip(rows, page.comments, strict=True):
        values: dict[str, Any] = {**dict(zip(COLUMNS, row, strict=True)), "ours": item.ours}
        with transaction.atomic(using=using):
            _one(account, received, values, item, page.received_at, using)


def _one(
    account: Account, received: ReceivedPage, values: dict[str, Any], item: RemoteComment, at: datetime, using: str
) -> None:
    poster, _ = Poster.objects.using(using).update_or_create(
        platform=account.platform,
        remote_id=values["poster"],
        defaults={"name": values["author_name"], "avatar_url": values["author_avatar_url"]},
        create_defaults={"name": values["author_name"], "avatar_url": values["author_avatar_url"], "first_seen_at": at},
    )
    comment, _ = Comment.objects.using(using).update_or_create(
        account=account,
        remote_id=values["remote_id"],
        defaults={
            **{
                name: values[name]
                for name in (
                    "kind", "post_remote_id", "parent_remote_id", "author_name", "author_handle", "author_avatar_url",
                    "ours", "text", "language", "address", "posted_at",
                )
            },
            "post": Post.objects.using(using).get(account=account, remote_id=values["post_remote_id"]),
            "poster": poster,
            "attachments": [],
            "received_at": at,
            "page": received,
            "place": int(values["place"]),
        },
    )  # fmt: skip
    Case.objects.using(using).update_or_create(comment=comment, defaults={"sight": values["sight"], "sight_at": at})
    QueueEntry.objects.using(using).update_or_create(
        comment=comment,
        defaults={
            "account": account, "urgency": values["urgency"], "at": item.posted_at, "language": values["language"],
            "suspected": values["suspected"], "because": values["because"],
        },
    )  # fmt: skip
    words = SearchVector(Value(values["words"]), config="simple")
    with_vector = {
        "at": item.posted_at,
        "vector": SearchVector(Value(values["author_words"]), config="simple", weight="A") + words,
    }
    SearchEntry.objects.using(using).update_or_create(comment=comment, defaults=with_vector)
