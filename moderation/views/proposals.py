"""What two must want: the list of proposals, one of them, and the second person's decision."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.freshness import fresh_second_factor
from members.paging import page_of
from moderation import bans, ladder, measures
from moderation.forms import ReasonForm, given
from moderation.models import Proposal
from moderation.refusals import REFUSALS, sentence_of, status_of

TOO_LONG = "The reason is too long: 2,000 characters at most."


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Those that wait first, then all, newest first."""
    mine = Proposal.objects.visible_to(member_of(request)).select_related("account", "comment", "poster", "proposed_by")
    context = {"open": list(mine.open()), "page": page_of(mine.all(), request.GET.get("after"))}
    return render(request, "moderation/proposals.html", context)


def _proposal(request: HttpRequest, proposal_id: int) -> Proposal:
    wanted = Proposal.objects.visible_to(member_of(request)).select_related(
        "account", "comment__case", "poster", "proposed_by", "decided_by", "record__clause"
    )
    return get_object_or_404(wanted, pk=proposal_id)


@require_safe
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What is proposed, about whom, why; and the forms for whoever decides."""
    return proposal_page(request, _proposal(request, proposal_id))


def proposal_page(request: HttpRequest, found: Proposal, refusal: Exception | None = None) -> HttpResponse:
    """The page, or the page with a refusal's sentence and what was typed."""
    member = member_of(request)
    context = {
        "proposal": found,
        "verbs": found.verbs_for(member),
        "ladder": ladder.standing(found.poster, found.account.platform) if found.act == Proposal.Act.BAN else None,
        "waiver": getattr(found, "waiver", None),
        "may_waive": bans.may_waive(found, member),
        "cell": measures.cell_of(found.account, found.act),
        "order": getattr(found, "measure", None),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/proposal.html", context, status=status_of(refusal) if refusal else 200)


def _decide(request: HttpRequest, proposal_id: int, act: Callable[[Proposal, str], str]) -> HttpResponse:
    found = _proposal(request, proposal_id)
    try:
        said = act(found, given(ReasonForm(request.POST), "reason", TOO_LONG))
    except REFUSALS as refusal:
        return proposal_page(request, found, refusal)
    messages.success(request, said)
    return redirect("proposal", proposal_id)


@require_POST
@fresh_second_factor
def approve_proposal(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """The second person's yes; the order goes out at once."""

    def approve(found: Proposal, why: str) -> str:
        measures.approve(found, by=member_of(request), why=why)
        return "Approved; the platform is told."

    return _decide(request, proposal_id, approve)


@require_POST
def decline_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The second person's no."""

    def decline(found: Proposal, why: str) -> str:
        found.decline(by=member_of(request), why=why)
        return "Declined; nothing is done."

    return _decide(request, proposal_id, decline)


@require_POST
def withdraw_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Taken back by who proposed it."""

    def withdraw(found: Proposal, why: str) -> str:
        found.withdraw(by=member_of(request))
        return "Taken back."

    return _decide(request, proposal_id, withdraw)
