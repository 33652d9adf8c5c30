"""Thirty minutes without an act of a person, twelve hours at most (ruling 15), and nothing typed is lost on the way."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from members.models import Member
from members.sessions import SIGNED_IN
from smu.environment import ROOT
from tests.cast import BACKEND, PASSWORD

BrowserOf = Callable[..., Client]
MINUTE, HOUR = 60, 3600

# What pages ask by themselves. Every other address is asked by a person, unless the script says otherwise in a header.
BACKGROUND = {
    "live",
    "pulse",
    "row",
    "last",
    "standing",
    "alarms",
    "bell",
    "red_line",
    "authority_mark",
    "session_left",
}
# Every request that a script makes: which of them a person caused, and which say that nobody did.
FETCHES = {
    "alarms.js": ["Background"],
    "authority.js": ["Background"],
    "calendar.js": ["a person turns a leaf", "a person drags an item"],
    "custody.js": ["a person takes, returns or hands over a thing, on a bad connection"],
    "notifications.js": ["Background", "Background"],
    "passkeys.js": ["a person presses the button of the passkey"],
    "queue.js": ["a person types: his claim is renewed", "Background"],
    "scan.js": ["a person holds a label into the picture"],
    "session.js": ["Background", "a person acts: he stays signed in"],
    "upload.js": ["a person sends a file: each of its parts"],
}


@pytest.fixture
def clock() -> Iterator[Any]:
    """Time that stands until it is shifted."""
    with time_machine.travel(time.time(), tick=False) as travelled:
        yield travelled


def is_in(browser: Client) -> bool:
    """Whether the session is open; asked as a page asks by itself, so that asking changes nothing."""
    return browser.get(reverse("session_left")).json()["member"] is not None


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


# --- idle ---


def test_a_session_ends_after_thirty_minutes_without_an_act(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    clock.shift(30 * MINUTE - 1)
    assert is_in(browser)
    clock.shift(1)
    assert not is_in(browser)


def test_an_act_of_a_person_prolongs_it(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    for _ in range(4):
        clock.shift(29 * MINUTE)
        browser.get(reverse("home"))
    assert is_in(browser)


@pytest.mark.parametrize("name", sorted(BACKGROUND - {"live"}))
def test_what_a_page_asks_by_itself_does_not(
    browser_of: BrowserOf, officer: Member, clock: Any, make_comment: Callable[..., Any], name: str
) -> None:
    browser, comment = browser_of(officer), make_comment()
    address = reverse(name, args=[comment.pk] if name in {"row", "last", "standing"} else [])
    for _ in range(3):
        clock.shift(14 * MINUTE)
        browser.get(address)
    assert not is_in(browser)


@pytest.mark.parametrize(
    "headers", [{"Background": "1"}, {"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}]
)
def test_nor_does_what_a_script_or_the_browser_asks_unasked(
    browser_of: BrowserOf, officer: Member, clock: Any, headers: dict[str, str]
) -> None:
    browser = browser_of(officer)
    for _ in range(3):
        clock.shift(14 * MINUTE)
        browser.get(reverse("home"), headers=headers)
    assert not is_in(browser)


def test_every_address_that_pages_ask_by_themselves_is_marked_and_no_other() -> None:
    marked = {pattern.name for pattern in patterns() if getattr(pattern.callback, "background", False)}
    assert marked == BACKGROUND


def test_every_request_of_a_script_says_whether_a_person_caused_it() -> None:
    found: dict[str, list[str]] = {}
    for file in sorted(Path(ROOT, "static").glob("*.js")):
        text = file.read_text()
        calls = [text[match.start() : match.start() + 260] for match in re.finditer(r"\bfetch\(", text)]
        if calls or file.name in FETCHES:
            found[file.name] = ["Background" if "Background" in call.split(";")[0] else "a person" for call in calls]
    expected = {name: [why if why == "Background" else "a person" for why in whys] for name, whys in FETCHES.items()}
    assert found == expected
    triggers = [
        path
        for path in Path(ROOT, "templates").rglob("*.html")
        if re.search(r"every \d|hx-trigger=.?load", path.read_text())
    ]
    assert triggers == []


def test_the_last_act_is_written_once_a_minute_at_most(
    browser_of: BrowserOf, officer: Member, clock: Any, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(officer)
    first = officer.sessions.get().last_act_at
    clock.shift(59)
    browser.get(reverse("home"))
    assert officer.sessions.get().last_act_at == first
    clock.shift(1)
    browser.get(reverse("home"))
    assert officer.sessions.get().last_act_at == first + timedelta(seconds=60)


# --- at most ---


def test_a_session_ends_twelve_hours_after_sign_in_whatever_is_done(
    browser_of: BrowserOf, officer: Member, clock: Any
) -> None:
    browser = browser_of(officer)
    for _ in range(12 * 3 - 1):
        clock.shift(20 * MINUTE)
        browser.get(reverse("home"))
        session = browser.session
        session["touched"] = time.time()
        session.save()
    assert is_in(browser)
    clock.shift(20 * MINUTE)
    assert not is_in(browser)
    assert "12 hours at most" in browser.get(reverse("home"), follow=True).content.decode()


def test_a_new_password_begins_no_new_twelve_hours(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    begun = browser.session[SIGNED_IN]
    clock.shift(20 * MINUTE)
    request = type("Request", (), {"session": browser.session, "user": officer, "META": {}})()
    officer.set_password("another-long-night-by-the-bay")
    officer.save()
    update_session_auth_hash(request, officer)
    request.session.save()
    assert officer.sessions.get(session_key=request.session.session_key).signed_in_at.timestamp() == pytest.approx(
        begun
    )


def test_signing_in_anew_begins_anew(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    clock.shift(11 * HOUR)
    browser.force_login(officer, backend=BACKEND)
    clock.shift(29 * MINUTE)
    assert is_in(browser)


# --- what is said ---


def test_a_page_leads_to_sign_in_and_says_what_happened(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    clock.shift(31 * MINUTE)
    answer = browser.get("/trail/?verb=grade")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Ftrail%2F%3Fverb%3Dgrade"
    page = browser.get(answer["Location"]).content.decode()
    assert "signed out after 30 minutes without an act" in page
    browser.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    assert "signed out after" not in browser.get(reverse("account_logout")).content.decode()


def test_a_form_that_comes_too_late_is_shown_with_what_was_typed_and_changes_nothing(
    browser_of: BrowserOf, officer: Member, clock: Any
) -> None:
    browser = browser_of(officer)
    clock.shift(31 * MINUTE)
    typed = {
        "reason": "She <asked> twice.",
        "who": ["Daniel", "Chidi"],
        "password": "hidden-words",
        "code": "123456",
        "key": "0b7c9a86-1",
        "csrfmiddlewaretoken": "secret-mark",
    }
    answer = browser.post(reverse("single_keys"), typed, headers={"Referer": "http://testserver/trail/?verb=grade"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "30 minutes without an act" in page
    assert "She &lt;asked&gt; twice." in page
    assert "Chidi" in page
    assert not [words for words in ("hidden-words", "123456", "secret-mark", "0b7c9a86") if words in page]
    assert 'href="/sign-in/?next=/trail/%3Fverb%3Dgrade"' in page


def test_a_part_of_a_page_leaves_the_form_as_it_is(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    clock.shift(31 * MINUTE)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/comments/?open=5"}
    sent = browser.post(reverse("claim_next"), headers=headers)
    assert (sent.status_code, sent["HX-Reswap"], sent["Session-Ended"]) == (403, "none", "idle")


def test_asking_for_a_part_of_a_page_leads_the_whole_page_to_sign_in(
    browser_of: BrowserOf, officer: Member, clock: Any
) -> None:
    browser = browser_of(officer)
    clock.shift(31 * MINUTE)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/comments/?open=5"}
    answer = browser.get(reverse("queue"), headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?next=%2Fcomments%2F%3Fopen%3D5")


def test_nothing_is_said_to_somebody_who_never_was_in(stranger: Client) -> None:
    assert "signed out" not in stranger.get(reverse("home"), follow=True).content.decode()


def test_the_page_knows_how_long_the_session_lasts(browser_of: BrowserOf, officer: Member, clock: Any) -> None:
    browser = browser_of(officer)
    page = browser.get(reverse("home")).content.decode()
    assert 'data-idle="1800"' in page
    assert 'data-idle-left="1800"' in page
    clock.shift(11 * MINUTE)
    assert browser.get(reverse("session_left")).json() == {
        "member": officer.pk,
        "idle": 1800,
        "idle_left": 1800 - 11 * MINUTE,
        "left": 12 * HOUR - 11 * MINUTE,
    }
    assert browser.post(reverse("session_stay")).json()["idle_left"] == 1800


def test_pages_of_a_member_are_kept_in_no_cache(browser_of: BrowserOf, officer: Member, stranger: Client) -> None:
    assert browser_of(officer).get(reverse("home"))["Cache-Control"] == "private, no-store"
    assert not stranger.get(reverse("health")).has_header("Cache-Control")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Client, officer: Member) -> None:
    stranger.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    cookie = stranger.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
