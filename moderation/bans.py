"""Bans (4.S, LR-5; rulings 3, 4): on the ladder or on the Commander's waiver, for a reason, until a date of review.

The database refuses an approved ban without either; what stands here says it in words, beforehand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.platforms.capabilities import Act, capability
from members.authority import is_commander, refused
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record
from moderation import ladder, notices
from moderation.models.bans import LONGEST, BanReview, Waiver
from moderation.models.comments import Comment
from moderation.models.grades import Level
from moderation.models.measures import Measure
from moderation.models.notices import Notice
from moderation.models.proposals import Proposal

if TYPE_CHECKING:
    from accounts.models import Account
    from moderation.models.comments import Poster

NO_LADDER = (
    "A ban rests on a second breach after a first of which the poster was told. Without that the Commander waives it,"
    " in writing (S.O.P. 4)."
)
LIFTED = Notice.Kind.BAN_LIFTED
LOOKED_THROUGH = 5  # of a poster's comments, for one by which he can be written to
NOT_REVIEWED = "What nothing brings back comes after the second review: another member has not upheld the hide yet."


def checked_date(review_on: date | None) -> date:
    """When a ban is looked at again. Raises Invalid: none is for good (LR-5)."""
    today = timezone.localdate()
    if review_on is None:
        raise Invalid("Say when the ban is looked at again: within a year. None is for good.", "review_on")
    if not today < review_on <= today + LONGEST:
        raise Invalid("A ban is looked at again after today and within a year.", "review_on")
    return review_on


def rests_on_the_ladder(proposal: Proposal) -> bool:
    """Whether the poster's breaches allow the ban as they stand now."""
    return ladder.standing(proposal.poster, proposal.account.platform).allows_ban


def may_waive(proposal: Proposal, member: Member) -> bool:
    """The Commander himself, or who acts as him; no designee (ruling 3)."""
    open_ban = proposal.act == Proposal.Act.BAN and proposal.state == Proposal.State.PROPOSED
    return open_ban and is_commander(member) and not hasattr(proposal, "waiver")


def waive(proposal: Proposal, *, by: Member, why: str) -> Waiver:
    """The Commander's written reason for a ban without the ladder. Raises Refused, Invalid, WrongState."""
    if not is_commander(by):
        raise Refused("Only the Commander himself waives the ladder, or the acting one.")
    if not why.strip():
        raise Invalid("Write down why the ladder is waived: it is kept with the ban.", "waiver")
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if not may_waive(proposal, by):
            raise WrongState(proposal, "waive")
        waiver = Waiver.objects.create(proposal=proposal, reason=why.strip(), by=by)
        record("waive", proposal, by=by, decision=waiver)
    return waiver


def require_grounds(proposal: Proposal) -> None:
    """Raises Invalid: neither ladder nor waiver, or nothing to bring it back and no second review."""
    if not hasattr(proposal, "waiver") and not rests_on_the_ladder(proposal):
        raise Invalid(NO_LADDER, "why")
    require_review(proposal.account, proposal.comment)


def require_review(account: Account, comment: Comment | None) -> None:
    """Raises Invalid, where nothing on the platform brings a ban back, before a second member upheld the hide."""
    if capability(account.platform, Act.BAN, account.tier).reversible:
        return
    if comment is None or not is_upheld(comment):
        raise Invalid(NOT_REVIEWED, "reason")


def is_upheld(comment: Comment) -> bool:
    """Whether the grade that stands was upheld by a second member; a level 8, whether it was decided upon."""
    upheld = comment.reviews.filter(grade__superseded_by__isnull=True, state="upheld")
    decided = comment.threats.filter(grade__superseded_by__isnull=True, state="decided")
    return bool(upheld.exists() or decided.exists())


def tell_of_ban(proposal: Proposal, *, by: Member) -> None:
    """The second notice goes with the ban, unless the poster was sent it when he was graded (contact and ban)."""
    comment = proposal.comment
    if comment is None or comment.case.grade is None or comment.case.level != Level.OFFENSIVE:
        return
    if not comment.notices.filter(kind=Notice.Kind.SECOND).exists():
        notices.order_notice(comment, Notice.Kind.SECOND, grade=comment.case.grade, by=by)


def comment_to_tell_by(unban: Measure) -> Comment | None:
    """By which of his comments a poster is told that his ban ends: one by which he is reached in private.

    Else the one for which he was banned; None where nothing of his was graded here.
    """
    bans = Measure.objects.filter(account=unban.account_id, poster=unban.poster, verb=Measure.Verb.BAN)
    ban = bans.filter(pk__lt=unban.pk, comment__isnull=False).select_related(*Measure.RELATED).order_by("pk").last()
    his = Comment.objects.filter(account=unban.account_id, poster=unban.poster, case__grade__isnull=False, ours=False)
    found = list(his.select_related("account", "case__grade", "poster").order_by("-pk")[:LOOKED_THROUGH])
    if ban is not None and ban.comment is not None and ban.comment.case.grade is not None:
        found.insert(0, ban.comment)
    private = (one for one in found if notices.way_for(one, LIFTED, one.case.level)[0] == Notice.Way.PRIVATE)
    return next(private, found[0] if found else None)


def tell_of_end(unban: Measure) -> None:
    """The ban is lifted: the poster is told, or why he could not be is kept. Needs `comment_to_tell_by` locked.

    Of whom nothing was graded here the trail says that he was not told: there is nothing by which he could be.
    """
    comment, by = comment_to_tell_by(unban), unban.by
    if comment is None or comment.case.grade is None or by is None:
        record("notify", unban.poster or unban, by=by, after=Notice.Outcome.COULD_NOT)
        return
    notices.order_notice(comment, LIFTED, grade=comment.case.grade, by=by)


# --- looked at again -----------------------------------------------------------------------------------------------


def standing() -> QuerySet[Measure]:
    """The bans that stand: done, and not lifted since; `again_on` is the day on which each is looked at again."""
    lifted = Measure.objects.filter(
        account=OuterRef("account"), poster=OuterRef("poster"), verb=Measure.Verb.UNBAN, pk__gt=OuterRef("pk")
    )
    later = Measure.objects.filter(
        account=OuterRef("account"), poster=OuterRef("poster"), verb=Measure.Verb.BAN, pk__gt=OuterRef("pk")
    )
    reviewed = BanReview.objects.filter(ban=OuterRef("pk")).order_by("-pk").values("until")[:1]
    done = Measure.objects.filter(verb=Measure.Verb.BAN, state=Measure.State.DONE)
    ended = Exists(lifted.filter(state=Measure.State.DONE)) | Exists(later.filter(state=Measure.State.DONE))
    found: QuerySet[Measure] = done.exclude(ended)
    return found.annotate(again_on=Coalesce(Subquery(reviewed), "proposal__review_on"))


def due() -> QuerySet[Measure]:
    """Those whose day of review has come."""
    today = timezone.localdate()
    kept = BanReview.objects.filter(ban=OuterRef("pk"))
    overdue = Q(proposal__review_on__lte=today) & ~Exists(kept) | Exists(kept.filter(until__lte=today)) & ~Exists(
        kept.filter(until__gt=today)
    )
    return (
        standing()
        .filter(overdue)
        .select_related("account", "poster", "proposal__decided_by", "proposal__waiver")
        .order_by("proposal__review_on")
    )


def review_on(ban: Measure) -> date | None:
    """The day on which `ban` is looked at again."""
    last = ban.reviews.first()
    if last is not None:
        return last.until
    return ban.proposal.review_on if ban.proposal is not None else None


def may_keep(member: Member) -> bool:
    """Who approves bans."""
    return member.may(Power.APPROVE_BANS)


def keep(ban: Measure, *, until: date | None, why: str, by: Member) -> BanReview:
    """Keep the ban until another day of review. Raises Refused, Invalid, WrongState (it does not stand)."""
    if not may_keep(by):
        raise refused(Power.APPROVE_BANS)
    until = checked_date(until)
    if not why.strip():
        raise Invalid("Write down why the ban is kept.", "reason")
    with transaction.atomic():
        Measure.objects.select_for_update().get(pk=ban.pk)
        if not standing().filter(pk=ban.pk).exists():
            raise WrongState(ban, "keep")
        kept = BanReview.objects.create(ban=ban, until=until, reason=why.strip(), by=by)
        record("keep", ban, by=by, decision=kept)
    return kept


def standing_of(poster: Poster) -> list[tuple[Measure, date | None]]:
    """The bans of `poster` that stand, each with its day of review."""
    found = standing().filter(poster=poster).select_related("account", "proposal__decided_by", "proposal__proposed_by")
    return [(ban, review_on(ban)) for ban in found]
