"""What a member was told: the list, the bell, and what could not be delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from members import authority
from members.asking import member_of
from members.idleness import background
from members.models import Member, Notification
from members.paging import page_of
from members.powers import Power
from members.undelivered import troubles, try_again

MOST = 100  # new ones on one page; the rest comes up as these are seen


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """What is new first, then what was seen; beside it whether something could not be delivered."""
    member = member_of(request)
    mine = Notification.objects.filter(member=member)
    after = request.GET.get("after")
    unseen = mine.filter(seen_at__isnull=True)
    context = {
        "unseen": [] if after else list(unseen[:MOST]),
        "page": page_of(mine.filter(seen_at__isnull=False), after),
        "troubles": troubles(member),
    }
    return render(request, "members/notifications.html", context)


@background
@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell of the top bar anew: asked for by the page itself, when something was told or the stream is down."""
    return render(request, "members/_bell_now.html")


@require_POST
def seen(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark one of one's own as seen, and go where something can be done about it, or back to the list."""
    row = get_object_or_404(Notification, pk=notification_id, member=member_of(request))
    Notification.objects.filter(pk=row.pk, seen_at__isnull=True).update(seen_at=timezone.now())
    ours = url_has_allowed_host_and_scheme(row.path, allowed_hosts=None)
    return redirect(row.path if "go" in request.POST and row.path and ours else "notifications")


@require_POST
def all_seen(request: HttpRequest) -> HttpResponse:
    """Mark as seen what the list showed: not what has come since."""
    until = request.POST.get("until", "")
    mine = Notification.objects.filter(member=member_of(request), seen_at__isnull=True)
    if until.isdecimal() and len(until) < 19:
        mine.filter(pk__lte=int(until)).update(seen_at=timezone.now())
    return redirect("notifications")


@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """Who is not reached, by what, since when and why: for those who look after members."""
    authority.require(member_of(request), Power.MANAGE_MEMBERS)
    return render(request, "members/undelivered.html", {"troubles": troubles()})


@require_POST
def deliver_again(request: HttpRequest, member_id: int) -> HttpResponse:
    """Send a member's late messages again, now: one's own, or anybody's by those who look after members."""
    by = member_of(request)
    member = get_object_or_404(Member.objects.visible_to(by), pk=member_id)
    if member != by:
        authority.require(by, Power.MANAGE_MEMBERS)
    count = try_again(member, by=by)
    messages.success(request, f"{count} sent again: look here in a minute whether they arrived.")
    return redirect("notifications" if member == by else "undelivered")
