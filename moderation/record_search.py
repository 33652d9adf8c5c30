"""Searching retained records: by words, account, clause, who, and time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib.postgres.search import SearchQuery

from accounts.models import Account
from members.days import Day, midnight
from members.models import Member
from moderation.folding import fold
from moderation.models import RetainedRecord
from moderation.models.records import RecordQuerySet

LETTERS = "abcdef"  # the clauses that a hide may rest on (4.TOU)


class RecordSearch(forms.Form):
    """What is asked; everything may stay empty."""

    words = forms.CharField(label="Words or poster", required=False, max_length=200)
    account = forms.ChoiceField(label="Account", required=False)
    clause = forms.ChoiceField(label="Clause", required=False)
    by = forms.ChoiceField(label="Hidden by", required=False)
    since = Day(label="From", required=False)
    until = Day(label="To", required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        accounts = [(str(one.pk), str(one)) for one in Account.objects.visible_to(member)]
        members = [(str(one.pk), one.name) for one in Member.objects.all()]
        self._choices("account", [("", "Every account"), *accounts])
        self._choices("clause", [("", "Any"), *((letter, f"({letter})") for letter in LETTERS)])
        self._choices("by", [("", "Anybody"), *members])
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def records(self) -> RecordQuerySet:
        """The records asked for, of those that the member may see; none when the question makes no sense."""
        records = RetainedRecord.objects.all().visible_to(self.member)
        if not self.is_valid():
            return records.none()
        asked = self.cleaned_data
        if asked["words"]:
            query = SearchQuery(fold(asked["words"]), config="simple", search_type="websearch")
            records = records.filter(comment__search_entry__vector=query)
        if asked["account"]:
            records = records.filter(comment__account=asked["account"])
        if asked["clause"]:
            records = records.filter(clause__letter=asked["clause"])
        if asked["by"]:
            records = records.filter(by=asked["by"])
        if asked["since"]:
            records = records.filter(made_at__gte=midnight(asked["since"]))
        if asked["until"]:
            records = records.filter(made_at__lt=midnight(asked["until"] + timedelta(days=1)))
        return records
