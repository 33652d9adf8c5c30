"""How a member is told: his preferences, his quiet hours, and his ways beside e-mail."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members import ways
from members.asking import member_of
from members.mail import Undelivered
from members.models import ContactWay, Member, Preference
from members.models.notifications import Kind
from members.reaching import LONGEST
from members.states import Invalid

When = Preference.When
ALWAYS = [(When.AT_ONCE.value, "at once, always")]  # by e-mail, about one's own sign-in


class PreferencesForm(forms.Form):
    """A choice for each kind and way, the quiet hours, and the time of the digest. Threats are no choice."""

    quiet_from = forms.TimeField(required=False, label="from")
    quiet_until = forms.TimeField(required=False, label="until")
    digest_at = forms.TimeField(label="at", initial=time(7))

    def __init__(self, data: Any = None, *, member: Member) -> None:
        kept = {one.kind: one for one in Preference.objects.filter(member=member)}
        initial: dict[str, Any] = {
            "quiet_from": member.quiet_from,
            "quiet_until": member.quiet_until,
            "digest_at": member.digest_at,
        }
        super().__init__(data, initial=initial)
        for name in ("quiet_from", "quiet_until", "digest_at"):
            self.fields[name].widget = forms.TimeInput({"type": "time", "class": "form-control"}, format="%H:%M")
        for kind in ways.MUTABLE:
            how = kept.get(kind) or Preference(kind=kind)
            for way, chosen in (("email", how.by_email), ("service", how.by_service)):
                label = f"{kind.label}: by {'e-mail' if way == 'email' else 'your other ways'}"
                self.fields[f"{kind}_{way}"] = forms.ChoiceField(
                    choices=When.choices if (kind, way) != (Kind.SECURITY, "email") else ALWAYS,
                    initial=chosen,
                    label=label,
                    widget=forms.Select({"class": "form-select", "aria-label": label}),
                )

    def rows(self) -> list[tuple[Kind, forms.BoundField, forms.BoundField]]:
        """The table: a kind, and its two choices."""
        return [(kind, self[f"{kind}_email"], self[f"{kind}_service"]) for kind in ways.MUTABLE]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two ends."""
        found = super().clean() or {}
        since, until = found.get("quiet_from"), found.get("quiet_until")
        if (since is None) != (until is None) and not {"quiet_from", "quiet_until"} & set(self.errors):
            self.add_error("quiet_until" if until is None else "quiet_from", "Give both times, or neither.")
        elif since is not None and since == until:
            self.add_error("quiet_until", "From and until are the same. Leave both empty for no quiet hours.")
        return found

    def wanted(self) -> dict[str, tuple[str, str]]:
        """What was chosen, by kind."""
        given = self.cleaned_data
        return {kind: (given[f"{kind}_email"], given[f"{kind}_service"]) for kind in ways.MUTABLE}


class WayForm(forms.Form):
    """A new way to be reached."""

    label = forms.CharField(max_length=60, label="Name", widget=forms.TextInput({"class": "form-control"}))
    # Never drawn again, not even where it was refused: it may hold what opens somebody's account at the service.
    address = forms.CharField(
        max_length=LONGEST,
        label="Address",
        widget=forms.PasswordInput({"class": "form-control", "autocomplete": "off", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The number that the test brought."""

    code = forms.CharField(max_length=12, label="Number of the test")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what he wants to be told, how and when."""
    member = member_of(request)
    form = PreferencesForm(request.POST, member=member)
    if not form.is_valid():
        return _page(request, preferences=form)
    given = form.cleaned_data
    quiet = given["quiet_from"], given["quiet_until"]
    ways.set_preferences(member, form.wanted(), quiet=quiet, digest_at=given["digest_at"])
    messages.success(request, "Kept. Threats are told at once all the same.")
    return redirect("contact")


@require_POST
def add_way(request: HttpRequest) -> HttpResponse:
    """Add a way; it waits for its test."""
    form = WayForm(request.POST)
    if form.is_valid():
        try:
            ways.add(member_of(request), form.cleaned_data["label"], form.cleaned_data["address"].strip())
        except Invalid as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, "Added. Send it a test: it is used once you have typed the number that arrives.")
            return redirect("contact")
    return _page(request, way=form)


@require_POST
def test_way(request: HttpRequest, way_id: int) -> HttpResponse:
    """Send a number there."""
    way = _mine(request, way_id)
    try:
        ways.test(way)
    except (Invalid, Undelivered) as error:
        return _page(request, about=way, problem=f"No test was sent to “{way.label}”: {error}")
    messages.success(request, f"A number is on its way to “{way.label}”. Type it below within half an hour.")
    return redirect("contact")


@require_POST
def prove_way(request: HttpRequest, way_id: int) -> HttpResponse:
    """Take the number that arrived."""
    way, form = _mine(request, way_id), CodeForm(request.POST)
    try:
        ways.prove(way, form.cleaned_data["code"] if form.is_valid() else "")
    except Invalid as error:
        return _page(request, about=way, problem=str(error))
    messages.success(request, f"“{way.label}” is used from now on.")
    return redirect("contact")


@require_POST
def remove_way(request: HttpRequest, way_id: int) -> HttpResponse:
    """Take a way away."""
    way = _mine(request, way_id)
    ways.remove(way)
    messages.success(request, f"“{way.label}” is taken away; nothing goes there any more.")
    return redirect("contact")


def _mine(request: HttpRequest, way_id: int) -> ContactWay:
    return get_object_or_404(ContactWay.objects.select_related("member"), pk=way_id, member=member_of(request))


def _page(
    request: HttpRequest,
    *,
    preferences: PreferencesForm | None = None,
    way: WayForm | None = None,
    about: ContactWay | None = None,
    problem: str = "",
) -> HttpResponse:
    """The page; 422 with what was typed wrong where something was."""
    member = member_of(request)
    found = list(ContactWay.objects.filter(member=member).defer("address"))
    context = {
        "preferences": preferences or PreferencesForm(member=member),
        "way_form": way or WayForm(),
        "ways": [(one, ways.awaits_code(one), problem if one == about else "") for one in found],
        "full": len(found) >= ways.MOST,
        "services": settings.NOTIFICATION_SERVICES,
    }
    refused = preferences or way or problem
    return render(request, "members/notification_ways.html", context, status=422 if refused else 200)
