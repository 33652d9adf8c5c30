"""What a member is in the unit: position, reporting line, standing, period (E.1), and how he is reached.

As in `members.membership`: the person is judged first, then the moment under the lock of the chain of command; each
change leaves a posting, which is the history, a trail entry, and word to whom it concerns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from members import chain, live
from members.days import last_day
from members.membership import (
    check_period,
    checked_reason,
    close_links,
    identity_of,
    page_of,
    read_anew,
    require_over,
    tell_those,
)
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import OUTSIDE, Position
from members.states import Invalid, Refused, WrongState, record


def change_position(
    member: Member,
    *,
    by: Member,
    position: str,
    sworn: bool,
    reports_to: Member | None,
    reason: str,
    serves_until: datetime | None = None,
    seen: int | None = None,
) -> None:
    """Put `member` into `position`, reporting to `reports_to`, from now on; or change line, standing or period alone.

    `seen` is the posting that was looked at (0: none); if another has come since, somebody acted first (ruling 23).
    Those under him who no longer can be pass to the next above. Raises Refused, WrongState, Invalid with the field.
    """
    with chain.in_words(), transaction.atomic():
        chain.alone()
        now = Member.objects.select_for_update().get(pk=member.pk)
        require_over(read_anew(by), now, {position})
        if not reason.strip():
            raise Invalid("Say why: the reason stands in the history of his positions.", "reason")
        _check_unchanged(now, seen)
        _check_the_command_stays(now, position)
        superior = read_anew(reports_to) if reports_to else None
        before = chain.standing(now)
        after = (position, sworn, superior.pk if superior else None, serves_until)
        if before == after:
            raise Invalid("Nothing is different from what stands already.", "position")
        if (before[0], before[2]) != (after[0], after[2]):
            chain.check(position, superior, of=now, to_come=now.state == Member.State.INVITED)
        if before[0] != after[0] or before[3] != after[3]:
            check_period(position, serves_until)
        _check_nothing_handed(now, position)
        _carry_out(now, by=by, after=after, superior=superior, reason=checked_reason(reason))
    member.refresh_from_db()


def _carry_out(
    now: Member,
    *,
    by: Member,
    after: tuple[str, bool, int | None, datetime | None],
    superior: Member | None,
    reason: str,
) -> None:
    """Post `now` as checked, with the trail, those under him, and word to all it concerns."""
    former, before = now.reports_to, now.position
    verb, states = _in_the_trail(now, after)
    now.position, now.sworn, _, now.serves_until = after
    now.reports_to = superior
    posting = chain.post(now, by=by, reason=reason)
    Member.objects.filter(pk=now.pk).update(
        position=now.position, sworn=now.sworn, reports_to=superior, serves_until=now.serves_until
    )
    record(verb, now, by=by, before=states[0], after=states[1], decision=posting)
    if before != now.position:
        chain.settle_under(now, former, by=by, reason=f"{now.name} is {now.get_position_display()} now.")
        if now.is_active:
            chain.take_under(now)
    tell_those(now, _sentence(now), Kind.AUTHORITY, by=by, former=former)
    live.authority_changed(now.pk)


def _in_the_trail(now: Member, after: tuple[str, bool, int | None, datetime | None]) -> tuple[str, tuple[str, str]]:
    """The verb of a change, and what it changed from and to: states and ids, no words of anybody's (ruling 14)."""
    position, sworn, superior, _ = after
    if position != now.position:
        return "change_position", (now.position, position)
    if superior != now.reports_to_id:
        lines = tuple(f"member {one}" if one else "nobody" for one in (now.reports_to_id, superior))
        return "change_reporting_line", (lines[0], lines[1])
    if sworn != now.sworn:
        return "change_standing", ("sworn", "civilian") if now.sworn else ("civilian", "sworn")
    days = [str(last_day(one)) if one else "" for one in (now.serves_until, after[3])]
    return "change_period", (days[0], days[1])


def _sentence(member: Member) -> str:
    if member.serves_until is not None:
        day = last_day(member.serves_until)
        return f"{member.name} is {member.get_position_display()} until the end of {day:%b} {day.day}, {day.year}."
    whom = f", reporting to {member.reports_to.name}" if member.reports_to else ""
    return f"{member.name} is {member.get_position_display()}{whom}."


def change_details(
    member: Member, *, by: Member, phone: str, languages: Sequence[str], email: str | None = None
) -> None:
    """Telephone and languages, one's own or by whoever manages members; the e-mail address by the latter alone.

    The Commander may change her own address: nobody else could. Links sent to the former address open nothing any more;
    somebody invited needs a new one. Raises Refused, Invalid with the field.
    """
    with chain.in_words(), transaction.atomic():
        chain.alone()
        now = Member.objects.select_for_update().get(pk=member.pk)
        said = identity_of(now, phone=phone, languages=languages, email=now.email if email is None else email)
        _check_whose_details(now, by, changes_email=said.email != now.email)
        for field, sentence in said.objections(now).items():
            if getattr(said, field) != getattr(now, field):  # what stood before is not asked for again
                raise Invalid(sentence, field)
        changed = {"phone": said.phone, "languages": list(said.languages), "email": said.email}
        Member.objects.filter(pk=now.pk).update(**changed)
        record("change_details", now, by=by)
        if said.email != now.email:
            close_links(now)
            record("change_email", now, by=by)
            tell([now], Kind.SECURITY, "Your e-mail address here was changed.", page_of(now), but=by)
    member.refresh_from_db()


def _check_whose_details(member: Member, by: Member, *, changes_email: bool) -> None:
    if member.pk != by.pk or (changes_email and by.position != Position.COMMANDER):
        require_over(by, member, ())
    elif not by.serves():
        raise Refused("Who has left the unit changes nothing in it.")


def _check_unchanged(member: Member, seen: int | None) -> None:
    if member.state == Member.State.LEFT:
        raise WrongState(member, "change_position")
    last = member.postings.order_by("-id").values_list("pk", flat=True).first() or 0
    if seen is not None and seen != last:
        raise WrongState(member, "change_position")


def _check_the_command_stays(member: Member, position: str) -> None:
    if member.position == Position.COMMANDER and member.is_active and position != Position.COMMANDER:
        raise Invalid(
            f"{member.name} is the Section Commander, and the unit is never without one. The command is handed over on"
            " the Commander's own page, or passes on where the Commander is transferred.",
            "position",
        )


def _check_nothing_handed(member: Member, position: str) -> None:
    if position in OUTSIDE and member.handed:
        raise Invalid(
            f"{member.name} is a designee: {member.handed[0].what}. End that first; outside the chain of command nobody"
            " is one.",
            "position",
        )
