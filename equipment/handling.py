"""Handling by the maker's instructions (3.6): what goes beyond them is asked for, and decided by another."""

from __future__ import annotations

from django.db import transaction

from equipment.models import Item, ItemChange, Modification, ModificationDecision
from equipment.warranty import LONGEST, let_warranty_stand, void_warranty
from members.authority import Holder, holders, require
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

__all__ = ["LONGEST", "ask", "decide", "let_warranty_stand", "void_warranty", "voiding", "who_decides", "withdraw"]


def ask(item: Item, *, what: str, against: str, why: str, voids: bool, by: Member) -> Modification:
    """Ask that something be done to a thing for which its maker's instructions do not provide.

    Raises Refused, Invalid.
    """
    require(by, Power.CARRY_OUT)
    if item.state in Item.GONE:
        raise Invalid(f"It is {item.get_state_display()}: nothing is done to it any more.")
    said = {
        "what": _text(what, "what", "Say what is to be done to it."),
        "against": _text(against, "against", "Say which instruction it goes beyond, with its page where there is one."),
        "why": _text(why, "why", "Say why it is needed."),
    }
    with transaction.atomic():
        made = Modification.objects.create(item=item, voids=voids, asked_by=by, **said)
        record("ask", made, by=by, after=made.state)
        tell(
            [holder.member for holder in who_decides(made)],
            Told.EQUIPMENT,
            f"{by.name} asks to handle {item} outside its maker’s instructions: approve or decline it.",
            made.get_absolute_url(),
        )
    return made


def _text(text: str, field: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(missing, field)
    if len(text) > LONGEST:
        raise Invalid(f"At most {LONGEST:,} characters.", field)
    return text


def who_decides(asked: Modification) -> list[Holder]:
    """Who could decide it now."""
    return [holder for holder in holders(Power.KEEP_EQUIPMENT) if asked.may_approve(holder.member)]


def decide(asked: Modification, *, approves: bool, voids: bool, reason: str, by: Member) -> ModificationDecision:
    """Approve or decline it, for a reason that stands with it; `voids`: the warranty ends when it is carried out.

    Raises Refused, Invalid, WrongState.
    """
    if not asked.may_approve(by):
        raise asked.refusal(by)
    reason = _text(reason, "reason", "Say why: it stands with the decision.")
    verb, state = ("approve", asked.State.APPROVED) if approves else ("decline", asked.State.DECLINED)
    with transaction.atomic():
        locked = Modification.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if not locked.can_become(state):
            raise WrongState(asked, verb)
        said = ModificationDecision.objects.create(
            modification=locked, approves=approves, voids=approves and voids, reason=reason, by=by
        )
        locked.become(state, verb=verb, by=by, decision=said)
        sentence = f"The modification of {locked.item} is {locked.get_state_display()}."
        tell([locked.asked_by], Told.EQUIPMENT, sentence, locked.get_absolute_url(), but=by)
    return said


def withdraw(asked: Modification, *, by: Member) -> None:
    """Take it back. Raises Refused, WrongState."""
    if not asked.may_withdraw(by):
        raise Refused(f"Only {asked.asked_by.name}, who asked, takes it back.")
    asked.become(asked.State.WITHDRAWN, verb="withdraw", by=by)


def voiding(item: Item) -> ItemChange | None:
    """By what, and by whose word, its warranty ended; None while it stands."""
    if item.warranty_void_on is None:
        return None
    return item.changes.filter(verb="void_warranty").select_related("by").order_by("-pk").first()
