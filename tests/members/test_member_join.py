"""The page behind the link of an invitation: it opens once, tells strangers nothing, leaves no token anywhere."""

from __future__ import annotations

import logging

import pytest
from django.urls import reverse

from members import membership
from members.models import Member, OneTime, TrailEntry
from smu.logs import without_links
from tests.cast import let_links_run_out

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1", "F.I")]

SECRET = "seven herons over the causeway"
BOTH = {"password": SECRET, "again": SECRET}


@pytest.fixture
def link(commander, supervisor) -> str:
    _, token = membership.invite(
        by=commander,
        username="nwest",
        number="7001",
        name="Nadia West",
        email="nwest@bayside.example",
        position="officer",
        sworn=True,
        reports_to=supervisor,
    )
    return reverse("join", args=[token])


def test_to_look_at_it_changes_nothing(stranger, link):
    entries = TrailEntry.objects.count()
    for ask in (stranger.get, stranger.head, stranger.get):
        assert ask(link).status_code == 200
    assert TrailEntry.objects.count() == entries
    assert OneTime.objects.get().used_at is None
    assert "_auth_user_id" not in stranger.session


def test_it_says_agency_name_and_user_name(stranger, link):
    shown = stranger.get(link).text
    for words in ("Nadia West", "nwest", "Police Officer"):
        assert words in shown


def test_a_password_is_chosen_and_the_second_factor_is_next(stranger, link):
    answer = stranger.post(link, BOTH)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("second_factor")
    assert stranger.get(answer["Location"]).status_code == 200
    member = Member.objects.get(username="nwest")
    assert member.serves()
    assert TrailEntry.objects.filter(verb="sign_in", by=member).exists()


def test_used_twice_it_says_so_and_signs_nobody_in(stranger, link, client):
    stranger.post(link, BOTH)
    for answer in (client.get(link), client.post(link, BOTH)):
        assert answer.status_code == 410
        assert "This invitation has been used" in answer.text
        assert "Nadia" not in answer.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [("short", "short", "15"), (SECRET, "another one altogether", "not the same"), ("", "", "required")],
)
def test_a_password_that_will_not_do_is_told_and_the_link_stays_good(stranger, link, password, again, sentence):
    answer = stranger.post(link, {"password": password, "again": again})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (password or "nothing") not in answer.text.replace("nothing", "")
    assert stranger.post(link, BOTH).status_code == 302


@pytest.mark.parametrize("token", ["garbage", "a" * 43, "%00", "%F0%9F%92%A9", "..%2f"])
def test_a_link_that_is_none_tells_nothing(stranger, link, token):
    answer = stranger.get(f"/join/{token}/")
    assert answer.status_code in {404, 410}
    assert "Nadia" not in answer.text
    assert "Keller" not in answer.text


def test_an_expired_link_says_whom_to_ask(stranger, link):
    let_links_run_out()
    answer = stranger.get(link)
    assert answer.status_code == 410
    assert "Ask Ruth Keller for a new one" in answer.text


def test_the_link_goes_into_no_log_referrer_or_cache(stranger, link, caplog):
    token = link.split("/")[2]
    with caplog.at_level(logging.DEBUG):
        answer = stranger.get(link)
        stranger.post(link, BOTH)
        stranger.get(link)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
    lines = [
        without_links(None, "", {"event": str(record.msg), "said": record.getMessage()}) for record in caplog.records
    ]
    assert lines
    assert token not in str(lines)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /join/abc/", "GET /join/…/"),
        ("Gone: /join/cut-off", "Gone: /join/…"),
        ("/sign-in/second-factor/" + "A1_-" * 11 + "/", "/sign-in/second-factor/…/"),
        ("GET /comments/12/", "GET /comments/12/"),
    ],
)
def test_what_opens_something_is_taken_out_of_addresses(said, kept):
    assert without_links(None, "", {"event": said})["event"] == kept
