"""A mixed shift by keyboard alone: nobody touches the mouse, and no comment is lost on the way (S.O.P. 4)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moderation.models import GivenBack, Note, OwnDesk
from tests.browser.desk import begin, in_hand, press, press_and_go_on
from tests.moderation.acts import case_of

pytestmark = pytest.mark.django_db(transaction=True)

SHIFT = [1, 2, 6, 1, 3, 2, 4, 1, 6, 5, 7, 2, 1, 6, 8]


@pytest.fixture
def shift(make_comment, prepared_texts):
    """Fifteen comments, the oldest first."""
    now = timezone.now()
    return [
        make_comment(
            f"Comment {number} of the shift", author=f"Ana {number}", posted_at=now - timedelta(hours=20 - number)
        )
        for number in range(len(SHIFT))
    ]


@pytest.mark.sop("C.6", "C.11", "F.VD", "4.L1", "4.L2", "4.L6")
def test_fifteen_comments_are_graded_without_the_mouse(sign_in, officer, shift):
    page = sign_in(officer)
    begin(page)
    for comment, level in zip(shift, SHIFT, strict=True):
        assert in_hand(page) == comment.pk
        if level in {3, 5}:
            press(page, str(level))
            page.keyboard.type("It is open until five.")
            page.locator("#source").focus()
            page.keyboard.type("The library’s opening hours")
            press_and_go_on(page, "Control+Enter")
        elif level == 7:
            press_and_go_on(page, "7", "b", "Control+Enter")
        elif level == 8:
            page.keyboard.press("8")
            expect(page.locator("[data-standing] .level-8")).to_be_visible()
        else:
            press_and_go_on(page, str(level), str(level))
    assert [case_of(comment).level for comment in shift] == SHIFT


@pytest.mark.sop("F.VD")
def test_skipping_with_a_reason_and_naming_a_colleague_need_no_mouse(sign_in, officer, other_officer, shift):
    page = sign_in(officer)
    begin(page)
    page.keyboard.press("n")
    page.keyboard.type(f"@{other_officer.number} do you know this street?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("told: Chidi Okafor")
    assert in_hand(page) == shift[0].pk
    page.locator(".sitting").press("S")
    expect(page.locator("#skip-words")).to_be_focused()
    page.keyboard.type("Somebody of the night watch knows.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f'article.in-hand[data-comment="{shift[1].pk}"]')).to_be_visible()
    skipped = GivenBack.objects.get()
    assert (skipped.comment, skipped.reason, skipped.words) == (shift[0], "other", "Somebody of the night watch knows.")
    assert Note.objects.get().comment == shift[0]


@pytest.mark.sop("4.L8")
def test_moved_keys_act_and_are_shown_and_the_old_ones_do_nothing(sign_in, officer, shift):
    OwnDesk.objects.create(member=officer, keys={"8": "0", "s": "y"})
    page = sign_in(officer)
    begin(page)
    page.keyboard.press("8")
    page.keyboard.press("s")
    expect(page.locator("button[data-key=s] kbd").first).to_have_text("y")
    page.keyboard.press("y")
    expect(page.locator(f'article.in-hand[data-comment="{shift[1].pk}"]')).to_be_visible()
    assert case_of(shift[0]).level is None
    page.keyboard.press("?")
    expect(page.locator("#keys kbd[data-shows='8']")).to_have_text("0")
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    expect(page.locator("[data-standing] .level-8")).to_be_visible()
    assert case_of(shift[1]).level == 8
    page.keyboard.press("j")  # one key onwards
    expect(page.locator(f'article.in-hand[data-comment="{shift[1].pk}"]')).to_have_count(0)
    expect(page.locator("article.in-hand")).to_be_visible()
