"""The end of an account (1.4), from its preparation to the Commander's approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import terminating
from accounts.life_forms import NoticeForm, ReasonsForm, TerminationForm
from accounts.models import Account, Termination
from accounts.models.terminations import may_prepare
from members.asking import member_of
from members.authority import only, require
from members.forms import Asked
from members.freshness import fresh_second_factor
from members.powers import Power
from members.states import Invalid, Refused


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_termination(request: HttpRequest, account_id: int) -> HttpResponse:
    """Begin it; where one is being prepared already, go there."""
    member = member_of(request)
    if not may_prepare(member):
        raise Refused(only(Power.MANAGE_ACCOUNTS))
    account = get_object_or_404(Account.objects.visible_to(member), pk=account_id)
    begun = account.terminations.exclude(state=Termination.State.WITHDRAWN).first()
    if begun is not None and request.method != "POST":
        return redirect("termination", begun.pk)
    form = TerminationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            termination = terminating.prepare(account, form.said(), by=member)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Prepared. What is still missing stands under Conditions.")
            return redirect("termination", termination.pk)
    context = {"account": account, "form": form}
    return render(request, "accounts/termination_prepare.html", context, status=422 if form.errors else 200)


@require_safe
def termination(request: HttpRequest, termination_id: int) -> HttpResponse:
    """What it rests on, which conditions hold, and what was decided."""
    return _page(request, _found(request, termination_id))


@require_POST
def change_termination(request: HttpRequest, termination_id: int) -> HttpResponse:
    """Fill in what was missing."""
    found, form = _to_prepare(request, termination_id), TerminationForm(request.POST)
    if form.is_valid():
        try:
            terminating.change(found, form.said(), by=member_of(request))
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Kept.")
            return redirect("termination", found.pk)
    return _page(request, found, form=form)


@require_POST
def give_notice(request: HttpRequest, termination_id: int) -> HttpResponse:
    """Write down a notice to the followers."""
    found, form = _to_prepare(request, termination_id), NoticeForm(request.POST)
    if form.is_valid():
        try:
            terminating.give_notice(found, **form.cleaned_data, by=member_of(request))
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "The notice is kept; the notice period counts from the first.")
            return redirect("termination", found.pk)
    return _page(request, found, notice=form)


@require_POST
def withdraw_termination(request: HttpRequest, termination_id: int) -> HttpResponse:
    """The account stays after all."""
    found = _to_prepare(request, termination_id)
    terminating.withdraw(found, by=member_of(request))
    messages.success(request, f"Withdrawn: {found.account} stays.")
    return redirect("termination", found.pk)


@require_POST
def approve_termination(request: HttpRequest, termination_id: int) -> HttpResponseBase:
    """The Commander alone ends the account."""
    require(member_of(request), Power.TERMINATE_ACCOUNTS)  # first: nobody proves a factor to be refused after it
    return _approve(request, termination_id)


@fresh_second_factor
def _approve(request: HttpRequest, termination_id: int) -> HttpResponse:
    found, form = _found(request, termination_id), ReasonsForm(request.POST)
    if form.is_valid():
        try:
            terminating.approve(found, reasons=form.cleaned_data["reasons"], by=member_of(request))
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"{found.account} is terminated. Its records stay.")
            return redirect("termination", found.pk)
    return _page(request, found, approval=form)


def _found(request: HttpRequest, termination_id: int) -> Termination:
    rows = Termination.objects.visible_to(member_of(request)).select_related("account", "prepared_by")
    return get_object_or_404(rows, pk=termination_id)


def _to_prepare(request: HttpRequest, termination_id: int) -> Termination:
    if not may_prepare(member_of(request)):
        raise Refused(only(Power.MANAGE_ACCOUNTS))
    return _found(request, termination_id)


def _page(request: HttpRequest, found: Termination, **forms: Asked) -> HttpResponse:
    member, prepared = member_of(request), found.state == Termination.State.PREPARED
    conditions = terminating.conditions(found) if prepared else []
    values = {name: getattr(found, name) for name in TerminationForm.base_fields}
    context = {
        "termination": found,
        "account": found.account,
        "conditions": conditions,
        "missing": [one for one in conditions if not one.holds],
        "notices": found.notices.select_related("by"),
        "decision": getattr(found, "approval", None),
        "may_prepare": prepared and may_prepare(member),
        "verbs": found.verbs_for(member),
        "form": forms.get("form") or TerminationForm(initial=values),
        "notice": forms.get("notice") or NoticeForm(auto_id="id_notice_%s"),
        "approval": forms.get("approval") or ReasonsForm(auto_id="id_approval_%s"),
    }
    return render(
        request, "accounts/termination.html", context, status=422 if any(one.errors for one in forms.values()) else 200
    )
