"""The pages of the department's accounts and their health (C.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.health import Health, health_of
from accounts.models import Account, Removal
from members.asking import member_of
from members.spreadsheets import csv_answer


@require_safe
def accounts(request: HttpRequest) -> HttpResponseBase:
    """Every account with its health; `format=csv` as a file."""
    member = member_of(request)
    found = health_of(list(Account.objects.visible_to(member)), member)
    if request.GET.get("format") == "csv":
        head = ["platform", "handle", "name", "state", "trouble", "last read", "next", "administrators", "editors"]
        return csv_answer("accounts", head, (_line(one) for one in found))
    return render(request, "accounts/accounts.html", {"found": found})


def _line(health: Health) -> list[object]:
    account, poll = health.account, health.poll
    return [
        account.get_platform_display(),
        account.handle,
        account.name,
        account.get_state_display(),
        health.trouble,
        poll.last_ok_at.isoformat() if poll and poll.last_ok_at else "",
        poll.next_at.isoformat() if poll else "",
        ", ".join(role.member.name for role in health.administrators),
        ", ".join(role.member.name for role in health.editors),
    ]


@require_safe
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: its health, its limits, who speaks through it, its trail."""
    member = member_of(request)
    found = get_object_or_404(Account.objects.visible_to(member), pk=account_id)
    (health,) = health_of([found], member)
    removals = Removal.objects.visible_to(member).outstanding().filter(account=found).select_related("member")
    return render(request, "accounts/account.html", {"health": health, "account": found, "removals": removals})
