"""Retained records: tampering with a record, its document or its additions is named (4.R)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from members.models import Seal
from members.sealing import ledgers, seal
from moderation.models import RetainedAddition, RetainedPayload, RetainedRecord
from moderation.models.cases import Decision
from moderation.verification import RecordsVerification, records_ledger, verify_record
from smu.stack.postgres import SUPERUSER

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
    verification = RecordsVerification()
    assert list(verification) == []
    records = verification.records
    assert (records.seals, records.rows, records.waiting, verification.documents) == (1, 1, 0, 1)
    assert verify_record(sealed_record) == []


def test_an_altered_document_is_named(sealed_record: RetainedRecord, owner_connection: psycopg.Connection) -> None:
    tamper(
        owner_connection,
        "moderation_retainedpayload",
        "UPDATE moderation_retainedpayload SET document = document || ' '::bytea",
    )
    findings = [finding.row for finding in verify_record(sealed_record)]
    assert findings == [finding.row for finding in RecordsVerification()] == [sealed_record.pk]
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
    assert [finding.kind for finding in RecordsVerification()] == ["altered"]


def test_a_missing_document_is_named(sealed_record: RetainedRecord, owner_connection: psycopg.Connection) -> None:
    tamper(owner_connection, "moderation_retainedpayload", "DELETE FROM moderation_retainedpayload")
    assert [finding.kind for finding in RecordsVerification()] == ["missing"]


def test_an_altered_addition_is_named(sealed_record: RetainedRecord, owner_connection: psycopg.Connection) -> None:
    addition = RetainedAddition.objects.create(record=sealed_record, kind="avatar", content=b"png", digest=b"wrong")
    assert [finding.row for finding in RecordsVerification()] == [sealed_record.pk]
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
    assert list(RecordsVerification()) == []
    tamper(
        owner_connection,
        "moderation_retainedaddition",
        "UPDATE moderation_retainedaddition SET content = %s, digest = %s",
        b"other",
        hashlib.sha256(b"other").digest(),
    )
    assert [finding.kind for finding in RecordsVerification()] == ["altered"]


# --- what somebody could do who owns the tables ---


@pytest.fixture
def five(
    transactional_db: None, make_comment: Callable[..., Any], officer: Any, tmp_path: Path, settings: Any
) -> list[RetainedRecord]:
    """Five records under three seals."""
    settings.HEADS_DIR = str(tmp_path)
    for n in range(5):
        make_comment(f"I know where you park, {n}.").case.grade_as(Decision(level=8, key=f"key-{n}"), by=officer)
        if n != 1:
            seal(records_ledger())
    for ledger in ledgers():
        seal(ledger)
    assert list(RecordsVerification()) == []
    return list(RetainedRecord.objects.order_by("pk"))


@pytest.fixture
def unbound(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection that no trigger and no foreign key holds back: the server's own superuser."""
    address = django_settings.CLUSTER.url(SUPERUSER, django_settings.DATABASES["default"]["NAME"])
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def told() -> tuple[int, str]:
    """The exit status of the command, and what it said."""
    said = StringIO()
    try:
        call_command("verify_records", stdout=said, stderr=StringIO())
    except CommandError as error:
        return error.returncode, said.getvalue()
    return 0, said.getvalue()


def test_a_record_that_was_deleted_is_named(five: list[RetainedRecord], unbound: psycopg.Connection) -> None:
    gone = five[2].pk
    for table in ("recordentry", "retainedpayload", "retainedrecord"):
        key = "id" if table == "retainedrecord" else "record_id"
        unbound.execute(f"DELETE FROM moderation_{table} WHERE {key} = {gone}")
    status, said = told()
    assert (status, f"Retained record {gone} is missing." in said) == (1, True)
    assert said.count("missing") == 1, "no other is suspected"


def test_records_that_were_exchanged_are_named(five: list[RetainedRecord], unbound: psycopg.Connection) -> None:
    one, other = five[0], five[4]
    for record, made_at in ((one, other.made_at), (other, one.made_at)):
        unbound.execute("UPDATE moderation_retainedrecord SET made_at = %s WHERE id = %s", [made_at, record.pk])
    assert told()[0] == 1
    assert [finding.row for finding in RecordsVerification()] == [one.pk, other.pk]


def test_a_record_slipped_in_with_an_earlier_date_is_named(
    five: list[RetainedRecord], unbound: psycopg.Connection
) -> None:
    unbound.execute(
        """INSERT INTO moderation_retainedrecord (id, comment_id, grade_id, clause_id, version, digest, by_id, made_at)
        SELECT 900000, comment_id, grade_id, clause_id, version, digest, by_id, made_at - interval '1 year'
        FROM moderation_retainedrecord ORDER BY id LIMIT 1"""
    )
    unbound.execute(
        """INSERT INTO moderation_retainedpayload (record_id, document)
        SELECT 900000, document FROM moderation_retainedpayload ORDER BY record_id LIMIT 1"""
    )
    status, said = told()
    assert (status, "Retained record 900000 stands under no seal: it was slipped in." in said) == (1, True)


def test_a_tail_that_was_cut_off_whole_is_told_by_the_head_outside(
    five: list[RetainedRecord], unbound: psycopg.Connection
) -> None:
    last = Seal.objects.filter(ledger="records").order_by("number").last()
    assert last is not None
    unbound.execute("DELETE FROM moderation_retainedpayload WHERE record_id = ANY(%s)", [last.rows])
    unbound.execute("DELETE FROM moderation_retainedrecord WHERE id = ANY(%s)", [last.rows])
    unbound.execute("DELETE FROM moderation_retainedaddition WHERE record_id = ANY(%s)", [last.rows])
    unbound.execute("DELETE FROM members_seal WHERE ledger = 'records' AND number = %s", [last.number])
    status, said = told()
    assert (status, f"the head outside names seal {last.number}" in said) == (1, True)


def test_only_what_was_made_since_a_day_is_verified_where_that_is_asked(five: list[RetainedRecord]) -> None:
    verification = RecordsVerification(since=five[3].made_at)
    assert list(verification) == []
    assert (verification.records.rows, verification.documents) == (2, 2)
    call_command("verify_records", "--since", "2999-01-01", stdout=StringIO())


def test_one_record_is_verified_step_by_step(five: list[RetainedRecord], owner_connection: psycopg.Connection) -> None:
    said = StringIO()
    call_command("verify_records", "--record", str(five[1].pk), stdout=said)
    assert said.getvalue().count("holds:") == 7
    assert "noted outside the database" in said.getvalue()
    tamper(owner_connection, "moderation_retainedrecord", "UPDATE moderation_retainedrecord SET version = 9")
    with pytest.raises(CommandError, match=f"Record {five[1].pk} was tampered with"):
        call_command("verify_records", "--record", str(five[1].pk), stdout=said)
    with pytest.raises(CommandError, match="There is no record 999999"):
        call_command("verify_records", "--record", "999999")


def test_processes_beside_this_one_find_the_same(
    five: list[RetainedRecord], owner_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(
        owner_connection,
        "moderation_retainedpayload",
        f"UPDATE moderation_retainedpayload SET document = '{{}}'::bytea WHERE record_id = {five[3].pk}",
    )
    monkeypatch.setattr("moderation.verification.MANY", 1)
    assert [finding.row for finding in RecordsVerification()] == [five[3].pk]
