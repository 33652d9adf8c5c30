"""Reading the tables of turns: `a|b` is a choice, `a?` may be missing."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

Turns = dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # by the first word: the rest of the turn, and its signs


def read(table: dict[str, str]) -> Turns:
    """The turns that `table` writes by their signs; where two are the same, the first holds."""
    found: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for signs, written in table.items():
        for turn in written.split(","):
            choices = [
                [*word.rstrip("?").split("|"), *([""] if word.endswith("?") else [])] for word in turn.strip().split()
            ]
            for said in product(*choices):
                words = tuple(word for word in said if word)
                if words:
                    found[words[0]].setdefault(words[1:], signs.strip())
    return {first: tuple(sorted(rests.items(), key=lambda rest: -len(rest[0]))) for first, rests in found.items()}


def with_whom_behind(turns: Turns, signs: str, behind: str) -> Turns:
    """`turns`, and each infinitive of `signs` with one of the words of `behind` grown onto it: matarte, quemarlos."""
    grown = dict(turns)
    for first, rests in turns.items():
        if first.endswith("r") and any(not rest and sign in signs for rest, sign in rests):
            for person in behind.split():
                grown.setdefault(first + person, (((), "VY"),))
    return grown


def words_of(turns: Turns) -> frozenset[str]:
    """Every word that stands in a turn."""
    return frozenset(word for first, rests in turns.items() for rest, _ in rests for word in (first, *rest))
