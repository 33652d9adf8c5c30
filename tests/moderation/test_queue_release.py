"""A Supervisor or above takes a comment out of a colleague's hands (F.V.B, F.VD); the holder is told."""

import pytest
from django.urls import reverse

from members.models import LogEntry, Notification
from members.states import Refused
from moderation import passing_over
from moderation.models import GivenBack, QueueEntry

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VD")]
HTMX = {"HX-Request": "true"}


def test_a_supervisor_releases_a_colleagues_comment_and_the_holder_is_told(comment, officer, supervisor):
    QueueEntry.claim(comment.pk, by=officer)
    kept = passing_over.free(comment, by=supervisor, words="He went home.")
    assert (kept.held_by, kept.by, kept.skipped, kept.words) == (officer, supervisor, False, "He went home.")
    assert QueueEntry.objects.get().holder is None
    told = Notification.objects.get()
    assert (told.member, told.path) == (officer, reverse("comment", args=[comment.pk]))
    assert told.sentence == "Amara Cole put a comment that you held back into the queue."
    assert LogEntry.objects.order_by("-id").first().verb == "free"


def test_an_officer_does_not_release_anothers_comment(comment, officer, other_officer):
    QueueEntry.claim(comment.pk, by=officer)
    with pytest.raises(Refused):
        passing_over.free(comment, by=other_officer)
    assert QueueEntry.objects.get().holder == officer
    assert not GivenBack.objects.exists()


def test_nothing_happens_to_a_comment_that_nobody_else_holds(comment, officer, supervisor):
    assert passing_over.free(comment, by=supervisor) is None
    QueueEntry.claim(comment.pk, by=supervisor)
    assert passing_over.free(comment, by=supervisor) is None
    assert QueueEntry.objects.get().holder == supervisor
    assert not Notification.objects.exists()


def test_the_button_stands_before_a_supervisor_and_not_before_an_officer(browser_of, comment, officer, supervisor):
    QueueEntry.claim(comment.pk, by=officer)
    address = f"{reverse('queue')}?open={comment.pk}"
    assert reverse("free", args=[comment.pk]) in browser_of(supervisor).get(address).content.decode()
    assert reverse("free", args=[comment.pk]) not in browser_of(officer).get(address).content.decode()


def test_the_release_stands_on_the_timeline_with_its_reason(browser_of, comment, officer, supervisor):
    QueueEntry.claim(comment.pk, by=officer)
    browser = browser_of(supervisor)
    browser.post(reverse("free", args=[comment.pk]), {"words": "He went home.", "on": "page"})
    shown = browser.get(reverse("comment", args=[comment.pk])).content.decode()
    assert "took it from Daniel Diaz and put it back into the queue" in shown
    assert "He went home." in shown
