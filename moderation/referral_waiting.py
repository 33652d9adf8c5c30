"""What of referrals waits for a member at home (4.L3, 4.L4, 4.N, E.3)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from members.powers import Position, Power
from members.waiting import Line, Waits, counted
from moderation.models import CameBack, Referral
from moderation.models.referrals import ReferralQuerySet

SILENT = timedelta(days=7)  # a lead of which nothing was written for longer stands out (E.3)


def emergencies(member: Member) -> Line | None:
    """Comments that may report an emergency and of which nobody has said what came of it."""
    line = _line("Emergencies not closed", _of(member).filter(kind=Referral.Kind.EMERGENCY), "bad", "urgent")
    return line if line.count else None


def came_back(member: Member) -> Line:
    """Waiting comments that are his before others: answers to him, and questions he handed over."""
    mine = CameBack.objects.filter(member=member, comment__queue_entry__isnull=False)
    first = mine.order_by("at").first()
    address = f"{reverse('queue')}?open={first.comment_id}" if first else ""
    says = "Who was answered wrote back, or a question comes back to you."
    since = first.at if first else None
    return Line("Came back to you", counted(mine), address, since, "warn", icon="corner-down-left", says=says)


def asked_of_you(member: Member) -> Line:
    """What colleagues ask him."""
    found = _of(member).filter(member=member, state=Referral.State.OPEN)
    return _line("Asked of you", found, "warn", "help-circle")


def overdue(member: Member) -> Line:
    """Past their time: of those above the officers all, of others what they follow or are asked."""
    found = _of(member).overdue()
    if not member.may(Power.ASSIGN_TASKS):
        found = found.filter(Q(owner=member) | Q(member=member))
    return _line("Referrals overdue", found, "bad", "clock-exclamation", f"{reverse('referrals')}?overdue=1")


def followed(member: Member) -> Line:
    """What he follows."""
    says = "A level 4 is closed when its referral is resolved."
    address = f"{reverse('referrals')}?mine=1&state=unfinished"
    return _line("Referrals you follow", _of(member).filter(owner=member), "", "share-3", address, says)


def silent_leads(member: Member) -> Line:
    """Leads of which nothing was written for a week (E.3)."""
    since = timezone.now() - SILENT
    leads = _of(member).filter(kind=Referral.Kind.LEAD).annotate(touched=Coalesce("last_at", "opened_at"))
    says = "Nothing was written of them for a week (Tab E)."
    return _line("Leads without follow-up", leads.filter(touched__lt=since), "warn", "eye-search", says=says)


def _of(member: Member) -> ReferralQuerySet:
    return Referral.objects.visible_to(member).unfinished()


def _line(word: str, found: ReferralQuerySet, tone: str, icon: str, address: str = "", says: str = "") -> Line:
    """Leads to the only one, or to the list."""
    first = found.order_by("due_at").first()
    count = counted(found)
    if first is None:
        return Line(word, 0, "", None, tone, icon=icon, says=says)
    to = first.get_absolute_url() if count == 1 or not address else address
    return Line(word, count, to, first.due_at, tone, icon=icon, says=says)


_AT_THE_DESK = frozenset({Position.OFFICER, Position.SPECIALIST, Position.SUPERVISOR})

LINES = (
    Waits(emergencies, power=Power.GRADE_COMMENTS),
    Waits(came_back, _AT_THE_DESK),
    Waits(asked_of_you, power=Power.GRADE_COMMENTS),
    Waits(overdue, power=Power.GRADE_COMMENTS),
    Waits(silent_leads, power=Power.ASSIGN_TASKS),
    Waits(followed, _AT_THE_DESK),
)
