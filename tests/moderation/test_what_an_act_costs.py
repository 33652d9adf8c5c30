"""What an officer's act asks of the database: read whole in one statement, nothing fetched that is not there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation.glance import Glance, glance
from moderation.models import Avatar, Comment, Level
from moderation.models.grades import GradingLevel
from moderation.whole import read_whole

pytestmark = pytest.mark.django_db
NOTHING = {"answers", "earlier", "breaches", "notices", "referrals", "came_back"}


@pytest.mark.parametrize("platform", ["facebook", "instagram", "x", "youtube"])
def test_read_whole_is_what_the_tables_hold(
    make_comment: Callable[..., Comment], platform: str, django_assert_num_queries: Any
) -> None:
    made = make_comment("Whole?", platform=platform, attachments=[{"kind": "photo", "url": "https://x.example/1"}])
    Avatar.objects.create(poster_id=made.poster_id, source="https://cdn.example/1.png", next_at=timezone.now())
    with django_assert_num_queries(1):
        found = read_whole(made.pk)
        assert found is not None
        parts = [found, found.account, found.case, found.post, found.poster, found.poster and found.poster.avatar]
    for part in parts:
        if part is not None:
            stored = type(part).objects.get(pk=part.pk)
            for column in part._meta.concrete_fields:
                assert getattr(part, column.attname) == getattr(stored, column.attname), column
    assert found.case.comment is found


def test_whom_nobody_knows_and_what_is_not_there(make_comment: Callable[..., Comment]) -> None:
    found = read_whole(make_comment("By nobody", author=None).pk)
    assert found is not None
    assert (found.poster, read_whole(0)) == (None, None)


def test_a_glance_sees_what_there_is(make_comment: Callable[..., Comment]) -> None:
    first = make_comment("One.", author="Ines")
    assert not any(value for name, value in vars(glance(first)).items() if name in NOTHING)
    seen: Glance = glance(make_comment("Again.", author="Ines"))
    assert (seen.earlier, seen.breaches, seen.notices, seen.referrals) == (True, False, False, False)
    assert not glance(make_comment("Somebody else's.", author="Ana")).earlier


@pytest.mark.sop("4.0")
def test_the_levels_in_force_are_asked_for_each_time_and_their_rows_once(
    grading_system: Any, django_assert_num_queries: Any
) -> None:
    GradingLevel.objects.in_force(Level.NEUTRAL)
    with django_assert_num_queries(1):
        row = GradingLevel.objects.in_force(Level.POSITIVE)
    assert row is not None
    assert row.system == grading_system
    before = grading_system.effective_from - timedelta(days=1)
    assert row.system.effective_from > before


def test_a_grade_and_the_next_comment_take_few_statements(
    browser_of: Callable[..., Client],
    officer: Any,
    make_comment: Callable[..., Comment],
    django_assert_max_num_queries: Any,
) -> None:
    first, _ = make_comment("one", author="Ines"), make_comment("two", author="Ana")
    browser = browser_of(officer)
    form = {"key": str(uuid.uuid4()), "version": 1, "level": 2}
    with django_assert_max_num_queries(24):
        answer = browser.post(reverse("grade", args=[first.pk]), form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
