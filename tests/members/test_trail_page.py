"""The trail's page: searched by person, verb, subject and time; the whole unit's only by a Supervisor or above."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import LogEntry, Member, TrailEntry, Unsealed
from members.states import record
from members.templatetags.trail import trail_by

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
    assert page.count(" sealed<span") == 1


def test_it_pages_by_key_both_ways(browser_of: Browser, supervisor: Member, facebook: Any) -> None:
    made = [record("note", facebook, by=None).pk for _ in range(120)]
    client = browser_of(supervisor)
    first = client.get(reverse("trail")).context["page"]
    assert [row.pk for row in first.rows] == made[:69:-1]
    assert first.newer == ""
    second = client.get(reverse("trail"), {"older": first.older}).context["page"]
    third = client.get(reverse("trail"), {"older": second.older}).context["page"]
    assert [row.pk for row in third.rows] == made[19::-1]
    assert third.older == ""
    assert shown(client, newer=third.newer) == set(made[20:70])
    assert shown(client, newer=second.newer) == {row.pk for row in first.rows}, "as long as nothing newer came"


@pytest.mark.parametrize("key", ["rubbish", "1.2.3", "9" * 17 + ".1", "-1.1", "1", "٣.٣"])
def test_a_key_that_makes_no_sense_shows_the_newest_or_nothing(
    browser_of: Browser, supervisor: Member, entries: dict[str, TrailEntry], key: str
) -> None:
    client = browser_of(supervisor)
    for way in ("older", "newer"):
        assert shown(client, **{way: key}) in ({one.pk for one in entries.values()}, set())


def test_entries_of_the_same_moment_are_neither_lost_nor_shown_twice(
    browser_of: Browser, supervisor: Member, facebook: Any
) -> None:
    now = timezone.now()
    made = TrailEntry.objects.bulk_create(
        [TrailEntry(at=now, verb="note", subject_type="", subject_id=str(n)) for n in range(101)]
    )
    client = browser_of(supervisor)
    seen: list[int] = []
    key = ""
    while True:
        page = client.get(reverse("trail"), {"older": key} if key else {}).context["page"]
        seen += [row.pk for row in page.rows]
        key = page.older
        if not key:
            break
    assert seen == sorted((row.pk for row in made), reverse=True)


def text_of(answer: Any) -> str:
    """What is streamed, as one text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a synchronous test reads it whole
        return b"".join(answer).decode()


def test_it_comes_as_a_spreadsheet_within_the_same_bounds_and_that_is_logged(
    browser_of: Browser, officer: Member, entries: dict[str, TrailEntry]
) -> None:
    answer = browser_of(officer).get(reverse("trail"), {"format": "csv"})
    assert answer["Content-Disposition"].startswith('attachment; filename="trail-')
    lines = text_of(answer).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{entries['mine'].pk},")
    logged = LogEntry.objects.get()
    assert (logged.by, logged.verb, logged.subject_type) == (officer, "export", "members.trailentry")


def test_the_file_holds_everything_that_was_found_however_much(
    browser_of: Browser, supervisor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    TrailEntry.objects.bulk_create([TrailEntry(verb="note", subject_type="", subject_id=str(n)) for n in range(2500)])
    answer = browser_of(supervisor).get(reverse("trail"), {"format": "csv", "verb": "note"})
    numbers = [line.split(",")[6] for line in text_of(answer).splitlines()[1:]]
    assert numbers == [str(n) for n in range(2499, -1, -1)]


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


def test_what_a_member_did_stands_on_his_page_for_those_who_read_it(
    officer: Member, other_officer: Member, supervisor: Member, entries: dict[str, TrailEntry]
) -> None:
    of = [trail_by(officer, reader) for reader in (officer, supervisor, other_officer)]
    assert of[2] is None, "a colleague reads his own only"
    for told in of[:2]:
        assert told is not None
        assert [line.entry.pk for line in told["shown"]] == [entries["mine"].pk]


# --- the log of reads ---


@pytest.fixture
def reads(officer: Member, other_officer: Member) -> dict[str, LogEntry]:
    of_a_record = {"subject_type": "moderation.retainedrecord", "subject_id": "7"}
    return {
        "mine": LogEntry.objects.create(by=officer, verb="read", **of_a_record),
        "another's": LogEntry.objects.create(by=other_officer, verb="download", **of_a_record),
        "a claim": LogEntry.objects.create(by=officer, verb="claim", subject_type="moderation.comment", subject_id="1"),
    }


def read_shown(client: Client, **asked: Any) -> set[int]:
    answer = client.get(reverse("reads"), asked)
    assert answer.status_code == 200
    return {line.entry.pk for line in answer.context["shown"]}


@pytest.mark.parametrize("position", ["supervisor", "commander", "auditor"])
def test_who_read_which_record_is_read_by_those_above_and_the_auditor(
    request: Any, browser_of: Browser, reads: dict[str, LogEntry], position: str
) -> None:
    client = browser_of(request.getfixturevalue(position))
    assert read_shown(client) == {reads["mine"].pk, reads["another's"].pk}, "a claim is no reading"
    assert read_shown(client, verb="download") == {reads["another's"].pk}
    assert read_shown(client, subject="record", number=7) == {reads["mine"].pk, reads["another's"].pk}
    assert read_shown(client, subject="record", number=8) == set()


def test_everybody_sees_his_own_reads(
    browser_of: Browser, officer: Member, legal_adviser: Member, reads: dict[str, LogEntry]
) -> None:
    assert read_shown(browser_of(officer)) == {reads["mine"].pk}
    assert "Nobody read anything that fits" in browser_of(legal_adviser).get(reverse("reads")).content.decode()


def test_reads_come_as_a_spreadsheet_too(browser_of: Browser, auditor: Member, reads: dict[str, LogEntry]) -> None:
    lines = text_of(browser_of(auditor).get(reverse("reads"), {"format": "csv"})).splitlines()
    assert len(lines) == 4, "head, two reads, and this export itself, which is logged before it is made"
    assert lines[0].endswith("entry,at,who,number,verb,subject,id,act")
    assert ",export,trail,," in lines[1]
