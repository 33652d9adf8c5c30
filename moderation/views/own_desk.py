"""A member's own desk: his keys, whether pictures begin blurred, the filters that he keeps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.states import Invalid
from moderation import own_keys, saved_filters
from moderation.models import OwnDesk
from moderation.views.answers import address, filters_of


@require_safe
def own_desk(request: HttpRequest) -> HttpResponse:
    """The keys one by one, and what else is set."""
    return _page(request, own_keys.moved(member_of(request)), {})


def _page(request: HttpRequest, keys: dict[str, str], wrong: dict[str, str]) -> HttpResponse:
    rows = [(one, keys.get(one.key, one.key), wrong.get(one.key, "")) for one in own_keys.KEYS]
    found = OwnDesk.objects.filter(pk=member_of(request).pk).first()
    context = {"rows": rows, "wrong": wrong, "blurs": bool(found and found.blurs)}
    return render(request, "moderation/own_desk.html", context, status=422 if wrong else 200)


@require_POST
def move_keys(request: HttpRequest) -> HttpResponse:
    """Keep all keys as they stand on the page, or none when two would do the same; or back to how they come."""
    member = member_of(request)
    if "reset" in request.POST:
        wanted = {key: key for key in own_keys.DEFAULTS}
    else:
        wanted = {key: request.POST.get(f"key-{key}", "").strip() or key for key in own_keys.DEFAULTS}
    if wrong := own_keys.move(member, wanted):
        return _page(request, wanted, wrong)
    messages.success(request, "Your keys are kept." if "reset" not in request.POST else "Your keys are as they come.")
    return redirect("own_desk")


@require_POST
def set_blurring(request: HttpRequest) -> HttpResponse:
    """Whether every picture of the public begins blurred on one's own desk."""
    blurs = request.POST.get("on") == "1"
    OwnDesk.objects.update_or_create(member=member_of(request), defaults={"blurs": blurs})
    messages.success(request, "Every picture begins blurred." if blurs else "Only doubtful pictures begin blurred.")
    return redirect("own_desk")


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter that is on, under a name."""
    filters = filters_of(request)
    try:
        saved_filters.save(filters, request.POST.get("name", ""), by=member_of(request))
    except Invalid as refusal:
        messages.error(request, str(refusal))
    return redirect(address(filters))


@require_POST
def forget_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forget a filter of one's own; the stream stays as it is."""
    saved_filters.forget(filter_id, by=member_of(request))
    return redirect(address(filters_of(request)))
