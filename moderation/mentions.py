"""Members named in a note on a comment: each is told once, with a link to it (F.VD)."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from moderation.models import Mention, Note


def tell_named(note: Note, named: Iterable[Member], *, by: Member) -> None:
    """Keep who is named in `note` and tell each, but for `by`. Call it in the note's transaction."""
    told = [member for member in named if member != by]
    Mention.objects.bulk_create(Mention(note=note, member=member) for member in told)
    path = reverse("comment", args=[note.comment_id])
    tell(told, Kind.MENTIONS, f"{by.name} named you in a note on a comment.", path)
