"""Handing over the command: the Commander's own act, whole or not at all, and one Commander at every moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members import authority
from members.models import Member, Notification, TrailEntry
from members.powers import Position, Power
from members.states import Invalid, Refused
from members.transferring import hand_over_command

BrowserOf = Callable[[Member], Client]
pytestmark = pytest.mark.sop("E.1")


def chain() -> dict[str, tuple[str, str | None]]:
    """Who is what, and reports to whom, by user name."""
    members = Member.objects.serving().select_related("reports_to")
    return {one.username: (one.position, one.reports_to.username if one.reports_to else None) for one in members}


def hand(by: Member, successor: Member, **fields: Any) -> None:
    hand_over_command(by=by, successor=successor, **{"own_position": "", "reason": "Promotion."} | fields)


def test_commander_and_commanding_officer_change_places_with_those_below(cast: list[Member]) -> None:
    commander, following, *_ = cast
    hand(commander, following, own_position="commanding_officer")
    assert chain() == {
        "gnakamura": ("commander", None),
        "rkeller": ("commanding_officer", "gnakamura"),
        "acole": ("supervisor", "rkeller"),
        "ddiaz": ("officer", "acole"),
        "cokafor": ("officer", "acole"),
        "lmoreau": ("specialist", "acole"),
    }
    assert authority.is_commander(Member.objects.get(pk=following.pk))
    assert not authority.is_commander(Member.objects.get(pk=commander.pk))


def test_the_commander_leaves_and_everything_of_the_former_ends(
    cast: list[Member], accounts: Any, browser_of: BrowserOf
) -> None:
    commander, following, *_ = cast
    desk = browser_of(commander)
    hand(commander, following, to="Retired")
    assert commander.state == "left"
    assert commander.transfers.get().by == commander
    assert not commander.sessions.exists()
    assert desk.get(reverse("home")).status_code == 302
    assert chain() == {
        "gnakamura": ("commander", None),
        "acole": ("supervisor", "gnakamura"),
        "ddiaz": ("officer", "acole"),
        "cokafor": ("officer", "acole"),
        "lmoreau": ("specialist", "acole"),
    }


def test_from_below_those_left_behind_report_to_the_next_above(cast: list[Member]) -> None:
    commander, _, supervisor, *_ = cast
    hand(commander, supervisor, own_position="commanding_officer")
    now = chain()
    assert now["acole"] == ("commander", None)
    assert now["gnakamura"] == ("commanding_officer", "acole")
    assert now["rkeller"] == ("commanding_officer", "acole")
    assert now["ddiaz"][1] == now["lmoreau"][1] == "gnakamura"  # whom their Supervisor reported to


def test_each_change_has_its_posting_and_its_entry(cast: list[Member]) -> None:
    commander, following, *_ = cast
    hand(commander, following, own_position="officer")
    for member, position in ((commander, "officer"), (following, "commander")):
        assert member.postings.filter(position=position, by=commander).exists()
        assert TrailEntry.objects.about(member).filter(verb="change_position", after=position).exists()
    entry = TrailEntry.objects.get(verb="hand_over_command")
    assert (entry.by, entry.subject_id, entry.before, entry.after) == (
        commander,
        str(following.pk),
        "commanding_officer",
        "commander",
    )


def test_what_was_handed_to_the_successor_ends_and_what_others_hold_stands(cast: list[Member], hand_over: Any) -> None:
    commander, following, supervisor, *_ = cast
    mine = hand_over(commander, following)
    others = hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    hand(commander, following, own_position="officer")
    mine.refresh_from_db()
    others.refresh_from_db()
    assert mine.ended_at is not None
    assert others.ended_at is None


def test_everybody_is_told_who_commands(cast: list[Member]) -> None:
    hand(cast[0], cast[1])
    told = Notification.objects.filter(sentence="Grace Nakamura is the Section Commander now.")
    assert {one.member for one in told} == set(cast[1:])


def test_nobody_hands_it_over_but_the_commander_in_person(cast: list[Member], hand_over: Any) -> None:
    commander, acting, *others = cast
    hand_over(commander, acting)
    hand_over(commander, others[0], Power.MANAGE_MEMBERS)
    for member in [acting, *others]:
        with pytest.raises(Refused, match="Only the Section Commander"):
            hand(member, others[1] if member != others[1] else others[2])
    assert chain()["rkeller"] == ("commander", None)


def test_what_makes_no_sense_is_said_beside_its_field(cast: list[Member], auditor: Member, transferred: Member) -> None:
    commander, following, *_ = cast
    wrong = [
        ("successor", commander, {}),
        ("successor", auditor, {}),
        ("successor", transferred, {}),
        ("own_position", following, {"own_position": "commander"}),
        ("own_position", following, {"own_position": "auditor"}),
        ("reason", following, {"reason": " "}),
        ("to", following, {"to": "x" * 201}),
    ]
    before = chain()
    for field, successor, fields in wrong:
        with pytest.raises(Invalid) as said:
            hand(commander, successor, **fields)
        assert said.value.field == field
    assert chain() == before


def test_there_is_one_commander_whatever_the_former_becomes(cast: list[Member]) -> None:
    successors = [cast[1], cast[0], cast[3], cast[5]]
    by = cast[0]
    for successor, position in zip(successors, ["officer", "", "supervisor", "specialist"], strict=True):
        if successor.pk == by.pk:
            continue
        hand(Member.objects.get(pk=by.pk), Member.objects.get(pk=successor.pk), own_position=position)
        by = successor
        assert list(Member.objects.serving().filter(position=Position.COMMANDER)) == [successor]
        assert all(above for name, (position, above) in chain().items() if position != "commander")


# --- the page ---


def test_the_page_hands_over_and_leads_on(browser_of: BrowserOf, cast: list[Member]) -> None:
    commander, following, *_ = cast
    form = {"successor": following.pk, "own_position": "officer", "reason": "Promotion.", "understood": "on"}
    answer = browser_of(commander).post(reverse("hand_over_command"), form)
    assert answer.status_code == 302
    assert chain()["gnakamura"] == ("commander", None)


def test_who_leaves_lands_on_the_sign_in_page(browser_of: BrowserOf, cast: list[Member]) -> None:
    commander, following, *_ = cast
    form = {"successor": following.pk, "own_position": "leaves", "reason": "Retired.", "understood": "on"}
    assert browser_of(commander).post(reverse("hand_over_command"), form)["Location"] == reverse("account_login")
    commander.refresh_from_db()
    assert commander.state == "left"


def test_nothing_happens_before_it_is_marked_as_understood(browser_of: BrowserOf, cast: list[Member]) -> None:
    commander, following, *_ = cast
    form = {"successor": following.pk, "own_position": "officer", "reason": "Promotion."}
    answer = browser_of(commander).post(reverse("hand_over_command"), form)
    assert answer.status_code == 422
    assert "Mark that you know" in answer.content.decode()
    assert "Promotion." in answer.content.decode()
    assert chain()["rkeller"] == ("commander", None)


def test_the_page_is_the_commanders_alone(browser_of: BrowserOf, cast: list[Member], hand_over: Any) -> None:
    hand_over(cast[0], cast[2])
    assert browser_of(cast[0]).get(reverse("hand_over_command")).status_code == 200
    for member in cast[1:]:
        assert browser_of(member).get(reverse("hand_over_command")).status_code == 403
