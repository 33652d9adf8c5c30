"""Lists: paged by key, and safe to open in a spreadsheet."""

import pytest

from members.models import Member
from members.paging import page_of
from members.spreadsheets import csv_answer, neutral


@pytest.mark.django_db
def test_a_list_goes_on_from_the_last_key(cast):
    first = page_of(Member.objects.all(), None, size=4)
    assert len(first.rows) == 4
    rest = page_of(Member.objects.all(), first.next, size=4)
    assert len(rest.rows) == len(cast) - 4
    assert rest.next is None
    assert {row.pk for row in first.rows}.isdisjoint(row.pk for row in rest.rows)


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["", None, "x", "-1", "9" * 30, "1;drop"])
def test_a_key_that_makes_no_sense_shows_the_first_page(cast, after):
    assert len(page_of(Member.objects.all(), after).rows) == len(cast)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_formula_becomes_text(text):
    assert neutral(text) == f"'{text}"


def test_what_is_no_formula_stays_as_it_is():
    assert [neutral(cell) for cell in ["a=b", 7, None, "a\x00b"]] == ["a=b", "7", "", "ab"]


def test_a_file_has_a_name_and_the_mark_of_its_encoding():
    answer = csv_answer("things", ["a", "b"], [["ñ", "two, words"]])
    assert b"".join(answer.streaming_content).decode() == '\ufeffa,b\r\nñ,"two, words"\r\n'
    assert answer["Content-Disposition"] == 'attachment; filename="things.csv"'
