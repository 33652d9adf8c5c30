"""The chain of command (E.1): who may report to whom, and to whom somebody falls when his superior is gone.

Each reports to the position above his own; a rank in which nobody serves is passed over. Whoever changes the chain
calls `alone` first: of two changes at once, each right by itself, the second could otherwise undo what the first
relied on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone

from members.models import Member, Posting
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import ABOVE, OUTSIDE, UNIT, Position
from members.states import Invalid, record

CIRCLE = "the chain of command would close into a circle"  # as the trigger says it
TAKEN = {
    "members_member_username": ("username", "Somebody has this user name already. Choose another."),
    "one_member_a_user_name": ("username", "Somebody has this user name already. Choose another."),
    "members_member_number": ("number", "Somebody has this number already. Look whether he is on the list of members."),
    "one_member_an_email": ("email", "Somebody has this e-mail address already. Each member needs one of his own."),
    "one_commander": ("position", "The unit has a Commander by now. Look again, then decide."),
}


def alone() -> None:
    """Wait until nobody else changes the chain, and let nobody else until this transaction ends.

    The lock is the one that the table's own trigger takes. Call it before anything is read that the change relies on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.chain'))")


@contextmanager
def in_words() -> Iterator[None]:
    """Within, what the database refuses about members becomes Invalid with a sentence that says what to do."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        for beginning, (field, sentence) in TAKEN.items():
            if name.startswith(beginning):
                raise Invalid(sentence, field) from error
        raise
    except DatabaseError as error:
        if CIRCLE not in str(error):
            raise
        raise Invalid(
            "The chain of command would close into a circle. Look again, then decide.", "reports_to"
        ) from error


def commander() -> Member | None:
    """The Commander by position, if one serves."""
    found: Member | None = Member.objects.filter(position=Position.COMMANDER, is_active=True).first()
    return found


def check(position: str, superior: Member | None, *, of: Member | None = None, to_come: bool = False) -> None:
    """Raises Invalid unless `of` (None: somebody new) may stand in `position` and report to `superior` (E.1).

    `to_come`: he has not joined yet, and may report to somebody who has not either; `nearest_above` puts it right when
    he joins first.
    """
    if position == Position.COMMANDER:
        _check_the_command_is_free(of, to_come=to_come)
    if position not in UNIT or position == Position.COMMANDER:
        if superior is not None:
            who = "The Section Commander" if position == Position.COMMANDER else f"The {_label(position)}"
            raise Invalid(f"{who} reports to nobody in the unit: leave this empty.", "reports_to")
        return
    if superior is None:
        _check_nobody_is_above(position)
        return
    _check_stands(superior, of, to_come=to_come)
    _check_order(position, superior, of)


def _check_the_command_is_free(of: Member | None, *, to_come: bool) -> None:
    present = commander()
    invited = Member.objects.filter(position=Position.COMMANDER, state=Member.State.INVITED)
    waiting = invited.exclude(pk=of.pk if of else None).first()
    if to_come and present is None and waiting is not None:
        raise Invalid(f"{waiting.name} is invited as Commander. Withdraw that first, or choose another.", "position")
    if present is not None and (of is None or present.pk != of.pk):
        raise Invalid(
            f"{present.name} is the Commander, and there is one. The command is handed over on the Commander's own"
            " page; until then choose another position.",
            "position",
        )


def _check_nobody_is_above(position: str) -> None:
    above = nearest_above(position, None)
    if above is not None:
        raise Invalid(
            f"Everybody but the Commander reports to somebody. Choose whom: {above.name}, for one.", "reports_to"
        )


def check_of_the_unit(member: Member, field: str) -> None:
    """Raises Invalid with `field` unless `member` serves in the chain of command, where watches are given."""
    if member.state == Member.State.INVITED:
        raise Invalid(f"{member.name} is invited and has not joined yet: do it once that is done.", field)
    if not member.serves():
        raise Invalid(f"{member.name} is of the unit no more: choose somebody who serves.", field)
    if member.outside:
        position = member.get_position_display().lower()
        raise Invalid(
            f"{member.name} stands outside the chain of command ({position}): choose a member of the unit.", field
        )


def _check_stands(superior: Member, of: Member | None, *, to_come: bool) -> None:
    """The superior is somebody of the unit, who is here, and not under the one in question."""
    if of is not None and superior.pk == of.pk:
        raise Invalid("Nobody reports to himself. Choose his superior.", "reports_to")
    if superior.outside:
        raise Invalid(
            f"{superior.name} is {superior.get_position_display().lower()} and stands outside the chain of command."
            " Choose a member of the unit.",
            "reports_to",
        )
    if superior.state == Member.State.LEFT:
        raise Invalid(f"{superior.name} has left the unit. Choose somebody who serves.", "reports_to")
    if superior.state == Member.State.INVITED and not to_come:
        raise Invalid(
            f"{superior.name} is invited and has not joined yet. Choose somebody who serves, and change it then.",
            "reports_to",
        )
    if of is not None and of.pk in {one.pk for one in line_above(superior)}:
        raise Invalid(
            f"{superior.name} reports to {of.name}, by one or more steps: that would close a circle. Give"
            f" {superior.name} another superior first.",
            "reports_to",
        )


def _check_order(position: str, superior: Member, of: Member | None) -> None:
    """The superior stands above, and passes over no rank in which somebody serves."""
    ranks = ABOVE[position]
    if superior.position not in ranks:
        raise Invalid(
            f"A {_label(position)} reports to the {' or the '.join(_label(rank) for rank in ranks)}, and"
            f" {superior.name} is {superior.get_position_display()}. Choose another superior.",
            "reports_to",
        )
    passed_over = ranks[: ranks.index(superior.position)]
    between = Member.objects.filter(position__in=passed_over, is_active=True).exclude(pk=of.pk if of else None)
    nearer = sorted(between, key=lambda one: (passed_over.index(one.position), one.name))
    if nearer:
        raise Invalid(
            f"A {_label(position)} reports to the {_label(nearer[0].position)}: choose {nearer[0].name}. A rank is"
            " passed over while nobody serves in it.",
            "reports_to",
        )


def _label(position: str) -> str:
    return str(Position(position).label)


def line_above(member: Member) -> list[Member]:
    """Who stands above `member` by the lines as they are, himself first, up to the top."""
    line: list[Member] = []
    one: Member | None = member
    while one is not None and one.pk not in {seen.pk for seen in line}:
        line.append(one)
        one = one.reports_to
    return line


def nearest_above(position: str, former: Member | None) -> Member | None:
    """Whom somebody in `position` reports to who cannot report to `former`: the first above him who serves.

    By the line of `former`, and where that ends by rank. None: nobody above that position serves.
    """
    ranks = ABOVE[position]
    for one in line_above(former) if former else []:
        if one.is_active and one.position in ranks:
            return one
    for rank in ranks:
        found: Member | None = Member.objects.filter(position=rank, is_active=True).order_by("pk").first()
        if found is not None:
            return found
    return None


def open_history(member: Member, *, by: Member | None, reason: str = "", **other: Any) -> Posting:
    """Write down where `member` stands from now on: the fact behind the row."""
    return Posting.objects.create(
        **{
            "member": member,
            "position": member.position,
            "sworn": member.sworn,
            "reports_to": member.reports_to,
            "serves_until": member.serves_until,
            "by": by,
            "reason": reason,
            **other,
        }
    )


def post(member: Member, *, by: Member | None, reason: str) -> Posting:
    """The same for a change that the row does not show yet.

    Who came without a posting stood somewhere until now: that is written first, or his history would lack it.
    """
    if not member.postings.exists():
        as_it_was: Member = Member.objects.get(pk=member.pk)
        if standing(as_it_was) != standing(member):
            open_history(as_it_was, by=None, at=as_it_was.date_joined)
    return open_history(member, by=by, reason=reason)


def standing(member: Member) -> tuple[str, bool, int | None, datetime | None]:
    """What a posting says of him: position, sworn or not, whom he reports to, until when."""
    return member.position, member.sworn, member.reports_to_id, member.serves_until


def draw_line(member: Member, superior: Member | None, *, by: Member | None, reason: str) -> Posting:
    """Let `member` report to `superior` from now on, with history, trail and word to both. Checks nothing."""
    before, member.reports_to = member.reports_to, superior
    posting = post(member, by=by, reason=reason)
    Member.objects.filter(pk=member.pk).update(reports_to=superior)
    record(
        "change_reporting_line",
        member,
        by=by,
        before=f"member {before.pk}" if before else "nobody",
        after=f"member {superior.pk}" if superior else "nobody",
        decision=posting,
    )
    told = [one for one in (member, before, superior) if one is not None and one.is_active]
    whom = superior.name if superior else "nobody until there is a superior"
    tell(told, Kind.AUTHORITY, f"{member.name} reports to {whom}.", f"/members/{member.pk}/", but=by)
    return posting


def settle_under(member: Member, former: Member | None, *, by: Member | None, reason: str) -> list[Member]:
    """Give those who report to `member` and cannot any more another superior, `former` first; who they were."""
    moved = []
    for one in Member.objects.filter(reports_to=member).exclude(state=Member.State.LEFT).order_by("pk"):
        waits_with_him = one.state == Member.State.INVITED and member.state == Member.State.INVITED
        if member.position in ABOVE[one.position] and (member.is_active or waits_with_him):
            continue
        draw_line(one, nearest_above(one.position, former), by=by, reason=reason)
        moved.append(one)
    return moved


def take_under(member: Member) -> None:
    """`member` serves from now on in his position: who reported to nobody for want of him reports to him.

    So does who was to report to him and joined before him.
    """
    if member.position in OUTSIDE:
        return
    below = [position for position in UNIT if member.position in ABOVE[position]]
    unit = Member.objects.filter(position__in=below).exclude(state=Member.State.LEFT).order_by("pk")
    for one in unit.filter(reports_to=None):
        draw_line(one, member, by=None, reason=f"{member.name} serves as {member.get_position_display()}.")
    for one in unit.filter(is_active=True).exclude(reports_to=member):
        last = list(one.postings.order_by("-id")[:2])
        if len(last) == 2 and last[0].by_id is None and last[1].reports_to_id == member.pk:
            draw_line(one, member, by=None, reason=f"{member.name} has joined.")


def stand_in_for_the_superior(member: Member) -> None:
    """`member` serves from now on; where his superior does not yet, the next above who does takes the place."""
    superior = member.reports_to
    if member.position not in UNIT or member.position == Position.COMMANDER:
        return
    if superior is not None and superior.is_active:
        return
    above = nearest_above(member.position, superior)
    if above is not None or superior is not None:
        reason = f"Until {superior.name} has joined." if superior and superior.state == Member.State.INVITED else ""
        draw_line(member, above, by=None, reason=reason)


def over(member: Member) -> bool:
    """Whether he stands outside the chain of command and his period has run out."""
    return member.serves_until is not None and member.serves_until <= timezone.now()
