"""What could not be delivered, seen by its member and by those who look after members."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from members.models import Delivery, Member
from members.models.notifications import Kind
from members.powers import Power
from members.states import record
from members.waiting import Line, Waits

State = Delivery.State
LATELY = timedelta(days=14)
IN_VAIN = 3  # tries after which it is told that a message is late; of a threat after the first


class Place(NamedTuple):
    """Where a message was to go: to a member by e-mail, or by the way of this number."""

    member: int
    way: int | None


@dataclass(frozen=True)
class Trouble:
    """A way by which a member is not reached, since his last message that arrived there."""

    rows: list[Delivery]

    @property
    def member(self) -> Member:
        """Who is not reached."""
        return self.rows[0].notification.member

    @property
    def by(self) -> str:
        """By what."""
        way = self.rows[0].way
        return f"“{way.label}”" if way else "e-mail"

    @property
    def since(self) -> datetime:
        """When the first was told that did not arrive."""
        return min(row.notification.at for row in self.rows)

    @property
    def why(self) -> str:
        """What came of the last try."""
        return max(self.rows, key=lambda row: row.pk).why

    @property
    def threat(self) -> bool:
        """Whether a threat is among them."""
        return any(row.notification.kind == Kind.THREAT for row in self.rows)

    @property
    def given_up(self) -> bool:
        """Whether nothing of it is tried again by itself."""
        return all(row.state == State.FAILED for row in self.rows)


def troubles(member: Member | None = None) -> list[Trouble]:
    """Where messages do not arrive, threats first; `member`'s alone, if said. What arrived later settles it."""
    rows = _stuck()
    if member is not None:
        rows = rows.filter(notification__member=member)
    found: dict[Place, list[Delivery]] = defaultdict(list)
    for row in rows.select_related("notification__member", "way").defer("way__address").order_by("pk"):
        found[Place(row.notification.member_id, row.way_id)].append(row)
    arrived = _last_arrivals({place.member for place in found})
    still = {
        place: [row for row in rows if place not in arrived or (row.done_at or row.notification.at) > arrived[place]]
        for place, rows in found.items()
    }
    return sorted((Trouble(rows) for rows in still.values() if rows), key=lambda one: (not one.threat, one.since))


def _stuck() -> QuerySet[Delivery]:
    late = Q(state__in=[State.WAITING, State.SENDING])
    in_vain = late & (Q(tries__gte=IN_VAIN) | Q(notification__kind=Kind.THREAT, tries__gte=1) & ~Q(why=""))
    standing = Q(by_email=True) | Q(way__isnull=False)  # what went to a way taken away since is nobody's trouble
    return Delivery.objects.filter(
        standing,
        Q(state=State.FAILED) | in_vain,
        notification__at__gte=timezone.now() - LATELY,
        notification__member__is_active=True,
    )


def _last_arrivals(members: set[int]) -> dict[Place, datetime]:
    sent = Delivery.objects.filter(notification__member__in=members, state=State.SENT).exclude(
        by_email=False, way__isnull=True
    )
    lately = sent.filter(done_at__gte=timezone.now() - LATELY)
    last = lately.values_list("notification__member", "way").annotate(last=Max("done_at"))
    return {Place(member, way): at for member, way, at in last}


def try_again(member: Member, *, by: Member) -> int:
    """Send what of `member`'s has failed or waits for its next try, now, as if for the first time; how many."""
    with transaction.atomic():
        rows = _stuck().filter(notification__member=member).exclude(state=State.SENDING)
        chosen = list(rows.values_list("pk", flat=True))
        count = (
            Delivery.objects.filter(pk__in=chosen)
            .exclude(state=State.SENDING)
            .update(state=State.WAITING, tries=0, not_before=timezone.now(), done_at=None)
        )
        if count:
            record("try_again", member, by=by)
    return count


def failed_deliveries(member: Member) -> Line:
    """For the home page of those who look after members: who is not reached, and by what."""
    found = troubles()
    says = f"{found[0].member} cannot be reached by {found[0].by}." if found else ""
    return Line(
        "Members who are not reached",
        len(found),
        reverse("undelivered"),
        found[0].since if found else None,
        "bad" if any(one.threat for one in found) else "warn",
        icon="mail-exclamation",
        says=says,
    )


LINES = (Waits(failed_deliveries, power=Power.MANAGE_MEMBERS),)
