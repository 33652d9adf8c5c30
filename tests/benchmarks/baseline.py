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
from moderation.models import Case, Comment, Poster, QueueEntry, ReceivedItem, ReceivedPage, SearchEntry
from moderation.staging import COLUMNS, TYPES, Row

_TABLE = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, TYPES, strict=True))
SETUP = f"CREATE TEMPORARY TABLE batch (id bigint, item bigint, page bigint, {_TABLE}) ON COMMIT DELETE ROWS"
COPY = f"COPY batch (id, item, page, {', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"

# Ids are given before, so that nothing has to be looked up but posters and posts; every statement is plain.
STATEMENTS = (
    """INSERT INTO moderation_poster (platform, remote_id, name, handle, avatar_url, first_seen_at)
    SELECT DISTINCT ON (poster) 'facebook', poster, author_name, author_handle, author_avatar_url, %(at)s::timestamptz
    FROM batch ORDER BY poster ON CONFLICT (platform, remote_id) DO NOTHING""",
    """INSERT INTO moderation_receivedpage (id, account_id, call, digest, size, headers, received_at)
    SELECT DISTINCT ON (page) page, %(account)s, 'list_comments', digest, 130000,
        '{"content-type": "application/json"}'::jsonb, %(at)s::timestamptz FROM batch ORDER BY page""",
    """INSERT INTO moderation_receiveditem (id, page_id, "offset", body, digest)
    SELECT item, page, place::bigint, body, body_digest FROM batch""",
    """INSERT INTO moderation_comment (id, account_id, remote_id, kind, post_id, post_remote_id, parent_remote_id,
        poster_id, author_name, author_handle, author_avatar_url, identity, ours, text, language, attachments,
        permalink, posted_at, received_at, digest, item_id)
    SELECT b.id, %(account)s, b.remote_id, b.kind, post.id, b.post_remote_id, b.parent_remote_id, poster.id,
        b.author_name, b.author_handle, b.author_avatar_url, b.identity, b.ours::boolean, b.text, b.language,
        b.attachments::jsonb, b.permalink, b.posted_at::timestamptz, %(at)s, b.digest, b.item
    FROM batch b JOIN accounts_post post ON post.account_id = %(account)s AND post.remote_id = b.post_remote_id
    JOIN moderation_poster poster ON poster.platform = 'facebook' AND poster.remote_id = b.poster
    ON CONFLICT (account_id, remote_id) DO NOTHING""",
    """INSERT INTO moderation_case (comment_id, state, version, digest, sight, sight_at, hidden)
    SELECT id, state, 1, digest, sight, %(at)s, false FROM batch ON CONFLICT DO NOTHING""",
    """INSERT INTO moderation_queueentry (comment_id, account_id, urgency, at, language, suspected, because)
    SELECT id, %(account)s, urgency::smallint, posted_at::timestamptz, language, suspected::smallint, because
    FROM batch ON CONFLICT DO NOTHING""",
    """INSERT INTO moderation_searchentry (comment_id, poster_id, at, vector)
    SELECT b.id, poster.id, b.posted_at::timestamptz,
        setweight(to_tsvector('simple', b.author_words), 'A') || to_tsvector('simple', b.words) FROM batch b
    JOIN moderation_poster poster ON poster.platform = 'facebook' AND poster.remote_id = b.poster
    ON CONFLICT DO NOTHING""",
)


def copy_and_insert(
    connection: psycopg.Connection, account: int, rows: Sequence[Row], first: int, at: datetime, page: int
) -> None:
    """COPY and guarded inserts of prepared rows, in one transaction. `page` rows make a received page."""
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            copy.set_types(["int8", "int8", "int8", *TYPES])
            for number, row in enumerate(rows, first):
                copy.write_row((number + 1, number + 1, number // page + 1, *row))
        for statement in STATEMENTS:
            cursor.execute(statement, {"account": account, "at": at})


def update_or_create(
    account: Account, page: Page, rows: Sequence[Row], items: Sequence[RemoteComment], using: str
) -> None:
    """Row by row through the ORM, a transaction each."""
    from django.db import transaction

    received = ReceivedPage.objects.using(using).create(
        account=account,
        call=page.call,
        digest=page.digest,
        size=page.size,
        headers=page.headers,
        received_at=page.received_at,
    )
    for row, item in zip(rows, items, strict=True):
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
    kept = ReceivedItem.objects.using(using).create(
        page=received, offset=values["place"], body=values["body"], digest=values["body_digest"]
    )
    comment, _ = Comment.objects.using(using).update_or_create(
        account=account,
        remote_id=values["remote_id"],
        defaults={
            **{
                name: values[name]
                for name in (
                    "kind", "post_remote_id", "parent_remote_id", "author_name", "author_handle", "author_avatar_url",
                    "identity", "ours", "text", "language", "permalink", "posted_at", "digest",
                )
            },
            "post": Post.objects.using(using).get(account=account, remote_id=values["post_remote_id"]),
            "poster": poster,
            "attachments": [],
            "received_at": at,
            "item": kept,
        },
    )  # fmt: skip
    Case.objects.using(using).update_or_create(
        comment=comment, defaults={"digest": values["digest"], "sight": values["sight"], "sight_at": at}
    )
    QueueEntry.objects.using(using).update_or_create(
        comment=comment,
        defaults={
            "account": account, "urgency": values["urgency"], "at": item.posted_at, "language": values["language"],
            "suspected": values["suspected"], "because": values["because"],
        },
    )  # fmt: skip
    words = SearchVector(Value(values["words"]), config="simple")
    with_vector = {
        "poster": poster,
        "at": item.posted_at,
        "vector": SearchVector(Value(values["author_words"]), config="simple", weight="A") + words,
    }
    SearchEntry.objects.using(using).update_or_create(comment=comment, defaults=with_vector)
