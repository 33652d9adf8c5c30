"""Signing in by the department's identity provider: a certified one on loopback, spoken to over real HTTP."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client
from django.urls import reverse

from members import provider as identity_provider
from members.models import Member, Notification, TrailEntry
from members.powers import Position
from smu.environment import ROOT

SERVER = ROOT / "tests/identity_provider/provider.mjs"
CALLBACK = "http://testserver/sign-in/identity/back/"
SECRET = generate_totp_secret()

People = Callable[..., None]


def node() -> str:
    """The machine's own, or that of the package that brings npm where there is none."""
    return shutil.which("node") or str(ROOT / ".venv/bin/node")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The provider runs; whom it knows stands in the file that this gives."""
    people = tmp_path_factory.mktemp("identity") / "people.json"
    people.write_text("{}")
    port = settings.OIDC_ISSUER.rpartition(":")[2]
    process = subprocess.Popen([node(), SERVER, port, CALLBACK, people], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert b"listening" in process.stdout.readline()
    yield people
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def knows(provider: Path) -> People:
    """`knows("sub-1", email="…", email_verified=True)` adds a person to the provider."""

    def know(sub: str, **claims: Any) -> None:
        provider.write_text(json.dumps({**json.loads(provider.read_text()), sub: claims}))

    return know


def through_the_provider(browser: Client, sub: str) -> Any:
    """Press the button, sign in on the provider's own pages as `sub`, and come back."""
    answer = browser.post(reverse("openid_connect_login"))
    assert answer.status_code == 302, answer.content.decode()
    with httpx.Client(follow_redirects=False) as there:
        address, page = answer["Location"], None
        while not address.startswith(CALLBACK):
            page = there.get(address)
            while page.status_code == 200:
                action = re.search(r'action="([^"]+)"', page.text)
                prompt = re.search(r'name="prompt" value="([^"]+)"', page.text)
                assert action is not None
                assert prompt is not None
                typed = {"prompt": prompt[1], "login": sub, "password": "anything"}
                page = there.post(urljoin(address, action[1]), data=typed)
            address = urljoin(address, page.headers["location"])
    return browser.get(address.removeprefix("http://testserver"))


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_a_member_is_known_by_his_verified_address_then_by_the_providers_id(
    stranger: Client, officer: Member, knows: People
) -> None:
    knows("sub-1", email=officer.email.upper(), email_verified=True)
    answer = through_the_provider(stranger, "sub-1")
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in(stranger)
    verbs = list(TrailEntry.objects.filter(subject_id=str(officer.pk)).order_by("id").values_list("verb", flat=True))
    assert verbs == ["link_identity", "sign_in"]
    assert Notification.objects.filter(member=officer, kind="security").exists()
    knows("sub-1", email="changed@elsewhere.example", email_verified=True)
    again = Client()
    through_the_provider(again, "sub-1")
    assert signed_in(again)


def test_position_powers_and_name_are_never_taken_from_the_provider(
    stranger: Client, officer: Member, knows: People
) -> None:
    claims = {"position": "commander", "roles": ["commander"], "groups": ["administrators"], "name": "Somebody Else"}
    knows("sub-2", email=officer.email, email_verified=True, preferred_username="rkeller", **claims)
    through_the_provider(stranger, "sub-2")
    assert signed_in(stranger)
    after = Member.objects.get(pk=officer.pk)
    assert (after.position, after.name, after.username) == (Position.OFFICER, officer.name, officer.username)
    assert SocialAccount.objects.get(user=officer).extra_data == {}


def test_the_units_own_second_factor_is_asked_all_the_same(stranger: Client, officer: Member, knows: People) -> None:
    TOTP.activate(officer, SECRET)
    knows("sub-3", email=officer.email, email_verified=True)
    answer = through_the_provider(stranger, "sub-3")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not signed_in(stranger)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    stranger.post(reverse("mfa_authenticate"), {"code": code})
    assert signed_in(stranger)


@pytest.mark.sop("F.I")
@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@elsewhere.example", "email_verified": True},
        {"email": "ddiaz@bayside.example", "email_verified": False},
        {"email": "ddiaz@bayside.example", "email_verified": "false"},
        {"email": "ddiaz@bayside.example"},
        {"email": "", "email_verified": True},
        {},
    ],
    ids=["unknown", "not verified", "a word for not verified", "nothing of verified", "empty", "no address"],
)
def test_whom_the_unit_does_not_know_by_a_verified_address_stays_outside(
    stranger: Client, officer: Member, knows: People, claims: dict[str, Any]
) -> None:
    knows("sub-4", **claims)
    answer = through_the_provider(stranger, "sub-4")
    assert answer.status_code == 403
    assert "Ask the Section Commander" in answer.content.decode()
    assert not signed_in(stranger)
    assert Member.objects.filter(position=Position.OFFICER).count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.sop("1.3")
def test_who_has_left_stays_outside_linked_or_not(stranger: Client, officer: Member, knows: People) -> None:
    knows("sub-5", email=officer.email, email_verified=True)
    through_the_provider(stranger, "sub-5")
    assert signed_in(stranger)
    Member.objects.filter(pk=officer.pk).update(is_active=False, state=Member.State.LEFT)
    again = Client()
    assert through_the_provider(again, "sub-5").status_code == 403
    assert not signed_in(again)
    identity_provider.unlink(member=officer, by=None)
    assert through_the_provider(again, "sub-5").status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_address_that_was_given_to_somebody_else_opens_nothing(
    stranger: Client, officer: Member, knows: People
) -> None:
    knows("sub-6", email=officer.email, email_verified=True)
    through_the_provider(stranger, "sub-6")
    knows("sub-7", email=officer.email, email_verified=True)
    other = Client()
    answer = through_the_provider(other, "sub-7")
    assert answer.status_code == 403
    assert "another identity" in answer.content.decode()
    assert not signed_in(other)


def test_an_identity_that_was_unlinked_is_linked_again_by_the_address(
    stranger: Client, officer: Member, knows: People, browser_of: Callable[[Member], Client]
) -> None:
    knows("sub-8", email=officer.email, email_verified=True)
    through_the_provider(stranger, "sub-8")
    browser_of(officer).post(reverse("unlink_identity"))
    assert not SocialAccount.objects.exists()
    knows("sub-9", email=officer.email, email_verified=True)
    through_the_provider(Client(), "sub-9")
    assert SocialAccount.objects.get(user=officer).uid == "sub-9"


def test_a_code_from_another_browser_is_worth_nothing(stranger: Client, officer: Member, knows: People) -> None:
    knows("sub-10", email=officer.email, email_verified=True)
    for query in ({"code": "stolen", "state": "made-up"}, {"error": "server_error"}, {}):
        answer = stranger.get(reverse("openid_connect_callback"), query)
        assert answer.status_code == 502
        assert not signed_in(stranger)


def test_without_the_provider_a_sentence_says_so_and_the_user_name_still_works(
    stranger: Client, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    monkeypatch.setitem(app["settings"], "server_url", "http://127.0.0.1:9")
    answer = stranger.post(reverse("openid_connect_login"))
    assert answer.status_code == 502
    assert "sign in with your user name" in answer.content.decode()
