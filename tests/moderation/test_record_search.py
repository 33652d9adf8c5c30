"""Retained records are found by what people ask for, whatever they type, within two seconds (4.R)."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.platforms.contract import RemoteComment
from members.models import Member
from moderation import finding
from moderation.changes import Look, follow
from moderation.finding import TOO_LONG, newest
from moderation.models import Comment, RecordEntry, RetainedRecord
from moderation.search_terms import question
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.R")]


@pytest.fixture
def reader(browser_of: Callable[[Member], Client], officer: Member) -> Client:
    return browser_of(officer)


@pytest.fixture
def retain(make_comment: Callable[..., Comment], officer: Member) -> Callable[..., RetainedRecord]:
    def made(text: str, *, level: int = 8, by: Member | None = None, **fields: Any) -> RetainedRecord:
        comment = make_comment(text, **fields)
        grade(comment, level, by or officer)
        return RetainedRecord.objects.get(comment=comment)

    return made


def found(client: Client, **asked: Any) -> list[int]:
    answer = client.get(reverse("records"), asked)
    assert answer.status_code == 200, answer.content
    return [record.pk for record in answer.context["page"].rows]


def test_words_phrases_and_beginnings_find_what_they_say(reader: Client, retain: Callable[..., RetainedRecord]) -> None:
    near = retain("I will burn down your station")
    far = retain("Down with the station, let it burn")
    assert found(reader, words="burn down") == [far.pk, near.pk]
    assert found(reader, words='"burn down"') == found(reader, words="“burn down") == [near.pk]
    assert found(reader, words="stat* BURN") == [far.pk, near.pk]
    assert found(reader, words='"your stat"') == []
    assert found(reader, words="statio") == [], "a word is whole"


def test_a_poster_is_found_apart_from_who_is_spoken_of(reader: Client, retain: Callable[..., RetainedRecord]) -> None:
    by_him = retain("Watch out", author="Rex Márquez")
    of_him = retain("Rex Marquez, watch out", author="Ann")
    assert found(reader, words="marquez") == [of_him.pk, by_him.pk]
    assert found(reader, poster="marq*") == found(reader, poster='"rex marquez"') == [by_him.pk]
    assert found(reader, of=of_him.comment.poster_id) == [of_him.pk]


def test_level_clause_officer_account_and_period_narrow_the_search(
    reader: Client, retain: Callable[..., RetainedRecord], other_officer: Member
) -> None:
    threat = retain("I know where you park")
    vile = retain("I know your vile kind", level=7, by=other_officer, platform="facebook")
    assert found(reader, level=7) == found(reader, clause="b") == found(reader, by=other_officer.pk) == [vile.pk]
    assert found(reader, words="know", level=8) == [threat.pk]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert found(reader, words="know", since=tomorrow) == []


def test_words_that_came_with_an_edit_are_found_and_those_retained_too(
    reader: Client, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain("I know where you park")
    text = "Happy birthday, Grandma"
    item = RemoteComment(remote_id=record.comment.remote_id, text=text)
    look = Look(item, hashlib.sha256(text.encode()).digest(), timezone.now())
    assert follow(record.comment_id, look, lambda _: {}).changed
    assert found(reader, words="grandma") == found(reader, words="park") == [record.pk]


@pytest.mark.parametrize(
    "words",
    [
        "' & ! ( <->",
        "a:*A | !b",
        "'); DROP TABLE moderation_comment; --",
        "\\' || \\\\",
        '"unclosed (',
        "x' <-> 'y",
        "***",
        "word:* & !!",
        "<-> <-> <0>",
        "\u202e\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_no_text_is_a_command(reader: Client, retain: Callable[..., RetainedRecord], words: str) -> None:
    retain("Nothing of the kind")
    for field in ("words", "poster"):
        assert reader.get(reverse("records"), {field: words}).status_code in {200, 422}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("\x00", "Null characters"),
        ("word " * 10_000, "at most 500 characters"),
        (" ".join("abcdefghijklmnopqrstuvwxyz"), "at most 20 words"),
        ("a*", "at least 2 letters"),
        ("!!! ---", "letters or figures"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(reader: Client, words: str, says: str) -> None:
    answer = reader.get(reverse("records"), {"words": words})
    assert answer.status_code == 422
    assert says in answer.content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), of_author=st.booleans())
def test_whatever_is_typed_is_a_question_or_a_sentence(text: str, of_author: bool) -> None:
    from django.core.exceptions import ValidationError

    try:
        asked = question(text.replace("\x00", "").encode(errors="ignore").decode(), of_author=of_author)
    except ValidationError:
        return
    if asked is not None:
        list(RecordEntry.objects.filter(vector=asked)[:1])


def test_the_same_rows_come_as_a_full_scan_gives_by_either_way(
    retain: Callable[..., RetainedRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(7)
    words = ["park", "burn", "station", "know", "vile"]
    for _ in range(30):
        retain(" ".join(dice.choices(words, weights=[9, 5, 3, 2, 1], k=4)))
    for asked in [*words, "park burn", '"park burn"', "sta*", "nobody"]:
        query = question(asked)
        rows = RecordEntry.objects.filter(vector=query)
        scanned = _scanned(query)
        for many in (True, False):
            monkeypatch.setattr(finding, "_many", lambda rows, size, many=many: many)
            keys, after = [], ""
            while True:
                page = newest(rows, narrowed=True, after=after, size=7)
                keys += page.keys
                if not (after := page.older):
                    break
            assert keys == scanned, asked


def _scanned(query: SearchQuery | None) -> list[int]:
    sql, params = (
        RecordEntry.objects.filter(vector=query).order_by("-at", "-pk").values_list("pk").query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(sql, params)
        return [key for (key,) in cursor.fetchall()]


def test_more_matches_than_are_put_in_order_are_announced(
    reader: Client, retain: Callable[..., RetainedRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        retain(f"Threat number {n}")
    monkeypatch.setattr(finding, "CAP", 3)
    answer = reader.get(reverse("records"), {"words": "threat"})
    assert "More than 3 match" in answer.content.decode()
    assert answer.context["page"].found.capped


def test_a_search_that_takes_too_long_is_stopped_and_says_so(
    reader: Client, retain: Callable[..., RetainedRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    retain("Threat")
    monkeypatch.setattr(finding, "_by_matches", lambda rows, size, seconds: _sleep())
    answer = reader.get(reverse("records"), {"words": "threat"})
    assert answer.status_code == 200
    assert TOO_LONG in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",), "the page after it is not stopped"


def _sleep() -> None:
    with finding._within(0.05) as cursor:
        cursor.execute("SELECT pg_sleep(30)")
