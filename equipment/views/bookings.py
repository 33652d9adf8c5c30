"""Bookings: the calendar, booking, moving, cancelling, and taking what was booked (F.VB, 3.7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import booking_month, bookings, skills, taking
from equipment.booking_forms import BookingForm, Chosen, SpanForm, TakeForm, typed_span
from equipment.bookings import Span
from equipment.models import BookedItem, Booking
from members.asking import member_of
from members.authority import holds, require
from members.days import FIRST, midnight, spoken
from members.models import Member
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, WrongState

FARTHEST = 2  # years from now that the calendar turns to
LONGEST_FEED = timedelta(days=62)
SAID = {"cancel": "Cancelled: the things are free.", "drop": "Left out: it is free for others."}


# FullCalendar puts its rules, and in them a font, into a style element of its own making: by this page's nonce alone.
@require_safe
@csp_update({"style-src": [NONCE], "font-src": ["data:"]})
def calendar(request: HttpRequest) -> HttpResponseBase:
    """A month as a table, which a script makes into a calendar; under it what is to come; `format=csv` as a file."""
    member, today = member_of(request), timezone.localdate()
    found = Booking.objects.all().visible_to(member)
    if request.GET.get("format") == "csv":
        return _csv(found)
    shown = _month_of(request.GET.get("month", "")) or today.replace(day=1)
    mine = request.GET.get("mine") == "1"
    to_come = found.to_come().filter(**({"member": member} if mine else {})).select_related("member")
    context = {
        "month": shown,
        "before": (shown - timedelta(days=1)).replace(day=1),
        "after": (shown + timedelta(days=31)).replace(day=1),
        "weeks": booking_month.weeks(shown.year, shown.month, member=member),
        "to_come": booking_month.with_things(to_come.order_by("since", "pk")[:100]),
        "endangered": [(one, booking_month.obstacles(one)) for one in booking_month.endangered()[:10]],
        "mine": mine,
        "today": today,
        "may_book": may_book(member),
    }
    return render(request, "equipment/bookings.html", context)


def _csv(found: QuerySet[Booking]) -> HttpResponseBase:
    head = ["number", "from", "until", "for", "things", "purpose", "event", "state", "booked by"]
    rows = found.select_related("member", "booked_by").order_by("-since", "-pk")[:LARGEST]
    entries = booking_month.with_things(rows)
    return csv_answer(
        "bookings",
        head,
        (
            [
                one.booking.pk,
                timezone.localtime(one.booking.since).strftime("%Y-%m-%d %H:%M"),
                timezone.localtime(one.booking.until).strftime("%Y-%m-%d %H:%M"),
                one.booking.member.name,
                one.what,
                one.booking.purpose,
                one.booking.event,
                one.booking.get_state_display(),
                one.booking.booked_by.name,
            ]
            for one in entries
        ),
    )


def may_book(member: Member) -> bool:
    """Every member of the unit, for himself."""
    return holds(member, Power.CARRY_OUT)


def _month_of(text: str) -> date | None:
    try:
        found = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month is no moment)
    except ValueError:
        return None
    return found if abs(found.year - timezone.localdate().year) <= FARTHEST else None


@require_safe
def feed(request: HttpRequest) -> JsonResponse:
    """What the calendar's script draws between two moments, `start` and `end`."""
    since, until = _day(request.GET.get("start", "")), _day(request.GET.get("end", ""))
    if since is None or until is None or not timedelta(0) <= until - since <= LONGEST_FEED:
        return JsonResponse({"sentence": "Name a start and an end, two months apart at most."}, status=422)
    member = member_of(request)
    found = booking_month.entries(midnight(since), midnight(until), member=member)
    return JsonResponse({"events": [_drawn(one, member) for one in found], "empty": []})


def _drawn(one: booking_month.Entry, member: Member) -> dict[str, Any]:
    booking = one.booking
    return {
        "id": str(booking.pk),
        "title": f"{booking.member.name}: {one.what}{' (not taken)' if booking.is_lapsed else ''}",
        "start": _local(booking.since),
        "end": _local(booking.until),
        "url": booking.get_absolute_url(),
        "classNames": [f"is-{booking.state}"],
        "editable": booking.state == Booking.State.BOOKED and booking.may_move(member),
        "extendedProps": {
            "says": f"{booking.get_state_display()}: {booking}, until {spoken(booking.until)}",
            "on": _mark(booking),
            "move": reverse("move_booking", args=[booking.pk]),
        },
    }


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).replace(tzinfo=None).isoformat(timespec="minutes")


def _mark(booking: Booking) -> int:
    """The beginning as it was looked at: who moves it has seen where it stood."""
    return int(booking.since.timestamp())


def _day(text: str) -> date | None:
    try:
        found = parse_date(text[:10])
    except ValueError:
        return None
    return found if found and found >= FIRST else None


# --- booking ---


@require_http_methods(["GET", "HEAD", "POST"])
def add_booking(request: HttpRequest) -> HttpResponse:
    """Choose a time and things, see what is free, book. `look`: only show again what is free then."""
    member = member_of(request)
    require(member, Power.CARRY_OUT)
    posted = request.method == "POST"
    given = request.POST if posted else request.GET
    chosen = Chosen(given, member=member)
    may_for_others = holds(member, Power.KEEP_EQUIPMENT)
    looks = posted and "look" in request.POST
    form = BookingForm(
        request.POST if posted and not looks else None,
        by=member,
        may_for_others=may_for_others,
        initial=_first(given),
    )
    if posted and not looks and form.is_valid():
        said = form.cleaned_data
        try:
            made = bookings.book(
                chosen.items,
                by=member,
                to=said["member"],
                span=Span(said["since"], said["until"]),
                purpose=said["purpose"],
                event=said["event"],
                key=said["key"],
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Booked.")
            for one in skills.missing(made.member, chosen.items, on=timezone.localtime(made.since).date()):
                messages.warning(request, f"{one.sentence} The Supervisor decides at the check-out.")
            return redirect(made.get_absolute_url())
    return _add_page(request, form, chosen, given, 422 if form.errors else 200)


def _first(given: QueryDict) -> dict[str, Any]:
    """What the form begins with: what was typed, or an hour of tomorrow's working day."""
    tomorrow = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    first: dict[str, Any] = {"since": tomorrow, "until": tomorrow + timedelta(hours=8)}
    for name in ("since", "until", "purpose", "event", "member", "key"):
        if given.get(name):
            first[name] = given[name]
    return first


def _add_page(request: HttpRequest, form: BookingForm, chosen: Chosen, given: QueryDict, status: int) -> HttpResponse:
    member = member_of(request)
    kits, things = chosen.offered_kits(), chosen.offered_things(member=member)
    span = typed_span(given) or (form.initial["since"], form.initial["until"])
    against: dict[int, str] = {}
    if isinstance(span[0], datetime) and span[0] < span[1]:
        against = bookings.against([*things, *(item for kit in kits for item in kit.items.all())], Span(*span))
    context = {
        "form": form,
        "chosen": {one.pk for one in chosen.things},
        "chosen_kits": {one.pk for one in chosen.kits},
        "kits": [(kit, next((against[i.pk] for i in kit.items.all() if i.pk in against), "")) for kit in kits],
        "things": [(item, against.get(item.pk, "")) for item in things],
        "q": chosen.q,
        "may_for_others": holds(member, Power.KEEP_EQUIPMENT),
    }
    return render(request, "equipment/booking_add.html", context, status=status)


# --- one booking ---


def _booking(request: HttpRequest, booking_id: int) -> Booking:
    seen = Booking.objects.all().visible_to(member_of(request)).select_related("member", "booked_by", "ended_by")
    return get_object_or_404(seen, pk=booking_id)


@require_safe
def booking(request: HttpRequest, booking_id: int) -> HttpResponse:
    """One of them: its things, its time, and what can be done with it."""
    return _page(request, _booking(request, booking_id))


def _page(
    request: HttpRequest,
    found: Booking,
    refusal: Exception | None = None,
    take: TakeForm | None = None,
    span: SpanForm | None = None,
) -> HttpResponse:
    member = member_of(request)
    left = taking.left_to_take(found) if found.state in Booking.HOLDS else []
    form = take or span
    context = {
        "booking": found,
        "things": found.things.select_related("item__kind", "kit").order_by("kit__name", "item__tag"),
        "missing": skills.missing(found.member, left, on=timezone.localtime(found.since).date()),
        "obstacles": booking_month.obstacles(found) if found.state in Booking.HOLDS else [],
        "left": left,
        "may_take": bool(left) and not found.is_lapsed and found.may_take(member),
        "may_move": found.state == Booking.State.BOOKED and found.may_move(member),
        "may_cancel": found.state == Booking.State.BOOKED and found.may_cancel(member),
        "his_own": found.member_id == member.pk,
        "may_waive": holds(member, Power.KEEP_EQUIPMENT),
        "take_form": take or TakeForm.of(found),
        "span_form": span or SpanForm(initial={"since": found.since, "until": found.until}),
        "on": _mark(found),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if form is not None and form.errors else 200
    return render(request, "equipment/booking.html", context, status=status)


@require_POST
def take_booking(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Check out what was booked."""
    found, member = _booking(request, booking_id), member_of(request)
    form = TakeForm(request.POST)
    if not found.may_take(member):
        require(member, Power.KEEP_EQUIPMENT)
    if not form.is_valid():
        return _page(request, found, take=form)
    said = form.cleaned_data
    where = taking.Where(said["place"], said["vehicle"], said["due_back"], said["waiver"])
    try:
        taking.take(found, where, by=member, key=said["key"])
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(
            request, found, refusal if found.is_lapsed else None, take=form
        )  # no form is drawn of a lapsed one
    except REFUSALS as refusal:
        return _page(request, _booking(request, booking_id), refusal)
    messages.success(request, f"Checked out to {found.member.name}, due back {spoken(said['due_back'])}.")
    return redirect(found.get_absolute_url())


@require_POST
def move_booking(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Book the same for another time: by the form, or dragged to another day by the script, which asks for JSON."""
    found, member = _booking(request, booking_id), member_of(request)
    by_script = "application/json" in request.headers.get("accept", "")
    if not found.may_move(member):
        require(member, Power.KEEP_EQUIPMENT)
    form = SpanForm(_dragged(request, found) if "day" in request.POST else request.POST)
    try:
        if request.POST.get("on") != str(_mark(found)):
            raise WrongState(found, "move")
        if not form.is_valid():
            raise Invalid("Choose the time that it moves to.", "since")
        bookings.move(found, Span(form.cleaned_data["since"], form.cleaned_data["until"]), by=member)
    except REFUSALS as refusal:
        if by_script:
            return JsonResponse({"sentence": sentence_of(refusal)}, status=status_of(refusal))
        if isinstance(refusal, Invalid) and form.is_valid():
            form.refuse(refusal)
        return _page(request, _booking(request, booking_id), refusal, span=form)
    if by_script:
        return JsonResponse({"on": _mark(found)})
    messages.success(request, f"Booked from {spoken(found.since)} until {spoken(found.until)}.")
    return redirect(found.get_absolute_url())


def _dragged(request: HttpRequest, found: Booking) -> dict[str, Any]:
    """The same times of day, as many days later as the script says."""
    day = _day(request.POST.get("day", ""))
    if day is None:
        return {}
    since, until = timezone.localtime(found.since), timezone.localtime(found.until)
    later = day - since.date()
    return {
        name: (at.replace(tzinfo=None) + later).isoformat(timespec="minutes")
        for name, at in (("since", since), ("until", until))
    }


@require_POST
def cancel_booking(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Free the things."""
    found, member = _booking(request, booking_id), member_of(request)
    if not found.may_cancel(member):
        require(member, Power.KEEP_EQUIPMENT)
    try:
        bookings.cancel(found, by=member, reason=request.POST.get("reason", "").replace("\x00", "")[:500])
    except REFUSALS as refusal:
        return _page(request, _booking(request, booking_id), refusal)
    messages.success(request, SAID["cancel"])
    return redirect(found.get_absolute_url())


@require_POST
def drop_booked(request: HttpRequest, booking_id: int, item_id: int) -> HttpResponse:
    """Let the booking go without one of its things."""
    found, member = _booking(request, booking_id), member_of(request)
    if not found.may_move(member):
        require(member, Power.KEEP_EQUIPMENT)
    thing = get_object_or_404(BookedItem.objects.select_related("booking__member"), booking=found, item=item_id)
    try:
        bookings.drop(thing, by=member)
    except REFUSALS as refusal:
        return _page(request, _booking(request, booking_id), refusal)
    messages.success(request, SAID["drop"])
    return redirect(found.get_absolute_url())
