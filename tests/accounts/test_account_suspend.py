"""An account falls silent and speaks again, by the Commander or designee, with reasons (1.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AccountName, Suspension
from members.models import Member, Notification
from members.powers import Power
from members.states import Invalid, Refused, WrongState

pytestmark = pytest.mark.sop("1.2")


def test_it_falls_silent_and_speaks_again(facebook: Account, commander: Member, officer: Member) -> None:
    facebook.suspend("The Page was taken over for an hour.", by=commander)
    assert (facebook.state, facebook.suspensions.get().reason) == ("suspended", "The Page was taken over for an hour.")
    assert "was suspended by Ruth Keller" in Notification.objects.get(member=officer, kind="accounts").sentence
    facebook.resume("Passwords and devices changed.", by=commander)
    assert facebook.state == "active"
    assert list(Suspension.objects.values_list("verb", flat=True)) == ["resume", "suspend"]


def test_a_designee_may_and_nobody_else(
    facebook: Account, cast: list[Member], hand_over: Callable[..., Any], auditor: Member
) -> None:
    for member in [*cast[1:], auditor]:
        with pytest.raises(Refused):
            facebook.suspend("So.", by=member)
    hand_over(cast[0], cast[3], Power.ADMINISTER_ACCOUNTS)
    facebook.suspend("So.", by=Member.objects.get(pk=cast[3].pk))
    assert facebook.state == "suspended"


def test_it_wants_a_reason_and_the_right_moment(facebook: Account, commander: Member) -> None:
    with pytest.raises(Invalid):
        facebook.suspend(" ", by=commander)
    with pytest.raises(WrongState):
        facebook.resume("It speaks.", by=commander)
    late = Account.objects.get(pk=facebook.pk)
    facebook.suspend("So.", by=commander)
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        late.suspend("So too.", by=commander)


def test_the_database_moves_no_account_without_its_decision(facebook: Account, commander: Member) -> None:
    with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
        Account.objects.filter(pk=facebook.pk).update(state="suspended")
    facebook.suspend("So.", by=commander)
    for state in ("active", "needs_reconnecting", "closed"):
        with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
            Account.objects.filter(pk=facebook.pk).update(state=state)


def test_a_lost_token_lifts_no_suspension(facebook: Account, commander: Member) -> None:
    facebook.suspend("So.", by=commander)
    facebook.lose_token()
    assert Account.objects.get(pk=facebook.pk).state == "suspended"


def test_its_page_says_so_and_the_form_lifts_it(
    facebook: Account, commander: Member, officer: Member, browser_of: Callable[..., Client]
) -> None:
    browser, page = browser_of(commander), reverse("account", args=[facebook.pk])
    address = reverse("suspend_account", args=[facebook.pk])
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "Taken over."})["Location"] == page
    for member in (commander, officer):
        assert "Taken over." in browser_of(member).get(page).content.decode()
        assert "suspended" in browser_of(member).get(reverse("accounts")).content.decode()
    assert browser_of(officer).post(reverse("resume_account", args=[facebook.pk])).status_code == 403
    browser.post(reverse("resume_account", args=[facebook.pk]), {"reason": "Ours again."})
    assert Account.objects.get(pk=facebook.pk).state == "active"


def test_its_page_says_what_it_was_called_before(
    x: Account, officer: Member, browser_of: Callable[..., Client]
) -> None:
    AccountName.objects.create(account=x, platform_name="Twitter", until="2023-07-24", note="It calls itself X.")
    shown = browser_of(officer).get(reverse("account", args=[x.pk])).content.decode()
    assert "on Twitter" in shown
    assert "24 Jul 2023" in shown
