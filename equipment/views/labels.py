"""The page that a label leads to (3.7): a member takes the thing or brings it back, with two taps on his phone.

Each form is done once, however often a bad connection sends it, and answers the page's script in JSON: where to go.
Without the script it is a form as any other. Who is not signed in sees only how to return the thing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from equipment import custody, handing, marking, stocktakes
from equipment.custody_forms import Keyed, PassForm, ReturnForm, TakeForm, WhereForm
from equipment.models import BookedItem, Custody
from equipment.scanned import Scanned, find
from equipment.views import found
from members.asking import member_of
from members.authority import holds
from members.days import spoken
from members.models import Member
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid, Refused

BY_SCRIPT = "X-Sent-By-Script"


@login_not_required
@never_cache
@require_safe
def label(request: HttpRequest, code: str) -> HttpResponse:
    """The thing: for members what they can do with it, for others how to return it. 404 for a code nobody printed."""
    if not request.user.is_authenticated:
        return found.public_page(request, code)
    return _page(request, _scanned(request, code))


def _scanned(request: HttpRequest, code: str) -> Scanned:
    scanned = find(code) if member_of(request).may(Power.READ_UNIT) else None
    if scanned is None:
        raise Http404
    return scanned


def _page(
    request: HttpRequest,
    scanned: Scanned,
    *,
    form: Keyed | None = None,
    refusal: Exception | None = None,
) -> HttpResponse:
    """The page with all that can be done now; `form` is one that was refused, with what was typed."""
    member = member_of(request)
    forms = _forms(scanned, member)
    if form is not None:
        forms[form.prefix_of_ids] = form
    given = scanned.to_give(member)
    context = {
        "scanned": scanned,
        "item": scanned.item,
        "custody": scanned.custody,
        "mine": bool(given) and given[0].holder_id == member.pk,
        "given": given,
        "forms": forms,
        "refused": form.prefix_of_ids if form else "",
        "to_accept": [one for one in given if one.holder_id == member.pk and one.accepted_at is None],
        "against": _against(scanned, member, forms),
        "keeps": holds(member, Power.KEEP_EQUIPMENT),
        "reports": _reports(scanned, member),
        "takes": stocktakes.open_takes(member) if scanned.item else [],
        "seen_key": uuid4(),
        "member": member,
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if form and form.errors else 200
    return render(request, "equipment/label.html", context, status=status)


def _forms(scanned: Scanned, member: Member) -> dict[str, Keyed]:
    """What can be filled in now."""
    asks: dict[str, Any] = {"scanned": scanned, "member": member}
    given = scanned.to_give(member)
    if given:
        first = given[0]
        stands = {"stands": first.due_back}
        return {
            "back": ReturnForm(**asks),
            "move": WhereForm(**asks, first=first, initial=stands),
            "pass": PassForm(**asks, first=first, initial=stands),
        }
    if scanned.is_here and custody.may_take(member):
        last = Custody.objects.filter(holder=member).order_by("-pk").first()
        return {"take": TakeForm(**asks, first=last, initial=_booked(scanned, member))}
    return {}


def _reports(scanned: Scanned, member: Member) -> str:
    """What he may report of the thing, in words."""
    states = marking.states_for(scanned.item, member) if scanned.item else []
    return ", ".join(str(state.label) for state in marking.REPORTED if state in states)


def _booked(scanned: Scanned, member: Member) -> dict[str, Any]:
    """What he booked it for, if it is about that time."""
    waiting = BookedItem.objects.filter(item__in=scanned.items, stands=True, handover=None, booking__member=member)
    soon = waiting.select_related("booking").order_by("booking__since").first()
    if soon is None or not handing.is_about_time(soon.booking):
        return {}
    return {"booked": soon.booking.until, "purpose": soon.booking.purpose, "event": soon.booking.event}


def _against(scanned: Scanned, member: Member, forms: dict[str, Keyed]) -> str:
    """What stands against his taking it, said before he tries."""
    take = forms.get("take")
    if not isinstance(take, TakeForm) or take.is_bound:
        return ""
    return custody.against(scanned.items, member, take.initial.get("booked"), now=True)


@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """He takes it; or the Supervisor gives it to another."""

    def act(form: TakeForm, scanned: Scanned, member: Member) -> str:
        given, to = form.taken(), form.taker()
        custody.check_out(scanned.items, by=member, to=to, **given)
        who = "You have" if to.pk == member.pk else f"{to.name} has"
        return f"{who} {scanned.thing}, back by {spoken(given['due_back'])}."

    return _done(request, code, TakeForm, act)


@require_POST
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """It is in the office again."""

    def act(form: ReturnForm, scanned: Scanned, member: Member) -> str:
        custody.check_in(_items(scanned, member), by=member, **form.brought())
        return f"{scanned.thing} is back in the office."

    return _done(request, code, ReturnForm, act)


@require_POST
def pass_on(request: HttpRequest, code: str) -> HttpResponse:
    """Another has it from now on, once he has accepted it."""

    def act(form: PassForm, scanned: Scanned, member: Member) -> str:
        given = form.passed()
        custody.hand_over(_items(scanned, member), by=member, **given)
        return f"Handed to {given['to'].name}, who is asked to say that he has it."

    return _done(request, code, PassForm, act)


@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """It is elsewhere, or comes back at another time."""

    def act(form: WhereForm, scanned: Scanned, member: Member) -> str:
        custody.move(_items(scanned, member), by=member, key=form.cleaned_data["key"], **form.where())
        return "Noted."

    return _done(request, code, WhereForm, act)


def _items(scanned: Scanned, member: Member) -> list[Any]:
    """What of it he gives away. Raises WithSomebody, who says who has it, where that is none of it."""
    given = [one.item for one in scanned.to_give(member)]
    return given or scanned.items


def _done(request: HttpRequest, code: str, kind: type[Any], act: Callable[[Any, Scanned, Member], str]) -> HttpResponse:
    """Carry out what was sent, once. Where it is not to be, the page as it is now, with what was typed."""
    scanned, member = _scanned(request, code), member_of(request)
    if not custody.may_take(member):
        raise Refused("Only a member of the unit takes, returns or hands over its equipment.")
    form = kind(request.POST, request.FILES, scanned=scanned, member=member)
    if handing.was_done(form["key"].value(), member):
        return _go(request, code)
    if not form.is_valid():
        return _page(request, scanned, form=form)
    try:
        with transaction.atomic():
            said = act(form, scanned, member)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, _scanned(request, code), form=form)
    except REFUSALS as refusal:
        return _page(request, _scanned(request, code), refusal=refusal)
    messages.success(request, said)
    return _go(request, code)


def _go(request: HttpRequest, code: str) -> HttpResponse:
    there = redirect("label", code=code)
    return JsonResponse({"to": there.url}) if request.headers.get(BY_SCRIPT) else there


@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """He has what he was handed; or he has it not."""
    scanned, member = _scanned(request, code), member_of(request)
    verb = custody.deny if request.POST.get("has") == "not" else custody.accept
    try:
        with transaction.atomic():
            handed = [one.custody for one in scanned.things if one.custody and one.custody.holder_id == member.pk]
            if not handed:
                raise Refused("Nobody handed you this.")
            for one in handed:
                if one.accepted_at is None:
                    verb(one, by=member)
    except REFUSALS as refusal:
        return _page(request, _scanned(request, code), refusal=refusal)
    said = "You have it." if verb is custody.accept else "Whoever handed it to you, and the Supervisor, were told."
    messages.success(request, said)
    return _go(request, code)
