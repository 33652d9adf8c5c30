"""Appeals as members see them: the list, one with everything that was retained, the decision, and one taken by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import appeals as verbs
from moderation.appeal_search import AppealSearch
from moderation.appeal_words import words_in
from moderation.desk import around
from moderation.marking import marked
from moderation.models import Appeal
from moderation.models.appeals import ban_resting_on
from moderation.models.grades import HIDEABLE
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.review_forms import AppealByHandForm, AppealDecisionForm
from moderation.views.fetching import comment_of

SAID = {
    "uphold": "It stands as it was; whoever appealed can read why.",
    "overturn": "Overturned; whoever appealed can read why.",
    "dismiss": "Not taken as an appeal; another may follow.",
    "withdraw": "Noted as withdrawn.",
}


@require_safe
def appeals(request: HttpRequest) -> HttpResponseBase:
    """All of them, newest first, within the filters; `format=csv` as a file."""
    search = AppealSearch(request.GET, member=member_of(request))
    found = search.appeals().select_related("comment__account", "grade__clause", "decided_by", "received_by")
    if request.GET.get("format") == "csv":
        return _file(found)
    context = {"search": search, "page": page_of(found, request.GET.get("after"))}
    return render(request, "moderation/appeals.html", context, status=200 if search.is_valid() else 422)


def _file(found: QuerySet[Appeal]) -> HttpResponseBase:
    head = ["appeal", "reference", "comment", "account", "level", "clause", "received", "how", "state"]
    head += ["level instead", "end of the block proposed", "decided by", "decided", "answer"]

    def rows() -> Iterator[list[object]]:
        for one in found.order_by("-pk")[:LARGEST].iterator(chunk_size=1000):
            yield [
                one.pk,
                one.reference,
                one.comment_id,
                one.comment.account,
                one.grade.level,
                one.grade.clause.letter if one.grade.clause else "",
                one.received_at.isoformat(),
                one.get_way_display(),
                one.get_state_display(),
                one.level,
                "yes" if one.ends_ban else "",
                one.decided_by.name if one.decided_by else "",
                one.decided_at.isoformat() if one.decided_at else "",
                one.answer,
            ]

    return csv_answer("appeals", head, rows())


def _appeal(request: HttpRequest, appeal_id: int) -> Appeal:
    wanted = Appeal.objects.visible_to(member_of(request)).select_related(
        "comment__account", "comment__post", "comment__poster", "comment__case", "grade__clause__terms", "grade__by"
    )
    return get_object_or_404(wanted, pk=appeal_id)


@require_safe
def appeal(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """One of them: what was written, the comment as it was graded, what was retained, and the decision."""
    return _page(request, _appeal(request, appeal_id))


def _page(request: HttpRequest, found: Appeal, refusal: Exception | None = None) -> HttpResponse:
    member, comment, grade = member_of(request), found.comment, found.grade
    above, below = around(comment)
    context = {
        "appeal": found,
        "comment": comment,
        "text": marked(comment.case.text_of(grade.version), grade.words),
        "later": comment.versions.filter(number__gt=grade.version).exists(),
        "above": above,
        "below": below,
        "texts": found.texts.select_related("by"),
        "in_public": verbs.came_in_public(found),
        "records": comment.records.order_by("pk"),
        "reviews": comment.reviews.select_related("grader", "decided_by").order_by("pk"),
        "notices": comment.notices.with_outcome().order_by("pk"),
        "levels": verbs.level_words(),
        "hidden": comment.case.level in HIDEABLE,
        "ban": ban_resting_on(comment),
        "may": found.is_open and found.may_decide(member),
        "refused": "" if found.may_decide(member) else str(found.refusal(member)),
        "able": verbs.who_may(found) if found.is_open else [],
        "typed": request.POST.dict() if refusal else {},
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/appeal.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def decide_appeal(request: HttpRequest, appeal_id: int, verb: str) -> HttpResponse:
    """Uphold, overturn, dismiss or note as withdrawn."""
    if verb not in Appeal.VERBS:
        raise Http404
    found, member = _appeal(request, appeal_id), member_of(request)
    try:
        form = AppealDecisionForm(request.POST)
        if not form.is_valid():
            field = "answer" if "answer" in form.errors else "level"
            raise Invalid("The answer is too long, or the level is none of 1 to 6.", field)
        _decide(found, verb, form.cleaned_data, by=member)
    except REFUSALS as refusal:
        return _page(request, _appeal(request, appeal_id), refusal)
    messages.success(request, SAID[verb])
    return redirect("appeal", appeal_id)


def _decide(found: Appeal, verb: str, given: dict[str, Any], *, by: Any) -> None:
    if verb == "overturn":
        verbs.overturn(found, level=given["level"], ends_ban=given["ends_ban"], by=by, answer=given["answer"])
    elif verb == "uphold":
        verbs.uphold(found, by=by, answer=given["answer"])
    elif verb == "dismiss":
        verbs.dismiss(found, by=by, answer=given["answer"])
    else:
        verbs.withdraw(found, by=by, answer=given["answer"])


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, comment_id: int) -> HttpResponse:
    """An appeal that came on paper, by telephone, by e-mail or in person, taken down by a member."""
    member = member_of(request)
    require(member, Power.GRADE_COMMENTS)
    comment = comment_of(request, comment_id)
    found = verbs.of_comment(comment)
    form = AppealByHandForm(request.POST if request.method == "POST" else None)
    refusal: Exception | None = None
    if request.method == "POST":
        try:
            taken, code = _take(found, form, by=member)
        except REFUSALS as error:
            refusal = error
        else:
            messages.success(request, f"Taken down. The reference for whoever appeals is {code}.")
            return redirect("appeal", taken.pk)
    context = {
        "comment": comment,
        "found": found,
        "form": form,
        "typed": request.POST.dict(),
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/appeal_by_hand.html", context, status=status_of(refusal) if refusal else 200)


def _take(found: verbs.Hide | None, form: AppealByHandForm, *, by: Any) -> tuple[Appeal, str]:
    """The appeal, and the code by which whoever appeals finds the answer."""
    if found is None:
        raise Invalid("Nothing is hidden here: there is nothing to appeal against.", "text")
    wrong = form.wrong() if not {"way", "language"} & form.errors.keys() else ("way", "way")
    if wrong:
        said = words_in("en").get(wrong[0], "Say how it came, and in which language.")
        raise Invalid(said, wrong[1])
    given = form.cleaned_data
    said_by_him = verbs.Said(given["text"], given["name"], given["email"])
    taken = verbs.receive(found, said_by_him, language=given["language"], way=given["way"], by=by)
    return taken, said_by_him.code
