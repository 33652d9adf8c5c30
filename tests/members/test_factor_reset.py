"""A lost second factor is reset by the Commander or a designee: by two ways, never one's own, once, within the hour."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pgtrigger
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import factor_reset, positions
from members.factor_reset import Checked, Gone
from members.models import Member, Notification, OneTime, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused
from tests.cast import PASSWORD, give_second_factor, let_links_run_out

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1")]

Browser = Callable[..., Client]
WHY = {"reason": "Telephone lost at the beach.", "checked_by": Checked.IN_PERSON}


@pytest.fixture
def lost(officer: Member) -> Member:
    """An officer who has lost his telephone: what lies on it stays his second factor until the reset."""
    give_second_factor(officer)
    RecoveryCodes.activate(officer)
    return officer


@pytest.fixture
def token(lost: Member, commander: Member) -> str:
    """The Commander has begun the reset; the token of the link."""
    return factor_reset.start(lost, by=commander, **WHY)


def code(secret: str, away: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + away))


def secret_on(page: str) -> str:
    found = re.search(r'class="app-secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def address(token: str) -> str:
    return reverse("factor_reset", args=[token])


def finish(browser: Client, token: str, password: str = PASSWORD) -> Any:
    """As the member does it: open the link, scan, type."""
    page = browser.get(address(token))
    if page.status_code != 200:
        return page
    typed = {"password": password, "code": code(secret_on(page.content.decode()))}
    return browser.post(address(token), typed)


def verbs(member: Member) -> list[str]:
    return [one.verb for one in TrailEntry.objects.about(member).order_by("id")]


def told(member: Member) -> str:
    return " ".join(Notification.objects.filter(member=member, kind="security").values_list("sentence", flat=True))


def first_secret(member: Member) -> str:
    return str(Authenticator.objects.get(user=member, type="totp").data["secret"])


# --- who may ---


def test_the_commander_starts_it(lost: Member, commander: Member) -> None:
    factor_reset.start(lost, by=commander, **WHY)
    link = OneTime.objects.get()
    assert (link.member, link.by, link.sent_to, link.kind) == (lost, commander, lost.email, "factor_reset")
    assert link.reason == "In person: he stood before me. Telephone lost at the beach."
    assert timedelta(minutes=59) < link.expires_at - timezone.now() <= timedelta(hours=1)


def test_a_designee_starts_it_the_commanders_too(
    hand_over: Any, commander: Member, supervisor: Member, lost: Member
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    give_second_factor(commander)
    for member in [lost, commander]:
        factor_reset.start(member, by=supervisor, **WHY)
    assert OneTime.objects.count() == 2


@pytest.mark.parametrize("who", ["officer", "other_officer", "supervisor", "commanding_officer", "auditor"])
def test_nobody_else_does(request: Any, lost: Member, commander: Member, who: str) -> None:
    with pytest.raises(Refused, match=r"Only the Section Commander or a designee.* Now: Ruth Keller"):
        factor_reset.start(lost, by=request.getfixturevalue(who), **WHY)
    assert not OneTime.objects.exists()


def test_a_designee_whose_period_is_over_does_not(
    hand_over: Any, commander: Member, supervisor: Member, lost: Member
) -> None:
    now = timezone.now()
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS, since=now - timedelta(days=2), until=now - timedelta(days=1))
    with pytest.raises(Refused):
        factor_reset.start(lost, by=supervisor, **WHY)


def test_a_designee_who_changed_where_the_link_goes_does_not_begin_the_reset(
    lost: Member, commander: Member, supervisor: Member, hand_over: Any
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    positions.change_details(lost, by=supervisor, phone="", languages=["en"], email="another@bayside.example")
    with pytest.raises(Refused, match="somebody else who manages members begins this reset"):
        factor_reset.start(lost, by=supervisor, **WHY)
    assert factor_reset.start(lost, by=commander, **WHY)


def test_nobody_resets_his_own_and_is_told_who_could(
    hand_over: Any, commander: Member, supervisor: Member, lost: Member
) -> None:
    give_second_factor(commander)
    with pytest.raises(Refused, match=r"Nobody resets his own second factor\. Now: nobody else"):
        factor_reset.start(commander, by=commander, **WHY)
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    with pytest.raises(Refused, match="Now: Amara Cole"):
        factor_reset.start(commander, by=commander, **WHY)


def test_the_database_refuses_ones_own_too(lost: Member) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTime.objects.create(
            kind="factor_reset", member=lost, by=lost, digest=b"1", sent_to=lost.email, expires_at=timezone.now()
        )


# --- what stands in the way ---


def test_who_has_left_is_not_reset(transferred: Member, commander: Member) -> None:
    give_second_factor(transferred)
    with pytest.raises(Invalid, match="does not serve"):
        factor_reset.start(transferred, by=commander, **WHY)


def test_without_an_e_mail_address_there_is_no_second_channel(lost: Member, commander: Member) -> None:
    lost.email = ""
    lost.save()
    with pytest.raises(Invalid, match="has no e-mail address, and the link goes there"):
        factor_reset.start(lost, by=commander, **WHY)


def test_who_has_no_second_factor_needs_no_reset(other_officer: Member, commander: Member) -> None:
    with pytest.raises(Invalid, match="sets one up when he next signs in"):
        factor_reset.start(other_officer, by=commander, **WHY)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"checked_by": ""}, "checked_by"),
        ({"checked_by": "by e-mail"}, "checked_by"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
    ],
)
def test_why_and_how_he_made_sure_must_be_said(
    lost: Member, commander: Member, said: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        factor_reset.start(lost, by=commander, **{**WHY, **said})
    assert refused.value.field == field
    assert not OneTime.objects.exists()


# --- what it changes ---


def test_until_the_link_is_used_what_he_has_stays_good(token: str, lost: Member) -> None:
    before = first_secret(lost)
    Client().get(address(token))
    assert first_secret(lost) == before


def test_by_the_link_he_proves_his_password_and_sets_up_a_new_app(token: str, lost: Member) -> None:
    old_codes = Authenticator.objects.get(user=lost, type="recovery_codes").wrap().get_unused_codes()
    before = first_secret(lost)
    answer = finish(Client(), token)
    shown = answer.content.decode()
    assert "Your new second factor is set up" in shown
    assert first_secret(lost) != before
    new_codes = Authenticator.objects.get(user=lost, type="recovery_codes").wrap().get_unused_codes()
    assert len(new_codes) == 10
    assert not set(new_codes) & set(old_codes)
    assert all(f"{one[:4]} {one[4:]}" in shown for one in new_codes)
    assert Authenticator.objects.filter(user=lost).count() == 2


def test_an_address_that_the_library_keeps_unverified_does_not_stand_in_the_way(token: str, lost: Member) -> None:
    EmailAddress.objects.create(user=lost, email=lost.email)
    assert "Your new second factor is set up" in finish(Client(), token).content.decode()


def test_he_then_signs_in_with_it(token: str, lost: Member) -> None:
    browser = Client()
    page = browser.get(address(token)).content.decode()
    secret = secret_on(page)
    browser.post(address(token), {"password": PASSWORD, "code": code(secret)})
    assert "_auth_user_id" not in browser.session
    browser.post(reverse("account_login"), {"login": lost.username, "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": code(secret, away=1)})
    assert browser.get(reverse("home")).status_code == 200


def test_every_session_of_his_ends(browser_of: Browser, token: str, lost: Member, other_officer: Member) -> None:
    his, anothers = browser_of(lost), browser_of(other_officer)
    finish(Client(), token)
    assert his.get(reverse("home")).status_code == 302
    assert anothers.get(reverse("home")).status_code == 200


def test_passkeys_go_too(token: str, lost: Member) -> None:
    Authenticator.objects.create(user=lost, type="webauthn", data={"name": "Lost telephone", "credential": {}})
    finish(Client(), token)
    assert not Authenticator.objects.filter(user=lost, type="webauthn").exists()


def test_he_the_commander_and_the_other_holders_are_told_at_both_ends(
    hand_over: Any, lost: Member, commander: Member, supervisor: Member, other_officer: Member
) -> None:
    hand_over(commander, supervisor, Power.MANAGE_MEMBERS)
    token = factor_reset.start(lost, by=supervisor, **WHY)
    assert "Amara Cole began a reset of the second factor of Daniel Diaz" in told(lost)
    assert "began a reset" in told(commander)
    assert "began a reset" not in told(supervisor)  # he did it
    finish(Client(), token)
    for member in [lost, commander, supervisor]:
        assert "set up a new second factor by the link that Amara Cole gave him" in told(member)
    assert told(other_officer) == ""


def test_the_trail_names_who_did_what_and_nothing_else(token: str, lost: Member, commander: Member) -> None:
    finish(Client(), token)
    entries = TrailEntry.objects.about(lost).filter(verb__contains="factor").order_by("id")
    assert [(one.verb, one.by) for one in entries] == [
        ("start_factor_reset", commander),
        ("reset_second_factor", lost),
    ]
    kept = str(list(TrailEntry.objects.values()))
    assert token not in kept
    assert "beach" not in kept


# --- the link ---


def test_the_link_is_good_once(token: str, lost: Member) -> None:
    finish(Client(), token)
    after = first_secret(lost)
    answer = finish(Client(), token)
    assert (answer.status_code, "has been used" in answer.content.decode()) == (410, True)
    assert first_secret(lost) == after


def test_it_runs_out_after_an_hour(token: str, lost: Member) -> None:
    let_links_run_out()
    answer = finish(Client(), token)
    assert (answer.status_code, "has run out" in answer.content.decode()) == (410, True)


def test_it_runs_out_while_the_page_is_open(token: str, lost: Member) -> None:
    browser, before = Client(), first_secret(lost)
    secret = secret_on(browser.get(address(token)).content.decode())
    let_links_run_out()
    answer = browser.post(address(token), {"password": PASSWORD, "code": code(secret)})
    assert answer.status_code == 410
    assert first_secret(lost) == before


def test_a_newer_link_makes_the_older_void(token: str, lost: Member, commander: Member) -> None:
    newer = factor_reset.start(lost, by=commander, **WHY)
    assert "a newer one was sent" in finish(Client(), token).content.decode()
    assert finish(Client(), newer).status_code == 200


def test_a_link_that_ran_out_is_in_nobodys_way(token: str, lost: Member, commander: Member) -> None:
    let_links_run_out()
    assert finish(Client(), factor_reset.start(lost, by=commander, **WHY)).status_code == 200


def test_a_withdrawn_link_opens_nothing(token: str, lost: Member, commander: Member, supervisor: Member) -> None:
    with pytest.raises(Refused):
        factor_reset.withdraw(lost, by=supervisor)
    factor_reset.withdraw(lost, by=commander)
    assert finish(Client(), token).status_code == 410
    assert verbs(lost)[-1] == "withdraw_factor_reset"
    with pytest.raises(Invalid, match=r"No reset .* is open"):
        factor_reset.withdraw(lost, by=commander)


def test_who_never_asked_for_it_withdraws_it_himself(token: str, lost: Member) -> None:
    factor_reset.withdraw(lost, by=lost)
    assert finish(Client(), token).status_code == 410


def test_it_opens_nothing_for_who_has_left_since(token: str, lost: Member) -> None:
    Member.objects.filter(pk=lost.pk).update(is_active=False, state=Member.State.LEFT)
    assert "you have left the unit" in finish(Client(), token).content.decode()


@pytest.mark.parametrize("wrong", ["x", "x" * 43, "%00", "ü" * 10])
def test_a_link_that_is_not_ours_says_so(commander: Member, wrong: str) -> None:
    answer = Client().get(address(wrong))
    assert (answer.status_code, "not one of ours" in answer.content.decode()) == (410, True)


def test_the_link_of_another_kind_opens_nothing_here(token: str, lost: Member) -> None:
    with pgtrigger.ignore("members.OneTime:link_stands_as_sent"):
        OneTime.objects.update(kind="unlock")
    assert finish(Client(), token).status_code == 410


def test_a_wrong_password_resets_nothing_and_counts_with_the_tries_at_sign_in(token: str, lost: Member) -> None:
    before = first_secret(lost)
    answer = finish(Client(), token, "not the password")
    assert (answer.status_code, "This is not your password" in answer.content.decode()) == (422, True)
    assert "sign_in_failed" in verbs(lost)
    answers = [finish(Client(), token, f"guess {n} of many").status_code for n in range(4)]
    assert answers[-1] == 429
    assert "Too many wrong tries" in finish(Client(), token).content.decode()
    assert first_secret(lost) == before


def test_the_code_is_not_looked_at_before_the_password_is_right(token: str, lost: Member) -> None:
    browser = Client()
    secret = secret_on(browser.get(address(token)).content.decode())
    answer = browser.post(address(token), {"password": "wrong", "code": code(secret, away=8)})
    assert "clock" not in answer.content.decode()


def test_a_wrong_clock_is_told_there_too(token: str, lost: Member) -> None:
    browser = Client()
    secret = secret_on(browser.get(address(token)).content.decode())
    answer = browser.post(address(token), {"password": PASSWORD, "code": code(secret, away=8)})
    assert (answer.status_code, "about 4 minutes fast" in answer.content.decode()) == (422, True)
    answer = browser.post(address(token), {"password": PASSWORD, "code": code(secret)})
    assert "is set up" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_it_at_once_one_succeeds(lost: Member, commander: Member) -> None:
    token = factor_reset.start(lost, by=commander, **WHY)
    together, done = Barrier(2), []

    def use() -> None:
        together.wait()
        try:
            factor_reset.use(token, generate_totp_secret())
            done.append("set up")
        except Gone as gone:
            done.append(str(gone))
        connection.close()

    threads = [Thread(target=use) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert done.count("set up") == 1
    assert any("has been used" in one for one in done)


# --- the pages ---


def test_the_commander_starts_it_on_the_members_page_and_the_link_goes_to_the_member_alone(
    browser_of: Browser, commander: Member, lost: Member, django_capture_on_commit_callbacks: Any
) -> None:
    browser = browser_of(commander)
    page = browser.get(reverse("factor_reset_start", args=[lost.pk])).content.decode()
    assert "What will happen" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("factor_reset_start", args=[lost.pk]), WHY, follow=True)
    sent = next(one for one in mail.outbox if "/sign-in/second-factor/" in str(one.body))
    assert sent.to == [lost.email]
    path = re.search(r"https?://[^/]+(/sign-in/second-factor/\S+)", str(sent.body))
    assert path is not None
    shown = answer.content.decode()
    assert "A link is open" in shown
    assert path[1] not in shown  # the Commander never sees it
    assert Client().get(path[1]).status_code == 200


def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays(
    browser_of: Browser, commander: Member, lost: Member
) -> None:
    browser = browser_of(commander)
    answer = browser.post(reverse("factor_reset_start", args=[lost.pk]), {"reason": "Lost at the beach."})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Say how you made sure" in shown
    assert "Lost at the beach." in shown


def test_it_asks_for_a_fresh_second_factor(browser_of: Browser, commander: Member, lost: Member) -> None:
    browser = browser_of(commander, fresh=False)
    answer = browser.post(reverse("factor_reset_start", args=[lost.pk]), WHY)
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not OneTime.objects.exists()


@pytest.mark.parametrize("who", ["lost", "other_officer", "supervisor", "auditor"])
def test_the_page_is_closed_to_everybody_else(
    request: Any, browser_of: Browser, commander: Member, lost: Member, who: str
) -> None:
    browser = browser_of(request.getfixturevalue(who))
    assert browser.get(reverse("factor_reset_start", args=[lost.pk])).status_code == 403
    assert browser.post(reverse("factor_reset_start", args=[lost.pk]), WHY).status_code == 403
    assert not OneTime.objects.exists()


def test_it_is_withdrawn_on_the_page(browser_of: Browser, commander: Member, lost: Member, token: str) -> None:
    browser = browser_of(commander)
    answer = browser.post(reverse("factor_reset_withdraw", args=[lost.pk]), follow=True)
    assert "The link is void" in answer.content.decode()
    assert finish(Client(), token).status_code == 410


def test_a_mail_that_does_not_go_out_is_said(
    browser_of: Browser, commander: Member, lost: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.mail.send", lambda *args: False)
    answer = browser_of(commander).post(reverse("factor_reset_start", args=[lost.pk]), WHY, follow=True)
    assert "could not be sent" in answer.content.decode()


def test_no_token_stands_in_the_log(token: str, lost: Member, caplog: pytest.LogCaptureFixture) -> None:
    finish(Client(), token)
    assert "/sign-in/second-factor/" in caplog.text
    assert token not in caplog.text
