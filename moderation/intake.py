"""Intake (idea 7, ruling 19): one page of a platform's answer becomes comments, each stored once and never altered.

Reading an unchanged page again costs one SELECT and writes nothing. What cannot be read, or what the database refuses,
is set aside with its bytes and the reason; the rest goes in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction

from accounts.models import Account
from accounts.platforms.contract import BadItem, Kind, Page, RemoteComment, RemotePost, Sight
from accounts.platforms.fields import clean
from moderation import evidence, live, staging
from moderation.changes import NO_TEXT, Look, Seen, follow
from moderation.models import GoneBefore, WebhookDelivery
from moderation.packing import LONG

T = TypeVar("T")

_KNOWN = """
SELECT comment.remote_id, comment.id, comment.account_id, comment.kind, comment.post_remote_id,
    comment.parent_remote_id, coalesce(standing.digest, sha256(convert_to(comment.text, 'UTF8'))), standing.sight,
    standing.sight_at
FROM moderation_comment comment JOIN moderation_case standing ON standing.comment_id = comment.id
WHERE comment.account_id = ANY(ARRAY(SELECT id FROM accounts_account WHERE platform = %s))
    AND comment.remote_id = ANY(%s)
"""

# One page of an account at a time: two workers with the same page neither double anything nor wait in a circle.
_ALONE = """
SELECT nextval('moderation_receivedpage_id_seq'), to_regclass('pg_temp.intake') IS NOT NULL,
    EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'intake_comments')
FROM pg_advisory_xact_lock(hashtextextended('intake', %s))
"""

A_SECOND = timedelta(seconds=1)  # platforms tell moments to the second

# What is addressed to several of our accounts comes in with each of them.
_SHARED = (Kind.MENTION, Kind.MESSAGE)

BY_HAND = "capture"  # the call of a page that a member entered (moderation.capturing)

_ABOUT_A_ROW = ("22", "23", "54")  # SQLSTATE classes: bad data, broken constraint, beyond a limit of the program


@dataclass(slots=True)
class Tally:
    """What became of the comments of a page and of what could not be read."""

    new: int = 0
    changed: int = 0
    known: int = 0
    aside: int = 0


def take_in(
    account: Account, page: Page, *, at: datetime | None = None, delivery: WebhookDelivery | None = None
) -> Tally:
    """Store what `page` holds, all of it in one transaction, and set `page.fresh`. Nothing in it can make this fail.

    `at`: the page is no reading of how things stand when it was received, but tells how they stood at that moment; it
    may come late, and what it tells to be gone may come after it. `delivery`: what the page was cut out of, which keeps
    its bytes.
    Raises DatabaseError only when the database itself fails; then nothing of the page is stored.
    """
    try:
        tally = _take_in(account, page, at=at, delivery=delivery, careful=False)
    except DatabaseError as error:
        if not _refusal(error):
            raise
        tally = _take_in(account, page, at=at, delivery=delivery, careful=True)
    page.fresh = tally.new + tally.changed
    return tally


def _take_in(
    account: Account, page: Page, *, at: datetime | None, delivery: WebhookDelivery | None, careful: bool
) -> Tally:
    with transaction.atomic(), connection.cursor() as cursor:
        intake = _Intake(account, page, cursor, at=at, delivery=delivery, careful=careful)
        intake.run()
        live.arrived(intake.queued)
    return intake.tally


@dataclass(slots=True)
class _Parted:
    """The comments of a page, told apart."""

    new: list[Look] = field(default_factory=list)
    changed: list[tuple[int, Look]] = field(default_factory=list)
    gone: list[Look] = field(default_factory=list)  # told to be gone, and not here
    bad: list[BadItem] = field(default_factory=list)
    known: int = 0


class _Intake:
    """The taking in of one page, inside its transaction.

    `careful`: expects that the database refuses something, and guards each writing with a savepoint.
    """

    def __init__(
        self,
        account: Account,
        page: Page,
        cursor: Any,
        *,
        at: datetime | None,
        delivery: WebhookDelivery | None,
        careful: bool,
    ) -> None:
        self.account = account
        self.page = page
        self.delivery = delivery
        self.at = at or page.received_at
        self.tells = at is not None
        self.cursor = cursor
        self.careful = careful
        self.tally = Tally()
        self.bad = list(page.bad)
        self.queued = 0
        self.page_id = 0  # given with the lock, when something of this page is to be stored
        self.stored = False  # whether a row names the page
        self.kept: list[tuple[int, bytes]] = []  # items whose bytes the page is to keep, and where they stood in it
        self.packing: tuple[int, Future[tuple[bytes, bytes]]] | None = None  # of so many of them, under way

    def run(self) -> None:
        """Take in posts, comments and what could not be read."""
        self._store_posts()
        items = self.page.comments
        while items:
            one_of_each, items = _apart(items)
            self._take(one_of_each)
        self._set_aside()
        if self.stored:
            evidence.keep_page(self.cursor, self.page_id, self.account, self.page, self._items())

    def _items(self) -> tuple[bytes, bytes] | None:
        """What the page keeps, packed: beside the writing of the comments, unless something came after them."""
        if self.packing is not None and self.packing[0] == len(self.kept):
            return self.packing[1].result()
        return evidence.together(self.kept) if self.kept else None

    # --- comments ---

    def _take(self, items: list[RemoteComment]) -> None:
        """Take in items no two of which have the same id."""
        self._take_looks([Look(item, hashlib.sha256(item.text.encode()).digest(), self.at) for item in items])

    def _take_looks(self, looks: list[Look]) -> None:
        parted = self._part(looks)
        if parted.new or parted.changed:
            self._begin()
            self._in_halves(parted.new, self._store, lambda look, reason: self._refuse(look.item, reason))
            for comment_id, look in sorted(parted.changed, key=lambda changed: changed[0]):
                self._follow(comment_id, look)
        if parted.gone:
            self._note_gone(parted.gone)
        self.tally.known += parted.known
        self.bad += parted.bad

    def _begin(self) -> None:
        """Be alone with this account until the commit."""
        if self.page_id:
            return
        self.cursor.execute(_ALONE, [self.account.pk])
        self.page_id, has_table, is_prepared = self.cursor.fetchone()
        if not has_table:
            self.cursor.execute(staging.CREATE)
        if not is_prepared:
            self.cursor.execute(staging.PREPARE)

    def _part(self, looks: list[Look]) -> _Parted:
        seen = self._seen([look.item.remote_id for look in looks])
        parted = _Parted()
        for look in looks:
            item, known = look.item, seen.get(look.item.remote_id)
            reason = _unfit(item) if known is None else _clash(known, item, self.account)
            if reason:
                parted.bad.append(BadItem(item.raw, reason, item.offset))
            elif known is None and item.sight != Sight.GONE:
                parted.new.append(look)
            elif known is None and self.tells and not item.ours:
                parted.gone.append(look)
            elif known is not None and look.differs_from(known):
                parted.changed.append((known.comment_id, look))
            else:
                parted.known += 1  # of what was gone before it was here, there is nothing to keep
        return parted

    # --- what is told to be gone before it is here ---

    def _note_gone(self, looks: list[Look]) -> None:
        """Remember it, unless it came while this waited to be alone with the account."""
        self._begin()
        here = self._seen([look.item.remote_id for look in looks])
        for look in looks:
            if look.item.remote_id in here:
                self._follow(here[look.item.remote_id].comment_id, look)
        names = [look.item.remote_id for look in looks if look.item.remote_id not in here]
        if names:
            GoneBefore.note(self.cursor, self.account, names, self.page.received_at)
            self.tally.known += len(names)

    def _end_what_is_gone(self, names: list[str]) -> None:
        """What was told to be gone since the moment of this page has come late: it is kept, and gone."""
        since = self.at - A_SECOND if self.tells else self.at
        for name, at in sorted(GoneBefore.among(self.cursor, self.account, names, since).items()):
            known = self._seen([name])[name]
            ended = max(at, self.at + timedelta(microseconds=1))
            self._follow(known.comment_id, Look(RemoteComment(name, "", sight=Sight.GONE), NO_TEXT, ended))

    def _seen(self, names: list[str]) -> dict[str, Seen]:
        """What is stored under these ids; of several accounts, this one's."""
        self.cursor.execute(_KNOWN, [self.account.platform, names])
        seen: dict[str, Seen] = {}
        for name, *columns in self.cursor.fetchall():
            stored = Seen(*columns)
            if stored.account_id == self.account.pk or (name not in seen and stored.kind not in _SHARED):
                seen[name] = stored
        return seen

    def _store(self, looks: list[Look]) -> None:
        cut_off = None if self.page.call == BY_HAND else self.account.cut_off  # who enters a thing wants it graded
        before = len(self.kept)
        places = [self._keep(look.item) for look in looks]
        if sum(len(raw) for _, raw in self.kept[before:]) >= LONG:
            # Packing takes as long as judging and writing what is packed, and holds neither up. A thread of the page's
            # own: one that outlived it would be missing in a process that was forked meanwhile.
            beside = ThreadPoolExecutor(max_workers=1)
            self.packing = len(self.kept), beside.submit(evidence.together, list(self.kept))
            beside.shutdown(wait=False)
        told = zip(looks, places, strict=True)
        rows = [staging.row_of(look.item, *place, cut_off=cut_off) for look, place in told]
        delivery = self.delivery.pk if self.delivery else None
        when = {"received_at": self.page.received_at, "at": self.at}
        try:
            waits = staging.write(self.cursor, self.account, rows, page=self.page_id, delivery=delivery, **when)
        except DatabaseError:
            del self.kept[before:]
            self.packing = None
            raise
        self.stored = self.stored or (bool(waits) and len(self.kept) > before)
        self.tally.new += len(waits)
        self.queued += sum(waits.values())
        if waits:
            self._end_what_is_gone(list(waits))
        if len(waits) < len(looks):  # another worker stored the rest before the lock was ours: it is known now
            self._take_looks([look for look in looks if look.item.remote_id not in waits])

    def _follow(self, comment_id: int, look: Look) -> None:
        outcome = follow(comment_id, look, self._keep_item)
        self.tally.changed += outcome.changed
        self.tally.known += not outcome.changed
        self.queued += outcome.queued

    def _keep(self, item: RemoteComment) -> tuple[int, int | None]:
        """Where the item's bytes stand: its place and length in the delivery that holds them, else a place in the page.

        What a worker who was quicker has stored meanwhile stays in the page unnamed.
        """
        if self.delivery is not None and item.raw:
            piece = slice(item.offset, item.offset + len(item.raw))
            if self.delivery.raw[piece] == item.raw:
                return item.offset, len(item.raw)
        self.kept.append((item.offset, item.raw))
        return len(self.kept) - 1, None

    def _keep_item(self, item: RemoteComment) -> dict[str, int]:
        if not item.raw:
            return {}  # found by a direct look that answered "gone"
        place, length = self._keep(item)
        if length is not None and self.delivery is not None:
            return {"delivery_id": self.delivery.pk, "place": place, "length": length}
        self.stored = True
        return {"page_id": self.page_id, "place": place}

    # --- posts, and what is set aside ---

    def _store_posts(self) -> None:
        def refuse(post: RemotePost, reason: str) -> None:
            self.bad.append(BadItem(post.raw, reason, post.offset))

        at = self.page.received_at
        self._in_halves(
            self.page.posts, lambda posts: staging.write_posts(self.cursor, self.account, posts, at), refuse
        )

    def _refuse(self, item: RemoteComment, reason: str) -> None:
        self.bad.append(BadItem(item.raw, reason, item.offset))

    def _set_aside(self) -> None:
        self.tally.aside = len(self.bad)
        fresh = evidence.not_yet_aside(self.cursor, self.account, self.bad)
        if fresh:
            self._begin()
            evidence.set_aside(self.cursor, self.page_id, self.account, fresh, self.page.received_at)
            self.stored = True

    def _in_halves(self, things: list[T], write: Callable[[list[T]], None], refuse: Callable[[T, str], None]) -> None:
        """Write `things`; where the database refuses one of them, find it by halving, and write the others."""
        if not things:
            return
        if not self.careful:
            write(things)
            return
        try:
            with transaction.atomic():
                write(things)
        except DatabaseError as error:
            reason = _refusal(error)
            if not reason:
                raise
            if len(things) == 1:
                refuse(things[0], reason)
                return
            half = len(things) // 2
            self._in_halves(things[:half], write, refuse)
            self._in_halves(things[half:], write, refuse)


def _apart(items: list[RemoteComment]) -> tuple[list[RemoteComment], list[RemoteComment]]:
    """The first of each id, made storable, and the rest, for the next round."""
    first: dict[str, RemoteComment] = {}
    rest = []
    for item in items:
        text, name = clean(item.text), clean(item.remote_id)
        if text is not item.text or name is not item.remote_id:
            item = replace(item, text=text, remote_id=name)
        if first.setdefault(name, item) is not item:
            rest.append(item)
    return list(first.values()), rest


def _unfit(item: RemoteComment) -> str:
    """Why an item that is not known cannot be stored; empty when it can."""
    if not item.remote_id:
        return "It has no id."
    if "\ufffd" in item.remote_id:
        return "Its id holds characters that no id holds."
    return ""


def _clash(known: Seen, item: RemoteComment, account: Account) -> str:
    """Why an item cannot be the comment that is stored under its id; empty when it can."""
    if known.account_id != account.pk:
        return "Another account of ours received a comment with this id." if item.kind not in _SHARED else ""
    if item.parent_remote_id and known.parent and item.parent_remote_id != known.parent:
        return "A comment with this id was received before, under another parent."
    if item.post_remote_id and known.post and item.post_remote_id != known.post:
        return "A comment with this id was received before, under another post."
    return ""


def _refusal(error: DatabaseError) -> str:
    """Why the database refused a row, in a sentence; empty when the trouble is not about a row."""
    cause: Any = error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    if not state.startswith(_ABOUT_A_ROW):
        return ""
    return f"The database refused it: {cause.diag.message_primary}."
