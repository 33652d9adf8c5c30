"""What the long lists say of a comment and of a record: read as values, with nothing that no row shows.

Fifty whole models of each kind, with all that hangs on them, cost more than all else of a page together. Accounts and
members are few: they come with the search above the list, and are not joined again; what came since is not named yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from accounts.models import Account
from accounts.platforms.contract import Platform
from moderation.finding import SIZE, Shown, all_along, everything, newest, page_of_keys, walk
from moderation.models import RecordEntry
from moderation.record_search import RecordSearch


@dataclass(frozen=True)
class ListedComment:
    """A comment as the list of all comments shows it."""

    pk: int
    poster_id: int | None
    author: str
    text: str
    account: str
    state: str  # a Case.State
    level: int | None
    hidden: bool
    language: str
    written_at: datetime


@dataclass(frozen=True)
class ListedRecord:
    """A record as the list of retained records shows it."""

    pk: int
    level: int
    author: str
    text: str
    account: str
    clause: str
    by: str
    made_at: datetime


_COMMENTS = """
SELECT comment.id, account_id, author_name, author_handle, left(text, 1000), poster_id, state, level, hidden, language,
    coalesce(posted_at, received_at)
FROM moderation_comment comment JOIN moderation_case ON comment_id = comment.id
WHERE comment.id = ANY(%s)
"""
_RECORDS = """
SELECT entry.record_id, comment.account_id, author_name, author_handle, left(text, 1000), entry.level, entry.clause,
    entry.by_id, entry.at
FROM {entries} entry
JOIN moderation_retainedrecord record ON record.id = entry.record_id
JOIN moderation_comment comment ON comment.id = record.comment_id
{which}
"""
_THESE_RECORDS = _RECORDS.format(entries="moderation_recordentry", which="WHERE entry.record_id = ANY(%s)")


def listed_comments(keys: list[int], accounts: Mapping[int, Account]) -> list[ListedComment]:
    """The comments of these numbers, in their order; `accounts` are all of the unit."""
    names = {number: str(one) for number, one in accounts.items()}
    rows = {
        pk: ListedComment(
            pk=pk,
            poster_id=poster,
            author=name or handle or _nameless(accounts.get(account)),
            text=text,
            account=names.get(account, ""),
            state=state,
            level=level,
            hidden=hidden,
            language=language,
            written_at=at,
        )
        for pk, account, name, handle, text, poster, state, level, hidden, language, at in _read(_COMMENTS, keys)
    }
    return [rows[key] for key in keys]


def newest_records(search: RecordSearch, after: str) -> Shown[ListedRecord]:
    """The page of records that `search` asks for, behind the key `after`. Where it asks for nothing, one statement."""
    entries = search.entries()
    if everything(entries, narrowed=search.narrowed):
        read = all_along(RecordEntry, _newest_records, after, SIZE + 1)
        found = page_of_keys([(row[0], row[-1]) for row in read])
        return Shown(_records(read[:SIZE], search), after, found)
    found = newest(entries, narrowed=search.narrowed, after=after)
    rows = {row.pk: row for row in _records(_read(_THESE_RECORDS, found.keys), search)}
    return Shown([rows[key] for key in found.keys], after, found)


@cache
def _newest_records(model: type[models.Model], behind: bool) -> str:
    entries = walk(model, behind, "level", "clause", "by_id")
    return _RECORDS.format(entries=f"({entries})", which="ORDER BY entry.at DESC, entry.record_id DESC")


def _records(read: list[Any], search: RecordSearch) -> list[ListedRecord]:
    """What was read, in its order; `search` has all accounts and members of the unit by their numbers."""
    names = {number: str(one) for number, one in search.accounts.items()}
    return [
        ListedRecord(
            pk=pk,
            level=level,
            author=name or handle or _nameless(search.accounts.get(account)),
            text=text,
            account=names.get(account, ""),
            clause=clause,
            by=search.members.get(by, ""),
            made_at=at,
        )
        for pk, account, name, handle, text, level, clause, by, at in read
    ]


def _read(statement: str, keys: list[int]) -> list[Any]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys])
        return list(cursor.fetchall())


def _nameless(account: Account | None) -> str:
    """As `Comment.author_shown`, where the platform did not say who wrote."""
    return f"{Platform(account.platform).label} user" if account else ""
