"""Searching all comments, graded or not: nothing that the public writes falls out of sight (C.11)."""

from __future__ import annotations

from django.db.models import QuerySet

from members.languages import NAMES
from members.powers import Power
from moderation.models import Case, Comment, Level, SearchEntry
from moderation.record_search import Asking, choice


class CommentSearch(Asking):
    """What is asked of the list of all comments."""

    state = choice("State")
    level = choice("Level")
    language = choice("Language")
    field_order = ["words", "poster", "account", "state", "level", "language", "since", "until"]

    def choices(self) -> None:
        """Where the unit stands with it, what it was graded, what it is written in."""
        self._choices("state", [("", "Any"), *Case.State.choices])
        self._choices("level", [("", "Any"), *((str(level.value), f"{level.value} {level.label}") for level in Level)])
        self._choices("language", [("", "Any"), *NAMES.items()])

    def entries(self) -> QuerySet[SearchEntry]:
        """The search entries asked for, of what the member may see; none when the question makes no sense."""
        entries = SearchEntry.objects.all()
        if not (self.is_valid() and self.member.may(Power.READ_UNIT)):
            return entries.none()
        asked = self.cleaned_data
        entries = self.within(entries)
        if asked["state"] == Case.State.WAITING:  # what waits stands in the queue, which is narrow
            entries = entries.filter(comment__queue_entry__isnull=False)
        elif asked["state"]:
            entries = entries.filter(comment__case__state=asked["state"])
        if asked["level"]:
            entries = entries.filter(comment__case__level=asked["level"])
        for name in ("account", "language"):
            if asked[name]:
                entries = entries.filter(**{f"comment__{name}": asked[name]})
        return entries


def comments_with(keys: list[int]) -> list[Comment]:
    """The comments of these numbers in their order, with what a list says of each."""
    rows = Comment.objects.select_related("account", "poster", "case").defer("attachments").in_bulk(keys)
    return [rows[key] for key in keys]
