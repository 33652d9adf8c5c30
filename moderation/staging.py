"""New comments go in by COPY into a temporary table and one guarded insert (idea 7, ruling 19).

One temporary table a connection, emptied at each commit: a table a page would grow the catalogs. Its columns are text,
so that COPY refuses nothing; the insert casts them. All statements run inside the caller's transaction.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from accounts.models import Account
from accounts.platforms.addresses import shortened
from accounts.platforms.contract import Author, RemoteComment, RemotePost
from accounts.platforms.fields import clean
from content.words.folding import fold, of_author
from moderation.language import language_of
from moderation.models import Case
from moderation.triage import Suspicion, judge

Row = tuple[Any, ...]

COLUMNS = (
    "remote_id", "kind", "post_remote_id", "parent_remote_id", "poster", "author_name", "author_handle",
    "author_avatar_url", "ours", "text", "language", "attachments", "address", "posted_at", "state",
    "sight", "urgency", "suspected", "because", "band", "author_words", "words", "place", "length",
)  # fmt: skip
TYPES = ["text"] * len(COLUMNS)

_TABLE = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, TYPES, strict=True))
CREATE = f"""
SET LOCAL client_min_messages = warning;
CREATE TEMPORARY TABLE IF NOT EXISTS intake ({_TABLE}) ON COMMIT DELETE ROWS
"""
_COPY = f"COPY intake ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"

# A comment that comes before its post finds the post's row all the same: a fact cannot be given its post later.
_NAMED_POSTS = """
INSERT INTO accounts_post (account_id, remote_id, text, permalink, image_url, seen_at)
SELECT $1, named, '', '', '', $4
FROM (SELECT DISTINCT post_remote_id AS named FROM intake WHERE post_remote_id <> '' AND kind IN ('comment', 'reply'))
WHERE (SELECT id FROM accounts_post WHERE account_id = $1 AND remote_id = named) IS NULL
ORDER BY named
ON CONFLICT (account_id, remote_id) DO NOTHING
"""

# The name last seen; another signature of the same picture's address is no difference. Sorted, so that two accounts
# that meet the same posters never wait for each other in a circle.
_POSTERS = """
INSERT INTO moderation_poster AS known (platform, remote_id, name, handle, avatar_url, first_seen_at)
SELECT DISTINCT ON (poster) $2, poster, author_name, author_handle, author_avatar_url, $4
FROM intake WHERE poster <> '' ORDER BY poster, author_name = '', posted_at::timestamptz DESC NULLS LAST
ON CONFLICT (platform, remote_id) DO UPDATE SET
    name = coalesce(nullif(excluded.name, ''), known.name),
    handle = coalesce(nullif(excluded.handle, ''), known.handle),
    avatar_url = coalesce(nullif(excluded.avatar_url, ''), known.avatar_url)
WHERE excluded.name NOT IN ('', known.name) OR excluded.handle NOT IN ('', known.handle)
    OR split_part(excluded.avatar_url, '?', 1) NOT IN ('', split_part(known.avatar_url, '?', 1))
"""

# What comes from a poster whom we answered, in the same place or in private, comes back to who did (ruling 9): the
# exchanges are few, and looked up one by one.
# Of an avatar's address the comment keeps what names the picture; the signature, which lapses, stands with the poster.
# Every foreign key here is checked at the commit, so one statement writes a comment and all that stands beside it.
# Posts and posters are looked up one by one: a join may be planned as a scan of all posters.
_COMMENTS = """
WITH stored AS (
    INSERT INTO moderation_comment (
        account_id, remote_id, kind, post_id, post_remote_id, parent_remote_id, poster_id, author_name, author_handle,
        author_avatar_url, ours, text, language, attachments, address, posted_at, received_at,
        page_id, delivery_id, place, length)
    SELECT
        $1, i.remote_id, i.kind,
        (SELECT id FROM accounts_post WHERE account_id = $1 AND remote_id = i.post_remote_id),
        i.post_remote_id, i.parent_remote_id,
        (SELECT id FROM moderation_poster WHERE platform = $2 AND remote_id = i.poster),
        i.author_name, i.author_handle, split_part(i.author_avatar_url, '?', 1), i.ours::boolean, i.text,
        i.language, i.attachments::jsonb, i.address, i.posted_at::timestamptz, $4,
        CASE WHEN i.length IS NULL THEN $3 END, CASE WHEN i.length IS NOT NULL THEN $6 END, i.place::integer,
        i.length::integer
    FROM intake i
    ORDER BY i.remote_id
    ON CONFLICT (account_id, remote_id) DO NOTHING
    RETURNING id, remote_id, poster_id, post_id, posted_at
), beside AS MATERIALIZED (
    SELECT s.id, s.poster_id, s.post_id, coalesce(s.posted_at, $4) AS at, i.*
    FROM stored s
    JOIN (
        SELECT remote_id, kind, parent_remote_id,
            language, state, sight, urgency, suspected, because, band, author_words, words
        FROM intake
    ) i USING (remote_id)
), kase AS (
    INSERT INTO moderation_case (comment_id, state, version, sight, sight_at, hidden)
    SELECT id, state, 1, sight, $5, false FROM beside
), queue AS (
    INSERT INTO moderation_queueentry (comment_id, account_id, urgency, at, language, suspected, because, band)
    SELECT id, $1, urgency::smallint, at, language, suspected::smallint, because, band
    FROM beside WHERE state = 'waiting'
), search AS (
    INSERT INTO moderation_searchentry (comment_id, at, vector)
    SELECT id, at, setweight(to_tsvector('simple', author_words), 'A') || to_tsvector('simple', words)
    FROM beside
), came_back AS (
    INSERT INTO moderation_cameback (comment_id, answers_id, member_id, at)
    SELECT b.id, e.comment_id, e.member_id, $4
    FROM beside b CROSS JOIN LATERAL (
        SELECT comment_id, member_id FROM moderation_exchange
        WHERE poster_id = b.poster_id AND account_id = $1 AND at < b.at
            AND (post_id = b.post_id OR b.kind = 'message' OR (remote_id <> '' AND remote_id = b.parent_remote_id))
        ORDER BY at DESC LIMIT 1
    ) e
    WHERE b.state = 'waiting'
), emptied AS (
    DELETE FROM intake
)
SELECT remote_id, state = 'waiting' FROM beside
"""

# Planned once a connection, as the table is made once: what is new comes in small pages.
_PREPARED = {"intake_posts": _NAMED_POSTS, "intake_posters": _POSTERS, "intake_comments": _COMMENTS}
_GIVEN = "bigint, text, bigint, timestamptz, timestamptz, bigint"
PREPARE = ";".join(f"PREPARE {name} ({_GIVEN}) AS {said}" for name, said in _PREPARED.items())
_TOLD = "%(account)s, %(platform)s, %(page)s, %(received_at)s, %(at)s, %(delivery)s"
_WRITE = ";".join(f"EXECUTE {name} ({_TOLD})" for name in _PREPARED)

# Only what is new or differs is touched. A signed address is no difference; it is renewed with the next real one.
_POSTS = """
INSERT INTO accounts_post AS known (
    account_id, remote_id, text, posted_at, permalink, image_url, comments, seen_at)
SELECT %(account)s, seen.remote_id, seen.text, seen.posted_at, seen.permalink, seen.image_url, seen.comments, %(at)s
FROM jsonb_to_recordset(%(posts)s::jsonb) AS seen (
    remote_id text, text text, posted_at timestamptz, permalink text, image_url text, comments integer)
LEFT JOIN accounts_post stored ON stored.account_id = %(account)s AND stored.remote_id = seen.remote_id
WHERE stored.id IS NULL
    OR (stored.text, stored.permalink) IS DISTINCT FROM (seen.text, seen.permalink)
    OR coalesce(seen.posted_at, stored.posted_at) IS DISTINCT FROM stored.posted_at
    OR coalesce(seen.comments, stored.comments) IS DISTINCT FROM stored.comments
ORDER BY seen.remote_id
ON CONFLICT (account_id, remote_id) DO UPDATE SET
    text = excluded.text, permalink = excluded.permalink, image_url = excluded.image_url, seen_at = excluded.seen_at,
    posted_at = coalesce(excluded.posted_at, known.posted_at), comments = coalesce(excluded.comments, known.comments)
"""


def row_of(item: RemoteComment, place: int, length: int | None = None, *, cut_off: datetime | None) -> Row:
    """The row of the temporary table for a new comment. Older than `cut_off`: archived, not queued (ruling 8).

    `place` and `length` say where its bytes stand, as `AsReceived` has it.
    """
    state = _state(item, cut_off)
    suspicion = judge(item.text) if state == Case.State.WAITING else Suspicion()
    author = item.author or Author()
    name, handle = clean(author.name), clean(author.handle)
    return (
        item.remote_id,
        item.kind,
        clean(item.post_remote_id),
        clean(item.parent_remote_id),
        "" if item.ours else clean(author.remote_id),
        name,
        handle,
        clean(author.avatar_url),
        "true" if item.ours else "false",
        item.text,
        language_of(item.text),
        _attachments(item),
        _address(item),
        item.posted_at.isoformat() if item.posted_at else None,
        state,
        item.sight,
        str(suspicion.urgency),
        str(suspicion.level) if suspicion.level else None,
        suspicion.because,
        suspicion.band,
        of_author(name, handle),
        fold(item.text),
        str(place),
        None if length is None else str(length),
    )


def _address(item: RemoteComment) -> str:
    handle = clean(item.author.handle) if item.author else ""
    given = clean(item.permalink)
    return shortened(given, remote_id=item.remote_id, post=clean(item.post_remote_id), handle=handle)


def _state(item: RemoteComment, cut_off: datetime | None) -> str:
    if item.ours:
        return Case.State.OURS
    if cut_off is not None and item.posted_at is not None and item.posted_at < cut_off:
        return Case.State.ARCHIVED
    return Case.State.WAITING


def _attachments(item: RemoteComment) -> str:
    if not item.attachments:
        return "[]"
    found = [
        {"kind": one.kind, "url": clean(one.url), "remote_id": clean(one.remote_id), "alt": clean(one.alt)}
        for one in item.attachments
    ]
    return json.dumps(found)


def write(
    cursor: Any,
    account: Account,
    rows: list[Row],
    *,
    page: int,
    delivery: int | None,
    received_at: datetime,
    at: datetime,
) -> dict[str, bool]:
    """Store the rows and what stands beside them; gives the ids stored, and of each whether it waits for a grade.

    What has a length stands in `delivery`, the rest in `page`.

    `at` is the moment at which they stood so.
    An id that somebody stored meanwhile is left alone. Raises the database's error when it refuses a row.
    """
    with cursor.copy(_COPY) as copy:
        copy.set_types(TYPES)
        for row in rows:
            copy.write_row(row)
    when = {"received_at": received_at, "at": at}
    source = {"page": page, "delivery": delivery}
    cursor.execute(_WRITE, {"account": account.pk, "platform": account.platform} | source | when)
    while cursor.nextset():
        pass
    return dict(cursor.fetchall())


def write_posts(cursor: Any, account: Account, posts: list[RemotePost], at: datetime) -> None:
    """Store our posts as last seen. Raises the database's error when it refuses one."""
    seen = {post.remote_id: _post(post) for post in posts}
    cursor.execute(_POSTS, {"account": account.pk, "at": at, "posts": json.dumps(list(seen.values()))})


def _post(post: RemotePost) -> dict[str, Any]:
    return {
        "remote_id": clean(post.remote_id),
        "text": clean(post.text),
        "posted_at": post.posted_at.isoformat() if post.posted_at else None,
        "permalink": clean(post.permalink),
        "image_url": clean(post.image_url),
        "comments": post.comments,
    }
