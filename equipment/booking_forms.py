"""What is typed about bookings. A form reads; the verbs judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib.postgres.search import SearchQuery

from equipment.bookings import MOST
from equipment.folding import wanted
from equipment.models import Booking, Item, Kit, Place
from members.designation_forms import Moment
from members.drawn_forms import Styled
from members.models import Member

SHOWN = 30  # things that one search offers


class BookingForm(Styled, forms.Form):
    """Who needs what from when until when, and what for."""

    since = Moment(label="From")
    until = Moment(label="Until")
    purpose = forms.CharField(label="What it is needed for", max_length=200, strip=True)
    event = forms.CharField(
        label="Event or assignment",
        max_length=200,
        strip=True,
        required=False,
        help_text="By its name, so that whoever looks at the calendar knows: Coffee with a Cop, 9 May.",
    )
    member = forms.ModelChoiceField(label="For", queryset=Member.objects.none(), empty_label=None)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Member, may_for_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = Member.objects.serving().of_the_unit() if may_for_others else Member.objects.filter(pk=by.pk)
        cast("forms.ModelChoiceField[Any]", self.fields["member"]).queryset = serving.order_by("name")
        self.initial.setdefault("member", by.pk)
        self.initial.setdefault("key", uuid4())


class SpanForm(Styled, forms.Form):
    """From a moment to another."""

    since = Moment(label="From")
    until = Moment(label="Until")


class TakeForm(Styled, forms.Form):
    """Where what was booked goes."""

    place = forms.ChoiceField(
        label="Where it goes", choices=[(one.value, one.label) for one in (Place.FIELD, Place.TRUNK)]
    )
    vehicle = forms.CharField(label="Number of the vehicle", max_length=40, strip=True, required=False)
    due_back = Moment(label="Due back")
    waiver = forms.CharField(
        label="Why it goes out all the same",
        max_length=500,
        strip=True,
        required=False,
        help_text="Where a skill is missing the Supervisor decides, and says why.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, booking: Booking) -> TakeForm:
        """As it is offered first."""
        return cls(initial={"place": Place.FIELD, "due_back": booking.until, "key": uuid4()})


def numbers_of(given: list[str]) -> list[int]:
    """The numbers of an address or of ticked boxes; rubbish is left out."""
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 19][:MOST]


class Chosen:
    """What is ticked, and what a search offers besides: kits whole, and things that are in none."""

    def __init__(self, given: Any, *, member: Member) -> None:
        self.q = str(given.get("q", "")).replace("\x00", "").strip()[:100]
        seen = Item.objects.all().visible_to(member).owned()
        things = seen.filter(pk__in=numbers_of(given.getlist("item"))).select_related("kit", "kind")
        kits = numbers_of(given.getlist("kit")) + [
            one.kit_id for one in things if one.kit_id and one.kit and one.kit.ended_at is None
        ]
        self.kits = list(Kit.objects.filter(pk__in=kits, ended_at__isnull=True).prefetch_related("items__kind"))
        inside = {one.pk for one in self.kits}
        self.things = [one for one in things if one.kit_id not in inside]

    @property
    def items(self) -> list[Item]:
        """All that would be booked."""
        return self.things + [item for kit in self.kits for item in kit.items.all()]

    def offered_kits(self) -> list[Kit]:
        """Kits to choose from, the chosen ones first."""
        others = Kit.objects.filter(ended_at__isnull=True, items__isnull=False).exclude(
            pk__in=[one.pk for one in self.kits]
        )
        if self.q:
            others = others.filter(name__icontains=self.q)
        return [*self.kits, *others.distinct().prefetch_related("items__kind").order_by("name")[:SHOWN]]

    def offered_things(self, *, member: Member) -> list[Item]:
        """Things to choose from, the chosen ones first."""
        chosen = [one.pk for one in self.things]
        others = Item.objects.all().visible_to(member).owned().exclude(pk__in=chosen).exclude(state__in=Item.MISSING)
        others = others.exclude(kit__isnull=False, kit__ended_at__isnull=True)
        if self.q:
            asked = wanted(self.q)
            query = SearchQuery(asked, search_type="raw", config="simple")
            others = others.filter(words=query) if asked else others.none()
        return [*self.things, *others.select_related("kind").order_by("tag")[:SHOWN]]


def typed_span(data: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    """The time that was typed so far; None while it makes none."""
    form = SpanForm(data)
    return (form.cleaned_data["since"], form.cleaned_data["until"]) if form.is_valid() else None
