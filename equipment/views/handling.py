"""Handling by the maker's instructions: asking, deciding, and what voided a warranty (3.6)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import handling
from equipment.handling_forms import DecideForm, ModificationForm, StandForm, VoidForm
from equipment.models import Modification
from equipment.views.items import item_of
from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, WrongState

HEAD = ["number", "tag", "thing", "what", "against", "why", "asked by", "asked", "state", "decided by", "because"]


@require_safe
def handling_list(request: HttpRequest) -> HttpResponseBase:
    """What was asked for, newest first; `state=asked`: what waits; `q`: a tag, or words; `format=csv` as a file."""
    found = Modification.objects.all().visible_to(member_of(request))
    found = found.select_related("item", "asked_by", "decision__by")
    state, asked = request.GET.get("state", ""), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    if state in Modification.State.values:
        found = found.filter(state=state)
    if asked:
        found = found.filter(Q(item__tag__iexact=asked) | Q(item__name__icontains=asked) | Q(what__icontains=asked))
    if request.GET.get("format") == "csv":
        return csv_answer("modifications", HEAD, (_row(one) for one in found.order_by("-pk")[:LARGEST]))
    context = {
        "page": page_of(found, request.GET.get("after")),
        "states": Modification.State.choices,
        "state": state,
        "asked": asked,
    }
    return render(request, "equipment/handling.html", context)


def _row(one: Modification) -> list[object]:
    decision = getattr(one, "decision", None)
    decided = [decision.by.name, decision.reason] if decision else ["", ""]
    asked = [one.what, one.against, one.why, one.asked_by.name, one.asked_at.isoformat()]
    return [one.pk, one.item.tag, one.item.name, *asked, one.get_state_display(), *decided]


@require_http_methods(["GET", "HEAD", "POST"])
def ask_modification(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ask that something be done that the maker's instructions do not provide for."""
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.CARRY_OUT)
    form = ModificationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = handling.ask(item, by=member, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Asked for: another member decides, and nothing is done before.")
            return redirect(made.get_absolute_url())
    context = {
        "item": item,
        "form": form,
        "title": "Ask for a modification",
        "lead": "What lies outside the maker’s instructions is done only when another member approved it.",
        "act": "Ask for it",
    }
    return render(request, "equipment/handling_form.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, asked_id: int) -> Modification:
    wanted = Modification.objects.all().visible_to(member_of(request))
    related = ("item__kind", "item__instructions", "asked_by", "decision__by")
    return get_object_or_404(wanted.select_related(*related), pk=asked_id)


@require_safe
def modification(request: HttpRequest, asked_id: int) -> HttpResponse:
    """One of them: what is asked, against which instruction, and what was decided."""
    return _page(request, _asked(request, asked_id))


def _page(
    request: HttpRequest, asked: Modification, form: Any = None, refusal: Exception | None = None
) -> HttpResponse:
    member = member_of(request)
    verbs = asked.verbs_for(member)
    context = {
        "asked": asked,
        "item": asked.item,
        "decision": getattr(asked, "decision", None),
        "works": asked.works.order_by("-pk"),
        "verbs": verbs,
        "is_mine": asked.asked_by_id == member.pk,
        "form": form or DecideForm(initial={"voids": asked.voids}),
        "who": handling.who_decides(asked) if asked.state == asked.State.ASKED and "approve" not in verbs else [],
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if form is not None and form.errors else 200
    return render(request, "equipment/modification.html", context, status=status)


@require_POST
def decide_modification(request: HttpRequest, asked_id: int, verb: str) -> HttpResponse:
    """Approve, decline or take it back."""
    asked, member = _asked(request, asked_id), member_of(request)
    if verb not in Modification.VERBS:
        raise Http404
    form = DecideForm(request.POST)
    try:
        if verb == "withdraw":
            handling.withdraw(asked, by=member)
        elif not asked.may_approve(member):
            raise asked.refusal(member)
        elif not form.is_valid():
            return _page(request, asked, form)
        else:
            handling.decide(asked, approves=verb == "approve", by=member, **form.cleaned_data)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, _asked(request, asked_id), form)
    except REFUSALS as refusal:
        return _page(request, _asked(request, asked_id), refusal=refusal)
    messages.success(request, "Taken back." if verb == "withdraw" else "Decided; whoever asked is told.")
    return redirect(asked.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def void_warranty(request: HttpRequest, item_id: int) -> HttpResponse:
    """Note that the maker answers for it no more."""
    form = VoidForm(request.POST if request.method == "POST" else None)
    context = {
        "title": "The warranty is void",
        "lead": "It shows on the item from now on, and no work on it can be entered as under warranty.",
    }
    return _warranty(request, item_id, form, handling.void_warranty, context, "the warranty shows as void on the item.")


@require_http_methods(["GET", "HEAD", "POST"])
def let_warranty_stand(request: HttpRequest, item_id: int) -> HttpResponse:
    """Note that it was not void after all."""
    form = StandForm(request.POST if request.method == "POST" else None)
    context = {
        "title": "The warranty is not void",
        "lead": "It was noted by mistake: what was noted, and by whom, stays in the history of the item.",
    }
    return _warranty(request, item_id, form, handling.let_warranty_stand, context, "the warranty stands again.")


def _warranty(
    request: HttpRequest, item_id: int, form: VoidForm | StandForm, act: Any, context: dict[str, Any], done: str
) -> HttpResponse:
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.KEEP_EQUIPMENT)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(item, by=member, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        except WrongState as refusal:
            form.add_error(None, sentence_of(refusal))
            status = 409
        else:
            messages.success(request, f"Noted: {done}")
            return redirect(item.get_absolute_url())
    context |= {"item": item, "form": form, "act": "Note it"}
    status = status if status != 200 or not form.errors else 422
    return render(request, "equipment/handling_form.html", context, status=status)
