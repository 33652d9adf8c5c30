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
