"""The unit's list of names that never go out (2.C, 2.D): for those who write, and nobody outside the unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from content import listing
from content.models import ListedName
from members.asking import member_of
from members.authority import require
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of


@never_cache
@require_http_methods(["GET", "POST"])
def listed_names(request: HttpRequest) -> HttpResponse:
    """The list; a name is put on it."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    refusal: Exception | None = None
    if request.method == "POST":
        try:
            listing.add(request.POST.get("name", "").replace("\x00", ""), request.POST.get("kind", ""), by=member)
        except REFUSALS as error:
            refusal = error
        else:
            messages.success(request, "It is on the list.")
            return redirect("listed_names")
    standing = ListedName.objects.visible_to(member).standing().select_related("added_by")
    context = {
        "names": sorted(standing, key=lambda one: one.name.casefold()),
        "kinds": ListedName.Kind.choices,
        "typed": request.POST,
        "refusal": sentence_of(refusal) if refusal else "",
        "at": getattr(refusal, "field", ""),
    }
    return render(request, "content/listed_names.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def take_name_off(request: HttpRequest, name_id: int) -> HttpResponse:
    """Take one off; it is gone."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    listed = get_object_or_404(ListedName.objects.visible_to(member), pk=name_id)
    listing.take_off(listed, by=member)
    messages.success(request, "Taken off the list, and gone.")
    return redirect("listed_names")
