"""`trail.seal`: what sealing costs those who write the trail, and what it costs to verify it. Three lines.

*Writing*: eight processes write entries by the product's own `record()`, each entry in a transaction of its own,
through Django and as the app's role; with the trigger that notes each entry and `manage.py seal` running beside them,
and without either. Rounds of both alternate, so that they meet the same weather, and the ratio is the median of
neighbours. The same is told of eight processes that do nothing but a prepared INSERT, where the same cost falls on much
shorter acts. *In memory*: rows and seals as the database handed them over, verified, against SHA-256 alone over the
same bytes. *From the database*: the whole walk, under seals of a thousand (a backlog) and of three (a unit at work).
"""

from __future__ import annotations

import hashlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.machine import Machine, begin_memory, peak_memory
from tests.benchmarks.report import Figure

if TYPE_CHECKING:
    from members.sealing import Ledger

CLIENTS, ROUNDS, SECONDS = 8, 15, 1.5
WRITING, IN_MEMORY, FROM_DATABASE = 0.8, 0.1, 30.0  # the targets
TRIGGER = "pgtrigger_is_to_be_sealed_adc75"
IN_HAND = 100_000  # rows verified in memory

FILL = """
INSERT INTO members_trailentry (id, at, by_id, verb, subject_type, subject_id, act, before, after, decision_type,
    decision_id, decision_digest)
SELECT n, now() - make_interval(secs => %(rows)s - n), NULL,
    (ARRAY['grade', 'hide', 'reply', 'settle', 'approve', 'take_back'])[1 + n %% 6], 'moderation.case',
    (n::bigint * 7919 %% 100000)::text, gen_random_uuid(), 'waiting', 'graded', 'moderation.grade', n::text,
    encode(sha256(n::text::bytea), 'hex')
FROM generate_series(1, %(rows)s) n
"""


def seal(machine: Machine, rows: int) -> Iterator[Figure]:
    """Write with and without sealing; then verify `rows` entries in memory and from the database."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    with tempfile.TemporaryDirectory(prefix="smu-bench-heads-") as heads:
        os.environ["HEADS_DIR"] = settings.HEADS_DIR = heads
        yield _writing(machine)
    connection.close()
    machine.fresh("ours")
    with tempfile.TemporaryDirectory(prefix="smu-bench-heads-") as heads:
        settings.HEADS_DIR = heads
        yield from _verifying(machine, rows)
    connection.close()


# --- writing ---


def _writing(machine: Machine) -> Figure:
    from members.models import Member

    Member.objects.create_user(username="officer", number="1", name="Officer", position="officer")
    plain, sealed, ratios, left = _rounds(machine, "record", ROUNDS)
    raw_plain, raw_sealed, raw_ratios, raw_left = _rounds(machine, "insert", ROUNDS)
    ratio = statistics.median(ratios)
    return Figure(
        name="trail.seal",
        rows=0,
        value=statistics.median(sealed),
        unit="entries/s, eight clients, sealed beside",
        limit=statistics.median(plain),
        naive=None,
        ratio_to_limit=ratio,
        ratio_to_naive=None,
        target=f">= {WRITING:g} of the rate without trigger and sealer",
        holds=ratio >= WRITING,
        peak_memory_mb=0.0,
        more={
            "of": "record() through Django, a transaction each",
            "ratios": [round(one, 3) for one in ratios],
            "left_unsealed_after_each_round": left,
            "bare_insert_per_s": statistics.median(raw_sealed),
            "bare_insert_without_per_s": statistics.median(raw_plain),
            "bare_insert_ratio": statistics.median(raw_ratios),
            "bare_insert_ratios": [round(one, 3) for one in raw_ratios],
            "bare_insert_left_unsealed": raw_left,
        },
    )


def _rounds(machine: Machine, kind: str, count: int) -> tuple[list[float], list[float], list[float], list[int]]:
    """Rates without and with sealing, the ratio of each pair, and how many entries waited when a round ended."""
    plain: list[float] = []
    sealed: list[float] = []
    left: list[int] = []
    with _clients(kind) as clients, _sealer() as sealer:
        _together(clients, 1.0)  # plans and caches are warm
        for number in range(count):
            for with_seals in (False, True) if number % 2 else (True, False):
                if with_seals:
                    sealed.append(_together(clients, SECONDS))
                    left.append(_waiting())
                else:
                    _until_all_is_sealed()
                    sealer.send_signal(signal.SIGSTOP)
                    _trigger(machine, "DISABLE")
                    plain.append(_together(clients, SECONDS))
                    _trigger(machine, "ENABLE")
                    sealer.send_signal(signal.SIGCONT)
    return plain, sealed, [one / other for one, other in zip(sealed, plain, strict=True)], left


@contextmanager
def _clients(kind: str) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "tests.benchmarks.trail", kind]
    clients = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(CLIENTS)
    ]
    try:
        for client in clients:
            client.stdout.readline()  # type: ignore[union-attr]  # it is ready
        yield clients
    finally:
        for client in clients:
            client.stdin.close()  # type: ignore[union-attr]
            client.wait()


def _together(clients: list[subprocess.Popen[str]], seconds: float) -> float:
    """Entries a second that all clients wrote in `seconds`."""
    begin = time.time() + 0.2
    for client in clients:
        client.stdin.write(f"{begin} {begin + seconds}\n")  # type: ignore[union-attr]
        client.stdin.flush()  # type: ignore[union-attr]
    return sum(int(client.stdout.readline()) for client in clients) / seconds  # type: ignore[union-attr]


@contextmanager
def _sealer() -> Iterator[subprocess.Popen[bytes]]:
    """Within, the product's sealer runs."""
    sealer = subprocess.Popen([sys.executable, "manage.py", "seal"], stdout=subprocess.DEVNULL)
    try:
        time.sleep(3.0)  # Django is there
        yield sealer
    finally:
        sealer.terminate()
        sealer.wait()


def _until_all_is_sealed() -> None:
    while _waiting():
        time.sleep(0.05)


def _waiting() -> int:
    from members.models import Unsealed

    return Unsealed.objects.filter(ledger="trail").count()


def _trigger(machine: Machine, what: str) -> None:
    with machine.cluster.connection(database="ours") as connection:
        connection.execute(f"ALTER TABLE members_trailentry {what} TRIGGER {TRIGGER}")


def _client(kind: str) -> None:
    """One process that writes: from each line of stdin the moments to begin and to end; answers how many it wrote."""
    import django

    django.setup()
    from django.db import connection, transaction

    from members.models import Member
    from members.models.trail import one_act
    from members.states import record

    officer = Member.objects.get(username="officer")
    insert = (
        "INSERT INTO members_trailentry (at, by_id, verb, subject_type, subject_id, act, before, after, decision_type,"
        " decision_id, decision_digest) VALUES (now(), %s, 'grade', 'members.member', '1', gen_random_uuid(), '', '',"
        " '', '', '')"
    )
    connection.ensure_connection()
    raw = connection.connection

    def by_record() -> None:
        with one_act(), transaction.atomic():
            record("grade", officer, by=officer)

    def by_insert() -> None:
        raw.execute(insert, [officer.pk], prepare=True)

    write = by_record if kind == "record" else by_insert
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        begin, end = map(float, line.split())
        time.sleep(max(0.0, begin - time.time()))
        count = 0
        while time.time() < end:
            write()
            count += 1
        sys.stdout.write(f"{count}\n")
        sys.stdout.flush()


# --- verifying ---


def _verifying(machine: Machine, rows: int) -> Iterator[Figure]:
    from members.sealing import ledgers
    from members.sealing import seal as seal_next

    ledger = next(one for one in ledgers() if one.name == "trail")
    with machine.cluster.connection(database="ours") as connection:
        # Without the trigger a row; the notes follow in the order in which it would have made them.
        connection.execute("SET session_replication_role = replica")
        connection.execute(FILL, {"rows": rows})
        connection.execute(
            "INSERT INTO members_unsealed (ledger, row) SELECT 'trail', n FROM generate_series(1, %s) n", [rows]
        )
        connection.execute("ANALYZE members_trailentry, members_unsealed")
    started = time.perf_counter()
    while seal_next(ledger):
        pass
    sealing = time.perf_counter() - started
    yield _in_memory(ledger, min(rows, IN_HAND))
    great, memory, seals = _walk(ledger)
    with machine.cluster.connection(database="ours") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE members_seal")
    _seal_by_threes(ledger, rows)
    small, memory_small, seals_small = _walk(ledger)
    yield Figure(
        name="trail.seal",
        rows=rows,
        value=max(great, small),
        unit="s to verify all from the database",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"<= {FROM_DATABASE * rows / 1_000_000:g} s",
        holds=max(great, small) <= FROM_DATABASE * rows / 1_000_000,
        peak_memory_mb=max(memory, memory_small),
        more={
            "seconds_under_seals_of_a_thousand": great,
            "seals_of_a_thousand": seals,
            "seconds_under_seals_of_three": small,
            "seals_of_three": seals_small,
            "seconds_to_seal_all": sealing,
        },
    )


def _in_memory(ledger: Ledger, rows: int) -> Figure:
    from django.db import connection

    from members.canonical import form_of
    from members.models import Seal
    from members.sealing import digests_by
    from members.verification import Verification

    form = form_of(ledger.model)
    assert form is not None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {form.columns} FROM members_trailentry ORDER BY id LIMIT %s", [rows])
        fetched = cursor.fetchall()
    seals = list(Seal.objects.filter(ledger=ledger.name, number__lte=rows // 1000).order_by("number"))
    texts = list(form.spelled(fetched))
    bare, ours = [], []
    for _ in range(5):
        started = time.perf_counter()
        for text in texts:
            hashlib.sha256(text).digest()
        bare.append(rows / (time.perf_counter() - started))
        started = time.perf_counter()
        previous = bytes(32)
        for number, one in enumerate(seals):
            standing = digests_by(form, fetched[number * 1000 : (number + 1) * 1000])
            assert not list(Verification(ledger).check(one, previous, standing))
            previous = bytes(one.digest)
        ours.append(rows / (time.perf_counter() - started))
    value, limit = statistics.median(ours), statistics.median(bare)
    return Figure(
        name="trail.seal",
        rows=rows,
        value=value,
        unit="entries/s verified in memory",
        limit=limit,
        naive=None,
        ratio_to_limit=value / limit,
        ratio_to_naive=None,
        target=f">= {IN_MEMORY:g} of bare SHA-256 over the same bytes",
        holds=value >= IN_MEMORY * limit,
        peak_memory_mb=peak_memory(),
        more={"bytes_an_entry": sum(map(len, texts)) / rows},
    )


def _walk(ledger: Ledger) -> tuple[float, float, int]:
    """Seconds, peak of memory and number of seals of a walk that finds nothing."""
    from members.verification import Verification

    begin_memory()
    started = time.perf_counter()
    verification = Verification(ledger)
    found = list(verification)
    seconds = time.perf_counter() - started
    if found:
        raise SystemExit(f"{len(found)} findings in a trail that nobody touched; the first: {found[0]}")
    return seconds, peak_memory(), verification.seals


def _seal_by_threes(ledger: Ledger, rows: int) -> None:
    """The same entries under seals of three, written many at once: the sealer itself would take a second each."""
    from django.conf import settings

    from members.models import Seal
    from members.sealing import Head, digest_of_seal, digests_of, write_head

    previous, number = bytes(32), 0
    made: list[Seal] = []
    for first in range(1, rows + 1, 9000):
        digests = digests_of(ledger, range(first, min(first + 9000, rows + 1)))
        for row in range(first, min(first + 9000, rows + 1), 3):
            covered = [one for one in range(row, row + 3) if one <= rows]
            said, number = b"".join(digests[one] for one in covered), number + 1
            digest = digest_of_seal(ledger.name, number, covered, said, previous)
            made.append(
                Seal(ledger=ledger.name, number=number, rows=covered, digests=said, previous=previous, digest=digest)
            )
            previous = digest
        Seal.objects.bulk_create(made)
        last, made = made[-1], []
    for file in Path(settings.HEADS_DIR).iterdir():
        file.unlink()  # they name the seals that stood there before
    write_head(ledger.name, Head(number, previous), last.at)


if __name__ == "__main__":
    _client(sys.argv[1])
