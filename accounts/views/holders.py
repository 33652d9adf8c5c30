"""The log of who holds recovery e-mail, second-factor devices and the like: never a password (b 36)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.life_forms import EndHoldForm, HoldForm
from accounts.models import RecoveryHold
from accounts.models.holders import HoldQuerySet, may_keep, may_read, note_hold
from members.asking import member_of
from members.authority import only
from members.forms import Asked
from members.models import Member
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, Refused


@require_safe
def holders(request: HttpRequest) -> HttpResponseBase:
    """Who holds what; `past=1` with what was held once, `format=csv` as a file. Raises Refused."""
    member = member_of(request)
    if not may_read(member):
        raise Refused(only(Power.MANAGE_ACCOUNTS))
    if request.GET.get("format") == "csv":
        head = ["platform", "account", "what", "who", "since", "until", "note", "handed to", "noted by"]
        return csv_answer("recovery-holders", head, (_line(one) for one in _shown(request)[:LARGEST]))
    return _page(request)


def _line(hold: RecoveryHold) -> list[object]:
    return [
        hold.account.get_platform_display(),
        hold.account.handle,
        hold.get_kind_display(),
        hold.who,
        hold.since.isoformat(),
        hold.until.isoformat() if hold.until else "",
        hold.note,
        hold.end_note,
        hold.by.name if hold.by else "",
    ]


@require_POST
def note_holder(request: HttpRequest) -> HttpResponse:
    """Write who holds something."""
    member, form = _keeper(request), HoldForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        said = {"since": given["since"], "holder": given["holder"], "note": given["note"]}
        try:
            note_hold(given["account"], given["kind"], by=member, member=form.holder_member(), **said)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Written down.")
            return redirect("holders")
    return _page(request, form=form)


@require_POST
def end_hold(request: HttpRequest, hold_id: int) -> HttpResponse:
    """It was handed over."""
    member = _keeper(request)
    hold = get_object_or_404(RecoveryHold.objects.visible_to(member), pk=hold_id)
    form = EndHoldForm(request.POST, prefix=f"end-{hold.pk}")
    if form.is_valid():
        try:
            hold.end(by=member, until=form.cleaned_data["until"], note=form.cleaned_data["end_note"])
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Ended: it is known no longer to be held there.")
            return redirect("holders")
    return _page(request, ending={hold.pk: form})


def _keeper(request: HttpRequest) -> Member:
    member = member_of(request)
    if not may_keep(member):
        raise Refused(only(Power.MANAGE_ACCOUNTS))
    return member


def _shown(request: HttpRequest) -> HoldQuerySet:
    rows = RecoveryHold.objects.visible_to(member_of(request)).select_related("account", "member", "by")
    return rows if request.GET.get("past") else rows.standing()


def _page(
    request: HttpRequest, *, form: Asked | None = None, ending: dict[int, EndHoldForm] | None = None
) -> HttpResponse:
    ending = ending or {}
    rows = [
        (hold, ending.get(hold.pk) or EndHoldForm(prefix=f"end-{hold.pk}"), hold.pk in ending)
        for hold in _shown(request)[:LARGEST]
    ]
    context = {
        "rows": rows,
        "past": request.GET.get("past"),
        "form": form or HoldForm(),
        "may_keep": may_keep(member_of(request)),
    }
    return render(request, "accounts/holders.html", context, status=422 if form or ending else 200)
