"""The map of the section Comments leads to each of its pages, and no page of it is a dead end."""

import re

import pytest
from django.urls import reverse

from smu.rooms import GROUPS

pytestmark = pytest.mark.django_db


def test_each_page_leads_to_all_the_others_and_marks_itself(browser_of, officer):
    browser = browser_of(officer)
    names = [room.name for _, rooms in GROUPS for room in rooms]
    for name in names:
        page = browser.get(reverse(name)).content.decode()
        nav = re.search(r'<nav class="rooms".*?</nav>', page, re.DOTALL)
        assert nav, name
        assert [other for other in names if f'href="{reverse(other)}"' not in nav[0]] == []
        assert f'href="{reverse(name)}" aria-current="page"' in nav[0]


def test_a_page_elsewhere_has_no_such_line(browser_of, officer):
    assert 'class="rooms"' not in browser_of(officer).get(reverse("records")).content.decode()


@pytest.mark.parametrize("position", ["officer", "supervisor", "legal_adviser", "auditor", "commander"])
def test_nobody_is_led_where_he_is_refused(browser_of, make_member, position):
    browser = browser_of(make_member(position))
    for section in ("all_comments", "content_board", "equipment"):
        page = browser.get(reverse(section)).content.decode()
        nav = re.search(r'<nav class="rooms".*?</nav>', page, re.DOTALL)
        links = set(re.findall(r'href="([^"]+)"', nav[0]))
        assert len(links) > 10
        assert [link for link in links if browser.get(link).status_code != 200] == []


def test_who_may_go_further_is_led_further(browser_of, officer, supervisor):
    pages = {one: browser_of(one).get(reverse("equipment")).content.decode() for one in (officer, supervisor)}
    for name in ("labels", "import_items"):
        assert f'href="{reverse(name)}"' in pages[supervisor]
        assert f'href="{reverse(name)}"' not in pages[officer]
