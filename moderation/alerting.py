"""Alerts of threats (S.O.P. 4, level 8; rulings 2, 15): told at once, then again up the call list, until acknowledged.

The first round goes out with the grade, in its transaction; what fails there holds nothing up, and the reconciler tells
a second later. Everything here is rows: `members.delivering` carries them out, and neither needs the broker.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from members import live
from members.days import spoken
from members.models import ContactWay, Delivery, Member, Notification
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.roster import Called, call_list
from moderation.models.threats import Threat, ThreatAlert

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger()

MOST = 50  # threats told of in one look
AGAIN_AFTER_FAILURE = timedelta(seconds=5)
PATIENCE = "400ms"  # for a row that another transaction holds: a grade waits for nobody's transfer (ruling 2)
SALT = "threat-link"


# --- telling ---


def tell_first(threat: Threat) -> None:
    """The first round, within the grade's transaction. Never raises, and waits for no lock: the reconciler comes by."""
    try:
        with transaction.atomic(), _impatient():
            _tell_round(threat, timezone.now())
    except Exception as error:  # noqa: BLE001  (whatever the roster or a mail address holds, the hide goes on)
        log.error("threat_told_later", threat=threat.pk, error=type(error).__name__)
        threat.refresh_from_db()


def look() -> None:
    """Tell again of every threat whose time has come. Called every second by the reconciler, and by beat."""
    due = Threat.objects.raised().filter(next_alert_at__lte=timezone.now()).order_by("next_alert_at")
    for number in due.values_list("pk", flat=True)[:MOST]:
        try:
            _tell_again(number)
        except Exception as error:  # noqa: BLE001  (one threat's trouble must not silence the others)
            log.error("threat_not_told", threat=number, error=type(error).__name__)
            Threat.objects.raised().filter(pk=number).update(next_alert_at=timezone.now() + AGAIN_AFTER_FAILURE)


def _tell_again(number: int) -> None:
    """One further round, unless somebody else tells it at this moment, or it was acknowledged."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Threat.objects.raised().filter(pk=number, next_alert_at__lte=now)
        threat = waiting.select_for_update(skip_locked=True).first()
        if threat is not None:
            _tell_round(threat, now)


def _tell_round(threat: Threat, now: datetime) -> None:
    number = threat.round + 1
    for called in called_in(number, call_list(Power.DECIDE_THREATS, now)):
        sentence = _sentence(threat, called, number)
        (told,) = tell([called.member], Kind.THREAT, sentence, threat.get_absolute_url())
        ThreatAlert.objects.create(
            threat=threat, member=called.member, why=called.why, round=number, notification=told, at=now
        )
    threat.round = number
    threat.next_alert_at = now + timedelta(minutes=settings.THREAT_REPEAT_MINUTES)
    threat.save(update_fields=["round", "next_alert_at"])
    live.changed("threat", threat.pk)


def called_in(number: int, listed: list[Called]) -> list[Called]:
    """Who is told in a round: one more of the call list each time, those told before again.

    Whoever nothing outside the product reaches is told together with the next whom something does.
    """
    reached = next((at for at, called in enumerate(listed) if _has_a_way(called.member)), 0)
    return listed[: max(number, reached + 1)]


def _has_a_way(member: Member) -> bool:
    return bool(member.email) or ContactWay.objects.filter(member=member, proved_at__isnull=False).exists()


def _sentence(threat: Threat, called: Called, number: int) -> str:
    """What happened and what to do; no poster and no message (ruling 14)."""
    account = threat.comment.account
    again = f"Told for the {_ordinal(number)} time. " if number > 1 else ""
    return (
        f"Threat {threat.pk} on {account.get_platform_display()} is not acknowledged: raised {spoken(threat.raised_at)}"
        f" by {threat.raised_by.name}. {again}You are called: {called.why}. Acknowledge it, then decide what follows."
    )


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@contextmanager
def _impatient() -> Iterator[None]:
    """Within, a lock that another transaction holds is an error soon."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout TO '{PATIENCE}'")
        yield
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def stand_down(threat: Threat, by: Member) -> None:
    """It was acknowledged: alerts still on their way are not needed, and those who were called need not come."""
    told = list(threat.alerts.select_related("member"))
    waiting = Delivery.objects.filter(notification__in=[one.notification_id for one in told])
    waiting.filter(state=Delivery.State.WAITING).update(state=Delivery.State.WITHDRAWN, done_at=timezone.now())
    sentence = f"Threat {threat.pk} was acknowledged by {by.name}: you need do nothing about it."
    tell([one.member for one in told], Kind.THREAT, sentence, threat.get_absolute_url(), but=by)


# --- the red line on every page ---


class RedLine:
    """What nobody has acknowledged, for those who decide on threats; one look at an index, asked where it is drawn."""

    def __init__(self, member: Member | AnonymousUser) -> None:
        self.member = member

    @cached_property
    def watches(self) -> bool:
        """Whether it is drawn for him at all."""
        return isinstance(self.member, Member) and self.member.may(Power.DECIDE_THREATS)

    @cached_property
    def threats(self) -> list[Threat]:
        """The oldest first, a few at most."""
        if not self.watches:
            return []
        raised = Threat.objects.raised().select_related("comment__account", "raised_by")
        return list(raised.order_by("pk")[:MOST])

    @property
    def many(self) -> int:
        """How many, where there are several; else 0."""
        return len(self.threats) if len(self.threats) > 1 else 0

    @property
    def mark(self) -> str:
        """Which they are: while it stays the same, nothing is said anew."""
        return ",".join(str(threat.pk) for threat in self.threats)


# --- the link in an alert (ruling 15) ---


@dataclass(frozen=True)
class Link:
    """What a link names: bound to the threat and to the member who was told."""

    threat: Threat
    member: Member

    @property
    def opens(self) -> bool:
        """Whether it acknowledges: he still decides on threats, and nobody has acknowledged."""
        return self.threat.state == Threat.State.RAISED and self.threat.may_acknowledge(self.member)


def link_for(threat: Threat, member: Member) -> str:
    """The path of the page whose button acknowledges `threat` as `member`, without signing in."""
    return reverse("threat_link", args=[signing.dumps([threat.pk, member.pk], salt=SALT)])


def way_in(notification: Notification) -> str:
    """The same for the alert that `notification` is, as it leaves the product; empty for any other.

    Whoever has the link acknowledges as its member: so it stands in the message alone, and in no row.
    """
    if notification.kind != Kind.THREAT:
        return ""
    alert = ThreatAlert.objects.filter(notification=notification).select_related("threat", "member").first()
    return link_for(alert.threat, alert.member) if alert is not None else ""


def link_of(token: str) -> Link | None:
    """What `token` names; None when it was not made here, is too old, or its member left or was never told."""
    try:
        number, member_id = signing.loads(token, salt=SALT, max_age=timedelta(hours=settings.THREAT_LINK_HOURS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    alerts = ThreatAlert.objects.filter(threat=number, member=member_id)
    alert = alerts.select_related("threat__comment__account", "threat__acknowledged_by", "member").first()
    if alert is None or not alert.member.serves():
        return None
    return Link(alert.threat, alert.member)
