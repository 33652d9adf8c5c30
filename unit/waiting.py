"""What waits for a member, by position: each line leads to the first thing that it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Role
from accounts.views import health_of
from members.models import Member
from members.powers import Position
from moderation.models import Case, CommentOrder, Level, QueueEntry, SetAside

MOST = 1000  # counted no further: that there are very many says enough
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One line of the home page. `since`: of the one it leads to, `which` that is; `tone`: how much it presses."""

    word: str
    count: int = 0
    address: str = ""
    since: datetime | None = None
    tone: str = ""  # bad, warn, or nothing
    which: str = "oldest"
    icon: str = "point"
    says: str = ""  # what to do, or what it is about

    @property
    def number(self) -> str:
        """The count as it is shown."""
        return f"{MOST - 1}+" if self.count >= MOST else str(self.count)


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
    return Line("Comments to grade", _count(entries), address, oldest, tone, icon="message-question", says=says)


def my_claimed(member: Member) -> Line:
    """Comments that he holds."""
    held = QueueEntry.objects.visible_to(member).filter(held_by=member, lease_until__gt=timezone.now())
    first = held.order_by("lease_until").values_list("comment_id", flat=True).first()
    address = f"{reverse('queue')}?open={first}" if first else ""
    return Line("Held by you", _count(held), address, icon="hand-grab", says="They return to the queue by themselves.")


def by_hand(member: Member) -> Line:
    """What a platform does not let an application do, on the accounts he speaks through."""
    orders = _orders_of(member).filter(state=CommentOrder.State.BY_HAND)
    return _orders(orders, "To be done by hand", "warn", "hand-finger", "The steps stand on the comment's page.")


def failed(member: Member) -> Line:
    """Orders that failed for good, on the accounts he speaks through."""
    orders = _orders_of(member).filter(state=CommentOrder.State.FAILED)
    return _orders(orders, "Orders that failed", "bad", "alert-triangle", "Try again, do it by hand, or take it back.")


def _orders_of(member: Member) -> QuerySet[CommentOrder]:
    """Of everybody's accounts for those above the officers; else of his own."""
    orders = CommentOrder.objects.all()
    if member.position in {Position.OFFICER, Position.SPECIALIST}:
        orders = orders.filter(account__roles__member=member, account__roles__until__isnull=True)
    return orders


def _orders(orders: QuerySet[CommentOrder], word: str, tone: str, icon: str, says: str) -> Line:
    first = orders.order_by("created_at").values_list("comment_id", "created_at").first()
    address, since = (_comment(first[0]), first[1]) if first else ("", None)
    return Line(word, _count(orders), address, since, tone, icon=icon, says=says)


def owed(member: Member) -> Line:
    """Graded, and what the grade demands is still open with nothing under way."""
    under_way = CommentOrder.objects.filter(state__in=["waiting", "sending", "uncertain", "by_hand", "failed"])
    cases = Case.objects.filter(state=Case.State.OUTSTANDING).exclude(comment__in=under_way.values("comment"))
    if member.position in {Position.OFFICER, Position.SPECIALIST}:
        cases = cases.filter(comment__account__roles__member=member, comment__account__roles__until__isnull=True)
    first = cases.order_by("comment_id").values_list("comment_id", "grade__at").first()
    address, since = (_comment(first[0]), first[1]) if first else ("", None)
    return Line("Graded, answer still owed", _count(cases), address, since, "warn", icon="message-reply")


def threats(member: Member) -> Line:
    """Level 8 of the last week: a supervisor decides what follows."""
    lately = Case.objects.filter(level=Level.THREATENING, grade__at__gt=timezone.now() - LATELY)
    first = lately.order_by("-grade__at").values_list("comment_id", "grade__at").first()
    address, since = (_comment(first[0]), first[1]) if first else ("", None)
    says = "A Supervisor or above decides what follows (S.O.P. 4, level 8)."
    return Line("Threats of the last seven days", _count(lately), address, since, "bad", "newest", "urgent", says)


def set_aside(member: Member) -> Line:
    """What could not be read, of the last week."""
    items = SetAside.objects.visible_to(member).filter(at__gt=timezone.now() - LATELY)
    first = items.order_by("-pk").values_list("pk", "at").first()
    address, since = (reverse("set_aside_item", args=[first[0]]), first[1]) if first else ("", None)
    says = "What a platform sent in the last seven days and could not be read."
    return Line("Items set aside", _count(items), address, since, "warn", "newest", "archive", says)


def account_health(member: Member) -> Line:
    """Accounts that somebody should look at."""
    unwell = [one for one in health_of(list(Account.objects.visible_to(member)), member) if one.trouble]
    address = reverse("account", args=[unwell[0].account.pk]) if unwell else reverse("accounts")
    tone = "bad" if any(one.tone == "bad" for one in unwell) else "warn"
    says = f"{unwell[0].account}: {unwell[0].trouble}" if unwell else ""
    return Line("Accounts to look at", len(unwell), address, tone=tone, icon="heartbeat", says=says)


def standing_privileges(member: Member) -> Line:
    """Roles of those who have left: the Commander's duty to remove (1.3)."""
    roles = Role.objects.filter(Role.STANDING, member__is_active=False).order_by("pk")
    first = roles.values_list("account", flat=True).first()
    address = reverse("account", args=[first]) if first else ""
    says = "They have left the unit (S.O.P. 1)."
    word = "Privileges of transferred members still standing"
    return Line(word, _count(roles), address, tone="bad", icon="user-x", says=says)


LINES: dict[str, tuple[Callable[[Member], Line], ...]] = {
    Position.OFFICER: (to_grade, my_claimed, owed, by_hand, failed),
    Position.SPECIALIST: (account_health, to_grade, my_claimed, owed, by_hand, failed, set_aside),
    Position.SUPERVISOR: (threats, failed, by_hand, owed, set_aside, to_grade, my_claimed),
    Position.COMMANDING_OFFICER: (threats, failed, owed, account_health, set_aside, to_grade),
    Position.COMMANDER: (threats, standing_privileges, account_health, failed, owed, set_aside, to_grade),
}


def lines_for(member: Member) -> list[Line]:
    """What waits for `member`, what presses most first."""
    return [line(member) for line in LINES[member.position]]


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:MOST].count()
