"""Who has what (3.7): out, from hand to hand, from place to place, and back. Each verb writes a hand-over that stays.

Every verb locks the items first, in the order of their keys, so that of two people at once one has the thing and the
other is told who; a kit goes in one transaction, whole or not at all. A form sent twice, as happens on a bad
connection, is done once: its `key` says that it was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from equipment import bookings, inventory
from equipment.handing import (
    Way,
    Where,
    WithSomebody,
    against,
    alone,
    hand,
    held,
    judged,
    label_path,
    may_give_away,
    may_take,
    named,
    open_custody,
    require_serving,
)
from equipment.models import Condition, Custody, Handover, Item, ItemChange, KeptFile, Place
from members.authority import holders, require
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

__all__ = [
    "Where",
    "WithSomebody",
    "accept",
    "against",
    "check_in",
    "check_out",
    "deny",
    "hand_over",
    "may_give_away",
    "may_take",
    "move",
    "open_custody",
]


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
        locked, done = alone(items, key, by, to)
        if done:
            return done
        where = Where(place, vehicle, due_back, {"purpose": purpose, "event": event}).checked()
        if not purpose and not event:
            raise Invalid("What is it taken for? A purpose, or an event.", "purpose")
        for item in locked:
            custody = open_custody(item)
            if custody is not None:
                raise WithSomebody(item, "check_out", custody)
            require_serving(item)
        more = judged(locked, where, to, by, waiver)
        made = [hand(item, Way.OUT, None, to, where, by=by, key=key, **more) for item in locked]
        bookings.were_taken(made, by=by)
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
        locked, done = alone(items, key, by, to)
        if done:
            return done
        having = held(locked, by, "hand_over")
        if any(custody.holder_id == to.pk for custody in having):
            raise Invalid(f"{to.name} has it already.", "to")
        made = []
        for item, custody in zip(locked, having, strict=True):
            said = {"purpose": purpose or custody.begun.purpose, "event": event or custody.begun.event}
            where = Where(place, vehicle, due_back, {**said, "remark": remark.strip()}).checked()
            require_serving(item)
            more = judged([item], where, to, by, waiver.strip())
            made.append(hand(item, Way.OVER, custody, to, where, by=by, key=key, **more))
        bookings.were_taken(made, by=by)
        _tell_taker(made, to, by)
    return made


def move(
    items: Sequence[Item], *, by: Member, place: str, due_back: datetime | None, key: UUID, vehicle: str = ""
) -> list[Handover]:
    """Say that `items` are elsewhere with who has them, or come back at another time. Raises as `hand_over`."""
    with transaction.atomic():
        locked, done = alone(items, key, by)
        if done:
            return done
        having = held(locked, by, "move")
        made = []
        for item, custody in zip(locked, having, strict=True):
            said = {"purpose": custody.begun.purpose, "event": custody.begun.event}
            where = Where(place, vehicle, due_back, said).checked()
            booked = bookings.in_the_way([item], due_back, custody.holder) if due_back != custody.due_back else []
            if booked:
                raise Invalid(bookings.said(booked), "due_back")
            made.append(hand(item, Way.MOVED, custody, custody.holder, where, by=by, key=key))
    return made


def check_in(
    items: Sequence[Item],
    *,
    by: Member,
    condition: str,
    key: UUID,
    only: Sequence[Item] = (),
    remark: str = "",
    photo: KeptFile | None = None,
    signature: KeptFile | None = None,
) -> list[Handover]:
    """Take `items` back into the office. What is not as it went out needs attention, and the Supervisor is told.

    `condition` is that of `only` these, where some are named; the others come back as they went out.

    Raises Refused for who has them not himself (but the Supervisor), WithSomebody where nobody has them, Invalid with
    the field: no condition, or nothing said of what is wrong.
    """
    with transaction.atomic():
        locked, done = alone(items, key, by)
        if done:
            return done
        having = held(locked, by, "check_in")
        condition = condition if condition in Condition.values else ""
        if not condition:
            raise Invalid("How does it come back? As it went out, in need of attention, or damaged.", "condition")
        if condition != Condition.GOOD and not remark.strip():
            raise Invalid("Say what is wrong with it.", "remark")
        bad = {item.pk for item in only} or {item.pk for item in locked}
        made = []
        for item, custody in zip(locked, having, strict=True):
            said = (
                {"condition": condition, "remark": remark.strip()} if item.pk in bad else {"condition": Condition.GOOD}
            )
            back = Where(Place.OFFICE, more={**said, "photo": photo, "signature": signature})
            made.append(hand(item, Way.IN, custody, None, back, by=by, key=key))
            _note_condition(item, made[-1])
        bookings.came_back(locked, by=by)
        what = named(locked)
        tell(
            [one.holder for one in having],
            Told.EQUIPMENT,
            f"{by.name} checked in {what}, which you had.",
            label_path(locked[0]),
            but=by,
        )
    return made


def accept(custody: Custody, *, by: Member) -> None:
    """Say that one has what one was handed. A second time it changes nothing. Raises Refused, WithSomebody."""
    with transaction.atomic():
        [item], _ = alone([custody.item], None, by)
        now = open_custody(item)
        if now is None or now.pk != custody.pk:
            raise WithSomebody(item, "accept", now)
        if now.holder_id != by.pk:
            raise Refused(f"Only {now.holder.name}, to whom it was handed, accepts it.")
        if now.accepted_at is None:
            Custody.objects.filter(pk=now.pk).update(accepted_at=timezone.now(), denied_at=None)
            record("accept", item, by=by, decision=now.begun)


def deny(custody: Custody, *, by: Member) -> None:
    """Say that one has not what one was handed: whoever handed it over, and the Supervisor, are told to look for it.

    Raises Refused, WithSomebody; WrongState for what was accepted before.
    """
    with transaction.atomic():
        [item], _ = alone([custody.item], None, by)
        now = open_custody(item)
        if now is None or now.pk != custody.pk:
            raise WithSomebody(item, "deny", now)
        if now.holder_id != by.pk:
            raise Refused(f"Only {now.holder.name}, to whom it was handed, says so.")
        if now.accepted_at is not None:
            raise WrongState(item, "deny")
        if now.denied_at is None:
            Custody.objects.filter(pk=now.pk).update(denied_at=timezone.now())
            record("deny", item, by=by, decision=now.begun)
            sentence = f"{by.name} says that he does not have {item}, which {now.begun.by.name} handed him."
            tell([now.begun.by, *_keepers()], Told.EQUIPMENT, sentence, label_path(item), but=by)


def _note_condition(item: Item, handed: Handover) -> None:
    """What came back wrong needs attention, what was missing has been found; who keeps the equipment hears of both."""
    wrong = handed.condition != Condition.GOOD
    word = Condition(handed.condition).label
    if item.state == Item.State.SERVICEABLE and wrong:
        inventory.mark(item, Item.State.ATTENTION, by=handed.by, reason=f"Came back {word}: {handed.remark}")
        return
    if item.is_missing:
        before = item.get_state_display()
        state = Item.State.ATTENTION if wrong else Item.State.SERVICEABLE
        item.become(state, verb=f"mark_{state}", by=handed.by, decision=handed)
        ItemChange.objects.create(
            item=item,
            verb="mark",
            before={"state": before},
            after={"state": item.get_state_display()},
            reason=f"Came back {word}. {handed.remark}".strip(),
            by=handed.by,
        )
    elif not wrong:
        return
    tell(_keepers(), Told.EQUIPMENT, f"{item} came back, {word}.", label_path(item), but=handed.by)


def _keepers() -> list[Member]:
    return [one.member for one in holders(Power.KEEP_EQUIPMENT)]


def _tell_taker(made: list[Handover], to: Member, by: Member) -> None:
    what = named([one.item for one in made])
    tell([to], Told.EQUIPMENT, f"{by.name} handed you {what}. Say that you have it.", label_path(made[0].item), but=by)
