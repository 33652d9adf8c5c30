"""What of the purchases waits for a member: each line leads to the first that it counts."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from equipment.models import OrderPlacing, OrderSending, Proposal, ProposalVersion
from members.models import Member
from members.powers import Position, Power
from members.waiting import Line, Waits, counted

State = Proposal.State


def _line(word: str, rows: QuerySet[Proposal], says: str, icon: str, tone: str = "warn") -> Line | None:
    first = rows.order_by("pk").first()
    if first is None:
        return None
    return Line(word, counted(rows), first.get_absolute_url(), first.submitted_at, tone, icon=icon, says=says)


def to_decide(member: Member) -> Line:
    """Proposals of others that wait for a decision."""
    wrote = ProposalVersion.objects.filter(proposal=OuterRef("pk"), by=member)
    rows = Proposal.objects.filter(~Exists(wrote), state=State.SUBMITTED)
    rows = rows.exclude(Q(asked_by=member) | Q(submitted_by=member))
    found = _line("Equipment proposals to decide", rows, "Nothing is bought before.", "shopping-cart")
    return found or Line("Equipment proposals to decide", 0, reverse("purchases"), icon="shopping-cart")


def returned(member: Member) -> Line | None:
    """Proposals that came back."""
    rows = Proposal.objects.filter(state=State.RETURNED)
    says = "Read why, change them and hand them in again, or withdraw them."
    return _line("Equipment proposals returned", rows, says, "arrow-back-up")


def to_order(member: Member) -> Line | None:
    """What was approved, and is not with the Budget Unit yet; what lies there, and nobody noted that it was ordered."""
    rows = Proposal.objects.filter(state__in=[State.APPROVED, State.DRAWN, State.SENT])
    says = "Draw up the order, send it to the Budget Unit, and note when it is ordered."
    return _line("Approved purchases to order", rows, says, "file-dollar", "")


def not_sent(member: Member) -> Line | None:
    """Orders whose mail did not go out, and that went no other way since."""
    failed = OrderSending.objects.filter(order__version=OuterRef("version"), sent_at=None, mail_at=None)
    rows = Proposal.objects.filter(Exists(failed), state=State.DRAWN)
    waiting = OrderSending.objects.filter(order__version=OuterRef("version"), mail_at__isnull=False)
    says = "The mail server did not take the mail: send them again, or hand them over."
    return _line("Purchase orders that did not go out", rows.exclude(Exists(waiting)), says, "mail-off", "bad")


def to_receive(member: Member) -> Line | None:
    """What is ordered, and has not come, or not wholly."""
    rows = Proposal.objects.filter(state=State.ORDERED)
    late = OrderPlacing.objects.filter(order__version=OuterRef("version"), expected_on__lt=timezone.localdate())
    overdue = rows.filter(Exists(late))
    if overdue.exists():
        return _line(
            "Ordered equipment that is late", overdue, "Ask the Budget Unit or the supplier.", "truck-delivery"
        )
    return _line("Ordered equipment to receive", rows, "", "truck-delivery", "")


_KEEPS = frozenset({Position.SUPERVISOR})

LINES = (
    Waits(to_decide, power=Power.APPROVE_PROPOSALS),
    Waits(not_sent, _KEEPS),
    Waits(returned, _KEEPS),
    Waits(to_order, _KEEPS),
    Waits(to_receive, _KEEPS),
)
