"""What the transfer of a member means for the equipment: what he has does not vanish with him (1.3, 3.7)."""

from __future__ import annotations

from equipment.handing import named
from equipment.models import Custody
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power

PATH = "/equipment/custody/?show=stands_out"


def foretell(member: Member) -> list[str]:
    """What he has, in a sentence: settings.WHAT_A_TRANSFER_ENDS."""
    having = _of(member)
    if not having:
        return []
    tags = ", ".join(one.item.tag for one in having)
    return [f"Has equipment of the unit, which the Supervisor asks back: {tags}."]


def ask_back(member: Member, by: Member) -> None:
    """What he has stays in his name until it is back, and who keeps the equipment is told: settings.ON_TRANSFER.

    It stands on the list of what stands out, and as a line at the Supervisor's home, until it is checked in.
    """
    having = _of(member)
    if having:
        keepers = [one.member for one in holders(Power.KEEP_EQUIPMENT) if one.member.pk != member.pk]
        what = named([one.item for one in having])
        tell(keepers, Told.EQUIPMENT, f"{member.name} was transferred and still has {what}. Ask it back.", PATH)


def _of(member: Member) -> list[Custody]:
    return list(Custody.objects.open().filter(holder=member).select_related("item").order_by("pk"))
