"""A row of the stream: the same from the list as alone, and nothing of it is markup that the public wrote."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.models import CameBack, QueueEntry, Showing
from tests.moderation.acts import edit

HOSTILE = "</span><script>alert(1)</script> & \"quotes\" 'too'"


def drawn(answer, comment):
    found = re.search(rf'<li id="row-{comment.pk}".*?</li>', answer.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", found[0])


@pytest.fixture
def browser(browser_of, officer):
    return browser_of(officer)


@pytest.mark.parametrize("case", ["plain", "edited", "held", "come back", "suspected", "without a text"])
def test_a_row_is_the_same_in_the_list_and_alone(
    case, browser, browser_of, officer, other_officer, make_comment, answered
):
    comment = make_comment(
        "" if case == "without a text" else "As it came", suspected=7 if case == "suspected" else None
    )
    said = {"plain": "As it came", "suspected": "Suspected level 7", "without a text": "(no text)"}.get(case, "")
    if case == "edited":
        edit(comment, "As it is now")
        said = "As it is now"
    elif case == "held":
        browser_of(other_officer).post(reverse("claim", args=[comment.pk]))
        said = f"is-held.*{other_officer.name}"
    elif case == "come back":
        CameBack.objects.create(comment=comment, answers=answered, member=other_officer)
        said = f"answers {other_officer.name}"
    listed = drawn(browser.get(reverse("queue")), comment)
    assert re.search(said, listed)
    assert listed == drawn(browser.get(reverse("row", args=[comment.pk])), comment)


@pytest.fixture
def answered(make_comment):
    return make_comment("What we had answered", waiting=False)


def test_a_claim_that_ran_out_is_nobodys(browser, browser_of, other_officer, comment):
    browser_of(other_officer).post(reverse("claim", args=[comment.pk]))
    QueueEntry.objects.update(lease_until=timezone.now())
    assert other_officer.name not in drawn(browser.get(reverse("queue")), comment)


def test_what_is_suspected_waits_for_the_members_own_choice(browser, make_comment, commander):
    comment = make_comment(suspected=7)
    Showing.choose(Showing.When.AFTER, by=commander)
    for page in (reverse("queue"), reverse("row", args=[comment.pk])):
        assert "uspect" not in drawn(browser.get(page), comment)


def test_what_the_public_wrote_is_text(browser, make_comment):
    make_comment(HOSTILE, author=HOSTILE)
    for page in ("queue", "all_comments"):
        shown = browser.get(reverse(page)).content.decode()
        assert "<script>alert" not in shown
        assert unescape(shown).count(HOSTILE) >= 2


def test_who_only_reads_is_led_and_claims_nothing(browser_of, auditor, comment):
    listed = drawn(browser_of(auditor).get(reverse("queue"), {"language": "en"}), comment)
    assert "<button" not in listed
    assert f'href="{reverse("queue")}?language=en&amp;open={comment.pk}"' in listed
