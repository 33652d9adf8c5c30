"""Who has what (3.7): out, from hand to hand, from place to place, and back. Each verb writes a hand-over that stays.

Every verb locks the items first, in the order of their keys, so that of two people at once one has the thing and the
other is told who; a kit goes in one transaction, whole or not at all. A form sent twice, as happens on a bad
connection, is done once: its `key` says that it was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from equipment.models import Condition, Custody, Handover, Item, ItemChange, KeptFile, Place
from members.authority import holders, holds, require
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

LONGEST = timedelta(days=366)  # that a thing is out
Way = Handover.Way


class WithSomebody(WrongState):
    """Somebody else has it, or has returned it meanwhile (409): the sentence says who."""

    def __init__(self, item: Item, verb: str, custody: Custody | None) -> None:
        self.custody = custody
        super().__init__(item, verb)

    def sentence(self) -> str:
        """Who has it now; where nobody has, who brought it back."""
        if self.custody is not None:
            due = f", due back {spoken(self.custody.due_back)}" if self.custody.due_back else ""
            return (
                f"{self.custody.holder.name} has {self.subject}, {self.custody.where},"
                f" since {spoken(self.custody.since)}{due}."
            )
        last = Handover.objects.filter(item=self.subject, way=Way.IN).select_related("by").order_by("-id").first()
        if last is None:
            return f"{self.subject} is in the office: it was never taken."
        return f"{self.subject} is in the office: {last.by.name} checked it in on {spoken(last.at)}."


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
    return Custody.objects.open().filter(item=item).select_related("holder", "begun").first()


def may_take(member: Member) -> bool:
    """A member of the unit takes for himself."""
    return holds(member, Power.CARRY_OUT)


def may_give_away(custody: Custody, member: Member) -> bool:
    """Who has it returns it, moves it and hands it over; the Supervisor and those above him do so with anybody's."""
    return holds(member, Power.KEEP_EQUIPMENT) or (custody.holder_id == member.pk and may_take(member))


def check_out(
    items: Sequence[Item],
    *,
    by: Member,
    to: Member,
    place: str,
    due_back: datetime | None,
    purpose: str,
    key: UUID,
    vehicle: str = "",
    event: str = "",
    waiver: str = "",
) -> list[Handover]:
    """Let `items` go out to `to`, all or none (3.7). Sent again with the same `key`: what was done then.

    A member takes for himself; the Supervisor gives to anybody, who then accepts it. Against another's booking, or
    without a skill that the thing asks for (3.1), only with `waiver`, the Supervisor's reason. Raises Refused,
    WithSomebody who says who has it, Invalid with the field.
    """
    require(by, Power.CARRY_OUT)
    if to.pk != by.pk:
        require(by, Power.KEEP_EQUIPMENT)
    purpose, event, waiver = purpose.strip(), event.strip(), waiver.strip()
    with transaction.atomic():
        locked, done = _alone(items, key, by, to)
        if done:
            return done
        where = Where(place, vehicle, due_back, {"purpose": purpose, "event": event}).checked()
        if not purpose and not event:
            raise Invalid("What is it taken for? A purpose, or an event.", "purpose")
        for item in locked:
            custody = open_custody(item)
            if custody is not None:
                raise WithSomebody(item, "check_out", custody)
            _require_serving(item)
        more = _judged(locked, where, to, by, waiver)
        made = [_hand(item, Way.OUT, None, to, where, by=by, key=key, **more) for item in locked]
        _tell_taker(made, to, by)
    return made


def hand_over(
    items: Sequence[Item],
    *,
    by: Member,
    to: Member,
    place: str,
    due_back: datetime | None,
    key: UUID,
    vehicle: str = "",
    purpose: str = "",
    event: str = "",
    remark: str = "",
    waiver: str = "",
) -> list[Handover]:
    """Pass `items` from who has them to `to`, who then accepts them; what it is for stays, where nothing else is said.

    Raises Refused for who has them not himself (but the Supervisor), WithSomebody, Invalid with the field.
    """
    with transaction.atomic():
        locked, done = _alone(items, key, by, to)
        if done:
            return done
        held = _held(locked, by, "hand_over")
        if any(custody.holder_id == to.pk for custody in held):
            raise Invalid(f"{to.name} has it already.", "to")
        made = []
        for item, custody in zip(locked, held, strict=True):
            said = {"purpose": purpose or custody.begun.purpose, "event": event or custody.begun.event}
            where = Where(place, vehicle, due_back, {**said, "remark": remark.strip()}).checked()
            _require_serving(item)
            more = _judged([item], where, to, by, waiver.strip())
            made.append(_hand(item, Way.OVER, custody, to, where, by=by, key=key, **more))
        _tell_taker(made, to, by)
    return made


def move(
    items: Sequence[Item], *, by: Member, place: str, due_back: datetime | None, key: UUID, vehicle: str = ""
) -> list[Handover]:
    """Say that `items` are elsewhere with who has them, or come back at another time. Raises as `hand_over`."""
    with transaction.atomic():
        locked, done = _alone(items, key, by)
        if done:
            return done
        held = _held(locked, by, "move")
        made = []
        for item, custody in zip(locked, held, strict=True):
            said = {"purpose": custody.begun.purpose, "event": custody.begun.event}
            where = Where(place, vehicle, due_back, said).checked()
            if due_back != custody.due_back:
                _judged([item], where, custody.holder, by, "")
            made.append(_hand(item, Way.MOVED, custody, custody.holder, where, by=by, key=key))
    return made


def check_in(
    items: Sequence[Item],
    *,
    by: Member,
    condition: str,
    key: UUID,
    remark: str = "",
    photo: KeptFile | None = None,
    signature: KeptFile | None = None,
) -> list[Handover]:
    """Take `items` back into the office. What is not as it went out needs attention, and the Supervisor is told.

    Raises Refused for who has them not himself (but the Supervisor), WithSomebody where nobody has them, Invalid with
    the field: no condition, or nothing said of what is wrong.
    """
    with transaction.atomic():
        locked, done = _alone(items, key, by)
        if done:
            return done
        held = _held(locked, by, "check_in")
        if condition not in Condition.values:
            raise Invalid("How does it come back? As it went out, in need of attention, or damaged.", "condition")
        if condition != Condition.GOOD and not remark.strip():
            raise Invalid("Say what is wrong with it.", "remark")
        said = {"condition": condition, "remark": remark.strip(), "photo": photo, "signature": signature}
        back = Where(Place.OFFICE, more=said)
        made = []
        for item, custody in zip(locked, held, strict=True):
            made.append(_hand(item, Way.IN, custody, None, back, by=by, key=key))
            _note_condition(item, made[-1])
        _tell_of_return(made, held, by)
    return made


def accept(custody: Custody, *, by: Member) -> None:
    """Say that one has what one was handed. A second time it changes nothing. Raises Refused, WithSomebody."""
    with transaction.atomic():
        [item], _ = _alone([custody.item], None, by)
        now = open_custody(item)
        if now is None or now.pk != custody.pk:
            raise WithSomebody(item, "accept", now)
        if now.holder_id != by.pk:
            raise Refused(f"Only {now.holder.name}, to whom it was handed, accepts it.")
        if now.accepted_at is None:
            Custody.objects.filter(pk=now.pk).update(accepted_at=timezone.now())
            record("accept", item, by=by, decision=now.begun)


def _alone(
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


def _held(items: list[Item], by: Member, verb: str) -> list[Custody]:
    """Who has each. Raises WithSomebody where nobody has it, Refused where it is not his to give away."""
    held = []
    for item in items:
        custody = open_custody(item)
        if custody is None:
            raise WithSomebody(item, verb, None)
        if not may_give_away(custody, by):
            able = holders(Power.KEEP_EQUIPMENT)
            others = " or ".join(str(one) for one in able[:2]) or "the Supervisor"
            raise Refused(
                f"{WithSomebody(item, verb, custody).sentence()} Only {custody.holder.name} or {others} acts on it.",
                able=able,
            )
        held.append(custody)
    return held


def _require_serving(item: Item) -> None:
    """Raises Invalid for what may not go out."""
    if item.state not in Item.GOES_OUT:
        raise Invalid(f"{item} is {item.get_state_display()}, and does not go out.")


def _judged(items: list[Item], where: Where, to: Member, by: Member, waiver: str) -> dict[str, Any]:
    """What the hand-over says of a skill or a booking that stood against it. Raises Invalid at `waiver`, Refused."""
    return {}


def _hand(
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
    verb = {Way.OUT: "check_out", Way.OVER: "hand_over", Way.MOVED: "move", Way.IN: "check_in"}[Way(way)]
    before = custody.place if custody else Place.OFFICE.value
    record(verb, item, by=by, before=before, after=where.place, decision=made)
    return made


def _note_condition(item: Item, handed: Handover) -> None:
    """What came back wrong needs attention; what was missing has been found."""
    wrong = handed.condition != Condition.GOOD
    if item.is_missing:
        state = Item.State.ATTENTION if wrong else Item.State.SERVICEABLE
    elif wrong and item.state == Item.State.SERVICEABLE:
        state = Item.State.ATTENTION
    else:
        return
    before = item.get_state_display()
    item.become(state, verb="mark", by=handed.by, decision=handed)
    reason = handed.remark or f"Checked in, {Condition(handed.condition).label}."
    ItemChange.objects.create(
        item=item,
        verb="mark",
        before={"state": before},
        after={"state": item.get_state_display()},
        reason=reason,
        by=handed.by,
    )


def _named(items: Sequence[Item]) -> str:
    """For a sentence."""
    return str(items[0]) if len(items) == 1 else f"{items[0]} and {len(items) - 1} more"


def label_path(item: Item) -> str:
    """The page that its label leads to."""
    return reverse("label", args=[item.code])


def _tell_taker(made: list[Handover], to: Member, by: Member) -> None:
    what = _named([one.item for one in made])
    tell([to], Told.EQUIPMENT, f"{by.name} handed you {what}. Say that you have it.", label_path(made[0].item), but=by)


def _tell_of_return(made: list[Handover], held: list[Custody], by: Member) -> None:
    """Whose it was learns that another took it back; who keeps the equipment, that something is wrong."""
    what, path = _named([one.item for one in made]), made[0].item.get_absolute_url()
    tell([one.holder for one in held], Told.EQUIPMENT, f"{by.name} checked in {what}, which you had.", path, but=by)
    if made[0].condition != Condition.GOOD:
        keepers = [one.member for one in holders(Power.KEEP_EQUIPMENT)]
        word = Condition(made[0].condition).label
        tell(keepers[:1], Told.EQUIPMENT, f"{what} came back: {word}.", path, but=by)
