"""Who has what: the list, and what was photographed and signed when it came back (3.7)."""

from __future__ import annotations

from django.db.backends.postgresql.base import ServerBindingCursor
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from equipment import custody_list
from equipment.custody_page import handovers_of
from equipment.models import Custody, Handover
from equipment.models.custody import CustodyQuerySet
from equipment.views.items import item_of
from members import kept_files
from members.asking import member_of
from members.models import Member
from members.paging import page_of
from members.plainly import prepared
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.waiting import up_to

STANDS_OUT, MINE, ALL = "stands_out", "mine", "all"
SHOWN = {"": "what is out", STANDS_OUT: "what stands out", MINE: "what I have", ALL: "all there ever was"}


@require_safe
def custodies(request: HttpRequest) -> HttpResponseBase:
    """What is out, newest first; what stands out; one's own; all there ever was. `format=csv` as a file."""
    member, shown = member_of(request), request.GET.get("show", "")
    found = _narrowed(shown if shown in SHOWN else "", member, request.GET.get("of", ""))
    if request.GET.get("format") == "csv":
        return csv_answer("custody", custody_list.HEAD, custody_list.lines(found, LARGEST))
    with prepared():
        page = page_of(custody_list.shown(found), request.GET.get("after"))
    members = tuple((str(one.pk), one.name) for one in Member.objects.unit_now())
    context = {
        "page": page,
        "rows": custody_list.rows_of(page.rows),
        "shown": shown,
        "choices": SHOWN,
        "of": request.GET.get("of", ""),
        "as_it_comes": None if shown or request.GET.get("of") else members,
        "members": members,
        **{name: up_to(count) for name, count in Custody.objects.what_stands_out().items() if count},
    }
    return render(request, "equipment/custody.html", context)


def _narrowed(shown: str, member: Member, of: str) -> CustodyQuerySet:
    rows = Custody.objects.all() if member.may(Power.READ_UNIT) else Custody.objects.none()
    rows = rows if shown == ALL else rows.open()
    if shown == STANDS_OUT:
        rows = rows.filter(pk__in=Custody.objects.standing_out().values("pk"))
    if shown == MINE:
        rows = rows.filter(holder=member)
    if of.isdecimal() and len(of) < 10:
        rows = rows.filter(holder=int(of))
    return rows


@require_safe
@prepared(ServerBindingCursor)
def handovers(request: HttpRequest, item_id: int) -> HttpResponse:
    """Every hand-over of one thing, the newest first, with what was photographed and signed."""
    item = item_of(request, item_id)
    page = page_of(handovers_of(item), request.GET.get("after"))
    return render(request, "equipment/handovers.html", {"item": item, "page": page})


@require_safe
def proof(request: HttpRequest, handover_id: int, which: str) -> HttpResponseBase:
    """The photo or the signature of a hand-over, as a picture. Only what was known as one when it came is shown."""
    if which not in ("photo", "signature") or not member_of(request).may(Power.READ_UNIT):
        raise Http404
    handed = get_object_or_404(Handover.objects.select_related("photo", "signature"), pk=handover_id)
    kept = handed.photo if which == "photo" else handed.signature
    if kept is None:
        raise Http404
    try:
        file = kept_files.place_of(kept.digest).open("rb")
    except OSError as error:
        raise Http404 from error
    answer: HttpResponse | FileResponse = FileResponse(file, content_type=kept.mime)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
