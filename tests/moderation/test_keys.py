"""Single-letter keys are each member's own: moved without two acts on one key (WCAG 2.1.4; ruling 2)."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from members.models.agency import Agency
from moderation import own_keys, raising
from moderation.models import OwnDesk, QueueEntry
from tests.moderation.referring import section

pytestmark = pytest.mark.django_db
KEYS = {key: key for key in own_keys.DEFAULTS}


def sent(**moved):
    return {f"key-{key}": own for key, own in (KEYS | moved).items()}


@pytest.mark.sop("4.L8")
def test_every_key_can_be_moved_the_levels_too(officer):
    assert own_keys.move(officer, KEYS | {"8": "0", "s": "y"}) == {}
    assert own_keys.moved(officer) == {"8": "0", "s": "y"}


def test_two_acts_on_one_key_are_refused_and_nothing_is_kept(browser_of, officer):
    answer = browser_of(officer).post(reverse("move_keys"), sent(s="n"))
    assert answer.status_code == 422
    assert "does something else already" in answer.content.decode()
    assert not OwnDesk.objects.exists()


def test_two_keys_change_places(officer):
    assert own_keys.move(officer, KEYS | {"j": "k", "k": "j"}) == {}
    assert own_keys.moved(officer) == {"j": "k", "k": "j"}


@pytest.mark.parametrize("own", ["ab", "\t", "\u200b"])
def test_a_key_is_one_sign_that_can_be_seen(officer, own):
    assert list(own_keys.move(officer, KEYS | {"s": own})) == ["s"]


def test_the_page_carries_what_was_moved_and_lets_it_come_back(browser_of, comment, officer):
    browser = browser_of(officer)
    assert browser.post(reverse("move_keys"), sent(**{"8": "0"}))["Location"] == reverse("own_desk")
    assert browser.get(reverse("queue")).context["own_keys"]() == json.dumps({"8": "0"})
    assert 'value="0"' in browser.get(reverse("own_desk")).content.decode()
    browser.post(reverse("move_keys"), {"reset": "1"})
    assert "data-own-keys" not in browser.get(reverse("queue")).content.decode()


def test_an_empty_field_is_the_key_as_it_comes(browser_of, officer):
    browser_of(officer).post(reverse("move_keys"), sent(s="", n="v"))
    assert own_keys.moved(officer) == {"n": "v"}


def test_every_key_of_the_templates_is_on_the_page_of_keys():
    found = {
        key
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        for value in re.findall(r'data-key="((?:{%.*?%}|[^"{])+)"', path.read_text())
        for key in re.sub(r"{%.*?%}", "", value)
    }
    assert found <= set(own_keys.DEFAULTS)


def keys_on(page):
    return re.findall(r'data-key="([^"]+)"', page)


def test_every_key_that_the_list_names_does_something_and_is_the_members_own_to_move():
    templates = Path(settings.BASE_DIR / "templates")
    listed = set(re.findall(r'data-shows="([^"]+)"', (templates / "moderation/_keys.html").read_text()))
    letters = set("abcdef") | set("12345678")  # from a loop over clauses and levels; the list names their ends
    written = {key for path in templates.rglob("*.html") for key in keys_on(path.read_text())}
    assert listed <= written | letters | set("qoi") | set("jkz")  # the facts that fit, and what queue.js does itself
    assert listed | letters | {"?"} == set(own_keys.DEFAULTS)


@pytest.mark.sop("4.N", "2.E")
@pytest.mark.parametrize("band", ["emergency", "media", ""])
@pytest.mark.parametrize("level", [None, 3, 4, 7])
def test_no_two_things_on_the_desk_answer_to_one_key(browser_of, make_comment, officer, prepared_texts, band, level):
    numbers = {"emergency_number": "911", "non_emergency_number": "305-579-6111"}
    Agency.objects.create(name="Bayside Police", short_name="Bayside PD", zone="America/New_York", **numbers)
    section("Public Information Office", kind="pio", charge="Answers the media.")
    comment = make_comment("There is smoke at the mall")
    if band == "emergency":
        raising.raise_by_hand(comment, by=officer)
    QueueEntry.objects.filter(pk=comment.pk).update(band=band)
    QueueEntry.claim(comment.pk, by=officer)
    page = browser_of(officer).get(reverse("queue"), {"open": comment.pk, "level": level or ""}).content.decode()
    found = keys_on(page[page.index('class="sitting') :])
    assert sorted(found) == sorted(set(found))
    wanted = {"emergency": {"g", "x"}, "media": {"p", "l"}, "": {"l"}}[band]
    wanted |= {3: {"h", "r"}, 4: {"h", "r"}, 7: {"m", "t", "a", "f", "r"}}.get(level, set())
    assert wanted <= set(found)
