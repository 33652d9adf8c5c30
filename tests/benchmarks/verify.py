"""`verify.records`: what it costs to verify retained records, in memory and from the database.

Records, documents and additions (that each was hidden) are multiplied by the server from a thousand that the product's
verb retained, and sealed a thousand at a time as the sealer does. Then `manage.py verify_records` walks all of it, in
a process of its own. In memory: records with their documents as the database handed them over, against SHA-256 alone
over the same documents.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from smu.stack.environment import python
from tests.benchmarks.machine import ROOT, Machine
from tests.benchmarks.report import Figure

if TYPE_CHECKING:
    from members.sealing import Ledger

BASE, A_SEAL = 1000, 1000
IN_HAND = 50_000  # records verified in memory
IN_MEMORY, FROM_DATABASE = 0.1, 150.0  # of bare SHA-256; seconds for five million
AT_FIVE_MILLION = 5_000_000

_RECORDS = """
INSERT INTO moderation_retainedrecord (id, comment_id, grade_id, clause_id, version, digest, by_id, made_at)
SELECT r.id + k * %(base)s, r.comment_id, r.grade_id, r.clause_id, r.version, r.digest, r.by_id,
    r.made_at - make_interval(secs => 20 * k)
FROM generate_series(1, %(copies)s) k, moderation_retainedrecord r
"""
_DOCUMENTS = """
INSERT INTO moderation_retainedpayload (record_id, document)
SELECT p.record_id + k * %(base)s, p.document
FROM generate_series(1, %(copies)s) k, moderation_retainedpayload p
"""
_ADDITIONS = """
INSERT INTO moderation_retainedaddition (record_id, kind, source, media_type, content, digest, unavailable, at)
SELECT r.id, 'hidden', '', 'application/json', said, sha256(said), '', r.made_at
FROM moderation_retainedrecord r,
    LATERAL (SELECT convert_to('{"at":"2026-11-22T10:00:00+00:00","code":"","order":' || r.id
        || ',"outcome":"as ordered"}', 'UTF8') AS said) s
"""


def verify(machine: Machine, rows: int) -> Iterator[Figure]:
    """Retain, multiply, seal; then verify."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    with tempfile.TemporaryDirectory(prefix="smu-bench-heads-") as heads:
        os.environ["HEADS_DIR"] = settings.HEADS_DIR = heads
        size = _fill(machine, rows)
        for ledger in ("records", "additions"):
            _seal(ledger)
        connection.close()
        yield _from_the_database(machine, rows, size)  # first: a child's peak begins with what its parent holds
        yield _in_memory(min(rows, IN_HAND))
    connection.close()


def _fill(machine: Machine, rows: int) -> float:
    """The records, their documents and additions; the bytes of a document."""
    from members.models import Member
    from moderation.intake import take_in
    from moderation.models import Comment
    from smu.demonstration.documents import load_grading_system, load_terms
    from tests.benchmarks.corpus import Corpus
    from tests.moderation.acts import grade
    from tests.standing import standing_account

    load_terms()
    load_grading_system()
    officer = Member.objects.create_user(username="o", number="2", name="Officer", position="officer")
    account = standing_account("facebook", "9000", name="Bayside Police")
    for page in Corpus(min(rows, BASE)).read():
        take_in(account, page)
    for comment in Comment.objects.select_related("account").order_by("pk"):
        grade(comment, 8, officer)
    base = Comment.objects.count()
    given = {"base": base, "copies": rows // base - 1}
    with machine.cluster.connection(database="ours") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE members_unsealed, moderation_retainedaddition RESTART IDENTITY")
        # Ids without a gap, so that each copy lies behind the one before it.
        connection.execute(
            "CREATE TEMP TABLE renamed AS"
            " SELECT id, row_number() OVER (ORDER BY id) AS n FROM moderation_retainedrecord"
        )
        for table, key in (("retainedpayload", "record_id"), ("retainedrecord", "id")):
            connection.execute(f"UPDATE moderation_{table} t SET {key} = -n FROM renamed WHERE t.{key} = renamed.id")
            connection.execute(f"UPDATE moderation_{table} SET {key} = -{key}")
        connection.execute(_RECORDS, given)
        connection.execute(_DOCUMENTS, given)
        connection.execute(_ADDITIONS)
        found = connection.execute(
            "SELECT avg(length(document)) FROM moderation_retainedpayload WHERE record_id < 2000"
        )
        row = found.fetchone()
    with machine.cluster.connection(database="ours") as connection:
        for table in ("retainedrecord", "retainedpayload", "retainedaddition"):
            connection.execute(f"VACUUM (ANALYZE) moderation_{table}")
    return float(row[0]) if row else 0.0


def _seal(name: str) -> None:
    """All rows of a ledger under seals of a thousand, many written at once: the sealer itself would take longer."""
    from members.models import Seal
    from members.sealing import Head, digest_of_seal, digests_of, write_head

    ledger = _ledger(name)
    ids = ledger.model._base_manager.order_by("pk").values_list("pk", flat=True)
    previous, number, seals = bytes(32), 0, []
    some: list[int] = []

    def close() -> None:
        nonlocal previous, number, some
        standing = digests_of(ledger, some)
        number += 1
        digests = b"".join(standing[row] for row in some)
        digest = digest_of_seal(name, number, some, digests, previous)
        seals.append(Seal(ledger=name, number=number, rows=some, digests=digests, previous=previous, digest=digest))
        previous, some = digest, []

    for row in ids.iterator(chunk_size=20_000):
        some.append(row)
        if len(some) == A_SEAL:
            close()
        if len(seals) == 100:
            Seal.objects.bulk_create(seals)
            seals.clear()
    if some:
        close()
    Seal.objects.bulk_create(seals)
    last = Seal.objects.filter(ledger=name).order_by("-number").first()
    assert last is not None
    write_head(name, Head(last.number, bytes(last.digest)), last.at)


def _ledger(name: str) -> Ledger:
    from members.sealing import ledgers

    return next(one for one in ledgers() if one.name == name)


def _in_memory(rows: int) -> Figure:
    from django.db import connection

    from members.canonical import form_of
    from members.models import Seal
    from members.sealing import digests_by
    from members.verification import Verification
    from moderation.verification import hash_documents

    ledger = _ledger("records")
    form = form_of(ledger.model)
    assert form is not None
    rows = max(A_SEAL, rows // A_SEAL * A_SEAL)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {form.columns} FROM moderation_retainedrecord ORDER BY id LIMIT %s", [rows])
        fetched = cursor.fetchall()
        cursor.execute(
            "SELECT r.id, r.digest, p.document FROM moderation_retainedrecord r"
            " JOIN moderation_retainedpayload p ON p.record_id = r.id ORDER BY r.id LIMIT %s",
            [rows],
        )
        documents = [(row, bytes(digest), bytes(document)) for row, digest, document in cursor.fetchall()]
    seals = list(Seal.objects.filter(ledger="records", number__lte=rows // A_SEAL).order_by("number"))
    bare, ours = [], []
    for _ in range(5):
        started = time.perf_counter()
        for _, _, document in documents:
            hashlib.sha256(document).digest()
        bare.append(rows / (time.perf_counter() - started))
        started = time.perf_counter()
        previous = bytes(32)
        for number, one in enumerate(seals):
            standing = digests_by(form, fetched[number * A_SEAL : (number + 1) * A_SEAL])
            assert not list(Verification(ledger).check(one, previous, standing))
            previous = bytes(one.digest)
        assert hash_documents(documents) == (rows, [])
        ours.append(rows / (time.perf_counter() - started))
    value, limit = statistics.median(ours), statistics.median(bare)
    return Figure(
        name="verify.records",
        rows=rows,
        value=value,
        unit="records/s verified in memory, seals and documents",
        limit=limit,
        naive=None,
        ratio_to_limit=value / limit,
        ratio_to_naive=None,
        target=f">= {IN_MEMORY:g} of bare SHA-256 over the documents",
        holds=value >= IN_MEMORY * limit,
        peak_memory_mb=0.0,
    )


def _from_the_database(machine: Machine, rows: int, size: float) -> Figure:
    environment: dict[str, Any] = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    with tempfile.TemporaryFile("w+") as said:
        began = time.perf_counter()
        done = subprocess.Popen(
            python("manage.py", "verify_records"), cwd=ROOT, env=environment, stdout=said, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(done.pid, 0)  # the memory of this one alone, and of its own children
        seconds = time.perf_counter() - began
        done.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read()
    if done.returncode:
        sys.exit(f"verify_records found something in records that nobody touched: {told[-2000:]}")
    allowed = FROM_DATABASE * max(rows / AT_FIVE_MILLION, 0.1)
    return Figure(
        name="verify.records",
        rows=rows,
        value=seconds,
        unit="s to verify all from the database, with an addition each",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"<= {allowed:g} s",
        holds=seconds <= allowed,
        peak_memory_mb=used.ru_maxrss / 1024,
        more={"bytes_a_document": size, "records_per_s": rows / seconds, "said": told.splitlines()[0]},
    )
