"""The neutrality audit: its months and figures, and the desk where a sampled comment is graded again, blind."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account, Post
from members.asking import member_of
from members.authority import refused
from members.languages import NAMES
from members.powers import Power
from members.spreadsheets import csv_answer
from members.states import Invalid
from moderation import neutrality
from moderation.models import Audit, AuditItem, Comment, Level
from moderation.models.grades import GradingLevel, GradingSystem
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.views.fetching import number_of


def _require_reader(request: HttpRequest) -> None:
    if not neutrality.may_read(member_of(request)):
        raise refused(Power.READ_TRAIL)


@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """The months, newest first, with how far each is; who stays blind sees only how much waits for him."""
    member = member_of(request)
    reads = neutrality.may_read(member)
    shown = [(one, one.items.exclude(again__isnull=True).count()) for one in Audit.objects.all()[:60]] if reads else []
    context = {
        "audits": shown,
        "reads": reads,
        "mine": AuditItem.objects.for_(member).count(),
        "undrawn": not Audit.objects.filter(month=timezone.localdate().replace(day=1)).exists(),
    }
    return render(request, "moderation/audits.html", context)


@require_POST
def draw_audit(request: HttpRequest) -> HttpResponse:
    """Draw the running month's sample now, instead of when it is over."""
    try:
        audit = neutrality.draw(timezone.localdate(), by=member_of(request))
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("audits")
    if audit is None:
        messages.error(request, "Nothing was graded this month yet: there is nothing to draw from.")
        return redirect("audits")
    messages.success(request, f"Drawn: {audit.size} of {audit.population} grades.")
    return redirect("audit", audit.pk)


@require_safe
def audit(request: HttpRequest, audit_id: int) -> HttpResponse:
    """One month: agreement, rates of hiding, where the two differ. Made to be printed."""
    _require_reader(request)
    found = get_object_or_404(Audit, pk=audit_id)
    items = list(found.items.select_related("comment__account", "graded_by", "by"))
    named = {one.pk: str(one) for one in Account.objects.all()}
    context = {
        "audit": found,
        "figures": neutrality.agreement(items),
        "rates": neutrality.rates(found.month, named, lambda code: NAMES.get(code, code)),
        "differ": [one for one in items if one.again is not None and not one.agrees],
        "levels": Level,
    }
    return render(request, "moderation/audit.html", context)


@require_safe
def audit_csv(request: HttpRequest, audit_id: int) -> HttpResponseBase:
    """The sample, as it was drawn and graded again."""
    _require_reader(request)
    found = get_object_or_404(Audit, pk=audit_id)

    def rows() -> Iterator[list[object]]:
        for one in found.items.select_related("comment__account", "graded_by", "by").iterator(chunk_size=500):
            again = [one.again, one.by, one.at.isoformat() if one.at else ""]
            yield [one.number, one.comment_id, one.grade_id, one.comment.account, one.level, one.graded_by, *again]

    head = ["number", "comment", "grade", "account", "level", "graded by", "level again", "again by", "again at"]
    return csv_answer(f"neutrality-{found.month:%Y-%m}", head, rows())


@require_safe
def grade_blind(request: HttpRequest) -> HttpResponse:
    """The next sampled comment, under its post and without what was decided, said or seen since."""
    return _desk(request)


@require_POST
def grade_again(request: HttpRequest, item_id: int) -> HttpResponse:
    """Keep the level, and open the next."""
    item = get_object_or_404(AuditItem, pk=item_id)
    try:
        neutrality.grade_again(item, number_of(request.POST.get("level")) or 0, by=member_of(request))
    except REFUSALS as refusal:
        return _desk(request, refusal)
    return redirect("grade_blind")


def _desk(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    item, system = neutrality.next_for(member), GradingSystem.objects.in_force()
    context = {
        "item": item,
        "text": item.comment.case.text_of(item.grade.version) if item else "",
        "above": _asked(item.comment) if item else None,
        "left": AuditItem.objects.for_(member).count(),
        "rows": list(GradingLevel.objects.filter(system=system).order_by("level")) if system else [],
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/grade_blind.html", context, status=status_of(refusal) if refusal else 200)


def _asked(comment: Comment) -> Comment | None:
    """What it answers, where that is not ours: an answer of ours would tell how it was graded."""
    if not comment.parent_remote_id:
        return None
    return Comment.objects.filter(account=comment.account, remote_id=comment.parent_remote_id, ours=False).first()


@require_POST
def name_topic(request: HttpRequest, post_id: int) -> HttpResponse:
    """Say what a post of ours is about."""
    seen = Account.objects.visible_to(member_of(request))
    post = get_object_or_404(Post.objects.filter(account__in=seen), pk=post_id)
    try:
        neutrality.name_topic(post.pk, request.POST.get("topic", ""), by=member_of(request))
    except Invalid as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The post’s topic is noted.")
    return redirect("post", post_id)
