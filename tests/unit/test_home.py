"""Home: "what waits for me?", by position; every line lands on the first item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.transfer import end_roles
from members.models import Member, Watch
from members.waiting import Line, lines_for
from moderation.models import CommentOrder, QueueEntry, SetAside
from moderation.models.cases import Decision

Browser = Callable[[Member], Client]


def line(member: Member, word: str) -> Line:
    return next(one for one in lines_for(member) if one.word.startswith(word))


def words(member: Member) -> list[str]:
    return [one.word for one in lines_for(member)]


@pytest.fixture
def threat(make_comment: Any, officer: Member) -> Any:
    comment = make_comment("I know where you park.")
    comment.case.grade_as(Decision(level=8, key="threat"), by=officer)
    return comment


@pytest.mark.sop("E.1")
def test_each_position_sees_what_waits_for_it(cast: list[Member], accounts: Any) -> None:
    seen = {member.position: words(member) for member in cast}
    assert "Accounts to look at" in seen["specialist"]
    assert "Accounts to look at" not in seen["officer"]
    for position in ("supervisor", "commanding_officer", "commander"):
        assert "Threats not yet decided" in seen[position]
    commander = cast[0]
    assert "Privileges of transferred members still standing" in words(commander)
    assert not any("Threats" in word for word in words(cast[3]))


def test_what_presses_most_stands_first_and_what_is_not_there_last(
    threat: Any, make_comment: Any, accounts: Any, supervisor: Member
) -> None:
    make_comment("Thank you.")
    counts = [(one.tone, one.count) for one in lines_for(supervisor)]
    assert counts[0] == ("bad", 1)
    assert [count > 0 for _, count in counts] == sorted((count > 0 for _, count in counts), reverse=True)


@pytest.mark.sop("E.1")
def test_an_acting_commander_sees_what_waits_for_the_commander(
    accounts: Any, commander: Member, supervisor: Member, hand_over: Any
) -> None:
    word = "Privileges of transferred members still standing"
    assert word not in words(supervisor)
    hand_over(commander, supervisor)
    assert word in words(supervisor)


def test_nothing_waits_for_the_auditor(accounts: Any, make_comment: Any, auditor: Member) -> None:
    make_comment("Thank you.")
    assert words(auditor) == []


@pytest.mark.sop("C.11")
def test_comments_to_grade_land_on_the_most_urgent_with_the_oldest_ones_age(
    make_comment: Any, officer: Member, other_officer: Member
) -> None:
    old = make_comment("Old", posted_at=timezone.now() - timezone.timedelta(hours=5))
    urgent = make_comment("Urgent", urgency=0)
    taken = make_comment("Taken", urgency=0, posted_at=timezone.now() - timezone.timedelta(days=1))
    QueueEntry.claim(taken.pk, by=other_officer)
    found = line(officer, "Comments to grade")
    assert (found.count, found.tone) == (2, "bad")
    assert found.address == f"{reverse('queue')}?open={urgent.pk}"
    assert found.since == old.posted_at
    assert line(other_officer, "Held by you").address == f"{reverse('queue')}?open={taken.pk}"
    assert line(officer, "Held by you").count == 0


@pytest.mark.sop("4.L8")
def test_a_threat_stands_before_the_supervisor_and_not_before_the_officer(
    threat: Any, supervisor: Member, officer: Member, browser_of: Browser
) -> None:
    assert line(supervisor, "Threats").address == threat.threats.get().get_absolute_url()
    page = browser_of(supervisor).get(reverse("home")).content.decode()
    assert "Threats not yet decided" in page
    assert "Threats not yet decided" not in browser_of(officer).get(reverse("home")).content.decode()


def test_orders_that_failed_or_need_a_hand_land_on_their_comment(
    threat: Any, officer: Member, supervisor: Member, commanding_officer: Member
) -> None:
    orders = CommentOrder.objects.filter(comment=threat)
    orders.update(state="failed")
    assert line(officer, "Orders that failed").address == reverse("comment", args=[threat.pk])
    assert line(commanding_officer, "Orders that failed").count == 1
    orders.update(state="by_hand")
    assert line(supervisor, "To be done by hand").count == 1
    assert line(officer, "Orders that failed").count == 0


def test_orders_of_an_account_that_is_not_his_do_not_wait_for_an_officer(
    threat: Any, make_member: Callable[..., Member]
) -> None:
    CommentOrder.objects.filter(comment=threat).update(state="failed")
    assert line(make_member("officer"), "Orders that failed").count == 0


@pytest.mark.sop("C.11", "4.L3")
def test_a_question_graded_without_an_answer_is_still_owed(make_comment: Any, officer: Member) -> None:
    comment = make_comment("When do you hire again?")
    comment.case.grade_as(Decision(level=3, key="question"), by=officer)
    owed = line(officer, "Graded, answer still owed")
    assert (owed.count, owed.address) == (1, reverse("comment", args=[comment.pk]))


@pytest.mark.sop("1.3")
def test_privileges_of_those_who_left_wait_for_the_commander(accounts: Any, commander: Member, officer: Member) -> None:
    assert line(commander, "Privileges").count == 0
    end_roles(officer, by=commander)
    found = line(commander, "Privileges")
    assert found.count == 4
    assert found.address.startswith(reverse("accounts"))


def test_what_was_set_aside_lands_on_the_newest_item(facebook: Any, specialist: Member) -> None:
    item = SetAside.objects.create(account=facebook, body=b"", digest=b"d", size=0, reason="No JSON.")
    assert line(specialist, "Items set aside").address == reverse("set_aside_item", args=[item.pk])


@pytest.mark.parametrize(
    "position", ["commander", "commanding_officer", "supervisor", "officer", "other_officer", "specialist"]
)
def test_every_position_gets_a_page_when_nothing_waits(
    request: Any, browser_of: Browser, commander: Member, make_member: Callable[..., Member], position: str
) -> None:
    now = timezone.now()
    Watch.objects.create(member=make_member("officer"), since=now, until=now + timedelta(days=9), by=commander)
    answer = browser_of(request.getfixturevalue(position)).get(reverse("home"))
    assert answer.status_code == 200
    assert "Nothing waits for you." in answer.content.decode()


def test_who_is_not_signed_in_is_asked_to(stranger: Client) -> None:
    assert stranger.get(reverse("home"))["Location"].startswith(reverse("account_login"))


def test_who_has_left_is_asked_to_sign_in(browser_of: Browser, officer: Member) -> None:
    client = browser_of(officer)
    Member.objects.filter(pk=officer.pk).update(is_active=False, state=Member.State.LEFT)
    assert client.get(reverse("home"))["Location"].startswith(reverse("account_login"))


def test_a_name_that_is_markup_is_shown_as_text(browser_of: Browser, make_member: Callable[..., Member]) -> None:
    page = browser_of(make_member("officer", name="<script>alert(1)</script>")).get(reverse("home")).content.decode()
    assert "<script>alert(1)" not in page
