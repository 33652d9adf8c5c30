"""Prepared texts: written by one, approved by another by hash, read by who knows the language, offered in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from members.models import Agency, Member, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from moderation import texts_writing
from moderation.models import Comment, CommentOrder, Wording, WordingApproval, WordingReview
from moderation.models.texts import NOTICES, Purpose, digest_of
from moderation.offering import prepared
from moderation.texts import filled, is_prepared, wordings
from moderation.waiting_texts import to_approve
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L1")]
Browser = Callable[..., Client]
NOTICE = "Clause {clause}. Appeal: {address}, {reference}."


@pytest.fixture
def written(specialist: Member) -> Wording:
    return texts_writing.write("thanks", "en", "Thank you, {first_name}.", by=specialist)


def approved(wording: Wording, by: Member) -> Wording:
    """As the Commander approves what he has read."""
    texts_writing.approve(wording, digest_of(wording.text), by=by)
    return wording


# --- written and approved ---


def test_a_text_is_offered_once_the_commander_has_approved_it(written: Wording, commander: Member) -> None:
    assert wordings("thanks", "en", named=True) == []
    approved(written, commander)
    found = wordings("thanks", "en", named=True)
    assert [one.approved_by for one in found] == [commander]
    assert filled(found[0], first_name="Ines") == "Thank you, Ines."
    assert TrailEntry.objects.about(written).values_list("verb", flat=True).order_by("pk")[1] == "approve"


def test_the_commanders_own_text_is_approved_by_a_designee(
    commander: Member, officer: Member, hand_over: Callable[..., Any]
) -> None:
    own = texts_writing.write("thanks", "en", "Thank you all.", by=commander)
    with pytest.raises(Refused, match="acting Commander or a designee"):
        approved(own, commander)
    hand_over(commander, officer, Power.APPROVE_CONTENT)
    assert approved(own, officer)


def test_an_officer_approves_nothing(written: Wording, officer: Member) -> None:
    with pytest.raises(Refused):
        approved(written, officer)


def test_what_is_approved_is_what_was_read(written: Wording, commander: Member) -> None:
    with pytest.raises(Invalid, match="not the text that you read"):
        texts_writing.approve(written, digest_of("Something else."), by=commander)


def test_the_database_holds_digest_and_another_hand(written: Wording, commander: Member, specialist: Member) -> None:
    for wrong in [
        {"wording": written, "by": specialist, "digest": written.digest},
        {"wording": written, "by": commander, "digest": digest_of("Something else.")},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            WordingApproval.objects.create(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        WordingReview.objects.create(wording=written, name="Me", by=specialist)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.bulk_create(
            [Wording(purpose="thanks", language="en", text="Thank you.", digest=digest_of("Go away."))]
        )
    for text in ["No clause. {reference} {address}", "{clause} {reference}", "{clause} {address}"]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Wording.objects.create(purpose="warning", language="en", text=text)


@pytest.mark.parametrize(
    ("purpose", "text", "says"),
    [
        ("thanks", "Thank you, {name}.", "{name} is no field"),
        ("thanks", "Thank you, {clause}.", "{clause} is no field"),
        ("thanks", "Thank you, {first_name.", "brace"),
        ("thanks", "  ", "empty"),
        ("thanks", "x" * 2001, "2,000"),
        ("nothing", "Thank you.", "what the text is for"),
        *((purpose, "We hid it. {reference} {address}", "{clause} is missing") for purpose in sorted(NOTICES)),
        ("notice_first", "{clause} {reference}", "{address} is missing"),
    ],
)
def test_a_text_that_could_not_be_sent_is_refused_when_saved(
    specialist: Member, purpose: str, text: str, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        texts_writing.write(purpose, "en", text, by=specialist)


def test_the_same_text_is_kept_once(written: Wording, officer: Member) -> None:
    with pytest.raises(Invalid, match="already"):
        texts_writing.write("thanks", "en", "Thank you, {first_name}. ", by=officer)


def test_a_withdrawn_text_is_not_offered_any_more(written: Wording, commander: Member, officer: Member) -> None:
    approved(written, commander)
    with pytest.raises(Refused):
        texts_writing.withdraw(written, by=officer, why="Dull.")
    with pytest.raises(Invalid):
        texts_writing.withdraw(written, by=commander, why=" ")
    texts_writing.withdraw(written, by=commander, why="Dull.")
    assert wordings("thanks", "en", named=True) == []
    with pytest.raises(WrongState):
        texts_writing.withdraw(written, by=commander, why="Dull.")


# --- languages (ruling 17) ---


def test_who_reads_the_language_says_so_and_the_page_says_when_nobody_has(
    browser_of: Browser, officer: Member, specialist: Member, commander: Member
) -> None:
    spanish = approved(texts_writing.write("thanks", "es", "Gracias, {first_name}.", by=specialist), commander)
    page = reverse("wording", args=[spanish.pk])
    assert "nobody yet" in browser_of(officer).get(page).content.decode()
    assert spanish.reviewed_by_name == ""
    with pytest.raises(Refused):
        texts_writing.review(spanish, by=specialist)
    with pytest.raises(Invalid, match="do not read Spanish"):
        texts_writing.review(spanish, by=commander)
    texts_writing.review(spanish, by=officer)
    assert "Daniel Diaz" in browser_of(officer).get(page).content.decode()
    assert wordings("thanks", "es", named=True)[0].reviewed_by_name == "Daniel Diaz"


def test_a_comment_in_another_language_is_answered_in_english_rather_than_not(
    written: Wording, commander: Member
) -> None:
    approved(written, commander)
    assert wordings("thanks", "fr", named=True) == [written]


def test_the_panel_says_that_nobody_has_read_it(
    browser_of: Browser, make_comment: Callable[..., Comment], officer: Member, prepared_texts: None
) -> None:
    creole = make_comment("Mèsi anpil!", language="ht")
    shown = browser_of(officer).get(reverse("panel", args=[creole.pk]), {"level": 1}, headers={"HX-Request": "true"})
    assert "Nobody who reads Haitian Creole has read this text" in shown.content.decode()


# --- what is offered ---


def test_neighbours_in_a_thread_are_not_thanked_in_the_same_words(
    make_comment: Callable[..., Comment], officer: Member, prepared_texts: None, no_hints: None
) -> None:
    thread = [make_comment(f"Thank you {number}!") for number in range(7)]
    said = []
    for comment in thread:
        ready = prepared(1, comment, wording=None)
        assert ready is not None
        assert ready == prepared(1, comment, wording=None), "asked again, the same"
        said.append(ready.text)
        grade(comment, 1, officer, reply=ready.text)
    assert len(set(said)) == 7
    eighth = prepared(1, make_comment("And thank you!"), wording=None)
    assert eighth is not None
    assert eighth.text == said[0], "then the one that was used longest ago"


def test_without_a_first_name_a_text_without_one_is_offered(
    make_comment: Callable[..., Comment], prepared_texts: None
) -> None:
    ready = prepared(1, make_comment(author="dolphin_fan_305"), wording=None)
    assert ready is not None
    assert "{" not in ready.text
    assert "dolphin" not in ready.text


def test_on_x_only_what_fits_is_offered(
    make_comment: Callable[..., Comment], specialist: Member, commander: Member
) -> None:
    approved(
        texts_writing.write("thanks", "en", "Thank you, {first_name}. " + "So much. " * 40, by=specialist), commander
    )
    assert prepared(1, make_comment(platform="x"), wording=None, limit=280) is None


def test_the_agencys_number_is_filled_in_and_a_field_without_a_value_is_not_sent(
    specialist: Member, commander: Member
) -> None:
    Agency.objects.create(name="A", short_name="A", zone="America/New_York", non_emergency_number="305-555-0111")
    text = approved(
        texts_writing.write("emergency", "en", "Call {emergency} or {non_emergency}.", by=specialist), commander
    )
    assert filled(text) == "Call 911 or 305-555-0111."
    with pytest.raises(Invalid, match="first_name"):
        filled(
            approved(
                texts_writing.write("emergency", "en", "{first_name}, call {emergency}.", by=specialist), commander
            )
        )


def test_free_text_is_told_from_what_is_approved(prepared_texts: None) -> None:
    known = {"language": "en", "name": "Marisol Peña"}
    ready = filled(wordings("acknowledge", "en", named=True)[0], first_name="Marisol")
    assert is_prepared(ready, level=4, **known)
    assert is_prepared(f" {ready}\n", level=4, **known)
    assert not is_prepared(ready.replace("Marisol", "Pedro"), level=4, **known)
    assert not is_prepared(f"{ready} Call me.", level=4, **known)
    assert not is_prepared(ready, level=1, **known)
    assert not is_prepared("", level=4, **known)
    assert is_prepared(ready, purpose="acknowledge", **known)
    assert not is_prepared("Good question, Marisol.", level=6, **known)


def test_the_products_texts_are_sound_and_short_where_x_shows_them(prepared_texts: None) -> None:
    languages = {(one.purpose, one.language) for one in Wording.objects.all()}
    assert languages == {(purpose, language) for purpose in Purpose.values for language in ("en", "es", "ht")}
    assert max(len(one.text) for one in Wording.objects.all()) <= 250
    for purpose in Purpose.values:
        for language in ("en", "es", "ht"):
            assert any(not one.named for one in Wording.objects.filter(purpose=purpose, language=language))


# --- on the page ---


def test_a_new_unit_brings_the_products_texts_as_drafts_and_approves_those_marked(
    browser_of: Browser, commander: Member, officer: Member
) -> None:
    assert "Bring them" not in browser_of(officer).get(reverse("texts")).content.decode()
    window = browser_of(commander)
    assert "Bring them" in window.get(reverse("texts")).content.decode()
    assert window.post(reverse("bring_texts")).status_code == 302
    assert not Wording.objects.approved().exists()
    waits = to_approve(commander)
    assert waits is not None
    assert waits.count == Wording.objects.count()
    some = list(Wording.objects.order_by("-pk")[:3])
    marked = [f"{one.pk}:{bytes(one.digest).hex()}" for one in some]
    assert browser_of(officer).post(reverse("approve_texts"), {"wording": marked}).status_code == 403
    assert window.post(reverse("approve_texts"), {"wording": marked}).status_code == 302
    assert set(Wording.objects.approved()) == set(some)
    assert window.post(reverse("approve_texts"), {"wording": []}).status_code == 422
    assert window.post(reverse("bring_texts")).status_code == 302, "twice is once"
    assert Wording.objects.count() == waits.count


def test_one_wrong_digest_approves_none_of_those_marked(browser_of: Browser, commander: Member) -> None:
    window = browser_of(commander)
    window.post(reverse("bring_texts"))
    one, other = Wording.objects.order_by("pk")[:2]
    marked = [f"{one.pk}:{bytes(one.digest).hex()}", f"{other.pk}:{bytes(one.digest).hex()}"]
    assert window.post(reverse("approve_texts"), {"wording": marked}).status_code == 422
    assert not Wording.objects.approved().exists()


def test_the_list_filters_and_writing_keeps_what_was_typed(
    browser_of: Browser, specialist: Member, prepared_texts: None
) -> None:
    window = browser_of(specialist)
    shown = window.get(reverse("texts"), {"purpose": "media", "language": "ht"}).content.decode()
    assert "Biwo Enfòmasyon Piblik" in shown
    assert "Public Information Office" not in shown
    lines = b"".join(window.get(reverse("texts"), {"purpose": "media", "format": "csv"}).streaming_content).decode()
    assert len(lines.strip().splitlines()) == 7
    answer = window.post(reverse("write_text"), {"purpose": "thanks", "language": "en", "text": "Hi {nobody}."})
    assert answer.status_code == 422
    assert "Hi {nobody}." in answer.content.decode()
    written = window.post(reverse("write_text"), {"purpose": "thanks", "language": "en", "text": "Thanks a lot!"})
    assert written.status_code == 302
    assert not CommentOrder.objects.exists()


@pytest.mark.sop("4.L2")
def test_where_a_reply_is_optional_none_is_written_before_it_is_asked_for(
    browser_of: Browser, make_comment: Callable[..., Comment], officer: Member, prepared_texts: None
) -> None:
    window, comment = browser_of(officer), make_comment("Other departments should do this.")
    address = reverse("panel", args=[comment.pk])
    first = window.get(address, {"level": 2}, headers={"HX-Request": "true"})
    assert first.context["panel"].reply == ""
    assert "put in an approved text" in first.content.decode()
    asked = window.get(address, {"level": 2, "wording": first.context["panel"].next_wording})
    assert "Marisol" in asked.context["panel"].reply
