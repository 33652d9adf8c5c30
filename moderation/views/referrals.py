"""Referrals: the list, one of them with its log, and the verbs of whoever follows it (4.L3, 4.L4, E.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.models import LogEntry, Member
from members.paging import page_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import raising, referrals
from moderation.forms import fresh_key
from moderation.models import Referral, Section
from moderation.referral_forms import (
    DispatchForm,
    EntryForm,
    HandOnForm,
    MoveDueForm,
    ReferForm,
    ResolveForm,
    asked,
    unit_members,
    whom_to_choose,
)
from moderation.referral_list import Narrowed
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.views.comments import refused_on_page
from moderation.views.fetching import comment_of

Post = Mapping[str, str]


@require_safe
def referral_list(request: HttpRequest) -> HttpResponse:
    """Referrals, newest first, narrowed by the address: mine, overdue, a kind, a section, an owner, a state."""
    member = member_of(request)
    narrowed = Narrowed.read(request.GET)
    found = narrowed.of(Referral.objects.visible_to(member), member).with_all()
    context = {
        "page": page_of(found, request.GET.get("after")),
        "narrowed": narrowed,
        "kinds": Referral.Kind,
        "states": Referral.State,
        "places": Section.objects.visible_to(member),
        "owners": unit_members(),
        "alarms": raising.measured(),
        "may_keep": Section.may_keep(member),
    }
    return render(request, "moderation/referrals.html", context)


@require_safe
def referrals_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV."""
    member = member_of(request)
    found = Narrowed.read(request.GET).of(Referral.objects.visible_to(member), member).with_all().order_by("-pk")
    head = ["reference", "kind", "state", "comment", "account", "to", "owner", "opened", "due", "overdue"]
    head += ["case number", "asked", "outcome", "what came of it", "ended"]

    def rows() -> Iterator[list[object]]:
        for one in found[:LARGEST].iterator(chunk_size=1000):
            yield [
                one.reference,
                one.get_kind_display(),
                one.get_state_display(),
                one.comment_id,
                one.comment.account,
                one.goes_to,
                one.owner.name if one.owner else "",
                one.opened_at.isoformat(),
                one.due_at.isoformat(),
                "yes" if one.is_overdue else "",
                one.case_number,
                one.asks,
                one.get_outcome_kind_display(),
                one.outcome,
                one.ended_at.isoformat() if one.ended_at else "",
            ]

    return csv_answer("referrals", head, rows())


def _referral(request: HttpRequest, referral_id: int) -> Referral:
    return get_object_or_404(Referral.objects.visible_to(member_of(request)).with_all(), pk=referral_id)


@require_safe
def referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """The comment in its thread, who has it, the log with the poster's answers, and the verbs."""
    found = _referral(request, referral_id)
    if found.kind == Referral.Kind.LEAD:
        _note_reading(found, member_of(request))
    return _page(request, found)


def _note_reading(found: Referral, by: Member) -> None:
    """Who opened a lead stands in the log of reads, which is sealed (F.I)."""
    LogEntry.objects.create(by=by, verb="read", subject_type="moderation.referral", subject_id=str(found.pk))


def _page(request: HttpRequest, found: Referral, refusal: Exception | None = None, verb: str = "") -> HttpResponse:
    member, typed = member_of(request), request.POST.dict() if refusal else {}
    context = {
        "referral": found,
        "entries": found.entries.select_related("by", "section", "member", "owner", "comment"),
        "verbs": found.verbs_for(member),
        "outcomes": Referral.Outcome,
        "typed": typed,
        **whom_to_choose(typed),
        "tried": verb,
        "refusal": sentence_of(refusal) if refusal else "",
        "wrong": getattr(refusal, "field", ""),
        "last_answer": found.entries.filter(kind="answer").order_by("-pk").first(),
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "moderation/referral.html", context, status=status)


@require_POST
def act_on_referral(request: HttpRequest, referral_id: int, verb: str) -> HttpResponse:
    """One form, one verb."""
    act = ACTS.get(verb)
    if act is None:
        raise Http404
    found = _referral(request, referral_id)
    try:
        said = act(found, member_of(request), request.POST)
    except REFUSALS as refusal:
        return _page(request, _referral(request, referral_id), refusal, verb)
    messages.success(request, said)
    return redirect("referral", referral_id)


@require_POST
def refer(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Refer a comment from its own page, whatever its grade: a lead, a question, a concern, a media request."""
    comment = comment_of(request, comment_id)
    try:
        ask = ReferForm(request.POST).ask()
        if ask is None:
            raise Invalid("Choose what the referral is for.", "kind")
        made = referrals.open_referral(comment, ask, by=member_of(request), key=request.POST.get("key") or fresh_key())
    except REFUSALS as refusal:
        return refused_on_page(request, comment_id, refusal)
    messages.success(request, f"Referred as {made.reference}, due to be answered by {made.goes_to}.")
    return redirect("referral", made.pk)


# --- the verbs, from what was posted to what is said of it ---


def _log(found: Referral, by: Member, post: Post) -> str:
    referrals.log(found, EntryForm(post).checked()["text"], by=by)
    return "Written down."


def _dispatch(found: Referral, by: Member, post: Post) -> str:
    given = DispatchForm(post).checked()
    referrals.called_dispatch(found, given["who"], at=given["at"], number=given["number"], by=by)
    return "The call is written down."


def _answer(found: Referral, by: Member, post: Post) -> str:
    referrals.answer(found, EntryForm(post).checked()["text"], by=by)
    return "The answer is kept, and its owner told."


def _hand_on(found: Referral, by: Member, post: Post) -> str:
    given = HandOnForm(post).checked()
    section, member = asked(given["to"])
    referrals.hand_on(found, by=by, why=given["text"], section=section, member=member, owner=given["owner"])
    return "Handed on."


def _move_due(found: Referral, by: Member, post: Post) -> str:
    given = MoveDueForm(post).checked()
    referrals.move_due(found, given["due_at"], by=by, why=given["text"])
    return "The due time is moved."


def _resolve(found: Referral, by: Member, post: Post) -> str:
    given = ResolveForm(post).checked()
    referrals.resolve(found, given["outcome_kind"], given["outcome"], by=by)
    return "Closed, with its outcome."


def _reopen(found: Referral, by: Member, post: Post) -> str:
    referrals.reopen(found, by=by, why=EntryForm(post).checked()["text"])
    return "Open again."


ACTS: dict[str, Callable[[Referral, Member, Post], str]] = {
    "log": _log,
    "dispatch": _dispatch,
    "answer": _answer,
    "hand_on": _hand_on,
    "move_due": _move_due,
    "resolve": _resolve,
    "reopen": _reopen,
}
