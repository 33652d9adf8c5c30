"""Sealing: closed batches of a ledger, chained by hash, the head of the chain kept outside the database (ruling 20).

What the seals cover is named in settings.SEALED: each model has a `ledger`, a `sealed_content()` of plain JSON, and the
trigger that notes each inserted row in `Unsealed`. `members.verification` walks what is made here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, cast

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from members.canonical import Form, canonical, form_of
from members.models import Seal

START = bytes(32)  # what stands for the digest before the first seal
ABSENT = bytes(32)  # the digest of a row that was noted and is not there
BATCH = 1000  # rows a seal


class Sealed(Protocol):
    """A row that seals cover."""

    pk: int

    def sealed_content(self) -> dict[str, Any]:
        """What the seal covers, as plain JSON."""


class HeadDiffers(Exception):
    """The database does not hold the seal that the head outside names: its tail was cut or altered."""


@dataclass(frozen=True)
class Ledger:
    """One chain of seals: the model that it covers, and how often it is sealed (seconds)."""

    name: str
    model: type[models.Model]
    every: float


@dataclass(frozen=True)
class Head:
    """The newest seal of a ledger, as the file outside the database tells it."""

    number: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.number} {self.digest.hex()}"


def ledgers() -> list[Ledger]:
    """Every ledger, as settings.SEALED names their models."""
    named = [(apps.get_model(path), every) for path, every in settings.SEALED.items()]
    return [Ledger(cast("Any", model).ledger, model, every) for model, every in named]


def digest_of(row: Sealed) -> bytes:
    """The digest of one row: SHA-256 of its canonical JSON."""
    return hashlib.sha256(canonical(row.sealed_content())).digest()


def digest_of_seal(ledger: str, number: int, rows: Sequence[int], digests: bytes, previous: bytes) -> bytes:
    """The digest that the next seal carries on."""
    content = canonical({"ledger": ledger, "number": number, "rows": list(rows), "digests": digests.hex()})
    return hashlib.sha256(previous + content).digest()


def digests_of(ledger: Ledger, rows: Sequence[int]) -> dict[int, bytes]:
    """The digests of those of `rows` that are there, as they stand now."""
    form = form_of(ledger.model)
    if form is None:
        found = cast("Iterator[Sealed]", ledger.model._base_manager.filter(pk__in=rows).iterator())
        return {row.pk: digest_of(row) for row in found}
    table, key = ledger.model._meta.db_table, ledger.model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {form.columns} FROM {table} WHERE {key} = ANY(%s)", [list(rows)])  # noqa: S608
        return digests_by(form, cursor.fetchall())


def digests_by(form: Form, found: Sequence[Sequence[Any]]) -> dict[int, bytes]:
    """The digests of rows that were fetched as the form's columns, by the rows' numbers."""
    keys = [row[form.key_at] for row in found]
    return dict(zip(keys, (hashlib.sha256(text).digest() for text in form.spelled(found)), strict=True))


def seal(ledger: Ledger) -> int:
    """Seal the oldest rows that wait, a batch at most. How many; 0 when none wait.

    Raises HeadDiffers, and seals nothing, when the database does not hold what the head outside names: to go on would
    write the truth over.
    """
    with _alone(ledger):
        with transaction.atomic():
            made = _next_seal(ledger)
        if made is None:
            return 0
        # After the commit: a kill in between leaves a head that is behind, never one that names what was not kept.
        write_head(ledger.name, Head(made.number, bytes(made.digest)), made.at)
        return len(made.rows)


# The oldest notes of a ledger, taken away: what they name is under a seal at the same commit.
_TAKE = """
DELETE FROM members_unsealed WHERE id = ANY(ARRAY(
    SELECT id FROM members_unsealed WHERE ledger = %s ORDER BY id LIMIT %s
)) RETURNING row
"""


def _next_seal(ledger: Ledger) -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [ledger.name, BATCH])
        rows = sorted({row for (row,) in cursor.fetchall()})
    if not rows:
        return None
    last = Seal.objects.filter(ledger=ledger.name).order_by("-number").first()
    _hold_to_the_head(ledger, last)
    standing = digests_of(ledger, rows)
    # A row that was noted and is gone is sealed as absent: so its loss stays on the record.
    digests = b"".join([standing.get(row, ABSENT) for row in rows])
    number, previous = (last.number + 1, bytes(last.digest)) if last else (1, START)
    return Seal.objects.create(
        ledger=ledger.name,
        number=number,
        rows=rows,
        digests=digests,
        previous=previous,
        digest=digest_of_seal(ledger.name, number, rows, digests, previous),
    )


def _hold_to_the_head(ledger: Ledger, last: Seal | None) -> None:
    head = read_head(ledger.name)
    if head is None:
        if last is not None:
            raise HeadDiffers(
                f"No head of the ledger {ledger.name!r} is kept in {settings.HEADS_DIR}, and the database holds"
                f" {last.number} seals. Verify them, then begin a head with `manage.py seal --new-head {ledger.name}`."
            )
        return
    standing = Seal.objects.filter(ledger=ledger.name, number=head.number).first()
    if standing is None or bytes(standing.digest) != head.digest:
        raise HeadDiffers(
            f"The head outside names seal {head.number} of the ledger {ledger.name!r}, and the database does not hold"
            " it so: nothing is sealed until somebody has looked (docs/operations.md, proof)."
        )


def begin_head(ledger: Ledger) -> Head | None:
    """Write the head as the database has it: by a person's order, after a move or a restored backup."""
    last = Seal.objects.filter(ledger=ledger.name).order_by("-number").first()
    if last is None:
        return None
    head = Head(last.number, bytes(last.digest))
    write_head(ledger.name, head, last.at)
    return head


@contextmanager
def _alone(ledger: Ledger) -> Iterator[None]:
    """Within, no other process seals this ledger: two would write the head in the wrong order."""
    key = int.from_bytes(hashlib.sha256(f"seal {ledger.name}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


# --- the head outside the database ---


def _head_file(ledger: str) -> Path:
    return Path(settings.HEADS_DIR) / f"{ledger}.head"


def _days_file(ledger: str) -> Path:
    return Path(settings.HEADS_DIR) / f"{ledger}.days"


def read_head(ledger: str) -> Head | None:
    """The head as it is kept outside; None when none is."""
    path = _head_file(ledger)
    if not path.is_file():
        return None
    number, digest = path.read_text().split()
    return Head(int(number), bytes.fromhex(digest))


def read_days(ledger: str) -> dict[int, bytes]:
    """The first seal of each day, by number: what an altered past must still agree with."""
    path = _days_file(ledger)
    lines = path.read_text().splitlines() if path.is_file() else []
    return {int(number): bytes.fromhex(digest) for _, number, digest in (line.split() for line in lines)}


def write_head(ledger: str, head: Head, at: datetime) -> None:
    """Keep `head`, whole or not at all, and once a day a line that stays."""
    path, days = _head_file(ledger), _days_file(ledger)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("w") as file:
        file.write(f"{head}\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    day = at.astimezone(UTC).date().isoformat()
    if _last_day(days) != day:
        line = f"{day} {head}\n"
        # A file of its own too, for the time stamp that is asked for over it (members.timestamps).
        single = path.parent / "days" / f"{ledger}.{day}.head"
        single.parent.mkdir(exist_ok=True)
        single.write_text(line)
        with days.open("a") as file:
            file.write(line)


def days_of(ledger: str = "") -> list[Path]:
    """The files of single days, of one ledger or of all."""
    return list((Path(settings.HEADS_DIR) / "days").glob(f"{ledger or '*'}.*.head"))


def _last_day(days: Path) -> str:
    if not days.is_file():
        return ""
    with days.open("rb") as file:
        file.seek(max(0, days.stat().st_size - 200))
        lines = file.read().decode().splitlines()
    return lines[-1].split()[0] if lines else ""
