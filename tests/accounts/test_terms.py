"""The Terms of Use (S.O.P. 4): the S.O.P.'s own text first, later versions, their languages, the public page."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import adopting, drafting, terms_writing
from accounts.models import Clause, Terms, TermsDraft, TermsReview, TermsText
from members.models import Agency, Member, Notification, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.sop("4.T"), pytest.mark.sop("4.TOU")]


@pytest.fixture
def draft(terms: Terms, commanding_officer: Member) -> TermsDraft:
    return terms_writing.begin(by=commanding_officer)


def written(draft: TermsDraft, by: Member, **said: Any) -> TermsDraft:
    """The draft with its clause (h) reworded, kept."""
    clauses = [dict(one) for one in draft.clauses]
    clauses[7]["text"] = "All comments are public records under Florida law."
    said = {"preamble": draft.preamble, "clauses": clauses, "reason": "As the city attorney asked."} | said
    terms_writing.write(draft, by=by, revision=draft.revision, **said)
    return draft


# --- the first version ---


def test_the_first_version_is_the_sops_own_text_but_for_the_agencys_own_data(shared: Path, settings: Any) -> None:
    source = next((shared / "sop").glob("000_*.txt")).read_text()
    settings.AGENCY_GOVERNMENT = "City of Miami"
    miami = Agency(
        name="City of Miami Police Department",
        short_name="Miami Police Department",
        emergency_number="911",
        non_emergency_number="305-579-6111",
    )
    given = adopting.terms_for(miami)

    def plain(text: str) -> str:
        return " ".join(text.split())

    start = source.index("The City of Miami Police Department's social media platforms are limited")
    preamble = source[start : source.index("- a) We do not allow graphic")]
    assert plain(given["preamble"]) == plain(preamble)
    clauses = {}
    for letter, text in re.findall(r"^- ([a-i])\) (.+)$", source[start:], re.MULTILINE):
        clauses[letter] = plain(text)
    assert {one["letter"]: plain(one["text"]) for one in given["clauses"]} == clauses
    assert [one["letter"] for one in given["clauses"] if one["grounds"]] == list("abcdef")


@pytest.mark.sop("A.1")
def test_its_translations_name_every_clause_and_the_same_numbers(terms: Terms) -> None:
    texts = {one.language: one for one in terms.texts.all()}
    assert sorted(texts) == ["es", "ht"]
    letters = list(terms.clauses.values_list("letter", flat=True))
    for text in texts.values():
        assert sorted(text.clauses) == letters
        assert all(len(one) > 30 for one in text.clauses.values())
        for number in re.findall(r"\d[\d-]{2,}", terms.preamble):
            assert number in text.preamble
        assert "$" not in text.preamble + json.dumps(text.clauses)
        assert text.reviewed is None


# --- later versions ---


@pytest.mark.sop("4.0")
def test_only_the_unit_commander_or_designee_draws_up_writes_and_publishes(
    terms: Terms, cast: list[Member], auditor: Member, draft: TermsDraft, hand_over: Any
) -> None:
    commander, commanding_officer, supervisor, officer, other, specialist = cast
    written(draft, commanding_officer)
    for member in (supervisor, officer, other, specialist, auditor):
        for act in (
            lambda: terms_writing.begin(by=member),  # noqa: B023
            lambda: written(draft, member),  # noqa: B023
            lambda: drafting.drop(draft, by=member),  # noqa: B023
            lambda: terms_writing.publish(draft, by=member, revision=draft.revision),  # noqa: B023
        ):
            with pytest.raises(Refused, match="designee"):
                act()
    hand_over(commander, officer, Power.UPDATE_GRADING)
    terms_writing.publish(draft, by=Member.objects.get(pk=officer.pk), revision=draft.revision)
    assert Terms.objects.in_force().version == 2


def test_a_published_version_follows_the_one_before_and_the_unit_is_told(
    terms: Terms, draft: TermsDraft, commanding_officer: Member, officer: Member
) -> None:
    made = terms_writing.publish(written(draft, commanding_officer), by=commanding_officer, revision=2)
    assert (made.version, Terms.objects.in_force()) == (2, made)
    assert made.clauses.get(letter="h").text == "All comments are public records under Florida law."
    assert list(made.clauses.filter(grounds=True).values_list("letter", flat=True)) == list("abcdef")
    assert "Version 2 of the Terms of Use" in Notification.objects.get(member=officer).sentence
    assert (draft.state, draft.terms) == ("published", made)
    assert terms.clauses.get(letter="h").text == "All comments are subject to public records law.", "never altered"
    entry = TrailEntry.objects.about(made).get()
    assert (entry.verb, entry.by, len(entry.decision_digest)) == ("publish", commanding_officer, 64)


def test_one_to_come_is_in_force_from_its_day_and_not_before(
    terms: Terms, draft: TermsDraft, commanding_officer: Member, stranger: Client
) -> None:
    day = timezone.now() + timedelta(days=3)
    terms_writing.publish(written(draft, commanding_officer), by=commanding_officer, revision=2, effective_from=day)
    assert Terms.objects.in_force() == terms
    assert stranger.get("/terms/2/").status_code == 404
    assert "Version 2" not in stranger.get("/terms/").content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"reason": ""}, "Write why it changes"),
        ({"clauses": [{"text": "Be kind.", "grounds": False}]}, "nothing could be hidden"),
    ],
)
def test_a_draft_that_makes_no_sense_is_not_published(
    draft: TermsDraft, commanding_officer: Member, said: Any, sentence: str
) -> None:
    written(draft, commanding_officer, **said)
    with pytest.raises(Invalid, match=sentence):
        terms_writing.publish(draft, by=commanding_officer, revision=draft.revision)
    assert Terms.objects.count() == 1


def test_one_that_says_nothing_new_or_begins_in_the_past_is_not_published(
    draft: TermsDraft, commanding_officer: Member
) -> None:
    terms_writing.write(
        draft, by=commanding_officer, revision=1, preamble=draft.preamble, clauses=draft.clauses, reason="None."
    )
    with pytest.raises(Invalid, match="says what the version before it says"):
        terms_writing.publish(draft, by=commanding_officer, revision=2)
    written(draft, commanding_officer)
    yesterday = timezone.now() - timedelta(days=1)
    with pytest.raises(Invalid, match="before it is published"):
        terms_writing.publish(draft, by=commanding_officer, revision=3, effective_from=yesterday)


def test_of_two_who_write_the_second_does_not_overwrite_the_first(
    draft: TermsDraft, commanding_officer: Member, commander: Member
) -> None:
    late = TermsDraft.objects.get(pk=draft.pk)
    written(draft, commanding_officer)
    with pytest.raises(WrongState):
        written(late, commander)
    with pytest.raises(WrongState):
        terms_writing.publish(TermsDraft.objects.get(pk=draft.pk), by=commander, revision=1)
    assert terms_writing.begin(by=commander) == draft, "one draft at a time"


def test_what_changes_is_shown_word_by_word(draft: TermsDraft, commanding_officer: Member, terms: Terms) -> None:
    written(draft, commanding_officer)
    ((place, parts, beside),) = terms_writing.changes(draft, terms)
    assert (place, beside) == ("(h)", "")
    assert parts == [
        ("same", "All comments are"),
        ("gone", "subject to"),
        ("same", "public records"),
        ("new", "under Florida"),
        ("same", "law."),
    ]
    draft.clauses[3]["grounds"] = False
    assert terms_writing.changes(draft, terms)[0][2] == "No hide may rest on it any more."


# --- the database ---


def test_versions_follow_each_other_in_number_and_time(terms: Terms) -> None:
    before = terms.effective_from - timedelta(days=1)
    for version, begins in ((2, before), (1, timezone.now()), (0, timezone.now())):
        with pytest.raises(IntegrityError), transaction.atomic():
            Terms.objects.create(version=version, effective_from=begins, preamble="Other.")
    for tampering in ({"preamble": "Other."}, {"effective_from": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Terms.objects.update(**tampering)


@pytest.mark.django_db(transaction=True)
def test_no_clause_is_added_to_a_version_that_stands(terms: Terms) -> None:
    with pytest.raises(IntegrityError, match="never altered"):
        Clause.objects.create(terms=terms, letter="j", text="And another thing.", grounds=True)
    assert terms.clauses.count() == 9


def test_a_draft_ends_once(draft: TermsDraft, commanding_officer: Member) -> None:
    drafting.drop(draft, by=commanding_officer)
    with pytest.raises(WrongState):
        written(draft, commanding_officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        TermsDraft.objects.update(state="draft")


# --- languages ---


@pytest.mark.sop("4.T")
def test_a_better_text_follows_and_says_anew_that_no_one_has_reviewed_it(
    terms: Terms, commanding_officer: Member, officer: Member, stranger: Client
) -> None:
    first = terms.texts.get(language="es")
    with pytest.raises(Refused):
        terms_writing.review(first, by=officer, reviewed_by="Me", reviewed_on=timezone.localdate())
    terms_writing.review(
        first, by=commanding_officer, reviewed_by="Ana Ruiz, court interpreter", reviewed_on=timezone.localdate()
    )
    page = stranger.get("/terms/es/").content.decode()
    assert "Ana Ruiz, court interpreter" in page
    assert "Nadie ha revisado" not in page
    some = {letter: text for letter, text in first.clauses.items() if letter != "c"}
    with pytest.raises(Invalid, match=r"Clause \(c\) is missing"):
        terms_writing.translate(terms, "es", by=commanding_officer, preamble=first.preamble, clauses=some)
    terms_writing.translate(terms, "es", by=commanding_officer, preamble="Mejor.", clauses=first.clauses)
    page = stranger.get("/terms/es/").content.decode()
    assert "Mejor." in page
    assert "Nadie ha revisado" in page
    assert TermsReview.objects.count() == 1
    with pytest.raises(WrongState):
        terms_writing.review(first, by=commanding_officer, reviewed_by="Again", reviewed_on=timezone.localdate())


def test_a_review_has_a_name_and_no_day_to_come(terms: Terms, commanding_officer: Member) -> None:
    text = terms.texts.first()
    for wrong in ({"reviewed_by": " "}, {"reviewed_on": timezone.localdate() + timedelta(days=1)}):
        said = {"reviewed_by": "Ana Ruiz", "reviewed_on": timezone.localdate()} | wrong
        with pytest.raises(Invalid):
            terms_writing.review(text, by=commanding_officer, **said)


def test_a_unit_that_adopted_before_brings_the_translations_itself(terms: Terms, commanding_officer: Member) -> None:
    assert adopting.bring_translations(terms, Agency(name="Bayside", short_name="Bayside")) == 0
    assert TermsText.objects.count() == 2


# --- the public page ---


def test_the_public_reads_them_without_signing_in_and_without_a_trace(
    terms: Terms, stranger: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        answer = stranger.get("/terms/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for clause in terms.clauses.all():
        assert clause.text.replace("'", "&#x27;") in page
    assert "<script" not in page
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300"
    assert stranger.get("/terms/", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert stranger.head("/terms/").status_code == 200
    assert stranger.post("/terms/").status_code == 405


def test_it_is_the_same_page_for_a_member_and_gives_him_no_cookie(
    terms: Terms, stranger: Client, browser_of: Any, officer: Member
) -> None:
    theirs, his = stranger.get("/terms/"), browser_of(officer).get("/terms/")
    assert theirs.content == his.content
    assert not his.cookies
    assert officer.name not in his.content.decode()


@pytest.mark.parametrize(("language", "word"), [("es", "Nadie ha revisado"), ("ht", "Pèsonn poko revize")])
def test_each_language_has_its_page_marked_with_its_language_and_who_reviewed_it(
    terms: Terms, stranger: Client, language: str, word: str
) -> None:
    page = stranger.get(f"/terms/{language}/").content.decode()
    assert f'<html lang="{language}">' in page
    assert f'<div lang="{language}">' in page
    assert word in page
    assert 'hreflang="en"' in page
    assert stranger.get(f"/terms/1/{language}/").status_code == 200


def test_what_is_not_there_is_not_found(terms: Terms, stranger: Client) -> None:
    for address in ("/terms/2/", "/terms/fr/", "/terms/1/fr/", "/terms/zz/", "/terms/0/"):
        assert stranger.get(address).status_code == 404, address


def test_before_any_are_in_force_the_page_says_so(stranger: Client) -> None:
    assert "No Terms of Use are in force yet" in stranger.get("/terms/").content.decode()


def test_earlier_versions_stay_with_their_dates(
    terms: Terms, draft: TermsDraft, commanding_officer: Member, stranger: Client
) -> None:
    terms_writing.publish(written(draft, commanding_officer), by=commanding_officer, revision=2)
    now, then = stranger.get("/terms/").content.decode(), stranger.get("/terms/1/").content.decode()
    assert "under Florida law" in now
    assert "under Florida law" not in then
    assert "This version is no longer in force." in then
    assert "2017-07-11" in now
    assert stranger.get("/terms/es/").status_code == 404, "the new version is not in Spanish yet"
    assert stranger.get("/terms/1/es/").status_code == 200


def test_a_hostile_preamble_is_text(
    terms: Terms, commanding_officer: Member, draft: TermsDraft, stranger: Client
) -> None:
    written(draft, commanding_officer, preamble="<script>alert(1)</script>")
    terms_writing.publish(draft, by=commanding_officer, revision=2)
    assert "<script" not in stranger.get("/terms/").content.decode()


# --- the unit's pages ---


def test_a_version_is_drawn_up_compared_and_published_from_the_pages(
    terms: Terms, commanding_officer: Member, officer: Member, browser_of: Any
) -> None:
    browser = browser_of(commanding_officer)
    page = browser.post(reverse("begin_terms"))["Location"]
    form = browser.get(page).context["form"]
    said = {"preamble": form.initial["preamble"], "reason": "Asked for.", "revision": 1}
    for number in range(9):
        said[f"clause_{number}"] = form.initial[f"clause_{number}"]
        if form.initial[f"grounds_{number}"]:
            said[f"grounds_{number}"] = "on"
    said |= {"clause_9": "Write in any language.", "clause_7": ""}
    assert browser.post(page, said).status_code == 302
    shown = browser.get(page).content.decode()
    assert "<ins>" in shown
    assert "<del>" in shown
    assert browser.post(page, said).status_code == 409, "written to since"
    assert browser_of(officer).get(page).status_code == 403
    assert browser.post(f"{page}publish/", {"revision": 2, "effective_from": "1999-01-01"}).status_code == 422
    assert browser.post(f"{page}publish/", {"revision": 2}).status_code == 302
    made = Terms.objects.in_force()
    assert made.version == 2
    assert list(made.clauses.values_list("letter", flat=True)) == list("abcdefghi")
    assert made.clauses.get(letter="i").text == "Write in any language."


def test_a_language_is_written_and_its_review_noted_from_the_pages(
    terms: Terms, commanding_officer: Member, browser_of: Any
) -> None:
    browser = browser_of(commanding_officer)
    page = browser.get(reverse("choose_terms_language"), {"language": "fr"})["Location"]
    said = {f"clause_{one.letter}": f"Français {one.letter}" for one in terms.clauses.all()}
    assert browser.post(page, said).status_code == 422
    assert browser.post(page, said | {"preamble": "Règles."}).status_code == 302
    text = TermsText.objects.get(language="fr")
    review = reverse("review_terms", args=[text.pk])
    assert browser.post(review, {"reviewed_by": "", "reviewed_on": "2026-01-05"}).status_code == 422
    assert browser.post(review, {"reviewed_by": "Luc Blanc", "reviewed_on": "2026-01-05"}).status_code == 302
    shown = browser.get(reverse("terms_register")).content.decode()
    assert "Luc Blanc" in shown
    assert browser.get("/terms/fr/").status_code == 200
