"""The matrix on the screen, who holds what just now, and the mark by which an open page learns that it changed."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import handing_over
from members.authority import Holders, changes_at, holders, standing
from members.models import Designation, Member, Watch
from members.powers import MATRIX, Power

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

Give = Callable[..., Designation]
BrowserOf = Callable[..., Client]


def anew(member: Member) -> Member:
    """As the next request reads him."""
    return Member.objects.get(pk=member.pk)


def words(answer: Any) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


def drawn(source: str, **context: Any) -> str:
    return " ".join(Template("{% load authority %}" + source).render(Context(context)).split())


@pytest.mark.sop("E.1")
def test_every_row_of_the_matrix_is_there_to_read(browser_of: BrowserOf, officer: Member) -> None:
    page = words(browser_of(officer).get(reverse("authority")))
    for row in MATRIX.values():
        assert row.words[0].upper() + row.words[1:] in page
        assert row.who[0].upper() + row.who[1:] in page


def test_each_row_says_who_holds_it_now(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member
) -> None:
    hand_over(commander, officer, Power.APPROVE_CONTENT)
    page = words(browser_of(officer).get(reverse("authority")))
    row = page.partition('<tr id="approve_content">')[2].partition("</tr>")[0]
    assert "Ruth Keller" in row
    assert "Daniel Diaz" in row
    assert "designee until" in row


def test_only_who_hands_over_is_offered_it_and_only_where_a_row_says_so(
    browser_of: BrowserOf, commander: Member, officer: Member
) -> None:
    page = words(browser_of(commander).get(reverse("authority")))
    offered = {power for power in Power if f"?power={power.value}" in page}
    assert offered == {power for power in Power if MATRIX[power].or_designee}
    assert "?power=" not in words(browser_of(officer).get(reverse("authority")))


def test_it_narrows_to_what_one_member_may_do(browser_of: BrowserOf, officer: Member, commander: Member) -> None:
    page = words(browser_of(commander).get(reverse("authority"), {"member": officer.pk}))
    shown = {power for power in Power if f'<tr id="{power.value}">' in page}
    assert shown == {power for power in Power if officer.may(power)}


def test_it_comes_as_a_file_too(browser_of: BrowserOf, officer: Member, commander: Member) -> None:
    answer = browser_of(officer).get(reverse("authority"), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 1 + len(MATRIX)
    assert lines[0].endswith("row,power,who,source,can be handed over,now")


def test_everybodys_powers_are_read_with_two_queries(
    cast: list[Member], hand_over: Give, django_assert_num_queries: Any
) -> None:
    hand_over(cast[0], cast[3], Power.APPROVE_CONTENT)
    one_by_one = {power: [str(holder) for holder in holders(power)] for power in Power}
    with django_assert_num_queries(2):
        found = Holders()
        assert {power: [str(holder) for holder in found.of(power)] for power in Power} == one_by_one


def test_nearest_to_the_work_comes_first_and_who_holds_it_twice_is_named_once(
    cast: list[Member], hand_over: Give
) -> None:
    commander, commanding_officer, supervisor, *_ = cast
    hand_over(commander, supervisor)
    found = [str(holder) for holder in holders(Power.DECIDE_THREATS)]
    assert found == [
        f"{one.name} ({one.get_position_display()})" for one in (supervisor, commanding_officer, commander)
    ]


# --- what a member holds, for his own page ---


def test_what_a_member_holds_stands_by_position_and_by_designation(
    hand_over: Give, commander: Member, officer: Member
) -> None:
    now = timezone.now()
    hand_over(commander, officer, Power.APPROVE_CONTENT)
    hand_over(commander, officer, since=now + DAY, until=now + 2 * DAY)
    page = drawn('{% include "members/_handed.html" %}', member=anew(officer))
    assert page.index("Acting Commander") < page.index("By position, as Police Officer")
    assert "Approves content" in page
    assert "to come" in page
    assert "Grades and answers comments" in page


def test_who_has_left_holds_nothing_on_his_page(transferred: Member) -> None:
    assert "Holds no power now" in drawn('{% include "members/_handed.html" %}', member=transferred)


def test_of_those_who_could_act_one_sees_who_is_on_watch(cast: list[Member]) -> None:
    commander, _, supervisor, *_ = cast
    now = timezone.now()
    Watch.objects.create(member=supervisor, since=now - DAY, until=now + DAY, by=commander)
    page = drawn("{% who_could able %}", able=holders(Power.DECIDE_THREATS))
    lines = {line.partition("</b>")[0].rpartition("<b>")[2]: "on watch" in line for line in page.split("<li>")[1:]}
    assert lines == {"Amara Cole": True, "Grace Nakamura": False, "Ruth Keller": False}


# --- the mark of an open page ---


def test_the_mark_changes_when_something_begins_and_when_it_ends(
    hand_over: Give, commander: Member, officer: Member
) -> None:
    before = standing(anew(officer))
    given = hand_over(commander, officer, Power.APPROVE_CONTENT)
    during = standing(anew(officer))
    assert during != before
    handing_over.end(given, by=commander, reason="Back early.")
    assert standing(anew(officer)) == before


def test_the_next_change_is_the_first_beginning_or_end_that_lies_ahead(
    hand_over: Give, commander: Member, officer: Member, auditor: Member
) -> None:
    now = timezone.now()
    assert changes_at(anew(officer)) is None
    assert changes_at(auditor) == auditor.serves_until
    first = hand_over(commander, officer, Power.APPROVE_CONTENT, since=now - DAY, until=now + 3 * DAY)
    second = hand_over(commander, officer, since=now + DAY, until=now + 2 * DAY)
    assert changes_at(anew(officer)) == second.since
    assert changes_at(anew(officer), second.since) == second.until
    assert changes_at(anew(officer), second.until) == first.until


def test_a_page_bears_the_mark_and_the_server_tells_the_present_one(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member
) -> None:
    client = browser_of(officer)
    page = words(client.get(reverse("home")))
    told = client.get(reverse("authority_mark")).json()
    assert told == {"mark": standing(officer), "in": None}
    assert f'data-authority="{told["mark"]}" data-authority-in=""' in page
    hand_over(commander, officer, Power.APPROVE_CONTENT, until=timezone.now() + timedelta(seconds=60))
    later = client.get(reverse("authority_mark")).json()
    assert later["mark"] != told["mark"]
    assert 50 < later["in"] <= 60


@pytest.mark.sop("E.1")
def test_the_page_has_the_row_of_the_first_commander_and_says_what_is_asked_besides(
    browser_of: Callable[..., Client], officer: Member
) -> None:
    page = browser_of(officer).get(reverse("authority")).content.decode()
    assert "The first Commander" in page
    assert "Set up once at the console" in page
    assert "With a role on the account" in page
