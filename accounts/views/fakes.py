"""The log of accounts that pretend to be the department (b 37): found, reported, outcome."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.life_forms import FakeFilter, FakeForm, FakeNoteForm, OutcomeForm, ReportForm
from accounts.models import FakeAccount, FakeStep
from accounts.models.fakes import LARGEST_PICTURE, FakeQuerySet, find, may_note
from members.asking import member_of
from members.forms import Asked
from members.paging import page_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, Refused


@require_safe
def fakes(request: HttpRequest) -> HttpResponseBase:
    """The log, newest first; `format=csv` as a file."""
    search = FakeFilter(request.GET)
    found = _chosen(request, search)
    if request.GET.get("format") == "csv":
        head = ["platform", "address", "pretends", "found on", "found by", "SHA-256 of the picture", "state", "since"]
        return csv_answer("fake-accounts", head, (_line(one) for one in found.order_by("-pk")[:LARGEST]))
    page = page_of(found, request.GET.get("after"))
    context = {"page": page, "search": search, "may_note": may_note(member_of(request))}
    return render(request, "accounts/fakes.html", context)


def _chosen(request: HttpRequest, search: FakeFilter) -> FakeQuerySet:
    found = FakeAccount.objects.visible_to(member_of(request)).defer("picture").select_related("found_by")
    chosen = search.cleaned_data if search.is_valid() else {}
    if chosen.get("platform"):
        found = found.filter(platform=chosen["platform"])
    state = chosen.get("state")
    if state == "all":
        return found
    return found.filter(state=state) if state else found.open()


def _line(fake: FakeAccount) -> list[object]:
    last = fake.steps.exclude(state="").last()
    return [
        fake.get_platform_display(),
        fake.address,
        fake.pretends,
        fake.found_on.isoformat(),
        fake.found_by.name,
        fake.picture_digest,
        fake.get_state_display(),
        last.on.isoformat() if last else "",
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def find_fake(request: HttpRequest) -> HttpResponse:
    """Write down one that was found."""
    member = member_of(request)
    if not may_note(member):
        raise Refused("Only a member of the unit keeps the log of fake accounts.")
    form = FakeForm(request.POST, request.FILES) if request.method == "POST" else FakeForm()
    if form.is_valid():
        given = form.cleaned_data
        picture = given["picture"].read(LARGEST_PICTURE + 1) if given["picture"] else b""
        said = {"pretends": given["pretends"], "on": given["found_on"], "picture": picture}
        try:
            fake = find(given["platform"], given["address"], by=member, **said)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Written down. Report it to the platform next.")
            return redirect("fake", fake.pk)
    return render(request, "accounts/fake_find.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def fake(request: HttpRequest, fake_id: int) -> HttpResponse:
    """One of them, with what was done about it."""
    return _page(request, _found(request, fake_id))


@require_safe
def fake_picture(request: HttpRequest, fake_id: int) -> HttpResponse:
    """The picture that shows it, as it was given."""
    found = _found(request, fake_id)
    if not found.picture:
        raise Http404
    return HttpResponse(bytes(found.picture), content_type=found.picture_type)


@require_POST
def report_fake(request: HttpRequest, fake_id: int) -> HttpResponse:
    """It was reported to the platform."""
    found, form = _found(request, fake_id), ReportForm(request.POST, auto_id="id_report_%s")
    return _step(request, found, form, "report", lambda: found.report(by=member_of(request), **form.cleaned_data))


@require_POST
def settle_fake(request: HttpRequest, fake_id: int) -> HttpResponse:
    """What became of it."""
    found, form = _found(request, fake_id), OutcomeForm(request.POST, auto_id="id_outcome_%s")
    return _step(request, found, form, "outcome", lambda: found.settle(by=member_of(request), **form.cleaned_data))


@require_POST
def note_fake(request: HttpRequest, fake_id: int) -> HttpResponse:
    """Write something beside it."""
    found, form = _found(request, fake_id), FakeNoteForm(request.POST, auto_id="id_note_%s")
    return _step(request, found, form, "note", lambda: found.note(form.cleaned_data["note"], by=member_of(request)))


def _step(
    request: HttpRequest, found: FakeAccount, form: Asked, name: str, act: Callable[[], FakeStep]
) -> HttpResponse:
    if not may_note(member_of(request)):
        raise Refused("Only a member of the unit keeps the log of fake accounts.")
    if form.is_valid():
        try:
            act()
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Kept.")
            return redirect("fake", found.pk)
    return _page(request, found, **{name: form})


def _found(request: HttpRequest, fake_id: int) -> FakeAccount:
    return get_object_or_404(FakeAccount.objects.visible_to(member_of(request)).select_related("found_by"), pk=fake_id)


def _page(request: HttpRequest, found: FakeAccount, **forms: Asked) -> HttpResponse:
    context = {
        "fake": found,
        "steps": found.steps.select_related("by"),
        "may_note": may_note(member_of(request)),
        "may_report": found.can_become(FakeAccount.State.REPORTED),
        "may_settle": any(found.can_become(state) for state in FakeAccount.OUTCOMES),
        "report": forms.get("report") or ReportForm(auto_id="id_report_%s"),
        "outcome": forms.get("outcome") or OutcomeForm(auto_id="id_outcome_%s"),
        "note": forms.get("note") or FakeNoteForm(auto_id="id_note_%s"),
    }
    return render(
        request, "accounts/fake.html", context, status=422 if any(one.errors for one in forms.values()) else 200
    )
