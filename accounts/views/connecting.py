"""Connecting an account at its platform: the page before, the way there and back, the choice between several."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import connecting, government_use
from accounts.models import Account, AccountRequest, Connecting
from accounts.platforms.contract import WITH_API
from accounts.platforms.login import Choice
from accounts.platforms.logins import login_for
from members import authority
from members.asking import member_of
from members.freshness import fresh_second_factor
from members.powers import Power
from members.states import Invalid

Subject = AccountRequest | Account


class CutOffForm(forms.Form):
    """What becomes of what the public wrote before the account was connected."""

    cut_off_days = forms.IntegerField(
        label="Days before today that are still to be graded",
        min_value=0,
        max_value=connecting.LONGEST_CUT_OFF,
        widget=forms.NumberInput({"class": "form-control days"}),
        help_text="What was written earlier is archived as received: found by searching, not queued.",
    )


@require_safe
def connect(request: HttpRequest, request_id: int) -> HttpResponse:
    """What connecting the account of an approved request means, and the way to the platform."""
    return _page(request, _asked_for(request, request_id), CutOffForm(initial=_days()))


@require_safe
def reconnect(request: HttpRequest, account_id: int) -> HttpResponse:
    """The same for an account that stands and needs a new token."""
    return _page(request, _standing(request, account_id), None)


@require_POST
@fresh_second_factor
def start_connecting(request: HttpRequest, request_id: int) -> HttpResponse:
    """Go to the platform for an approved request."""
    subject, form = _asked_for(request, request_id), CutOffForm(request.POST)
    if not form.is_valid():
        return _page(request, subject, form, status=422)
    return _go(request, subject, form, cut_off_days=form.cleaned_data["cut_off_days"])


@require_POST
@fresh_second_factor
def start_reconnecting(request: HttpRequest, account_id: int) -> HttpResponse:
    """Go to the platform for an account that stands."""
    return _go(request, _standing(request, account_id), None)


@require_safe
def connect_back(request: HttpRequest, platform: str) -> HttpResponse:
    """The browser is back from the platform. Its address, with the code in it, is left at once."""
    if platform not in WITH_API:
        raise Http404
    try:
        attempt = connecting.come_back(platform, request.GET.dict(), by=member_of(request), session=_session(request))
    except Invalid as wrong:
        return render(request, "accounts/connect_refused.html", {"says": str(wrong)}, status=422)
    if attempt.state == Connecting.State.FAILED:
        return _refused(request, attempt)
    return redirect("connect_choice", attempt.pk)


@require_safe
def connect_choice(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """What became of a sign-in: a choice to be made, an account, or why there is none."""
    attempt = _mine(request, attempt_id)
    if attempt.state == Connecting.State.CONNECTED:
        return _to_account(request, attempt)
    if attempt.state != Connecting.State.CHOOSING:
        return _refused(request, attempt, status=200)
    return _choices(request, attempt)


@require_POST
def choose(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Connect one of the accounts that the sign-in opens."""
    attempt = _mine(request, attempt_id)
    try:
        connecting.choose(attempt, request.POST.get("choice", ""), by=member_of(request), session=_session(request))
    except Invalid as wrong:
        if attempt.state == Connecting.State.CHOOSING:
            return _choices(request, attempt, says=str(wrong), status=422)
        return _refused(request, attempt)
    return _to_account(request, attempt) if attempt.state == Connecting.State.CONNECTED else _refused(request, attempt)


@require_POST
@fresh_second_factor
def acknowledge_use(request: HttpRequest, platform: str) -> HttpResponse:
    """The Commander takes a platform's terms on government use on."""
    if platform not in WITH_API:
        raise Http404
    try:
        government_use.acknowledge(platform, by=member_of(request), version=request.POST.get("version", ""))
    except Invalid as wrong:
        return render(request, "accounts/connect_refused.html", {"says": str(wrong)}, status=422)
    messages.success(request, "Acknowledged: it stands on the trail with your name and the version of the text.")
    waiting = AccountRequest.objects.to_connect().filter(platform=platform).first()
    return redirect("connect", waiting.pk) if waiting else redirect("accounts")


# --- what they share ------------------------------------------------------------------------------------------------


def _asked_for(request: HttpRequest, request_id: int) -> AccountRequest:
    """Raises Refused for whoever may not connect accounts."""
    found = get_object_or_404(AccountRequest.objects.visible_to(member_of(request)), pk=request_id)
    authority.require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    return found


def _standing(request: HttpRequest, account_id: int) -> Account:
    """Raises Refused for whoever may not connect accounts."""
    found = get_object_or_404(Account.objects.visible_to(member_of(request)), pk=account_id, platform__in=WITH_API)
    authority.require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    return found


def _mine(request: HttpRequest, attempt_id: int) -> Connecting:
    authority.require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    found = Connecting.objects.visible_to(member_of(request)).select_related("request", "account")
    return get_object_or_404(found, pk=attempt_id)


def _session(request: HttpRequest) -> str:
    """What only this session of this member knows."""
    return request.session.session_key or ""


def _days() -> dict[str, int]:
    return {"cut_off_days": settings.QUEUE_CUT_OFF_DAYS}


def redirect_uri(request: HttpRequest, platform: str) -> str:
    """Where the platform sends the browser back; the same address is registered there.

    In the demonstration wherever the browser is, since a session is one host's and a machine has several names.
    """
    path = reverse("connect_back", args=[platform])
    return request.build_absolute_uri(path) if settings.DEMONSTRATION else f"{settings.UNIT_URL}{path}"


def _go(request: HttpRequest, subject: Subject, form: CutOffForm | None, **said: Any) -> HttpResponse:
    try:
        sent = connecting.begin(
            subject,
            by=member_of(request),
            session=_session(request),
            redirect_uri=redirect_uri(request, subject.platform),
            **said,
        )
    except Invalid as wrong:
        return _page(request, subject, form, status=422, says=str(wrong))
    return redirect(sent.address)


def _page(
    request: HttpRequest, subject: Subject, form: CutOffForm | None, *, status: int = 200, says: str = ""
) -> HttpResponse:
    platform, member = subject.platform, member_of(request)
    login = login_for(platform) if platform in WITH_API else None
    context = {
        "subject": subject,
        "again": isinstance(subject, Account),
        "form": form,
        "says": says,
        "open": _is_open(subject),
        "missing": connecting.missing_settings(platform) if login else [],
        "login": login,
        "back": redirect_uri(request, platform),
        "tier": connecting.tier_of(platform),
        "use": government_use.TERMS.get(platform),
        "acknowledged": government_use.acknowledged(platform) if platform in government_use.TERMS else None,
        "may_acknowledge": government_use.may_acknowledge(member),
        "settled": government_use.is_settled(platform),
    }
    return render(request, "accounts/connect.html", context, status=status)


def _is_open(subject: Subject) -> bool:
    if isinstance(subject, Account):
        return subject.state != Account.State.CLOSED
    return subject.state == AccountRequest.State.APPROVED


def _refused(request: HttpRequest, attempt: Connecting, status: int = 422) -> HttpResponse:
    return render(request, "accounts/connect_refused.html", {"attempt": attempt, "says": attempt.says}, status=status)


def _choices(request: HttpRequest, attempt: Connecting, *, says: str = "", status: int = 200) -> HttpResponse:
    _, offered = connecting.offered(attempt)
    choices: list[tuple[Choice, str]] = [(one, connecting.trouble_of(one, attempt)) for one in offered]
    context = {"attempt": attempt, "choices": choices, "says": says}
    return render(request, "accounts/connect_choice.html", context, status=status)


def _to_account(request: HttpRequest, attempt: Connecting) -> HttpResponse:
    account = attempt.account or Account.objects.get(request=attempt.request)
    messages.success(request, f"{account} is connected. It is read within a minute.")
    return redirect("account", account.pk)
