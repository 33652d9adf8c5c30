"""Purchases (3.3): proposals, the Commander's decision, the order, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import purchasing, purchasing_orders
from equipment.models import KeptFile, Proposal, ProposalDecision
from equipment.purchasing_acts import ACTS
from equipment.purchasing_forms import BudgetUnitForm, Desk, PurchaseSearch
from equipment.purchasing_page import paid, road
from members.asking import member_of
from members.authority import require
from members.freshness import fresh_second_factor
from members.kept_files import download
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid

_DECIDED = {
    "approve": "Approved, in exactly this form: the purchase order can be drawn up.",
    "return": "Returned, with the reason.",
    "decline": "Declined, with the reason.",
}
_HEAD = [
    "Proposal", "Title", "State", "Asked by", "Begun", "Decided by", "Decided", "Order", "Supplier", "Line", "What",
    "Count", "Each", "Received",
]  # fmt: skip


@require_safe
def purchases(request: HttpRequest) -> HttpResponseBase:
    """All proposals, newest first; as CSV, a row for each line of theirs."""
    member = member_of(request)
    search = PurchaseSearch(request.GET or None) if request.GET else PurchaseSearch({})
    found = search.proposals(member).select_related("version", "asked_by")
    if request.GET.get("format") == "csv":
        return csv_answer("proposals", _HEAD, _rows(found))
    context = {
        "page": page_of(found, request.GET.get("after")),
        "search": search,
        "may_write": Proposal.may_write(member),
        "budget": purchasing_orders.budget_unit(),
    }
    return render(request, "equipment/purchases.html", context)


def _rows(found: Any) -> Iterator[list[object]]:
    for one in found.order_by("-pk")[:LARGEST].iterator(chunk_size=500):
        version, order = one.version, one.order
        decision = ProposalDecision.objects.filter(version=version).select_related("by").first()
        rest = purchasing_orders.wanting(order) if order else {}
        head = [one.pk, one.title, one.get_state_display(), one.asked_by.name, one.made_at.date().isoformat()]
        head += [decision.by.name, decision.at.date().isoformat()] if decision else ["", ""]
        head += [order.number, order.supplier] if order else ["", ""]
        for line in version.lines.all() if version else ():
            came = line.count - rest.get(line.pk, 0) if order else 0
            yield [*head, line.number, line.what, line.count, line.cost, came]


def _proposal(request: HttpRequest, purchase_id: int) -> Proposal:
    wanted = Proposal.objects.visible_to(member_of(request)).select_related(
        "version", "asked_by", "submitted_by", "follows"
    )
    return get_object_or_404(wanted, pk=purchase_id)


@require_safe
def purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """One of them, from what was proposed to the things on the shelf."""
    return _page(request, _proposal(request, purchase_id))


def _page(request: HttpRequest, found: Proposal, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    order = found.order
    on_its_way = order is not None and order.sendings.filter(mail_at__isnull=False).exists()
    context = {
        "proposal": found,
        "version": found.version,
        "words": _words(found),
        "quotes": found.version.quotes.select_related("file") if found.version else (),
        "files": found.version.files.select_related("file") if found.version else (),
        "today": timezone.localdate().isoformat(),
        "lines": found.version.lines.select_related("kind") if found.version else (),
        "missing": purchasing.missing(found.version) if found.version and found.state in Proposal.OPEN else [],
        "order": order,
        "road": road(found, order),
        "paid": paid(order) if order else None,
        "versions": found.versions.select_related("by").order_by("-number"),
        "budget": purchasing_orders.budget_unit(),
        "verbs": found.verbs_for(member),
        "may_write": Proposal.may_write(member),
        "may_change": Proposal.may_write(member) and found.state in Proposal.OPEN,
        "may_send": Proposal.may_write(member) and found.state in (found.State.DRAWN, found.State.SENT),
        "on_its_way": on_its_way,
        "next_number": purchasing_orders.next_number() if found.state == found.State.APPROVED else "",
        "why_not": purchasing.why_not(found, member) if found.state == found.State.SUBMITTED else "",
        "typed": request.POST.dict() if refusal else {},
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "equipment/purchase.html", context, status=status_of(refusal) if refusal else 200)


def _words(found: Proposal) -> list[tuple[str, str, str]]:
    version = found.version
    if version is None:
        return []
    return [
        ("Technical description", version.description, "description"),
        ("Reason and purpose", version.reason, "reason"),
        ("Alternatives looked at", version.alternatives, "alternatives"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def write_purchase(request: HttpRequest) -> HttpResponse:
    """Begin a proposal."""
    require(member_of(request), Power.KEEP_EQUIPMENT)
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """Write the next version of one that is open."""
    found = _proposal(request, purchase_id)
    require(member_of(request), Power.KEEP_EQUIPMENT)
    return _write(request, found)


def _write(request: HttpRequest, found: Proposal | None) -> HttpResponse:
    member = member_of(request)
    desk = Desk(member, found)
    refusal: Exception | None = None
    on = found.version.number if found is not None and found.version is not None else 0
    if request.method != "POST":
        desk.show(found.version if found else None)
    else:
        typed = request.POST.get("on", "")
        on = int(typed) if typed.isdecimal() and len(typed) < 9 else 0
        try:
            if desk.read(request.POST, request.FILES):
                made = purchasing.write(desk.wish(), by=member, proposal=found, on=on)
                if "submit" not in request.POST:
                    messages.success(request, "Kept.")
                    return redirect(made.get_absolute_url())
                return _handed_in(request, made)
        except Invalid as error:
            desk.words.refuse(error)
            refusal = error
        except REFUSALS as error:
            refusal = error
    status = status_of(refusal) if refusal else 422 if desk.faulty() else 200
    context = {"desk": desk, "proposal": found, "on": on, "refusal": sentence_of(refusal) if refusal else ""}
    return render(request, "equipment/purchase_write.html", context, status=status)


def _handed_in(request: HttpRequest, made: Proposal) -> HttpResponse:
    """What was kept is handed in too; where something is missing, its page says what."""
    try:
        purchasing.submit(made, by=member_of(request), on=made.version.number if made.version else 0)
    except REFUSALS as refusal:
        messages.warning(request, f"Kept, and not handed in. {sentence_of(refusal)}")
    else:
        messages.success(request, "Handed in; the Commander or designee decides.")
    return redirect(made.get_absolute_url())


@require_POST
@fresh_second_factor
def decide_purchase(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    """Approve exactly what the page showed, return it or decline it."""
    found = _proposal(request, purchase_id)
    verdict = request.POST.get("verdict", "")
    if verdict not in _DECIDED:
        raise Http404
    said = {"seen_as": request.POST.get("digest", ""), "reason": request.POST.get("reason", "").replace("\x00", "")}
    try:
        purchasing.decide(found, verdict, by=member_of(request), **said)
    except REFUSALS as refusal:
        return _page(request, _proposal(request, purchase_id), refusal)
    messages.success(request, _DECIDED[verdict])
    return redirect(found.get_absolute_url())


@require_POST
def act_on_purchase(request: HttpRequest, purchase_id: int, verb: str) -> HttpResponse:
    """Hand it in, take it back, end it, propose it anew; draw up the order, send it, note that it was ordered."""
    found = _proposal(request, purchase_id)
    if verb not in ACTS:
        raise Http404
    try:
        said, going_to = ACTS[verb](found, member_of(request), request.POST)
    except REFUSALS as refusal:
        return _page(request, _proposal(request, purchase_id), refusal)
    messages.success(request, said)
    return redirect(going_to.get_absolute_url())


@require_safe
def purchase_paper(request: HttpRequest, purchase_id: int, paper_id: int) -> FileResponse:
    """A file of one: a quote, a data sheet, the purchase order."""
    found = _proposal(request, purchase_id)
    versions = found.versions.all()
    of_it = (
        Q(pk__in=versions.values("quotes__file"))
        | Q(pk__in=versions.values("files__file"))
        | Q(pk__in=versions.values("order__file"))
    )
    file = get_object_or_404(KeptFile.objects.filter(of_it), pk=paper_id)
    return download(file.digest, file.name)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_unit(request: HttpRequest) -> HttpResponse:
    """To whom purchase orders go; whoever keeps the equipment says so."""
    member = member_of(request)
    kept = purchasing_orders.budget_unit()
    form = BudgetUnitForm(initial={"name": kept.name, "email": kept.email, "deliver_to": kept.deliver_to})
    if request.method == "POST":
        require(member, Power.KEEP_EQUIPMENT)
        form = BudgetUnitForm(request.POST)
        if form.is_valid():
            try:
                purchasing_orders.keep_budget_unit(**form.cleaned_data, by=member)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, "Kept.")
                return redirect(reverse("purchases"))
    context = {"form": form, "may_write": Proposal.may_write(member)}
    return render(request, "equipment/purchase_budget.html", context, status=422 if form.errors else 200)
