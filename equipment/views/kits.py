"""Kits, and the kinds of things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import inventory
from equipment import kits as verbs
from equipment.capabilities import CAPABILITIES
from equipment.forms import KindForm, KitForm, items_of
from equipment.listing import with_custody
from equipment.models import Item, Kind, Kit
from members.asking import member_of
from members.authority import holds, require
from members.models import Member
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid


def _visible(member: Member) -> Any:
    return Kit.objects.all() if member.may(Power.READ_UNIT) else Kit.objects.none()


@require_safe
def kits(request: HttpRequest) -> HttpResponse:
    """All that stand, newest first."""
    member = member_of(request)
    found = _visible(member).filter(ended_at__isnull=True)
    found = found.annotate(
        things=Count("items", distinct=True),
        unfit=Count("items", filter=~Q(items__state__in=Item.GOES_OUT), distinct=True),
        out=Count("items", filter=Q(items__custodies__isnull=False, items__custodies__ended_at__isnull=True)),
    )
    context = {"page": page_of(found, request.GET.get("after")), "may_keep": holds(member, Power.KEEP_EQUIPMENT)}
    return render(request, "equipment/kits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_kit(request: HttpRequest) -> HttpResponse:
    """Name a kit, and what is in it."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    form = KitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.make_kit(form.cleaned_data["name"], by=member, items=form.cleaned_data["tags"])
        except Invalid as refusal:
            form.add_error("tags" if refusal.field == "item" else refusal.field, str(refusal))
        else:
            messages.success(request, f"{made} has a label of its own.")
            return redirect(made)
    return render(request, "equipment/kit_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def kit(request: HttpRequest, kit_id: int) -> HttpResponse:
    """What is in it, and where each thing is."""
    return _page(request, _kit(request, kit_id))


def _kit(request: HttpRequest, kit_id: int) -> Kit:
    found: Kit = get_object_or_404(_visible(member_of(request)).select_related("made_by"), pk=kit_id)
    return found


def _page(request: HttpRequest, found: Kit, refusal: Exception | None = None) -> HttpResponse:
    items, member = list(found.items.select_related("kind").order_by("tag")), member_of(request)
    context = {
        "kit": found,
        "rows": with_custody(items),
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
        "may_book": holds(member, Power.CARRY_OUT),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "equipment/kit.html", context, status=status_of(refusal) if refusal else 200)


def _does(request: HttpRequest, kit_id: int, act: Callable[[Kit, Member], object], said: str) -> HttpResponse:
    found = _kit(request, kit_id)
    try:
        act(found, member_of(request))
    except REFUSALS as refusal:
        return _page(request, _kit(request, kit_id), refusal)
    messages.success(request, said)
    return redirect(found)


@require_POST
def put_in_kit(request: HttpRequest, kit_id: int) -> HttpResponse:
    """Put the thing of the tag typed into it."""

    def put(found: Kit, by: Member) -> None:
        require(by, Power.KEEP_EQUIPMENT)
        try:
            items = items_of([" ".join(request.POST.get("tag", "").replace("\x00", "").split())[:40] or "?"])
        except forms.ValidationError as error:
            raise Invalid(str(error.message), "tag") from error
        verbs.put_in_kit(items[0], found, by=by)

    return _does(request, kit_id, put, "It goes out with the kit from now on.")


@require_POST
def take_out_of_kit(request: HttpRequest, kit_id: int, item_id: int) -> HttpResponse:
    """Let a thing go by itself again."""

    def take(found: Kit, by: Member) -> None:
        verbs.take_out(get_object_or_404(Item, pk=item_id, kit=found), by=by)

    return _does(request, kit_id, take, "It goes by itself again.")


@require_POST
def rename_kit(request: HttpRequest, kit_id: int) -> HttpResponse:
    """Call it otherwise."""
    name = request.POST.get("name", "").replace("\x00", "")
    return _does(request, kit_id, lambda found, by: verbs.rename_kit(found, name, by=by), "Renamed.")


@require_POST
def end_kit(request: HttpRequest, kit_id: int) -> HttpResponse:
    """Its things go by themselves from now on."""
    said = "It is no kit any more; its things go by themselves."
    return _does(request, kit_id, lambda found, by: verbs.end_kit(found, by=by), said)


# --- kinds ---


@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of things with their number, and a form for one more."""
    member = member_of(request)
    form = KindForm(request.POST or None)
    if request.method == "POST":
        require(member, Power.KEEP_EQUIPMENT)
        if form.is_valid():
            try:
                made = inventory.add_kind(by=member, **form.cleaned_data)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, f"{made} is a kind.")
                return redirect("kinds")
    owned = Count("items", filter=~Q(items__state__in=Item.GONE))
    found = [(one, [CAPABILITIES[key] for key in one.capabilities]) for one in Kind.objects.annotate(owned=owned)]
    context = {"kinds": found, "form": form, "may_keep": holds(member, Power.KEEP_EQUIPMENT)}
    return render(request, "equipment/kinds.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Change what new things of a kind begin with."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    found = get_object_or_404(Kind, pk=kind_id)
    first = {"name": found.name, "capabilities": found.capabilities, "life_months": found.life_months}
    form = KindForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            inventory.change_kind(found, by=member, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Changed, for things that are added from now on.")
            return redirect("kinds")
    context = {"form": form, "kind": found}
    return render(request, "equipment/kind.html", context, status=422 if form.errors else 200)
