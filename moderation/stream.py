"""The stream: what waits, as one officer filters it (S.O.P. 4; C.11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.utils.dateparse import parse_datetime

from accounts.models import Account
from content.words.folding import fold
from members.models import Member
from moderation.bands import Band
from moderation.models import Level, QueueEntry
from moderation.models.queue import QueueQuerySet, Urgency
from moderation.models.suggestions import Showing, as_shown
from moderation.stream_rows import VALUES, Row, rows_of

SHOWN = 50  # rows of the stream at a time
MOST = 1000  # the head says 999+ beyond: nobody works by the exact length of such a queue


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdecimal() and len(str(text)) < 10 else None


@dataclass(frozen=True)
class Filters:
    """What the stream is narrowed to; lives in the address, so that it can be kept, shared and gone back to."""

    account: int | None = None
    language: str = ""
    level: int | None = None  # as triage suspects it; 0: suspected of nothing
    words: str = ""
    band: str = ""  # what triage takes it for: an emergency, a request of the media …

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Filters:
        """From an address or a form; what makes no sense is left out."""
        level = _number(given.get("level_suspected"))
        language = str(given.get("language") or "")
        return cls(
            account=_number(given.get("account")),
            language=language if language.isalpha() and len(language) <= 10 else "",
            level=level if level in {0, *Level.values} else None,
            words=str(given.get("words") or "").replace("\x00", "").strip()[:100],
            band=band if (band := str(given.get("band") or "")) in Band.values else "",
        )

    @property
    def query(self) -> str:
        """As an address says it; empty when nothing is filtered."""
        given = {
            "account": self.account,
            "language": self.language,
            "level_suspected": self.level,
            "words": self.words,
            "band": self.band,
        }
        return urlencode({name: value for name, value in given.items() if value not in {None, ""}})

    def of(self, entries: QueueQuerySet) -> QueueQuerySet:
        """Those of `entries` that pass."""
        if self.account is not None:
            entries = entries.filter(account=self.account)
        if self.language:
            entries = entries.filter(language=self.language)
        if self.level is not None or self.band:
            entries = as_shown(entries, self.level, self.band)
        terms = re.findall(r"\w+", fold(self.words).lower())
        if terms:
            asked = SearchQuery(" & ".join(f"{term}:*" for term in terms), search_type="raw", config="simple")
            entries = entries.filter(comment__search_entry__vector=asked)
        return entries


@dataclass(frozen=True)
class Whole:
    """The queue as a whole: looked at by one statement, since every look at the stream begins with it."""

    newest: int  # the latest comment in it
    waiting: int  # counted up to MOST
    oldest: datetime | None
    languages: list[str]  # in which the public has written so far, the usual one with them
    when: str  # a suspicion is shown: a Showing.When


# The oldest is the first of some urgency, and of the languages one is found after the other: what the indexes know.
_WHOLE = """
WITH RECURSIVE other (language) AS (
    (SELECT language FROM moderation_comment WHERE language NOT IN ('', 'en') ORDER BY language LIMIT 1)
    UNION ALL
    SELECT (
        SELECT language FROM moderation_comment
        WHERE language NOT IN ('', 'en') AND language > other.language ORDER BY language LIMIT 1
    ) FROM other WHERE language IS NOT NULL
)
SELECT
    (SELECT comment_id FROM moderation_queueentry ORDER BY comment_id DESC LIMIT 1),
    (SELECT count(*) FROM (SELECT FROM moderation_queueentry LIMIT %s) counted),
    (SELECT min(sooner.at) FROM unnest(%s::smallint[]) one (urgency) CROSS JOIN LATERAL (
        SELECT at FROM moderation_queueentry entry WHERE entry.urgency = one.urgency ORDER BY at LIMIT 1
    ) sooner),
    (SELECT array_agg(language ORDER BY language) FROM other WHERE language IS NOT NULL),
    (SELECT "when" FROM moderation_showing ORDER BY id DESC LIMIT 1)
"""


def whole_queue() -> Whole:
    """What waits in all, and what the head of the stream says whatever is filtered."""
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, [MOST, list(Urgency.values)])
        newest, count, oldest, languages, when = cursor.fetchone()
    return Whole(newest or 0, count, oldest, sorted({"en", *(languages or ())}), when or Showing.When.BEFORE)


@dataclass(frozen=True)
class Stream:
    """One screenful of the stream, and its head."""

    rows: list[Row]
    waiting: int
    oldest: datetime | None
    whole: Whole
    accounts: list[Account]  # all that the member sees, to choose from
    next: str  # the key to go on from; empty at the end

    @property
    def newest(self) -> int:
        """The latest comment that the list knows of."""
        return self.whole.newest


def stream_for(member: Member, filters: Filters, after: str = "") -> Stream:
    """What waits for `member` within `filters`, by urgency and age, from the key `after` on."""
    entries, whole = filters.of(QueueEntry.objects.visible_to(member)), whole_queue()
    found = list(_behind(entries, after).in_order().values_list(*VALUES)[: SHOWN + 1])
    more, accounts = len(found) > SHOWN, Account.objects.menu(member)
    rows = rows_of(found[:SHOWN], accounts, whole.when)
    narrowed = bool(entries.query.where)
    return Stream(
        rows=rows,
        waiting=waiting(entries) if narrowed else whole.waiting,
        oldest=_oldest(entries) if narrowed else whole.oldest,
        whole=whole,
        accounts=accounts,
        next=_key(rows[-1]) if more else "",
    )


def _oldest(entries: QueueQuerySet) -> datetime | None:
    """When the oldest of `entries` was written: the first of each urgency, which the index knows."""
    firsts = [entries.filter(urgency=urgency).order_by("at").values_list("at", flat=True)[:1] for urgency in Urgency]
    return min(firsts[0].union(*firsts[1:], all=True), default=None)


def waiting(entries: QueueQuerySet) -> int:
    """How many of `entries`, counted up to MOST."""
    return entries.order_by()[:MOST].count()


def arrived_since(member: Member, filters: Filters, newest: int) -> int:
    """How many came after the comment `newest`, for the bar that announces them."""
    return waiting(filters.of(QueueEntry.objects.visible_to(member)).filter(comment_id__gt=newest))


def _key(row: Row) -> str:
    return f"{row.urgency},{row.at.isoformat()},{row.comment_id}"


def _behind(entries: QueueQuerySet, after: str) -> QueueQuerySet:
    """Those that follow the key `after` in the stream's order; all of them when it is no key."""
    parts = after.split(",")
    if len(parts) != 3 or not parts[0].isdecimal() or not parts[2].isdecimal():
        return entries
    try:
        at = parse_datetime(parts[1])
    except ValueError:
        return entries
    if at is None:
        return entries
    urgency, number = int(parts[0]), int(parts[2])
    # As one row: so the index begins there, and the last page costs what the first does.
    return entries.filter(TupleGreaterThan(Tuple(F("urgency"), F("at"), F("comment_id")), (urgency, at, number)))
