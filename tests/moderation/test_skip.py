"""A comment is passed over, with its reason: it waits again, comes last to who skipped it, and is listed apart."""

import pytest
from django.urls import reverse

from members.models import LogEntry
from members.states import Invalid
from moderation import passing_over
from moderation.models import GivenBack, Grade, QueueEntry

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VD")]
HTMX = {"HX-Request": "true"}


def test_a_skip_keeps_its_reason_and_decides_nothing(comment, officer):
    QueueEntry.claim(comment.pk, by=officer)
    kept = passing_over.skip(comment, by=officer, reason="facts", words="Ask records.")
    assert (kept.skipped, kept.reason, kept.words) == (True, "facts", "Ask records.")
    assert QueueEntry.objects.get().held_by is None
    assert not Grade.objects.exists()
    assert [entry.verb for entry in LogEntry.objects.order_by("id")] == ["claim", "skip"]


def test_what_one_does_not_hold_one_does_not_skip(comment, officer, other_officer):
    QueueEntry.claim(comment.pk, by=officer)
    assert passing_over.skip(comment, by=other_officer) is None
    assert QueueEntry.objects.get().holder == officer
    assert not GivenBack.objects.exists()


def test_a_reason_that_is_none_or_too_long_is_refused_and_the_comment_stays_in_hand(comment, officer):
    QueueEntry.claim(comment.pk, by=officer)
    with pytest.raises(Invalid, match="one of the reasons"):
        passing_over.skip(comment, by=officer, reason="because")
    with pytest.raises(Invalid, match="500 characters"):
        passing_over.skip(comment, by=officer, reason="other", words="x" * 501)
    assert QueueEntry.objects.get().holder == officer


def test_one_press_on_a_reason_skips_and_opens_the_next(browser_of, make_comment, officer):
    first, second = make_comment("one", urgency=1), make_comment("two")
    browser = browser_of(officer)
    shown = browser.post(reverse("claim_next"), headers=HTMX)
    assert shown.context["desk"].comment == first
    assert 'value="unsure"' in shown.content.decode()
    answer = browser.post(reverse("release", args=[first.pk]), {"skip": "unsure"}, headers=HTMX)
    assert answer.context["desk"].comment == second
    assert GivenBack.objects.get().reason == "unsure"


@pytest.mark.parametrize("pressed", [{}, {"skip": "1"}], ids=["Ctrl+Enter", "Enter without scripts"])
def test_a_reason_in_words_is_kept_whichever_key_sends_it(browser_of, make_comment, officer, pressed):
    first, second = make_comment("one", urgency=1), make_comment("two")
    browser = browser_of(officer)
    browser.post(reverse("claim_next"), headers=HTMX)
    typed = {"skip_words": "Ask the marina.", **pressed}
    answer = browser.post(reverse("release", args=[first.pk]), typed, headers=HTMX)
    assert answer.context["desk"].comment == second
    kept = GivenBack.objects.get()
    assert (kept.skipped, kept.reason, kept.words) == (True, "other", "Ask the marina.")


def test_the_list_is_apart_filters_and_exports(browser_of, make_comment, officer, supervisor):
    skipped, released = make_comment("skipped text"), make_comment("released text")
    QueueEntry.claim(skipped.pk, by=officer)
    passing_over.skip(skipped, by=officer, reason="language")
    QueueEntry.claim(released.pk, by=officer)
    passing_over.free(released, by=supervisor)
    browser = browser_of(officer)
    shown = browser.get(reverse("skipped"), {"kind": "skipped"}).content.decode()
    assert "skipped text" in shown
    assert "released text" not in shown
    assert "Nothing of this kind" in browser.get(reverse("skipped"), {"reason": "facts"}).content.decode()
    csv = b"".join(browser.get(reverse("skipped_csv"), {"reason": "language"}).streaming_content).decode()
    assert "I do not read it well enough" in csv
    assert csv.count("\n") == 2
