"""What was ordered comes: how many of what, with which receipt; each thing goes into the inventory (3.3, 3.4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from equipment import purchasing_orders, receipts
from equipment.models import KeptFile, Proposal, PurchaseOrder, Receipt
from equipment.purchasing_forms import CameForm, ReceiptForm
from equipment.views.receipts import paper_of
from members.asking import member_of
from members.authority import require
from members.models import Member
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid, WrongState

_FIELDS = {"attached": "file", "on": "date"}  # of a receipt, as this form calls them


@require_http_methods(["GET", "HEAD", "POST"])
def receive_purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """Take in a delivery, whole or a part."""
    member = member_of(request)
    found = get_object_or_404(Proposal.objects.visible_to(member).select_related("version"), pk=purchase_id)
    require(member, Power.KEEP_EQUIPMENT)
    order = found.order
    if order is None:
        return _closed(request, found)
    typed = request.POST if request.method == "POST" else None
    rest = purchasing_orders.wanting(order)
    lines = order.version.lines.select_related("kind").filter(pk__in=rest)
    rows = [CameForm(line, rest[line.pk], typed) for line in lines]
    form = ReceiptForm(order, typed, request.FILES if typed is not None else None)
    paper: KeptFile | None = None
    refusal: Exception | None = None
    well = typed is not None and all([form.is_valid(), *[row.is_valid() for row in rows]])
    if typed is not None:
        try:
            paper = paper_of(request, "file", by=member)
        except Invalid as error:
            form.add_error("file", str(error))
            well = False
    if well:
        try:
            _receive(found, order, form, rows, member, paper)
        except Invalid as error:
            refusal = _set_beside(error, form, rows)
        except REFUSALS as error:
            refusal = error
        else:
            messages.success(request, "Received: what came is in the inventory.")
            return redirect(found.get_absolute_url())
    faulty = bool(form.is_bound and (form.errors or any(row.errors for row in rows)))
    context = {
        "proposal": found,
        "order": order,
        "form": form,
        "rows": rows,
        "paper": paper,
        "refusal": sentence_of(refusal) if refusal else "",
        "open": found.state == Proposal.State.ORDERED,
    }
    status = status_of(refusal) if refusal else 422 if faulty else 200
    return render(request, "equipment/purchase_receive.html", context, status=status)


def _closed(request: HttpRequest, found: Proposal) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, WrongState(found, "receive").sentence())
    return redirect(found.get_absolute_url())


def _set_beside(refusal: Invalid, form: ReceiptForm, rows: list[CameForm]) -> Exception | None:
    """Put the refusal at the field it is about; gives it back where it is about none."""
    name, _, key = refusal.field.partition("-")
    for row in rows:
        if key == str(row.line.pk) and name in row.fields:
            row.add_error(name, str(refusal))
            return None
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal))
        return None
    return refusal


def _receive(
    found: Proposal,
    order: PurchaseOrder,
    form: ReceiptForm,
    rows: list[CameForm],
    by: Member,
    paper: KeptFile | None,
) -> None:
    given = form.cleaned_data
    came = [one for row in rows if (one := row.came()) is not None]
    purchasing_orders.receive(
        found,
        came,
        lambda: _receipt(order, given, by, paper),
        by=by,
        on=given["on"],
        key=given["key"],
        remark=given["remark"],
    )


def _receipt(order: PurchaseOrder, given: dict[str, Any], by: Member, paper: KeptFile | None) -> Receipt:
    """The receipt that was chosen, or the new one that came with it."""
    if given["kept"] is not None:
        return given["kept"]  # type: ignore[no-any-return]
    if paper is None:
        raise Invalid("Add the supplier’s receipt, or choose one that came before.", "file")
    if given["total"] is None:
        raise Invalid("Say what the receipt comes to in all.", "total")
    try:
        return receipts.keep_receipt(
            by=by,
            supplier=order.supplier,
            number=given["number"],
            on=given["date"] or given["on"],
            total=given["total"],
            file=paper,
        )
    except Invalid as refusal:
        raise Invalid(str(refusal), _FIELDS.get(refusal.field, refusal.field)) from refusal
