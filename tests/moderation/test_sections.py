"""Sections are kept by a Supervisor or above, and written to when something is referred to them (4.L4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as real
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from members.mail import Undelivered
from members.models import Member
from members.states import Refused
from moderation import section_mail, sections
from moderation.models import Comment, Referral, Section
from tests.moderation.referring import again, log_of, refer, section, told

pytestmark = pytest.mark.sop("4.L4")

GIVEN = {"name": "Parks", "kind": "section", "charge": "Parks and beaches.", "active": "on"}


def due(referral: Referral) -> None:
    """As if the seconds had passed in which one may think better of it."""
    Referral.objects.filter(pk=referral.pk).update(mail_at=timezone.now() - timedelta(seconds=1))


def test_a_supervisor_adds_one_and_an_officer_does_not(browser_of: Any, supervisor: Member, officer: Member) -> None:
    assert browser_of(officer).post(reverse("add_section"), GIVEN).status_code == 403
    assert browser_of(supervisor).post(reverse("add_section"), GIVEN).status_code == 302
    assert Section.objects.get().name == "Parks"
    with pytest.raises(Refused):
        sections.keep(Section(name="Mine", charge="All."), by=officer)


def test_two_of_one_name_are_refused_whatever_their_capitals(browser_of: Any, supervisor: Member) -> None:
    section("Parks")
    answer = browser_of(supervisor).post(reverse("add_section"), GIVEN | {"name": "  PARKS "})
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_what_it_is_for_must_be_said(browser_of: Any, supervisor: Member) -> None:
    answer = browser_of(supervisor).post(reverse("add_section"), GIVEN | {"charge": " "})
    assert answer.status_code == 422
    assert not Section.objects.exists()


def test_it_is_set_inactive_and_its_referrals_stay(
    browser_of: Any, supervisor: Member, comment: Comment, officer: Member
) -> None:
    parks = section("Parks")
    referral = refer(comment, officer, section=parks)
    form = {name: value for name, value in GIVEN.items() if name != "active"}
    assert browser_of(supervisor).post(parks.get_absolute_url(), form).status_code == 302
    assert not Section.objects.get().active
    assert again(referral).section == parks


def test_it_is_written_to_with_no_word_of_the_public(make_comment: Any, officer: Member) -> None:
    comment = make_comment("My neighbour Bob is loud", address="https://facebook.example/c/1")
    due(refer(comment, officer, section=section(email="traffic@bayside.example"), asks="Please look."))
    assert section_mail.send_due() == 1
    sent = mail.outbox[0]
    assert sent.to == ["traffic@bayside.example"]
    assert "https://facebook.example/c/1" in sent.body
    assert "Please look." in sent.body
    assert "Bob" not in sent.body + sent.subject
    assert "Marisol" not in sent.body + sent.subject
    assert section_mail.send_due() == 0


def test_of_a_private_message_not_even_a_link_is_written(make_comment: Any, officer: Member) -> None:
    comment = make_comment("Between us", kind="message", address="https://facebook.example/m/1")
    due(refer(comment, officer, section=section(email="traffic@bayside.example")))
    section_mail.send_due()
    assert "https://facebook.example" not in mail.outbox[0].body
    assert officer.name in mail.outbox[0].body


def test_before_one_may_have_thought_better_of_it_nothing_is_written(comment: Comment, officer: Member) -> None:
    refer(comment, officer, section=section(email="traffic@bayside.example"))
    assert real.UNDO_SECONDS > 0
    assert section_mail.send_due() == 0


def test_without_an_address_nothing_is_to_be_written(comment: Comment, officer: Member) -> None:
    assert refer(comment, officer, section=section()).mail_at is None


def test_what_does_not_go_out_is_tried_again_and_then_told(
    comment: Comment, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*mail: Any) -> None:
        raise Undelivered("the mail server could not be reached")

    monkeypatch.setattr("moderation.section_mail.mail.post", broken)
    referral = refer(comment, officer, section=section(email="traffic@bayside.example"))
    for _ in range(section_mail.TRIES + 2):
        due(referral) if again(referral).mail_at else None
        section_mail.send_due()
    assert log_of(referral) == ["opened", "not_sent"]
    assert len(told(officer)) == 1


@override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH="/nonexistent")
def test_while_the_unit_has_no_mail_server_the_owner_is_told_to_call(
    comment: Comment, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.section_mail.mail.post", lambda *mail: None)
    referral = refer(comment, officer, section=section(email="traffic@bayside.example"))
    due(referral)
    section_mail.send_due()
    assert log_of(referral) == ["opened", "not_sent"]


# --- the list ---


def test_the_list_is_narrowed_by_its_address(
    browser_of: Any, make_comment: Any, officer: Member, supervisor: Member
) -> None:
    mine, others = refer(make_comment(), officer), refer(make_comment(), supervisor, "lead")
    Referral.objects.filter(pk=others.pk).update(due_at=timezone.now() - timedelta(hours=1))
    browser = browser_of(officer)

    def shown(query: str) -> set[str]:
        page = browser.get(f"{reverse('referrals')}?{query}").content.decode()
        return {one.reference for one in (mine, others) if f">{one.reference}<" in page}

    assert shown("") == {mine.reference, others.reference}
    assert shown("mine=1") == {mine.reference}
    assert shown("overdue=1") == {others.reference}
    assert shown("kind=lead") == {others.reference}
    assert shown(f"section={mine.section_id}") == {mine.reference}
    assert shown(f"owner={supervisor.pk}&state=unfinished") == {others.reference}
    assert shown("kind=nonsense&section=x&after=-1") == {mine.reference, others.reference}


def test_the_csv_is_of_the_same_list_and_opens_as_no_formula(
    browser_of: Any, make_comment: Any, officer: Member
) -> None:
    refer(make_comment(), officer, asks="=1+1")
    text = b"".join(browser_of(officer).get(reverse("referrals_csv")).streaming_content).decode()
    assert "'=1+1" in text


def test_the_page_of_a_lead_is_read_under_the_eyes_of_the_log(
    browser_of: Any, comment: Comment, officer: Member, auditor: Member
) -> None:
    from members.models import LogEntry

    lead = refer(comment, officer, "lead")
    page = browser_of(auditor).get(lead.get_absolute_url()).content.decode()
    assert "No criminal-justice information" in page
    assert LogEntry.objects.filter(by=auditor, verb="read", subject_id=str(lead.pk)).exists()
    assert "Close with this outcome" not in page


def test_a_refused_form_keeps_what_was_typed(browser_of: Any, comment: Comment, officer: Member) -> None:
    referral = refer(comment, officer)
    form = {"outcome_kind": "", "outcome": "<b>Typed with care</b>"}
    address = reverse("act_on_referral", args=[referral.pk, "resolve"])
    answer = browser_of(officer).post(address, form)
    assert answer.status_code == 422
    assert "&lt;b&gt;Typed with care" in answer.content.decode()


def test_a_verb_that_there_is_not_is_not_found(browser_of: Any, comment: Comment, officer: Member) -> None:
    address = reverse("act_on_referral", args=[refer(comment, officer).pk, "shred"])
    assert browser_of(officer).post(address).status_code == 404
