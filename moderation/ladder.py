"""The ladder of S.O.P. 4 (4.S, ruling 3): breaches counted by poster and platform, and what is called for next.

First breach: contact and remove. Second distinct breach, written after the poster was told of the first: contact and
ban. Two breaches before the first notice are one step; a breach lapses after 24 months, or sooner where so set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.models import Member
from members.states import record
from moderation.models.breaches import Breach, BreachWithdrawal
from moderation.models.comments import Comment, Poster
from moderation.models.grades import HIDEABLE, Grade, Level
from moderation.models.notices import Notice

if TYPE_CHECKING:
    from moderation.models.cases import Case

Why = BreachWithdrawal.Why


@dataclass(frozen=True)
class Standing:
    """Where a poster stands on one platform: his breaches in force, oldest first, and since when he knows of one."""

    breaches: tuple[Breach, ...]
    told_at: datetime | None

    @property
    def second(self) -> Breach | None:
        """The first breach written after he was told of another."""
        if self.told_at is None:
            return None
        return next((one for one in self.breaches if one.written_at > self.told_at), None)

    @property
    def step(self) -> int:
        """0: no breach in force. 1: a breach, or several before he was told. 2: another after that."""
        if not self.breaches:
            return 0
        return 1 if self.second is None else 2

    @property
    def allows_ban(self) -> bool:
        """Whether a ban rests on the ladder; else it needs the Commander's waiver."""
        return self.step == 2

    @property
    def says(self) -> str:
        """The step, in words."""
        if self.step == 2:
            return "Second distinct breach after a notified first: contact and ban."
        if not self.breaches:
            return "No breach in force."
        if self.told_at is None:
            return "First breach, of which nobody was told yet: contact and remove."
        return "First breach, notified: another one calls for a ban."


def standing(poster: Poster | None, platform: str, *, but: Comment | None = None) -> Standing:
    """Where `poster` stands on `platform`, `but` for one comment. Whom the platform does not name stands nowhere."""
    if poster is None:
        return Standing((), None)
    counted = Breach.objects.in_force().filter(poster=poster, platform=platform).select_related("clause")
    breaches = tuple(counted.exclude(comment=but) if but is not None else counted)
    return Standing(breaches, _told_at(breaches))


def _told_at(breaches: tuple[Breach, ...]) -> datetime | None:
    """When he was first told of a breach that still counts."""
    if not breaches:
        return None
    told = Notice.objects.told().filter(breach__in=breaches)
    found: datetime | None = told.aggregate(at=Min(Coalesce("order__done_at", "measure__done_at")))["at"]
    return found


def called_for(comment: Comment) -> str:
    """The notice that the ladder calls for now, were `comment` graded a breach: one of Notice.Kind."""
    told = standing(comment.poster, comment.account.platform, but=comment).told_at
    return Notice.Kind.SECOND if told is not None and written_at(comment) > told else Notice.Kind.FIRST


def written_at(comment: Comment, version: int | None = None) -> datetime:
    """When the poster wrote what stood at `version` (the newest, if not said). Never later than it came to us."""
    edits = comment.versions.filter(change="edited")
    if version is not None:
        edits = edits.filter(number__lte=version)
    edited = edits.order_by("-number").first()
    if edited is not None:
        return min(edited.edited_at or edited.seen_at, edited.seen_at)
    return min(comment.posted_at or comment.received_at, comment.received_at)


def count(case: Case, grade: Grade, *, by: Member) -> Breach | None:
    """Count the comment as a breach, once: where it counts already, that breach. None for what is not the public's.

    Called where the hide of a level 7 is ordered, and when a supervisor warns after a level 8 (ruling 2; the database
    refuses one before). Needs the case locked and `grade` to be the current one.
    """
    comment, clause = case.comment, grade.clause
    if comment.ours or clause is None:
        return None
    counted = comment.breaches.standing().first()
    if counted is not None:
        return counted
    now = timezone.now()
    breach = Breach.objects.create(
        poster=comment.poster,
        platform=comment.account.platform,
        account=comment.account,
        comment=comment,
        grade=grade,
        clause=clause,
        written_at=min(written_at(comment, grade.version), now),
        by=by,
        at=now,
    )
    record("count", breach, by=by, after="counts")
    return breach


def withdraw(case: Case, *, by: Member, why: str) -> BreachWithdrawal | None:
    """The comment counts as a breach no more: one of BreachWithdrawal.Why. None where it did not. Needs the lock."""
    breach = case.comment.breaches.standing().first()
    if breach is None:
        return None
    taken = BreachWithdrawal.objects.create(breach=breach, why=why, by=by)
    record("withdraw", breach, by=by, before="counts", after="withdrawn", decision=taken)
    return taken


def regraded(case: Case, *, by: Member) -> None:
    """Another grade stands: what is a breach no more is withdrawn. Needs the lock.

    A level 7 that became an 8 counts no more either: of an 8 it is decided whether it counts (ruling 2).
    """
    if case.level not in HIDEABLE or (case.level == Level.THREATENING and _was_offensive(case)):
        withdraw(case, by=by, why=Why.UNDONE if case.level is None else Why.REGRADED)


def _was_offensive(case: Case) -> bool:
    """Whether the breach that counts rests on a level 7."""
    return case.comment.breaches.standing().filter(grade__level=Level.OFFENSIVE).exists()
