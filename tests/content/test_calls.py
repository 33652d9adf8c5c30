"""Calls for content: to named contacts, on a schedule, answered without an account, tracked (F.VA)."""

import time
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content import calls
from content.models import Call, Contact, Idea, Letter
from content.views.public_ideas import SALT
from members.mail import Undelivered
from members.models import Notification
from members.public_forms import mark_of
from members.states import Invalid, Refused, WrongState
from tests.content.planning import call, contact, letter

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VA")]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(officer):
    cache.clear()


def answer_to(sent, **fields):
    mark = mark_of(sent.code, salt=SALT, at=time.time() - 600)
    return Client().post(reverse("answer_call", args=[sent.code]), {"mark": mark} | fields)


def test_a_call_goes_to_its_contacts_on_its_day_and_again_a_week_later(officer):
    made = call(officer)
    assert calls.write_due() == 1
    assert calls.write_due() == 0
    assert calls.send_due() == 1
    sent = made.letters.get()
    assert sent.sent_at
    assert mail.outbox[0].to == ["north@bayside.example"]
    assert reverse("answer_call", args=[sent.code]) in mail.outbox[0].body
    made.refresh_from_db()
    assert made.next_on == timezone.localdate() + timedelta(days=7)


def test_what_was_missed_is_sent_once(officer):
    made = call(officer)
    Call.objects.filter(pk=made.pk).update(next_on=timezone.localdate() - timedelta(days=20))
    assert calls.write_due() == 1
    made.refresh_from_db()
    assert made.next_on == timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    ("every", "day", "expected"),
    [
        ("once", date(2026, 1, 31), None),
        ("week", date(2026, 12, 28), date(2027, 1, 4)),
        ("fortnight", date(2026, 1, 31), date(2026, 2, 14)),
        ("month", date(2026, 1, 31), date(2026, 2, 28)),
        ("month", date(2026, 2, 28), date(2026, 3, 31)),
        ("month", date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_the_next_day(every, day, expected):
    assert calls.following(Call(every=every, first_on=date(2026, 1, 31)), day) == expected


def test_a_contact_answers_with_an_idea_by_the_link_of_his_own(officer):
    sent = letter(officer)
    page = Client().get(reverse("answer_call", args=[sent.code])).content.decode()
    assert "What should people know?" in page
    assert answer_to(sent, title="A new horse", text="He is called Duke.").status_code == 302
    made = Idea.objects.get()
    assert (made.way, made.letter, made.from_whom) == ("call", sent, "Capt. Rivera, North District")
    sent.refresh_from_db()
    assert sent.answered_at
    assert calls.answers_of(sent.call) == {"sent": 1, "ideas": 1, "nothing": 0, "open": 0}


def test_that_there_is_nothing_is_an_answer_too(officer):
    sent = letter(officer)
    assert answer_to(sent, nothing="1").status_code == 302
    assert calls.answers_of(sent.call) == {"sent": 1, "ideas": 0, "nothing": 1, "open": 0}
    assert not Letter.objects.unanswered().exists()


def test_an_answer_in_no_time_is_asked_for_once_more(officer):
    sent = letter(officer)
    page = answer_to(sent, nothing="1", mark=mark_of(sent.code, salt=SALT))
    assert (page.status_code, "That was quick" in page.content.decode()) == (422, True)
    assert Letter.objects.unanswered().exists()


def test_who_does_not_answer_is_reminded_once_and_then_shown(officer):
    sent = letter(officer)
    Letter.objects.filter(pk=sent.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert calls.write_due() == 1
    assert calls.send_due() == 1
    assert calls.write_due() == 0
    assert "reminder" in mail.outbox[1].body
    assert list(calls.overdue()) == [sent]
    calls.give_up(sent, by=officer)
    assert not calls.overdue().exists()
    with pytest.raises(WrongState):
        calls.give_up(sent, by=officer)


def test_a_mail_that_does_not_go_out_is_told_to_who_made_the_call(officer, monkeypatch):
    def refused(*args):
        raise Undelivered("the mail server refused the address (550)", lasting=True)

    monkeypatch.setattr("content.calls.mail.post", refused)
    made = call(officer)
    calls.write_due()
    assert calls.send_due() == 0
    assert made.letters.get().why_not == "the mail server refused the address (550)"
    assert Notification.objects.filter(member=officer, kind="content").exists()


def test_a_call_that_was_ended_goes_out_no_more(officer):
    made = call(officer)
    calls.end_call(made, by=officer)
    assert calls.write_due() == 0
    with pytest.raises(WrongState):
        calls.end_call(made, by=officer)


def test_bad_input_gets_a_sentence(officer, auditor):
    contact(officer)
    with pytest.raises(Invalid, match="has this address"):
        contact(officer, "NORTH@bayside.example")
    with pytest.raises(Invalid, match="over already"):
        calls.keep_call(
            Call(title="T", asks="A", every="once", first_on=date(2020, 1, 1)), Contact.objects.all(), by=officer
        )
    with pytest.raises(Invalid, match="who is asked"):
        calls.keep_call(Call(title="T", asks="A", every="once", first_on=timezone.localdate()), [], by=officer)
    with pytest.raises(Refused):
        contact(auditor, "other@bayside.example")


def test_pages_keep_contacts_and_calls(officer, browser_of):
    client = browser_of(officer)
    person = {"name": "Maj. Cole", "kind": "major", "part": "Patrol", "email": "cole@bayside.example", "active": "on"}
    assert client.post(reverse("add_call_contact"), person).status_code == 302
    again = client.post(reverse("add_call_contact"), person)
    assert again.status_code == 422
    assert "has this address already" in again.content.decode()
    kept = Contact.objects.get()
    asked = {"title": "News", "asks": "What is new?", "every": "month", "first_on": timezone.localdate(), "days": 7}
    answer = client.post(reverse("add_call"), {**asked, "contacts": [kept.pk]})
    made = Call.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    changed = client.post(made.get_absolute_url(), {**asked, "title": "Fresh news", "contacts": [kept.pk]})
    assert changed.status_code == 302
    made.refresh_from_db()
    assert (made.title, made.first_on) == ("Fresh news", timezone.localdate())
    for name in ("calls", "call_contacts"):
        assert client.get(reverse(name)).status_code == 200
