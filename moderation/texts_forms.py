"""What is asked about prepared texts and facts. A form reads; `texts_writing` and `library_writing` judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from content.words.folding import fold
from members.days import Day
from members.forms import Asked
from members.languages import NAMES
from members.models.agency import agency
from moderation.library_writing import LONGEST
from moderation.models.library import FactVersion, FactVersionQuerySet, LibraryFact, config_of
from moderation.models.texts import Purpose, Wording, WordingQuerySet


def _languages() -> list[tuple[str, str]]:
    """The agency's first, then the others."""
    return [(code, NAMES[code]) for code in dict.fromkeys(["en", *agency().languages, *NAMES]) if code in NAMES]


class WordingForm(Asked):
    """A new wording."""

    purpose = forms.ChoiceField(label="For", choices=[("", "Choose"), *Purpose.choices])
    language = forms.ChoiceField(label="Language")
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 4, "class": "form-control", "dir": "auto"}),
        help_text="Fields: {first_name}, {emergency}, {non_emergency}; a notice names {clause}, {reference} and"
        " {address}. At most 250 characters where X takes it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices("language", _languages())


class ReasonWhy(Asked):
    """Why something is withdrawn."""

    why = forms.CharField(label="Why it is withdrawn", required=False, max_length=1000)


class ReaderForm(Asked):
    """Who has read a text in its language: left empty, oneself."""

    name = forms.CharField(
        label="Read by",
        required=False,
        max_length=250,
        help_text="Name and office. Left empty: you, if you read the language.",
    )


class WordingSearch(forms.Form):
    """Which wordings; everything may stay empty."""

    STANDING = [("", "In use and drafts"), ("approved", "In use"), ("draft", "Drafts"), ("withdrawn", "Withdrawn")]
    purpose = forms.ChoiceField(label="For", required=False, choices=[("", "Everything"), *Purpose.choices])
    language = forms.ChoiceField(label="Language", required=False)
    standing = forms.ChoiceField(label="Standing", required=False, choices=STANDING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label="Language", required=False, choices=[("", "Every language"), *_languages()]
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def wordings(self) -> WordingQuerySet:
        """Those asked for; none when the question makes no sense."""
        rows = Wording.objects.select_related("written_by", "approval__by", "review", "withdrawal")
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        for name in ("purpose", "language"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        standing = asked["standing"]
        if standing == "withdrawn":
            return rows.filter(withdrawal__isnull=False)
        rows = rows.filter(withdrawal__isnull=True)
        return rows.filter(approval__isnull=standing == "draft") if standing else rows


class FactForm(Asked):
    """A question with its answer, source and last day; of a new fact also its topic and section."""

    topic = forms.CharField(label="Topic", required=False, max_length=LONGEST["topic"], help_text="One word: “hiring”.")
    section = forms.CharField(
        label="Section that knows",
        required=False,
        max_length=LONGEST["section"],
        help_text="It is asked when the fact runs out.",
    )
    language = forms.ChoiceField(label="Language")
    question = forms.CharField(
        label="Question", required=False, max_length=LONGEST["question"], help_text="As the public asks it."
    )
    answer = forms.CharField(
        label="Answer",
        required=False,
        max_length=LONGEST["answer"],
        widget=forms.Textarea({"rows": 4, "class": "form-control", "dir": "auto"}),
        help_text="As it goes out, with the source behind it in brackets.",
    )
    source = forms.CharField(
        label="Source", required=False, max_length=LONGEST["source"], help_text="A link, or a document’s name."
    )
    keywords = forms.CharField(
        label="Other words for it",
        required=False,
        max_length=LONGEST["keywords"],
        help_text="What the public writes when it means this: it is found by them.",
    )
    valid_until = Day(
        label="Holds until the end of",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text="Left empty: until somebody says otherwise.",
    )

    def __init__(self, *args: Any, fact: LibraryFact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices("language", _languages())
        if fact is not None:
            del self.fields["topic"], self.fields["section"]


class FactSearch(forms.Form):
    """Which facts; everything may stay empty."""

    STANDING = [
        ("", "What holds"),
        ("proposed", "Proposed"),
        ("expiring", "Running out, or run out"),
        ("earlier", "Every version"),
    ]
    words = forms.CharField(label="Words", required=False, max_length=200)
    topic = forms.CharField(label="Topic", required=False, max_length=80)
    language = forms.ChoiceField(label="Language", required=False)
    standing = forms.ChoiceField(label="Standing", required=False, choices=STANDING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label="Language", required=False, choices=[("", "Every language"), *_languages()]
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def versions(self) -> FactVersionQuerySet:
        """Those asked for; none when the question makes no sense."""
        rows = FactVersion.objects.select_related("fact", "by", "review__by", "withdrawal")
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        standing = asked["standing"]
        if standing == "proposed":
            rows = rows.proposed()
        elif standing == "expiring":
            rows = rows.expiring()
        elif not standing:
            rows = rows.current()
        if asked["topic"]:
            rows = rows.filter(fact__topic__iexact=asked["topic"].strip())
        if asked["language"]:
            rows = rows.filter(language=asked["language"])
        return rows.filter(self._words(asked["words"])) if asked["words"] else rows

    def _words(self, words: str) -> Q:
        """Each language's rows by its own stems."""
        found = Q()
        for code in NAMES:
            found |= Q(language=code, vector=SearchQuery(fold(words), config=config_of(code), search_type="websearch"))
        return found
