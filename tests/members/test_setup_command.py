"""`manage.py setup`: the same beginning at the server's console, asked or scripted, or a key for the first page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from members import setting_up
from members.models import Agency, Member, SetupKey, TrailEntry
from members.powers import Position

pytestmark = pytest.mark.django_db
PASSWORD = "four herons over the quiet harbour"
ANSWERS = {
    "agency_name": "Harbour City Police Department",
    "agency_short_name": "Harbour City Police",
    "agency_zone": "chicago",
    "agency_languages": "en,es",
    "agency_emergency_number": "911",
    "agency_non_emergency_number": "312-555-0100",
    "commander_name": "Capt. Ana Ruiz",
    "commander_number": "1001",
    "commander_username": "aruiz",
    "commander_email": "aruiz@harbour.example",
}


def run(**options: Any) -> str:
    said = StringIO()
    call_command("setup", stdout=said, stderr=said, **options)
    return said.getvalue()


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    path = tmp_path / "password"
    path.write_text(PASSWORD + "\n")
    return str(path)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[str]]:
    """What somebody types at the console, answer by answer; `CODE` is what his authenticator shows."""
    questions: list[str] = []

    def typed(answers: list[str]) -> list[str]:
        waiting: Iterator[str] = iter(answers)

        def answer(question: str = "") -> str:
            questions.append(question.strip())
            try:
                given = next(waiting)
            except StopIteration:
                raise EOFError from None
            return code() if given == "CODE" else given

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr("getpass.getpass", answer)
        return questions

    seeds: list[str] = []
    made = "members.management.commands.setup.generate_totp_secret"
    monkeypatch.setattr(made, lambda: seeds.append("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") or seeds[-1])

    def code() -> str:
        return format_hotp_value(hotp_value(seeds[-1], int(time.time()) // 30))

    return typed


def test_the_key_that_it_prints_opens_the_first_page(settings: Any) -> None:
    settings.UNIT_URL = "https://smu.harbour.example"
    said = run(key=True)
    assert "https://smu.harbour.example/setup/" in said
    key = re.search(r"^ {4}([0-9A-Z-]{29})$", said, re.MULTILINE)
    assert key is not None
    assert Client().post(reverse("setup"), {"key": key.group(1)})["Location"] == reverse("setup_agency")
    assert SetupKey.objects.count() == 1
    assert not TrailEntry.objects.exists(), "a key that nobody used yet has done nothing"


def test_answers_at_the_console_set_the_unit_up(typing: Callable[[list[str]], list[str]]) -> None:
    typed = [
        *("Harbour City Police Department", "Harbour City Police", "Atlantis", "en es", "", "312-555-0100"),
        "chicago",  # asked again, for Atlantis
        *("Capt. Ana Ruiz", "1001", "aruiz", "aruiz@harbour.example"),
        *("short", "short"),
        *(PASSWORD, PASSWORD),
        "000000",
        "CODE",
    ]
    questions = typing(typed)
    said = run()
    assert "There is no such time zone" in said
    assert "This is not the code" in said
    assert "otpauth://totp/" in said
    assert "▀" in said or "cannot draw" in said
    assert len(re.findall(r"^ {4}\d{8}$", said, re.MULTILINE)) == 10
    assert PASSWORD not in said
    assert "Emergency number [911]:" in questions
    commander = Member.objects.get()
    assert (commander.position, commander.username) == (Position.COMMANDER, "aruiz")
    assert commander.check_password(PASSWORD)
    assert (Agency.objects.get().zone, Agency.objects.get().languages) == ("America/Chicago", ["en", "es"])
    assert list(TrailEntry.objects.order_by("id").values_list("verb", "by")) == [
        ("set_up", None),
        ("name_commander", None),
    ]


def test_broken_off_it_has_stored_nothing(typing: Callable[[list[str]], list[str]]) -> None:
    typing(["Harbour City Police Department", "Harbour City Police"])
    with pytest.raises(CommandError, match="Nothing was stored"):
        run()
    assert not Agency.objects.exists()


def test_a_script_gives_every_answer_beforehand(password_file: str) -> None:
    said = run(no_input=True, password_file=password_file, **ANSWERS)
    assert "otpauth://totp/" in said
    assert Member.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"agency_zone": "Atlantis"}, "zone: There is no such time zone"),
        ({"commander_email": ""}, "email: This field is required"),
        ({"password_file": None}, "needs --password-file"),
    ],
)
def test_a_script_is_told_what_is_wrong(password_file: str, other: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(**{"no_input": True, "password_file": password_file, **ANSWERS, **other})
    assert not Member.objects.exists()
    assert not Agency.objects.exists()


@pytest.mark.parametrize("options", [{"key": True}, {"no_input": True}])
def test_where_there_is_a_unit_it_is_refused(commander: Member, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="set up already"):
        run(**options)
    assert Member.objects.count() == 1


def test_the_key_stays_good_for_an_hour_only() -> None:
    setting_up.new_key()
    stored = SetupKey.objects.get()
    assert stored.expires_at - stored.at <= setting_up.KEY_IS_GOOD_FOR
