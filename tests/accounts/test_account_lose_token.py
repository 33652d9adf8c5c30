"""Losing a token: only when it is the one in force that the platform refused (facts.md 3.4)."""

from __future__ import annotations

import pytest

from accounts.models import Account, Credential

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(x):
    Credential.objects.update_or_create(account=x, defaults={"access_token": "first", "refresh_token": "rotates"})
    return Account.objects.get(pk=x.pk)


def test_a_refused_token_stops_the_account(account):
    assert account.credential.access_token == "first"
    assert account.lose_token() is True
    assert Account.objects.get(pk=account.pk).state == "needs_reconnecting"


def test_a_token_that_another_worker_has_renewed_meanwhile_is_not_lost(account):
    assert account.credential.access_token == "first"  # as this worker read it
    other = Credential.objects.get(account=account)
    other.access_token = "second"
    other.save()
    assert account.lose_token() is False
    assert Account.objects.get(pk=account.pk).state == "active"
    assert account.credential.access_token == "second"  # what the next attempt uses
