"""What is said while publishing: why everything is held, how a difference was settled, where a post can be seen."""

from __future__ import annotations

from django import forms

from content.forms import SaidForm


class PublishingForm(SaidForm):
    """As SaidForm, with the fields of these pages."""

    why = forms.CharField(required=False, max_length=2000, strip=True)
    note = forms.CharField(required=False, max_length=2000, strip=True)
