"""Recurring service: what is due, setting and ending it, and reading the counter (3.5)."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import recurring
from equipment.maintenance_forms import ReadingForm, ServiceForm
from equipment.models import Item, Service
from equipment.views.items import item_of
from members.asking import member_of
from members.authority import holds, require
from members.powers import Power
from members.states import Invalid

MOST = 500


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """What comes again, what is due first; `due=1`: only what is due, or soon."""
    member = member_of(request)
    seen = Item.objects.all().visible_to(member)
    rows = recurring.reckoned(Service.objects.filter(item__in=seen))
    only_due = bool(request.GET.get("due"))
    if only_due:
        rows = rows.filter(is_soon=True)
    found = list(rows.order_by("-is_due", "-is_soon", F("due_on").asc(nulls_last=True), "pk")[: MOST + 1])
    context = {
        "rows": [(one, recurring.next_due(one)) for one in found[:MOST]],
        "more": len(found) > MOST,
        "only_due": only_due,
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
    }
    return render(request, "equipment/maintenance_services.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_service(request: HttpRequest, item_id: int) -> HttpResponse:
    """Have something done to a thing again and again."""
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.KEEP_EQUIPMENT)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            recurring.set_service(item, given["what"], form.rhythm(), last_on=given["last_on"], by=member)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "You are reminded when it is due.")
            return redirect(item.get_absolute_url())
    context = {
        "item": item,
        "form": form,
        "title": "Recurring service",
        "lead": "It counts anew each time it is entered in the log as done.",
        "act": "Set it",
    }
    return render(request, "equipment/maintenance_form.html", context, status=422 if form.errors else 200)


@require_POST
def end_service(request: HttpRequest, service_id: int) -> HttpResponse:
    """Have it done no more."""
    member = member_of(request)
    seen = Item.objects.all().visible_to(member)
    found = get_object_or_404(Service.objects.filter(item__in=seen).select_related("item"), pk=service_id)
    recurring.end_service(found, by=member)
    messages.success(request, "It is not done again; what was done stays in the log.")
    return redirect(found.item.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def read_hours(request: HttpRequest, item_id: int) -> HttpResponse:
    """Note what the counter says."""
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.CARRY_OUT)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            recurring.read_hours(item, given["hours"], remark=given["remark"], by=member)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Noted.")
            return redirect(item.get_absolute_url())
    last = item.readings.order_by("-pk").first()
    context = {
        "item": item,
        "form": form,
        "title": "Hours of use",
        "lead": f"It said {last.hours} hours before." if last else "As its counter or its log book says.",
        "act": "Note it",
    }
    return render(request, "equipment/maintenance_form.html", context, status=422 if form.errors else 200)
