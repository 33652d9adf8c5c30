"""Times, levels and links as templates write them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.platforms.contract import Platform
from smu.templatetags import unit


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "now"),
        (59, "now"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (6720, "1 h 52 min"),
        (86_399, "23 h"),
        (86_400, "1 day"),
        (200_000, "2 days"),
    ],
)
def test_an_age_is_said_as_a_watch_says_it(seconds, words):
    assert unit.age_in_words(seconds) == words


def test_a_time_carries_the_exact_one_in_the_agencys_zone():
    shown = unit.ago(datetime(2026, 7, 1, 12, 0, 5, tzinfo=UTC))
    assert 'title="Jul 1, 2026, 08:00:05 EDT"' in shown


def test_a_time_that_was_not_given_is_said_to_be_so():
    assert unit.ago(None) == unit.clock(None) == "time not given"


def test_today_is_said_by_the_clock_alone():
    assert "," not in unit.clock(timezone.now() - timedelta(seconds=1)).partition("</time>")[0].rpartition(">")[2]


@pytest.mark.parametrize("number", range(1, 9))
def test_a_level_is_a_colour_a_number_and_a_word(number):
    from moderation.models import Level

    for form in ["full", "short"]:
        shown = unit.level(number, form)
        assert f"level-{number}" in shown
        assert Level(number).label in shown


@pytest.mark.parametrize("address", ["javascript:bad()", "data:text/html,x", "//host/", "https:// x", "", None])
def test_no_link_is_made_of_what_a_browser_should_not_follow(address):
    assert unit.safe_link(address) == ""


def test_an_address_of_the_web_is_a_link():
    assert unit.safe_link("https://example.org/a?b=c") == "https://example.org/a?b=c"


@pytest.mark.parametrize("platform", Platform)
def test_every_platform_has_a_mark_also_one_that_is_gone(platform):
    assert f'title="{platform.label}"' in unit.platform_icon(platform)


def test_an_icon_that_is_none_is_an_error_of_ours():
    with pytest.raises(ValueError, match="no icon"):
        unit.icon("../../etc/passwd")
