"""What is done with an item, each act a form of its page: handed in, reviewed, decided, taken back, talked about."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from content import anew, deciding, items, remarking
from content.forms import number_of
from content.models import Item, Verdict
from content.views.items import item_of, page
from members.asking import member_of
from members.freshness import fresh_second_factor
from members.refusals import REFUSALS

_DECIDED = {
    Verdict.Kind.APPROVE: "Approved, in exactly this form: it goes out in its time.",
    Verdict.Kind.RETURN: "Returned to its writer, with the reason.",
    Verdict.Kind.DECLINE: "Declined, with the reason.",
}


def _act(request: HttpRequest, content_id: int, act: Callable[[Item], str]) -> HttpResponse:
    found = item_of(request, content_id)
    try:
        said = act(found)
    except REFUSALS as refusal:
        return page(request, item_of(request, content_id), refusal)
    if said:
        messages.success(request, said)
    return redirect(found.get_absolute_url())


def _said(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()


@require_POST
def hand_in_item(request: HttpRequest, content_id: int) -> HttpResponse:
    """To the accuracy review."""

    def hand_in(found: Item) -> str:
        on = number_of(request.POST.get("on")) or 0
        items.hand_in(found, by=member_of(request), on=on, note=_said(request, "note"))
        return "Handed in."

    return _act(request, content_id, hand_in)


@require_POST
def review_item(request: HttpRequest, content_id: int) -> HttpResponse:
    """It is accurate, or goes back with what is not right (F.VC)."""

    def review(found: Item) -> str:
        by, on, note = member_of(request), number_of(request.POST.get("on")) or 0, _said(request, "note")
        if request.POST.get("accurate") == "yes":
            items.confirm_accuracy(found, by=by, on=on, note=note)
            return "Found accurate: it is made ready for approval."
        items.send_back(found, by=by, on=on, note=note)
        return "Sent back, with your note."

    return _act(request, content_id, review)


@require_POST
@fresh_second_factor
def decide_item(request: HttpRequest, content_id: int) -> HttpResponseBase:
    """Approve exactly what the page showed, return it or decline it (2.0)."""

    def decide(found: Item) -> str:
        verdict = request.POST.get("verdict", "")
        if verdict not in Verdict.Kind.values:
            raise Http404
        deciding.decide(
            found,
            verdict,
            by=member_of(request),
            seen_as=request.POST.get("digest", ""),
            reason=_said(request, "reason"),
            confirmed=request.POST.getlist("confirmed"),
        )
        return _DECIDED[Verdict.Kind(verdict)]

    return _act(request, content_id, decide)


@require_POST
def withdraw_item(request: HttpRequest, content_id: int) -> HttpResponse:
    """Take it back for good."""

    def withdraw(found: Item) -> str:
        items.withdraw(found, by=member_of(request), why=_said(request, "why"))
        return "Taken back."

    return _act(request, content_id, withdraw)


@require_POST
def begin_anew(request: HttpRequest, content_id: int) -> HttpResponse:
    """A draft of what did not go out in its time, while the rest stands."""
    found = item_of(request, content_id)
    try:
        made = anew.begin(found, by=member_of(request))
    except REFUSALS as refusal:
        return page(request, item_of(request, content_id), refusal)
    messages.success(request, "Begun anew, for what is missing: say when it goes out, and attest it again.")
    return redirect("edit_item", made.pk)


@require_POST
def remark_on_item(request: HttpRequest, content_id: int) -> HttpResponse:
    """A remark for colleagues."""

    def remark(found: Item) -> str:
        remarking.remark(found, request.POST.get("remark", ""), by=member_of(request), chosen=_said(request, "mention"))
        return "Kept."

    return _act(request, content_id, remark)


@require_POST
def review_now(request: HttpRequest, content_id: int) -> HttpResponse:
    """Say that one is reviewing it, or is done."""

    def say(found: Item) -> str:
        if "done" in request.POST:
            remarking.end_reviewing(found, by=member_of(request))
        else:
            remarking.begin_reviewing(found, by=member_of(request))
        return ""

    return _act(request, content_id, say)
