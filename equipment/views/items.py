"""The inventory: the list, one item with its whole history, its files, and what all can do together (3.2, 3.4)."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.db.backends.postgresql.base import ServerBindingCursor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from equipment import able, exporting, handling
from equipment.capabilities import CAPABILITIES, MATTERS
from equipment.forms import MarkForm
from equipment.item_page import parts_of
from equipment.listing import ALL, WHERE, Narrowed, rows_of, shown
from equipment.marking import states_for
from equipment.models import Item, KeptFile, Kind
from members import kept_files
from members.asking import member_of
from members.authority import holds
from members.paging import page_of
from members.plainly import prepared
from members.powers import Power
from members.refusals import sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer, xlsx_answer


@require_safe
def equipment(request: HttpRequest) -> HttpResponse:
    """What the unit owns, newest first, narrowed by the address."""
    member = member_of(request)
    narrowed = Narrowed.read(request.GET)
    with nullcontext() if narrowed.q else prepared():  # which plan is good depends on the words
        page = page_of(shown(narrowed.of(Item.objects.all().visible_to(member))), request.GET.get("after"))
        rows = rows_of(page.rows)
    kinds = tuple((str(pk), name) for pk, name in Kind.objects.values_list("pk", "name"))
    context = {
        "page": page,
        "rows": rows,
        "narrowed": narrowed,
        "as_it_comes": None if narrowed.query else kinds,
        "kinds": kinds,
        "states": Item.State.choices,
        "all_states": ALL,
        "capabilities": CAPABILITIES,
        "where": WHERE,
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
    }
    return render(request, "equipment/equipment.html", context)


@require_safe
def equipment_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same list as CSV, or as an Excel workbook."""
    if form not in {"csv", "xlsx"}:
        raise Http404
    found = Narrowed.read(request.GET).of(Item.objects.all().visible_to(member_of(request)))
    rows = exporting.rows(found, LARGEST)
    return (csv_answer if form == "csv" else xlsx_answer)("equipment", exporting.HEAD, rows)


def item_of(request: HttpRequest, item_id: int) -> Item:
    """An item that the member may see. Raises Http404."""
    seen = Item.objects.all().visible_to(member_of(request))
    return get_object_or_404(seen.select_related("kind", "kit", "belongs_to", "photo", "instructions"), pk=item_id)


@require_safe
@prepared(ServerBindingCursor)
def equipment_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """What it is, who has it, and everything that was done with it."""
    return item_page(request, item_of(request, item_id))


@prepared(ServerBindingCursor)  # some twenty questions, all by the number of one thing
def item_page(request: HttpRequest, item: Item, refusal: Exception | None = None, **more: Any) -> HttpResponse:
    """Its page; with a refusal of something that was asked on it."""
    member = member_of(request)
    states = states_for(item, member)
    context = {
        "item": item,
        "custody": item.custodies.filter(ended_at__isnull=True).select_related("holder").first(),
        "accessories": list(item.accessories.order_by("tag")) if "accessories" in item.beside else [],
        "can": [CAPABILITIES[one] for one in item.capabilities],
        "parts": parts_of(item, member),
        "voiding": handling.voiding(item),
        "member": member,
        "may_keep": item.may_change(member),
        "today": timezone.localdate(),
        "mark_form": MarkForm(states) if states else None,
        "refusal": sentence_of(refusal) if refusal else "",
        **more,
    }
    wrong = "mark_form" in more
    status = status_of(refusal) if refusal else 422 if wrong else 200
    return render(request, "equipment/equipment_item.html", context, status=status)


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def equipment_photo(request: HttpRequest, item_id: int, file_id: int) -> HttpResponseBase:
    """The photo, which is of our own making (equipment.photos); an earlier one has another address."""
    item = item_of(request, item_id)
    if item.photo is None or item.photo_id != file_id:
        raise Http404
    answer = kept_files.download(item.photo.digest, item.photo.name)
    answer["Content-Type"] = item.photo.mime
    answer["Content-Disposition"] = "inline"
    return answer


@require_safe
def equipment_file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file that belongs to the equipment, as it came: a download alone."""
    if not Item.objects.all().visible_to(member_of(request)).exists():
        raise Http404
    found = get_object_or_404(KeptFile, pk=file_id)
    return kept_files.download(found.digest, found.name)


@require_safe
def capability_matrix(request: HttpRequest) -> HttpResponse:
    """What the equipment can do together; what nothing serviceable can stands out (3.2)."""
    context = {"rows": list(able.matrix()), "matters": MATTERS}
    return render(request, "equipment/capability_matrix.html", context)
