"""Adding a thing to the inventory, changing what it says, and moving it to another state (3.4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from equipment import inventory, photos
from equipment.forms import ChangeForm, ItemForm, MarkForm
from equipment.marking import mark, states_for
from equipment.models import Item
from equipment.views.items import item_of, item_page
from members.asking import member_of
from members.authority import require
from members.models import Member
from members.powers import Power
from members.refusals import REFUSALS
from members.states import Invalid, Refused, WrongState


@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest) -> HttpResponse:
    """Take a thing into the inventory."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    first = {"belongs_to": request.GET.get("belongs_to", "")[:40]}
    form = ItemForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = inventory.add_item(by=member, **_written(form, member))
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{made.tag} is in the inventory.")
            return redirect("add_item" if "another" in request.POST else made)
    return render(request, "equipment/item_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Change what it says."""
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.KEEP_EQUIPMENT)
    first = ChangeForm.first(item, inventory.last_change(item))
    form = ChangeForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                fields = _written(form, member)
                entry = inventory.change_item(item, by=member, reason=given["reason"], on=given["on"], **fields)
        except Invalid as refusal:
            form.refuse(refusal)
        except WrongState as refusal:
            form.add_error(None, f"{refusal} What you typed stands below.")
            context = {"form": form, "item": item}
            return render(request, "equipment/item_form.html", context, status=409)
        else:
            messages.success(request, "Changed." if entry else "Nothing was changed.")
            return redirect(item)
    context = {"form": form, "item": item}
    return render(request, "equipment/item_form.html", context, status=422 if form.errors else 200)


def _written(form: ItemForm, by: Member) -> dict[str, Any]:
    """What was typed as fields of an item, a new kind and the files among them. Raises Invalid. Needs a transaction."""
    fields = form.said()
    if form.cleaned_data["new_kind"]:
        fields["kind"] = inventory.add_kind(form.cleaned_data["new_kind"], by=by)
    if form.cleaned_data["photo"]:
        fields["photo"] = photos.keep_photo(form.cleaned_data["photo"], by=by)
    if form.cleaned_data["instructions"]:
        fields["instructions"] = photos.keep_instructions(form.cleaned_data["instructions"], by=by)
    return fields


@require_POST
def mark_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Move it to another state."""
    member, item = member_of(request), item_of(request, item_id)
    states = states_for(item, member)
    form = MarkForm(states, request.POST)
    asked = request.POST.get("state", "")
    if asked in Item.State.values and asked not in states:
        form = MarkForm([*states, asked], request.POST)  # the verb says who may, or why not
    if not form.is_valid():
        return item_page(request, item, mark_form=form)
    given = form.cleaned_data
    try:
        report = given.get("report_number", "")
        disposal = form.disposal()
        mark(item, given["state"], by=member, reason=given["reason"], report_number=report, disposal=disposal)
    except Invalid as refusal:
        form.refuse(refusal)
        return item_page(request, item, mark_form=form)
    except Refused:
        raise
    except REFUSALS as refusal:
        return item_page(request, item_of(request, item_id), refusal)
    messages.success(request, f"{item.tag} is {item.get_state_display()}.")
    return redirect(item)
