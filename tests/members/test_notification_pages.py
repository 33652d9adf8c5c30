"""The pages of notifications: the list, the bell, how one is told, and what could not be delivered."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from members.models import ContactWay, Delivery, Member, Notification, Preference, TrailEntry
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.undelivered import failed_deliveries, troubles
from members.ways import MUTABLE

pytestmark = pytest.mark.django_db
When = Preference.When


@pytest.fixture
def page(browser_of, officer):
    return browser_of(officer)


def told(member, sentence="Dana Diaz joined.", kind=Kind.MEMBERS, **fields):
    return Notification.objects.create(member=member, kind=kind, sentence=sentence, **fields)


def choices(**changed):
    """The form of preferences as the page draws it, with what is changed."""
    form = {f"{kind}_{way}": When.AT_ONCE for kind in MUTABLE for way in ("email", "service")}
    return form | {"quiet_from": "", "quiet_until": "", "digest_at": "07:00"} | changed


# --- the list and the bell ---


def test_what_is_new_stands_first_and_what_was_seen_below(page, officer):
    told(officer, "An old one.", seen_at=timezone.now())
    told(officer, "A new one.", path="/members/")
    shown = page.get(reverse("notifications")).content.decode()
    assert shown.index("A new one.") < shown.index("An old one.")
    assert 'aria-label="Notifications: 1 new"' in shown


def test_going_to_what_was_told_marks_it_as_seen(page, officer):
    row = told(officer, path="/members/?x=1")
    answer = page.post(reverse("notification_seen", args=[row.pk]), {"go": "1"})
    assert answer["Location"] == "/members/?x=1"
    row.refresh_from_db()
    assert row.seen_at is not None


@pytest.mark.parametrize("path", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_it_leads_nowhere_else(page, officer, path):
    row = told(officer, path=path)
    assert page.post(reverse("notification_seen", args=[row.pk]), {"go": "1"})["Location"] == reverse("notifications")


def test_anothers_notification_is_not_there(page, other_officer):
    row = told(other_officer, "For somebody else.")
    assert page.post(reverse("notification_seen", args=[row.pk])).status_code == 404
    page.post(reverse("notifications_seen"), {"until": row.pk})
    row.refresh_from_db()
    assert row.seen_at is None
    assert "For somebody else." not in page.get(reverse("notifications")).content.decode()


def test_all_that_the_list_showed_is_marked_and_not_what_came_since(page, officer):
    rows = [told(officer) for _ in range(3)]
    late = told(officer, "Came while he read.")
    page.post(reverse("notifications_seen"), {"until": rows[-1].pk})
    assert list(Notification.objects.filter(seen_at__isnull=True)) == [late]


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 40])
def test_rubbish_marks_nothing(page, officer, until):
    told(officer)
    assert page.post(reverse("notifications_seen"), {"until": until}).status_code == 302
    assert Notification.objects.filter(seen_at__isnull=True).count() == 1


def test_the_list_is_paged(page, officer):
    for n in range(120):
        told(officer, f"Number {n}.", seen_at=timezone.now())
    first = page.get(reverse("notifications"))
    assert "Number 119." in first.content.decode()
    after = first.context["page"].next
    assert "Number 69." in page.get(reverse("notifications"), {"after": after}).content.decode()


@pytest.mark.parametrize(("count", "number"), [(0, ""), (3, "3"), (150, "99+")])
def test_the_bell_counts_what_is_new(page, officer, count, number):
    for n in range(count):
        told(officer, f"Number {n}.")
    shown = page.get(reverse("bell")).content.decode()
    assert f'aria-label="Notifications{": " + number + " new" if number else ""}"' in shown
    assert (f"Number {count - 1}." in shown) == bool(count)


def test_a_sentence_is_text_wherever_it_stands(page, officer):
    told(officer, '<script>window.bad = 1</script>" onload="bad()', path='/x/"onclick="bad()')
    for name in ("notifications", "bell"):
        shown = page.get(reverse(name)).content.decode()
        assert "<script>window" not in shown
        assert 'onload="bad' not in shown


# --- preferences ---


def test_what_he_chooses_is_kept_and_on_the_trail(page, officer):
    answer = page.post(
        reverse("contact_preferences"),
        choices(
            members_email="digest", roster_service="never", quiet_from="22:00", quiet_until="06:30", digest_at="08:15"
        ),
    )
    assert answer.status_code == 302
    assert Preference.objects.get(member=officer, kind="members").by_email == When.DIGEST
    assert Preference.objects.get(member=officer, kind="roster").by_service == When.NEVER
    officer.refresh_from_db()
    assert (officer.quiet_from, officer.quiet_until, officer.digest_at) == (time(22), time(6, 30), time(8, 15))
    assert TrailEntry.objects.about(officer).filter(verb="set_preferences", by=officer).exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_from": "22:00"}, "Give both times"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "are the same"),
        ({"quiet_from": "soon", "quiet_until": "06:00"}, "Enter a valid time"),
        ({"digest_at": ""}, "This field is required"),
        ({"members_email": "shout"}, "not one of the available choices"),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field_and_nothing_is_kept(page, officer, wrong, words):
    answer = page.post(reverse("contact_preferences"), choices(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Preference.objects.exists()
    assert all(str(value) in answer.content.decode() for value in wrong.values() if value != "shout")


@pytest.mark.sop("4.L8")
def test_the_page_says_that_threats_cannot_be_switched_off_and_takes_nothing_about_them(page, officer):
    shown = page.get(reverse("contact")).content.decode()
    assert "This cannot be switched off." in shown
    assert 'name="threat_email"' not in shown
    page.post(reverse("contact_preferences"), choices(threat_email="never", threat_service="never"))
    assert not Preference.objects.filter(kind=Kind.THREAT).exists()


# --- ways ---


def add(page, label="Pager", address="pager@txt.example"):
    return page.post(reverse("contact_way_add"), {"label": label, "address": address})


def the_number():
    return re.search(r"\b\d{6}\b", outbox.outbox[-1].body).group()


def test_a_way_is_used_once_its_test_has_arrived(page, officer):
    assert add(page).status_code == 302
    way = ContactWay.objects.get()
    assert way.proved_at is None
    assert page.post(reverse("contact_way_test", args=[way.pk])).status_code == 302
    assert outbox.outbox[-1].to == ["pager@txt.example"]
    assert "Number of the test" in page.get(reverse("contact")).content.decode()
    number = the_number()
    wrong = page.post(reverse("contact_way_prove", args=[way.pk]), {"code": f"{(int(number) + 1) % 10**6:06}"})
    assert wrong.status_code == 422
    assert "not the number" in wrong.content.decode()
    page.post(reverse("contact_way_prove", args=[way.pk]), {"code": f" {number[:3]} {number[3:]} "})
    way.refresh_from_db()
    assert way.proved_at is not None
    tell([officer], Kind.THREAT, "A threat.")
    assert Delivery.objects.filter(way=way).exists()


def test_a_number_is_not_found_by_trying(page):
    add(page)
    way = ContactWay.objects.get()
    page.post(reverse("contact_way_test", args=[way.pk]))
    number = the_number()
    for _ in range(5):
        page.post(reverse("contact_way_prove", args=[way.pk]), {"code": "x"})
    answer = page.post(reverse("contact_way_prove", args=[way.pk]), {"code": number})
    assert "Send another" in answer.content.decode()
    way.refresh_from_db()
    assert way.proved_at is None


def test_a_test_that_did_not_go_out_says_why(page, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    add(page)
    answer = page.post(reverse("contact_way_test", args=[ContactWay.objects.get().pk]))
    assert answer.status_code == 422
    assert "could not be reached" in answer.content.decode()


def test_tests_are_not_sent_one_upon_the_other(page):
    add(page)
    way = ContactWay.objects.get()
    page.post(reverse("contact_way_test", args=[way.pk]))
    assert page.post(reverse("contact_way_test", args=[way.pk])).status_code == 422
    assert sum("a test" in mail.subject for mail in outbox.outbox) == 1
    cache.clear()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"address": "json://example.org/x"}, "neither an e-mail address nor"),
        ({"address": ""}, "This field is required"),
        ({"label": "  "}, "This field is required"),
        ({"label": "\u0007\u200b"}, "Give it a name"),
        ({"label": "x" * 61}, "at most 60"),
        ({"address": "a" * 501}, "at most 500"),
    ],
)
def test_what_is_no_way_is_refused_beside_its_field_and_an_address_is_not_drawn_again(page, fields, words):
    answer = add(page, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    if fields.get("address"):
        assert fields["address"] not in answer.content.decode()
    assert not ContactWay.objects.exists()


def test_a_name_is_used_once_and_there_are_five_ways_at_most(page, officer):
    add(page)
    assert "has this name already" in add(page).content.decode()
    for n in range(4):
        add(page, label=f"Way {n}")
    assert add(page, label="One more").status_code == 422
    assert officer.contact_ways.count() == 5


def test_an_address_lies_encrypted_is_masked_and_is_in_no_trail(page, officer):
    add(page, address="ntfys://example.org/of-a-secret")
    way = ContactWay.objects.get()
    assert way.address == "ntfys://example.org/of-a-secret"
    assert way.shown == "ntfys://…ret"
    assert "of-a-secret" not in page.get(reverse("contact")).content.decode()
    stored = ContactWay.objects.raw("SELECT id, address AS raw_address FROM members_contactway")[0].raw_address
    assert "of-a-secret" not in stored
    assert "of-a-secret" not in str(list(TrailEntry.objects.about(officer).values()))


def test_he_is_told_by_email_of_a_way_that_is_added_and_of_one_taken_away(page, officer):
    add(page)
    page.post(reverse("contact_way_remove", args=[ContactWay.objects.get().pk]))
    assert not ContactWay.objects.exists()
    sentences = Notification.objects.filter(member=officer, kind=Kind.SECURITY).values_list("sentence", flat=True)
    assert sorted(sentences) == ["A way to reach you was added: Pager.", "A way to reach you was taken away: Pager."]
    verbs = set(TrailEntry.objects.about(officer).values_list("verb", flat=True))
    assert {"add_contact_way", "remove_contact_way"} <= verbs


@pytest.mark.parametrize("verb", ["test", "prove", "remove"])
def test_anothers_way_is_not_there(page, other_officer, verb):
    way = ContactWay.objects.create(member=other_officer, label="Pager", address="a@b.example", shown="…")
    assert page.post(reverse(f"contact_way_{verb}", args=[way.pk]), {"code": "1"}).status_code == 404
    assert ContactWay.objects.filter(pk=way.pk).exists()


# --- what could not be delivered ---


def failed(member, *, state="failed", tries=8, why="the mail server refused the address (550)", **fields):
    row = told(member, kind=fields.pop("kind", Kind.MEMBERS))
    done = timezone.now() if state == "failed" else None
    return Delivery.objects.create(
        notification=row, by_email="way" not in fields, state=state, tries=tries, why=why, done_at=done, **fields
    )


def test_a_member_sees_that_he_is_not_reached_since_when_and_why(page, officer):
    failed(officer)
    shown = page.get(reverse("notifications")).content.decode()
    assert "could not be delivered by e-mail since" in shown
    assert "refused the address (550)" in shown


def test_what_arrives_later_by_the_same_way_settles_it(officer):
    way = ContactWay.objects.create(member=officer, label="Pager", address="a@b.example", shown="…")
    failed(officer)
    failed(officer, way=way)
    assert {one.by for one in troubles()} == {"e-mail", "“Pager”"}
    Delivery.objects.create(notification=told(officer), by_email=True, state="sent", done_at=timezone.now())
    assert [one.by for one in troubles()] == ["“Pager”"]
    way.delete()
    assert troubles() == []


@pytest.mark.parametrize(
    ("kind", "tries", "is_trouble"),
    [(Kind.MEMBERS, 2, False), (Kind.MEMBERS, 3, True), (Kind.THREAT, 0, False), (Kind.THREAT, 1, True)],
)
def test_a_threat_is_in_trouble_after_one_try_anything_else_after_three(officer, kind, tries, is_trouble):
    failed(
        officer, state="waiting", tries=tries, kind=kind, why="the mail server could not be reached" if tries else ""
    )
    assert bool(troubles()) == is_trouble


def test_who_looks_after_members_sees_everybodys_and_tries_again(browser_of, commander, officer, supervisor):
    row = failed(officer, kind=Kind.THREAT)
    failed(supervisor)
    page = browser_of(commander)
    shown = page.get(reverse("undelivered")).content.decode()
    assert shown.index(officer.name) < shown.index(supervisor.name)
    page.post(reverse("deliver_again", args=[officer.pk]))
    row.refresh_from_db()
    assert (row.state, row.tries, row.done_at) == ("waiting", 0, None)
    assert TrailEntry.objects.about(officer).filter(verb="try_again", by=commander).exists()


def test_others_see_and_try_only_their_own(page, officer, supervisor):
    mine, other = failed(officer), failed(supervisor)
    assert page.get(reverse("undelivered")).status_code == 403
    assert page.post(reverse("deliver_again", args=[supervisor.pk])).status_code == 403
    assert page.post(reverse("deliver_again", args=[officer.pk])).status_code == 302
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("waiting", "failed")


def test_a_designee_sees_them_while_the_power_is_his(browser_of, commander, officer, other_officer, hand_over):
    now = timezone.now()
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    over = {"since": now - timedelta(days=2), "until": now - timedelta(days=1)}
    hand_over(commander, other_officer, Power.MANAGE_MEMBERS, **over)
    assert browser_of(officer).get(reverse("undelivered")).status_code == 200
    assert browser_of(other_officer).get(reverse("undelivered")).status_code == 403


def test_the_home_line_counts_who_is_not_reached(commander, officer, supervisor):
    assert failed_deliveries(commander).count == 0
    failed(officer)
    failed(officer)
    failed(supervisor)
    line = failed_deliveries(commander)
    assert (line.count, line.address, line.tone) == (2, reverse("undelivered"), "warn")
    Member.objects.filter(pk=supervisor.pk).update(state="left", is_active=False)
    assert failed_deliveries(commander).count == 1
