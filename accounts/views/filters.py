"""The register of platform-side filters: they moderate too, so each is known, approved and looked at again (c 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.filter_forms import EnterForm, FilterSearch, SayForm
from accounts.filter_law import criticism_in
from accounts.models import PlatformFilter
from members import authority
from members.asking import member_of
from members.freshness import fresh_second_factor
from members.models import Member
from members.powers import UNIT, Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, Refused

DONE = {
    "approve": "Approved.",
    "decline": "Declined.",
    "end": "It is to stand no more.",
    "put_in_force": "In force: it is looked at again when its review is due.",
    "review": "Noted: it stands there as it is written here.",
    "take_off": "Gone from the platform.",
}


@require_safe
def filters(request: HttpRequest) -> HttpResponseBase:
    """The register; `format=csv` as a file, with the words."""
    member = member_of(request)
    authority.require(member, Power.READ_UNIT)
    search = FilterSearch(request.GET, member=member)
    found = search.filters()
    if request.GET.get("format") == "csv":
        head = ["account", "kind", "state", "what", "strength", "why", "entered by", "entered", "approved by"]
        return csv_answer(
            "filters", [*head, "approved", "seen by", "seen", "review due"], _lines(list(found[:LARGEST]))
        )
    context = {"found": found[:200], "search": search, "may_enter": _may_enter(member)}
    return render(request, "accounts/filters.html", context)


def _lines(found: list[PlatformFilter]) -> Iterator[list[object]]:
    for one in found:
        yield [
            one.account,
            one.get_kind_display(),
            one.get_state_display(),
            one.what,
            one.strength,
            one.why,
            one.by.name,
            timezone.localtime(one.at).isoformat(),
            one.approved_by.name if one.approved_by else "",
            timezone.localtime(one.approved_at).isoformat() if one.approved_at else "",
            one.seen_by.name if one.seen_by else "",
            timezone.localtime(one.seen_at).isoformat() if one.seen_at else "",
            timezone.localtime(one.review_due_at).isoformat() if one.review_due_at else "",
        ]


def _may_enter(member: Member) -> bool:
    """Whether he may keep the register of any account: judged of each when he enters something."""
    return member.position in UNIT and not member.outside


@require_http_methods(["GET", "HEAD", "POST"])
def enter_filter(request: HttpRequest) -> HttpResponse:
    """Propose a filter, or note one that was found on the platform."""
    member = member_of(request)
    if not _may_enter(member):
        raise Refused("Only a member of the unit keeps the register of filters.")
    asked = {name: request.GET[name] for name in ("account", "replaces", "kind", "how") if name in request.GET}
    form = EnterForm(request.POST or None, member=member, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.carry_out()
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "It is on the register.")
            return redirect("filter", made.pk)
    return render(request, "accounts/filter_enter.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def platform_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    """One of them: what it keeps back, who approved it, its history, and what may be done now."""
    return _page(request, _found(request, filter_id), SayForm())


@require_POST
def approve(request: HttpRequest, filter_id: int) -> HttpResponseBase:
    """It may stand."""
    return _decide(request, filter_id, "approve")


@require_POST
def decline(request: HttpRequest, filter_id: int) -> HttpResponseBase:
    """It may not."""
    return _decide(request, filter_id, "decline")


@require_POST
def end(request: HttpRequest, filter_id: int) -> HttpResponseBase:
    """It is to stand no more."""
    return _decide(request, filter_id, "end")


@require_POST
def put_in_force(request: HttpRequest, filter_id: int) -> HttpResponse:
    """It was set on the platform."""
    return _do(request, _found(request, filter_id), "put_in_force")


@require_POST
def review_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    """It stands there as it is written here."""
    return _do(request, _found(request, filter_id), "review")


@require_POST
def take_filter_off(request: HttpRequest, filter_id: int) -> HttpResponse:
    """It was taken off the platform."""
    return _do(request, _found(request, filter_id), "take_off")


def _decide(request: HttpRequest, filter_id: int, verb: str) -> HttpResponseBase:
    """A decision asks for a fresh second factor, after the person: nobody proves one to be refused after it."""
    found = _found(request, filter_id)
    authority.require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    return _decided(request, found, verb)


@fresh_second_factor
def _decided(request: HttpRequest, found: PlatformFilter, verb: str) -> HttpResponse:
    return _do(request, found, verb, said="reason")


def _do(request: HttpRequest, found: PlatformFilter, verb: str, said: str = "note") -> HttpResponse:
    form = SayForm(request.POST)
    if form.is_valid():
        act: Callable[..., None] = getattr(found, verb)
        try:
            act(by=member_of(request), **{said: form.cleaned_data["note"]})
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, DONE[verb])
            return redirect("filter", found.pk)
    return _page(request, found, form, tried=verb)


def _found(request: HttpRequest, filter_id: int) -> PlatformFilter:
    rows = PlatformFilter.objects.visible_to(member_of(request))
    return get_object_or_404(rows.select_related("account", "by", "approved_by", "seen_by", "replaces"), pk=filter_id)


def _page(request: HttpRequest, found: PlatformFilter, form: SayForm, tried: str = "") -> HttpResponse:
    context = {
        "filter": found,
        "criticism": criticism_in(found.words) if found.is_list else [],
        "history": found.history.select_related("by"),
        "verbs": found.verbs_for(member_of(request)),
        "replaced_by": found.replaced_by.all(),
        "form": form,
        "tried": tried,
    }
    return render(request, "accounts/filter.html", context, status=422 if form.errors else 200)
