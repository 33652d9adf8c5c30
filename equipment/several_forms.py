"""What is typed about several things at once."""

from __future__ import annotations

from typing import Any

from django import forms

from equipment.models import Kind
from equipment.writing import MOST_MONTHS
from members.days import Day
from members.drawn_forms import Styled, words


class SeveralForm(Styled, forms.Form):
    """What all of them say from now on; what is left empty stays as each has it."""

    kind = forms.ModelChoiceField(label="Kind", queryset=Kind.objects.all(), required=False, empty_label="as it is")
    office_place = forms.CharField(label="Place in the office", max_length=120, required=False)
    supplier = forms.CharField(label="Supplier", max_length=120, required=False)
    acquired_on = Day(label="Acquired on", required=False)
    warranty_until = Day(label="Warranty until", required=False)
    life_months = forms.IntegerField(
        label="Expected to serve, in months", min_value=1, max_value=MOST_MONTHS, required=False
    )
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        required=False,
        widget=words(2),
        help_text="Needed where something that stood there is replaced.",
    )

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            raise forms.ValidationError("Say what is to stand there.")
        return given

    def said(self) -> dict[str, Any]:
        """What was filled in."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return {name: value for name, value in given.items() if value not in (None, "")}
