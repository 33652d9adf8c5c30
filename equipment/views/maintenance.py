"""The maintenance log: the list and its files, one entry, beginning one and closing it (3.5)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import maintenance, maintenance_log, recurring
from equipment.maintenance_forms import (
    ChangeForm,
    DropForm,
    EntryForm,
    FilesForm,
    FinishForm,
    LogSearch,
    NoteForm,
    WorkForm,
    sought,
)
from equipment.models import Item, Service, Work
from equipment.views.items import item_of
from members.asking import member_of
from members.authority import holds, require
from members.kept_files import keep
from members.paging import page_of
from members.plainly import prepared
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid

MOST_WAITING = 20  # things that need attention, at the head of the log
MOST_FOUND = 50  # things among which one is chosen


@require_safe
def log_page(request: HttpRequest) -> HttpResponseBase:
    """The whole log, newest first, within the filters; `format=csv` or `format=pdf` as a file."""
    member = member_of(request)
    search = LogSearch(request.GET)
    found = search.works(member)
    form = request.GET.get("format")
    if form == "csv":
        return csv_answer("maintenance-log", maintenance_log.HEAD, maintenance_log.lines(found, LARGEST))
    if form == "pdf":
        from equipment import maintenance_sheet  # what draws a PDF takes as much memory as the page itself

        return _pdf("maintenance-log", maintenance_sheet.log(found, narrowed=search.said()))
    with prepared():
        page = page_of(maintenance_log.shown(found), request.GET.get("after"))
        rows = maintenance_log.rows_of(page.rows)
    narrowed = any(request.GET.get(name) for name in search.fields)
    context = {
        "search": search,
        "page": page,
        "rows": rows,
        "typed": {name: request.GET.get(name, "") for name in search.fields},
        "choices": LogSearch.WHICH,
        "wrong": [error for errors in search.errors.values() for error in errors],
        "waiting": maintenance_log.needing(MOST_WAITING) if member.may(Power.READ_UNIT) and not page.after else [],
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
        "as_it_comes": None if narrowed else "",
        "narrowed": narrowed,
    }
    return render(request, "equipment/maintenance.html", context, status=200 if search.is_valid() else 422)


def _pdf(name: str, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@require_safe
def item_log(request: HttpRequest, item_id: int) -> HttpResponse:
    """The log of one thing as a PDF."""
    from equipment import maintenance_sheet

    item = item_of(request, item_id)
    return _pdf(f"maintenance-{item.pk}", maintenance_sheet.log_of(item))


@require_safe
def find_thing(request: HttpRequest) -> HttpResponse:
    """From a tag, a serial number or a word to the thing whose maintenance is to be entered."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    seen = Item.objects.all().visible_to(member)
    exact = list(seen.filter(tag__iexact=asked)) if asked else []
    found = exact or list(seen.filter(pk__in=sought(asked)).owned().order_by("tag")[:MOST_FOUND])
    if len(found) == 1:
        return redirect("begin_work", found[0].pk)
    return render(request, "equipment/maintenance_find.html", {"found": found, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
def begin_work(request: HttpRequest, item_id: int) -> HttpResponse:
    """Enter what was found, and who works on it."""
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.KEEP_EQUIPMENT)
    form = WorkForm(_typed(request), item=item, initial=_first(request))
    return _entered(request, item, form, lambda: maintenance.open_work(item, form.begun(), by=member))


@require_http_methods(["GET", "HEAD", "POST"])
def note_work(request: HttpRequest, item_id: int) -> HttpResponse:
    """Enter what is over already: the state of the thing stays as it is."""
    member, item = member_of(request), item_of(request, item_id)
    require(member, Power.KEEP_EQUIPMENT)
    form = NoteForm(_typed(request), item=item, initial=_first(request))
    return _entered(request, item, form, lambda: maintenance.note_work(item, form.begun(), form.finished(), by=member))


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _first(request: HttpRequest) -> dict[str, str]:
    """The recurring service that the address names is chosen; rubbish chooses none."""
    return {"service": request.GET.get("service", "")}


def _entered(request: HttpRequest, item: Item, form: Any, enter: Callable[[], Work]) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        return _begin_page(request, item, form)
    try:
        made = enter()
    except REFUSALS as refusal:
        return _begin_page(request, item, form, refusal)
    messages.success(request, "It stands in the log.")
    return redirect(made.get_absolute_url())


def _begin_page(request: HttpRequest, item: Item, form: Any, refusal: Exception | None = None) -> HttpResponse:
    """The form; with a refusal at its field, or at its head."""
    if isinstance(refusal, Invalid):
        form.refuse(refusal)
    elif refusal is not None:
        form.add_error(None, sentence_of(refusal))
    status = status_of(refusal) if refusal else 422 if form.errors else 200
    context = {"item": item, "form": form, "over": isinstance(form, NoteForm)}
    return render(request, "equipment/maintenance_begin.html", context, status=status)


def _work(request: HttpRequest, work_id: int) -> Work:
    wanted = Work.objects.all().visible_to(member_of(request))
    related = ("item__kind", "hand", "service", "modification__decision__by", "opened_by", "closed_by")
    return get_object_or_404(wanted.select_related(*related), pk=work_id)


@require_safe
def work_page(request: HttpRequest, work_id: int) -> HttpResponse:
    """One entry: what was found and done, its costs and files."""
    return _page(request, _work(request, work_id))


def _page(
    request: HttpRequest, work: Work, refusal: Exception | None = None, forms: dict[str, Any] | None = None
) -> HttpResponse:
    member = member_of(request)
    may_keep = work.may_change(member)
    if work.is_open and may_keep:
        by = {"shop": work.shop, "hand": work.hand}
        drawn = {"finish": FinishForm(item=work.item, initial=by), "change": ChangeForm(work=work), "drop": DropForm()}
    else:
        drawn = {}
    if may_keep and work.state != Work.State.DROPPED:
        drawn |= {"entry": EntryForm(), "files": FilesForm()}
    entries = list(work.entries.select_related("by").order_by("pk"))
    context = {
        "work": work,
        "item": work.item,
        "entries": [(one, maintenance_log.dollars(one.amount) if one.amount is not None else "") for one in entries],
        "cost": maintenance_log.dollars(sum((one.amount for one in entries if one.amount is not None), Decimal(0))),
        "away": maintenance_log.away(work),
        "next": _next(work),
        "files": work.files.select_related("file", "by").order_by("pk"),
        "forms": drawn | (forms or {}),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    wrong = any(form.errors for form in (forms or {}).values())
    status = status_of(refusal) if refusal else 422 if wrong else 200
    return render(request, "equipment/maintenance_work.html", context, status=status)


def _next(work: Work) -> str:
    """When the service that it was is due next, in words."""
    service = recurring.reckoned(Service.objects.filter(pk=work.service_id)).first() if work.service_id else None
    return recurring.next_due(service) if service else ""


def _form(request: HttpRequest, work: Work, verb: str) -> Any:
    match verb:
        case "change":
            return ChangeForm(request.POST, work=work)
        case "finish":
            return FinishForm(request.POST, item=work.item)
        case "drop":
            return DropForm(request.POST)
        case "entry":
            return EntryForm(request.POST)
        case "files":
            return FilesForm(request.POST, request.FILES)
    raise Http404


def _act(work: Work, verb: str, form: Any, request: HttpRequest) -> None:
    given, member = form.cleaned_data, member_of(request)
    acts: dict[str, Callable[[], Any]] = {
        "change": lambda: maintenance.change_work(work, form.begun(), by=member),
        "finish": lambda: maintenance.finish_work(work, form.finished(), by=member),
        "drop": lambda: maintenance.drop_work(work, reason=given["reason"], after=given["after"], by=member),
        "entry": lambda: maintenance.add_entry(
            work, given["text"], amount=given["amount"], by=member, key=given["key"]
        ),
        "files": lambda: maintenance.add_files(work, keep(given["attached"], maintenance.TYPES), by=member),
    }
    acts[verb]()


SAID = {
    "change": "Changed.",
    "finish": "Done: it stands in the log.",
    "drop": "Closed as a mistake; it stays in the log, and says why.",
    "entry": "Added.",
    "files": "The files are with it.",
}


@require_POST
def act_on_work(request: HttpRequest, work_id: int, verb: str) -> HttpResponse:
    """Change, finish or drop it, add a cost, a word or files to it."""
    work = _work(request, work_id)
    require(member_of(request), Power.KEEP_EQUIPMENT)
    form = _form(request, work, verb)
    if not form.is_valid():
        return _page(request, work, forms={verb: form})
    try:
        _act(work, verb, form, request)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, _work(request, work_id), forms={verb: form})
    except REFUSALS as refusal:
        return _page(request, _work(request, work_id), refusal)
    messages.success(request, SAID[verb])
    return redirect(work.get_absolute_url())
