"""Who reads which language (ruling 17): comments are offered first to members who read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from members.languages import NAMES
from members.models import Member
from members.models.agency import agency
from moderation.models import Comment
from moderation.models.queue import QueueQuerySet


def reads(member: Member, language: str) -> bool:
    """Whether `member` reads `language`: he says so, it is the agency's first, or nobody knows what it is."""
    return language in member.languages or language not in NAMES or language == _first()


def readers_of(language: str, but: Member) -> list[Member]:
    """Who else of the unit reads `language`, by name."""
    return list(Member.objects.serving().of_the_unit().filter(languages__contains=[language]).exclude(pk=but.pk))


def kept_for_readers(entries: QueueQuerySet, member: Member, unit: Sequence[Member] = ()) -> int:
    """How many of `entries` wait for members who read them, and are not yet offered to `member`.

    `unit`: all who serve, where they were read already.
    """
    read = {language for one in unit or Member.objects.unit_now() for language in one.languages}
    kept = read - {*member.languages}
    kept -= {_first()} if kept else set()
    if not kept:
        return 0
    since = timezone.now() - timedelta(minutes=settings.LANGUAGE_MINUTES)
    return entries.filter(language__in=kept, at__gte=since, urgency__gt=0, held_by__isnull=True).count()


def who_reads(comment: Comment, member: Member) -> str:
    """For the desk, a sentence to a member who does not read the comment's language; empty to one who does."""
    if reads(member, comment.language):
        return ""
    names = [one.name for one in readers_of(comment.language, member)]
    name = NAMES[comment.language]
    said = f"You have not said that you read {name}."
    if not names:
        return f"{said} Nobody of the unit has."
    verb = "does" if len(names) == 1 else "do"
    return f"{said} {' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)} {verb}."


def _first() -> str:
    languages = agency().languages
    return languages[0] if languages else ""
