"""What the check of our own words points at, and what never goes out (2.C, 2.D)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content import checked_texts, items, listing
from content.language_check import findings
from content.models import ListedName
from members.models import TrailEntry
from members.states import Invalid, Refused, WrongState
from tests.content.acts import begun, manuscript

pytestmark = pytest.mark.sop("2.C", "2.D")


def pointed_at(text):
    return [(one.kind, one.words) for one in findings(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This is f u c k ing bullshit.", [("profanity", "f u c k"), ("profanity", "bullshit")]),
        ("Call 305-555-0134 now.", [("phone", "305-555-0134")]),
        ("He lives at 1420 NW 3rd Avenue apt 4.", [("address", "1420 NW 3rd Avenue apt 4")]),
        ("A grey Honda, plate KQX 4471.", [("plate", "KQX 4471")]),
        ("Those people. They are animals!", [("offence", "They are animals")]),
        ("Next time we will shoot you all.", [("threat", "will shoot you")]),
        ("Pigs and bacon at the county fair, 12 March 2026, 400 people!", []),
        ("Coffee with a Cop, Saturday at 8. Bring your children.", []),
    ],
)
def test_it_points_at_the_words(text, found):
    assert pointed_at(text) == found


@pytest.mark.django_db
def test_a_listed_name_is_found_turned_round_accented_and_in_a_tag_and_nothing_lets_it_stay(officer, facebook):
    listing.add("María López", "juvenile", by=officer)
    names = listing.patterns()
    text = "We met MARIA  LOPEZ, Lopez, Maria and #MariaLopez. Marial Opezo was there."
    assert [one.words for one in listing.names_in(text, names)] == ["MARIA  LOPEZ", "Lopez, Maria", "MariaLopez"]
    item = begun(facebook, by=officer, text=text)
    with pytest.raises(items.NotReady) as lacking:
        items.hand_in(item, by=officer, on=1)
    assert {problem.field for problem in lacking.value.problems} >= {"text"}
    assert "opez" not in str(lacking.value).lower()


@pytest.mark.django_db
def test_what_was_found_goes_on_with_a_reason_and_a_number_of_ours_without(officer, facebook):
    written = manuscript(facebook, text="Damn right: this bullshit ends. Call 305-555-0134.")
    open_ones = list(checked_texts.of_the_language(written, None))
    assert [problem.field.partition("-")[0] for problem in open_ones] == ["stays", "stays"]
    stays = {problem.field.removeprefix("stays-"): "It is a quotation." for problem in open_ones}
    assert not list(checked_texts.of_the_language(replace(written, stays=stays), None))


@pytest.mark.django_db
def test_a_name_lies_encrypted_goes_when_taken_off_and_stands_in_no_trail(officer, auditor):
    with pytest.raises(Refused):
        listing.add("María López", "victim", by=auditor)
    made = listing.add("María López", "victim", by=officer)
    with pytest.raises(Invalid, match="already"):
        listing.add("maria lopez", "victim", by=officer)
    assert ListedName.objects.visible_to(auditor).count() == 0
    with pytest.raises(Invalid):
        listing.add("Jo", "victim", by=officer)
    listing.take_off(made, by=officer)
    with pytest.raises(WrongState):
        listing.take_off(made, by=officer)
    assert ListedName.objects.get().name == ""
    said = " ".join(str(value) for entry in TrailEntry.objects.values() for value in entry.values()).lower()
    assert "pez" not in said
