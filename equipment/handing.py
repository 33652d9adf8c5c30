"""What the verbs of custody share: who has a thing, what stands against its going, and the hand-over itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from equipment import bookings, skills
from equipment.models import Booking, Custody, Handover, Item, Place
from members.authority import holders, holds, who_now
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

LONGEST = timedelta(days=366)  # that a thing is out
SOON = timedelta(hours=1)
Way = Handover.Way
VERBS = {Way.OUT: "check_out", Way.OVER: "hand_over", Way.MOVED: "move", Way.IN: "check_in", Way.GONE: "write_off"}


class WithSomebody(WrongState):
    """Somebody else has it, or has returned it meanwhile (409): the sentence says who."""

    def __init__(self, item: Item, verb: str, custody: Custody | None) -> None:
        self.item, self.custody = item, custody
        super().__init__(item, verb)

    def sentence(self) -> str:
        """Who has it now; where nobody has, who brought it back."""
        if self.custody is not None:
            due = f", due back {spoken(self.custody.due_back)}" if self.custody.due_back else ""
            return (
                f"{self.custody.holder.name} has {self.item}, {self.custody.where},"
                f" since {spoken(self.custody.since)}{due}."
            )
        last = Handover.objects.filter(item=self.item, way=Way.IN).select_related("by").order_by("-id").first()
        if last is None:
            return f"{self.item} is in the office: it was never taken."
        return f"{self.item} is in the office: {last.by.name} checked it in on {spoken(last.at)}."


@dataclass(frozen=True)
class Where:
    """Where a thing is to be, until when, and what else its hand-over says."""

    place: str
    vehicle: str = ""
    due_back: datetime | None = None
    more: dict[str, Any] = field(default_factory=dict)  # what else the hand-over says: purpose, event, remark

    def checked(self) -> Where:
        """The same, tidied. Raises Invalid with its field: a trunk of no vehicle, a moment that is past."""
        if self.place not in (Place.FIELD, Place.TRUNK):
            raise Invalid("Say where it will be: in the field with you, or in the trunk of a vehicle.", "place")
        vehicle = self.vehicle.strip()
        if self.place == Place.TRUNK and not vehicle:
            raise Invalid("Which vehicle? In a vehicle only in the trunk, and by its number.", "vehicle")
        now = timezone.now()
        if self.due_back is None:
            raise Invalid("Say when it comes back.", "due_back")
        if self.due_back <= now:
            raise Invalid("This moment is past. Say when it comes back.", "due_back")
        if self.due_back > now + LONGEST:
            raise Invalid("At most a year from now.", "due_back")
        return Where(self.place, vehicle if self.place == Place.TRUNK else "", self.due_back, self.more)


def open_custody(item: Item) -> Custody | None:
    """Who has it now; None: it is in the office."""
    return Custody.objects.open().filter(item=item).select_related("holder", "begun__by").first()


def may_take(member: Member) -> bool:
    """A member of the unit takes for himself."""
    return holds(member, Power.CARRY_OUT)


def may_give_away(custody: Custody, member: Member) -> bool:
    """Who has it returns it, moves it and hands it over; the Supervisor and those above him do so with anybody's."""
    return holds(member, Power.KEEP_EQUIPMENT) or (custody.holder_id == member.pk and may_take(member))


def alone(
    items: Iterable[Item], key: UUID | None, by: Member, to: Member | None = None
) -> tuple[list[Item], list[Handover]]:
    """The items, locked; and what was done already with `key`. Raises Invalid: nothing, or a key of something else.

    Who acts and who takes are held too, so that nobody is handed a thing in the moment in which he leaves (1.3).
    """
    people = {one.pk for one in (by, to) if one is not None}
    standing = {
        one.pk: one for one in Member.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    }
    if to is not None and not holds(standing[to.pk], Power.CARRY_OUT):
        raise Invalid(f"{to.name} is not in the unit, and takes nothing of it.", "to")
    wanted = {item.pk for item in items}
    locked = list(Item.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if not locked:
        raise Invalid("There is nothing in it.")
    done = list(Handover.objects.filter(key=key).order_by("pk")) if key else []
    if done and ({one.item_id for one in done} != wanted or any(one.by_id != by.pk for one in done)):
        raise Invalid("This form was sent before, for something else. Load the page again.")
    return locked, done


def was_done(key: str, by: Member) -> bool:
    """Whether the form with this key was carried out for `by`; what is no key was not."""
    try:
        return Handover.objects.filter(key=UUID(str(key)), by=by).exists()
    except ValueError:
        return False


def is_about_time(booking: Booking) -> bool:
    """Whether what is booked is fetched about now."""
    now = timezone.now()
    return booking.since <= now + bookings.EARLY and booking.until > now


def held(items: list[Item], by: Member, verb: str) -> list[Custody]:
    """Who has each. Raises WithSomebody where nobody has it, Refused where it is not his to give away."""
    held = []
    for item in items:
        custody = open_custody(item)
        if custody is None:
            raise WithSomebody(item, verb, None)
        if not may_give_away(custody, by):
            able = holders(Power.KEEP_EQUIPMENT)
            raise Refused(
                f"{WithSomebody(item, verb, custody).sentence()} Ask him, or the Supervisor. {who_now(able)}", able=able
            )
        held.append(custody)
    return held


def require_serving(item: Item) -> None:
    """Raises Invalid for what may not go out."""
    if item.state not in Item.GOES_OUT:
        raise Invalid(f"{item} is {item.get_state_display()}, and does not go out.")


def against(items: Sequence[Item], to: Member, until: datetime | None, *, now: bool = False) -> str:
    """Why they should not go to `to` until then: a skill that he lacks (3.1), another's booking (F.VB); or nothing.

    `now`: only what somebody else has booked for this very time is in the way.
    """
    said = [one.sentence for one in skills.missing(to, items)]
    booked = bookings.in_the_way(items, timezone.now() + SOON if now else until, to)
    return " ".join([*said, bookings.said(booked)] if booked else said)


def judged(items: list[Item], where: Where, to: Member, by: Member, waiver: str) -> dict[str, Any]:
    """What the hand-over says of what stood against it. Raises Refused; of the Supervisor, Invalid at `waiver`."""
    said = against(items, to, where.due_back)
    if not said:
        return {}
    if not holds(by, Power.KEEP_EQUIPMENT):
        able = holders(Power.KEEP_EQUIPMENT)
        raise Refused(f"{said} The Supervisor may let it go out all the same. {who_now(able)}", able=able)
    if not waiver:
        raise Invalid(f"{said} If it is to go out all the same, say why.", "waiver")
    return {"waived": waiver, "waived_by": by}


def hand(
    item: Item,
    way: str,
    custody: Custody | None,
    to: Member | None,
    where: Where,
    *,
    by: Member,
    key: UUID,
    **more: Any,
) -> Handover:
    """Write the hand-over, end the custody that stood and begin the next."""
    giver = custody.holder if custody else None
    moved = {"place": where.place, "vehicle": where.vehicle, "due_back": where.due_back}
    made = Handover.objects.create(
        item=item, way=way, giver=giver, taker=to, key=key, by=by, **moved, **where.more, **more
    )
    if custody is not None:
        Custody.objects.filter(pk=custody.pk).update(ended=made, ended_at=made.at)
    if to is not None:
        stays = custody is not None and way == Way.MOVED
        there = stays and (custody.place, custody.vehicle) == (where.place, where.vehicle) if custody else False
        Custody.objects.create(
            item=item,
            holder=to,
            begun=made,
            since=custody.since if custody and there else made.at,
            accepted_at=custody.accepted_at if custody and stays else made.at if to.pk == by.pk else None,
            **moved,
        )
    verb = VERBS[Way(way)]
    before = custody.place if custody else Place.OFFICE.value
    record(verb, item, by=by, before=before, after=where.place, decision=made)
    return made


def write_off(item: Item, *, by: Member, reason: str) -> None:
    """End the custody of what is looked for and given up; who had it is told. Needs the item locked."""
    custody = open_custody(item)
    if custody is None:
        return
    hand(item, Way.GONE, custody, None, Where("", more={"remark": reason}), by=by, key=uuid4())
    bookings.came_back([item], by=by)
    tell([custody.holder], Told.EQUIPMENT, f"{item}, which you had, was written off.", label_path(item), but=by)


def named(items: Sequence[Item]) -> str:
    """For a sentence."""
    return str(items[0]) if len(items) == 1 else f"{items[0]} and {len(items) - 1} more"


def label_path(item: Item) -> str:
    """The page that its label leads to."""
    return reverse("label", args=[item.code])
