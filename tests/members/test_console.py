"""The last way back, at the server's console: a unit without a Commander, a Commander without a second factor."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from members.models import Member, Notification, TrailEntry
from members.powers import Position
from tests.cast import give_second_factor


def gone(member: Member) -> None:
    """As if the Commander had been lost without a successor."""
    Member.objects.filter(reports_to=member).update(reports_to=None)
    Member.objects.filter(pk=member.pk).update(is_active=False, state=Member.State.LEFT)


@pytest.mark.sop("E.1")
def test_a_unit_without_a_commander_gets_one(cast: list[Member], commander: Member, supervisor: Member) -> None:
    gone(commander)
    said = StringIO()
    call_command("name_commander", supervisor.username.upper(), stdout=said)
    supervisor.refresh_from_db()
    assert (supervisor.position, supervisor.reports_to) == (Position.COMMANDER, None)
    assert "Amara Cole is the Section Commander." in said.getvalue()
    entry = TrailEntry.objects.get(verb="name_commander")
    assert (entry.by, entry.before, entry.after) == (None, "supervisor", "commander")
    below = Member.objects.filter(is_active=True).exclude(pk=supervisor.pk)
    assert all(one.reports_to is not None and one.reports_to.is_active for one in below)
    assert Notification.objects.filter(kind="authority", sentence__contains="named Section Commander").count() == 5


@pytest.mark.sop("E.1")
def test_a_unit_that_has_one_gets_no_second(cast: list[Member], supervisor: Member) -> None:
    with pytest.raises(CommandError, match="Ruth Keller is the Commander"):
        call_command("name_commander", supervisor.username)
    with pytest.raises(CommandError, match="Nobody who serves"):
        call_command("name_commander", "nobody")


def test_an_outsider_is_not_named(commander: Member, auditor: Member) -> None:
    gone(commander)
    with pytest.raises(CommandError, match="outside the chain"):
        call_command("name_commander", auditor.username)


def test_a_commander_whom_nobody_could_help_sets_up_a_new_factor(
    commander: Member, browser_of: Callable[..., Client], settings: Any
) -> None:
    give_second_factor(commander)
    browser = browser_of(commander)
    assert browser.get(reverse("home")).status_code == 200
    call_command("forget_second_factor", commander.username, stdout=StringIO())
    assert not Authenticator.objects.filter(user=commander).exists()
    assert browser.get(reverse("home"))["Location"].startswith(reverse("account_login"))
    assert TrailEntry.objects.filter(verb="reset_second_factor", by=None).count() == 1
    assert Notification.objects.filter(member=commander, kind="security").exists()
