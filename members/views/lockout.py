"""Locked out: the ways out of it, for oneself by e-mail, for others as their superior."""

from __future__ import annotations

import hashlib

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import lockout
from members.asking import member_of
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def locked_out(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link that lifts the lockout. The answer is the same for every name, also for one that is nobody's."""
    if request.method != "POST":
        return render(request, "members/locked_out.html")
    login = request.POST.get("login", "").strip().lower()
    # By the name: with one count for all, five requests of a stranger would close the way for everybody.
    name = f"way in {hashlib.sha256(login.encode(errors='replace')).hexdigest()}"
    refused: HttpResponseBase | None = ratelimit.consume_or_429(request, action="reset_password", key=name)
    if refused is not None:
        return refused
    lockout.send_way_in(login)
    return render(request, "members/unlock_sent.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: a page with a button, which alone lifts the lockout (mail scanners follow links)."""
    if request.method == "POST":
        try:
            lockout.take_way_in(token)
        except Invalid as over:
            return render(request, "members/unlock.html", {"over": str(over)}, status=422)
        messages.success(request, "Sign-in is open again for your name.")
        return redirect("account_login")
    link = lockout.way_in(token)
    return render(request, "members/unlock.html", {"link": link}, status=200 if link else 404)


@require_safe
def locked_members(request: HttpRequest) -> HttpResponse:
    """Who is locked out now, with a button each."""
    require(member_of(request), Power.LIFT_LOCKOUTS)
    context = {"locked": lockout.locked_members(), "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "members/locked_members.html", context)


@require_POST
def lift_lockout(request: HttpRequest, member_id: int) -> HttpResponse:
    """Let a member try again at once."""
    by = member_of(request)
    member = get_object_or_404(Member.objects.visible_to(by), pk=member_id)
    lockout.lift(member, by=by)
    messages.success(request, f"{member.name} can sign in again.")
    return redirect("locked_members")
