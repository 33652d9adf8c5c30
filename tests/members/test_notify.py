"""Telling members: which ways a notification takes, and when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from members.models import ContactWay, Delivery, Notification, Preference
from members.models.notifications import Kind
from members.notifying import tell
from members.quiet import end_of_quiet, is_quiet, next_digest

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 6, 10, 12, tzinfo=NEW_YORK)
NIGHT = datetime(2026, 6, 10, 23, 30, tzinfo=NEW_YORK)
When = Preference.When


def add_way(member, *, proved=True, label="Telephone", address="tgram://1:a/2"):
    proved_at = datetime(2026, 1, 1, tzinfo=UTC) if proved else None
    return ContactWay.objects.create(member=member, label=label, address=address, shown="…", proved_at=proved_at)


def prefer(member, kind=Kind.MEMBERS, **how):
    return Preference.objects.create(member=member, kind=kind, **how)


def deliveries(member):
    return Delivery.objects.filter(notification__member=member).order_by("pk")


def test_each_is_told_once_and_who_did_it_is_not(officer, supervisor):
    tell([officer, supervisor, officer], Kind.MEMBERS, "Dana Diaz joined.", "/members/", but=supervisor)
    (told,) = Notification.objects.all()
    assert (told.member, told.sentence, told.path) == (officer, "Dana Diaz joined.", "/members/")


def test_without_a_preference_it_goes_by_email_at_once_and_by_no_service(officer):
    add_way(officer)
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    (delivery,) = deliveries(officer)
    assert delivery.by_email
    assert delivery.not_before <= datetime.now(UTC)


def test_each_way_follows_its_own_preference(officer):
    way = add_way(officer)
    prefer(officer, by_email=When.NEVER, by_service=When.AT_ONCE)
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    tell([officer], Kind.ROSTER, "You have the watch.")
    assert [(one.by_email, one.way) for one in deliveries(officer)] == [(False, way), (True, None)]


def test_a_way_that_no_test_has_reached_is_not_used(officer):
    add_way(officer, proved=False)
    prefer(officer, by_service=When.AT_ONCE)
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    assert [one.by_email for one in deliveries(officer)] == [True]


def test_who_has_left_is_told_nothing_outside_the_product(transferred):
    add_way(transferred)
    tell([transferred], Kind.MEMBERS, "Dana Diaz joined.")
    tell([transferred], Kind.THREAT, "A threat.")
    assert Notification.objects.count() == 2
    assert not deliveries(transferred).exists()


def test_what_is_undone_was_told_to_nobody(officer):
    with transaction.atomic():
        tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_telling_many_costs_no_query_a_member(officer, supervisor, make_member, django_assert_max_num_queries):
    many = [make_member() for _ in range(20)]
    with django_assert_max_num_queries(6):
        tell([officer, supervisor, *many], Kind.MEMBERS, "Dana Diaz joined.")
    assert Delivery.objects.count() == 22


@time_machine.travel(NIGHT, tick=False)
def test_what_can_wait_waits_for_the_end_of_the_quiet_hours(officer):
    officer.quiet_from, officer.quiet_until = time(22), time(6, 30)
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    (delivery,) = deliveries(officer)
    assert delivery.not_before == datetime(2026, 6, 11, 6, 30, tzinfo=NEW_YORK)


@time_machine.travel(NOON, tick=False)
def test_a_digest_waits_for_its_hour_and_for_the_end_of_the_quiet_hours(officer, other_officer):
    other_officer.quiet_from, other_officer.quiet_until = time(22), time(8)
    for member in (officer, other_officer):
        prefer(member, by_email=When.DIGEST)
    tell([officer, other_officer], Kind.MEMBERS, "Dana Diaz joined.")
    for member, hour in ((officer, 7), (other_officer, 8)):
        (delivery,) = deliveries(member)
        assert delivery.digest
        assert delivery.not_before == datetime(2026, 6, 11, hour, tzinfo=NEW_YORK)


@time_machine.travel(NIGHT, tick=False)
def test_nobody_silences_the_email_about_his_own_sign_in(officer):
    officer.quiet_from, officer.quiet_until = time(20), time(8)
    way = add_way(officer)
    prefer(officer, Kind.SECURITY, by_email=When.NEVER, by_service=When.AT_ONCE)
    tell([officer], Kind.SECURITY, "You took a passkey away.", "/you/security/")
    by_email, by_service = deliveries(officer)
    assert (by_email.by_email, by_email.not_before, by_email.digest) == (True, NIGHT, False)
    assert by_service.way == way
    assert by_service.not_before > NIGHT  # the other ways keep the quiet hours


# --- threats (ruling 2) ---


@pytest.mark.sop("4.L8")
@time_machine.travel(NIGHT, tick=False)
def test_a_threat_goes_by_every_way_at_once_in_quiet_hours_with_everything_muted(officer):
    officer.quiet_from, officer.quiet_until = time(20), time(8)
    ways = [add_way(officer), add_way(officer, label="Pager")]
    for kind in Kind:
        if kind != Kind.THREAT:
            prefer(officer, kind, by_email=When.NEVER, by_service=When.NEVER)
    tell([officer], Kind.THREAT, "A threat waits for a decision.", "/comments/1/")
    found = deliveries(officer)
    assert [(one.by_email, one.way) for one in found] == [(True, None), (False, ways[0]), (False, ways[1])]
    assert {(one.not_before, one.digest, one.state) for one in found} == {(NIGHT, False, "waiting")}


@pytest.mark.sop("4.L8")
def test_no_setting_silences_a_threat(officer):
    way = add_way(officer)
    nights = [(None, None), (time(0), time(23, 59)), (time(22), time(6))]
    for (since, until), by_email, by_service in product(nights, When, When):
        Preference.objects.all().update(by_email=by_email, by_service=by_service)
        for kind in set(Kind) - {Kind.THREAT}:
            Preference.objects.update_or_create(
                member=officer, kind=kind, defaults={"by_email": by_email, "by_service": by_service}
            )
        officer.quiet_from, officer.quiet_until = since, until
        before = datetime.now(UTC)
        tell([officer], Kind.THREAT, "A threat.")
        found = list(deliveries(officer).filter(notification__at__gte=before))
        assert [(one.by_email, one.way) for one in found] == [(True, None), (False, way)]
        assert all(not one.digest and one.not_before <= datetime.now(UTC) for one in found)


def test_the_database_itself_keeps_no_preference_about_threats(officer):
    with pytest.raises(IntegrityError, match="threats_cannot_be_muted"), transaction.atomic():
        prefer(officer, Kind.THREAT)


def test_a_threat_to_somebody_without_any_way_is_seen_to_have_failed(officer):
    officer.email = ""
    add_way(officer, proved=False)
    tell([officer], Kind.THREAT, "A threat.")
    tell([officer], Kind.MEMBERS, "Dana Diaz joined.")
    (delivery,) = deliveries(officer)
    assert (delivery.state, delivery.notification.kind) == ("failed", Kind.THREAT)
    assert "neither an e-mail address" in delivery.why


# --- quiet hours, over every change of the clocks ---

zones = some.sampled_from(
    ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "UTC"]
).map(ZoneInfo)
nights = some.sampled_from(
    [datetime(2026, *day, tzinfo=UTC) for day in [(3, 7), (3, 8), (3, 28), (4, 4), (10, 3), (10, 24), (10, 31), (6, 1)]]
)
clocks = some.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@given(night=nights, minutes=some.integers(0, 2 * 24 * 60), since=clocks, until=clocks, zone=zones)
def test_what_waits_comes_out_of_the_quiet_hours_at_their_first_end(night, minutes, since, until, zone):
    at = night + timedelta(minutes=minutes, seconds=17)
    end = end_of_quiet(at, since, until, zone)
    assert end >= at
    assert not is_quiet(end, since, until, zone)
    assert end - at <= timedelta(hours=25)
    if is_quiet(at, since, until, zone):
        step = (end - at) / 50
        assert all(is_quiet(at + step * n, since, until, zone) for n in range(50))
    else:
        assert end == at


@given(night=nights, minutes=some.integers(0, 2 * 24 * 60), clock=clocks, zone=zones)
def test_the_next_digest_is_within_a_day_and_at_its_hour(night, minutes, clock, zone):
    at = night + timedelta(minutes=minutes)
    found = next_digest(at, clock, zone)
    assert timedelta(0) < found - at <= timedelta(hours=25)
    local = found.astimezone(zone)
    left_out = datetime.combine(local.date(), clock, zone).astimezone(UTC).astimezone(zone).time() != clock
    assert local.time() == clock or left_out


@pytest.mark.parametrize(("since", "until"), [(None, None), (None, time(6)), (time(22), None), (time(7), time(7))])
def test_half_a_span_is_none(since, until):
    assert end_of_quiet(NIGHT, since, until, NEW_YORK) == NIGHT
