"""Sessions: those of a member, staying signed in, and what is carried on once a second factor is proved."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import freshness, sessions
from members.asking import member_of
from members.authority import require
from members.idleness import background, seconds_left
from members.models import Member
from members.powers import Power


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    return _list(request, member_of(request))


@require_safe
def of_member(request: HttpRequest, member_id: int) -> HttpResponse:
    """Where another is signed in, for who manages members."""
    require(member_of(request), Power.MANAGE_MEMBERS)
    return _list(request, get_object_or_404(Member.objects.visible_to(member_of(request)), pk=member_id))


def _list(request: HttpRequest, member: Member) -> HttpResponse:
    rows = [(session, session.session_key == request.session.session_key) for session in sessions.open_sessions(member)]
    rows.sort(key=lambda row: not row[1])
    context = {
        "whose": member,
        "own": member == member_of(request),
        "rows": rows,
        "minutes": settings.SESSION_IDLE_SECONDS // 60,
        "hours": settings.SESSION_MAX_SECONDS // 3600,
    }
    return render(request, "members/sessions.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, named by what the page shows of it: its key opens the door and is never shown."""
    member = member_of(request)
    named = request.POST.get("session", "")
    ended = next((one for one in sessions.open_sessions(member) if one.name == named), None)
    if ended is None:
        messages.info(request, "That session is over already.")
        return redirect("sessions")
    sessions.end(ended, by=member)
    if ended.session_key == request.session.session_key:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, f"Signed out there: {ended.words or 'a browser'}.")
    return redirect("sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    count = sessions.end_others(member_of(request), key=request.session.session_key or "")
    messages.success(request, f"Signed out in {count} other place{'' if count == 1 else 's'}.")
    return redirect("sessions")


@require_POST
def end_of_member(request: HttpRequest, member_id: int) -> HttpResponse:
    """Sign another out everywhere."""
    by = member_of(request)
    member = get_object_or_404(Member.objects.visible_to(by), pk=member_id)
    count = sessions.end_all_of(member, by=by)
    if member == by:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, f"{member.name} is signed out everywhere ({count} session{'' if count == 1 else 's'}).")
    return redirect("member_sessions", member_id)


@background
@login_not_required
@never_cache
@require_safe
def left(request: HttpRequest) -> JsonResponse:
    """How long the session still lasts, for the browser's own clock; `member` is null when it is over."""
    if not request.user.is_authenticated:
        return JsonResponse({"member": None})
    return JsonResponse({"member": request.user.pk, **seconds_left(request)})


@require_POST
def stay(request: HttpRequest) -> JsonResponse:
    """A person is here: he pressed, typed or scrolled. That it was asked is what counts (members.idleness)."""
    return JsonResponse({"member": member_of(request).pk, **seconds_left(request)})


@never_cache
@require_safe
def carry_on(request: HttpRequest, key: str) -> HttpResponseBase:
    """What was sent before the second factor was proved, ready to be sent on: by the script, or with one press."""
    waiting = freshness.waiting(request, key)
    if waiting is None:
        return render(request, "members/session_carried.html", status=404)
    if not freshness.is_fresh(request):
        where = freshness.where_to_prove(member_of(request))
        return HttpResponseRedirect(f"{where}?{urlencode({'next': request.path})}")
    context = {"waiting": waiting, "key": key, "carried": freshness.CARRIED}
    return render(request, "members/session_carry_on.html", context)
