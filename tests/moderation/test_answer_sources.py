"""What an answer rests on is named, kept and shown; a correction goes out as a reply, on the board, or both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.orders import carry_out
from members.models import Member
from members.states import Invalid
from moderation import library_writing, second_looks
from moderation.models import AnswerSource, Comment, FactVersion, GradingSystem, Measure, ReplyDraft
from moderation.sources import NOTHING, Rests
from moderation.timeline import timeline_of
from tests.moderation.acts import case_of, grade, orders, work
from tests.moderation.gradings import next_version

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L3", "4.L5")]
Browser = Callable[..., Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def known(specialist: Member, supervisor: Member) -> FactVersion:
    version = library_writing.propose(
        None,
        by=specialist,
        topic="hiring",
        section="Recruitment",
        language="en",
        question="When will you be hiring again?",
        answer="Applications open in March and September.",
        source="https://bayside.example/careers",
    )
    library_writing.review(version, bytes(version.digest), by=supervisor)
    return version


@pytest.fixture
def asked(make_comment: Callable[..., Comment]) -> Comment:
    return make_comment("When will you be hiring again?")


@pytest.mark.parametrize("level", [3, 5])
def test_an_answer_without_its_source_is_refused(asked: Comment, officer: Member, level: int) -> None:
    with pytest.raises(Invalid, match="Name the source") as refusal:
        grade(asked, level, officer, reply="In March.", rests=NOTHING)
    assert refusal.value.field == "source"
    grade(asked, level, officer, reply="")
    with pytest.raises(Invalid, match="Name the source"):
        case_of(asked).reply("In March.", by=officer, key="later")


def test_a_version_that_asks_for_no_source_takes_the_answer(
    asked: Comment, officer: Member, grading_system: GradingSystem, no_hints: None
) -> None:
    next_version(grading_system, {3: {"source": False}})
    assert grade(asked, 3, officer, reply="In March.", rests=NOTHING)


def test_the_source_is_kept_with_the_answer_and_shown(
    asked: Comment, officer: Member, known: FactVersion, no_hints: None
) -> None:
    given = grade(asked, 3, officer, reply=f"Hello. {known.piece}", rests=Rests(known))
    kept = AnswerSource.objects.get()
    assert (kept.version, kept.source, kept.grade, kept.key) == (known, known.source, given, given.key)
    says = [event.says for event in timeline_of(asked, officer) if event.text == known.source]
    assert says == ["the answer rests on a fact of the library"]


def test_a_fact_that_does_not_hold_any_more_is_no_source(
    asked: Comment, officer: Member, known: FactVersion, supervisor: Member
) -> None:
    library_writing.withdraw(known, by=supervisor, why="It changed.")
    with pytest.raises(Invalid, match="does not hold any more"):
        grade(asked, 3, officer, reply="In March.", rests=Rests(known))


def test_the_database_lets_no_answer_rest_on_what_nobody_reviewed(
    asked: Comment, make_comment: Callable[..., Comment], officer: Member, known: FactVersion, no_hints: None
) -> None:
    given = grade(asked, 2, officer)
    proposed = library_writing.propose(
        known.fact, by=officer, language="en", question="Q?", answer="A.", source="S", valid_until=None
    )
    about = {"comment": asked, "grade": given, "by": officer}
    for wrong in [
        {"key": "1", "version": proposed, "source": "S", **about},
        {"key": "2", "version": known, "source": "", **about},
        {"key": "3", "source": "S", **about, "comment": make_comment()},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerSource.objects.create(**wrong)


def test_a_beginning_alone_is_no_answer(asked: Comment, officer: Member, prepared_texts: None) -> None:
    with pytest.raises(Invalid, match="finish it with the facts"):
        grade(asked, 3, officer, reply="Good question, Marisol. ", rests=Rests(source="S"))


@pytest.mark.parametrize("level", [3, 5])
def test_an_approved_beginning_with_a_reviewed_fact_needs_no_second_look(
    asked: Comment,
    officer: Member,
    known: FactVersion,
    prepared_texts: None,
    grading_system: GradingSystem,
    no_hints: None,
    level: int,
) -> None:
    next_version(grading_system, {3: {"second_look": True}})
    begins = "Good question, Marisol." if level == 3 else "Hi Marisol, that is not quite what happened."
    grade(asked, level, officer, reply=f"{begins} {known.piece}", rests=Rests(known))
    assert orders(asked) == [("reply", "waiting")]
    assert not ReplyDraft.objects.exists()


# --- on the board (4.L5) ---


@pytest.fixture
def without_a_look(grading_system: GradingSystem) -> GradingSystem:
    return next_version(grading_system, {5: {"second_look": False}})


def carried_out(measure: Measure) -> None:
    carry_out(Measure.objects.select_related(*Measure.RELATED).get(pk=measure.pk))


def test_a_correction_stands_on_the_board_alone(
    asked: Comment, officer: Member, platform: Any, without_a_look: GradingSystem
) -> None:
    grade(asked, 5, officer, reply="Nobody was arrested.", rests=Rests(source="Report 24-118", board="board"))
    measure = Measure.objects.get()
    assert (measure.verb, measure.post, measure.comment) == ("comment", asked.post, asked)
    assert orders(asked) == []
    assert case_of(asked).state == "outstanding"
    carried_out(measure)
    assert platform.names_of_calls() == ["comment"]
    assert case_of(asked).state == "addressed"


def test_a_correction_is_a_reply_and_stands_on_the_board(
    asked: Comment, officer: Member, platform: Any, without_a_look: GradingSystem
) -> None:
    grade(asked, 5, officer, reply="Nobody was arrested.", rests=Rests(source="Report 24-118", board="both"))
    work(asked)
    assert case_of(asked).state == "outstanding", "the board is still open"
    carried_out(Measure.objects.get())
    assert sorted(platform.names_of_calls()) == ["comment", "reply"]
    assert case_of(asked).state == "addressed"


def test_what_was_graded_anew_is_not_corrected_on_the_board(
    asked: Comment, officer: Member, platform: Any, without_a_look: GradingSystem
) -> None:
    grade(asked, 5, officer, reply="Nobody was arrested.", rests=Rests(source="Report 24-118", board="board"))
    grade(asked, 2, officer)
    assert Measure.objects.get().state == "withdrawn"
    assert case_of(asked).state == "addressed"


def test_free_words_for_the_board_get_their_second_look(
    asked: Comment, officer: Member, supervisor: Member, no_hints: None
) -> None:
    grade(asked, 5, officer, reply="Nobody was arrested.", rests=Rests(source="Report 24-118", board="board"))
    assert not Measure.objects.exists()
    draft = ReplyDraft.objects.get()
    second_looks.approve(draft, by=supervisor)
    assert Measure.objects.get().comment == asked
    assert AnswerSource.objects.get().source == "Report 24-118"


@pytest.mark.parametrize("level", [1, 3])
def test_only_a_correction_goes_on_the_board(asked: Comment, officer: Member, level: int) -> None:
    with pytest.raises(Invalid, match="by a reply"):
        grade(asked, level, officer, reply="In March.", rests=Rests(source="S", board="board"))


# --- on the desk ---


def panel(window: Client, comment: Comment, level: int, **query: Any) -> Any:
    return window.get(reverse("panel", args=[comment.pk]), {"level": level, **query}, headers=HTMX)


def test_the_panel_offers_the_fact_and_puts_it_in_with_one_key(
    browser_of: Browser, asked: Comment, officer: Member, known: FactVersion, prepared_texts: None
) -> None:
    window = browser_of(officer)
    shown = panel(window, asked, 3).content.decode()
    assert 'data-key="q"' in shown
    assert known.question in shown
    chosen = panel(window, asked, 3, fact=known.pk)
    assert chosen.context["panel"].reply.endswith(known.piece)
    assert chosen.context["panel"].sources.source == known.source
    typed = panel(window, asked, 3, fact=known.pk, reply="Hello there.")
    assert typed.context["panel"].reply == f"Hello there. {known.piece}"
    assert 'data-key="q"' not in panel(window, asked, 1).content.decode()
    without_script = window.get(reverse("queue"), {"open": asked.pk, "level": 3, "fact": known.pk}).content.decode()
    assert known.answer in without_script
    assert f'name="fact" value="{known.pk}"' in without_script
    on_page = window.get(reverse("comment", args=[asked.pk]), {"level": 3, "fact": known.pk}).content.decode()
    assert known.answer in on_page


def test_a_refused_form_keeps_the_source_and_the_fact(
    browser_of: Browser, asked: Comment, officer: Member, known: FactVersion
) -> None:
    window = browser_of(officer)
    said = {"level": 3, "key": "7e57ab1e-0000-4000-8000-000000000001", "version": 1, "reply": "In March."}
    answer = window.post(reverse("grade", args=[asked.pk]), said, headers=HTMX)
    assert answer.status_code == 422
    assert "Name the source" in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    stale = said | {"fact": known.pk, "source": "My own words", "version": 2}
    shown = window.post(reverse("grade", args=[asked.pk]), stale, headers=HTMX).content.decode()
    assert 'value="My own words"' in shown
    assert f'name="fact" value="{known.pk}"' in shown
    assert shown.count("In March.") == 1
    assert known.answer not in shown.split("textarea")[1]
    sent = said | {"fact": known.pk, "source": known.source}
    assert window.post(reverse("grade", args=[asked.pk]), sent, headers=HTMX).status_code == 200
    assert AnswerSource.objects.get().version == known


def test_the_panel_of_level_5_lets_choose_where_the_correction_stands(
    browser_of: Browser, asked: Comment, officer: Member
) -> None:
    window = browser_of(officer)
    assert 'name="board"' in panel(window, asked, 5).content.decode()
    assert 'name="board"' not in panel(window, asked, 3).content.decode()


def test_rubbish_in_the_address_puts_nothing_in(browser_of: Browser, asked: Comment, officer: Member) -> None:
    for rubbish in ["x", "999999", "9" * 40, "-1", ""]:
        assert panel(browser_of(officer), asked, 3, fact=rubbish).status_code == 200


def test_an_expired_fact_is_said_on_the_panel(
    browser_of: Browser, asked: Comment, officer: Member, specialist: Member, supervisor: Member, monkeypatch: Any
) -> None:
    today = timezone.localdate()
    old = library_writing.propose(
        None,
        by=specialist,
        topic="hiring",
        section="Recruitment",
        language="en",
        question="When do you hire?",
        answer="In March.",
        source="S",
        valid_until=today,
    )
    library_writing.review(old, bytes(old.digest), by=supervisor)
    monkeypatch.setattr("moderation.models.library.timezone.localdate", lambda: today + timedelta(days=1))
    shown = panel(browser_of(officer), asked, 3).content.decode()
    assert "has run out" in shown
    assert 'data-key="q"' not in shown
