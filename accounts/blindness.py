"""Notices an account that is not read any more, and tells of it once: a unit that cannot see must know it (C.1, c 10).

Asked every few seconds by the reconciler, which needs no broker, and by a task: whoever comes first tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Blindness, PollState, Role
from members import authority, roster
from members.days import spoken
from members.models import Member
from members.models.agency import agency_zone
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import record

NOT_READ = "Nobody knows why: it is due to be read and has not been. Are the workers running?"


def look(now: datetime | None = None) -> int:
    """Note which accounts have gone blind and which see again, and tell of it. How many were noted."""
    now = now or timezone.now()
    standing = {one.account_id: one for one in Blindness.objects.standing().select_related("account__poll_state")}
    gone = [state for state in _blind(now) if state.pk not in standing]
    if not gone and not standing:
        return 0
    with timezone.override(agency_zone()):
        return sum(_goes_blind(state, now) for state in gone) + sum(_sees_again(one) for one in standing.values())


def _blind(now: datetime) -> Iterable[PollState]:
    """The accounts that were last read too long ago. A rest that was planned, with nothing wrong, is none."""
    resting = Q(trouble="", next_at__gt=now)
    rows = PollState.objects.filter(account__in=Account.objects.open(), account__credential__isnull=False)
    rows = rows.annotate(seen_at=Coalesce("last_ok_at", F("account__connected_at")))
    limit = now - timedelta(minutes=settings.BLIND_MINUTES)
    return rows.filter(seen_at__lt=limit).exclude(resting).select_related("account")


def _goes_blind(state: PollState, now: datetime) -> bool:
    account, since = state.account, state.last_ok_at or state.account.connected_at
    reason = state.trouble or NOT_READ
    try:
        with transaction.atomic():
            Blindness.objects.create(account=account, since=since, noticed_at=now, reason=reason)
            record("go_blind", account, by=None)
            sentence = f"{account} has not been read since {spoken(since)}: comments may stand there unseen. {reason}"
            tell(who_is_told(account), Kind.ACCOUNTS, sentence, reverse("account", args=[account.pk]))
    except IntegrityError:  # somebody else noticed it in the same second, and has told
        return False
    return True


def _sees_again(one: Blindness) -> bool:
    account = one.account
    seen_at = account.poll_state.last_ok_at
    closed = account.state == Account.State.CLOSED
    if not closed and (seen_at is None or seen_at <= one.since):
        return False
    until = seen_at if seen_at is not None and seen_at > one.since else timezone.now()
    with transaction.atomic():
        if not Blindness.objects.standing().filter(pk=one.pk).update(until=until):
            return False
        if closed:
            return True
        record("see_again", account, by=None)
        sentence = f"{account} is read again. It was not from {spoken(one.since)} until {spoken(until)}."
        tell(who_is_told(account), Kind.ACCOUNTS, sentence, reverse("account", args=[account.pk]))
    return True


def who_is_told(account: Account) -> list[Member]:
    """Who is on watch, who administers this account, and whose the accounts are: each once, none who has left."""
    standing = account.roles.filter(Role.STANDING).exclude(kind=Role.Kind.EDITOR).select_related("member")
    found = [watch.member for watch in roster.on_watch()]
    found += [role.member for role in standing]
    found += [holder.member for holder in authority.holders(Power.ADMINISTER_ACCOUNTS)]
    return list({member.pk: member for member in found if member.serves()}.values())
