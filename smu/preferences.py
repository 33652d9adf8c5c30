"""What a member sets for his own screens: the colours, and whether single letters are keys (WCAG 2.1.4)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from members.asking import member_of
from members.models import Member

THEMES = (("auto", "Auto"), ("light", "Light"), ("dark", "Dark"))
YEAR = 365 * 24 * 3600  # seconds


def theme_of(request: HttpRequest) -> str:
    """The colours that this browser asked for; `auto` follows the machine."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in dict(THEMES) else "auto"


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the form stood on; never to another host."""
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe and back.startswith("/") else reverse("home"))


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the colours in a cookie: they belong to the screen at hand, not to the person."""
    answer = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in dict(THEMES):
        answer.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


@require_POST
def single_keys(request: HttpRequest) -> HttpResponseRedirect:
    """Switch one's own single-letter keys on or off."""
    Member.objects.filter(pk=member_of(request).pk).update(single_keys=request.POST.get("on") == "1")
    return _back(request)
