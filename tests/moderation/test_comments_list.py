"""All comments: nothing that the public writes falls out of sight (C.11)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import LogEntry, Member
from moderation.finding import SIZE
from moderation.models import Comment
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11")]


@pytest.fixture
def reader(browser_of: Callable[[Member], Client], officer: Member) -> Client:
    return browser_of(officer)


def shown(client: Client, **asked: Any) -> list[int]:
    answer = client.get(reverse("all_comments"), asked)
    assert answer.status_code == 200
    return [comment.pk for comment in answer.context["page"].rows]


def test_every_comment_is_there_in_whatever_state_it_stands(
    reader: Client, officer: Member, make_comment: Callable[..., Comment]
) -> None:
    left_standing = make_comment("You are useless.")
    grade(left_standing, 6, officer)
    hidden = make_comment("Vile words")
    grade(hidden, 7, officer, words="Vile")
    every = {
        make_comment("Waits").pk,
        make_comment("Old", waiting=False).pk,
        make_comment("Ours", ours=True).pk,
        left_standing.pk,
        hidden.pk,
    }
    assert set(shown(reader)) == every
    assert shown(reader, state="addressed") == [left_standing.pk]
    assert shown(reader, level=7) == [hidden.pk]
    assert len(shown(reader, state="waiting")) == len(shown(reader, state="archived")) == 1


def test_they_are_found_by_words_poster_account_language_and_period(
    reader: Client, make_comment: Callable[..., Comment]
) -> None:
    now = timezone.now()
    one = make_comment("¿Dónde está la comisaría?", author="José Marrero", language="es", platform="x")
    other = make_comment("Jose, look at the station", author="Ann", posted_at=now - timedelta(days=40))
    assert set(shown(reader, words="jose")) == {one.pk, other.pk}
    assert shown(reader, poster="jose") == [one.pk], "who wrote it, not who is spoken of"
    assert shown(reader, words='"donde esta"') == shown(reader, words="comis*") == [one.pk]
    assert shown(reader, words='"esta donde"') == []
    assert shown(reader, language="es") == shown(reader, account=one.account_id) == [one.pk]
    before = (now - timedelta(days=39)).date().isoformat()
    assert shown(reader, until=before) == [other.pk]
    assert shown(reader, since=before) == [one.pk]


def test_older_pages_follow_without_a_gap_or_a_repetition(reader: Client, make_comment: Callable[..., Comment]) -> None:
    at = timezone.now() - timedelta(hours=1)
    made = [make_comment(f"Number {n}", posted_at=at).pk for n in range(SIZE + 3)]  # all of one moment
    first = reader.get(reverse("all_comments"))
    second = reader.get(reverse("all_comments"), {"after": first.context["page"].next})
    seen = [comment.pk for answer in (first, second) for comment in answer.context["page"].rows]
    assert seen == made[::-1]
    assert second.context["page"].next == ""


def test_the_list_comes_as_a_file_without_formulas_and_its_making_is_logged(
    reader: Client, officer: Member, make_comment: Callable[..., Comment]
) -> None:
    make_comment("=cmd|' /C calc'!A0", author="@evil")
    answer = reader.get(reverse("all_comments"), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["text"][0], row["poster"][0], row["state"]) == ("'", "'", "waiting")
    assert LogEntry.objects.filter(by=officer, verb="export", subject_type="moderation.comment").exists()


@pytest.mark.parametrize("asked", [{"state": "x"}, {"level": "9"}, {"language": "xx"}, {"account": "1; DROP"}])
def test_a_question_that_makes_no_sense_shows_nothing_and_says_so(
    reader: Client, make_comment: Callable[..., Comment], asked: dict[str, str]
) -> None:
    make_comment()
    answer = reader.get(reverse("all_comments"), asked)
    assert (answer.status_code, answer.context["page"].rows) == (422, [])


def test_an_empty_list_says_what_to_do(reader: Client, make_comment: Callable[..., Comment]) -> None:
    make_comment("Here")
    assert "put * behind a beginning" in reader.get(reverse("all_comments"), {"words": "elsewhere"}).content.decode()
