"""Forms of the terms: a draft with its clauses, a translation, its review, and what a member saw on a platform."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Terms, TermsCheck, TermsDraft, TermsText
from members.days import Day
from members.forms import Asked
from members.languages import NAMES

SPARE = 3  # empty clauses below those that are there


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"class": "form-control", "rows": rows})


class DraftForm(Asked):
    """The preamble, each clause with whether a hide may rest on it, and why the terms change."""

    preamble = forms.CharField(label="Before the clauses", required=False, max_length=10_000, widget=_area(9))
    reason = forms.CharField(
        label="Why the terms change",
        required=False,
        max_length=2000,
        widget=_area(2),
        help_text="For the unit and the trail; the public does not read it.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: TermsDraft, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self._of(draft))
        super().__init__(*args, **kwargs)
        self.count = len(draft.clauses) + SPARE
        for number in range(self.count):
            letter = chr(ord("a") + number)
            self.fields[f"clause_{number}"] = forms.CharField(
                label=f"Clause ({letter})", required=False, max_length=4000, widget=_area(3), strip=True
            )
            self.fields[f"grounds_{number}"] = forms.BooleanField(
                label="content that is not allowed: a hide may rest on it", required=False
            )

    @staticmethod
    def _of(draft: TermsDraft) -> dict[str, Any]:
        said: dict[str, Any] = {"preamble": draft.preamble, "reason": draft.reason, "revision": draft.revision}
        for number, one in enumerate(draft.clauses):
            said |= {f"clause_{number}": one["text"], f"grounds_{number}": one["grounds"]}
        return said

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each clause's text and its mark."""
        return [(self[f"clause_{number}"], self[f"grounds_{number}"]) for number in range(self.count)]

    def clauses(self) -> list[dict[str, Any]]:
        """As they were written; an emptied one falls away, and the letters move up."""
        said = self.cleaned_data
        return [{"text": said[f"clause_{n}"], "grounds": said[f"grounds_{n}"]} for n in range(self.count)]


class PublishForm(Asked):
    """From when it holds."""

    effective_from = Day(
        label="In force from the beginning of",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text="Left empty: at once.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class TextForm(Asked):
    """A version in another language, clause beside clause with the English text."""

    preamble = forms.CharField(label="Before the clauses", required=False, max_length=12_000, widget=_area(9))

    def __init__(self, *args: Any, terms: Terms, newest: TermsText | None, **kwargs: Any) -> None:
        self.english = list(terms.clauses.order_by("letter"))
        said = {"preamble": newest.preamble} | {f"clause_{k}": t for k, t in newest.clauses.items()} if newest else {}
        super().__init__(*args, initial=said, **kwargs)
        for one in self.english:
            self.fields[f"clause_{one.letter}"] = forms.CharField(
                label=f"Clause ({one.letter})", required=False, max_length=5000, widget=_area(3), help_text=one.text
            )

    def clauses(self) -> dict[str, str]:
        """By letter."""
        return {one.letter: self.cleaned_data[f"clause_{one.letter}"] for one in self.english}

    def boxes(self) -> list[forms.BoundField]:
        """The clauses' fields, in their order."""
        return [self[f"clause_{one.letter}"] for one in self.english]


class ReviewForm(Asked):
    """Who has read a translation against the English text."""

    reviewed_by = forms.CharField(
        label="Reviewed by",
        required=False,
        max_length=200,
        help_text="Name and office, as the public is to read it.",
    )
    reviewed_on = Day(label="On", initial=timezone.localdate, widget=forms.DateInput({"type": "date"}))


class LanguageForm(Asked):
    """Into which language."""

    language = forms.ChoiceField(
        label="Language",
        choices=[(code, name) for code, name in NAMES.items() if code != "en"],
    )


class SeenForm(Asked):
    """What a member saw on the platform, with a picture of it."""

    result = forms.ChoiceField(
        label="On the account the terms are",
        choices=TermsCheck.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you saw."},
    )
    picture = forms.FileField(
        label="Picture",
        error_messages={
            "required": "Choose a picture of what you saw: it is the proof.",
            "empty": "The file is empty.",
        },
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        help_text="A screenshot of the profile, PNG, JPEG or WebP, at most 8 MB. It is kept as it is.",
    )
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=_area(2))
