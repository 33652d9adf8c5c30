"""Keys for stored secrets are changed while the unit works; a lost key closes nothing that cannot be set up anew."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Account, Credential
from members import rotation
from members.models import Member, TrailEntry
from members.secrets import UnknownKey, decrypt, encrypt
from tests.cast import PASSWORD
from tests.standing import standing_account

pytestmark = pytest.mark.django_db
OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))
SEED = generate_totp_secret()


@pytest.fixture
def with_secrets(settings: Any, officer: Member) -> Account:
    """An account's tokens and a member's factors under the old key; then a new one comes first."""
    settings.FIELD_KEYS = [("old", OLD)]
    account = standing_account("facebook", "9000", name="Harbour City Police Department")
    Credential.objects.create(account=account, access_token="token-1", app_secret="app-1")
    TOTP.activate(officer, SEED)
    RecoveryCodes.activate(officer)
    settings.FIELD_KEYS = [("new", NEW), ("old", OLD)]
    return account


def run(**options: Any) -> str:
    said = StringIO()
    call_command("rotate_keys", stdout=said, stderr=said, **options)
    return said.getvalue()


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text FROM {table}")
        return [value for (value,) in cursor.fetchall()]


def test_everything_lies_under_the_newest_key_and_says_the_same(with_secrets: Account, officer: Member) -> None:
    codes = RecoveryCodes(Authenticator.objects.get(user=officer, type="recovery_codes")).get_unused_codes()
    said = run()
    assert "accounts.Credential.access_token: 1 renewed, 1 under 'new'" in said
    assert "mfa.Authenticator.data: 2 renewed, 2 under 'new'" in said
    assert "FIELD_KEYS can do without 'old'" in said
    credential = Credential.objects.get(account=with_secrets)
    assert (credential.access_token, credential.refresh_token, credential.app_secret) == ("token-1", "", "app-1")
    assert all(value.startswith("new$") for value in stored("accounts_credential", "access_token"))
    assert not any("old$" in value for value in stored("mfa_authenticator", "data"))
    assert decrypt(Authenticator.objects.get(user=officer, type="totp").data["secret"]) == SEED
    assert RecoveryCodes(Authenticator.objects.get(user=officer, type="recovery_codes")).get_unused_codes() == codes


def test_afterwards_the_old_key_is_not_needed(with_secrets: Account, officer: Member, settings: Any) -> None:
    run()
    settings.FIELD_KEYS = [("new", NEW)]
    assert Credential.objects.get(account=with_secrets).access_token == "token-1"
    assert "Everything lies under 'new'." in run(check=True)


def test_a_second_run_finds_nothing_to_do(with_secrets: Account) -> None:
    run()
    before = stored("accounts_credential", "access_token")
    assert "accounts.Credential.access_token: 0 renewed" in run()
    assert stored("accounts_credential", "access_token") == before


def test_a_look_changes_nothing_and_says_what_is_left(with_secrets: Account) -> None:
    before = stored("accounts_credential", "access_token")
    with pytest.raises(CommandError, match="under 'old'"):
        run(check=True)
    assert stored("accounts_credential", "access_token") == before


def test_what_was_written_meanwhile_is_not_overwritten(with_secrets: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(text: str) -> str:
        """Another process renews the token between the reading and the writing."""
        Credential.objects.filter(account=with_secrets).update(access_token="token-2")
        return encrypt(text)

    monkeypatch.setattr(rotation, "encrypt", slowly)
    said = run_whatever_comes()
    assert Credential.objects.get(account=with_secrets).access_token == "token-2"
    assert "accounts.Credential.access_token: 0 renewed" in said


def run_whatever_comes() -> str:
    said = StringIO()
    try:
        call_command("rotate_keys", stdout=said, stderr=said)
    except CommandError as error:
        said.write(str(error))
    return said.getvalue()


def test_it_goes_in_batches_and_on_where_it_was_broken_off(
    with_secrets: Account, make_member: Callable[..., Member], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.FIELD_KEYS = [("old", OLD)]
    for _ in range(7):
        TOTP.activate(make_member(), generate_totp_secret())
    settings.FIELD_KEYS = [("new", NEW), ("old", OLD)]
    renewed = []

    def breaks_off(data: dict[str, Any]) -> dict[str, Any]:
        if len(renewed) == 3:
            raise KeyboardInterrupt
        renewed.append(data)
        return rotation._renewed_data(data)

    (place,) = [place for place in rotation.places() if place.model is Authenticator]
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(rotation.Place(**{**vars(place), "renewed": breaks_off}))
    assert rotation.standing(place) == {"new": 3, "old": 6}
    assert "mfa.Authenticator.data: 6 renewed, 9 under 'new'" in run()


def test_every_secret_field_is_known_to_it(with_secrets: Account) -> None:
    names = {place.name for place in rotation.places()}
    assert {"accounts.Credential.access_token", "accounts.Credential.app_secret", "mfa.Authenticator.data"} <= names


def test_a_key_that_is_lost_is_named_without_the_secret(with_secrets: Account, settings: Any) -> None:
    lost = stored("accounts_credential", "access_token")
    settings.FIELD_KEYS = [("new", NEW)]
    said = run_whatever_comes()
    assert "accounts.Credential.access_token: 1 do not open with a key 'old' that is configured." in said
    assert "Unknown here: 'old'" in said
    assert "Lost keys" in said
    for secret in lost:
        assert secret not in said
        assert secret.partition("$")[2] not in said
    assert stored("accounts_credential", "access_token") == lost, "what cannot be opened stays: the key may be found"


def test_a_key_under_a_known_id_that_is_another_opens_nothing_and_says_so(with_secrets: Account, settings: Any) -> None:
    settings.FIELD_KEYS = [("new", NEW), ("old", OTHER)]
    with pytest.raises(UnknownKey):
        Credential.objects.get(account=with_secrets)
    assert "1 do not open with a key 'old'" in run_whatever_comes()


def test_who_comes_with_a_factor_under_a_lost_key_is_told_what_to_do(
    with_secrets: Account, officer: Member, settings: Any
) -> None:
    settings.FIELD_KEYS = [("new", NEW)]
    client = Client()
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert answer.status_code == 503
    assert "Lost keys" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_what_a_lost_key_locks_away_is_given_up_and_set_up_anew(
    with_secrets: Account, officer: Member, other_officer: Member, settings: Any
) -> None:
    settings.FIELD_KEYS = [("new", NEW)]
    TOTP.activate(other_officer, SEED)
    said = run(forget="old")
    assert "accounts.Credential.access_token: 1 given up" in said
    assert "mfa.Authenticator.data: 2 given up" in said
    assert "Everything lies under 'new'." in said
    assert Credential.objects.get(account=with_secrets).access_token == ""
    assert not Authenticator.objects.filter(user=officer).exists()
    assert Authenticator.objects.filter(user=other_officer).count() == 1, "what opens is left alone"
    told = TrailEntry.objects.filter(verb="forget_second_factor", by=None)
    assert {entry.subject_id for entry in told} == {str(officer.pk)}

    client = Client()
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    assert client.get(reverse("home"))["Location"].startswith(reverse("second_factor")), "he sets up a new one first"


def test_nothing_under_a_key_that_is_configured_is_given_up(with_secrets: Account, officer: Member) -> None:
    with pytest.raises(CommandError, match="nothing under it is lost"):
        run(forget="old")
    assert Authenticator.objects.filter(user=officer).count() == 2
