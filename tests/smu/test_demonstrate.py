"""`manage.py demonstrate`: the fictional unit is loaded once, its public stands on the sandbox alone."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Account, Credential, PollState, Role, Terms
from members.models import Agency, Member, Watch
from members.powers import UNIT, Position
from members.roster import gaps, on_watch
from members.secrets import decrypt
from moderation.models import Comment, GradingSystem
from smu.demonstration import public, read
from smu.demonstration.public import OWN_BITS, X_EPOCH


@pytest.fixture
def demonstration(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    settings.DEMONSTRATION = True
    settings.DEMONSTRATION_MEMBERS = tmp_path / "members.json"
    monkeypatch.setenv("DATA", str(tmp_path))
    return tmp_path


def load() -> str:
    said = StringIO()
    call_command("demonstrate", stdout=said)
    return said.getvalue()


def truth(sandbox: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(f"{sandbox}/_sandbox/truth").json()
    return answer


@pytest.mark.sop("D.1")
def test_the_watch_is_kept_but_for_one_night_and_what_was_set_by_hand_is_left(
    demonstration: Path, sandbox: str
) -> None:
    load()
    now = timezone.now()
    assert on_watch()
    ((since, until),) = gaps(now, now + timedelta(days=7))
    assert until - since == timedelta(hours=8)
    Watch.objects.exclude(pk=Watch.objects.latest("until").pk).update(
        withdrawn_at=now, withdrawn_by=Member.objects.first()
    )
    load()
    assert Watch.objects.standing().count() == 1


def test_outside_the_demonstration_it_is_refused(db: None, settings: Any) -> None:
    settings.DEMONSTRATION = False
    for command in ("demonstrate", "trickle"):
        with pytest.raises(CommandError, match="make run"):
            call_command(command)
    assert not Member.objects.exists()


def test_the_unit_stands_and_its_public_is_on_the_sandbox_alone(demonstration: Path, sandbox: str) -> None:
    assert "8 members, 4 accounts, 28 posts and 421 comments" in load()
    assert {member.position for member in Member.objects.all()} == UNIT | {Position.LEGAL_ADVISER, Position.AUDITOR}
    assert Member.objects.filter(position=Position.OFFICER).count() == 2
    assert Account.objects.open().count() == PollState.objects.count() == Credential.objects.count() == 4
    assert Role.objects.filter(kind=Role.Kind.MAIN_ADMINISTRATOR, until=None).count() == 4
    assert Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, until=None).count() == 4
    assert Terms.objects.in_force() is not None
    assert GradingSystem.objects.in_force() is not None
    assert Comment.objects.count() == 0
    there = truth(sandbox)
    assert sum(len(platform["comments"]) for platform in there.values()) == 421


def test_its_agency_says_that_it_is_a_demonstration(demonstration: Path, sandbox: str) -> None:
    load()
    agency = Agency.objects.get()
    assert (agency.name, agency.demonstration) == ("Bayside Police Department", True)
    assert bytes(agency.mark or b"").startswith(b"\x89PNG")


def test_on_a_real_unit_it_is_refused(demonstration: Path, sandbox: str) -> None:
    Agency.objects.create(name="Harbour City", short_name="Harbour", zone="America/New_York", languages=["en"])
    with pytest.raises(CommandError, match="holds a real unit"):
        load()
    assert not Member.objects.exists()


@pytest.mark.sop("1.PER", "1.4")
def test_periscope_has_lived_and_ended_and_x_says_what_it_was_called(demonstration: Path, sandbox: str) -> None:
    load()
    periscope = Account.objects.get(platform="periscope")
    ended = periscope.terminations.get()
    assert (periscope.state, ended.state, ended.ground) == ("closed", "approved", "inactive")
    assert ended.approval.at.year == 2021
    assert "31 March 2021" in ended.ground_text
    ends = ended.notice_ends()
    assert ends is not None
    assert ends < ended.approval.at
    assert not periscope.roles.filter(until=None).exists()
    assert Account.objects.get(platform="x").former_names.get().platform_name == "Twitter"


def test_a_second_load_changes_nothing(demonstration: Path, sandbox: str) -> None:
    load()
    files = {path.name: path.read_text() for path in demonstration.glob("*.json")}
    passwords = dict(Member.objects.values_list("username", "password"))
    before = {name: (len(one["posts"]), len(one["comments"])) for name, one in truth(sandbox).items()}
    load()
    assert {path.name: path.read_text() for path in demonstration.glob("*.json")} == files
    assert dict(Member.objects.values_list("username", "password")) == passwords
    assert Role.objects.filter(until=None).count() == 20
    assert {name: (len(one["posts"]), len(one["comments"])) for name, one in truth(sandbox).items()} == before


def test_what_was_edited_or_hidden_meanwhile_stays_so(demonstration: Path, sandbox: str) -> None:
    load()
    one = next(iter(truth(sandbox)["facebook"]["comments"]))
    httpx.patch(f"{sandbox}/_sandbox/comments/facebook/{one}", json={"text": "Edited"}).raise_for_status()
    load()
    assert truth(sandbox)["facebook"]["comments"][one]["text"] == "Edited"


def test_members_can_sign_in_with_what_the_file_tells(demonstration: Path, sandbox: str) -> None:
    load()
    path = demonstration / "members.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = json.loads(path.read_text())
    assert {tuple(sorted(member)) for member in told} == {
        ("name", "number", "password", "position", "totp_secret", "username")
    }
    for member in told:
        stored = Member.objects.get(username=member["username"])
        assert stored.check_password(member["password"])
        assert len(member["password"]) >= 15
        secret = Authenticator.objects.get(user=stored).data["secret"]
        assert secret != member["totp_secret"], "the seed lies encrypted in the database (ruling 33)"
        assert decrypt(secret) == member["totp_secret"]
    assert len({member["password"] for member in told}) == 8


def test_a_new_file_or_a_new_database_agree_again_after_the_next_load(demonstration: Path, sandbox: str) -> None:
    load()
    (demonstration / "members.json").unlink()
    (demonstration / "sandbox.json").unlink()
    load()
    (told, *_) = json.loads((demonstration / "members.json").read_text())
    assert Member.objects.get(username=told["username"]).check_password(told["password"])
    kept = json.loads((demonstration / "sandbox.json").read_text())["credentials"]["x"]
    assert Credential.objects.get(account__platform="x").access_token == kept["access_token"]


def test_no_token_lies_readable_in_the_database(demonstration: Path, sandbox: str) -> None:
    load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_token, refresh_token, client_secret, app_secret FROM accounts_credential")
        stored = [secret for row in cursor.fetchall() for secret in row]
    tokens = json.loads((demonstration / "sandbox.json").read_text())["credentials"]
    assert len(stored) == 16
    assert not {secret for one in tokens.values() for secret in one.values()} & set(stored)


def test_ids_of_x_are_made_for_the_times_that_the_ages_say(demonstration: Path, sandbox: str) -> None:
    corpus = public.corpus()
    loaded_at = json.loads((demonstration / "sandbox.json").read_text())["loaded_at"]
    ages = {int(one["id"]) & (1 << OWN_BITS) - 1: one["age"] for one in read("comments") if one["platform"] == "x"}
    ours = [one for one in corpus["comments"] if one["platform"] == "x"]
    for one in ours:
        made_at = (int(one["id"]) >> OWN_BITS) + X_EPOCH
        assert made_at == loaded_at - ages[int(one["id"]) & (1 << OWN_BITS) - 1] * 60_000
    posts = {one["id"] for one in corpus["posts"] if one["platform"] == "x"}
    assert {one["post"] for one in ours} - {None} <= posts
    known = {one["id"] for one in ours}
    assert {one["parent"] for one in ours} - {None} <= known


def test_parents_come_before_their_replies(demonstration: Path) -> None:
    seen: set[str] = set()
    for one in public.corpus()["comments"]:
        assert one["parent"] is None or one["parent"] in seen
        seen.add(one["id"])


def test_the_trickle_goes_on_where_it_was(demonstration: Path) -> None:
    first = public.trickle()
    one, two = next(first), next(first)
    again = public.trickle()
    assert next(again) == two
    assert one != two
