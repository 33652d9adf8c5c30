"""Handing over: one power to a designee, or the command to an acting Commander, for a period; and taking it back.

The database keeps what must never be false: what was given stands as it was given, an end is written once, nobody
designates himself, of acting Commanders there is one at a time. Here it is said kindly, and by whom it may be done.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members import authority, chain, live
from members.authority import Holder
from members.days import spoken
from members.models import Designation, Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import MATRIX, Position, Power
from members.states import Invalid, Refused, WrongState, record

LATE = timedelta(hours=1)  # a form that lay open may name a beginning that has just gone by


def designate(
    *, by: Member, power: str, designee: Member, since: datetime, until: datetime, reason: str
) -> Designation:
    """Hand `power` to `designee` for a period; by the Commander, or an acting one.

    A beginning that went by while the form lay open is now: nothing is handed over backwards. Raises Refused, and
    Invalid where the row does not say "or designee", the period makes no sense, or the designee cannot hold the power
    or holds it already.
    """
    with transaction.atomic():
        giver, receiver = _held(by, designee)
        authority.require(giver, Power.DESIGNATE)
        _check_power(power)
        _check_person(giver, receiver)
        since, until = _period(since, until)
        _check_not_held(receiver, Power(power), since, until)
        return _give(giver, receiver, power, since, until, reason)


def appoint_acting(*, by: Member, designee: Member, since: datetime, until: datetime, reason: str) -> Designation:
    """Make `designee` acting Commander for a period: he is the Commander then, rows that say alone included.

    By the Commander himself: an acting one neither prolongs his own appointment nor names who follows him. Raises
    Refused, and Invalid where the period makes no sense, the designee cannot take it, or somebody else acts in it.
    """
    with transaction.atomic():
        giver, receiver = _held(by, designee)
        if not may_appoint_acting(giver):
            raise _the_commander_appoints()
        _check_person(giver, receiver)
        since, until = _period(since, until)
        acting = Designation.objects.filter(power="").overlapping(since, until).select_related("designee").first()
        if acting is not None:
            raise Invalid(
                f"{acting.designee.name} is acting Commander {_span(acting)}, and there is one at a time: end that"
                " appointment first, or choose another period.",
                "since",
            )
        return _give(giver, receiver, "", since, until, reason)


def end(designation: Designation, *, by: Member, reason: str) -> None:
    """Take back at once what was handed over; by the Commander or an acting one, or laid down by the designee.

    Raises Refused, Invalid without a reason, and WrongState where it was ended before or has run out.
    """
    with transaction.atomic():
        ending, _ = _held(by, designation.designee)
        now = timezone.now()  # once both are held: whatever the designee began before it stands before the end
        if not may_end(designation, ending):
            raise authority.refused(Power.DESIGNATE)
        if not reason.strip():
            raise Invalid("Say why it ends: the reason stays beside it.", "reason")
        before = designation.standing_at(now)
        matched = Designation.objects.filter(pk=designation.pk, ended_at__isnull=True, until__gt=now).update(
            ended_at=now, ended_by=ending, end_reason=reason.strip()
        )
        if not matched:
            raise WrongState(designation, "end")
        record("end", designation, by=ending, before=before, after="ended")
        how = "laid down" if ending.pk == designation.designee_id else f"ended by {ending.name}"
        _tell(designation, f"{designation.designee.name} no longer {_does(designation)}: {how}.", but=ending)
    designation.refresh_from_db()


def may_designate(member: Member) -> bool:
    """Whether `member` hands over powers: the Commander, or an acting one."""
    return member.may(Power.DESIGNATE)


def may_appoint_acting(member: Member) -> bool:
    """Whether `member` appoints an acting Commander: the Commander himself."""
    return member.may(Power.DESIGNATE) and member.position == Position.COMMANDER


def may_end(designation: Designation, member: Member) -> bool:
    """Whether `member` may end it: the Commander or an acting one; the designee lays it down himself."""
    return member.may(Power.DESIGNATE) or (member.pk == designation.designee_id and member.serves())


def _held(by: Member, designee: Member) -> tuple[Member, Member]:
    """Both, read anew and held until the transaction ends: neither leaves meanwhile, nor is given or loses anything."""
    held = Member.objects.select_for_update(no_key=True).filter(pk__in=[by.pk, designee.pk]).order_by("pk")
    found = {member.pk: member for member in held}
    return found[by.pk], found[designee.pk]


def _check_power(power: str) -> None:
    if power not in Power.values:
        raise Invalid("Choose what is handed over.", "power")
    row = MATRIX[Power(power)]
    if not row.or_designee:
        acting = " An acting Commander holds it while his appointment lasts." if row.held(Position.COMMANDER) else ""
        raise Invalid(f"No designation reaches “{row.words}”: the matrix says “{row.who}”.{acting}", "power")


def _check_person(giver: Member, receiver: Member) -> None:
    if giver.pk == receiver.pk:
        raise Invalid("Nobody hands anything over to himself: choose somebody else.", "designee")
    chain.check_of_the_unit(receiver, "designee")
    if receiver.position == Position.COMMANDER:
        raise Invalid(f"{receiver.name} is the Section Commander and holds this already.", "designee")


def _period(since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """The period as it will stand. Raises Invalid."""
    now = timezone.now()
    if since < now - LATE:
        raise Invalid(f"{spoken(since)} has gone by, and nothing is handed over backwards: let it begin now.", "since")
    if until <= now:
        raise Invalid(f"{spoken(until)} has gone by: choose an end that lies ahead.", "until")
    if until <= since:
        raise Invalid("It would end before it begins: choose a later end.", "until")
    since = max(since, now)
    longest = timedelta(days=settings.LONGEST_DESIGNATION)
    if until - since > longest:
        last = spoken(since + longest)
        raise Invalid(f"{longest.days} days are the longest: choose an end before {last}, and renew it then.", "until")
    return since, until


def _check_not_held(receiver: Member, power: Power, since: datetime, until: datetime) -> None:
    """Whoever holds it already by position, or by something handed over that overlaps, needs no second time."""
    if MATRIX[power].held(receiver.position, sworn=receiver.sworn):
        position = receiver.get_position_display()
        raise Invalid(f"{receiver.name} holds this already, as {position}: nothing is to hand over.", "designee")
    standing = receiver.designations.filter(Q(power=power) | Q(power="")).overlapping(since, until).first()
    if standing is not None:
        raise Invalid(
            f"{receiver.name} {_does(standing)} already, {_span(standing)}: end that first, or begin after it.",
            "designee",
        )


def _give(giver: Member, receiver: Member, power: str, since: datetime, until: datetime, reason: str) -> Designation:
    if not reason.strip():
        raise Invalid("Say why: the reason stays beside it.", "reason")
    given = Designation.objects.create(
        power=power, designee=receiver, since=since, until=until, reason=reason.strip(), by=giver
    )
    record("designate" if power else "appoint", given, by=giver, after=given.standing_at(timezone.now()))
    sentence = f"{receiver.name} {_does(given)} {_span(given)}: handed over by {giver.name}."
    _tell(given, sentence, but=giver)
    return given


def _tell(designation: Designation, sentence: str, *, but: Member) -> None:
    """Tell the designee and the Commander, except who did it; and the designee's open pages."""
    told = [designation.designee, *_commanders()]
    tell(told, Kind.AUTHORITY, sentence, f"/designations/{designation.pk}/", but=but)
    live.authority_changed(designation.designee_id)


def _commanders() -> list[Member]:
    """The Section Commander who serves, if there is one: not who acts for him."""
    return list(Member.objects.serving().filter(position=Position.COMMANDER))


def _the_commander_appoints() -> Refused:
    able = [Holder(member) for member in _commanders()]
    return Refused(f"Only the Section Commander appoints an acting Commander. {authority.who_now(able)}", able=able)


def _does(designation: Designation) -> str:
    """What the designee does by it, as a sentence says it."""
    return "is acting Commander" if designation.acting else str(Power(designation.power).label)


def _span(designation: Designation) -> str:
    return f"from {spoken(designation.since)} until {spoken(designation.until)}"
