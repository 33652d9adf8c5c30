"""Stock-takes: begun, counted by phone, signed; what came of each (3.4, 3.7)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import stocktakes as verbs
from equipment.finding import kit_of, sought
from equipment.models import Item, StockTake
from equipment.stocktake_forms import BeginForm, EndForm, SeeForm
from equipment.stocktakes import Outcome, Seen
from members.asking import member_of
from members.authority import holds, require
from members.days import spoken
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import csv_answer
from members.states import Invalid

SHOWN = 200  # of a group on the page; all of them stand in the file and on the sheet


@require_safe
def stock_takes(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    member = member_of(request)
    found = StockTake.objects.visible_to(member).select_related("member", "begun_by", "ended_by")
    context = {
        "page": page_of(found, request.GET.get("after")),
        "last": verbs.last_figures(),
        "may_begin": holds(member, Power.KEEP_EQUIPMENT),
    }
    return render(request, "equipment/stock_takes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_stock_take(request: HttpRequest) -> HttpResponse:
    """Say what is counted."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take = verbs.begin(by=by, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("count_stock_take", take.pk)
    return render(request, "equipment/stock_take_begin.html", {"form": form}, status=422 if form.errors else 200)


def _take(request: HttpRequest, take_id: int) -> StockTake:
    found = StockTake.objects.visible_to(member_of(request)).select_related("member", "begun_by", "ended_by")
    return get_object_or_404(found, pk=take_id)


@require_safe
def stock_take(request: HttpRequest, take_id: int) -> HttpResponseBase:
    """What it comes to; `format=csv` as a file."""
    take = _take(request, take_id)
    if request.GET.get("format") == "csv":
        head = ["result", "tag", "item", "serial number", "expected", "seen at", "seen by", "seen on"]
        return csv_answer(f"stock-take-{take.pk}", head, _lines(verbs.outcome(take)))
    return _page(request, take)


def _lines(outcome: Outcome) -> Iterator[list[str]]:
    for word, findings in outcome.groups():
        for one in findings:
            about = [one.item.tag, one.item.name, one.item.serial] if one.item else ["", one.said, ""]
            seen = [one.seen_at, one.seen.by.name, spoken(one.seen.at)] if one.seen else ["", "", ""]
            yield [word, *about, str(one.expected or ""), *seen]


def _page(request: HttpRequest, take: StockTake, refusal: Exception | None = None) -> HttpResponse:
    member, outcome = member_of(request), verbs.outcome(take)
    lost = [one for one in outcome.missing if one.item and one.item.can_become(Item.State.LOST)]
    context = {
        "take": take,
        "groups": [(word, found, found[:SHOWN]) for word, found in outcome.groups()],
        "counted": len(outcome.found) + len(outcome.misplaced),
        "verbs": take.verbs_for(member),
        "may_count": take.state == StockTake.State.OPEN and member.may(Power.CARRY_OUT),
        "may_mark": take.state == StockTake.State.SIGNED and holds(member, Power.KEEP_EQUIPMENT) and bool(lost),
        "lost": lost[:SHOWN],
        "to_put_right": verbs.to_put_right(take, outcome)[:SHOWN] if holds(member, Power.KEEP_EQUIPMENT) else [],
        "form": EndForm(request.POST if refusal else None),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "equipment/stock_take.html", context, status=status_of(refusal) if refusal else 200)


@require_safe
def count_stock_take(request: HttpRequest, take_id: int) -> HttpResponse:
    """The page to count with, on a phone: where one stands, and what one sees."""
    take = _take(request, take_id)
    require(member_of(request), Power.CARRY_OUT)
    return _count(request, take)


def _count(
    request: HttpRequest, take: StockTake, *, refusal: Exception | None = None, found: list[Item] | None = None
) -> HttpResponse:
    if take.state != StockTake.State.OPEN:
        messages.info(request, "This stock-take is over.")
        return redirect(take.get_absolute_url())
    member = member_of(request)
    place, where = verbs.last_place(take, member)
    typed = request.POST if request.method == "POST" else {}
    initial = {"place": typed.get("place", place), "where": typed.get("where", where), "key": uuid.uuid4()}
    mine = take.sightings.filter(by=member).select_related("item").order_by("-pk")[:10]
    context = {
        "take": take,
        "form": SeeForm(initial={**initial, "text": typed.get("text", "")}),
        "found": found,
        "text": typed.get("text", ""),
        "mine": [(one, uuid.uuid4()) for one in mine],
        "expected": take.expected.count(),
        "seen": take.sightings.filter(taken_back=False).values("item").distinct().count(),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if found is not None else 200
    return render(request, "equipment/stock_take_count.html", context, status=status)


@require_POST
def see_in_stock_take(request: HttpRequest, take_id: int) -> HttpResponse:
    """Note what is seen: a thing by its number, by what was typed or scanned, or in words where nobody knows it."""
    take, by = _take(request, take_id), member_of(request)
    require(by, Power.CARRY_OUT)
    form = SeeForm(request.POST)
    if not form.is_valid():
        return _count(request, take, refusal=Invalid("What came cannot be read. Type the tag."))
    given = form.cleaned_data
    seen = Seen(given["place"], given["where"], given["key"])
    try:
        if given["said"]:
            verbs.see_unknown(take, given["said"], by=by, seen=seen)
            messages.success(request, f"Noted as unknown: {given['said']}.")
            return redirect("count_stock_take", take.pk)
        items = _meant(request, given)
        if len(items) != 1:
            return _count(request, take, found=items)
        verbs.see(take, items[0], by=by, seen=seen, taken_back=given["taken_back"])
    except REFUSALS as refusal:
        return _count(request, _take(request, take_id), refusal=refusal)
    word = "Taken back" if given["taken_back"] else "Seen"
    messages.success(request, f"{word}: {items[0]}. By the inventory: {verbs.where_is(items[0])}.")
    if request.POST.get("back") == "label":
        return redirect("label", items[0].code)
    return redirect(f"{reverse('count_stock_take', args=[take.pk])}#seen")


def _meant(request: HttpRequest, given: dict[str, object]) -> list[Item]:
    items = Item.objects.visible_to(member_of(request))
    if given["item"]:
        return [get_object_or_404(items, pk=given["item"])]
    if not str(given["text"]).strip():
        raise Invalid("Scan a label, or type a tag or a serial number.", "text")
    found = sought(items, str(given["text"]))
    if not found and (kit := kit_of(str(given["text"]))):
        raise Invalid(f"That is the label of a kit, {kit}: each of its things is counted by its own label.", "text")
    return found


@require_POST
def sign_stock_take(request: HttpRequest, take_id: int) -> HttpResponse:
    """Sign what was found."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    take, form = _take(request, take_id), EndForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid("The remark is longer than 2,000 characters.", "remark")
        verbs.sign(take, by=by, remark=form.cleaned_data["remark"])
    except REFUSALS as refusal:
        return _page(request, _take(request, take_id), refusal)
    messages.success(request, "Signed: these figures stand.")
    return redirect(take.get_absolute_url())


@require_POST
def drop_stock_take(request: HttpRequest, take_id: int) -> HttpResponse:
    """Give it up."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    take, form = _take(request, take_id), EndForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid("The reason is longer than 2,000 characters.", "remark")
        verbs.drop(take, by=by, reason=form.cleaned_data["remark"])
    except REFUSALS as refusal:
        return _page(request, _take(request, take_id), refusal)
    messages.success(request, "Given up; nothing of it counts.")
    return redirect("stock_takes")


@require_POST
def mark_lost_of_stock_take(request: HttpRequest, take_id: int) -> HttpResponse:
    """Mark as lost what was chosen of what is missing."""
    return _with_chosen(request, take_id, verbs.mark_lost, "Choose what is lost.", "marked as lost.")


@require_POST
def put_right_of_stock_take(request: HttpRequest, take_id: int) -> HttpResponse:
    """Note of what was chosen that its place is where it was seen."""
    return _with_chosen(
        request, take_id, verbs.put_right, "Choose what stays where it was seen.", "noted at the place where seen."
    )


def _with_chosen(request: HttpRequest, take_id: int, verb: Callable[..., int], nothing: str, done: str) -> HttpResponse:
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    take = _take(request, take_id)
    chosen = [int(one) for one in request.POST.getlist("item") if one.isdecimal() and len(one) < 19]
    try:
        if not chosen:
            raise Invalid(nothing)
        count = verb(take, Item.objects.filter(pk__in=chosen), by=by)
    except REFUSALS as refusal:
        return _page(request, _take(request, take_id), refusal)
    messages.success(request, f"{count} {done}")
    return redirect(take.get_absolute_url())


@require_safe
def stock_take_sheet(request: HttpRequest, take_id: int) -> HttpResponse:
    """The result as a PDF, to sign on paper or to file."""
    from equipment.stocktake_sheet import sheet  # what draws a PDF takes as much memory as the page itself

    take = _take(request, take_id)
    answer = HttpResponse(sheet(take), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="stock-take-{take.pk}.pdf"'
    return answer
