"""A poster's page: what this unit exchanged with one person of the public (ruling 5), and bans."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from accounts.platforms.capabilities import Act
from accounts.platforms.contract import Platform
from members.asking import member_of
from members.paging import page_of
from members.states import Invalid
from moderation import measures
from moderation.desk import comments_of
from moderation.forms import ReasonForm, given
from moderation.models import Measure, Poster, Proposal
from moderation.models.proposals import administers
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.timeline import Event


@require_safe
def poster(request: HttpRequest, poster_id: int) -> HttpResponse:
    """The poster's comments with their grades, newest first."""
    return poster_page(request, _poster_of(request, poster_id))


def _poster_of(request: HttpRequest, poster_id: int) -> Poster:
    return get_object_or_404(Poster.objects.visible_to(member_of(request)), pk=poster_id)


def _accounts(request: HttpRequest, poster: Poster) -> list[Account]:
    return list(Account.objects.visible_to(member_of(request)).open().filter(platform=poster.platform))


def poster_page(request: HttpRequest, poster: Poster, refusal: Exception | None = None) -> HttpResponse:
    """The page, or the page with a refusal's sentence and what was typed."""
    member = member_of(request)
    only_ours = poster.platform == Platform.X
    accounts = _accounts(request, poster)
    orders = poster.measures.select_related("account", "by", "proposal").order_by("-pk")[:20]
    context = {
        "poster": poster,
        "page": page_of(comments_of(poster.pk, only_ours=only_ours), request.GET.get("after")),
        "only_ours": only_ours,
        "proposals": list(poster.proposals.select_related("account", "proposed_by", "decided_by", "measure")[:20]),
        "events": [_event(order, verbs) for order in orders if (verbs := order.verbs_for(member))],
        "bannable": [
            (account, measures.cell_of(account, Act.BAN), measures.cell_of(account, Act.UNBAN))
            for account in accounts
            if administers(member, account)
        ],
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/poster.html", context, status=status_of(refusal) if refusal else 200)


def _event(order: Measure, verbs: list[str]) -> Event:
    says = str(order.get_verb_display())
    return Event(order.created_at, "order", says, by=order.by, order=order, verbs=tuple(verbs), steps=order.cell.steps)


@require_POST
def propose_of_poster(request: HttpRequest, poster_id: int) -> HttpResponse:
    """Propose to ban a poster on one account, or to lift his ban."""
    poster = _poster_of(request, poster_id)
    act = Proposal.Act.UNBAN if request.POST.get("act") == Proposal.Act.UNBAN else Proposal.Act.BAN
    named = request.POST.get("account", "")
    account = next((one for one in _accounts(request, poster) if str(one.pk) == named), None)
    try:
        if account is None:
            raise Invalid("Choose the account that this is about.", "account")
        reason = given(ReasonForm(request.POST), "reason", "The reason is too long: 2,000 characters at most.")
        made = measures.propose(act, account, by=member_of(request), reason=reason, poster=poster)
    except REFUSALS as refusal:
        return poster_page(request, poster, refusal)
    messages.success(request, "Proposed: a second person decides.")
    return redirect(made.get_absolute_url())
