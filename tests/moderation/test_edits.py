"""What posters did to their comments after they came stands on the record (4.R)."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from moderation.edits import edits_of
from moderation.models import Comment, CommentVersion, RetainedRecord
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.R")]


def version(comment: Comment, number: int, change: str, text: str = "") -> None:
    digest = hashlib.sha256(text.encode()).digest()
    CommentVersion.objects.create(
        comment=comment, number=number, change=change, text=text, digest=digest, seen_at=timezone.now()
    )


def test_an_edit_is_told_word_by_word_and_a_removal_with_what_was_removed(make_comment: Callable[..., Comment]) -> None:
    comment = make_comment("I will burn the station down.")
    version(comment, 2, "edited", "I will paint the station.")
    version(comment, 3, "deleted")
    version(comment, 4, "restored", "I will paint the station.")
    edited, deleted, restored = edits_of(comment)
    assert [(part.kind, part.text) for part in edited.parts] == [
        ("", "I will "),
        ("del", "burn"),
        ("ins", "paint"),
        ("", " the station"),
        ("del", " down"),
        ("", "."),
    ]
    assert [(part.kind, part.text) for part in deleted.parts] == [("del", "I will paint the station.")]
    assert [(part.kind, part.text) for part in restored.parts] == [("", "I will paint the station.")]


def test_the_record_shows_them_marked_for_eyes_and_ears(
    make_comment: Callable[..., Comment], officer: Member, browser_of: Callable[[Member], Client]
) -> None:
    comment = make_comment("I will burn <b>it</b>.")
    grade(comment, 8, officer)
    version(comment, 2, "edited", "I will paint <b>it</b>.")
    record = RetainedRecord.objects.get()
    shown = browser_of(officer).get(reverse("record", args=[record.pk])).content.decode()
    assert "What the poster did to it" in shown
    assert "after the record was made" in " ".join(shown.split())
    assert '<del><span class="visually-hidden">taken out: </span>burn<' in shown
    assert '<ins><span class="visually-hidden">put in: </span>paint<' in shown
    assert "<b>it</b>" not in shown


def test_very_long_texts_are_not_compared_for_minutes(make_comment: Callable[..., Comment]) -> None:
    comment = make_comment("a b " * 20_000)
    version(comment, 2, "edited", "b a " * 20_000)
    began = time.monotonic()
    assert [part.kind for part in edits_of(comment)[0].parts] == ["del", "ins"]
    assert time.monotonic() - began < 1
