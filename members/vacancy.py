"""A unit without a Commander (E.1): everybody is told so at home, and who could name one where to do it.

No act of the product leads there, but a hand in the database does; and then nobody adds members or hands over powers.
"""

from __future__ import annotations

from django.urls import reverse

from members import authority, chain
from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits


def no_commander(member: Member) -> Line | None:
    """For everybody's home page, as long as no Commander serves."""
    if chain.commander() is not None:
        return None
    able = authority.holders(Power.DESIGNATE)
    if member.may(Power.DESIGNATE):
        address, says = (
            reverse("members"),
            "Name one: change the position of a member, or invite somebody as Commander.",
        )
    elif able:
        address, says = reverse("authority"), f"{authority.who_now(able)} One is to be named."
    else:
        address, says = reverse("authority"), "Nobody here can name one. Tell whoever runs the server of this unit."
    return Line("The unit has no Commander", 1, address, tone="bad", icon="user-off", says=says)


LINES = (Waits(no_commander, power=Power.READ_UNIT),)
