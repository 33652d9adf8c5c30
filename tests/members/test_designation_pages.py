"""Handing over on the screen: the form, the list, one of them; and a POST from a page opened before the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import handing_over
from members.models import Designation, Member
from members.powers import Position, Power

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

Give = Callable[..., Designation]
BrowserOf = Callable[..., Client]


def typed(to: Member, **said: Any) -> dict[str, Any]:
    return {
        "power": "approve_content",
        "designee": to.pk,
        "since": "",
        "period": "week",
        "until": "",
        "reason": "On leave.",
    } | said


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# --- giving ---


@pytest.mark.sop("2.0")
def test_the_commander_hands_a_power_over_with_the_form(
    browser_of: BrowserOf, commander: Member, officer: Member
) -> None:
    answer = browser_of(commander).post(reverse("designate"), typed(officer))
    given = Designation.objects.get()
    assert answer["Location"] == reverse("designation", args=[given.pk])
    assert (given.power, given.designee, given.by) == ("approve_content", officer, commander)
    assert 7 * DAY - timedelta(seconds=9) < given.until - given.since <= 7 * DAY


@pytest.mark.sop("E.1")
def test_the_commander_appoints_an_acting_one_with_the_same_form(
    browser_of: BrowserOf, commander: Member, supervisor: Member
) -> None:
    browser_of(commander).post(reverse("designate"), typed(supervisor, power="command"))
    assert Designation.objects.get().acting


@pytest.mark.parametrize(
    ("now", "period", "until", "ends"),
    [
        ("2026-03-02T15:00-05:00", "tonight", "", "2026-03-03T08:00-05:00"),
        ("2026-03-02T03:00-05:00", "tonight", "", "2026-03-02T08:00-05:00"),
        ("2026-03-07T15:00-05:00", "tonight", "", "2026-03-08T08:00-04:00"),  # the clocks go forward that night
        ("2026-03-02T15:00-05:00", "day", "", "2026-03-03T15:00-05:00"),
        ("2026-03-02T15:00-05:00", "date", "2026-04-01T12:30", "2026-04-01T12:30-04:00"),
    ],
)
def test_the_end_is_reckoned_in_the_agencys_zone(
    browser_of: BrowserOf, commander: Member, officer: Member, now: str, period: str, until: str, ends: str
) -> None:
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        browser_of(commander).post(reverse("designate"), typed(officer, period=period, until=until))
    assert Designation.objects.get().until == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"power": ""}, "Choose what is handed over."),
        ({"power": "terminate_accounts"}, "terminate_accounts is not one of the available choices"),
        ({"designee": "0"}, "0 is not one of the available choices"),
        ({"designee": "x\x00"}, "is not one of the available choices"),
        ({"period": "date"}, "Give the day and hour at which it ends"),
        ({"period": "date", "until": "2020-01-01T00:00"}, "has gone by: choose an end that lies ahead"),
        ({"period": "date", "until": "9999-12-31T23:59"}, "Give a day between 1970 and 9000"),
        ({"period": "date", "until": "soon"}, "Enter a valid date/time"),
        ({"period": "date", "until": "2126-01-01T00:00"}, "366 days are the longest"),
        ({"since": "2020-01-01T00:00"}, "nothing is handed over backwards"),
        ({"since": "0001-01-01T00:00"}, "Give a day between 1970 and 9000"),
        ({"reason": " "}, "Say why: the reason stays beside it"),
        ({"reason": "x" * 10_000}, "at most"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_everything_typed_stays(
    browser_of: BrowserOf, commander: Member, officer: Member, said: dict[str, str], sentence: str
) -> None:
    answer = browser_of(commander).post(reverse("designate"), typed(officer, **{"reason": "On leave at sea."} | said))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "reason" in said or "On leave at sea." in words(answer)
    assert not Designation.objects.exists()


def test_the_form_is_the_commanders_and_an_acting_ones(
    browser_of: BrowserOf, hand_over: Give, commander: Member, supervisor: Member, officer: Member
) -> None:
    refused = browser_of(officer).post(reverse("designate"), typed(supervisor))
    assert refused.status_code == 403
    assert "Only the Section Commander hands over a power" in words(refused)
    hand_over(commander, officer)
    client = browser_of(officer)
    assert "acting Commander</option>" not in words(client.get(reverse("designate")))
    assert client.post(reverse("designate"), typed(supervisor)).status_code == 302
    assert client.post(reverse("designate"), typed(supervisor, power="command")).status_code == 422


def test_the_link_beside_a_power_fills_it_in(browser_of: BrowserOf, commander: Member) -> None:
    page = words(browser_of(commander).get(reverse("designate"), {"power": "approve_hashtags"}))
    assert '<option value="approve_hashtags" selected>' in page


@pytest.mark.parametrize("name", ["designate", "end_designation"])
def test_giving_and_ending_ask_for_a_fresh_second_factor(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member, name: str
) -> None:
    standing = hand_over(commander, officer, Power.APPROVE_HASHTAGS)
    address = reverse(name, args=[standing.pk] if name == "end_designation" else [])
    browser_of(commander, fresh=False).post(address, typed(officer))
    assert [(one.pk, one.ended_at) for one in Designation.objects.all()] == [(standing.pk, None)]


# --- ending ---


def test_ending_it_counts_at_once(browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member) -> None:
    standing = hand_over(commander, officer, Power.APPROVE_CONTENT)
    answer = browser_of(commander).post(reverse("end_designation", args=[standing.pk]), {"reason": "Back early."})
    assert answer["Location"] == reverse("designation", args=[standing.pk])
    assert not Member.objects.get(pk=officer.pk).may(Power.APPROVE_CONTENT)


def test_without_a_reason_it_stands(browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member) -> None:
    standing = hand_over(commander, officer, Power.APPROVE_CONTENT)
    answer = browser_of(commander).post(reverse("end_designation", args=[standing.pk]), {"reason": ""})
    assert answer.status_code == 422
    assert "Say why it ends" in words(answer)
    standing.refresh_from_db()
    assert standing.in_force()


def test_who_comes_second_learns_who_ended_it(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member
) -> None:
    standing = hand_over(commander, officer, Power.APPROVE_CONTENT)
    handing_over.end(standing, by=officer, reason="No more.")
    answer = browser_of(commander).post(reverse("end_designation", args=[standing.pk]), {"reason": "Back early."})
    assert answer.status_code == 409
    assert "Daniel Diaz acted first" in words(answer)


@pytest.mark.sop("E.1")
def test_a_form_opened_before_the_end_is_refused_after_it(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member, supervisor: Member
) -> None:
    standing = hand_over(commander, officer)
    client = browser_of(officer)
    assert client.get(reverse("designate")).status_code == 200
    handing_over.end(standing, by=commander, reason="Back early.")
    answer = client.post(reverse("designate"), typed(supervisor))
    assert answer.status_code == 403
    assert "Now: Ruth Keller (Section Commander)." in words(answer)
    assert Designation.objects.count() == 1


@pytest.mark.sop("E.1")
def test_a_form_opened_before_the_period_ran_out_is_refused_after_it(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member, supervisor: Member
) -> None:
    standing = hand_over(commander, officer, until=timezone.now() + timedelta(minutes=5))
    client = browser_of(officer)
    assert client.get(reverse("designate")).status_code == 200
    with time_machine.travel(standing.until - timedelta(seconds=1), tick=False):
        assert client.post(reverse("designate"), typed(supervisor)).status_code == 302
    with time_machine.travel(standing.until, tick=False):
        answer = client.post(reverse("designate"), typed(supervisor, power="approve_hashtags"))
    assert answer.status_code == 403
    assert "Only the Section Commander hands over a power" in words(answer)


def test_a_refused_page_says_how_to_reach_who_could_and_leads_back(
    browser_of: BrowserOf, commander: Member, officer: Member, supervisor: Member
) -> None:
    commander.phone = "+1 305 555 0111"
    commander.save()
    answer = browser_of(officer).post(
        reverse("designate"), typed(supervisor), headers={"referer": "http://testserver/designations/?standing=past"}
    )
    page = words(answer)
    assert "Who could do this now" in page
    assert 'href="tel:+1 305 555 0111"' in page
    assert 'href="/designations/?standing=past"' in page


# --- the list ---


def test_the_list_shows_what_is_in_force_and_to_come_unless_asked_otherwise(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member, other_officer: Member
) -> None:
    now = timezone.now()
    hand_over(commander, officer, Power.APPROVE_CONTENT)
    hand_over(commander, officer, Power.APPROVE_HASHTAGS, since=now + DAY, until=now + 2 * DAY)
    hand_over(commander, other_officer, Power.DECIDE_DRESS, since=now - 2 * DAY, until=now - DAY)
    client, address = browser_of(officer), reverse("designations")

    def shown(**asked: str) -> set[str]:
        rows = words(client.get(address, asked)).partition("<tbody>")[2].partition("</tbody>")[0]
        return {word for word in ("content", "hashtags", "dress") if word in rows}

    assert shown() == {"content", "hashtags"}
    assert shown(standing="in_force") == {"content"}
    assert shown(standing="to_come") == {"hashtags"}
    assert shown(standing="past") == {"dress"}
    assert shown(standing="all") == {"content", "hashtags", "dress"}
    assert shown(standing="all", designee=str(other_officer.pk)) == {"dress"}
    assert shown(standing="all", power="approve_content") == {"content"}
    assert client.get(address, {"power": "nonsense"}).status_code == 422


def test_why_somebody_is_away_is_not_everybodys_business(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member, other_officer: Member, auditor: Member
) -> None:
    standing = hand_over(commander, officer, reason="Surgery.")
    for reader, reads in [(commander, True), (officer, True), (auditor, True), (other_officer, False)]:
        client = browser_of(reader)
        for address in (reverse("designation", args=[standing.pk]), f"{reverse('designations')}?format=csv"):
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert (b"Surgery" in body) == reads


def test_the_acting_commander_sees_on_every_page_that_he_is(
    browser_of: BrowserOf, hand_over: Give, commander: Member, officer: Member
) -> None:
    assert "top-acting" not in words(browser_of(officer).get(reverse("home")))
    hand_over(commander, officer)
    assert "top-acting" in words(browser_of(officer).get(reverse("home")))
    assert "top-acting" not in words(browser_of(commander).get(reverse("home")))


def test_there_is_no_page_of_what_was_never_given(browser_of: BrowserOf, officer: Member) -> None:
    assert browser_of(officer).get(reverse("designation", args=[999_999])).status_code == 404


def test_everybody_serving_but_the_commander_and_oneself_can_be_chosen(
    browser_of: BrowserOf, cast: list[Member], transferred: Member, auditor: Member, make_member: Callable[..., Member]
) -> None:
    invited = make_member(name="Ivo Invited", is_active=False, state=Member.State.INVITED)
    page = words(browser_of(cast[0]).get(reverse("designate")))
    offered = {member.name for member in cast if f">{member.name}</option>" in page}
    assert offered == {member.name for member in cast if member.position != Position.COMMANDER}
    assert not any(f">{member.name}</option>" in page for member in (transferred, auditor, invited))
