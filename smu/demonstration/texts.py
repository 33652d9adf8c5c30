"""The demonstration's prepared texts and facts: the product's starters, as its unit has approved them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from members.models import Member
from members.powers import Position
from moderation import library_writing, texts_writing
from moderation.models.library import LibraryFact
from moderation.models.texts import Wording
from smu.demonstration import read
from smu.demonstration.agency import bayside

LEFT_TO_APPROVE = 2  # so that the page has something to decide


def load_texts() -> int:
    """Bring the starters and approve them in the Commander's name, but the newest; none where texts stand already."""
    if Wording.objects.exists():
        return 0
    commander = Member.objects.filter(position=Position.COMMANDER, is_active=True).first()
    made = texts_writing.bring_starters(bayside(), by=None)
    if commander is None:
        return len(made)
    for wording in made[:-LEFT_TO_APPROVE]:
        texts_writing.approve(wording, bytes(wording.digest), by=commander)
    _review(made)
    return len(made)


def _review(made: list[Wording]) -> None:
    """Who reads Spanish among the members has read the Spanish ones; the Haitian Creole ones nobody has yet."""
    reader = Member.objects.filter(languages__contains=["es"], is_active=True).order_by("pk").first()
    for wording in made:
        if reader is not None and wording.language == "es":
            texts_writing.review(wording, by=reader)


def load_facts() -> int:
    """Some facts of the city, each with its source; one runs out soon, one has."""
    if LibraryFact.objects.exists():
        return 0
    supervisor = Member.objects.filter(position=Position.SUPERVISOR, is_active=True).first()
    writer = Member.objects.filter(position=Position.SPECIALIST, is_active=True).first()
    if supervisor is None or writer is None:
        return 0
    today = timezone.localdate()
    for row in read("facts"):
        fact = None
        for said in row["versions"]:
            days = said.get("days")
            version = library_writing.propose(
                fact,
                by=writer,
                topic=row["topic"],
                section=row["section"],
                valid_until=None if days is None else today + timedelta(days=days),
                **{name: said.get(name, "") for name in ("language", "question", "answer", "source", "keywords")},
            )
            fact = version.fact
            library_writing.review(version, bytes(version.digest), by=supervisor)
    return LibraryFact.objects.count()
