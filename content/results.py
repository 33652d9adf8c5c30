"""What became of an item on each account and site, and what a member may do about it (C.8)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Post
from content import anew, standing
from content.models import Hold, Item, Placement, PostDifference, PublicationOrder, Submission
from content.models.holds import standing_hold
from members.models import Member


@dataclass(frozen=True)
class Result:
    """One account."""

    order: PublicationOrder
    verbs: list[str]
    steps: tuple[str, ...]
    post: Post | None
    difference: PostDifference | None


@dataclass(frozen=True)
class Placed:
    """One site that is not ours."""

    placement: Placement
    verbs: list[str]


@dataclass(frozen=True)
class Results:
    """All of an item, as its page shows it."""

    submission: Submission
    rows: list[Result]
    places: list[Placed]
    hold: Hold | None
    is_over: bool  # its window: what waits for a hand is only confirmed now, never posted
    is_out: bool  # somewhere: then what is missing elsewhere can only begin anew
    may_begin_anew: bool


def of(item: Item, member: Member) -> Results | None:
    """What became of what was approved of the item; None while nothing of it was."""
    submission = item.submission
    if submission is None:
        return None
    orders = list(
        PublicationOrder.objects.filter(publication__submission=submission)
        .select_related(*PublicationOrder.RELATED)
        .order_by("pk")
    )
    places = list(Placement.objects.filter(submission=submission).select_related("done_by").order_by("pk"))
    if not orders and not any(place.state != Placement.State.WAITING for place in places):
        return None
    posts = standing.posts_of(orders)
    open_ones = PostDifference.objects.filter(post__in=posts.values(), state=PostDifference.State.OPEN)
    differences = {one.post_id: one for one in open_ones}
    rows = []
    for order in orders:
        post = posts.get(order.pk)
        difference = differences.get(post.pk) if post else None
        rows.append(Result(order, order.verbs_for(member), order.cell.steps, post, difference))
    return Results(
        submission,
        rows,
        [Placed(place, place.verbs_for(member)) for place in places],
        standing_hold(),
        submission.ends_at < timezone.now(),
        is_out=any(one.state == one.State.DONE for one in (*orders, *places)),
        may_begin_anew=item.may_save(member) and anew.is_missing(item, orders, places),
    )
