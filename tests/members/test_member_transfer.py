"""Transfer: whatever a member holds in the product ends in the act itself, and nobody is transferred by who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as st

from accounts.models import Removal, Role
from members import hooks
from members.models import (
    ContactWay,
    Designation,
    LogEntry,
    Member,
    Notification,
    OneTime,
    Posting,
    TrailEntry,
    Transfer,
    Watch,
)
from members.models.joining import new_token
from members.powers import Position, Power
from members.states import Invalid, Refused, WrongState
from members.transferring import may_transfer, transfer
from moderation.models import QueueEntry

BrowserOf = Callable[..., Client]
pytestmark = pytest.mark.sop("1.3")


def leave(member: Member, by: Member, **fields: Any) -> Transfer:
    return transfer(member, by=by, **{"to": "Robbery", "reason": "Rotation."} | fields)


def verbs(member: Member) -> list[str]:
    return list(TrailEntry.objects.about(member).order_by("id").values_list("verb", flat=True))


# --- who may ---


def test_the_commander_transfers_a_member_and_the_fact_says_where_to_and_why(
    officer: Member, commander: Member
) -> None:
    leave(officer, commander)
    fact = officer.transfers.get()
    assert (fact.to, fact.reason, fact.by) == ("Robbery", "Rotation.", commander)
    assert (officer.state, officer.is_active) == ("left", False)
    assert "transfer" in verbs(officer)


def test_a_designee_transfers_a_member_too(
    officer: Member, supervisor: Member, commander: Member, hand_over: Any
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    leave(officer, supervisor)
    assert not officer.is_active


def test_whoever_holds_no_such_power_is_told_who_does(officer: Member, cast: list[Member]) -> None:
    for member in cast[1:]:
        if member.pk != officer.pk:
            with pytest.raises(Refused, match=r"Only the Section Commander or a designee .* Now: Ruth Keller"):
                leave(officer, member)
    officer.refresh_from_db()
    assert officer.is_active


def test_nobody_transfers_himself_nor_does_a_designee(commander: Member, supervisor: Member, hand_over: Any) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    for member in (commander, supervisor):
        with pytest.raises(Refused, match="Nobody"):
            leave(member, member)


def test_the_commander_is_transferred_by_an_acting_one_and_not_by_a_designee(
    commander: Member, commanding_officer: Member, supervisor: Member, hand_over: Any
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    with pytest.raises(Refused):
        leave(commander, supervisor, successor=supervisor)
    hand_over(commander, commanding_officer)
    leave(commander, commanding_officer, successor=supervisor)
    assert not commander.is_active


@pytest.mark.sop("E.1")
def test_the_commander_leaves_together_with_a_successor(
    accounts: Any, cast: list[Member], hand_over: Any, browser_of: BrowserOf
) -> None:
    commander, acting, supervisor, officer, *_ = cast
    hand_over(commander, acting)
    handed = hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    desk = browser_of(commander)
    leave(commander, acting, successor=supervisor)
    assert Member.objects.serving().get(position=Position.COMMANDER) == supervisor
    assert Member.objects.get(pk=supervisor.pk).may(Power.DESIGNATE)
    assert desk.get(reverse("home")).status_code == 302
    handed.refresh_from_db()
    assert handed.ended_at is not None
    assert Member.objects.get(pk=acting.pk).reports_to == supervisor
    assert Member.objects.get(pk=officer.pk).reports_to == acting  # whom their Supervisor reported to
    mains = Role.objects.filter(Role.STANDING, kind=Role.Kind.MAIN_ADMINISTRATOR)
    assert {role.member for role in mains} == {supervisor}
    assert mains.count() == 4
    entries = TrailEntry.objects.filter(verb__in=["transfer", "hand_over_command", "change_position", "end"])
    assert {entry.by for entry in entries} == {acting}
    told = Notification.objects.filter(sentence="Amara Cole is the Section Commander now.")
    assert {one.member for one in told} == set(cast[1:])


@pytest.mark.sop("E.1")
def test_the_commander_does_not_leave_without_one_who_can_follow(
    cast: list[Member], auditor: Member, transferred: Member, make_member: Any, hand_over: Any
) -> None:
    commander, acting, *_ = cast
    hand_over(commander, acting)
    invited = make_member(is_active=False, state="invited")
    for successor in (None, acting, commander, auditor, transferred, invited):
        with pytest.raises(Invalid) as wrong:
            leave(commander, acting, successor=successor)
        assert wrong.value.field == "successor"
    commander.refresh_from_db()
    assert commander.is_active
    assert not Transfer.objects.exists()


def test_nobody_follows_whoever_is_not_the_commander(commander: Member, officer: Member, supervisor: Member) -> None:
    with pytest.raises(Invalid, match="not the Section Commander any more"):
        leave(officer, commander, successor=supervisor)
    leave(officer, commander)
    with pytest.raises(WrongState):
        leave(officer, commander, successor=supervisor)


def test_who_acts_as_commander_is_transferred_by_the_commander_and_not_by_a_designee(
    commander: Member, commanding_officer: Member, supervisor: Member, hand_over: Any
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    hand_over(commander, commanding_officer)
    with pytest.raises(Refused, match="A designee neither"):
        leave(commanding_officer, supervisor)
    leave(commanding_officer, commander)
    assert not commanding_officer.is_active


def test_an_auditor_goes_by_the_commander_alone_and_at_once(
    auditor: Member, commander: Member, supervisor: Member, hand_over: Any
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    with pytest.raises(Refused):
        leave(auditor, supervisor)
    leave(auditor, commander)
    assert auditor.serves_until <= timezone.now()
    assert not auditor.serves()


# --- the moment ---


def test_twice_is_once(officer: Member, commander: Member) -> None:
    leave(officer, commander)
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        leave(officer, commander)
    assert Transfer.objects.count() == 1


def test_who_has_not_joined_is_not_transferred(make_member: Any, commander: Member) -> None:
    invited = make_member(is_active=False, state="invited")
    with pytest.raises(Invalid, match="Withdraw the invitation"):
        leave(invited, commander)


def test_a_reason_is_asked_for_and_nothing_ends_without(officer: Member, commander: Member) -> None:
    with pytest.raises(Invalid) as wrong:
        leave(officer, commander, reason="  ")
    assert wrong.value.field == "reason"
    officer.refresh_from_db()
    assert officer.is_active


# --- what ends ---


def _session(member: Member, by: Member) -> None:
    Client().force_login(member, backend="members.backend.Backend")


def _role(member: Member, by: Member) -> None:
    for account in _accounts():
        Role.objects.get_or_create(account=account, member=member, until=None, defaults={"kind": Role.Kind.EDITOR})


def _main_role(member: Member, by: Member) -> None:
    account = _accounts()[0]
    Role.objects.filter(account=account, until=None).update(until=timezone.now())
    Role.objects.create(account=account, member=member, kind=Role.Kind.MAIN_ADMINISTRATOR)


def _designation(member: Member, by: Member) -> None:
    now = timezone.now()
    for since in (now - timedelta(hours=1), now + timedelta(days=30)):
        Designation.objects.create(
            power=Power.APPROVE_CONTENT,
            designee=member,
            by=by,
            since=since,
            until=since + timedelta(days=3),
            reason=".",
        )


def _acting(member: Member, by: Member) -> None:
    now = timezone.now()
    Designation.objects.create(power="", designee=member, by=by, since=now, until=now + timedelta(days=3), reason=".")


def _watch(member: Member, by: Member) -> None:
    now = timezone.now()
    for since in (now - timedelta(hours=1), now + timedelta(days=2)):
        Watch.objects.create(member=member, since=since, until=since + timedelta(hours=8), by=by)


def _claim(member: Member, by: Member) -> None:
    QueueEntry.claim(QueueEntry.objects.filter(held_by=None).first().pk, by=member)


def _link(member: Member, by: Member) -> None:
    for kind in (OneTime.Kind.FACTOR_RESET, OneTime.Kind.UNLOCK):
        OneTime.objects.create(
            kind=kind,
            member=member,
            by=by,
            digest=new_token()[1],
            sent_to=member.email,
            expires_at=timezone.now() + timedelta(hours=1),
        )


def _second_factor(member: Member, by: Member) -> None:
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})


def _contact_way(member: Member, by: Member) -> None:
    ContactWay.objects.create(member=member, label="Phone", address="ntfys://example/x")


def _subordinate(member: Member, by: Member) -> None:
    Member.objects.filter(username="cokafor").update(reports_to=member)


def _accounts() -> list[Any]:
    from accounts.models import Account

    return list(Account.objects.order_by("pk"))


HOLDINGS = {
    "session": _session,
    "role": _role,
    "main role": _main_role,
    "designation": _designation,
    "acting": _acting,
    "watch": _watch,
    "claim": _claim,
    "link": _link,
    "second factor": _second_factor,
    "contact way": _contact_way,
    "subordinate": _subordinate,
}


def standing(member: Member) -> set[str]:
    """What of him still stands, each kind asked in the words of its own table."""
    now = timezone.now()
    found = {
        "session": member.sessions.all(),
        "role": Role.objects.filter(Role.STANDING, member=member),
        "designation": Designation.objects.filter(designee=member).not_over(),
        "watch": Watch.objects.standing().filter(member=member, until__gt=now),
        "claim": QueueEntry.objects.filter(held_by=member),
        "link": OneTime.objects.open().filter(member=member),
        "second factor": Authenticator.objects.filter(user=member),
        "contact way": ContactWay.objects.filter(member=member),
        "subordinate": Member.objects.filter(reports_to=member).exclude(state="left"),
    }
    return {name for name, rows in found.items() if rows.exists()} | {p for p in Power if member.may(p)}


def test_after_the_transfer_nothing_of_him_stands(
    accounts: Any, make_comment: Any, make_member: Any, commander: Member, supervisor: Member, other_officer: Member
) -> None:
    for _ in range(3):
        make_comment()
    seen = set()

    @at_most(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sets(st.sampled_from(sorted(HOLDINGS)), min_size=1), st.booleans())
    def whatever_he_holds(holdings: set[str], is_supervisor: bool) -> None:
        with transaction.atomic():
            position = Position.SUPERVISOR if is_supervisor or "subordinate" in holdings else Position.OFFICER
            above = supervisor.reports_to if position == Position.SUPERVISOR else supervisor
            member = make_member(position, reports_to=above)
            for name in sorted(holdings):
                HOLDINGS[name](member, commander)
            seen.update(holdings & standing(member))
            leave(member, commander)
            member = Member.objects.get(pk=member.pk)
            assert standing(member) == set()
            assert not member.has_usable_password()
            for account in _accounts():  # 1.2: one is always present
                mains = Role.objects.filter(Role.STANDING, account=account, kind=Role.Kind.MAIN_ADMINISTRATOR)
                assert mains.get().member == commander
            transaction.set_rollback(True)

    whatever_he_holds()
    assert seen == set(HOLDINGS) - {"main role", "acting"}  # every kind did stand before


def test_every_entry_of_the_act_bears_its_id_and_who_ordered_it(
    accounts: Any, browser_of: BrowserOf, commander: Member, officer: Member, hand_over: Any
) -> None:
    hand_over(commander, officer, Power.APPROVE_CONTENT)
    _watch(officer, commander)
    address = reverse("transfer", args=[officer.pk])
    assert browser_of(commander).post(address, {"reason": "Rotation."}).status_code == 302
    act = TrailEntry.objects.get(verb="transfer").act
    entries = TrailEntry.objects.filter(act=act)
    assert {entry.by_id for entry in entries} == {commander.pk}
    kinds = set(entries.values_list("verb", "subject_type"))
    assert {
        ("transfer", "members.member"),
        ("end", "members.designation"),
        ("take_off", "members.watch"),
        ("end_role", "accounts.role"),
        ("open", "accounts.removal"),
    } <= kinds


def test_those_below_him_pass_to_his_superior_with_a_posting_each(
    commander: Member, commanding_officer: Member, supervisor: Member, officer: Member, specialist: Member
) -> None:
    leave(supervisor, commander)
    for member in (officer, specialist):
        member.refresh_from_db()
        assert member.reports_to == commanding_officer
        posting = Posting.objects.filter(member=member).first()
        assert (posting.reports_to, posting.by) == (commanding_officer, commander)
        assert "change_reporting_line" in verbs(member)


def test_the_superior_and_the_commander_are_told_and_not_who_did_it(
    commander: Member, supervisor: Member, officer: Member, commanding_officer: Member, hand_over: Any
) -> None:
    hand_over(commander, commanding_officer, Power.MANAGE_MEMBERS)
    leave(officer, commanding_officer)
    told = set(Notification.objects.filter(kind="members").values_list("member__username", flat=True))
    assert told == {"rkeller", "acole"}
    assert "Rotation" not in "".join(Notification.objects.values_list("sentence", flat=True))


def test_his_rows_stay_and_name_him(comment: Any, officer: Member, commander: Member) -> None:
    from tests.moderation.acts import grade

    given_by = grade(comment, 2, officer)
    leave(officer, commander)
    given_by.refresh_from_db()
    assert given_by.by == officer
    assert Removal.objects.filter(member=officer).count() == 4


def test_what_the_rooms_above_do_is_there_and_takes_what_it_is_given(officer: Member, commander: Member) -> None:
    from inspect import signature

    from django.utils.module_loading import import_string

    asked = {
        "ON_TRANSFER": ["member", "by"],
        "WHAT_A_TRANSFER_ENDS": ["member"],
        "ON_NEW_COMMANDER": ["member", "successor", "by"],
    }
    for name, words in asked.items():
        for path in getattr(settings, name):
            assert list(signature(import_string(path)).parameters) == words, path
    assert {"accounts.transfer.end_roles", "moderation.transfer.release_claims"} <= set(settings.ON_TRANSFER)


def test_the_database_takes_no_entry_by_who_has_left(transferred: Member, officer: Member) -> None:
    for table in (TrailEntry, LogEntry):
        table.objects.create(by=officer, verb="note", subject_type="members.member", subject_id="1")
        with pytest.raises(IntegrityError, match="who has left the unit acts no more"), transaction.atomic():
            table.objects.create(by=transferred, verb="note", subject_type="members.member", subject_id="1")


def test_what_a_room_above_refuses_undoes_the_whole_transfer(
    officer: Member, commander: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **said: Any) -> list[Any]:
        raise Invalid("The room above says no.")

    monkeypatch.setattr(hooks, "ask", refuse)
    with pytest.raises(Invalid):
        leave(officer, commander)
    officer.refresh_from_db()
    assert officer.is_active
    assert not Transfer.objects.exists()


# --- the page ---


def test_the_page_says_what_will_end_before_it_is_ordered(
    accounts: Any, make_comment: Any, browser_of: BrowserOf, commander: Member, supervisor: Member, officer: Member
) -> None:
    make_comment()
    _claim(supervisor, commander)
    _designation(supervisor, commander)
    _watch(supervisor, commander)
    page = browser_of(commander).get(reverse("transfer", args=[supervisor.pk])).content.decode()
    for words in (
        "Signed out everywhere",
        "approves content",
        "2 watches",
        "Chidi Okafor, Daniel Diaz, Lovelie Moreau report to Grace Nakamura",
        "editor of Facebook",
        "comment in hand returns",
        "check-list",
    ):
        assert words in page, words


@pytest.mark.sop("E.1")
def test_the_commanders_page_asks_who_follows(
    accounts: Any, browser_of: BrowserOf, cast: list[Member], hand_over: Any
) -> None:
    commander, acting, supervisor, *_ = cast
    hand_over(commander, acting)
    browser, address = browser_of(acting), reverse("transfer", args=[commander.pk])
    page = browser.get(address).text
    for words in (
        "Who follows is the Section Commander at once",
        "Grace Nakamura reports to who follows",
        "Who follows is main administrator then",
        f'<option value="{supervisor.pk}">',
    ):
        assert words in page, words
    assert f'<option value="{acting.pk}">' not in page
    for successor in ("", acting.pk):
        answer = browser.post(address, {"reason": "Retired.", "successor": successor})
        assert (answer.status_code, "Choose who follows." in answer.text) == (422, True)
    assert browser.post(address, {"reason": "Retired.", "successor": supervisor.pk}).status_code == 302
    assert Member.objects.serving().get(position=Position.COMMANDER) == supervisor


def test_the_page_asks_nobody_who_follows_an_officer(
    accounts: Any, browser_of: BrowserOf, commander: Member, officer: Member
) -> None:
    _main_role(officer, commander)
    page = browser_of(commander).get(reverse("transfer", args=[officer.pk])).text
    assert "Who follows" not in page
    assert "The Commander is main administrator then." in page


def test_without_a_reason_the_form_comes_back_with_what_was_typed(
    browser_of: BrowserOf, commander: Member, officer: Member
) -> None:
    answer = browser_of(commander).post(reverse("transfer", args=[officer.pk]), {"to": "Robbery", "reason": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Robbery"' in page
    assert "Say why" in page


def test_the_pages_door_is_the_verbs(
    browser_of: BrowserOf, cast: list[Member], officer: Member, auditor: Member, transferred: Member
) -> None:
    address = reverse("transfer", args=[officer.pk])
    commander = cast[0]
    for member in [*cast[1:], auditor]:
        assert browser_of(member).get(address).status_code == 403, member
        assert browser_of(member).post(address, {"reason": "x"}).status_code == 403, member
    assert browser_of(commander).get(address).status_code == 200
    assert browser_of(commander).get(reverse("transfer", args=[transferred.pk])).status_code == 409
    assert browser_of(commander).get(reverse("transfer", args=[10**6])).status_code == 404
    assert may_transfer(officer, commander)


def test_a_phone_still_signed_in_is_led_to_sign_in_and_told_nothing_about_him(
    browser_of: BrowserOf, commander: Member, officer: Member
) -> None:
    phone = browser_of(officer)
    assert phone.get(reverse("queue")).status_code == 200
    leave(officer, commander)
    for answer in (phone.get(reverse("queue")), phone.post(reverse("claim_next")), phone.get(reverse("pulse"))):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    page = phone.get(reverse("account_login")).content.decode()
    assert "left" not in page
    assert "transfer" not in page.lower()
