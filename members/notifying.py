"""Telling members: rows in the act's own transaction, carried out afterwards by `members.delivering`.

The product shows everything at once. What leaves it besides follows the member's own preferences and quiet hours; a
threat follows neither: it goes at once by every way there is (ruling 2). What concerns somebody's sign-in goes at once
by e-mail: whoever has stolen a session cannot silence what would give him away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from members import live
from members.models import ContactWay, Delivery, Member, Notification, Preference
from members.models.agency import agency_zone
from members.models.notifications import Kind
from members.models.trail import current_act
from members.quiet import end_of_quiet, next_digest

When = Preference.When
NO_WAY = "there is neither an e-mail address nor another way that was tried"


def tell(
    members: Iterable[Member],
    kind: Kind,
    sentence: str,
    path: str = "",
    *,
    but: Member | None = None,
    at_once: bool = False,
) -> list[Notification]:
    """Tell each of `members` once, but for `but` (who did it himself): what happened, and where something can be done.

    Call it inside the act's transaction: it writes a Notification, and a Delivery for each way out. The sentence names
    no poster and repeats no message (ruling 14). Who does not serve is told nothing outside the product (1.3).
    `at_once`: like a threat it goes by every way, whatever the preferences and quiet hours: for those on watch (4.N).
    Gives the notifications, one a member.
    """
    told = {member.pk: member for member in members if but is None or member.pk != but.pk}
    act = current_act()
    rows = [Notification(member=one, kind=kind, sentence=sentence, path=path, act=act) for one in told.values()]
    made = Notification.objects.bulk_create(rows)
    plan = Plan(kind, [one.pk for one in told.values() if one.serves()], at_once=at_once)
    Delivery.objects.bulk_create([delivery for row in made for delivery in plan.deliveries(row)])
    for row in made:
        live.changed("notification", row.pk, to=row.member_id)
    return made


class Plan:
    """The ways that one kind of notification takes to the members of the numbers given, as they want it now."""

    def __init__(self, kind: Kind, members: list[int], *, at_once: bool = False) -> None:
        self.kind = kind
        self.at_once = at_once or kind == Kind.THREAT
        self.members = set(members)
        self.now = timezone.now()
        self.zone = agency_zone()
        self.preferences = {one.member_id: one for one in Preference.objects.filter(member__in=members, kind=kind)}
        self.ways: dict[int, list[int]] = defaultdict(list)
        proved = ContactWay.objects.filter(member__in=members, proved_at__isnull=False)
        for way, member in proved.values_list("pk", "member_id"):
            self.ways[member].append(way)

    def deliveries(self, notification: Notification) -> list[Delivery]:
        """What is to go out, not saved; of a threat one row at the least, so that it is seen when there is no way."""
        member = notification.member
        if member.pk not in self.members:
            return []
        by_email, by_service = self._wanted(member)
        made = []
        if member.email and by_email != When.NEVER:
            made.append(self._delivery(notification, by_email, by_email=True))
        if by_service != When.NEVER:
            made += [self._delivery(notification, by_service, way_id=way) for way in self.ways[member.pk]]
        if not made and self.at_once:
            made.append(self._delivery(notification, When.AT_ONCE, by_email=True))
            made[0].state, made[0].why, made[0].done_at = Delivery.State.FAILED, NO_WAY, self.now
        return made

    def _wanted(self, member: Member) -> tuple[str, str]:
        """How soon by e-mail, and by a service."""
        if self.at_once:
            return When.AT_ONCE, When.AT_ONCE
        wanted = self.preferences.get(member.pk) or Preference(kind=self.kind)
        if self.kind == Kind.SECURITY:
            return When.AT_ONCE, wanted.by_service
        return wanted.by_email, wanted.by_service

    def _delivery(self, notification: Notification, when: str, **way: Any) -> Delivery:
        member = notification.member
        digest = when == When.DIGEST
        at = self.now
        warning = self.kind == Kind.SECURITY and "way_id" not in way
        if not self.at_once and not warning:
            at = next_digest(at, member.digest_at, self.zone) if digest else at
            at = end_of_quiet(at, member.quiet_from, member.quiet_until, self.zone)
        return Delivery(notification=notification, digest=digest, not_before=at, **way)
