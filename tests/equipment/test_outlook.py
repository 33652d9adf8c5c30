"""What things are worth, what is to be replaced when, and what they have cost since (3.4)."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from equipment import costs, inventory, outlook
from equipment.models import Item, Work
from equipment.receipts import keep_receipt
from tests.equipment import acts
from tests.equipment.handled import work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.4")]


def today():
    return timezone.localdate()


def day(days):
    return today() + timedelta(days=days)


def test_straight_line_is_the_same_in_python_and_in_the_database(make_item, supervisor):
    spans = [(0, 36), (1, 36), (400, 36), (1000, 36), (5000, 36), (31, 1), (59, 7), (90, 600)]
    for passed, life in spans:
        make_item("Light", value=Decimal("1000.01"), acquired_on=day(-passed), life_months=life)
    rows = outlook.valued(supervisor)
    for one in outlook.known(rows):
        worth = outlook.worth_of(one)
        assert (one.worth, one.ends_on) == (worth.now, worth.ends_on)
    assert outlook.known(rows).count() == len(spans)


@pytest.mark.parametrize(
    ("acquired", "months", "ends"),
    [(date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2024, 2, 29), 12, date(2025, 2, 28))],
)
def test_a_life_ends_on_the_last_day_of_a_shorter_month(make_item, supervisor, acquired, months, ends):
    item = make_item("Light", value=Decimal(10), acquired_on=acquired, life_months=months)
    assert outlook.worth_of(item).ends_on == ends
    assert outlook.valued(supervisor).get().ends_on == ends


def test_each_year_says_what_is_replaced_and_what_is_overdue_comes_first(make_item, supervisor):
    make_item("Light", value=Decimal(600), acquired_on=day(0), life_months=24)
    make_item("Drone", value=Decimal(900), acquired_on=day(-2000), life_months=12)
    make_item("Rack", value=Decimal(100), acquired_on=day(0), life_months=400)
    found = outlook.outlook(supervisor)
    counts = {one.year: one.count for one in found.years if one.count}
    assert counts == {today().year - 1: 1, outlook.months_after(today(), 24).year: 1}
    assert (found.years[0].is_past, found.later.count, found.cost, found.now) == (True, 1, 1600, 700)
    assert (found.known, found.unknown) == (3, 0)


def test_what_all_falls_by_in_each_year_is_what_it_was_worth_less_what_it_is_then(make_item, supervisor):
    make_item("Light", value=Decimal(2400), acquired_on=date(2024, 1, 1), life_months=24)
    make_item("Rack", value=Decimal(600), acquired_on=date(2024, 7, 1), life_months=60)
    found = outlook.outlook(supervisor, date(2024, 9, 15))
    first, second, third = found.years[:3]
    # The first day of a month completes it: at a year's end eleven months of what came on 1 January have passed.
    assert (first.falls, first.worth) == (Decimal(1100 + 50), Decimal(1300 + 550))
    assert (second.falls, second.worth) == (Decimal(1200 + 120), Decimal(100 + 430))
    assert third.falls == Decimal(100 + 120)
    assert sum(one.falls for one in found.years) == 3000
    assert [one.kinds[0]["word"] for one in found.years if one.count] == ["Light", "Rack"]


def test_what_is_not_known_is_named_and_not_guessed(make_item, supervisor, browser_of):
    make_item("Old light", acquired_on=day(-30), life_months=24)
    make_item("Gift", value=Decimal(5))
    whole = make_item("Light", value=Decimal(600), acquired_on=day(-30), kind=acts.kind("Lamp", life_months=24))
    found = outlook.outlook(supervisor)
    assert (found.known, found.unknown, found.cost) == (1, 2, 600)
    answer = browser_of(supervisor).get(reverse("outlook"), {"year": "unknown"})
    named = {one.name: lacks for one, lacks in answer.context["rows"]}
    assert named == {
        "Old light": ["what it cost"],
        "Gift": ["the day it was acquired", "how long it is expected to serve"],
    }
    assert outlook.worth_of(whole).months == 24  # as its kind


def test_what_is_retired_is_no_more_reckoned_with(make_item, supervisor):
    gone = make_item("Light", value=Decimal(600), acquired_on=day(0), life_months=24)
    inventory.mark(gone, "retired", by=supervisor, reason="Broken.")
    assert outlook.outlook(supervisor).known == 0


def test_the_page_names_the_things_of_a_year_and_rubbish_names_none(make_item, supervisor, auditor, browser_of):
    over = make_item("Drone", value=Decimal(900), acquired_on=day(-2000), life_months=12)
    rack = make_item("Rack", value=Decimal(100), acquired_on=day(0), life_months=400)
    browser, door = browser_of(auditor), reverse("outlook")

    def named(year):
        rows = browser.get(door, {"year": year}).context["rows"]
        return rows and [one.pk for one, _ in rows]

    assert (named("past"), named("later"), named(str(today().year))) == ([over.pk], [rack.pk], [])
    for rubbish in ("", "0000", "9999", "abc", "²²²²"):
        assert named(rubbish) is None
    text = b"".join(browser.get(door, {"format": "csv"}).streaming_content).decode("utf-8-sig")
    rows = {row["asset tag"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows[over.tag]["worth today"], rows[over.tag]["cost"]) == ("0.00", "900.00")
    assert rows[rack.tag]["to be replaced by"] == outlook.months_after(today(), 400).isoformat()


def test_an_empty_outlook_says_what_is_wanting(supervisor, browser_of):
    assert "Nothing can be reckoned with yet" in browser_of(supervisor).get(reverse("outlook")).content.decode()


class TestCost:
    def test_over_its_life_it_is_what_it_was_bought_for_and_its_maintenance(self, make_item, supervisor):
        item = make_item("Camera", value=Decimal(2499))
        work(item, by=supervisor, costs=("80.50", "-20.50"))
        dropped = {"state": "dropped", "closing": "It was another.", "closed_by": supervisor}
        Work.objects.filter(pk=work(item, by=supervisor, costs=("40",)).pk).update(closed_at=timezone.now(), **dropped)
        cost = costs.cost_of(item)
        assert (cost.bought, cost.maintenance, cost.together) == (2499, 60, 2559)

    def test_where_the_item_does_not_say_it_the_receipts_that_stand_do(self, make_item, supervisor):
        item = make_item("Camera", value=None)
        assert (costs.cost_of(item).bought, costs.cost_of(item).together) == (None, 0)
        keep_receipt(by=supervisor, supplier="Gulf", on=day(-9), total=Decimal(90), items={item: Decimal(70)})
        assert costs.cost_of(item).bought == 70

    def test_the_page_of_the_item_says_it(self, make_item, supervisor, auditor, browser_of):
        item = make_item("Camera", value=Decimal(1200), acquired_on=day(0), life_months=24)
        work(item, by=supervisor, costs=("34.50",))
        page = browser_of(auditor).get(item.get_absolute_url()).content.decode()
        assert "$1,234.50" in page
        Item.objects.filter(pk=item.pk).update(acquired_on=None)
        assert "the day it was acquired" in browser_of(auditor).get(item.get_absolute_url()).content.decode()

    def test_an_auditor_reads_of_a_receipt_where_each_thing_is_and_what_it_has_cost_since(
        self, make_item, supervisor, auditor, browser_of
    ):
        """Issue 7: where is the camera of that receipt, and what has it cost since?"""
        camera = make_item("Camera", value=Decimal(2499))
        lens = make_item("Lens", value=Decimal(1299), office_place="Cabinet 2")
        items = {camera: Decimal(2400), lens: None}
        receipt = keep_receipt(by=supervisor, supplier="Gulf", on=day(-100), total=Decimal(3700), items=items)
        work(camera, by=supervisor, found_on=day(-50), costs=("100.25", "49.75"))
        work(camera, by=supervisor, found_on=day(-200), costs=("7",))  # before that receipt
        work(lens, by=supervisor, found_on=day(-100), costs=("20",))
        inventory.mark(camera, "lost", by=supervisor, reason="Left at the pier.")
        answer = browser_of(auditor).get(receipt.get_absolute_url())
        said = answer.context["cost"]
        assert [(row.bought, row.maintenance, row.together) for row in said.rows] == [
            (2400, 150, 2550),
            (1299, 20, 1319),
        ]
        assert (said.bought, said.maintenance, said.together) == (3699, 170, 3869)
        page = answer.content.decode()
        for words in ("lost", "in the office", "Cabinet 2", "$2,550.00", "$3,869.00"):
            assert words in page
