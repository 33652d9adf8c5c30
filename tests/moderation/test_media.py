"""A media request is referred to the Public Information Office, answered so, and tracked (2.E)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from members.models import Member
from members.states import Invalid, Refused
from moderation import media_requests, referrals
from moderation.decisions import Decision
from moderation.models import Comment, CommentOrder, QueueEntry, Referral, Section
from tests.moderation.acts import case_of
from tests.moderation.referring import refer, section

pytestmark = [pytest.mark.sop("2.E"), pytest.mark.usefixtures("prepared_texts")]


@pytest.fixture
def office(db: None) -> Section:
    return section("Public Information Office", kind="pio", charge="Answers the media.")


@pytest.fixture
def request_(make_comment: Any) -> Comment:
    comment = make_comment("I'm a reporter with Channel 9, can you confirm the arrest?")
    QueueEntry.objects.filter(pk=comment.pk).update(band="media")
    return comment


def decision(comment: Comment) -> Decision:
    return Decision(3, key=uuid.uuid4().hex, version=case_of(comment).version)


def test_one_key_answers_and_refers_it(request_: Comment, office: Section, officer: Member) -> None:
    media_requests.refer_to_pio(request_, decision(request_), by=officer)
    referral = Referral.objects.get()
    assert (referral.kind, referral.section, referral.owner) == ("media", office, officer)
    assert case_of(request_).level == 3
    assert CommentOrder.objects.get().verb == "reply"


def test_without_an_office_nothing_is_sent(request_: Comment, officer: Member) -> None:
    with pytest.raises(Invalid, match="Public Information Office"):
        media_requests.refer_to_pio(request_, decision(request_), by=officer)
    assert case_of(request_).level is None
    assert not CommentOrder.objects.exists()


def test_an_office_set_inactive_is_none(request_: Comment, office: Section, officer: Member) -> None:
    Section.objects.update(active=False)
    with pytest.raises(Invalid):
        media_requests.refer_to_pio(request_, decision(request_), by=officer)


def test_who_reads_only_refers_nothing(request_: Comment, office: Section, auditor: Member) -> None:
    with pytest.raises(Refused):
        media_requests.refer_to_pio(request_, decision(request_), by=auditor)


def test_it_is_tracked_to_its_outcome(request_: Comment, office: Section, officer: Member) -> None:
    media_requests.refer_to_pio(request_, decision(request_), by=officer)
    referral = Referral.objects.with_all().get()
    referrals.answer(referral, "They called the reporter.", by=officer)
    referrals.resolve(referral, "passed_on", "Answered by the office.", by=officer)
    assert Referral.objects.get().state == "resolved"


def test_at_any_level_a_comment_is_referred_to_the_office(comment: Comment, office: Section, officer: Member) -> None:
    assert refer(comment, officer, "media", section=office).goes_to == "Public Information Office"


def test_the_card_stands_on_the_desk(
    browser_of: Any, request_: Comment, comment: Comment, office: Section, officer: Member
) -> None:
    browser = browser_of(officer)
    page = browser.get(f"{reverse('queue')}?open={request_.pk}").content.decode()
    assert "refer to Public Information Office" in page
    assert "refer to Public" not in browser.get(f"{reverse('queue')}?open={comment.pk}").content.decode()


def test_the_key_on_the_desk(browser_of: Any, request_: Comment, office: Section, officer: Member) -> None:
    form = {"key": str(uuid.uuid4()), "version": 1, "grade_seen": "", "on": "page"}
    answer = browser_of(officer).post(reverse("refer_to_pio", args=[request_.pk]), form)
    assert answer.status_code == 302
    assert Referral.objects.get().kind == "media"


def test_without_an_office_the_key_says_what_to_do(browser_of: Any, request_: Comment, officer: Member) -> None:
    form = {"key": str(uuid.uuid4()), "version": 1, "grade_seen": "", "on": "page"}
    answer = browser_of(officer).post(reverse("refer_to_pio", args=[request_.pk]), form)
    assert answer.status_code == 422
    assert "a Supervisor adds it" in answer.content.decode()
