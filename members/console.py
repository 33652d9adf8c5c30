"""What the server's console can do when nobody in the unit could: the last way back, on the trail like everything.

Whoever has the console could change the database anyway. These acts leave an entry that nobody of the unit signed, and
tell those whom it concerns.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from members import chain, live
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import UNIT, Position, Power
from members.sessions import end_all
from members.states import Invalid, record

WHY = "Named at the console: there was no Commander."


def member_called(username: str) -> Member:
    """The member who serves under this user name. Raises Invalid."""
    found: Member | None = Member.objects.serving().filter(username__iexact=username.strip()).first()
    if found is None:
        raise Invalid(f"Nobody who serves has the user name {username.strip()!r}. `manage.py setup` begins a new unit.")
    return found


def name_commander(username: str) -> Member:
    """Make a serving member the Commander of a unit that has none. Raises Invalid where it has one (E.1)."""
    with transaction.atomic():
        chain.alone()
        member = member_called(username)
        present = chain.commander()
        if present is not None:
            raise Invalid(
                f"{present.name} is the Commander, who hands over the command, or whom an acting one transfers."
            )
        if member.position not in UNIT:
            raise Invalid(f"{member.name} stands outside the chain of command.")
        before, former = member.position, member.reports_to
        member.position, member.reports_to = Position.COMMANDER, None
        posting = chain.post(member, by=None, reason=WHY)
        Member.objects.filter(pk=member.pk).update(position=member.position, reports_to=None)
        record("name_commander", member, by=None, before=before, after=member.position, decision=posting)
        chain.settle_under(member, former, by=None, reason=WHY)
        chain.take_under(member)
        tell(Member.objects.serving(), Kind.AUTHORITY, f"{member.name} was named Section Commander at the console.")
        live.authority_changed(member.pk)
    return member


def forget_second_factor(username: str) -> Member:
    """Take away every second factor of a member: his password alone then leads to the set-up of a new one.

    For whom nobody could reset it: a Commander who has no designee. Ends his sessions, tells him and those who manage
    members. Raises Invalid.
    """
    with transaction.atomic():
        member = member_called(username)
        Authenticator.objects.filter(user=member).delete()
        end_all(member)
        record("reset_second_factor", member, by=None)
        managers = [one for one in Member.objects.serving() if one.may(Power.MANAGE_MEMBERS)]
        sentence = (
            f"The second factor of {member.name} was taken away at the console. A new one comes with the next sign-in."
        )
        tell([member, *managers], Kind.SECURITY, sentence)
    return member
