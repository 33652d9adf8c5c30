"""The strategy (F.VC): in force, its versions, writing another and agreeing to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import strategies
from content.models import Campaign, Strategy, StrategyMeasure
from content.planning_forms import StrategyForm
from members.asking import member_of
from members.authority import require
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid


@require_safe
def strategy(request: HttpRequest) -> HttpResponse:
    """The one in force, read against the figures."""
    return _page(request, Strategy.objects.visible_to(member_of(request)).in_force())


@require_safe
def strategy_version(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Any version."""
    return _page(request, _version(request, strategy_id))


def _version(request: HttpRequest, strategy_id: int) -> Strategy:
    return get_object_or_404(Strategy.objects.visible_to(member_of(request)), pk=strategy_id)


def _page(request: HttpRequest, found: Strategy | None, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    context = {
        "strategy": found,
        "in_force": Strategy.objects.in_force(),
        "read": strategies.read(found) if found else [],
        "campaigns": Campaign.objects.in_force(timezone.localdate()),
        "versions": Strategy.objects.select_related("by", "agreement__by")[:20],
        "may_write": member.may(Power.MANAGE_ACCOUNTS),
        "may_agree": found is not None and found.agreed is None and found.may_agree(member),
        "days": strategies.DAYS,
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/strategy.html", context, status=status_of(refusal) if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def write_strategy(request: HttpRequest) -> HttpResponse:
    """Another version; it begins as the last one stands."""
    member = member_of(request)
    require(member, Power.MANAGE_ACCOUNTS)
    form = StrategyForm(request.POST if request.method == "POST" else None, initial=_as_it_stands())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = strategies.propose(given["aims"], given["audiences"], form.wanted(), by=member, note=given["note"])
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Written; the other of the two agrees.")
            return redirect(made.get_absolute_url())
    return render(request, "content/strategy_write.html", {"form": form}, status=422 if form.errors else 200)


def _as_it_stands() -> dict[str, Any]:
    last = Strategy.objects.first()
    if last is None:
        return {}
    share = StrategyMeasure.Figure.SHARE
    measures = {
        f"share_{one.purpose}" if one.figure == share else one.figure: one.target for one in last.measures.all()
    }
    return {"aims": last.aims, "audiences": last.audiences, **measures}


@require_POST
def agree_strategy(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """The other of the two agrees."""
    found = _version(request, strategy_id)
    try:
        strategies.agree(found, by=member_of(request))
    except REFUSALS as refusal:
        return _page(request, found, refusal)
    messages.success(request, "It is in force.")
    return redirect("strategy")
