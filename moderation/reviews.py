"""What a second member does with a level 7, and who is told when nobody has (4.L7; ruling 4)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState
from moderation import overturning
from moderation.models import Grade, Review
from moderation.models.reviews import LEAVES_STANDING

LONGEST = 2000  # characters of a reason


def uphold(review: Review, *, by: Member, why: str, blind: bool = True) -> None:
    """It stays hidden. Raises Refused, Invalid (no reason), WrongState (decided already, or the grade did not last)."""
    with transaction.atomic():
        _begin(review, by=by, why=why)
        _decide(review, Review.State.UPHELD, "uphold", by=by, why=why, blind=blind)


def overturn(review: Review, level: int, *, by: Member, why: str, blind: bool = True) -> Grade:
    """It goes back, as `level`, with all that follows. Raises as `uphold` does, and Invalid for a level that hides."""
    with transaction.atomic():
        _begin(review, by=by, why=why)
        if level not in LEAVES_STANDING:
            raise Invalid("Say what the comment is instead: one of the levels 1 to 6.", "level")
        _decide(review, Review.State.OVERTURNED, "overturn", by=by, why=why, blind=blind, level=level)
        grade = overturning.overturn(review.comment.case, level, by=by, why=why, rests_on=review)
        told = f"Another member overturned your level 7 of comment {review.comment_id}: read why."
        tell([review.grader], Kind.REVIEWS, told, review.get_absolute_url())
    return grade


def _begin(review: Review, *, by: Member, why: str) -> None:
    """The case is locked first, as every act on a comment does; then person and form are judged."""
    review.comment.case.lock()
    if not review.may_decide(by):
        raise review.refusal(by)
    if not why.strip():
        raise Invalid("Write down why: a word or two is enough.", "reason")
    if len(why) > LONGEST:
        raise Invalid(f"The reason is too long: {LONGEST:,} characters at most.", "reason")
    if review.comment.case.grade_id != review.grade_id:
        raise WrongState(review.comment.case, "review")


def _decide(review: Review, state: str, verb: str, *, by: Member, why: str, blind: bool, **more: Any) -> None:
    review.become(
        state, verb=verb, by=by, decided_by=by, decided_at=timezone.now(), reason=why.strip(), blind=blind, **more
    )


def tell_of_overdue() -> int:
    """Tell those who may, once for each review that has run past its time; returns how many reviews these were.

    Each member is told in one sentence of all that he may decide.
    """
    with transaction.atomic():
        late = list(Review.objects.overdue().filter(told_at=None).select_for_update(skip_locked=True, of=("self",)))
        if not late:
            return 0
        keys = [review.pk for review in late]
        for holder in holders(Power.REVIEW_OFFENSIVE):
            his = Review.objects.filter(pk__in=keys).free_for(holder.member).count()
            if his:
                what = "A second review of a hidden comment is" if his == 1 else f"{his} second reviews are"
                tell([holder.member], Kind.REVIEWS, f"{what} overdue: decide.", reverse("reviews"))
        Review.objects.filter(pk__in=keys, state=Review.State.WAITING).update(told_at=timezone.now())
    return len(late)
