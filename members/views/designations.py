"""What was handed over: the list, one of them, giving and ending it (S.O.P. 1, 2 and 4; Tab E)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import handing_over
from members.asking import member_of
from members.authority import refused, require
from members.designation_forms import DesignationSearch, EndForm, HandOverForm
from members.freshness import fresh_second_factor
from members.models import Designation, Member
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid


@require_safe
def designations(request: HttpRequest) -> HttpResponseBase:
    """What is in force, to come and past; `format=csv` as a file."""
    member = member_of(request)
    require(member, Power.READ_UNIT)
    search = DesignationSearch(request.GET)
    if request.GET.get("format") == "csv":
        return _file(search, member)
    page, now = page_of(search.designations(), request.GET.get("after")), timezone.now()
    context = {
        "search": search,
        "page": page,
        "shown": [(one, one.standing_at(now)) for one in page.rows],
        "may_designate": handing_over.may_designate(member),
    }
    return render(request, "members/designations.html", context, status=200 if search.is_valid() else 422)


def _file(search: DesignationSearch, member: Member) -> HttpResponseBase:
    head = ["number", "what", "designee", "from", "until", "by", "given", "standing", "ended", "ended by", "reason"]

    def rows() -> Iterator[list[object]]:
        now = timezone.now()
        for one in search.designations().order_by("-pk")[:LARGEST]:
            yield [
                one.pk,
                one.what,
                one.designee.name,
                timezone.localtime(one.since).isoformat(),
                timezone.localtime(one.until).isoformat(),
                one.by.name,
                timezone.localtime(one.at).isoformat(),
                one.standing_at(now),
                timezone.localtime(one.ended_at).isoformat() if one.ended_at else "",
                one.ended_by.name if one.ended_by else "",
                one.reason if _may_read_reasons(member, one) else "",
            ]

    return csv_answer("designations", head, rows())


@require_safe
def designation(request: HttpRequest, designation_id: int) -> HttpResponse:
    """One of them, with the form that ends it."""
    return _page(request, _found(request, designation_id), EndForm())


@require_http_methods(["GET", "HEAD", "POST"])
def designate(request: HttpRequest) -> HttpResponseBase:
    """Hand one power to a designee, or the command to an acting Commander."""
    require(member_of(request), Power.DESIGNATE)  # first: nobody proves a second factor to be refused after it
    return _designate(request)


@fresh_second_factor
def _designate(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    asked = {name: request.GET[name] for name in ("power", "designee") if name in request.GET}
    form = HandOverForm(request.POST or None, by=member, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.carry_out(member)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"{given.designee.name} has been told.")
            return redirect("designation", given.pk)
    return render(request, "members/designation_give.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def end_designation(request: HttpRequest, designation_id: int) -> HttpResponseBase:
    """End it at once; or lay down what one holds."""
    one = _found(request, designation_id)
    if not handing_over.may_end(one, member_of(request)):
        raise refused(Power.DESIGNATE)
    return _end(request, one)


@fresh_second_factor
def _end(request: HttpRequest, one: Designation) -> HttpResponse:
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            handing_over.end(one, by=member_of(request), reason=form.cleaned_data["reason"])
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "It has ended.")
            return redirect("designation", one.pk)
    return _page(request, one, form)


def _found(request: HttpRequest, designation_id: int) -> Designation:
    rows = Designation.objects.visible_to(member_of(request)).select_related("designee", "by", "ended_by")
    return get_object_or_404(rows, pk=designation_id)


def _page(request: HttpRequest, one: Designation, form: EndForm) -> HttpResponse:
    member = member_of(request)
    context = {
        "one": one,
        "standing": one.standing_at(timezone.now()),
        "form": form,
        "may_end": not one.over and handing_over.may_end(one, member),
        "may_read_reasons": _may_read_reasons(member, one),
        "own": member.pk == one.designee_id,
    }
    return render(request, "members/designation.html", context, status=422 if form.errors else 200)


def _may_read_reasons(member: Member, one: Designation) -> bool:
    """Why somebody is away is his and the Commander's business, and whoever reads the trail's (F.I)."""
    return member.pk == one.designee_id or member.may(Power.DESIGNATE) or member.may(Power.READ_TRAIL)
