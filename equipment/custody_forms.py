"""What is typed, or tapped, on the page that a label leads to. A form reads; the verbs judge."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from PIL import Image

from equipment import photos
from equipment.models import Condition, Custody, FoundReport, KeptFile, Place
from equipment.scanned import Scanned
from members import kept_files
from members.authority import holds
from members.days import spoken
from members.drawn_forms import Styled, words
from members.models import Member
from members.pictures import proof_of
from members.powers import Power
from members.states import Invalid

OTHER = "other"
PURPOSES = ("Covering an event", "Recording in the field", "Live broadcast", "Training")
LONGEST_SIGNATURE = 300_000  # letters of the drawing as the page sends it
_DRAWN = "data:image/png;base64,"


@dataclass(frozen=True)
class Pick:
    """One of several that are tapped."""

    value: str
    word: str
    chosen: bool = False


def moments(now: datetime) -> list[tuple[datetime, str]]:
    """When things usually come back, as seen from `now`, in the agency's zone."""
    local = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    tomorrow, week = local + timedelta(days=1), local + timedelta(days=7)
    found = [
        (local.replace(hour=18), "today, 18:00") if local.hour < 17 else None,
        (local.replace(hour=23), "today, 23:00") if local.hour < 22 else None,
        (tomorrow.replace(hour=12), "tomorrow, 12:00"),
        (week.replace(hour=12), "in a week"),
    ]
    return [one for one in found if one is not None]


class Keyed(Styled, forms.Form):
    """A form with a key of its own, so that it is done once however often it comes."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, scanned: Scanned, member: Member, **more: Any) -> None:
        self.scanned, self.member = scanned, member
        self.keeps = holds(member, Power.KEEP_EQUIPMENT)
        more["initial"] = {"key": uuid4(), **more.get("initial", {})}
        super().__init__(data, files, auto_id=f"{self.prefix_of_ids}_%s", **more)

    prefix_of_ids = "keyed"

    def value(self, name: str) -> str:
        """What stands in a field, as text."""
        return str(self[name].value() or "")

    def of_the_unit(self) -> list[tuple[str, str]]:
        """Who may take it, by name."""
        return [(str(one.pk), one.name) for one in Member.objects.unit_now()]


class WhereForm(Keyed):
    """Where a thing will be, and until when."""

    prefix_of_ids = "move"
    place = forms.ChoiceField(choices=Place.choices[1:], widget=forms.RadioSelect, label="Where it will be")
    vehicle = forms.CharField(label="Number of the vehicle", max_length=40, required=False)
    due = forms.CharField(label="Back", max_length=40, required=False)
    due_other = forms.DateTimeField(
        label="Back on",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, first: Custody | None = None, **more: Any) -> None:
        """Begins as `first`: the custody that stands, or the last one of the same member."""
        if first is not None:
            more["initial"] = {"place": first.place, "vehicle": first.vehicle, **more.get("initial", {})}
        else:
            more["initial"] = {"place": Place.FIELD, **more.get("initial", {})}
        super().__init__(*args, **more)

    def refuse(self, refusal: Invalid) -> None:
        """As every form; that it comes back at a moment stands at what is tapped."""
        field = "due" if refusal.field == "due_back" else refusal.field
        super().refuse(Invalid(str(refusal), field))

    def dues(self) -> list[Pick]:
        """The moments to tap, the first one chosen."""
        stands = self.initial.get("stands")
        found = [(stands, f"as it is, {spoken(stands)}")] if stands and stands > timezone.now() else []
        booked = self.initial.get("booked")
        if booked:
            found.append((booked, f"as booked, {spoken(booked)}"))
        known = {moment for moment, _ in found}
        found += [one for one in moments(timezone.now()) if one[0] not in known]
        chosen = self.value("due") if self.is_bound else found[0][0].isoformat()
        picks = [Pick(moment.isoformat(), word, chosen=moment.isoformat() == chosen) for moment, word in found]
        if self.is_bound and chosen != OTHER and not any(pick.chosen for pick in picks):
            past = parse_moment(chosen)
            picks += [Pick(chosen, spoken(past), chosen=True)] if past else []
        return [*picks, Pick(OTHER, "another time", chosen=chosen == OTHER)]

    def where(self) -> dict[str, Any]:
        """As the verbs take it."""
        given = self.cleaned_data
        due = parse_moment(given["due"]) if given["due"] != OTHER else None
        return {"place": given["place"], "vehicle": given["vehicle"], "due_back": due or given["due_other"]}


def parse_moment(text: str) -> datetime | None:
    """A moment as the page wrote it; rubbish is none."""
    try:
        found = parse_datetime(text)
        return timezone.localtime(found) if found is not None and timezone.is_aware(found) else None
    except (ValueError, OverflowError):  # at the edge of what has a date, another zone's has none
        return None


class TakeForm(WhereForm):
    """What goes out, to whom, what for."""

    prefix_of_ids = "take"
    purpose = forms.CharField(label="What for", max_length=200, required=False)
    purpose_other = forms.CharField(label="What for, in your words", max_length=200, required=False)
    event = forms.CharField(label="Event or assignment", max_length=200, required=False)
    to = forms.ChoiceField(label="Who takes it", required=False)
    waiver = forms.CharField(label="Why it goes out all the same", required=False, max_length=1000, widget=words(2))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = self.of_the_unit()  # type: ignore[attr-defined]
        self.fields["to"].initial = str(self.member.pk)

    def purposes(self) -> list[Pick]:
        """What it is for, to tap."""
        chosen = self.value("purpose")
        first = self.initial.get("purpose", "")
        known = [*([first] if first and first not in PURPOSES else []), *PURPOSES]
        return [
            *(Pick(one, one, chosen=one == chosen) for one in known),
            Pick(OTHER, "something else", chosen=chosen == OTHER),
        ]

    def taken(self) -> dict[str, Any]:
        """As `custody.check_out` takes it, but for who takes it."""
        given = self.cleaned_data
        purpose = given["purpose_other"] if given["purpose"] == OTHER else given["purpose"]
        more = {"purpose": purpose, "event": given["event"], "waiver": given["waiver"]}
        return {**self.where(), **more, "key": given["key"]}

    def taker(self) -> Member:
        """Whoever takes it: himself, unless the Supervisor says another."""
        chosen = self.cleaned_data["to"]
        return Member.objects.get(pk=chosen) if self.keeps and chosen else self.member


class PassForm(WhereForm):
    """From who has it to another."""

    prefix_of_ids = "pass"
    to = forms.ChoiceField(label="To whom")
    remark = forms.CharField(label="Anything to say of it", required=False, max_length=1000, widget=words(2))
    waiver = forms.CharField(label="Why it goes out all the same", required=False, max_length=1000, widget=words(2))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        having = {str(one.holder_id) for one in self.scanned.to_give(self.member)}
        known = [one for one in self.of_the_unit() if one[0] not in having]
        self.fields["to"].choices = [("", "–"), *known]  # type: ignore[attr-defined]

    def passed(self) -> dict[str, Any]:
        """As `custody.hand_over` takes it."""
        given = self.cleaned_data
        to = Member.objects.get(pk=given["to"])
        return {**self.where(), "to": to, "remark": given["remark"], "waiver": given["waiver"], "key": given["key"]}


class ReturnForm(Keyed):
    """In what condition it comes back."""

    prefix_of_ids = "back"
    condition = forms.ChoiceField(
        choices=Condition.choices,
        widget=forms.RadioSelect,
        label="How it comes back",
        error_messages={"required": "How does it come back? Choose one."},
    )
    only = forms.MultipleChoiceField(label="Which of them", required=False, widget=forms.CheckboxSelectMultiple)
    remark = forms.CharField(label="What is wrong with it", required=False, max_length=2000, widget=words(3))
    photo = forms.FileField(
        label="Photo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    signature = forms.CharField(required=False, max_length=LONGEST_SIGNATURE, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(label="I confirm this without a signature", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.given = self.scanned.to_give(self.member)
        self.fields["only"].choices = [(str(one.item_id), str(one.item)) for one in self.given]  # type: ignore[attr-defined]

    @property
    def holder(self) -> Member | None:
        """Whose thing another takes back: he signs, where he is there."""
        return next((one.holder for one in self.given if one.holder_id != self.member.pk), None)

    def brought(self) -> dict[str, Any]:
        """As `custody.check_in` takes it; the files lie in their place. Raises Invalid at a file that is no picture."""
        given = self.cleaned_data
        if self.holder and not given["signature"] and not given["confirmed"]:
            raise Invalid(f"{self.holder.name} signs, or you confirm it without.", "confirmed")
        photo = signature = None
        if given["photo"]:
            photo = photos.keep_photo(given["photo"], by=self.member)
        if given["signature"]:
            drawn = SimpleUploadedFile("signature.png", drawing(given["signature"]))
            signature = KeptFile.of(kept_files.keep([drawn], kept_files.PICTURES, "signature")[0], by=self.member)
        only = [one.item for one in self.given if str(one.item_id) in given["only"]]
        said = {"condition": given["condition"], "remark": given["remark"], "only": only}
        return {**said, "photo": photo, "signature": signature, "key": given["key"]}


def drawing(text: str) -> bytes:
    """The picture that the page drew, drawn anew. Raises Invalid at `signature` for anything else."""
    try:
        if not text.startswith(_DRAWN):
            raise ValueError
        picture = base64.b64decode(text.removeprefix(_DRAWN), validate=True)
        given, _ = proof_of(io.BytesIO(picture), "signature")
    except (ValueError, binascii.Error, Invalid) as error:
        raise Invalid("The signature did not arrive whole: sign once more, or confirm without.", "signature") from error
    drawn = io.BytesIO()
    with Image.open(io.BytesIO(given)) as opened:
        opened.convert("L").save(drawn, "PNG")
    return drawn.getvalue()


class FoundForm(Styled, forms.Form):
    """What somebody says who found it; nobody has to give a name."""

    where = forms.CharField(label="Where it is now", max_length=300, strip=True)
    text = forms.CharField(
        label="Anything else", max_length=FoundReport.LONGEST, required=False, strip=True, widget=words(3)
    )
    reach = forms.CharField(
        label="How we can reach you", max_length=200, required=False, strip=True, help_text="A name, a number."
    )
