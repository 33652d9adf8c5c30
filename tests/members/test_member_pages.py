"""The pages about members: list, one of them, forms; what they show to whom, and what they answer to nonsense."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.days import last_day, midnight
from members.member_list import MemberSearch
from members.models import Member, Notification, OneTime, TrailEntry
from members.powers import Position, Power

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1", "B.1")]


def typed(superior: Member | None, **other: object) -> dict[str, object]:
    """The invitation form, filled in."""
    return {
        "name": "Nadia West",
        "number": "7001",
        "username": "nwest",
        "email": "nwest@bayside.example",
        "phone": "",
        "position": "officer",
        "sworn": "sworn",
        "reports_to": superior.pk if superior else "",
        "languages": ["en", "es"],
        "serves_until": "",
        "reason": "",
    } | other


def names(answer) -> list[str]:
    return [one.name for one, _ in answer.context["shown"]]


def test_the_list_shows_who_serves_in_the_order_of_the_chain(browser_of, officer, cast, transferred):
    answer = browser_of(officer).get(reverse("members"))
    assert names(answer)[:3] == ["Ruth Keller", "Grace Nakamura", "Amara Cole"]
    assert "Terry Gone" not in names(answer)
    assert names(browser_of(officer).get(reverse("members"), {"state": "left"})) == ["Terry Gone"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "OKAF"}, ["Chidi Okafor"]),
        ({"q": "lmoreau"}, ["Lovelie Moreau"]),
        ({"position": "supervisor"}, ["Amara Cole"]),
        ({"language": "ht"}, ["Lovelie Moreau"]),
        ({"q": "nobody at all"}, []),
        ({"sort": "name", "position": "officer"}, ["Chidi Okafor", "Daniel Diaz"]),
    ],
)
def test_the_list_is_searched_by_name_position_and_language(browser_of, officer, cast, asked, found):
    assert names(browser_of(officer).get(reverse("members"), asked)) == found


@pytest.mark.parametrize("asked", [{"position": "king"}, {"sort": "pk; drop"}, {"q": "\x00"}, {"language": "x"}])
def test_rubbish_in_the_address_is_said_and_not_obeyed(browser_of, officer, asked):
    answer = browser_of(officer).get(reverse("members"), asked)
    assert answer.status_code == 422
    assert names(answer) == []


@pytest.mark.parametrize("sort", ["", "name", "number", "newest"])
def test_every_member_stands_on_exactly_one_page(make_member, officer, sort):
    for number in range(120):
        make_member(name=f"Same {number % 7}", number=f"N{number}")
    seen: list[int] = []
    after: int | None = None
    while True:
        page = MemberSearch({"sort": sort}, member=officer).page(after)
        seen += [one.pk for one in page.rows]
        if page.next is None:
            break
        after = page.next
    assert sorted(seen) == sorted(Member.objects.values_list("pk", flat=True))
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "0"])
def test_a_key_that_is_none_begins_at_the_beginning_or_is_nobodys(officer, after):
    assert officer in MemberSearch({}, member=officer).page(after).rows


def test_the_list_as_a_file_is_safe_in_a_spreadsheet(browser_of, officer, make_member):
    make_member(name="=HYPERLINK(1)")
    answer = browser_of(officer).get(reverse("members"), {"format": "csv", "q": "HYPER"})
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0][:4] == ["name", "number", "user name", "position"]
    assert rows[1][0] == "'=HYPERLINK(1)"


def test_a_member_page_says_who_he_is_and_who_reports_to_him(browser_of, officer, supervisor, other_officer):
    shown = browser_of(officer).get(reverse("member", args=[supervisor.pk])).text
    for words in ("Amara Cole", "Grace Nakamura", "Chidi Okafor", "History of positions"):
        assert words in shown
    assert browser_of(officer).get(reverse("member", args=[999_999])).status_code == 404


def test_the_buttons_are_those_that_may_be_pressed(browser_of, commander, officer, supervisor, transferred):
    change, back = reverse("change_position", args=[officer.pk]), reverse("take_back", args=[transferred.pk])
    page = reverse("member", args=[officer.pk])
    assert change in browser_of(commander).get(page).text
    assert change not in browser_of(supervisor).get(page).text
    assert change not in browser_of(officer).get(page).text
    assert back in browser_of(commander).get(reverse("member", args=[transferred.pk])).text


def test_a_designees_page_offers_nothing_about_the_commander(browser_of, commander, officer, supervisor, hand_over):
    hand_over(commander, officer, Power.MANAGE_MEMBERS)
    change = reverse("change_position", args=[commander.pk])
    assert change not in browser_of(officer).get(reverse("member", args=[commander.pk])).text
    assert browser_of(officer).get(change).status_code == 403
    assert browser_of(officer).get(reverse("change_position", args=[supervisor.pk])).status_code == 200


def test_an_invitation_is_sent_by_mail(browser_of, commander, supervisor, mailoutbox):
    answer = browser_of(commander).post(reverse("invite"), typed(supervisor))
    one = Member.objects.get(username="nwest")
    assert (answer.status_code, answer["Location"]) == (302, reverse("member", args=[one.pk]))
    (mail,) = mailoutbox
    assert mail.to == ["nwest@bayside.example"]
    assert "/join/" in mail.body
    assert "good once, for 7 days" in mail.body


def test_with_no_mail_gone_the_link_is_there_to_hand_over(browser_of, commander, supervisor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = browser_of(commander).post(reverse("invite"), typed(supervisor))
    assert answer.status_code == 200
    assert "did not go out" in answer.text
    assert "/join/" in answer.text
    assert "Send again" in answer.text
    assert answer["Cache-Control"] == "no-store"


def test_every_mistake_is_said_beside_its_field_and_what_was_typed_stays(browser_of, commander, officer):
    answer = browser_of(commander).post(
        reverse("invite"), typed(officer, name="", email="no", number=officer.number, phone="305 555")
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"name", "email", "number"}
    assert 'value="305 555"' in answer.text
    answer = browser_of(commander).post(reverse("invite"), typed(officer))
    assert "Daniel Diaz is Police Officer. Choose another superior." in str(answer.context["form"].errors["reports_to"])


@pytest.mark.parametrize(
    "nonsense",
    [
        {"position": "king"},
        {"position": "commander"},
        {"reports_to": "999999"},
        {"reports_to": "' or 1=1"},
        {"sworn": "maybe"},
        {"languages": ["klingon"]},
        {"serves_until": "9999-12-31"},
        {"serves_until": "2020-01-01", "position": "auditor", "reports_to": ""},
        {"name": "x\x00y"},
        {"reason": "x" * 2001},
        {"username": "u" * 5000},
    ],
)
def test_a_form_that_makes_no_sense_is_422_and_invites_nobody(browser_of, commander, supervisor, nonsense):
    answer = browser_of(commander).post(reverse("invite"), typed(supervisor, **nonsense))
    assert answer.status_code == 422
    assert not OneTime.objects.exists()


def test_an_auditor_is_named_until_the_end_of_a_day(browser_of, commander):
    day = (timezone.localtime() + timedelta(days=30)).date()
    typed_in = typed(None, position=Position.AUDITOR, sworn="civilian", serves_until=day.isoformat())
    assert browser_of(commander).post(reverse("invite"), typed_in).status_code == 302
    until = timezone.localtime(Member.objects.get(username="nwest").serves_until)
    assert (until.date(), until.hour) == (day + timedelta(days=1), 0)


def test_of_a_period_every_page_shows_the_last_day(browser_of, commander, make_member, auditor):
    day = (timezone.localtime() + timedelta(days=400)).date()
    browser, place = browser_of(commander), {"position": Position.AUDITOR, "sworn": "civilian"}
    change = reverse("change_position", args=[auditor.pk])
    answer = browser.post(change, place | {"serves_until": day.isoformat(), "reason": "One year more."})
    assert answer.status_code == 302
    said, after = (f"{one:%b} {one.day}, {one.year}" for one in (day, day + timedelta(days=1)))
    for address in (reverse("member", args=[auditor.pk]), reverse("members"), reverse("chart")):
        page = browser.get(address).text
        assert said in page, address
        assert after not in page, address
    assert f'value="{day}"' in browser.get(change).text
    listed = b"".join(browser.get(f"{reverse('members')}?format=csv").streaming_content).decode()
    assert str(day) in listed
    assert str(day) in TrailEntry.objects.get(verb="change_period").after
    assert Notification.objects.filter(member=auditor, sentence__contains=f"until the end of {said}").exists()


@pytest.mark.parametrize(("hour", "day"), [(0, "2026-11-21"), (9, "2026-11-22")])
def test_a_period_that_ends_at_midnight_ends_the_day_before(hour, day):
    assert str(last_day(midnight(date(2026, 11, 22)) + timedelta(hours=hour))) == day


def test_a_position_is_changed_on_its_page_and_a_late_form_is_told(browser_of, commander, commanding_officer, officer):
    address = reverse("change_position", args=[officer.pk])
    browser = browser_of(commander)
    seen = browser.get(address).context["form"]["seen"].value()
    form = {
        "position": "supervisor",
        "sworn": "sworn",
        "reports_to": commanding_officer.pk,
        "reason": "Promoted.",
        "seen": seen,
    }
    assert browser.post(address, form | {"reason": ""}).status_code == 422
    assert browser.post(address, form).status_code == 302
    officer.refresh_from_db()
    assert officer.position == Position.SUPERVISOR
    late = browser.post(address, form | {"position": "officer"})
    assert late.status_code == 409
    assert "acted first" in late.text


def test_details_are_ones_own_to_change_but_for_the_address(browser_of, commander, officer, other_officer, mailoutbox):
    address = reverse("change_details", args=[officer.pk])
    form = {"phone": "305 555 0100", "languages": ["en"], "email": "mine@elsewhere.example"}
    assert browser_of(other_officer).get(address).status_code == 403
    assert browser_of(officer).post(address, form).status_code == 302
    officer.refresh_from_db()
    assert (officer.phone, officer.email) == ("305 555 0100", "ddiaz@bayside.example")
    assert browser_of(commander).post(address, form).status_code == 302
    officer.refresh_from_db()
    assert officer.email == "mine@elsewhere.example"
    assert [mail.to for mail in mailoutbox] == [["ddiaz@bayside.example"]]
    assert browser_of(commander).post(address, form | {"email": commander.email}).status_code == 422


def test_who_had_left_is_invited_back_on_his_page(browser_of, commander, supervisor, transferred, mailoutbox):
    address = reverse("take_back", args=[transferred.pk])
    assert browser_of(supervisor).get(address).status_code == 403
    form = {"position": "officer", "sworn": "sworn", "reports_to": supervisor.pk, "reason": "Is back."}
    assert browser_of(commander).post(address, form).status_code == 302
    assert mailoutbox[0].to == [transferred.email]
    answer = browser_of(commander).post(reverse("withdraw_invitation", args=[transferred.pk]), {"reason": "No."})
    assert answer.status_code == 302
    transferred.refresh_from_db()
    assert transferred.state == Member.State.LEFT


def test_an_invitation_can_be_sent_again(browser_of, commander, supervisor, mailoutbox):
    browser = browser_of(commander)
    browser.post(reverse("invite"), typed(supervisor))
    one = Member.objects.get(username="nwest")
    assert "Withdraw" in browser.get(reverse("member", args=[one.pk])).text
    assert browser.post(reverse("send_again", args=[one.pk])).status_code == 302
    assert len(mailoutbox) == 2
    assert OneTime.objects.open().count() == 1


def test_an_invitation_that_went_to_a_wrong_address_is_void_once_it_is_put_right(
    browser_of, commander, supervisor, mailoutbox
):
    browser = browser_of(commander)
    browser.post(reverse("invite"), typed(supervisor, email="wrong@elsewhere.example"))
    one = Member.objects.get(username="nwest")
    details = {"phone": one.phone, "languages": one.languages, "email": "nwest@bayside.example"}
    answer = browser.post(reverse("change_details", args=[one.pk]), details, follow=True)
    assert "send it again" in answer.text
    assert "No link is open: the e-mail address was changed" in answer.text
    link = re.search(r"/join/\S+", str(mailoutbox[0].body))
    assert link is not None
    assert Client().get(link[0]).status_code == 410
    browser.post(reverse("send_again", args=[one.pk]))
    assert mailoutbox[-1].to == ["nwest@bayside.example"]
    assert "The link is good until" in browser.get(reverse("member", args=[one.pk])).text
