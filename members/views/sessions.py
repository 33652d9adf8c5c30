"""Sessions: those of a member, staying signed in, and what is carried on once a second factor is proved."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import freshness
from members.asking import member_of


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
