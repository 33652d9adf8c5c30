"""The facts library: proposed by one, reviewed by another, found by its words, marked when it has run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from members.states import Invalid, Refused, WrongState
from moderation import library_writing
from moderation.fitting import fitting
from moderation.models import Comment, FactReview, FactVersion
from moderation.waiting_texts import running_out, to_review

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L3", "4.L5")]
Browser = Callable[..., Client]
SAID = {
    "topic": "hiring",
    "section": "Recruitment",
    "language": "en",
    "question": "When will you be hiring again?",
    "answer": "Applications open in March and September.",
    "source": "https://bayside.example/careers",
    "keywords": "job apply academy",
}


def propose(by: Member, **changes: Any) -> FactVersion:
    fact = changes.pop("fact", None)
    said = {**SAID, **changes}
    return library_writing.propose(fact, by=by, **said)


def reviewed(version: FactVersion, by: Member) -> FactVersion:
    library_writing.review(version, bytes(version.digest), by=by)
    return version


@pytest.fixture
def known(specialist: Member, supervisor: Member) -> FactVersion:
    return reviewed(propose(specialist), supervisor)


def test_a_fact_is_offered_once_another_has_reviewed_it(specialist: Member, supervisor: Member) -> None:
    proposed = propose(specialist)
    assert not FactVersion.objects.offered().exists()
    with pytest.raises(Refused, match="another reviews it"):
        reviewed(proposed, specialist)
    assert list(FactVersion.objects.offered()) == []
    reviewed(proposed, supervisor)
    assert list(FactVersion.objects.offered()) == [proposed]
    with pytest.raises(WrongState):
        reviewed(proposed, supervisor)


def test_an_officer_proposes_and_does_not_review(officer: Member, other_officer: Member, specialist: Member) -> None:
    proposed = propose(officer)
    with pytest.raises(Refused):
        reviewed(proposed, other_officer)
    assert reviewed(proposed, specialist)


def test_the_database_asks_for_another_and_for_what_was_read(specialist: Member, supervisor: Member) -> None:
    proposed = propose(specialist)
    for wrong in [
        {"by": specialist, "digest": proposed.digest},
        {"by": supervisor, "digest": b"another"},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            FactReview.objects.create(version=proposed, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactVersion.objects.create(
            fact=proposed.fact, language="en", question="?", answer="A", source="", by=specialist
        )


@pytest.mark.parametrize("field", ["topic", "section", "question", "answer", "source"])
def test_a_fact_without_its_parts_is_refused_beside_the_field(officer: Member, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        propose(officer, **{field: " "})
    assert refusal.value.field == field


def test_a_new_version_takes_the_place_of_the_former_and_both_stay(
    known: FactVersion, officer: Member, specialist: Member
) -> None:
    newer = propose(officer, fact=known.fact, answer="Applications open in May.")
    assert list(FactVersion.objects.current()) == [known], "until it is reviewed the former holds"
    reviewed(newer, specialist)
    assert list(FactVersion.objects.current()) == [newer]
    library_writing.withdraw(newer, by=specialist, why="A slip.")
    assert list(FactVersion.objects.current()) == []
    assert FactVersion.objects.count() == 2


def test_what_has_run_out_is_marked_and_not_offered(
    browser_of: Browser, known: FactVersion, specialist: Member, supervisor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    soon = reviewed(propose(specialist, question="Is the lobby open on Friday?", valid_until=today), supervisor)
    assert soon in FactVersion.objects.offered()
    line = running_out(supervisor)
    assert line is not None
    assert line.count == 1
    monkeypatch.setattr("moderation.models.library.timezone.localdate", lambda: today + timedelta(days=1))
    assert soon not in FactVersion.objects.offered()
    assert "ran out" in browser_of(supervisor).get(reverse("library")).content.decode()


def test_a_day_that_is_over_is_refused(officer: Member) -> None:
    with pytest.raises(Invalid, match="over"):
        propose(officer, valid_until=timezone.localdate() - timedelta(days=1))


# --- fitting a comment ---


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("When will you be hiring again?", "en"),
        ("how do i apply for a job with yall", "en"),
        ("are you guys hiring", "en"),
    ],
)
def test_the_fact_that_fits_is_offered(
    known: FactVersion, make_comment: Callable[..., Comment], text: str, language: str
) -> None:
    assert fitting(make_comment(text, language=language)).found == [known]


@pytest.mark.parametrize("text", ["Is the beach parking free?", "", "when will you again", "???", "& | ! : * ( )"])
def test_what_does_not_fit_is_not_offered(known: FactVersion, make_comment: Callable[..., Comment], text: str) -> None:
    assert fitting(make_comment(text)).found == []


def test_the_comments_own_language_comes_first(
    known: FactVersion, make_comment: Callable[..., Comment], specialist: Member, supervisor: Member
) -> None:
    spanish = propose(
        specialist,
        fact=known.fact,
        language="es",
        question="¿Cuándo vuelven a contratar?",
        answer="En marzo y septiembre.",
        keywords="empleo solicitud",
    )
    reviewed(spanish, supervisor)
    assert fitting(make_comment("¿Cuándo van a contratar otra vez?", language="es")).found == [spanish]


def test_one_that_fits_and_has_run_out_is_said_and_not_offered(
    make_comment: Callable[..., Comment], specialist: Member, supervisor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    old = reviewed(propose(specialist, valid_until=today), supervisor)
    monkeypatch.setattr("moderation.models.library.timezone.localdate", lambda: today + timedelta(days=1))
    fits = fitting(make_comment("When will you be hiring again?"))
    assert (fits.found, fits.expired) == ([], [old])


# --- on the page ---


def test_it_is_proposed_reviewed_searched_and_withdrawn_on_its_pages(
    browser_of: Browser, officer: Member, supervisor: Member
) -> None:
    window = browser_of(officer)
    assert "Nothing is known yet" in window.get(reverse("library")).content.decode()
    assert window.post(reverse("propose_fact"), SAID | {"answer": ""}).status_code == 422
    answer = window.post(reverse("propose_fact"), SAID)
    version = FactVersion.objects.get()
    assert answer["Location"] == version.fact.get_absolute_url()
    digest = {"digest": bytes(version.digest).hex()}
    assert window.post(reverse("review_fact", args=[version.pk]), digest).status_code == 403
    waits = to_review(supervisor)
    assert waits is not None
    assert waits.address == version.fact.get_absolute_url()
    above = browser_of(supervisor)
    assert above.post(reverse("review_fact", args=[version.pk]), {"digest": "zz"}).status_code == 422
    assert above.post(reverse("review_fact", args=[version.pk]), digest).status_code == 302
    for words, found in [("hiring", True), ("academies", True), ("september", True), ("parking", False)]:
        assert (SAID["question"] in window.get(reverse("library"), {"words": words}).content.decode()) is found
    lines = b"".join(window.get(reverse("library"), {"format": "csv"}).streaming_content).decode()
    assert "Applications open in March" in lines
    assert above.post(reverse("withdraw_fact", args=[version.pk]), {"why": ""}).status_code == 422
    assert above.post(reverse("withdraw_fact", args=[version.pk]), {"why": "It changed."}).status_code == 302
    assert SAID["question"] not in window.get(reverse("library")).content.decode()
