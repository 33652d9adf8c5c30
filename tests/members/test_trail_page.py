"""The trail's page: searched by person, verb, subject and time; the whole unit's only by a Supervisor or above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member, TrailEntry, Unsealed
from members.states import record

Browser = Callable[[Member], Client]

pytestmark = pytest.mark.sop("F.I")


@pytest.fixture
def entries(officer: Member, other_officer: Member, facebook: Any, x: Any) -> dict[str, TrailEntry]:
    return {
        "mine": record("grade", facebook, by=officer),
        "another's": record("hide", x, by=other_officer, before="waiting", after="done"),
        "the system's": record("settle", x, by=None),
    }


def shown(client: Client, **asked: Any) -> set[int]:
    answer = client.get(reverse("trail"), asked)
    assert answer.status_code == 200
    return {line.entry.pk for line in answer.context["shown"]}


def keys(entries: dict[str, TrailEntry], *names: str) -> set[int]:
    return {entries[name].pk for name in names}


@pytest.mark.parametrize("position", ["supervisor", "commanding_officer", "commander"])
def test_a_supervisor_or_above_reads_the_whole_units(
    request: Any, browser_of: Browser, entries: dict[str, TrailEntry], position: str
) -> None:
    client = browser_of(request.getfixturevalue(position))
    assert shown(client) == keys(entries, "mine", "another's", "the system's")


def test_an_officer_reads_his_own(browser_of: Browser, officer: Member, entries: dict[str, TrailEntry]) -> None:
    assert shown(browser_of(officer)) == keys(entries, "mine")


def test_a_specialist_who_did_nothing_reads_why_it_is_empty(
    browser_of: Browser, specialist: Member, entries: dict[str, TrailEntry]
) -> None:
    assert "Nothing on the trail fits" in browser_of(specialist).get(reverse("trail")).content.decode()


def test_who_is_not_signed_in_is_asked_to(stranger: Client, entries: dict[str, TrailEntry]) -> None:
    answer = stranger.get(reverse("trail"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_it_is_searched_by_person_verb_subject_and_act(
    browser_of: Browser, supervisor: Member, officer: Member, x: Any, entries: dict[str, TrailEntry]
) -> None:
    client = browser_of(supervisor)
    assert shown(client, by=officer.pk) == keys(entries, "mine")
    assert shown(client, by="system") == keys(entries, "the system's")
    assert shown(client, verb="hide") == keys(entries, "another's")
    assert shown(client, subject="account", number=x.pk) == keys(entries, "another's", "the system's")
    assert shown(client, act=entries["mine"].act) == keys(entries, "mine")


def test_it_is_searched_by_time_in_the_agencys_zone(browser_of: Browser, supervisor: Member, facebook: Any) -> None:
    now = timezone.localtime()
    old = TrailEntry.objects.create(
        at=now - timedelta(days=3), verb="grade", subject_type="accounts.account", subject_id=str(facebook.pk)
    )
    new = record("grade", facebook, by=None)
    client, yesterday = browser_of(supervisor), (now - timedelta(days=1)).date()
    assert shown(client, since=yesterday) == {new.pk}
    assert shown(client, until=yesterday) == {old.pk}
    assert shown(client, until=now.date()) == {old.pk, new.pk}


@pytest.mark.parametrize(
    "asked", [{"by": "nobody"}, {"act": "rubbish"}, {"since": "32.13.x"}, {"number": "9" * 40}, {"subject": "soul"}]
)
def test_a_question_that_makes_no_sense_is_said_to_and_shows_nothing(
    browser_of: Browser, supervisor: Member, entries: dict[str, TrailEntry], asked: dict[str, str]
) -> None:
    answer = browser_of(supervisor).get(reverse("trail"), asked)
    assert answer.status_code == 422
    assert answer.context["shown"] == []


def test_what_is_not_sealed_yet_is_shown_as_such(
    browser_of: Browser, supervisor: Member, entries: dict[str, TrailEntry]
) -> None:
    Unsealed.objects.filter(row=entries["mine"].pk).delete()
    page = browser_of(supervisor).get(reverse("trail")).content.decode()
    assert page.count("not sealed yet") == 2
    assert page.count(" sealed</span>") == 1


def test_it_pages_by_key(browser_of: Browser, supervisor: Member, facebook: Any) -> None:
    made = [record("note", facebook, by=None).pk for _ in range(60)]
    client = browser_of(supervisor)
    first = shown(client)
    assert first == set(made[10:])
    assert shown(client, after=min(first)) == set(made[:10])
    assert shown(client, after="rubbish") == first


def test_it_comes_as_a_spreadsheet_within_the_same_bounds(
    browser_of: Browser, officer: Member, entries: dict[str, TrailEntry]
) -> None:
    answer = browser_of(officer).get(reverse("trail"), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{entries['mine'].pk},")


def test_a_failed_sign_in_is_shown_without_a_name(browser_of: Browser, supervisor: Member) -> None:
    TrailEntry.objects.create(verb="sign_in_failed", subject_type="members.member", subject_id="")
    assert "sign in failed" in browser_of(supervisor).get(reverse("trail")).content.decode()


def test_the_verbs_to_choose_from_are_found_without_reading_the_table(entries: dict[str, TrailEntry]) -> None:
    from members.trail_search import _VERBS, verbs_used

    assert verbs_used() == ["grade", "hide", "settle"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {_VERBS}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan


def test_a_subjects_page_shows_its_own_trail(
    browser_of: Browser, officer: Member, facebook: Any, entries: dict[str, TrailEntry]
) -> None:
    page = browser_of(officer).get(reverse("account", args=[facebook.pk])).content.decode()
    assert "Trail of this account" in page
    assert "<b>grade</b>" in page
    assert "<b>hide</b>" not in page
