"""The organization chart (B.1): the chain of command drawn from the members as they stand, or stood on a day.

Each of Tab E's five positions has its box; where nobody serves in one, the box is there and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from members.models import Designation, Member, OneTime, Posting, Transfer
from members.powers import ABOVE, OUTSIDE, UNIT, Position


@dataclass(frozen=True)
class Standing:
    """Where a member stood at a moment."""

    member: Member
    position: str
    sworn: bool
    superior: int | None
    serves_until: datetime | None = None

    @property
    def word(self) -> str:
        """The position in words."""
        return str(Position(self.position).label)


@dataclass
class Box:
    """One box of the chart, with those below it. Without a standing: a position in which nobody serves."""

    position: str
    standing: Standing | None = None
    acting: Designation | None = None  # who acts as Commander, beside the Commander's box
    below: list[Box] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The position in words."""
        return str(Position(self.position).label)

    @property
    def leaves(self) -> bool:
        """Whether nobody below has anybody below: then they stand in columns, and the chart stays on one page."""
        return all(not box.below for box in self.below)


@dataclass(frozen=True)
class Chart:
    """The chain of command from the Commander down, and who stands outside it."""

    top: Box
    outside: list[Standing]
    count: int  # members in the chain


def chart_at(moment: datetime | None = None) -> Chart:
    """The chart as it stands; with `moment`, as it stood then."""
    standings = _standings_at(moment) if moment else _standings()
    chain = [one for one in standings if one.position in UNIT]
    outside = [one for one in standings if one.position in OUTSIDE]
    acting = Designation.objects.in_force(moment).filter(power="").select_related("designee").first()
    return Chart(_tree(chain, acting), sorted(outside, key=_order), len(chain))


def _standings() -> list[Standing]:
    serving = Member.objects.serving().order_by("name")
    return [Standing(one, one.position, one.sworn, one.reports_to_id, one.serves_until) for one in serving]


def _standings_at(moment: datetime) -> list[Standing]:
    """From the facts: the last posting of each member before `moment`, of those who had come and not left again.

    Who has no posting was here before postings were kept, and is shown as he is now.
    """
    last: dict[int, Posting] = {}
    for posting in Posting.objects.filter(at__lte=moment).order_by("id").select_related("member"):
        last[posting.member_id] = posting
    served = Q(is_active=True) | Exists(Transfer.objects.filter(member=OuterRef("pk")))
    unposted = Member.objects.filter(served, postings__isnull=True, date_joined__lte=moment)
    facts: list[Posting | Member] = [*last.values(), *unposted]
    here = _here_at(moment)
    found = []
    for one in facts:
        member = one.member if isinstance(one, Posting) else one
        if here(member.pk) and (one.serves_until is None or one.serves_until > moment):
            found.append(Standing(member, one.position, one.sworn, one.reports_to_id, one.serves_until))
    return found


def _here_at(moment: datetime) -> Callable[[int], bool]:
    """Whether a member served at `moment`: joined, where he was invited, and not transferred since."""
    left = {one.member_id: one.at for one in Transfer.objects.filter(at__lte=moment).order_by("id")}
    came: dict[int, datetime | None] = {}
    for link in OneTime.objects.filter(kind=OneTime.Kind.INVITATION).order_by("id"):
        joined = link.used_at if link.used_at and link.used_at <= moment else None
        came[link.member_id] = joined or came.get(link.member_id)

    def here(key: int) -> bool:
        gone, joined = left.get(key), came.get(key)
        if key in came and joined is None:
            return False
        return gone is None or (joined is not None and joined > gone)

    return here


def _order(standing: Standing) -> tuple[int, str]:
    return Position.values.index(standing.position), standing.member.name


def _tree(chain: list[Standing], acting: Designation | None) -> Box:
    """Who reports to nobody that is here stands below the Commander's box, so that nobody is lost."""
    commander = next((one for one in chain if one.position == Position.COMMANDER), None)
    here = {one.member.pk for one in chain}
    below: dict[int, list[Standing]] = defaultdict(list)
    for one in sorted(chain, key=_order):
        if one is not commander:
            superior = one.superior if one.superior in here else None
            below[superior or (commander.member.pk if commander else 0)].append(one)

    def box_of(standing: Standing) -> Box:
        under = [box_of(one) for one in below[standing.member.pk]]
        return Box(standing.position, standing, below=under)

    top = box_of(commander) if commander else Box(Position.COMMANDER, below=[box_of(one) for one in below[0]])
    top.acting = acting
    _draw_vacant(top, {one.position for one in chain})
    return top


def _draw_vacant(top: Box, filled: set[str]) -> None:
    """A box for each position in which nobody serves, below the first box of the nearest position above it."""
    boxes = {Position.COMMANDER.value: top}
    for box in _all(top):
        boxes.setdefault(box.position, box)
    for position in Position.values:
        if position in UNIT and position not in filled and position != Position.COMMANDER:
            above = next(boxes[rank] for rank in ABOVE[position] if rank in boxes)
            boxes[position] = Box(position)
            above.below.append(boxes[position])


def _all(box: Box) -> list[Box]:
    return [box, *(one for below in box.below for one in _all(below))]
