"""The register of campaigns and hashtags (2.F): asked for, looked at elsewhere, decided, ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import campaigns as campaign_verbs
from content import figures, hashtags, registering
from content.models import Campaign, Hashtag
from content.planning_forms import CampaignForm, HashtagForm, LookForm, ReasonForm
from content.registering import Period
from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid

SAID = {
    "approve": "Approved.",
    "decline": "Declined; whoever asked finds the reason.",
    "withdraw": "Taken back.",
    "end": "Ended: it is used no more.",
}


# --- campaigns ---


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    member = member_of(request)
    found = Campaign.objects.visible_to(member).select_related("asked_by").prefetch_related("hashtags")
    context = {
        "page": page_of(found, request.GET.get("after")),
        "today": timezone.localdate(),
        "may_ask": member.may(Power.DEVELOP_CONTENT),
    }
    return render(request, "content/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_campaign(request: HttpRequest) -> HttpResponse:
    """Ask for one, with its hashtags."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    form = CampaignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        period = Period(given["since"], given["until"])
        more = {"audience": given["audience"], "tags": given["tags"]}
        try:
            made = campaign_verbs.ask(given["name"], given["aim"], period, by=member, **more)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Asked for; the Commander or designee decides.")
            return redirect(made.get_absolute_url())
    return render(request, "content/campaign_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One of them: its aim and period, its hashtags, its posts and what came of them."""
    return _campaign_page(request, _campaign(request, campaign_id))


def _campaign(request: HttpRequest, campaign_id: int) -> Campaign:
    wanted = Campaign.objects.visible_to(member_of(request)).select_related("asked_by", "decision__by")
    return get_object_or_404(wanted, pk=campaign_id)


def _campaign_page(request: HttpRequest, found: Campaign, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    context = {
        "campaign": found,
        "decision": getattr(found, "decision", None),
        "tags": found.hashtags.all(),
        "page": page_of(found.items.select_related("written_by"), request.GET.get("after")),
        "figures": figures.of_campaign(found),
        "verbs": found.verbs_for(member),
        "may_write": member.may(Power.DEVELOP_CONTENT),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/campaign.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def decide_campaign(request: HttpRequest, campaign_id: int, verb: str) -> HttpResponse:
    """Approve, decline, take back or end it."""
    found, member = _campaign(request, campaign_id), member_of(request)
    if verb not in SAID:
        raise Http404
    waiting: list[Hashtag] = []
    try:
        reason = ReasonForm(request.POST).said()
        match verb:
            case "approve":
                waiting = campaign_verbs.approve(found, by=member, reason=reason)
            case "decline":
                campaign_verbs.decline(found, by=member, reason=reason)
            case "withdraw":
                registering.withdraw(found, by=member)
            case "end":
                campaign_verbs.end(found, by=member)
    except REFUSALS as refusal:
        return _campaign_page(request, _campaign(request, campaign_id), refusal)
    messages.success(request, SAID[verb])
    if waiting:
        named = ", ".join(str(tag) for tag in waiting)
        messages.warning(request, f"Not decided yet: {named}. Nobody has noted how others use them, or they are yours.")
    return redirect(found.get_absolute_url())


# --- hashtags ---


@require_safe
def hashtag_list(request: HttpRequest) -> HttpResponseBase:
    """The register: what waits first, then by name; `format=csv` as a file."""
    member, today = member_of(request), timezone.localdate()
    found = Hashtag.objects.visible_to(member).select_related("campaign", "asked_by")
    if request.GET.get("format") == "csv":
        head = ["hashtag", "campaign", "from", "to", "state", "in force today", "asked by", "what for"]
        rows = (
            [
                str(one),
                one.campaign or "",
                one.since,
                one.until or "",
                one.get_state_display(),
                "yes" if one.in_force(today) else "",
                one.asked_by.name,
                one.why,
            ]
            for one in found[:LARGEST]
        )
        return csv_answer("hashtags", head, rows)
    context = {
        "waiting": found.waiting().order_by("pk"),
        "page": page_of(found, request.GET.get("after")),
        "today": today,
        "may_ask": member.may(Power.DEVELOP_CONTENT),
    }
    return render(request, "content/hashtags.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_hashtag(request: HttpRequest) -> HttpResponse:
    """Ask for one."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    first = {name: request.GET.get(name, "") for name in ("tag", "campaign")}
    form = HashtagForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        period = Period(given["since"], given["until"]) if given["since"] else None
        try:
            made = hashtags.ask(given["tag"], by=member, period=period, campaign=given["campaign"], why=given["why"])
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Asked for; the Commander or designee decides.")
            return redirect(made.get_absolute_url())
    return render(request, "content/hashtag_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def hashtag(request: HttpRequest, hashtag_id: int) -> HttpResponse:
    """One of them: what it is for, how others use it, what was decided."""
    return _hashtag_page(request, _hashtag(request, hashtag_id))


def _hashtag(request: HttpRequest, hashtag_id: int) -> Hashtag:
    wanted = Hashtag.objects.visible_to(member_of(request)).select_related("asked_by", "campaign", "decision__by")
    return get_object_or_404(wanted, pk=hashtag_id)


def _hashtag_page(request: HttpRequest, found: Hashtag, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    context = {
        "hashtag": found,
        "decision": getattr(found, "decision", None),
        "looks": found.looks.select_related("by"),
        "searches": hashtags.searches(found.tag),
        "runs_together": hashtags.runs_together(found.tag),
        "earlier": Hashtag.objects.filter(key=found.key).exclude(pk=found.pk),
        "today": timezone.localdate(),
        "verbs": found.verbs_for(member),
        "may_look": member.may(Power.DEVELOP_CONTENT),
        "typed": request.POST.dict() if refusal else {},
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/hashtag.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def look_at_hashtag(request: HttpRequest, hashtag_id: int) -> HttpResponse:
    """Note how others use it."""
    found = _hashtag(request, hashtag_id)
    form = LookForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid("What you saw is longer than 2,000 characters, or holds odd ones.", "seen")
        given = form.cleaned_data
        hashtags.look(found, by=member_of(request), seen=given["seen"], fits=not given["misused"])
    except REFUSALS as refusal:
        return _hashtag_page(request, found, refusal)
    messages.success(request, "Noted.")
    return redirect(found.get_absolute_url())


@require_POST
def decide_hashtag(request: HttpRequest, hashtag_id: int, verb: str) -> HttpResponse:
    """Approve, decline, take back or end it."""
    found, member = _hashtag(request, hashtag_id), member_of(request)
    if verb not in SAID:
        raise Http404
    try:
        reason = ReasonForm(request.POST).said()
        match verb:
            case "approve":
                hashtags.approve(found, by=member, reason=reason)
            case "decline":
                registering.decide(found, approves=False, by=member, reason=reason)
            case "withdraw":
                registering.withdraw(found, by=member)
            case "end":
                registering.end(found, by=member)
    except REFUSALS as refusal:
        return _hashtag_page(request, _hashtag(request, hashtag_id), refusal)
    messages.success(request, SAID[verb])
    return redirect(found.get_absolute_url())
