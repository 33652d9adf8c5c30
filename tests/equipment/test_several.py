"""Several things of the inventory at once: all of them, or none (3.2, 3.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from equipment import several
from equipment.models import Item, ItemChange
from members.models import Member
from members.states import Invalid, Refused
from tests.equipment.handed import out

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.2", "3.4")]
PAGE = reverse("several_things")


@pytest.fixture
def three(make_item: Callable[..., Item]) -> list[Item]:
    return [make_item(f"Lens {number}", supplier="B&H" if number == 2 else "") for number in range(3)]


@pytest.fixture
def desk(supervisor: Member, browser_of: Callable[..., Client]) -> Client:
    return browser_of(supervisor)


def numbers(items: list[Item]) -> list[int]:
    return [item.pk for item in items]


def said(items: list[Item], field: str) -> list[Any]:
    return [getattr(Item.objects.get(pk=item.pk), field) for item in items]


def test_what_is_filled_in_stands_in_each_and_in_the_history_of_each(three: list[Item], supervisor: Member) -> None:
    assert several.change_all(three, by=supervisor, office_place="Shelf 4", life_months=48) == 3
    assert said(three, "office_place") == ["Shelf 4"] * 3
    assert said(three, "life_months") == [48] * 3
    for item in three:
        newest = item.changes.latest("pk")
        assert (newest.by, newest.after["office_place"]) == (supervisor, "Shelf 4")


def test_who_says_so_already_is_left_alone(three: list[Item], supervisor: Member) -> None:
    assert several.change_all(three, by=supervisor, supplier="B&H") == 2
    assert three[2].changes.count() == 1


def test_where_one_cannot_say_so_none_does_and_the_sentence_names_it(three: list[Item], supervisor: Member) -> None:
    with pytest.raises(Invalid, match=f"{three[2].tag}: Say why: supplier") as refused:
        several.change_all(three, by=supervisor, supplier="Adorama")
    assert refused.value.field == "reason"
    assert said(three, "supplier") == ["", "", "B&H"]
    assert ItemChange.objects.filter(verb="change").count() == 0


def test_they_go_to_another_state_together_or_not_at_all(
    three: list[Item], supervisor: Member, officer: Member
) -> None:
    out(three[1], by=officer)
    with pytest.raises(Invalid, match=f"{three[1].tag}: {officer.name} has it"):
        several.mark_all(three, "retired", by=supervisor, reason="Worn out.")
    assert said(three, "state") == ["serviceable"] * 3
    several.mark_all([three[0], three[2]], "retired", by=supervisor, reason="Worn out.")
    assert said(three, "state") == ["retired", "serviceable", "retired"]


def test_only_states_to_which_all_could_go_are_offered(three: list[Item], supervisor: Member) -> None:
    several.mark_all(three[:1], "retired", by=supervisor, reason="Worn out.")
    assert "disposed" in several.states_of_all(three[:1], supervisor)
    assert several.states_of_all(three, supervisor) == []


def test_only_who_keeps_the_inventory_does_it(three: list[Item], officer: Member) -> None:
    for act in (
        lambda: several.change_all(three, by=officer, supplier="B&H"),
        lambda: several.mark_all(three, "needs_attention", by=officer, reason="Dark."),
    ):
        with pytest.raises(Refused):
            act()


def test_the_list_offers_to_choose_to_who_keeps_it(
    three: list[Item], desk: Client, officer: Member, browser_of: Callable[..., Client]
) -> None:
    page = desk.get(reverse("equipment")).content.decode()
    assert {int(one) for one in re.findall(r'name="item" value="(\d+)" form="several"', page)} == set(numbers(three))
    assert 'form="several"' not in browser_of(officer).get(reverse("equipment")).content.decode()


def test_what_the_page_is_told_is_done_and_told(three: list[Item], desk: Client) -> None:
    page = desk.get(PAGE, {"item": numbers(three)}).content.decode()
    assert all(item.tag in page for item in three)
    asked = {"item": numbers(three), "does": "change", "supplier": "B&H"}
    assert "2 of 3 changed" in desk.post(PAGE, asked, follow=True).content.decode()
    marked = {"item": numbers(three), "does": "mark", "state": "stolen", "reason": "Van opened.", "report_number": "7"}
    assert "All 3 are stolen" in desk.post(PAGE, marked, follow=True).content.decode()
    assert said(three, "report_number") == ["7"] * 3


def test_all_that_fit_the_filters_are_chosen(three: list[Item], make_item: Callable[..., Item], desk: Client) -> None:
    other = make_item("Tripod")
    page = desk.get(PAGE, {"fits": "1", "q": "lens"}).content.decode()
    assert [item.tag in page for item in (*three, other)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"does": "change"}, "Say what is to stand there"),
        ({"does": "change", "supplier": "Adorama", "office_place": "Shelf <4>"}, "Say why: supplier"),
        ({"does": "change", "acquired_on": "2999-01-01"}, "after today"),
        ({"does": "change", "life_months": "0"}, "greater than or equal to 1"),
        ({"does": "mark", "state": "disposed", "reason": "Old."}, "Select a valid choice"),
        ({"does": "mark", "state": "stolen", "reason": "Gone."}, "number of the report"),
        ({"does": "else"}, "What they say"),
    ],
)
def test_a_refusal_stands_at_its_place_and_keeps_what_was_typed(
    three: list[Item], desk: Client, asked: dict[str, str], says: str
) -> None:
    answer = desk.post(PAGE, {"item": numbers(three), **asked})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert all(f'value="{item.pk}"' in page for item in three)
    assert "office_place" not in asked or "Shelf &lt;4&gt;" in page
    assert said(three, "state") == ["serviceable"] * 3
    assert said(three, "supplier") == ["", "", "B&H"]


@pytest.mark.parametrize("chosen", [{}, {"item": ["x", "0", "9" * 30, "\x00", "１"]}, {"fits": "1", "q": "none such"}])
def test_nothing_chosen_is_a_sentence(three: list[Item], desk: Client, chosen: dict[str, Any]) -> None:
    answer = desk.get(PAGE, chosen)
    assert (answer.status_code, "Nothing is chosen" in answer.content.decode()) == (422, True)


def test_too_many_are_refused_before_anything_is_done(
    three: list[Item], desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(several, "MOST", 2)
    answer = desk.post(PAGE, {"item": numbers(three), "does": "change", "supplier": "B&H"})
    assert (answer.status_code, "More than 2 are too many" in answer.content.decode()) == (422, True)
    assert said(three, "supplier") == ["", "", "B&H"]
