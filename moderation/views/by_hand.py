"""What waits for a person's hands on the platforms' own sites, whatever ordered it (idea 6)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account
from accounts.orders import Order
from accounts.waiting_orders import for_a_person
from members.asking import member_of
from members.spreadsheets import csv_answer
from moderation.timeline import words_of


@require_safe
def by_hand(request: HttpRequest) -> HttpResponseBase:
    """Every order that is to be done by hand or failed, oldest first, with the steps; `format=csv` as a file."""
    member = member_of(request)
    found = for_a_person(Account.objects.visible_to(member))
    if request.GET.get("format") == "csv":
        head = ["account", "what", "state", "since", "because", "ordered by"]
        return csv_answer("by-hand", head, (_line(order) for order in found))
    tasks = [(order, order.verbs_for(member)) for order in found]
    return render(request, "moderation/by_hand.html", {"tasks": tasks})


def _line(order: Order) -> list[object]:
    return [
        order.account,
        words_of(order),
        order.get_state_display(),
        order.created_at.isoformat(),
        order.outcome,
        order.by.name if order.by else "",
    ]
