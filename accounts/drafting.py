"""Drawing up, keeping, dropping and judging the next version of a text that the unit keeps in versions (S.O.P. 4).

Whose it is: the Unit Commander's or a designee's. What was published is never altered; a version follows it. What the
text says is known where the text is: accounts.terms_writing, moderation.grading_writing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models.drafts import VersionDraft
from accounts.models.terms import may_write
from members import authority
from members.days import spoken
from members.models import Member
from members.powers import Power
from members.states import Invalid, record

Draft = TypeVar("Draft", bound=VersionDraft)


class Change(NamedTuple):
    """Where two versions differ: the place, the words that stayed, went and came, and what follows from it."""

    place: str
    parts: list[tuple[str, str]]  # same, gone or new; the words
    beside: str = ""


class Version(Protocol):
    """A published version."""

    pk: Any
    version: Any
    effective_from: Any


def require(member: Member) -> None:
    """Raise Refused unless the member is the Unit Commander or a designee (4.0)."""
    if not may_write(member):
        raise authority.refused(Power.UPDATE_GRADING)


def draw_up(drafts: type[Draft], *, by: Member, **said: Any) -> Draft:
    """A new draft that says `said`, or the one that is open."""
    standing: QuerySet[Draft] = QuerySet(drafts).filter(state=VersionDraft.State.DRAFT)
    if (found := standing.first()) is not None:
        return found
    draft = drafts(by=by, **said)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            record("draw_up", draft, by=by, after=draft.state)
    except IntegrityError:  # two at once: the other's is the one
        return standing.get()
    return draft


def keep(draft: VersionDraft, *, by: Member, revision: int, reason: str, **said: Any) -> None:
    """Keep what was written, if nobody else has written since `revision`. Raises Refused, WrongState."""
    require(by)
    draft.become(
        VersionDraft.State.DRAFT,
        verb="write",
        by=by,
        expecting={"revision": revision},
        revision=revision + 1,
        reason=reason.strip(),
        **said,
    )


def drop(draft: VersionDraft, *, by: Member) -> None:
    """Let the draft go; the version in force stays. Raises Refused, WrongState."""
    require(by)
    draft.become(VersionDraft.State.DROPPED, verb="drop", by=by)


def judge(
    draft: VersionDraft, newest: Version, *, based_on: Any, effective_from: datetime | None, says_something_new: bool
) -> datetime:
    """From when the draft may follow `newest`: at once, or `effective_from`.

    Raises Invalid when it begins in the past or before the version before it, was drawn up from another version, gives
    no reason, or says nothing new.
    """
    now = timezone.now()
    begins = effective_from or now
    if begins < now:
        raise Invalid("It cannot be in force before it is published: name a day to come, or none.", "effective_from")
    if begins <= newest.effective_from:
        raise Invalid(
            f"Version {newest.version} is in force from {spoken(newest.effective_from)}: name a later day.",
            "effective_from",
        )
    if based_on != newest.pk:
        raise Invalid("Another version was published since this was drawn up: drop it and draw it up anew.")
    if not draft.reason.strip():
        raise Invalid("Write why it changes, and keep it, before you publish.", "reason")
    if not says_something_new:
        raise Invalid("It says what the version before it says: nothing is to be published.")
    return begins
