"""Members: the list, one of them, and what can be changed about him (E.1)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members import handing_over, mail, membership, positions, transferring
from members.asking import member_of
from members.authority import is_commander
from members.days import last_day
from members.forms import DetailsForm, PositionForm
from members.freshness import still_to_prove
from members.languages import NAMES
from members.member_list import MemberSearch, standing_of
from members.models import Member, OneTime
from members.powers import Position, Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, Refused


@require_safe
def members(request: HttpRequest) -> HttpResponseBase:
    """Who is in the unit, or was; `format=csv` as a file."""
    member = member_of(request)
    search = MemberSearch(request.GET, member=member)
    if request.GET.get("format") == "csv":
        return _file(search)
    page = search.page(request.GET.get("after"))
    shown = [(one, standing_of(one, never_joined=getattr(one, "never_joined", False))) for one in page.rows]
    context = {
        "search": search,
        "page": page,
        "shown": shown,
        "languages": NAMES,
        "may_invite": member.may(Power.MANAGE_MEMBERS),
    }
    return render(request, "members/members.html", context, status=200 if search.is_valid() else 422)


def _file(search: MemberSearch) -> HttpResponseBase:
    head = [
        "name",
        "number",
        "user name",
        "position",
        "sworn",
        "reports to",
        "number of the superior",
        "languages",
        "standing",
        "serves until",
        "e-mail",
        "telephone",
    ]

    def rows() -> Iterator[list[object]]:
        for one in search.members()[:LARGEST]:
            yield [
                one.name,
                one.number,
                one.username,
                one.get_position_display(),
                "sworn" if one.sworn else "civilian",
                one.reports_to.name if one.reports_to else "",
                one.reports_to.number if one.reports_to else "",
                " ".join(one.languages),
                standing_of(one, never_joined=getattr(one, "never_joined", False)).word,
                last_day(one.serves_until).isoformat() if one.serves_until else "",
                one.email,
                one.phone,
            ]

    return csv_answer("members", head, rows())


def found(request: HttpRequest, member_id: int) -> Member:
    """The member of the address, as far as he who asks may see him; else 404."""
    rows = Member.objects.visible_to(member_of(request)).select_related("reports_to")
    one: Member = get_object_or_404(rows, pk=member_id)
    return one


@require_safe
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    """One member: who he is, where he stood, who reports to him, and what the asker may do."""
    asker, one = member_of(request), found(request, member_id)
    invitations = OneTime.objects.filter(member=one, kind=OneTime.Kind.INVITATION)
    joined = invitations.filter(used_at__isnull=False).exists()
    acts = membership.may_act_on(asker, one)
    serving = one.state == Member.State.SERVING
    context = {
        "one": one,
        "standing": standing_of(one, never_joined=not joined and invitations.exists()),
        "languages": NAMES,
        "postings": one.postings.select_related("by", "reports_to"),
        "shows_reasons": asker.pk == one.pk or asker.may(Power.READ_TRAIL),  # they may speak of illness or worse
        "transfers": one.transfers.select_related("by"),
        "subordinates": one.subordinates.exclude(state=Member.State.LEFT).order_by("name"),
        "invitation": invitations.select_related("by").first(),  # the last: one sent before is void
        "acts": acts,
        "himself": asker.pk == one.pk,
        "may_transfer": transferring.may_transfer(one, asker),
        "may_designate": serving and asker.pk != one.pk and not one.outside and handing_over.may_designate(asker),
        "may_reset_factor": acts and serving,
        "may_hand_over_command": asker.pk == one.pk and transferring.commands(one),
        "may_change_details": acts or asker.pk == one.pk,
    }
    return render(request, "members/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_position(request: HttpRequest, member_id: int) -> HttpResponse:
    """Another position, reporting line, standing or period."""
    by, one = member_of(request), found(request, member_id)
    membership.require_over(by, one, ())
    form = PositionForm(request.POST or None, by=by, of=one)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            positions.change_position(one, by=by, reason=given["reason"], seen=given["seen"], **form.place())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, f"{one.name} is {one.get_position_display()} as of now.")
            return redirect("member", one.pk)
    under = list(one.subordinates.exclude(state=Member.State.LEFT).order_by("name"))
    context = {"form": form, "one": one, "under": under}
    return render(request, "members/member_position.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_details(request: HttpRequest, member_id: int) -> HttpResponse:
    """Telephone and languages, one's own too; the e-mail address by whoever manages members, with a fresh proof."""
    by, one = member_of(request), found(request, member_id)
    manages = membership.may_act_on(by, one)
    if not manages and by.pk != one.pk:
        membership.require_over(by, one, ())
        raise Refused("Each member changes his own details.")
    with_email = manages or (by.pk == one.pk and by.position == Position.COMMANDER)
    form = DetailsForm(request.POST or None, of=one, with_email=with_email)
    if request.method == "POST" and form.is_valid():
        before = one.email
        if form.cleaned_data.get("email", before) != before and (led := still_to_prove(request)):
            return led
        try:
            positions.change_details(one, by=by, **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        else:
            if before and before != one.email:
                _tell_the_address_before(before, one)
            messages.success(request, _changed(one, address=before != one.email))
            return redirect("member", one.pk)
    context = {"form": form, "one": one, "acting": is_commander(by)}
    return render(request, "members/member_details.html", context, status=422 if form.errors else 200)


def _changed(one: Member, *, address: bool) -> str:
    if not address:
        return "The details are changed."
    if one.state == Member.State.INVITED:
        return "The details are changed. The invitation sent to the former address is void: send it again."
    return "The details are changed. Links sent to the former address open nothing any more."


def _tell_the_address_before(address: str, one: Member) -> None:
    """Whoever took a member's address away from him would read everything else that is sent."""
    mail.send(address, "Your e-mail address was changed", "email_changed", {"member": one})
