"""Verification of retained records (4.R): their seals, and that each document still has the digest that was sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import models

from members.sealing import Ledger, ledgers
from members.verification import Finding, Verification
from moderation.models import RetainedAddition, RetainedPayload, RetainedRecord


def records_ledger() -> Ledger:
    """The ledger that covers retained records."""
    return _ledger_of(RetainedRecord)


def _ledger_of(model: type[models.Model]) -> Ledger:
    return next(ledger for ledger in ledgers() if ledger.model is model)


def verify_records() -> tuple[Verification, Iterator[Finding]]:
    """The walk over the seals, and all findings: the seals', then the documents', one at a time."""
    verification = Verification(records_ledger())

    def findings() -> Iterator[Finding]:
        yield from verification
        yield from Verification(_ledger_of(RetainedAddition))
        yield from _documents()

    return verification, findings()


def verify_record(record: RetainedRecord) -> list[Finding]:
    """What does not agree about one record: its document and what was added to it."""
    payload = RetainedPayload.objects.filter(record=record).first()
    found = [] if payload else [_missing(record.pk)]
    if payload and not payload.is_untouched():
        found.append(_altered(record.pk))
    return [*found, *(_altered_addition(addition) for addition in record.additions.all() if _is_altered(addition))]


def _documents() -> Iterator[Finding]:
    for payload in RetainedPayload.objects.select_related("record").order_by("pk").iterator(chunk_size=50):
        if not payload.is_untouched():
            yield _altered(payload.record_id)
    bare = RetainedRecord.objects.filter(payload__isnull=True).order_by("pk").values_list("pk", flat=True)
    for row in bare.iterator(chunk_size=1000):
        yield _missing(row)
    for addition in RetainedAddition.objects.filter(content__isnull=False).order_by("pk").iterator(chunk_size=10):
        if _is_altered(addition):
            yield _altered_addition(addition)


def _is_altered(addition: RetainedAddition) -> bool:
    content, digest = addition.content, addition.digest
    return content is not None and hashlib.sha256(bytes(content)).digest() != bytes(digest or b"")


def _altered(row: int) -> Finding:
    return Finding("altered", f"The document of record {row} was altered after the record was made.", row=row)


def _missing(row: int) -> Finding:
    return Finding("missing", f"The document of record {row} is missing.", row=row)


def _altered_addition(addition: RetainedAddition) -> Finding:
    sentence = f"The {addition.kind} added to record {addition.record_id} was altered after it was added."
    return Finding("altered", sentence, row=addition.record_id)
