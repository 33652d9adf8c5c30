"""Several things of the inventory, chosen in its list: what they say, their state, their labels (3.2, 3.4)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from equipment import several
from equipment.forms import MarkForm
from equipment.label_forms import NAMED
from equipment.listing import Narrowed
from equipment.models import Item
from equipment.several_forms import SeveralForm
from members.asking import member_of
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid

LONGEST = 3500  # characters of an address that the web server takes, with the rest of it


@require_http_methods(["GET", "HEAD", "POST"])
def several_things(request: HttpRequest) -> HttpResponse:
    """What may be done with those that the address names (`item`), or that its filters show (`fits`)."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    given = request.POST if request.method == "POST" else request.GET
    items = _chosen(given, member)
    if not items or len(items) > several.MOST:
        return render(request, "equipment/several.html", {"most": several.MOST, "many": bool(items)}, status=422)
    states = several.states_of_all(items, member)
    does = request.POST.get("does", "")
    form = SeveralForm(request.POST if does == "change" else None)
    marking = MarkForm(states, request.POST if does == "mark" else None)
    marking.fields["state"].label = "They are now"
    forms: dict[str, SeveralForm | MarkForm] = {"change": form, "mark": marking}
    asked = forms.get(does)
    if asked is not None and asked.is_valid():
        try:
            done = _changed(items, form, member) if asked is form else _marked(items, marking, member)
        except Invalid as refusal:
            asked.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect("equipment")
    context = {
        "items": items,
        "labels": _labels(items),
        "form": form,
        "mark_form": marking if states else None,
    }
    wrong = request.method == "POST"
    return render(request, "equipment/several.html", context, status=422 if wrong else 200)


def _chosen(given: QueryDict, member: Member) -> list[Item]:
    """At most one more than are done at once."""
    seen = Item.objects.all().visible_to(member)
    if given.get("fits"):
        found = Narrowed.read(given).of(seen)
    else:
        said = given.getlist("item")
        found = seen.filter(pk__in=[int(one) for one in said if one.isascii() and one.isdecimal() and len(one) < 19])
    return list(found.select_related("kind").order_by("-pk")[: several.MOST + 1])


def _labels(items: list[Item]) -> str:
    """The question for their labels; nothing where it is longer than an address may be."""
    tags = [item.tag for item in items]
    between = "\n" if any(" " in tag for tag in tags) else " "
    query = urlencode({"which": NAMED, "tags": between.join(tags)})
    return query if len(query) <= LONGEST else ""


def _changed(items: list[Item], form: SeveralForm, by: Member) -> str:
    fields: dict[str, Any] = form.said()
    changed = several.change_all(items, by=by, reason=form.cleaned_data["reason"], **fields)
    if changed == len(items):
        return f"All {changed} changed."
    return f"{changed} of {len(items)} changed: the others said so already."


def _marked(items: list[Item], form: MarkForm, by: Member) -> str:
    given = form.cleaned_data
    number, disposal = given.get("report_number", ""), form.disposal()
    several.mark_all(items, given["state"], by=by, reason=given["reason"], report_number=number, disposal=disposal)
    return f"All {len(items)} are {Item.State(given['state']).label}."
