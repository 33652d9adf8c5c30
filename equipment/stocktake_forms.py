"""What is asked about stock-takes. A form reads; the verbs judge."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from equipment.models import Place, StockTake
from members.drawn_forms import Styled, words
from members.models import Member


class BeginForm(Styled, forms.Form):
    """What is counted."""

    over = forms.ChoiceField(label="What is counted", choices=StockTake.Over.choices)
    place = forms.CharField(
        label="Only this place",
        max_length=120,
        required=False,
        help_text="A shelf or cabinet as it stands with the items, or the number of a vehicle. Empty: all of it.",
    )
    member = forms.ModelChoiceField(Member.objects.none(), label="Whose", required=False, empty_label="–")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.serving().order_by("name")  # type: ignore[attr-defined]


class SeeForm(Styled, forms.Form):
    """What is seen, and where the counter stands."""

    text = forms.CharField(
        label="Tag, serial number, or the scanned label",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    said = forms.CharField(max_length=200, required=False)
    place = forms.ChoiceField(label="Where you are", required=False, choices=[("", "where it belongs"), *Place.choices])
    where = forms.CharField(label="Shelf, cabinet or vehicle", max_length=120, required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    taken_back = forms.BooleanField(required=False)

    def clean_key(self) -> uuid.UUID:
        """Of a form that came without one, a fresh one."""
        key: uuid.UUID | None = self.cleaned_data["key"]
        return key or uuid.uuid4()


class EndForm(Styled, forms.Form):
    """A remark of who signs, or why it is given up."""

    remark = forms.CharField(label="Remark", max_length=2000, required=False, widget=words(2))
