"""Members named in a text, by number, user name or name (F.VD)."""

from __future__ import annotations

import re

from django.db.models import Q

from members.models import Member
from members.states import Invalid

_AT = re.compile(r"(?<![\w@.])@([\w.\-]+)")
_NUMBER = re.compile(r"\(([^()]+)\)\s*$")  # as the suggestions write it: “Chidi Okafor (70012)”
MOST = 20  # of one note


def colleagues() -> list[Member]:
    """Who can be named: the unit's own, by name."""
    unit: list[Member] = Member.objects.unit_now()
    return unit


def _whole_name(member: Member, text: str) -> bool:
    return re.search(rf"(?<![\w@.])@{re.escape(member.name)}(?!\w)", text, re.IGNORECASE) is not None


def named_in(text: str, chosen: str = "") -> list[Member]:
    """Who is named by `@number`, `@user-name` or `@Whole Name` in `text`, and by number, user name or name in `chosen`.

    Raises Invalid when `chosen` is nobody of the unit or several. What stands after @ in the text and is nobody of ours
    may be a poster's handle: it names no one.
    """
    unit = Member.objects.serving().of_the_unit()
    words = {word.rstrip(".-") for word in _AT.findall(text)}
    found = list(unit.filter(Q(number__in=words) | Q(username__in=words)).order_by("pk")[:MOST]) if words else []
    if words:
        found += [one for one in unit.order_by("pk") if one not in found and _whole_name(one, text)][
            : MOST - len(found)
        ]
    chosen = chosen.strip().removeprefix("@")
    if chosen:
        number = _NUMBER.search(chosen)
        wanted = Q(number=number[1]) if number else Q(number=chosen) | Q(username=chosen) | Q(name__iexact=chosen)
        matching = list(unit.filter(wanted)[:2])
        if len(matching) != 1:
            raise Invalid("Choose one member of the unit, by name or number.", "mention")
        found += [one for one in matching if one not in found]
    return found
