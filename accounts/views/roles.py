"""Who speaks through an account (1.2), and whether it speaks at all: named, ended, suspended, resumed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import roles
from accounts.life_forms import MainForm, NameForm, ReasonForm
from accounts.models import Account, Role
from members.asking import member_of
from members.authority import require
from members.forms import Asked
from members.freshness import fresh_second_factor
from members.models import Member
from members.powers import Power
from members.states import Invalid


@require_safe
def account_roles(request: HttpRequest, account_id: int) -> HttpResponse:
    """Who has a role on the account, who had one, and the forms of whoever names them."""
    return _page(request, _account(request, account_id))


@require_POST
def name_role(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """Name an administrator or editor."""
    require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    return _name(request, account_id)


@fresh_second_factor
def _name(request: HttpRequest, account_id: int) -> HttpResponse:
    account, form = _account(request, account_id), NameForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        member = Member.objects.get(pk=int(given["member"]))
        said = {"by": member_of(request), "reason": given["reason"], "ends_at": given["ends_at"]}
        try:
            role = roles.name(account, member, given["kind"], **said)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(
                request, f"{member.name} is {role.get_kind_display()} of {account} now, and has been told."
            )
            return redirect("account_roles", account.pk)
    return _page(request, account, naming=form)


@require_POST
def appoint_main(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """Appoint the main administrator: the Commander or designee."""
    require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    return _appoint(request, account_id)


@fresh_second_factor
def _appoint(request: HttpRequest, account_id: int) -> HttpResponse:
    account, form = _account(request, account_id), MainForm(request.POST)
    if form.is_valid():
        member = Member.objects.get(pk=int(form.cleaned_data["member"]))
        try:
            roles.appoint_main(account, member, by=member_of(request), reason=form.cleaned_data["reason"])
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"{member.name} is main administrator of {account} now.")
            return redirect("account_roles", account.pk)
    return _page(request, account, main=form)


@require_POST
def end_role(request: HttpRequest, role_id: int) -> HttpResponse:
    """End a role before its time."""
    require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    role = get_object_or_404(Role.objects.select_related("account", "member"), pk=role_id)
    form = ReasonForm(request.POST, prefix=f"end-{role.pk}")
    if form.is_valid():
        try:
            roles.end(role, by=member_of(request), reason=form.cleaned_data["reason"])
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"The role of {role.member.name} has ended.")
            return redirect("account_roles", role.account_id)
    return _page(request, role.account, ending={role.pk: form})


@require_POST
def suspend_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Nothing is said in its name until it is resumed."""
    return _silence(request, account_id, "suspend")


@require_POST
def resume_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """It speaks again."""
    return _silence(request, account_id, "resume")


def _silence(request: HttpRequest, account_id: int, verb: str) -> HttpResponse:
    require(member_of(request), Power.ADMINISTER_ACCOUNTS)
    account, form = _account(request, account_id), ReasonForm(request.POST)
    if form.is_valid():
        decide = account.suspend if verb == "suspend" else account.resume
        decide(form.cleaned_data["reason"], by=member_of(request))
        messages.success(request, f"{account} is {account.get_state_display()} now.")
        return redirect("account", account.pk)
    return _page(request, account, silence=form)


def _account(request: HttpRequest, account_id: int) -> Account:
    return get_object_or_404(Account.objects.visible_to(member_of(request)), pk=account_id)


def _page(
    request: HttpRequest, account: Account, *, ending: dict[int, ReasonForm] | None = None, **forms: Asked
) -> HttpResponse:
    member, ending = member_of(request), ending or {}
    named = account.roles.select_related("member", "given_by")
    may_name = member.may(Power.ADMINISTER_ACCOUNTS) and account.state != Account.State.CLOSED
    standing = (
        account.roles.filter(Role.STANDING).select_related("member", "given_by").order_by("-kind", "member__name")
    )
    shown = [(role, ending.get(role.pk) or ReasonForm(prefix=f"end-{role.pk}")) for role in standing]
    context: dict[str, Any] = {
        "account": account,
        "standing": shown,
        "past": named.exclude(Role.STANDING).order_by("-since")[:100],
        "suspensions": account.suspensions.select_related("by")[:50],
        "may_name": may_name,
        "ending": ending,
        "verbs": account.verbs_for(member),
        "naming": forms.get("naming") or NameForm(),
        "main": forms.get("main") or MainForm(auto_id="id_main_%s"),
        "silence": forms.get("silence") or ReasonForm(auto_id="id_silence_%s"),
    }
    wrong = bool(ending) or any(form.errors for form in forms.values())
    return render(request, "accounts/roles.html", context, status=422 if wrong else 200)
