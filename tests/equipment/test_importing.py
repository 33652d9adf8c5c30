"""A list made elsewhere is looked through line by line, and taken into the inventory whole or not at all (3.4)."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from equipment import exporting, import_cells, import_columns, importing
from equipment.models import Import, Item, ItemChange, Kind
from members.models import TrailEntry
from members.states import Invalid, Refused
from tests.equipment import acts

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.4")]
ELSEWHERE = """Bayside PD equipment 2025,,,,,,,
Asset Tag,Asset Name,Category,Manufacturer,Model,Serial,Purchase Date,Purchase Cost,Status,Notes,Room Temp
A-1,Camera one,Camera,Sony,FX3,S1,12/31/2024,"$3,899.00",Deployed,for events,20
,,Camera,Sony,A7,S2,31.12.2024,1299,Ready to Deploy,,
,Tripod,Tripod,,,,,,,,
"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def file(text, name="list.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def workbook(*rows, name="list.xlsx", **sheets):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    return SimpleUploadedFile(name, into.getvalue())


@pytest.fixture
def begin(supervisor):
    return lambda given: importing.begin(given if not isinstance(given, str) else file(given), by=supervisor)


def errors(begin, line, head="name,kind,tag,serial,cost,purchased,warranty"):
    (row,) = importing.look(begin(f"{head}\n{line}\n")).rows
    return " ".join(row.errors)


def test_a_list_of_another_program_is_recognised_and_taken_in_whole(begin, supervisor):
    batch = begin(ELSEWHERE)
    reading = importing.look(batch)
    assert (reading.head_line, reading.left_out, reading.kinds) == (2, ["Room Temp"], ["Camera", "Tripod"])
    assert [row.errors for row in reading.rows] == [[], [], []]
    assert not Item.objects.exists()
    assert importing.carry_out(batch, by=supervisor) == 3
    one, two, three = Item.objects.order_by("pk")
    assert (one.tag, one.value, one.acquired_on, one.remark) == ("A-1", 3899, date(2024, 12, 31), "for events")
    assert (two.tag, two.name, two.acquired_on) == ("SMU-00001", "Sony A7", date(2024, 12, 31))
    assert (three.kind.name, three.state, three.imported.line) == ("Tripod", "serviceable", 5)
    assert "fx3" in one.folded
    assert ItemChange.objects.get(item=one).after["value"] == "$3,899.00"
    assert one.imported.batch == batch
    assert TrailEntry.objects.about(batch).filter(verb="import").count() == 1


def test_sent_twice_it_is_done_once_and_the_same_list_again_changes_nothing(begin, supervisor):
    batch = begin(ELSEWHERE)
    assert [importing.carry_out(batch, by=supervisor) for _ in range(2)] == [3, 3]
    again = begin("Tag,Name,Kind,Maker,Serial\nA-1,Camera one,Camera,Sony,S1\n")
    assert [row.tag for row in (one.known for one in importing.look(again).rows)] == ["A-1"]
    with pytest.raises(Invalid, match="in the inventory already"):
        importing.carry_out(again, by=supervisor)
    assert Item.objects.count() == 3


def test_one_wrong_line_keeps_all_of_it_out(begin, supervisor):
    batch = begin("name,kind,cost\nGood,Light,12\nBad,Light,12 €\n")
    with pytest.raises(Invalid, match="One line must be put right first"):
        importing.carry_out(batch, by=supervisor)
    assert not Item.objects.exists()
    assert not Kind.objects.exists()


def test_serials_and_tags_that_exist_or_stand_twice_are_named(begin, camera):
    said = errors(begin, f"New one,Camera,{camera.tag.lower()},OTHER,,,")
    assert said == f"The tag {camera.tag} is on another item already: Camera, serial {camera.serial}."
    batch = begin(f"name,kind,tag,maker,serial\nNew,Camera,X-1,canon,{camera.serial.lower()}\n")
    (row,) = importing.look(batch).rows
    assert row.errors == [f"The serial number {camera.serial} exists already: {camera.tag} Camera."]
    twice = importing.look(begin("name,kind,tag,serial\nA,Light,T-1,S\nB,Light,t-1,s\n")).rows[1]
    assert len(twice.errors) == 2
    assert twice.errors[0] == "Line 2 has the same tag, t-1. Each item needs one of its own."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A,Light,,,12.5 €,,", "cost: “12.5 €” is in another currency"),
        ("A,Light,,,\"1.299,00\",,", "is no amount in dollars"),
        ("A,Light,,,EUR 5,,", "another currency"),
        ("A,Light,,,-5,,", "less than nothing"),
        ("A,Light,,,=1+1,,", "“cost” is a formula (=1+1)"),
        ("A,Light,,,,2025-02-30,", "“2025-02-30” is no day"),
        ("A,Light,,,,soon,", "“soon” is no day"),
        ("A,Light,,,,12/31/2199,", "yet to come"),
        ("A,Light,,,,2025-01-02,2024-01-02", "ends before it was acquired"),
        ("A,Light,,,,,12 months", "since when?"),
        ("A,Light,,1.23457E+15,,,", "a spreadsheet makes of a long number"),
        ("A,,,,,,", "Its kind is missing"),
        (",Light,,,5,,", "Nothing says what it is"),
        (f"{'n' * 121},Light,,,,,", "longer than 120 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_line(begin, line, why):
    assert why in errors(begin, line)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2025-12-31", date(2025, 12, 31)),
        ("12/31/2025", date(2025, 12, 31)),
        ("12/31/25", date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("Dec 31, 2025", date(2025, 12, 31)),
        ("31-Dec-2025", date(2025, 12, 31)),
        ("Wednesday, December 31, 2025", date(2025, 12, 31)),
        ("2025-12-31T00:00:00", date(2025, 12, 31)),
        ("03/04/2025", date(2025, 3, 4)),
        ("N/A", None),
    ],
)
def test_days_are_read_in_many_forms(said, meant):
    assert import_cells.day(said, day_first=False) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("$1,299.00", "1299"),
        ("1299", "1299"),
        ("USD 1,299.5", "1299.5"),
        ("1299 $", "1299"),
        (".99", "0.99"),
        ("–", None),
    ],
)
def test_dollars_are_read_in_many_forms(said, meant):
    assert import_cells.dollars(said) == (Decimal(meant) if meant else None)


def test_a_day_that_cannot_be_shows_nothing_of_how_days_are_written():
    assert import_cells.says_day_first(["31/31/2025", "01/02/2025"]) is None
    assert import_cells.says_day_first(["31/31/2025", "31/12/2025"]) is True


def test_a_list_that_shows_it_is_read_day_first(begin):
    reading = importing.look(begin("name,kind,purchased\nA,Light,13/04/2024\nB,Light,03/04/2024\n"))
    assert [row.given["acquired_on"] for row in reading.rows] == [date(2024, 4, 13), date(2024, 4, 3)]
    assert "day first" in reading.said[0]
    mixed = importing.look(begin("name,kind,purchased\nA,Light,13/04/2024\nB,Light,04/13/2024\n"))
    assert "some month first" in mixed.said[0]
    assert "no day" in mixed.rows[0].errors[0]


def test_a_warranty_in_months_runs_from_the_purchase(begin):
    (row,) = importing.look(begin("name,kind,purchased,warranty\nA,Light,2024-01-31,1 month\n")).rows
    assert row.given["warranty_until"] == date(2024, 2, 29)


def test_a_workbook_with_its_own_kinds_of_cells(begin, supervisor):
    today = timezone.localdate() - timedelta(days=1)
    head = ["Tag", "Name", "Type", "Serial #", "Price ($)", "Purchased"]
    given = workbook(head, [101, "Cam", "Camera", 12345678901234, 99.9, today], Other=[["x"], ["y"]])
    reading = importing.look(begin(given))
    (row,) = reading.rows
    assert (row.errors, reading.sheets) == ([], ["Sheet", "Other"])
    assert (row.given["tag"], row.given["serial"], row.given["value"]) == ("101", "12345678901234", Decimal("99.90"))
    assert row.given["acquired_on"] == today


def test_of_a_workbook_the_sheet_that_is_a_list_is_read_and_what_was_said_of_its_columns_stays(begin, supervisor):
    given = workbook(["Read me first: the list is on the second sheet"], List=[["Thing", "Type"], ["Cam", "Camera"]])
    batch = begin(given)
    assert (batch.sheet, importing.look(batch).headings, batch.columns) == ("List", ["Thing", "Type"], {"1": "kind"})
    importing.set_columns(batch, by=supervisor, columns={0: "name", 1: "kind"}, days="auto", kind=None, sheet="List")
    batch.refresh_from_db()
    (row,) = importing.look(batch).new
    assert (row.word, row.given["kind"], row.state) == ("Cam", "Camera", "serviceable")


def test_what_the_export_says_of_an_item_the_import_reads():
    unread = {"warranty void since", "kit", "accessory of", "who has it", "due back"}
    assert {one for one in exporting.HEAD if not import_columns.meaning_of(one)} == unread


def test_formulas_and_money_of_others_in_a_workbook_are_refused_with_their_cell(begin):
    book = Workbook()
    for row in (["Name", "Kind", "Price", "Sum"], ["A", "Light", "=5*5", "=1"], ["B", "Light", 7, "=2"]):
        book.active.append(row)
    book.active["C3"].number_format = "#,##0.00 [$€-407]"
    into = io.BytesIO()
    book.save(into)
    first, second = importing.look(begin(file(into.getvalue(), "l.xlsx"))).rows
    assert "“Price” is a formula (=5*5)" in first.errors[0]
    assert "another currency" in second.errors[0]
    assert len(first.errors) == 1  # nothing is said of a column that is left out


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (file("#!/bin/sh\nrm -rf /\n", "list.sh"), "is not taken"),
        (file(b"\x7fELF\x00\x00", "list.csv"), "not what its ending says"),
        (file(b"\xd0\xcf\x11\xe0rest", "list.xls"), "old Excel"),
        (file(b"PK\x03\x04 no zip at all", "list.xlsx"), "cannot be read"),
        (file("only one line", "list.csv"), "There is no list"),
        (file("", "list.csv"), "is empty"),
    ],
)
def test_what_is_no_list_is_refused_before_it_is_kept(begin, given, why):
    with pytest.raises(Invalid, match=why):
        begin(given)
    assert not Import.objects.exists()


def test_a_hundred_megabytes_are_refused_and_so_are_too_many_lines(begin):
    given = file("name,kind\n")
    given.size = 100_000_000
    with pytest.raises(Invalid, match="larger than 10 MB"):
        begin(given)
    with pytest.raises(Invalid, match="more than 10,000"):
        importing.look(begin("name,kind\n" + "A,Light\n" * 10_001))


def test_other_columns_are_said_by_hand(begin, supervisor):
    light = acts.kind("Light")
    batch = begin("Ding;Bemerkung;Preis\nLampe;neu;12\n")
    assert "No column says what the things are" in importing.look(batch).stops[0]
    columns = {0: "name", 1: "remark", 2: "value"}
    importing.set_columns(batch, by=supervisor, columns=columns, days="auto", kind=light)
    assert importing.carry_out(Import.objects.get(), by=supervisor) == 1
    made = Item.objects.get()
    assert (made.name, made.kind, made.value) == ("Lampe", light, 12)
    with pytest.raises(Invalid, match="Two columns mean “name”"):
        importing.set_columns(batch, by=supervisor, columns={0: "name", 1: "name"}, days="auto", kind=None)


def test_headings_are_known_by_many_names():
    heads = [
        "Asset Tag",
        "Description",
        "Purchase Cost ($)",
        "S/N",
        "Serial Number",
        "Mfr.",
        "Notes",
        "Comments",
        "Foo",
    ]
    meant = import_columns.recognised(heads)
    assert meant == {0: "tag", 1: "name", 2: "value", 4: "serial", 5: "maker", 6: "remark", 7: "remark"}


def test_only_who_keeps_the_inventory_imports(officer):
    with pytest.raises(Refused):
        importing.begin(file(ELSEWHERE), by=officer)


def test_by_the_pages_from_the_file_to_the_items(supervisor, browser_of):
    browser = browser_of(supervisor)
    page = browser.post(reverse("import_items"), {"file": file("list\n", "list.exe")})
    assert page.status_code == 422
    assert "is not taken" in page.content.decode()
    page = browser.post(reverse("import_items"), {"file": file(ELSEWHERE)}, follow=True)
    assert "Import 3 items" in page.content.decode()
    batch = Import.objects.get()
    said = {f"column-{index}": "" for index in range(11)} | {"column-1": "name", "days": "auto", "new_kind": "Thing"}
    assert browser.post(reverse("import_columns", args=[batch.pk]), said).status_code == 302
    page = browser.post(reverse("import_confirm", args=[batch.pk]), follow=True)
    assert "2 items came of it" in " ".join(page.content.decode().split())
    assert list(Item.objects.values_list("name", flat=True).order_by("pk")) == ["Camera one", "Tripod"]
    assert browser.get(reverse("items_template", args=["csv"])).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_read_as_it_is_given_out(supervisor, browser_of, form):
    browser = browser_of(supervisor)
    filled = b"".join(browser.get(reverse("items_template", args=[form])).streaming_content)
    reading = importing.look(importing.begin(file(filled, f"filled.{form}"), by=supervisor))
    assert reading.ready
    assert reading.left_out == []
