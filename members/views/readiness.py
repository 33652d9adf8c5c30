"""The check-list of a new unit: what the Commander knowingly leaves open, and takes up again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from members import readiness
from members.asking import member_of


@require_POST
def leave_open(request: HttpRequest) -> HttpResponse:
    """Leave a step open, or put the list away."""
    readiness.leave_open(request.POST.get("step", ""), by=member_of(request))
    return redirect("home")


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """Put a step, or the list, back where it was."""
    readiness.take_up(request.POST.get("step", ""), by=member_of(request))
    return redirect("home")
