"""A real unit begins from nothing: a key from the console, then agency, Commander, password and second factor."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import secrets, setting_up
from members.models import Agency, Member, Posting, SetupKey, TrailEntry
from members.powers import Position

pytestmark = pytest.mark.django_db
PASSWORD = "four herons over the quiet harbour"
AGENCY = {
    "name": "Harbour City Police Department",
    "short_name": "Harbour City Police",
    "zone": "Los Angeles",
    "languages": ["en", "es"],
    "emergency_number": "911",
    "non_emergency_number": "213-555-0100",
}
COMMANDER = {"name": "Capt. Ana Ruiz", "number": "1001", "username": "aruiz", "email": "aruiz@harbour.example"}


@pytest.fixture
def key() -> str:
    return setting_up.new_key()


@pytest.fixture
def window() -> Client:
    return Client()


def post(window: Client, page: str, /, **typed: Any) -> Any:
    return window.post(reverse(page), typed)


def code_of(window: Client, steps: int = 0) -> str:
    seed = secrets.decrypt(window.session["setup"]["seed"])
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + steps))


def come_to_the_second_factor(window: Client, key: str, **commander: str) -> None:
    for name, typed in (
        ("setup", {"key": key}),
        ("setup_agency", AGENCY),
        ("setup_commander", COMMANDER | commander),
        ("setup_password", {"password": PASSWORD, "again": PASSWORD}),
    ):
        assert post(window, name, **typed).status_code == 302
    assert window.get(reverse("setup_factor")).status_code == 200


def come_to_the_end(window: Client, key: str) -> Any:
    come_to_the_second_factor(window, key)
    return post(window, "setup_factor", code=code_of(window))


@pytest.mark.parametrize("address", ["/", "/comments/", "/sign-in/", "/agency/", "/nowhere/"])
def test_before_there_is_a_unit_every_page_leads_to_the_first(window: Client, address: str) -> None:
    answer = window.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/setup/")
    assert "manage.py setup --key" in window.get("/setup/").content.decode()


def test_from_nothing_to_the_commanders_home(window: Client, key: str) -> None:
    answer = come_to_the_end(window, key)
    assert (answer.status_code, answer["Location"]) == (302, reverse("setup_codes"))
    commander = Member.objects.get()
    assert (commander.position, commander.state, commander.name) == (Position.COMMANDER, "serving", "Capt. Ana Ruiz")
    assert commander.check_password(PASSWORD)
    agency = Agency.objects.get()
    assert (agency.zone, agency.languages, agency.demonstration) == ("America/Los_Angeles", ["en", "es"], False)
    assert window.session["_auth_user_id"] == str(commander.pk)
    assert Posting.objects.get(member=commander).by is None
    types = set(Authenticator.objects.filter(user=commander).values_list("type", flat=True))
    assert types == {"totp", "recovery_codes"}
    told = [(entry.verb, entry.by) for entry in TrailEntry.objects.order_by("id")][:2]
    assert told == [("set_up", None), ("name_commander", None)]

    answer = window.get(reverse("setup_codes"))
    assert answer.status_code == 200, answer.headers
    shown = answer.content.decode()
    assert len(re.findall(r"<li><code>\d+</code></li>", shown)) == 10
    assert post(window, "setup_codes")["Location"] == reverse("home")
    assert window.get(reverse("setup_codes")).status_code == 404
    home = window.get(reverse("home"))
    assert home.status_code == 200
    assert "Harbour City Police" in home.content.decode()


def test_afterwards_the_way_is_closed_for_everybody(window: Client, key: str) -> None:
    come_to_the_end(window, key)
    for one in (window, Client()):
        for name in ("setup", "setup_agency", "setup_commander", "setup_password", "setup_factor"):
            assert one.get(reverse(name)).status_code == 404
            assert one.post(reverse(name)).status_code == 404
    with pytest.raises(setting_up.AlreadySetUp, match="set up already"):
        setting_up.new_key()


def test_where_members_are_there_is_no_set_up(commander: Member, stranger: Client) -> None:
    assert stranger.get(reverse("setup")).status_code == 404
    with pytest.raises(setting_up.AlreadySetUp):
        setting_up.new_key()


@pytest.mark.parametrize("spelled", [str, str.lower, lambda key: key.replace("-", " "), lambda key: f" {key} "])
def test_the_key_is_taken_as_it_is_typed(window: Client, key: str, spelled: Callable[[str], str]) -> None:
    assert post(window, "setup", key=spelled(key))["Location"] == reverse("setup_agency")


def test_without_the_key_no_step_is_reached(window: Client, key: str) -> None:
    for name in ("setup_agency", "setup_commander", "setup_password", "setup_factor"):
        assert window.get(reverse(name))["Location"] == reverse("setup")
        assert window.post(reverse(name), AGENCY)["Location"] == reverse("setup")
    assert window.get(reverse("setup_codes")).status_code in {302, 404}


def test_only_the_keys_digest_is_stored(key: str) -> None:
    stored = SetupKey.objects.get()
    assert key.encode() not in bytes(stored.digest)
    assert len(bytes(stored.digest)) == 32


def test_a_key_that_is_over_says_so_and_what_to_do(window: Client, key: str) -> None:
    SetupKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = post(window, "setup", key=key)
    assert answer.status_code == 422
    assert "This key is over" in answer.content.decode()
    assert "manage.py setup --key" in answer.content.decode()


def test_a_newer_key_closes_the_one_before(window: Client, key: str) -> None:
    newer = setting_up.new_key()
    assert "This key is over" in post(window, "setup", key=key).content.decode()
    assert post(window, "setup", key=newer).status_code == 302


def test_a_key_that_runs_out_on_the_way_keeps_what_was_typed(window: Client, key: str) -> None:
    come_to_the_second_factor(window, key)
    SetupKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = post(window, "setup_factor", code=code_of(window))
    assert answer.status_code == 422
    assert "What you typed is kept" in answer.content.decode()
    assert not Member.objects.exists()
    post(window, "setup", key=setting_up.new_key())
    assert "Harbour City Police Department" in window.get(reverse("setup_agency")).content.decode()
    assert post(window, "setup_factor", code=code_of(window))["Location"] == reverse("setup_codes")


def test_five_wrong_keys_and_even_the_right_one_waits_ten_minutes(key: str) -> None:
    answers = [post(Client(REMOTE_ADDR=f"10.0.0.{n}"), "setup", key=f"WRONG-{n}") for n in range(10)]
    assert [answer.status_code for answer in answers] == [422] * 10
    assert "This is not the key" in answers[4].content.decode()
    assert "Wait ten minutes" in answers[5].content.decode()
    assert "Wait ten minutes" in post(Client(), "setup", key=key).content.decode()


def test_the_right_key_costs_no_try(window: Client, key: str) -> None:
    for _ in range(7):
        assert post(Client(), "setup", key=key).status_code == 302


def test_two_browsers_with_the_same_key_make_one_commander(key: str) -> None:
    one, other = Client(), Client()
    come_to_the_second_factor(one, key)
    come_to_the_second_factor(other, key, username="intruder", number="6666", email="other@harbour.example")
    assert post(one, "setup_factor", code=code_of(one)).status_code == 302
    answer = post(other, "setup_factor", code=code_of(other))
    assert answer.status_code == 404
    assert Member.objects.get().username == "aruiz"


def test_the_later_of_two_that_are_both_past_the_door_is_told(key: str) -> None:
    stored = SetupKey.objects.get()
    agency, commander = Agency(**AGENCY), Member(**COMMANDER)
    setting_up.set_up(agency, commander, seed="A" * 32, key=stored)
    with pytest.raises(setting_up.AlreadySetUp, match="Its members sign in"):
        setting_up.set_up(Agency(**AGENCY), Member(**COMMANDER | {"username": "b"}), seed="B" * 32, key=stored)
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("setup_agency", AGENCY | {"name": ""}, "Write the agency&#x27;s name in full."),
        ("setup_agency", AGENCY | {"zone": "Atlantis"}, "There is no such time zone."),
        ("setup_agency", AGENCY | {"languages": []}, "Choose at least one language."),
        ("setup_agency", AGENCY | {"languages": ["xx"]}, "xx is not one of the available choices"),
        ("setup_agency", AGENCY | {"short_name": "Harbour\u202ePolice"}, "Something in it cannot be seen."),
        ("setup_agency", AGENCY | {"non_emergency_number": "ask us"}, "A telephone number has digits in it."),
        ("setup_commander", COMMANDER | {"username": "ana ruiz"}, "without spaces"),
        ("setup_commander", COMMANDER | {"email": "ana"}, "Each member needs an e-mail address"),
        ("setup_password", {"password": "short", "again": "short"}, "at least 15"),
        ("setup_password", {"password": "harbourcitypolice1", "again": "harbourcitypolice1"}, "the agency"),
        ("setup_password", {"password": PASSWORD, "again": "another"}, "The two are not the same."),
        ("setup_factor", {"code": "000000"}, "This is not the code."),
        ("setup_factor", {"code": ""}, "Type the six digits"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_stays_typed(
    window: Client, key: str, name: str, typed: dict[str, Any], sentence: str
) -> None:
    come_to_the_second_factor(window, key)
    answer = post(window, name, **typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    if name in {"setup_agency", "setup_commander"}:
        assert typed["name"] in shown
        kept = window.session["setup"]
        assert kept["agency"]["name"] == AGENCY["name"], "what was right before is still there"


def test_a_clock_that_is_wrong_is_told(window: Client, key: str) -> None:
    come_to_the_second_factor(window, key)
    shown = post(window, "setup_factor", code=code_of(window, steps=8)).content.decode()
    assert "clock is about 4 minutes fast" in shown
    assert not Member.objects.exists()


def test_going_back_finds_what_was_typed(window: Client, key: str) -> None:
    come_to_the_second_factor(window, key)
    assert 'value="Harbour City Police"' in window.get(reverse("setup_agency")).content.decode()
    assert 'value="aruiz"' in window.get(reverse("setup_commander")).content.decode()
    shown = window.get(reverse("setup_password")).content.decode()
    assert "A password is set" in shown
    assert PASSWORD not in shown
    assert post(window, "setup_password", password="", again="")["Location"] == reverse("setup_factor")
    seed = window.session["setup"]["seed"]
    window.get(reverse("setup_factor"))
    assert window.session["setup"]["seed"] == seed, "an authenticator that has scanned it stays right"


def test_what_waits_in_the_session_is_no_password_and_no_seed(window: Client, key: str) -> None:
    come_to_the_second_factor(window, key)
    draft = str(window.session["setup"])
    assert PASSWORD not in draft
    assert secrets.decrypt(window.session["setup"]["seed"]) not in draft
