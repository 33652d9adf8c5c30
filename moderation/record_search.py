"""Searching retained records: by words, poster, account, clause, level, who, and time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar, cast

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Account
from members.days import Day, midnight
from members.models import Member
from moderation.models import Level, RecordEntry
from moderation.models.search import RecordEntryQuerySet
from moderation.search_terms import LONGEST, question

LETTERS = "abcdef"  # the clauses that a hide may rest on (4.TOU)
RETAINED = (Level.OFFENSIVE, Level.THREATENING)
HOW = 'Words, "phrases", beginnings*'


Entries = TypeVar("Entries", bound="QuerySet[Any]")


class Drawn:
    """An input drawn in one go: Django's takes three templates for it."""

    def render(
        self: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The same HTML as Django's."""
        said = {"type": self.input_type, "name": name, "value": self.format_value(value)}
        return format_html("<input{}>", flatatt(said | self.build_attrs(self.attrs, attrs)))


class Line(Drawn, forms.TextInput):
    """A line to write in."""


class DayInput(Drawn, forms.DateInput):
    """A day."""


class Unseen(Drawn, forms.HiddenInput):
    """What the address carries on."""


class Menu(forms.Select):
    """A select drawn in one go: Django's draws each option by a template of its own, a third of the page's time."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The same HTML as Django's of plain choices."""
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) in chosen else "", word)
                for key, word in cast("list[tuple[str, str]]", self.choices)
            ),
        )
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})})), options
        )


def choice(label: str) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, required=False, widget=Menu)


class Asking(forms.Form):
    """What is asked of a list by words, poster, account and period; everything may stay empty."""

    words = forms.CharField(label="Words", required=False, max_length=LONGEST, widget=Line)
    poster = forms.CharField(label="Poster", required=False, max_length=200, widget=Line)
    account = choice("Account")
    since = Day(label="From", required=False, widget=DayInput(attrs={"type": "date"}))
    until = Day(label="To", required=False, widget=DayInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.accounts = {one.pk: one for one in Account.objects.menu(member)}
        choices = [(str(number), str(one)) for number, one in self.accounts.items()]
        self._choices("account", [("", "Every account"), *choices])
        self.choices()
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.fields["words"].widget.attrs["placeholder"] = HOW

    @property
    def as_it_comes(self) -> tuple[object, ...] | None:
        """What the form is drawn by where nothing is asked: what there is to choose from. None where something is."""
        if any(self.data.get(name) for name in self.fields):
            return None
        menus = [field.choices for field in self.fields.values() if isinstance(field, forms.ChoiceField)]
        return type(self), *(word for menu in menus for word in cast("list[tuple[str, str]]", menu))

    def choices(self) -> None:
        """Fill what else there is to choose from."""

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_words(self) -> SearchQuery | None:
        """The words as a question to the stored ones."""
        return question(self.cleaned_data["words"])

    def clean_poster(self) -> SearchQuery | None:
        """The same, of the author's name and handle alone."""
        return question(self.cleaned_data["poster"], of_author=True)

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return self.is_valid() and any(value not in (None, "") for value in self.cleaned_data.values())

    def within(self, rows: Entries) -> Entries:
        """Those of `rows` that the words, the poster's words and the period ask for."""
        asked = self.cleaned_data
        for query in (asked["words"], asked["poster"]):
            if query is not None:
                rows = rows.filter(vector=query)
        if asked["since"]:
            rows = rows.filter(at__gte=midnight(asked["since"]))
        if asked["until"]:
            rows = rows.filter(at__lt=midnight(asked["until"] + timedelta(days=1)))
        return rows


class RecordSearch(Asking):
    """What is asked of the retained records."""

    clause = choice("Clause")
    level = choice("Level")
    by = choice("Hidden by")
    of = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=Unseen)  # a poster, by number
    field_order = ["words", "poster", "account", "clause", "level", "by", "since", "until"]

    def choices(self) -> None:
        """The clauses, the levels that are retained, and everybody who may have hidden something."""
        self._choices("clause", [("", "Any"), *((letter, f"({letter})") for letter in LETTERS)])
        self._choices(
            "level", [("", "Any"), *((str(level.value), f"{level.value} {level.label}") for level in RETAINED)]
        )
        self.members = Member.objects.names()
        self._choices("by", [("", "Anybody"), *((str(number), name) for number, name in self.members.items())])

    def entries(self) -> RecordEntryQuerySet:
        """The entries asked for, of those that the member may see; none when the question makes no sense."""
        entries: RecordEntryQuerySet = RecordEntry.objects.all().visible_to(self.member)
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        entries = self.within(entries)
        if asked["of"]:
            entries = entries.filter(poster=asked["of"])
        for name in ("account", "clause", "level", "by"):
            if asked[name]:
                entries = entries.filter(**{name: asked[name]})
        return entries
