"""What is learned from the unit's own grades: it adds to the rules, serves only where it is better, and never acts."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from moderation import learning, suggesting
from moderation.bands import Band
from moderation.linear import Guess, Linear, digest, features, train
from moderation.models import Comment, CommentOrder, Grade, LearnedModel, QueueEntry, Reading, Showing, Suggested
from moderation.models.queue import Urgency
from moderation.triage import Suspicion, judge
from tests.moderation.acts import case_of, grade

# Words that no rule knows, so that what is suspected comes from the grades.
ZEBRA, HEDGE = "the zebra crossing of quarter {} is faded", "hedge clippings of number {} were collected"
ROWS = [(ZEBRA.format(n), 5) for n in range(60)] + [(HEDGE.format(n), 2) for n in range(60)]


@pytest.fixture
def in_force(db):
    """A model that has learned of zebra crossings, in force."""
    weights = train(ROWS, seconds=20).as_json()
    held = {"rows": 50, "rules_right": 0, "right": 50, "model_said": 50, "model_right": 50, "levels": {}}
    return LearnedModel.objects.create(
        version=1, rows=120, counts={"2": 60, "5": 60}, held_out=held, weights=weights, digest=digest(weights),
        serves=True, why="It is right.",
    )  # fmt: skip


def test_a_model_tells_what_it_was_taught_and_why() -> None:
    found = train(ROWS, seconds=20).guess("another zebra crossing is faded")
    assert found is not None
    assert found.level == 5
    assert "zebra" in found.because


def test_the_same_grades_give_the_same_model_and_storing_it_loses_nothing() -> None:
    first, second = train(ROWS, seconds=20), train(ROWS, seconds=20)
    assert digest(first.as_json()) == digest(second.as_json())
    text = ZEBRA.format(99)
    assert Linear.of_json(first.as_json()).guess(text) == first.guess(text)


def test_no_word_of_a_comment_stands_in_the_stored_weights() -> None:
    stored = train(ROWS, seconds=20).as_json()
    assert "zebra" not in str(stored)
    assert all(bucket.isdecimal() for bucket in stored["weights"])


def test_an_empty_text_has_no_features_and_is_not_suspected() -> None:
    assert features("") == {}
    assert train(ROWS, seconds=20).guess("") is None


def test_where_the_rules_suspect_a_level_the_model_adds_nothing() -> None:
    rules = judge("I will kill you")
    assert suggesting.added(rules, Guess(1, 0.99, ("kill",))) == rules


@pytest.mark.parametrize(("level", "urgency"), [(8, Urgency.OFFENCE), (7, Urgency.OFFENCE), (3, Urgency.CONCERN)])
def test_the_model_never_makes_a_comment_as_urgent_as_a_threat_nor_names_a_band(level: int, urgency: int) -> None:
    found = suggesting.added(Suspicion(), Guess(level, 0.99, ("word",)))
    assert (found.level, found.urgency, found.band, found.by_model) == (level, urgency, Band.NONE, True)


def test_a_model_no_better_than_the_rules_does_not_serve() -> None:
    even = {"rows": 100, "rules_right": 40, "right": 40, "model_said": 10, "model_right": 9}
    worse = {"rows": 100, "rules_right": 40, "right": 30, "model_said": 10, "model_right": 9}
    few = {"rows": 10, "rules_right": 0, "right": 10, "model_said": 10, "model_right": 10}
    loose = {"rows": 100, "rules_right": 40, "right": 44, "model_said": 40, "model_right": 4}
    assert [learning.verdict(figures)[0] for figures in (even, worse, few, loose)] == [False] * 4
    assert learning.verdict(even | {"right": 60, "model_said": 30, "model_right": 20})[0]


def test_with_few_grades_nothing_is_learned(make_comment, officer) -> None:
    grade(make_comment("Fine by me"), 2, officer)
    assert learning.learn() is None
    assert not LearnedModel.objects.exists()


def test_a_night_learns_from_the_grades_that_stand(make_comment, officer, monkeypatch) -> None:
    monkeypatch.setattr(learning, "FEWEST", 40)
    monkeypatch.setattr(learning, "FEWEST_HELD_OUT", 3)
    for number in range(30):
        grade(make_comment(ZEBRA.format(number)), 6, officer)
        grade(make_comment(HEDGE.format(number)), 2, officer)
    made = learning.learn()
    assert made is not None
    assert made.serves, made.why
    assert made.held_out["right"] > made.held_out["rules_right"]
    assert bytes(made.digest) == digest(made.weights)
    assert sum(made.counts.values()) == made.rows


def test_a_learned_model_is_never_altered(in_force) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        LearnedModel.objects.filter(pk=in_force.pk).update(serves=False)


def test_what_waits_is_read_once_and_only_where_the_rules_said_nothing(make_comment, in_force) -> None:
    plain = make_comment("a zebra crossing of quarter 7 is faded", urgency=3)
    known = make_comment("another zebra crossing", urgency=2, suspected=3, because="asks a question")
    assert suggesting.read_waiting() == 1
    entry = QueueEntry.objects.get(pk=plain.pk)
    assert (entry.suspected, entry.by_model) == (5, True)
    assert "zebra" in entry.because
    assert not QueueEntry.objects.get(pk=known.pk).by_model
    assert suggesting.read_waiting() == 0
    assert Reading.objects.get().model_id == in_force.pk
    assert not CommentOrder.objects.exists()
    assert not Grade.objects.exists()


def test_without_a_model_nothing_is_read(make_comment) -> None:
    make_comment("a zebra crossing")
    assert suggesting.read_waiting() == 0


def test_a_comment_that_comes_back_is_judged_by_rules_and_model(make_comment, officer, in_force) -> None:
    comment = make_comment("the zebra crossing of quarter 9 is faded")
    grade(comment, 2, officer)
    case_of(comment).undo(by=officer)
    entry = QueueEntry.objects.get(pk=comment.pk)
    assert (entry.suspected, entry.by_model) == (5, True)


def _wait(comment: Comment, **fields) -> None:
    QueueEntry.objects.filter(pk=comment.pk).update(**fields)


def test_a_grade_keeps_what_was_suggested_and_whether_it_was_seen(make_comment, officer, commander) -> None:
    first, second, third = (make_comment(f"Comment {number}") for number in range(3))
    for comment in (first, second):
        _wait(comment, suspected=5, because="a guess", by_model=True)
    _wait(third, suspected=8, band=Band.THREAT)
    grade(first, 5, officer)
    Showing.choose("after", by=commander)
    grade(second, 2, officer)
    grade(third, 2, officer)
    kept = [grade.suggested for grade in Grade.objects.order_by("pk")]
    assert [(one.suspected, one.band, one.source, one.shown) for one in kept] == [
        (5, "", "model", True),
        (5, "", "model", False),
        (8, "threat", "rules", True),
    ]


def test_what_was_suggested_is_never_altered(make_comment, officer) -> None:
    grade(make_comment("Comment"), 2, officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Suggested.objects.update(suspected=2)


def test_shown_after_no_filter_tells_what_is_suspected(make_comment, officer, commander, browser_of) -> None:
    plain, danger = make_comment("A plain remark", urgency=1), make_comment("I will shoot you", urgency=0)
    _wait(plain, suspected=7, because="a guess of ours", band=Band.OFFENSIVE)
    _wait(danger, suspected=8, because="may threaten violence", band=Band.THREAT)

    def listed(**query) -> list[int]:
        return [entry.comment_id for entry in browser.get(reverse("queue"), query).context["stream"].rows]

    browser = browser_of(officer)
    asked = ({"level_suspected": 7}, {"level_suspected": 8}, {"level_suspected": 0}, {"band": "offensive"})
    assert [listed(**query) for query in asked] == [[plain.pk], [danger.pk], [], [plain.pk]]
    Showing.choose("after", by=commander)
    assert [listed(**query) for query in asked] == [[], [danger.pk], [plain.pk], []]
    offered = browser.get(reverse("queue")).content.decode()
    assert ('value="threat"' in offered, 'value="offensive"' in offered) == (True, False)


def test_shown_after_the_queue_and_the_desk_are_silent_until_the_grade(
    make_comment, officer, commander, browser_of
) -> None:
    comment = make_comment("A plain remark", urgency=1, suspected=7, because="a guess of ours")
    danger = make_comment("I will shoot you", urgency=0, suspected=8, because="may threaten violence")
    _wait(danger, band=Band.THREAT)
    browser = browser_of(officer)
    address = f"{reverse('queue')}?open={comment.pk}"
    assert "a guess of ours" in browser.get(address).content.decode()
    Showing.choose("after", by=commander)
    page = browser.get(address).content.decode()
    assert "a guess of ours" not in page
    assert "suspect-7" not in page
    assert "suspect-8" in page  # danger is always shown
    row = browser.get(reverse("row", args=[comment.pk])).content.decode()
    assert "Suspected level 7" not in row
    table = b"".join(browser.get(reverse("queue_csv")).streaming_content).decode()
    assert "a guess of ours" not in table


def test_only_who_updates_the_grading_system_chooses_when_suggestions_are_shown(commander, officer, browser_of) -> None:
    assert browser_of(officer).post(reverse("set_showing"), {"when": "after"}).status_code == 403
    assert Showing.in_force() == "before"
    assert browser_of(commander).post(reverse("set_showing"), {"when": "sometimes"}).status_code == 422
    assert browser_of(commander).post(reverse("set_showing"), {"when": "after"}).status_code == 302
    assert Showing.in_force() == "after"
    Showing.choose("after", by=commander)
    assert Showing.objects.count() == 1


def test_the_page_tells_agreement_by_level_and_band_and_the_model(
    make_comment, officer, auditor, in_force, browser_of
) -> None:
    for level in (5, 2):
        comment = make_comment(f"Comment {level}")
        _wait(comment, suspected=5, because="a guess", by_model=True)
        grade(comment, level, officer)
    page = browser_of(auditor).get(reverse("triage"))
    assert page.status_code == 200
    said = page.content.decode()
    assert "Model 1" in said
    assert "1 · 50" in said
    table = b"".join(browser_of(auditor).get(reverse("triage") + "?format=csv").streaming_content).decode()
    assert "level,5,2,1,2,1,50.0,50.0," in table
    assert "source,the learned model,2,1" in table


def test_agreement_reads_a_bounded_number_of_suggestions(db, django_assert_num_queries) -> None:
    from moderation.agreement import agreement

    with django_assert_num_queries(1):
        agreement()
    assert connection.vendor == "postgresql"
