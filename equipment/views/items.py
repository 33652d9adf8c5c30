"""The inventory: the list, one item with its whole history, adding and changing, its state (3.2, 3.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from equipment.capabilities import CAPABILITIES
from equipment.item_page import parts_of
from equipment.listing import ALL, WHERE, Narrowed, with_custody
from equipment.models import Item, Kind
from members.asking import member_of
from members.authority import holds
from members.paging import page_of
from members.powers import Power
from members.refusals import sentence_of, status_of

_NOT_LISTED = ("words", "folded", "remark")  # long, and not shown in lists


@require_safe
def equipment(request: HttpRequest) -> HttpResponse:
    """What the unit owns, newest first, narrowed by the address."""
    member = member_of(request)
    narrowed = Narrowed.read(request.GET)
    found = narrowed.of(Item.objects.all().visible_to(member)).select_related("kind").defer(*_NOT_LISTED)
    page = page_of(found, request.GET.get("after"))
    context = {
        "page": page,
        "rows": with_custody(page.rows),
        "narrowed": narrowed,
        "kinds": Kind.objects.all(),
        "states": Item.State.choices,
        "all_states": ALL,
        "capabilities": CAPABILITIES,
        "where": WHERE,
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
    }
    return render(request, "equipment/equipment.html", context)


def item_of(request: HttpRequest, item_id: int) -> Item:
    """An item that the member may see. Raises Http404."""
    seen = Item.objects.all().visible_to(member_of(request))
    return get_object_or_404(seen.select_related("kind", "kit", "belongs_to", "photo", "instructions"), pk=item_id)


@require_safe
def equipment_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """What it is, who has it, and everything that was done with it."""
    return item_page(request, item_of(request, item_id))


def item_page(request: HttpRequest, item: Item, refusal: Exception | None = None, **more: Any) -> HttpResponse:
    """Its page; with a refusal of something that was asked on it."""
    member = member_of(request)
    context = {
        "item": item,
        "custody": item.custodies.filter(ended_at__isnull=True).select_related("holder").first(),
        "accessories": list(item.accessories.order_by("tag")),
        "can": [CAPABILITIES[one] for one in item.capabilities],
        "parts": parts_of(item, member),
        "member": member,
        "may_keep": item.may_change(member),
        "today": timezone.localdate(),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
        "wrong": getattr(refusal, "field", ""),
        **more,
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "equipment/equipment_item.html", context, status=status)
