"""Who may speak through an account (1.2, ruling 16), and what a refusal says of it."""

from __future__ import annotations

from collections.abc import Callable

import pgtrigger
import pytest

from accounts.models import Account, Role
from members.models import Designation, Member
from members.powers import Power


def anew(member: Member) -> Member:
    """As the next request reads him."""
    return Member.objects.get(pk=member.pk)


@pytest.mark.sop("1.2")
def test_administrators_and_editors_act_and_nobody_else(
    facebook: Account, commander: Member, officer: Member, make_member: Callable[..., Member]
) -> None:
    assert facebook.may_act(commander)
    assert facebook.may_act(officer)
    assert not facebook.may_act(make_member())


def test_a_role_on_another_account_is_none_here(
    facebook: Account, instagram: Account, make_member: Callable[..., Member]
) -> None:
    member = make_member()
    Role.objects.create(account=instagram, member=member, kind=Role.Kind.EDITOR)
    assert instagram.may_act(member)
    assert not facebook.may_act(member)


@pytest.mark.sop("1.3")
def test_a_role_that_ended_counts_no_more_from_the_next_request_on(facebook: Account, officer: Member) -> None:
    assert facebook.may_act(officer)
    role = Role.objects.get(account=facebook, member=officer)
    role.until = role.since
    role.save()
    assert not facebook.may_act(anew(officer))


def test_a_role_without_a_position_of_the_unit_is_worth_nothing(
    facebook: Account, auditor: Member, transferred: Member
) -> None:
    for member in (auditor, transferred):
        with pgtrigger.ignore("accounts.Role:whoever_has_it_serves"):
            Role.objects.create(account=facebook, member=member, kind=Role.Kind.EDITOR)
        assert not facebook.may_act(member)
        assert member not in [holder.member for holder in facebook.who_acts()]


@pytest.mark.sop("1.2")
@pytest.mark.parametrize("power", [Power.ADMINISTER_ACCOUNTS, ""])
def test_acting_commander_and_designee_are_main_administrators_without_a_role_of_their_own(
    facebook: Account,
    commander: Member,
    make_member: Callable[..., Member],
    hand_over: Callable[..., Designation],
    power: str,
) -> None:
    member = make_member()
    hand_over(commander, member, power)
    assert facebook.may_act(member)
    assert member in [holder.member for holder in facebook.who_acts()]


def test_a_refusal_names_administrators_first_then_editors_then_designees(
    facebook: Account, cast: list[Member], make_member: Callable[..., Member], hand_over: Callable[..., Designation]
) -> None:
    designee = make_member(name="Zora Neale")
    hand_over(cast[0], designee, Power.ADMINISTER_ACCOUNTS)
    refusal = facebook.refused("replies")
    assert str(refusal).startswith(f"Only an administrator or editor of {facebook} replies. Now: Ruth Keller (main a")
    assert [str(holder) for holder in refusal.able][1] == "Amara Cole (editor)"
    assert refusal.able[-1].member == designee


def test_a_list_of_accounts_asks_for_the_roles_of_a_member_once(
    facebook: Account, officer: Member, django_assert_num_queries: Callable[..., object]
) -> None:
    member, found = anew(officer), list(Account.objects.all())
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert all(account.may_act(member) for account in found * 12)
