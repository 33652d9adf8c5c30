"""Each member's home: "what waits for me?"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.asking import member_of
from members.waiting import lines_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the member, each line a link that lands on the first item."""
    lines = lines_for(member_of(request))
    context = {
        "open_lines": [line for line in lines if line.count],
        "empty_lines": [line for line in lines if not line.count],
    }
    return render(request, "unit/home.html", context)
