"""One key for what cannot wait or is not ours to answer: an emergency, a false alarm, a media request (4.N, 2.E)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.idleness import background
from moderation import media_requests, raising
from moderation.decisions import Decision
from moderation.forms import GradeForm
from moderation.refusals import REFUSALS
from moderation.views.answers import desk_answer, filters_of, next_for
from moderation.views.comments import refused_on_page
from moderation.views.fetching import comment_of


@background
@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """The bar over the queue: emergencies that nobody has closed."""
    return render(request, "moderation/panel/_alarms.html", {"alarms": raising.alarms()})


@require_POST
def answer_emergency(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Graded 4, answered with the numbers, followed by whoever pressed the key."""
    return _at_hand(request, comment_id, raising.answer_emergency)


@require_POST
def refer_to_pio(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Graded 3, answered with whom to ask, referred to the Public Information Office."""
    return _at_hand(request, comment_id, media_requests.refer_to_pio)


def _at_hand(request: HttpRequest, comment_id: int, act: Callable[..., object]) -> HttpResponse:
    filters, member = filters_of(request), member_of(request)
    comment = comment_of(request, comment_id)
    try:
        act(comment, _decision(request), by=member)
    except REFUSALS as refusal:
        return _refused(request, comment_id, refusal)
    if request.POST.get("on") == "page":
        messages.success(request, "Done: graded, answered and referred.")
        return redirect("comment", comment_id)
    graded = comment_of(request, comment_id)
    return desk_answer(request, next_for(request, filters), filters=filters, last=graded)


def _decision(request: HttpRequest) -> Decision:
    """What stood on the page; the level and the answer are the act's own."""
    given = request.POST.copy()
    given["level"] = "4"
    for name in ("reply", "clause", "words"):
        given.pop(name, None)
    return GradeForm(given).decision()


@require_POST
def raise_emergency(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A member sees an emergency that triage missed: raised, and the comment stays in hand with the answer ready."""
    return _in_hand(request, comment_id, raising.raise_by_hand)


@require_POST
def false_alarm(request: HttpRequest, comment_id: int) -> HttpResponse:
    """It reports no emergency: the alarm is closed, the comment stays in hand."""
    return _in_hand(request, comment_id, raising.false_alarm)


def _in_hand(request: HttpRequest, comment_id: int, act: Callable[..., object]) -> HttpResponse:
    filters, member = filters_of(request), member_of(request)
    comment = comment_of(request, comment_id)
    try:
        act(comment, by=member)
    except REFUSALS as refusal:
        return _refused(request, comment_id, refusal)
    if request.POST.get("on") == "page":
        return redirect("comment", comment_id)
    return desk_answer(request, comment_of(request, comment_id), filters=filters)


def _refused(request: HttpRequest, comment_id: int, refusal: Exception) -> HttpResponse:
    """The refusal's sentence where the key was pressed, the comment as it stands now."""
    if request.POST.get("on") == "page":
        return refused_on_page(request, comment_id, refusal)
    return desk_answer(request, comment_of(request, comment_id), filters=filters_of(request), refusal=refusal)
