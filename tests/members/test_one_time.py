"""One-time links and set-up keys mean once: the app's own role opens none again, whatever it is made to write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from members.models import Member, OneTime, SetupKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(officer: Member, commander: Member) -> OneTime:
    """A way in that was sent to the officer."""
    later = timezone.now() + timedelta(hours=1)
    return OneTime.objects.create(
        kind="unlock", member=officer, digest=b"1", sent_to=officer.email, by=commander, expires_at=later
    )


@pytest.fixture
def key(db: None) -> SetupKey:
    """A key printed at the console."""
    return SetupKey.objects.create(digest=b"1", expires_at=timezone.now() + timedelta(hours=1))


def refused(row: OneTime | SetupKey, **changes: Any) -> bool:
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**changes)
    except DatabaseError as error:
        return "Cannot update rows" in str(error)
    return False


def test_it_is_the_apps_role_that_asks(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.APP_ROLE,)


def test_a_link_stands_as_it_was_sent(link: OneTime, supervisor: Member) -> None:
    later = timezone.now() + timedelta(days=9)
    changes = [{"expires_at": later}, {"digest": b"2"}, {"member": supervisor}, {"kind": "invitation"}, {"by": None}]
    for change in [*changes, {"sent_to": "mine@elsewhere.example"}, {"reason": "Another."}, {"at": later}]:
        assert refused(link, **change), change


@pytest.mark.parametrize("how", ["used_at", "withdrawn_at"])
def test_a_link_that_is_over_is_not_opened_again(link: OneTime, how: str) -> None:
    now = timezone.now()
    assert not refused(link, **{how: now})
    for change in ({how: None}, {how: now + timedelta(hours=1)}, {"used_at": now, "withdrawn_at": now}):
        assert refused(link, **change), change


def test_a_key_is_cut_short_and_never_prolonged(key: SetupKey) -> None:
    assert refused(key, expires_at=key.expires_at + timedelta(seconds=1))
    assert refused(key, digest=b"2")
    assert refused(key, at=timezone.now())
    assert not refused(key, expires_at=timezone.now())


def test_a_key_that_was_used_is_not_used_again(key: SetupKey) -> None:
    assert not refused(key, used_at=timezone.now())
    assert refused(key, used_at=None)
    assert refused(key, expires_at=timezone.now())
