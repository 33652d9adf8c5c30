"""Threats (S.O.P. 4, level 8): the red line, the list, one threat with its decision, and the link in an alert."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.asking import member_of
from members.authority import require
from members.freshness import fresh_second_factor_to_export
from members.idleness import background
from members.models import LogEntry
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import WrongState
from moderation import alerting, threats
from moderation.decisions import Decision
from moderation.evidence_package import package
from moderation.forms import GradeForm
from moderation.models import Level, RetainedRecord, Threat, ThreatDecision
from moderation.models.threats import ThreatQuerySet
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.threat_page import DecisionForm, ThreatPage, ThreatSearch
from moderation.views.answers import is_fragment

WITH = ("comment__account", "comment__post", "comment__poster", "comment__case__grade", "grade__clause__terms")
OPEN_FIRST = 100  # open threats drawn above the list


def _threat_of(request: HttpRequest, threat_id: int) -> Threat:
    wanted = Threat.objects.visible_to(member_of(request))
    return get_object_or_404(wanted.select_related(*WITH, "grade__by", "raised_by", "acknowledged_by"), pk=threat_id)


# --- the list ---


@require_safe
def threats_list(request: HttpRequest) -> HttpResponseBase:
    """What was raised, the open ones first; `format=csv` as a file."""
    search = ThreatSearch(request.GET, member=member_of(request))
    found = search.threats().select_related("comment__account", "raised_by", "acknowledged_by", "grade__clause")
    if request.GET.get("format") == "csv":
        return _file(found)
    open_ones = list(found.undecided().order_by("pk")[:OPEN_FIRST]) if search.first_page else []
    page = page_of(found.exclude(pk__in=[one.pk for one in open_ones]), request.GET.get("after"))
    context = {"search": search, "open": [] if page.after else open_ones, "page": page}
    return render(request, "moderation/threats.html", context, status=200 if search.is_valid() else 422)


def _file(found: ThreatQuerySet) -> HttpResponseBase:
    head = ["threat", "state", "raised", "graded by", "account", "comment", "clause", "rounds", "acknowledged by"]
    head += ["acknowledged", "by link", "decided", "decisions", "case numbers"]

    def rows() -> Iterator[list[object]]:
        for threat in found.order_by("-pk").prefetch_related("decisions")[:LARGEST].iterator(chunk_size=500):
            made = list(threat.decisions.all())
            yield [
                threat.pk,
                threat.get_state_display(),
                threat.raised_at.isoformat(),
                threat.raised_by.name,
                threat.comment.account,
                threat.comment_id,
                threat.grade.clause.letter if threat.grade.clause else "",
                threat.round,
                threat.acknowledged_by.name if threat.acknowledged_by else "",
                threat.acknowledged_at.isoformat() if threat.acknowledged_at else "",
                "yes" if threat.by_link else "",
                threat.decided_at.isoformat() if threat.decided_at else "",
                "; ".join(one.get_kind_display() for one in made),
                "; ".join(one.case_number for one in made if one.case_number),
            ]

    return csv_answer("threats", head, rows())


# --- one threat ---


@require_safe
def threat(request: HttpRequest, threat_id: int) -> HttpResponse:
    """Its page."""
    return _page(request, _threat_of(request, threat_id))


def _page(request: HttpRequest, threat: Threat, refusal: Exception | None = None) -> HttpResponse:
    """The page, or the page with a refusal's sentence and what was typed."""
    typed = {**request.POST.dict(), "kinds": request.POST.getlist("kinds")} if refusal else {}
    shown = ThreatPage(threat, member_of(request), typed=typed, wrong=getattr(refusal, "field", ""))
    context = {"shown": shown, "refusal": sentence_of(refusal) if refusal else ""}
    return render(request, "moderation/threat.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def acknowledge(request: HttpRequest, threat_id: int) -> HttpResponse:
    """End its alerts. From the red line of another page the page stays as it is."""
    threat = _threat_of(request, threat_id)
    try:
        threats.acknowledge(threat, by=member_of(request))
    except WrongState as late:
        if is_fragment(request):
            return render(request, "moderation/_red_line.html", {"said": str(late), "about": threat})
        return _page(request, _threat_of(request, threat_id), late)
    except REFUSALS as refusal:
        return _page(request, threat, refusal)
    if is_fragment(request):
        said = f"You acknowledged threat {threat.pk}: nobody else is called."
        return render(request, "moderation/_red_line.html", {"said": said, "about": threat})
    messages.success(request, "Acknowledged: nobody else is called. Now decide what follows.")
    return redirect(threat)


@require_POST
def decide_threat(request: HttpRequest, threat_id: int) -> HttpResponse:
    """Write down what follows. The person is judged before what he typed."""
    threat = _threat_of(request, threat_id)
    require(member_of(request), Power.DECIDE_THREATS)
    try:
        made = threats.decide(threat, DecisionForm(request.POST).choice(), by=member_of(request))
    except REFUSALS as refusal:
        return _page(request, _threat_of(request, threat_id), refusal)
    messages.success(request, f"Decided: {', '.join(one.get_kind_display() for one in made)}.")
    return redirect(threat)


@require_POST
def name_clause(request: HttpRequest, threat_id: int) -> HttpResponse:
    """Rest the level 8 on another clause, with the reason (ruling 2)."""
    threat = _threat_of(request, threat_id)
    form = GradeForm({**request.POST.dict(), "level": Level.THREATENING, "version": threat.comment.case.version})
    form.is_valid()
    try:
        threat.comment.case.grade_as(
            Decision(
                level=Level.THREATENING,
                key=str(form.cleaned_data.get("key") or uuid.uuid4()),
                version=threat.comment.case.version,
                grade_seen=threat.grade_id,
                clause=form.cleaned_data.get("clause"),
                words=threat.grade.words,
                reason=form.cleaned_data.get("reason", ""),
            ),
            by=member_of(request),
        )
    except REFUSALS as refusal:
        return _page(request, _threat_of(request, threat_id), refusal)
    messages.success(request, "The clause is changed; the first one stays on the timeline.")
    return redirect(threat)


@require_safe
def preservation(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The letter that asks the platform to preserve what it has, to be printed or copied."""
    require(member_of(request), Power.DECIDE_THREATS)
    decisions = ThreatDecision.objects.filter(kind=ThreatDecision.Kind.PRESERVE)
    made = get_object_or_404(
        decisions.select_related("threat__comment__account", "threat__comment__poster", "by"), pk=decision_id
    )
    return render(request, "moderation/preservation.html", {"made": made, "comment": made.threat.comment})


@require_safe
@fresh_second_factor_to_export
def evidence(request: HttpRequest, threat_id: int) -> HttpResponseBase:
    """The evidence package, for those who decide on threats. Who took it is on the sealed log."""
    member = member_of(request)
    require(member, Power.DECIDE_THREATS)
    threat = _threat_of(request, threat_id)
    logged = [(Threat._meta.label_lower, threat.pk)]
    logged += [(RetainedRecord._meta.label_lower, pk) for pk in threat.comment.records.values_list("pk", flat=True)]
    LogEntry.objects.bulk_create(
        [LogEntry(by=member, verb="export", subject_type=label, subject_id=str(pk)) for label, pk in logged]
    )
    answer = StreamingHttpResponse(package(threat, by=member), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="threat-{threat.pk}-evidence.zip"'
    return answer


# --- the red line ---


@background
@require_safe
def red_line(request: HttpRequest) -> HttpResponse:
    """What the line on every page says now; nothing where there is nothing to say."""
    return render(request, "moderation/_red_line.html")


# --- the link in an alert (ruling 15) ---


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def threat_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """A page with a button that acknowledges, and nothing else; following the link does nothing (mail scanners do)."""
    refused: HttpResponseBase | None = ratelimit.consume_or_429(request, action="threat_link")
    if refused is not None:
        return refused
    link = alerting.link_of(token)
    if link is None:
        return render(request, "moderation/threat_link.html", status=404)
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(link.threat)
        return render(request, "moderation/threat_link.html", {"link": link})
    try:
        threats.follow_link(link)
    except REFUSALS as late:
        found = alerting.link_of(token)
        return render(request, "moderation/threat_link.html", {"link": found, "late": sentence_of(late)}, status=409)
    return render(request, "moderation/threat_link.html", {"link": link, "done": True})
