"""Searching the trail and the log of reads: by person, verb, subject, time, and what one click did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import connection, models
from django.urls import NoReverseMatch, reverse

from members.days import Day, midnight
from members.models import LogEntry, Member, TrailEntry, Unsealed
from members.models.trail import READS, Entry

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


class Search(forms.Form):
    """What is asked of a ledger; everything may stay empty, and rubbish in the address is said, not obeyed."""

    model: ClassVar[type[Entry]]
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
        self._choices("verb", [("", "Anything"), *((verb, verb.replace("_", " ")) for verb in self.verbs())])
        self._choices("subject", [("", "Anything"), *((word, word) for word in settings.SUBJECTS)])
        self.member = member
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind

    def verbs(self) -> Iterable[str]:
        """The verbs to choose from."""
        raise NotImplementedError

    def visible(self) -> models.QuerySet[Any]:
        """What the member may see of it."""
        raise NotImplementedError

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def entries(self) -> models.QuerySet[Any]:
        """The entries asked for, of those that the member may see; none when the question makes no sense."""
        entries = self.visible()
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


class TrailSearch(Search):
    """What is asked of the trail."""

    model = TrailEntry

    def verbs(self) -> Iterable[str]:
        """Those that stand on it."""
        return verbs_used()

    def visible(self) -> models.QuerySet[Any]:
        """The whole unit's by position, else one's own."""
        return TrailEntry.objects.all().visible_to(self.member)


class ReadsSearch(Search):
    """What is asked of the log of reads (F.I)."""

    model = LogEntry

    def verbs(self) -> Iterable[str]:
        """Looking, verifying, taking out."""
        return READS

    def visible(self) -> models.QuerySet[Any]:
        """The whole unit's by position, else one's own."""
        return LogEntry.objects.all().reads().visible_to(self.member)


SEARCHES: dict[str, type[Search]] = {search.model.ledger: search for search in (TrailSearch, ReadsSearch)}


@dataclass(frozen=True)
class Shown:
    """An entry as a page shows it."""

    entry: Any
    sealed: bool
    name: str = ""  # of the member that it was done to

    @property
    def who(self) -> str:
        """Who did it."""
        return str(self.entry.by.name) if self.entry.by else "The system"

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
        decided_by = getattr(self.entry, "decision_type", "")  # the log has none
        return f"{word_for(decided_by)} {self.entry.decision_id}" if decided_by else ""

    @property
    def act(self) -> UUID:
        """What the same click did bears the same."""
        return cast("UUID", self.entry.act)

    @property
    def page(self) -> str:
        """The entry's own page, with its proof."""
        return reverse("trail_entry" if self.entry.ledger == TrailEntry.ledger else "read_entry", args=[self.entry.pk])


def shown(entries: Sequence[Entry]) -> list[Shown]:
    """The entries of one ledger with their seals' standing: not sealed yet, or sealed."""
    ledger = entries[0].ledger if entries else ""
    waiting = set(
        Unsealed.objects.filter(ledger=ledger, row__in=[entry.pk for entry in entries]).values_list("row", flat=True)
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
        if subject_type in types and page and subject_id:
            try:
                return reverse(page, args=[subject_id])
            except NoReverseMatch:
                return ""
    return ""
