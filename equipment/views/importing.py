"""Import of a list of equipment: the file, how it is read, what it comes to, and, confirmed, all of it (3.4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import importing, inventory
from equipment.import_forms import ColumnsForm, ListForm
from equipment.import_template import HEAD, ROWS
from equipment.models import Import, Kind
from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import csv_answer, xlsx_answer
from members.states import Invalid

WRONG_SHOWN, GOOD_SHOWN = 200, 50  # lines on the page; all that are wrong come as a file


@require_http_methods(["GET", "HEAD", "POST"])
def import_items(request: HttpRequest) -> HttpResponse:
    """Choose the file; what was imported before."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(importing.begin(form.cleaned_data["file"], by=by).get_absolute_url())
        except Invalid as refusal:
            form.refuse(refusal)
    done = Import.objects.visible_to(by).select_related("file", "by", "done_by")
    context = {"form": form, "page": page_of(done, request.GET.get("after"), size=10)}
    return render(request, "equipment/import_items.html", context, status=422 if form.errors else 200)


@require_safe
def import_check(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """What the list comes to, line by line; `format=csv` gives the lines that are wrong as a file."""
    batch = _batch(request, import_id)
    if request.GET.get("format") != "csv":
        return _page(request, batch)
    wrong = ([row.line, row.word, " ".join(row.errors)] for row in importing.look(batch).wrong)
    return csv_answer("lines-to-put-right", ["line", "item", "what is wrong"], wrong)


def _batch(request: HttpRequest, import_id: int) -> Import:
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    return get_object_or_404(
        Import.objects.visible_to(by).select_related("file", "by", "done_by", "kind"), pk=import_id
    )


def _page(
    request: HttpRequest, batch: Import, refusal: Exception | None = None, form: ColumnsForm | None = None
) -> HttpResponse:
    context = {"batch": batch, "refusal": sentence_of(refusal) if refusal else ""}
    status = status_of(refusal) if refusal else 200
    if batch.done_at is not None:
        return render(request, "equipment/import_done.html", context, status=status)
    try:
        reading = importing.look(batch)
    except Invalid as unreadable:
        return render(request, "equipment/import_check.html", context | {"refusal": str(unreadable)}, status=422)
    initial = {"days": batch.days, "kind": batch.kind, "sheet": reading.sheet}
    context |= {
        "reading": reading,
        "form": form or ColumnsForm(reading, initial=initial),
        "wrong": reading.wrong[:WRONG_SHOWN],
        "good": [row for row in reading.rows if not row.errors][:GOOD_SHOWN],
    }
    return render(request, "equipment/import_check.html", context, status=status)


@require_POST
def import_columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say what the columns mean; then it is looked through anew."""
    batch, by = _batch(request, import_id), member_of(request)
    try:
        form = ColumnsForm(importing.look(batch), request.POST)
        if not form.is_valid():
            return _page(request, batch, Invalid("Choose from the lists below."), form)
        given = form.cleaned_data
        kind: Kind | None = given["kind"]
        if given["new_kind"].strip():
            kind = inventory.add_kind(given["new_kind"], by=by)
        sheet = given.get("sheet") or batch.sheet
        importing.set_columns(batch, by=by, columns=form.meant(), days=given["days"], kind=kind, sheet=sheet)
    except REFUSALS as refusal:
        return _page(request, _batch(request, import_id), refusal)
    return redirect(batch.get_absolute_url())


@require_POST
def import_confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take all of it into the inventory."""
    batch = _batch(request, import_id)
    try:
        count = importing.carry_out(batch, by=member_of(request))
    except REFUSALS as refusal:
        return _page(request, _batch(request, import_id), refusal)
    messages.success(request, f"{count:,} item{'' if count == 1 else 's'} came into the inventory.")
    return redirect(batch.get_absolute_url())


@require_safe
def items_template(request: HttpRequest, form: str) -> HttpResponseBase:
    """A file to fill in, as CSV or as a workbook."""
    require(member_of(request), Power.KEEP_EQUIPMENT)
    if form == "csv":
        return csv_answer("equipment-template", HEAD, ROWS)
    if form == "xlsx":
        return xlsx_answer("equipment-template", HEAD, ROWS)
    raise Http404
