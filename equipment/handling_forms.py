"""What is typed about handling by the maker's instructions. A form reads; the verbs judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from equipment.handling import LONGEST
from members.days import Day
from members.drawn_forms import Styled, words


class ModificationForm(Styled, forms.Form):
    """What is to be done that the maker's instructions do not provide for."""

    what = forms.CharField(label="What is to be done to it", max_length=LONGEST, strip=True, widget=words(3))
    against = forms.CharField(
        label="Which instruction it goes beyond",
        max_length=LONGEST,
        strip=True,
        widget=words(2),
        help_text="With the page of the manual, where there is one.",
    )
    why = forms.CharField(label="Why it is needed", max_length=LONGEST, strip=True, widget=words(3))
    voids = forms.BooleanField(
        label="The warranty ends by it",
        required=False,
        help_text="As the maker’s terms have it. Whoever decides says it again.",
    )


class DecideForm(Styled, forms.Form):
    """What is decided on it."""

    reason = forms.CharField(label="Because", max_length=LONGEST, strip=True, widget=words(3))
    voids = forms.BooleanField(label="The warranty ends when it is done", required=False)


class StandForm(Styled, forms.Form):
    """Why a warranty is not void after all."""

    reason = forms.CharField(label="What the mistake was", max_length=LONGEST, strip=True, widget=words(3))


class VoidForm(Styled, forms.Form):
    """By what a warranty ended."""

    on = Day(label="Since")
    reason = forms.CharField(
        label="By what",
        max_length=LONGEST,
        strip=True,
        widget=words(3),
        help_text="What was opened or changed, by whom, and how it came to light.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
