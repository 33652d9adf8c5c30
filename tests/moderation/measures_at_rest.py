"""What must be true of measures once nothing is on its way any more, whatever happened before."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from accounts.kinds import read_order
from accounts.models import Account, PlatformLimit
from accounts.orders import Order, carry_out
from members.models import TrailEntry
from moderation.models import Breach, Comment, Measure
from tests.moderation import at_rest
from tests.moderation.acts import turn_back
from tests.pretended import Pretended


def come_to_rest(comments: list[Comment], ordered: Any) -> None:
    """Platform and account are well again, and everything that is due is carried out."""
    for _ in range(30):
        at_rest.come_to_rest(comments)
        settle_orders(ordered)
        if not ordered.filter(state__in=Measure.UNENDED).exists():
            return
    raise AssertionError(f"never at rest: {list(ordered.filter(state__in=Measure.UNENDED).values())}")


def settle_orders(ordered: Any) -> None:
    """One round: everything that is due, of one kind of order."""
    for account in Account.objects.filter(state=Account.State.NEEDS_RECONNECTING):
        account.become(Account.State.ACTIVE, verb="connect", by=None)
    PlatformLimit.objects.update(blocked_until=None)
    turn_back(ordered, 601)
    for order in ordered.exclude(state__in=[*ENDED, Order.State.BY_HAND, Order.State.FAILED]).order_by("pk"):
        carry_out(read_order(order._meta.label, order.pk))


ENDED = (Order.State.DONE, Order.State.WITHDRAWN)


def check(comments: list[Comment], ordered: Any, platform: Pretended) -> None:
    """The platform's truth is what was ordered, or a person sees why not; the trail tells it all."""
    orders = list(ordered.select_related("comment", "poster", "post"))
    for comment in comments:
        at_rest.check(comment, platform)
        check_messages(comment, [one for one in orders if one.comment_id == comment.pk], platform)
        check_breaches(comment)
    for among in (platform.messages, platform.own):
        twice = [what for what, times in Counter((one.under, one.text) for one in among).items() if times > 1]
        assert not twice, f"stands twice: {twice}"
    assert {one.text for one in platform.messages} <= {one.text for one in orders if one.verb == "message"}
    for order in orders:
        check_order(order, platform)
        check_trail(order)
    check_bans([one for one in orders if one.verb in Measure.BANS], platform)


def check_messages(comment: Comment, orders: list[Measure], platform: Pretended) -> None:
    standing = [one.text for one in platform.messages if one.under == comment.remote_id]
    assert len(standing) <= 1, f"written to twice: {standing}"
    for order in orders:
        if order.verb == "message" and order.state == "done":
            assert standing == [order.text]
        if order.verb == "message" and (order.state == "withdrawn" or not order.sent) and order.state != "done":
            assert order.text not in standing, (order.state, order.outcome)


def check_breaches(comment: Comment) -> None:
    """A level 7 that stands is one breach, a comment that stays visible none; of each the poster was told once."""
    standing = comment.breaches.standing().count()
    level = at_rest.case_of(comment).level
    assert standing == 1 if level == 7 else standing <= (level == 8), (level, standing)
    told = Counter(comment.notices.told().filter(breach__isnull=False).values_list("breach", flat=True))
    assert max(told.values(), default=0) <= 1, told


def check_order(order: Measure, platform: Pretended) -> None:
    """Done, withdrawn, or before a person's eyes; what is done is so."""
    assert order.state in {*ENDED, Order.State.BY_HAND, Order.State.FAILED}
    if order.verb in Measure.OF_TWO:
        proposal = order.proposal
        assert proposal is not None
        assert proposal.state == "approved"
        assert proposal.decided_by_id not in {None, proposal.proposed_by_id}
        if order.verb == "ban":
            breaches = Breach.objects.filter(poster=order.poster, at__lt=proposal.decided_at)
            assert hasattr(proposal, "waiver") or breaches.count() >= 2, "banned without the ladder"
    if order.state != Order.State.DONE:
        return
    if order.verb in {"delete", "delete_own"}:
        assert order.comment is not None
        assert order.comment.remote_id in platform.gone
    if order.verb == "delete":
        assert order.record is not None
        assert order.record.additions.filter(kind="deleted").count() == 1
    if order.verb == "comment" and order.remote_id:
        assert order.remote_id in [one.remote_id for one in platform.own]


def check_bans(orders: list[Measure], platform: Pretended) -> None:
    """Where nothing of it was given up, the last that was done is how it stands."""
    if any(one.state in {"failed", "by_hand"} or (one.state == "withdrawn" and one.sent) for one in orders):
        return
    done = [one for one in sorted(orders, key=lambda one: one.pk) if one.state == "done"]
    assert bool(platform.banned) == bool(done and done[-1].verb == "ban"), [(one.verb, one.state) for one in orders]


def check_trail(order: Order) -> None:
    """From the order to its end, each move where the last one led, the last to the state that is."""
    entries = list(TrailEntry.objects.about(order).order_by("id"))
    assert entries[0].after == "waiting"
    assert entries[0].by_id == order.by_id
    assert all(later.before == earlier.after for earlier, later in pairwise(entries))
    assert entries[-1].after == order.state
