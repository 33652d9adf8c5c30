"""Searching the trail: by person, verb, subject, time, and what one click did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import connection
from django.urls import NoReverseMatch, reverse

from members.days import Day, midnight
from members.models import Member, TrailEntry, Unsealed
from members.models.trail import TrailQuerySet

# Walks the index over verbs from one to the next: the table may hold millions, of some twenty verbs.
_VERBS = """
WITH RECURSIVE used AS (
    (SELECT verb FROM members_trailentry ORDER BY verb LIMIT 1)
    UNION ALL
    SELECT (SELECT verb FROM members_trailentry WHERE verb > used.verb ORDER BY verb LIMIT 1)
    FROM used WHERE used.verb IS NOT NULL
)
SELECT verb FROM used WHERE verb IS NOT NULL
"""

SYSTEM = "system"  # in place of a member's number in the address: what nobody did by hand


def verbs_used() -> list[str]:
    """The verbs that stand on the trail, in the order of the alphabet."""
    with connection.cursor() as cursor:
        cursor.execute(_VERBS)
        return [verb for (verb,) in cursor.fetchall()]


class TrailSearch(forms.Form):
    """What is asked of the trail; everything may stay empty, and rubbish in the address is said, not obeyed."""

    by = forms.ChoiceField(label="Who", required=False)
    verb = forms.ChoiceField(label="Did what", required=False)
    subject = forms.ChoiceField(label="To what", required=False)
    number = forms.IntegerField(label="Number", required=False, min_value=0, max_value=2**63 - 1)
    since = Day(label="From", required=False)
    until = Day(label="To", required=False)
    act = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = [(str(one.pk), one.name) for one in Member.objects.all()]
        self._choices("by", [("", "Everybody"), (SYSTEM, "The system"), *members])
        self._choices("verb", [("", "Anything"), *((verb, verb.replace("_", " ")) for verb in verbs_used())])
        self._choices("subject", [("", "Anything"), *((word, word) for word in settings.SUBJECTS)])
        self.member = member
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def entries(self) -> TrailQuerySet:
        """The entries asked for, of those that the member may see; none when the question makes no sense."""
        entries = TrailEntry.objects.all().visible_to(self.member)
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["by"]:
            entries = entries.filter(by=None if asked["by"] == SYSTEM else int(asked["by"]))
        if asked["verb"]:
            entries = entries.filter(verb=asked["verb"])
        if asked["subject"]:
            entries = entries.filter(subject_type__in=settings.SUBJECTS[asked["subject"]][1])
        if asked["number"] is not None:
            entries = entries.filter(subject_id=str(asked["number"]))
        if asked["since"]:
            entries = entries.filter(at__gte=midnight(asked["since"]))
        if asked["until"]:
            entries = entries.filter(at__lt=midnight(asked["until"] + timedelta(days=1)))
        if asked["act"]:
            entries = entries.filter(act=asked["act"])
        return entries


@dataclass(frozen=True)
class Shown:
    """An entry as a page shows it."""

    entry: TrailEntry
    sealed: bool
    name: str = ""  # of the member that it was done to

    @property
    def who(self) -> str:
        """Who did it."""
        return self.entry.by.name if self.entry.by else "The system"

    @property
    def subject(self) -> str:
        """What it was done to, in a word and its number."""
        return self.name or f"{word_for(self.entry.subject_type)} {self.entry.subject_id}".strip()

    @property
    def address(self) -> str:
        """The subject's page; empty where it has none."""
        return address_of(self.entry.subject_type, self.entry.subject_id)

    @property
    def decision(self) -> str:
        """The row that decided it, in a word and its number."""
        if not self.entry.decision_type:
            return ""
        return f"{word_for(self.entry.decision_type)} {self.entry.decision_id}"

    @property
    def act(self) -> UUID:
        """What the same click did bears the same."""
        return self.entry.act


def shown(entries: list[TrailEntry]) -> list[Shown]:
    """The entries with their seals' standing: not sealed yet, or sealed."""
    waiting = set(
        Unsealed.objects.filter(ledger=TrailEntry.ledger, row__in=[entry.pk for entry in entries]).values_list(
            "row", flat=True
        )
    )
    people = {entry.pk: entry.subject_id for entry in entries if entry.subject_type == Member._meta.label_lower}
    found = Member.objects.filter(pk__in=[int(key) for key in people.values() if key])
    names = {str(key): name for key, name in found.values_list("pk", "name")}
    return [Shown(entry, entry.pk not in waiting, names.get(people.get(entry.pk, ""), "")) for entry in entries]


def word_for(subject_type: str) -> str:
    """What a person calls it: `comment` for moderation.case; the model's own name where nobody said."""
    for word, (_, types) in settings.SUBJECTS.items():
        if subject_type in types:
            return word
    return subject_type.rpartition(".")[2]


def address_of(subject_type: str, subject_id: str) -> str:
    """The page of a subject; empty where there is none."""
    for page, types in settings.SUBJECTS.values():
        if subject_type in types and page:
            try:
                return reverse(page, args=[subject_id])
            except NoReverseMatch:
                return ""
    return ""
