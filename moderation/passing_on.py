"""Whoever leaves the unit leaves what he followed to the Supervisor (1.3): referrals, and what comes back to him."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import ABOVE, Power
from members.states import record
from moderation.models import CameBack, Exchange, Referral, ReferralEntry

WHY = "{} was transferred."


def foretell(member: Member) -> list[str]:
    """What his transfer would pass on, in sentences: settings.WHAT_A_TRANSFER_ENDS."""
    count = _of(member).count()
    if not count:
        return []
    return [f"{count} referral{'s pass' if count > 1 else ' passes'} to {in_his_place(member, gone=True).name}."]


def pass_on(member: Member, by: Member) -> None:
    """His superior follows what he followed, and is asked what he was asked: settings.ON_TRANSFER.

    A referral on which somebody acts at this moment is passed over, and passed on when this transaction is committed:
    his act may wait for this one.
    """
    to = in_his_place(member, gone=True)
    _pass(_of(member).select_for_update(of=("self",), skip_locked=True), member, to, by=by)
    Exchange.objects.filter(member=member).update(member=to)
    CameBack.objects.filter(member=member).update(member=to)
    transaction.on_commit(lambda: _pass_the_rest(member, to), robust=True)


def in_his_place(member: Member, *, gone: bool = False) -> Member:
    """`member` while he serves (and is not `gone`), else who answers for his work now: the nearest above who serves."""
    if member.serves() and not gone:
        return member
    superior = member.reports_to
    while superior is not None and not superior.serves():
        superior = superior.reports_to
    if superior is not None:
        return superior
    serving = [one for one in Member.objects.serving().exclude(pk=member.pk) if one.may(Power.ASSIGN_TASKS)]
    return min(serving, key=lambda one: (-len(ABOVE[one.position]), one.pk), default=member)


def _of(member: Member) -> QuerySet[Referral]:
    return Referral.objects.unfinished().filter(Q(owner=member) | Q(member=member))


def _pass_the_rest(member: Member, to: Member) -> None:
    with transaction.atomic():
        _pass(_of(member).select_for_update(of=("self",)), member, to, by=None)


def _pass(referrals: QuerySet[Referral], member: Member, to: Member, *, by: Member | None) -> None:
    passed = list(referrals.order_by("pk"))
    for referral in passed:
        changes = {}
        if referral.owner_id == member.pk:
            changes["owner"] = to
        if referral.member_id == member.pk:
            changes["member"] = to
        entry = ReferralEntry.objects.create(
            referral=referral, kind=ReferralEntry.Kind.HANDED_ON, text=WHY.format(member.name), by=by, **changes
        )
        Referral.objects.filter(pk=referral.pk).update(**changes)
        record("hand_on", referral, by=by, before=referral.state, after=referral.state, decision=entry)
    if passed:
        many = f"{len(passed)} referrals" if len(passed) > 1 else passed[0].reference
        path = passed[0].get_absolute_url()
        tell([to], Told.REFERRALS, f"{many} passed to you: {member.name} was transferred.", path, but=by)
