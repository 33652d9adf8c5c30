"""The second review of level 7: what waits, oldest due first, and one of them as a fresh eye reads it (4.L7)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.models import Member
from members.paging import page_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import reviews as verbs
from moderation.desk import around
from moderation.marking import marked
from moderation.models import Level, Review
from moderation.models.reviews import LEAVES_STANDING
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.review_forms import ReviewForm

MOST = 200  # of those that wait, on one page: who has more than these has another trouble


@require_safe
def reviews(request: HttpRequest) -> HttpResponseBase:
    """Those that wait, then those that were decided, newest first; `format=csv` as a file."""
    member = member_of(request)
    mine = Review.objects.visible_to(member).select_related("comment__account", "grade__clause", "decided_by")
    if request.GET.get("format") == "csv":
        return _file(mine.select_related("grader"))
    context = {
        "open": list(mine.open()[:MOST]),
        "free": set(mine.open().free_for(member).values_list("pk", flat=True)[:MOST]),
        "page": page_of(mine.exclude(state=Review.State.WAITING), request.GET.get("after")),
    }
    return render(request, "moderation/reviews.html", context)


def _file(found: object) -> HttpResponseBase:
    head = ["review", "comment", "account", "clause", "made", "due", "state", "level instead", "graded by"]
    head += ["reviewed by", "reviewed", "before the grader's name was shown", "reason"]

    def rows() -> Iterator[list[object]]:
        for one in found.order_by("-pk")[:LARGEST].iterator(chunk_size=1000):  # type: ignore[attr-defined]
            yield [
                one.pk,
                one.comment_id,
                one.comment.account,
                one.grade.clause.letter if one.grade.clause else "",
                one.made_at.isoformat(),
                one.due_at.isoformat(),
                one.get_state_display(),
                one.level,
                one.grader.name,
                one.decided_by.name if one.decided_by else "",
                one.decided_at.isoformat() if one.decided_at else "",
                "yes" if one.decided_by and one.blind else "no" if one.decided_by else "",
                one.reason,
            ]

    return csv_answer("second-reviews", head, rows())


def _review(request: HttpRequest, review_id: int) -> Review:
    wanted = Review.objects.visible_to(member_of(request)).select_related(
        "comment__account", "comment__post", "comment__poster", "comment__case", "grade__clause__terms", "grader"
    )
    return get_object_or_404(wanted, pk=review_id)


@require_safe
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One of them. The grader's name and reason are shown when it is decided, or when they are asked for."""
    return _page(request, _review(request, review_id))


def _page(request: HttpRequest, found: Review, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    grade, comment = found.grade, found.comment
    above, below = around(comment)
    asked_for = "grader" in request.GET or request.POST.get("shown") == "yes"
    context = {
        "review": found,
        "comment": comment,
        "text": marked(comment.case.text_of(grade.version), grade.words),
        "later": comment.versions.filter(number__gt=grade.version).exists(),
        "above": above,
        "below": below,
        "levels": [(int(level), level.label) for level in LEAVES_STANDING],
        "may": found.is_open and found.may_decide(member),
        "refused": "" if found.may_decide(member) else str(found.refusal(member)),
        "shown": asked_for or not found.is_open,
        "typed": request.POST.dict() if refusal else {},
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
        "following": _following(member, found),
    }
    return render(request, "moderation/review.html", context, status=status_of(refusal) if refusal else 200)


def _following(member: Member, found: Review | None) -> Review | None:
    """The next that he may decide: the one due after this, else the first of all."""
    free = Review.objects.open().free_for(member)
    if found is None:
        return free.first()
    others = free.exclude(pk=found.pk)
    return others.filter(due_at__gte=found.due_at).first() or others.first()


@require_POST
def decide_review(request: HttpRequest, review_id: int) -> HttpResponse:
    """Keep it hidden (7), or put it back as another level; then on with the next that waits for him."""
    found, member = _review(request, review_id), member_of(request)
    form = ReviewForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(form.sentence(), form.field())
        level, why, blind = form.cleaned_data["level"], form.cleaned_data["reason"], not form.cleaned_data["shown"]
        if level == Level.OFFENSIVE:
            verbs.uphold(found, by=member, why=why, blind=blind)
        else:
            verbs.overturn(found, level, by=member, why=why, blind=blind)
    except REFUSALS as refusal:
        return _page(request, _review(request, review_id), refusal)
    messages.success(request, _said(found))
    following = _following(member, found)
    return redirect("review", following.pk) if following else redirect("reviews")


def _said(review: Review) -> str:
    """What was decided, and now whose grade it was and why he gave it."""
    what = "It stays hidden." if review.state == Review.State.UPHELD else "It is being shown again; the poster is told."
    because = f": “{review.grade.reason}”" if review.grade.reason else ", without a reason in words"
    return f"{what} {review.grader.name} had graded it{because}."
