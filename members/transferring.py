"""A member leaves the unit (1.3), and the command passes to another (E.1): what was held ends in the act itself.

Everything is one transaction under the lock of the chain of command (`members.chain.alone`). The member's own row is
held as well: what he is doing at this moment is either committed before, or refused where it writes its trail entry
(`who_has_left_acts_no_more`, on the trail's tables).
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from members import chain, hooks, live, sessions
from members.authority import holders
from members.membership import checked_reason, close_links, may_act_on, page_of, require_over
from members.models import Designation, Member, Transfer, Watch
from members.models.leaving import let_finish
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import ABOVE, OUTSIDE, Position, Power
from members.states import Invalid, Refused, record

LONGEST = 200  # characters of where somebody goes
COMMANDER_HIMSELF = "Only the Section Commander hands over the command for good; who acts for him keeps it for him."


def may_transfer(member: Member, by: Member) -> bool:
    """Whether `by` is offered the transfer of `member`: as any change of a membership, and of who serves."""
    return member.state == Member.State.SERVING and may_act_on(by, member)


def consequences(member: Member) -> list[str]:
    """What his transfer ends and moves, in sentences, for whoever is about to order it."""
    said = ["Signed out everywhere at once; nothing signs in any more."]
    if commands(member):
        said.append("Who follows is the Section Commander at once; what was handed to that member before ends.")
    handed = list(Designation.objects.filter(designee=member).not_over())
    if handed:
        said.append(f"What was handed over ends: {', '.join(one.what for one in handed)}.")
    watches = Watch.objects.standing().filter(member=member, until__gt=timezone.now()).count()
    if watches:
        said.append(f"Taken off the roster: {watches} watch{'es' if watches > 1 else ''} to come or under way.")
    below = _below(member)
    if below:
        names = ", ".join(one.name for one in below)
        said.append(f"{names} report{'s' if len(below) == 1 else ''} to {_whom_then(member, below[0])}.")
    for sentences in hooks.ask("WHAT_A_TRANSFER_ENDS", member=member):
        said += sentences
    return said


def _whom_then(member: Member, below: Member) -> str:
    if commands(member):
        return "who follows"
    superior = chain.nearest_above(below.position, member.reports_to if member.is_active else None)
    return superior.name if superior and superior.pk != member.pk else "nobody until there is a superior"


def transfer(member: Member, *, by: Member, to: str = "", reason: str, successor: Member | None = None) -> Transfer:
    """Let `member` leave the unit: what he holds in the product ends now, and check-lists open for the rest (1.3).

    The Commander leaves together with a `successor`, who is Commander from the same moment on: a unit without one has
    nobody who names another. Nobody else has a successor. Raises Refused, Invalid with the field (no reason; only
    invited; nobody to follow), WrongState when he has left already. His rows stay.
    """
    to, reason = _checked(to, reason)
    with transaction.atomic():
        leaving, acting, *named = _held(member, by, *([successor] if successor else []))
        require_over(acting, leaving, ())
        if leaving.state == Member.State.INVITED:
            raise Invalid(f"{leaving.name} has not joined yet. Withdraw the invitation instead.")
        following = _who_follows(leaving, named, by=acting)
        superior = following or leaving.reports_to
        fact = _depart(leaving, by=acting, to=to, reason=reason)
        if following is not None:
            _take_command(leaving, following, by=acting, swap=False)
        _end_everything(leaving, by=acting, superior=superior)
        if following is not None:
            _say_who_commands(leaving, following)
    member.refresh_from_db()
    return fact


def hand_over_command(*, by: Member, successor: Member, own_position: str = "", to: str = "", reason: str) -> None:
    """Make `successor` the Commander in place of `by`, who takes `own_position` or, without one, leaves the unit.

    The Commander's own act: he gains nothing by it, so that it may be his own. Whoever reported to him reports to the
    successor; where he takes the successor's place, those under it report to him. The main administrator's roles pass
    on. Raises Refused, Invalid with the field.
    """
    to, reason = _checked(to, reason)
    with transaction.atomic():
        former, following = _held(by, successor)
        _check_hand_over(former, following, own_position)
        if own_position:
            _stand(former, own_position, by=former, reason=reason)
        else:
            _depart(former, by=former, to=to, reason=reason)
        _take_command(former, following, by=former, swap=own_position == following.position)
        if not own_position:
            _end_everything(former, by=former, superior=following)
        _say_who_commands(former, following)
    by.refresh_from_db()
    successor.refresh_from_db()


def commands(member: Member) -> bool:
    """Whether he is the Section Commander by position, and serves; who acts for him keeps the command for him."""
    return member.position == Position.COMMANDER and member.serves()


def positions_left() -> list[tuple[str, str]]:
    """What a former Commander can be in the unit."""
    return [(one.value, str(one.label)) for one in Position if one.value not in OUTSIDE and ABOVE[one.value]]


def _end_what_was_handed(member: Member, *, by: Member, reason: str) -> None:
    """End every designation of `member` that runs or is to come."""
    standing = Designation.objects.select_for_update(of=("self",)).filter(designee=member).not_over()
    for one in standing.order_by("pk"):
        now = timezone.now()
        before = "in force" if one.in_force(now) else "to come"
        Designation.objects.filter(pk=one.pk).update(ended_at=now, ended_by=by, end_reason=reason)
        record("end", one, by=by, before=before, after="ended")


def _held(*members: Member) -> list[Member]:
    """Each of them read anew and held until the transaction ends, after everybody else's change of the chain.

    Wholly (FOR UPDATE), so that this waits for whatever they are writing that names them, and that for this.
    """
    chain.alone()
    rows = Member.objects.select_for_update().filter(pk__in=[one.pk for one in members]).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[one.pk] for one in members]


def _checked(to: str, reason: str) -> tuple[str, str]:
    if not reason.strip():
        raise Invalid("Say why: the reason is kept with it.", "reason")
    if len(to) > LONGEST:
        raise Invalid(f"That is too long: {LONGEST} characters at most.", "to")
    return to.strip(), checked_reason(reason)


def _check_hand_over(former: Member, following: Member, own_position: str) -> None:
    if not commands(former):
        raise Refused(COMMANDER_HIMSELF)
    if following.pk == former.pk:
        raise Invalid("You are the Commander. Choose who follows you.", "successor")
    _check_serves_in_the_chain(following)
    if own_position and own_position not in dict(positions_left()):
        raise Invalid("Choose what you will be in the unit, or that you leave it.", "own_position")


def _who_follows(leaving: Member, named: list[Member], *, by: Member) -> Member | None:
    """Who is Commander once `leaving` is gone; None where he is not the Commander. Raises Invalid."""
    if not commands(leaving):
        if named and leaving.state == Member.State.SERVING:
            raise Invalid(f"{leaving.name} is not the Section Commander any more. Look again, then decide.")
        return None
    if not named:
        raise Invalid(
            f"{leaving.name} is the Section Commander, and the unit is never without one. Choose who follows.",
            "successor",
        )
    following = named[0]
    if following.pk == by.pk:
        raise Invalid("Nobody makes himself the Commander: choose another member.", "successor")
    if following.pk == leaving.pk:
        raise Invalid(f"{leaving.name} leaves. Choose who follows.", "successor")
    _check_serves_in_the_chain(following)
    return following


def _check_serves_in_the_chain(following: Member) -> None:
    if following.state != Member.State.SERVING or following.outside:
        raise Invalid(f"{following.name} does not serve in the chain of command. Choose who follows.", "successor")


def _say_who_commands(former: Member, following: Member) -> None:
    unit = Member.objects.serving().exclude(pk=former.pk)
    tell(unit, Kind.AUTHORITY, f"{following.name} is the Section Commander now.", page_of(following))
    for one in (former, following):
        live.authority_changed(one.pk)


def _take_command(former: Member, following: Member, *, by: Member, swap: bool) -> None:
    """`following` becomes Commander. `former` stands in his own place already, or has left."""
    why = f"{following.name} is the Commander now."
    before, superior, under_him = following.position, following.reports_to, _below(following)
    _stand(following, Position.COMMANDER, by=by, reason=why)
    record("hand_over_command", following, by=by, before=before, after=Position.COMMANDER)
    _end_what_was_handed(following, by=by, reason=why)
    hooks.ask("ON_NEW_COMMANDER", member=former, successor=following, by=by)
    for one in _below(former):
        chain.draw_line(one, following, by=by, reason=why)
    if former.is_active:
        chain.draw_line(former, chain.nearest_above(former.position, None), by=by, reason=why)
    for one in under_him:
        above = former if swap else chain.nearest_above(one.position, superior)
        if one.pk != former.pk and above is not None and above.pk != following.pk:
            chain.draw_line(one, above, by=by, reason=why)
    chain.take_under(following)


def _stand(member: Member, position: str, *, by: Member, reason: str) -> None:
    """Put `member` into `position`, reporting to nobody yet, with history and trail. Moves nobody else."""
    before, member.position, member.reports_to = member.position, position, None
    posting = chain.post(member, by=by, reason=reason)
    Member.objects.filter(pk=member.pk).update(position=position, reports_to=None)
    record("change_position", member, by=by, before=before, after=position, decision=posting)


def _below(member: Member) -> list[Member]:
    below = Member.objects.filter(reports_to=member).exclude(state=Member.State.LEFT)
    return list(below.order_by("name"))


def _depart(member: Member, *, by: Member, to: str, reason: str) -> Transfer:
    """He is of the unit no more. Whoever transfers himself still writes the rest of this act."""
    if by.pk == member.pk:
        let_finish(member)
    fact = Transfer.objects.create(member=member, to=to, reason=reason, by=by)
    changes: dict[str, Any] = {"is_active": False, "password": make_password(None)}
    if member.outside:
        changes["serves_until"] = fact.at
    member.become(Member.State.LEFT, verb="transfer", by=by, decision=fact, **changes)
    return fact


def _end_everything(member: Member, *, by: Member, superior: Member | None) -> None:
    """The end of all that he holds, in this house and, by those asked, in the rooms above."""
    _end_what_was_handed(member, by=by, reason="Transferred.")
    _take_off_the_roster(member, by=by)
    close_links(member)
    Authenticator.objects.filter(user=member).delete()  # who comes back is invited anew
    member.contact_ways.all().delete()  # they hold tokens of his own services
    chain.settle_under(member, superior, by=by, reason=f"{member.name} was transferred.")
    hooks.ask("ON_TRANSFER", member=member, by=by)
    sessions.end_all(member)
    live.close(member.pk)
    told = [holder.member for holder in holders(Power.DESIGNATE)]
    if superior is not None and superior.serves():
        told.append(superior)
    sentence = f"{member.name} was transferred: every session, role and power has ended."
    tell(told, Kind.MEMBERS, sentence, page_of(member), but=by)


def _take_off_the_roster(member: Member, *, by: Member) -> None:
    now = timezone.now()
    for watch in Watch.objects.select_for_update().standing().filter(member=member, until__gt=now).order_by("pk"):
        Watch.objects.filter(pk=watch.pk).update(withdrawn_at=now, withdrawn_by=by)
        record("take_off", watch, by=by, before="set", after="taken off")
