"""What is typed about content. A form reads; the verbs judge."""

from __future__ import annotations

from django import forms

from members.states import Invalid


def number_of(given: str | None, *, digits: int = 9) -> int | None:
    """The whole number that came with a page; None where it is none, or one that no page of ours sends."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) <= digits else None


class ChangeForm(forms.Form):
    """A new text for a post of ours, or its end."""

    text = forms.CharField(
        required=False, max_length=63_206, strip=True, widget=forms.Textarea(attrs={"rows": 6, "class": "form-control"})
    )
    why = forms.CharField(
        required=False,
        max_length=2000,
        strip=True,
        label="Why",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class SaidForm(forms.Form):
    """What is said with an act: why, how it was settled, or where what was done by hand can be seen."""

    reason = forms.CharField(required=False, max_length=2000, strip=True)
    proof = forms.CharField(required=False, max_length=2000, strip=True)
    why = forms.CharField(required=False, max_length=2000, strip=True)
    note = forms.CharField(required=False, max_length=2000, strip=True)

    def said(self, name: str) -> str:
        """The text. Raises Invalid: too long, or with characters that nobody can type."""
        if not self.is_valid():
            raise Invalid("This cannot be kept: it is longer than 2,000 characters, or holds odd ones.", name)
        return str(self.cleaned_data[name])
