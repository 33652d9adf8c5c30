"""A ledger to tamper with: entries, seals in a folder of the test's own, and the owner's hand on the tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from members.models import TrailEntry
from members.sealing import Ledger, ledgers, seal
from members.verification import Finding, Verification


@dataclass
class Trail:
    """The trail under test: what an honest unit does with it, and what only the owner of the tables could."""

    owner: psycopg.Connection
    ledger: Ledger

    def enter(self, count: int = 1) -> list[int]:
        """Make entries, as acts do."""
        rows = TrailEntry.objects.bulk_create(
            [TrailEntry(verb="grade", subject_type="moderation.comment", subject_id=str(n)) for n in range(count)]
        )
        return [row.pk for row in rows]

    def seal(self) -> int:
        """One batch."""
        return seal(self.ledger)

    def findings(self) -> list[Finding]:
        """What the walk over the ledger finds."""
        return list(Verification(self.ledger))

    def tamper(self, statement: str, *values: Any) -> None:
        """As the owner, with the triggers that refuse it switched off."""
        tables = ("members_trailentry", "members_seal", "members_unsealed")
        for table in tables:
            self.owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        self.owner.execute(statement, values)
        for table in tables:
            self.owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def begin_anew(self, heads: Path) -> None:
        """An empty trail, as on the first day."""
        self.tamper("TRUNCATE members_trailentry, members_seal, members_unsealed")
        for file in filter(Path.is_file, heads.rglob("*")):
            file.unlink()


@pytest.fixture
def heads(tmp_path: Path, settings: Any) -> Path:
    """Where the heads are kept, empty."""
    settings.HEADS_DIR = str(tmp_path / "heads")
    return tmp_path / "heads"


@pytest.fixture
def trail(transactional_db: None, owner_connection: psycopg.Connection, heads: Path) -> Trail:
    return Trail(owner_connection, ledger_named("trail"))


def ledger_named(name: str) -> Ledger:
    return next(ledger for ledger in ledgers() if ledger.name == name)


@pytest.fixture
def trail_of_nine(trail: Trail) -> tuple[Trail, list[int]]:
    """Three seals of three entries each."""
    rows: list[int] = []
    for _ in range(3):
        rows += trail.enter(3)
        trail.seal()
    return trail, rows
