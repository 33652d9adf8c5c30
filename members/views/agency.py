"""The agency's page: names, zone, languages, numbers, and the mark that every page shows."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import authority
from members.agency_mark import mark_from
from members.asking import member_of
from members.models import Agency
from members.models.agency import agency, unnamed
from members.powers import Power
from members.setup_forms import ZONES, AgencyForm
from members.states import Invalid, record

FOR_EVER = "public, max-age=31536000, immutable"  # the address changes with the mark
FOR_NOW = "public, no-cache"
NAMED = ("name", "short_name", "zone", "languages", "emergency_number", "non_emergency_number", "return_address")


class MarkForm(forms.Form):
    """A picture from this computer. What it really is, is seen when it is read."""

    mark = forms.FileField(
        label="Mark",
        error_messages={"required": "Choose a picture first.", "empty": "The file is empty. Choose another."},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": "image/png,image/jpeg,image/webp"}),
        help_text="PNG, JPEG or WebP, at most 4 MB; a square one with nothing behind it looks best.",
    )


def mark_address(ours: Agency) -> str:
    """Where the mark is fetched, with a sign that changes with the agency; empty while there is none."""
    return f"{reverse('agency_mark')}?v={ours.changed_at:%Y%m%d%H%M%S%f}" if ours.has_mark else ""


@require_http_methods(["GET", "HEAD", "POST"])
def agency_page(request: HttpRequest) -> HttpResponse:
    """What the agency is called and where it is; the Commander changes it."""
    may_change = member_of(request).may(Power.SET_UP_UNIT)
    ours = agency()
    if request.method == "POST":
        authority.require(member_of(request), Power.SET_UP_UNIT)
        form = AgencyForm(request.POST)
        if form.is_valid():
            _change(form.cleaned_data, request)
            return redirect("agency")
    else:
        form = AgencyForm(initial={name: getattr(ours, name) for name in NAMED})
    return _page(request, form=form, mark_form=MarkForm(), may_change=may_change)


def _change(given: dict[str, Any], request: HttpRequest) -> None:
    """Store what is different; nothing changed is no act."""
    with transaction.atomic():
        ours = _locked()
        changed = [name for name in NAMED if getattr(ours, name) != given[name]]
        if changed:
            for name in changed:
                setattr(ours, name, given[name])
            ours.save()
            record("change", ours, by=member_of(request))


def _locked() -> Agency:
    """The agency for changing it; one that was never written down begins as the environment names it."""
    return Agency.objects.select_for_update().filter(pk=1).first() or unnamed()


@require_POST
def agency_change_mark(request: HttpRequest) -> HttpResponse:
    """Take another mark, made anew from the given picture's pixels."""
    authority.require(member_of(request), Power.SET_UP_UNIT)
    form = MarkForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _keep_mark(mark_from(form.cleaned_data["mark"]), request)
        except Invalid as refused:
            form.add_error("mark", str(refused))
        else:
            return redirect("agency")
    ours = agency()
    kept = AgencyForm(initial={name: getattr(ours, name) for name in NAMED})
    return _page(request, form=kept, mark_form=form, may_change=True)


@require_POST
def agency_remove_mark(request: HttpRequest) -> HttpResponse:
    """Show no mark any more."""
    authority.require(member_of(request), Power.SET_UP_UNIT)
    _keep_mark(None, request)
    return redirect("agency")


def _keep_mark(mark: bytes | None, request: HttpRequest) -> None:
    with transaction.atomic():
        ours = _locked()
        ours.mark = mark
        ours.save()
        record("change_mark", ours, by=member_of(request))


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    wrong = context["form"].errors or context["mark_form"].errors
    return render(request, "members/agency.html", {"zones": ZONES, **context}, status=422 if wrong else 200)


@login_not_required
@require_safe
def agency_mark(request: HttpRequest) -> HttpResponse:
    """The mark as PNG, to everybody: it stands on the sign-in page. 404 while there is none."""
    mark = Agency.objects.filter(pk=1).values_list("mark", flat=True).first()
    if mark is None:
        raise Http404
    picture = bytes(mark)
    tag = f'"{hashlib.sha256(picture).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(picture, content_type="image/png")
    answer["ETag"] = tag
    answer["Cache-Control"] = FOR_EVER if "v" in request.GET else FOR_NOW
    return answer
