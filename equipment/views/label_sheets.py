"""Labels: sheets of them as PDF for label paper, and one by one (3.4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from equipment import labels as drawing
from equipment.label_forms import LabelsForm
from equipment.models import Item, Kit
from members.asking import member_of
from members.authority import require
from members.powers import Power


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """Choose which, and the paper. The address may name both already."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    asked = {name: request.GET[name] for name in LabelsForm.base_fields if name in request.GET}
    return render(request, "equipment/labels.html", {"form": LabelsForm(by, initial=asked)})


@require_safe
def label_sheet(request: HttpRequest) -> HttpResponse:
    """The sheets, as one PDF."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    form = LabelsForm(by, request.GET)
    found = form.labels() if form.is_valid() else []
    if form.errors or not found:
        return render(request, "equipment/labels.html", {"form": form}, status=422)
    pdf = drawing.sheet(found, form.sheet, begin_at=form.cleaned_data["begin_at"])
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return answer


@require_safe
def item_label(request: HttpRequest, item_id: int) -> HttpResponse:
    """The label of an item as a picture."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    item = get_object_or_404(Item.objects.visible_to(by), pk=item_id)
    return _picture(drawing.of_item(item), item.tag)


@require_safe
def kit_label(request: HttpRequest, kit_id: int) -> HttpResponse:
    """The label of a kit as a picture."""
    require(member_of(request), Power.KEEP_EQUIPMENT)
    kit = get_object_or_404(Kit.objects.filter(ended_at=None), pk=kit_id)
    return _picture(drawing.of_kit(kit, kit.items.count()), f"kit-{kit.pk}")


def _picture(label: drawing.Label, name: str) -> HttpResponse:
    answer = HttpResponse(drawing.svg(label), content_type="image/svg+xml")
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
    answer["Content-Disposition"] = f'inline; filename="label-{safe}.svg"'
    return answer
