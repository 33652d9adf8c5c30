"""What of the comments waits for a member: each line leads to the first thing that it counts."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from accounts.models.account import standing_roles
from accounts.orders import Order
from accounts.waiting_orders import for_a_person
from members.models import Member
from members.powers import Position, Power
from members.waiting import Line, Waits, counted
from moderation import bans
from moderation.models import (
    AuditItem,
    Case,
    Clearance,
    CommentOrder,
    Proposal,
    QueueEntry,
    ReplyDraft,
    SetAside,
    Threat,
)

LATELY = timedelta(days=7)


def _comment(comment_id: int) -> str:
    return reverse("comment", args=[comment_id])


def to_grade(member: Member) -> Line:
    """Comments that wait for a grade and that he may take; lands on the most urgent, oldest."""
    entries = QueueEntry.objects.visible_to(member).free_for(member)
    first = entries.in_order().values_list("comment_id", "urgency").first()
    oldest = entries.order_by("at").values_list("at", flat=True).first()
    address = f"{reverse('queue')}?open={first[0]}" if first else reverse("queue")
    tone = "bad" if first and first[1] == 0 else ""
    says = "One may be a threat or an emergency." if tone else ""
    return Line("Comments to grade", counted(entries), address, oldest, tone, icon="message-question", says=says)


def my_claimed(member: Member) -> Line:
    """Comments that he holds."""
    held = QueueEntry.objects.visible_to(member).filter(held_by=member, lease_until__gt=timezone.now())
    first = held.order_by("lease_until").values_list("comment_id", flat=True).first()
    address = f"{reverse('queue')}?open={first}" if first else ""
    return Line("Held by you", counted(held), address, icon="hand-grab", says="They return to the queue by themselves.")


def by_hand(member: Member) -> Line:
    """What a platform does not let an application do, on the accounts he speaks through."""
    return _orders(member, Order.State.BY_HAND, "To be done by hand", "warn", "hand-finger", "With the steps for each.")


def failed(member: Member) -> Line:
    """Orders that failed for good, on the accounts he speaks through."""
    says = "Try again, do it by hand, or take it back."
    return _orders(member, Order.State.FAILED, "Orders that failed", "bad", "alert-triangle", says)


def _orders(member: Member, state: str, word: str, tone: str, icon: str, says: str) -> Line:
    """Of everybody's accounts for those above the officers; else of his own. The only one is led to itself."""
    accounts = Account.objects.visible_to(member)
    if member.position in {Position.OFFICER, Position.SPECIALIST}:
        accounts = accounts.filter(pk__in=standing_roles(member))
    found = [order for order in for_a_person(accounts) if order.state == state]
    address = found[0].get_absolute_url() if len(found) == 1 else reverse("by_hand") if found else ""
    return Line(word, len(found), address, found[0].created_at if found else None, tone, icon=icon, says=says)


def proposals(member: Member) -> Line:
    """What two must want and he may be the second of; lands on the oldest."""
    mine = [one for one in Proposal.objects.open().order_by("pk") if one.may_decide(member)]
    address, since = (mine[0].get_absolute_url(), mine[0].proposed_at) if mine else ("", None)
    return Line("Deletions and bans to decide", len(mine), address, since, "warn", icon="users")


def to_clear(member: Member) -> Line:
    """Level 7 under clause (d) or a flagged clause, not of his own grading; lands on the oldest."""
    asked = Clearance.objects.open().exclude(asked_by=member).order_by("pk")
    first = asked.first()
    address, since = (first.get_absolute_url(), first.asked_at) if first else ("", None)
    says = "Nothing is hidden before it is cleared."
    return Line("Level 7 to clear", counted(asked), address, since, "warn", icon="shield-check", says=says)


def to_look_at(member: Member) -> Line:
    """What others wrote freely and want to send; lands on the oldest."""
    asked = ReplyDraft.objects.open().exclude(by=member).order_by("pk")
    first = asked.first()
    address, since = (first.get_absolute_url(), first.at) if first else ("", None)
    return Line("Replies for a second look", counted(asked), address, since, "warn", icon="eye-check")


def returned(member: Member) -> Line | None:
    """His own that came back in the last week, and that he has not written anew."""
    needed = Q(comment__isnull=True) | Q(comment__case__state="outstanding")
    mine = ReplyDraft.objects.filter(needed, by=member, state=ReplyDraft.State.RETURNED)
    lately = mine.filter(decided_at__gt=timezone.now() - LATELY).order_by("pk")
    first = lately.first()
    if first is None:
        return None
    says = "Another member wants something changed before it is sent."
    address = first.get_absolute_url()
    return Line("Returned to you", counted(lately), address, first.decided_at, "warn", icon="arrow-back-up", says=says)


def to_grade_again(member: Member) -> Line | None:
    """Sampled comments of the neutrality audit that he may grade again, blind."""
    mine = AuditItem.objects.for_(member).order_by("pk")
    first = mine.select_related("audit").first()
    if first is None:
        return None
    says = "The neutrality audit: what you give changes nothing, it is compared."
    return Line("To grade again, blind", counted(mine), reverse("grade_blind"), first.audit.drawn_at, "", says=says)


def bans_due(member: Member) -> Line:
    """Bans whose day of review has come; lands on the one that waits longest."""
    found = bans.due()
    first = found.first()
    address = reverse("ban", args=[first.pk]) if first else ""
    says = "Each is kept until another day, or lifted: none is for good."
    return Line("Bans to look at again", counted(found), address, None, "warn", icon="ban", says=says)


def owed(member: Member) -> Line:
    """Graded, and what the grade demands is still open with nothing under way."""
    under_way = CommentOrder.objects.filter(state__in=["waiting", "sending", "uncertain", "by_hand", "failed"])
    cases = Case.objects.filter(state=Case.State.OUTSTANDING).exclude(comment__in=under_way.values("comment"))
    if member.position in {Position.OFFICER, Position.SPECIALIST}:
        cases = cases.filter(comment__account__in=standing_roles(member))
    first = cases.order_by("comment_id").values_list("comment_id", "grade__at").first()
    address, since = (_comment(first[0]), first[1]) if first else ("", None)
    return Line("Graded, answer still owed", counted(cases), address, since, "warn", icon="message-reply")


def threats(member: Member) -> Line:
    """Level 8 of which nobody has decided what follows; lands on the oldest."""
    waiting = Threat.objects.visible_to(member).undecided()
    first = waiting.order_by("pk").first()
    address, since = (first.get_absolute_url(), first.raised_at) if first else (reverse("threats"), None)
    says = "A Supervisor or above decides what follows (S.O.P. 4, level 8)."
    return Line("Threats not yet decided", counted(waiting), address, since, "bad", icon="urgent", says=says)


def set_aside(member: Member) -> Line:
    """What could not be read, of the last week."""
    items = SetAside.objects.visible_to(member).filter(at__gt=timezone.now() - LATELY)
    first = items.order_by("-pk").values_list("pk", "at").first()
    address, since = (reverse("set_aside_item", args=[first[0]]), first[1]) if first else ("", None)
    says = "What a platform sent in the last seven days and could not be read."
    return Line("Items set aside", counted(items), address, since, "warn", "newest", "archive", says)


_AT_THE_DESK = frozenset({Position.OFFICER, Position.SPECIALIST, Position.SUPERVISOR})
_ABOVE = frozenset({Position.SUPERVISOR, Position.COMMANDING_OFFICER, Position.COMMANDER})

LINES = (
    Waits(threats, power=Power.DECIDE_THREATS),
    Waits(to_grade, power=Power.GRADE_COMMENTS),
    Waits(my_claimed, _AT_THE_DESK),
    Waits(failed, _AT_THE_DESK | _ABOVE),
    Waits(by_hand, _AT_THE_DESK),
    Waits(proposals, power=Power.BAN),
    Waits(bans_due, power=Power.APPROVE_BANS),
    Waits(to_clear, power=Power.CLEAR_FLAGGED_CLAUSES),
    Waits(to_look_at, power=Power.SECOND_LOOK),
    Waits(returned, power=Power.GRADE_COMMENTS),
    Waits(to_grade_again, power=Power.GRADE_COMMENTS),
    Waits(owed, _AT_THE_DESK | _ABOVE),
    Waits(set_aside, power=Power.SETTLE_SET_ASIDE),
)
