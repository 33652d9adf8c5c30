"""Single-letter keys are each member's own: moved without two acts on one key (WCAG 2.1.4; ruling 2)."""

import json

import pytest
from django.urls import reverse

from moderation import own_keys
from moderation.models import OwnDesk

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
    assert browser.get(reverse("queue")).context["own_keys"] == json.dumps({"8": "0"})
    assert 'value="0"' in browser.get(reverse("own_desk")).content.decode()
    browser.post(reverse("move_keys"), {"reset": "1"})
    assert "data-own-keys" not in browser.get(reverse("queue")).content.decode()


def test_an_empty_field_is_the_key_as_it_comes(browser_of, officer):
    browser_of(officer).post(reverse("move_keys"), sent(s="", n="v"))
    assert own_keys.moved(officer) == {"n": "v"}


def test_every_key_of_the_templates_is_on_the_page_of_keys():
    import re
    from pathlib import Path

    from django.conf import settings

    found = {
        key
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        for value in re.findall(r'data-key="((?:{%.*?%}|[^"{])+)"', path.read_text())
        for key in re.sub(r"{%.*?%}", "", value)
    }
    assert found <= set(own_keys.DEFAULTS)
