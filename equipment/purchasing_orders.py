"""From what was approved to things on the shelf (3.3): the order drawn up, sent, ordered, received, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from equipment import inventory, receipts
from equipment.models import (
    BudgetUnit,
    DeliveredLine,
    Delivery,
    Item,
    KeptFile,
    OrderPlacing,
    OrderSending,
    Proposal,
    ProposalLine,
    PurchaseOrder,
    Receipt,
    ReceivedItem,
)
from equipment.purchasing import State, end, locked, stands_as_written
from members.authority import require
from members.kept_files import PAPERS, keep
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record

LONGEST_NUMBER = 40
TAKEN = "Another purchase order has this number."


def budget_unit() -> BudgetUnit:
    """To whom orders go, as it was kept; before that, unsaved, without an address."""
    return BudgetUnit.objects.first() or BudgetUnit()


def keep_budget_unit(name: str, email: str, deliver_to: str, *, by: Member) -> BudgetUnit:
    """Say to whom orders go, and where to deliver. Raises Refused, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    if not name.strip():
        raise Invalid("Say what it is called.", "name")
    given = {"name": name.strip(), "email": email.strip(), "deliver_to": deliver_to.strip()}
    with transaction.atomic():
        made, _ = BudgetUnit.objects.update_or_create(pk=1, defaults=given)
        record("change", made, by=by)
    return made


def draw_up(proposal: Proposal, *, by: Member, number: str = "") -> PurchaseOrder:
    """Make the purchase order of what was approved: its number (the next, if none is given) and its PDF, which is kept.

    Raises Refused, Invalid (a number that another order has), WrongState.
    """
    require(by, Power.KEEP_EQUIPMENT)
    number = " ".join(number.split())
    if len(number) > LONGEST_NUMBER:
        raise Invalid(f"The number has at most {LONGEST_NUMBER} characters.", "number")
    with transaction.atomic():
        found = locked(proposal.pk)
        version = found.version
        if found.state != State.APPROVED or version is None or not stands_as_written(version):
            raise WrongState(found, "draw_up")
        if number and PurchaseOrder.objects.filter(number__iexact=number).exists():
            raise Invalid(TAKEN, "number")
        decision, chosen, now = version.decision, version.chosen, timezone.now()
        number = number or next_number()
        from equipment.purchasing_sheet import sheet  # what draws a PDF takes as much memory as the page itself

        drawn = sheet(version, decision, number=number, unit=budget_unit(), by=by, at=now)
        (kept,) = keep([SimpleUploadedFile(f"{_as_a_name(number)}.pdf", drawn)], PAPERS)
        try:
            with transaction.atomic():
                made = PurchaseOrder.objects.create(
                    version=version,
                    decision=decision,
                    digest=version.digest,
                    number=number,
                    supplier=chosen.supplier if chosen else "",
                    total=version.total,
                    file=KeptFile.of(kept, by=by),
                    by=by,
                    at=now,
                )
        except IntegrityError as error:  # taken at this moment by another
            raise Invalid(TAKEN, "number") from error
        found.become(State.DRAWN, verb="draw_up", by=by, decision=made)
    return made


def next_number() -> str:
    """The number after the last of this year: PO-2026-004."""
    begins = f"PO-{timezone.localdate().year}-"
    taken = PurchaseOrder.objects.filter(number__startswith=begins).values_list("number", flat=True)
    ends = [number.removeprefix(begins) for number in taken]
    return f"{begins}{max((int(one) for one in ends if one.isdecimal()), default=0) + 1:03d}"


def _as_a_name(number: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in number)


def _order_of(proposal: Proposal, verb: str) -> PurchaseOrder:
    order = proposal.order
    if order is None:
        raise WrongState(proposal, verb)
    return order


def send(proposal: Proposal, *, by: Member) -> OrderSending:
    """Send the order to the Budget Unit by e-mail; a worker does it (purchasing_mail).

    Raises Refused, Invalid (no address is known), WrongState (no order, ordered already, or on its way).
    """
    require(by, Power.KEEP_EQUIPMENT)
    to = budget_unit().email
    if not to:
        raise Invalid("No e-mail address of the Budget Unit is kept: give one, or hand the order over.", "email")
    with transaction.atomic():
        found = locked(proposal.pk)
        order = _order_of(found, "send")
        if found.state not in (State.DRAWN, State.SENT) or order.sendings.filter(mail_at__isnull=False).exists():
            raise WrongState(found, "send")
        made = OrderSending.objects.create(
            order=order, way=OrderSending.Way.EMAIL, to=to, mail_at=timezone.now(), by=by
        )
        record("send", order, by=by)
    return made


def hand_over(proposal: Proposal, *, by: Member, to: str) -> OrderSending:
    """Note that the order was handed over, and to whom. Raises Refused, Invalid, WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    if not (to := " ".join(to.split())[:200]):
        raise Invalid("Say who took it.", "to")
    with transaction.atomic():
        found = locked(proposal.pk)
        order = _order_of(found, "hand_over")
        if found.state not in (State.DRAWN, State.SENT):
            raise WrongState(found, "hand_over")
        order.sendings.filter(mail_at__isnull=False).update(mail_at=None, why_not="it was handed over")
        made = OrderSending.objects.create(order=order, way=OrderSending.Way.HAND, to=to, sent_at=timezone.now(), by=by)
        if found.state == State.DRAWN:
            found.become(State.SENT, verb="hand_over", by=by, decision=order)
        else:
            record("hand_over", order, by=by)
    return made


def place(
    proposal: Proposal, *, by: Member, on: date | None = None, reference: str = "", expected_on: date | None = None
) -> OrderPlacing:
    """Note that the Budget Unit ordered it: on which day, under which reference, expected when.

    Raises Refused, Invalid (a day to come, expected before it was ordered), WrongState.
    """
    require(by, Power.KEEP_EQUIPMENT)
    today = timezone.localdate()
    on = on or today
    if on > today:
        raise Invalid("This day has not come yet.", "on")
    if expected_on is not None and expected_on < on:
        raise Invalid("That is before it was ordered.", "expected_on")
    with transaction.atomic():
        found = locked(proposal.pk)
        order = _order_of(found, "place")
        if found.state != State.SENT:
            raise WrongState(found, "place")
        made = OrderPlacing.objects.create(
            order=order, on=on, reference=reference.strip()[:80], expected_on=expected_on, by=by
        )
        found.become(State.ORDERED, verb="place", by=by, decision=made)
    return made


@dataclass(frozen=True)
class Thing:
    """One thing that came, as it goes into the inventory; without a tag it is given the next."""

    serial: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Came:
    """How many of a line came; of a line with a kind, each as a thing."""

    line: ProposalLine
    count: int
    things: Sequence[Thing] = ()
    cost: Decimal | None = None  # of each, where the receipt says otherwise than the order
    warranty_until: date | None = None


def wanting(order: PurchaseOrder) -> dict[int, int]:
    """How many of each line have not come yet, by the line's key; lines that came wholly are left out."""
    came = DeliveredLine.objects.filter(delivery__order=order).values("line").annotate(count=Sum("count"))
    already = {row["line"]: row["count"] for row in came}
    rest = {line.pk: line.count - already.get(line.pk, 0) for line in order.version.lines.all()}
    return {key: count for key, count in rest.items() if count > 0}


def receive(
    proposal: Proposal,
    came: Sequence[Came],
    receipt: Callable[[], Receipt],
    *,
    by: Member,
    on: date,
    key: UUID,
    remark: str = "",
) -> Delivery:
    """Take in what came: each thing becomes an item with its tag and its line of the receipt.

    `receipt` gives the supplier's receipt, asked for once all else is well. All of it came: the proposal is received.
    The same `key` again is the same delivery, done once. Raises Refused, Invalid (more than is wanting, a day to come,
    a serial or tag that exists), WrongState.
    """
    require(by, Power.KEEP_EQUIPMENT)
    if on > timezone.localdate():
        raise Invalid("This day has not come yet.", "on")
    with transaction.atomic():
        found = locked(proposal.pk)
        if (done := Delivery.objects.filter(key=key, order__version=found.version).first()) is not None:
            return done
        order = _order_of(found, "receive")
        if found.state != State.ORDERED:
            raise WrongState(found, "receive")
        rest = wanting(order)
        _check(came, rest)
        made = Delivery.objects.create(order=order, receipt=receipt(), on=on, remark=remark.strip(), key=key, by=by)
        items = {item: cost for one in came for item, cost in _take_in(made, one, by)}
        receipts.add_items(made.receipt, items, by=by)
        if sum(one.count for one in came) == sum(rest.values()):
            found.become(State.RECEIVED, verb="receive", by=by, decision=made)
            sentence = f"All of proposal {found.pk}, “{found.title}”, was received."
            tell([found.asked_by], Told.EQUIPMENT, sentence, found.get_absolute_url(), but=by)
        else:
            record("receive_in_part", found, by=by, before=found.state, after=found.state, decision=made)
    return made


def _check(came: Sequence[Came], rest: dict[int, int]) -> None:
    if not came:
        raise Invalid("Say how many of what came.", "")
    for one in came:
        wanted = rest.get(one.line.pk, 0)
        if one.count < 1 or one.count > wanted:
            said = (
                f"{wanted} of “{one.line}” are wanting: no more can be received."
                if wanted
                else (f"“{one.line}” was received already, or is not of this order.")
            )
            raise Invalid(said, f"count-{one.line.pk}")
        if len(one.things) > one.count:
            raise Invalid(f"{one.count} came, but {len(one.things)} are named.", f"serials-{one.line.pk}")


def _take_in(delivery: Delivery, one: Came, by: Member) -> list[tuple[Item, Decimal]]:
    """What a line that came becomes, each with what it cost. Needs a transaction."""
    line = one.line
    delivered = DeliveredLine.objects.create(delivery=delivery, line=line, count=one.count)
    if line.kind is None:
        return []
    cost = line.cost if one.cost is None else one.cost
    made = []
    for thing in [*one.things, *[Thing()] * (one.count - len(one.things))]:
        try:
            item = inventory.add_item(
                by=by,
                name=line.what,
                kind=line.kind,
                maker=line.maker,
                model=line.model,
                serial=thing.serial,
                tag=thing.tag,
                value=cost,
                acquired_on=delivery.on,
                supplier=delivery.order.supplier,
                warranty_until=one.warranty_until,
            )
        except Invalid as refusal:
            raise Invalid(f"{line}: {refusal}", f"serials-{line.pk}") from refusal
        ReceivedItem.objects.create(delivered=delivered, item=item)
        made.append((item, cost))
    return made


def close(proposal: Proposal, *, by: Member, reason: str) -> None:
    """End an order of which the rest, or all, does not come. Raises Refused, Invalid (no reason), WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        end(proposal, State.CLOSED, "close", by=by, reason=reason)
        order = locked(proposal.pk).order
        if order is not None:
            order.sendings.filter(mail_at__isnull=False).update(mail_at=None, why_not="the order was closed")
