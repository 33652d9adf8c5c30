"""What was before: gaps in the reading of an account, and the bans that stood on it when it was connected."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import taking_over
from accounts.models import Account, Gap, StandingBan
from accounts.models.standing_bans import StandingBanQuerySet
from members.asking import member_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid

SHOWN = 500


class BanForm(forms.Form):
    """A ban that stood before this product came."""

    name = forms.CharField(
        label="Name or handle", required=False, max_length=200, widget=forms.TextInput({"class": "form-control"})
    )
    remote_id = forms.CharField(
        label="Id on the platform",
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "form-control"}),
        help_text="Where the platform shows one.",
    )
    reason = forms.CharField(
        label="Why, as far as anybody remembers",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"class": "form-control", "rows": 2}),
    )


@require_safe
def gaps(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The times in which the account was not read; `format=csv` as a file."""
    account = _account(request, account_id)
    found = Gap.objects.visible_to(member_of(request)).filter(account=account).select_related("account")
    if request.GET.get("format") == "csv":
        head = ["platform", "account", "since", "until", "why", "noticed", "filled"]
        return csv_answer("gaps", head, (_line(one) for one in found[:LARGEST]))
    return render(request, "accounts/gaps.html", {"account": account, "gaps": found[:SHOWN]})


def _line(gap: Gap) -> list[object]:
    moments = (gap.since, gap.until, gap.noticed_at, gap.filled_at)
    since, until, noticed, filled = (moment.isoformat() if moment else "" for moment in moments)
    account = gap.account
    why = gap.get_why_display()
    return [account.get_platform_display(), account.handle or account.name, since, until, why, noticed, filled]


@require_safe
def standing_bans(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The bans that stood before; `format=csv` as a file."""
    account = _account(request, account_id)
    if request.GET.get("format") == "csv":
        found = _bans(request, account)
        head = ["platform", "account", "name", "id", "since", "noted by", "reason"]
        return csv_answer("standing-bans", head, (_ban_line(one) for one in found[:LARGEST]))
    return _page(request, account, BanForm())


def _ban_line(ban: StandingBan) -> list[object]:
    account, by = ban.account, ban.noted_by.name if ban.noted_by else "the platform's list"
    shown = account.handle or account.name
    return [account.get_platform_display(), shown, ban.name, ban.remote_id, ban.seen_at.isoformat(), by, ban.reason]


@require_POST
def note_ban(request: HttpRequest, account_id: int) -> HttpResponse:
    """Note one by hand."""
    account, form = _account(request, account_id), BanForm(request.POST)
    if form.is_valid():
        try:
            taking_over.note_ban(account, by=member_of(request), **form.cleaned_data)
        except Invalid as wrong:
            form.add_error(wrong.field, str(wrong))
        else:
            messages.success(request, "Noted.")
            return redirect("standing_bans", account.pk)
    return _page(request, account, form, status=422)


def _account(request: HttpRequest, account_id: int) -> Account:
    return get_object_or_404(Account.objects.visible_to(member_of(request)), pk=account_id)


def _bans(request: HttpRequest, account: Account) -> StandingBanQuerySet:
    visible = StandingBan.objects.visible_to(member_of(request))
    return visible.filter(account=account).select_related("account", "noted_by")


def _page(request: HttpRequest, account: Account, form: BanForm, status: int = 200) -> HttpResponse:
    found = _bans(request, account)
    context = {
        "account": account,
        "takeover": getattr(account, "takeover", None),
        "bans": found[:SHOWN],
        "count": found.count(),
        "form": form,
        "may_note": taking_over.may_note(member_of(request)),
    }
    return render(request, "accounts/standing_bans.html", context, status=status)
