"""Verification of retained records (4.R): their seals, and that each document still has the digest that was sealed.

The documents are hashed here, not by the database, in processes of their own beside the walk over the seals: five
million are some fifteen gigabytes. They are read by COPY, a share at a time, so that memory stays flat.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from typing import Any

import django
from django.db import connection, models

from members.models import Seal
from members.sealing import Ledger, ledgers
from members.verification import Finding, Verification
from moderation.models import RetainedAddition, RetainedPayload, RetainedRecord

SHARE = 10_000  # rows that are read at once
MANY = 100_000  # from so many on, processes beside this one pay
PROCESSES = min(4, os.cpu_count() or 1)

# The digests that stand with the rows, and the bytes that they are of.
_RECORDS = """
COPY (SELECT record.id, record.digest, payload.document FROM moderation_retainedrecord record
    LEFT JOIN moderation_retainedpayload payload ON payload.record_id = record.id
    WHERE record.id BETWEEN {first} AND {last} ORDER BY record.id) TO STDOUT (FORMAT binary)
"""
_ADDITIONS = """
COPY (SELECT record_id, digest, content, kind FROM moderation_retainedaddition
    WHERE id BETWEEN {first} AND {last} AND content IS NOT NULL ORDER BY id) TO STDOUT (FORMAT binary)
"""

Share = tuple[str, int, int]  # the ledger's name, the first row and the last


def records_ledger() -> Ledger:
    """The ledger that covers retained records."""
    return _ledger_of(RetainedRecord)


def additions_ledger() -> Ledger:
    """The ledger that covers what was added to them."""
    return _ledger_of(RetainedAddition)


def _ledger_of(model: type[models.Model]) -> Ledger:
    return next(ledger for ledger in ledgers() if ledger.model is model)


@dataclass
class RecordsVerification:
    """A walk over all records, or those made from `since` on: iterate it for the findings; the counts grow with it."""

    since: datetime | None = None
    documents: int = 0  # hashed
    to_hash: int = 0
    records: Verification = field(init=False)
    additions: Verification = field(init=False)

    def __post_init__(self) -> None:
        self.records = Verification(records_ledger(), first=self._first_seal(records_ledger()))
        self.additions = Verification(additions_ledger(), first=self._first_seal(additions_ledger()))

    def __iter__(self) -> Iterator[Finding]:
        """The seals' findings, then the documents', each naming its record."""
        shares = list(self._shares())
        self.to_hash = sum(last - first + 1 for _, first, last in shares)
        if self.to_hash < MANY:
            yield from self.records
            yield from self.additions
            yield from self._hashed(map(hash_share, shares))
            return
        with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=django.setup) as beside:
            hashed = beside.map(hash_share, shares)
            yield from self.records
            yield from self.additions
            yield from self._hashed(hashed)

    def _hashed(self, shares: Iterator[tuple[int, list[Finding]]]) -> Iterator[Finding]:
        for count, found in shares:
            self.documents += count
            yield from found

    def _first_seal(self, ledger: Ledger) -> int:
        """The first seal made from `since` on: a row made then stands under no earlier one."""
        if self.since is None:
            return 1
        made = Seal.objects.filter(ledger=ledger.name, at__gte=self.since).order_by("number")
        return made.values_list("number", flat=True).first() or 1

    def _shares(self) -> Iterator[Share]:
        for model, moment in ((RetainedRecord, "made_at"), (RetainedAddition, "at")):
            rows = model._base_manager.all()
            if self.since is not None:
                rows = rows.filter(**{f"{moment}__gte": self.since})
            ends = rows.aggregate(first=models.Min("pk"), last=models.Max("pk"))
            if ends["first"] is not None:
                for first in range(ends["first"], ends["last"] + 1, SHARE):
                    yield model.ledger, first, min(first + SHARE - 1, ends["last"])


def hash_share(share: Share) -> tuple[int, list[Finding]]:
    """How many documents were hashed, and what does not agree, of one share. In whichever process."""
    ledger, first, last = share
    hashed: Callable[..., tuple[int, list[Finding]]] = _records if ledger == RetainedRecord.ledger else _additions
    return hashed(first, last)


def _records(first: int, last: int) -> tuple[int, list[Finding]]:
    return hash_documents(_copied(_RECORDS, ["int8", "bytea", "bytea"], first, last))


def hash_documents(rows: Iterable[tuple[int, bytes, bytes | None]]) -> tuple[int, list[Finding]]:
    """How many documents there were, and what does not agree, of rows of number, digest and document."""
    found: list[Finding] = []
    count = 0
    sha256 = hashlib.sha256
    for row, digest, document in rows:
        count += 1
        if document is None:
            found.append(_missing(row))
        elif sha256(document).digest() != digest:
            found.append(_altered(row))
    return count, found


def _additions(first: int, last: int) -> tuple[int, list[Finding]]:
    found: list[Finding] = []
    count = 0
    for record, digest, content, kind in _copied(_ADDITIONS, ["int8", "bytea", "bytea", "text"], first, last):
        count += 1
        if hashlib.sha256(content).digest() != (digest or b""):
            found.append(_altered_addition(record, kind))
    return count, found


def _copied(statement: str, types: list[str], first: int, last: int) -> Iterator[Any]:
    with connection.cursor() as cursor, cursor.copy(statement.format(first=first, last=last)) as copy:
        copy.set_types(types)
        yield from copy.rows()


def verify_record(record: RetainedRecord) -> list[Finding]:
    """What does not agree about one record: its document and what was added to it."""
    payload = RetainedPayload.objects.filter(record=record).first()
    found = [] if payload else [_missing(record.pk)]
    if payload and not payload.is_untouched():
        found.append(_altered(record.pk))
    return [*found, *(_altered_addition(record.pk, one.kind) for one in record.additions.all() if is_altered(one))]


def is_altered(addition: RetainedAddition) -> bool:
    """Whether the content of an addition has another digest than it was added with."""
    content, digest = addition.content, addition.digest
    return content is not None and hashlib.sha256(bytes(content)).digest() != bytes(digest or b"")


def _altered(row: int) -> Finding:
    return Finding("altered", f"The document of record {row} was altered after the record was made.", row=row)


def _missing(row: int) -> Finding:
    return Finding("missing", f"The document of record {row} is missing.", row=row)


def _altered_addition(record: int, kind: str) -> Finding:
    return Finding("altered", f"The {kind} added to record {record} was altered after it was added.", row=record)
