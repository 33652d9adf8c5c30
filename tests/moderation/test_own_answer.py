"""A wrong answer that went out is changed or taken away: the way there stands on the answered comment (S.O.P. 4)."""

import pytest
from django.urls import reverse

from moderation.models import CommentOrder
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L3")]


@pytest.fixture
def answered(make_comment, officer):
    """A question whose answer is on the platform, and was read there as our own comment."""
    comment = make_comment("When do you open?")
    grade(comment, 3, officer, reply="At nine.")
    CommentOrder.objects.filter(comment=comment).update(state="sending", sent=True)
    CommentOrder.objects.filter(comment=comment).update(state="done", remote_id="our-answer")
    ours = make_comment("At nine.", ours=True, remote_id="our-answer", parent_remote_id=comment.remote_id)
    return comment, ours


def test_the_answered_comment_leads_to_our_answer_and_its_change(browser_of, officer, answered):
    comment, ours = answered
    browser = browser_of(officer)
    address = f"{reverse('comment', args=[ours.pk])}#own"
    assert address in browser.get(reverse("comment", args=[comment.pk])).content.decode()
    assert address in browser.get(reverse("last", args=[comment.pk])).content.decode()
    page = browser.get(reverse("comment", args=[ours.pk])).content.decode()
    assert 'id="own"' in page
    assert reverse("order_measure", args=[ours.pk, "edit_own"]) in page
    assert reverse("order_measure", args=[ours.pk, "delete_own"]) in page


def test_before_it_was_read_on_the_platform_there_is_nothing_to_change(browser_of, make_comment, officer):
    comment = make_comment("When do you open?")
    grade(comment, 3, officer, reply="At nine.")
    assert "#own" not in browser_of(officer).get(reverse("comment", args=[comment.pk])).content.decode()
