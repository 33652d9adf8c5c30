"""Manual capture (C.11): what no application reaches comes in all the same, marked, and is acted on by hand."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.orders import carry_out
from members.states import Invalid, Refused
from moderation.capturing import Entered, capture, capture_file
from moderation.models import Capture, Comment, QueueEntry
from tests.moderation.acts import case_of, grade, order_of

pytestmark = pytest.mark.sop("C.11")
SEEN = "Comments of the live video of 5 March"


def screenshot():
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return SimpleUploadedFile("seen.png", out.getvalue(), "image/png")


def test_a_comment_entered_by_hand_waits_for_a_grade_with_its_source_and_picture(facebook, officer, terms):
    made = capture(facebook, [Entered("Help me", "Ana", "@ana")], by=officer, source=SEEN, picture=screenshot())
    comment = Comment.objects.get()
    assert comment.is_captured
    assert QueueEntry.objects.filter(comment=comment).exists()
    assert bytes(Capture.objects.get().file) == screenshot().read()
    assert (made.source, comment.author_name, comment.attachments[0]["remote_id"]) == (SEEN, "Ana", str(made.pk))


def test_the_same_words_entered_twice_are_one_comment(facebook, officer, terms):
    for _ in range(2):
        capture(facebook, [Entered("Help me", "Ana")], by=officer, source=SEEN)
    assert Comment.objects.count() == 1
    assert Capture.objects.count() == 2


def test_an_old_one_is_queued_too(facebook, officer, terms):
    file = io.BytesIO(b"text,author,posted_at\nAn old question?,Ana,2020-01-02 10:00\n")
    capture_file(facebook, file, by=officer, source=SEEN)
    assert QueueEntry.objects.count() == 1


def test_what_is_ordered_of_it_comes_back_to_a_persons_hands(facebook, officer, terms, grading_system, platform):
    capture(facebook, [Entered("When do you open?", "Ana")], by=officer, source=SEEN)
    comment = Comment.objects.get()
    grade(comment, 3, by=officer, reply="At nine.")
    carry_out(order_of(comment, "reply"))
    assert order_of(comment, "reply").state == "by_hand"
    assert not platform.answers
    order_of(comment, "reply").confirm(by=officer, proof="Answered in the live video at 10:31")
    assert case_of(comment).state == "addressed"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "names? the columns|no comment|must name"),
        (b"author\nAna\n", "must name the columns"),
        (b"text\n\n", "no comment|has no text"),
        (b'[{"text": ""}]', "Comment 1 has no text"),
        (b'[{"text": "a"}, {"text": "b", "posted_at": "yesterday"}]', "Comment 2"),
        (b'[{"text": "a", "posted_at": "2999-01-01"}]', "Comment 1"),
        (b'[{"text": "a", "posted_at": "0001-01-01T00:00:00+14:00"}]', "Comment 1 would be older"),
        (b'[{"text": "a", "kind": "shout"}]', "the kind is one of"),
        (b"[1, 2]", "list of objects"),
        (b'[{"text": ', "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (json.dumps([{"text": "x"}] * 1001).encode(), "at most 1000"),
    ],
)
def test_a_file_that_cannot_be_read_takes_in_nothing_and_says_why(facebook, officer, file, says):
    with pytest.raises(Invalid, match=says):
        capture_file(facebook, io.BytesIO(file), by=officer, source=SEEN)
    assert not Comment.objects.exists()
    assert not Capture.objects.exists()


def test_odd_characters_survive(facebook, officer, terms):
    capture(facebook, [Entered("\u202eabc \x00 \ud800 <script>", "=cmd()")], by=officer, source=SEEN)
    assert "<script>" in Comment.objects.get().text


def test_who_only_reads_enters_nothing(facebook, auditor):
    with pytest.raises(Refused):
        capture(facebook, [Entered("Hm")], by=auditor, source=SEEN)


def test_the_page_keeps_what_was_typed_and_takes_it_in(facebook, officer, terms, browser_of):
    browser = browser_of(officer)
    typed = {"account": facebook.pk, "text": "Where is <b>it</b>?", "author": "Ana"}
    answer = browser.post(reverse("enter"), typed)
    assert answer.status_code == 422
    assert "Where is &lt;b&gt;it&lt;/b&gt;?" in answer.content.decode()
    notes = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png")
    answer = browser.post(reverse("enter"), {**typed, "source": SEEN, "picture": notes})
    assert "not a picture" in answer.content.decode()
    answer = browser.post(reverse("enter"), {**typed, "source": SEEN, "picture": screenshot()}, follow=True)
    assert SEEN in answer.content.decode()
    shown = browser.get(reverse("capture_given", args=[Capture.objects.get().pk]))
    assert shown["Content-Type"] == "image/png"


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "2999-01-01T00:00"])
def test_a_time_that_cannot_be_is_said_beside_its_field(facebook, officer, terms, browser_of, typed):
    said = {"account": facebook.pk, "source": SEEN, "text": "When do you open?", "posted_at": typed}
    answer = browser_of(officer).post(reverse("enter"), said)
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert "It would be" in answer.content.decode()
    assert "When do you open?" in answer.content.decode()
