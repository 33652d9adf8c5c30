"""Retained records: tampering with a record, its document or its additions is named (4.R)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from members.sealing import ledgers, seal
from moderation.models import RetainedAddition, RetainedPayload, RetainedRecord
from moderation.models.cases import Decision
from moderation.verification import records_ledger, verify_record, verify_records

pytestmark = pytest.mark.sop("4.R")


@pytest.fixture
def sealed_record(
    transactional_db: None, make_comment: Callable[..., Any], officer: Any, tmp_path: Path, settings: Any
) -> RetainedRecord:
    settings.HEADS_DIR = str(tmp_path)
    comment = make_comment("I know where you park.")
    comment.case.grade_as(Decision(level=8, key="one"), by=officer)
    seal(records_ledger())
    return RetainedRecord.objects.get(comment=comment)


def tamper(owner: psycopg.Connection, table: str, statement: str, *values: Any) -> None:
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(statement, values)
    owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_an_untouched_record_verifies(sealed_record: RetainedRecord) -> None:
    verification, findings = verify_records()
    assert list(findings) == []
    assert (verification.seals, verification.rows, verification.waiting) == (1, 1, 0)
    assert verify_record(sealed_record) == []


def test_an_altered_document_is_named(sealed_record: RetainedRecord, owner_connection: psycopg.Connection) -> None:
    tamper(
        owner_connection,
        "moderation_retainedpayload",
        "UPDATE moderation_retainedpayload SET document = document || ' '::bytea",
    )
    findings = [finding.row for finding in verify_record(sealed_record)]
    assert findings == [finding.row for finding in verify_records()[1]] == [sealed_record.pk]
    said = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("verify_records", stdout=said)
    assert refused.value.returncode == 1
    assert f"The document of record {sealed_record.pk} was altered" in said.getvalue()


def test_a_document_and_digest_altered_together_are_named_by_the_seal(
    sealed_record: RetainedRecord, owner_connection: psycopg.Connection
) -> None:
    tamper(
        owner_connection, "moderation_retainedpayload", "UPDATE moderation_retainedpayload SET document = '{}'::bytea"
    )
    tamper(
        owner_connection,
        "moderation_retainedrecord",
        "UPDATE moderation_retainedrecord SET digest = sha256('{}'::bytea)",
    )
    assert [finding.kind for finding in verify_records()[1]] == ["altered"]


def test_a_missing_document_is_named(sealed_record: RetainedRecord, owner_connection: psycopg.Connection) -> None:
    tamper(owner_connection, "moderation_retainedpayload", "DELETE FROM moderation_retainedpayload")
    assert [finding.kind for finding in verify_records()[1]] == ["missing"]


def test_an_altered_addition_is_named(sealed_record: RetainedRecord, owner_connection: psycopg.Connection) -> None:
    addition = RetainedAddition.objects.create(record=sealed_record, kind="avatar", content=b"png", digest=b"wrong")
    assert [finding.row for finding in verify_records()[1]] == [sealed_record.pk]
    assert addition.kind in str(verify_record(sealed_record)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("model", [RetainedRecord, RetainedPayload, RetainedAddition])
@pytest.mark.parametrize("statement", ["UPDATE {} SET record_id = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_apps_role_may_not_alter_a_record(model: Any, statement: str) -> None:
    table = model._meta.db_table
    statement = statement.replace("record_id = 1", "made_at = now()" if model is RetainedRecord else "record_id = 1")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table))


def test_an_addition_rewritten_together_with_its_digest_is_named(
    sealed_record: RetainedRecord, owner_connection: psycopg.Connection
) -> None:
    RetainedAddition.objects.create(
        record=sealed_record, kind="avatar", content=b"face", digest=hashlib.sha256(b"face").digest()
    )
    for ledger in ledgers():
        seal(ledger)
    assert list(verify_records()[1]) == []
    tamper(
        owner_connection,
        "moderation_retainedaddition",
        "UPDATE moderation_retainedaddition SET content = %s, digest = %s",
        b"other",
        hashlib.sha256(b"other").digest(),
    )
    assert [finding.kind for finding in verify_records()[1]] == ["altered"]
