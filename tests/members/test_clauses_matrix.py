"""Both tables of clauses.md and the matrix in code, compared word for word and in both directions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from members.powers import AT_THE_CONSOLE, HOUSE, MATRIX, OURS, Position, Power, Row

# Rows of the second table that name no power of a member: set up once at the console (`manage.py setup`).
NO_POWER = {(*AT_THE_CONSOLE, OURS)}


def tables(shared: Path) -> list[list[tuple[str, ...]]]:
    """The rows of each table of the authority matrix, heads left out."""
    text = (shared / "sop/clauses.md").read_text()
    chapter = text.partition("## Who may do what")[2].partition("\n## ")[0]
    found: list[list[tuple[str, ...]]] = []
    for block in re.findall(r"(?:^\|.*\|$\n?)+", chapter, flags=re.MULTILINE):
        lines = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in block.splitlines()]
        assert lines[0][:2] == ("power", "who")
        found.append(lines[2:])
    return found


def said_by(row: Row) -> tuple[str, str, str]:
    return row.words, row.who, row.source


@pytest.fixture(scope="module")
def written(shared: Path) -> set[tuple[str, ...]]:
    """Every row of both tables; those of the second have this product for their source."""
    first, second = tables(shared)
    assert len(first) == 22
    assert len(second) == 12
    return set(first) | {(words, who, OURS) for words, who in second}


def test_every_row_of_both_tables_stands_in_the_matrix(written: set[tuple[str, ...]]) -> None:
    assert written - {said_by(row) for row in MATRIX.values()} == NO_POWER


def test_every_row_of_the_matrix_stands_in_one_of_the_tables(written: set[tuple[str, ...]]) -> None:
    assert {said_by(row) for row in MATRIX.values() if row.source != HOUSE} <= written


def test_the_products_own_rows_stand_in_neither_table(written: set[tuple[str, ...]]) -> None:
    words = {row[0] for row in written}
    assert [row.words for row in MATRIX.values() if row.source == HOUSE and row.words in words] == []


@pytest.mark.parametrize("power", [power for power in Power if MATRIX[power].source != HOUSE])
def test_the_words_of_who_and_the_code_agree(power: Power, written: set[tuple[str, ...]]) -> None:
    row = MATRIX[power]
    assert row.alone == ("alone" in row.who)
    if row.words == MATRIX[Power.BAN].words:  # one row, two powers: the ban's second person can be a designee
        assert row.or_designee == (power == Power.APPROVE_BANS)
    else:
        assert row.or_designee == ("or designee" in row.who)
    if row.who.startswith("Commander"):
        assert row.held_by == {Position.COMMANDER}
    if row.who.startswith(("Supervisor", "a Supervisor or above")):
        assert row.held_by == {Position.SUPERVISOR}
