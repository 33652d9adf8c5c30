"""A comment's page, its timeline and its orders; a poster's page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from content.words.differences import words_changed
from moderation import clearing, second_looks, threats
from moderation.models import CommentOrder, CommentVersion, QueueEntry
from tests.moderation.acts import case_of, clause, grade, order_of, orders, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(browser_of, officer):
    return browser_of(officer)


def page(browser, comment):
    return browser.get(reverse("comment", args=[comment.pk]))


def told(answer):
    return [event.says for event in answer.context["timeline"]]


def failed(order):
    CommentOrder.objects.filter(pk=order.pk).update(state="failed", outcome="Facebook said no.")
    return order


@pytest.mark.sop("4.L8")
def test_the_timeline_tells_of_a_threat_who_had_it_and_what_followed(browser, officer, supervisor, comment):
    grade(comment, 8, officer)
    threat = comment.threats.get()
    threats.acknowledge(threat, by=supervisor)
    refer = threats.Choice(key="a", kinds=frozenset({"refer"}), case_number="26-1", referred_to="Homicide")
    threats.decide(threat, refer, by=supervisor)
    said = told(page(browser, comment))
    wanted = [f"raised threat {threat.pk}", f"acknowledged threat {threat.pk}"]
    wanted.append(f"decided on threat {threat.pk}: referred to investigators")
    assert [one for one in said if "threat" in one] == wanted


@pytest.mark.sop("4.L4", "4.L7")
def test_the_timeline_tells_what_second_persons_were_asked_and_said(browser, officer, supervisor, make_comment):
    off_topic, concern = make_comment("Football!"), make_comment("The light is out.")
    grade(off_topic, 7, officer, clause=clause("d"), subject="A missing child.")
    clearing.clear(off_topic.clearances.get(), by=supervisor, why="It is.")
    grade(concern, 4, officer, reply="Mend it yourself.")
    second_looks.give_back(concern.drafts.get(), by=supervisor, why="Be kind.")
    said = told(page(browser, off_topic))
    assert "asked for it to be cleared before it is hidden" in said
    assert "asked whether it may be hidden: cleared" in said
    said = told(page(browser, concern))
    assert "wrote a reply that waits for a second look" in said
    assert "looked at the reply: returned" in said


def test_the_timeline_tells_everything_with_who_and_when(browser, officer, other_officer, comment, platform):
    QueueEntry.claim(comment.pk, by=officer)
    given = grade(comment, 7, officer, clause=clause("b"), words="Thank you")
    work(comment)
    case_of(comment).note("Ask him about the date.", by=other_officer)
    answer = page(browser, comment)
    said = told(answer)
    for words in ["received and kept as it came", "opened it", "graded it", "ordered: hide on Facebook", "hide: done"]:
        assert words in said
    record = given.records.get()
    assert f"retained as record {record.pk}, before the hide (clause b)" in said
    shown = answer.content.decode()
    assert "Ask him about the date." in shown
    assert "Chidi Okafor" in shown
    assert said.index("graded it") < said.index("hide: done")


def test_an_edit_shows_what_changed(browser, comment):
    CommentVersion.objects.create(
        comment=comment, number=2, change="edited", text="Thank you none.", seen_at=timezone.now(), digest=b"2"
    )
    shown = page(browser, comment).content.decode()
    assert "<del>all.</del><ins>none.</ins>" in shown


def test_a_diff_of_texts_that_are_too_long_shows_both_whole():
    before, after = "a " * 3000, "b " * 3000
    assert [piece.kind for piece in words_changed(before, after)] == ["gone", "new"]
    assert [piece.kind for piece in words_changed("one two", "one three")] == ["same", "gone", "new"]


def test_a_note_is_kept_from_the_page(browser, comment):
    answer = browser.post(reverse("note", args=[comment.pk]), {"note": "Seen before.", "on": "page"})
    assert answer["Location"] == reverse("comment", args=[comment.pk])
    assert comment.notes.get().text == "Seen before."


def test_an_empty_note_is_422(browser, comment):
    answer = browser.post(reverse("note", args=[comment.pk]), {"note": "  ", "on": "page"})
    assert answer.status_code == 422
    assert "The note is empty." in answer.content.decode()


@pytest.mark.sop("4.L3")
def test_a_graded_comment_is_answered_from_its_page(browser, officer, comment):
    grade(comment, 3, officer)
    key = "8c1f3b1e-6f0a-4c7e-9c3c-3a1f0c7f2d11"
    answer = browser.post(
        reverse("reply", args=[comment.pk]), {"reply": "At nine.", "source": "Opening hours", "key": key, "on": "page"}
    )
    assert answer.status_code == 302
    assert orders(comment) == [("reply", "waiting")]


@pytest.mark.sop("4.L6")
def test_a_level_6_is_not_answered_from_its_page_either(browser, officer, comment):
    grade(comment, 6, officer)
    assert not page(browser, comment).context["may_reply"]
    key = "8c1f3b1e-6f0a-4c7e-9c3c-3a1f0c7f2d11"
    answer = browser.post(reverse("reply", args=[comment.pk]), {"reply": "But!", "key": key, "on": "page"})
    assert (answer.status_code, orders(comment)) == (422, [])


def test_a_comment_is_addressed_without_a_reply_only_with_the_reason(browser, officer, comment):
    grade(comment, 3, officer)
    refused = browser.post(reverse("address", args=[comment.pk]), {"reason": " ", "on": "page"})
    assert refused.status_code == 422
    browser.post(reverse("address", args=[comment.pk]), {"reason": "Answered at the counter.", "on": "page"})
    assert case_of(comment).state == "addressed"


def test_a_new_grade_from_the_page_gives_its_reason(browser, officer, comment):
    grade(comment, 2, officer)
    case = case_of(comment)
    fields = {"key": "8c1f3b1e-6f0a-4c7e-9c3c-3a1f0c7f2d12", "version": 1, "grade_seen": case.grade_id, "level": 6}
    refused = browser.post(reverse("grade", args=[comment.pk]), {**fields, "on": "page"})
    assert refused.status_code == 422
    assert "say why" in refused.content.decode()
    done = browser.post(reverse("grade", args=[comment.pk]), {**fields, "on": "page", "reason": "An instigator."})
    assert (done.status_code, case_of(comment).level) == (302, 6)


def test_a_stale_page_is_409(browser, officer, other_officer, comment):
    grade(comment, 2, other_officer)
    fields = {"key": "8c1f3b1e-6f0a-4c7e-9c3c-3a1f0c7f2d13", "version": 1, "grade_seen": "", "level": 6}
    answer = browser.post(reverse("grade", args=[comment.pk]), {**fields, "on": "page"})
    assert (answer.status_code, case_of(comment).level) == (409, 2)


# --- orders ---


def test_what_must_be_done_by_hand_shows_its_steps_and_is_confirmed_with_proof(browser, officer, comment):
    grade(comment, 7, officer)
    order = order_of(comment, "hide")
    CommentOrder.objects.filter(pk=order.pk).update(state="by_hand", outcome="Facebook does not let us.")
    shown = page(browser, comment).content.decode()
    assert "Open its menu (…) and choose Hide comment." in shown
    confirm = reverse("confirm", args=[order.pk])
    assert browser.post(confirm, {"proof": ""}).status_code == 422
    assert browser.post(confirm, {"proof": "https://example.org/shot"}).status_code == 302
    assert orders(comment) == [("hide", "done")]
    assert case_of(comment).hidden


def test_a_failed_order_is_tried_again_or_withdrawn(browser, officer, comment):
    grade(comment, 1, officer, reply="Thanks!")
    order = failed(order_of(comment, "reply"))
    assert "Facebook said no." in page(browser, comment).content.decode()
    assert browser.post(reverse("retry", args=[order.pk])).status_code == 302
    assert orders(comment) == [("reply", "waiting")]
    assert browser.post(reverse("withdraw", args=[order.pk])).status_code == 302
    assert orders(comment) == [("reply", "withdrawn")]


def test_an_order_that_is_done_is_not_withdrawn(browser, officer, comment, platform):
    grade(comment, 1, officer, reply="Thanks!")
    work(comment)
    answer = browser.post(reverse("withdraw", args=[order_of(comment, "reply").pk]))
    assert (answer.status_code, orders(comment)) == (409, [("reply", "done")])


def test_without_a_role_an_order_shows_no_button_and_refuses(browser_of, commanding_officer, officer, comment):
    grade(comment, 1, officer, reply="Thanks!")
    order = failed(order_of(comment, "reply"))
    browser = browser_of(commanding_officer)
    assert reverse("retry", args=[order.pk]) not in page(browser, comment).content.decode()
    assert browser.post(reverse("retry", args=[order.pk])).status_code == 403
    assert orders(comment) == [("reply", "failed")]


@pytest.mark.parametrize("name", ["confirm", "retry", "withdraw"])
def test_an_order_that_is_not_there_is_not_found(browser, name):
    assert browser.post(reverse(name, args=[999_999])).status_code == 404


# --- posters ---


def test_a_posters_page_lists_comments_with_their_grades(browser, officer, make_comment):
    first, second = make_comment("one", author="Ines"), make_comment("two", author="Ines")
    make_comment("of another", author="Rex")
    grade(first, 6, officer)
    answer = browser.get(reverse("poster", args=[first.poster_id]))
    assert [comment.pk for comment in answer.context["page"].rows] == [second.pk, first.pk]


def test_on_x_a_posters_page_holds_only_what_we_exchanged(browser, officer, make_comment):
    """Ruling 5: X forbids profiling."""
    silent = make_comment("one", platform="x", author="Ines")
    answered = make_comment("two", platform="x", author="Ines")
    grade(answered, 1, officer, reply="Thank you!")
    answer = browser.get(reverse("poster", args=[silent.poster_id]))
    assert [comment.pk for comment in answer.context["page"].rows] == [answered.pk]
    assert "its terms forbid more" in answer.content.decode()
    beside = page(browser, silent).context["desk"].earlier
    assert (beside.only_ours, [comment.pk for comment in beside.comments]) == (True, [answered.pk])


# --- hostile texts ---


@pytest.mark.parametrize(
    "text",
    ["<script>window.bad=1</script>", "\u202egnorw\u202c", "a" * 3000, '"><img src=x onerror=bad()>', "{{ 7|add:7 }}"],
)
def test_what_the_public_wrote_is_shown_and_never_run(browser, make_comment, text):
    comment = make_comment(text, author=text[:60], attachments=[{"kind": "link", "url": "javascript:bad()"}])
    for address in [reverse("comment", args=[comment.pk]), f"/comments/?open={comment.pk}"]:
        shown = browser.get(address).content.decode()
        assert "<script>window" not in shown
        assert "<img src=x" not in shown
        assert "javascript:bad" not in shown
        assert "{{ 7|add:7 }}" in shown or "{{" not in text
