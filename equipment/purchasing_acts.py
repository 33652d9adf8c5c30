"""What is done with a proposal by one press on its page: from the form to the verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError

from equipment import purchasing, purchasing_orders
from equipment.models import Proposal
from members.days import Day
from members.models import Member
from members.states import Invalid

Typed = Mapping[str, str]
Done = tuple[str, Proposal]  # what is said of it, and where one goes on


def _said(typed: Typed, name: str) -> str:
    return typed.get(name, "").replace("\x00", "").strip()


def _day(typed: Typed, name: str) -> date | None:
    try:
        day: date | None = Day(required=False).clean(_said(typed, name))
    except ValidationError as error:
        raise Invalid("This is no day: choose it in the calendar.", name) from error
    return day


def _submit(found: Proposal, by: Member, typed: Typed) -> Done:
    on = _said(typed, "on")
    purchasing.submit(found, by=by, on=int(on) if on.isdecimal() and len(on) < 9 else 0)
    return "Handed in; the Commander or designee decides.", found


def _take_back(found: Proposal, by: Member, _: Typed) -> Done:
    purchasing.take_back(found, by=by)
    return "Taken back: change it, and hand it in again.", found


def _withdraw(found: Proposal, by: Member, typed: Typed) -> Done:
    purchasing.withdraw(found, by=by, reason=_said(typed, "reason"))
    return "Withdrawn.", found


def _anew(found: Proposal, by: Member, _: Typed) -> Done:
    return "A draft with the same content: look at the prices and quotes.", purchasing.propose_anew(found, by=by)


def _draw_up(found: Proposal, by: Member, typed: Typed) -> Done:
    made = purchasing_orders.draw_up(found, by=by, number=_said(typed, "number"))
    return f"Purchase order {made.number} is drawn up: send it to the Budget Unit.", found


def _send(found: Proposal, by: Member, _: Typed) -> Done:
    purchasing_orders.send(found, by=by)
    return "The order is on its way to the Budget Unit; you are told if it does not go out.", found


def _hand_over(found: Proposal, by: Member, typed: Typed) -> Done:
    purchasing_orders.hand_over(found, by=by, to=_said(typed, "to"))
    return "Noted: it was handed over.", found


def _place(found: Proposal, by: Member, typed: Typed) -> Done:
    days = {name: _day(typed, name) for name in ("on", "expected_on")}
    purchasing_orders.place(found, by=by, reference=_said(typed, "reference"), **days)
    return "Noted: it is ordered.", found


def _close(found: Proposal, by: Member, typed: Typed) -> Done:
    purchasing_orders.close(found, by=by, reason=_said(typed, "reason"))
    return "Closed: nothing more is received for this order.", found


ACTS: dict[str, Callable[[Proposal, Member, Typed], Done]] = {
    "submit": _submit,
    "take_back": _take_back,
    "withdraw": _withdraw,
    "anew": _anew,
    "draw_up": _draw_up,
    "send": _send,
    "hand_over": _hand_over,
    "place": _place,
    "close": _close,
}
