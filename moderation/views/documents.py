"""The S.O.P.'s own documents, drawn up for this agency: read first, then put in force (4.T, 4.0)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.adopting import terms_for
from accounts.models import Terms
from members import authority
from members.asking import member_of
from members.models.agency import agency
from members.powers import Power
from members.states import Invalid
from moderation import adopting
from moderation.models import GradingSystem


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """Both texts as they would stand, and one button that puts in force what is not yet."""
    member = member_of(request)
    authority.require(member, Power.UPDATE_GRADING)
    if request.method == "POST":
        adopting.adopt(by=member)
        return redirect("home")
    ours, missing = agency(), ""
    try:
        terms = terms_for(ours)
    except Invalid as refused:
        terms, missing = None, str(refused)
    context = {
        "terms": terms,
        "missing": missing,
        "grading": adopting.grading_for(ours),
        "terms_in_force": Terms.objects.in_force(),
        "grading_in_force": GradingSystem.objects.in_force(),
    }
    return render(request, "moderation/adopt.html", context)
