"""The trail as files: a spreadsheet, and lines of JSON with the proof of each entry for somebody outside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from members.models.trail import Entry, TrailEntry
from members.moments import all_of
from members.sealing import digest_of, read_days, read_head
from members.spreadsheets import neutral
from members.trail_search import word_for
from members.verification import seals_over

HEAD = ["entry", "at", "who", "number", "verb", "subject", "id", "act"]
OF_THE_TRAIL = ["before", "after", "decision", "digest"]


def spreadsheet(entries: models.QuerySet[Any]) -> Iterator[str]:
    """Every entry as a line of CSV, newest first, with the mark by which spreadsheets know UTF-8."""
    of_the_trail = entries.model is TrailEntry
    yield "\ufeff" + _lines([[*HEAD, *(OF_THE_TRAIL if of_the_trail else [])]])
    for some in all_of(entries.select_related("by")):
        yield _lines([[*_cells(entry), *(_decided(entry) if of_the_trail else [])] for entry in some])


def _cells(entry: Entry) -> list[object]:
    return [
        entry.pk,
        entry.at.isoformat(),
        entry.by.name if entry.by else "system",
        entry.by.number if entry.by else "",
        entry.verb,
        word_for(entry.subject_type),
        entry.subject_id,
        entry.act,
    ]


def _decided(entry: TrailEntry) -> list[object]:
    decision = f"{entry.decision_type} {entry.decision_id}".strip()
    return [entry.before, entry.after, decision, entry.decision_digest]


def _lines(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def with_proof(entries: models.QuerySet[Any]) -> Iterator[str]:
    """A line of JSON for the ledger and its head, for each entry with its digest, and before it for each new seal.

    docs/operations.md says in twenty lines how somebody who trusts nobody here recomputes all of it.
    """
    ledger = entries.model.ledger
    head = read_head(ledger)
    noted = {str(number): digest.hex() for number, digest in sorted(read_days(ledger).items())}
    yield _json(
        ledger=ledger,
        made_at=timezone.now().isoformat(),
        head={"number": head.number, "digest": head.digest.hex()} if head else None,
        noted=noted,
    )
    told: set[int] = set()
    for some in all_of(entries, at_once=200):
        over = seals_over(ledger, [entry.pk for entry in some])
        for seal in {one.number: one for one in over.values() if one.number not in told}.values():
            told.add(seal.number)
            yield _json(
                seal=seal.number,
                rows=seal.rows,
                digests=bytes(seal.digests).hex(),
                previous=bytes(seal.previous).hex(),
                digest=bytes(seal.digest).hex(),
                at=seal.at.isoformat(),
            )
        for entry in some:
            number = over[entry.pk].number if entry.pk in over else None
            yield _json(entry=entry.sealed_content(), digest=digest_of(entry).hex(), under=number)


def _json(**said: Any) -> str:
    return json.dumps(said, separators=(",", ":")) + "\n"
