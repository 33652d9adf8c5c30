"""A poster's page: what this unit may hold of one person of the public (ruling 5), the ladder, and bans."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Account
from accounts.platforms.capabilities import Act
from members.asking import member_of
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import bans, holding, ladder, measures
from moderation.forms import BanForm, NoteForm, ReasonForm, given
from moderation.models import Appeal, Comment, Measure, Notice, Poster, Proposal
from moderation.models.proposals import administers
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.timeline import Event

HEAD = (
    *("comment", "posted", "received", "account", "grade", "clause"),
    *("state", "hidden", "breach", "notice", "text"),
)
SHOWN = 20  # rows of each part beside the comments


@require_safe
def poster(request: HttpRequest, poster_id: int) -> HttpResponseBase:
    """The poster's comments with their grades, newest first, and what else is held of him; `format=csv` as a file."""
    found = _poster_of(request, poster_id)
    return _csv(found) if request.GET.get("format") == "csv" else poster_page(request, found)


def _poster_of(request: HttpRequest, poster_id: int) -> Poster:
    return get_object_or_404(Poster.objects.visible_to(member_of(request)), pk=poster_id)


def _accounts(request: HttpRequest, poster: Poster) -> list[Account]:
    return list(Account.objects.visible_to(member_of(request)).open().filter(platform=poster.platform))


def poster_page(request: HttpRequest, poster: Poster, refusal: Exception | None = None) -> HttpResponse:
    """The page, or the page with a refusal's sentence and what was typed."""
    member = member_of(request)
    ours = holding.only_ours(poster.platform)
    orders = poster.measures.select_related("account", "by", "proposal").order_by("-pk")[:SHOWN]
    context = {
        "poster": poster,
        "page": page_of(holding.comments_of(poster.pk, ours=ours), request.GET.get("after")),
        "only_ours": ours,
        "standing": ladder.standing(poster, poster.platform),
        "breaches": poster.breaches.select_related("clause", "comment", "account", "withdrawal").order_by("-pk")[
            :SHOWN
        ],
        "notices": Notice.objects.with_outcome().filter(comment__poster=poster)[:SHOWN],
        "bans": bans.standing_of(poster),
        "appeals": Appeal.objects.visible_to(member).filter(comment__poster=poster).order_by("-pk")[:SHOWN],
        "remarks": [] if ours else poster.remarks.select_related("by")[:SHOWN],
        "may_note": not ours and member.may(Power.GRADE_COMMENTS),
        "proposals": list(poster.proposals.select_related("account", "proposed_by", "decided_by", "measure")[:SHOWN]),
        "events": [_event(order, verbs) for order in orders if (verbs := order.verbs_for(member))],
        "bannable": [
            (account, measures.cell_of(account, Act.BAN), measures.cell_of(account, Act.UNBAN))
            for account in _accounts(request, poster)
            if administers(member, account)
        ],
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/poster.html", context, status=status_of(refusal) if refusal else 200)


def _event(order: Measure, verbs: list[str]) -> Event:
    says = str(order.get_verb_display())
    return Event(order.created_at, "order", says, by=order.by, order=order, verbs=tuple(verbs), steps=order.cell.steps)


def _csv(poster: Poster) -> HttpResponseBase:
    found = holding.comments_of(poster.pk, ours=holding.only_ours(poster.platform))
    found = found.select_related("case__grade__clause").prefetch_related("breaches__withdrawal")
    found = found.prefetch_related("notices__order", "notices__measure")
    return csv_answer(f"poster-{poster.pk}", HEAD, (_row(one) for one in found[:LARGEST]))


def _row(one: Comment) -> list[object]:
    case, clause = one.case, one.case.grade.clause if one.case.grade else None
    counts = "counts" if any(breach.counts for breach in one.breaches.all()) else ""
    told = "; ".join(f"{notice.get_kind_display()}: {notice.outcome_says}" for notice in one.notices.all())
    posted = one.posted_at.isoformat() if one.posted_at else ""
    graded = [case.level, clause.letter if clause else "", case.get_state_display(), case.hidden]
    return [one.pk, posted, one.received_at.isoformat(), one.account, *graded, counts, told, one.text]


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
        on = BanForm(request.POST).date() if act == Proposal.Act.BAN else None
        made = measures.propose(act, account, by=member_of(request), reason=reason, poster=poster, review_on=on)
    except REFUSALS as refusal:
        return poster_page(request, poster, refusal)
    messages.success(request, "Proposed: a second person decides.")
    return redirect(made.get_absolute_url())


@require_POST
def note_poster(request: HttpRequest, poster_id: int) -> HttpResponse:
    """Keep a remark about the poster."""
    poster = _poster_of(request, poster_id)
    try:
        text = given(NoteForm(request.POST), "note", "The note is too long.")
        holding.note(poster, text, by=member_of(request))
    except REFUSALS as refusal:
        return poster_page(request, poster, refusal)
    return redirect("poster", poster_id)


@require_http_methods(["GET", "HEAD", "POST"])
def holdings(request: HttpRequest) -> HttpResponse:
    """What may be held of posters on each platform; the legal adviser says (ruling 5)."""
    member, refusal = member_of(request), None
    if request.method == "POST":
        asked = request.POST
        try:
            reason = given(ReasonForm(asked), "reason", "The reason is too long: 2,000 characters at most.")
            holding.turn(asked.get("platform", ""), asked.get("holds", ""), by=member, reason=reason)
        except REFUSALS as error:
            refusal = error
        else:
            messages.success(request, "Kept: posters’ pages follow it from now on.")
            return redirect("holdings")
    context = {
        "standing": holding.standing(),
        "may": member.may(Power.FLAG_CLAUSES),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/holdings.html", context, status=status_of(refusal) if refusal else 200)
