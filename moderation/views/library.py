"""The facts library (4.L3, 4.L5): what is known, a fact with its versions, proposing, reviewing, withdrawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import authority
from members.asking import member_of
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import library_writing
from moderation.models import FactVersion, LibraryFact
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.texts_forms import FactForm, FactSearch, ReasonWhy

HEAD = [
    "topic",
    "section",
    "language",
    "question",
    "answer",
    "source",
    "holds until",
    "written by",
    "reviewed by",
    "at",
]


@require_safe
def library(request: HttpRequest) -> HttpResponseBase:
    """What holds, newest first, or what was asked for; `format=csv` the same."""
    member = member_of(request)
    authority.require(member, Power.READ_UNIT)
    search = FactSearch(request.GET)
    rows = search.versions()
    if request.GET.get("format") == "csv":
        return csv_answer("facts", HEAD, _lines(rows))
    context = {
        "search": search,
        "page": page_of(rows, request.GET.get("after")),
        "may_propose": member.may(Power.GRADE_COMMENTS),
        "empty": not LibraryFact.objects.exists(),
    }
    return render(request, "moderation/library.html", context)


def _lines(rows: Any) -> Iterator[list[object]]:
    for one in rows.order_by("-pk")[:LARGEST]:
        yield [
            one.fact.topic,
            one.fact.section,
            one.language_name,
            one.question,
            one.answer,
            one.source,
            one.valid_until,
            one.by.name if one.by else "",
            one.reviewed.by.name if one.reviewed else "",
            timezone.localtime(one.at).isoformat(),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def propose_fact(request: HttpRequest) -> HttpResponse:
    """A new fact."""
    return _propose(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def write_fact(request: HttpRequest, fact_id: int) -> HttpResponse:
    """A new version of a fact, or the same in another language."""
    return _propose(request, get_object_or_404(LibraryFact, pk=fact_id))


def _propose(request: HttpRequest, fact: LibraryFact | None) -> HttpResponse:
    member = member_of(request)
    authority.require(member, Power.GRADE_COMMENTS)
    form = FactForm(request.POST or None, fact=fact, initial=_initial(request, fact))
    if request.method == "POST" and form.is_valid():
        try:
            made = library_writing.propose(fact, by=member, **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Proposed: it is offered once another member has reviewed it.")
            return redirect("library_fact", made.fact_id)
    context = {"form": form, "fact": fact}
    return render(request, "moderation/propose_fact.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, fact: LibraryFact | None) -> dict[str, Any]:
    """The version that is written anew, as it stands."""
    number = request.GET.get("from", "")
    if fact is None or not number.isdecimal() or len(number) > 18:
        return {}
    names = ("language", "question", "answer", "source", "keywords", "valid_until")
    return fact.versions.filter(pk=int(number)).values(*names).first() or {}


@require_safe
def library_fact(request: HttpRequest, fact_id: int) -> HttpResponse:
    """All versions, newest first."""
    authority.require(member_of(request), Power.READ_UNIT)
    return _page(request, get_object_or_404(LibraryFact.objects.select_related("by"), pk=fact_id))


def _page(request: HttpRequest, fact: LibraryFact, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    versions = fact.versions.select_related("by", "review__by", "withdrawal__by").order_by("-pk")
    current = set(fact.versions.filter(pk__in=FactVersion.objects.current()).values_list("pk", flat=True))
    context = {
        "fact": fact,
        "versions": [
            {
                "version": one,
                "current": one.pk in current,
                "may_review": not one.reviewed and not one.withdrawn and one.may_review(member),
                "may_withdraw": not one.withdrawn and one.may_withdraw(member),
            }
            for one in versions
        ],
        "may_propose": member.may(Power.GRADE_COMMENTS),
        "reason": ReasonWhy(),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/library_fact.html", context, status=status_of(refusal) if refusal else 200)


def _act(request: HttpRequest, version_id: int, act: Callable[[FactVersion], str]) -> HttpResponse:
    authority.require(member_of(request), Power.READ_UNIT)
    found = get_object_or_404(FactVersion.objects.select_related("fact__by", "review", "withdrawal"), pk=version_id)
    try:
        said = act(found)
    except REFUSALS as refusal:
        return _page(request, found.fact, refusal)
    messages.success(request, said)
    return redirect("library_fact", found.fact_id)


@require_POST
def review_fact(request: HttpRequest, version_id: int) -> HttpResponse:
    """Stand by exactly the version that was read."""

    def review(found: FactVersion) -> str:
        try:
            digest = bytes.fromhex(request.POST.get("digest", ""))
        except ValueError as error:
            raise Invalid("The page was not complete. Look again, then review.") from error
        library_writing.review(found, digest, by=member_of(request))
        return "Reviewed: it is offered from now on."

    return _act(request, version_id, review)


@require_POST
def withdraw_fact(request: HttpRequest, version_id: int) -> HttpResponse:
    """Offer it no more."""

    def withdraw(found: FactVersion) -> str:
        library_writing.withdraw(found, by=member_of(request), why=request.POST.get("why", "")[:1000])
        return "Withdrawn: it is not offered any more."

    return _act(request, version_id, withdraw)
