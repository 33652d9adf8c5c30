"""What is typed about pictures: what comes in, who has the rights, who is to be seen. A form reads; the verbs judge."""

from __future__ import annotations

from typing import Any

from django import forms

from content.media.keeping import keep_paper
from content.media.noting import NO_PAPER, Ground, Paper, Person
from content.models import Depicted, Rights
from members.days import Day
from members.drawn_forms import Files, SeveralFiles, Styled

TAKEN = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/gif,video/mp4,video/quicktime,.heic,.heif,.mov"
PAPERS = "application/pdf,image/png,image/jpeg,image/webp"


class RightsForm(Styled, forms.Form):
    """On what ground it may be published (2.B)."""

    basis = forms.ChoiceField(
        choices=Rights.Basis, label="It may be published because it is", widget=forms.RadioSelect, initial="own"
    )
    credit = forms.CharField(
        max_length=60, required=False, strip=True, label="Credit", help_text="Whose work it is, as it stands on it."
    )
    credit_in_text = forms.BooleanField(
        required=False, label="The picture must not be changed: the credit stands in the text of the post"
    )
    source = forms.CharField(
        max_length=500, required=False, strip=True, label="Source", help_text="Where it was had from, or taken."
    )
    expires_on = Day(required=False, label="Last day", help_text="After it, nothing with it goes out.")
    proof = forms.FileField(
        required=False,
        label="Licence or permission",
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        help_text="The document, as PDF or picture.",
    )
    note = forms.CharField(max_length=1000, required=False, strip=True, label="Note")

    def ground(self) -> Ground:
        """What was said, its document kept. Raises Invalid at the field `proof`."""
        given = self.cleaned_data
        names = ("basis", "credit", "source", "expires_on", "credit_in_text", "note")
        return Ground(**{name: given[name] for name in names}, proof=_paper(given["proof"], "proof"))


class AddAssetForm(RightsForm):
    """Pictures and videos as they come, with the rights in them."""

    given = Files(
        required=False,
        label="Pictures and videos",
        widget=SeveralFiles(attrs={"accept": TAKEN}),
        help_text="JPEG, PNG, WebP, HEIC or GIF up to 60 MB; MP4 or MOV up to ten minutes. They are kept as they are;"
        " what goes out is made of them, without place, camera or words in it.",
    )
    field_order = ["given"]


class PersonForm(Styled, forms.Form):
    """Somebody who is to be seen (2.D)."""

    kind = forms.ChoiceField(choices=Depicted.Kind, label="Who it is")
    name = forms.CharField(max_length=120, required=False, strip=True, label="Name")
    where = forms.CharField(
        max_length=200, required=False, strip=True, label="Where in the picture", help_text="“Left, red jacket”."
    )
    attire = forms.CharField(
        max_length=200, required=False, strip=True, label="What the member wears", help_text="Tab D"
    )
    blurred = forms.BooleanField(required=False, label="Must not be recognized: blurred in whatever goes out")
    consent = forms.FileField(
        required=False,
        label="Signed consent",
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        help_text="Of the person; of a juvenile, by a parent or guardian.",
    )

    def person(self) -> Person:
        """Who was noted, the consent kept. Raises Invalid at the field `consent`."""
        given = self.cleaned_data
        names = ("kind", "name", "where", "attire", "blurred")
        return Person(**{name: given[name] for name in names}, consent=_paper(given["consent"], "consent"))


def _paper(given: Any, field: str) -> Paper:
    return keep_paper(given, str(given.name or ""), field) if given else NO_PAPER
