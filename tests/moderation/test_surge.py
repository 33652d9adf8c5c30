"""Surge mode: near copies are one sitting, each with its own grade; hiding never on texts that differ (S.O.P. 4)."""

import uuid

import pytest
from django.urls import reverse

from members.states import Invalid
from moderation import surge
from moderation.models import Comment, Grade, GroupAct, QueueEntry
from moderation.near_copies import Said, groups
from tests.moderation.acts import case_of, clause, edit, grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11")]
THANKS = [
    "Thank you officers, stay safe!",
    "thank you, officers... stay safe",
    "Thank you so much officers, stay safe!!",
]


def many(make_comment, texts, **fields):
    return [make_comment(text, author=f"Ana {number}", **fields) for number, text in enumerate(texts)]


def seen(comments):
    return {case_of(comment).comment: case_of(comment).version for comment in comments}


def all_of(comments, level, by, **fields):
    fields.setdefault("key", str(uuid.uuid4()))
    return surge.grade_all(seen(comments), level, by=by, **fields)


def near(one, other, language="en"):
    return Said.of(one, language).is_near(Said.of(other, language))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thank you for everything you do!", "THANK YOU for everything you do ❤️"),
        ("Gracias por su servicio, oficiales", "gracias por su servicio oficiales!!"),
        ("Thaaaank you for keeping us safe", "thank you for keeping us safe"),
    ],
)
def test_the_same_in_other_clothes_is_near(one, other):
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I do trust the officers of this town", "I do not trust the officers of this town"),
        ("You are hiring again in January", "You are hiring again in January?"),
        ("Thank you", "Thank me"),
        ("The bridge on 5th Street is closed", "When does the library open on Sunday"),
    ],
)
def test_what_means_something_else_is_not_near(one, other):
    assert not near(one, other)


def test_groups_come_largest_first_and_leave_out_what_is_urgent_edited_or_held(make_comment, officer, other_officer):
    thanks = many(make_comment, THANKS * 2)
    bikes = many(make_comment, ["cool bikes"] * 3)
    make_comment("cool bikes", urgency=0)
    edited, held = many(make_comment, ["cool bikes"] * 2)
    edit(edited, "cool bikes, not")
    QueueEntry.claim(held.pk, by=other_officer)
    found = groups(officer)
    assert [{entry.comment_id for entry in group.entries} for group in found] == [
        {one.pk for one in thanks},
        {one.pk for one in bikes},
    ]
    assert [group.identical for group in found] == [False, True]


@pytest.mark.sop("4.L1")
def test_each_comment_gets_its_own_grade_and_its_own_wording(make_comment, officer, prepared_texts):
    comments = many(make_comment, THANKS)
    sitting = all_of(comments, 1, officer)
    assert sitting.left_out == {}
    assert {case_of(one).level for one in comments} == {1}
    replies = [one.orders.get(verb="reply").text for one in comments]
    assert len(set(replies)) == 3
    assert sitting.act.members.count() == Grade.objects.count() == 3
    assert not QueueEntry.objects.exists()


def test_the_same_form_twice_is_one_act(make_comment, officer):
    comments, key = many(make_comment, THANKS), str(uuid.uuid4())
    first, second = (all_of(comments, 2, officer, key=key) for _ in range(2))
    assert first.act == second.act
    assert Grade.objects.count() == 3


@pytest.mark.sop("4.L6", "4.L8")
@pytest.mark.parametrize(("level", "said"), [(6, "no bulk"), (8, "one by one")])
def test_levels_6_and_8_are_never_given_in_bulk(make_comment, officer, level, said):
    with pytest.raises(Invalid, match=said):
        all_of(many(make_comment, THANKS), level, officer)
    assert not GroupAct.objects.exists()
    assert not Grade.objects.exists()


@pytest.mark.sop("4.L7")
def test_texts_that_differ_are_never_hidden_at_once(make_comment, officer):
    with pytest.raises(Invalid, match="texts that differ"):
        all_of(many(make_comment, ["you vile animals", "you vile animals!"]), 7, officer, clause=clause())
    assert not Grade.objects.exists()


@pytest.mark.sop("4.L7", "4.R")
def test_the_very_same_text_is_hidden_at_once_each_with_its_own_record(make_comment, officer):
    comments = many(make_comment, ["you vile animals"] * 3)
    with pytest.raises(Invalid, match="Name the clause"):
        all_of(comments, 7, officer)
    assert all_of(comments, 7, officer, clause=clause()).left_out == {}
    assert [one.records.count() for one in comments] == [1, 1, 1]
    assert [one.orders.filter(verb="hide").count() for one in comments] == [1, 1, 1]


def test_what_was_edited_graded_or_taken_meanwhile_is_left_out_and_said(make_comment, officer, other_officer):
    comments = many(make_comment, THANKS * 2)
    looked_at = seen(comments)
    edited, graded, taken, *others = comments
    edit(edited)
    grade(graded, 6, other_officer)
    QueueEntry.claim(taken.pk, by=other_officer)
    sitting = surge.grade_all(looked_at, 1, by=officer, key=str(uuid.uuid4()))
    assert set(sitting.left_out) == {edited.pk, graded.pk, taken.pk}
    assert "edited" in sitting.left_out[edited.pk]
    assert "Chidi Okafor" in sitting.left_out[taken.pk]
    assert {case_of(one).level for one in others} == {1}
    assert case_of(graded).level == 6


def test_the_whole_sitting_is_undone_but_what_was_graded_anew(make_comment, officer):
    comments = many(make_comment, THANKS)
    act = all_of(comments, 1, officer).act
    grade(comments[0], 2, officer)
    sitting = surge.undo_all(act, by=officer)
    assert set(sitting.left_out) == {comments[0].pk}
    assert [case_of(one).level for one in comments] == [2, None, None]
    assert {one.pk for one in Comment.objects.filter(queue_entry__isnull=False)} == {one.pk for one in comments[1:]}
    assert not any(one.orders.filter(verb="reply", state="waiting").exists() for one in comments)


def test_a_group_is_graded_from_its_page_without_what_was_unticked(browser_of, make_comment, officer):
    browser = browser_of(officer)
    first, *others = many(make_comment, THANKS)
    shown = browser.get(reverse("near_copies"))
    key = shown.context["groups"][0].key
    page = browser.get(reverse("near_copies"), {"group": key})
    form = {"key": page.context["key"], "group": key, "level": "1", "comment": [one.pk for one in others]}
    answer = browser.post(reverse("grade_group"), form)
    act = GroupAct.objects.get()
    assert answer["Location"] == reverse("group_act", args=[act.pk])
    assert "2 comments graded in one sitting" in browser.get(answer["Location"]).content.decode()
    assert case_of(first).level is None
    browser.post(reverse("undo_group", args=[act.pk]))
    assert {case_of(one).level for one in others} == {None}


def test_a_refused_group_keeps_what_was_ticked_and_typed(browser_of, make_comment, officer):
    browser = browser_of(officer)
    comments = many(make_comment, THANKS)
    key = groups(officer)[0].key
    form = {"key": str(uuid.uuid4()), "group": key, "level": "6", "reply": "typed", "comment": [comments[1].pk]}
    answer = browser.post(reverse("grade_group"), form)
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked>") == 1
    assert "typed</textarea>" in answer.content.decode()


@pytest.mark.sop("4.L7")
def test_what_was_edited_since_or_shows_another_picture_is_not_the_same_text(make_comment, officer):
    comments = many(make_comment, ["you vile animals"] * 2)
    edit(comments[0], "I like you")
    with pytest.raises(Invalid, match="texts that differ"):
        all_of(comments, 7, officer, clause=clause())
    pictures = [make_comment("", attachments=[{"kind": "photo", "url": f"https://x.example/{one}"}]) for one in "ab"]
    with pytest.raises(Invalid, match="texts that differ"):
        all_of(pictures, 7, officer, clause=clause())


def test_a_sitting_takes_so_many_and_says_so(browser_of, make_comment, officer, monkeypatch):
    monkeypatch.setattr(surge, "MOST", 2)
    comments = many(make_comment, THANKS)
    with pytest.raises(Invalid, match="At most 2 comments in one sitting; these are 3"):
        all_of(comments, 1, officer)
    page = browser_of(officer).get(reverse("near_copies"), {"group": groups(officer)[0].key}).content.decode()
    assert "The first 2 of 3; the others come afterwards." in page
    assert page.count('name="comment"') == 2


def test_the_timeline_says_that_a_grade_came_from_a_sitting(browser_of, make_comment, officer):
    comments = many(make_comment, THANKS)
    act = all_of(comments, 1, officer).act
    single = make_comment("When do you open?")
    grade(single, 2, officer)
    for comment, times in ((comments[1], 1), (single, 0)):
        page = browser_of(officer).get(reverse("comment", args=[comment.pk])).content.decode()
        assert page.count(f'<a href="{reverse("group_act", args=[act.pk])}">one sitting</a>') == times


def test_a_text_that_cannot_be_kept_is_refused_in_words(make_comment, officer):
    with pytest.raises(Invalid, match="no platform takes"):
        all_of(many(make_comment, THANKS), 1, officer, reply="Thank\x00you")
    assert not Grade.objects.exists()
