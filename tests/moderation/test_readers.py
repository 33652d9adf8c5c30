"""Auditor, legal adviser and records custodian read everything of S.O.P. 4 and write nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Member
from members.states import Refused
from moderation.models import QueueEntry
from tests.moderation.acts import case_of, decision

Browser = Callable[[Member], Client]
READERS = ["auditor", "legal_adviser", "custodian"]


@pytest.fixture(params=READERS)
def reader(request: Any) -> Member:
    return request.getfixturevalue(request.param)


@pytest.mark.sop("F.I")
def test_a_reader_opens_a_comment_without_taking_it(comment: Any, reader: Member, browser_of: Browser) -> None:
    page = browser_of(reader).get(reverse("queue"), {"open": comment.pk}).content.decode()
    assert comment.text in page
    assert "Take it" not in page
    assert reverse("claim", args=[comment.pk]) not in page
    assert reverse("grade", args=[comment.pk]) not in page
    assert reverse("note", args=[comment.pk]) not in page
    assert QueueEntry.objects.get(pk=comment.pk).holder is None


@pytest.mark.sop("F.VD")
def test_a_member_takes_what_a_reader_may_not(
    comment: Any, reader: Member, officer: Member, browser_of: Browser
) -> None:
    address = reverse("claim", args=[comment.pk])
    refused = browser_of(reader).post(address)
    assert refused.status_code == 403
    assert "Only a member of the unit grades and answers comments" in refused.content.decode()
    assert browser_of(officer).post(address).status_code == 302
    assert QueueEntry.objects.get(pk=comment.pk).holder == officer


def test_a_reader_neither_grades_nor_notes_nor_takes_the_next(comment: Any, reader: Member) -> None:
    with pytest.raises(Refused):
        case_of(comment).grade_as(decision(comment, 1), by=reader)
    with pytest.raises(Refused):
        case_of(comment).grade_as(decision(comment, 8), by=reader)
    with pytest.raises(Refused):
        case_of(comment).note("Seen.", by=reader)
    with pytest.raises(Refused):
        QueueEntry.claim_next(by=reader)
    assert case_of(comment).level is None
