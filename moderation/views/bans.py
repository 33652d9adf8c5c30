"""Bans that stand, and their review; the Commander's waiver; a notice that reached nobody (4.S, LR-5)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.paging import page_of
from members.spreadsheets import LARGEST, csv_answer
from moderation import bans, ladder, measures, notices
from moderation.forms import BanForm, ReasonForm, given
from moderation.models import Measure, Notice, Proposal
from moderation.models.proposals import administers
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.views.comments import refused_on_page
from moderation.views.fetching import comment_of
from moderation.views.proposals import proposal_page

TOO_LONG = "The reason is too long: 2,000 characters at most."


@require_safe
def standing_bans(request: HttpRequest) -> HttpResponseBase:
    """The bans that stand, those that are due for review first; `format=csv` as a file."""
    comment_free = bans.standing().select_related("account", "poster", "proposal__decided_by", "proposal__waiver")
    if request.GET.get("format") == "csv":
        head = ["ban", "poster", "account", "banned", "review on", "proposed because", "decided because"]

        def rows() -> Iterator[list[object]]:
            for ban in comment_free.order_by("-pk")[:LARGEST]:
                proposal = ban.proposal
                why = [proposal.reason, proposal.decision_reason] if proposal else ["", ""]
                yield [ban.pk, ban.poster, ban.account, ban.done_at, bans.review_on(ban), *why]

        return csv_answer("bans", head, rows())
    context = {"due": bans.due(), "page": page_of(comment_free, request.GET.get("after"))}
    return render(request, "moderation/bans.html", context)


def _ban_of(request: HttpRequest, ban_id: int) -> Measure:
    wanted = Measure.objects.select_related("account", "poster", "proposal__decided_by", "proposal__proposed_by")
    found: Measure = get_object_or_404(wanted, pk=ban_id, verb=Measure.Verb.BAN)
    return found


@require_safe
def ban(request: HttpRequest, ban_id: int) -> HttpResponse:
    """One ban: why, what it rests on, until when, how it was reviewed."""
    return _page(request, _ban_of(request, ban_id))


def _page(request: HttpRequest, found: Measure, refusal: Exception | None = None) -> HttpResponse:
    member, poster = member_of(request), found.poster
    stands = bans.standing().filter(pk=found.pk).exists()
    context = {
        "ban": found,
        "stands": stands,
        "review_on": bans.review_on(found),
        "today": timezone.localdate(),
        "ladder": ladder.standing(poster, found.account.platform),
        "waiver": getattr(found.proposal, "waiver", None),
        "notices": Notice.objects.with_outcome().filter(comment__poster=poster)[:10],
        "reviews": found.reviews.select_related("by"),
        "may_keep": stands and bans.may_keep(member),
        "may_lift": stands and administers(member, found.account),
        "lifting": measures.cell_of(found.account, "unban"),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/ban.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def keep_ban(request: HttpRequest, ban_id: int) -> HttpResponse:
    """Keep it until another day of review."""
    found = _ban_of(request, ban_id)
    try:
        why = given(ReasonForm(request.POST), "reason", TOO_LONG)
        bans.keep(found, until=BanForm(request.POST).date(), why=why, by=member_of(request))
    except REFUSALS as refusal:
        return _page(request, found, refusal)
    messages.success(request, "Kept until then; it comes up for review again.")
    return redirect("ban", ban_id)


@require_POST
def waive(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The Commander waives the ladder for one ban, in writing."""
    found = get_object_or_404(Proposal.objects.visible_to(member_of(request)), pk=proposal_id)
    try:
        bans.waive(found, by=member_of(request), why=given(ReasonForm(request.POST), "reason", TOO_LONG))
    except REFUSALS as refusal:
        return proposal_page(request, found, refusal)
    messages.success(request, "The waiver is recorded; the ban is still to be decided by a second person.")
    return redirect("proposal", proposal_id)


@require_POST
def give_up_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The poster could not be notified: say why."""
    found = get_object_or_404(Notice.objects.visible_to(member_of(request)).select_related("comment"), pk=notice_id)
    comment_of(request, found.comment_id)
    try:
        because = given(ReasonForm(request.POST), "reason", TOO_LONG)
        notices.give_up(found, by=member_of(request), because=because)
    except REFUSALS as refusal:
        return refused_on_page(request, found.comment_id, refusal)
    messages.success(request, "Recorded: the poster could not be notified.")
    return redirect("comment", found.comment_id)
