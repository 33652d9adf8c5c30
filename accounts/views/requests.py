"""Requests for accounts (1.1): asked for by members, decided by the Commander or designee."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import AccountRequest
from members.asking import member_of


@require_safe
def account_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request, with the case for it and what was decided."""
    found = get_object_or_404(AccountRequest.objects.visible_to(member_of(request)), pk=request_id)
    return render(request, "accounts/request.html", {"asked": found})
