"""Carrying notifications out: by e-mail and by members' own services, from rows, without a broker (ruling 25).

A row is claimed under a lease, sent with no transaction open, and its outcome recorded. A process killed between the
sending and the recording leaves the lease to run out: the row is then sent again. An alert may so arrive twice; it is
never lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from members import hooks, mail, reaching
from members.mail import Undelivered
from members.models import ContactWay, Delivery, Member, Notification
from members.models.agency import agency, agency_zone
from members.models.notifications import Kind
from members.quiet import end_of_quiet
from members.secrets import UnknownKey

log = structlog.get_logger()
State = Delivery.State

# After each try in vain, how long until the next; after the last it has failed.
ORDINARY = [timedelta(minutes=n) for n in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)]
THREAT = [timedelta(seconds=n) for n in (10, 20, 30, 60, 120, 300, 900, 1800, 3600)]
# Longer than a mail server that says little and late takes for all its answers, mostly.
LEASE, THREAT_LEASE = timedelta(minutes=2), timedelta(seconds=40)
LONGEST_SUBJECT = 90
MOST_IN_A_DIGEST = 100
BROKE_OFF = "the process that sent it broke off"


@dataclass(frozen=True)
class Parcel:
    """What goes out as one message to one address: one notification, or a digest of several."""

    rows: Sequence[Delivery]
    lease_until: datetime

    @property
    def member(self) -> Member:
        """To whom."""
        return self.rows[0].notification.member

    @property
    def way(self) -> ContactWay | None:
        """By which way of his own; None: by e-mail, or by one that he has taken away since."""
        return self.rows[0].way

    @property
    def urgent(self) -> bool:
        """Whether it is a threat."""
        return self.rows[0].notification.kind == Kind.THREAT

    @property
    def needed(self) -> bool:
        """Whether there is still somebody at the end of it."""
        return self.member.serves() and (self.rows[0].by_email or self.way is not None)


def due(at: datetime) -> QuerySet[Delivery]:
    """What should go out: waiting past its time, or left by a process whose lease has run out."""
    return Delivery.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=at),
        state__in=[State.WAITING, State.SENDING],
        not_before__lte=at,
    )


def deliver(*, urgent: bool) -> bool:
    """Carry out one parcel, a threat when `urgent`, else another; whether there was one. In no transaction."""
    parcel = claim(urgent=urgent)
    if parcel is None:
        return False
    carry_out(parcel)
    return True


def claim(*, urgent: bool) -> Parcel | None:
    """Take what is due next, for the time of a lease; nobody else takes it meanwhile. Of a digest all that is due."""
    return _claim_one(urgent=urgent) or (None if urgent else _claim_digest())


def _claim_one(*, urgent: bool) -> Parcel | None:
    kind = Q(notification__kind=Kind.THREAT)
    with transaction.atomic():
        rows = _whole(due(timezone.now()).filter(kind if urgent else ~kind, digest=False))
        first = rows.order_by("not_before", "id").select_for_update(skip_locked=True, of=("self",))[:1]
        return _leased(list(first))


def _claim_digest() -> Parcel | None:
    with transaction.atomic():
        waiting = due(timezone.now()).filter(digest=True)
        # The member's row is the lock: of two processes each would else send half of his digest.
        members = Member.objects.filter(Exists(waiting.filter(notification__member=OuterRef("pk"))))
        member = members.order_by("pk").select_for_update(no_key=True, skip_locked=True).first()
        rows = _whole(waiting.filter(notification__member=member)).order_by("id")
        return _leased([row for row in rows if (row.by_email, row.way_id) == (rows[0].by_email, rows[0].way_id)])


def _whole(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With all that is needed to send them, but for the address: if its key is lost, the others go out all the same."""
    return rows.select_related("notification__member", "way").defer("way__address")


def _leased(rows: list[Delivery]) -> Parcel | None:
    if not rows:
        return None
    parcel = Parcel(rows, timezone.now() + (THREAT_LEASE if rows[0].notification.kind == Kind.THREAT else LEASE))
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENDING, lease_until=parcel.lease_until, tries=F("tries") + 1
    )
    return parcel


def carry_out(parcel: Parcel) -> None:
    """Send it, or see that it is not needed, or not now; and record which."""
    member, now = parcel.member, timezone.now()
    if not parcel.needed:
        _record(parcel, state=State.WITHDRAWN, done_at=now)
        return
    # The quiet hours may have begun since it was told: the mail server was away, or nobody carried out.
    later = now if parcel.urgent else end_of_quiet(now, member.quiet_from, member.quiet_until, agency_zone())
    if later > now:
        _record(parcel, state=State.WAITING, not_before=later, tries=F("tries") - 1)
        return
    if parcel.rows[0].tries > len(_waits(parcel)):
        _record(parcel, state=State.FAILED, done_at=now, why=BROKE_OFF)
        return
    try:
        _post(parcel)
    except Undelivered as error:
        _put_off(parcel, str(error), lasting=error.lasting)
    else:
        _record(parcel, state=State.SENT, done_at=timezone.now(), why="")


def _put_off(parcel: Parcel, why: str, *, lasting: bool) -> None:
    tries = max(row.tries for row in parcel.rows)  # as they were before this one
    waits = _waits(parcel)
    log.warning("not_delivered", delivery=parcel.rows[0].pk, tries=tries + 1, by_email=parcel.way is None, reason=why)
    if lasting or tries >= len(waits):
        _record(parcel, state=State.FAILED, done_at=timezone.now(), why=why[:200])
    else:
        _record(parcel, state=State.WAITING, not_before=timezone.now() + waits[tries], why=why[:200])


def _waits(parcel: Parcel) -> list[timedelta]:
    return THREAT if parcel.urgent else ORDINARY


def _record(parcel: Parcel, **changes: Any) -> None:
    """Unless the lease has run out and somebody else has it: then his outcome counts."""
    mine = Delivery.objects.filter(state=State.SENDING, lease_until=parcel.lease_until)
    mine.filter(pk__in=[row.pk for row in parcel.rows]).update(lease_until=None, **changes)


def _post(parcel: Parcel) -> None:
    """Raises Undelivered."""
    told = [row.notification for row in parcel.rows]
    digest = parcel.rows[0].digest
    title = f"Your daily digest: {len(told)} new" if digest else Truncator(told[0].sentence).chars(LONGEST_SUBJECT)
    lines = [Line(one) for one in told[:MOST_IN_A_DIGEST]]
    choose = mail.address_of(reverse("contact"))
    if parcel.way is None:
        context = {"lines": lines, "more": len(told) - len(lines), "urgent": parcel.urgent, "choose": choose}
        with timezone.override(agency_zone()):
            mail.post(parcel.member.email, title, "digest" if digest else "notification", context)
        return
    body = "\n\n".join(f"{line.sentence}\n{line.link}".strip() for line in lines)
    try:
        address = parcel.way.address
    except UnknownKey:
        raise Undelivered("the key of the address is lost: it must be entered again", lasting=True) from None
    reaching.post(address, f"{agency().short_name}: {title if digest else lines[0].kind}", body)


@dataclass(frozen=True)
class Line:
    """A notification as a message says it."""

    notification: Notification

    @property
    def sentence(self) -> str:
        """What happened."""
        return self.notification.sentence

    @property
    def kind(self) -> str:
        """What it is about."""
        return str(self.notification.get_kind_display())

    @property
    def link(self) -> str:
        """Where something can be done about it; empty where nothing is to be done."""
        ways = [path for path in hooks.ask("WAYS_IN", notification=self.notification) if path]
        path = ways[0] if ways else self.notification.path
        return mail.address_of(path) if path else ""
