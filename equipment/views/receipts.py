"""Receipts: the list, one of them with its items, noting and taking back (3.4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import costs
from equipment import receipts as verbs
from equipment.forms import ReceiptForm, ReceiptLinesForm, WhyForm
from equipment.listing import with_custody
from equipment.models import KeptFile, Receipt
from equipment.views.items import item_of
from members.asking import member_of
from members.authority import holds, require
from members.models import Member
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid


def _visible(request: HttpRequest) -> QuerySet[Receipt]:
    seen = Receipt.objects.all() if member_of(request).may(Power.READ_UNIT) else Receipt.objects.none()
    return seen.select_related("by", "file", "withdrawal__by")


@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """All of them, newest first, narrowed by supplier or number."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = _visible(request)
    if asked:
        found = found.filter(Q(supplier__icontains=asked) | Q(number__icontains=asked))
    context = {
        "page": page_of(found.prefetch_related("lines__item"), request.GET.get("after")),
        "asked": asked,
        "may_keep": holds(member_of(request), Power.KEEP_EQUIPMENT),
    }
    return render(request, "equipment/receipts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_receipt(request: HttpRequest) -> HttpResponse:
    """Note a receipt, with what it is for; `item` in the address is the first of that."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    asked = request.GET.get("item", "")
    first: dict[str, Any] = {}
    if asked.isdecimal() and asked.isascii() and len(asked) < 19:
        item = item_of(request, int(asked))
        first = {"items": item.tag, "supplier": item.supplier, "on": item.acquired_on}
    form = ReceiptForm(request.POST or None, request.FILES or None, initial=first)
    paper: KeptFile | None = None
    if request.method == "POST":
        valid = form.is_valid()
        try:
            paper = paper_of(request, "attached", by=member)
            if valid:
                given = {name: said for name, said in form.cleaned_data.items() if name != "attached"}
                made = verbs.keep_receipt(by=member, file=paper, **given)
                messages.success(request, "The receipt is kept.")
                return redirect(made)
        except Invalid as refusal:
            form.refuse(refusal)
    context = {"form": form, "paper": paper}
    return render(request, "equipment/receipt_form.html", context, status=422 if form.errors else 200)


def paper_of(request: HttpRequest, field: str, *, by: Member) -> KeptFile | None:
    """The receipt's file: kept at once, so that it is not chosen again where something else is wrong.

    A form that was refused names it by its number: his own upload alone. Raises Invalid at `field`.
    """
    given = request.FILES.get(field)
    if given is not None:
        try:
            return verbs.keep_file(given, by=by)
        except Invalid as refusal:
            raise Invalid(str(refusal), field) from refusal
    stood = request.POST.get("stood", "")
    known = stood.isascii() and stood.isdecimal() and len(stood) < 19
    return KeptFile.objects.filter(pk=int(stood), by=by).first() if known else None


@require_safe
def receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """One of them: its file, and every item it is for."""
    return _page(request, get_object_or_404(_visible(request), pk=receipt_id))


def _page(request: HttpRequest, found: Receipt, refusal: Exception | None = None, **more: Any) -> HttpResponse:
    lines = list(found.lines.select_related("item").order_by("pk"))
    where, cost = with_custody([line.item for line in lines]), costs.since(found, lines)
    withdrawn = getattr(found, "withdrawal", None)
    context = {
        "receipt": found,
        "rows": [(row, custody) for row, (_, custody) in zip(cost.rows, where, strict=True)],
        "cost": cost,
        "said": sum(line.amount or 0 for line in lines),
        "withdrawn": withdrawn,
        "may_keep": holds(member_of(request), Power.KEEP_EQUIPMENT) and withdrawn is None,
        "lines_form": ReceiptLinesForm(),
        "why_form": WhyForm(),
        "refusal": sentence_of(refusal) if refusal else "",
        **more,
    }
    status = status_of(refusal) if refusal else 422 if more else 200
    return render(request, "equipment/receipt.html", context, status=status)


@require_POST
def add_to_receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Say what else it is for."""
    member = member_of(request)
    found = get_object_or_404(_visible(request), pk=receipt_id)
    require(member, Power.KEEP_EQUIPMENT)
    form = ReceiptLinesForm(request.POST)
    if not form.is_valid():
        return _page(request, found, lines_form=form)
    try:
        verbs.add_items(found, form.cleaned_data["items"], by=member)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, found, lines_form=form)
    except REFUSALS as refusal:
        return _page(request, found, refusal)
    messages.success(request, "Noted.")
    return redirect(found)


@require_POST
def withdraw_receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Say that it was noted wrongly."""
    member = member_of(request)
    found = get_object_or_404(_visible(request), pk=receipt_id)
    require(member, Power.KEEP_EQUIPMENT)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, why_form=form)
    try:
        verbs.withdraw_receipt(found, by=member, why=form.cleaned_data["why"])
    except REFUSALS as refusal:
        return _page(request, found, refusal)
    messages.success(request, "Taken back; what it said stays to be read.")
    return redirect(found)
