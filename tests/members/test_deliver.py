"""Carrying notifications out: to a real mail server and a real receiver on loopback, whatever these do."""

from __future__ import annotations

import io
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from members import delivering, reaching
from members.mail import Undelivered
from members.models import ContactWay, Delivery, Member, Preference
from members.models.notifications import Kind
from members.notifying import tell
from members.states import Invalid
from tests.members.servers import a_port, mail_server, name_mail_server, receiver

pytestmark = pytest.mark.django_db
When = Preference.When


@pytest.fixture
def mails(settings):
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def service(settings):
    with receiver(settings) as found:
        yield found


def add_way(member, address, label="Pager"):
    return ContactWay.objects.create(
        member=member, label=label, address=address, shown=reaching.masked(address), proved_at=timezone.now()
    )


def carry_out():
    call_command("deliver", "--once")


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


def the_delivery():
    return Delivery.objects.get()


# --- by e-mail ---


def test_what_was_told_arrives_with_where_to_act(officer, mails):
    tell([officer], Kind.AUTHORITY, "You may approve content until May 3.", "/authority/")
    carry_out()
    assert mails.to() == [officer.email]
    (text,) = mails.texts()
    assert "You may approve content until May 3." in text
    assert "/authority/" in text
    assert mails.taken[0]["subject"] == "You may approve content until May 3."
    delivery = the_delivery()
    assert (delivery.state, delivery.tries, delivery.lease_until) == ("sent", 1, None)
    carry_out()
    assert len(mails.taken) == 1


def test_a_refusal_for_now_is_tried_again_after_a_minute_and_then_arrives(officer, mails):
    mails.of_recipient = ["450 come back later"]
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    carry_out()
    delivery = the_delivery()
    assert (delivery.state, delivery.why) == ("waiting", "the mail server refused the address (450)")
    carry_out()
    assert mails.taken == []
    with later(seconds=61):
        carry_out()
    assert len(mails.taken) == 1
    assert (the_delivery().state, the_delivery().why) == ("sent", "")


def test_an_address_that_is_refused_for_good_has_failed_at_once(officer, mails):
    mails.of_recipient = ["550 nobody here"]
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    carry_out()
    assert (the_delivery().state, the_delivery().tries) == ("failed", 1)


@pytest.mark.parametrize(("kind", "tries", "days"), [(Kind.MEMBERS, 8, 3), (Kind.THREAT, 10, 0.2)])
def test_with_no_mail_server_it_is_tried_ever_more_seldom_and_then_has_failed(officer, settings, kind, tries, days):
    name_mail_server(settings, a_port())
    begun = timezone.now()
    tell([officer], kind, "Something.")
    with time_machine.travel(begun, tick=False) as clock:
        waits = []
        while the_delivery().state == "waiting":
            before = timezone.now()
            clock.move_to(the_delivery().not_before + timedelta(seconds=1))
            waits.append(timezone.now() - before)
            carry_out()
        assert timezone.now() - begun < timedelta(days=days)
    assert waits == sorted(waits)
    assert the_delivery().tries == tries == len(waits)
    assert the_delivery().state == "failed"
    assert "could not be reached" in the_delivery().why


def test_a_threat_is_tried_again_within_seconds(officer, mails):
    mails.of_mail = ["451 not now"]
    tell([officer], Kind.THREAT, "A threat.")
    carry_out()
    with later(seconds=11):
        carry_out()
    assert len(mails.taken) == 1


def test_a_mail_server_that_says_nothing_is_left_in_time(officer, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        name_mail_server(settings, silent.getsockname()[1], seconds=0.3)
        tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
        carry_out()
    assert (the_delivery().state, the_delivery().tries) == ("waiting", 1)
    assert "did not answer in time" in the_delivery().why


def test_no_transaction_is_open_while_the_mail_server_takes_its_time(transactional_db, officer, mails, monkeypatch):
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    open_then = []
    post = delivering.mail.post
    monkeypatch.setattr(
        delivering.mail, "post", lambda *words: (open_then.append(connections["default"].in_atomic_block), post(*words))
    )
    carry_out()
    assert open_then == [False]
    assert len(mails.taken) == 1


# --- quiet hours and digests ---


def test_nothing_goes_out_into_quiet_hours_that_began_while_nobody_carried_out(officer, mails):
    noon = datetime(2026, 6, 10, 16, tzinfo=UTC)
    with time_machine.travel(noon):
        tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    Member.objects.filter(pk=officer.pk).update(quiet_from=time(22), quiet_until=time(6))
    with time_machine.travel(noon + timedelta(hours=11)):  # eleven in the evening there
        carry_out()
        assert mails.taken == []
        assert (the_delivery().state, the_delivery().tries) == ("waiting", 0)
    with time_machine.travel(noon + timedelta(hours=18, minutes=1)):
        carry_out()
    assert len(mails.taken) == 1


def test_a_digest_is_one_mail_with_everything_and_nothing_when_nothing_was(officer, other_officer, mails):
    for member in (officer, other_officer):
        Preference.objects.create(member=member, kind=Kind.MEMBERS, by_email=When.DIGEST)
    for n in range(105):
        tell([officer], Kind.MEMBERS, f"Member {n} joined.", "/members/")
    carry_out()
    assert mails.taken == []
    with later(hours=25):
        carry_out()
        carry_out()
    assert mails.to() == [officer.email]
    assert mails.taken[0]["subject"] == "Your daily digest: 105 new"
    assert all(f"Member {n} joined." in mails.texts()[0] for n in range(100))
    assert "And 5 more." in mails.texts()[0]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


# --- by a service of the member's own ---


def test_a_service_gets_what_was_told(officer, mails, service):
    add_way(officer, service.address)
    Preference.objects.create(member=officer, kind=Kind.MEMBERS, by_email=When.NEVER, by_service=When.AT_ONCE)
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.", "/members/")
    carry_out()
    (taken,) = service.taken
    assert taken["title"].endswith("Members who come and go")
    assert taken["message"].startswith("Dana Diaz joined.\n")
    assert taken["message"].endswith("/members/")
    assert mails.taken == []


def test_an_address_of_his_that_is_an_email_gets_the_units_own_mail(officer, mails):
    add_way(officer, "5551234567@txt.example")
    tell([officer], Kind.THREAT, "A threat.", "/comments/1/")
    carry_out()
    assert mails.to() == [officer.email, "5551234567@txt.example"]


def test_one_way_that_fails_holds_up_no_other(officer, mails, service):
    service.status = 500
    add_way(officer, service.address)
    tell([officer], Kind.THREAT, "A threat.")
    carry_out()
    assert len(mails.taken) == 1
    assert sorted(Delivery.objects.values_list("by_email", "state")) == [(False, "waiting"), (True, "sent")]
    service.status = 200
    with later(seconds=11):
        carry_out()
    assert len(service.taken) == 1


def test_a_way_whose_key_is_lost_fails_alone_and_says_so(officer, other_officer, mails, settings):
    add_way(officer, "tgram://1:a/2")
    settings.FIELD_KEYS = [("other", settings.FIELD_KEYS[0][1])]
    tell([officer], Kind.THREAT, "A threat.")
    carry_out()
    assert "the key of the address is lost" in Delivery.objects.get(by_email=False).why
    assert len(mails.taken) == 1


# --- who is not reached any more ---


@pytest.mark.sop("1.3")
def test_who_left_meanwhile_gets_nothing_any_more(officer, mails):
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    Member.objects.filter(pk=officer.pk).update(state="left", is_active=False)
    carry_out()
    assert mails.taken == []
    assert the_delivery().state == "withdrawn"


def test_a_way_that_was_taken_away_is_not_used(officer, mails, service):
    way = add_way(officer, service.address)
    tell([officer], Kind.THREAT, "A threat.")
    way.delete()
    carry_out()
    assert service.taken == []
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["sent", "withdrawn"]


# --- several at once, and a process that is killed ---


def test_of_two_processes_each_message_is_sent_by_one(transactional_db, officer, supervisor, mails):
    Preference.objects.create(member=supervisor, kind=Kind.MEMBERS, by_email=When.DIGEST)
    for n in range(20):
        tell([officer, supervisor], Kind.MEMBERS, f"Member {n} joined.")
    with later(hours=25):
        together(4)
    sent_to = mails.to()
    assert sent_to.count(officer.email) == 20
    assert sent_to.count(supervisor.email) == 1


def together(count):
    """Carry everything out by several hands at once."""

    def work():
        try:
            carry_out()
        finally:
            connections.close_all()

    hands = [threading.Thread(target=work) for _ in range(count)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def test_what_a_killed_process_had_in_hand_is_sent_when_its_lease_has_run_out(
    transactional_db, officer, settings, mails
):
    tell([officer], Kind.THREAT, "A threat.")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        process = subprocess.Popen([sys.executable, "manage.py", "deliver"], cwd=configured.BASE_DIR, env=environment)
        try:
            silent.settimeout(60)
            caller, _ = silent.accept()  # it has claimed the row and calls
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        caller.close()  # not before: it would put the message off, as after any call that is broken off
    assert the_delivery().state == "sending"
    carry_out()
    assert mails.taken == []
    with later(seconds=41):
        carry_out()
    assert len(mails.taken) == 1
    assert the_delivery().state == "sent"


def test_a_message_over_which_each_process_dies_is_given_up_and_seen(officer, mails, monkeypatch):
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    Delivery.objects.update(state="sending", tries=8, lease_until=timezone.now() - timedelta(seconds=1))
    carry_out()
    assert (the_delivery().state, the_delivery().why) == ("failed", delivering.BROKE_OFF)
    assert mails.taken == []


def test_an_outcome_that_comes_after_the_lease_does_not_undo_anothers(officer, mails):
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    slow = delivering.claim(urgent=False)
    with later(minutes=3):
        quick = delivering.claim(urgent=False)
        delivering.carry_out(quick)
        delivering._put_off(slow, "too late", lasting=True)
    assert the_delivery().state == "sent"


def test_the_process_sends_within_seconds_and_ends_when_asked(transactional_db, officer, mails, settings):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
    }
    process = subprocess.Popen([sys.executable, "manage.py", "deliver"], cwd=configured.BASE_DIR, env=environment)
    try:
        tell([officer], Kind.THREAT, "A threat.")
        until = time_machine_free_now() + 20
        while not mails.taken and time_machine_free_now() < until:
            threading.Event().wait(0.1)
        assert len(mails.taken) == 1
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def time_machine_free_now():
    return datetime.now(UTC).timestamp()


# --- which addresses there may be, and where a message may go ---


@pytest.mark.parametrize(
    "address",
    [
        "json://example.org/x",
        "xml://example.org",
        "form://example.org",
        "exec://ls",
        "syslog://",
        "dbus://",
        "file:///etc/passwd",
        "https://example.org/hook",
        "mailto://user:word@example.org",
        "tgram://",
        "telegram",
        "",
        "tgram://123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/12315544/?template=/etc/passwd",
        "ntfys://example.org/topic?verify=no",
        "ntfys://example.org/one/two/three",
        "ntfys://" + "a" * 600,
    ],
)
def test_an_address_that_is_no_allowed_service_is_refused_with_a_sentence(address):
    with pytest.raises(Invalid) as refused:
        reaching.check(address)
    assert refused.value.field == "address"
    assert not address or address not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "dana@txt.example",
        "tgram://123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/12315544/",
        "ntfys://example.org/topic",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
    ],
)
def test_an_email_address_and_the_address_of_a_service_pass(address):
    reaching.check(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254"])
def test_no_address_leads_into_the_agencys_own_network(settings, host):
    settings.NOTIFICATION_SERVICES = ["json", "jsons"]
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.3)
        with pytest.raises(Undelivered, match="own network") as refused:
            reaching.post(f"json://{host}:{inside.getsockname()[1]}/", "Title", "Body")
        with pytest.raises(TimeoutError):
            inside.accept()
    assert refused.value.lasting


@pytest.mark.parametrize(
    ("address", "admitted"),
    [
        (("203.0.113.5", 443), False),
        (("93.184.216.34", 443), True),
        (("2606:2800:220:1::", 443, 0, 0), True),
        (("::ffff:10.0.0.1", 443, 0, 0), False),
        (("fe80::1%eth0", 443, 0, 2), False),
        (("0.0.0.0", 443), False),
        (("224.0.0.1", 443), False),
        (("metadata.internal", 80), False),
        ("/run/postgresql/.s.PGSQL.5432", False),
        (b"\0abstract", False),
    ],
)
def test_what_counts_as_outside(address, admitted):
    assert reaching._is_admitted(address) == admitted


def test_the_guard_holds_for_one_call_alone(settings, service):
    reaching.post(service.address, "Title", "Body")
    settings.NOTIFICATION_INSIDE = []
    with pytest.raises(Undelivered):
        reaching.post(service.address, "Title", "Body")
    socket.create_connection(("127.0.0.1", int(service.address.split(":")[2].split("/")[0]))).close()
    assert len(service.taken) == 1


def test_a_service_that_sends_us_elsewhere_is_not_followed(service):
    service.status, service.headers = 307, {"Location": service.address.replace("json", "http") + "/elsewhere"}
    with pytest.raises(Undelivered):
        reaching.post(service.address, "Title", "Body")
    assert service.taken == []


def test_no_log_and_no_row_holds_an_address(officer, mails, service, monkeypatch):
    service.status = 500
    add_way(officer, service.address)
    tell([officer], Kind.THREAT, "A threat to a school.")
    mails.of_recipient = [f"550 {officer.email} unknown"]
    console = next(one for one in logging.getLogger().handlers if one.name == "console")
    monkeypatch.setattr(console, "stream", io.StringIO())
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)  # the test's own mail server
    carry_out()
    said = console.stream.getvalue() + "".join(Delivery.objects.values_list("why", flat=True))
    assert "not_delivered" in said
    for hidden in (officer.email, "of-a-secret", "A threat to a school"):
        assert hidden not in said


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("dana@txt.example", "d…@txt.example"),
        ("tgram://123:AAAbbb/12315544/", "tgram://…544"),
        ("slack://T1/A1/TIiajkdnlazkcOXrIdevi7FQ/", "slack://…7FQ"),
    ],
)
def test_an_address_is_shown_without_what_opens_anything(address, shown):
    assert reaching.masked(address) == shown
