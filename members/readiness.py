"""What a new unit still lacks: a check-list for the Commander, to which each room of the house adds its steps.

`settings.READINESS` names the rooms' callables; each is called as `f(ours=)` with the agency and returns its steps. The
Commander may knowingly leave a step open, or put the whole list away; both stand on the trail.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members import authority, hooks, roster
from members.days import spoken
from members.models import Agency, Designation, Member
from members.models.agency import agency
from members.powers import UNIT, Position, Power
from members.states import Invalid, record

WHOLE_LIST = "list"  # in place of a step's key: the list was put away
PLACES = [position for position in Position if position in UNIT and position != Position.COMMANDER]


@dataclass(frozen=True)
class Step:
    """One thing that a unit needs. `leave`: the button's word for leaving it open knowingly; empty where none may."""

    key: str
    word: str
    done: bool
    says: str = ""  # what to do, or why
    address: str = ""
    link: str = ""
    leave: str = ""
    sop: str = ""
    left_open: bool = False


@dataclass(frozen=True)
class CheckList:
    """All steps, as they stand."""

    steps: list[Step]
    put_away: bool

    @property
    def open(self) -> list[Step]:
        """What is still to be done; first what no unit can do without."""
        left = [step for step in self.steps if not step.done and not step.left_open]
        return sorted(left, key=lambda step: bool(step.leave))

    @property
    def settled(self) -> list[Step]:
        """What is done, and what was left open knowingly."""
        return [step for step in self.steps if step.done or step.left_open]


def check_list(ours: Agency) -> CheckList:
    """Every room's steps, in the order of settings.READINESS."""
    told = [step for steps_ in hooks.ask("READINESS", ours=ours) for step in steps_]
    marked = [
        Step(**{**vars(step), "left_open": bool(step.leave) and not step.done and step.key in ours.left_open})
        for step in told
    ]
    return CheckList(marked, WHOLE_LIST in ours.left_open)


def leave_open(key: str, *, by: Member) -> None:
    """Leave the step `key` open knowingly, or put the whole list away. Raises Refused, Invalid for an unknown one."""
    _change(key, by=by, left=True)


def take_up(key: str, *, by: Member) -> None:
    """Put what was left open, or put away, on the list again. Raises Refused, Invalid."""
    _change(key, by=by, left=False)


def _change(key: str, *, by: Member, left: bool) -> None:
    authority.require(by, Power.SET_UP_UNIT)
    known = {step.key for step in check_list(agency()).steps if step.leave} | {WHOLE_LIST}
    if key not in known:
        raise Invalid("There is no such step on the list, or it cannot be left open.")
    with transaction.atomic():
        ours = Agency.objects.defer("mark").select_for_update().filter(pk=1).first()
        if ours is None or (key in ours.left_open) == left:
            return
        ours.left_open = sorted({*ours.left_open, key} if left else set(ours.left_open) - {key})
        ours.save(update_fields=["left_open"])
        record("leave_open" if left else "take_up", ours, by=by, after=key)


def steps(ours: Agency) -> list[Step]:
    """What the agency and its members lack: mark, numbers, each position of Tab E, the watch, a deputy."""
    return [*_of_the_agency(ours), *(_position(position) for position in PLACES), _watch(), _deputy()]


def _of_the_agency(ours: Agency) -> list[Step]:
    return [
        Step(
            "numbers",
            "Emergency and non-emergency numbers",
            bool(ours.emergency_number and ours.non_emergency_number),
            "The Terms of Use tell them to the public.",
            reverse("agency"),
            "Write them",
            sop="S.O.P. 4",
        ),
        Step(
            "mark",
            "The agency's mark",
            ours.has_mark,
            "It stands at the top of each page and on the sign-in page.",
            reverse("agency"),
            "Add it",
            "Go without",
        ),
    ]


def _position(position: Position) -> Step:
    serving = Member.objects.serving().filter(position=position).exists()
    invited = Member.objects.filter(position=position, state=Member.State.INVITED).exists()
    return Step(
        f"position:{position}",
        str(position.label),
        serving,
        "Invited, and has not joined yet." if invited else "Nobody serves in this position.",
        reverse("members") if invited else reverse("invite"),
        "See who" if invited else "Invite somebody",
        "Leave vacant",
        "Tab E",
    )


def _watch() -> Step:
    now = timezone.now()
    found = roster.gaps(now, now + roster.AHEAD)
    says = ""
    if found:
        begins = found[0][0]
        says = "Nobody is on watch now." if begins <= now else f"Nobody is on watch from {spoken(begins)}."
    return Step(
        "watch",
        "The watch of the next seven days",
        not found,
        says,
        reverse("roster"),
        "Set the roster",
        "Later",
        sop="Tab D",
    )


def _deputy() -> Step:
    stands = Designation.objects.not_over().filter(power="").exists()
    return Step(
        "deputy",
        "Somebody who can act for the Commander",
        stands,
        "Should the Commander fall ill or lose the second factor, nobody else could decide or reset it.",
        reverse("designate"),
        "Appoint an acting Commander",
        "Not now",
    )
