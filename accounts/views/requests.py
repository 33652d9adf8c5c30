"""Requests for accounts (1.1): asked for by members, decided by the Commander or designee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.establishing import may_establish
from accounts.life_forms import ReasonsForm, RequestForm
from accounts.models import AccountRequest
from accounts.models.requests import may_request, request_account
from members.asking import member_of
from members.authority import require
from members.freshness import fresh_second_factor
from members.paging import page_of
from members.powers import Power
from members.states import Invalid, Refused


@require_safe
def account_requests(request: HttpRequest) -> HttpResponse:
    """What was asked for, newest first."""
    member = member_of(request)
    asked = AccountRequest.objects.visible_to(member).select_related("requested_by", "account", "decision__by")
    page = page_of(asked, request.GET.get("after"))
    return render(request, "accounts/requests.html", {"page": page, "may_request": may_request(member)})


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_account(request: HttpRequest) -> HttpResponse:
    """Ask for an account, with the case for it."""
    member = member_of(request)
    if not may_request(member):
        raise Refused("Only a member of the unit asks for an account.")
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = request_account(form.case(), by=member)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Asked. The Commander or designee has been told.")
            return redirect("account_request", asked.pk)
    return render(request, "accounts/request_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def account_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request, with the case for it and what was decided."""
    return _page(request, _found(request, request_id), ReasonsForm())


@require_POST
def approve_request(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """The account may be established."""
    require(member_of(request), Power.APPROVE_ACCOUNTS)  # first: nobody proves a second factor to be refused after it
    return _decide(request, request_id, "approve")


@require_POST
def decline_request(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """It may not."""
    require(member_of(request), Power.APPROVE_ACCOUNTS)
    return _decide(request, request_id, "decline")


@fresh_second_factor
def _decide(request: HttpRequest, request_id: int, verb: str) -> HttpResponse:
    found, form, member = _found(request, request_id), ReasonsForm(request.POST), member_of(request)
    if form.is_valid():
        decide = found.approve if verb == "approve" else found.decline
        decide(form.cleaned_data["reasons"], by=member)
        messages.success(request, f"The request is {found.get_state_display()}.")
        return redirect("account_request", found.pk)
    return _page(request, found, form)


@require_POST
def withdraw_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """It is not wanted any more."""
    found = _found(request, request_id)
    found.withdraw(by=member_of(request))
    messages.success(request, "Withdrawn; the handle is free again.")
    return redirect("account_request", found.pk)


def _found(request: HttpRequest, request_id: int) -> AccountRequest:
    rows = AccountRequest.objects.visible_to(member_of(request)).select_related("requested_by", "account")
    return get_object_or_404(rows, pk=request_id)


def _page(request: HttpRequest, asked: AccountRequest, form: ReasonsForm) -> HttpResponse:
    member = member_of(request)
    context = {
        "asked": asked,
        "goals": asked.goals.all(),
        "roles": asked.roles.select_related("member"),
        "decision": getattr(asked, "decision", None),
        "form": form,
        "verbs": asked.verbs_for(member),
        "own": asked.requested_by_id == member.pk and asked.state == AccountRequest.State.REQUESTED,
        "may_connect": asked.state == AccountRequest.State.APPROVED and may_establish(member),
    }
    return render(request, "accounts/request.html", context, status=422 if form.errors else 200)
